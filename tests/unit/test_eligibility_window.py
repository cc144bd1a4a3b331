"""The window in which hours count, exact to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.eligibility_window import in_window, leaves_on, months_after


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ("2027-03-01", 24, "2025-03-01"),
        ("2028-02-29", 24, "2026-02-28"),
        ("2026-02-28", 24, "2024-02-28"),
        ("2027-01-31", 2, "2026-11-30"),
        ("2026-01-15", 12, "2025-01-15"),
        ("0001-06-01", 24, "0001-01-01"),
    ],
)
def test_calendar_months(day: str, months: int, earlier: str) -> None:
    """The window opens on the same day of the month, or on the last day of a shorter month."""
    assert months_after(date.fromisoformat(day), -months).isoformat() == earlier


@pytest.mark.parametrize(
    ("day", "leaves"),
    [
        ("2025-03-01", "2027-03-02"),
        ("2024-02-28", "2026-03-01"),
        ("2024-02-29", "2026-03-01"),
        ("2026-02-27", "2028-02-28"),
        ("2026-02-28", "2028-03-01"),
        ("9999-01-01", None),
    ],
)
def test_the_first_day_without_a_course(day: str, leaves: str | None) -> None:
    """A course leaves on the first application day that is more than the window after it."""
    found = leaves_on(date.fromisoformat(day), 24)
    assert (found.isoformat() if found else None) == leaves


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_window_is_exact_to_the_day(day: date, months: int) -> None:
    """A course counts on every application day from its own to the one before it leaves."""
    leaves = leaves_on(day, months)
    assert leaves is not None
    assert in_window(day, day, months) and not in_window(day, day - timedelta(days=1), months)
    assert in_window(day, leaves - timedelta(days=1), months)
    assert not in_window(day, leaves, months)
