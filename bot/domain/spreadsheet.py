"""Tables for a spreadsheet program, in which nothing that people wrote can become a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads letters beyond ASCII wrongly."""

_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207a-\u207c\u208a-\u208c\u2212"
"""What begins a formula in Excel, LibreOffice or Google Sheets, with its wide and small forms."""

_FORMULA = re.compile(rf"(^|[,;|])(?=\W*[{_STARTS}])")
"""Programs pass over spaces, quotes and what shows nothing; so whatever is no letter is passed."""

_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def defused(text: str) -> str:
    """The text as one cell in one line; what would begin a formula has an apostrophe before it.

    Behind a comma, semicolon or bar too, where another country's program begins a new cell.
    """
    return _FORMULA.sub(r"\1'", _CONTROLS.sub("", _BREAKS.sub(" ", text)))


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as Excel reads it; every cell is quoted and defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in row] for row in rows)
    # A half of a pair alone is no character; it must not keep the rest from being written.
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8", errors="replace")
