"""A session of the chapter: announced, attended, confirmed, and in the members' hours."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.server import Playground
from tests.support.chapter_sessions import (
    TITLE,
    MovedClock,
    announced,
    chapters_day,
    delivered_again,
    now_says,
    previewed,
    says_yes,
)
from tests.support.talk import Person, Talk, local_slack, talk_on

ENTRIES = "SELECT member, amount, category, kind FROM ledger WHERE deleted_at IS NULL ORDER BY 1"
MARKS = "SELECT member, state FROM attendances ORDER BY member"


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with local_slack() as opened:
        yield opened


async def test_from_the_announcement_to_the_hours(talk: Talk, ada: Person) -> None:
    """Two members attend, the chair confirms, and each has one entry that the chapter vouches for;
    the channel sees a count and no name."""
    chair, ben = talk.as_("christina"), talk.as_("ben")
    preview = await previewed(talk)
    assert "writing skills" in preview.words
    assert not any("bot_id" in m.raw for m in await ada.messages("general"))
    await chair.submits(preview)
    card = await ada.sees(f"Session: {TITLE}", channel="general")
    assert "1.5 hours" in card.text
    listed = await chair.sees("Nobody has said yet")

    note = await ada.presses_for("I attended", card)
    assert "Christina Bloom, CLM and Devika Rao see this about you" in note.text
    assert "<@U0ADA> says that they attended." in note.text
    await talk.quiet()
    assert "U0ADA" not in str([m.raw for m in await chair.messages()])
    await ada.presses("Yes, I attended", note, channel="general")
    await ada.sees("Noted.", channel="general")
    await says_yes(talk, "ben", card)
    listed = await now_says(chair, listed, "Waiting for you: 2.")
    assert "<@U0ADA>" in listed.text
    assert "<@U0BEN>" in listed.text
    card = await now_says(ada, card, "Said that they attended: 2.")

    await chair.presses("Confirm all", listed)
    listed = await now_says(chair, listed, "Confirmed: 2.")
    assert "Confirm all" not in listed.buttons
    for member in (ada, ben):
        told = await member.sees(f"The chapter confirmed that you attended “{TITLE}”")
        assert "1.5 hours" in told.text
    await talk.quiet()
    assert talk.rows(ENTRIES) == [
        ("slack:T0CHAPTER:U0ADA", "1.5", "writing", "live"),
        ("slack:T0CHAPTER:U0BEN", "1.5", "writing", "live"),
    ]
    assert TITLE in (await ada.home()).words
    public = [m.raw for m in await ada.messages("general") if "ephemeral_to" not in m.raw]
    assert "U0ADA" not in str([m for m in public if "bot_id" in m])


async def test_a_tap_survives_a_restart_until_the_chair_confirms(
    slack: Playground, tmp_path: Path
) -> None:
    """The bot ends between the member's yes and the chair's; both buttons go on working."""
    async with talk_on(slack, tmp_path) as talk:
        card, listed = await announced(talk)
        await says_yes(talk, "ada", card)
        listed = await now_says(talk.as_("christina"), listed, "Waiting for you: 1.")
        await talk.quiet()
    async with talk_on(slack, tmp_path) as talk:
        await says_yes(talk, "ben", card)
        chair = talk.as_("christina")
        listed = await now_says(chair, listed, "Waiting for you: 2.")
        await chair.presses("Confirm all", listed)
        await talk.as_("ada").sees("The chapter confirmed")
        await talk.quiet()
        assert len(talk.rows(ENTRIES)) == 2


async def test_no_means_no(talk: Talk, ada: Person) -> None:
    """A member who thinks better of it is not on any list."""
    card, _ = await announced(talk)
    note = await ada.presses_for("I attended", card)
    await ada.presses("No", note, channel="general")
    await ada.sees("Nothing was noted", channel="general")
    await talk.quiet()
    assert talk.rows(MARKS) == []


async def test_a_wrong_tap_is_taken_back(talk: Talk, ada: Person) -> None:
    """Pressing the card again offers the way back, and the name leaves the chair's list."""
    card, listed = await announced(talk)
    await says_yes(talk, "ada", card)
    chair = talk.as_("christina")
    await now_says(chair, listed, "<@U0ADA>")
    await talk.quiet()
    again = await ada.presses_for("I attended", card)
    assert "Noted." in again.text
    await ada.presses("I did not attend after all", again, channel="general")
    await ada.sees("Your name is off the list", channel="general")
    listed = await now_says(chair, listed, "Nobody has said yet")
    assert "U0ADA" not in str(listed.raw)
    assert talk.rows(MARKS) == []


async def test_a_tap_that_slack_sends_again_changes_nothing(talk: Talk, ada: Person) -> None:
    """A yes that comes once more puts nobody back on a list that they have left."""
    card, _ = await announced(talk)
    noted = await says_yes(talk, "ada", card)
    await delivered_again(talk, "session.yes")
    assert talk.rows(MARKS) == [("slack:T0CHAPTER:U0ADA", "noted")]
    await ada.presses("I did not attend after all", noted, channel="general")
    await ada.sees("Your name is off the list", channel="general")
    await delivered_again(talk, "session.yes")
    assert talk.rows(MARKS) == []


async def test_impatience_makes_one_of_it(talk: Talk, ada: Person) -> None:
    """Yes pressed twice, and everything confirmed twice at once, is one name and one entry."""
    card, listed = await announced(talk)
    note = await ada.presses_for("I attended", card)
    yes = ("Yes, I attended", note)
    await asyncio.gather(*(ada.presses(*yes, channel="general") for _ in range(2)))
    await talk.quiet()
    assert talk.rows(MARKS) == [("slack:T0CHAPTER:U0ADA", "noted")]
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    listed = await now_says(chair, listed, "Waiting for you: 1.")
    of_deputy = await deputy.sees("Waiting for you: 1.")
    await asyncio.gather(chair.presses("Confirm", listed), deputy.presses("Confirm", of_deputy))
    await now_says(chair, listed, "Confirmed: 1.")
    await now_says(deputy, of_deputy, "Confirmed: 1.")
    await talk.quiet()
    assert len(talk.rows(ENTRIES)) == 1
    assert len([m for m in await ada.messages() if "The chapter confirmed" in m.text]) == 1
    both = [*await chair.messages(), *await deputy.messages()]
    assert sum("meanwhile" in m.text for m in both) == 1


async def test_one_by_one_and_some_of_them(talk: Talk, ada: Person) -> None:
    """Each name has buttons of its own; a window puts right what was decided of listed people."""
    card, listed = await announced(talk)
    await says_yes(talk, "ada", card)
    await says_yes(talk, "ben", card)
    chair = talk.as_("christina")
    listed = await now_says(chair, listed, "Waiting for you: 2.")
    await chair.presses("Decline", listed)
    listed = await now_says(chair, listed, "Not confirmed: 1.")
    assert "talk to the chair" in (await ada.sees("was not confirmed for you")).text
    await talk.quiet()
    assert talk.rows(ENTRIES) == []
    window = await chair.opens("Decide on some", listed)
    refused = await chair.submits(window, {"people": ["U0GUS"], "decision": "confirmed"})
    assert "has not said that they attended" in refused["errors"]["people"]
    await chair.submits(window, {"people": ["U0ADA", "U0BEN"], "decision": "confirmed"})
    await now_says(chair, listed, "Confirmed: 2.")
    await ada.sees("The chapter confirmed")
    await talk.quiet()
    assert len(talk.rows(ENTRIES)) == 2


async def test_who_comes_late_is_confirmed_later(talk: Talk) -> None:
    """A tap after the confirmation calls the chair anew, who confirms it the same way."""
    card, listed = await announced(talk)
    await says_yes(talk, "ada", card)
    chair = talk.as_("christina")
    listed = await now_says(chair, listed, "Waiting for you: 1.")
    await chair.presses("Confirm", listed)
    listed = await now_says(chair, listed, "Confirmed: 1.")
    await says_yes(talk, "ben", card)
    listed = await now_says(chair, listed, "Waiting for you: 1.")
    called = await chair.sees("somebody says that they attended and waits for you")
    assert "U0BEN" not in str(called.raw["text"])
    await chair.presses("Confirm", listed)
    await now_says(chair, listed, "Confirmed: 2.")
    await talk.as_("ben").sees("The chapter confirmed")


async def test_a_chair_who_attended_is_confirmed_likewise(talk: Talk) -> None:
    """Whoever confirms the list can stand on it."""
    card, listed = await announced(talk)
    await says_yes(talk, "christina", card)
    chair = talk.as_("christina")
    listed = await now_says(chair, listed, "<@U0CHRISTINA>")
    await chair.presses("Confirm", listed)
    await chair.sees("The chapter confirmed that you attended")
    await talk.quiet()
    assert len(talk.rows(ENTRIES)) == 1


async def test_before_its_day_the_button_says_when(slack: Playground, tmp_path: Path) -> None:
    """A session to come is announced and not yet attended; on its day it is."""
    clock = MovedClock()
    day = chapters_day() + timedelta(days=3)
    async with talk_on(slack, tmp_path, clock=clock) as talk:
        card, _ = await announced(talk, day=day.isoformat())
        ada = talk.as_("ada")
        early = await ada.presses_for("I attended", card)
        assert f"This session is on {day:%B} {day.day}, {day.year}" in early.text
        assert early.buttons == []
        clock.ahead = timedelta(days=3)
        note = await ada.presses_for("I attended", card)
        assert "Yes, I attended" in note.buttons


async def test_a_cancelled_session_gives_nobody_anything(talk: Talk, ada: Person) -> None:
    """The card says so, the entry that was there goes, and whoever had it or waited is told."""
    card, listed = await announced(talk)
    await says_yes(talk, "ada", card)
    chair, ben = talk.as_("christina"), talk.as_("ben")
    listed = await now_says(chair, listed, "Waiting for you: 1.")
    await chair.presses("Confirm", listed)
    listed = await now_says(chair, listed, "Confirmed: 1.")
    await says_yes(talk, "ben", card)
    listed = await now_says(chair, listed, "Waiting for you: 1.")
    await chair.presses("Cancel the session", listed)
    gone = await now_says(ada, card, "This session is cancelled.")
    assert gone.buttons == []
    listed = await now_says(chair, listed, "Cancelled.")
    assert listed.buttons == []
    assert "out of your hours" in (await ada.sees("was cancelled")).text
    assert "stay as they are" in (await ben.sees("was cancelled")).text
    await talk.quiet()
    assert talk.rows(ENTRIES) == []
