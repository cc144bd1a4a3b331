"""Values of the program that editors found still right, each with the revision that said so."""

from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from bot.domain.freshness import FactCheck
from bot.domain.identity import Workspace


def keep(db: Database, workspace: Workspace, revision: int, checks: Iterable[FactCheck]) -> None:
    """Keep what was found right together with an entry; the same again changes nothing."""
    for check in checks:
        db.execute(
            "INSERT OR IGNORE INTO fact_checks (revision, name, workspace, value, checked) "
            "VALUES (?, ?, ?, ?, ?)",
            [revision, check.name, workspace, check.value, check.on.isoformat()],
        )


def drop(db: Database, workspace: Workspace, revision: int) -> None:
    """Take back what was found right with a revision."""
    db.execute(
        "DELETE FROM fact_checks WHERE workspace = ? AND revision = ?", [workspace, revision]
    )


def all_checks(db: Database) -> dict[Workspace, tuple[FactCheck, ...]]:
    """The latest check of each value in each wording, by workspace."""
    found: dict[Workspace, list[FactCheck]] = {}
    rows = db.query(
        "SELECT workspace, name, value, max(checked) AS checked FROM fact_checks "
        "GROUP BY workspace, name, value ORDER BY workspace, name, value"
    )
    for row in rows:
        check = FactCheck(row["name"], row["value"], date.fromisoformat(row["checked"]))
        found.setdefault(Workspace(row["workspace"]), []).append(check)
    return {workspace: tuple(checks) for workspace, checks in found.items()}
