"""The rule set as it is handed in: the numbers of the program, and the texts around each rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from bot.domain.copy import Values, fill
from bot.domain.program import Source

State = Literal["met", "not_met", "ask_ala", "unknown"]
Counting = Literal["full", "self_study", "semester_credit", "quarter_credit", "none"]
Standing = Literal["met", "experience_ask_ala", "ask_ala"]

PHRASES: Mapping[str, frozenset[str]] = {
    "in_category": frozenset({"amount", "category"}),
    "left_out_base": frozenset({"amount"}),
    "left_out_extra": frozenset({"amount"}),
}
"""Pieces of reasons, and the values that each may name."""

UNITS = ("hours", "years", "months")
NOTHING: frozenset[str] = frozenset()

REASONS: Mapping[str, Mapping[str, tuple[State, frozenset[str]]]] = {
    "experience": {
        "met": ("met", frozenset({"years"})),
        "short": ("not_met", frozenset({"years", "missing"})),
        "short_combined": ("not_met", frozenset({"years", "missing"})),
        "other_role": ("ask_ala", NOTHING),
        "combined": ("ask_ala", frozenset({"years"})),
        "organization": ("ask_ala", frozenset({"years"})),
        "role_not_told": ("unknown", NOTHING),
        "years_not_told": ("unknown", NOTHING),
    },
    "exempt_level": {
        "met": ("met", NOTHING),
        "not_exempt": ("not_met", NOTHING),
        "other_country": ("ask_ala", NOTHING),
        "not_told": ("unknown", NOTHING),
    },
    "supervision": {
        "met": ("met", NOTHING),
        "none": ("ask_ala", NOTHING),
        "not_told": ("unknown", NOTHING),
    },
    "employment": {
        "employed": ("met", NOTHING),
        "recent": ("met", frozenset({"months"})),
        "too_long_ago": ("not_met", frozenset({"months"})),
        "not_told": ("unknown", NOTHING),
        "months_not_told": ("unknown", NOTHING),
    },
    "organization": {
        "met": ("met", NOTHING),
        "other": ("ask_ala", NOTHING),
        "not_told": ("unknown", NOTHING),
    },
    "full_time": {
        "met": ("met", NOTHING),
        "part_time": ("ask_ala", NOTHING),
        "not_told": ("unknown", NOTHING),
    },
    "ethics_code": {
        "met": ("met", NOTHING),
        "not_endorsed": ("not_met", NOTHING),
        "not_told": ("unknown", NOTHING),
    },
    "education_total": {
        "met": ("met", frozenset({"counted"})),
        "short": ("not_met", frozenset({"counted", "missing"})),
        "not_told": ("unknown", NOTHING),
        "partly_told": ("unknown", frozenset({"counted"})),
    },
    "education_categories": {
        "met": ("met", NOTHING),
        "short": ("not_met", frozenset({"missing"})),
        "not_told": ("unknown", NOTHING),
        "partly_told": ("unknown", frozenset({"missing"})),
    },
    "specialist_extra": {
        "met": ("met", frozenset({"counted"})),
        "short": ("not_met", frozenset({"counted", "missing"})),
        "not_told": ("unknown", NOTHING),
        "partly_told": ("unknown", frozenset({"counted"})),
    },
    "self_study_cap": {
        "none": ("met", NOTHING),
        "within": ("met", frozenset({"counted"})),
        "over": ("met", frozenset({"left_out", "where"})),
        "not_told": ("met", NOTHING),
    },
}
"""Every rule in the order of a verdict, the reasons it can have, the state that each reason stands
for, and the values that its text may name besides the facts of the program."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule comes to for one member: one of its reasons, and the values of its text."""

    rule: str
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that the rules turn on; years, months, hours and days as the names say."""

    experience_years: Decimal
    lookback_months: Decimal
    total_hours: Decimal
    hours_per_category: Decimal
    window_months: int
    self_study_cap: Decimal
    extra_hours: Decimal
    extra_self_study_cap: Decimal
    session_hours: Decimal
    semester_credit_hours: Decimal
    quarter_credit_hours: Decimal
    expiring_days: int


@dataclass(frozen=True, slots=True)
class ReasonText:
    """The template of a reason, and finished words on what would settle the rule."""

    template: str
    settles: str | None


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule asks for, where that stands, how old it is, and its possible reasons."""

    id: str
    title: str
    rule: str
    source: Source
    as_of: str
    reasons: Mapping[str, ReasonText]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that `check` needs to know about the program; made by the content loader.

    `categories` are the base categories; their order decides ties. `labels` names them and the
    specialists' extra category. `home_names` are the ways to write the United States, folded by
    `country_name`. `values` are the facts that reasons may name.
    """

    version: str
    numbers: Numbers
    rules: Mapping[str, RuleText]
    categories: tuple[str, ...]
    labels: Mapping[str, str]
    kinds: Mapping[str, Counting]
    organizations: Mapping[str, Standing]
    home_names: frozenset[str]
    units: Mapping[str, tuple[str, str]]
    phrases: Mapping[str, str]
    values: Values

    def amount(self, unit: str, number: Decimal) -> str:
        """A number with its unit in words: `1 hour`, `2.5 years`."""
        one, many = self.units[unit]
        return self._said(one if number == 1 else many, number=plain(number))

    def in_category(self, category: str, hours: Decimal) -> str:
        """Hours of one category in words: `2 hours in writing skills`."""
        amount = self.amount("hours", hours)
        return self._said(
            self.phrases["in_category"], amount=amount, category=self.labels[category]
        )

    def left_out(self, part: str, hours: Decimal) -> str:
        """Self-study hours beyond the cap of the `base` or `extra` hours, in words."""
        return self._said(self.phrases[f"left_out_{part}"], amount=self.amount("hours", hours))

    def is_home(self, country: str) -> bool:
        """Whether a country, as somebody wrote it, is the United States."""
        return country_name(country) in self.home_names

    def reason(self, finding: Finding) -> str:
        """The reason of a finding in words."""
        template = self.rules[finding.rule].reasons[finding.reason].template
        return self._said(template, **finding.values)

    def _said(self, template: str, **values: str) -> str:
        return fill(template, {**self.values, **values})


def country_name(written: str) -> str:
    """A country's name for comparison: no case, no dots, single spaces."""
    return " ".join(written.replace(".", "").casefold().split())


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent: `2`, `1.5`."""
    return f"{number.normalize() + 0:f}"
