"""Telling the editor where the content has faults, and that it is in order again."""

from bot.domain.identity import MemberRef
from bot.domain.mending import Condition, StandIn
from bot.domain.notices import Notice
from bot.services.outbox import tell
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, reads, writes
from bot.store import mending


@writes
def note(tx: Transaction, faults: tuple[str, ...], stand_in: StandIn) -> bool:
    """Tell the editor how the content files are; True when there was something new to tell.

    The same faults are told once, also over restarts, and sound files only after faults. Where
    there is nobody to tell, nothing is kept, so that it is told once there is somebody.
    """
    last = mending.newest(tx.db, tx.workspace)
    known = last or Condition(0, (), stand_in)
    if known.tells_the_same(faults, stand_in):
        return False
    desk = desk_of(tx)
    if faults and not desk:
        return False
    condition = mending.add(tx.db, tx.workspace, faults, stand_in, tx.now)
    for editor in desk[:1]:
        _tell(tx, editor, str(condition))
    return True


@reads
def read(tx: Transaction, condition: int) -> Condition | None:
    """What a notice tells; None when the files were found otherwise since then."""
    last = mending.newest(tx.db, tx.workspace)
    return last if last is not None and last.id == condition else None


@writes
def undeliverable(tx: Transaction, notice: Notice) -> None:
    """Whoever was to be told cannot be reached: the next of the desk is told."""
    desk = desk_of(tx)
    after = desk.index(MemberRef(notice.recipient)) + 1 if notice.recipient in desk else len(desk)
    for editor in desk[after : after + 1]:
        _tell(tx, editor, notice.subject)


def _tell(tx: Transaction, editor: MemberRef, condition: str) -> None:
    tell(tx, Notice(tx.workspace, editor, f"mending:{condition}", "mending", condition))
