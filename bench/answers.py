"""Writes docs/answers.md and its curves: `python -m bench.answers [--semantic FOLDER] [--public
ORIGINALS]`.

The same content gives the same files: nothing is drawn at random, and neither the day nor the
machine nor how long anything took is written down. Fits the bank at each level that is at hand,
and once more without one author, so it takes minutes.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.level_curves import curves, pictures
from bench.pages import METHOD, NOTES, figures_table, page_table
from bench.public_sets import measured
from bench.targets import ANSWERS, PUBLIC, Target
from bot.config import read_settings
from bot.content import ContentBank, load_content, shipped_places
from bot.domain.matching import Example
from bot.domain.matching_fit import content_key
from bot.domain.measured_views import by_group, by_style, confusions, of
from bot.domain.measures import Case, Figures
from bot.domain.text import words
from bot.evaluation import Report, cases_of, evaluate_content
from bot.evaluation_authors import MEAN, Crossed, left_out, tried
from bot.semantic.kept import semantic_folder
from bot.services.bank import Bank
from bot.services.indexing import fitted_of, fitting_with, meaning_in

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "bench/questions-held-out.jsonl"
DOCS = ROOT / "docs"
CACHE = ROOT / "data/cache"
WORDS, MEANING = "words", "words and meaning"
_SHOWN_PAIRS = 12
_UNJUDGED = (
    "Judged is what is reached with an author left out. The held-out file stands beside it and is "
    "not judged: two authors prove little, as the last section says."
)


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of the matcher reaches: left out by author, all from one fit; one of these
    authors with a fit of its own, to compare; on the held-out file; and on the public sets that
    are there. `strays` is how many examples do not find their own entry when left out."""

    name: str
    crossed: Crossed
    anew: Mapping[str, Figures]
    held_out: Report
    public: Mapping[str, Report]
    strays: int


def levels(semantic: Path) -> dict[str, Path | None]:
    """The levels that can be measured, with the folder of the model where one is needed."""
    return {WORDS: None, **({MEANING: semantic} if meaning_in(semantic) else {})}


def measure_level(
    name: str, semantic: Path | None, content: ContentBank, public: Path | None
) -> Level:
    """Everything that is measured at one level."""
    # A cache of its own, so that the levels do not drive one another out.
    cache = CACHE / "meaning" if semantic else CACHE
    fitted, anew = fitted_of(content.examples, cache, semantic), fitting_with(semantic)
    bank = Bank(content, fitted.index)
    crossed = tried(fitted)
    first = list(crossed.by_author)[:1]
    cases = cases_of(HELD_OUT.read_text(encoding="utf-8").split("\n"), HELD_OUT.name)
    return Level(
        name,
        crossed,
        {author: of(left_out(author, content.examples, anew)) for author in first},
        evaluate_content(unseen(cases, content.examples), lambda: bank),
        measured(public, anew) if public else {},
        len(fitted.strays()),
    )


def unseen(cases: Sequence[Case], examples: Sequence[Example]) -> tuple[Case, ...]:
    """The messages whose wording nobody of the bank happens to have."""
    known = {words(one.text) for one in examples}
    return tuple(case for case in cases if words(case.text) not in known)


def page(content: ContentBank, found: Sequence[Level]) -> str:
    """The whole page."""
    groups = {entry.id: entry.group for entry in content.entries.values()}
    parts = [
        METHOD.read_text(encoding="utf-8")
        .strip()
        .format(
            entries=len(content.entries),
            examples=len(content.examples),
            authors=len(found[0].crossed.by_author),
            key=content_key(content.examples)[:12],
        ),
        _targets(found),
        *(part for level in found for part in _sections(level, groups)),
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
                cell
                for level in found
                for cell in (
                    target.judged(level.crossed.mean),
                    target.told(level.held_out.figures),
                )
            ),
        ]
        for target in ANSWERS
    ]
    return "\n\n".join(["## Targets", page_table(head, rows), _UNJUDGED, _public(found)])


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
    held_out = level.held_out
    return [
        f"## Level: {level.name}",
        "### Each author left out",
        figures_table("author", {**level.crossed.figures, MEAN: level.crossed.mean}),
        "### The same by group of entries",
        figures_table("group", by_group(level.crossed.judged, groups)),
        *_compared(level),
        "### The held-out file",
        figures_table("style", {"all": held_out.figures, **by_style(held_out.judged)}),
        *_public_sections(level),
        *curves(level.name, level.crossed.judged),
        *_confused(level),
    ]


def _compared(level: Level) -> list[str]:
    rows = {}
    for author, figures in level.anew.items():
        rows[f"{author}, closed form"] = level.crossed.figures[author]
        rows[f"{author}, fitted anew"] = figures
    return ["### Closed form beside fitting anew", figures_table("author", rows)] if rows else []


def _public_sections(level: Level) -> list[str]:
    if not level.public:
        return []
    figures = {name: report.figures for name, report in level.public.items()}
    return ["### Public sets", figures_table("set", figures)]


def _confused(level: Level) -> list[str]:
    pairs = confusions(level.crossed.judged)[:_SHOWN_PAIRS]
    rows = [[pair.label, pair.found, str(len(pair.texts))] for pair in pairs]
    return [
        "### What is confused most",
        page_table(["asked for", "found first", "messages"], rows),
        f"In all, {level.strays} of the examples do not find their own class when their author is "
        "left out; `clm content lint` names them with file and line.",
    ]


def write(content: ContentBank, found: Sequence[Level], folder: Path) -> None:
    """The page with the pictures of every level; those of a level that is no more are removed."""
    for old in folder.glob("answers-*.svg"):
        old.unlink()
    folder.joinpath("answers.md").write_text(page(content, found), encoding="utf-8")
    for level in found:
        for name, picture in pictures(level.name, level.crossed.judged).items():
            folder.joinpath(name).write_text(picture, encoding="utf-8")


def main() -> None:
    """Measure every level that is at hand and write the page."""
    parser = argparse.ArgumentParser(description="Write docs/answers.md.")
    parser.add_argument("--public", type=Path, help="folder with public sets; see public_sets.py")
    parser.add_argument(
        "--semantic",
        type=Path,
        default=semantic_folder(read_settings().clm_home),
        help="folder with the model's weights (default: where `clm semantic fetch` keeps them)",
    )
    given = parser.parse_args()
    content = load_content(shipped_places(), datetime.now(UTC).date())
    found = [
        measure_level(name, semantic, content, given.public)
        for name, semantic in levels(given.semantic).items()
    ]
    write(content, found, DOCS)


if __name__ == "__main__":
    main()
