"""A table for a spreadsheet: what people wrote stays text, and stays theirs."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.spreadsheet import csv_bytes, defused

STARTS = frozenset("=+-@\t\r")
SKIPPED = " \t\r\n\u00a0\u200b\ufeff\"'`\u2018\u2019\u201c\u201d"
# Likelier than by chance: what a formula is made of, and what is passed over before it.
NASTY = st.text(st.sampled_from("=+-@\t\r\n\"'; ,|\u200b\uff1d\uff0b\uff0d\uff20\u2212\x00aA1(."))
TEXTS = st.one_of(NASTY, st.text())


def read(table: bytes, delimiter: str = ",") -> list[list[str]]:
    text = io.StringIO(table.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=delimiter))


def begins_a_formula(cell: str) -> bool:
    """Whether a cell does as it stands, or as a program that knows wide letters reads it."""
    return unicodedata.normalize("NFKC", cell)[:1] in STARTS and cell != ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"http://x\",\"y\")"),
        ("+1 847 267 1252", "'+1 847 267 1252"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("  =1", "'  =1"),
        ("\"=1", "'\"=1"),
        ("'=1", "''=1"),
        ("\u00a0\u200b=1", "'\u00a0\u200b=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20SUM", "'\uff20SUM"),
        ("Budgets;=1+1", "Budgets;'=1+1"),
        ("\x00=1", "'=1"),
    ],
)  # fmt: skip
def test_a_formula_has_an_apostrophe_before_it(written: str, kept: str) -> None:
    """Whatever way a formula is hidden at the beginning of a text, no program carries it out."""
    assert defused(written) == kept


@pytest.mark.parametrize(
    "text",
    ["Writing well", "A = b", "2-day course", "ann@example.org", "Überblick", "😀 Fun", "1.5"],
)
def test_an_ordinary_text_stays_as_it_was_written(text: str) -> None:
    """What is no formula is not touched, wherever such a sign stands in it."""
    assert read(csv_bytes([[text]])) == [[text]]


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=4))
@example([["=1"], ['\n"=1'], ["a;=1", "b,=1"]])
def test_no_cell_begins_a_formula(rows: list[list[str]]) -> None:
    """Whatever people write, no cell of the file begins as a formula does, and none gets lost."""
    table = read(csv_bytes(rows))
    assert [len(row) for row in table] == [len(row) for row in rows]
    for cell in (cell for row in table for cell in row):
        assert not begins_a_formula(cell)
        assert not begins_a_formula(cell.lstrip(SKIPPED)) or cell.startswith("'")


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=3), st.sampled_from(";|"))
@example([["x", "a;=1"]], ";")
@example([["", ";"], ["=1"]], ";")
def test_no_cell_begins_a_formula_where_another_sign_parts_them(
    rows: list[list[str]], delimiter: str
) -> None:
    """A program that parts cells by semicolons, as in Europe, finds no formula behind one."""
    for row in read(csv_bytes(rows), delimiter):
        # Such a program takes the end of a line for a part of the cell, and passes over it.
        assert not any(begins_a_formula(cell.lstrip("\r\n")) for cell in row)


@given(TEXTS)
def test_a_cell_is_one_line(text: str) -> None:
    """A line break in a note does not begin a new line of the table."""
    assert len(csv_bytes([[text]]).decode("utf-8-sig").splitlines()) <= 1
