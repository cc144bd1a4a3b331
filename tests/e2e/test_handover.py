"""The chair passes on: three people, the chair, the deputy and the one who is next."""

from bot.services import succession
from tests.support.forging import CHAIR, Forger
from tests.support.handing_off import handed_off
from tests.support.road import BEN, HERE
from tests.support.talk import Person, Shown, Talk

NEXT = {"next": "U0MIRA", "keeps": "deputy"}


async def asked(talk: Talk, **chosen: object) -> Shown:
    """Christina has asked Mira; what Mira reads."""
    chair = talk.as_("christina")
    window = await chair.runs("chair handover")
    await chair.goes_on(window, {**NEXT, **chosen})
    return await talk.as_("mira").sees("asks you to be the next chair")


async def test_the_chair_passes_on_and_everything_moves(talk: Talk, ada: Person) -> None:
    """Once the next chair accepts, the open request, the office and the name in answers are theirs;
    the one before is deputy and sees nothing personal of what is no longer theirs to answer."""
    chair, mira, dev = talk.as_("christina"), talk.as_("mira"), talk.as_("dev")
    card = (await handed_off(talk)).card
    await chair.presses("Claim", card)
    await talk.quiet()
    question = await asked(talk)
    assert "Nothing" not in question.text and question.buttons == ["Accept", "No thanks"]
    assert not [m for m in await mira.messages() if "Request no." in m.text]
    await mira.presses("Accept", question)
    page = await mira.sees("The CLM desk is yours")
    assert "Requests of members that are open: 1. Your turn: 1." in page.text
    assert "Devika Rao: deputy chair" in page.text
    assert "/clm chair handover" in page.text
    assert await mira.sees("Request no. 1")
    done = await chair.sees("Mira Holt, CLM is now the chair")
    assert "Open requests that moved: 1." in done.text
    assert "You are deputy chair now." in done.text
    assert await dev.sees("Christina Bloom, CLM has passed it on")
    await talk.quiet()
    line = await ada.says("chair")
    assert "Mira Holt" in line.words
    refused = await chair.runs("chair announce", channel="general")
    assert "Only the CLM committee chair can do that" in refused.text


async def test_nothing_moves_before_the_next_accepts(talk: Talk) -> None:
    """No thanks leaves everything as it was, and both can read that."""
    chair, mira = talk.as_("christina"), talk.as_("mira")
    question = await asked(talk)
    await mira.presses("No thanks", question)
    assert await chair.sees("would rather not be the next chair")
    assert (await mira.sees("You said no thanks")).buttons == []
    preview = await chair.runs("chair announce", channel="general")
    assert "Post it here" in preview.buttons


async def test_the_chair_can_take_it_back_and_an_old_button_does_nothing(talk: Talk) -> None:
    """What was taken back cannot be accepted any more, whatever still stands on a screen."""
    chair, mira = talk.as_("christina"), talk.as_("mira")
    question = await asked(talk)
    mine = await chair.sees("I have asked Mira Holt")
    await chair.presses("Take it back", mine)
    assert await mira.sees("You are no longer asked")
    assert question.buttons == ["Accept", "No thanks"]
    came = await Forger(talk, "mira").presses("handover.accept", "1")
    assert "no longer asked, or it was answered already" in came.shown
    assert talk.rows("SELECT * FROM roles") == []


async def test_one_at_a_time(talk: Talk) -> None:
    """While somebody is asked, the chair sees who that is, and nobody else can be asked."""
    chair = talk.as_("christina")
    window = await chair.runs("chair handover")
    await talk.runtime.run(
        succession.ask, HERE, CHAIR, BEN, "Ben Alvarez", "deputy", notes=True, key="V1"
    )
    refused = await chair.goes_on(window, NEXT)
    assert "Somebody is asked already" in refused.words
    window = await chair.runs("chair handover")
    assert "I have asked Ben Alvarez to be the next chair" in window.words
    assert "Take it back" in window.buttons


async def test_whoever_cannot_be_chair_is_refused_at_the_field(talk: Talk) -> None:
    """A bot, a guest, somebody who was deactivated and oneself are refused in words, and what was
    chosen stays."""
    chair = talk.as_("christina")
    window = await chair.runs("chair handover")
    bot = talk.slack._slack.workspace.bot.id
    for who, said in (
        (bot, "an app, not a person"),
        ("U0GUS", "a guest of this workspace"),
        ("U0CHRISTINA", "That is you"),
    ):
        answer = await chair.submits(window, {**NEXT, "next": who})
        assert said in str(answer["errors"]["next"])
    await talk.post("member", user="ben", deactivated=True)
    answer = await chair.submits(window, {**NEXT, "next": "U0BEN"})
    assert "deactivated" in str(answer["errors"]["next"])
    assert talk.rows("SELECT * FROM handovers") == []


async def test_somebody_mentioned_is_chosen_already(talk: Talk) -> None:
    """`/clm chair handover @mira` opens the window with her in it."""
    chair = talk.as_("christina")
    window = await chair.runs("chair handover <@U0MIRA|mira>")
    assert "'initial_user': 'U0MIRA'" in repr(window.raw)
    oneself = await chair.runs("chair handover <@U0CHRISTINA|christina>")
    assert "That is you" in oneself.words


async def test_pressing_accept_twice_moves_it_once(talk: Talk) -> None:
    """Two presses, and two windows submitted, come to one handover."""
    chair, mira = talk.as_("christina"), talk.as_("mira")
    window = await chair.runs("chair handover")
    await chair.goes_on(window, NEXT)
    question = await mira.sees("asks you to be the next chair")
    await mira.presses("Accept", question)
    await mira.presses("Accept", question)
    await talk.quiet()
    given = "SELECT count(*) FROM role_history WHERE role = 'chair' AND held = 1"
    assert talk.rows(given) == [(1,)]
    pages = [m for m in await mira.messages() if "The CLM desk is yours" in m.text]
    assert len(pages) == 1


async def test_the_chair_who_leaves_slack_is_told_of(talk: Talk) -> None:
    """Where the chair is deactivated and nobody else gives roles, the deputy is told how to name
    the next, and can."""
    dev, mira = talk.as_("dev"), talk.as_("mira")
    await talk.post("member", user="christina", deactivated=True)
    told = await dev.sees("has left this Slack workspace")
    window = await dev.opens("People", told)
    shown = await dev.goes_on(window, {"person": "U0MIRA", "role": "chair"})
    assert "Mira Holt, CLM has this role now: chair" in shown.words
    assert await mira.sees("You are now chair of the CLM committee; Devika Rao gave you that")


async def test_whoever_accepts_while_slack_falters_is_asked_to_press_again(talk: Talk) -> None:
    """A failing look-up says nothing about the next chair: nothing moves, and a second
    press does it."""
    mira = talk.as_("mira")
    question = await asked(talk)
    await talk.post("fault", method="users.info", kind="server_error", times=1)
    said = await mira.presses_for("Accept", question)
    assert "Press Accept once more" in said.text
    assert talk.rows("SELECT state FROM handovers") == [("asked",)]
    await mira.presses("Accept", question)
    assert await mira.sees("The CLM desk is yours")
