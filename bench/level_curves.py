"""Whether a confidence is worth its number, and what another bar would let through: as tables for
the page and as pictures beside them."""

from collections.abc import Sequence

from bench.curves import Dot, Line, curve
from bench.pages import PLACE, page_table
from bench.targets import percent
from bot.domain.measured_views import Bin, Coverage, Judged, coverage, reliability

_BARS = tuple(at / 20 for at in range(20))


def picture_names(level: str) -> tuple[str, str]:
    """What the files of a level are called."""
    name = level.replace(" ", "-")
    return f"answers-reliability-{name}.svg", f"answers-coverage-{name}.svg"


def curves(level: str, judged: Sequence[Judged]) -> list[str]:
    """The parts of the page with both curves of a level."""
    bins, bars = reliability(judged), coverage(judged, _BARS)
    first, second = picture_names(level)
    return [
        "### Is a confidence worth its number?",
        "Every message of every author, decided with that author left out. Messages out of scope "
        f"together count as {PLACE} of all, as calibration assumes.",
        f"![Share of right first entries by confidence, {level}]({first})",
        page_table(
            ["confidence", "messages", "mean confidence", "right"], [_bin_row(one) for one in bins]
        ),
        "### What if the bar were somewhere else?",
        "If everything at or above one confidence were answered and nothing else. The bot has no "
        "such bar: it weighs answer, choices and honest no by what each is expected to cost. The "
        "curve shows what a bar could reach.",
        f"![Answered right and wrong as the bar moves, {level}]({second})",
        page_table(
            ["bar", "answered right", "answered wrong", "out of scope answered"],
            [_bar_row(one) for one in bars if round(one.bar * 100) % 10 == 0],
        ),
    ]


def _bin_row(one: Bin) -> list[str]:
    span = f"{one.low:.1f} to {one.high:.1f}"
    return [span, str(one.n), percent(one.confidence), percent(one.right)]


def _bar_row(one: Coverage) -> list[str]:
    return [f"{one.bar:.1f}", percent(one.right), percent(one.wrong), percent(one.strange)]


def pictures(level: str, judged: Sequence[Judged]) -> dict[str, str]:
    """Both curves of a level by the names of their files."""
    bins, bars = reliability(judged), coverage(judged, _BARS)
    most = max((one.n for one in bins), default=1)
    first, second = picture_names(level)
    return {
        first: curve(
            "Share of right first entries by confidence",
            "confidence",
            "share that was right",
            [
                Line("as promised", "even", ((0.0, 0.0), (1.0, 1.0))),
                Line("measured", "one", tuple((one.confidence, one.right) for one in bins)),
            ],
            [Dot(one.confidence, one.right, one.n / most) for one in bins],
        ),
        second: curve(
            "Answered right and wrong as the bar moves",
            "least confidence that is answered",
            "share of messages",
            [
                Line("right", "one", tuple((one.bar, one.right) for one in bars)),
                Line("wrong", "two", tuple((one.bar, one.wrong) for one in bars)),
                Line("out of scope", "three", tuple((one.bar, one.strange) for one in bars)),
            ],
        ),
    }
