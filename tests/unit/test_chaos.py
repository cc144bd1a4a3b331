"""The judge of `make chaos`: shown what people saw, it says what is lost and what is doubled."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bench.chaos.judge import Kept, Request, Said, Seen, Titles, findings
from bench.chaos.report import Report
from bench.chaos.run import Outcome
from bench.chaos.steps import STEPS
from bench.chaos.trouble import FAULTS, KILL, Struck, demanded, featured

TITLES = Titles(
    ticket="Your request no. 1",
    card="Request no. 1",
    taken_back="Withdrawn.",
    refusals=("Not passed on.",),
)
HELD = Kept("claimed", "c")
TICKET = Seen("1.0", "Your request no. 1\nSent\nzq1n00", notice="a")
CARD = Seen("2.0", "Request no. 1\nzq1n00", notice="b")
ADDED = Seen("2.1", "The member writes:\nzq1n01", thread="2.0", notice="c")
ANSWER = Seen("1.1", "From the chair:\nzq1n02", thread="1.0", notice="d")
ECHO = Seen("2.2", "The chair answered:\nzq1n02", thread="2.0", notice="e")


def request() -> Request:
    """A note, a word in the thread and an answer, all of them accepted by Slack."""
    said = [
        Said("zq1n00", "m", "note"),
        Said("zq1n01", "m", "thread"),
        Said("zq1n02", "c", "reply"),
    ]
    return Request("m", ("c", "d"), said, claimers={"c"})


def judged(
    of: Request,
    member: list[Seen],
    chair: list[Seen],
    kept: Kept | None = HELD,
) -> list[str]:
    return findings(of, TITLES, {"m": member, "c": chair, "d": []}, kept)


def test_when_everything_arrived_once_nothing_is_found() -> None:
    """A hand-off on which all went well is passed without a word."""
    assert judged(request(), [TICKET, ANSWER], [CARD, ADDED, ECHO]) == []


@pytest.mark.parametrize(
    ("member", "chair", "said"),
    [
        ([TICKET, ANSWER], [CARD, ECHO], "lost: zq1n01"),
        ([TICKET], [CARD, ADDED, ECHO], "lost: zq1n02"),
        ([TICKET, ANSWER], [CARD, ADDED], "lost: zq1n02"),
        ([TICKET, ANSWER], [], "lost: c has no card"),
        ([ANSWER], [CARD, ADDED, ECHO], "m has 0 messages"),
    ],
    ids=["word of the member", "answer", "echo", "card", "message of the request"],
)
def test_what_is_missing_is_called_lost(member: list[Seen], chair: list[Seen], said: str) -> None:
    """Each text and message that somebody does not see is named, with who lacks it."""
    assert any(finding.startswith(said) for finding in judged(request(), member, chair))


@pytest.mark.parametrize("twice", [CARD, ADDED, ECHO])
def test_what_the_desk_sees_twice_is_called_doubled(twice: Seen) -> None:
    """A card, a word or an echo that stands twice is found, though each was sent anew."""
    again = replace(twice, ts="9.9", notice="another")
    found = judged(request(), [TICKET, ANSWER], [CARD, ADDED, ECHO, again])
    assert any(finding.startswith("doubled") for finding in found)


def test_one_notice_that_stands_twice_is_doubled_whatever_it_says() -> None:
    """A small sentence of the bot that was posted again is found by what the bot calls it."""
    passed_on = Seen("1.2", "Passed on.", thread="1.0", notice="f")
    member = [TICKET, ANSWER, passed_on, replace(passed_on, ts="1.3")]
    assert judged(request(), member, [CARD, ADDED, ECHO]) == [
        "doubled: notice f stands 2 times in Slack"
    ]


def test_a_refused_word_must_have_been_refused_in_words() -> None:
    """What came too late may be missing at the other side only where its writer reads so."""
    late = request()
    late.said[1].may_be_refused = True
    told = Seen("1.4", "Not passed on.", thread="1.0", notice="g")
    assert judged(late, [TICKET, ANSWER, told], [CARD, ECHO]) == []
    assert judged(late, [TICKET, ANSWER], [CARD, ECHO]) != []


def test_what_was_taken_back_must_be_gone() -> None:
    """After a withdrawal the desk sees neither note nor words, and a place for each word."""
    gone = request()
    gone.ended = "withdrawn"
    card = Seen("2.0", "Request no. 1\nWithdrawn", notice="b")
    place = Seen("2.1", "Withdrawn.", thread="2.0", notice="c")
    kept = Kept("withdrawn", "c")
    assert judged(gone, [TICKET, ANSWER], [card, place, ECHO], kept) == []
    assert judged(gone, [TICKET, ANSWER], [card, ADDED, ECHO], kept) != []
    assert judged(gone, [TICKET, ANSWER], [card, place, place, ECHO], kept) != []


@pytest.mark.parametrize(
    "kept", [None, Kept("closed", "c"), Kept("claimed", "d")], ids=["none", "state", "holder"]
)
def test_a_request_in_another_state_is_found(kept: Kept | None) -> None:
    """The books must say what people did: that it is open, and who has it."""
    assert len(judged(request(), [TICKET, ANSWER], [CARD, ADDED, ECHO], kept)) == 1


def test_names_and_notes_on_the_wrong_side_are_found() -> None:
    """A name that was not shared, and a note of the desk, are findings where they are read."""
    secret = request()
    secret.nameless, secret.private = "Quillon", ["zq1n03"]
    chair = [replace(CARD, text=f"{CARD.text}\nQuillon"), ADDED, ECHO]
    member = [replace(TICKET, text=f"{TICKET.text}\nzq1n03"), ANSWER]
    assert len(judged(secret, member, chair)) == 2


def test_runs_in_turn_meet_every_fault_at_every_call() -> None:
    """As many runs as there are kinds and calls are given each of them to meet."""
    pairs = demanded({"a step": {"chat.postMessage": None, "views.open": None}})
    assert {(kind, "views.open") for kind in (*FAULTS, KILL)} <= set(pairs)
    assert {pair for run in range(len(pairs)) for pair in featured(run, pairs)} == set(pairs)


def report(runs: int, *, struck: bool, found: tuple[str, ...] = ()) -> Report:
    pairs = [("timeout", "chat.update"), (KILL, "chat.update")]
    counted = Struck()
    counted.times.update(pairs[: None if struck else 1])
    outcomes = [Outcome(run, list(STEPS)) for run in range(runs)]
    outcomes[0].found.extend(found)
    return Report(7, runs, pairs, counted, outcomes)


def test_the_report_is_good_only_when_nothing_was_found_and_everything_struck() -> None:
    """A finding, a fault that never struck and a run that was not done each spoil it."""
    assert report(2, struck=True).is_good
    assert not report(2, struck=True, found=("lost: zq1n01",)).is_good
    never = report(2, struck=False)
    assert not never.is_good
    assert "kill at chat.update" in never.verdict()
    assert not replace(report(2, struck=True), wanted_runs=3).is_good


def test_too_few_runs_are_not_held_to_what_they_cannot_meet() -> None:
    """Somebody who tries it with one run is told what that leaves open, and it does not fail."""
    one = report(1, struck=False)
    assert one.is_good
    assert "1 of 2" in one.verdict()


def test_a_finding_says_how_to_see_it_again() -> None:
    """Seed and run stand with each finding, and the figures count it."""
    lost = report(2, struck=True, found=("lost: zq1n01 of m",))
    assert "make chaos SEED=7 ONLY=0" in lost.found()[0]
    assert "lost 1, doubled 0" in lost.figures(1.0)


def test_the_table_shows_what_never_struck_as_nought() -> None:
    """A reader tells what was met, what was not, and what is not asked for."""
    shown = report(2, struck=False).table()
    row = re.split(r"\s+", shown.split("\n")[1])
    assert row[0] == "chat.update"
    assert row[1:] == ["-", "-", "1", "-", "-", "-", "0"]


def test_the_make_target_is_there() -> None:
    """`make chaos` takes the number of runs, the seed and a single run."""
    made = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    assert all(f"$({name})" in made or f"$({name})," in made for name in ("SEED", "ONLY"))
    assert "bench.chaos" in made and "$(RUNS)" in made
