"""Who may import whom, as design says: arrows point inwards only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ALLOWED: dict[str, tuple[str, ...]] = {
    "bot/domain": ("bot.domain", "bot.errors", "numpy"),
    "bot/content": ("bot.content", "bot.domain", "bot.errors", "yaml", "pydantic", "pydantic_core"),
    "bot/store": ("bot.store", "bot.domain", "bot.errors", "sqlite_utils"),
    "bot/services": (
        "bot.services", "bot.domain", "bot.store", "bot.content", "bot.semantic", "bot.errors",
        "sqlite_utils", "numpy", "icalendar",
    ),
    "bot/semantic": ("bot.semantic", "bot.errors", "numpy"),
    "bot/playground": ("bot.playground", "aiohttp", "yaml", "slack_sdk"),
    "handlers/slack": (
        "handlers.slack", "bot.services", "bot.domain", "bot.runtime", "bot.config", "bot.errors",
        "bot.log", "bot.jobs", "slack_bolt", "slack_sdk", "aiohttp",
    ),
    "bot/runtime.py": ("bot.services", "bot.store", "bot.content", "bot.config", "bot.log",
                       "bot.domain"),
    "bot/jobs.py": ("bot.services", "bot.store", "bot.content", "bot.config", "bot.log",
                    "bot.domain", "bot.errors", "bot.runtime", "bot.relearning", "bot.renewal"),
    "bot/relearning.py": ("bot.services", "bot.domain", "bot.log", "bot.runtime"),
    "bot/renewal.py": ("bot.services", "bot.domain", "bot.log", "bot.runtime"),
    "bot/doctor.py": ("bot.services", "bot.store", "bot.content", "bot.config", "bot.errors",
                      "bot.domain", "bot.semantic", "bot.doctor_channel", "bot.doctor_edits",
                      "bot.doctor_requests", "bot.doctor_roles"),
    "bot/doctor_channel.py": ("bot.store", "bot.domain", "sqlite_utils"),
    "bot/doctor_edits.py": ("bot.services", "bot.content", "bot.errors"),
    "bot/doctor_requests.py": ("bot.store", "sqlite_utils"),
    "bot/doctor_roles.py": ("bot.store", "bot.domain", "bot.errors", "sqlite_utils"),
}  # fmt: skip


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def is_allowed(name: str, allowed: tuple[str, ...]) -> bool:
    first = name.split(".")[0]
    ours = first in ("bot", "handlers")
    if not ours and first not in THIRD_PARTY:
        return True
    return any(name == a or name.startswith(f"{a}.") for a in allowed)


THIRD_PARTY = frozenset(
    "numpy yaml pydantic pydantic_core pydantic_settings sqlite_utils aiohttp slack_sdk slack_bolt "
    "click structlog icalendar".split()
)


@pytest.mark.parametrize("ring", ALLOWED)
def test_a_ring_imports_only_what_lies_inwards(ring: str) -> None:
    """A change of Slack's looks never reaches a rule, since no inner ring knows an outer one."""
    place = ROOT / ring
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    outward = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in imported(path)
        if not is_allowed(name, ALLOWED[ring])
    }
    assert files
    assert outward == set()


def test_only_the_command_line_knows_the_handlers() -> None:
    """The committee's business runs without any chat platform."""
    knowing = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot").rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] == "handlers"
    }
    assert all(path.startswith("bot/cli/") for path in knowing)
    assert knowing
