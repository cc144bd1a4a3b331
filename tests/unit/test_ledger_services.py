"""The ledger as services: each member's own rows, kept once, changed only from where they stood."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_form import FormFaults
from bot.domain.recertification import Holder
from bot.services import ledger
from bot.services.ledger import Alike, Gone, Kept, Overtaken
from bot.store import holders
from bot.store import ledger as store
from tests.support.road import ADA, BEN, HERE, Road, sums, work_answers

COURSE = {
    "day": "yesterday",
    "title": "Plain letters",
    "amount": "2",
    "category": "writing",
    "kind": "live",
}
STUDY = {**COURSE, "kind": "self_study", "amount": "4"}


@pytest.fixture
def road() -> Iterator[Road]:
    made = Road()
    yield made
    made.close()


def kept(result: object) -> LedgerEntry:
    assert isinstance(result, Kept)
    return result.row.entry


def test_a_form_is_kept_once(road: Road) -> None:
    """The same window sent twice gives one entry, one message and the same answer."""
    first = road.run(ledger.save, ADA, "form", COURSE)
    again = road.run(ledger.save, ADA, "form", COURSE)
    assert kept(first) == kept(again)
    assert road.run(ledger.page, ADA).total == 1
    assert road.told("ledger_entry") == [ADA]


def test_two_windows_keep_two_entries(road: Road) -> None:
    """Two windows open at once are two courses, once the member says that they are not the same."""
    road.run(ledger.save, ADA, "one", COURSE)
    assert isinstance(road.run(ledger.save, ADA, "two", COURSE), Alike)
    assert road.run(ledger.page, ADA).total == 1
    kept(road.run(ledger.save, ADA, "two", COURSE, anyway=True))
    assert road.run(ledger.page, ADA).total == 2


def test_nobody_reaches_another_members_entry(road: Road) -> None:
    """Another member's entry cannot be seen, changed, deleted or brought back."""
    entry = kept(road.run(ledger.save, ADA, "form", COURSE))
    assert road.run(ledger.shown, BEN, entry.id).row is None
    assert isinstance(road.run(ledger.change, BEN, entry.id, 1, COURSE), Gone)
    assert road.run(ledger.delete, BEN, entry.id).row is None
    road.run(ledger.delete, ADA, entry.id)
    assert road.run(ledger.restore, BEN, entry.id).row is None
    assert road.run(ledger.page, ADA).total == 0


def test_a_form_of_another_member_is_their_own(road: Road) -> None:
    """The name of a window is no key to what somebody else entered in it."""
    road.run(ledger.save, ADA, "form", COURSE)
    assert kept(road.run(ledger.save, BEN, "form", {**COURSE, "title": "Ben's"})).title == "Ben's"


def test_a_change_from_an_old_window_is_shown_and_not_made(road: Road) -> None:
    """Who did not see the newest state is shown it; the same change twice is one change."""
    entry = kept(road.run(ledger.save, ADA, "form", COURSE))
    longer = {**COURSE, "amount": "3"}
    assert kept(road.run(ledger.change, ADA, entry.id, 1, longer)).amount == 3
    assert kept(road.run(ledger.change, ADA, entry.id, 1, longer)).version == 2
    late = road.run(ledger.change, ADA, entry.id, 1, {**COURSE, "amount": "1"})
    assert isinstance(late, Overtaken)
    assert late.row.entry.amount == 3
    assert isinstance(
        road.run(ledger.change, ADA, entry.id, 2, {**COURSE, "amount": "0"}), FormFaults
    )


def test_changing_an_entry_into_another_one_is_asked_about(road: Road) -> None:
    """A changed entry that now looks like another is kept only when the member says so."""
    road.run(ledger.save, ADA, "one", COURSE)
    other = kept(road.run(ledger.save, ADA, "two", {**COURSE, "day": "2026-11-03"}))
    assert isinstance(road.run(ledger.change, ADA, other.id, 1, COURSE), Alike)
    assert kept(road.run(ledger.change, ADA, other.id, 1, COURSE, anyway=True)).version == 2


def test_of_a_confirmed_entry_only_the_notes_change(road: Road) -> None:
    """What the chapter confirmed stays as confirmed; note and proof are the member's own."""
    confirmed = LedgerEntry(
        date(2026, 11, 3), "Chapter lunch", Decimal(1), "live", "writing", session=4
    )
    road.records(confirmed)
    entry = road.run(ledger.page, ADA).rows[0].entry
    changed = kept(road.run(ledger.change, ADA, entry.id, 1, {**COURSE, "note": "Slides kept"}))
    assert (changed.title, changed.amount, changed.note) == (
        "Chapter lunch",
        Decimal(1),
        "Slides kept",
    )
    assert changed.is_confirmed


def test_a_deleted_entry_comes_back_as_it_was(road: Road) -> None:
    """Delete and undo, each pressed twice, end where they should."""
    entry = kept(road.run(ledger.save, ADA, "form", COURSE))
    for _ in range(2):
        assert road.run(ledger.delete, ADA, entry.id).deleted
    assert road.run(ledger.page, ADA).total == 0
    for _ in range(2):
        assert not road.run(ledger.restore, ADA, entry.id).deleted
    assert road.run(ledger.entry, ADA, entry.id) == entry


def test_limits_are_shared_with_what_the_check_was_told(road: Road) -> None:
    """Self-study told as a sum in the check takes its part of the limit."""
    road.tells({**work_answers(), **sums("2", self_study="3")})
    found = road.run(ledger.save, ADA, "form", STUDY)
    assert isinstance(found, Kept)
    assert found.row.judgement.hours < 4


def test_a_holder_sees_what_counts_for_keeping_the_clm(road: Road) -> None:
    """Who says that they hold the CLM sees each entry judged for that as well."""
    entry = road.run(ledger.save, ADA, "form", {**COURSE, "subject": "operations"})
    assert isinstance(entry, Kept)
    assert entry.row.keeping is None
    holders.keep(road.db, HERE, ADA, Holder("spring 2026", date(2029, 6, 30)), road.now)
    row = road.run(ledger.page, ADA).rows[0]
    assert row.keeping is not None
    assert row.keeping.hours == 2


def test_what_today_is_depends_on_where_the_member_is(road: Road) -> None:
    """`today` is the member's own date, also where the chapter still has the day before."""
    road.now += timedelta(hours=10)  # four in the morning, UTC
    road.lives_in("Asia/Tokyo")
    assert kept(road.run(ledger.save, ADA, "form", {**COURSE, "day": "today"})).day.day == 24


def test_the_ledger_copes_with_ten_thousand_entries(road: Road) -> None:
    """A page of a very long record is shown, newest first, and one more entry is taken."""
    first = date(2000, 1, 1)
    road.records(
        *(
            LedgerEntry(
                first + timedelta(days=at % 9000), f"Course {at}", Decimal(1), "live", "writing"
            )
            for at in range(10_000)
        )
    )
    page = road.run(ledger.page, ADA, 1000)
    assert (page.total, page.pages, page.number, len(page.rows)) == (10_000, 1000, 1000, 10)
    assert road.run(ledger.page, ADA, 5000).number == 1000
    assert road.run(ledger.page, ADA, -3).number == 1
    assert kept(road.run(ledger.save, ADA, "form", COURSE)).title == "Plain letters"
    assert road.run(ledger.latest, ADA).rows[0].entry.title == "Plain letters"


def test_everything_kept_is_shown_and_erased(road: Road) -> None:
    """The privacy page shows every row, deleted ones too, and erasing leaves only others' rows."""
    entry = kept(road.run(ledger.save, ADA, "form", COURSE))
    road.run(ledger.save, BEN, "form", COURSE)
    road.run(ledger.delete, ADA, entry.id)
    rows = store.stored(road.db, HERE, ADA)["ledger"]
    assert [row["title"] for row in rows] == ["Plain letters"]
    store.erase(road.db, HERE, ADA)
    assert store.stored(road.db, HERE, ADA) == {"ledger": []}
    assert len(store.stored(road.db, HERE, BEN)["ledger"]) == 1
