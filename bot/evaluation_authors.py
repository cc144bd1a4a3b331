"""Cross-validation by author: how well the bank answers people whose wording it does not hold.

An author counts who has written for most of the entries, or nothing but messages out of scope.
What others have written (an entry's own question, a wording that an editor added later) is always
fitted on.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.content.examples import QUESTION
from bot.domain.calibration import ENOUGH_NEGATIVES
from bot.domain.decision import decision_of
from bot.domain.matching import OUT_OF_SCOPE, Example, Stray
from bot.domain.matching_fit import Fitted, fit
from bot.domain.measured_views import Judged, by_group, confusions, mean, of
from bot.domain.measures import Case, Figures
from bot.evaluation import Fit, evaluate, figures_object, matching
from bot.evaluation_text import confused_text, table, titled

BREADTH = 0.5
"""The least share of the entries that an author must have written for to be tested on: with fewer
the test would say more about those entries than about a new author."""
MEAN = "mean"
_SHOWN_PAIRS = 15
_ONE_FIT = (
    "each author left out in closed form, all from one fit (--refit fits anew without each, which "
    "is slow):"
)
_REFIT = "each author decided by a bank that holds nobody's wording but the others':"


@dataclass(frozen=True, slots=True)
class Crossed:
    """For each author who was left out his messages with what was decided on them, and what is
    counted on these. `refit` tells whether the bank was fitted anew without each author, or all
    is from one fit (`Fitted.trials`; `docs/answers.md` says how far the two lie apart)."""

    by_author: Mapping[str, Sequence[Judged]]
    refit: bool = False

    @property
    def figures(self) -> dict[str, Figures]:
        """The figures of each author."""
        return {author: of(judged) for author, judged in self.by_author.items()}

    @property
    def mean(self) -> Figures:
        """The mean over the authors, each counting alike."""
        return mean(list(self.figures.values()))

    @property
    def judged(self) -> tuple[Judged, ...]:
        """Every message of every author, decided by a bank that does not hold its author."""
        return tuple(pair for judged in self.by_author.values() for pair in judged)


def authors_of(examples: Sequence[Example]) -> list[str]:
    """The authors to test on, in the order of names. The entries' own questions are nobody's:
    they are written to be plain, and would flatter."""
    entries = {example.label for example in examples} - {OUT_OF_SCOPE}
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        if example.author not in ("", QUESTION):
            written[example.author][example.label] += 1
    return sorted(author for author, labels in written.items() if _counts(labels, len(entries)))


def _counts(written: Counter[str], entries: int) -> bool:
    labels = written.keys() - {OUT_OF_SCOPE}
    if not labels:
        return written[OUT_OF_SCOPE] >= ENOUGH_NEGATIVES
    return len(labels) >= BREADTH * entries


def _tested(examples: Sequence[Example]) -> list[str]:
    """The authors without whom there is still an entry."""
    return [
        author
        for author in authors_of(examples)
        if any(one.author != author and one.label != OUT_OF_SCOPE for one in examples)
    ]


def tried(fitted: Fitted) -> Crossed:
    """By author, all from one fit: each example with what it would come to, had its author been
    left out. An author without whom no entry is left is passed over; one who wrote most of the
    bank is left out wording by wording, which flatters him."""
    found: dict[str, list[Judged]] = {author: [] for author in _tested(fitted.examples)}
    for one, match in fitted.trials():
        if one.author in found:
            found[one.author].append((_case(one), decision_of(match)))
    return Crossed(found)


def cross_validate(examples: Sequence[Example], fitted: Fit = fit) -> Crossed:
    """By author, one fit for each: fit on everybody else's examples, evaluate on his. An author
    without whom no entry is left is passed over."""
    return Crossed(
        {author: left_out(author, examples, fitted) for author in _tested(examples)}, refit=True
    )


def left_out(author: str, examples: Sequence[Example], fitted: Fit) -> tuple[Judged, ...]:
    """An author's messages, decided by a bank that is fitted anew without him."""
    index = fitted([one for one in examples if one.author != author])
    cases = [_case(one) for one in examples if one.author == author]
    return evaluate(cases, matching(index), build_s=0.0).judged


def _case(example: Example) -> Case:
    return Case(example.text, example.label, example.author)


def crossed_json(crossed: Crossed) -> str:
    """One JSON object: for each author the keys `in_scope`, `oos` and `auroc` as `clm eval --json`
    has them, and the same under `mean`."""
    authors = {author: figures_object(one) for author, one in crossed.figures.items()}
    return json.dumps({**authors, MEAN: figures_object(crossed.mean)}, ensure_ascii=True)


def crossed_text(crossed: Crossed, groups: Mapping[str, str], strays: Sequence[Stray] = ()) -> str:
    """A table with a line for each author and their mean, the same by group of entries, what is
    confused most, and the pairs between which most utterances of the bank stray."""
    if not crossed.by_author:
        return (
            "There are not two authors who wrote for most of the entries, so none can be left out."
        )
    lines = [
        _REFIT if crossed.refit else _ONE_FIT,
        *table({**crossed.figures, MEAN: crossed.mean}),
        *_auroc(crossed.mean),
        *titled("by group", by_group(crossed.judged, groups)),
        *_stray_pairs(strays),
        *confused_text(confusions(crossed.judged)),
    ]
    return "\n".join(lines)


def _auroc(figures: Figures) -> list[str]:
    return [] if figures.auroc is None else [f"  mean AUROC {figures.auroc:.3f}"]


def _stray_pairs(strays: Sequence[Stray]) -> list[str]:
    pairs = Counter((stray.label, stray.found) for stray in strays)
    worst = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN_PAIRS]
    if not worst:
        return []
    return ["", "pairs between which most utterances stray (`clm content lint` names them):"] + [
        f"  {label} finds {found}, {count}" for (label, found), count in worst
    ]
