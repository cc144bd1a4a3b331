"""The bank in chat: three people, of whom two edit and each sees what the others did."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.running import demo_places
from tests.support.bank_windows import (
    ANSWER,
    NEW,
    QUESTION,
    adds,
    edits,
    finds,
    opens_entry,
    previews,
    publishes,
    refused,
    turns_to,
)
from tests.support.content import copied
from tests.support.talk import Person, Shown, Talk, talking

UNAPPROVED = "not yet approved by the chapter's committee"


@pytest.fixture
async def chair(talk: Talk) -> Person:
    return talk.as_("christina")


@pytest.fixture
async def deputy(talk: Talk) -> Person:
    return talk.as_("dev")


async def test_an_answer_added_in_chat_is_live_at_once(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """The chair writes an answer, sees it as a member does, publishes it; the next member who asks
    reads it."""
    form = await turns_to(chair, "Add an answer", await finds(chair))
    preview = await previews(chair, form, NEW)
    assert ANSWER in preview.words and UNAPPROVED in preview.words
    assert "Nothing is published yet" in preview.words
    assert talk.rows("SELECT * FROM revisions") == []
    assert "Members read it from now on" in (await publishes(chair, preview)).words
    answer = await ada.says("is there a study buddy")
    assert ANSWER in answer.text and UNAPPROVED in answer.text


async def test_an_edit_shows_what_changes_and_reaches_the_next_question(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """The preview names the old words beside the new; a member reads the new ones."""
    form = await turns_to(chair, "Edit", await opens_entry(chair, "exam-format"))
    assert "{exam_questions} is" in form.words and "Further wordings" in form.words
    preview = await previews(chair, form, {"answer": "It has {exam_questions} questions."})
    assert "What changes" in preview.words and "until then: The exam has" in preview.words
    await publishes(chair, preview)
    after = await ada.says("What is the format of the exam?")
    assert "It has 125 questions." in after.text and "pilot" not in after.text
    below = (await chair.modals())[0]
    assert "It has 125 questions." in below.words and "changed in chat" in below.words


async def test_a_retired_answer_is_gone_until_it_is_restored(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """Retire takes it from members at once, Restore brings it back, the history tells both."""
    entry = await opens_entry(chair, "exam-location")
    question = "Where do I take the exam?"
    told = (await ada.says(question)).text
    retired = await turns_to(chair, "Retire", entry)
    assert "Members no longer see it" in retired.words and "Edit" not in retired.buttons
    await talk.quiet()
    assert told.split("\n")[0] not in (await ada.says(question)).text
    restored = await turns_to(chair, "Restore", retired)
    assert "Members see it again" in restored.words
    await talk.quiet()
    assert told.split("\n")[0] in (await ada.says(question)).text
    history = await turns_to(chair, "History", restored)
    assert history.words.index("Restored by") < history.words.index("Retired by")


async def test_approval_is_shown_and_lost_with_other_words(
    talk: Talk, ada: Person, chair: Person, deputy: Person
) -> None:
    """Only after the deputy's approval does a member read of one, and an edit takes it away, which
    the preview says."""
    entry = await opens_entry(deputy, "exam-format")
    assert "not approved by the committee" in entry.words
    approved = await turns_to(deputy, "Approve", entry)
    assert "Approve" not in approved.buttons
    await talk.quiet()
    asked = "What is the format of the exam?"
    assert "Approved by Devika Rao" in (await ada.says(asked)).text
    form = await turns_to(chair, "Edit", await opens_entry(chair, "exam-format"))
    preview = await previews(chair, form, {"answer": "It has {exam_questions} questions."})
    assert "so the approval goes" in preview.words and UNAPPROVED in preview.words
    await publishes(chair, preview)
    assert UNAPPROVED in (await ada.says(asked)).text


async def test_undo_steps_back_and_the_history_says_who(
    talk: Talk, ada: Person, chair: Person, deputy: Person
) -> None:
    """The deputy undoes the chair's edit; the old words are back and both stand in the history."""
    asked = "What is the format of the exam?"
    before = await ada.says(asked)
    await edits(chair, "exam-format", {"answer": "It has {exam_questions} questions."})
    history = await turns_to(deputy, "History", await opens_entry(deputy, "exam-format"))
    assert "Edited by <@U0CHRISTINA>" in history.words
    assert "from then on: It has {exam_questions} questions." in history.words
    undone = await turns_to(deputy, "Undo this change", history)
    assert "was undone by <@U0DEV" in undone.words
    await talk.quiet()
    assert (await ada.says(asked)).text in before.text


async def test_what_is_wrong_is_said_at_its_field(talk: Talk, chair: Person) -> None:
    """A name that is not known, a number written out and a question that another entry has are
    refused where they stand, and what was typed is kept as a draft."""
    form = await turns_to(chair, "Add an answer", await finds(chair))
    for field, text, said in (
        ("answer", "It costs {exam_feee}.", "exam_fee"),
        ("answer", "It takes 12 weeks.", "12"),
        ("answer", "It takes {exam_hours.", "never closed"),
        ("question", "What is the format of the exam?", "exam-format"),
    ):
        assert said in (await refused(chair, form, {**NEW, field: text}))[field]
    assert talk.rows("SELECT * FROM revisions") == []
    assert "You have begun" in (await finds(chair)).words


async def test_a_slow_check_goes_on_behind_the_window(
    talk: Talk, chair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where checking takes longer than Slack waits, the window says so and turns into the preview,
    or into the form with what is wrong and everything that was typed."""
    monkeypatch.setattr("handlers.slack.curation_windows.ANSWER_WITHIN", 0.0)
    form = await turns_to(chair, "Add an answer", await finds(chair))
    assert "still checking" in (await chair.goes_on(form, {**NEW, "answer": "In 12 weeks."})).words

    async def look(text: str) -> Shown | None:
        top = (await chair.modals())[-1]
        return top if text in top.words else None

    faulty = await talk.until(lambda: look("Please look at this again"), "the faults")
    assert "In 12 weeks." in str(faulty.raw) and "study buddy" in str(faulty.raw)
    await chair.goes_on(faulty, NEW)
    preview = await talk.until(lambda: look("exactly like this"), "the preview")
    await chair.goes_on(preview)
    await talk.until(lambda: look("from now on"), "the end")
    assert len(talk.rows("SELECT * FROM revisions")) == 1


async def test_going_back_and_a_draft_keep_what_was_written(talk: Talk, chair: Person) -> None:
    """From the preview back to the form, and a day later from the list: the words are there; thrown
    away they are not."""
    form = await turns_to(chair, "Add an answer", await finds(chair))
    again = await turns_to(chair, "Go on editing", await previews(chair, form, NEW))
    assert ANSWER in str(again.raw) and "who will be my study buddy" in str(again.raw)
    listed = await finds(chair)
    assert QUESTION in listed.words
    resumed = await turns_to(chair, "Go on", listed)
    assert ANSWER in str(resumed.raw)
    await talk.post("close", user="christina", view_id=resumed.raw["id"])
    dropped = await turns_to(chair, "Throw away", listed)
    assert QUESTION not in dropped.words


async def test_publishing_twice_publishes_once(talk: Talk, chair: Person) -> None:
    """The same window sent twice, as after a lost reply, makes a single revision."""
    form = await turns_to(chair, "Add an answer", await finds(chair))
    preview = await previews(chair, form, NEW)
    await chair.submits(preview)
    await chair.submits(preview)
    await talk.quiet()
    assert len(talk.rows("SELECT * FROM revisions")) == 1


async def test_the_right_is_looked_up_at_the_click(talk: Talk, ada: Person) -> None:
    """An editor whose role was taken keeps a window that no longer does anything; a plain member
    gets none."""
    assert "Only" in (await ada.runs("chair bank")).text
    give = "INSERT INTO roles (workspace, member, role, held, name) VALUES"
    _change(talk, f"{give} ('slack:T0CHAPTER', 'slack:T0CHAPTER:U0ADA', 'editor', 1, 'Ada')")
    form = await turns_to(ada, "Add an answer", await finds(ada))
    entry = await previews(ada, form, NEW)
    assert "Approve" not in (await opens_entry(ada, "exam-format")).buttons
    _change(talk, "UPDATE roles SET held = 0")
    await ada.submits(entry)
    assert talk.rows("SELECT * FROM revisions") == []


async def test_what_the_bot_cannot_do_without_stays(talk: Talk, chair: Person) -> None:
    """The entry behind the check can be reworded and not retired."""
    entry = await opens_entry(chair, "start-eligibility")
    kept = await turns_to(chair, "Retire", entry)
    assert "cannot do without" in kept.words and "live" in kept.words


async def test_the_list_is_searched_and_paged(talk: Talk, chair: Person) -> None:
    """Ten at a time, with how many there are; words find, nonsense says so; an opened entry leads
    back to where the list was left."""
    first = await finds(chair)
    assert "1 to 10 of 99" in first.words
    second = await turns_to(chair, "Next page", first)
    assert "11 to 20 of 99" in second.words
    opened = await turns_to(chair, "Open", second)
    back = await turns_to(chair, "Back to the list", opened)
    assert "11 to 20 of 99" in back.words
    nothing = Shown((await chair.submits(back, {"words": "zzzz qqqq"}))["view"])
    assert "Nothing was found" in nothing.words
    found = Shown((await chair.submits(nothing, {"words": "exam format"}))["view"])
    assert "What is the format of the exam?" in found.words


async def test_every_name_can_be_looked_up(talk: Talk, chair: Person) -> None:
    """An editor who is no technician finds the name of a value beside what it is now."""
    form = await turns_to(chair, "Add an answer", await finds(chair))
    values = await turns_to(chair, "All names and values", form)
    assert "{exam_questions} is 125" in values.words


async def test_adding_what_is_there_already_is_refused(talk: Talk, chair: Person) -> None:
    """A second answer to the same question is refused at its field."""
    await adds(chair)
    form = await turns_to(chair, "Add an answer", await finds(chair))
    assert "question" in await refused(chair, form, NEW)


@pytest.mark.parametrize("keep", ["chat", "files"])
async def test_a_file_that_changed_below_an_edit_is_shown_as_a_conflict(
    tmp_path: Path, keep: str
) -> None:
    """Both versions stand in one window; until somebody chooses members read the chat's, and then
    what was chosen."""
    tree = copied(tmp_path)
    places = replace(demo_places(), shipped=tree.content)
    async with talking(tmp_path / "home", places=places) as talk:
        chair, ada = talk.as_("christina"), talk.as_("ada")
        await edits(chair, "exam-format", {"answer": "It has {exam_questions} questions."})
        tree.edit("faq/exam.yaml", "multiple-choice questions", "choice questions")
        await talk.runtime.renew_bank()
        asked = "What is the format of the exam?"
        assert "It has 125 questions." in (await ada.says(asked)).text
        listed = await finds(chair)
        assert "Chat and files say different things" in listed.words
        both = await turns_to(chair, "Compare", listed)
        assert "It has 125 questions." in both.words and "125 choice questions" in both.words
        settled = await turns_to(
            chair, "Keep the chat's" if keep == "chat" else "Take the files'", both
        )
        await talk.quiet()
        assert "stays" in settled.words or "from now on" in settled.words
        answer = (await ada.says(asked)).text
        assert ("It has 125 questions." in answer) is (keep == "chat")
        assert "different things" not in (await finds(chair)).words


def _change(talk: Talk, sql: str) -> None:
    with closing(sqlite3.connect(talk.runtime.database)) as db:
        db.execute(sql)
        db.commit()
