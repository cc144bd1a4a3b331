"""The desk on one screen: what somebody may do there, and what waits for them now."""

from dataclasses import dataclass

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.domain.roles import Right, Role
from bot.services import learning
from bot.services.outbox import tell
from bot.services.roles import roster_of
from bot.services.transaction import Transaction, reads, writes
from bot.store import desk as rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits: open requests, those whose next step is this person's, questions nobody
    could answer, answers past their review date, and this person's own drafts of answers."""

    requests: int
    on_me: int
    questions: int
    due: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody is, may do and has waiting; `chair` says whether the chapter has one who
    can be reached. `nobody` is true where nobody at all would get a request.
    """

    roles: frozenset[Role]
    rights: frozenset[Right]
    waiting: Waiting
    chair: bool
    nobody: bool

    @property
    def has_role(self) -> bool:
        """Whether the desk is theirs at all."""
        return bool(self.roles)


@reads
def desk(tx: Transaction, who: MemberRef) -> Desk:
    """The desk as it is at this moment."""
    return desk_for(tx, who)


def desk_for(tx: Transaction, who: MemberRef) -> Desk:
    """The same inside a transaction that is already open."""
    roster = roster_of(tx)
    officer = roster.of(who)
    return Desk(
        roles=officer.roles if officer else frozenset(),
        rights=roster.rights_of(who),
        waiting=_waiting(tx, who) if officer else Waiting(0, 0, 0, 0, 0),
        chair=bool(roster.reachable("chair")),
        nobody=not any(one.member in roster.desk and not one.left for one in roster.officers),
    )


@writes
def show(tx: Transaction, who: MemberRef, place: ConversationRef, key: str) -> None:
    """Show the desk there, in their direct conversation; the same `key` again shows it once."""
    tell(tx, Notice(tx.workspace, place, f"desk_page:{key}", "desk_page", who))


def _waiting(tx: Transaction, who: MemberRef) -> Waiting:
    entries = tx.bank.content.entries.values()
    return Waiting(
        requests=rows.open_requests(tx.db, tx.workspace),
        on_me=rows.waiting_on(tx.db, tx.workspace, who, tx.now),
        questions=learning.count_open(tx),
        due=sum(entry.overdue and not entry.is_action for entry in entries),
        drafts=rows.drafts_of(tx.db, tx.workspace, who),
    )
