"""The dates of a member, read for `/clm dates`, Home, reminders and calendars alike."""

from bot.domain.dates import MemberDate, OwnDates, dates_to_heed, known_dates
from bot.domain.identity import MemberRef
from bot.services.standing import today
from bot.services.transaction import Transaction
from bot.store import holders, plan


def dates_of(tx: Transaction, member: MemberRef) -> tuple[MemberDate, ...]:
    """The coming dates on which this member has to do something, the earliest first.

    As of the member's own date. Where no season is known there is none of a season.
    """
    own = own_dates(tx, member)
    return dates_to_heed(all_dates_of(tx, own), own, today(tx, member))


def all_dates_of(tx: Transaction, own: OwnDates) -> tuple[MemberDate, ...]:
    """Every known date, past ones too, with a member's own among them."""
    return known_dates(tx.bank.content.seasons, own)


def own_dates(tx: Transaction, member: MemberRef) -> OwnDates:
    """What the member told that makes dates."""
    holder = holders.holder_of(tx.db, tx.workspace, member)
    return OwnDates(
        plan=plan.plan_of(tx.db, tx.workspace, member),
        cycle_ends=holder.cycle_ends if holder else None,
        holds=holder is not None,
    )
