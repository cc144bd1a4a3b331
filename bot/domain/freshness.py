"""When content is due to be read again, and when a value is too old to be said."""

from dataclasses import dataclass
from datetime import date

from bot.domain.eligibility_window import months_after
from bot.domain.program import Fact


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long content holds after somebody compared it with its sources, in calendar months."""

    review_after_months: int
    withhold_after_months: int

    def review_on(self, checked: date) -> date:
        """The day by which it is to be read again; from the next day on it is overdue."""
        return months_after(checked, self.review_after_months)

    def last_day(self, fact: Fact) -> date | None:
        """The last day on which a volatile value is said; None for one that never grows too old.

        A value of which nobody wrote down when it was checked has no such day: it is told to the
        chapter as due, and not taken away.
        """
        if not fact.volatile or fact.value is None or fact.checked is None:
            return None
        return months_after(fact.checked, self.withhold_after_months)

    def withholds(self, fact: Fact, today: date) -> bool:
        """Whether a volatile value was checked too long ago to be said."""
        last = self.last_day(fact)
        return last is not None and today > last
