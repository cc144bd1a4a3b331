"""The chapter's numbers: counted strictly, told in words, and never about one person."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import MemberRef
from bot.domain.numbers import (
    Numbers,
    Period,
    Span,
    Tally,
    Topic,
    TopicCount,
    middle,
    months_of,
    spans_of,
    told_topics,
    weeks_of,
)
from bot.services import faq, numbers, privacy
from handlers.slack.views.numbers import export_message, numbers_message
from tests.support.desk_history import CHAIR, CLOE, Asks, asks, replied, ticket
from tests.support.road import ADA, BEN, HERE, NOON, Road, content

ZONE = ZoneInfo("America/Chicago")


@pytest.fixture
def road() -> Iterator[Road]:
    made = Road()
    yield made
    made.close()


def found(road: Road, period: Period = "month") -> Numbers:
    numbers_read = road.run(numbers.read, CHAIR, period)
    assert numbers_read is not None
    return numbers_read


def counted(road: Road) -> tuple[int, int]:
    shown = found(road)
    return shown.asked, shown.answered


def after(road: Road, *asked: Asks) -> tuple[int, int]:
    for one in asked:
        asks(road, one)
    return counted(road)


ANSWER = Asks("answer", "exam-fee")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((ANSWER,), (1, 1)),
        ((Asks("chat"), Asks("action", "my-status")), (0, 0)),
        ((Asks("unknown"),), (1, 0)),
        ((ANSWER, Asks("unknown", minutes=5)), (2, 0)),
        ((ANSWER, Asks("unknown", minutes=25 * 60)), (2, 1)),
        ((Asks("unknown"), Asks("answer", "exam-fee", minutes=5)), (2, 1)),
        ((ANSWER, Asks("answer", "exam-fee", minutes=5)), (2, 1)),
        ((ANSWER, Asks("answer", "exam-date", minutes=5)), (2, 2)),
        ((ANSWER, Asks("unknown", minutes=5, member=BEN)), (2, 1)),
        ((Asks("clarify", offers=("exam-fee", "exam-date")),), (1, 0)),
        (
            (Asks("clarify", offers=("exam-fee", "x")), Asks("answer", "exam-fee", minutes=1)),
            (1, 1),
        ),
        (
            (Asks("clarify", offers=("exam-fee",)), Asks("answer", "exam-fee", minutes=25 * 60)),
            (2, 1),
        ),
        (
            (Asks("clarify", offers=("exam-fee",)), Asks("unknown", offers=("a",), minutes=1)),
            (1, 0),
        ),
    ],
)
def test_what_counts_as_answered_without_a_person(
    road: Road, asked: tuple[Asks, ...], expected: tuple[int, int]
) -> None:
    """Only an answer that left nothing open counts; choosing among offers is no new question."""
    assert after(road, *asked) == expected


def test_an_answer_voted_wrong_does_not_count(road: Road) -> None:
    """One wrong vote, of anybody, and the answer was not enough."""
    turn = asks(road, ANSWER)
    road.run(faq.vote, ADA, turn, helpful=True)
    assert counted(road) == (1, 1)
    road.run(faq.vote, BEN, turn, helpful=False)
    assert counted(road) == (1, 0)
    assert (found(road).votes.helpful, found(road).votes.wrong) == (1, 1)


@pytest.mark.parametrize(("hours", "answered"), [(1, 0), (23, 0), (25, 1)])
def test_who_writes_to_the_chair_was_not_helped(road: Road, hours: int, answered: int) -> None:
    """A request within a day of the answer says that it was not enough; a later one does not."""
    asks(road, Asks("answer", "exam-fee", minutes=-24 * 60))
    ticket(road, at=NOON - timedelta(days=3) + timedelta(hours=hours))
    assert counted(road) == (1, answered)


def test_who_adds_to_an_open_request_was_not_helped(road: Road) -> None:
    """A further message in an open request counts like a new one."""
    opened = ticket(road, at=NOON - timedelta(days=5))
    asks(road, ANSWER)
    replied(road, opened, by_member=True, at=NOON - timedelta(days=2, minutes=-30))
    assert counted(road) == (1, 0)


def test_periods_begin_with_the_chapters_month(road: Road) -> None:
    """What was asked late on the last evening of a month belongs to that month, by the chapter's
    clock."""
    asks(road, Asks("answer", "exam-fee", at=datetime(2026, 11, 1, 4, 30, tzinfo=UTC)))
    asks(road, Asks("answer", "exam-fee", at=datetime(2026, 11, 1, 6, 30, tzinfo=UTC)))
    assert found(road).asked == 1
    by_month = {month.begins: month.asked for month in found(road, "year").months}
    assert by_month[date(2026, 10, 1)] == 1
    assert by_month[date(2026, 11, 1)] == 1
    assert len(by_month) == 12


def test_what_was_erased_stays_as_a_number(road: Road) -> None:
    """After an erasure "all" says how many questions are gone, and no period counts them on."""
    asks(road, ANSWER)
    asks(road, Asks("unknown", minutes=2, member=BEN))
    assert road.run(privacy.erase, ADA)
    shown = found(road, "all")
    assert (shown.asked, shown.gone.asked, shown.gone.answered) == (1, 1, 1)
    assert found(road).gone.asked == 0
    assert "can no longer be told" in numbers_message(shown, content().copy).text


def test_people_are_counted_once_for_each_stage(road: Road) -> None:
    """Asking twice makes one person who asked, a command none; each stage counts whoever did it."""
    asks(road, ANSWER)
    asks(road, Asks("answer", "exam-date", minutes=3))
    asks(road, Asks("unknown", member=BEN))
    asks(road, Asks("action", member=MemberRef(f"{HERE}:U0MIRA")))
    road.tells({"role": "principal_administrator"})
    ticket(road, at=NOON, outcome="applying")
    shown = found(road).funnel
    assert (shown.asked, shown.checked, shown.handed_off) == (2, 1, 1)
    assert (shown.applying, shown.certified) == (1, 0)


def test_the_first_reply_is_measured_in_working_days(road: Road) -> None:
    """Half of the requests were answered within so many days; without any the page says so."""
    assert "No request was answered" in numbers_message(found(road), content().copy).text
    for number, days in enumerate((1, 1, 4)):
        sent = datetime(2026, 11, 16, 16, tzinfo=UTC)
        opened = ticket(road, at=sent, member=MemberRef(f"{HERE}:U{number}"), outcome="answered")
        replied(road, opened, by_member=False, at=sent + timedelta(days=days))
    assert found(road).reply_days == 1
    assert "for half of the answered requests: 1 at most" in page(road)


def page(road: Road, period: Period = "month") -> str:
    return numbers_message(found(road, period), content().copy).text


def test_a_topic_of_two_people_is_not_told(road: Road) -> None:
    """However often two people ask, only the third makes it a topic of its own, also in the
    file."""
    entry, other = tuple(content().entries.values())[:2]
    for minute in range(9):
        asks(road, Asks("answer", entry.id, minutes=minute, member=(ADA, BEN)[minute % 2]))
    assert entry.question not in page(road)
    # Alone it would still be the one that a longer period names.
    assert "Other topics" not in page(road)
    asks(road, Asks("answer", other.id, minutes=19, member=CLOE))
    assert "Other topics: 10" in page(road)
    assert entry.question not in table(road)
    asks(road, Asks("answer", entry.id, minutes=20, member=CLOE))
    assert f"{entry.question}: 10" in page(road)
    assert entry.question in table(road) and "Other topics" not in table(road)


def test_no_period_taken_from_another_tells_of_one_person(road: Road) -> None:
    """Three people asked this month and one before: the year names the topic, the month does not,
    as the difference would be that one's; with more of them before, both do."""
    entry = next(iter(content().entries.values()))
    before = NOON - timedelta(days=60)
    for member in (ADA, BEN, CLOE):
        asks(road, Asks("answer", entry.id, member=member))
    assert f"{entry.question}: 3" in page(road)
    asks(road, Asks("answer", entry.id, member=ADA, at=before))
    assert f"{entry.question}: 4" in page(road, "year")
    assert entry.question not in page(road) and "Other topics" not in page(road)
    for member in (BEN, CLOE):
        asks(road, Asks("answer", entry.id, member=member, at=before))
    assert f"{entry.question}: 3" in page(road)


def table(road: Road, period: Period = "month") -> str:
    [file] = export_message(found(road, period), content().copy).files
    return file.content.decode("utf-8-sig")


def test_the_table_names_nobody_and_holds_the_same_numbers(road: Road) -> None:
    """Every row is a number of the chapter's; no id and no words of a member are in it."""
    asks(road, ANSWER)
    ticket(road, at=NOON)
    rows = list(csv.reader(io.StringIO(table(road, "year"))))
    assert rows[0] == ["What", "Of", "Number"]
    assert all(len(row) == 3 and row[2].isdigit() for row in rows[1:])
    assert ["Questions", "2026-11", "1"] in rows
    assert ["People", "Wrote to the chair", "1"] in rows
    assert "U0ADA" not in table(road, "year")
    assert "what does it cost" not in table(road, "year")


def test_only_those_with_the_right_see_numbers(road: Road) -> None:
    """A plain member gets none, neither shown nor as a file."""
    assert road.run(numbers.read, ADA, "month") is None
    assert not road.run(numbers.ask_export, ADA, "month", "press-1")
    assert road.run(numbers.ask_export, CHAIR, "month", "press-1")
    assert road.told("numbers_export") == [CHAIR]


@pytest.mark.parametrize("period", ["month", "year", "all"])
def test_an_empty_chapter_has_a_page_too(road: Road, period: Period) -> None:
    """Before the first question every period is shown, with zeros."""
    assert "Questions: 0." in page(road, period)
    assert "definition" not in page(road, period)
    assert "A question is what a member typed" in page(road, period)


def test_months_and_weeks_run_up_to_today() -> None:
    """A year is twelve months with this one; weeks are named by their Mondays."""
    today = date(2027, 1, 6)
    assert months_of("year", today, None)[0] == date(2026, 2, 1)
    assert months_of("all", today, date(2026, 11, 30)) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    )
    assert weeks_of(today, 2) == (date(2026, 12, 28), date(2027, 1, 4))


@given(st.lists(st.tuples(st.integers(-200, 200), st.integers(0, 5)), max_size=40))
def test_no_question_is_lost_between_spans(raw: list[tuple[int, int]]) -> None:
    """Whatever falls on or after the first day is in exactly one span, also over a change of the
    clocks."""
    days = [date(2026, 10, 26) + timedelta(days=7 * n) for n in range(4)]
    start = int(datetime(2026, 10, 26, 5, tzinfo=UTC).timestamp())
    tallies = [Tally(start + hour * 3600, asked, 0) for hour, asked in raw]
    expected = sum(asked for hour, asked in raw if hour >= 0)
    spans = spans_of(tallies, days, ZONE)
    assert sum(span.asked for span in spans) == expected


def test_small_topics_come_together_last() -> None:
    """What few people asked about, and what has left the bank, is one line at the end."""
    counts = [TopicCount("a", 5, 3), TopicCount("b", 50, 2), TopicCount("gone", 7, 9)]
    named, told = {"a": "A?", "b": "B?"}, (Topic("A?", 5), Topic("", 57))
    assert told_topics(counts, named, lambda entries: 9) == told
    assert told_topics(counts, named, lambda entries: 2) == told[:1]


@pytest.mark.parametrize(
    ("values", "expected"), [([], None), ([4], 4), ([1, 9], 1), ([9, 1, 2], 2)]
)
def test_the_middle_is_reached_by_half(values: list[int], expected: Any) -> None:
    """At least half of the values are no greater."""
    assert middle(values) == expected


def test_a_week_never_shows_fewer_than_no_questions() -> None:
    """Where more answers than questions fall into a span, the rest is nothing, not less."""
    assert Span(date(2026, 11, 23), 1, 2).others == 0
