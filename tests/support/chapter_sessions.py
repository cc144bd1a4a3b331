"""Sessions in a conversation: what each test of them does first."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.shapes import Envelope
from tests.support.talk import Json, Person, Shown, Talk

ZONE = ZoneInfo("America/Chicago")
TITLE = "Plain letters"


class MovedClock:
    """The machine's clock, some time ahead of it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def chapters_day(clock: MovedClock | None = None) -> date:
    """Today, in the zone of the demo's chapter."""
    now = clock() if clock else datetime.now(UTC)
    return now.astimezone(ZONE).date()


async def previewed(
    talk: Talk, channel: str = "general", who: str = "christina", **changes: str
) -> Shown:
    """The chair fills in the window; the preview that lies on top of it."""
    chair = talk.as_(who)
    window = await chair.runs("session", channel=channel)
    return await goes_on(chair, window, **changes)


async def goes_on(chair: Person, window: Shown, **changes: str) -> Shown:
    """Send the first window and return the preview."""
    answer = await chair.submits(window, filled(**changes))
    assert answer.get("response_action") == "push", answer
    return Shown(answer["view"])


def filled(**changes: str) -> Json:
    """The fields of a session today, with changes."""
    day = chapters_day().isoformat()
    usual = {"title": TITLE, "day": day, "length": "90 minutes", "kind": "live"}
    return {**usual, "category": "writing", **changes}


async def announced(talk: Talk, channel: str = "general", **changes: str) -> tuple[Shown, Shown]:
    """A session of today: its card in the channel, and the chair's list."""
    chair = talk.as_("christina")
    preview = await previewed(talk, channel, **changes)
    assert (await chair.submits(preview))["response_action"] == "clear"
    title = f"Session: {changes.get('title', TITLE)}"
    card = await chair.sees(title, channel=channel)
    return card, await chair.sees(title)


async def says_yes(talk: Talk, name: str, card: Shown) -> Shown:
    """A member says that they attended; their private note."""
    member = talk.as_(name)
    note = await member.presses_for("I attended", card)
    await member.presses("Yes, I attended", note, channel=card.channel)
    return await member.sees("Noted.", channel=card.channel)


async def delivered_again(talk: Talk, action: str) -> None:
    """Slack sends the last press of a button once more, as it was."""
    log = (await talk.get("log"))["log"]
    sent = [r for r in log if r["kind"] == "interactive" and r["name"] == action][-1]
    again = Envelope("interactive", action, sent["user"], sent["body"])
    await talk.slack._slack.delivery.send(again)
    await talk.quiet()


async def now_says(person: Person, shown: Shown, text: str) -> Shown:
    """Wait until a message that stands says this."""

    async def look() -> Shown | None:
        there = await person.messages(shown.channel or "dm")
        found = [m for m in there if m.ts == shown.ts and text in m.words]
        return found[0] if found else None

    edited: Shown = await person.talk.until(look, f"{text!r} in the message of {person.name}")
    return edited
