"""What a bot begins with when its content files are broken."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.content import last_good
from bot.domain.mending import StandIn
from bot.errors import ContentError, InputError
from bot.services.bank_files import BankFiles, Begun
from tests.support.content import TODAY, Tree, copied
from tests.support.database import become_nobody, folder_of_nobody
from tests.support.mending import CHAPTER, Loader, files_of

OWN = "content/messages.yaml"
GOOD = "ask:\n  no_text: Words only, please.\n"
BROKEN = "ask:\n  no_txt: Words only, please.\n"
THINGS = "content/not_the_clm.yaml"
QUIZ = "things:\n  the town quiz:\n    always: [town quiz]\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    made = copied(tmp_path)
    made.own("chapter.yaml", CHAPTER)
    return made


@pytest.fixture
def files(tree: Tree) -> BankFiles:
    return files_of(tree, Loader(is_matching=False))


def said(begun: Begun) -> str:
    return begun.bank.content.copy.say("ask.no_text")


def begun_with(files: BankFiles, stand_in: StandIn) -> Begun:
    """Begin on broken files; what stands in for them is as expected."""
    begun = files.begin(TODAY)
    assert begun.faults != () and begun.stand_in == stand_in
    return begun


def test_sound_files_are_taken_as_they_are(files: BankFiles) -> None:
    """Without a fault there is nothing to tell, and the copy for later is kept, whole or not."""
    begun = files.begin(TODAY)
    assert begun.faults == () and begun.bank.content.chapter.name == "Lakeside"
    assert {path.name for path in files.kept.parent.iterdir()} == {"chapter.yaml", "last-good.zip"}


@pytest.mark.parametrize("name", [OWN, "content/faq/exam.yaml", "content/faq/new.yaml"])
def test_a_broken_file_of_ones_own_leaves_the_others_as_they_were(
    tree: Tree, files: BankFiles, name: str
) -> None:
    """The bot begins with what was in order last, and says each fault with file and line."""
    tree.own(OWN, GOOD)
    files.begin(TODAY)
    path = tree.own(name, BROKEN)
    begun = begun_with(files, "last_good")
    assert begun.faults[0].startswith(f"{path}:")
    assert said(begun) == "Words only, please."


def test_the_chapter_of_today_goes_with_the_copy(tree: Tree, files: BankFiles) -> None:
    """A new chair is the chair at once, even while another file is broken; and stays out of it
    while chapter.yaml itself is the broken one."""
    files.begin(TODAY)
    tree.own(OWN, BROKEN)
    tree.own("chapter.yaml", CHAPTER.replace("Christina Bloom", "Carla Nova"))
    assert begun_with(files, "last_good").bank.content.chapter.chair.name == "Carla Nova"
    tree.own("chapter.yaml", "nam: x\n")
    assert begun_with(files, "last_good").bank.content.chapter.chair.name == "Christina Bloom"


def test_a_broken_shipped_file_is_stood_in_for(tree: Tree, files: BankFiles) -> None:
    """Who edits the files where they lie is as safe; their own files stay in force."""
    tree.own(OWN, GOOD)
    files.begin(TODAY)
    tree.edit("faq/exam.yaml", "    question:", "    questionn:")
    begun = begun_with(files, "last_good")
    assert "content/faq/exam.yaml:4: " in begun.faults[0]
    assert said(begun) == "Words only, please."


def test_shipped_files_of_another_version_are_not_taken(
    tree: Tree, files: BankFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade the shipped files of before might lack what the program says."""
    files.begin(TODAY)
    tree.edit("faq/exam.yaml", "    question:", "    questionn:")
    monkeypatch.setattr(last_good, "version", lambda name: "0.0.9")
    with pytest.raises(ContentError, match="questionn"):
        files.begin(TODAY)


def test_after_an_upgrade_only_what_no_longer_fits_is_left_out(
    tree: Tree, files: BankFiles
) -> None:
    """Own files that were in order and are not any more, untouched, cost no other file."""
    tree.own(OWN, GOOD)
    tree.own(THINGS, QUIZ)
    files.begin(TODAY)
    files.kept.unlink()
    tree.own(OWN, BROKEN)
    begun = begun_with(files, "readable")
    assert said(begun) != "Words only, please."
    assert "the town quiz" in " ".join(begun.bank.content.manners.strangers.sentences.values())
    assert begun.bank.content.chapter.name == "Lakeside"


def test_what_rests_on_a_broken_file_is_left_out_with_it(tree: Tree, files: BankFiles) -> None:
    """An answer whose source stood in a broken file is no fault that ends the bot."""
    tree.own("content/sources.yaml", "our-minutes: {title: Minutes\n")
    asked = "- id: our-room\n  question: Where do we meet?\n"
    entry = f"{asked}  answer: In town.\n  sources: [our-minutes]\n"
    tree.own("content/faq/ours.yaml", f"group: contact\nentries:\n{entry}")
    begun = begun_with(files, "readable")
    assert "our-room" not in begun.bank.content.entries and len(begun.bank.content.entries) > 50


@pytest.mark.parametrize("damage", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_a_damaged_copy_is_as_good_as_none(tree: Tree, files: BankFiles, damage: bytes) -> None:
    """The bot then begins without the broken file, and the next good start makes a new copy."""
    files.begin(TODAY)
    files.kept.write_bytes(damage)
    tree.own(OWN, BROKEN)
    begun_with(files, "readable")
    tree.own(OWN, GOOD)
    files.begin(TODAY)
    tree.own(OWN, BROKEN)
    assert said(begun_with(files, "last_good")) == "Words only, please."


def test_without_any_way_out_every_fault_is_told(tree: Tree, files: BankFiles) -> None:
    """With no copy, a fault in chapter.yaml or in a shipped file ends the start, as ever."""
    tree.own("chapter.yaml", "nam: x\ntime_zone: Nowhere\n")
    with pytest.raises(ContentError) as told:
        files.begin(TODAY)
    assert len(told.value.faults) == 2
    tree.own("chapter.yaml", CHAPTER)
    tree.edit("faq/exam.yaml", "    question:", "    questionn:")
    tree.own(OWN, GOOD)
    with pytest.raises(ContentError, match="questionn"):
        files.begin(TODAY)


def test_too_much_of_ones_own_is_left_out(tree: Tree) -> None:
    """A bank that cannot be fitted names no file; without the chapter's own ones it can be."""
    loader = Loader(is_matching=False)

    class Limited(Loader):
        def __call__(self, places, today):  # type: ignore[no-untyped-def]
            if places.own and (places.own / THINGS).exists():
                raise InputError("The bank has 30000 utterances; at most 20000 fit.")
            return loader(places, today)

    tree.own(THINGS, QUIZ)
    begun = begun_with(files_of(tree, Limited()), "readable")
    assert begun.faults == ("The bank has 30000 utterances; at most 20000 fit.",)
    assert begun.bank.content.chapter.name == "Lakeside"


def test_what_is_written_while_it_is_read_is_not_kept(tree: Tree) -> None:
    """The copy is of the files that were found in order, and of no later ones."""
    loader = Loader(is_matching=False)

    class Slow(Loader):
        def __call__(self, places, today):  # type: ignore[no-untyped-def]
            bank = loader(places, today)
            tree.own(OWN, BROKEN)
            return bank

    files = files_of(tree, Slow())
    assert files.begin(TODAY).faults == ()
    assert not files.kept.exists()


def test_files_that_cannot_be_read_are_stood_in_for(tree: Tree, files: BankFiles) -> None:
    """A folder that somebody locked is a fault like any other."""
    tree.own(OWN, GOOD)
    files.begin(TODAY)
    with folder_of_nobody() as folder:
        home = folder / "home"
        shutil.copytree(tree.home, home)
        (home / "content").chmod(0)
        shutil.copytree(tree.content, folder / "shipped")
        become_nobody()
        locked = files_of(Tree(folder / "shipped", home), Loader(is_matching=False))
        assert said(begun_with(locked, "last_good")) == "Words only, please."


def test_the_copy_holds_content_and_nothing_else(tree: Tree, files: BankFiles) -> None:
    """Neither the database nor anything else of the data folder travels in the copy."""
    (tree.home / "clm.db").write_text("members", encoding="utf-8")
    tree.own(OWN, GOOD)
    files.begin(TODAY)
    with ZipFile(files.kept) as archive:
        own = [name for name in archive.namelist() if not name.startswith("shipped/")]
    assert own == ["own/chapter.yaml", f"own/{OWN}"]


def test_an_unchanged_copy_is_left_alone(files: BankFiles) -> None:
    """The day of the copy is the day on which its content was first in order."""
    files.begin(TODAY)
    before = files.kept.stat()
    files.begin(TODAY)
    after = files.kept.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_copy_that_cannot_be_kept_is_no_hindrance(tree: Tree, files: BankFiles) -> None:
    """Where nothing can be written the bot begins all the same."""
    files.kept.mkdir()
    assert files.begin(TODAY).faults == ()
