"""`clm eval --against`: what moved since a saved run."""

import json
from typing import Any

import pytest

from bot.errors import InputError
from bot.evaluation_saved import compared, saved_of

SHARES = {"top1": 0.9, "top3": 0.95, "right": 0.8, "wrong": 0.02, "offered": 0.1, "missed": 0.08}


def run(**changed: Any) -> dict[str, Any]:
    label = {**SHARES, "n": 4, "confused_with": {}}
    return {
        "in_scope": {"n": 40, **SHARES},
        "oos": {"n": 10, "answered": 0.1, "offered": 0.2, "declined": 0.7},
        "auroc": 0.97,
        "latency_ms": {"p50": 2.0, "p99": 3.0},
        "build_s": 1.0,
        "per_label": {"fee": label, "date": label},
    } | changed


def told(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    first, second = (saved_of(json.dumps(one), "old.json") for one in (before, now))
    return compared(first, second, "old.json").split("\n")


def test_nothing_moved() -> None:
    """The same run again has every figure with no difference, and no label moved."""
    lines = told(run(), run())
    assert "  in_scope.top1: 90.0, 90.0, 0.0" in lines
    assert "  auroc: 97.0, 97.0, 0.0" in lines
    assert lines[-1] == "no label moved"
    assert not any("other messages" in line for line in lines)


def test_what_moved_is_told_in_points() -> None:
    """A figure that fell by three points says so, and so does each label, furthest first."""
    label = {**SHARES, "n": 4, "confused_with": {}}
    now = run(
        in_scope={"n": 40, **SHARES, "top1": 0.87},
        per_label={"date": {**label, "right": 0.85}, "fee": {**label, "top1": 0.65}},
    )
    lines = told(run(), now)
    assert "  in_scope.top1: 90.0, 87.0, -3.0" in lines
    assert lines[-3:] == [
        "labels that moved:",
        "  fee: top1 -25.0, right 0.0, wrong 0.0",
        "  date: top1 0.0, right +5.0, wrong 0.0",
    ]


def test_other_messages_and_other_labels_are_told() -> None:
    """A comparison of unlike files says that it is one."""
    now = run(oos={"n": 11, "answered": 0.1, "offered": 0.2, "declined": 0.7}, auroc=None)
    now["per_label"] = {"fee": now["per_label"]["fee"], "hours": now["per_label"]["fee"]}
    lines = told(run(), now)
    assert any("40 in scope and 10 out of scope then, 40 in scope and 11" in one for one in lines)
    assert "  auroc: 97.0, none" in lines
    assert lines[-2:] == ["  gone: date", "  new: hours"]


BAD = [
    "",
    "{",
    "[]",
    "null",
    "{}",
    "[" * 100_000,
    json.dumps(run(auroc="high")),
    json.dumps(run(in_scope={**SHARES})),
    json.dumps(run(in_scope={"n": 1, **SHARES, "top1": True})),
    json.dumps(run(per_label={"fee": {"top1": 1}})),
    json.dumps(run(per_label=[])),
]


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused_in_words(text: str) -> None:
    """A file that is no saved run is told by its name."""
    with pytest.raises(InputError, match=r"^old\.json: this is not what `clm eval --json` prints"):
        saved_of(text, "old.json")


def test_a_mark_at_the_beginning_does_no_harm() -> None:
    """A file that another program saved with a leading mark is read all the same."""
    assert saved_of("\ufeff" + json.dumps(run()) + "\r\n", "f").counts["in_scope"] == 40
