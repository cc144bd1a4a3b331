"""The ledger: a member's education hours, entry by entry, for applying and for keeping the CLM.

An application category and a recertification subject are two lists that are never mixed; one entry
may stand in both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.eligibility_profile import CourseHours


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One course as the member recorded it; `id` is 0 before it is kept.

    `amount` is in hours, or in credits where `kind` is a college credit. `category` is the one of
    the application, `subject` that of recertification; None where the entry does not serve there.
    `session` is the chapter session that confirmed it. `version` grows with each change.
    """

    day: date
    title: str
    amount: Decimal
    kind: str
    category: str | None = None
    subject: str | None = None
    provider: str = ""
    proof: str = ""
    note: str = ""
    session: int | None = None
    id: int = 0
    version: int = 1

    @property
    def is_confirmed(self) -> bool:
        """Whether the chapter confirmed it after a session of its own."""
        return self.session is not None


def course_hours(entries: Iterable[LedgerEntry]) -> tuple[CourseHours, ...]:
    """The entries that serve an application, as `check` judges them."""
    return tuple(
        CourseHours(entry.day, entry.amount, entry.category, entry.kind, entry.title)
        for entry in entries
        if entry.category is not None
    )
