"""What the tree promises: short files, no place of a machine, tests that say something."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 300
SLEEP = re.compile(r"\b(?:time|asyncio)\.sleep\((?!0\))")


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in listed.stdout.split("\n") if line and (path := ROOT / line).is_file()]


def every_test() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in tracked("tests/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if node.name.startswith("test_"):
                yield f"{path.name}::{node.name}", node


def test_no_file_of_the_product_is_long() -> None:
    """A newcomer reads any file of the product in one sitting."""
    long = {
        path.name: lines
        for path in tracked("bot/*.py", "handlers/*.py")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert long == {}


def test_every_test_has_its_sentence() -> None:
    """Each test says in words what somebody would notice."""
    silent = [name for name, node in every_test() if not ast.get_docstring(node)]
    assert silent == []


def test_no_test_waits_for_the_clock() -> None:
    """Tests wait for the thing and never for a time."""
    sleeping = [
        path.name
        for path in tracked("tests/*.py")
        if path != Path(__file__) and SLEEP.search(path.read_text(encoding="utf-8"))
    ]
    assert sleeping == []


def test_no_file_names_the_machine_it_was_written_on() -> None:
    """Nothing in the tree points to somebody's own folders."""
    home = str(Path.home())
    here = str(ROOT)
    naming = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if f"{home}/" in text or here in text:
            naming.append(path.name)
    assert naming == []
