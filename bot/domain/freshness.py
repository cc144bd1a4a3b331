"""When content is due to be read again, and when a value is too old to be said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.eligibility_window import months_after
from bot.domain.program import Fact, Season


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A value that an editor found still right on a day, as it was worded then."""

    name: str
    value: str
    on: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long content holds after somebody compared it with its sources, in calendar months.

    `with_each_season`: what rests on values that change from season to season is due as well when
    the next season begins.
    """

    review_after_months: int
    withhold_after_months: int
    with_each_season: bool = False

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


def season_turn(checked: date, seasons: Iterable[Season]) -> date | None:
    """The first day after `checked` on which the exam season became another one.

    That is when a known season can no longer be applied for, or when one that lies ahead became
    known; None where neither happened, as nothing is extrapolated.
    """
    ahead = [one for one in seasons if one.first_day and one.first_day > checked]
    closed = [one.apply_by for one in ahead if one.apply_by and one.apply_by > checked]
    known = [one.checked for one in ahead if one.checked and one.checked > checked]
    return min((*closed, *known), default=None)


def checked_again(facts: Mapping[str, Fact], checks: Iterable[FactCheck]) -> dict[str, Fact]:
    """The facts with the days on which editors found them still right.

    A check holds for the value that it was made of: one that has changed since was not looked at.
    """
    made = dict(facts)
    for check in checks:
        fact = made.get(check.name)
        if fact is None or fact.text != check.value:
            continue
        if fact.checked is None or fact.checked < check.on:
            made[check.name] = replace(fact, checked=check.on)
    return made
