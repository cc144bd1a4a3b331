"""The form of an entry: what is taken, what is refused at its field, and what looks alike."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.eligibility_numbers import NumberFault
from bot.domain.eligibility_rules import plain
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_amounts import read_amount
from bot.domain.ledger_duplicates import like_one_of
from bot.domain.ledger_form import KINDS_OFFERED, Days, FormFaults, fields_of, read_form
from tests.support.road import content

TODAY = date(2026, 11, 23)
DAYS = Days(TODAY, TODAY)
FIELDS = {
    "day": "3 Nov",
    "title": "Letters",
    "amount": "1.5",
    "category": "writing",
    "kind": "live",
}
LETTERS = LedgerEntry(date(2026, 11, 3), "Plain letters", Decimal("1.5"), "live", "writing")


def read(**changed: str | None) -> LedgerEntry | FormFaults:
    found = content()
    return read_form({**FIELDS, **changed}, found.rule_set, found.recertification.subjects, DAYS)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("one and a half", "1.5"),
        ("1½", "1.5"),
        ("90 minutes", "1.5"),
        ("1h30", "1.5"),
        ("1:30", "1.5"),
        ("1 hour 15 min", "1.25"),
        ("1 hr 15", "1.25"),
        ("1h 30m", "1.5"),
        ("90m", "1.5"),
        ("0.25", "0.25"),
        ("2 contact hours", "2"),
        ("2 CLE credits", "2"),
    ],
)
def test_hours_are_read_in_many_ways(written: str, amount: str) -> None:
    """Decimal point or comma, words, fractions and minutes come to the same hours."""
    assert read_amount(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["3", "3 credits", "3 semester credits", "three"])
def test_credits_are_read(written: str) -> None:
    """A number of college credits may stand with its unit or alone."""
    assert read_amount(written, credits=True) == 3


@given(st.decimals(0, 100, places=4))
def test_a_shown_amount_is_read_back(amount: Decimal) -> None:
    """The hours as the form shows them are read as the same hours."""
    assert read_amount(plain(amount)) == amount


@pytest.mark.parametrize(
    ("field", "written", "key"),
    [
        ("amount", "", "ledger.amount_missing"),
        ("amount", "0", "ledger.amount_zero"),
        ("amount", "0.00001", "ledger.amount_zero"),
        ("amount", "-1", "ledger.number_negative"),
        ("amount", "2-3", "ledger.number_range"),
        ("amount", "1,500", "ledger.number_ambiguous"),
        ("amount", "a lot", "ledger.number_not_read"),
        ("amount", "101", "ledger.too_many_hours"),
        ("amount", "3 credits", "ledger.credits_of_no_kind"),
        ("amount", "3 semester hours", "ledger.credits_of_no_kind"),
        ("amount", "9" * 59, "ledger.too_many_hours"),
        ("day", "", "ledger.day_missing"),
        ("day", "soon", "ledger.day_not_read"),
        ("title", "  ", "ledger.title_missing"),
        ("kind", "", "ledger.kind_missing"),
        ("kind", "no_such_kind", "ledger.kind_missing"),
        ("category", "", "ledger.category_missing"),
        ("category", "finance", "ledger.category_missing"),
        ("category", "none", "ledger.serves_nothing"),
        ("proof", "javascript:alert(1)", "ledger.proof_no_link"),
        ("proof", "in my drawer", "ledger.proof_no_link"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(field: str, written: str, key: str) -> None:
    """Each field that is wrong has its own sentence, and no other field is blamed."""
    found = read(**{field: written})
    assert isinstance(found, FormFaults)
    assert {name: fault.key for name, fault in found.errors.items()} == {field: key}


def test_all_faults_are_named_at_once() -> None:
    """Nobody mends one field only to hear of the next."""
    found = read(amount="0", day="soon", title="")
    assert isinstance(found, FormFaults)
    assert set(found.errors) == {"amount", "day", "title"}


@pytest.mark.parametrize("proof", ["https://alanet.org/c/1", "alanet.org/certificate.pdf", ""])
def test_a_link_or_nothing_is_a_proof(proof: str) -> None:
    """An address with or without its beginning is kept as it was typed."""
    found = read(proof=proof)
    assert isinstance(found, LedgerEntry)
    assert found.proof == proof


@given(
    st.builds(
        LedgerEntry,
        day=st.dates(date(1950, 1, 1), TODAY),
        title=st.text(min_size=1, max_size=200).filter(lambda text: text == text.strip() != ""),
        amount=st.decimals(Decimal("0.01"), 30, places=2),
        kind=st.sampled_from(KINDS_OFFERED),
        category=st.sampled_from([None, *content().rule_set.labels]),
        subject=st.sampled_from([None, *content().recertification.subjects]),
    )
)
def test_a_form_that_is_sent_unchanged_changes_nothing(entry: LedgerEntry) -> None:
    """Opening an entry and saving it leaves it as it was, to the last letter."""
    found = content()
    subjects = found.recertification.subjects
    assert read_form(fields_of(entry), found.rule_set, subjects, DAYS) == entry


@pytest.mark.parametrize(
    ("day", "title", "amount", "category", "alike"),
    [
        (0, "plain LETTERS", "2", "communication", True),
        (0, "Plain letters, part two", "2", "communication", True),
        (0, "Plain leters", "2", "communication", True),
        (0, "Something else", "1.5", "writing", True),
        (0, "Something else", "1.5", "communication", False),
        (0, "Something else", "2", "writing", False),
        (1, "Plain letters", "1.5", "writing", False),
    ],
)
def test_a_course_that_may_be_the_same_is_found(
    day: int, title: str, amount: str, category: str, alike: bool
) -> None:
    """The same day with a similar title, or with the same hours in the same category, is alike."""
    date_ = LETTERS.day + timedelta(days=day)
    entry = LedgerEntry(date_, title, Decimal(amount), "live", category)
    assert (like_one_of(entry, [LETTERS]) == LETTERS) is alike


def test_an_unread_number_is_a_fault_and_no_crash() -> None:
    """Figures of other scripts and signs end in a sentence."""
    for written in ("²", "½½", "1/0", "∞", "NaN", "1e5"):
        assert isinstance(read_amount(written), NumberFault)
