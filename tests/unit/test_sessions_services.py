"""Sessions as services: who is asked, what a confirmation gives, and what takes it back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.ledger import LedgerEntry
from bot.domain.notices import Notice
from bot.domain.sessions import Details, Refusal, Session, SessionRecord
from bot.errors import NotAllowed
from bot.services import sessions
from bot.store import ledger
from bot.store import sessions as store
from tests.support.road import ADA, BEN, HERE, NOON, Road

CHAIR = MemberRef("slack:T0CHAPTER:U0CHRISTINA")
DEPUTY = MemberRef("slack:T0CHAPTER:U0DEV")
PLACE = ConversationRef("slack:T0CHAPTER:C0GENERAL")
TODAY = date(2026, 11, 23)
DETAILS = Details("Plain letters", TODAY, 90, "live", "writing", None)


@pytest.fixture
def road() -> Iterator[Road]:
    made = Road()
    yield made
    made.close()


def announced(road: Road, details: Details = DETAILS, form: str = "V1") -> int:
    found = road.run(sessions.announce, CHAIR, PLACE, details, form)
    assert isinstance(found, Session)
    return found.id


def attended(road: Road, *members: MemberRef) -> int:
    """A session, and who says that they attended it."""
    number = announced(road)
    for member in members:
        road.now += timedelta(seconds=1)
        assert road.run(sessions.attend, member, number)[0] == "noted"
    return number


def record(road: Road, number: int) -> SessionRecord:
    found = road.run(sessions.read, number)
    assert found is not None
    return found


def marks(road: Road, number: int) -> dict[MemberRef, str]:
    return {one.member: one.mark for one in record(road, number).attendances}


def version(road: Road, number: int) -> int:
    return record(road, number).session.version


def entries(road: Road, member: MemberRef = ADA) -> tuple[LedgerEntry, ...]:
    return ledger.entries_of(road.db, HERE, member)


def decides(road: Road, number: int, *members: MemberRef, yes: bool = True) -> Session | Refusal:
    return road.run(
        sessions.decide,
        CHAIR,
        number,
        version(road, number),
        members,
        "confirmed" if yes else "declined",
    )


def decides_all(
    road: Road, number: int, *, seen: int = 0, yes: bool = True, by: MemberRef = CHAIR
) -> Session | Refusal:
    waiting = record(road, number).marked("noted")
    until = waiting[-1].at if waiting else road.now.isoformat()
    decision = "confirmed" if yes else "declined"
    return road.run(
        sessions.decide_all,
        by,
        number,
        seen or version(road, number),
        until,
        "confirmed" if decision == "confirmed" else "declined",
    )


def words_for(road: Road, member: MemberRef) -> list[str]:
    """What a member was told of sessions, in order."""
    rows = road.db.query(
        "SELECT subject FROM outbox WHERE kind = 'session_credit' AND recipient = ? ORDER BY id",
        [member],
    )
    return [row["subject"].partition(":")[2] for row in rows]


def test_the_card_goes_to_the_channel_and_the_list_to_the_desk(road: Road) -> None:
    """Announcing tells the channel, the chair and the deputy, and no member."""
    announced(road)
    assert road.told("session") == [PLACE]
    assert road.told("session_list") == [CHAIR, DEPUTY]
    assert road.told("session_credit") == []


def test_the_same_window_announces_once(road: Road) -> None:
    """An impatient second press, and a second window with the same session, post nothing more."""
    first = announced(road)
    assert announced(road) == first
    twin = road.run(sessions.announce, DEPUTY, PLACE, DETAILS, "V2")
    assert twin == Refusal("twin")
    assert road.told("session") == [PLACE]


def test_pressing_tells_nobody_before_a_yes(road: Road) -> None:
    """Looking at what the chair would see leaves nothing behind."""
    number = announced(road)
    assert road.run(sessions.tap, ADA, number)[0] == "ask"
    assert record(road, number).attendances == ()


def test_a_yes_is_noted_once_and_can_be_undone(road: Road) -> None:
    """Two presses are one name on the list, and a wrong press leaves none."""
    number = attended(road, ADA)
    before = road.told("session_list")
    assert road.run(sessions.attend, ADA, number)[0] == "noted"
    assert road.told("session_list") == before
    assert record(road, number).said == 1
    assert road.run(sessions.undo, ADA, number)[0] == "undone"
    assert road.run(sessions.undo, ADA, number)[0] == "undone"
    assert marks(road, number) == {}
    assert road.run(sessions.attend, ADA, number)[0] == "noted"


@pytest.mark.parametrize(
    ("now", "tap"),
    [
        (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), "early"),
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "ask"),
    ],
)
def test_the_day_begins_at_midnight_of_the_chapter(road: Road, now: datetime, tap: str) -> None:
    """Not UTC's midnight but the chapter's opens the button, also for a yes from an old note."""
    number = announced(road)
    road.now = now
    assert road.run(sessions.tap, ADA, number)[0] == tap
    assert road.run(sessions.attend, ADA, number)[0] == ("noted" if tap == "ask" else "early")


def test_a_confirmation_gives_one_entry_that_the_chapter_vouches_for(road: Road) -> None:
    """The ledger gets day, title, hours and category, marked as confirmed, once."""
    number = attended(road, ADA, CHAIR)
    assert isinstance(decides_all(road, number), Session)
    (entry,) = entries(road)
    assert (entry.day, entry.title, entry.amount) == (TODAY, "Plain letters", Decimal("1.5"))
    assert (entry.kind, entry.category, entry.subject) == ("live", "writing", None)
    assert entry.provider == "Lakeside Chapter of ALA"
    assert entry.is_confirmed
    assert len(entries(road, CHAIR)) == 1
    assert words_for(road, ADA) == ["confirmed"]
    assert ADA in road.told("home")
    assert isinstance(decides(road, number, ADA), Session)
    assert len(entries(road)) == 1
    assert words_for(road, ADA) == ["confirmed"]


def test_of_two_who_press_at_once_the_second_is_told(road: Road) -> None:
    """Chair and deputy see the same list: the first decides, the second changes nothing."""
    number = attended(road, ADA)
    seen = version(road, number)
    assert isinstance(decides_all(road, number, seen=seen), Session)
    late = decides_all(road, number, seen=seen, yes=False, by=DEPUTY)
    assert late == Refusal("changed")
    assert marks(road, number) == {ADA: "confirmed"}
    row = road.run(
        sessions.decide, DEPUTY, number, version(road, number), [ADA], "declined", waiting=True
    )
    assert row == Refusal("decided")
    assert len(entries(road)) == 1


def test_all_means_all_whom_the_list_showed(road: Road) -> None:
    """Whoever says so while the chair presses is not confirmed unseen."""
    number = attended(road, ADA)
    until = record(road, number).attendances[-1].at
    road.now += timedelta(seconds=1)
    road.run(sessions.attend, BEN, number)
    road.run(sessions.decide_all, CHAIR, number, 1, until, "confirmed")
    assert marks(road, number) == {ADA: "confirmed", BEN: "noted"}


def test_a_late_yes_goes_to_the_desk_again(road: Road) -> None:
    """After a confirmation the next one calls chair and deputy, who confirm it likewise."""
    number = attended(road, ADA)
    decides_all(road, number)
    road.now += timedelta(days=2)
    before = len(road.told("session_list"))
    assert road.run(sessions.attend, BEN, number)[0] == "noted"
    rows = road.db.query("SELECT recipient, subject, under FROM outbox WHERE slot GLOB '*waiting*'")
    called = [(row["recipient"], row["under"]) for row in rows if row["subject"].startswith("wai")]
    assert called[-2:] == [(who, f"session_list:{number}") for who in (CHAIR, DEPUTY)]
    assert len(road.told("session_list")) > before
    decides_all(road, number)
    assert len(entries(road, BEN)) == 1
    assert len(entries(road)) == 1


def test_who_was_declined_is_told_and_can_still_be_confirmed(road: Road) -> None:
    """A no is no verdict for ever: the chair puts it right, and there is one entry."""
    number = attended(road, ADA)
    decides_all(road, number, yes=False)
    assert words_for(road, ADA) == ["declined"]
    assert entries(road) == ()
    assert road.run(sessions.tap, ADA, number)[0] == "declined"
    decides(road, number, ADA)
    assert len(entries(road)) == 1
    decides(road, number, ADA, yes=False)
    assert entries(road) == ()
    decides(road, number, ADA)
    assert len(entries(road)) == 1
    assert words_for(road, ADA) == ["declined", "confirmed", "taken_back", "confirmed"]


def test_nobody_is_confirmed_who_did_not_say_so(road: Road) -> None:
    """The chair cannot write hours into the ledger of somebody who never pressed the button."""
    number = attended(road, ADA)
    assert decides(road, number, ADA, BEN) == Refusal("not_listed")
    assert marks(road, number) == {ADA: "noted"}
    assert entries(road) == ()


def test_a_correction_reaches_every_entry(road: Road) -> None:
    """Another day and length stand in the ledgers, and members who have the entry are told."""
    number = attended(road, ADA, BEN)
    decides_all(road, number)
    (of_ben,) = entries(road, BEN)
    ledger.deleted(road.db, HERE, BEN, of_ben.id, road.now)
    longer = replace(DETAILS, minutes=120, day=TODAY - timedelta(days=1))
    seen = version(road, number)
    assert isinstance(road.run(sessions.change, DEPUTY, number, seen, longer), Session)
    (entry,) = entries(road)
    assert (entry.day, entry.amount) == (TODAY - timedelta(days=1), Decimal(2))
    assert words_for(road, ADA) == ["confirmed", "corrected"]
    assert words_for(road, BEN) == ["confirmed"]
    assert road.run(sessions.change, CHAIR, number, seen, DETAILS) == Refusal("changed")
    assert ledger.restored(road.db, HERE, BEN, of_ben.id)
    assert entries(road, BEN)[0].amount == Decimal(2)


def test_a_title_alone_disturbs_nobody(road: Road) -> None:
    """A slip of the pen is mended in the ledgers without a message to everybody."""
    number = attended(road, ADA)
    decides_all(road, number)
    named = replace(DETAILS, title="Plainer letters")
    road.run(sessions.change, CHAIR, number, version(road, number), named)
    assert entries(road)[0].title == "Plainer letters"
    assert words_for(road, ADA) == ["confirmed"]


def test_a_session_that_was_attended_does_not_move_ahead(road: Road) -> None:
    """Nobody can have attended what is still to come, so the day is refused at its field."""
    number = attended(road, ADA)
    ahead = replace(DETAILS, day=TODAY + timedelta(days=1))
    moved = road.run(sessions.change, CHAIR, number, 1, ahead)
    assert moved == Refusal("ahead")
    raw = {"title": "x", "day": "2026-11-24", "length": "1", "kind": "live", "category": "writing"}
    faults = road.run(sessions.draft, CHAIR, PLACE, raw, number)
    assert isinstance(faults, dict)
    assert set(faults) == {"day"}


def test_a_cancelled_session_takes_back_what_it_gave(road: Road) -> None:
    """Entries go, those who had one or waited are told, and no button brings anything back."""
    number = attended(road, ADA, BEN)
    decides(road, number, ADA)
    (entry,) = entries(road)
    cancelled = road.run(sessions.cancel, CHAIR, number, version(road, number))
    assert isinstance(cancelled, Session)
    assert entries(road) == ()
    assert not ledger.restored(road.db, HERE, ADA, entry.id)
    assert words_for(road, ADA) == ["confirmed", "taken_out"]
    assert words_for(road, BEN) == ["cancelled"]
    assert road.run(sessions.attend, BEN, number)[0] == "cancelled"
    assert decides(road, number, BEN) == Refusal("cancelled")
    again = road.run(sessions.cancel, DEPUTY, number, version(road, number))
    assert again == Refusal("cancelled")


def test_the_members_own_hours_are_left_alone(road: Road) -> None:
    """Neither a correction nor a cancellation touches what a member recorded themselves."""
    road.records(LedgerEntry(TODAY, "Plain letters", Decimal(1), "live", "writing"))
    number = attended(road, ADA)
    decides_all(road, number)
    road.run(sessions.change, CHAIR, number, version(road, number), replace(DETAILS, minutes=120))
    road.run(sessions.cancel, CHAIR, number, version(road, number))
    assert [(e.amount, e.session) for e in entries(road)] == [(Decimal(1), None)]


def test_what_was_overtaken_is_not_told(road: Road) -> None:
    """A confirmation that was taken back before it was delivered never reaches the member."""
    number = attended(road, ADA)
    decides(road, number, ADA)
    assert road.run(sessions.credit, ADA, number, "confirmed") is not None
    decides(road, number, ADA, yes=False)
    assert road.run(sessions.credit, ADA, number, "confirmed") is None
    assert road.run(sessions.credit, ADA, number, "taken_back") is not None


@pytest.mark.parametrize("who", [ADA, MemberRef("slack:T0OTHER:U0CHRISTINA")])
def test_only_the_desk_announces_and_decides(road: Road, who: MemberRef) -> None:
    """A member, and a chair of another workspace, can do none of it."""
    number = attended(road, ADA)
    acts: tuple[tuple[Any, ...], ...] = (
        (sessions.announce, who, PLACE, DETAILS, "V9"),
        (sessions.change, who, number, 1, DETAILS),
        (sessions.cancel, who, number, 1),
        (sessions.decide, who, number, 1, [ADA], "confirmed"),
        (sessions.decide_all, who, number, 1, "9", "confirmed"),
        (sessions.to_change, who, number),
        (sessions.post_again, who, number),
        (sessions.draft, who, PLACE, {}, 0),
    )
    for use_case, *args in acts:
        with pytest.raises(NotAllowed):
            road.run(use_case, *args)
    assert entries(road) == ()


def test_a_card_that_found_no_place_is_posted_later(road: Road) -> None:
    """Where the bot is not in the channel the chair is told, and posts it once it is."""
    number = announced(road)
    notice = Notice(HERE, PLACE, f"session:{number}", "session", str(number))
    road.run(sessions.undeliverable, notice)
    assert record(road, number).session.state == "unposted"
    assert road.told("say") == [CHAIR]
    assert isinstance(road.run(sessions.post_again, CHAIR, number), Session)
    assert road.run(sessions.post_again, DEPUTY, number) == Refusal("changed")
    assert record(road, number).session.state == "open"


def test_what_was_never_posted_is_cancelled_quietly(road: Road) -> None:
    """A session without a card is not announced as cancelled in a channel that never saw it."""
    number = announced(road)
    notice = Notice(HERE, PLACE, f"session:{number}", "session", str(number))
    road.run(sessions.undeliverable, notice)
    before = road.told("session")
    assert isinstance(road.run(sessions.cancel, CHAIR, number, 1), Session)
    road.run(sessions.undeliverable, notice)
    assert road.told("session") == before
    assert record(road, number).session.state == "cancelled"
    assert road.told("say") == [CHAIR]


def test_the_same_change_twice_is_one_change(road: Road) -> None:
    """A window sent twice by impatience is refused nothing and tells nobody twice."""
    number = attended(road, ADA)
    decides_all(road, number)
    seen, longer = version(road, number), replace(DETAILS, minutes=120)
    for _ in range(2):
        assert isinstance(road.run(sessions.change, CHAIR, number, seen, longer), Session)
    assert words_for(road, ADA) == ["confirmed", "corrected"]


def test_an_erasure_keeps_the_count_and_no_name(road: Road) -> None:
    """Who was confirmed stays as a number; who waited is gone, and no row names either."""
    number = attended(road, ADA, BEN)
    decides(road, number, ADA)
    assert record(road, number).said == 2
    for member in (ADA, BEN):
        road.run(sessions.erase, member)
    assert record(road, number).said == 1
    assert marks(road, number) == {}
    assert store.stored(road.db, HERE, ADA) == {"attendances": [], "sessions": []}
    road.run(sessions.erase, CHAIR)
    assert record(road, number).session.by == ""
    assert store.stored(road.db, HERE, CHAIR) == {"attendances": [], "sessions": []}


def test_a_member_sees_what_is_kept_of_them(road: Road) -> None:
    """The privacy page can tell which sessions somebody said they attended, and what came of it."""
    number = attended(road, ADA)
    decides(road, number, ADA)
    (row,) = store.stored(road.db, HERE, ADA)["attendances"]
    assert (row["title"], row["state"]) == ("Plain letters", "confirmed")
    (row,) = store.stored(road.db, HERE, CHAIR)["sessions"]
    assert row["title"] == "Plain letters"


def test_the_word_in_the_dm_brings_the_lists_that_need_the_desk(road: Road) -> None:
    """A new chair who types session gets the lists; a member gets none."""
    number = attended(road, ADA)
    announced(road, replace(DETAILS, title="Past", day=TODAY - timedelta(days=9)), "V2")
    rows = "SELECT slot FROM outbox WHERE recipient = ? AND kind = 'session_list'"
    road.db.execute("DELETE FROM outbox")
    road.run(sessions.answer_typed, DEPUTY, ConversationRef("slack:T0CHAPTER:D1"), "k")
    assert [row["slot"] for row in road.db.query(rows, [DEPUTY])] == [f"session_list:{number}"]
    road.run(sessions.answer_typed, ADA, ConversationRef("slack:T0CHAPTER:D2"), "k")
    assert list(road.db.query(rows, [ADA])) == []
    assert road.now > NOON
