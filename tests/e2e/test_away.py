"""The clock of a request on the playground: away and back, and what happens when nobody answers."""

from datetime import timedelta
from pathlib import Path

from bot.domain.program import long_date
from tests.support.database import Clock
from tests.support.handing_off import handed_off, sees_anew, sees_in_thread
from tests.support.talk import Person, Talk, local_slack, talk_on, talking

WEEK = timedelta(days=7)


async def until(talk: Talk) -> str:
    """A day a week from the bot's today, as people write it."""
    return long_date((talk.runtime.clock() + WEEK).date())


async def test_while_the_chair_is_away_requests_go_to_the_deputy(talk: Talk, ada: Person) -> None:
    """Chair, deputy and member see the same: who is away, until when, and who answers."""
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    day = await until(talk)
    shown = await chair.runs(f"chair away until {day}")
    assert f"You are away until {day}." in shown.text and "Devika Rao" in shown.text
    await ada.goes_on(await ada.runs("chair"), {"note": "Hello?"})
    assert "Note: Hello?" in (await deputy.sees("Request no. 1")).text
    ticket = await ada.sees("Delivered to Devika Rao")
    assert f"is away until {day}; Devika Rao answers meanwhile." in ticket.text
    assert "Request no." not in "".join(m.text for m in await chair.messages())
    assert "Welcome back." in (await chair.runs("chair back")).text
    await talk.quiet()
    assert "is away until" not in "".join(m.text for m in await ada.messages())
    assert "You are not away." in (await chair.runs("chair away")).text


async def test_what_waits_goes_along_with_one_press(talk: Talk, ada: Person) -> None:
    """The chair leaves and hands over what waits; the deputy has it, the member reads who."""
    both = await handed_off(talk)
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    shown = await chair.runs("chair away for a week")
    assert "1 request waits for you." in shown.text
    await chair.presses("Hand over now", shown)
    await deputy.sees("Request no. 1")
    await sees_anew(ada, both.ticket, "Devika Rao")
    assert (
        "1 request is with Devika Rao now."
        in (await chair.sees("is with Devika", channel="clm")).text
    )
    await talk.quiet()
    assert talk.rows("SELECT count(*) FROM ticket_history WHERE what = 'reassigned'") == [(1,)]


async def test_a_day_that_nobody_can_read_changes_nothing(talk: Talk) -> None:
    """The chair reads how to write it, and is not away."""
    chair = talk.as_("christina")
    shown = await chair.runs("chair away until the cows come home")
    assert "could not read that as a day" in shown.text and "Nothing was changed" in shown.text
    assert talk.rows("SELECT count(*) FROM away") == [(0,)]


async def test_a_member_cannot_be_away_from_the_desk(talk: Talk, ada: Person) -> None:
    """Somebody without the office is told kindly whose word that is."""
    shown = await ada.runs("chair away until tomorrow")
    assert "Only" in shown.text
    assert talk.rows("SELECT count(*) FROM away") == [(0,)]


async def test_nobody_is_left_waiting_in_silence(tmp_path: Path) -> None:
    """Day after day without an answer: the chair, the deputy and the member each hear of it."""
    clock = Clock()
    async with talking(tmp_path, clock=clock) as talk:
        both = await handed_off(talk)
        chair, deputy, ada = talk.as_("christina"), talk.as_("dev"), talk.as_("ada")
        await talk.quiet()
        clock.moves(days=1, hours=8)
        talk.runtime.due.set()
        await sees_in_thread(chair, both.card, "Request no. 1 has waited for an answer")
        clock.moves(days=1)
        talk.runtime.due.set()
        card = await deputy.sees("Request no. 1")
        await sees_in_thread(deputy, card, "so I bring it to you too")
        await sees_anew(ada, both.ticket, "Passed on to Devika Rao")
        clock.moves(days=1)
        talk.runtime.due.set()
        await sees_in_thread(ada, both.ticket, "Nobody has answered what you sent")
        await talk.quiet()
        await deputy.submits(await deputy.opens("Reply", card), {"reply": "Sorry, here I am."})
        await sees_in_thread(ada, both.ticket, "Sorry, here I am.")
        await talk.quiet()
        clock.moves(days=30)
        talk.runtime.due.set()
        await talk.quiet()
    assert talk.rows("SELECT what FROM ticket_alarms ORDER BY at") == [
        ("remind",),
        ("pass_on",),
        ("tell_member",),
    ]


async def test_the_chairs_own_time_zone_is_known_after_a_start(tmp_path: Path) -> None:
    """A chair who has written to the bot is rung in the working hours of their own profile; of
    one who never did nothing is noted."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await talk.as_("dev").says("help")
            assert talk.rows("SELECT time_zone FROM members") == [(None,)]
        async with talk_on(slack, tmp_path) as talk:

            async def learned() -> bool:
                return talk.rows("SELECT member, time_zone FROM members") == [
                    ("slack:T0CHAPTER:U0DEV", "America/Los_Angeles")
                ]

            assert await talk.until(learned, "the deputy's zone")
