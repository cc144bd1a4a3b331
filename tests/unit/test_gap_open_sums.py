"""Hours of the check of which it was left open how much was self-study."""

from datetime import date

from bot.domain.eligibility import Profile
from bot.domain.eligibility_answers import profile_from
from bot.domain.eligibility_profile import BASE_CATEGORIES
from bot.domain.gap import Gap, gap_on, told_sums, with_ledger
from bot.domain.ledger import LedgerEntry
from handlers.slack.views.gap import gap_texts, sums_text
from tests.support.road import content

TOLD_ON = date(2026, 11, 23)
APPLY_ON = date(2027, 2, 6)


def told(self_study: str | None, *entries: LedgerEntry) -> Profile:
    """An hour of communication and two of self-management, told in the check as sums."""
    sums: dict[str, str | None] = {f"hours_{category}": "0" for category in BASE_CATEGORIES}
    sums |= {"hours_communication": "1", "hours_self_management": "2"}
    answers = {"role": "principal_administrator", **sums, "self_study": self_study}
    asked = profile_from(answers, content().dialog, TOLD_ON)
    return with_ledger(asked, entries, content().rule_set)


def gap(profile: Profile) -> Gap:
    return gap_on(profile, content().rule_set, APPLY_ON)


def test_hours_that_may_be_self_study_leave_no_gap_certain() -> None:
    """What was told and may count is never called missing; what cannot be there is."""
    states = {row.category: row.state for row in gap(told(None)).categories}
    assert states["communication"] == states["self_management"] == "not_told"
    assert states["writing"] == "missing"
    assert gap(told("0")).is_told


def test_open_sums_say_why_they_are_not_certain() -> None:
    """The table does not deny hours that were told, and the list below it says what is open."""
    rules, copy = content().rule_set, content().copy
    shown = "\n".join(gap_texts(gap(told(None)), TOLD_ON, copy))
    assert "Communication skills: 0 of 2 h certain so far" in shown
    assert "does not cover this for certain" in shown
    below = sums_text(told_sums(told(None), rules, APPLY_ON), copy)
    assert "1 hour in communication skills; not certain to count" in below
    assert "not certain" not in sums_text(told_sums(told("0"), rules, APPLY_ON), copy)
