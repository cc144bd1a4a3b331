"""How the content files were found, change by change."""

import json
from datetime import datetime

from sqlite_utils import Database

from bot.domain.identity import Workspace
from bot.domain.mending import Condition, StandIn

KEPT = 20
"""Older ones nobody is told of any more."""


def add(
    db: Database, workspace: Workspace, faults: tuple[str, ...], stand_in: StandIn, now: datetime
) -> int:
    """Keep how the files are now; the id of it. Only the newest of a workspace are kept."""
    cursor = db.execute(
        "INSERT INTO content_conditions (workspace, faults, stand_in, at) VALUES (?, ?, ?, ?)",
        [workspace, json.dumps(faults), stand_in, now.isoformat()],
    )
    db.execute(
        "DELETE FROM content_conditions WHERE workspace = ? AND id NOT IN "
        "(SELECT id FROM content_conditions WHERE workspace = ? ORDER BY id DESC LIMIT ?)",
        [workspace, workspace, KEPT],
    )
    return int(cursor.lastrowid or 0)


def newest(db: Database, workspace: Workspace) -> Condition | None:
    """How the files were found last; None when nothing was ever wrong."""
    row = db.execute(
        "SELECT id, faults, stand_in FROM content_conditions WHERE workspace = ? "
        "ORDER BY id DESC LIMIT 1",
        [workspace],
    ).fetchone()
    return Condition(int(row[0]), tuple(json.loads(row[1])), row[2]) if row else None
