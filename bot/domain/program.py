"""The CLM program as facts: each number stands here once, with where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LATEST, NEXT = "latest_season", "next_season"

FactValue = int | float | str | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from; `edition` tells its age in words."""

    id: str
    title: str
    publisher: str
    address: str
    edition: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the program; None means that no source we could read tells it.

    `checked` is the day on which somebody last compared it with its source. A `volatile` value
    changes from season to season. `made_of` names the facts that a value worked out of others
    rests on.
    """

    name: str
    value: FactValue
    unit: str
    source: str | None
    edition: str
    as_of: str
    confidence: str
    checked: date | None = None
    volatile: bool = False
    made_of: tuple[str, ...] = ()

    @property
    def text(self) -> str | None:
        """The value as a reader in the US writes it, or None when it is unknown."""
        return None if self.value is None else formatted(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Season:
    """One exam cycle: the last day to apply and the days on which the exam can be taken.

    `checked` is the day on which somebody last compared it with its source. A season that was
    `entered` in chat has the words for its source in `source`; of any other that is an id, and
    `cited` is what it stands for.
    """

    name: str
    apply_by: date | None
    test_from: date | None
    test_to: date | None
    source: str
    checked: date | None = None
    as_of: str = ""
    cited: Source | None = None
    entered: bool = False

    @property
    def first_day(self) -> date | None:
        """The first of its days that is known."""
        return self.apply_by or self.test_from or self.test_to


def upcoming(seasons: Sequence[Season], today: date) -> tuple[Season, ...]:
    """Seasons in which something still lies ahead; nothing is ever extrapolated."""
    return tuple(
        season
        for season in seasons
        if any(day and day >= today for day in (season.apply_by, season.test_from, season.test_to))
    )


def season_values(seasons: Sequence[Season], today: date) -> dict[str, str | None]:
    """What templates may say of the newest season found, and of the next one if it is known."""
    newest, coming = named_seasons(seasons, today).values()
    return _named(LATEST, newest) | _named(NEXT, coming)


def named_seasons(seasons: Sequence[Season], today: date) -> dict[str, Season | None]:
    """The newest season found, and the next one that can still be applied for, by the prefix that
    templates name them with."""
    open_ones = [season for season in seasons if season.apply_by and season.apply_by >= today]
    return {LATEST: seasons[-1] if seasons else None, NEXT: open_ones[0] if open_ones else None}


def _named(prefix: str, season: Season | None) -> dict[str, str | None]:
    days = {
        "apply_by": season.apply_by if season else None,
        "test_from": season.test_from if season else None,
        "test_to": season.test_to if season else None,
    }
    texts = {f"{prefix}_{key}": long_date(day) if day else None for key, day in days.items()}
    return {f"{prefix}_name": season.name if season else None, **texts}


def long_date(day: date) -> str:
    """June 30, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def formatted(value: int | float | str | date | tuple[str, ...], unit: str) -> str:
    """A value in words, by its unit."""
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, tuple):
        return listed(value)
    if unit == "month_day" and isinstance(value, str):
        day = date.fromisoformat(f"2000-{value}")
        return f"{day:%B} {day.day}"
    if isinstance(value, str):
        return value
    if unit == "USD":
        return f"${plain_number(value)}" if float(value).is_integer() else f"${value:,.2f}"
    number = plain_number(value, grouped=unit != "year")
    return f"{number}%" if unit == "percent" else number


def plain_number(value: int | float, *, grouped: bool = True) -> str:
    """10, 1.5, 9,000: no trailing zeros."""
    whole = float(value).is_integer()
    number = int(value) if whole else round(float(value), 2)
    return f"{number:,}" if grouped else str(number)


def listed(items: Sequence[str]) -> str:
    """a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
