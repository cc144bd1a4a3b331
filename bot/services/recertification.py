"""Members who hold the CLM: saying so, changing it, and seeing the pace."""

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.domain.recertification_pace import Keeping
from bot.domain.recertification_telling import Refused, Said, read_said
from bot.services.calendars import follow
from bot.services.outbox import publish_home, tell
from bot.services.recertification_pace import keeping_of
from bot.services.reminders import replan
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import holders


@reads
def read(tx: Transaction, member: MemberRef) -> Keeping | None:
    """How the member keeps the CLM; None when they do not hold it, or never said."""
    return keeping_of(tx, member, today(tx, member))


@promises
def hold(tx: Transaction, member: MemberRef, said: Said) -> Keeping | Refused | None:
    """Keep what the member said in place of what they said before; None where they hold nothing.

    The same again changes nothing.
    """
    day = today(tx, member)
    told = read_said(said, tx.bank.content.recertification, day)
    if isinstance(told, Refused):
        return told
    if told.holder != holders.holder_of(tx.db, tx.workspace, member):
        if told.holder is None:
            holders.erase(tx.db, tx.workspace, member)
        else:
            holders.keep(tx.db, tx.workspace, member, told.holder, tx.now)
        _dates_changed(tx, member)
        publish_home(tx, member)
    return keeping_of(tx, member, day)


def _dates_changed(tx: Transaction, member: MemberRef) -> None:
    """The anniversary is one of the member's dates: their calendar and reminders go by it."""
    follow(tx, member)
    replan(tx, member)


@writes
def tell_pace(tx: Transaction, member: MemberRef, place: ConversationRef, key: str) -> None:
    """Answer a word typed in the direct conversation."""
    tell(tx, Notice(tx.workspace, place, f"recert:{key}", "recertification", member))
