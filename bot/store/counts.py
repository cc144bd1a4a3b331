"""What is left of data that were erased or forgotten: numbers, and nobody's."""

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace


def add(db: Database, workspace: Workspace, what: str, number: int = 1) -> None:
    """So many more of something."""
    if number:
        db.execute(
            "INSERT INTO counts (workspace, what, number) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET number = number + excluded.number",
            [workspace, what, number],
        )


def of(db: Database, workspace: Workspace) -> dict[str, int]:
    """Every count of a workspace."""
    rows = db.execute(
        "SELECT what, number FROM counts WHERE workspace = ? ORDER BY what", [workspace]
    ).fetchall()
    return {what: number for what, number in rows}


def keep_of_member(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Count what a member asked, voted and requested, before it goes."""
    owned = "workspace = ? AND member = ?"
    _keep(db, workspace, f"{_TURNS} WHERE {owned} GROUP BY 1", [workspace, member])
    _keep(
        db,
        workspace,
        f"{_VOTES} WHERE v.member = ? AND t.workspace = ? GROUP BY 1",
        [member, workspace],
    )
    _keep(db, workspace, f"{_TICKETS} WHERE {owned} GROUP BY 1", [workspace, member])


def keep_of_turn(db: Database, workspace: Workspace, turn: int) -> None:
    """Count a turn and the votes on it, before they go."""
    _keep(db, workspace, f"{_TURNS} WHERE id = ? GROUP BY 1", [turn])
    _keep(db, workspace, f"{_VOTES} WHERE v.turn = ? GROUP BY 1", [turn])


def keep_of_ticket(db: Database, workspace: Workspace, ticket: int) -> None:
    """Count a request by what came of it, before it goes."""
    _keep(db, workspace, f"{_TICKETS} WHERE id = ? GROUP BY 1", [ticket])


_TURNS = "SELECT 'turn:' || outcome || coalesce(':' || entry, ''), count(*) FROM turns"
_VOTES = (
    "SELECT 'vote:' || iif(v.helpful, 'yes', 'no') || coalesce(':' || t.entry, ''), count(*) "
    "FROM votes v JOIN turns t ON t.id = v.turn"
)
_TICKETS = "SELECT 'ticket:' || state || coalesce(':' || outcome, ''), count(*) FROM tickets"


def _keep(db: Database, workspace: Workspace, counting: str, values: list[object]) -> None:
    for what, number in db.execute(counting, values).fetchall():
        add(db, workspace, what, number)
