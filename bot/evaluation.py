"""`clm eval`: messages with known answers against the bot, or against any bank of examples."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from bot.domain.decision import decision_of
from bot.domain.faq import Decision
from bot.domain.matching import OUT_OF_SCOPE, Example, Index
from bot.domain.matching_fit import fit
from bot.domain.measures import Case, Figures, LabelFigures, measure, percentile
from bot.errors import InputError
from bot.services.bank import Bank
from bot.services.bank import decide as decide_in

Decide = Callable[[str], Decision]

_SHOWN_LABELS = 15
_BLANK = " \t\r\n\ufeff"
"""What may stand around a line: some programs begin a file with U+FEFF."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was counted, and how long it took: milliseconds for one message (half of them, and 99
    of 100, took no longer), seconds to build the index."""

    figures: Figures
    p50_ms: float
    p99_ms: float
    build_s: float
    unknown_labels: tuple[str, ...] = ()


def cases_of(lines: Iterable[str], name: str) -> tuple[Case, ...]:
    """The messages of a file, a JSON object with `text` and `label` a line; empty lines and other
    keys do not matter. `name` is what an error calls the file.

    Raises InputError, naming file and line, when one line is bad.
    """
    return tuple(
        _case(line, f"{name}:{number}")
        for number, line in enumerate(lines, start=1)
        if line.strip(_BLANK)
    )


def _case(line: str, place: str) -> Case:
    try:
        data = json.loads(line.strip(_BLANK))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: this line is not a JSON object.") from error
    if not isinstance(data, dict):
        raise InputError(f'{place}: a JSON object is expected, such as {{"text": "..."}}.')
    text, label = data.get("text"), data.get("label")
    if not isinstance(text, str):
        raise InputError(f"{place}: 'text' is missing or is not text.")
    if not isinstance(label, str) or not label.strip():
        raise InputError(f"{place}: 'label' is missing or is not text.")
    return Case(text, label)


def evaluate(
    cases: Sequence[Case], decide: Decide, *, build_s: float, labels: Iterable[str] = ()
) -> Report:
    """Decide every case and count. `labels` are those the bank knows: with them, labels of the
    cases that it does not know are told in the report."""
    decisions: list[Decision] = []
    spent: list[float] = []
    for case in cases:
        begun = time.perf_counter()
        decisions.append(decide(case.text))
        spent.append((time.perf_counter() - begun) * 1000)
    known = {*labels, OUT_OF_SCOPE}
    strange = {case.label for case in cases} - known if len(known) > 1 else set()
    return Report(
        measure(cases, decisions),
        percentile(spent, 0.5),
        percentile(spent, 0.99),
        build_s,
        tuple(sorted(strange)),
    )


def evaluate_content(cases: Sequence[Case], load: Callable[[], Bank]) -> Report:
    """Evaluate the bot as members meet it; `load` gives its bank and is timed."""
    begun = time.perf_counter()
    bank = load()
    build_s = time.perf_counter() - begun
    return evaluate(cases, partial(decide_in, bank), build_s=build_s, labels=bank.index.entries)


def evaluate_bank(cases: Sequence[Case], bank: Sequence[Case]) -> Report:
    """Evaluate the matcher alone: fitted and calibrated on `bank`, no rules for small talk.

    Raises InputError when the bank has no utterance of an entry, or too many to fit.
    """
    begun = time.perf_counter()
    index = fit(Example(case.text, case.label) for case in bank)
    build_s = time.perf_counter() - begun
    return evaluate(
        cases,
        _matching(index),
        build_s=build_s,
        labels=index.entries,
    )


def _matching(index: Index) -> Decide:
    return lambda text: decision_of(index.match(text))


def cross_validate(examples: Sequence[Example]) -> dict[str, Report]:
    """By author: fit on everybody else's examples, evaluate on his. Examples without an author
    are always fitted on. An author without whom no entry is left is passed over."""
    reports: dict[str, Report] = {}
    for author in sorted({example.author for example in examples} - {""}):
        others = [example for example in examples if example.author != author]
        if all(example.label == OUT_OF_SCOPE for example in others):
            continue
        begun = time.perf_counter()
        index = fit(others)
        build_s = time.perf_counter() - begun
        cases = [Case(one.text, one.label) for one in examples if one.author == author]
        reports[author] = evaluate(
            cases,
            _matching(index),
            build_s=build_s,
            labels=index.entries,
        )
    return reports


def report_json(report: Report) -> str:
    """The report as one JSON object, shares as 0..1 and not rounded. `auroc` is null when the
    cases are all in scope or all out of scope; shares of nothing are 0."""
    figures = report.figures
    return json.dumps(
        {
            "in_scope": asdict(figures.in_scope),
            "oos": asdict(figures.out_of_scope),
            "auroc": figures.auroc,
            "latency_ms": {"p50": report.p50_ms, "p99": report.p99_ms},
            "build_s": report.build_s,
            "per_label": {label: asdict(one) for label, one in figures.per_label.items()},
        },
        ensure_ascii=True,
    )


def report_text(report: Report) -> str:
    """The report as a person reads it, the labels that do worst first."""
    inside, outside = report.figures.in_scope, report.figures.out_of_scope
    lines = [
        f"in scope, {inside.n} messages: right entry first {inside.top1:.1%}, "
        f"among three {inside.top3:.1%}",
        f"  answered right {inside.right:.1%}, wrong {inside.wrong:.1%}, "
        f"offered {inside.offered:.1%}, missed {inside.missed:.1%}",
        f"out of scope, {outside.n} messages: answered {outside.answered:.1%}, "
        f"offered {outside.offered:.1%}, declined {outside.declined:.1%}",
    ]
    if report.figures.auroc is not None:
        lines.append(
            f"in scope against out of scope by confidence: AUROC {report.figures.auroc:.3f}"
        )
    lines.append(
        f"a message takes {report.p50_ms:.1f} ms (99 of 100 at most {report.p99_ms:.1f} ms); "
        f"the index took {report.build_s:.1f} s"
    )
    if report.unknown_labels:
        lines.append("labels that the bank does not know: " + ", ".join(report.unknown_labels))
    return "\n".join(lines + _worst(report.figures))


def _worst(figures: Figures) -> list[str]:
    ranked = sorted(figures.per_label.items(), key=lambda pair: (pair[1].top1, pair[0]))
    worst = [(label, one) for label, one in ranked if one.top1 < 1][:_SHOWN_LABELS]
    if not worst:
        return []
    return ["", "labels that do worst (first place, then what came first instead):"] + [
        f"  {label}: {one.top1:.0%} of {one.n}{_confusion(one)}" for label, one in worst
    ]


def _confusion(one: LabelFigures) -> str:
    if not one.confused_with:
        return ""
    return "; " + ", ".join(f"{label} {count}" for label, count in one.confused_with.items())
