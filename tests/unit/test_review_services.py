"""The review run: what is due, and what "still right" vouches for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.curation import Revision
from bot.domain.identity import MemberRef
from bot.runtime import Runtime
from bot.services import review
from bot.services.curation import Refused
from tests.support.database import HERE, Clock
from tests.support.talk import demo_bank

CHAIR = MemberRef(f"{HERE}:U0CHRISTINA")
FEES = "recert-fees-dates"
BEYOND = datetime(2028, 6, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    made = Clock()
    made.now = BEYOND
    return made


@pytest.fixture
def runtime(tmp_path: Path, clock: Clock) -> Iterator[Runtime]:
    made = Runtime(demo_bank(), tmp_path / "clm.db", clock)
    yield made
    made.close()


async def tend(runtime: Runtime, what: str, seen: int, key: str) -> Revision | Refused:
    done = await runtime.run(review.tend, HERE, CHAIR, FEES, what, seen, key)  # type: ignore[arg-type]
    await runtime.renew_overlays()
    return done


def fees(runtime: Runtime) -> str:
    return runtime.bank(HERE).content.entries[FEES].text


async def test_still_right_brings_withheld_values_back(runtime: Runtime) -> None:
    """The chair sees the values that members do not see; found right they are said again, in this
    answer and in every other one that names them; undone they are gone once more."""
    due = (await runtime.run(review.run, HERE, (), FEES)).due
    assert due is not None and "recert_fee" in due.withheld
    assert "$189" not in fees(runtime)
    done = await tend(runtime, "verified", 0, "a")
    assert isinstance(done, Revision) and "$189" in fees(runtime)
    assert "recert_fee" not in runtime.bank(HERE).content.withheld
    assert isinstance(await tend(runtime, "undone", 1, "b"), Revision)
    assert "$189" not in fees(runtime)


async def test_the_same_tap_twice_is_one(runtime: Runtime) -> None:
    """A tap that Slack sends again makes no second revision."""
    first = await tend(runtime, "verified", 0, "a")
    assert await tend(runtime, "verified", 0, "a") == first


async def test_an_answer_with_a_value_too_old_is_due_though_it_was_edited(
    runtime: Runtime, clock: Clock
) -> None:
    """Approving or editing the words does not vouch for the values: the run still brings it, and
    still right on the same day lifts it."""
    first = await tend(runtime, "verified", 0, "a")
    assert isinstance(first, Revision)
    runtime._store.writing.execute("DELETE FROM fact_checks")
    await runtime.renew_overlays()
    assert not runtime.bank(HERE).content.entries[FEES].overdue
    passed: tuple[str, ...] = ()
    keys = []
    while (found := (await runtime.run(review.run, HERE, passed)).due) is not None:
        keys.append(found.entry.id)
        passed = (*passed, found.entry.id)
    assert FEES in keys
    assert await tend(runtime, "verified", 1, "b") == first
    assert "$189" in fees(runtime)


async def test_the_run_counts_down_and_ends(runtime: Runtime) -> None:
    """How many are left goes down by each one passed, to nothing."""
    run = await runtime.run(review.run, HERE)
    assert run.due is not None
    further = await runtime.run(review.run, HERE, (run.due.entry.id,))
    assert further.left == run.left - 1 and further.due != run.due
    everything = tuple(runtime.bank(HERE).content.entries)
    assert (await runtime.run(review.run, HERE, everything)).due is None


async def test_things_that_the_bot_does_are_not_reviewed(runtime: Runtime) -> None:
    """What only opens a window has no sources to compare."""
    passed: tuple[str, ...] = ()
    while (found := (await runtime.run(review.run, HERE, passed)).due) is not None:
        assert not found.entry.is_action
        passed = (*passed, found.entry.id)
    assert len(passed) > 80
