"""The export as one table for a spreadsheet: a line for each entry, and its totals as lines too."""

from collections.abc import Iterator

from bot.domain.copy import Copy
from bot.domain.spreadsheet import csv_bytes
from bot.services.ledger_export_paper import Paper, PaperGroup, PaperPart

COLUMNS = (
    "part",
    "group",
    "date",
    "title",
    "provider",
    "kind",
    "amount",
    "hours",
    "counted",
    "why",
    "proof",
    "note",
    "confirmed",
)
"""In this order; the heading of each is `export.column_<name>`."""

Row = dict[str, str]


def table_of(paper: Paper, copy: Copy) -> bytes:
    """The CSV file."""
    heading = tuple(copy.say(f"export.column_{name}") for name in COLUMNS)
    rows = (tuple(row.get(name, "") for name in COLUMNS) for row in _rows(paper))
    return csv_bytes((heading, *rows))


def _rows(paper: Paper) -> Iterator[Row]:
    for part in paper.parts:
        for group in part.groups:
            yield from _group_rows(part, group)
        total = {"part": part.title, "title": part.total, "counted": part.counted}
        yield from [total] if part.total else []
        yield from ({"part": part.title, "title": remark} for remark in part.remarks)
    yield from ({"title": remark} for remark in paper.remarks)


def _group_rows(part: PaperPart, group: PaperGroup) -> Iterator[Row]:
    place = {"part": part.title, "group": group.label}
    for line in group.lines:
        yield {
            **place,
            "date": line.day.isoformat() if line.day else "",
            "title": line.title,
            "provider": line.provider,
            "kind": line.kind,
            "amount": line.amount,
            "hours": line.hours,
            "counted": line.counted,
            "why": line.why,
            "proof": line.proof,
            "note": line.note,
            "confirmed": line.confirmed,
        }
    if group.total:
        yield {**place, "title": group.total, "counted": group.counted}
