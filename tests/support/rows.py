"""Rows for any table, whatever columns it has: so that tests know of tables made after them."""

from typing import Any

from sqlite_utils import Database

from tests.support.database import HERE, NOW

DAYS = frozenset("day apply_on cycle_ends checked apply_by test_from test_to until".split())
TIMES = frozenset("at first_seen last_seen".split())
VALUES: dict[str, Any] = {
    "workspace": HERE,
    "state": "closed",
    "outcome": "answered",
    "amount": "1",
    "body": '{"event": {"user": "U0ADA"}}',
    "place": f"{HERE}:C0CLM",
}
SHARED = '{"name": "", "question": "", "standing": "", "time_zone": "", "note": ""}'
JSON: dict[str, str] = {
    "shared": SHARED,
    "offered": SHARED,
    "answers": "{}",
    "dates": '{"days": []}',
    "choices": "[]",
    "also": "[]",
    "dropped": "[]",
}


def tables_of(db: Database) -> list[str]:
    rows = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*sqlite_*'"
    ).fetchall()
    return [str(row[0]) for row in rows]


def put(db: Database, table: str, **given: Any) -> None:
    """A row with these values, and something that fits in every other column that needs it."""
    row = {}
    for _, name, kind, needed, default, key in db.execute(f"PRAGMA table_info([{table}])"):
        if name in given:
            row[name] = given[name]
        elif (needed or key or name in VALUES) and default is None:
            row[name] = _filler(name, kind)
    db.execute("PRAGMA foreign_keys=OFF")
    names = ", ".join(f"[{name}]" for name in row)
    marks = ", ".join("?" for _ in row)
    db.execute(f"INSERT INTO [{table}] ({names}) VALUES ({marks})", list(row.values()))
    db.execute("PRAGMA foreign_keys=ON")


def _filler(name: str, kind: str) -> Any:
    if kind == "INTEGER":
        return 1
    if name in TIMES or name.endswith("_at"):
        return NOW.isoformat()
    if name in DAYS:
        return NOW.date().isoformat()
    return VALUES.get(name, JSON.get(name, "1"))
