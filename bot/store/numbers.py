"""Counting what was asked and what came of it: aggregates, and nobody's rows."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from heapq import merge

from sqlite_utils import Database

from bot.domain.identity import Workspace
from bot.domain.numbers import Funnel, TopicCount, Votes
from bot.domain.numbers_judging import Event

_TURNS = """
SELECT member, CAST(strftime('%s', created_at) AS INTEGER),
  iif(outcome = 'unknown' AND choices <> '[]', 'refused', outcome), coalesce(entry, ''),
  iif(outcome = 'clarify', choices, ''),
  outcome = 'answer'
    AND EXISTS (SELECT 1 FROM votes v WHERE v.turn = turns.id AND v.helpful = 0)
FROM turns WHERE workspace = :workspace AND created_at >= :since AND created_at < :until
  AND outcome IN ('answer', 'clarify', 'unknown')
ORDER BY member DESC, created_at DESC, id DESC
"""
_TO_THE_CHAIR = """
SELECT member, CAST(strftime('%s', at) AS INTEGER), 'human', '', '', 0 FROM (
  SELECT member, created_at AS at FROM tickets
   WHERE workspace = :workspace AND created_at >= :since AND created_at < :until
  UNION ALL
  SELECT t.member, m.at FROM tickets t JOIN ticket_messages m ON m.ticket = t.id
   WHERE t.workspace = :workspace AND m.by_member = 1 AND m.at >= :since AND m.at < :until
) ORDER BY member DESC, at DESC
"""


def events(db: Database, workspace: Workspace, since: datetime, until: datetime) -> Iterator[Event]:
    """What members did between two moments: one member after the other, the latest first.

    One row at a time, so that a long history takes no more memory than a short one.
    """
    values = {"workspace": workspace, "since": since.isoformat(), "until": until.isoformat()}
    streams = ((Event(*row) for row in db.execute(sql, values)) for sql in (_TO_THE_CHAIR, _TURNS))
    return merge(*streams, key=lambda event: (event.member, event.at), reverse=True)


def first_asked(db: Database, workspace: Workspace) -> datetime | None:
    """When the first turn that is kept was asked, or the first request sent."""
    row = db.execute(
        "SELECT min(at) FROM (SELECT min(created_at) AS at FROM turns WHERE workspace = :w "
        "UNION ALL SELECT min(created_at) FROM tickets WHERE workspace = :w)",
        {"w": workspace},
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def topics(
    db: Database, workspace: Workspace, since: datetime, until: datetime
) -> Iterator[TopicCount]:
    """How often each entry was shown as an answer, and to how many people."""
    rows = db.execute(
        "SELECT entry, count(*), count(DISTINCT member) FROM turns WHERE workspace = ? "
        "AND created_at >= ? AND created_at < ? AND outcome = 'answer' AND entry IS NOT NULL "
        "GROUP BY entry ORDER BY 2 DESC, 1",
        [workspace, since.isoformat(), until.isoformat()],
    )
    for entry, times, people in rows:
        yield TopicCount(entry, int(times), int(people))


def people_of(
    db: Database, workspace: Workspace, entries: Collection[str], since: datetime, until: datetime
) -> int:
    """How many people at least one of these entries was shown to as an answer."""
    row = db.execute(
        "SELECT count(DISTINCT member) FROM turns WHERE workspace = ? AND created_at >= ? "
        "AND created_at < ? AND outcome = 'answer' AND entry IN (SELECT value FROM json_each(?))",
        [workspace, since.isoformat(), until.isoformat(), json.dumps([*entries])],
    ).fetchone()
    return int(row[0])


def votes(db: Database, workspace: Workspace, since: datetime, until: datetime) -> Votes:
    """Votes on answers, as they stand now."""
    row = db.execute(
        "SELECT coalesce(sum(v.helpful), 0), coalesce(sum(NOT v.helpful), 0) "
        "FROM votes v JOIN turns t ON t.id = v.turn "
        "WHERE t.workspace = ? AND v.at >= ? AND v.at < ?",
        [workspace, since.isoformat(), until.isoformat()],
    ).fetchone()
    return Votes(int(row[0]), int(row[1]))


def funnel(db: Database, workspace: Workspace, since: datetime, until: datetime) -> Funnel:
    """How many people did each thing; whoever did it twice counts once."""
    values = {"w": workspace, "since": since.isoformat(), "until": until.isoformat()}

    def people(table: str, time: str, also: str = "") -> int:
        found = db.execute(
            f"SELECT count(DISTINCT member) FROM {table} WHERE workspace = :w "
            f"AND {time} >= :since AND {time} < :until {also}",
            values,
        )
        return int(found.fetchone()[0])

    return Funnel(
        asked=people("turns", "created_at", "AND outcome IN ('answer', 'clarify', 'unknown')"),
        checked=people("profiles", "told_at"),
        handed_off=people("tickets", "created_at"),
        applying=people("tickets", "coalesce(closed_at, changed_at)", "AND outcome = 'applying'"),
        certified=people("holders", "told_at"),
    )


def first_replies(
    db: Database, workspace: Workspace, since: datetime, until: datetime, limit: int
) -> tuple[tuple[datetime, datetime], ...]:
    """When each of the newest requests was sent, and when the desk first answered it."""
    rows = db.execute(
        "SELECT t.created_at, min(m.at) FROM tickets t JOIN ticket_messages m ON m.ticket = t.id "
        "WHERE t.workspace = ? AND t.created_at >= ? AND t.created_at < ? AND m.by_member = 0 "
        "GROUP BY t.id ORDER BY t.id DESC LIMIT ?",
        [workspace, since.isoformat(), until.isoformat(), limit],
    ).fetchall()
    return tuple((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in rows)


def requests(db: Database, workspace: Workspace, since: datetime, until: datetime) -> int:
    """How many requests were sent to the chair."""
    row = db.execute(
        "SELECT count(*) FROM tickets WHERE workspace = ? AND created_at >= ? AND created_at < ?",
        [workspace, since.isoformat(), until.isoformat()],
    ).fetchone()
    return int(row[0])
