"""How long a digest and the numbers take, over more and more questions in the history.

Prints milliseconds, the median of some rounds, and how many statements the digest asks the
database; that must not grow with the history: `python -m bench.digest`.
"""

from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter

from bot.cli.running import demo_places
from bot.services import digest, numbers
from bot.services.bank import load_bank
from tests.support.desk_history import CHAIR, Questions, questions
from tests.support.road import NOON, Road
from tests.support.talk import CACHE

SIZES = (0, 1_000, 10_000, 100_000)
PEOPLE = 60
ROUNDS = 3


def road_with(number: int, spread: timedelta) -> Road:
    """A chapter that has asked so many questions over that time, one in eight of them unknown."""
    road = Road()
    road.bank = load_bank(demo_places(), NOON.date(), CACHE)
    questions(road, Questions(number, PEOPLE, spread))
    return road


def milliseconds(work: Callable[[], object]) -> float:
    """The median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        taken.append((perf_counter() - began) * 1_000)
    return median(taken)


def statements(road: Road) -> int:
    """How many the digest takes."""
    asked: list[str] = []
    road.db.conn.set_trace_callback(asked.append)
    road.run(digest.compose, CHAIR)
    road.db.conn.set_trace_callback(None)
    return len(asked)


def main() -> None:
    """One line for each size and time."""
    print(f"{'questions':>9} {'over':>8} {'digest':>8} {'month':>8} {'all':>8} {'statements':>10}")
    for days in (700, 30):
        for size in SIZES:
            road = road_with(size, timedelta(days=days))
            shown = (
                milliseconds(lambda road=road: road.run(digest.compose, CHAIR)),  # type: ignore[misc]
                milliseconds(lambda road=road: road.run(numbers.read, CHAIR, "month")),  # type: ignore[misc]
                milliseconds(lambda road=road: road.run(numbers.read, CHAIR, "all")),  # type: ignore[misc]
            )
            times = " ".join(f"{one:>8.0f}" for one in shown)
            print(f"{size:>9} {days:>5} d  {times} {statements(road):>10}")
            road.close()


if __name__ == "__main__":
    main()
