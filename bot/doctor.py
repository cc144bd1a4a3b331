"""`clm doctor`: what is set up, what is missing, and what to do about it."""

from dataclasses import dataclass
from datetime import date

from bot.config import Settings, require_slack
from bot.content import ContentBank, ContentPlaces, load_content
from bot.errors import BotError, ContentError, SettingsError
from bot.store.database import connect, open_database, told
from bot.store.outbox import counts


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found, as text; healthy when nothing keeps the bot from working."""

    text: str
    healthy: bool


def examine(settings: Settings, places: ContentPlaces, today: date) -> Examination:
    """Look at settings, content and database; nothing is sent to Slack."""
    findings = [
        *_settings(settings),
        *_content(places, today),
        *_database(settings),
    ]
    lines = [f"{'ok     ' if good else 'missing'}  {text}" for good, text in findings]
    return Examination("\n".join(lines), all(good for good, _ in findings))


def _settings(settings: Settings) -> list[tuple[bool, str]]:
    found = []
    for mode, http in (("Socket Mode", False), ("HTTP mode", True)):
        try:
            require_slack(settings, http=http)
        except SettingsError as error:
            found += [(http, f"{mode}: {fault}") for fault in error.faults]
        else:
            found.append((True, f"Settings for {mode} are complete."))
    return found


def _content(places: ContentPlaces, today: date) -> list[tuple[bool, str]]:
    try:
        content = load_content(places, today)
    except ContentError as error:
        return [(False, fault) for fault in error.faults]
    return [(True, f"Content: {len(content.entries)} entries."), *_chapter(content)]


def _chapter(content: ContentBank) -> list[tuple[bool, str]]:
    chapter = content.chapter
    approved = sum(entry.approved is not None for entry in content.entries.values())
    waiting = len(content.entries) - approved
    return [
        (
            chapter.name is not None,
            f"chapter.yaml: the chapter's name ({chapter.name or 'empty'}).",
        ),
        (
            chapter.chair.id is not None,
            "chapter.yaml: the chair's Slack id. Without it no hand-off can be delivered."
            if chapter.chair.id is None
            else "chapter.yaml: the chair is set.",
        ),
        (
            True,
            "chapter.yaml: no deputy is set; if the chair leaves, requests wait."
            if chapter.deputy.id is None
            else "chapter.yaml: the deputy is set.",
        ),
        (True, f"{waiting} answers are not yet approved by the committee; the bot says so."),
    ]


def _database(settings: Settings) -> list[tuple[bool, str]]:
    try:
        if not settings.database.exists():
            return [(True, f"Database: {settings.database} will be made at the first start.")]
        open_database(settings.database).conn.close()
        with told(settings.database):
            db = connect(settings.database)
            waiting = counts(db)
            db.conn.close()
    except BotError as error:
        return [(False, str(error))]
    failed = waiting.get("failed", 0)
    return [
        (True, f"Database: {settings.database} is sound; {waiting.get('due', 0)} notices wait."),
        (failed == 0, f"Notices that could not be delivered: {failed}."),
    ]
