"""The announcement: how members find the bot."""

from tests.support.talk import Person, Talk


async def test_the_chair_previews_and_posts_the_announcement(talk: Talk, ada: Person) -> None:
    """The chair sees the card first; then everybody in the channel has it, with three buttons."""
    chair = talk.as_("christina")
    preview = await chair.runs("chair announce", channel="general")
    assert not any("bot_id" in m.raw for m in await ada.messages("general"))
    await chair.presses("Post it here", preview, channel="general")
    card = await ada.sees("Become a Certified Legal Manager", channel="general")
    assert card.buttons == ["Ask a question", "Do I qualify?", "Talk to the chair"]
    assert "What it does for you" in card.text
    assert "What it does for your employer" in card.text


async def test_the_buttons_of_the_announcement_open_for_whoever_presses(
    talk: Talk, ada: Person
) -> None:
    """Each button of the card opens its window, for the person who pressed."""
    chair = talk.as_("christina")
    preview = await chair.runs("chair announce", channel="general")
    await chair.presses("Post it here", preview, channel="general")
    card = await ada.sees("Become a Certified Legal Manager", channel="general")
    assert "Your question" in (await ada.opens("Ask a question", card)).words
    ben = talk.as_("ben")
    card = await ben.sees("Become a Certified Legal Manager", channel="general")
    assert "Your role" in (await ben.opens("Do I qualify?", card)).words


async def test_a_member_cannot_announce(talk: Talk, ada: Person) -> None:
    """A member who tries is told whose it is, and nothing is posted."""
    refused = await ada.runs("chair announce", channel="general")
    assert "Only the CLM committee chair" in refused.text
    assert not any("bot_id" in m.raw for m in await talk.as_("ben").messages("general"))


async def test_cancelling_posts_nothing(talk: Talk, ada: Person) -> None:
    """The chair may think better of it."""
    chair = talk.as_("christina")
    preview = await chair.runs("chair announce", channel="general")
    await chair.presses("Cancel", preview, channel="general")
    assert await chair.sees("Nothing was posted", channel="general")
    assert not any("bot_id" in m.raw for m in await ada.messages("general"))


async def test_a_channel_without_the_bot_is_said_plainly(talk: Talk) -> None:
    """Where the bot was not invited, the chair is told how to invite it."""
    chair = talk.as_("christina")
    preview = await chair.runs("chair announce", channel="office-managers")
    await chair.presses("Post it here", preview, channel="office-managers")
    assert await chair.sees("/invite")
