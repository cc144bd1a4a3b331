"""Reminders in Slack: asked for, received, answered, and never sent twice over a restart."""

import signal
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.playground.server import Playground
from bot.services import members, plan
from handlers.slack.ids import member_ref
from tests.support.database import HERE
from tests.support.process import all_done, change, clm_run, talk_beside
from tests.support.talk import Person, Shown, Talk, local_slack, talk_on, talking

ZONE = ZoneInfo("America/Chicago")
DAY = date(2027, 3, 15)
ADA = member_ref(HERE, "U0ADA")
SAID = "Your own plan, the day to apply: March 15, 2027."


class Clock:
    """The bot's clock, which a test sets on Ada's wall."""

    def __init__(self, before: int, hour: int = 9) -> None:
        self.sets(before, hour)

    def __call__(self) -> datetime:
        return self.now

    def sets(self, before: int, hour: int = 9) -> None:
        day = DAY - timedelta(days=before)
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(before=80)


@pytest.fixture
async def talk(tmp_path: Path, clock: Clock) -> AsyncIterator[Talk]:
    async with talking(tmp_path, clock=clock) as opened:
        yield opened


@pytest.fixture
async def ada(talk: Talk) -> Person:
    return talk.as_("ada")


async def asks_for_reminders(talk: Talk, ada: Person) -> Shown:
    """Ada has a plan, and turns reminders on from a message."""
    await talk.runtime.run(plan.choose, HERE, ADA, DAY)
    shown = await ada.says("reminders")
    await ada.presses("Turn reminders on", shown)
    return await ada.sees("Reminders are on.")


async def passes(talk: Talk, clock: Clock, before: int, hour: int = 9) -> None:
    """The time comes, and the bot has done what it does then."""
    clock.sets(before, hour)
    talk.runtime.due.set()
    due = (
        "SELECT 1 FROM reminders WHERE state IN ('planned', 'snoozed') "
        f"AND due_at <= '{clock.now.isoformat()}'"
    )

    async def look() -> bool:
        return not talk.rows(due)

    await talk.until(look, f"what is due {before} days before")
    await talk.quiet()


async def reminded(person: Person) -> list[Shown]:
    return [m for m in await person.messages() if "That leaves" in m.text or "That is" in m.text]


async def test_reminders_are_asked_for_and_come(talk: Talk, ada: Person, clock: Clock) -> None:
    """Off until asked for; then each says what, when, how long, what is missing, what is next."""
    assert "Reminders are off." in (await ada.runs("reminders")).text
    shown = await asks_for_reminders(talk, ada)
    assert "60, 30, 14 and 3 days" in shown.text
    assert "between 8 PM and 8 AM" in shown.text
    assert "America/Chicago, as your Slack profile says" in shown.text
    assert f"On January 14, 2027. {SAID}" in shown.text
    assert shown.buttons == ["Turn reminders off", "Let the chair know"]
    await passes(talk, clock, 61)
    assert await reminded(ada) == []
    await passes(talk, clock, 60)
    [reminder] = await reminded(ada)
    assert reminder.text.startswith(f"{SAID} That leaves 60 days.")
    assert "You have not told me anything yet" in reminder.text
    assert reminder.buttons == ["Start the check", "Done", "In a week", "Stop reminders"]


async def test_done_is_said_in_place(talk: Talk, ada: Person, clock: Clock) -> None:
    """Done turns the reminder into a note without buttons, and no further one comes."""
    await asks_for_reminders(talk, ada)
    await passes(talk, clock, 60)
    [reminder] = await reminded(ada)
    await ada.presses("Done", reminder)
    done = await ada.sees("Taken care of.")
    assert done.ts == reminder.ts
    assert done.buttons == []
    await passes(talk, clock, 30)
    assert await reminded(ada) == []


async def test_a_snooze_says_when_it_comes_again(talk: Talk, ada: Person, clock: Clock) -> None:
    """Snoozed, the reminder says its new day, and comes as a message of its own then."""
    await asks_for_reminders(talk, ada)
    await passes(talk, clock, 60)
    await ada.presses("In a week", (await reminded(ada))[0])
    note = await ada.sees("I remind you again on January 21, 2027.")
    await passes(talk, clock, 53)
    [again] = await reminded(ada)
    assert again.ts != note.ts
    assert "That leaves 53 days." in again.text


async def test_stop_says_how_to_have_them_again(talk: Talk, ada: Person, clock: Clock) -> None:
    """Stop ends them all, and its own message turns them on again."""
    await asks_for_reminders(talk, ada)
    await passes(talk, clock, 60)
    await ada.presses("Stop reminders", (await reminded(ada))[0])
    note = await ada.sees("To have them again")
    await passes(talk, clock, 30)
    assert await reminded(ada) == []
    await ada.presses("Turn reminders on", note)

    async def turned_on() -> bool:
        # An older message says so too.
        return any(m.ts == note.ts and "are on." in m.text for m in await ada.messages())

    await talk.until(turned_on, "reminders that are on again")
    await passes(talk, clock, 14)
    assert len(await reminded(ada)) == 1


async def test_an_old_button_does_no_harm(talk: Talk, ada: Person, clock: Clock) -> None:
    """Pressed after the date, Snooze only says that there is nothing left to remind of."""
    await asks_for_reminders(talk, ada)
    await passes(talk, clock, 3)
    [reminder] = await reminded(ada)
    assert reminder.buttons == ["Start the check", "Done", "Tomorrow", "Stop reminders"]
    clock.sets(-2)
    await ada.presses("Tomorrow", reminder)
    assert (await ada.sees("no longer one of yours")).ts == reminder.ts


async def test_a_reminder_held_up_by_slack_waits_for_the_morning(
    talk: Talk, ada: Person, clock: Clock
) -> None:
    """Refused by Slack in the evening, it comes at eight and says the days that are left then."""
    await asks_for_reminders(talk, ada)
    await talk.post("fault", kind="server_error", method="chat.postMessage")
    clock.sets(60, 19)
    talk.runtime.due.set()

    async def postponed() -> bool:
        return bool(talk.rows("SELECT 1 FROM outbox WHERE kind = 'reminder' AND reason <> ''"))

    await talk.until(postponed, "a refused reminder")
    clock.sets(60, 22)
    talk.runtime.due.set()
    morning = datetime(2027, 1, 15, 8, tzinfo=ZONE).astimezone(UTC)

    async def waits() -> bool:
        [(due,)] = talk.rows("SELECT due_at FROM outbox WHERE kind = 'reminder'")
        return datetime.fromisoformat(due) == morning

    await talk.until(waits, "a reminder that waits for the morning")
    assert await reminded(ada) == []
    await passes(talk, clock, 59, 8)
    assert "That leaves 59 days." in (await ada.sees("That leaves")).text


async def test_reminders_are_turned_on_and_off_in_home(talk: Talk, ada: Person) -> None:
    """The Home tab turns them on and off, and shows at once how they stand."""
    await talk.runtime.run(plan.choose, HERE, ADA, DAY)
    for button, said in (
        ("Turn reminders on", "Reminders are on."),
        ("Turn reminders off", "Reminders are off."),
    ):
        home = await ada.home()
        await ada.presses(button, home)

        async def look(said: str = said) -> bool:
            return said in Shown((await talk.get("views", user="ada"))["home"]).words

        await talk.until(look, f"{said!r} in the Home tab")


async def test_times_follow_a_new_time_zone(talk: Talk, ada: Person, clock: Clock) -> None:
    """Once the profile names another zone, the settings say so."""
    await asks_for_reminders(talk, ada)
    await talk.runtime.run(members.set_time_zone, HERE, ADA, "America/New_York")
    assert "America/New York, as your Slack profile says" in (await ada.runs("reminders")).text


async def test_a_restart_sends_nothing_twice(tmp_path: Path, clock: Clock) -> None:
    """Started again on the day itself and after it, the bot sends each reminder once."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path, clock=clock) as talk:
            ada = talk.as_("ada")
            await asks_for_reminders(talk, ada)
        for before in (60, 60, 59, 30, 30):
            clock.sets(before)
            async with talk_on(slack, tmp_path, clock=clock) as talk:
                await passes(talk, clock, before)
                ada = talk.as_("ada")
        found = [m.text.partition("That ")[2][:14] for m in await reminded_after(slack, tmp_path)]
        assert found == ["leaves 60 days", "leaves 30 days"]


async def reminded_after(slack: Playground, home: Path) -> list[Shown]:
    async with talk_beside(slack, home) as talk:
        return await reminded(talk.as_("ada"))


ALWAYS = "reminders: {at: 0, quiet_from: 0, quiet_to: 0}\n"
"""The program beside the playground has the real clock, and tests run at night as well."""


@pytest.mark.parametrize("fault", ["timeout", "lost_reply"])
async def test_killed_while_sending_it_sends_once(tmp_path: Path, fault: str) -> None:
    """Killed between taking a reminder up and hearing that it arrived, the bot sends it once."""
    (tmp_path / "chapter.yaml").write_text(ALWAYS, encoding="utf-8")
    day = datetime.now(ZONE).date() + timedelta(days=30)
    async with local_slack() as slack, talk_beside(slack, tmp_path) as talk:
        ada = talk.as_("ada")
        async with clm_run(slack, tmp_path):
            shown = await ada.says("reminders")
            await ada.presses("Turn reminders on", shown)
            await ada.sees("Reminders are on.")
            await all_done(talk)
        change(
            tmp_path,
            "INSERT INTO plans (workspace, member, apply_on, set_at) "
            f"VALUES ('{HERE}', '{ADA}', '{day}', '')",
            "INSERT INTO reminders (workspace, member, subject, day, days_before, due_at, state, "
            f"changed_at) VALUES ('{HERE}', '{ADA}', 'plan', '{day}', 30, "
            "'2026-01-01T00:00:00+00:00', 'planned', '')",
        )
        await talk.post("fault", kind=fault, method="chat.postMessage")
        seq = slack.journal.seq
        async with clm_run(slack, tmp_path) as bot:
            if fault == "lost_reply":
                assert await slack.journal.wait(seq, '"trouble": "lost_reply"', 10.0)
            else:
                await talk.until(lambda: sending(talk), "a reminder under way")
            await bot.ends_by(signal.SIGKILL)
        slack._slack.troubles.ordered.clear()
        assert len(await reminded(ada)) == (fault == "lost_reply")
        assert talk.rows("SELECT state FROM reminders WHERE days_before = 30") == [("sent",)]
        for _ in range(2):
            async with clm_run(slack, tmp_path):
                await ada.sees("That leaves")
                await all_done(talk)
        assert len(await reminded(ada)) == 1


async def sending(talk: Talk) -> bool:
    return bool(talk.rows("SELECT 1 FROM outbox WHERE kind = 'reminder' AND state = 'sending'"))
