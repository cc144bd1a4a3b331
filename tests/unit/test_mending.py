"""Content files are looked at now and then; who tends them is told of faults, once, by place."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.mending import Condition, StandIn
from bot.errors import InputError
from bot.playground.blocks import message_faults
from bot.services.bank import Bank
from bot.services.bank_files import BankFiles
from handlers.slack.views.mending import mending_message
from tests.support.mending import A_LOOK, CHAIR, CHAPTER, DEPUTY, HERE, Study

OWN = "content/messages.yaml"
GOOD = "ask:\n  no_text: Words only, please.\n"
BROKEN = "ask:\n  no_txt: Words only, please.\n"
OTHER = "ask:\n\n  no_txt: Words only, please.\n"


@pytest.fixture
async def study(tmp_path: Path) -> AsyncIterator[Study]:
    made = Study(tmp_path)
    await made.begins()
    yield made
    made.ends()


def says(study: Study) -> str:
    return study.runtime.bank(HERE).content.copy.say("ask.no_text")


async def test_a_changed_file_is_live_within_a_minute(study: Study) -> None:
    """Two looks after somebody saved a file, its words are used; nobody is bothered with it."""
    before = says(study)
    study.tree.own(OWN, GOOD)
    await study.looks(1)
    assert says(study) == before
    await study.looks(1)
    assert says(study) == "Words only, please."
    study.tree.own("chapter.yaml", CHAPTER.replace("Lakeside", "Hillside"))
    await study.looks(2)
    assert study.runtime.bank(HERE).content.chapter.name == "Hillside"
    (study.tree.home / OWN).unlink()
    await study.looks(2)
    assert says(study) == before
    assert study.told == []
    assert 2 * A_LOOK < 60


async def test_files_that_nobody_wrote_are_not_read_again(study: Study) -> None:
    """A look at untouched files costs next to nothing: they are not read until the next day."""
    await study.looks(20)
    assert study.loader.times == 1
    study.tree.own(".messages.yaml.swp", "no content")
    await study.looks(2)
    assert study.loader.times == 1
    await study.looks(2, days=1)
    assert study.loader.times == 3


async def test_a_file_that_is_still_being_written_is_waited_for(study: Study) -> None:
    """A file half saved at one look and whole at the next is read once, and nobody is alarmed."""
    for text in ("ask:\n  no_te", BROKEN, GOOD):
        study.tree.own(OWN, text)
        await study.looks(1)
    assert study.loader.times == 1
    await study.looks(1)
    assert (study.loader.times, says(study)) == (2, "Words only, please.")
    assert study.told == []


async def test_a_file_saved_in_the_middle_of_reading_alarms_nobody(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults of a file that was written while it was read are of no interest to anybody."""
    study.tree.own(OWN, BROKEN)
    await study.looks(1)
    read = BankFiles.read

    def saved_meanwhile(files: BankFiles, today: Any) -> Bank:
        try:
            return read(files, today)
        finally:
            study.tree.own(OWN, GOOD)

    study.runtime._load = lambda today: saved_meanwhile(study.files, today)
    await study.looks(1)
    study.runtime._load = study.files.read
    await study.looks(2)
    assert study.told == [] and says(study) == "Words only, please."


async def test_faults_are_told_by_place_and_once(study: Study) -> None:
    """The chair reads file, line and sentence; neither time nor a restart repeats it."""
    before = says(study)
    path = study.tree.own(OWN, BROKEN)
    await study.looks(2)
    [(who, text)] = study.told
    assert who == CHAIR
    assert f"- {path}:2: unknown key 'ask.no_txt'. Did you mean 'ask.no_text'?" in text
    assert "as they last were in order" in text
    await study.looks(5)
    await study.looks(2, hours=2)
    await study.restarts()
    await study.looks(2)
    assert len(study.told) == 1
    assert says(study) == before


async def test_other_faults_are_told_anew_and_the_end_of_them(study: Study) -> None:
    """The next fault is told too, and at last that all is in order; that is told once as well."""
    path = study.tree.own(OWN, BROKEN)
    await study.looks(2)
    study.tree.own(OWN, OTHER)
    await study.looks(2)
    study.tree.own(OWN, GOOD)
    await study.looks(2)
    await study.looks(2, days=1)
    await study.restarts()
    first, second, third = study.texts
    assert f"{path}:2:" in first and f"{path}:3:" in second
    assert "in order again" in third and says(study) == "Words only, please."


async def test_the_same_fault_made_again_is_told_again(study: Study) -> None:
    """After it was mended, a mistake is news again, however often it is made."""
    for text in (BROKEN, GOOD, BROKEN):
        study.tree.own(OWN, text)
        await study.looks(2)
    assert len(study.told) == 3 and study.texts[0] == study.texts[2]


async def test_what_was_mended_while_the_bot_was_down_is_told_at_its_start(study: Study) -> None:
    """Who was told of a fault hears that it is gone even if the bot did not see it going."""
    study.tree.own(OWN, BROKEN)
    await study.looks(2)
    study.ends()
    study.tree.own(OWN, GOOD)
    await study.begins()
    assert "in order again" in study.texts[-1]


async def test_a_fault_mended_before_anybody_was_told_is_not_told(study: Study) -> None:
    """While Slack is away nothing piles up: the chair hears how things are, not how they were."""
    study.tree.own(OWN, BROKEN)
    study.clock.moves(seconds=A_LOOK)
    study.jobs.renewal.begin()
    await study.jobs.renewal.finished()
    study.clock.moves(seconds=A_LOOK)
    study.jobs.renewal.begin()
    await study.jobs.renewal.finished()
    study.tree.own(OWN, OTHER)
    for _ in range(2):
        study.clock.moves(seconds=A_LOOK)
        study.jobs.renewal.begin()
        await study.jobs.renewal.finished()
    await study.jobs.round()
    [text] = study.texts
    assert ":3: " in text


async def test_the_deputy_is_told_when_the_chair_is_gone(study: Study) -> None:
    """When the chair has left Slack the deputy gets the message."""
    study.gone = {CHAIR}
    study.tree.own(OWN, BROKEN)
    await study.looks(2)
    await study.jobs.round()
    [(who, text)] = study.told
    assert who == DEPUTY and "unknown key" in text


async def test_without_anybody_to_tell_it_is_told_once_there_is_somebody(tmp_path: Path) -> None:
    """With no chair set up the fault waits, and the first chair hears of it."""
    study = Study(tmp_path)
    study.tree.own("chapter.yaml", "name: Lakeside\n")
    await study.begins()
    try:
        study.tree.own(OWN, BROKEN)
        await study.looks(2)
        assert study.told == []
        study.tree.own("chapter.yaml", CHAPTER)
        await study.restarts()
        [(who, text)] = study.told
        assert who == CHAIR and "unknown key" in text
    finally:
        study.ends()


async def test_a_bank_that_cannot_be_fitted_is_treated_as_a_fault(study: Study) -> None:
    """Too many utterances, or a failure nobody foresaw: told in words, and tried again hourly."""
    study.loader.fails = InputError("The bank has 30000 utterances; at most 20000 fit.")
    study.tree.own(OWN, GOOD)
    before = says(study)
    await study.looks(2)
    assert "The bank has 30000 utterances" in study.texts[-1] and says(study) == before
    study.loader.fails = MemoryError()
    await study.looks(1, hours=1)
    assert "cannot be used (MemoryError)" in study.texts[-1] and says(study) == before
    study.loader.fails = None
    await study.looks(1, hours=1)
    assert "in order again" in study.texts[-1] and says(study) == "Words only, please."


async def test_days_go_on_while_a_file_is_broken(study: Study) -> None:
    """What depends on the date does not stand still until somebody mends a file."""
    assert not study.runtime.bank(HERE).content.entries["exam-format"].overdue
    study.tree.own(OWN, BROKEN)
    await study.looks(2)
    await study.looks(1, days=400)
    content = study.runtime.bank(HERE).content
    assert content.entries["exam-format"].overdue
    assert content.chapter.chair.name == "Christina Bloom"
    assert len(study.told) == 1


async def test_trouble_with_the_records_only_delays_the_news(study: Study) -> None:
    """When it cannot be noted that the chair is told, the next look tries again."""
    study.runtime._store.writing.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON content_conditions "
        "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    study.tree.own(OWN, BROKEN)
    await study.looks(2)
    assert study.told == []
    study.runtime._store.writing.execute("DROP TRIGGER refuse")
    await study.looks(1)
    assert len(study.told) == 1


@pytest.mark.parametrize("stand_in", ["last_good", "readable"])
@pytest.mark.parametrize("number", [0, 1, 5, 6, 400])
def test_the_message_names_the_first_faults(study: Study, number: int, stand_in: StandIn) -> None:
    """Five places at most, however long, and how many more; Slack takes it, and reads no markup."""
    faults = tuple(f"/srv/{n}.yaml:7: <!channel> *x* {'&é' * 300}" for n in range(number))
    copy = study.runtime.bank(HERE).content.copy
    shown = mending_message(Condition(1, faults, stand_in), copy)
    assert message_faults({"text": shown.text, "blocks": list(shown.blocks)}) == []
    assert "<!channel>" not in shown.text and not shown.text.endswith("…")
    assert shown.text.count("/srv/") == min(number, 5)
    assert ("more" in shown.text) == (number > 5) and (
        number < 6 or f"{number - 5} more" in shown.text
    )
    assert str(shown.blocks).count("/srv/") == min(number, 5)
