"""No table is forgotten: what names a member is shown to them, goes along, and is erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.domain import privacy as privacy_domain
from bot.services import privacy
from bot.store import personal
from bot.store.database import open_memory
from bot.store.retention import RULES
from handlers.slack.views.privacy import export_message, page_message
from tests.support.handoff import ADA, BEN, HERE, Office
from tests.support.rows import put, tables_of

STAYS = {
    ("tickets", "claimed_by"): "who took up somebody else's request",
    ("ticket_cards", "holder"): "who has the card of somebody else's request",
    ("ticket_history", "who"): "who did what with somebody else's request",
    ("ticket_messages", "author"): "who answered somebody else",
    ("roles", "member"): "who answers for the chapter, until they hand it over",
    ("ticket_notes", "author"): "who noted something about somebody else's request",
}
"""What the chapter did for somebody else goes with that member's request, and why."""

NEVER = {"person", "user", "user_id", "owner", "reader", "email", "real_name"}
"""Names that a column about a member must not have: those that do are found by their name."""

PARENTS = {"attendances": ("sessions",)}
OF_A_TICKET = ("ticket_cards", "ticket_history", "ticket_messages")
SCHEMA = open_memory("privacy-schema")
COLUMNS = [pair for pair in personal.naming_columns(SCHEMA) if pair not in STAYS]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


def database(office: Office) -> Database:
    return office.runtime._store.writing


def naming_ada(office: Office, table: str) -> list[str]:
    rows = database(office).execute(f"SELECT * FROM [{table}]").fetchall()
    return [repr(row) for row in rows if "U0ADA" in repr(row)]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
async def test_every_table_is_shown_exported_and_erased(
    office: Office, table: str, column: str
) -> None:
    """Whatever table a feature adds, a member finds their rows of it on the page and in the files,
    and after an erasure none of them names the member."""
    for parent in PARENTS.get(table, ()):
        put(database(office), parent)
    put(database(office), table, **{column: ADA})
    rows = await office.run(privacy.export, ADA)
    assert len(rows.get(table, ())) == 1
    page = page_message(await office.run(privacy.overview, ADA), office.copy)
    assert page.text
    assert len(export_message(rows, office.copy).files) == 2
    assert naming_ada(office, table)
    assert await office.run(privacy.erase, ADA)
    assert naming_ada(office, table) == []


@pytest.mark.parametrize("kind", privacy_domain.KINDS)
def test_each_kind_that_goes_says_what_its_days_are_counted_from(
    office: Office, kind: privacy_domain.Kind
) -> None:
    """A chapter may set days for any kind: the page then says when they begin, for each of them."""
    kept = privacy_domain.Kept(kind, 1, None, None if kind == "recertification" else 4321)
    page = page_message(privacy_domain.Overview((kept,), 0, None, 30), office.copy)
    goes = "Stays until you erase it." if kind == "recertification" else "4,321 days after "
    assert goes in page.text


def test_a_wish_for_reminders_is_not_said_to_go_with_them(office: Office) -> None:
    """Sent reminders are forgotten after a time; whether somebody wants them is not."""
    kept = privacy_domain.label_of("reminder_settings")
    tables = {table for rules in RULES.values() for table, _, _ in rules}
    assert "reminder_settings" not in tables
    assert kept == "acquaintance"


@pytest.mark.parametrize("table", OF_A_TICKET)
async def test_what_hangs_on_ones_own_request_goes_with_it(office: Office, table: str) -> None:
    """Messages, history and cards of a member's request are theirs, whoever wrote them."""
    put(database(office), "tickets", id=1, member=ADA)
    put(database(office), table, ticket=1)
    rows = await office.run(privacy.export, ADA)
    assert len(rows[table]) == 1
    assert await office.run(privacy.erase, ADA)
    assert database(office).execute(f"SELECT * FROM [{table}]").fetchall() == []


def test_what_is_not_erased_is_named_with_its_reason() -> None:
    """The list of exceptions is short, and each of them is still a column."""
    assert set(STAYS) <= set(personal.naming_columns(SCHEMA))
    assert set(STAYS) < set(personal.IN_OFFICE)
    assert len(STAYS) < 7


def test_a_member_is_called_by_a_name_that_is_looked_for() -> None:
    """No column names somebody under a word that erasing does not know."""
    for table in tables_of(SCHEMA):
        names = {row[1] for row in SCHEMA.execute(f"PRAGMA table_info([{table}])")}
        assert not names & NEVER, table


async def test_one_members_erasure_touches_nobody_else(office: Office) -> None:
    """Rows of the same tables about somebody else stay as they are."""
    mine = [pair for pair in COLUMNS if pair[1] in ("member", "recipient")]
    for table, column in mine:
        put(database(office), table, **{column: ADA, **_other_key(table, 1)})
        put(database(office), table, **{column: BEN, **_other_key(table, 2)})
    before = {t: database(office).execute(f"SELECT * FROM [{t}]").fetchall() for t, _ in mine}
    await office.run(privacy.erase, ADA)
    for table, rows in before.items():
        after = database(office).execute(f"SELECT * FROM [{table}]").fetchall()
        assert [row for row in rows if BEN in row and row not in after] == [], table


def _other_key(table: str, number: int) -> dict[str, int]:
    names = {row[1]: row[5] for row in SCHEMA.execute(f"PRAGMA table_info([{table}])")}
    fitting = {"id": number, "number": number, "turn": number, "key": number}
    return {name: value for name, value in fitting.items() if name in names}


async def test_a_removed_app_leaves_no_row(office: Office) -> None:
    """When the app was removed for good, every table is empty of the workspace, but for the note
    that this was done."""
    for table in tables_of(SCHEMA):
        put(database(office), table)
    await office.run(privacy.clear_workspace)
    left = {
        table
        for table in tables_of(SCHEMA)
        if HERE in repr(database(office).execute(f"SELECT * FROM [{table}]").fetchall())
    }
    assert left == {"erasures"}


def test_every_rule_of_retention_fits_its_table() -> None:
    """Each statement by which the bot forgets is one that the database understands."""
    for rules in RULES.values():
        for table, too_old, whose in rules:
            marks = ["2026-01-01"] * too_old.count("?")
            SCHEMA.execute(f"SELECT {whose} FROM [{table}] WHERE {too_old}", marks)
