"""What the next chair reads first: the desk as it is when it is theirs, on one page."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.dates import MemberDate, OwnDates, coming_dates, known_dates
from bot.domain.identity import MemberRef
from bot.domain.learning import Group
from bot.domain.program import Season
from bot.domain.roles import Roster
from bot.domain.succession import Handover
from bot.services.chair import Desk, desk_for
from bot.services.learning import top_unanswered
from bot.services.numbers import topics_of
from bot.services.roles import roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, reads
from bot.store import handoff, handovers

MOST = 5
"""Lines of one list; a page is for reading."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """The desk as the next chair finds it.

    `oldest` is since when the request waits that has waited longest. `topics` are questions of the
    bank and how often each was asked lately, those of a few people left out.
    """

    handover: Handover
    desk: Desk
    roster: Roster
    oldest: datetime | None
    dates: tuple[MemberDate, ...]
    newest: Season | None
    topics: tuple[tuple[str, int], ...]
    questions: tuple[Group, ...]


@reads
def introduction(tx: Transaction, who: MemberRef, handover_id: int) -> Introduction | None:
    """The page as of now; None for somebody who is not the chair (any more)."""
    found, roster = handovers.get(tx.db, tx.workspace, handover_id), roster_of(tx)
    if found is None or not roster.may(who, "hand_over"):
        return None
    waiting = [one.waiting_since for one in handoff.all_open(tx.db, tx.workspace)]
    seasons = tx.bank.content.seasons
    return Introduction(
        handover=found,
        desk=desk_for(tx, who),
        roster=roster,
        oldest=min((since for since in waiting if since), default=None),
        dates=coming_dates(known_dates(seasons, OwnDates()), today(tx))[:MOST],
        newest=seasons[-1] if seasons else None,
        topics=_topics(tx),
        questions=top_unanswered(tx),
    )


def _topics(tx: Transaction) -> tuple[tuple[str, int], ...]:
    # The year of `/clm chair numbers`: of two others, one could be taken from the other.
    told = topics_of(tx, "year")
    return tuple((one.name, one.times) for one in told if one.name)[:MOST]
