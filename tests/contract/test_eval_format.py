"""`clm eval`: the exact format that tools outside rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.matching import OUT_OF_SCOPE
from tests.support.cli import Terminal, terminal
from tests.support.small_bank import pool_bank

IN_SCOPE = ["n", "top1", "top3", "right", "wrong", "offered", "missed"]
OOS = ["n", "answered", "offered", "declined"]
TOP = ["in_scope", "oos", "auroc", "latency_ms", "build_s", "per_label"]
PER_LABEL = ["n", "top1", "right", "wrong", "offered", "missed", "confused_with"]
CASES = [
    ("How many education hours do I need before applying?", "hours-needed"),
    ("how many hours must i have", "hours-needed"),
    ("hello", "bot-help"),
    ("is the exam multiple choice", "exam-format"),
    ("who won the world cup", "oos"),
    ("thanks", "oos"),
]
POOL = [
    ("when do you open", "opening-hours"),
    ("price of a ticket", "ticket-price"),
    ("zzz", "oos"),
]


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


def lines(cases: list[tuple[str, str]], **more: Any) -> str:
    rows = [{"text": text, "label": label, **more} for text, label in cases]
    return "\n".join(json.dumps(row) for row in rows) + "\n"


def pool(*, strange: bool = True) -> str:
    return lines([(one.text, one.label) for one in pool_bank(strange=strange)])


def check_report(report: Any, cases: list[tuple[str, str]]) -> None:
    assert list(report) == TOP
    assert list(report["in_scope"]) == IN_SCOPE and list(report["oos"]) == OOS
    assert list(report["latency_ms"]) == ["p50", "p99"]
    inside = [label for _, label in cases if label != OUT_OF_SCOPE]
    assert report["in_scope"]["n"] == len(inside)
    assert report["oos"]["n"] == len(cases) - len(inside)
    assert list(report["per_label"]) == sorted(set(inside))
    assert 0 < report["latency_ms"]["p50"] <= report["latency_ms"]["p99"]
    assert report["build_s"] > 0
    check_shares(report, inside)


def check_shares(report: Any, inside: list[str]) -> None:
    every = [report["in_scope"], *report["per_label"].values()]
    for one in every:
        assert sum(one[k] for k in ("right", "wrong", "offered", "missed")) == pytest.approx(1.0)
    assert sum(report["oos"][k] for k in OOS[1:]) == pytest.approx(1.0)
    for label, one in report["per_label"].items():
        assert list(one) == PER_LABEL
        assert one["n"] == inside.count(label)
        assert all(isinstance(one[key], float) for key in PER_LABEL[1:-1])
        assert sum(one["confused_with"].values()) == round(one["n"] * (1 - one["top1"]))
    assert all(isinstance(report["in_scope"][key], float) for key in IN_SCOPE[1:])
    assert report["auroc"] is None or 0 <= report["auroc"] <= 1


def test_the_bot_itself_is_measured(shell: Terminal) -> None:
    """`clm eval FILE --json` prints one object with every figure of the contract."""
    ran = shell.starts("eval", shell.file("cases.jsonl", lines(CASES)), "--json")
    assert (ran.code, ran.err, len(ran.rows)) == (0, "", 1)
    check_report(ran.rows[0], CASES)
    assert ran.rows[0]["per_label"]["bot-help"]["right"] == 1.0


@pytest.mark.parametrize("strange", [True, False])
def test_any_other_bank_can_be_measured(tmp_path: Path, strange: bool) -> None:
    """With --bank the matcher learns from that file alone, with or without out-of-scope lines."""
    shell = terminal(tmp_path, cached=False)
    bank = shell.file("bank.jsonl", pool(strange=strange))
    ran = shell.runs("eval", shell.file("cases.jsonl", lines(POOL)), "--bank", bank, "--json")
    assert (ran.code, ran.err) == (0, "")
    check_report(ran.rows[0], POOL)
    assert not (shell.home / "cache").exists()


def test_rules_for_small_talk_are_off_for_another_bank(shell: Terminal) -> None:
    """A greeting is a message like any other when another bank is measured."""
    bank = shell.file("bank.jsonl", pool() + lines([("hello", "greeting"), ("hi", "greeting")]))
    cases = shell.file("cases.jsonl", lines([("hello", "greeting")]))
    [report] = shell.runs("eval", cases, "--bank", bank, "--json").rows
    assert report["in_scope"]["top1"] == 1.0


def test_a_file_and_a_pipe_measure_the_same(shell: Terminal) -> None:
    """`-` reads standard input; blank lines and other keys do not matter."""
    text = "\ufeff" + lines(CASES, language="en").replace("\n", "\r\n\r\n")
    [piped] = shell.runs("eval", "-", "--json", stdin=text).rows
    [read] = shell.runs("eval", shell.file("cases.jsonl", lines(CASES)), "--json").rows
    for report in (piped, read):
        del report["latency_ms"], report["build_s"]
    assert piped == read


def test_nothing_to_measure_is_no_fault(shell: Terminal) -> None:
    """An empty file has figures of nothing."""
    [report] = shell.runs("eval", shell.file("cases.jsonl", "\n"), "--json").rows
    assert list(report) == TOP
    assert (report["in_scope"]["n"], report["oos"]["n"], report["auroc"]) == (0, 0, None)


def test_a_person_reads_the_figures(shell: Terminal) -> None:
    """Without --json the figures are told in words."""
    ran = shell.runs("eval", shell.file("cases.jsonl", lines(CASES)))
    assert ran.code == 0 and ran.out.startswith("in scope, 4 messages: ")


GOOD = '{"text": "a", "label": "exam-fee"}'


@pytest.mark.parametrize("where", ["cases", "bank"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{GOOD}\n{{text: a}}", ":2: "),
        (f'{GOOD}\n\n{{"text": "a"}}', ":3: 'label' is missing or is not text."),
        ('{"text": "a", "label": ""}', ":1: 'label'"),
        ('{"text": 1, "label": "x"}', ":1: 'text' is missing or is not text."),
        ("[]", ":1: a JSON object is expected"),
        ("[" * 100_000, ":1: "),
        (b"\xff", ": the file is not plain UTF-8 text."),
    ],
)
def test_one_bad_line_means_nothing_on_standard_output(
    shell: Terminal, where: str, text: str | bytes, place: str
) -> None:
    """A bad line of either file is told with file and line, and no figure is printed."""
    bad, good = shell.file("bad.jsonl", text), shell.file("good.jsonl", GOOD)
    args = [bad, "--bank", good] if where == "cases" else [good, "--bank", bad]
    ran = shell.runs("eval", *args, "--json")
    assert (ran.code, ran.out) == (66, "")
    assert ran.err.startswith(f"{bad}{place}")


@pytest.mark.parametrize("bank", ["", "\n", lines([("a", "oos")])])
def test_a_bank_without_an_entry_is_told(shell: Terminal, bank: str) -> None:
    """Nothing can be learned from a file without an utterance of an entry."""
    name = shell.file("bank.jsonl", bank)
    ran = shell.runs("eval", shell.file("cases.jsonl", GOOD), "--bank", name, "--json")
    assert (ran.code, ran.out) == (66, "")
    assert ran.err.strip().endswith(".")


def test_bad_content_ends_with_65(shell: Terminal) -> None:
    """Content with a fault is not measured; another bank needs no content."""
    (shell.home / "chapter.yaml").write_text("names: x\n", encoding="utf-8")
    cases = shell.file("cases.jsonl", lines(POOL))
    ran = shell.runs("eval", cases, "--json")
    assert (ran.code, ran.out) == (65, "") and "Did you mean 'name'?" in ran.err
    bank = shell.file("bank.jsonl", pool())
    assert shell.runs("eval", cases, "--bank", bank, "--json").code == 0


def test_bad_settings_end_with_78(shell: Terminal) -> None:
    """Settings that cannot be used are told before anything is read."""
    ran = shell.runs("eval", "missing.jsonl", "--json", CLM_HOME="~nobody-of-that-name")
    assert (ran.code, ran.out) == (78, "")
