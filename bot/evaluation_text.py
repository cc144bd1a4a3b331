"""The figures of `clm eval` as a person reads them."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.matching import OUT_OF_SCOPE, Index
from bot.domain.measured_views import Confusion, by_author, by_group, by_style, confusions
from bot.domain.measures import Figures, LabelFigures
from bot.evaluation import Report

SHOWN_LABELS = 15
SHOWN_PAIRS = 8
_SHOWN_MESSAGES = 3
_SHOWN_UTTERANCES = 2

_HEAD = tuple("|in|first|three|right|wrong|offered|missed|out|answered|offered|declined".split("|"))


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
    confused = confused_text(confusions(report.judged), report.index)
    return "\n".join([*lines, *_views(report), *_worst(report.figures), *confused])


def _views(report: Report) -> list[str]:
    return [
        *titled("by author", by_author(report.judged)),
        *titled("by style", by_style(report.judged)),
        *titled("by group", by_group(report.judged, report.groups)),
    ]


def titled(title: str, figures: Mapping[str, Figures]) -> list[str]:
    """A table under its title and after an empty line; nothing when there is nothing to show."""
    return ["", f"{title}:", *table(figures)] if figures else []


def table(figures: Mapping[str, Figures]) -> list[str]:
    """Figures line by line: how many messages in scope and their shares in per cent, then the
    same for messages out of scope."""
    rows = [_HEAD, *(_row(name, one) for name, one in figures.items())]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    return [f"  {_line(row, widths)}".rstrip() for row in rows]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if at else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *others])


def _row(name: str, figures: Figures) -> tuple[str, ...]:
    inside, outside = figures.in_scope, figures.out_of_scope
    return (
        name,
        str(inside.n),
        *_shares(inside.n, inside.top1, inside.top3, inside.right, inside.wrong),
        *_shares(inside.n, inside.offered, inside.missed),
        str(outside.n),
        *_shares(outside.n, outside.answered, outside.offered, outside.declined),
    )


def _shares(n: int, *shares: float) -> list[str]:
    return [f"{share:.1%}" if n else "-" for share in shares]


def _worst(figures: Figures) -> list[str]:
    ranked = sorted(figures.per_label.items(), key=lambda pair: (pair[1].top1, pair[0]))
    worst = [(label, one) for label, one in ranked if one.top1 < 1][:SHOWN_LABELS]
    if not worst:
        return []
    return ["", "labels that do worst (first place, then what came first instead):"] + [
        f"  {label}: {one.top1:.0%} of {one.n}{_confusion(one)}" for label, one in worst
    ]


def _confusion(one: LabelFigures) -> str:
    if not one.confused_with:
        return ""
    return "; " + ", ".join(f"{label} {count}" for label, count in one.confused_with.items())


def confused_text(found: Iterable[Confusion], index: Index | None = None) -> list[str]:
    """The pairs that are confused most, with messages, and with the utterances of the bank that
    pulled most to the wrong entry; empty when nothing is confused."""
    shown = list(found)[:SHOWN_PAIRS]
    if not shown:
        return []
    lines = ["", "what is confused most, and which utterances pulled to the wrong entry:"]
    for pair in shown:
        lines.append(f"  {_name(pair.label)} taken for {pair.found}, {len(pair.texts)}:")
        for text in pair.texts[:_SHOWN_MESSAGES]:
            lines.append(f"    {short(text)}")
            lines += [f"      pulled by {name}" for name in _pulling(text, pair.found, index)]
    return lines


def _name(label: str) -> str:
    return "out of scope" if label == OUT_OF_SCOPE else label


def _pulling(text: str, found: str, index: Index | None) -> list[str]:
    if index is None:
        return []
    reasons = index.explain(text, reasons=_SHOWN_UTTERANCES)
    return [short(name) for one in reasons if one.label == found for name, _ in one.utterances]


def short(text: str, longest: int = 90) -> str:
    """A text in quotation marks on one line, cut where it is long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= longest else f'"{line[: longest - 3].rstrip()}..."'
