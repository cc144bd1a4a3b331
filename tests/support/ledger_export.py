"""What the tests of the export share."""

import csv
import io
from datetime import date
from functools import cache

from bot.content import ContentBank, ContentPlaces, load_content, shipped_path
from bot.domain.recertification import RecertificationRules

TODAY = date(2026, 11, 23)


@cache
def content() -> ContentBank:
    """The shipped content, with the name of a chapter that tries to be markup."""
    chapter = {"name": "Lakeside <b>&</b>"}
    return load_content(ContentPlaces(shipped_path("content"), chapter=chapter), TODAY)


def keeping_rules() -> RecertificationRules:
    """The shipped rules on keeping the CLM."""
    return content().recertification


def table_rows(table: bytes) -> list[dict[str, str]]:
    """The lines of an exported table by the headings of its columns."""
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
