"""The export on the playground: the member's own hours arrive as files, and once."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.content import shipped_path
from bot.services import ledger
from handlers.slack.ids import member_ref, workspace_of
from tests.support.ledger_export import table_rows
from tests.support.process import all_done, change, clm_run, gone, talk_beside
from tests.support.sent import last_event
from tests.support.talk import Json, Person, Shown, Talk, local_slack, talk_on, talking

COURSE = {"amount": "1.5", "category": "writing", "kind": "live", "day": "yesterday"}
FORMULA = '=HYPERLINK("http://x","Writing")'
QUESTION = "How many education hours do I need before applying?"

pytestmark = pytest.mark.usefixtures("prompt")


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a lost reply the bot looks again soon enough for a test."""
    monkeypatch.setattr("handlers.slack.notifier.SETTLES", 0.1)


async def records(talk: Talk, who: str, title: str = FORMULA, form: str = "1") -> None:
    """A course in somebody's ledger."""
    workspace = workspace_of({"team_id": talk.slack._slack.workspace.team_id})
    member = member_ref(workspace, f"U0{who.upper()}")
    raw = {**COURSE, "title": title}
    kept = await talk.runtime.run(ledger.save, workspace, member, form, raw)
    assert isinstance(kept, ledger.Kept)
    await talk.quiet()


def files(message: Shown) -> list[Json]:
    return list(message.raw.get("files") or ())


async def with_files(person: Person) -> list[Shown]:
    return [m for m in await person.messages() if files(m)]


async def delivered(person: Person) -> Shown:
    """The first message with files."""

    async def look() -> Shown | None:
        found = await with_files(person)
        return found[0] if found else None

    shown: Shown = await person.talk.until(look, f"files for {person.name}")
    return shown


async def content_of(talk: Talk, file: Json) -> bytes:
    async with talk._http.get(file["url_private"]) as answer:
        assert answer.status == 200
        return await answer.read()


async def test_the_hours_arrive_as_a_table_and_a_page(talk: Talk, ada: Person) -> None:
    """`/clm export` says privately where the files come; they hold what was recorded, defused."""
    await records(talk, "ada")
    said = await ada.runs("export")
    assert said.raw["ephemeral_to"] == "U0ADA"
    assert "direct messages" in said.text
    message = await delivered(ada)
    assert "ALA decides" in message.text
    table, page = files(message)
    assert table["name"].endswith(".csv")
    assert page["name"].endswith(".html")
    assert table["alt_txt"]
    rows = table_rows(await content_of(talk, table))
    assert rows[0]["Title"] == f"'{FORMULA}"
    assert rows[0]["Counted"] == "1.5"
    text = (await content_of(talk, page)).decode()
    assert "=HYPERLINK(&quot;http://x&quot;,&quot;Writing&quot;)" in text


async def test_files_go_to_the_direct_conversation_and_to_nobody_else(
    talk: Talk, ada: Person
) -> None:
    """Typed in a channel, nothing of it is seen there, and each member gets only their own."""
    await records(talk, "ada", "Of Ada")
    await records(talk, "ben", "Of Ben")
    await ada.runs("export", channel="clm")
    message = await delivered(ada)
    await talk.quiet()
    ben = talk.as_("ben")
    assert [m for m in await ben.messages("clm") if files(m)] == []
    assert await with_files(ben) == []
    for file in files(message):
        assert b"Of Ben" not in await content_of(talk, file)


async def test_the_word_alone_is_enough_and_counts_once(talk: Talk, ada: Person) -> None:
    """`export` typed to the bot brings the files; Slack sending it again brings no more."""
    await records(talk, "ada")
    await ada.writes("Export")
    await delivered(ada)
    await talk.quiet()
    event = await last_event(talk, "U0ADA")
    await talk.post("redeliver", event_id=event)
    await talk.quiet()
    assert len(await with_files(ada)) == 1
    await ada.writes("export")

    async def look() -> bool:
        return len(await with_files(ada)) == 2

    await talk.until(look, "files for the second time")


async def test_a_press_of_the_button_brings_them(talk: Talk, ada: Person) -> None:
    """Below the latest hours and in Home there is a button that does the same."""
    await records(talk, "ada")
    latest = await ada.says("hours")
    assert "in a moment" in (await ada.presses_for("Export", latest)).text
    await delivered(ada)
    await talk.quiet()
    await ada.presses("Export", await ada.home())

    async def look() -> bool:
        return len(await with_files(ada)) == 2

    await talk.until(look, "files from Home")


async def test_thousands_of_entries_arrive_as_well(talk: Talk, ada: Person) -> None:
    """A ledger that makes files of megabytes is sent whole."""
    await records(talk, "ada")
    with closing(sqlite3.connect(talk.runtime.database)) as db, db:
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) "
            "INSERT INTO ledger (workspace, member, version, day, title, provider, amount, kind, "
            "category, subject, proof, note, session, form, created_at, changed_at) "
            "SELECT workspace, member, 1, day, 'Course ' || i, provider, amount, kind, category, "
            "subject, proof, printf('%0400d', i), session, 'form ' || i, created_at, changed_at "
            "FROM ledger, n"
        )
    await ada.writes("export")
    table, page = files(await delivered(ada))
    assert min(table["size"], page["size"]) > 1_200_000
    rows = table_rows(await content_of(talk, table))
    assert len({row["Title"] for row in rows if row["Date"]}) == 4000


async def test_without_hours_there_is_a_sentence(talk: Talk, ada: Person) -> None:
    """Whoever has recorded nothing is told so, with the button to begin."""
    await ada.runs("export")
    assert "Enter a course" in (await ada.sees("recorded no hours yet")).buttons
    assert await with_files(ada) == []


STEPS = ["files.getUploadURLExternal", "files.completeUploadExternal"]
KINDS = ["rate_limited", "server_error", "timeout", "lost_reply", "disconnect"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", STEPS)
async def test_files_arrive_exactly_once(tmp_path: Path, method: str, kind: str) -> None:
    """Whatever happens to a call on the way, the files come once and whole."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await records(talk, "ada")
        await talk.post("fault", kind=kind, method=method, retry_after=1)
        await ada.writes("export")
        message = await delivered(ada)
        await talk.quiet()
        assert [len(files(m)) for m in await with_files(ada)] == [2]
        assert table_rows(await content_of(talk, files(message)[0]))
        troubled = [call for call in await talk.calls(method) if "trouble" in call["body"]]
        assert len(troubled) == 1


async def test_a_slow_upload_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one member's file is stuck on its way, others and that member are answered as ever."""
    monkeypatch.setattr("handlers.slack.serve.TIMEOUT", aiohttp.ClientTimeout(total=600))
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await records(talk, "ada")
        await talk.post("fault", kind="timeout", method=STEPS[0])
        await ada.writes("export")

        async def look() -> bool:
            return not talk.slack._slack.troubles.ordered

        await talk.until(look, "an upload that is stuck")
        assert "10 hours" in (await talk.as_("ben").says(QUESTION)).text
        assert "10 hours" in (await ada.says(QUESTION)).text
        state = "SELECT state, attempts FROM outbox WHERE kind = 'ledger_export'"
        assert talk.rows(state) == [("sending", 1)]


def manifest_without_files(folder: Path) -> Path:
    manifest = yaml.safe_load(shipped_path("app.manifest.yaml").read_text(encoding="utf-8"))
    manifest["oauth_config"]["scopes"]["bot"].remove("files:write")
    path = folder / "app.manifest.yaml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return path


async def test_an_app_installed_before_gets_a_sentence_instead(tmp_path: Path) -> None:
    """Where the app may not send files yet, the member hears so, and what helps."""
    async with talking(tmp_path / "home", manifest=manifest_without_files(tmp_path)) as talk:
        ada = talk.as_("ada")
        await records(talk, "ada")
        await ada.writes("export")
        assert "install the app again" in (await ada.sees("not yet allowed to send files")).text
        await talk.quiet()
        assert talk.rows("SELECT kind FROM outbox") == []


async def test_a_workspace_that_takes_no_files_says_so(talk: Talk, ada: Person) -> None:
    """Where an admin has switched files off, the member hears that instead of nothing."""
    await records(talk, "ada")
    error = {"method": STEPS[0], "error": "file_uploads_disabled"}
    await talk.post("fault", kind="slack_error", **error)
    await ada.writes("export")
    await ada.sees("takes no files right now")


async def test_a_kill_after_the_files_were_shown_sends_them_no_more(tmp_path: Path) -> None:
    """Killed before it heard that the files had arrived, the bot finds them in the conversation."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await records(talk, "ada")
        async with talk_beside(slack, tmp_path) as talk:
            ada = talk.as_("ada")
            async with clm_run(slack, tmp_path) as bot:
                # The reply comes, and the receipt is never written: the bot ends at that moment.
                change(
                    tmp_path,
                    "CREATE TRIGGER stall BEFORE DELETE ON outbox BEGIN SELECT "
                    "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                    "WHERE i < 1000000000000) SELECT count(*) FROM n); END",
                )
                await ada.writes("export")
                await delivered(ada)
                assert await bot.ends_by(signal.SIGKILL) == -signal.SIGKILL
            change(tmp_path, "DROP TRIGGER stall")
            await gone(slack)
            assert talk.rows("SELECT kind FROM outbox WHERE state = 'sending'")
            async with clm_run(slack, tmp_path):
                await all_done(talk)
            assert len(await with_files(ada)) == 1
            assert talk.rows("SELECT kind FROM outbox") == []
