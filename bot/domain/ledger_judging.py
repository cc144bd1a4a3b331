"""What each entry of the ledger counts for an application, and why: the tally, entry by entry.

`education_of` decides how many hours count; here is only said which entry they come from and what
keeps the rest out. So the hours of all judgements are the hours of the tally.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.domain.eligibility_hours import (
    NOTHING,
    Tally,
    contact_hours,
    is_known,
    is_too_short,
    tally,
)
from bot.domain.eligibility_profile import EXTRA_CATEGORY, CourseHours
from bot.domain.eligibility_rules import RuleSet, plain
from bot.domain.eligibility_window import in_window, leaves_on
from bot.domain.ledger import LedgerEntry
from bot.domain.program import long_date

JudgedState = Literal["counts", "in_part", "not", "unsure"]

SAID_NOT = ("recording", "vendor_demo", "round_table", "social", "teaching")
"""Kinds that have a reason of their own where the rules give them nothing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an entry comes to: `hours` count of `of`, its contact hours without any limit.

    `reason` names the sentence among the ledger messages, `values` what it says.
    """

    state: JudgedState
    hours: Decimal
    of: Decimal
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)


def judge(
    entry: LedgerEntry,
    others: Iterable[LedgerEntry],
    specialist: bool | None,
    rules: RuleSet,
    apply_on: date,
    sums: Sequence[CourseHours] = (),
) -> Judgement:
    """One entry beside the others of the same member; see `judge_all`."""
    return judge_all((entry, *others), specialist, rules, apply_on, sums)[0]


def judge_all(
    entries: Sequence[LedgerEntry],
    specialist: bool | None,
    rules: RuleSet,
    apply_on: date,
    sums: Sequence[CourseHours] = (),
    places: Sequence[int] | None = None,
) -> tuple[Judgement, ...]:
    """Every entry of a member for an application on `apply_on`, in the order given.

    With `places` only the entries there are put into words, beside all others.

    `specialist` is None while the member has not told their role; `sums` are hours that they told
    in the check, which share the limits with the entries.
    """
    courses = [course_of(entry) for entry in entries]
    found = tally([*courses, *sums], bool(specialist), rules, apply_on)
    counted = {one.at: one.hours for one in found.entries}
    alone = _Judge(specialist, rules, apply_on, found)
    return tuple(
        alone.judged(entries[at], courses[at], counted.get(at, NOTHING))
        for at in (range(len(entries)) if places is None else places)
    )


def course_of(entry: LedgerEntry) -> CourseHours:
    """The entry as the tally takes it; without a category it is of none that is known."""
    return CourseHours(entry.day, entry.amount, entry.category or "", entry.kind, entry.title)


@dataclass(frozen=True, slots=True)
class _Judge:
    specialist: bool | None
    rules: RuleSet
    apply_on: date
    tally: Tally

    def judged(self, entry: LedgerEntry, course: CourseHours, hours: Decimal) -> Judgement:
        if hours:
            return self._counting(entry, course, hours)
        state, reason, values = self._left_out(entry, course)
        of = contact_hours(course, self.rules) if is_known(course, self.rules) else NOTHING
        return Judgement(state, NOTHING, of, reason, values)

    def _counting(self, entry: LedgerEntry, course: CourseHours, hours: Decimal) -> Judgement:
        rules, of = self.rules, contact_hours(course, self.rules)
        values = {
            "counted": rules.amount("hours", hours),
            "of": rules.amount("hours", of),
            "category": rules.labels[entry.category or ""],
            "leaves_on": self._leaves(entry.day),
        }
        counting = rules.kinds[entry.kind]
        if hours < of:
            return Judgement("in_part", hours, of, "capped_in_part", {**values, **self._cap(entry)})
        if counting in ("semester_credit", "quarter_credit"):
            values["credits"] = plain(entry.amount)
            return Judgement("counts", hours, of, "counts_credits", values)
        if entry.category == EXTRA_CATEGORY:
            return Judgement("counts", hours, of, "counts_extra", values)
        is_full = counting == "self_study" and self._is_left_out(entry)
        reason = "counts_cap_full" if is_full else "counts"
        return Judgement("counts", hours, of, reason, {**values, **self._cap(entry)})

    def _left_out(
        self, entry: LedgerEntry, course: CourseHours
    ) -> tuple[JudgedState, str, dict[str, str]]:
        rules, window = self.rules, self.rules.numbers.window_months
        if entry.category is None:
            return ("not", "elsewhere", {}) if entry.subject else ("unsure", "no_category", {})
        if not is_known(course, rules):
            return "unsure", "gone", {}
        if rules.kinds[entry.kind] == "none":
            return "not", entry.kind if entry.kind in SAID_NOT else "other_kind", {}
        if is_too_short(course, rules):
            return "not", "too_short", {"least": rules.amount("hours", rules.numbers.session_hours)}
        if not in_window(entry.day, self.apply_on, window):
            late = entry.day > self.apply_on
            values = {"day": long_date(entry.day), "apply_on": long_date(self.apply_on)}
            return "not", "after" if late else "too_old", values
        if entry.category == EXTRA_CATEGORY and not self.specialist:
            unknown = self.specialist is None
            return ("unsure", "role_unknown", {}) if unknown else ("not", "no_specialist", {})
        return "not", "capped", self._cap(entry)

    def _cap(self, entry: LedgerEntry) -> dict[str, str]:
        numbers = self.rules.numbers
        extra = entry.category == EXTRA_CATEGORY
        cap = numbers.extra_self_study_cap if extra else numbers.self_study_cap
        return {"cap": self.rules.amount("hours", cap)}

    def _is_left_out(self, entry: LedgerEntry) -> bool:
        found = self.tally
        extra = entry.category == EXTRA_CATEGORY
        return bool(found.extra_left_out if extra else found.base_left_out)

    def _leaves(self, day: date) -> str:
        leaves = leaves_on(day, self.rules.numbers.window_months)
        return long_date(leaves) if leaves else ""
