"""Which ledger hours count toward keeping the CLM: the cycle, the kinds, and the two limits.

The limits on passive formats and on teaching are shared by all subjects. Hours under them are taken
where a minimum lacks some first: no other division leaves fewer hours missing, and none counts
more. The order of the entries plays no part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.domain.ledger import LedgerEntry
from bot.domain.minutes import added, less
from bot.domain.recertification import Cycle, RecertificationRules

NOTHING = Decimal(0)

Group = Literal["full", "passive", "teaching"]
Hours = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the entries of a cycle come to; all hours are by subject.

    `recorded` holds each group before its limit. `taken` are the hours of the two limited groups
    that count.
    """

    rules: RecertificationRules
    recorded: Mapping[Group, Hours]
    taken: Mapping[Group, Hours]

    def all_of(self, group: Group) -> Decimal:
        """The hours of a group before its limit."""
        return added(self.recorded[group].values())

    def counted_of(self, group: Group) -> Decimal:
        """The hours of a group that count."""
        return added(self.taken[group].values())

    @property
    def counted(self) -> Decimal:
        """All hours that count toward the total."""
        return added(hours for group in self.taken.values() for hours in group.values())

    def in_subject(self, subject: str) -> Decimal:
        """Hours of one subject, each limit applied as if it held for this subject alone.

        So a subject never has less because another one has more; `short` tells what the limits
        cost over all subjects together.
        """
        rules, recorded = self.rules, self.recorded
        return added(
            (
                recorded["full"].get(subject, NOTHING),
                min(recorded["passive"].get(subject, NOTHING), rules.passive_cap),
                min(recorded["teaching"].get(subject, NOTHING), rules.teaching_cap),
            )
        )

    def missing_in(self, subject: str) -> Decimal:
        """Hours that a subject lacks of its minimum by itself."""
        return max(less(self.rules.subjects[subject].needed, self.in_subject(subject)), NOTHING)

    @property
    def short(self) -> Decimal:
        """Hours that the minimums lack in all, the limits applied to all of them together."""
        return added(
            max(less(subject.needed, self._taken_in(name)), NOTHING)
            for name, subject in self.rules.subjects.items()
        )

    def _taken_in(self, subject: str) -> Decimal:
        return added(hours.get(subject, NOTHING) for hours in self.taken.values())


def group_of(entry: LedgerEntry, cycle: Cycle, rules: RecertificationRules) -> Group | None:
    """The group in which an entry counts; None where it counts nothing."""
    counting = rules.kinds.get(entry.kind, "none")
    if entry.day not in cycle or entry.subject not in rules.subjects:
        return None
    return counting if counting in ("full", "passive", "teaching") else None


def tally(entries: Iterable[LedgerEntry], cycle: Cycle, rules: RecertificationRules) -> Tally:
    """What the entries come to in a cycle."""
    found: dict[Group, dict[str, list[Decimal]]] = {"full": {}, "passive": {}, "teaching": {}}
    for entry in entries:
        if (group := group_of(entry, cycle, rules)) and entry.subject:
            found[group].setdefault(entry.subject, []).append(entry.amount)
    recorded: dict[Group, dict[str, Decimal]] = {
        group: {subject: added(amounts) for subject, amounts in hours.items()}
        for group, hours in found.items()
    }
    return Tally(rules, recorded, {"full": recorded["full"], **_under_limits(recorded, rules)})


def _under_limits(
    recorded: Mapping[Group, Hours], rules: RecertificationRules
) -> dict[Group, dict[str, Decimal]]:
    """The hours of the limited groups that count.

    First what only this group can give a minimum, then what either could, then the rest.
    """
    open_hours = {
        name: max(less(subject.needed, recorded["full"].get(name, NOTHING)), NOTHING)
        for name, subject in rules.subjects.items()
    }
    limits: tuple[tuple[Group, Group, Decimal], ...] = (
        ("passive", "teaching", rules.passive_cap),
        ("teaching", "passive", rules.teaching_cap),
    )
    taken: dict[Group, dict[str, Decimal]] = {}
    room: dict[Group, Decimal] = {}
    for group, other, limit in limits:
        alone = {
            name: min(
                recorded[group].get(name, NOTHING),
                max(less(gap, recorded[other].get(name, NOTHING)), NOTHING),
            )
            for name, gap in open_hours.items()
        }
        taken[group], room[group] = _given(alone, limit, rules)
    for name, gap in open_hours.items():
        for group, _, _ in limits:
            filled = added(hours.get(name, NOTHING) for hours in taken.values())
            free = less(recorded[group].get(name, NOTHING), taken[group][name])
            given = min(free, less(gap, filled), room[group])
            taken[group][name] = added((taken[group][name], given))
            room[group] = less(room[group], given)
    for group, _, _ in limits:
        rest = {
            name: less(recorded[group].get(name, NOTHING), hours)
            for name, hours in taken[group].items()
        }
        more, _ = _given(rest, room[group], rules)
        taken[group] = {name: added((hours, more[name])) for name, hours in taken[group].items()}
    return taken


def _given(
    wanted: Hours, room: Decimal, rules: RecertificationRules
) -> tuple[dict[str, Decimal], Decimal]:
    """What is wanted, subject by subject while there is room, and the room that is left."""
    given: dict[str, Decimal] = {}
    for name in rules.subjects:
        given[name] = min(wanted[name], room)
        room = less(room, given[name])
    return given, room


def counted_of_each(
    entries: Sequence[LedgerEntry], cycle: Cycle, found: Tally
) -> tuple[Decimal, ...]:
    """How many hours of each entry count, in the order given: together those of the tally.

    Where a limit leaves something out, the earliest entries count.
    """
    left = {group: dict(hours) for group, hours in found.taken.items()}
    counted = [NOTHING] * len(entries)
    for at, entry in sorted(enumerate(entries), key=lambda item: _rank(item[1])):
        if (group := group_of(entry, cycle, found.rules)) and entry.subject:
            counted[at] = min(entry.amount, left[group][entry.subject])
            left[group][entry.subject] = less(left[group][entry.subject], counted[at])
    return tuple(counted)


def _rank(entry: LedgerEntry) -> tuple[object, ...]:
    # An entry that is not kept yet has no id and comes last in its day.
    return entry.day, not entry.id, entry.id, entry.amount, entry.title
