"""The form of an entry: what it shows can be changed, what it does not show is never lost."""

from dataclasses import replace
from datetime import date

from bot.domain.copy import Copy
from bot.domain.curation import EntryText
from bot.domain.curation_form import (
    MOST_LETTERS,
    drafted,
    fields_of,
    wordings_kept,
    wordings_shown,
    written,
)
from bot.domain.faq import Approval

DAY = date(2026, 11, 23)
SHIPPED = tuple(f"what is the fee, wording {n}" for n in range(110))
TEXT = EntryText(
    id="exam-fee",
    group="exam",
    question="What does the exam cost?",
    answer="It costs {exam_fee|what ALA says}.",
    sources=("b", "a"),
    verified=DAY,
    approved=Approval("Christina Bloom", DAY),
    related=("c",),
    utterances={"mara": SHIPPED, "chat": ("how much is it",)},
)


def test_only_wordings_from_chat_stand_in_the_form() -> None:
    """Over a hundred shipped wordings are counted and not squeezed into a field."""
    assert wordings_shown(TEXT) == ("how much is it",)
    assert wordings_kept(TEXT) == len(SHIPPED)


def test_saving_the_form_as_it_opened_changes_nothing() -> None:
    """Sources in another order of the menu, and a line end more, are no change."""
    fields = replace(fields_of(TEXT), sources=("a", "b"), answer=f"{TEXT.answer}\n")
    assert written(fields, TEXT, "other") == TEXT


def test_wordings_beyond_the_field_stay() -> None:
    """A list that is too long for the field keeps what the field does not show, and loses exactly
    the line that was taken out of it."""
    many = tuple(f"{n:04} {'x' * 40}" for n in range(150))
    text = replace(TEXT, utterances={"mara": SHIPPED, "chat": many})
    shown = wordings_shown(text)
    assert shown[-1] == many[-1] and sum(len(line) + 1 for line in shown) <= MOST_LETTERS
    saved = written(replace(fields_of(text), wordings=shown[1:]), text, "")
    assert set(many) - set(saved.utterances["chat"]) == {shown[0]}
    assert saved.utterances["mara"] == SHIPPED


def test_other_words_lose_the_approval_and_another_source_does_not() -> None:
    """What the committee approved is question and answer."""
    fields = fields_of(TEXT)
    assert written(replace(fields, sources=("a",)), TEXT, "").approved == TEXT.approved
    assert written(replace(fields, answer="Ask ALA."), TEXT, "").approved is None
    assert written(replace(fields, question="What is the fee?"), TEXT, "").approved is None


def test_a_new_entry_gets_its_id_and_an_old_one_keeps_it() -> None:
    """Nobody has to think of an id."""
    fields = fields_of(TEXT)
    assert written(fields, None, "new-id").id == "new-id"
    assert written(fields, None, "new-id").approved is None
    assert written(fields, TEXT, "new-id").id == "exam-fee"


def test_a_draft_that_is_not_sound_can_still_be_shown() -> None:
    """An open bracket does not keep an editor from seeing what they wrote."""
    gone = {"curation.source_gone": "gone"}
    copy = Copy(gone, {"exam_fee": None})
    assert [source.edition for source in drafted(TEXT, {}, copy).sources] == ["gone", "gone"]
    assert drafted(TEXT, {}, copy).text == "It costs what ALA says."
    assert drafted(replace(TEXT, answer="It costs {exam"), {}, copy).text == "It costs {exam"
    assert drafted(replace(TEXT, answer="It costs {nothing}."), {}, copy).text == "It costs …."
