"""What is known of a member as a person: their time zone."""

from bot.domain.identity import MemberRef
from bot.domain.reminders import zone_named
from bot.services.outbox import publish_home
from bot.services.reminders import replan
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, reads, writes
from bot.store import members


@writes
def set_time_zone(tx: Transaction, member: MemberRef, zone: str) -> None:
    """Keep the time zone that a known member's profile names, and move what waits for an hour.

    A name that means nothing is not kept: without a zone of their own the chapter's holds.
    """
    name = zone if zone_named(zone) else None
    if members.set_time_zone(tx.db, tx.workspace, member, name):
        replan(tx, member)
        publish_home(tx, member)


@reads
def known_at_desk(tx: Transaction) -> tuple[MemberRef, ...]:
    """Who answers for the chapter and has met the bot."""
    return tuple(one for one in desk_of(tx) if members.is_known(tx.db, tx.workspace, one))
