"""A member on the road: real services on a database in memory, a clock that a test moves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar, cast

from bot.cli.running import demo_places
from bot.content import ContentBank, load_content
from bot.domain.eligibility_questions import Answers
from bot.domain.identity import MemberRef, Workspace
from bot.domain.ledger import LedgerEntry
from bot.domain.matching import Index
from bot.domain.program import Season
from bot.services.bank import Bank
from bot.services.transaction import Transaction
from bot.store import eligibility, ledger, members
from bot.store.database import open_memory, transaction

HERE = Workspace("slack:T0CHAPTER")
ADA = MemberRef("slack:T0CHAPTER:U0ADA")
BEN = MemberRef("slack:T0CHAPTER:U0BEN")
NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
"""Noon in the zone of the demo's chapter."""

Params = ParamSpec("Params")
Result = TypeVar("Result")
_names = count()


@cache
def content() -> ContentBank:
    """The shipped content of the demo's chapter."""
    return load_content(demo_places(), NOON.date())


class Road:
    """One database with the services on it."""

    def __init__(self, now: datetime = NOON, seasons: Iterable[Season] = ()) -> None:
        self.now = now
        self.bank = Bank(replace(content(), seasons=tuple(seasons)), cast(Index, None))
        self.db = open_memory(f"road-{next(_names)}")

    def run(
        self,
        use_case: Callable[Concatenate[Transaction, Params], Result],
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """A use case in its transaction."""
        with transaction(self.db):
            tx = Transaction(self.db, HERE, self.bank, self.now)
            return use_case(tx, *args, **kwargs)

    def tells(self, answers: Answers, member: MemberRef = ADA) -> None:
        """The member has finished a check with these answers now."""
        version = self.bank.content.dialog.version
        eligibility.keep_told(self.db, HERE, member, version, answers, self.now)

    def records(self, *entries: LedgerEntry, member: MemberRef = ADA) -> None:
        """The member's ledger gets these entries."""
        for entry in entries:
            ledger.added(self.db, HERE, member, entry, f"form-{next(_names)}", self.now)

    def lives_in(self, zone: str, member: MemberRef = ADA) -> None:
        """The member's profile names this time zone."""
        members.meet(self.db, HERE, member, self.now)
        members.set_time_zone(self.db, HERE, member, zone)

    def told(self, kind: str) -> list[str]:
        """Who was told something of this kind, in order."""
        rows = self.db.query("SELECT recipient FROM outbox WHERE kind = ? ORDER BY id", [kind])
        return [row["recipient"] for row in rows]

    def close(self) -> None:
        self.db.conn.close()


def work_answers(**changes: str | None) -> Mapping[str, str | None]:
    """Everything but education hours, as a principal administrator who meets the rest."""
    return {
        "role": "principal_administrator",
        "combined_roles": "no",
        "years_experience": "5",
        "full_time": "yes",
        "exempt": "yes",
        "country": "US",
        "employed_now": "yes",
        "organization": "law_firm",
        "endorses_ethics_code": "yes",
        **changes,
    }


def sums(hours: str = "2", self_study: str = "0") -> Mapping[str, str | None]:
    """The same sum in each base category."""
    return {
        "hours_writing": hours,
        "hours_communication": hours,
        "hours_self_management": hours,
        "hours_technology": hours,
        "hours_organizational_development": hours,
        "self_study": self_study,
    }


def season(name: str, apply_by: date | None, test_from: date | None = None) -> Season:
    """A season with a source."""
    return Season(name, apply_by, test_from, None, "ala-exam-prep")
