"""Writes docs/answers.md and its curves: `python -m bench.answers [--public ORIGINALS]`.

The same content gives the same files: nothing is drawn at random, and neither the day nor the
machine nor how long anything took is written down. Fits the bank once for each author and level,
so it takes minutes.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.curves import Dot, Line, curve
from bench.pages import METHOD, NOTES, PLACE, figures_table, page_table
from bench.public_sets import measured
from bench.targets import ANSWERS, PUBLIC, Target, percent
from bot.content import ContentBank, load_content, shipped_places
from bot.domain.matching_fit import content_key, fit
from bot.domain.measured_views import (
    Bin,
    Coverage,
    by_group,
    by_style,
    confusions,
    coverage,
    reliability,
)
from bot.domain.measures import Figures
from bot.evaluation import Fit, Report, cases_of, evaluate_content
from bot.evaluation_authors import MEAN, Crossed, cross_validate
from bot.services.bank import Bank

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "bench/questions-held-out.jsonl"
DOCS = ROOT / "docs"
_BARS = tuple(at / 20 for at in range(20))
_SHOWN_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of the matcher reaches: left out by author, on the held-out file, and on
    the public sets that are there."""

    name: str
    crossed: Crossed
    held_out: Report
    public: Mapping[str, Report]


def levels() -> dict[str, Fit]:
    """How the bank is fitted at each level that this machine has."""
    return {"words": fit}


def measure_level(name: str, fitted: Fit, content: ContentBank, public: Path | None) -> Level:
    """Everything that is measured at one level."""
    lines = HELD_OUT.read_text(encoding="utf-8").split("\n")
    return Level(
        name,
        cross_validate(content.examples, fitted),
        evaluate_content(cases_of(lines, HELD_OUT.name), lambda: _bank(content, fitted)),
        measured(public, fitted) if public else {},
    )


def _bank(content: ContentBank, fitted: Fit) -> Bank:
    return Bank(content, fitted(content.examples))


def page(content: ContentBank, found: Sequence[Level]) -> str:
    """The whole page."""
    groups = {entry.id: entry.group for entry in content.entries.values()}
    best = found[-1]
    parts = [
        METHOD.read_text(encoding="utf-8")
        .strip()
        .format(
            entries=len(content.entries),
            examples=len(content.examples),
            authors=len(best.crossed.reports),
            key=content_key(content.examples)[:12],
        ),
        _targets(found),
        *(part for level in found for part in _sections(level, groups)),
        _curves(best),
        _confused(best),
        NOTES.read_text(encoding="utf-8").strip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _targets(found: Sequence[Level]) -> str:
    head = ["figure", "target"]
    for level in found:
        head += [f"{level.name}: left out by author", f"{level.name}: held-out file"]
    rows = [
        [
            target.name,
            target.words,
            *(
                target.judged(figures)
                for level in found
                for figures in (level.crossed.mean, level.held_out.figures)
            ),
        ]
        for target in ANSWERS
    ]
    return "\n\n".join(["## Targets", page_table(head, rows), _public(found)])


def _public(found: Sequence[Level]) -> str:
    rows = [
        [name, target.name, target.words, level.name, _reached(level.public.get(name), target)]
        for name, by_level in PUBLIC.items()
        for level, targets in zip(found, by_level, strict=False)
        for target in targets
    ]
    return page_table(["public set", "figure", "target", "level", "reached"], rows)


def _reached(report: Report | None, target: Target) -> str:
    return target.judged(report.figures) if report else "not measured: its files are not at hand"


def _sections(level: Level, groups: Mapping[str, str]) -> list[str]:
    authors: dict[str, Figures] = {
        author: report.figures for author, report in level.crossed.reports.items()
    }
    held_out = level.held_out
    return [
        f"## Level: {level.name}",
        "### Each author left out",
        figures_table("author", {**authors, MEAN: level.crossed.mean}),
        "### The same by group of entries",
        figures_table("group", by_group(level.crossed.judged, groups)),
        "### The held-out file",
        figures_table("style", {"all": held_out.figures, **by_style(held_out.judged)}),
        *_public_sections(level),
    ]


def _public_sections(level: Level) -> list[str]:
    if not level.public:
        return []
    figures = {name: report.figures for name, report in level.public.items()}
    return ["### Public sets", figures_table("set", figures)]


def _curves(level: Level) -> str:
    bins = reliability(level.crossed.judged)
    bars = coverage(level.crossed.judged, _BARS)
    return "\n\n".join(
        [
            f"## Is a confidence worth its number? (level: {level.name})",
            "Every message of every author, decided by a bank that does not hold that author. "
            f"Messages out of scope together count as {PLACE} of all, as calibration assumes.",
            "![Share of right first entries by confidence](answers-reliability.svg)",
            page_table(
                ["confidence", "messages", "mean confidence", "right"],
                [_bin_row(one) for one in bins],
            ),
            "## What if the bar were somewhere else?",
            "If everything at or above one confidence were answered and nothing else. The bot has "
            "no such bar: it weighs answer, choices and honest no by what each is expected to "
            "cost. The curve shows what a bar could reach.",
            "![Answered right and wrong as the bar moves](answers-coverage.svg)",
            page_table(
                ["bar", "answered right", "answered wrong", "out of scope answered"],
                [_bar_row(one) for one in bars if round(one.bar * 100) % 10 == 0],
            ),
        ]
    )


def _bin_row(one: Bin) -> list[str]:
    span = f"{one.low:.1f} to {one.high:.1f}"
    return [span, str(one.n), percent(one.confidence), percent(one.right)]


def _bar_row(one: Coverage) -> list[str]:
    return [f"{one.bar:.1f}", percent(one.right), percent(one.wrong), percent(one.strange)]


def pictures(level: Level) -> dict[str, str]:
    """Both curves by the names of their files."""
    bins = reliability(level.crossed.judged)
    most = max((one.n for one in bins), default=1)
    bars = coverage(level.crossed.judged, _BARS)
    return {
        "answers-reliability.svg": curve(
            "Share of right first entries by confidence",
            "confidence",
            "share that was right",
            [
                Line("as promised", "even", ((0.0, 0.0), (1.0, 1.0))),
                Line("measured", "one", tuple((one.confidence, one.right) for one in bins)),
            ],
            [Dot(one.confidence, one.right, one.n / most) for one in bins],
        ),
        "answers-coverage.svg": curve(
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


def _confused(level: Level) -> str:
    pairs = confusions(level.crossed.judged)[:_SHOWN_PAIRS]
    rows = [[pair.label, pair.found, str(len(pair.texts))] for pair in pairs]
    return "\n\n".join(
        [
            f"## What is confused most (level: {level.name})",
            page_table(["asked for", "found first", "messages"], rows),
            "`clm content lint` names the utterances with file and line.",
        ]
    )


def main() -> None:
    """Measure every level that is at hand and write the page."""
    parser = argparse.ArgumentParser(description="Write docs/answers.md.")
    parser.add_argument("--public", type=Path, help="folder with public sets; see public_sets.py")
    given = parser.parse_args()
    content = load_content(shipped_places(), datetime.now(UTC).date())
    found = [
        measure_level(name, fitted, content, given.public) for name, fitted in levels().items()
    ]
    DOCS.joinpath("answers.md").write_text(page(content, found), encoding="utf-8")
    for name, picture in pictures(found[-1]).items():
        DOCS.joinpath(name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
