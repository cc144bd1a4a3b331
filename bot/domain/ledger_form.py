"""The form of a ledger entry: what was filled in, as an entry, or what is wrong at which field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from bot.domain.eligibility_dialog import FieldError
from bot.domain.eligibility_numbers import NumberFault
from bot.domain.eligibility_rules import RuleSet, plain
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_amounts import names_credits, read_amount
from bot.domain.ledger_days import DayFault, read_day
from bot.domain.ledger_reading import Told
from bot.domain.program import long_date

Fields = Mapping[str, str | None]
Value = TypeVar("Value")

KINDS_OFFERED = (
    "live",
    "webinar",
    "self_study",
    "college_semester_credit",
    "college_quarter_credit",
    "teaching",
    "recording",
    "round_table",
    "vendor_demo",
    "social",
)
CREDITS = ("college_semester_credit", "college_quarter_credit")
UNSURE = "unsure"
"""Chosen as the category by who does not know it."""
NO_CATEGORY = "none"
"""Chosen as the category of what serves keeping the CLM only."""

MOST_HOURS, MOST_CREDITS = 100, 30
"""One course has never more; a number beyond it is a slip of the pen. No rule of the program."""
_FINEST = Decimal("0.0001")
_LINK = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormFaults:
    """Nothing is kept; each field's error by the field's name."""

    errors: Mapping[str, FieldError]


@dataclass(frozen=True, slots=True)
class Days:
    """`today` where the member is, and the latest date of now anywhere on earth."""

    today: date
    latest: date


def read_form(
    raw: Fields, rules: RuleSet, subjects: Mapping[str, object], days: Days
) -> LedgerEntry | FormFaults:
    """The entry of a form that was filled in; `subjects` are those of recertification."""
    given = {name: (value or "").strip() for name, value in raw.items()}
    errors: dict[str, FieldError] = {}
    day = _noted(_day(given.get("day", ""), days), "day", errors)
    kind = _noted(_kind(given.get("kind", ""), rules), "kind", errors)
    amount = _noted(_amount(given.get("amount", ""), kind in CREDITS), "amount", errors)
    title = _noted(_title(given.get("title", "")), "title", errors)
    proof = _noted(_proof(given.get("proof", "")), "proof", errors)
    subject = given.get("subject") if given.get("subject") in subjects else None
    chosen = given.get("category", "")
    if fault := _category_fault(chosen, subject, rules):
        errors["category"] = fault
    if errors or day is None or amount is None or kind is None:
        return FormFaults(errors)
    return LedgerEntry(
        day=day,
        title=title or "",
        amount=amount,
        kind=kind,
        category=None if chosen in (UNSURE, NO_CATEGORY) else chosen,
        subject=subject,
        provider=given.get("provider", ""),
        proof=proof or "",
        note=given.get("note", ""),
    )


def read_notes(raw: Fields, entry: LedgerEntry) -> LedgerEntry | FormFaults:
    """A confirmed entry with what its member may change: provider, proof and note."""
    errors: dict[str, FieldError] = {}
    proof = _noted(_proof((raw.get("proof") or "").strip()), "proof", errors)
    if errors:
        return FormFaults(errors)
    provider, note = ((raw.get(name) or "").strip() for name in ("provider", "note"))
    return replace(entry, provider=provider, proof=proof or "", note=note)


def fields_of(entry: LedgerEntry) -> dict[str, str]:
    """An entry as its fields are filled in; reading them again gives the same entry."""
    return {
        "day": long_date(entry.day),
        "title": entry.title,
        "provider": entry.provider,
        "amount": plain(entry.amount),
        "category": entry.category or (NO_CATEGORY if entry.subject else UNSURE),
        "kind": entry.kind,
        "subject": entry.subject or "",
        "proof": entry.proof,
        "note": entry.note,
    }


def fields_told(told: Told) -> dict[str, str]:
    """What was said in words, as fields; only those of which something was said."""
    found = {
        "day": long_date(told.day) if told.day else told.day_written,
        "title": told.title,
        "provider": told.provider,
        "amount": told.amount_text,
        "category": told.category or "",
        "kind": told.kind or "",
        "subject": told.subject or "",
    }
    return {name: value for name, value in found.items() if value}


def _noted(read: Value | FieldError, field: str, errors: dict[str, FieldError]) -> Value | None:
    if isinstance(read, FieldError):
        errors[field] = read
        return None
    return read


def _day(written: str, days: Days) -> date | FieldError:
    read = read_day(written, days.today, days.latest)
    if isinstance(read, DayFault):
        return FieldError(f"ledger.{read.key}", read.values)
    return FieldError("ledger.day_missing", {}) if read is None else read


def _kind(chosen: str, rules: RuleSet) -> str | FieldError:
    known = chosen in KINDS_OFFERED and chosen in rules.kinds
    return chosen if known else FieldError("ledger.kind_missing", {})


def _title(written: str) -> str | FieldError:
    return written or FieldError("ledger.title_missing", {})


def _amount(written: str, credits: bool) -> Decimal | FieldError:
    read = read_amount(written, credits=credits)
    if read is None:
        return FieldError("ledger.amount_missing", {})
    if isinstance(read, NumberFault):
        return FieldError(f"ledger.{read.key}", {})
    if names_credits(written) and not credits:
        return FieldError("ledger.credits_of_no_kind", {})
    amount = read.quantize(_FINEST, ROUND_HALF_UP) if read < MOST_HOURS else read
    most = MOST_CREDITS if credits else MOST_HOURS
    if amount > most:
        key = "ledger.too_many_credits" if credits else "ledger.too_many_hours"
        return FieldError(key, {"most": str(most)})
    return amount.normalize() + 0 if amount else FieldError("ledger.amount_zero", {})


def _category_fault(chosen: str, subject: str | None, rules: RuleSet) -> FieldError | None:
    if chosen == NO_CATEGORY and subject is None:
        return FieldError("ledger.serves_nothing", {})
    known = chosen in (UNSURE, NO_CATEGORY) or chosen in rules.labels
    return None if known else FieldError("ledger.category_missing", {})


def _proof(written: str) -> str | FieldError:
    fits = not written or _LINK.fullmatch(written)
    return written if fits else FieldError("ledger.proof_no_link", {})
