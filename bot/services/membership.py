"""Who is still there: members who left, and a workspace that removed the app."""

from bot.domain.identity import ConversationRef, MemberRef
from bot.services import privacy, succession
from bot.services.roles import roster_of
from bot.services.transaction import Transaction, writes
from bot.store import erasures, members, personal


@writes
def writes_in(tx: Transaction, member: MemberRef, direct: ConversationRef) -> None:
    """A member writes to the bot in their own conversation: what is told there is theirs."""
    members.writes_in(tx.db, tx.workspace, member, direct, tx.now)


@writes
def left(tx: Transaction, member: MemberRef) -> None:
    """A member was deactivated: the grace begins, and who had a role cannot be reached in it.

    Of strangers nothing is noted.
    """
    if privacy.known(tx, member) or roster_of(tx).of(member) is not None:
        members.leave(tx.db, tx.workspace, member, tx.now)
        succession.left(tx, member)


@writes
def came_back(tx: Transaction, member: MemberRef) -> None:
    """A member is active: nothing of theirs goes."""
    members.come_back(tx.db, tx.workspace, member)


@writes
def removed(tx: Transaction) -> None:
    """The app was removed from this workspace: the grace begins."""
    erasures.uninstalled(tx.db, tx.workspace, tx.now)


@writes
def refused(tx: Transaction) -> None:
    """Slack says at the start that the app is no longer there: so for all that is kept."""
    for workspace in personal.workspaces_in(tx.db):
        erasures.uninstalled(tx.db, workspace, tx.now)


@writes
def installed(tx: Transaction) -> None:
    """The app is (again) in this workspace."""
    erasures.installed(tx.db, tx.workspace)
