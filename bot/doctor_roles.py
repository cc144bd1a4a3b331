"""`clm doctor` on the people: who is chair, deputy and admin, as the files and the chat say."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from bot.domain.identity import Workspace
from bot.domain.roles import Chapter, Officer, Roster, roster_of
from bot.errors import StoreError
from bot.store import members, roles
from bot.store.database import open_to_look, told
from bot.store.migrations import is_current

Finding = tuple[Literal["ok", "note", "missing", "wrong"], str]

_BY_FILES = Workspace("")


def people_of(chapter: Chapter, path: Path, today: date) -> Iterator[Finding]:
    """Who holds a role now; by the files alone where the database says nothing of it."""
    for roster in _rosters(chapter, path, today):
        yield _chair(roster)
        yield _deputy(roster)
        yield from _admin(roster)


def _rosters(chapter: Chapter, path: Path, today: date) -> list[Roster]:
    by_files = [roster_of(chapter, _BY_FILES, (), {}, today)]
    if not path.exists():
        return by_files
    try:
        with told(path):
            db = open_to_look(path)
            try:
                return _looked_up(db, chapter, today) if is_current(db) else by_files
            finally:
                db.conn.close()
    except (StoreError, sqlite3.Error):
        # What is wrong with the database is said of the database.
        return by_files


def _looked_up(db: Database, chapter: Chapter, today: date) -> list[Roster]:
    found = []
    for workspace in roles.workspaces(db) or [_BY_FILES]:
        given, gone = roles.appointments(db, workspace), members.gone(db, workspace)
        found.append(roster_of(chapter, workspace, given, roles.away(db, workspace), today, gone))
    return found


def _chair(roster: Roster) -> Finding:
    chairs = roster.with_role("chair")
    if not chairs:
        return (
            "missing",
            "Chair: no slack_id in chapter.yaml; requests are kept and nobody gets them."
            if not roster.desk
            else "Chair: nobody is; requests go to those who stand in. An admin names one with "
            "/clm chair people.",
        )
    if not roster.reachable("chair"):
        return (
            "wrong",
            f"Chair: {_listed(chairs)} has left Slack. Whoever gives roles names the next with "
            "/clm chair people.",
        )
    return "ok", f"Chair: {_listed(chairs)}."


def _deputy(roster: Roster) -> Finding:
    deputies = roster.with_role("deputy")
    if not deputies:
        return "note", "Deputy: none in chapter.yaml; if the chair leaves Slack, requests wait."
    return "ok", f"Deputy: {_listed(deputies)}."


def _admin(roster: Roster) -> Iterator[Finding]:
    chairs = {one.member for one in roster.with_role("chair")}
    admins = roster.with_role("admin")
    if {one.member for one in admins} - chairs:
        yield "ok", f"Admin: {_listed(admins)}."
    elif chairs and not admins:
        yield "note", "Admin: none; the chair gives the other roles and passes the chair on."


def _listed(officers: tuple[Officer, ...]) -> str:
    return ", ".join(_named(one) for one in officers)


def _named(officer: Officer) -> str:
    user = officer.member.rpartition(":")[2]
    shown = f"{officer.name} ({user})" if officer.name else f"{user}, without a name"
    away = f", away until {officer.away_until}" if officer.away_until else ""
    return f"{shown}{', left Slack' if officer.left else ''}{away}"
