"""The rules about education hours, one function a rule, over what the hours come to."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.domain.eligibility_hours import Education
from bot.domain.eligibility_profile import EXTRA_CATEGORY
from bot.domain.eligibility_rules import Finding, RuleSet
from bot.domain.minutes import added, less
from bot.domain.program import listed


def education_findings(education: Education, specialist: bool, rules: RuleSet) -> Iterator[Finding]:
    """The findings on education hours, in the order of a verdict."""
    total, extra = rules.numbers.total_hours, rules.numbers.extra_hours
    yield _enough("education_total", total, rules.categories, education, rules)
    yield _categories(education, rules)
    if specialist:
        yield _enough("specialist_extra", extra, (EXTRA_CATEGORY,), education, rules)
    yield _self_study_cap(education, rules)


def _enough(
    rule: str, needed: Decimal, categories: Sequence[str], education: Education, rules: RuleSet
) -> Finding:
    least, most = education.least.hours(categories), education.most.hours(categories)
    counted = {"counted": rules.amount("hours", least)}
    if least >= needed:
        return Finding(rule, "met", counted)
    if most >= needed:
        return Finding(rule, "partly_told", counted) if least else Finding(rule, "not_told")
    missing = {"missing": rules.amount("hours", less(needed, most))}
    return Finding(rule, "short", {"counted": rules.amount("hours", most)} | missing)


def _categories(education: Education, rules: RuleSet) -> Finding:
    rule, needed = "education_categories", rules.numbers.hours_per_category
    open_by_most, open_by_least = (
        {c: less(needed, tally.hours([c])) for c in rules.categories if tally.hours([c]) < needed}
        for tally in (education.most, education.least)
    )
    if not open_by_least:
        return Finding(rule, "met")
    if not open_by_most and not education.least.hours(rules.categories):
        return Finding(rule, "not_told")
    missing = open_by_most or open_by_least
    words = listed([rules.in_category(category, hours) for category, hours in missing.items()])
    return Finding(rule, "short" if open_by_most else "partly_told", {"missing": words})


def _self_study_cap(education: Education, rules: RuleSet) -> Finding:
    rule, tally = "self_study_cap", education.least
    left_out = added((tally.base_left_out, tally.extra_left_out))
    if left_out:
        return Finding(
            rule,
            "over",
            {"left_out": rules.amount("hours", left_out), "where": _where(education, rules)},
        )
    if not education.told_all:
        return Finding(rule, "not_told")
    if tally.self_study:
        return Finding(rule, "within", {"counted": rules.amount("hours", tally.self_study)})
    return Finding(rule, "none")


def _where(education: Education, rules: RuleSet) -> str:
    tally = education.least
    places = (("base", tally.base_left_out), ("extra", tally.extra_left_out))
    return listed([rules.left_out(place, hours) for place, hours in places if hours])
