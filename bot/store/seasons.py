"""Exam seasons that the committee entered in chat, and what was changed by whom."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.program import Season
from bot.domain.seasons import EnteredSeason

_ONE = "WHERE workspace = ? AND name = ?"
_SIDES = ("before", "after")
_DAYS = ("apply_by", "test_from", "test_to", "checked")


def season_of(db: Database, workspace: Workspace, name: str) -> EnteredSeason | None:
    """A season as it was entered; None when nobody entered it."""
    rows = db.query(f"SELECT * FROM seasons {_ONE}", [workspace, name])
    return next((made for _, made in _seasons(rows)), None)


def seasons_of(db: Database, workspace: Workspace) -> tuple[EnteredSeason, ...]:
    """All that were entered in a workspace."""
    rows = db.query("SELECT * FROM seasons WHERE workspace = ? ORDER BY name", [workspace])
    return tuple(made for _, made in _seasons(rows))


def all_seasons(db: Database) -> dict[Workspace, tuple[Season, ...]]:
    """All that were entered anywhere, by workspace."""
    found: dict[Workspace, list[Season]] = {}
    for workspace, made in _seasons(db.query("SELECT * FROM seasons ORDER BY workspace, name")):
        found.setdefault(workspace, []).append(made.season)
    return {workspace: tuple(seasons) for workspace, seasons in found.items()}


def keep(
    db: Database, workspace: Workspace, season: Season, by: MemberRef, now: datetime
) -> EnteredSeason:
    """Keep a season in place of what was entered under its name, with its history."""
    before = season_of(db, workspace, season.name)
    version = before.version + 1 if before else 1
    row = {**_packed(season), "version": version, "by": by, "at": now.isoformat()}
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(
        f"INSERT OR REPLACE INTO seasons (workspace, {names}) VALUES (?{', ?' * len(row)})",
        [workspace, *row.values()],
    )
    _remember(db, workspace, before.season if before else None, season, by, now)
    return EnteredSeason(season, version, by)


def drop(
    db: Database, workspace: Workspace, name: str, by: MemberRef, now: datetime
) -> Season | None:
    """Take a season out, with its history; what stood there, None when nothing did."""
    before = season_of(db, workspace, name)
    if before is None:
        return None
    db.execute(f"DELETE FROM seasons {_ONE}", [workspace, name])
    _remember(db, workspace, before.season, None, by, now)
    return before.season


def last_change(db: Database, workspace: Workspace) -> int:
    """The id of the newest change; 0 before the first."""
    row = db.execute(
        "SELECT max(id) FROM season_history WHERE workspace = ?", [workspace]
    ).fetchone()
    return int(row[0] or 0)


def change_of(
    db: Database, workspace: Workspace, change: int
) -> tuple[Season | None, Season | None, MemberRef] | None:
    """What stood before a change, what after it, and who made it; None when there is none."""
    for row in db.query(
        "SELECT * FROM season_history WHERE workspace = ? AND id = ?", [workspace, change]
    ):
        before, after = (_unpacked(json.loads(row[at])) if row[at] else None for at in _SIDES)
        return before, after, MemberRef(row["by"])
    return None


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget who entered what; the seasons are the chapter's and stay."""
    for table in ("seasons", "season_history"):
        db.execute(
            f'UPDATE {table} SET "by" = \'\' WHERE workspace = ? AND "by" = ?', [workspace, member]
        )


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """What a member of the committee entered, by table."""
    return {
        table: list(
            db.query(f'SELECT * FROM {table} WHERE workspace = ? AND "by" = ?', [workspace, member])
        )
        for table in ("seasons", "season_history")
    }


def _remember(
    db: Database,
    workspace: Workspace,
    before: Season | None,
    after: Season | None,
    by: MemberRef,
    now: datetime,
) -> None:
    name = after.name if after else before.name if before else ""
    sides = [json.dumps(_packed(side)) if side else None for side in (before, after)]
    db.execute(
        'INSERT INTO season_history (workspace, name, before, after, "by", at) '
        "VALUES (?, ?, ?, ?, ?, ?)",
        [workspace, name, *sides, by, now.isoformat()],
    )


def _packed(season: Season) -> dict[str, str | None]:
    kept = asdict(season)
    return {
        "name": season.name,
        "source": season.source,
        **{key: kept[key].isoformat() if kept[key] else None for key in _DAYS},
    }


def _unpacked(row: dict[str, Any]) -> Season:
    days = [date.fromisoformat(row[key]) if row[key] else None for key in _DAYS]
    apply_by, test_from, test_to, checked = days
    return Season(row["name"], apply_by, test_from, test_to, row["source"], checked, entered=True)


def _seasons(rows: Iterator[dict[str, Any]]) -> Iterator[tuple[Workspace, EnteredSeason]]:
    for row in rows:
        made = EnteredSeason(_unpacked(row), row["version"], MemberRef(row["by"]))
        yield Workspace(row["workspace"]), made
