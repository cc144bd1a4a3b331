"""Who answers for the chapter now, and who may do what: looked up anew at each action."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain import roles as rules
from bot.domain.identity import MemberRef
from bot.domain.roles import Right, Roster
from bot.services.transaction import Transaction, reads
from bot.store import members, roles


def roster_of(tx: Transaction) -> Roster:
    """Who holds a role now: the files, and what was decided in chat over them."""
    chapter = tx.bank.content.chapter
    today = _today(tx.now, chapter.time_zone)
    return rules.roster_of(
        chapter,
        tx.workspace,
        roles.appointments(tx.db, tx.workspace),
        roles.away(tx.db, tx.workspace),
        today,
        members.gone(tx.db, tx.workspace),
    )


def desk_of(tx: Transaction) -> tuple[MemberRef, ...]:
    """Who answers for the chapter now, in the order in which a hand-off goes to them."""
    return roster_of(tx).desk


@reads
def roster(tx: Transaction) -> Roster:
    """The same as `roster_of`, for whoever only shows it."""
    return roster_of(tx)


@reads
def desk(tx: Transaction) -> tuple[MemberRef, ...]:
    """The same as `desk_of`, for whoever only shows it."""
    return desk_of(tx)


@reads
def may(tx: Transaction, member: MemberRef, right: Right) -> bool:
    """Whether somebody has this right at this moment."""
    return roster_of(tx).may(member, right)


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
