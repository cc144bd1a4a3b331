"""Who may do what in a chapter."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from bot.domain.handoff_clock import Patience
from bot.domain.identity import MemberRef, Workspace
from bot.domain.reminders import USUAL, Reminding
from bot.domain.retention import FOREVER, Retention
from bot.domain.working_days import OFFICE, WorkingHours

Role = Literal["member", "editor", "admin", "deputy", "chair"]
"""From the least to the most, as a person with several is named by the last."""
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal["answer", "tend", "edit", "approve", "numbers", "announce", "appoint", "hand_over"]
"""answer: requests of members; tend: sessions, seasons and the digest; edit: the bank; approve:
its entries, for the committee; appoint: give and take roles; hand_over: the chair's own office."""

RIGHTS: Mapping[Role, frozenset[Right]] = {
    "member": frozenset(),
    "editor": frozenset({"edit"}),
    "deputy": frozenset({"answer", "tend", "edit", "approve", "numbers"}),
    "chair": frozenset(get_args(Right)),
    "admin": frozenset({"answer", "numbers", "appoint"}),
}

OFFICES: tuple[Role, ...] = ("chair", "deputy", "admin", "editor")
"""Every role that is given and taken, from the most to the least."""

GIVES: Mapping[Role, frozenset[Role]] = {
    "chair": frozenset({"deputy", "editor"}),
    "admin": frozenset(OFFICES),
}
"""Which roles the bearer of a role gives and takes; the chair's own passes by a handover."""

STANDS_IN: frozenset[Role] = frozenset({"chair"})
"""What a deputy may give while nobody who gives roles is left: so a chapter whose chair was
deactivated, and had no other admin, can still name the next."""

_DESK: tuple[Role, ...] = ("chair", "deputy", "admin")
"""Whom a hand-off goes to, in this order."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role: the platform's id, and the name to show when none can be looked up."""

    id: str | None
    name: str | None


NOBODY = Person(None, None)
USUAL_PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's own settings; empty ones are None and every sentence copes with that.

    The people are those of the files; who holds a role now, chat included, says the Roster.
    `desk_channel` is the platform's id of the committee's own private channel.
    """

    name: str | None
    chair: Person
    deputy: Person
    time_zone: str
    reply_promise: str | None
    study_group: str | None
    scholarship: str | None
    next_events: str | None
    reminders: Reminding = USUAL
    retention: Retention = FOREVER
    admin: Person = NOBODY
    working_hours: WorkingHours = OFFICE
    patience: Patience = USUAL_PATIENCE
    desk_channel: str | None = None

    def values(self) -> dict[str, str | None]:
        """What templates may say of the chapter, under the prefix `chapter_`."""
        return {
            "chapter_name": self.name,
            "chapter_chair_name": self.chair.name,
            "chapter_deputy_name": self.deputy.name,
            "chapter_reply_promise": self.reply_promise,
            "chapter_study_group": self.study_group,
            "chapter_scholarship": self.scholarship,
            "chapter_next_events": self.next_events,
        }


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role that somebody was given in chat, or that was taken from them (`held` is False)."""

    member: MemberRef
    role: Role
    held: bool
    name: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A role that was given or taken in chat, by whom and when; `by` is None where it ended by
    itself, or where that person's data were erased since."""

    id: int
    member: MemberRef
    role: Role
    held: bool
    by: MemberRef | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody with roles; `away_until` is the last day of an absence, in the chapter's zone.

    `left` says that the platform no longer knows them: they reach nothing and nothing them.
    """

    member: MemberRef
    roles: frozenset[Role]
    name: str | None
    away_until: date | None = None
    left: bool = False

    @property
    def role(self) -> Role:
        """The one they are named by."""
        return max(self.roles, key=ROLES.index)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who holds a role now, in the order in which they came by it."""

    officers: tuple[Officer, ...] = ()

    def of(self, member: MemberRef) -> Officer | None:
        """Somebody's roles; None for a plain member."""
        return next((one for one in self.officers if one.member == member), None)

    def role_of(self, member: MemberRef) -> Role:
        """The role that somebody is named by."""
        found = self.of(member)
        return found.role if found else "member"

    def may(self, member: MemberRef, right: Right) -> bool:
        """Whether any of somebody's roles gives them this right."""
        return right in self.rights_of(member)

    def rights_of(self, member: MemberRef) -> frozenset[Right]:
        """Everything that somebody's roles together give them."""
        found = self.of(member)
        if found is None:
            return frozenset()
        rights = frozenset[Right]().union(*(RIGHTS[role] for role in found.roles))
        return rights | {"appoint"} if self._stands_in(found) else rights

    def gives(self, member: MemberRef) -> frozenset[Role]:
        """Every role that somebody may give and take now."""
        found = self.of(member)
        if found is None:
            return frozenset()
        given = frozenset[Role]().union(*(GIVES.get(role, frozenset()) for role in found.roles))
        return given | STANDS_IN if self._stands_in(found) else given

    def reachable(self, role: Role) -> tuple[Officer, ...]:
        """Everybody who holds this role and is still there."""
        return tuple(one for one in self.with_role(role) if not one.left)

    def is_last(self, member: MemberRef, role: Role) -> bool:
        """Whether nobody else who is still there holds this role."""
        return all(one.member == member for one in self.reachable(role))

    def _stands_in(self, officer: Officer) -> bool:
        if "deputy" not in officer.roles:
            return False
        return not any(self.reachable(role) for role, given in GIVES.items() if given)

    def with_role(self, role: Role) -> tuple[Officer, ...]:
        """Everybody who holds this role."""
        return tuple(one for one in self.officers if role in one.roles)

    def having(self, right: Right) -> tuple[MemberRef, ...]:
        """Everybody with this right, in the order of the desk, editors last."""
        people = dict.fromkeys((*self.desk, *(one.member for one in self.officers)))
        return tuple(one for one in people if self.may(one, right))

    @property
    def desk(self) -> tuple[MemberRef, ...]:
        """Whom a hand-off goes to, in order: chairs, deputies, admins; who is away comes after
        them, and who has left comes last."""
        in_order = [one for role in _DESK for one in self.with_role(role)]
        in_order.sort(key=lambda one: (one.left, one.away_until is not None))
        return tuple(dict.fromkeys(one.member for one in in_order))


def roster_of(
    chapter: Chapter,
    workspace: Workspace,
    appointments: Iterable[Appointment],
    away: Mapping[MemberRef, date],
    today: date,
    gone: Collection[MemberRef] = (),
) -> Roster:
    """The people of the files, with what was decided in chat over it.

    Without an admin in the files the chair named there is the first one. `gone` are those whom
    the platform no longer knows.
    """
    roles: dict[MemberRef, dict[Role, bool]] = {}
    names: dict[MemberRef, str | None] = {}
    for role, person in _of_files(chapter):
        member = MemberRef(f"{workspace}:{person.id}")
        roles.setdefault(member, {})[role] = True
        names[member] = person.name
    for given in appointments:
        roles.setdefault(given.member, {})[given.role] = given.held
        names[given.member] = given.name or names.get(given.member)
    return Roster(
        tuple(
            Officer(member, held, names[member], _still(away.get(member), today), member in gone)
            for member, found in roles.items()
            if (held := frozenset(role for role, is_held in found.items() if is_held))
        )
    )


def _of_files(chapter: Chapter) -> list[tuple[Role, Person]]:
    admin = chapter.admin if chapter.admin.id else chapter.chair
    found: list[tuple[Role, Person]] = [
        ("chair", chapter.chair),
        ("deputy", chapter.deputy),
        ("admin", admin),
    ]
    return [(role, person) for role, person in found if person.id]


def _still(until: date | None, today: date) -> date | None:
    return until if until is not None and until >= today else None
