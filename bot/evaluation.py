"""`clm eval`: messages with known answers against the bot, or against any bank of examples."""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from bot.domain.decision import decision_of
from bot.domain.faq import Decision
from bot.domain.matching import OUT_OF_SCOPE, Example, Index
from bot.domain.matching_fit import fit
from bot.domain.measured_views import Judged
from bot.domain.measures import Case, Figures, measure, percentile
from bot.errors import InputError
from bot.services.bank import Bank
from bot.services.bank import decide as decide_in

Decide = Callable[[str], Decision]
Fit = Callable[[Sequence[Example]], Index]

_BLANK = " \t\r\n\ufeff"
"""What may stand around a line: some programs begin a file with U+FEFF."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was counted, and how long it took: milliseconds for one message (half of them, and 99
    of 100, took no longer), seconds to build the index. `judged` is what was counted on; `groups`
    (of each entry, by id) and `index` say more about the bank where there is more to say."""

    figures: Figures
    p50_ms: float
    p99_ms: float
    build_s: float
    unknown_labels: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    index: Index | None = None


def cases_of(lines: Iterable[str], name: str) -> tuple[Case, ...]:
    """The messages of a file, a JSON object with `text` and `label` a line, and with `author` and
    `style` where they are known; empty lines and other keys do not matter. `name` is what an error
    calls the file.

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
    return Case(text, label, _known(data, "author"), _known(data, "style"))


def _known(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""


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
        tuple(zip(cases, decisions, strict=True)),
    )


def evaluate_content(cases: Sequence[Case], load: Callable[[], Bank]) -> Report:
    """Evaluate the bot as members meet it; `load` gives its bank and is timed."""
    begun = time.perf_counter()
    bank = load()
    build_s = time.perf_counter() - begun
    report = evaluate(cases, partial(decide_in, bank), build_s=build_s, labels=bank.index.entries)
    groups = {entry.id: entry.group for entry in bank.content.entries.values()}
    return replace(report, groups=groups, index=bank.index)


def evaluate_bank(cases: Sequence[Case], bank: Sequence[Case], fitted: Fit = fit) -> Report:
    """Evaluate the matcher alone: fitted and calibrated on `bank`, no rules for small talk.
    The authors of a file of this kind are not taken from it: calibration holds out one by one.

    Raises InputError when the bank has no utterance of an entry, or too many to fit.
    """
    begun = time.perf_counter()
    index = fitted([Example(case.text, case.label) for case in bank])
    build_s = time.perf_counter() - begun
    report = evaluate(cases, matching(index), build_s=build_s, labels=index.entries)
    return replace(report, index=index)


def matching(index: Index) -> Decide:
    """How an index decides with no rules for small talk."""
    return lambda text: decision_of(index.match(text))


def figures_object(figures: Figures) -> dict[str, Any]:
    """The figures under the names of the contract of `clm eval --json`, shares as 0..1."""
    return {
        "in_scope": asdict(figures.in_scope),
        "oos": asdict(figures.out_of_scope),
        "auroc": figures.auroc,
    }


def report_json(report: Report) -> str:
    """The report as one JSON object, shares as 0..1 and not rounded. `auroc` is null when the
    cases are all in scope or all out of scope; shares of nothing are 0."""
    return json.dumps(
        {
            **figures_object(report.figures),
            "latency_ms": {"p50": report.p50_ms, "p99": report.p99_ms},
            "build_s": report.build_s,
            "per_label": {label: asdict(one) for label, one in report.figures.per_label.items()},
        },
        ensure_ascii=True,
    )
