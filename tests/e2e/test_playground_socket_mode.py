"""Socket Mode: tickets, connections, acks, redelivery and lost connections, as on Slack."""

import asyncio

import pytest
from aiohttp import WSServerHandshakeError

from tests.support.playground_desk import WireBot, running, wired

QUICK = {"ack_s": 0.1, "redelivery_s": (0.0, 60.0, 300.0)}


async def test_a_ticket_opens_one_connection_once() -> None:
    """The address of a connection works once; the second use is refused with 404."""
    async with running() as desk:
        address = await WireBot(desk).address()
        async with desk.session.ws_connect(address) as ws:
            hello = await ws.receive_json()
            assert (hello["type"], hello["num_connections"]) == ("hello", 1)
            with pytest.raises(WSServerHandshakeError) as refusal:
                await desk.session.ws_connect(address)
            assert refusal.value.status == 404


async def test_a_ticket_grows_old() -> None:
    """An address that was not used within thirty seconds is refused."""
    async with running() as desk:
        address = await WireBot(desk).address()
        await desk.do("clock", advance_s=31)
        with pytest.raises(WSServerHandshakeError):
            await desk.session.ws_connect(address)


async def test_each_envelope_goes_to_exactly_one_connection() -> None:
    """With two connections, four messages make four envelopes and no doubles."""
    async with running() as desk:
        bots = [WireBot(desk), WireBot(desk)]
        for bot in bots:
            await bot.connect()
        for number in range(4):
            await desk.do("message", channel="dm", user="ada", text=f"number {number}")
        heard = [(await bot.hear_event())["text"] for bot in bots for _ in range(2)]
        assert sorted(heard) == [f"number {number}" for number in range(4)]
        for bot in bots:
            await bot.close()


async def test_an_eleventh_connection_is_sent_away() -> None:
    """Slack holds ten connections of an app; one more is told so and gets no envelopes."""
    async with running() as desk:
        bots = [WireBot(desk) for _ in range(11)]
        greetings = [await bot.connect() for bot in bots]
        assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
        assert greetings[-1]["reason"] == "too_many_websockets"
        for bot in bots:
            await bot.close()


async def test_an_event_that_is_not_acked_comes_again_three_times() -> None:
    """Without an ack the same event comes at once, after a minute and after five, then never."""
    async with wired(**QUICK) as (desk, bot):
        await desk.do("message", channel="dm", user="ada", text="hear me")
        first = await bot.receive()
        again = await bot.receive()
        assert again["payload"]["event_id"] == first["payload"]["event_id"]
        assert again["envelope_id"] != first["envelope_id"]
        assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
        for attempt, pause in ((2, 60), (3, 300)):
            seq = desk.playground.journal.seq
            await desk.wait('"reason": "timeout"', after=seq - 1)
            await desk.do("clock", advance_s=pause)
            assert (await bot.receive())["retry_attempt"] == attempt
        seq = desk.playground.journal.seq
        await desk.wait('"reason": "timeout"', after=seq)
        await desk.do("clock", advance_s=4000)
        with pytest.raises(TimeoutError):
            await bot.receive(timeout_s=0.2)


async def test_an_acked_event_does_not_come_again() -> None:
    """After an ack nothing is repeated, however much time passes."""
    async with wired(**QUICK) as (desk, bot):
        await desk.do("message", channel="dm", user="ada", text="heard")
        await bot.hear()
        await desk.wait('"kind": "ack"')
        await desk.do("clock", advance_s=4000)
        with pytest.raises(TimeoutError):
            await bot.receive(timeout_s=0.2)


async def test_a_late_ack_is_logged_as_late() -> None:
    """An ack after the time is over does not count and stands in the log with status 408."""
    async with wired(ack_s=0.1, redelivery_s=()) as (desk, bot):
        await desk.do("message", channel="dm", user="ada", text="too slow")
        envelope = await bot.receive()
        await desk.wait('"reason": "timeout"')
        await bot.ack(envelope)
        assert (await desk.wait('"status": 408'))["kind"] == "ack"


async def test_an_event_can_be_sent_again_on_demand() -> None:
    """The same event id is delivered a second time though it was acked."""
    async with wired() as (desk, bot):
        await desk.do("message", channel="dm", user="ada", text="once")
        event_id = (await bot.hear())["event_id"]
        await desk.do("redeliver", event_id=event_id)
        envelope = await bot.receive()
        await bot.ack(envelope)
        assert (envelope["payload"]["event_id"], envelope["retry_attempt"]) == (event_id, 1)
        assert await desk.refused("redeliver", event_id="Ev0NONE") == "event_not_found"


async def test_an_ack_over_the_new_connection_counts() -> None:
    """What came over the old connection may be acked over the new one after a refresh."""
    async with wired(ack_s=2.0) as (desk, bot):
        await desk.do("message", channel="dm", user="ada", text="in between")
        envelope = await bot.receive()
        await desk.do("fault", kind="disconnect", count=1)
        notice = await bot.receive()
        assert (notice["type"], notice["reason"]) == ("disconnect", "refresh_requested")
        await bot.connect()
        await bot.ack(envelope)
        assert (await desk.wait('"kind": "ack"'))["status"] == 200


async def test_without_a_connection_an_event_waits_for_its_next_turn() -> None:
    """A message sent while no bot is connected arrives with the redelivery a minute later."""
    async with running(redelivery_s=(0.0, 60.0, 300.0)) as desk:
        await desk.do("message", channel="dm", user="ada", text="anybody?")
        seq = (await desk.wait('"retry_num": 1'))["seq"]
        await desk.wait("connection_failed", after=seq)
        bot = WireBot(desk)
        await bot.connect()
        await desk.do("clock", advance_s=60)
        envelope = await bot.receive()
        await bot.ack(envelope)
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (2, "connection_failed")
        await bot.close()


async def test_a_cut_connection_gets_no_notice() -> None:
    """The connection can break without a word, as a network does."""
    async with wired() as (desk, bot):
        await desk.do("fault", kind="disconnect", reason="none")
        await desk.wait('"name": "closed"')
        assert desk.playground.connections == 0
        with pytest.raises((TypeError, asyncio.TimeoutError, ConnectionError)):
            await bot.receive(timeout_s=1)


async def test_a_refused_connection_burns_its_ticket() -> None:
    """A refused address stays refused; only a newly asked one opens a connection."""
    async with running() as desk:
        await desk.do("fault", kind="refuse_connect", count=1)
        address = await WireBot(desk).address()
        for _ in range(2):
            with pytest.raises(WSServerHandshakeError) as refusal:
                await desk.session.ws_connect(address)
            assert refusal.value.status == 404
        async with desk.session.ws_connect(await WireBot(desk).address()) as ws:
            assert (await ws.receive_json())["type"] == "hello"


async def test_unreadable_acks_are_logged_and_ignored() -> None:
    """Rubbish on the connection neither breaks it nor counts as an ack."""
    async with wired() as (desk, bot):
        assert bot.ws is not None
        await bot.ws.send_str("rubbish")
        assert (await desk.wait("rubbish"))["status"] == 400
        await desk.do("message", channel="dm", user="ada", text="still open")
        assert (await bot.hear_event())["text"] == "still open"
