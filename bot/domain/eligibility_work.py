"""The rules about a member's work and about the code of ethics, one function a rule."""

from collections.abc import Iterator

from bot.domain.eligibility_profile import OTHER_ROLE, Profile
from bot.domain.eligibility_rules import Finding, RuleSet


def work_findings(profile: Profile, rules: RuleSet) -> Iterator[Finding]:
    """The findings that need no education hours, in the order of a verdict."""
    yield _experience(profile, rules)
    yield _exempt_level(profile, rules)
    if profile.is_specialist:
        yield _supervision(profile)
    yield _employment(profile, rules)
    yield _organization(profile, rules)
    yield _full_time(profile)
    yield _ethics_code(profile)


def _experience(profile: Profile, rules: RuleSet) -> Finding:
    rule = "experience"
    if profile.role is None:
        return Finding(rule, "role_not_told")
    if profile.role == OTHER_ROLE:
        return Finding(rule, "other_role")
    if profile.years_experience is None:
        return Finding(rule, "years_not_told")
    years = {"years": rules.amount("years", profile.years_experience)}
    missing = rules.numbers.experience_years - profile.years_experience
    if missing > 0:
        reason = "short_combined" if profile.combined_roles else "short"
        return Finding(rule, reason, years | {"missing": rules.amount("years", missing)})
    if profile.combined_roles:
        return Finding(rule, "combined", years)
    if profile.organization and rules.organizations[profile.organization] == "experience_ask_ala":
        return Finding(rule, "organization", years)
    return Finding(rule, "met", years)


def _exempt_level(profile: Profile, rules: RuleSet) -> Finding:
    if profile.country is not None and not rules.is_home(profile.country):
        return Finding("exempt_level", "other_country")
    return _yes_or_no("exempt_level", profile.exempt, no="not_exempt")


def _supervision(profile: Profile) -> Finding:
    return _yes_or_no("supervision", profile.supervises, no="none")


def _employment(profile: Profile, rules: RuleSet) -> Finding:
    rule, since = "employment", profile.months_since_last_job
    if profile.employed_now:
        return Finding(rule, "employed")
    if since is not None:
        reason = "recent" if since <= rules.numbers.lookback_months else "too_long_ago"
        return Finding(rule, reason, {"months": rules.amount("months", since)})
    return Finding(rule, "not_told" if profile.employed_now is None else "months_not_told")


def _organization(profile: Profile, rules: RuleSet) -> Finding:
    if profile.organization is None:
        return Finding("organization", "not_told")
    is_for_ala = rules.organizations[profile.organization] == "ask_ala"
    return Finding("organization", "other" if is_for_ala else "met")


def _full_time(profile: Profile) -> Finding:
    return _yes_or_no("full_time", profile.full_time, no="part_time")


def _ethics_code(profile: Profile) -> Finding:
    return _yes_or_no("ethics_code", profile.endorses_ethics_code, no="not_endorsed")


def _yes_or_no(rule: str, told: bool | None, *, no: str) -> Finding:
    if told is None:
        return Finding(rule, "not_told")
    return Finding(rule, "met" if told else no)
