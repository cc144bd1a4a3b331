"""Facts as a reader in the US writes them, and which season comes next."""

from datetime import date

import pytest

from bot.domain.program import (
    Fact,
    FactValue,
    Season,
    formatted,
    listed,
    long_date,
    season_values,
    upcoming,
)
from bot.domain.roles import Chapter, Person

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (10, "hours", "10"),
        (10.0, "hours", "10"),
        (1.5, "hours", "1.5"),
        (1.25, "hours", "1.25"),
        (9000, "people", "9,000"),
        (1_250_000, "number", "1,250,000"),
        (0, "hours", "0"),
        (2012, "year", "2012"),
        (59, "USD", "$59"),
        (1200, "USD", "$1,200"),
        (59.5, "USD", "$59.50"),
        (29, "percent", "29%"),
        (29.5, "percent", "29.5%"),
        (date(2026, 6, 30), "date", "June 30, 2026"),
        (date(2026, 3, 5), "date", "March 5, 2026"),
        ("06-30", "month_day", "June 30"),
        ("02-29", "month_day", "February 29"),
        ("late 1997", "text", "late 1997"),
        ("https://www.alanet.org", "link", "https://www.alanet.org"),
        (("spring",), "list", "spring"),
        (("spring", "fall"), "list", "spring and fall"),
        (("a", "b", "c"), "list", "a, b and c"),
    ],
)
def test_a_value_is_written_as_people_write_it(value: FactValue, unit: str, text: str) -> None:
    """Dollars, percents, days and lists read as in a letter, without trailing zeros."""
    assert value is not None
    assert formatted(value, unit) == text


def test_an_unknown_value_has_no_text() -> None:
    """What nobody knows is None and never the word None."""
    assert Fact("fee", None, "USD", None, "", "", "unknown").text is None
    assert Fact("fee", 0, "USD", None, "", "", "high").text == "$0"


def test_lists_of_any_length() -> None:
    """A list of nothing is empty, and of one thing is that thing."""
    assert listed(()) == ""
    assert listed(["a"]) == "a"


SPRING = Season("Spring 2026", date(2026, 3, 5), date(2026, 5, 4), date(2026, 5, 29), "x")
FALL = Season("Fall 2026", date(2026, 9, 3), date(2026, 11, 2), date(2026, 11, 27), "x")
NEXT = Season("Spring 2027", date(2027, 3, 4), None, None, "x")
BEGINS = Season("Fall 2027", None, date(2027, 11, 1), None, "x")
NAMED = Season("Sometime", None, None, None, "x")


@pytest.mark.parametrize(
    ("seasons", "ahead"),
    [
        ((), ()),
        ((SPRING,), ()),
        ((SPRING, FALL), (FALL,)),
        ((SPRING, FALL, NEXT, BEGINS, NAMED), (FALL, NEXT, BEGINS)),
    ],
)
def test_only_seasons_with_something_ahead_are_coming(
    seasons: tuple[Season, ...], ahead: tuple[Season, ...]
) -> None:
    """A season is coming while its deadline or its exam days are not over; none is guessed."""
    assert upcoming(seasons, TODAY) == ahead


@pytest.mark.parametrize(("day", "is_coming"), [(26, True), (27, True), (28, False)])
def test_the_last_day_still_counts(day: int, is_coming: bool) -> None:
    """On the last day of testing the season is still on, and the day after it is over."""
    assert bool(upcoming((FALL,), date(2026, 11, day))) == is_coming


def test_templates_know_the_newest_and_the_next_season() -> None:
    """The newest season is named with its days, the next one only when its deadline is known."""
    values = season_values((SPRING, FALL), TODAY)
    assert values["latest_season_name"] == "Fall 2026"
    assert values["latest_season_apply_by"] == "September 3, 2026"
    assert values["next_season_name"] is None
    values = season_values((SPRING, FALL, NEXT), TODAY)
    assert values["next_season_name"] == "Spring 2027"
    assert values["next_season_apply_by"] == "March 4, 2027"
    assert values["next_season_test_from"] is None


def test_without_any_season_every_value_is_empty() -> None:
    """A chapter that knows no season gets sentences without one, and no error."""
    assert set(season_values((), TODAY).values()) == {None}
    assert set(season_values((), TODAY)) == set(season_values((FALL,), TODAY))


def test_dates_are_written_out() -> None:
    """A date has the month's name, so that nobody takes the day for the month."""
    assert long_date(date(2026, 1, 2)) == "January 2, 2026"


def chapter(chair: str | None, deputy: str | None) -> Chapter:
    people = Person(chair, "Ada"), Person(deputy, None)
    return Chapter("C", *people, "UTC", None, None, None, None)


def test_templates_know_the_chapter() -> None:
    """Every value of the chapter can be said, the empty ones as empty."""
    values = chapter("U1", None).values()
    assert values["chapter_name"] == "C" and values["chapter_chair_name"] == "Ada"
    assert values["chapter_deputy_name"] is None and values["chapter_reply_promise"] is None
