"""Where a member stands: what they told, what it comes to, what is open, and one next step."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain.eligibility import RuleResult, Verdict
from bot.domain.gap import Gap, ToldSum
from bot.domain.handoff import TicketRecord
from bot.domain.plan import Plan
from bot.domain.program import Season
from bot.domain.recertification_pace import Keeping

NextStep = Literal["check", "resume", "recheck", "hours", "chair", "write"]

EDUCATION = frozenset({"education_total", "education_categories", "specialist_extra"})
"""The rules that courses alone settle."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`verdict` is None before the first finished check; `draft_step` says where one stopped.

    `today` and `told_on` are the member's own dates. `gap` is the measure for `plan`; None when
    neither a check nor a course was told. `sums` are the hours that were told in the check as sums,
    and `courses` says how many entries of the ledger stand beside them. `keeping` is there for a
    member who says that they hold the CLM, and to whom applying is nothing any more.
    """

    verdict: Verdict | None
    told_at: datetime | None
    rules_changed: bool
    draft_step: str | None
    ticket: TicketRecord | None
    seasons: tuple[Season, ...]
    today: date
    gap: Gap | None = None
    plan: Plan | None = None
    sums: tuple[ToldSum, ...] = ()
    courses: int = 0
    keeping: Keeping | None = None
    told_on: date | None = None

    @property
    def missing(self) -> tuple[RuleResult, ...]:
        """Rules that are not met, not told, or for ALA to decide."""
        if self.verdict is None:
            return ()
        return tuple(rule for rule in self.verdict.rules if rule.state != "met")

    @property
    def next_step(self) -> NextStep:
        """The one obvious thing to do next."""
        if self.draft_step is not None:
            return "resume"
        if self.verdict is None:
            return "check"
        settled = self.verdict.overall in ("appears_to_meet", "ask_ala")
        if not settled:
            return "hours" if self._lacks_only_courses else "recheck"
        return "chair" if self.ticket is None else "write"

    @property
    def _lacks_only_courses(self) -> bool:
        open_rules = {rule.id for rule in self.missing if rule.state != "ask_ala"}
        return open_rules <= EDUCATION and not self.rules_changed
