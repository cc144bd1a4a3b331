"""The windows of the answer bank are within Slack's limits, whatever people and chapters wrote."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, cast, get_args

import pytest

from bot.content import ContentPlaces, load_content, shipped_path
from bot.domain.curation import Change, Curated, EntryDraft, EntryText, Revision
from bot.domain.faq import Approval
from bot.domain.identity import MemberRef
from bot.domain.matching import Index
from bot.domain.program import Source
from bot.domain.roles import RIGHTS
from bot.playground.view_rules import view_faults
from bot.services.bank import Bank
from bot.services.curation_desk import Listing, Opened
from bot.services.review import DueEntry, ReviewRun
from handlers.slack.views.curation import (
    Place,
    conflict_modal,
    entry_modal,
    history_modal,
    list_modal,
    note_modal,
)
from handlers.slack.views.curation_edit import (
    Editing,
    form_modal,
    preview_modal,
    published_modal,
    values_modal,
    waiting_modal,
)
from handlers.slack.views.review import Walked, review_modal, walked_in

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOSTILE = "<!channel> *bold* <b>x</b> & <https://example.org|here> "
CHAIR = MemberRef("slack:T0:U0CHAIR")
LONG = replace(
    EntryText("long", "chapter", HOSTILE * 2, HOSTILE * 60, (), TODAY),
    utterances={"chat": tuple(f"{HOSTILE}{n}" for n in range(200))},
    approved=Approval(HOSTILE, TODAY),
    related=("exam-format", "exam-fee"),
)


@cache
def bank(sources: int = 0) -> Bank:
    content = load_content(ContentPlaces(shipped_path("content")), TODAY)
    more = {
        f"more-{n}": Source(f"more-{n}", HOSTILE * 5, HOSTILE, "", HOSTILE) for n in range(sources)
    }
    content = replace(content, sources={**content.sources, **more})
    return Bank(content, cast(Index, None))


def sound(view: dict[str, Any]) -> str:
    """The view as text, once it is certain that Slack takes it."""
    assert view_faults(view, kind="modal") == []
    assert len(json.dumps(view)) < 250_000
    text = json.dumps(view, ensure_ascii=False)
    assert "<!channel>" not in "".join(_marked(view))
    return text


def _marked(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [str(node["text"])] if node.get("type") == "mrkdwn" else []
        return own + [text for value in node.values() for text in _marked(value)]
    return [text for value in node for text in _marked(value)] if isinstance(node, list) else []


def curated(text: EntryText = LONG, **more: Any) -> Curated:
    return replace(Curated(text, True, 3, True, conflict=True), **more)


def revisions() -> Sequence[Revision]:
    changes: tuple[Change, ...] = get_args(Change)
    return tuple(
        Revision(
            n,
            "long",
            n,
            change,
            None if change == "retired" else replace(LONG, answer=f"{n} {HOSTILE * 60}"),
            "",
            MemberRef("") if n == 2 else CHAIR,
            NOW,
        )
        for n, change in reversed(list(enumerate(changes * 2, start=1)))
    )


@pytest.mark.parametrize("words", ["", HOSTILE])
def test_the_list_is_within_limits(words: str) -> None:
    """A full page with drafts and conflicts, and an empty one that says so."""
    page = tuple(curated(replace(LONG, id=f"long-{n}")) for n in range(10))
    drafts = tuple(EntryDraft(n, replace(LONG, question=""), 0, "") for n in range(1, 30))
    full = sound(list_modal(Listing(words, 10, page, 99, drafts, page), bank()))
    assert "11 to 20 of 99" in full and "Next page" in full and "Previous page" in full
    assert "Nothing was found" in sound(list_modal(Listing(words, 0, (), 0, (), ()), bank()))


@pytest.mark.parametrize("role", RIGHTS)
def test_an_entry_is_within_limits_for_every_role(role: Any) -> None:
    """Long, hostile, retired, in conflict: each role sees the buttons that it may press."""
    for is_live in (True, False):
        shown = sound(
            entry_modal(
                Opened(curated(is_live=is_live), None, RIGHTS[role]), bank(), Place(HOSTILE)
            )
        )
        assert ("Restore" in shown) is not is_live
    plain = Opened(curated(replace(LONG, approved=None)), None, RIGHTS[role])
    assert ("Approve" in sound(entry_modal(plain, bank(), Place()))) is ("approve" in RIGHTS[role])


def test_every_shipped_entry_fits_its_form_and_its_preview() -> None:
    """Each of them can be opened, edited and previewed, with all of its words."""
    for entry in bank().content.entries.values():
        text = bank().content.filed[entry.id]
        sound(
            entry_modal(
                Opened(Curated(text, True, 0, True, conflict=False), entry, frozenset()),
                bank(),
                Place(),
            )
        )
        form = sound(form_modal(text, Editing(entry.id), bank()))
        assert json.dumps(text.answer, ensure_ascii=False)[1:-1] in form
        live = replace(text, answer="Another one.", approved=Approval("us", TODAY))
        shown = sound(preview_modal(entry, text, live, Editing(entry.id), bank()))
        assert "so the approval goes" in shown


def test_a_form_of_many_sources_and_long_words_is_within_limits() -> None:
    """More than a hundred sources come in groups; the field of wordings never overflows."""
    shown = sound(form_modal(LONG, Editing(below="x" * 2000), bank(1000), notes=[HOSTILE * 30]))
    assert "option_groups" in shown
    sound(form_modal(replace(LONG, question="", answer="{open"), Editing(), bank()))


def test_the_history_is_within_limits_on_every_page() -> None:
    """Each kind of change is named in words, also where its maker is no longer known."""
    found, all_of_it = Opened(curated(), None, frozenset()), ""
    for at in range(0, len(revisions()), 5):
        all_of_it += sound(history_modal(found, revisions(), at, bank(), Place()))
    for word in (
        "Added",
        "Edited",
        "Retired",
        "Restored",
        "Found still right",
        "Approved",
        "undone",
    ):
        assert word in all_of_it
    assert "Nothing of this answer" in sound(history_modal(found, (), 0, bank(), Place()))
    assert all_of_it.count("Undo this change") == 1


def test_both_sides_of_a_conflict_are_shown() -> None:
    """With either side missing as well."""
    for one, filed in ((curated(), LONG), (curated(is_live=False), LONG), (curated(), None)):
        shown = sound(conflict_modal(one, filed, bank(), Place()))
        assert "Keep the chat's" in shown and "Take the files'" in shown
    unfit = curated(faults=("nothing is called {x}", HOSTILE * 30))
    assert "members read what the files say" in sound(conflict_modal(unfit, LONG, bank(), Place()))


def test_the_small_windows_are_within_limits() -> None:
    """What says that something is done, waits or is gone."""
    sound(note_modal(HOSTILE * 3, bank()))
    sound(waiting_modal(bank()))
    for text in (LONG, None):
        sound(published_modal(text, bank(), is_below=True))
    assert "{experience_years}" in sound(values_modal(bank()))


def test_the_review_is_within_limits_and_says_what_members_do_not_see() -> None:
    """The longest shipped answer with every value withheld, and a run in which much was skipped."""
    facts = tuple(f for f in bank().content.facts.values() if f.volatile and f.value)
    walked = Walked()
    for n in range(300):
        walked = walked.past(f"some-rather-long-id-of-an-entry-{n}", skipped=bool(n % 2))
    for entry in bank().content.entries.values():
        text = bank().content.filed[entry.id]
        due = DueEntry(curated(text), entry, facts, frozenset(f.name for f in facts))
        run = ReviewRun(due, 40, (CHAIR,))
        shown = sound(review_modal(run, walked, bank(), note=HOSTILE, undo="x:1"))
        assert "301 of 340" in shown and "Members do not see it at present" in shown
    assert walked_in(json.dumps(walked.metadata())) == walked
    for end in (Walked(), Walked(done=3), Walked(skipped=2)):
        sound(review_modal(ReviewRun(None, 0, ()), end, bank()))
