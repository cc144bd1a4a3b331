"""The chair's Monday on the playground: the digest comes once, says what waits, and leads there."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.services import ledger, members, plan, privacy
from handlers.slack.ids import member_ref
from tests.support.database import HERE
from tests.support.forging import Forger
from tests.support.handing_off import handed_off
from tests.support.process import talk_beside
from tests.support.talk import Json, Person, Shown, Talk, local_slack, talk_on, talking

ZONE = ZoneInfo("America/Chicago")
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
ADA = member_ref(HERE, "U0ADA")
DEV = member_ref(HERE, "U0DEV")
TITLE = "Your Monday digest"


class Clock:
    """The bot's clock, which a test sets on the chapter's wall."""

    def __init__(self) -> None:
        self.sets(FRIDAY, 12)

    def __call__(self) -> datetime:
        return self.now

    def sets(self, day: date, hour: int) -> None:
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def talk(tmp_path: Path, clock: Clock) -> AsyncIterator[Talk]:
    async with talking(tmp_path, clock=clock) as opened:
        yield opened


@pytest.fixture
async def chair(talk: Talk) -> Person:
    return talk.as_("christina")


async def passes(talk: Talk, clock: Clock, day: date, hour: int, digests: int) -> None:
    """The time comes, and so many digests have been made since the beginning."""
    clock.sets(day, hour)
    talk.runtime.due.set()

    async def look() -> bool:
        return talk.rows("SELECT count(*) FROM digests") == [(digests,)]

    await talk.until(look, f"{digests} digests")
    await talk.quiet()


async def digests(person: Person) -> list[Shown]:
    return [m for m in await person.messages() if m.text.startswith(TITLE)]


async def test_the_digest_comes_on_monday_and_leads_to_the_answer(
    talk: Talk, chair: Person, clock: Clock
) -> None:
    """The chair reads at nine what waits, replies from there, and the member has the answer; the
    deputy reads theirs two hours later, on the west coast, and the member none."""
    dev = talk.as_("dev")
    await dev.says("hello")
    west = "America/Los_Angeles"
    await talk.runtime.run(members.set_time_zone, HERE, DEV, west)
    await handed_off(talk)
    await talk.as_("ben").says("which bus goes to the stadium on saturday")
    await talk.quiet()
    await passes(talk, clock, MONDAY, 9, 1)
    [digest] = await digests(chair)
    assert await digests(dev) == []
    assert "Waiting for your answer: 1." in digest.text
    assert "Request 1, Ada Okafor, November 20, 2026." in digest.text
    assert "which bus goes to the stadium" in digest.text
    assert "Week of November 16, 2026: " in digest.text
    assert "█" in digest.words or "░" in digest.words
    group = await chair.opens("Write an answer", digest)
    assert "which bus goes to the stadium on saturday" in group.words
    assert "Write an answer" in group.buttons
    window = await chair.opens("Reply", digest)
    await chair.submits(window, {"reply": "Call me at noon."})
    await talk.as_("ada").sees("Call me at noon.")
    await passes(talk, clock, MONDAY, 11, 2)
    assert len(await digests(dev)) == 1
    assert "Waiting for your answer" not in (await digests(dev))[0].text
    for person in ("ada", "ben"):
        assert await digests(talk.as_(person)) == []
    assert len(await digests(chair)) == 1


async def test_what_is_withdrawn_vanishes_from_the_digest_too(
    talk: Talk, chair: Person, clock: Clock
) -> None:
    """The request was the only thing in it, so a sentence takes the digest's place."""
    both = await handed_off(talk)
    await talk.quiet()
    await passes(talk, clock, MONDAY, 9, 2)
    assert "Ada Okafor" in (await digests(chair))[0].text
    await talk.as_("ada").presses("Withdraw", both.ticket)
    emptied = await chair.sees("What stood in this digest was taken back")
    await talk.quiet()
    assert "Ada" not in str([message.raw for message in await chair.messages()])
    assert await digests(chair) == [] and emptied.buttons == []


async def test_who_erases_their_data_stands_in_no_digest(
    talk: Talk, chair: Person, clock: Clock
) -> None:
    """The digest is drawn anew without them; what else it says stays."""
    await handed_off(talk)
    await talk.as_("ben").says("which bus goes to the stadium on saturday")
    await talk.quiet()
    await passes(talk, clock, MONDAY, 9, 2)
    [before] = await digests(chair)
    assert "Ada Okafor" in before.text
    await talk.runtime.run(privacy.erase, HERE, ADA)
    await talk.quiet()
    [after] = await digests(chair)
    assert "Ada" not in str(after.raw) and "which bus goes to the stadium" in after.text
    assert after.ts == before.ts


async def test_nothing_is_sent_when_there_is_nothing(
    talk: Talk, chair: Person, clock: Clock
) -> None:
    """A quiet week brings no message; asked for, the digest says that nothing waits."""
    await talk.quiet()
    await passes(talk, clock, MONDAY, 9, 2)
    assert await digests(chair) == []
    shown = await chair.runs("chair digest")
    assert "Nothing waits for you, and nothing is new since November 16, 2026." in shown.text
    assert shown.raw["ephemeral_to"] == "U0CHRISTINA"


async def test_a_deadline_is_shared_and_taken_back(talk: Talk, chair: Person, clock: Clock) -> None:
    """Ada agrees on the page of reminders; the chair sees day and missing hours, until she takes it
    back, and her privacy page says who sees it."""
    ada = talk.as_("ada")
    course = {"title": "A course", "amount": "1", "category": "writing", "kind": "live"}
    await talk.runtime.run(ledger.save, HERE, ADA, "form", {**course, "day": "yesterday"})
    await talk.runtime.run(plan.choose, HERE, ADA, MONDAY + timedelta(days=30))
    await talk.quiet()
    assert "U0ADA" not in (await chair.runs("chair digest")).text
    await talk.quiet()
    shown = await ada.says("reminders")
    await ada.presses("Let the chair know", shown)
    agreed = await ada.sees("You let the chair know")
    assert "Stop letting the chair know" in agreed.buttons
    near = (await chair.runs("chair digest")).text
    assert "<@U0ADA>, December 23, 2026. Missing: " in near
    page = (await ada.runs("privacy")).text
    assert "let the chair know when a date to apply is near" in page
    assert "Seen by <@U0CHRISTINA>, <@U0DEV>" in page
    await ada.presses("Stop letting the chair know", agreed)
    await ada.sees("You can let the chair know.")
    await talk.quiet()
    assert "U0ADA" not in (await chair.runs("chair digest")).text


async def test_a_restart_on_monday_sends_nothing_twice(tmp_path: Path, clock: Clock) -> None:
    """Down on Monday morning, the bot sends the digest when it is back, once however often it
    starts."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path, clock=clock) as talk:
            await handed_off(talk)
        for day, hour in ((0, 14), (0, 15), (1, 9)):
            clock.sets(MONDAY + timedelta(days=day), hour)
            async with talk_on(slack, tmp_path, clock=clock) as talk:
                await passes(talk, clock, MONDAY + timedelta(days=day), hour, 2)
        async with talk_beside(slack, tmp_path) as talk:
            assert len(await digests(talk.as_("christina"))) == 1


@pytest.mark.parametrize("fault", ["server_error", "lost_reply"])
async def test_slack_in_trouble_brings_one_digest(
    talk: Talk, chair: Person, clock: Clock, fault: str
) -> None:
    """Whether Slack fails or its reply is lost, one digest stands in the end."""
    await handed_off(talk)
    await talk.quiet()
    await talk.post("fault", kind=fault, method="chat.postMessage")
    clock.sets(MONDAY, 9)
    talk.runtime.due.set()

    async def postponed() -> bool:
        return bool(talk.rows("SELECT 1 FROM outbox WHERE kind = 'digest' AND reason <> ''"))

    await talk.until(postponed, "a digest in trouble")
    await passes(talk, clock, MONDAY, 10, 2)
    assert len(await digests(chair)) == 1


async def test_numbers_are_shown_by_period_and_sent_as_a_file(talk: Talk, chair: Person) -> None:
    """The chair sees this month, looks at everything, and takes it along; the table names
    nobody."""
    await talk.as_("ada").says("How many education hours do I need before applying?")
    await talk.quiet()
    shown = await chair.runs("chair numbers")
    assert "Questions: 1.\nAnswered without a person: 1 of 1." in shown.text
    assert "A question is what a member typed" in shown.text
    assert shown.raw["ephemeral_to"] == "U0CHRISTINA"
    await chair.presses("All", shown)
    everything = await chair.sees("All numbers, since November 1, 2026", "clm")
    await chair.presses("Send as a file", everything)

    async def look() -> Shown | None:
        found = [m for m in await chair.messages() if m.raw.get("files")]
        return found[0] if found else None

    message = await talk.until(look, "the table")
    [file] = message.raw["files"]
    table = await content_of(talk, file)
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert ["Questions", "2026-11", "1"] in rows
    assert ["People", "Asked me something", "1"] in rows
    assert b"U0ADA" not in table


async def content_of(talk: Talk, file: Json) -> bytes:
    async with talk._http.get(file["url_private"]) as answer:
        return await answer.read()


@pytest.mark.parametrize(("word", "said"), [("digest", TITLE), ("numbers", "Questions: 0.")])
async def test_what_takes_long_to_count_still_comes(
    talk: Talk, chair: Person, monkeypatch: pytest.MonkeyPatch, word: str, said: str
) -> None:
    """Where counting takes longer than Slack waits, the answer comes after the ack, once and for
    the chair alone."""
    monkeypatch.setattr("handlers.slack.counting.ANSWER_WITHIN", 0.0)
    shown = await chair.runs(f"chair {word}")
    assert said in shown.text
    assert shown.raw["ephemeral_to"] == "U0CHRISTINA"


@pytest.mark.parametrize("word", ["digest", "numbers"])
async def test_a_member_gets_neither(talk: Talk, word: str) -> None:
    """Typed by a member, the words show nothing of the chapter's."""
    ada = talk.as_("ada")
    shown = await ada.runs(f"chair {word}")
    assert "Questions:" not in shown.words
    assert TITLE not in shown.words


@pytest.mark.parametrize("action", ["numbers.show", "numbers.export"])
async def test_a_forged_press_brings_no_numbers(talk: Talk, action: str) -> None:
    """A member who makes up the button is told that it is not for them, and gets no file."""
    came = await Forger(talk, "ada").presses(action, "all")
    assert "Questions:" not in came.shown
    assert talk.rows("SELECT * FROM outbox WHERE kind = 'numbers_export'") == []
    assert came.shown.strip()
