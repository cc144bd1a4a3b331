"""What data/demo.yaml tells of the demo's people, brought to the day of the demo."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import yaml

from bot.content import ContentPlaces, shipped_path
from bot.domain.identity import MemberRef, Workspace
from bot.domain.ledger import LedgerEntry
from bot.domain.program import Season
from bot.domain.recertification import Holder, RecertificationRules, cycle_of
from bot.services.demo import DemoMember
from handlers.slack.ids import member_ref

FIRST_OF_SECOND_HALF = 7
"""The month from which on an exam is called one of fall."""


class Demo:
    """The demo's file, read once."""

    def __init__(self) -> None:
        text = shipped_path("data/demo.yaml").read_text(encoding="utf-8")
        self._data: Mapping[str, Any] = yaml.safe_load(text)
        self.workspace = Workspace(f"slack:{self._data['workspace']['id']}")
        self._users = {user["name"]: user for user in self._data["users"]}

    @property
    def places(self) -> ContentPlaces:
        """The shipped content with the demo's chapter over it."""
        return ContentPlaces(shipped=shipped_path("content"), chapter=self._data["chapter"])

    def seasons(self, today: date) -> dict[MemberRef, Season]:
        """The seasons that somebody of the demo has entered, by who it was."""
        return {self._member(given["by"]): _season(given, today) for given in self._data["seasons"]}

    def members(self, rules: RecertificationRules, today: date) -> tuple[DemoMember, ...]:
        """The members at different points of the road."""
        return tuple(
            DemoMember(
                member=self._member(given["member"]),
                zone=self._users[given["member"]]["tz"],
                answers=given.get("answers", {}),
                hours=tuple(_entry(hours, today) for hours in given.get("hours", ())),
                apply_on=_in_days(given, "plan_in_days", today),
                holder=_holder(given.get("holds"), rules, today),
                wants_reminders=given.get("reminders", False),
            )
            for given in self._data["standings"]
        )

    def _member(self, name: str) -> MemberRef:
        return member_ref(self.workspace, self._users[name]["id"])


def _season(given: Mapping[str, Any], today: date) -> Season:
    test_from = today + timedelta(days=given["test_from_in_days"])
    half = "Fall" if test_from.month >= FIRST_OF_SECOND_HALF else "Spring"
    return Season(
        name=f"{half} {test_from.year}",
        apply_by=_in_days(given, "apply_in_days", today),
        test_from=test_from,
        test_to=_in_days(given, "test_to_in_days", today),
        source=given["source"],
        checked=today,
        entered=True,
    )


def _entry(given: Mapping[str, Any], today: date) -> LedgerEntry:
    return LedgerEntry(
        day=today - timedelta(days=given["days_ago"]),
        title=given["title"],
        amount=Decimal(given["amount"]),
        kind=given["kind"],
        category=given.get("category"),
        subject=given.get("subject"),
        provider=given["provider"],
    )


def _holder(
    given: Mapping[str, Any] | None, rules: RecertificationRules, today: date
) -> Holder | None:
    if given is None:
        return None
    season, year = given["passed"], today.year - given["years_ago"]
    return Holder(f"{season} {year}", cycle_of(season, year, rules, today).ends)


def _in_days(given: Mapping[str, Any], key: str, today: date) -> date | None:
    return today + timedelta(days=given[key]) if key in given else None
