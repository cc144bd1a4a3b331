"""The rules of eligibility.yaml, checked and made into a RuleSet."""

from collections.abc import Mapping
from hashlib import sha256

from bot.content.eligibility_file import EligibilityFile, RuleFile
from bot.content.eligibility_making import Making
from bot.domain.eligibility_profile import BASE_CATEGORIES, CATEGORIES, KINDS, ORGANIZATIONS
from bot.domain.eligibility_questions import Question, Step
from bot.domain.eligibility_rules import (
    PHRASES,
    REASONS,
    UNITS,
    Numbers,
    ReasonText,
    RuleSet,
    RuleText,
    country_name,
)
from bot.domain.program import Source

RULE_FACTS = {
    "experience_years": "experience_years",
    "lookback_months": "employment_lookback_months",
    "total_hours": "edu_total_hours",
    "hours_per_category": "edu_min_per_category",
    "window_months": "edu_window_months",
    "self_study_cap": "edu_selfstudy_cap_base",
    "extra_hours": "edu_specialist_extra",
    "extra_self_study_cap": "edu_selfstudy_cap_extra",
    "session_hours": "edu_min_session_minutes",
    "semester_credit_hours": "semester_credit_hours",
    "quarter_credit_hours": "quarter_credit_hours",
}
"""The fact that each number of the rules comes from."""

_LONGEST_TITLE = 60
_NO_SOURCE = Source("", "", "", "", "")


def rule_set_from(
    file: EligibilityFile,
    numbers: Numbers,
    sources: Mapping[str, Source],
    making: Making,
    version: str,
) -> RuleSet:
    """The rule set; what is wrong is noted in `making`, and the result is then not to be used."""
    making.same_keys(file.rules, REASONS, ("rules",))
    making.same_keys(file.categories, CATEGORIES, ("categories",))
    making.same_keys(file.kinds, KINDS, ("kinds",))
    making.same_keys(file.organizations, ORGANIZATIONS, ("organizations",))
    making.same_keys(file.units, UNITS, ("units",))
    making.same_keys(file.phrases, PHRASES, ("phrases",))
    return RuleSet(
        version=version,
        numbers=numbers,
        rules={
            name: _rule(name, file.rules[name], sources, making)
            for name in REASONS
            if name in file.rules
        },
        categories=tuple(name for name in file.categories if name in BASE_CATEGORIES),
        labels={
            name: making.text(text, ("categories", name)) for name, text in file.categories.items()
        },
        kinds=file.kinds,
        organizations=file.organizations,
        home_names=frozenset(country_name(name) for name in file.home_country_names),
        units={
            name: (
                making.template(unit.one, ("units", name, "one"), ("number",)),
                making.template(unit.other, ("units", name, "other"), ("number",)),
            )
            for name, unit in file.units.items()
        },
        phrases={
            name: making.template(text, ("phrases", name), PHRASES.get(name, ()))
            for name, text in file.phrases.items()
        },
        values=making.values,
    )


def numbers_from(file: EligibilityFile, making: Making) -> Numbers:
    """The numbers that the rules turn on, from the facts of program.yaml."""
    fact = RULE_FACTS
    return Numbers(
        experience_years=making.number(fact["experience_years"]),
        lookback_months=making.number(fact["lookback_months"]),
        total_hours=making.hours(fact["total_hours"]),
        hours_per_category=making.hours(fact["hours_per_category"]),
        window_months=making.whole(fact["window_months"]),
        self_study_cap=making.hours(fact["self_study_cap"]),
        extra_hours=making.hours(fact["extra_hours"]),
        extra_self_study_cap=making.hours(fact["extra_self_study_cap"]),
        session_hours=making.hours(fact["session_hours"]),
        semester_credit_hours=making.hours(fact["semester_credit_hours"]),
        quarter_credit_hours=making.hours(fact["quarter_credit_hours"]),
        expiring_days=file.expiring_within_days,
    )


def version_of(file: EligibilityFile, numbers: Numbers, steps: tuple[Step, ...]) -> str:
    """The version written in the file, and a digest of all that decides: a number that changes in
    program.yaml makes a new version too, a better wording does not."""
    deciding = (
        numbers,
        sorted(file.home_country_names),
        list(file.categories),
        sorted(file.kinds.items()),
        sorted(file.organizations.items()),
        [(step.id, _conditions(step), [_asked(q) for q in step.questions]) for step in steps],
    )
    return f"{file.version}-{sha256(repr(deciding).encode()).hexdigest()[:8]}"


def _asked(question: Question) -> tuple[object, ...]:
    values = [choice.value for choice in question.choices]
    limits = (question.smallest, question.most)
    return question.id, question.kind, values, limits, _conditions(question)


def _conditions(part: Step | Question) -> list[tuple[str, list[str]]]:
    return [(condition.question, sorted(condition.values)) for condition in part.when]


def _rule(name: str, file: RuleFile, sources: Mapping[str, Source], making: Making) -> RuleText:
    loc = ("rules", name)
    making.same_keys(file.reasons, REASONS[name], (*loc, "reasons"))
    fact = making.fact(file.basis, (*loc, "basis"))
    if fact is not None and fact.source not in sources:
        making.fault((*loc, "basis"), f"the fact '{file.basis}' names no source that is known.")
    return RuleText(
        id=name,
        title=making.text(file.title, (*loc, "title"), _LONGEST_TITLE),
        rule=making.text(file.rule, (*loc, "rule")),
        source=sources.get((fact and fact.source) or "", _NO_SOURCE),
        as_of=fact.as_of if fact else "",
        reasons={
            reason: _reason(name, reason, file, making)
            for reason in REASONS[name]
            if reason in file.reasons
        },
    )


def _reason(rule: str, reason: str, file: RuleFile, making: Making) -> ReasonText:
    loc, text = ("rules", rule, "reasons", reason), file.reasons[reason]
    state, names = REASONS[rule][reason]
    if state != "met" and text.settles is None:
        making.fault(loc, "'settles' is missing: say what would settle the rule.")
    return ReasonText(
        template=making.template(text.says, (*loc, "says"), names),
        settles=making.maybe_text(text.settles, (*loc, "settles")),
    )
