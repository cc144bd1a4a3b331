"""Whether a member appears to meet what ALA asks for before the exam, rule by rule.

The verdict is the bot's reading of published rules. Only ALA decides on an application.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.domain.eligibility_education import education_findings
from bot.domain.eligibility_hours import Education, Expiring, education_of, expiring, gaps
from bot.domain.eligibility_profile import CourseHours, Profile
from bot.domain.eligibility_rules import REASONS, Finding, RuleSet, State
from bot.domain.eligibility_work import work_findings
from bot.domain.program import Source

__all__ = [
    "CourseHours",
    "Expiring",
    "Overall",
    "Profile",
    "Reason",
    "RuleResult",
    "RuleSet",
    "State",
    "Verdict",
    "check",
]

Overall = Literal["appears_to_meet", "not_yet", "incomplete", "ask_ala"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule has its state: `key` is stable, `text` is for the member."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule for one member; `settles` says what would settle it, None when nothing is open."""

    id: str
    state: State
    reason: Reason
    title: str
    rule: str
    source: Source
    as_of: str
    settles: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """All rules that apply, the hours missing per category, and the hours that expire soon."""

    version: str
    overall: Overall
    rules: tuple[RuleResult, ...]
    gaps: Mapping[str, Decimal]
    expiring: tuple[Expiring, ...]


def check(profile: Profile, rules: RuleSet, today: date) -> Verdict:
    """Judge a profile for an application on its `apply_on`, or `today` where it has none."""
    apply_on = profile.apply_on or today
    return verdict_on(education_of(profile, rules, apply_on), profile, rules, apply_on)


def verdict_on(education: Education, profile: Profile, rules: RuleSet, apply_on: date) -> Verdict:
    """The same where the hours are tallied already for an application on `apply_on`."""
    findings = (
        *work_findings(profile, rules),
        *education_findings(education, profile.is_specialist, rules),
    )
    results = tuple(_result(finding, rules) for finding in findings)
    return Verdict(
        version=rules.version,
        overall=_overall([result.state for result in results]),
        rules=results,
        gaps=gaps(education.most, profile.is_specialist, rules),
        expiring=expiring(education.least, rules, apply_on),
    )


def _overall(states: Sequence[State]) -> Overall:
    if "not_met" in states:
        return "not_yet"
    if "unknown" in states:
        return "incomplete"
    return "ask_ala" if "ask_ala" in states else "appears_to_meet"


def _result(finding: Finding, rules: RuleSet) -> RuleResult:
    text = rules.rules[finding.rule]
    state, _ = REASONS[finding.rule][finding.reason]
    return RuleResult(
        id=finding.rule,
        state=state,
        reason=Reason(finding.reason, rules.reason(finding)),
        title=text.title,
        rule=text.rule,
        source=text.source,
        as_of=text.as_of,
        settles=text.reasons[finding.reason].settles,
    )
