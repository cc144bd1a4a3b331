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
def left(tx: Transaction, member: MemberRef) -> bool:
    """A member was deactivated: the grace begins, and who had a role cannot be reached in it.

    Of strangers nothing is noted. True when it changes whom the chapter's sentences may name.
    """
    has_role = roster_of(tx).of(member) is not None
    if privacy.known(tx, member) or has_role:
        members.leave(tx.db, tx.workspace, member, tx.now)
        succession.left(tx, member)
    return has_role


@writes
def came_back(tx: Transaction, member: MemberRef) -> bool:
    """A member is active: nothing of theirs goes. True when somebody with a role is back."""
    found = roster_of(tx).of(member)
    members.come_back(tx.db, tx.workspace, member)
    return found is not None and found.left


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
