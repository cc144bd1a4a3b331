"""messages.yaml and the code are in step: every sentence that is said is there, and is said."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.content import ContentPlaces, load_content, shipped_path
from bot.content.documents import flat_texts
from bot.domain.copy import placeholders
from handlers.slack import routes
from tests.support.content import TODAY

ROOT = Path(__file__).parents[2]
MESSAGES: dict[str, str] = flat_texts(
    yaml.safe_load((ROOT / "content/messages.yaml").read_text(encoding="utf-8"))
)
SECTIONS = "|".join(sorted({key.split(".")[0] for key in MESSAGES}))
KEY = re.compile(rf"({SECTIONS})\.[a-z_]+")
SAYING = {"say", "told"}
GIVEN_BY_TOLD = {"who", "when"}


@dataclass(frozen=True)
class Said:
    """One call that says a sentence by its key, with the values that it hands in."""

    place: str
    key: str
    values: frozenset[str]


@cache
def trees() -> list[tuple[str, ast.Module]]:
    paths = [path for top in ("bot", "handlers") for path in sorted((ROOT / top).rglob("*.py"))]
    return [(str(p.relative_to(ROOT)), ast.parse(p.read_text(encoding="utf-8"))) for p in paths]


@cache
def constants() -> dict[str, str]:
    """Every string that stands whole in the code, with one place of it."""
    return {
        node.value: f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@cache
def patterns() -> list[re.Pattern[str]]:
    """Every key that the code puts together, with a group for each part that varies."""
    found = []
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "([a-z_]*)"
                    for part in node.values
                ]
                if re.match(rf"({SECTIONS})\\\.", "".join(parts)):
                    found.append(re.compile("".join(parts)))
    return found


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                called = node.func.id if isinstance(node.func, ast.Name) else called
                yield f"{name}:{node.lineno}", node, called


def said() -> list[Said]:
    """Every call that says a sentence whose key stands whole in it."""
    found = []
    for place, node, called in calls():
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        keys = [text for text in texts if isinstance(text, str) and KEY.fullmatch(text)]
        if called in SAYING and keys and all(keyword.arg for keyword in node.keywords):
            given = {str(keyword.arg) for keyword in node.keywords}
            given |= GIVEN_BY_TOLD if called == "told" else set()
            found.append(Said(place, keys[0], frozenset(given)))
    return found


def ids_of_views() -> set[str]:
    windows = {
        str(node.args[0].value)
        for _, node, called in calls()
        if called == "modal" and node.args and isinstance(node.args[0], ast.Constant)
    }
    return windows | set(routes.ACTIONS) | set(routes.SUBMISSIONS)


def is_said(key: str) -> bool:
    if key in constants():
        return True
    return any(
        all(part == "" or part in constants() for part in match.groups())
        for pattern in patterns()
        if (match := pattern.fullmatch(key))
    )


def test_every_key_in_the_code_has_its_sentence() -> None:
    """No key in the code is misspelled, so that no member meets a hole where a sentence belongs."""
    known = set(MESSAGES) | ids_of_views()
    keys = {text: place for text, place in constants().items() if KEY.fullmatch(text)}
    beginnings = ("_", ".yaml")  # of a key that is put together, or a file's name
    unknown = {text: p for text, p in keys.items() if text not in known}
    assert {text: p for text, p in unknown.items() if not text.endswith(beginnings)} == {}
    assert len(said()) > 80


def test_every_sentence_is_said_somewhere() -> None:
    """No sentence stands in messages.yaml that a chair would change in vain."""
    assert [key for key in MESSAGES if not is_said(key)] == []


@pytest.mark.parametrize("call", said(), ids=lambda call: f"{call.place}-{call.key}")
def test_a_sentence_is_given_what_it_names(call: Said) -> None:
    """Each value that a sentence names is handed in where it is said, or is one of the content."""
    content = load_once()
    used = {place.name for place in placeholders(MESSAGES[call.key])}
    assert used <= call.values | content
    assert not call.values & content, "a value of the content must not be overridden by accident"


@cache
def load_once() -> set[str]:
    return set(load_content(ContentPlaces(shipped_path("content")), TODAY).copy.values)


def test_no_sentence_promises_or_shouts() -> None:
    """No sentence calls anybody eligible, and none ends in an exclamation mark."""
    for key, text in MESSAGES.items():
        assert not re.search(r"\beligible\b", text), key
        assert not text.rstrip().endswith("!"), key
