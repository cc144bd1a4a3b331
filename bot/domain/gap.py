"""What a member has and what is missing, per category, for an application on one day.

`check` decides; this adds to its verdict how much of each category there is, and which hours are
lost by waiting. Two of these side by side answer "what if".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.domain.eligibility import RuleResult, Verdict, verdict_on
from bot.domain.eligibility_hours import Counted, Education, education_of, is_known
from bot.domain.eligibility_profile import EXTRA_CATEGORY, Profile
from bot.domain.eligibility_rules import RuleSet
from bot.domain.eligibility_window import days_after, in_window, leaves_on, months_after
from bot.domain.ledger import LedgerEntry, course_hours
from bot.domain.minutes import added, less

NOTHING = Decimal(0)

CategoryState = Literal["met", "missing", "not_told"]


@dataclass(frozen=True, slots=True)
class CategoryGap:
    """One category, or all of the base together: hours needed, counted for certain, and missing.

    `missing_words` names the missing hours with their category. It is `not_told` when what the
    member has not told could make up for some of what is missing.
    """

    category: str
    label: str
    needed: Decimal
    counted: Decimal
    missing: Decimal
    missing_words: str
    state: CategoryState

    @property
    def share(self) -> float:
        """How much of what is needed is there, from 0 to 1."""
        return float(min(self.counted / self.needed, Decimal(1))) if self.needed else 1.0


@dataclass(frozen=True, slots=True)
class ToldSum:
    """Hours of one category that were told in the check as a sum, on `day`; `words` says so much.

    `counts` is False once the window for the application has left that day behind; `is_open` says
    that it was not told how much of it was self-study, so that it does not count for certain.
    """

    day: date
    category: str
    hours: Decimal
    words: str
    counts: bool
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """Hours that stop counting: `leaves_on` is the first application day without them.

    `words` says so many hours of which category. The title is empty where the member gave none;
    `is_sum` says that it is a sum told in the check.
    """

    day: date
    leaves_on: date
    hours: Decimal
    category: str
    words: str
    title: str
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A profile measured for an application on `apply_on`.

    `total` is over the base categories together. `anywhere` is what is missing of it once each
    category has its own, in whatever category. `leaving` are counted hours that stop counting soon
    after `apply_on`, `lost` those that count at first and not any more then.
    """

    apply_on: date
    role: str | None
    verdict: Verdict
    categories: tuple[CategoryGap, ...]
    total: CategoryGap
    anywhere: Decimal
    anywhere_words: str
    leaving: tuple[Leaving, ...]
    lost: tuple[Leaving, ...]

    @property
    def rows(self) -> tuple[CategoryGap, ...]:
        """The base categories, all of them together, and then a specialist's extra hours."""
        base = [row for row in self.categories if row.category != EXTRA_CATEGORY]
        return (*base, self.total, *self.categories[len(base) :])

    @property
    def missing(self) -> Decimal:
        """Hours missing in all; 0 when the hours are complete."""
        return added((*(row.missing for row in self.categories), self.anywhere))

    @property
    def missing_words(self) -> tuple[str, ...]:
        """What to earn, category by category, in words."""
        rows = [row.missing_words for row in self.categories if row.missing]
        return (*rows, self.anywhere_words) if self.anywhere else tuple(rows)

    @property
    def is_told(self) -> bool:
        """Whether nothing that the member has not told could change the missing hours."""
        return all(row.state != "not_told" for row in self.categories)

    @property
    def for_ala(self) -> tuple[RuleResult, ...]:
        """What the published rules leave to ALA."""
        return tuple(rule for rule in self.verdict.rules if rule.state == "ask_ala")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The member's own plan, and the same member on another day or in another role."""

    own: Gap
    other: Gap


def with_ledger(profile: Profile, entries: Iterable[LedgerEntry], rules: RuleSet) -> Profile:
    """The profile with the courses of the ledger beside the sums that were told.

    Both count. Sums that were left open are no longer waited for once there is a course: then the
    ledger is the record. What these rules no longer know is kept in the ledger, and passed over.
    """
    courses = tuple(course for course in course_hours(entries) if is_known(course, rules))
    if not courses:
        return profile
    sums = tuple(told for told in profile.hours or () if told.hours is not None)
    return replace(profile, hours=(*sums, *courses))


def told_sums(profile: Profile, rules: RuleSet, apply_on: date) -> tuple[ToldSum, ...]:
    """The sums of the check that hold hours, one for each category, in the order told."""
    found: dict[str, Decimal] = {}
    days: dict[str, date] = {}
    open_sums: set[str] = set()
    for told in profile.hours or ():
        if told.summed and told.hours and told.category and told.day:
            found[told.category] = found.get(told.category, NOTHING) + told.hours
            days[told.category] = told.day
            open_sums |= {told.category} if told.kind is None else set()
    return tuple(
        ToldSum(
            days[category],
            category,
            hours,
            rules.in_category(category, hours),
            in_window(days[category], apply_on, rules.numbers.window_months),
            category in open_sums,
        )
        for category, hours in found.items()
    )


def gap_on(profile: Profile, rules: RuleSet, apply_on: date, since: date | None = None) -> Gap:
    """Measure a profile for an application on `apply_on`, whatever day it names itself.

    With `since`, a day before it, `lost` says what counts on that day and no longer then.
    """
    profile = replace(profile, apply_on=apply_on)
    education = education_of(profile, rules, apply_on)
    rows = tuple(_rows(education, profile.is_specialist, rules))
    numbers = rules.numbers
    total = _row("", "", rules.categories, numbers.total_hours, education, rules)
    in_base = added(row.missing for row in rows if row.category != EXTRA_CATEGORY)
    anywhere = max(less(total.missing, in_base), NOTHING)
    soon = days_after(apply_on, numbers.expiring_days)
    return Gap(
        apply_on=apply_on,
        role=profile.role,
        verdict=verdict_on(education, profile, rules, apply_on),
        categories=rows,
        total=total,
        anywhere=anywhere,
        anywhere_words=rules.amount("hours", anywhere),
        leaving=_leaving(education.least.entries, rules, soon, profile),
        lost=_lost(profile, rules, since, apply_on) if since else (),
    )


def what_if(
    profile: Profile,
    rules: RuleSet,
    own: date,
    other: date,
    *,
    role: str | None = None,
    since: date | None = None,
) -> WhatIf:
    """The member's own day beside another, there in another role where one is given."""
    changed = profile if role is None else replace(profile, role=role)
    return WhatIf(gap_on(profile, rules, own, since), gap_on(changed, rules, other, since))


def _rows(education: Education, specialist: bool, rules: RuleSet) -> Iterator[CategoryGap]:
    needs = dict.fromkeys(rules.categories, rules.numbers.hours_per_category)
    if specialist:
        needs[EXTRA_CATEGORY] = rules.numbers.extra_hours
    for category, needed in needs.items():
        yield _row(category, rules.labels[category], (category,), needed, education, rules)


def _row(
    name: str,
    label: str,
    categories: Sequence[str],
    needed: Decimal,
    education: Education,
    rules: RuleSet,
) -> CategoryGap:
    counted = education.least.hours(categories)
    missing = max(less(needed, counted), NOTHING)
    is_open = education.most.hours(categories) > counted
    return CategoryGap(
        category=name,
        label=label,
        needed=needed,
        counted=counted,
        missing=missing,
        missing_words=rules.in_category(name, missing) if name else rules.amount("hours", missing),
        state="met" if not missing else "not_told" if is_open else "missing",
    )


def _lost(profile: Profile, rules: RuleSet, since: date, apply_on: date) -> tuple[Leaving, ...]:
    before = education_of(replace(profile, apply_on=since), rules, since).least
    return _leaving(before.entries, rules, apply_on, profile)


def _leaving(
    entries: Sequence[Counted], rules: RuleSet, until: date, profile: Profile
) -> tuple[Leaving, ...]:
    """Of entries that count, those that no longer do on `until`, the first to go first."""
    order = {category: at for at, category in enumerate((*rules.categories, EXTRA_CATEGORY))}
    sums = {(told.day, told.category) for told in profile.hours or () if told.summed}
    oldest = months_after(until, -rules.numbers.window_months)
    found = [
        Leaving(
            day=entry.day,
            leaves_on=leaves,
            hours=entry.hours,
            category=entry.category,
            words=rules.in_category(entry.category, entry.hours),
            title=entry.title,
            is_sum=not entry.title and (entry.day, entry.category) in sums,
        )
        for entry in entries
        if entry.day < oldest
        and entry.category in order
        and (leaves := leaves_on(entry.day, rules.numbers.window_months)) is not None
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.leaves_on,
                one.day,
                one.title,
                one.is_sum,
                order[one.category],
                one.hours,
            ),
        )
    )
