"""Where a member stands: what they told, what it comes to, what is open, and one next step."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain.eligibility import RuleResult, Verdict
from bot.domain.handoff import TicketRecord
from bot.domain.program import Season

NextStep = Literal["check", "resume", "recheck", "chair", "write"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`verdict` is None before the first finished check; `draft_step` says where one stopped."""

    verdict: Verdict | None
    told_at: datetime | None
    rules_changed: bool
    draft_step: str | None
    ticket: TicketRecord | None
    seasons: tuple[Season, ...]
    today: date

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
            return "recheck"
        return "chair" if self.ticket is None else "write"
