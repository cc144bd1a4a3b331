"""How long it takes to read and draw one Home tab, with more and more courses in the ledger.

Prints milliseconds, the median of some rounds: `python -m bench.home`.
"""

from datetime import timedelta
from decimal import Decimal
from statistics import median
from time import perf_counter

from bot.domain.ledger import LedgerEntry
from bot.services import home
from handlers.slack.views.home import home_view
from tests.support.eligibility import CATEGORIES
from tests.support.road import ADA, NOON, Road, sums, work_answers

SIZES = (0, 10, 100, 1_000, 10_000)
ROUNDS = 5
WINDOW_DAYS = 700


def road_with(courses: int) -> Road:
    """A member with a finished check and so many courses."""
    road = Road()
    road.tells({**work_answers(), **sums("0")})
    today = NOON.date()
    road.records(
        *(
            LedgerEntry(
                today - timedelta(days=1 + at % WINDOW_DAYS),
                f"Course {at}",
                Decimal(1),
                "self_study" if at % 3 == 0 else "live",
                CATEGORIES[at % len(CATEGORIES)],
            )
            for at in range(courses)
        )
    )
    return road


def milliseconds(road: Road) -> tuple[float, float]:
    """For reading the dashboard, and for drawing it."""
    began = perf_counter()
    found = road.run(home.dashboard, ADA)
    read = perf_counter()
    home_view(found, road.bank)
    return (read - began) * 1_000, (perf_counter() - read) * 1_000


def main() -> None:
    """One line for each size."""
    print(f"{'courses':>8} {'read ms':>9} {'draw ms':>9}")
    for size in SIZES:
        road = road_with(size)
        rounds = [milliseconds(road) for _ in range(ROUNDS)]
        read, drawn = (median(column) for column in zip(*rounds, strict=True))
        print(f"{size:>8} {read:>9.1f} {drawn:>9.1f}")
        road.close()


if __name__ == "__main__":
    main()
