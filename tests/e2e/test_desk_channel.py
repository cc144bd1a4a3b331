"""The committee's private channel: chair, deputy and somebody else are in it, the member is not."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content import shipped_path
from bot.services import handoff
from tests.support.handing_off import places_with, sees_in_thread, switches
from tests.support.handoff import HERE
from tests.support.talk import Person, Shown, Talk, talking

DESK = "C0DESK"
EVERYTHING = ("groups:read", "groups:history")
WITHOUT_HISTORY = ("groups:read",)


@asynccontextmanager
async def committee(
    home: Path, scopes: Collection[str] = EVERYTHING, **channel: Any
) -> AsyncIterator[Talk]:
    """The demo with a private channel of the committee."""
    demo = yaml.safe_load(shipped_path("data/demo.yaml").read_text(encoding="utf-8"))
    members = ["christina", "dev", "mira"]
    room = {"id": DESK, "name": "clm-desk", "members": members, "bot": True, "is_private": True}
    demo["channels"].append({**room, **channel})
    people = home / "people.yaml"
    people.write_text(yaml.safe_dump(demo), encoding="utf-8")
    places = places_with(desk_channel=DESK)
    async with talking(home, places=places, people=people, optional_scopes=scopes) as talk:
        yield talk


async def asked(talk: Talk, note: str = "Please call me.") -> tuple[Shown, Shown]:
    """Ada has sent a request; her message and the card in the channel."""
    ada = talk.as_("ada")
    window = await ada.runs("chair")
    assert "committee's private channel" in window.words
    sent = await ada.goes_on(window, {"note": note})
    assert "committee's private channel sees it too" in sent.words
    card = await talk.as_("dev").sees("Request no. 1", DESK)
    ticket = await ada.sees("Delivered to")
    await talk.quiet()
    return ticket, card


async def below(person: Person, card: Shown) -> list[str]:
    """What a person sees in the thread of the card in the channel."""
    found = await person.messages(DESK)
    return [m.words for m in found if m.raw.get("thread_ts") == card.ts and m.ts != card.ts]


async def cards(person: Person) -> list[Shown]:
    """The cards in the channel, those whose receipt was lost too."""
    found = await person.messages(DESK)
    tops = [m for m in found if m.raw.get("thread_ts", m.ts) == m.ts]
    return [m for m in tops if m.text.startswith("Request no.")]


async def test_the_channel_sees_what_the_member_agreed_to_and_who_took_it(tmp_path: Path) -> None:
    """The card stands in the channel and with the chair; a claim pressed there shows on both, and
    a reply pressed there reaches the member and the chair's own thread."""
    async with committee(tmp_path) as talk:
        ticket, card = await asked(talk)
        chair, deputy, ada = talk.as_("christina"), talk.as_("dev"), talk.as_("ada")
        assert "Note: Please call me." in card.text
        assert "write in the thread of this card goes to the member" in card.words
        await deputy.presses("Claim", card)
        own = await chair.sees("Claimed by <@U0DEV>")
        card = await deputy.sees("Claimed by <@U0DEV>", DESK)
        await deputy.submits(await deputy.opens("Reply", card), {"reply": "I will call you."})
        await sees_in_thread(ada, ticket, "I will call you.")
        await sees_in_thread(chair, own, "I will call you.")
        await talk.quiet()
        assert ["I will call you." in words for words in await below(chair, card)] == [True]
        await ada.writes("Thank you both.", thread=ticket.ts)
        await deputy.sees("Thank you both.", DESK)
        assert "Thank you both." in (await below(deputy, card))[-1]
        assert len(await cards(deputy)) == 1


async def test_words_below_the_card_go_to_the_member_where_they_are_heard(tmp_path: Path) -> None:
    """With the scope for it, what the desk writes, edits and deletes in the card's thread follows
    at the member; it is said once in the channel, and talk beside the card stays there."""
    async with committee(tmp_path) as talk:
        ticket, card = await asked(talk)
        deputy, ada = talk.as_("dev"), talk.as_("ada")
        await deputy.writes("Who takes this one?", DESK)
        ts = await deputy.writes("On Monday at ten.", DESK, card.ts)
        await sees_in_thread(ada, ticket, "On Monday at ten.")
        await talk.quiet()
        heard = await below(talk.as_("christina"), card)
        assert [("On Monday" in words, "Passed on" in words) for words in heard] == [
            (True, False),
            (False, True),
        ]
        edit = {"channel": DESK, "ts": ts, "user": "dev"}
        await talk.post("edit-message", **edit, text="On Tuesday at ten.")
        await sees_in_thread(ada, ticket, "On Tuesday at ten.")
        await talk.post("delete-message", **edit)
        await sees_in_thread(ada, ticket, "took back")
        await talk.quiet()
        assert "Who takes this one?" not in str([m.words for m in await ada.messages()])


async def test_without_the_scope_a_mention_answers_and_nothing_else_is_heard(
    tmp_path: Path,
) -> None:
    """The card says how; a mention goes to the member without the mention, the rest stays."""
    async with committee(tmp_path, WITHOUT_HISTORY) as talk:
        ticket, card = await asked(talk)
        deputy, ada = talk.as_("dev"), talk.as_("ada")
        assert "mention me in the thread of this card" in card.words
        await deputy.writes("Shall I take it?", DESK, card.ts)
        await deputy.writes("<@U0CLMBOT> I will see to it.", DESK, card.ts)
        got = await sees_in_thread(ada, ticket, "I will see to it.")
        assert "U0CLMBOT" not in got.words
        assert "clm" not in got.words.casefold()
        await talk.quiet()
        assert "Passed on to the member." in (await below(deputy, card))[-1]
        assert "Shall I take it?" not in str([m.words for m in await ada.messages()])
        assert (await talk.calls("conversations.history")) == []


async def test_a_mention_is_heard_once_where_messages_are_heard_too(tmp_path: Path) -> None:
    """Slack sends such a post as two events; the member gets it once."""
    async with committee(tmp_path) as talk:
        ticket, card = await asked(talk)
        await talk.as_("dev").writes("<@U0CLMBOT> Just once.", DESK, card.ts)
        await sees_in_thread(talk.as_("ada"), ticket, "Just once.")
        await talk.quiet()
        seen = [m.words for m in await talk.as_("ada").messages() if "Just once." in m.words]
        assert len(seen) == 1
        assert len(await below(talk.as_("dev"), card)) == 2


@pytest.mark.parametrize("scopes", [EVERYTHING, WITHOUT_HISTORY])
async def test_who_is_in_the_channel_and_not_of_the_desk_is_told_so_privately(
    tmp_path: Path, scopes: Collection[str]
) -> None:
    """Mira may read along: a button or words of hers do nothing, and only she reads why."""
    async with committee(tmp_path, scopes) as talk:
        _, card = await asked(talk)
        mira, chair = talk.as_("mira"), talk.as_("christina")
        said = await mira.presses_for("Claim", card)
        assert "Only those who answer for the chapter" in said.text
        said = await mira.says("<@U0CLMBOT> I would say Monday.", DESK, card.ts)
        assert "your message was not passed on" in said.text
        await talk.quiet()
        assert "Only those" not in str([m.words for m in await chair.messages(DESK)])
        assert talk.rows("SELECT state FROM tickets") == [("new",)]
        assert talk.rows("SELECT count(*) FROM ticket_messages") == [(0,)]


async def test_a_nameless_request_stays_nameless_in_the_channel(tmp_path: Path) -> None:
    """Without the name neither name nor profile of the member stands anywhere in the channel."""
    async with committee(tmp_path) as talk:
        ada, deputy = talk.as_("ada"), talk.as_("dev")
        window = await switches(ada, await ada.runs("chair"), on=())
        assert "committee's private channel" in window.words
        await ada.goes_on(window, {"note": "How long does it take?"})
        card = await deputy.sees("How long does it take?", DESK)
        ticket = await ada.sees("Delivered to")
        await ada.writes("I forgot something.", thread=ticket.ts)
        await deputy.writes("Three weeks.", DESK, card.ts)
        await sees_in_thread(ada, ticket, "Three weeks.")
        await talk.quiet()
        shown = str([m.raw for m in await deputy.messages(DESK)])
        assert "I forgot something." in shown
        assert "Ada" not in shown
        assert "U0ADA" not in shown


@pytest.mark.parametrize(("scopes", "number"), [(EVERYTHING, 1), (WITHOUT_HISTORY, 2)])
async def test_a_card_whose_reply_was_lost(
    tmp_path: Path, scopes: Collection[str], number: int
) -> None:
    """Where the channel can be read it is found again; else it comes once more under the same
    number, and what happens then shows on the newest."""
    async with committee(tmp_path, scopes) as talk:
        ada, deputy = talk.as_("ada"), talk.as_("dev")
        window = await ada.runs("chair")
        lost = {"kind": "lost_reply", "method": "chat.postMessage", "channel": DESK, "count": 1}
        await talk.post("fault", **lost)
        await ada.goes_on(window, {"note": "Hello?"})
        await ada.sees("Delivered to")
        await talk.until(lambda: _landed(talk), "a receipt from the channel")
        shown = await cards(deputy)
        assert [card.text.split("\n")[0] for card in shown] == ["Request no. 1"] * number
        await deputy.presses("Claim", shown[0])
        await talk.as_("christina").sees("Claimed by <@U0DEV>")
        await talk.quiet()
        assert ["Claimed by" in card.text for card in await cards(deputy)] == (
            [True] if number == 1 else [False, True]
        )


async def _landed(talk: Talk) -> bool:
    return talk.rows("SELECT state FROM ticket_channels") == [("delivered",)]


@pytest.mark.parametrize(
    ("scopes", "channel", "reason"),
    [
        ((), {}, "no_groups_read"),
        (EVERYTHING, {"is_private": False}, "not_private"),
        (EVERYTHING, {"is_shared": True}, "shared_outside"),
        (EVERYTHING, {"is_archived": True}, "is_archived"),
        (EVERYTHING, {"bot": False}, "channel_not_found"),
    ],
)
async def test_a_channel_that_is_not_private_or_not_there_gets_nothing_and_stops_nothing(
    tmp_path: Path, scopes: Collection[str], channel: dict[str, Any], reason: str
) -> None:
    """Public, shared outside, archived, without the bot or without the scope to look: nothing is
    posted there, and the chair has the card as ever."""
    async with committee(tmp_path, scopes, **channel) as talk:
        ada = talk.as_("ada")
        await ada.goes_on(await ada.runs("chair"), {"note": "Hello?"})
        assert "Note: Hello?" in (await talk.as_("christina").sees("Request no. 1")).text
        await ada.sees("Delivered to Christina")
        await talk.until(lambda: _failed(talk), "the refusal")
        assert await talk.as_("mira").messages(DESK) == []
        assert talk.rows("SELECT reason FROM outbox WHERE state = 'failed'") == [(reason,)]


async def _failed(talk: Talk) -> bool:
    return talk.rows("SELECT state FROM ticket_channels") == [("failed",)]


async def test_once_the_bot_is_invited_what_waits_is_shown(tmp_path: Path) -> None:
    """What could not be shown comes with all that was said meanwhile, and only once."""
    async with committee(tmp_path, bot=False) as talk:
        ada, chair = talk.as_("ada"), talk.as_("christina")
        await ada.goes_on(await ada.runs("chair"), {"note": "Hello?"})
        card = await chair.sees("Request no. 1")
        await chair.writes("Here I am.", thread=card.ts)
        await talk.until(lambda: _failed(talk), "the refusal")
        await talk.post("member", user="clm", channel=DESK, **{"in": True})
        await talk.runtime.run(handoff.deliver_missing, HERE)
        shown = await talk.as_("dev").sees("Request no. 1", DESK)
        await talk.quiet()
        assert ["Here I am." in words for words in await below(chair, shown)] == [True]
        assert talk.rows("SELECT count(*) FROM outbox WHERE state = 'failed'") == [(0,)]


async def test_what_is_withdrawn_goes_from_the_channel_too(tmp_path: Path) -> None:
    """Nothing that the member shared stays on the card or below it."""
    async with committee(tmp_path) as talk:
        ticket, card = await asked(talk, "My secret note.")
        ada, deputy = talk.as_("ada"), talk.as_("dev")
        await ada.writes("And my secret word.", thread=ticket.ts)
        await deputy.sees("And my secret word.", DESK)
        await ada.presses("Withdraw", await ada.sees("Your request no. 1"))
        await deputy.sees("Withdrawn by the member", DESK)
        await talk.quiet()
        assert "secret" not in str(await deputy.messages(DESK))
        assert len(await cards(deputy)) == 1
        assert card.ts == (await cards(deputy))[0].ts


async def test_what_the_committee_says_among_itself_is_not_kept(tmp_path: Path) -> None:
    """With the scope the bot hears the whole channel: what is no answer is dropped unread."""
    async with committee(tmp_path) as talk:
        await asked(talk)
        await talk.as_("dev").writes("Lunch at noon, numbat?", DESK)
        await talk.as_("dev").says("<@U0CLMBOT> what is the CLM credential?", DESK)
        await talk.quiet()
        kept = talk.rows("SELECT body FROM inbox")
        assert "numbat" not in str(kept)
        assert talk.rows("SELECT count(*) FROM ticket_messages") == [(0,)]
