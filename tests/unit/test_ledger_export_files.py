"""The two files of an export: what a spreadsheet, a browser, a printer and a screen reader get."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.domain.eligibility_profile import Profile
from bot.domain.gap import gap_on, with_ledger
from bot.domain.ledger import LedgerEntry
from bot.domain.recertification import Holder
from bot.playground.blocks import message_faults
from bot.services.ledger_export import Exported, Recorded, export
from handlers.slack.views.blocks import actions
from handlers.slack.views.ledger_export import (
    export_button,
    export_message,
    nothing_message,
    on_its_way_message,
)
from tests.support.ledger_export import TODAY, content, table_rows

APPLY_ON = date(2027, 3, 1)
HOSTILE = "=1+1 <script>alert('x')</script> & \"quoted\" \u202e <img src=x onerror=y>"
VOID = frozenset({"meta", "col"})
HOLDER = Holder("spring 2025", date(2028, 6, 30))


def entry(hours: Any = 2, category: str | None = "writing", **more: Any) -> LedgerEntry:
    known = {"day": date(2026, 10, 1), "title": "Clear writing", "kind": "live", **more}
    return LedgerEntry(amount=Decimal(str(hours)), category=category, **known)


def recorded(*entries: LedgerEntry, holder: Holder | None = None) -> Recorded:
    profile = with_ledger(Profile(role="principal_administrator"), entries, content().rule_set)
    return Recorded(profile, entries, holder, APPLY_ON, TODAY)


def made(*entries: LedgerEntry, holder: Holder | None = None) -> Exported:
    return export(recorded(*entries, holder=holder), content())


class Page(HTMLParser):
    """Reads a page and fails where a tag is left open or closed twice."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def said(self) -> str:
        return "\n".join(text for texts in self.texts.values() for text in texts)


def test_an_entry_stands_in_the_table_with_all_that_was_recorded() -> None:
    """Each column holds what the member recorded, credits beside the hours that they are worth."""
    course = entry(
        1,
        "technology",
        kind="college_semester_credit",
        provider="State College",
        proof="https://example.org/proof",
        note="Two terms",
        session=7,
    )
    [line] = [row for row in table_rows(made(course).table) if row["Date"]]
    assert line == {
        "Part": "Hours for the application",
        "Category or subject": "information technology",
        "Date": "2026-10-01",
        "Title": "Clear writing",
        "Provider": "State College",
        "Kind": content().copy.say("ledger.kind_college_semester_credit"),
        "As recorded": "1 credit",
        "Hours": "15",
        "Counted": "15",
        "What to know": "",
        "Proof": "https://example.org/proof",
        "Note": "Two terms",
        "Confirmed": "Confirmed by the chapter",
    }


def test_the_totals_of_the_table_are_those_of_home() -> None:
    """The counted column of the totals is what Home shows for each category."""
    entries = (entry(3), entry(9, "communication", kind="self_study"), entry(0.5, "technology"))
    given = recorded(*entries)
    gap = gap_on(given.profile, content().rule_set, APPLY_ON)
    totals = [row for row in table_rows(export(given, content()).table) if not row["Date"]]
    found = {row["Category or subject"]: row["Counted"] for row in totals if row["Counted"]}
    for row in gap.categories:
        assert Decimal(found[row.label]) == row.counted
    assert Decimal(found[""]) == sum(row.counted for row in gap.categories) == 7


def test_what_does_not_count_says_why() -> None:
    """A line of which not all counts carries the reason, and the part says what a limit cost."""
    rows = table_rows(made(entry(0.5), entry(6, "technology", kind="self_study")).table)
    why = [row["What to know"] for row in rows if row["Date"]]
    assert why[0].startswith("Does not count: a session has to last at least 1 hour")
    assert why[1].startswith("Counts in part: 4 hours of 6 hours")
    assert any("not counted: 2 hours of the base hours" in row["Title"] for row in rows)


def test_the_second_part_is_for_keeping_the_clm() -> None:
    """A holder finds the cycle, each subject with its minimum, and the total."""
    course = entry(2, None, subject="operations")
    rows = table_rows(made(course, holder=HOLDER).table)
    assert {row["Part"] for row in rows} == {"Hours for keeping the CLM", ""}
    assert rows[3]["Category or subject"] == "operations management"
    titles = [row["Title"] for row in rows]
    assert "Total: 2 hours; asked for: 3 hours; still missing: 1 hour" in titles
    assert any("asked for: 36 hours" in title for title in titles)
    assert "Counted for the cycle from July 1, 2025 through June 30, 2028." in titles


def test_who_holds_nothing_sees_subjects_without_a_judgement() -> None:
    """Hours by subject are listed and not counted before somebody says that they hold the CLM."""
    rows = table_rows(made(entry(2, subject="operations")).table)
    keeping = [row for row in rows if row["Part"] == "Hours for keeping the CLM"]
    assert [row["Counted"] for row in keeping] == ["", ""]
    assert "/clm recert" in keeping[1]["Title"]


def test_a_retired_holder_is_not_asked_for_a_cycle() -> None:
    """CLM (Ret.) has nothing to renew, so the page asks for nothing."""
    course, retired = entry(2, subject="operations"), replace(HOLDER, cycle_ends=None, retired=True)
    assert "/clm recert" not in Page(made(course, holder=retired).page).said


def test_the_page_is_whole_and_asks_for_nothing_from_elsewhere() -> None:
    """What is opened from disk loads nothing, runs nothing and sends nothing."""
    page = made(entry(title=HOSTILE, provider=HOSTILE, proof="javascript:alert(1)", note=HOSTILE))
    read, text = Page(page.page), page.page.decode()
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "img", "link", "a", "iframe", "form", "object", "base"}
    assert not any({"src", "href"} & set(given) for _, given in read.tags)
    assert not any(name.startswith("on") for _, given in read.tags for name in given)
    assert "url(" not in text
    assert "@import" not in text
    [policy] = [m["content"] for m in read.attributes("meta") if "http-equiv" in m]
    assert str(policy).startswith("default-src 'none'")
    assert read.texts["bdi"] == [HOSTILE, HOSTILE, "javascript:alert(1)", HOSTILE]


def test_a_screen_reader_finds_its_way() -> None:
    """Language, headings, captions, and the headers of rows and columns are marked as such."""
    read = Page(made(entry(), entry(1, "technology", subject="operations"), holder=HOLDER).page)
    assert read.attributes("html") == [{"lang": "en"}]
    assert read.texts["title"] == read.texts["h1"]
    assert read.texts["h2"] == ["Hours for the application", "Hours for keeping the CLM"]
    captions = ["writing skills", "information technology", "operations management"]
    assert read.texts["caption"] == captions
    scopes = [attributes["scope"] for attributes in read.attributes("th")]
    assert scopes.count("row") == 2 * len(captions)
    assert scopes.count("col") == 7 * len(captions)


def test_the_page_says_whose_word_it_is() -> None:
    """Chapter, date, rules and that ALA decides stand above everything else."""
    said = Page(made(entry()).page).said
    assert "Lakeside <b>&</b>" in said
    assert "As of November 23, 2026" in said
    assert f"version {content().rule_set.version}" in said
    assert "ALA decides" in said
    assert "Counted for an application on March 1, 2027." in said
    assert "self-management skills: nothing recorded." in said


def test_plenty_in_one_category_makes_up_for_nothing_in_another() -> None:
    """The missing hours in all are those that the categories lack, whatever one has too much."""
    said = Page(made(entry(12)).page).said
    assert "In all 12 hours appear to count; asked for: 10 hours; still missing, in all: 8" in said


@pytest.mark.parametrize("holder", [None, HOLDER])
def test_ten_thousand_entries_are_no_trouble(holder: Holder | None) -> None:
    """Each of ten thousand entries stands in the table, and the page is read to its end."""
    day = date(2025, 6, 1)
    many = [
        entry(1, title=f"Course {n}", day=day + timedelta(days=n % 500), id=n)
        for n in range(10_000)
    ]
    found = made(*many, holder=holder)
    assert len({row["Title"] for row in table_rows(found.table) if row["Date"]}) == 10_000
    assert found.page.decode().count("<tr>") == 10_002


def test_what_is_said_around_the_files_is_accepted() -> None:
    """Slack takes the sentences and their buttons, and each file has a title and a description."""
    copy, given = content().copy, recorded(entry())
    sent = export_message(export(given, content()), given, copy)
    for shown in (sent, on_its_way_message(copy), nothing_message(copy)):
        assert message_faults({"text": shown.text, "blocks": list(shown.blocks)}) == []
    assert [file.name for file in sent.files] == [
        "clm-hours-2026-11-23.csv",
        "clm-hours-2026-11-23.html",
    ]
    assert all(file.content and file.title and file.alt_text for file in sent.files)
    assert message_faults({"text": "x", "blocks": [actions(export_button(copy))]}) == []


def test_nothing_recorded_is_known_as_nothing() -> None:
    """Somebody without entries and sums has nothing to export; an entry is enough."""
    assert recorded().is_empty
    assert not recorded(entry()).is_empty


def test_what_does_not_count_for_keeping_says_so_before_why() -> None:
    """In the list of a holder each reason stands behind what it comes to, as in the other list."""
    recording = entry(category=None, subject="operations", kind="recording")
    [line] = [row for row in table_rows(made(recording, holder=HOLDER).table) if row["Date"]]
    assert line["What to know"].startswith("Not certain: I found no rule for this kind of course")
