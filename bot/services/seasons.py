"""Seasons that the committee enters in chat: previewed, kept, taken out, and told."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.program import Season
from bot.domain.seasons import (
    Field,
    SeasonDraft,
    SeasonFault,
    entered,
    faults_in,
    names_to_offer,
    says_the_same,
    season_named,
)
from bot.services.outbox import publish_home, tell
from bot.services.roles import roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import calendars, members, seasons


@dataclass(frozen=True, slots=True)
class SeasonForm:
    """What the window offers: the names to choose from, and what is known under the chosen one."""

    names: tuple[str, ...]
    name: str
    known: Season | None


@dataclass(frozen=True, slots=True)
class SeasonPreview:
    """A season as it would be kept, beside what is known now.

    `version` is that of what was entered before, 0 where nothing was. `members` is how many have
    one of its dates in their calendar.
    """

    season: Season
    before: Season | None
    version: int
    members: int
    changed_meanwhile: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be kept: what is wrong, by field."""

    faults: Mapping[Field, SeasonFault]


@dataclass(frozen=True, slots=True)
class Saved:
    """It is kept."""

    season: Season


@dataclass(frozen=True, slots=True)
class SeasonChange:
    """A change as the committee is told of it; one of the two is None for a new one or a gone
    one."""

    before: Season | None
    after: Season | None
    by: MemberRef


@reads
def form(tx: Transaction, name: str = "") -> SeasonForm:
    """The window for a season; without a name for the first that is offered."""
    known = tx.bank.content.seasons
    names = names_to_offer(known, today(tx))
    chosen = name if name in names else names[0]
    return SeasonForm(names, chosen, season_named(chosen, known))


@reads
def preview(tx: Transaction, draft: SeasonDraft) -> SeasonPreview | Refused:
    """What would be kept; nothing is yet."""
    if faults := faults_in(draft, today(tx)):
        return Refused(faults)
    return _preview(tx, draft)


@promises
def save(
    tx: Transaction, member: MemberRef, draft: SeasonDraft, version: int
) -> Saved | SeasonPreview | Refused:
    """Keep a season that was previewed at this version; the same season again changes nothing.

    When somebody changed it meanwhile nothing is kept, and the preview is shown as of now.
    """
    if faults := faults_in(draft, today(tx)):
        return Refused(faults)
    before = seasons.season_of(tx.db, tx.workspace, draft.name)
    season = entered(draft, today(tx))
    if before and says_the_same(before.season, season):
        return Saved(before.season)
    if version != (before.version if before else 0):
        return _preview(tx, draft, changed_meanwhile=True)
    seasons.keep(tx.db, tx.workspace, season, member, tx.now)
    _tell_desk(tx)
    return Saved(season)


@promises
def withdraw(tx: Transaction, member: MemberRef, name: str) -> bool:
    """Take out what was entered; False when nothing is there any more."""
    if seasons.drop(tx.db, tx.workspace, name, member, tx.now) is None:
        return False
    _tell_desk(tx)
    return True


@writes
def publish_homes(tx: Transaction) -> None:
    """Every member's Home names the coming dates, so a change of them is a change of each."""
    for member in members.present(tx.db, tx.workspace):
        publish_home(tx, member)


@writes
def tell_offer(tx: Transaction, member: MemberRef, place: str, key: str) -> None:
    """Answer the word typed in the direct conversation, where no window can open."""
    tell(tx, Notice(tx.workspace, place, f"season:{key}", "season", member))


@reads
def change_of(tx: Transaction, change: int) -> SeasonChange | None:
    """A change by its id."""
    found = seasons.change_of(tx.db, tx.workspace, change)
    return SeasonChange(*found) if found else None


def _preview(
    tx: Transaction, draft: SeasonDraft, *, changed_meanwhile: bool = False
) -> SeasonPreview:
    before = seasons.season_of(tx.db, tx.workspace, draft.name)
    known = before.season if before else season_named(draft.name, tx.bank.content.seasons)
    return SeasonPreview(
        season=entered(draft, today(tx)),
        before=known,
        version=before.version if before else 0,
        members=calendars.count_with(tx.db, tx.workspace, draft.name),
        changed_meanwhile=changed_meanwhile,
    )


def _tell_desk(tx: Transaction) -> None:
    change = seasons.last_change(tx.db, tx.workspace)
    for member in roster_of(tx).having("tend"):
        notice = Notice(tx.workspace, member, f"season:{change}", "season", str(change))
        tell(tx, notice)
