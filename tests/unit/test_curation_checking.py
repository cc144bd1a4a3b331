"""An entry is looked at before it is published: every fault at its field, nothing slips through."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.domain.curation import EntryText
from bot.domain.curation_difference import Changed, difference
from bot.domain.curation_text import digest_of, packed, tidied, unpacked, with_more, without
from bot.services.curation_checking import LONGEST_UTTERANCE, MOST_UTTERANCES, Checked, check
from tests.support.curation import NEW, Desk, desk, small_bank
from tests.support.database import HERE

HOSTILE = "<!channel> *bold* <@UADA> <https://example.org|here>"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def looked_at(office: Desk, is_new: bool = False, **fields: Any) -> Checked:
    return await office.runtime.check_entry(HERE, replace(NEW, **fields), is_new=is_new)


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"question": "x" * 76}, "question", "has 76 characters; at most 75 fit"),
        ({"question": " "}, "question", "is empty"),
        ({"question": "What is the format of the exam?"}, "question", "stands already"),
        ({"answer": ""}, "answer", "is empty"),
        ({"answer": "A line of it.\n" * 3000}, "answer", "Slack shows at most 2600 well"),
        ({"answer": "Ask {nobody}."}, "answer", "nothing is called {nobody}"),
        ({"answer": "Line.\n\nIt costs 400 dollars."}, "answer", "'400' stands in the text itself"),
        ({"answer": "There are twelve garages."}, "answer", "'twelve' stands in the text itself"),
        ({"answer": "Never {closed"}, "answer", "never closed"),
        ({"answer": "The fee is {retake_fee}."}, "answer", "would leave a hole"),
        ({"sources": ()}, "sources", "names no source"),
        ({"sources": ("ala-exam-prepp",)}, "sources", "Did you mean 'ala-exam-prep'?"),
        ({"related": ("exam-formatt",)}, "related", "Did you mean 'exam-format'?"),
        ({"related": (NEW.id,)}, "related", "not related to itself"),
        ({"id": "Gala Parking"}, "id", "is no id"),
        ({"group": "../../etc"}, "group", "is no group"),
        ({"group": "action"}, "id", "the bot cannot do 'gala-parking'"),
        ({"review": NEW.verified}, "review", "comes after the day it was checked"),
        ({"verified": date(2099, 1, 1)}, "verified", "still to come"),
        ({"utterances": {"chat": ("how many questions on the exam",)}},
         "utterances", "stands already"),
        ({"utterances": {"chat": ("x" * (LONGEST_UTTERANCE + 1),)}},
         "utterances", "301 characters"),
        ({"utterances": {"chat": tuple(f"wording {n}" for n in range(MOST_UTTERANCES + 1))}},
         "utterances", "at most 200 fit"),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_field(fields: dict[str, Any], at: str, sentence: str) -> None:
    """The rules are those of the content check, and the window can show each fault where it is."""
    checked = check(small_bank(), replace(NEW, **fields), NEW.verified)
    assert checked.entry is None
    assert [fault.field for fault in checked.faults if sentence in fault.sentence] == [at]


async def test_every_fault_is_told_at_once(office: Desk) -> None:
    """Nobody has to submit five times to hear five things."""
    checked = await looked_at(office, question="x" * 80, answer="{what} 12", sources=("nope",))
    assert {fault.field for fault in checked.faults} == {"question", "answer", "sources"}
    assert len(checked.faults) == 4


async def test_a_sound_entry_is_previewed_as_members_see_it(office: Desk) -> None:
    """The preview has the values filled in and shows hostile text as it is written; looking
    changes nothing."""
    checked = await looked_at(office, answer=f"{HOSTILE} {{exam_questions}} questions.")
    assert checked.faults == () and checked.entry is not None
    assert checked.entry.text == f"{HOSTILE} 125 questions."
    assert NEW.id not in office.bank.content.entries


async def test_an_entry_may_stay_as_it_is(office: Desk) -> None:
    """None of the entries that ship has a fault when an editor opens it and changes nothing."""
    for entry in ("exam-format", "talk-to-chair", "hours-needed"):
        text = (await office.reads(entry)).text
        assert (await office.runtime.check_entry(HERE, text)).faults == ()


async def test_what_was_edited_in_chat_counts_like_the_files(office: Desk) -> None:
    """A question, a wording and an id that another edited entry has are refused; the first two are
    free once that is retired."""
    await office.writes(NEW)
    other: dict[str, Any] = {
        "id": "gala-cars",
        "utterances": {"chat": ("Where can I leave my car at the gala",)},
    }
    checked = await looked_at(office, **other)
    assert {fault.field for fault in checked.faults} == {"question", "utterances"}
    taken = await looked_at(office, is_new=True)
    assert [fault.field for fault in taken.faults] == ["id"]
    await office.does("retired", NEW.id)
    assert (await looked_at(office, **other)).faults == ()
    assert (await looked_at(office, is_new=True, **other)).faults == ()


async def test_a_related_entry_that_was_retired_is_no_fault(office: Desk) -> None:
    """Who edits an entry need not mend what somebody else took out."""
    await office.does("retired", "exam-content")
    text = (await office.reads("exam-format")).text
    assert "exam-content" in text.related
    checked = await office.runtime.check_entry(HERE, replace(text, answer="Ask ALA."))
    assert checked.entry is not None and "exam-content" not in checked.entry.related


def test_pasted_text_is_tidied() -> None:
    """What nobody sees, other line ends and repeated wordings are gone before it is kept."""
    text = tidied(
        replace(
            NEW,
            question="Is \u00a0there\x00 parking?\ufeff ",
            answer="\r\nOne.  \r\rTwo\u2028\ud800three.\x07\n",
            utterances={"a": ("Car?", " car? ", ""), "b": ("CAR?", "bike\u200b?")},
        )
    )
    assert (text.question, text.answer) == ("Is there parking?", "One.\n\nTwo\nthree.")
    assert {author: len(said) for author, said in text.utterances.items()} == {"a": 1, "b": 1}


def test_an_entry_without_a_wording_is_found_by_its_question() -> None:
    """Whoever writes an answer need not think of wordings."""
    assert tidied(replace(NEW, utterances={})).utterances == {"chat": (NEW.question,)}


def test_wordings_come_and_go_one_by_one() -> None:
    """Further wordings join those of chat, known ones are not doubled, others are taken out."""
    more = with_more(replace(NEW, utterances={"mara": ("car?",)}), ["Car?", "bus?"])
    assert more.utterances == {"mara": ("car?",), "chat": ("bus?",)}
    assert without(more, ["car?"]).utterances == {"chat": ("bus?",)}


def test_an_entry_is_packed_and_unpacked_whole() -> None:
    """What is kept comes back as it was; the group plays no part in what an entry says."""
    text = tidied(replace(NEW, review=NEW.verified.replace(year=2027), related=("exam-format",)))
    assert unpacked(packed(text)) == text
    assert digest_of(replace(text, group="exam")) == digest_of(text) != digest_of(NEW)
    assert digest_of(None) == ""


def test_a_difference_names_what_changes() -> None:
    """The history shows the fields that changed, and of wordings only those that came or went."""
    after: EntryText = replace(NEW, answer="No.", utterances={"chat": ("car?",)})
    assert difference(NEW, after) == (
        Changed("answer", NEW.answer, "No."),
        Changed("utterances", NEW.utterances["chat"][0], "car?"),
    )
    assert difference(NEW, NEW) == ()
    assert {change.field for change in difference(None, NEW)} == {
        "question", "answer", "sources", "verified", "utterances", "group",
    }  # fmt: skip
