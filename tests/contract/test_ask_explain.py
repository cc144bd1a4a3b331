"""`clm ask --explain`: why a message was decided as it was."""

from pathlib import Path

import pytest

from tests.support.cli import Terminal, terminal


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


def test_the_explanation_stands_below_the_answer(shell: Terminal) -> None:
    """The answer is as without it; below stand three entries with words, utterances, authors."""
    question = "Hi! how many education hours do I need?"
    plain, told = shell.runs("ask", question), shell.runs("ask", question, "--explain")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(plain.out)
    lines = told.out[len(plain.out) :].strip().split("\n")
    assert lines[0].startswith("Why answer, confidence ")
    assert "expected costs are answer 0." in lines[0]
    assert lines[1] == 'Matched was "how many education hours do I need?".'
    places = [line for line in lines if line[:2] in ("1.", "2.", "3.")]
    assert len(places) == 3 and places[0].startswith("1. hours-needed, score 0.")
    assert any(line.startswith("   words: ") and "hours" in line for line in lines)
    assert any(line.endswith(("(question)", "(mara)")) for line in lines)
    assert any(line.startswith("Out of scope, score ") for line in lines)


def test_what_pulled_a_message_out_of_scope_is_named(shell: Terminal) -> None:
    """For a message that is declined the out-of-scope examples are told that pulled it there."""
    out = shell.runs("ask", "how do I renew my notary commission", "--explain").out
    assert "Why unknown, confidence" in out
    *_, tail = out.partition("these examples pulled against it")
    assert "notary" in tail


def test_small_talk_needs_no_explanation(shell: Terminal) -> None:
    """Thanks are told to be thanks."""
    out = shell.runs("ask", "thanks!", "--explain").out
    assert out.endswith("Why chat: this is small talk (thanks), so nothing was matched.\n")


def test_a_very_long_message_is_explained_in_bounds(shell: Terminal) -> None:
    """A page of text is explained on its beginning, and says so."""
    page = "my partner asked about the exam fee and the deadline and the hours again " * 40
    ran = shell.runs("ask", page, "--explain")
    assert ran.code == 0 and "Explained on 600 letters of it." in ran.out


@pytest.mark.parametrize("more", [["x", "--json"], ["--batch", "-"]])
def test_it_is_for_people_alone(shell: Terminal, more: list[str]) -> None:
    """With --json or --batch it is refused in a sentence, before anything is read."""
    ran = shell.runs("ask", "--explain", *more)
    assert (ran.code, ran.out) == (2, "")
    assert "--explain is told in words; leave --json and --batch out." in ran.err
