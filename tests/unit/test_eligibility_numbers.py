"""Numbers as people type them into the dialog."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.eligibility_numbers import NumberFault, read_number
from bot.domain.eligibility_rules import plain


@pytest.mark.parametrize(
    ("written", "unit", "number"),
    [
        ("3", "years", "3"),
        (" 3 ", "years", "3"),
        ("3.5", "years", "3.5"),
        ("3,5", "years", "3.5"),
        ("3.", "years", "3"),
        (".5", "hours", "0.5"),
        ("0", "hours", "0"),
        ("007", "years", "7"),
        ("+4", "years", "4"),
        ("three", "years", "3"),
        ("Twenty-one", "hours", "21"),
        ("one hundred", "hours", "100"),
        ("none", "hours", "0"),
        ("one and a half", "hours", "1.5"),
        ("two and one half", "hours", "2.5"),
        ("2 1/2", "hours", "2.5"),
        ("2½", "hours", "2.5"),
        ("¾", "hours", "0.75"),
        ("half an hour", "hours", "0.5"),
        ("three quarters", "hours", "0.75"),
        ("an hour and a half", "hours", "1.5"),
        ("3 years", "years", "3"),
        ("2h", "hours", "2"),
        ("1 hr. 30 min.", "hours", "1.5"),
        ("90 minutes", "hours", "1.5"),
        ("18 months", "years", "1.5"),
        ("36 months", "years", "3"),
        ("35 months", "years", "2.9166"),
        ("2 years and 6 months", "years", "2.5"),
        ("2 years", "months", "24"),
        ("about 4", "years", "4"),
        ("~ 4", "years", "4"),
        ("4+ years", "years", "4"),
        ("at least ten", "years", "10"),
        ("10 or more", "years", "10"),
        ("I have roughly 2.5 hours in total", "hours", "2.5"),
        ("３．５", "hours", "3.5"),
        ("٣", "hours", "3"),
        ("\u200f5\u202c", "hours", "5"),
        ("1.500", "hours", "1.5"),
    ],
)
def test_numbers_that_people_write(written: str, unit: str, number: str) -> None:
    """Digits, words, fractions, commas and units are read as they are meant."""
    read = read_number(written, unit)
    assert isinstance(read, Decimal) and plain(read) == number


@pytest.mark.parametrize(
    "written", ["", "  ", "?", "I don't know", "Don’t know.", "not sure", "n/a"]
)
def test_not_knowing_is_an_answer(written: str) -> None:
    """An empty field, or saying so in words, means that the member does not know."""
    assert read_number(written, "hours") is None


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("-3", "number_negative"),
        ("−2.5", "number_negative"),
        ("minus two", "number_negative"),
        ("3-4", "number_range"),
        ("three to four", "number_range"),
        ("2 or 3", "number_range"),
        ("less than 3", "number_range"),
        ("almost 3", "number_range"),
        ("1,000", "number_ambiguous"),
        ("12,500.5", "number_ambiguous"),
        ("lots", "number_not_read"),
        ("a few", "number_not_read"),
        ("1e3", "number_not_read"),
        ("1.2.3", "number_not_read"),
        ("1/0", "number_not_read"),
        ("3²", "number_not_read"),
        ("NaN", "number_not_read"),
        ("infinity", "number_not_read"),
        ("3 years", "number_not_read"),
        ("1 hour 30", "number_not_read"),
        ("5 hours 5 hours", "number_not_read"),
        ("3 fish", "number_not_read"),
        ("<b>3</b>", "number_not_read"),
        ("<!channel>", "number_not_read"),
        ("3\x00", "number_not_read"),
        ("🙂", "number_not_read"),
        ("9" * 12_000, "number_not_read"),
    ],
)
def test_what_is_not_a_number(written: str, fault: str) -> None:
    """What cannot be meant as one number is refused with the sentence that helps."""
    assert read_number(written, "hours") == NumberFault(fault)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_an_outcome(written: str) -> None:
    """Whatever somebody types is a number of 0 or more, not known, or a fault."""
    read = read_number(written, "hours")
    assert read is None or isinstance(read, NumberFault) or read >= 0


@settings(deadline=None)
@given(st.decimals(0, 10_000, places=3), st.sampled_from([".", ","]))
def test_digits_come_back_exactly(number: Decimal, point: str) -> None:
    """A number in digits is read exactly, with point or comma."""
    read = read_number(plain(number).replace(".", point), None)
    ambiguous = point == "," and 1 <= number < 1000 and len(plain(number).partition(".")[2]) == 3
    assert read == (NumberFault("number_ambiguous") if ambiguous else number)
