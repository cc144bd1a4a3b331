"""What each entry of the ledger counts for keeping the CLM, and why: the tally, entry by entry.

The hours of all judgements are the hours of the tally.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_judging import JudgedState, Judgement
from bot.domain.program import long_date
from bot.domain.recertification import Cycle, Holder, RecertificationRules, cycle_ending
from bot.domain.recertification_hours import NOTHING, counted_of_each, tally


def judge_recertification(
    entry: LedgerEntry,
    others: Iterable[LedgerEntry],
    holder: Holder | None,
    rules: RecertificationRules,
) -> Judgement:
    """One entry beside the others of the same member; see `judge_recertification_all`."""
    return judge_recertification_all((entry, *others), holder, rules)[0]


def judge_recertification_all(
    entries: Sequence[LedgerEntry],
    holder: Holder | None,
    rules: RecertificationRules,
    places: Sequence[int] | None = None,
) -> tuple[Judgement, ...]:
    """Every entry of a member for the cycle that they named, in the order given.

    `reason` names the sentence `recertification.judged_<reason>`, `values` what it says. Without a
    cycle nothing counts. With `places` only the entries there are put into words, beside all
    others.
    """
    shown = range(len(entries)) if places is None else places
    if holder is None or holder.cycle_ends is None:
        reason = "not_holder" if holder is None else "retired"
        return tuple(Judgement("not", NOTHING, NOTHING, reason) for _ in shown)
    cycle = cycle_ending(holder.cycle_ends, rules)
    counted = counted_of_each(entries, cycle, tally(entries, cycle, rules))
    judge = _Judge(cycle, rules)
    return tuple(judge.judged(entries[at], counted[at]) for at in shown)


@dataclass(frozen=True, slots=True)
class _Judge:
    cycle: Cycle
    rules: RecertificationRules

    def judged(self, entry: LedgerEntry, hours: Decimal) -> Judgement:
        if hours:
            return self._counting(entry, hours)
        state, reason, values = self._left_out(entry)
        of = NOTHING if self.rules.kinds.get(entry.kind) in (None, "ask_ala") else entry.amount
        return Judgement(state, NOTHING, of, reason, values)

    def _counting(self, entry: LedgerEntry, hours: Decimal) -> Judgement:
        rules = self.rules
        values = {
            "counted": rules.amount(hours),
            "of": rules.amount(entry.amount),
            "subject": rules.subjects[entry.subject or ""].label,
            **self._cap(entry),
        }
        if hours < entry.amount:
            return Judgement("in_part", hours, entry.amount, "capped_in_part", values)
        counting = rules.kinds[entry.kind]
        reason = "counts" if counting == "full" else counting
        return Judgement("counts", hours, entry.amount, reason, values)

    def _left_out(self, entry: LedgerEntry) -> tuple[JudgedState, str, dict[str, str]]:
        rules, cycle = self.rules, self.cycle
        if entry.subject is None:
            return "not", "no_subject", {}
        if entry.subject not in rules.subjects or entry.kind not in rules.kinds:
            return "unsure", "gone", {}
        if rules.kinds[entry.kind] == "none":
            return "not", "kind", {}
        if entry.day not in cycle:
            days = {"first_day": long_date(cycle.first_day), "last_day": long_date(cycle.ends)}
            return "not", "outside", days
        if rules.kinds[entry.kind] == "ask_ala":
            return "unsure", "ask_ala", {}
        return ("not", "capped", self._cap(entry)) if entry.amount else ("not", "nothing", {})

    def _cap(self, entry: LedgerEntry) -> dict[str, str]:
        cap = self.rules.cap_of(entry.kind)
        return {"cap": self.rules.amount(cap)} if cap is not None else {}
