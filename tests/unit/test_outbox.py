"""The outbox: in order within a slot, retried with patience, never lost and never doubled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.notices import (
    Delivered,
    Delivery,
    Landing,
    Later,
    Notice,
    Receipt,
    Undeliverable,
    retry_delay,
)
from bot.runtime import Runtime
from bot.services import outbox
from bot.services.transaction import Transaction, reads, writes
from bot.store import outbox as store
from tests.support.database import ADA, HERE, NOW, Clock, asked, running

PLACE = Landing("D1", "1.1")


@writes
def tell(tx: Transaction, *notices: Notice) -> None:
    for notice in notices:
        outbox.tell(tx, notice)


@writes
def forget(tx: Transaction, recipient: str) -> None:
    store.erase(tx.db, tx.workspace, recipient)


@reads
def landing(tx: Transaction, slot: str) -> Landing | None:
    return store.landing(tx.db, tx.workspace, ADA, slot)


@reads
def slot_at(tx: Transaction, place: Landing) -> str | None:
    return store.slot_at(tx.db, tx.workspace, place.conversation, place.message)


def notice(slot: str, subject: str = "1", under: str = "", to: str = ADA) -> Notice:
    return Notice(HERE, to, slot, "answer", subject, under)


@dataclass
class Post:
    """The outbox of a running bot, delivered by hand."""

    runtime: Runtime
    clock: Clock

    async def tells(self, *notices: Notice) -> None:
        await self.runtime.run(tell, HERE, *notices)

    async def claims(self) -> list[Delivery]:
        return await self.runtime.run(outbox.claim, HERE)

    async def claims_slots(self) -> list[str]:
        return [delivery.notice.slot for delivery in await self.claims()]

    async def records(self, delivery: Delivery, receipt: Receipt) -> bool:
        return await self.runtime.run(outbox.record, HERE, delivery, receipt)

    async def next_due(self) -> datetime | None:
        return await self.runtime.run(outbox.next_due, HERE)

    async def counts(self) -> dict[str, int]:
        return await self.runtime.run(outbox.counts, HERE)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    clock = Clock()
    with running(tmp_path / "clm.db", clock) as runtime:
        yield Post(runtime, clock)


async def test_a_notice_is_delivered_once_and_its_place_is_kept(post: Post) -> None:
    """What was delivered is not claimed again, and the bot knows where it stands."""
    await post.tells(notice("a"))
    assert await post.next_due() == NOW
    [delivery] = await post.claims()
    assert (delivery.landed, delivery.thread, delivery.uncertain) == (None, None, False)
    assert await post.claims() == [] and await post.counts() == {"sending": 1}
    assert not await post.records(delivery, Delivered(PLACE))
    assert await post.counts() == {} and await post.next_due() is None
    assert await post.runtime.run(landing, HERE, "a") == PLACE
    assert await post.runtime.run(slot_at, HERE, PLACE) == "a"


async def test_the_next_notice_of_a_slot_knows_where_it_stands(post: Post) -> None:
    """A change is an edit of the message that is there, and an answer goes into its thread."""
    await post.tells(notice("a"))
    [first] = await post.claims()
    await post.records(first, Delivered(PLACE))
    await post.tells(notice("a", "2"), notice("b", under="a"))
    [change] = await post.claims()
    assert change.landed == PLACE and change.thread is None
    await post.records(change, Delivered(PLACE))
    [reply] = await post.claims()
    assert reply.landed is None and reply.thread == PLACE


async def test_a_slot_is_served_in_order(post: Post) -> None:
    """Nothing overtakes what comes before it in its slot, nor what it stands under."""
    await post.tells(notice("a", "1"), notice("a", "2"), notice("b", under="a"), notice("c"))
    first, other = await post.claims()
    assert (first.notice.subject, other.notice.slot) == ("1", "c")
    await post.records(first, Delivered(PLACE))
    [second] = await post.claims()
    assert second.notice.subject == "2"
    await post.records(second, Delivered(PLACE))
    assert await post.claims_slots() == ["b"]


async def test_people_do_not_wait_for_one_another(post: Post) -> None:
    """The same slot of somebody else is another slot."""
    await post.tells(notice("a", to="slack:T:U1"), notice("a", to="slack:T:U2"))
    assert await post.claims_slots() == ["a", "a"]


async def test_the_same_news_twice_is_told_once(post: Post) -> None:
    """While a notice waits, the same one again is not queued; once it is under way, it is."""
    await post.tells(notice("a"), notice("a"))
    assert await post.counts() == {"due": 1}
    [first] = await post.claims()
    await post.tells(notice("a"))
    assert await post.counts() == {"due": 1, "sending": 1}
    await post.tells(notice("a", "2"), notice("a", "2"))
    assert await post.counts() == {"due": 2, "sending": 1}
    await post.records(first, Delivered(PLACE))


async def test_a_failed_delivery_is_tried_again_with_growing_patience(post: Post) -> None:
    """Each try waits longer than the one before, up to a quarter of an hour, and never gives up."""
    await post.tells(notice("a"))
    waits = []
    for _ in range(14):
        [delivery] = await post.claims()
        await post.records(delivery, Later("timeout"))
        due = await post.next_due()
        assert due is not None
        waits.append((due - post.clock.now).total_seconds())
        post.clock.now = due - timedelta(seconds=0.001)
        assert await post.claims() == []
        post.clock.now = due
    assert waits == sorted(waits) and waits[0] <= 4 and waits[-1] == 900
    assert retry_delay(10_000) == 900


async def test_slack_s_own_wish_to_wait_is_honoured(post: Post) -> None:
    """A refused call is not tried before Slack's time is over."""
    await post.tells(notice("a"))
    [delivery] = await post.claims()
    await post.records(delivery, Later("ratelimited", after=120.0))
    assert await post.next_due() == NOW + timedelta(seconds=120)


async def test_what_waits_behind_a_late_notice_is_not_due_either(post: Post) -> None:
    """The loop sleeps until the first of a slot is due; what stands behind it wakes nobody."""
    await post.tells(notice("a", "1"), notice("a", "2"), notice("b", under="a"))
    [first] = await post.claims()
    assert await post.next_due() is None
    await post.records(first, Later("ratelimited", after=300.0))
    assert await post.next_due() == NOW + timedelta(seconds=300)
    assert await post.claims() == []


async def test_an_end_in_the_middle_of_a_delivery_is_uncertain(tmp_path: Path) -> None:
    """After a crash what was being sent is due again, and marked to be looked up before."""
    clock, path = Clock(), tmp_path / "clm.db"
    with running(path, clock) as runtime:
        post = Post(runtime, clock)
        await post.tells(notice("a"), notice("b"))
        [sending, _] = await post.claims()
        await post.records(sending, Delivered(PLACE))
    with running(path, clock) as runtime:
        post = Post(runtime, clock)
        assert await post.claims() == []
        await runtime.run(outbox.recover, HERE)
        [again] = await post.claims()
        assert (again.notice.slot, again.uncertain) == ("b", True)
        await post.records(again, Later("not reached", uncertain=False))
        clock.moves(hours=1)
        [still] = await post.claims()
        assert still.uncertain


async def test_a_lost_reply_is_uncertain_too(post: Post) -> None:
    """A delivery that may have arrived is looked up before it is sent again."""
    await post.tells(notice("a"))
    [delivery] = await post.claims()
    await post.records(delivery, Later("timeout", uncertain=True))
    post.clock.moves(hours=1)
    [again] = await post.claims()
    assert again.uncertain


async def test_what_can_never_be_delivered_is_kept_as_failed(post: Post) -> None:
    """A notice to somebody who left is told as failed, stays for the doctor, and blocks nothing."""
    await post.tells(notice("a", "1"), notice("a", "2"))
    [first] = await post.claims()
    assert await post.records(first, Undeliverable("user_disabled"))
    assert await post.counts() == {"failed": 1, "due": 1}
    assert await post.claims_slots() == ["a"]
    assert await post.runtime.run(landing, HERE, "a") is None


@pytest.mark.parametrize(
    "receipt", [Delivered(PLACE), Later("timeout"), Undeliverable("user_disabled")]
)
async def test_what_was_erased_under_way_leaves_no_trace(post: Post, receipt: Receipt) -> None:
    """A member who erases their data while a message is on its way leaves neither row nor place."""
    await post.tells(notice("a"))
    [delivery] = await post.claims()
    await post.runtime.run(forget, HERE, ADA)
    assert not await post.records(delivery, receipt)
    assert await post.counts() == {}
    assert asked(post.runtime.database, "SELECT * FROM receipts") == []


async def test_an_empty_home_that_cannot_be_shown_names_nobody(post: Post) -> None:
    """After an erasure no failed delivery of the emptied Home keeps who was erased."""
    await post.tells(Notice(HERE, ADA, "home", "home"))
    [delivery] = await post.claims()
    assert not await post.records(delivery, Undeliverable("user_disabled"))
    assert asked(post.runtime.database, "SELECT * FROM outbox") == []


async def test_much_is_delivered_in_batches(post: Post) -> None:
    """A long queue is taken in parts, oldest first, and all of it goes out."""
    await post.tells(*(notice(str(n)) for n in range(45)))
    served: list[str] = []
    while batch := await post.claims():
        assert len(batch) <= outbox.BATCH
        served += [delivery.notice.slot for delivery in batch]
        for delivery in batch:
            await post.records(delivery, Delivered(Landing("D1", delivery.notice.slot)))
    assert served == [str(n) for n in range(45)]


async def test_a_notice_wakes_the_loop(post: Post) -> None:
    """What is queued is delivered at once, not at the next round."""
    assert not post.runtime.due.is_set()
    await post.tells(notice("a"))
    assert post.runtime.due.is_set()
