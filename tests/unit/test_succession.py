"""Who gives which role, who can be asked to be next, and a chapter that keeps a chair."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.identity import MemberRef, Workspace
from bot.domain.roles import OFFICES, Appointment, Chapter, Person, Role, Roster, roster_of
from bot.domain.succession import (
    Handover,
    Kept,
    Refused,
    passes,
    takeable,
    to_accept,
    to_ask,
    to_give,
    to_take,
)
from bot.services import handoff, membership, people, privacy, succession
from bot.services.roles import roster as read_roster
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, Office

HERE = Workspace("slack:T1")
ANN, BOB, CID, DAN = (MemberRef(f"{HERE}:{user}") for user in ("U1", "U2", "U3", "U4"))
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def roster(
    *given: tuple[MemberRef, Role, bool],
    gone: tuple[MemberRef, ...] = (),
    admin: str | None = None,
) -> Roster:
    """Ann is chair and Bob is deputy by the files; Ann is the admin unless one is named."""
    named = Person("U1", "Ann"), Person("U2", "Bob")
    chapter = Chapter("C", *named, "UTC", None, None, None, None, admin=Person(admin, "Cid"))
    decided = [Appointment(member, role, held, None) for member, role, held in given]
    return roster_of(chapter, HERE, decided, {}, date(2026, 11, 23), gone)


def handover(successor: MemberRef = CID, keeps: Kept = "deputy", **more: Any) -> Handover:
    values: dict[str, Any] = {"name": "Cid", "notes": True, "state": "asked", "asked_at": NOW}
    return Handover(id=1, chair=ANN, successor=successor, keeps=keeps, **values | more)


@pytest.mark.parametrize(
    ("who", "gives"),
    [
        (ANN, {"deputy", "editor"}),
        (BOB, set()),
        (CID, {"chair", "deputy", "admin", "editor"}),
        (DAN, set()),
    ],
)
def test_each_gives_only_what_is_theirs_to_give(who: MemberRef, gives: set[Role]) -> None:
    """The chair names deputies and editors, an admin anybody, everybody else nobody."""
    found = roster(admin="U3")
    assert found.gives(who) == gives
    for role in OFFICES:
        assert (to_give(found, who, DAN, role) is None) is (role in gives)


def test_a_deputy_names_the_next_chair_only_when_nobody_else_can() -> None:
    """With chair and only admin gone, the deputy may name a chair and nothing else; with an admin
    still there, or the chair, they may not."""
    alone = roster(gone=(ANN,))
    assert alone.gives(BOB) == {"chair"} and alone.may(BOB, "appoint")
    assert to_give(alone, BOB, CID, "chair") is None
    assert to_give(alone, BOB, CID, "editor") == Refused("not_yours")
    for other in (roster(), roster(gone=(ANN,), admin="U3")):
        assert other.gives(BOB) == frozenset() and not other.may(BOB, "appoint")


def test_who_left_comes_last_at_the_desk() -> None:
    """Requests go to the deputy first while the chair is gone."""
    assert roster(gone=(ANN,)).desk == (BOB, ANN)


def test_the_last_reachable_chair_and_admin_stay() -> None:
    """Neither can be taken, not by themselves either; with a second one each can."""
    assert to_take(roster(admin="U3"), ANN, ANN, "chair") == Refused("last")
    assert to_take(roster(admin="U3"), CID, ANN, "chair") == Refused("last")
    assert to_take(roster(admin="U3"), CID, CID, "admin") == Refused("last")
    two = roster((DAN, "chair", True), admin="U3")
    assert to_take(two, ANN, ANN, "chair") is None
    assert to_take(two, CID, ANN, "chair") is None
    left = roster((DAN, "chair", True), admin="U3", gone=(DAN,))
    assert to_take(left, ANN, ANN, "chair") == Refused("last")
    assert to_take(left, CID, DAN, "chair") is None


def test_a_deputy_may_lay_down_their_own_role_and_nobody_elses() -> None:
    """What is one's own may be laid down; a role of somebody else takes the right to give it."""
    assert to_take(roster(), BOB, BOB, "deputy") is None
    assert to_take(roster(), BOB, ANN, "chair") == Refused("not_allowed")
    assert takeable(roster(), BOB) == ((BOB, "deputy"),)
    assert takeable(roster(), DAN) == ()
    # The chair is the only admin here, and so may take the deputy's role, and not their own.
    assert takeable(roster(), ANN) == ((BOB, "deputy"),)


@pytest.mark.parametrize(
    ("who", "successor", "pending", "reason"),
    [
        (BOB, CID, None, "not_allowed"),
        (DAN, CID, None, "not_allowed"),
        (ANN, ANN, None, "yourself"),
        (ANN, DAN, handover(), "pending"),
        (ANN, BOB, None, ""),
        (ANN, CID, None, ""),
    ],
)
def test_only_the_chair_asks_and_one_at_a_time(
    who: MemberRef, successor: MemberRef, pending: Handover | None, reason: str
) -> None:
    """Who may ask whom: the chair, anybody but themselves, while nobody else is asked."""
    refused = to_ask(roster(), who, successor, pending)
    assert (refused.reason if refused else "") == reason


def test_a_second_chair_is_not_asked_to_be_one() -> None:
    """Whoever is a chair already need not be asked."""
    assert to_ask(roster((CID, "chair", True)), ANN, CID, None) == Refused("already")


@pytest.mark.parametrize(
    ("found", "who", "at", "reason"),
    [
        (handover(), CID, NOW, ""),
        (handover(), DAN, NOW, "gone"),
        (handover(), ANN, NOW, "gone"),
        (None, CID, NOW, "gone"),
        (handover(state="withdrawn"), CID, NOW, "gone"),
        (handover(), CID, NOW + timedelta(days=13, hours=23), ""),
        (handover(), CID, NOW + timedelta(days=14), "late"),
    ],
)
def test_only_who_was_asked_accepts_and_in_time(
    found: Handover | None, who: MemberRef, at: datetime, reason: str
) -> None:
    """Nobody else's click accepts, nor a late one, nor one on what was taken back."""
    refused = to_accept(roster(), found, who, at)
    assert (refused.reason if refused else "") == reason


def test_a_chair_who_lost_the_office_passes_nothing_on() -> None:
    """What was asked before the chair lost their role cannot be accepted after it."""
    lost = roster((ANN, "chair", False), (DAN, "chair", True))
    assert to_accept(lost, handover(), CID, NOW) == Refused("gone")


@pytest.mark.parametrize(
    ("successor", "keeps", "given", "taken"),
    [
        (CID, "deputy", {("chair", True), ("admin", True)},
         {("chair", False), ("admin", False), ("deputy", True)}),
        (BOB, "editor", {("chair", True), ("admin", True), ("deputy", False)},
         {("chair", False), ("admin", False), ("editor", True)}),
        (CID, "member", {("chair", True), ("admin", True)}, {("chair", False), ("admin", False)}),
    ],
)  # fmt: skip
def test_what_each_holds_afterwards(
    successor: MemberRef, keeps: Kept, given: set[object], taken: set[object]
) -> None:
    """The next holds the chair and what the chair held as admin, the one before what they chose."""
    coming, going = passes(roster(), handover(successor, keeps))
    assert {(one.role, one.held) for one in coming} == given
    assert {(one.role, one.held) for one in going} == taken


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


async def ask(office: Office, successor: MemberRef = BEN, **more: Any) -> Any:
    given: dict[str, Any] = {"notes": True, "key": "V1"} | more
    keeps = given.pop("keeps", "deputy")
    return await office.run(succession.ask, CHAIR, successor, "Ben Alvarez", keeps, **given)


def rows(office: Office, sql: str) -> list[tuple[Any, ...]]:
    return list(office.runtime._store.reading.execute(sql).fetchall())


async def test_the_same_window_asks_once(office: Office) -> None:
    """A window that is submitted twice asks one person once."""
    first, second = await ask(office), await ask(office)
    assert first == second and len(rows(office, "SELECT id FROM handovers")) == 1


async def test_requests_drafts_and_notes_move_together(office: Office) -> None:
    """The claim, the begun answers and the notes are the next chair's once they accept; what
    somebody else has taken up stays theirs, and the next chair has its card too."""
    mine = await office.asked()
    await office.run(handoff.claim, CHAIR, mine, 1)
    theirs = await office.asked(member=MemberRef("slack:T0CHAPTER:U0EVE"), key="submit-2")
    await office.run(handoff.claim, DEPUTY, theirs, 1)
    database = office.runtime._store.writing
    database.execute(
        "INSERT INTO entry_drafts (workspace, author, entry, number, text, origin, created_at, "
        "changed_at) VALUES ('slack:T0CHAPTER', ?, 'x', 0, '{}', '', '', '')", [CHAIR]
    )  # fmt: skip
    note = "INSERT INTO ticket_notes (ticket, author, text, at) VALUES (?, ?, 'call first', '')"
    database.execute(note, [mine, CHAIR])
    database.commit()
    asked = await ask(office, keeps="member")
    found = await office.run(succession.accept, BEN, asked.id)
    assert (found.state, found.requests, found.drafts) == ("accepted", 1, 1)
    claims = dict(rows(office, "SELECT id, claimed_by FROM tickets"))
    assert claims == {mine: BEN, theirs: DEPUTY}
    cards = rows(office, f"SELECT ticket FROM ticket_cards WHERE holder = '{BEN}'")
    assert {row[0] for row in cards} == {mine, theirs}
    assert rows(office, "SELECT author FROM entry_drafts") == [(BEN,)]
    assert rows(office, "SELECT text FROM ticket_notes") == [("call first",)]
    now = await office.run(read_roster)
    assert now.role_of(BEN) == "chair" and now.may(BEN, "appoint")
    assert now.role_of(CHAIR) == "member"


async def test_notes_are_deleted_where_the_chair_chose_so(office: Office) -> None:
    """Without the chair's consent the next one never reads their notes."""
    ticket = await office.asked()
    database = office.runtime._store.writing
    for author in (CHAIR, DEPUTY):
        note = "INSERT INTO ticket_notes (ticket, author, text, at) VALUES (?, ?, 'n', '')"
        database.execute(note, [ticket, author])
    database.commit()
    asked = await ask(office, notes=False)
    await office.run(succession.accept, BEN, asked.id)
    assert rows(office, "SELECT author FROM ticket_notes") == [(DEPUTY,)]


async def test_an_unanswered_question_lapses(office: Office) -> None:
    """After two weeks without an answer it is over, the chair stays, and may ask again."""
    asked = await ask(office)
    await office.run(succession.expire)
    assert (await office.run(succession.read, asked.id)).is_open
    office.now += timedelta(days=14)
    await office.run(succession.expire)
    assert (await office.run(succession.read, asked.id)).state == "expired"
    assert await office.run(succession.accept, BEN, asked.id) == Refused("gone")
    assert (await office.run(read_roster)).role_of(CHAIR) == "chair"
    assert not isinstance(await ask(office, key="V2"), Refused)


async def test_a_chair_who_loses_the_office_has_asked_nobody(office: Office) -> None:
    """When somebody else was made chair and the first one's role was taken, what they asked is
    over."""
    asked = await ask(office)
    await office.run(people.give, CHAIR, ADA, "Ada", "chair")
    await office.run(people.take, CHAIR, CHAIR, "chair")
    assert (await office.run(succession.read, asked.id)).state == "withdrawn"


async def test_nobody_is_left_with_a_claim_who_has_no_role(office: Office) -> None:
    """A deputy whose role is taken loses what they had taken up; the chair can take it."""
    ticket = await office.asked()
    await office.run(handoff.claim, DEPUTY, ticket, 1)
    assert await office.run(people.take, CHAIR, DEPUTY, "deputy") is None
    assert rows(office, "SELECT claimed_by FROM tickets") == [(None,)]


async def test_a_chair_who_leaves_passes_requests_on_at_once(office: Office) -> None:
    """Whoever is deactivated keeps no request; once their data go, they hold no role."""
    ticket = await office.asked()
    await office.run(handoff.claim, CHAIR, ticket, 1)
    await office.run(membership.left, CHAIR)
    assert rows(office, "SELECT claimed_by FROM tickets") == [(None,)]
    holders = [row[0] for row in rows(office, "SELECT holder FROM ticket_cards")]
    assert DEPUTY in holders
    assert (await office.run(read_roster)).may(DEPUTY, "appoint")
    await office.run(privacy.erase, CHAIR, "left")
    assert (await office.run(read_roster)).of(CHAIR) is None


async def test_erasing_ones_data_keeps_the_role(office: Office) -> None:
    """A chair may always erase what is kept about them; they stay the chair until they pass it on,
    and what they had asked somebody is over."""
    asked = await ask(office)
    await office.run(people.give, CHAIR, ADA, "Ada", "editor")
    assert await office.run(privacy.erase, CHAIR)
    found = await office.run(read_roster)
    assert found.role_of(CHAIR) == "chair" and found.role_of(ADA) == "editor"
    assert await office.run(succession.read, asked.id) is None
    assert [one[0] for one in rows(office, "SELECT by FROM role_history")] == [""]
    assert isinstance(await office.run(succession.accept, BEN, asked.id), Refused)


async def test_whoever_has_no_role_afterwards_sees_nothing_personal(office: Office) -> None:
    """The card of the chair before says that the request is with others now, and nothing of it."""
    ticket = await office.asked(note="call me about numbats")
    assert "numbats" in office.text(CHAIR, f"card:{ticket}")
    asked = await ask(office, keeps="member")
    await office.run(succession.accept, BEN, asked.id)
    await office.settle()
    assert "numbats" not in office.text(CHAIR, f"card:{ticket}")
    assert "numbats" not in office.blocks(CHAIR, f"card:{ticket}")
    assert "numbats" in office.text(BEN, f"card:{ticket}")


async def test_asking_somebody_who_cannot_be_reached_ends_by_itself(office: Office) -> None:
    """Where Slack no longer delivers to whoever was asked, it is over and the chair may ask on."""
    office.mail.gone.add(BEN)
    asked = await ask(office)
    await office.settle()
    assert (await office.run(succession.read, asked.id)).state == "unreachable"
    assert not isinstance(await ask(office, ADA, key="V2"), Refused)
