"""Announcing a session: who may, where, what is refused at its field, and what is changed later."""

import pytest

from bot.services import privacy
from tests.support.chapter_sessions import (
    TITLE,
    announced,
    filled,
    goes_on,
    now_says,
    previewed,
    says_yes,
)
from tests.support.road import ADA, HERE
from tests.support.talk import Person, Talk


async def test_a_member_cannot_announce(talk: Talk, ada: Person) -> None:
    """A member who tries is told how sessions work, and no window opens."""
    refused = await ada.runs("session", channel="general")
    assert "announced by those who answer for the CLM committee" in refused.text
    assert await ada.modals() == []


async def test_a_session_belongs_in_a_channel(talk: Talk) -> None:
    """In the direct conversation the chair is told where to type it; the word alone helps too."""
    chair = talk.as_("christina")
    assert "in a channel" in (await chair.runs("session", channel="dm")).text
    assert "None is to come" in (await chair.says("session")).text
    await announced(talk)
    await talk.quiet()
    assert "The lists" in (await chair.says("session")).text
    assert "announced by those" in (await talk.as_("ada").says("session")).text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("length", "long", "can't read this as a length"),
        ("length", "90", "reads as 90 hours"),
        ("day", "2062-11-23", "check the year"),
        ("category", "none", "Choose what it counts as"),
        ("title", " ", "Write a title"),
    ],
)
async def test_a_slip_is_told_at_its_field(
    talk: Talk, field: str, value: str, sentence: str
) -> None:
    """Nothing that was typed is lost, and nothing is announced."""
    chair = talk.as_("christina")
    window = await chair.runs("session", channel="general")
    answer = await chair.submits(window, filled(**{field: value}))
    assert sentence in answer["errors"][field]
    assert talk.rows("SELECT count(*) FROM sessions") == [(0,)]
    preview = await goes_on(chair, window)
    assert TITLE in preview.words


async def test_a_short_session_is_announced_with_open_eyes(talk: Talk) -> None:
    """Below the rules' minimum the chair is warned and can go on; the member reads what counts."""
    chair, ada = talk.as_("christina"), talk.as_("ada")
    preview = await previewed(talk, length="50 min")
    assert "shorter than 60 minutes" in preview.words
    await chair.submits(preview)
    card = await chair.sees("Session:", channel="general")
    listed = await chair.sees("Session:")
    await says_yes(talk, "ada", card)
    await chair.presses("Confirm", await now_says(chair, listed, "Waiting for you: 1."))
    assert "Does not count" in (await ada.sees("The chapter confirmed")).text


async def test_two_windows_and_two_presses_announce_one_session(talk: Talk) -> None:
    """Sent twice, or from a second window with the same in it, it stands in the channel once."""
    chair = talk.as_("christina")
    first = await previewed(talk)
    await talk.post("close", user="christina", all=True)
    second = await previewed(talk)
    await chair.submits(second)
    await chair.sees("Session:", channel="general")
    window = await chair.runs("session", channel="general")
    answer = await chair.submits(window, filled())
    assert "stands in this channel already" in answer["errors"]["title"]
    assert first.raw["id"] != second.raw["id"]
    await talk.quiet()
    cards = [m for m in await chair.messages("general") if "Session:" in m.text]
    assert len(cards) == 1


async def test_where_the_bot_is_not_it_says_how_to_invite_it(talk: Talk) -> None:
    """The session is kept, the chair is told, and posts the card once the bot is there."""
    chair = talk.as_("christina")
    preview = await previewed(talk, channel="office-managers")
    await chair.submits(preview)
    await chair.sees("/invite")
    listed = await chair.sees("Post it now")
    await talk.quiet()
    assert talk.rows("SELECT state FROM sessions") == [("unposted",)]
    await talk.post("member", user="clm", channel="office-managers", **{"in": True})
    await chair.presses("Post it now", listed)
    await chair.sees("Session:", channel="office-managers")
    listed = await now_says(chair, listed, "Announced in")
    assert "Post it now" not in listed.buttons


async def test_a_correction_reaches_card_hours_and_member(talk: Talk, ada: Person) -> None:
    """Another length stands on the card and in the member's hours, and the member is told."""
    card, listed = await announced(talk)
    await says_yes(talk, "ada", card)
    chair = talk.as_("christina")
    await chair.presses("Confirm", await now_says(chair, listed, "Waiting for you: 1."))
    listed = await now_says(chair, listed, "Confirmed: 1.")
    window = await chair.opens("Change", listed)
    assert "90 minutes" in str(window.raw)
    answer = await chair.submits(window, {"length": "2 hours"})
    preview = (await chair.modals())[-1]
    assert answer["response_action"] == "push"
    assert "Confirmed so far: 1." in preview.words
    await chair.submits(preview)
    await now_says(ada, card, "2 hours")
    assert "2 hours" in (await ada.sees(f"The chapter corrected “{TITLE}”")).text
    await talk.quiet()
    assert talk.rows("SELECT amount FROM ledger") == [("2",)]


async def test_whoever_erased_their_data_is_on_no_list(talk: Talk, ada: Person) -> None:
    """The chair's list has a number in place of the name, and the card's count stays right."""
    card, listed = await announced(talk)
    await says_yes(talk, "ada", card)
    chair = talk.as_("christina")
    await chair.presses("Confirm", await now_says(chair, listed, "Waiting for you: 1."))
    await now_says(chair, listed, "Confirmed: 1.")
    await talk.quiet()
    await talk.runtime.run(privacy.erase, HERE, ADA)
    listed = await now_says(chair, listed, "erased at the member's request: 1.")
    assert "U0ADA" not in str(listed.raw)
    await talk.quiet()
    assert "Said that they attended: 1." in (await now_says(chair, card, "Session:")).words
