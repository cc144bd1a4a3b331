"""`clm doctor`: what is set up, what is missing, and what to do about it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal

from bot.config import Settings, require_slack
from bot.content import ContentBank, ContentPlaces, last_good, load_content
from bot.doctor_channel import channel_of, lost_in_channels
from bot.doctor_edits import edits_of
from bot.doctor_requests import requests_of
from bot.doctor_roles import people_of
from bot.domain.roles import Chapter
from bot.errors import BotError, ContentError, SemanticError, SettingsError
from bot.semantic import kept
from bot.store import reminders
from bot.store.database import open_to_look, told
from bot.store.migrations import is_current
from bot.store.outbox import counts

MISSED_AFTER = timedelta(days=1)

Mark = Literal["ok", "note", "missing", "wrong"]
Finding = tuple[Mark, str]


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found, as text; healthy when nothing keeps the bot from doing its work."""

    text: str
    healthy: bool


def examine(
    settings: Settings, places: ContentPlaces, today: date, now: datetime | None = None
) -> Examination:
    """Look at settings, content and database; nothing is sent to Slack, and nothing changed.

    Without `now` what is due counts as of this moment.
    """
    findings = [
        *_settings(settings),
        *_content(places, today, settings.last_good, settings.database),
        *_database(settings.database, now or datetime.now(UTC)),
        _semantic(kept.semantic_folder(settings.clm_home)),
    ]
    healthy = all(mark in ("ok", "note") for mark, _ in findings)
    verdict = (
        "The bot has what it needs. Start it with: clm run"
        if healthy
        else "The bot is not ready: see to each line that begins with missing or wrong."
    )
    lines = [f"{mark:<8} {text}" for mark, text in findings]
    return Examination("\n".join([*lines, "", verdict]), healthy)


def _settings(settings: Settings) -> Iterator[Finding]:
    socket, http = _faults(settings, http=False), _faults(settings, http=True)
    if not socket:
        yield "ok", "Settings: Socket Mode is complete (clm run)."
    if not http:
        yield "ok", "Settings: HTTP mode is complete (clm run --http HOST:PORT)."
    if socket and http:
        for fault in socket:
            yield "missing", f"Settings: {fault}"
        yield (
            "note",
            "Settings: HTTP mode would need SLACK_SIGNING_SECRET in place of the app token.",
        )
    elif socket:
        yield "note", f"Settings: for Socket Mode: {' '.join(socket)}"
    elif http:
        yield "note", f"Settings: for HTTP mode: {' '.join(http)}"


def _faults(settings: Settings, *, http: bool) -> tuple[str, ...]:
    try:
        require_slack(settings, http=http)
    except SettingsError as error:
        return error.faults
    return ()


def _content(places: ContentPlaces, today: date, copy: Path, database: Path) -> Iterator[Finding]:
    try:
        content = load_content(places, today)
    except ContentError as error:
        for fault in error.faults:
            yield "wrong", f"Content: {fault}"
        yield _instead(places, today, copy)
        return
    yield "ok", f"Content: {len(content.entries)} entries, without a fault."
    yield _approval(content)
    yield from _freshness(content)
    yield from edits_of(content, database, today)
    yield from _chapter(content.chapter, database, today)


def _instead(places: ContentPlaces, today: date, copy: Path) -> Finding:
    load = partial(load_content, today=today)
    if last_good.from_copy(places, copy, load):
        kept = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
        return (
            "note",
            "Content: until that is mended the bot works with the files as they last were in "
            f"order (copy of {kept:%Y-%m-%d %H:%M} UTC).",
        )
    if last_good.from_readable(places, load):
        return (
            "note",
            "Content: until that is mended the bot works without those of the chapter's own files "
            "that have a fault.",
        )
    return "note", "Content: no copy in order is kept; a bot that is started now ends at once."


def _approval(content: ContentBank) -> Finding:
    answers = [entry for entry in content.entries.values() if not entry.is_action]
    approved = sum(entry.approved is not None for entry in answers)
    if approved == len(answers):
        return "ok", f"Content: all {approved} answers are approved."
    return (
        "note",
        f"Content: {approved} of {len(answers)} answers are approved; under each other one the bot "
        "says that it is not.",
    )


def _freshness(content: ContentBank) -> Iterator[Finding]:
    late = [entry for entry in content.entries.values() if entry.overdue and not entry.is_action]
    if late:
        yield (
            "note",
            f"Content: {len(late)} answers are past their review date and say so; "
            "clm content due lists them.",
        )
    else:
        yield "ok", "Content: no answer is past its review date."
    if content.withheld:
        yield (
            "note",
            f"Content: answers leave out {', '.join(content.withheld)}: checked too long ago.",
        )


def _chapter(chapter: Chapter, database: Path, today: date) -> Iterator[Finding]:
    if chapter.name:
        yield "ok", f"Chapter: {chapter.name}."
    else:
        yield "note", 'Chapter: no name in chapter.yaml; the bot says "your chapter".'
    yield from people_of(chapter, database, today)
    yield from channel_of(chapter)


def _database(path: Path, now: datetime) -> Iterator[Finding]:
    try:
        with told(path):
            yield from _looked_at(path, now) if path.exists() else [_place_for(path)]
    except BotError as error:
        yield "wrong", str(error)


def _looked_at(path: Path, now: datetime) -> list[Finding]:
    db = open_to_look(path)
    try:
        if not is_current(db):
            return [("ok", f"Database: {path} is sound; the next start brings it up to date.")]
        waiting = counts(db)
        reminding = reminders.counts(db, now, now - MISSED_AFTER)
        requests = [*requests_of(db), *lost_in_channels(db)]
    finally:
        db.conn.close()
    unsent, failed = waiting.get("due", 0) + waiting.get("sending", 0), waiting.get("failed", 0)
    found: list[Finding] = [
        ("ok", f"Database: {path} is sound; {_notices(unsent)} to be delivered.")
    ]
    if failed:
        text = f"Database: {_notices(failed)} could not be delivered and never will be."
        found.append(("note", text))
    return [*found, *requests, _reminders(*reminding)]


def _reminders(waiting: int, due: int, missed: int) -> Finding:
    text = f"Reminders: {waiting} waiting, {due} of them due now, {missed} missed."
    if missed:
        return (
            "note",
            f"{text} Missed ones are due for more than a day; a running bot sends those that "
            "still help.",
        )
    return "ok", text


def _place_for(path: Path) -> Finding:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return "ok", f"Database: {path} will be made at the first start."
    return "wrong", f"Database: {path} cannot be made; {folder} cannot be written."


def _notices(number: int) -> str:
    return "1 notice" if number == 1 else f"{number or 'no'} notices"


def _semantic(folder: Path) -> Finding:
    try:
        if not kept.is_kept(folder):
            return (
                "note",
                "Semantic level: off; `clm semantic fetch` turns it on, 80 MB to fetch, "
                "23 MB kept.",
            )
        kept.check(folder)
    except SemanticError as error:
        return "note", f"Semantic level: off. {error}"
    return "ok", f"Semantic level: on ({kept.MODEL}, int8)."
