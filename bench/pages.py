"""The words and tables of docs/answers.md."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.targets import percent
from bot.domain.calibration import OUT_OF_SCOPE_SHARE
from bot.domain.measures import Figures

METHOD = Path(__file__).parent / "answers_method.md"
"""How the figures come about, with places for the size of the bank; it begins the page."""
NOTES = Path(__file__).parent / "answers_notes.md"
"""What a person wrote about the figures; it ends the page."""

PLACE = f"{OUT_OF_SCOPE_SHARE:.0%}"

_HEAD = (
    "in scope|first|three|right|wrong|offered|missed|out of scope|answered|offered|declined|AUROC"
).split("|")


def figures_table(kind: str, figures: Mapping[str, Figures]) -> str:
    """Figures as a table, one line each."""
    return page_table([kind, *_HEAD], [_row(name, one) for name, one in figures.items()])


def _row(name: str, figures: Figures) -> list[str]:
    inside, outside = figures.in_scope, figures.out_of_scope
    shares = (inside.top1, inside.top3, inside.right, inside.wrong, inside.offered, inside.missed)
    strange = (outside.answered, outside.offered, outside.declined)
    return [
        name,
        str(inside.n),
        *(percent(share) if inside.n else "" for share in shares),
        str(outside.n),
        *(percent(share) if outside.n else "" for share in strange),
        "" if figures.auroc is None else f"{figures.auroc:.3f}",
    ]


def page_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, numbers to the right."""
    ruled = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ruled, *rows])
