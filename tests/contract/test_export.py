"""`clm content export`: what was edited in chat as files that a person reads, round and round."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content import ContentBank, ContentPlaces, load_content
from bot.domain.curation import EntryText
from bot.domain.curation_text import digest_of, tidied
from bot.domain.faq import Approval
from bot.domain.identity import MemberRef, Workspace
from bot.domain.overlay import Overlay
from bot.store import revisions
from bot.store.database import open_database, transaction
from tests.support.cli import Terminal, terminal
from tests.support.curation import NEW, small_content
from tests.support.database import HERE

ELSEWHERE = Workspace("slack:T0OTHER")
TODAY = datetime.now(UTC).date()
NASTY = replace(
    NEW,
    id="nasty",
    question='Yes: "no" # or - {not}?',
    answer='First: "quoted" # no comment\n\n- one: first\n  - deeper\n# a line\n---\n'
    "\tTab {exam_questions}",
    utterances={
        "chat": ("yes", "- a list?", 'she said "no": #why', "{curly}", "émigré 🚗 ok", "\\ back"),
        "Old Author": ("2027-03-04", "null", "*star"),
    },
    approved=Approval('The "committee": all #1', NEW.verified),
    review=NEW.verified.replace(year=2028),
    related=("exam-format",),
)  # fmt: skip
OWN = """# Our own answers.
# Ask Ada before changing them.
entries:

# About the house.
- id: our-house   # the old one
  question: Where do we meet?
  answer: |
    In the old house.

    # not a comment
  sources: [about-this-bot]
  verified: 2026-11-20
  utterances:
    ada:
    - "where do you meet"

# About money; stays.
- id: our-dues
  question: "What are the chapter's dues?"
  answer: Ask the treasurer.   # short on purpose
  sources: [about-this-bot]
  verified: 2026-11-20
  utterances: {ada: ["how much are the dues"]}
# The end.
"""


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal over content with few wordings, which is quicker to read."""
    content = small_content()
    monkeypatch.setattr("bot.content.places.shipped_path", lambda name: content)
    return terminal(tmp_path, cached=False)


def small(own: Path | None = None) -> ContentPlaces:
    return ContentPlaces(small_content(), own=own)


def files(shell: Terminal) -> ContentBank:
    """The content of the files alone, as the bot would load it."""
    return load_content(small(shell.home), TODAY)


def edit(
    shell: Terminal, *texts: EntryText | str, workspace: Workspace = HERE, base: str | None = None
) -> None:
    """Edits made in chat: texts are written, ids retired."""
    filed = files(shell).filed
    db = open_database(shell.home / "clm.db")
    with transaction(db):
        for given in texts:
            text = None if isinstance(given, str) else tidied(given)
            entry = given if isinstance(given, str) else given.id
            rests_on = digest_of(filed.get(entry)) if base is None else base
            revisions.add(
                db, workspace, entry, "edited" if text else "retired", text, base=rests_on,
                by=MemberRef(f"{workspace}:U0CHRISTINA"), key="", now=datetime.now(UTC),
            )  # fmt: skip
    db.conn.close()


def live(shell: Terminal) -> ContentBank:
    db = open_database(shell.home / "clm.db")
    found = tuple(revisions.newest(db, HERE).values())
    db.conn.close()
    return files(shell).with_overlay(Overlay(revisions=found), TODAY)


def said(bank: ContentBank) -> dict[str, Any]:
    return {key: replace(entry, group="") for key, entry in bank.entries.items()}


def examples(bank: ContentBank) -> list[Any]:
    return sorted(bank.examples)


def own(shell: Terminal, name: str) -> str:
    return (shell.home / "content" / "faq" / name).read_text(encoding="utf-8")


def write_own(shell: Terminal, name: str, text: str) -> Path:
    path = shell.home / "content" / "faq" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def changed(shell: Terminal, entry: str, **fields: Any) -> EntryText:
    return replace(files(shell).filed[entry], **fields)


def test_what_is_exported_is_what_was_live(shell: Terminal) -> None:
    """The files say then what members read before: edited, new and retired entries, whatever
    letters are in them; a second export has nothing to write."""
    edit(shell, changed(shell, "exam-format", answer="Short.\n\n- {exam_hours} hours"), NEW, NASTY)
    edit(shell, "passing-score")
    before = live(shell)
    assert before.unfit == {} and "nasty" in before.entries
    ran = shell.runs("content", "export")
    assert (ran.code, ran.err) == (0, "")
    folder = shell.home / "content" / "faq"
    assert ran.out.startswith(f"{folder / 'exam.yaml'}: exam-format, passing-score (retired)\n")
    assert "A running bot reads them by itself." in ran.out
    after = files(shell)
    assert said(after) == said(before) and examples(after) == examples(before)
    assert said(live(shell)) == said(before)
    again = shell.runs("content", "export")
    assert (again.code, again.out) == (
        0, "Nothing is to be written: the files say what is shown.\n",
    )  # fmt: skip


def test_a_file_reads_like_one_that_a_person_wrote(shell: Terminal) -> None:
    """Answers are blocks of text, lists are short, and a retired entry is two lines."""
    edit(shell, replace(NEW, group="exam", answer="One.\n\nTwo."), "passing-score")
    shell.runs("content", "export")
    assert own(shell, "exam.yaml") == (
        "# Written by clm content export; edit it like any other file of this folder.\n"
        "entries:\n"
        "  - id: gala-parking\n"
        "    question: Is there parking at the gala?\n"
        "    answer: |\n"
        "      One.\n"
        "\n"
        "      Two.\n"
        "    sources: [about-this-bot]\n"
        "    verified: 2026-11-23\n"
        "    approved: null\n"
        "    related: []\n"
        "    utterances:\n"
        "      chat:\n"
        '        - "where can i leave my car at the gala"\n'
        "  - id: passing-score\n"
        "    retired: true\n"
    )


def test_what_stands_in_a_file_already_stays(shell: Terminal) -> None:
    """Other entries keep every character and comment; the changed one changes where it stands, and
    the chapter's own retired entry keeps its words for later."""
    write_own(shell, "ours.yaml", OWN)
    edit(shell, changed(shell, "our-house", answer="In the new house."))
    assert shell.runs("content", "export").code == 0
    text = own(shell, "ours.yaml")
    kept = OWN[OWN.index("\n# About money") :]
    assert text.endswith(kept) and text.startswith(OWN[: OWN.index("- id")])
    assert "    In the new house.\n  sources" in text and "old house" not in text
    edit(shell, "our-dues", replace(NEW, group="ours"))
    assert shell.runs("content", "export").code == 0
    text = own(shell, "ours.yaml")
    assert "- id: our-dues\n  retired: true\n" in text and "Ask the treasurer." in text
    assert text.endswith("# The end.\n") and "\n- id: gala-parking\n" in text
    assert "our-dues" not in files(shell).entries


@pytest.mark.parametrize(
    "text",
    [
        "# Top.\nentries: [{id: our-house, question: Where?, answer: There., sources: "
        "[about-this-bot], verified: 2026-11-20, utterances: {a: [where is it]}}, "
        "{id: our-dues, question: How much?, answer: Some., sources: [about-this-bot], "
        "verified: 2026-11-20, utterances: {a: [how much does the chapter ask]}}]\n",
        OWN.replace("- id: our-house   # the old one\n", "-\n  id: our-house\n"),
        OWN.replace("\n", "\r\n"),
        OWN.replace("- id: our-dues\n", "- id: our-dues\n  retired: false\n"),
    ],
)
def test_a_file_laid_out_in_another_way_loses_no_entry(shell: Terminal, text: str) -> None:
    """Whatever way somebody writes YAML, both entries are there afterwards."""
    write_own(shell, "ours.yaml", text)
    edit(shell, changed(shell, "our-house", answer="In the new house."), NEW)
    before = live(shell)
    assert shell.runs("content", "export").code == 0
    assert said(files(shell)) == said(before)


def test_a_restored_entry_takes_the_place_of_its_mark(shell: Terminal) -> None:
    """What a file retires and chat restored stands in it again, once."""
    write_own(shell, "exam.yaml", "entries:\n  - {id: exam-format, retired: true}\n")
    edit(shell, replace(NEW, id="exam-format"))
    assert shell.runs("content", "export").code == 0
    assert own(shell, "exam.yaml").count("exam-format") == 1
    assert files(shell).entries["exam-format"].text == NEW.answer


def test_a_folder_apart_is_filled_and_nothing_else_touched(shell: Terminal) -> None:
    """With --to the chapter's files stay as they are; a folder that is in use is not written to."""
    write_own(shell, "ours.yaml", OWN)
    edit(shell, changed(shell, "our-house", answer="In the new house."), NEW)
    target = shell.folder / "new"
    ran = shell.runs("content", "export", "--to", str(target))
    assert ran.code == 0 and f"copy them into {shell.home / 'content' / 'faq'}" in ran.out
    assert sorted(path.name for path in target.iterdir()) == ["chapter.yaml", "ours.yaml"]
    assert own(shell, "ours.yaml") == OWN and "# The end." in (target / "ours.yaml").read_text()
    again = shell.runs("content", "export", "--to", str(target))
    assert (again.code, again.out) == (78, "") and "is in use already" in again.err


def test_an_undecided_conflict_is_left_out_and_told(shell: Terminal) -> None:
    """An edit below which the files changed overwrites nobody's words; check and doctor tell it."""
    write_own(shell, "ours.yaml", OWN)
    edit(shell, changed(shell, "our-house", answer="In chat."), base="0123456789abcdef")
    edit(shell, NEW, changed(shell, "our-dues", sources=("gone",)))
    ran = shell.runs("content", "export")
    assert ran.code == 0 and own(shell, "ours.yaml") == OWN
    told = ran.err.split("\n")
    assert told[0].startswith("'our-house' was left out: the files changed below it.")
    assert told[1].startswith("'our-dues' was left out: it fits the files no more;")
    check = shell.runs("content", "check")
    assert check.code == 0 and "Edited in chat: 3 entries; clm content export" in check.out
    assert "'our-house' was edited in chat, and the files changed below it;" in check.out
    assert "'our-dues', edited in chat, fits no more: there is no source 'gone'" in check.out
    doctor = shell.runs("doctor").out
    assert "ok       Content: 3 answers edited in chat; clm content export" in doctor
    assert "note     Content: the files changed below what was edited in chat: our-house." in doctor
    assert "note     Content: 'our-dues', edited in chat, fits the files no more" in doctor


def test_files_with_a_fault_stop_an_export(shell: Terminal) -> None:
    """Content that the bot could not load is mended first; nothing is written."""
    edit(shell, NEW)
    path = write_own(shell, "ours.yaml", "entriess: []\n")
    ran = shell.runs("content", "export")
    assert (ran.code, ran.out) == (65, "") and ran.err.startswith(f"{path}:1:")
    assert not (shell.home / "content" / "faq" / "chapter.yaml").exists()


def test_one_workspace_is_chosen_where_there_are_several(shell: Terminal) -> None:
    """Two chapters' edits are never mixed into one folder."""
    edit(shell, NEW)
    edit(shell, replace(NEW, answer="Elsewhere."), workspace=ELSEWHERE)
    ran = shell.runs("content", "export")
    assert (ran.code, ran.out) == (78, "")
    assert "--workspace T0CHAPTER, T0OTHER" in ran.err
    assert shell.runs("content", "export", "--workspace", "T0OTHER").code == 0
    assert files(shell).entries[NEW.id].text == "Elsewhere."


def test_without_edits_there_is_nothing_to_export(shell: Terminal) -> None:
    """Neither a database nor a folder is made by asking."""
    ran = shell.runs("content", "export")
    assert (ran.code, ran.out) == (0, "Nothing is to be written: the files say what is shown.\n")
    assert list(shell.home.iterdir()) == []


@pytest.mark.parametrize("spoilt", ["damaged", "none"])
def test_a_command_answers_as_the_bot_does(shell: Terminal, spoilt: str) -> None:
    """`clm ask` knows what was edited in chat; where that cannot be read, it says so and answers
    from the files."""
    edit(shell, NEW)
    if spoilt == "damaged":
        (shell.home / "clm.db").write_text("no database at all " * 100, encoding="utf-8")
    ran = shell.runs("ask", "where can I leave my car at the gala", "--json")
    entry = ran.rows[0]["entry"]
    assert ran.code == 0 and (entry == NEW.id) == (spoilt == "none")
    assert ("is damaged" in ran.err) == (spoilt == "damaged")
