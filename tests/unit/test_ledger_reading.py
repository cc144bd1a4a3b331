"""What somebody says of a course in their own words, field by field."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger_reading import Told, read_told
from bot.domain.text import words
from tests.support.road import content

TODAY = date(2026, 11, 23)  # a Monday


def told(text: str) -> Told:
    found = content()
    subjects = {words(one.label): name for name, one in found.recertification.subjects.items()}
    return read_told(text, found.ledger_words, TODAY, subjects)


def said(text: str) -> dict[str, Any]:
    """The fields of which something was said."""
    found = told(text)
    values = {name: getattr(found, name) for name in Told.__slots__}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "log 1.5 h communication skills, webinar by ALA on 3 Nov",
            {
                "amount": Decimal("1.5"),
                "category": "communication",
                "kind": "webinar",
                "provider": "ALA",
                "day": date(2026, 11, 3),
            },
        ),
        (
            "put me down for two hours of writing on Friday",
            {"amount": Decimal(2), "category": "writing", "day": date(2026, 11, 20)},
        ),
        ("log 1,5 writing", {"amount": Decimal("1.5"), "category": "writing"}),
        (
            "log one and a half hours of technology",
            {"amount": Decimal("1.5"), "category": "technology"},
        ),
        ("log 1h30 writing", {"amount": Decimal("1.5"), "category": "writing"}),
        (
            "log 90 minutes self-study: Plain English for Lawyers",
            {"amount": Decimal("1.5"), "kind": "self_study", "title": "Plain English for Lawyers"},
        ),
        (
            "log 2 h IT, “Excel: the hard parts” by SHRM yesterday",
            {
                "amount": Decimal(2),
                "category": "technology",
                "title": "Excel: the hard parts",
                "provider": "SHRM",
                "day": date(2026, 11, 22),
            },
        ),
        (
            "log 3 semester credits organizational development 2026-05-20",
            {
                "amount": Decimal(3),
                "kind": "college_semester_credit",
                "category": "organizational_development",
                "day": date(2026, 5, 20),
            },
        ),
        (
            "Kindly enter 3.25 hours, financial management, completed on 6 February, "
            "provider Texas Society of Accountants.",
            {
                "amount": Decimal("3.25"),
                "subject": "financial_management",
                "day": date(2026, 2, 6),
                "provider": "Texas Society of Accountants",
            },
        ),
        (
            "add 2 hours finance webinar from yesterday",
            {
                "amount": Decimal(2),
                "kind": "webinar",
                "title": "finance webinar",
                "day": date(2026, 11, 22),
            },
        ),
        (
            "log 2 h writing 25 months ago",
            {"day_written": "25 months ago", "amount": Decimal(2), "category": "writing"},
        ),
        (
            "log 90m IT skills tomorrow",
            {"day_written": "tomorrow", "amount": Decimal("1.5"), "category": "technology"},
        ),
        (
            "log 3 credits accounting by the community college last month",
            {
                "amount": Decimal(3),
                "credits_written": "3 credits",
                "title": "accounting",
                "provider": "the community college",
                "day_written": "last month",
            },
        ),
        (
            "log 2 CLE credits writing",
            {"amount": Decimal(2), "category": "writing"},
        ),
        (
            "log 2 h May 2026 conference",
            {"amount": Decimal(2), "title": "May 2026 conference"},
        ),
        (
            "log 03/04 2h writing",
            {"day_written": "03/04", "amount": Decimal(2), "category": "writing"},
        ),
    ],
)
def test_what_was_said_is_read(text: str, fields: dict[str, Any]) -> None:
    """Hours, category, kind, provider, day and title come out of a plain sentence."""
    assert said(text) == fields


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("log 2-3 hours of writing", "amount"),
        ("log 2 to 3 hours of writing", "amount"),
        ("log 2 webinars", "amount"),
        ("log two webinars, one hour each", "amount"),
        ("log half a day of writing", "amount"),
        ("log a course of 2 hours ago", "amount"),
        ("log 2 hours finance", "category"),
        ("log 1 hour of time management", "category"),
        ("log 2 hours of writing and communication", "category"),
        ("record it, 2 hours", "category"),
        ("log a class in writing", "kind"),
        ("log 2 hours of writing, last week", "day"),
        ("log 2 hours of writing on 3 Nov and 4 Nov", "day"),
        ("log writing by myself", "provider"),
        ("log 2 hours for today", "title"),
        ("I forgot to tell you about the 2 hours I did", "title"),
    ],
)
def test_what_was_not_said_stays_empty(text: str, field: str) -> None:
    """Nothing is guessed: what is missing or in doubt is left for the member to enter."""
    assert getattr(told(text), field) in (None, "")


def test_several_amounts_are_not_added_up() -> None:
    """Who names two courses at once is told to enter them singly."""
    assert told("log 2 hours of writing and 1 hour of technology").several


@pytest.mark.parametrize("text", ["log", "log hours", "log my hours please", "log in problem"])
def test_a_bare_wish_says_nothing(text: str) -> None:
    """The wish alone leaves the form empty."""
    assert told(text).is_empty


@given(
    st.decimals(Decimal("0.25"), 12, places=2),
    st.dates(date(2020, 1, 1), TODAY),
    st.sampled_from(["writing", "communication", "technology"]),
)
def test_a_sentence_says_what_it_was_made_of(amount: Decimal, day: date, category: str) -> None:
    """A sentence made of hours, category and day is read as these."""
    label = content().rule_set.labels[category]
    found = told(f"log {amount} h {label} on {day:%B} {day.day}, {day.year}")
    assert (found.amount, found.category, found.day) == (amount, category, day)


@given(st.text(max_size=200))
def test_no_message_breaks_the_reading(text: str) -> None:
    """Whatever is typed, there is an answer to it."""
    found = told(f"log {text}")
    assert found.amount is None or found.amount > 0
