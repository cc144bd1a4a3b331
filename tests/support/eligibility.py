"""The shipped rule set and its dialog, and profiles to try on them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.content.documents import Faults
from bot.content.eligibility_schema import eligibility_from
from bot.content.places import ContentPlaces, Shelf, shipped_path
from bot.content.program import program_from, sources_from
from bot.domain.eligibility import Profile, RuleSet, Verdict, check
from bot.domain.eligibility_dialog import Dialog
from bot.domain.eligibility_reading import read_profile

TODAY = date(2026, 11, 23)
APPLY_ON = "2027-03-01"
CATEGORIES = [
    "writing",
    "communication",
    "self_management",
    "technology",
    "organizational_development",
]
ENOUGH = [
    {"date": "2026-10-01", "hours": 2, "category": category, "kind": "live"}
    for category in CATEGORIES
]
EXTRA = {"date": "2026-10-01", "hours": 15, "category": "specialist_extra", "kind": "live"}
MEETS: Mapping[str, Any] = {
    "role": "principal_administrator",
    "years_experience": 5,
    "full_time": True,
    "exempt": True,
    "employed_now": True,
    "organization": "law_firm",
    "combined_roles": False,
    "country": "US",
    "endorses_ethics_code": True,
    "hours": ENOUGH,
    "apply_on": APPLY_ON,
}
SPECIALIST: Mapping[str, Any] = {
    **MEETS,
    "role": "functional_specialist",
    "specialty": "hr",
    "supervises": True,
    "hours": [*ENOUGH, EXTRA],
}


def eligibility_in(folder: Path) -> tuple[tuple[RuleSet, Dialog] | None, list[str]]:
    """What a content folder's eligibility.yaml comes to, and the faults in it."""
    faults = Faults()
    shelf = Shelf(ContentPlaces(shipped=folder), faults)
    sources = sources_from(shelf, Faults())
    facts, _ = program_from(shelf, sources, Faults())
    values = {name: fact.text for name, fact in facts.items()}
    return eligibility_from(shelf, facts, sources, values, faults), faults.sentences


@cache
def shipped() -> tuple[RuleSet, Dialog]:
    """The rule set and dialog that ship with the product."""
    made, faults = eligibility_in(shipped_path("content"))
    assert made is not None, faults
    return made


def rule_set(**numbers: Any) -> RuleSet:
    """The shipped rule set, with other numbers where given."""
    rules, _ = shipped()
    return replace(rules, numbers=replace(rules.numbers, **numbers))


def profile(given: Mapping[str, Any], **changes: Any) -> Profile:
    """A profile as read from a mapping, which must be sound."""
    read = read_profile({**given, **changes})
    assert isinstance(read, Profile), read
    return read


def verdict(given: Mapping[str, Any], **changes: Any) -> Verdict:
    """The verdict of the shipped rules on a profile."""
    return check(profile(given, **changes), rule_set(), TODAY)


def states(found: Verdict) -> dict[str, str]:
    """The state of each rule."""
    return {rule.id: rule.state for rule in found.rules}


def course(
    hours: Any, category: str = "writing", kind: str = "live", **more: Any
) -> dict[str, Any]:
    """One entry of hours, in the window unless its date says otherwise."""
    return {"date": "2026-10-01", "hours": hours, "category": category, "kind": kind, **more}
