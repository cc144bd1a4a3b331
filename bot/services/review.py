"""The review run: what is due to be read again, one after the other."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.curation import Change, Curated, Revision
from bot.domain.curation_form import names_in
from bot.domain.faq import Entry
from bot.domain.freshness import FactCheck
from bot.domain.identity import MemberRef
from bot.domain.program import Fact
from bot.services import curation
from bot.services.curation import Refused
from bot.services.roles import roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads
from bot.store import fact_checks


@dataclass(frozen=True, slots=True)
class DueEntry:
    """An entry to be read again: its answer as members read it, and the values in it that change
    from season to season; `withheld` are those that members do not read at present."""

    curated: Curated
    entry: Entry
    values: tuple[Fact, ...]
    withheld: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReviewRun:
    """Where the run stands: the entry to look at, None at the end; and how many are left with it.

    `tended_by` are those who keep the files in which the values stand.
    """

    due: DueEntry | None
    left: int
    tended_by: tuple[MemberRef, ...]


@reads
def run(tx: Transaction, passed: Collection[str] = (), first: str = "") -> ReviewRun:
    """The longest due entry that was not `passed`; `first` is shown whether it is due or not."""
    admins = tuple(one.member for one in roster_of(tx).with_role("admin"))
    waiting = [key for key in due_entries(tx) if key not in passed and key != first]
    for key in [first, *waiting] if first else waiting:
        if (found := _due_entry(tx, key)) is not None:
            return ReviewRun(found, len(waiting) + bool(key == first), admins)
    return ReviewRun(None, 0, admins)


def due_entries(tx: Transaction) -> tuple[str, ...]:
    """Every answer that is to be read again by today, the longest due first.

    One that names a value too old to be said is due too: only a look at it brings the value back.
    """
    content, day = tx.bank.content, today(tx)
    waiting = [
        (entry.due_on, key)
        for key, entry in content.entries.items()
        if not entry.is_action and entry.due_on is not None
        if entry.due_on <= day or _names_withheld(tx, key)
    ]
    return tuple(key for _, key in sorted(waiting, key=lambda one: one[0]))


@promises
def tend(
    tx: Transaction, who: MemberRef, entry: str, what: Change, seen: int, key: str
) -> Revision | Refused:
    """Do something to an entry as it was seen.

    Found still right, the values in it that change from season to season are so as well: whoever
    says it had them before their eyes. Undone, that is taken back.
    """
    newest = next(iter(curation.history(tx, entry)), None)
    result = curation.change(tx, who, entry, what, seen, key)
    if what == "verified" and result == Refused("nothing_new") and newest is not None:
        # The answer was checked today already, and not its values.
        result = newest
    if (
        result == Refused("changed_meanwhile")
        and newest is not None
        and (
            newest.number,
            newest.change,
            newest.by,
        )
        == (seen + 1, what, who)
    ):
        # A second tap on the same button, before the window could follow the first.
        return newest
    if isinstance(result, Refused):
        return result
    if what == "verified" and result.text is not None:
        _keep_checks(tx, result.id, result.text.answer)
    if what == "undone" and newest is not None and newest.number == seen:
        fact_checks.drop(tx.db, tx.workspace, newest.id)
    return result


def values_in(tx: Transaction, template: str) -> tuple[Fact, ...]:
    """The known values in a text that change from season to season."""
    facts = tx.bank.content.facts
    found = (facts[name] for name in names_in(template) if name in facts)
    return tuple(fact for fact in found if fact.volatile and fact.value is not None)


def _keep_checks(tx: Transaction, revision: int, template: str) -> None:
    checks = [
        FactCheck(fact.name, fact.text, today(tx))
        for fact in values_in(tx, template)
        if fact.text is not None
    ]
    fact_checks.keep(tx.db, tx.workspace, revision, checks)


def _names_withheld(tx: Transaction, key: str) -> bool:
    withheld = tx.bank.content.withheld
    if not withheld or (curated := curation.read(tx, key)) is None:
        return False
    return not set(withheld).isdisjoint(names_in(curated.text.answer))


def _due_entry(tx: Transaction, key: str) -> DueEntry | None:
    curated, entry = curation.read(tx, key), tx.bank.content.entries.get(key)
    if curated is None or entry is None or not curated.is_live:
        return None
    values = values_in(tx, curated.text.answer)
    withheld = frozenset(tx.bank.content.withheld)
    return DueEntry(curated, entry, values, withheld & {fact.name for fact in values})
