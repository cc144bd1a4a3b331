"""`clm eval` for people: tables, an earlier run beside, cross-validation, and what contradicts."""

import json
from pathlib import Path

import pytest

import bot.cli.measuring
from bot.domain.matching import Example
from bot.domain.matching_fit import Fitted, fit_and_try
from bot.evaluation_authors import Crossed, cross_validate
from tests.support.cli import Terminal, terminal
from tests.support.small_bank import pool_bank

CASES = [
    {"text": "when do you open", "label": "opening-hours", "author": "ann", "style": "short"},
    {"text": "price of a ticket", "label": "ticket-price", "author": "bo", "style": "short"},
    {"text": "zzz", "label": "oos", "author": "bo", "style": "noise"},
]


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


def pool(shell: Terminal) -> list[str]:
    """The arguments that measure the made-up bank."""
    cases = shell.file("cases.jsonl", "\n".join(map(json.dumps, CASES)))
    rows = [{"text": one.text, "label": one.label} for one in pool_bank()]
    return ["eval", cases, "--bank", shell.file("bank.jsonl", "\n".join(map(json.dumps, rows)))]


def test_tables_by_author_and_style_are_for_people_only(shell: Terminal) -> None:
    """A person sees the tables; --json keeps the keys that tools rely on."""
    args = pool(shell)
    ran = shell.runs(*args)
    assert ran.code == 0 and "\nby author:\n" in ran.out and "\nby style:\n" in ran.out
    assert "by group" not in ran.out
    [report] = shell.runs(*args, "--json").rows
    assert list(report) == ["in_scope", "oos", "auroc", "latency_ms", "build_s", "per_label"]


def test_the_content_is_also_shown_by_group(shell: Terminal) -> None:
    """Measured on the content, each file of entries has its line."""
    line = json.dumps({"text": "is the exam multiple choice", "label": "exam-format"})
    ran = shell.runs("eval", shell.file("cases.jsonl", line))
    assert ran.code == 0
    assert any(one.split()[:2] == ["exam", "1"] for one in ran.out.split("\n"))


def test_a_saved_run_is_compared_with(shell: Terminal) -> None:
    """What --json printed can be given back, and the differences are told; it ends with 0."""
    args = pool(shell)
    saved = shell.file("old.json", shell.runs(*args, "--json").out)
    ran = shell.runs(*args, "--against", saved)
    assert (ran.code, ran.err) == (0, "")
    assert f"against {saved} (then, now, difference in points):" in ran.out
    assert ran.out.endswith("no label moved\n")


@pytest.mark.parametrize("text", ["", "{}", '{"in_scope": 1}', b"\xff"])
def test_a_bad_saved_run_ends_with_66(shell: Terminal, text: str | bytes) -> None:
    """A file that is no saved run is told by name, before anything is measured."""
    saved = shell.file("old.json", text)
    ran = shell.runs(*pool(shell), "--against", saved)
    assert (ran.code, ran.out) == (66, "")
    assert ran.err.startswith(f"{saved}: ") and ran.err.count("\n") == 1
    missing = shell.runs(*pool(shell), "--against", str(shell.folder / "none.json"))
    assert (missing.code, missing.out) == (66, "")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ([], "Give one FILE, or --cross-validate."),
        (["x", "--cross-validate"], "--cross-validate takes no FILE, --bank or --against."),
        (["--bank", "x", "--cross-validate"], "--cross-validate takes no FILE"),
        (["x", "--refit"], "--refit goes with --cross-validate."),
        (["x", "--against", "y", "--json"], "--against is told in words; leave --json out."),
    ],
)
def test_options_that_contradict_are_told(shell: Terminal, args: list[str], sentence: str) -> None:
    """Contradicting options end with 2 and a sentence."""
    ran = shell.runs("eval", *args)
    assert (ran.code, ran.out) == (2, "") and sentence in ran.err


@pytest.fixture
def two_authors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Cross-validation on the made-up bank instead of the shipped one; which way it was done."""
    bank = [Example(one.text, one.label, "ab"[at % 2]) for at, one in enumerate(pool_bank())]
    ways: list[str] = []

    def fitted(examples: object, *_: object) -> Fitted:
        assert isinstance(examples, tuple) and len(examples) > 1000
        ways.append("one fit")
        return fit_and_try(bank)

    def quick(examples: object, _: object) -> Crossed:
        assert isinstance(examples, tuple) and len(examples) > 1000
        ways.append("refit")
        return cross_validate(bank)

    monkeypatch.setattr(bot.cli.measuring, "fitted_of", fitted)
    monkeypatch.setattr(bot.cli.measuring, "cross_validate", quick)
    return ways


@pytest.mark.parametrize(("more", "ways"), [([], ["one fit"]), (["--refit"], ["one fit", "refit"])])
def test_cross_validation_is_shown_for_people_and_as_json(
    shell: Terminal, two_authors: list[str], more: list[str], ways: list[str]
) -> None:
    """The content is validated by author: a table with the mean, or one object with it; anew
    without each author only where that is asked for."""
    ran = shell.runs("eval", "--cross-validate", *more)
    assert (ran.code, two_authors) == (0, ways)
    assert {"a", "b", "mean"} <= {line.split()[0] for line in ran.out.split("\n") if "%" in line}
    assert "pairs between which most utterances stray" in ran.out
    assert ("from one fit" in ran.out) is not bool(more)
    [data] = shell.runs("eval", "--cross-validate", *more, "--json").rows
    assert list(data) == ["a", "b", "mean"]
    assert list(data["mean"]) == ["in_scope", "oos", "auroc"]


def test_the_lint_remarks_and_does_not_fail(shell: Terminal) -> None:
    """`clm content lint` names strays with file and line, pair by pair, and ends with 0."""
    ran = shell.runs("content", "lint", "--pairs", "2")
    assert (ran.code, ran.err) == (0, "")
    first, *lines = ran.out.split("\n")
    assert first.endswith("do not find their own entry when their author is held out.")
    assert sum(" found as " in line for line in lines) == 2
    assert any(line.startswith("  content/faq/") and ".yaml:" in line for line in lines)
    assert shell.runs("content", "lint", "--pairs", "0").code == 2
