"""The export as one page to read and print: nothing is loaded, nothing runs, nothing leaves it."""

from collections.abc import Iterator
from html import escape

from bot.domain.copy import Copy
from bot.domain.program import long_date
from bot.services.ledger_export_paper import Paper, PaperGroup, PaperLine, PaperPart

COLUMNS = ("date", "title", "provider", "kind", "hours", "counted", "remarks")

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #8a9199; --soft: #eef1f4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #15181c; --line: #727a83; --soft: #23282e; }
}
body { margin: 2rem auto; padding: 0 1rem; max-width: 68rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin-bottom: .25rem; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; }
.wide { overflow-x: auto; margin: 1.5rem 0; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 60rem; }
col.date { width: 14%; } col.title { width: 20%; } col.provider { width: 11%; }
col.kind { width: 13%; } col.hours { width: 9%; } col.counted { width: 9%; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead th, tfoot th, tfoot td { background: var(--soft); }
th.number, td.number { text-align: right; }
td ul { margin: 0; padding: 0; list-style: none; }
td.date { white-space: nowrap; }
.total { font-weight: 600; }
@media print {
  @page { size: landscape; margin: 12mm; }
  :root { color-scheme: light; --ink: #000; --paper: #fff; --line: #666; --soft: #fff; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  .wide { overflow: visible; }
  table { min-width: 0; }
  tr { break-inside: avoid; }
  h2, caption { break-after: avoid; }
}
"""

_NUMBERS = ("hours", "counted")


def page_of(paper: Paper, copy: Copy) -> bytes:
    """The HTML file."""
    return "\n".join(_page(paper, copy)).encode("utf-8", errors="replace")


def _page(paper: Paper, copy: Copy) -> Iterator[str]:
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    yield from (
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(paper.title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{escape(paper.title)}</h1>",
        *(f"<p>{escape(remark)}</p>" for remark in paper.remarks),
    )
    for part in paper.parts:
        yield from _part(part, copy)
    yield from ("</main>", "</body>", "</html>", "")


def _part(part: PaperPart, copy: Copy) -> Iterator[str]:
    yield f'<section aria-labelledby="{part.part}">'
    yield f'<h2 id="{part.part}">{escape(part.title)}</h2>'
    if part.total:
        yield f'<p class="total">{escape(part.total)}</p>'
    yield from (f"<p>{escape(remark)}</p>" for remark in part.remarks)
    for group in part.groups:
        yield from _table(group, copy)
    yield "</section>"


def _table(group: PaperGroup, copy: Copy) -> Iterator[str]:
    if not group.lines:
        none = copy.say("export.no_lines", group=group.label, total=group.total)
        yield f"<p>{escape(none)}</p>"
        return
    # It scrolls by itself where it is too wide, also by the keyboard.
    label = escape(group.label, quote=True)
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{label}">'
    yield f"<table><caption>{escape(group.label)}</caption>"
    widths = (f'<col class="{name}">' for name in COLUMNS)
    yield f"<colgroup>{''.join(widths)}</colgroup>"
    heads = (f'<th scope="col"{_number(name)}>{_heading(name, copy)}</th>' for name in COLUMNS)
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    yield from (_row(line, copy) for line in group.lines)
    yield "</tbody>"
    if group.total:
        yield _foot(group)
    yield "</table></div>"


def _foot(group: PaperGroup) -> str:
    before = COLUMNS.index("counted")
    after = len(COLUMNS) - before - 1
    return (
        f'<tfoot><tr><th scope="row" colspan="{before}">{escape(group.total)}</th>'
        f'<td class="number">{escape(group.counted)}</td><td colspan="{after}"></td></tr></tfoot>'
    )


def _row(line: PaperLine, copy: Copy) -> str:
    hours = escape(line.hours)
    if line.amount.split()[:1] != [line.hours]:
        hours = f"{hours} ({escape(line.amount)})"
    cells = (
        f'<td class="date">{escape(long_date(line.day)) if line.day else ""}</td>',
        f'<th scope="row">{_theirs(line.title)}</th>',
        f"<td>{_theirs(line.provider)}</td>",
        f"<td>{escape(line.kind)}</td>",
        f'<td class="number">{hours}</td>',
        f'<td class="number">{escape(line.counted)}</td>',
        f"<td>{_remarks(line, copy)}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _remarks(line: PaperLine, copy: Copy) -> str:
    said = [escape(text) for text in (line.why, line.confirmed) if text]
    for name, text in (("proof", line.proof), ("note", line.note)):
        if text:
            said.append(f"{escape(copy.say(f'export.column_{name}'))}: {_theirs(text)}")
    return f"<ul>{''.join(f'<li>{text}</li>' for text in said)}</ul>" if said else ""


def _theirs(text: str) -> str:
    """What people wrote: letters only, and their direction ends with them."""
    return f"<bdi>{escape(text)}</bdi>" if text else ""


def _heading(name: str, copy: Copy) -> str:
    return escape(copy.say(f"export.column_{name}"))


def _number(name: str) -> str:
    return ' class="number"' if name in _NUMBERS else ""
