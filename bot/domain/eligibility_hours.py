"""Which education hours count: window, kinds, self-study caps, gaps, and what expires soon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from bot.domain.eligibility_profile import EXTRA_CATEGORY, LIVE, CourseHours, Profile
from bot.domain.eligibility_rules import Numbers, RuleSet
from bot.domain.eligibility_window import days_after, in_window, leaves_on, months_after
from bot.domain.minutes import added, less

NOTHING = Decimal(0)
NOT_TOLD = CourseHours()
"""Stands for hours of which nothing at all was said."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An entry that counts, its day, its category, how many of its hours count, and its title.

    `at` is its place among the entries that were given.
    """

    day: date
    category: str
    hours: Decimal
    title: str = ""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a list of entries comes to.

    `self_study` are the self-study hours that count, the two others those beyond the caps.
    """

    entries: tuple[Counted, ...]
    self_study: Decimal
    base_left_out: Decimal
    extra_left_out: Decimal

    def hours(self, categories: Iterable[str]) -> Decimal:
        """Counted hours of some categories together."""
        wanted = frozenset(categories)
        return added(entry.hours for entry in self.entries if entry.category in wanted)


@dataclass(frozen=True, slots=True)
class Education:
    """A member's hours at the least and at the most: both are equal when everything was told."""

    least: Tally
    most: Tally
    told_all: bool


@dataclass(frozen=True, slots=True)
class Expiring:
    """Counted hours that soon stop counting; `leaves_on` is the first day without them."""

    day: date
    leaves_on: date
    hours: Decimal
    category: str


def education_of(profile: Profile, rules: RuleSet, apply_on: date) -> Education:
    """Tally a member's hours: without the entries that lack a part, and with them at their best."""
    entries = (NOT_TOLD,) if profile.hours is None else profile.hours
    whole = [entry for entry in entries if is_whole(entry)]
    least = tally(whole, profile.is_specialist, rules, apply_on)
    if len(whole) == len(entries):
        return Education(least, least, told_all=True)
    best = [filled for entry in entries for filled in _at_best(entry, rules, apply_on)]
    most = tally(best, profile.is_specialist, rules, apply_on)
    return Education(least, most, told_all=False)


def tally(
    entries: Sequence[CourseHours], specialist: bool, rules: RuleSet, apply_on: date
) -> Tally:
    """What whole entries come to; the order in which they are given plays no part."""
    in_full: list[Counted] = []
    self_study: list[Counted] = []
    for at, entry in enumerate(entries):
        if not is_known(entry, rules):
            continue
        counted = _worth(entry, at, rules, apply_on)
        if counted.hours and (specialist or counted.category != EXTRA_CATEGORY):
            capped = rules.kinds[entry.kind or LIVE] == "self_study"
            (self_study if capped else in_full).append(counted)
    taken = _assigned(in_full, self_study, rules)
    left_out = {
        category: less(hours, taken[category])
        for category, hours in _by_category(self_study).items()
    }
    return Tally(
        entries=(*in_full, *_taken_from(self_study, taken)),
        self_study=added(taken.values()),
        base_left_out=added(left_out.get(name, NOTHING) for name in rules.categories),
        extra_left_out=left_out.get(EXTRA_CATEGORY, NOTHING),
    )


def gaps(most: Tally, specialist: bool, rules: RuleSet) -> dict[str, Decimal]:
    """Hours missing in each category that lacks some, in the rule set's order."""
    numbers = rules.numbers
    needed = {category: numbers.hours_per_category for category in rules.categories}
    if specialist:
        needed[EXTRA_CATEGORY] = numbers.extra_hours
    missing = {category: less(need, most.hours([category])) for category, need in needed.items()}
    return {category: hours for category, hours in missing.items() if hours > 0}


def expiring(least: Tally, rules: RuleSet, apply_on: date) -> tuple[Expiring, ...]:
    """Counted hours that stop counting within the rule set's days after `apply_on`."""
    window = rules.numbers.window_months
    oldest = months_after(days_after(apply_on, rules.numbers.expiring_days), -window)
    found = [
        Expiring(entry.day, leaves, entry.hours, entry.category)
        for entry in least.entries
        if entry.day < oldest and (leaves := leaves_on(entry.day, window)) is not None
    ]
    order = {category: at for at, category in enumerate((*rules.categories, EXTRA_CATEGORY))}
    return tuple(sorted(found, key=lambda item: (item.day, order[item.category], item.hours)))


def is_known(entry: CourseHours, rules: RuleSet) -> bool:
    """Whether the rules (still) have the entry's category and kind; without them nothing counts."""
    categories = (*rules.categories, EXTRA_CATEGORY)
    known = entry.category in categories and entry.category in rules.labels
    return known and (entry.kind or LIVE) in rules.kinds


def is_too_short(entry: CourseHours, rules: RuleSet) -> bool:
    """Whether a session of this kind has to be longer to count; a sum of several is not one."""
    counting = rules.kinds[entry.kind or LIVE]
    hours = entry.hours or NOTHING
    limited = counting in ("full", "self_study") and not entry.summed
    return limited and hours < rules.numbers.session_hours


def contact_hours(entry: CourseHours, rules: RuleSet) -> Decimal:
    """An entry in hours: credits converted, and nothing for a kind that never counts."""
    return (entry.hours or NOTHING) * _factor(rules.kinds[entry.kind or LIVE], rules.numbers)


def is_whole(entry: CourseHours) -> bool:
    """Whether every part of an entry was told."""
    return None not in (entry.day, entry.hours, entry.category, entry.kind)


def _at_best(entry: CourseHours, rules: RuleSet, apply_on: date) -> list[CourseHours]:
    """The entry with what was not told filled in as well as it can be for the member."""
    plenty = rules.numbers.total_hours + rules.numbers.extra_hours
    every = (*rules.categories, EXTRA_CATEGORY)
    return [
        replace(
            entry,
            day=entry.day or apply_on,
            hours=plenty if entry.hours is None else entry.hours,
            category=category,
            kind=entry.kind or LIVE,
        )
        for category in ([entry.category] if entry.category else every)
    ]


def _worth(entry: CourseHours, at: int, rules: RuleSet, apply_on: date) -> Counted:
    """The hours that an entry is worth before any cap."""
    day = entry.day or apply_on
    inside = in_window(day, apply_on, rules.numbers.window_months)
    counts = inside and not is_too_short(entry, rules)
    worth = contact_hours(entry, rules) if counts else NOTHING
    return Counted(day, entry.category or "", worth, entry.title or "", at)


def _factor(counting: str, numbers: Numbers) -> Decimal:
    match counting:
        case "semester_credit":
            return numbers.semester_credit_hours
        case "quarter_credit":
            return numbers.quarter_credit_hours
        case "none":
            return NOTHING
        case _:
            return Decimal(1)


def _by_category(entries: Iterable[Counted]) -> dict[str, Decimal]:
    found: dict[str, list[Decimal]] = {}
    for entry in entries:
        found.setdefault(entry.category, []).append(entry.hours)
    return {category: added(hours) for category, hours in found.items()}


def _assigned(
    in_full: Sequence[Counted], self_study: Sequence[Counted], rules: RuleSet
) -> dict[str, Decimal]:
    """How many self-study hours count in each category, in the member's favour.

    First what closes a gap, in the order of the categories, then what is left of the cap, in the
    same order: no other division leaves fewer hours missing, and none counts more hours.
    """
    earned, offered, numbers = _by_category(in_full), _by_category(self_study), rules.numbers
    taken = {
        EXTRA_CATEGORY: min(offered.get(EXTRA_CATEGORY, NOTHING), numbers.extra_self_study_cap)
    }
    room = numbers.self_study_cap
    for to_close_gaps in (True, False):
        for category in rules.categories:
            free = less(offered.get(category, NOTHING), taken.get(category, NOTHING))
            gap = max(less(numbers.hours_per_category, earned.get(category, NOTHING)), NOTHING)
            wanted = min(free, gap) if to_close_gaps else free
            given = min(wanted, room)
            taken[category] = added((taken.get(category, NOTHING), given))
            room = less(room, given)
    return taken


def _taken_from(self_study: Sequence[Counted], taken: Mapping[str, Decimal]) -> list[Counted]:
    """The self-study hours that count: the newest first, since they last longest."""
    left = dict(taken)
    found: list[Counted] = []
    newest_first = sorted(
        self_study, key=lambda item: (item.day, item.hours, item.title), reverse=True
    )
    for entry in newest_first:
        hours = min(entry.hours, left[entry.category])
        left[entry.category] = less(left[entry.category], hours)
        if hours:
            found.append(replace(entry, hours=hours))
    return found
