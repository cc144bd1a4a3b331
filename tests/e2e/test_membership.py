"""People who leave Slack or come back, and an app that is removed and put back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import SettingsError
from tests.support.talk import Person, Talk, local_slack, talk_on, talking
from tests.support.wizard import ADMINISTRATOR, walks

QUESTION = "How many education hours do I need before applying?"


class Later:
    """The machine's clock, so many days ahead."""

    def __init__(self, days: float = 0) -> None:
        self.ahead = timedelta(days=days)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def about_ada(talk: Talk) -> list[str]:
    tables = talk.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*sqlite_*'"
    )
    return [
        f"{table}: {row}"
        for (table,) in tables
        for row in talk.rows(f"SELECT * FROM [{table}]")
        if "U0ADA" in repr(row) or "D0ADA" in repr(row)
    ]


def holds_ada(home: Path) -> bool:
    """Whether any byte of the database names her, without a bot that could be asked."""
    return b"U0ADA" in b"".join(path.read_bytes() for path in home.glob("clm.db*"))


async def hands_over(talk: Talk) -> Person:
    ada = talk.as_("ada")
    await ada.says(QUESTION)
    await walks(ada, await ada.runs("check"), ADMINISTRATOR)
    window = await ada.runs("chair")
    await ada.submits(window, {"note": "My firm must not hear of this."})
    await ada.sees("Your request no.")
    await talk.quiet()
    return ada


async def left_at(talk: Talk) -> bool:
    return bool(talk.rows("SELECT 1 FROM members WHERE left_at IS NOT NULL"))


async def test_who_left_slack_is_erased_after_the_grace(tmp_path: Path) -> None:
    """Somebody is deactivated; a start a month and a day later finds them erased, and the chair's
    card says so without their name."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await hands_over(talk)
            await talk.post("member", user="ada", deactivated=True)
            await talk.until(lambda: left_at(talk), "the note that she left")
            assert about_ada(talk)
        async with talk_on(slack, tmp_path, clock=Later(29)) as talk:
            assert about_ada(talk)
        async with talk_on(slack, tmp_path, clock=Later(31)) as talk:
            await talk.quiet()
            assert [row for row in about_ada(talk) if not row.startswith("outbox")] == []
            card = await talk.as_("christina").sees("has left Slack")
            assert "Ada" not in card.words
            assert "firm" not in str([m.raw for m in await talk.as_("christina").messages()])


async def test_who_is_back_in_time_is_not_erased(tmp_path: Path) -> None:
    """Deactivated and active again: everything is there two months later."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await hands_over(talk)
            await talk.post("member", user="ada", deactivated=True)
            await talk.until(lambda: left_at(talk), "the note that she left")
            await talk.post("member", user="ada", deactivated=False)

            async def is_back() -> bool:
                return not await left_at(talk)

            await talk.until(is_back, "the note that she is back")
        async with talk_on(slack, tmp_path, clock=Later(60)) as talk:
            assert "You have not gone through" not in (await talk.as_("ada").home()).words
            assert about_ada(talk)


async def test_of_strangers_nothing_is_kept(talk: Talk) -> None:
    """Slack tells of every changed profile; whoever never used the bot leaves no row, and no name
    of anybody waits in the inbox."""
    await talk.post("member", user="ben", deactivated=True)
    await talk.post("member", user="ben", deactivated=False)

    async def heard() -> bool:
        done = "SELECT count(*) FROM inbox WHERE done_at IS NOT NULL"
        return talk.rows(done) >= [(2,)]

    await talk.until(heard, "both changes")
    assert talk.rows("SELECT * FROM members") == []
    assert talk.rows("SELECT * FROM inbox WHERE body LIKE '%Alvarez%'") == []


async def uninstalled(talk: Talk) -> bool:
    return bool(talk.rows("SELECT 1 FROM uninstalls"))


async def test_a_removed_app_is_cleaned_up_after_the_grace(tmp_path: Path) -> None:
    """The app is removed. Slack refuses every later start; the one after a month leaves nothing
    of the workspace all the same."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await hands_over(talk)
            await talk.post("uninstall")
            await talk.until(lambda: uninstalled(talk), "the note that the app is gone")
        for days in (29, 31):
            with pytest.raises(SettingsError, match="account_inactive"):
                async with talk_on(slack, tmp_path, clock=Later(days)):
                    pass
            assert holds_ada(tmp_path) == (days == 29)


async def test_a_running_bot_cleans_up_though_slack_is_silent(tmp_path: Path) -> None:
    """The bot goes on running after the removal: it does it by itself, cut off from Slack."""
    clock = Later()
    async with local_slack() as slack, talk_on(slack, tmp_path, clock=clock) as talk:
        await hands_over(talk)
        await talk.post("uninstall")
        await talk.until(lambda: uninstalled(talk), "the note that the app is gone")
        clock.ahead = timedelta(days=31)
        talk.runtime.due.set()

        async def empty() -> bool:
            return not about_ada(talk)

        await talk.until(empty, "the end of all that was kept")


async def test_an_app_that_is_put_back_keeps_everything(tmp_path: Path) -> None:
    """Removed, put back within the month: the next start forgets the removal."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await hands_over(talk)
            await talk.post("uninstall")
            await talk.until(lambda: uninstalled(talk), "the note that the app is gone")
        slack._slack.installed = slack._slack.events.installed = True
        async with talk_on(slack, tmp_path, clock=Later(20)) as talk:
            assert not await uninstalled(talk)
        async with talk_on(slack, tmp_path, clock=Later(60)) as talk:
            assert "appear to meet" in (await talk.as_("ada").runs("status")).words


async def test_a_removal_while_the_bot_was_down_is_noticed(tmp_path: Path) -> None:
    """Nobody told the bot; the refused start tells it, and the grace begins then."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await hands_over(talk)
        slack._slack.uninstall()
        for days in (0, 31):
            with pytest.raises(SettingsError, match="account_inactive"):
                async with talk_on(slack, tmp_path, clock=Later(days)):
                    pass
            assert holds_ada(tmp_path) == (days == 0)


async def test_another_apps_token_means_nothing(tmp_path: Path) -> None:
    """Slack also tells when a person's own token is taken back: that removes nothing."""
    async with talking(tmp_path) as talk:
        await hands_over(talk)
        taken = {"type": "tokens_revoked", "tokens": {"oauth": ["U0ADA"], "bot": []}}
        event = talk.slack._slack.events.emit("tokens_revoked", taken)
        assert event
        await talk.done(event)
        assert not await uninstalled(talk)
