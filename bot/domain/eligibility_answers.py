"""From the answers of the dialog to the profile that `check` judges.

The dialog asks for sums: hours per category, and how many of all of them were self-study. Which
hours those were is left open, so they are divided as it is best for the member.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from bot.domain.eligibility_profile import (
    EXTRA_CATEGORY,
    LIVE,
    SELF_STUDY,
    SPECIALIST,
    CourseHours,
    Profile,
)
from bot.domain.eligibility_questions import (
    HOURS_EXTRA,
    HOURS_OF,
    NO,
    SELF_STUDY_BASE,
    SELF_STUDY_EXTRA,
    YES,
    Answers,
    Dialog,
)

NOTHING = Decimal(0)


def profile_from(answers: Answers, dialog: Dialog, apply_on: date) -> Profile:
    """The profile behind the answers; hours are taken to lie in the window, as the dialog asks."""
    return Profile(
        role=answers.get("role"),
        specialty=answers.get("specialty"),
        years_experience=_number(answers, "years_experience"),
        full_time=_flag(answers, "full_time"),
        exempt=_flag(answers, "exempt"),
        supervises=_flag(answers, "supervises"),
        employed_now=_flag(answers, "employed_now"),
        months_since_last_job=_number(answers, "months_since_last_job"),
        organization=answers.get("organization"),
        combined_roles=_flag(answers, "combined_roles"),
        country=answers.get("country"),
        endorses_ethics_code=_flag(answers, "endorses_ethics_code"),
        hours=_hours(answers, dialog, apply_on),
        apply_on=apply_on,
    )


def _flag(answers: Answers, question: str) -> bool | None:
    return {YES: True, NO: False}.get(answers.get(question) or "")


def _number(answers: Answers, question: str) -> Decimal | None:
    value = answers.get(question)
    return None if value is None else Decimal(value)


def _hours(answers: Answers, dialog: Dialog, apply_on: date) -> tuple[CourseHours, ...] | None:
    numbers = dialog.numbers
    told = {category: _number(answers, HOURS_OF[category]) for category in dialog.categories}
    studied = _number(answers, SELF_STUDY_BASE)
    keep = numbers.hours_per_category
    entries = list(_entries(told, studied, numbers.self_study_cap, keep, apply_on))
    if answers.get("role") == SPECIALIST:
        extra = {EXTRA_CATEGORY: _number(answers, HOURS_EXTRA)}
        studied = _number(answers, SELF_STUDY_EXTRA)
        cap, keep = numbers.extra_self_study_cap, numbers.extra_hours
        entries += _entries(extra, studied, cap, keep, apply_on)
        told |= extra
    return None if all(hours is None for hours in told.values()) else tuple(entries)


def _entries(
    told: Mapping[str, Decimal | None],
    studied: Decimal | None,
    cap: Decimal,
    keep: Decimal,
    apply_on: date,
) -> Iterator[CourseHours]:
    """Entries for categories that share a self-study cap; `keep` is what each of them needs."""
    known = {category: hours for category, hours in told.items() if hours is not None}
    for category, hours in told.items():
        if hours is None:
            yield CourseHours(day=apply_on, category=category, kind=LIVE, summed=True)
    # Within the cap all self-study counts, wherever it lies; beyond it, it matters where.
    if studied is None or (studied > cap and len(known) < len(told)):
        for category, hours in known.items():
            if hours:
                yield CourseHours(apply_on, hours, category, summed=True)
        return
    shares = _divided(known, studied, cap, keep)
    for category, hours in known.items():
        for kind, part in ((LIVE, hours - shares[category]), (SELF_STUDY, shares[category])):
            if part:
                yield CourseHours(apply_on, part, category, kind, summed=True)


def _divided(
    known: Mapping[str, Decimal], studied: Decimal, cap: Decimal, keep: Decimal
) -> dict[str, Decimal]:
    """Self-study hours of each category, such that the hours beyond the cap hurt least.

    Those are laid where a category has more than it needs, and only then where they open a gap;
    from the last category backwards, since the first ones are favoured in ties.
    """
    beyond = max(studied - cap, NOTHING)
    lost = dict.fromkeys(known, NOTHING)
    for spare in (keep, NOTHING):
        for category in reversed(list(known)):
            taken = min(max(known[category] - lost[category] - spare, NOTHING), beyond)
            lost[category] += taken
            beyond -= taken
    shares, rest = dict(lost), min(studied, cap)
    for category, hours in known.items():
        more = min(hours - shares[category], rest)
        shares[category] += more
        rest -= more
    return shares
