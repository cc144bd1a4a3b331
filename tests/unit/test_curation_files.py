"""Edits of chat over files that change: shown, told once, decided, and never silently lost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from bot.domain.curation import EntryText, Revision
from bot.services import curation
from bot.services.curation import Refused
from bot.store import revisions
from bot.store.database import transaction
from tests.support.curation import CHAIR, NEW, Desk, desk
from tests.support.database import HERE

FORMAT = "exam-format"
QUICK_S = 2.0
OWN = "content/faq/exam.yaml"
FILE = """entries:
  - id: exam-format
    question: What is the format of the exam?
    answer: |
      {answer}
    sources: [ala-exam-prep]
    verified: 2026-11-20
    approved: null
    related: []
    utterances:
      mara:
        - "how is the exam built up"
"""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


def shown(office: Desk, entry: str = FORMAT) -> str:
    return office.bank.content.entries[entry].text


def told(office: Desk) -> list[tuple[str, str]]:
    return [(who, text) for who, text in office.told if "changed below" in text]


async def test_files_that_change_below_an_edit_are_a_conflict(office: Desk) -> None:
    """The edit stays live, the desk is told once, also over restarts, and both texts are there."""
    await office.edits(FORMAT, answer="What the chair wrote.")
    assert await office.run(curation.conflicts) == ()
    await office.files_change(OWN, FILE.format(answer="What the file says now."))
    assert shown(office) == "What the chair wrote."
    (found,) = await office.run(curation.conflicts)
    assert (found.text.id, found.text.answer) == (FORMAT, "What the chair wrote.")
    assert office.bank.content.filed[FORMAT].answer == "What the file says now."
    await office.restarts()
    await office.jobs.round()
    assert [who for who, _ in told(office)] == [CHAIR]
    await office.files_change(OWN, FILE.format(answer="Something else again."))
    assert len(told(office)) == 2


@pytest.mark.parametrize(
    ("keep", "says"), [("chat", "What the chair wrote."), ("files", "What the file says now.")]
)
async def test_a_conflict_is_decided_for_one_side(office: Desk, keep: str, says: str) -> None:
    """Either choice is a revision of its own that can be undone; a stale press decides nothing."""
    await office.edits(FORMAT, answer="What the chair wrote.")
    await office.files_change(OWN, FILE.format(answer="What the file says now."))
    stale = await office.run(curation.settle, CHAIR, FORMAT, keep, 0, office.presses())
    assert stale == Refused("changed_meanwhile")
    made = await office.run(curation.settle, CHAIR, FORMAT, keep, 1, "settle")
    assert isinstance(made, Revision) and made.number == 2
    assert await office.run(curation.settle, CHAIR, FORMAT, keep, 1, "settle") == made
    await office.runtime.renew_overlays()
    assert shown(office) == says and await office.run(curation.conflicts) == ()
    again = await office.run(curation.settle, CHAIR, FORMAT, keep, 2, office.presses())
    assert again == Refused("nothing_new")
    await office.files_change(OWN, FILE.format(answer="Newer still."))
    assert shown(office) == (says if keep == "chat" else "Newer still.")


async def test_editing_on_does_not_hide_a_conflict(office: Desk) -> None:
    """Who edits an entry in conflict, or undoes a step, has not decided it by that."""
    await office.edits(FORMAT, answer="One.")
    await office.files_change(OWN, FILE.format(answer="What the file says now."))
    await office.edits(FORMAT, answer="Two.")
    await office.does("approved", FORMAT)
    await office.does("undone", FORMAT)
    assert [one.text.answer for one in await office.run(curation.conflicts)] == ["Two."]


async def test_a_new_entry_that_the_files_bring_too_is_a_conflict(office: Desk) -> None:
    """An id that an upgrade brings does not replace what the chapter wrote under it."""
    await office.writes(replace(NEW, id="exam-format-2"))
    text = FILE.format(answer="From an upgrade.").replace("exam-format", "exam-format-2")
    text = text.replace("What is the format of the exam?", "How is it built up?")
    await office.files_change("content/faq/more.yaml", text)
    assert shown(office, "exam-format-2") == NEW.answer
    assert [one.text.id for one in await office.run(curation.conflicts)] == ["exam-format-2"]


async def test_what_was_retired_stays_so_and_is_told(office: Desk) -> None:
    """Files that change what chat took out do not bring it back; taking the files' side does."""
    await office.does("retired", FORMAT)
    await office.files_change(OWN, FILE.format(answer="Better now."))
    assert FORMAT not in office.bank.content.entries and len(told(office)) == 1
    await office.run(curation.settle, CHAIR, FORMAT, "files", 1, "settle")
    await office.runtime.renew_overlays()
    assert shown(office) == "Better now."


async def test_an_edit_that_fits_no_more_falls_alone(office: Desk) -> None:
    """A source that the chapter removes breaks one edit: the others stay live, the files speak for
    that one, and the desk sees what is wrong with it."""
    source = "{title: A, publisher: B, address: 'https://a.example', edition: C}"
    sources = f"sources:\n  own-source: {source}\n"
    await office.files_change("content/sources.yaml", sources)
    before = shown(office)
    await office.edits(FORMAT, answer="Of our own.", sources=("own-source",))
    await office.edits("passing-score", answer="Ask ALA for it.")
    assert shown(office) == "Of our own."
    await office.files_change("content/sources.yaml", "")
    assert (shown(office), shown(office, "passing-score")) == (before, "Ask ALA for it.")
    (found,) = await office.run(curation.conflicts)
    assert found.text.answer == "Of our own." and "own-source" in found.faults[0]
    assert len(told(office)) == 1
    await office.edits(FORMAT, sources=("ala-exam-prep",))
    assert shown(office) == "Of our own." and await office.run(curation.conflicts) == ()


async def test_an_edit_gives_way_to_a_wording_that_the_files_bring(office: Desk) -> None:
    """Of two that say the same the files go before, wherever the entries stand."""
    await office.edits("application-deadline", utterances={"chat": ("how is the exam built up",)})
    await office.files_change(OWN, FILE.format(answer="What the file says now."))
    assert shown(office) == "What the file says now."
    (found,) = await office.run(curation.conflicts)
    assert found.text.id == "application-deadline" and "stands already" in found.faults[0]


async def test_files_that_say_the_same_have_the_word_again(office: Desk) -> None:
    """Once an edit stands in the files as well, changing them changes the answer."""
    await office.edits(
        FORMAT, answer="Both say so.", sources=("ala-exam-prep",), related=(),
        utterances={"mara": ("how is the exam built up",)}, verified=NEW.verified.replace(day=20),
    )  # fmt: skip
    await office.files_change(OWN, FILE.format(answer="Both say so."))
    assert await office.run(curation.conflicts) == () and told(office) == []
    await office.files_change(OWN, FILE.format(answer="The file goes on."))
    assert shown(office) == "The file goes on." and await office.run(curation.conflicts) == ()
    assert (await office.reads(FORMAT)).number == 1


async def test_a_retired_entry_of_a_file_is_gone_without_a_fault(office: Desk) -> None:
    """`retired: true` takes a shipped entry out, whoever names it, and chat can restore it."""
    await office.files_change(OWN, "entries:\n  - {id: exam-format, retired: true}\n")
    assert FORMAT not in office.bank.content.entries
    assert not any(FORMAT in one.related for one in office.bank.content.entries.values())
    text: EntryText = replace(NEW, id=FORMAT)
    await office.writes(text)
    assert shown(office) == NEW.answer
    assert office.bank.content.entries[FORMAT].group == "exam"


async def test_a_typing_error_in_a_retired_id_is_told(office: Desk) -> None:
    """An id that is not there cannot be retired, and the check says what may have been meant."""
    office.tree.own(OWN, "entries:\n  - {id: exam-fromat, retired: true}\n")
    (fault,) = office.tree.faults()
    assert fault.endswith("no entry 'exam-fromat' to retire. Did you mean 'exam-format'?")


async def test_a_thousand_edits_are_quick_to_lay(office: Desk) -> None:
    """A chapter that edits for years still sees each edit within two seconds."""
    store = office.runtime._store.writing
    with transaction(store):
        for number in range(1000):
            text = replace(
                NEW, id=f"made-{number}", question=f"Question word{number}?",
                utterances={"chat": (f"wording{number} of it",)},
            )  # fmt: skip
            revisions.add(
                store, HERE, text.id, "added", text,
                base="", by=CHAIR, key=f"k{number}", now=office.clock(),
            )  # fmt: skip
    began = process_time()
    await office.runtime.renew_overlays()
    assert process_time() - began < QUICK_S
    assert len(office.bank.content.entries) == 1099
    assert office.asks("wording512 of it").entry == "made-512"
    assert (await office.run(curation.find, "word77")).items[0].text.id == "made-77"
