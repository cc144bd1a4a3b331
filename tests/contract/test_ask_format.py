"""`clm ask --json` and `--batch`: the exact format that tools outside rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Ran, Terminal, terminal

KEYS = ["text", "outcome", "entry", "confidence", "choices", "ranking", "answer"]
OUTCOMES = {"answer", "action", "clarify", "unknown", "chat"}
ACTIONS = {
    "start-eligibility", "my-status", "talk-to-chair", "log-hours", "delete-my-data", "bot-help",
}  # fmt: skip
STRANGE = [
    "",
    "   ",
    "\U0001f642",
    "thanks!",
    "hello",
    "How many education hours do I need before applying?",
    "check",
    "hours",
    "exam fee vs recertification fee",
    "who won the world cup",
    "x" * 12_000,
    "word " * 3_000,
    "a\x00b\x07c\x1b[31m",
    "<!channel> <@U0ADA> *bold* <b>x</b> & {exam_hours} [[x]]",
    "كم عدد الساعات؟",
    "\u202egnorw si siht",
    "line one\nline two",
    "\ud83d",
    'quote " and \\ backslash',
]


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


def batch(*rows: Any) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def check_row(row: Any, text: str) -> None:
    assert list(row) == KEYS
    assert row["text"] == text
    assert row["outcome"] in OUTCOMES
    assert isinstance(row["confidence"], float) and 0 <= row["confidence"] <= 1
    assert row["answer"] is None or (isinstance(row["answer"], str) and row["answer"].strip())
    check_ids(row)


def check_ids(row: Any) -> None:
    shown = row["outcome"] in ("answer", "action")
    assert isinstance(row["entry"], str) if shown else row["entry"] is None
    assert (row["entry"] in ACTIONS) == (row["outcome"] == "action")
    assert all(isinstance(choice, str) for choice in row["choices"])
    assert 1 <= len(row["choices"]) <= 3 if row["outcome"] == "clarify" else row["choices"] == []
    scores = [score for _, score in row["ranking"]]
    assert [len(pair) for pair in row["ranking"]] == [2] * 5
    assert all(isinstance(label, str) for label, _ in row["ranking"])
    assert all(isinstance(score, float) for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_each_line_is_answered_in_order_in_one_format(shell: Terminal) -> None:
    """Whatever stands in a line, one object with the same keys comes back in its place."""
    name = shell.file("in.jsonl", batch(*({"text": text, "label": "x"} for text in STRANGE)))
    ran = shell.runs("ask", "--batch", name)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.rows) == len(STRANGE)
    for row, text in zip(ran.rows, STRANGE, strict=True):
        check_row(row, text)
    assert ran.out.isascii()
    outcomes = dict(zip(STRANGE, (row["outcome"] for row in ran.rows), strict=True))
    assert outcomes["hello"] == "action" and outcomes["thanks!"] == "chat"
    assert outcomes["who won the world cup"] == "unknown"


def test_a_greeting_is_the_help_and_a_question_its_entry(shell: Terminal) -> None:
    """A greeting alone is the action bot-help; an answer names its entry and its source."""
    name = shell.file("in.jsonl", batch({"text": "Hi!"}, {"text": "How many hours do I need?"}))
    greeting, hours = shell.runs("ask", "--batch", name).rows
    assert (greeting["outcome"], greeting["entry"]) == ("action", "bot-help")
    assert (hours["outcome"], hours["entry"]) == ("answer", "hours-needed")
    assert "Source: " in hours["answer"] and "As of " in hours["answer"]
    assert hours["ranking"][0][0] == "hours-needed"


def test_a_named_stranger_is_unknown_in_words(shell: Terminal) -> None:
    """Another certification's question is unknown, with the sentence that names it as answer."""
    name = shell.file("in.jsonl", batch({"text": "how much is the PMP exam"}))
    [row] = shell.runs("ask", "--batch", name).rows
    check_row(row, "how much is the PMP exam")
    assert (row["outcome"], row["entry"], row["choices"]) == ("unknown", None, [])
    assert row["answer"].startswith("That is about the PMP, not the CLM.")


def test_one_text_is_one_object(shell: Terminal) -> None:
    """`clm ask --json TEXT` prints the same object, and nothing else."""
    ran = shell.starts("ask", "--json", "How many hours do I need?")
    assert (ran.code, ran.err, len(ran.rows)) == (0, "", 1)
    check_row(ran.rows[0], "How many hours do I need?")


def test_a_person_reads_the_same_answer(shell: Terminal) -> None:
    """`clm ask TEXT` prints the answer, its source, and what to ask next."""
    as_read = shell.runs("ask", "How many hours do I need?")
    [row] = shell.runs("ask", "--json", "How many hours do I need?").rows
    assert as_read.code == 0
    assert as_read.out.startswith(row["answer"])
    assert "Related questions\n- " in as_read.out


def test_a_batch_comes_from_a_pipe_too(shell: Terminal) -> None:
    """`-` reads standard input, as a program of its own, with nothing on standard error."""
    ran = shell.starts("ask", "--batch", "-", stdin=batch({"text": "a"}, {"text": "b"}))
    assert (ran.code, ran.err) == (0, "")
    assert [row["text"] for row in ran.rows] == ["a", "b"]


def test_blank_lines_and_other_keys_do_not_matter(shell: Terminal) -> None:
    """Blank lines, Windows line ends, a byte order mark, other keys and a missing last line end."""
    text = '\ufeff{"text": "a", "text_id": 5}\r\n\r\n   \n{"label": null, "text": "b"}'
    ran = shell.runs("ask", "--batch", shell.file("in.jsonl", text))
    assert [row["text"] for row in ran.rows] == ["a", "b"]


def test_an_empty_file_is_no_fault(shell: Terminal) -> None:
    """No lines in, no lines out."""
    assert shell.runs("ask", "--batch", shell.file("in.jsonl", "\n")) == Ran(0, "", "")


GOOD = '{"text": "a"}'


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        (f"{GOOD}\n{{'text': 'a'}}\n{GOOD}", ":2: ", "this line is not JSON."),
        (f"{GOOD}\n\n[1]", ":3: ", 'the line needs a text, as in {"text": "..."}.'),
        (f'{GOOD}\n{{"txt": "a"}}', ":2: ", "the line needs a text"),
        ('{"text": null}', ":1: ", "the line needs a text"),
        ('{"text": 5}', ":1: ", "the line needs a text"),
        ('"text"', ":1: ", "the line needs a text"),
        (GOOD * 2, ":1: ", "this line is not JSON."),
        ("[" * 100_000, ":1: ", "this line is not JSON."),
        (b'{"text": "caf\xe9"}', ": ", "the file is not plain UTF-8 text."),
    ],
)
def test_one_bad_line_means_nothing_on_standard_output(
    shell: Terminal, text: str | bytes, place: str, sentence: str
) -> None:
    """A file is read whole: one bad line is told with file and line, and nothing is printed."""
    name = shell.file("in.jsonl", text)
    ran = shell.runs("ask", "--batch", name)
    assert (ran.code, ran.out) == (66, "")
    assert ran.err.startswith(f"{name}{place}") and sentence in ran.err


@pytest.mark.parametrize("name", ["missing.jsonl", ".", ""])
def test_a_file_that_cannot_be_read_is_told(shell: Terminal, name: str) -> None:
    """A file that is not there, or is none, ends with 66 and a sentence."""
    ran = shell.runs("ask", "--batch", name)
    assert (ran.code, ran.out) == (66, "")
    assert "the file cannot be read" in ran.err


def test_a_bad_line_from_a_pipe_is_told_with_its_line(shell: Terminal) -> None:
    """The same holds for a program of its own that reads a pipe."""
    ran = shell.starts("ask", "--batch", "-", stdin=f"{GOOD}\nno\n")
    assert (ran.code, ran.out, ran.err) == (66, "", "-:2: this line is not JSON.\n")


def test_bad_content_ends_with_65(shell: Terminal) -> None:
    """Content with a fault is told with file and line, and answers nothing."""
    (shell.home / "chapter.yaml").write_text("time_zone: Nowhere\n", encoding="utf-8")
    ran = shell.starts("ask", "--json", "hello")
    assert (ran.code, ran.out) == (65, "")
    assert ran.err.startswith(f"{shell.home}/chapter.yaml:1: 'time_zone': 'Nowhere' is not")


def test_bad_settings_end_with_78(shell: Terminal) -> None:
    """Settings that cannot be used are told before anything is read."""
    ran = shell.runs("ask", "--json", "hello", CLM_HOME="~nobody-of-that-name")
    assert (ran.code, ran.out) == (78, "")
    assert ran.err.startswith("CLM_HOME: ")


@pytest.mark.parametrize("args", [[], ["a", "--batch", "x"]])
def test_ask_wants_one_text_or_one_file(shell: Terminal, args: list[str]) -> None:
    """Neither or both is told as a matter of usage."""
    ran = shell.runs("ask", *args)
    assert ran.code == 2 and "Give one TEXT, or --batch FILE." in ran.err
