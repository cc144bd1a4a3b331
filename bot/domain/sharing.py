"""What a member may let the chair see: that a date to apply is near and hours are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.gap import Gap
from bot.domain.identity import MemberRef
from bot.domain.plan import Plan

Shared = Literal["deadline"]

NEAR_DAYS = 60
"""A date is near from so many days before it on."""


@dataclass(frozen=True, slots=True)
class NearDeadline:
    """A member who agreed to be named: the day to apply, and the missing hours in words."""

    member: MemberRef
    day: date
    missing: tuple[str, ...]


def is_near(plan: Plan, today: date) -> bool:
    """Whether the day is a real one, of the member's plan or of a season, and near."""
    is_set = plan.is_own or bool(plan.season)
    return is_set and 0 <= (plan.apply_on - today).days <= NEAR_DAYS


def nearest_first(found: Sequence[NearDeadline]) -> tuple[NearDeadline, ...]:
    """The earliest day first."""
    return tuple(sorted(found, key=lambda one: (one.day, one.member)))


def near_deadline(member: MemberRef, plan: Plan, gap: Gap, today: date) -> NearDeadline | None:
    """What the chair sees of a member; None unless the day is near and hours are missing."""
    if not is_near(plan, today) or not gap.missing:
        return None
    return NearDeadline(member, plan.apply_on, gap.missing_words)
