"""The baseline of the cross-validated figures: `python -m bench.baseline` renews it on purpose.

What is counted comes from one fit, which says in closed form what each utterance would come to
had its author been left out (`evaluation_authors.tried`). It takes seconds once the bank is
fitted, so every change can be held against it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.content import load_content, shipped_places
from bot.evaluation_authors import MEAN, Crossed, tried
from bot.services.indexing import fitted_of

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / "tests/baseline/answers.json"
COMMAND = "python -m bench.baseline"
LARGEST_FALL = 1.0
"""Points: hundredths of all messages."""

Shares = Mapping[str, float]


def held_out_shares(crossed: Crossed) -> dict[str, float]:
    """Shares (0..1), the more the better: for each author who wrote for the entries, how many of
    his messages find their entry first; and as means over the authors, each counting alike, what
    happens to messages in scope and out of scope."""
    inside, outside = crossed.mean.in_scope, crossed.mean.out_of_scope
    first = {
        author: figures.in_scope.top1
        for author, figures in crossed.figures.items()
        if figures.in_scope.n
    }
    return {
        **{f"right entry first, {author}": share for author, share in first.items()},
        f"right entry first, {MEAN}": inside.top1,
        f"right entry among three, {MEAN}": inside.top3,
        f"answered right, {MEAN}": inside.right,
        f"not answered wrong, {MEAN}": 1.0 - inside.wrong,
        f"right or offered, {MEAN}": inside.right + inside.offered,
        f"out of scope not answered, {MEAN}": 1.0 - outside.answered,
        f"out of scope declined, {MEAN}": outside.declined,
    }


def fallen(before: Shares, now: Shares) -> list[str]:
    """A sentence for each figure that fell by more than a point, or is no longer there."""
    gone = [f"{name}: there is no such figure any more" for name in before if name not in now]
    return gone + [
        f"{name}: {now[name]:.1%}, which is {(share - now[name]) * 100:.1f} points below the "
        f"baseline of {share:.1%}"
        for name, share in before.items()
        if name in now and round((share - now[name]) * 100, 6) > LARGEST_FALL
    ]


def stored(shares: Shares) -> str:
    """The shares as the baseline's file keeps them."""
    return json.dumps({name: round(share, 4) for name, share in shares.items()}, indent=2) + "\n"


def shipped_shares(cache: Path) -> dict[str, float]:
    """The shares of the shipped content by its words alone: nobody needs a model to be measured
    by it."""
    content = load_content(shipped_places(), datetime.now(UTC).date())
    return held_out_shares(tried(fitted_of(content.examples, cache)))


def main() -> None:
    """Measure the shipped content and write the baseline."""
    shares = shipped_shares(ROOT / "data/cache")
    before = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    BASELINE.parent.mkdir(parents=True, exist_ok=True)
    BASELINE.write_text(stored(shares), encoding="utf-8")
    for name, share in shares.items():
        then = f" (was {before[name]:.1%})" if name in before else ""
        print(f"{name}: {share:.1%}{then}")


if __name__ == "__main__":
    main()
