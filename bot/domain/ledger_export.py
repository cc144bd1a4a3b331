"""The ledger in the order in which it will be asked for: by category or subject, then by date.

What counts is decided where a member's standing and pace are measured, and each entry is judged
there too; here both are only put side by side, so that a sheet adds up to what is shown elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.domain.eligibility_hours import NOTHING, education_of, is_whole
from bot.domain.eligibility_profile import EXTRA_CATEGORY, CourseHours, Profile
from bot.domain.eligibility_rules import RuleSet
from bot.domain.gap import gap_on
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_judging import Judgement, judge_all
from bot.domain.minutes import added, less
from bot.domain.recertification import Cycle, Holder, RecertificationRules
from bot.domain.recertification_judging import judge_recertification_all
from bot.domain.recertification_pace import Pace, pace

Part = Literal["application", "recertification"]
NO_LABEL = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry and what it comes to."""

    entry: LedgerEntry
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Group:
    """One category or subject with its entries by date.

    `counted` are its hours in all, `told` those of them that were told as a sum in the check.
    `needed` is None where nothing of it is asked for. Without a label the rules do not know what
    the entries say, or they say nothing.
    """

    label: str
    lines: tuple[Line, ...]
    counted: Decimal
    told: Decimal = NOTHING
    needed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part of the export, in hours.

    An application is measured on `apply_on`, keeping the CLM in `cycle`; without a cycle nothing is
    counted, and a `retired` holder has none to keep. `missing` is what the total and the groups
    lack together, so that plenty in one group makes up for nothing in another. `left_out` are
    hours beyond a limit, by the limit's name. `told_on` is the day of what was told as a sum.
    `unassigned` are entries of the cycle that have no subject.
    """

    part: Part
    groups: tuple[Group, ...]
    counted: Decimal
    needed: Decimal
    missing: Decimal
    left_out: Mapping[str, Decimal]
    apply_on: date | None = None
    cycle: Cycle | None = None
    told_on: date | None = None
    unassigned: int = 0
    retired: bool = False

    @property
    def lines(self) -> int:
        """How many entries stand in it."""
        return sum(len(group.lines) for group in self.groups)


def application_sheet(
    profile: Profile, entries: Sequence[LedgerEntry], rules: RuleSet, apply_on: date
) -> Sheet:
    """The entries for an application; `profile` is the member's, with the ledger in it.

    What serves recertification alone is left to the other part.
    """
    gap = gap_on(profile, rules, apply_on)
    specialist = profile.is_specialist if profile.role else None
    sums = _sums(profile)
    judged = judge_all(entries, specialist, rules, apply_on, sums)
    lines = _grouped(
        (entry.category, entry, judgement)
        for entry, judgement in zip(entries, judged, strict=True)
        if entry.category is not None or entry.subject is None
    )
    known = {row.category: row for row in gap.categories}
    order = [*rules.categories, EXTRA_CATEGORY]
    groups = []
    for name in order:
        own = _counted(lines.get(name, ()))
        if row := known.get(name):
            told = less(row.counted, own)
            groups.append(_group(row.label, lines, name, row.counted, told, row.needed))
        elif name in lines:
            groups.append(_group(rules.labels[name], lines, name, own))
    least = education_of(profile, rules, apply_on).least
    return Sheet(
        part="application",
        groups=(*groups, *_unknown(lines, order)),
        counted=added(row.counted for row in gap.categories),
        needed=rules.numbers.total_hours + (rules.numbers.extra_hours if specialist else NOTHING),
        missing=gap.missing,
        left_out={"base": least.base_left_out, "extra": least.extra_left_out},
        apply_on=apply_on,
        told_on=next((told.day for told in sums), None),
    )


def recertification_sheet(
    holder: Holder | None,
    entries: Sequence[LedgerEntry],
    rules: RecertificationRules,
    today: date,
) -> Sheet:
    """The entries that have a subject, for the cycle that the member named."""
    judged = judge_recertification_all(entries, holder, rules)
    lines = _grouped(
        (entry.subject, entry, judgement)
        for entry, judgement in zip(entries, judged, strict=True)
        if entry.subject is not None
    )
    measured = pace(holder, entries, rules, today) if holder else None
    groups = [
        _group(
            subject.label,
            lines,
            name,
            _counted(lines.get(name, ())),
            needed=subject.needed if measured and subject.needed else None,
        )
        for name, subject in rules.subjects.items()
        if name in lines or (measured and subject.needed)
    ]
    return Sheet(
        part="recertification",
        groups=(*groups, *_unknown(lines, rules.subjects)),
        counted=measured.counted if measured else NOTHING,
        needed=rules.total,
        missing=measured.missing if measured else NOTHING,
        left_out=_beyond(measured) if measured else {},
        cycle=measured.cycle if measured else None,
        unassigned=measured.unassigned if measured else 0,
        retired=holder is not None and holder.retired,
    )


def _beyond(measured: Pace) -> dict[str, Decimal]:
    return {"passive": measured.passive.beyond, "teaching": measured.teaching.beyond}


def _sums(profile: Profile) -> tuple[CourseHours, ...]:
    return tuple(
        told for told in profile.hours or () if told.summed and told.hours and is_whole(told)
    )


def _grouped(
    found: Iterable[tuple[str | None, LedgerEntry, Judgement]],
) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {}
    for name, entry, judgement in found:
        lines.setdefault(name or NO_LABEL, []).append(Line(entry, judgement))
    return lines


def _counted(lines: Iterable[Line]) -> Decimal:
    return added(line.judgement.hours for line in lines)


def _group(
    label: str,
    lines: Mapping[str, Sequence[Line]],
    name: str,
    counted: Decimal,
    told: Decimal = NOTHING,
    needed: Decimal | None = None,
) -> Group:
    return Group(label, _by_date(lines.get(name, ())), counted, told, needed)


def _unknown(lines: Mapping[str, Sequence[Line]], known: Iterable[str]) -> tuple[Group, ...]:
    """The entries of whatever is not known, together, at the end."""
    names = set(lines) - set(known)
    found = [line for name in names for line in lines[name]]
    return (Group(NO_LABEL, _by_date(found), _counted(found)),) if found else ()


def _by_date(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (line.entry.day, line.entry.id)))
