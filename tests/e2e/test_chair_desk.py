"""`/clm chair` and `/clm chair people`: the desk on one screen, and who holds which role."""

import pytest

from handlers.slack.chair_topics import DESK_WORDS
from tests.support.forging import Forger
from tests.support.handing_off import handed_off
from tests.support.road import HERE
from tests.support.talk import Person, Shown, Talk


async def window_of(person: Person) -> Shown:
    """The newest window of somebody."""
    return (await person.modals())[-1]


async def test_the_chair_sees_what_waits_and_every_word(talk: Talk, ada: Person) -> None:
    """One screen says what waits and explains each word; its text alone says all of it."""
    await handed_off(talk)
    await ada.says("zyzzyva glorp frobnicate")
    screen = await talk.as_("christina").runs("chair")
    assert "Requests of members that are open: 1. Your turn: 1." in screen.text
    assert "Questions that I could not answer: 1." in screen.text
    for word in DESK_WORDS:
        assert f"/clm chair {word}: " in screen.text
    assert "You are here as: chair, admin." in screen.text
    assert "Hand over" in screen.buttons and screen.raw["ephemeral_to"]


async def test_the_deputy_sees_only_their_words(talk: Talk) -> None:
    """What the deputy may not do is not offered, and is refused in words when it is typed."""
    dev = talk.as_("dev")
    screen = await dev.runs("chair")
    assert "/clm chair people: " in screen.text
    assert "handover" not in screen.text and "announce" not in screen.text
    refused = await dev.runs("chair handover")
    assert refused.text == "Only the CLM committee chair can do that."
    assert await dev.modals() == []


async def test_a_member_is_told_who_the_chair_is_and_can_write(talk: Talk, ada: Person) -> None:
    """A member who tries it gets the window to the chair, and reads beside it who that is."""
    window = await ada.runs("chair")
    assert "Talk to the chair" in window.words
    line = await ada.sees("Your chapter's CLM chair is Christina Bloom, CLM.", channel="clm")
    assert "two working days" in line.text
    again = await ada.opens("Talk to the chair", line)
    assert "This is exactly what" in again.words


@pytest.mark.parametrize("word", ["people", "handover", "announce"])
async def test_a_word_of_the_desk_is_no_members(talk: Talk, ada: Person, word: str) -> None:
    """A member who types a word of the desk is told whose it is and who the chair is."""
    refused = await ada.runs(f"chair {word}")
    assert "Only " in refused.text
    assert "Your chapter's CLM chair is Christina Bloom, CLM." in refused.text
    assert refused.buttons == ["Talk to the chair"]


async def test_a_word_that_is_none_is_said_so(talk: Talk, ada: Person) -> None:
    """The chair who mistypes gets the list; a member who writes to the chair gets the window."""
    screen = await talk.as_("christina").runs("chair handcuffs")
    assert "There is no /clm chair handcuffs." in screen.text
    assert "/clm chair handover: " in screen.text
    assert "Talk to the chair" in (await ada.runs("chair please call me")).words


async def test_typed_in_the_dm_the_screen_has_buttons(talk: Talk, ada: Person) -> None:
    """Where no window can open, the chair gets the same screen; a member what they always got."""
    chair = talk.as_("christina")
    screen = await chair.says("chair")
    assert "/clm chair people: " in screen.text
    assert "People at the desk" in (await chair.opens("People", screen)).words
    assert "/clm chair people: " in (await chair.says("chair people")).text
    assert "Talk to the chair" in (await ada.says("chair")).buttons
    answer = await ada.says("chair people")
    assert "/clm chair people: " not in answer.text


async def test_an_editor_is_named_told_and_dismissed(talk: Talk) -> None:
    """The chair names an editor, who is told what they can do now; taking the role away is told
    too, and the old button of the desk does nothing for them any more."""
    chair, ben = talk.as_("christina"), talk.as_("ben")
    window = await chair.runs("chair people")
    assert "Christina Bloom, CLM" in window.words and "Devika Rao" in window.words
    shown = await chair.goes_on(window, {"person": "U0BEN", "role": "editor"})
    assert "Ben Alvarez has this role now: editor. I tell them." in shown.words
    assert "given by Christina Bloom, CLM" in shown.words
    told = await ben.sees("You are now editor of its answers; Christina Bloom, CLM gave you that.")
    assert "- write and edit answers" in told.text
    desk = await ben.presses_for("The chair's desk", told)
    assert "You are here as: editor." in desk.text
    await chair.presses("Take away: editor", await window_of(chair))
    assert await ben.sees("You are no longer editor of its answers")
    await ben.presses("The chair's desk", told)
    line = await ben.sees("Your chapter's CLM chair is Christina Bloom, CLM.")
    assert line.buttons == ["Talk to the chair"]


async def test_the_name_in_answers_follows_the_role(talk: Talk, ada: Person) -> None:
    """A second chair named by the admin does not take the first one's place in answers; once the
    first has laid the role down, answers name the second."""
    chair = talk.as_("christina")
    window = await chair.runs("chair people")
    await chair.goes_on(window, {"person": "U0MIRA", "role": "chair"})
    assert await talk.as_("mira").sees("You are now chair of the CLM committee")
    assert "Christina Bloom" in (await ada.says("chair")).words
    await chair.presses("Take away: chair", await window_of(chair))
    await talk.as_("mira").sees("is no longer chair of the CLM committee")
    await talk.quiet()
    assert "Mira Holt" in (await ada.says("chair")).words


async def test_the_last_chair_cannot_go(talk: Talk) -> None:
    """The only chair has no button to lay the role down; a forged one is refused in words."""
    chair = talk.as_("christina")
    window = await chair.runs("chair people")
    assert [b for b in window.buttons if b.startswith("Take away")] == ["Take away: deputy chair"]
    value = "chair|slack:T0CHAPTER:U0CHRISTINA"
    came = await Forger(talk, "christina").presses("people.take", value)
    assert "Nobody else could be reached in that role" in came.shown
    assert talk.rows("SELECT * FROM role_history") == []


async def test_who_cannot_have_a_role_is_refused_at_the_field(talk: Talk) -> None:
    """An app, a guest, somebody of another workspace and somebody deactivated get no role; nor
    does anybody twice."""
    chair = talk.as_("christina")
    window = await chair.runs("chair people")
    people = talk.slack._slack.workspace
    cases = [
        (people.bot.id, "an app, not a person"),
        ("U0GUS", "a guest of this workspace"),
        ("U0DEV", "They have that role already"),
    ]
    for who, said in cases:
        answer = await chair.submits(window, {"person": who, "role": "deputy"})
        assert said in str(answer["errors"]["person"])
    await talk.post("member", user="ben", deactivated=True)
    answer = await chair.submits(window, {"person": "U0BEN", "role": "editor"})
    assert "That account is deactivated." in str(answer["errors"]["person"])
    assert talk.rows("SELECT * FROM roles") == []


async def test_a_role_taken_between_two_clicks_counts(talk: Talk) -> None:
    """A window that was opened with the right to give roles gives none once that is gone."""
    chair, mira = talk.as_("christina"), talk.as_("mira")
    window = await chair.runs("chair people")
    await chair.goes_on(window, {"person": "U0MIRA", "role": "admin"})
    await mira.sees("You are now admin of this bot")
    theirs = await mira.runs("chair people")
    await chair.presses("Take away: admin", await window_of(chair))
    await talk.quiet()
    # Christina lays down her own; Mira is the admin now, and makes Ben one and then is removed.
    shown = await mira.goes_on(theirs, {"person": "U0BEN", "role": "admin"})
    assert "Ben Alvarez has this role now: admin." in shown.words
    late = await window_of(mira)
    forged = await Forger(talk, "ben").presses("people.take", "admin|slack:T0CHAPTER:U0MIRA")
    assert "Done." in forged.shown
    refused = await mira.goes_on(late, {"person": "U0ADA", "role": "editor"})
    assert "Only the chair and an admin give and take roles." in refused.words
    assert talk.rows("SELECT 1 FROM roles WHERE member LIKE '%U0ADA'") == []


async def test_erasing_ones_data_says_that_the_role_stays(talk: Talk) -> None:
    """A chair who erases their data reads before that they stay the chair."""
    chair = talk.as_("christina")
    window = await chair.runs("erase my data")
    assert "It stays yours until you pass the chair on" in window.words


async def test_a_chair_who_left_slack_is_named_no_more(talk: Talk, ada: Person) -> None:
    """Members read that there is no chair at the moment, and see the name again once that person
    is back."""
    await talk.post("member", user="christina", deactivated=True)
    await talk.as_("dev").sees("has left this Slack workspace")
    await talk.quiet()
    assert "Bloom" not in (await ada.says("chair")).words
    refused = await ada.runs("chair numbers")
    assert "no CLM chair at the moment" in refused.text
    await talk.post("member", user="christina", deactivated=False)
    await talk.until(lambda: named(talk), "the chair's name")
    assert "Christina Bloom" in (await ada.runs("chair numbers")).text


async def named(talk: Talk) -> bool:
    """Whether the chapter's sentences name their chair."""
    return "Bloom" in talk.runtime.bank(HERE).content.copy.say("handoff.chair")
