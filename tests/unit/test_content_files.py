"""Content files that are damaged as files, several faults at once, and faults across files."""

import random
from pathlib import Path

import pytest

from bot.content.places import FILES
from bot.domain.faq import ACTIONS
from tests.support.content import Tree, copied

ALL = ("chapter.yaml", "faq/exam.yaml", *FILES)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


@pytest.mark.parametrize("name", ALL)
def test_an_empty_file_is_told_as_such(tree: Tree, name: str) -> None:
    """A file that lost its text is named, and nothing else is blamed."""
    (tree.content / name).write_text("# only a remark\n", encoding="utf-8")
    assert tree.faults() == [
        f"content/{name}:1: the file is empty; put the shipped one back in its place."
    ]


@pytest.mark.parametrize("name", ["chapter.yaml", *FILES])
def test_a_missing_file_is_told_as_such(tree: Tree, name: str) -> None:
    """A file that was deleted is named, and nothing else is blamed."""
    (tree.content / name).unlink()
    assert tree.faults() == [
        f"content/{name}: the file cannot be read (no such file or directory)."
    ]


@pytest.mark.parametrize("name", ALL)
def test_a_file_in_another_encoding_is_told_with_its_line(tree: Tree, name: str) -> None:
    """A file saved in an old encoding is named with the line of the first strange letter."""
    path = tree.content / name
    first = path.read_bytes().count(b"\n") + 1
    path.write_bytes(path.read_bytes() + b"# Caf\xe9\n")
    assert tree.faults() == [
        f"content/{name}:{first}: the file is not plain UTF-8 text; "
        "save it anew with the encoding UTF-8."
    ]


@pytest.mark.parametrize("name", ALL)
def test_a_file_of_the_wrong_shape_is_told(tree: Tree, name: str) -> None:
    """A file that holds a list where names are expected is refused with its place."""
    (tree.content / name).write_text("- a\n- b\n", encoding="utf-8")
    faults = tree.faults()
    assert len(faults) == 1 and faults[0].startswith(f"content/{name}:1: "), faults
    assert "expected here" in faults[0] or "names of its own below it" in faults[0]


def test_a_folder_in_place_of_a_file_is_told(tree: Tree) -> None:
    """A folder that bears a file's name is no stack trace."""
    (tree.content / "sources.yaml").unlink()
    (tree.content / "sources.yaml").mkdir()
    assert tree.faults() == ["content/sources.yaml: the file cannot be read (is a directory)."]


def test_files_of_any_editor_are_read(tree: Tree) -> None:
    """A byte order mark and Windows line ends, as some editors write them, change nothing."""
    before = tree.load()
    for path in tree.content.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = tree.load()
    assert after.entries == before.entries
    assert after.copy.templates == before.copy.templates


def test_all_faults_of_all_files_are_told_at_once(tree: Tree) -> None:
    """One run tells everything that is wrong, so that nobody fixes fault by fault."""
    tree.edit("faq/exam.yaml", "related: [exam-content", "related: [exam-contents")
    tree.edit("faq/exam.yaml", "sources: [ala-exam-prep,", "sources: [nowhere,")
    tree.edit("faq/exam.yaml", "{exam_questions}", "{questions_of_exam_x}")
    tree.edit("faq/exam.yaml", "question: What is the format of the exam?", "question: 5")
    tree.edit("faq/basics.yaml", "verified: 2026-11-23", "verified: soon")
    tree.edit("program.yaml", "unit: text", "unit: words")
    tree.edit("sources.yaml", "    title:", "    titel:")
    tree.edit("messages.yaml", "  approved: ", "  approved: {}  #")
    tree.edit("eligibility.yaml", "version: ", "verzion: ")
    tree.edit("small_talk.yaml", "greetings:", "greeting:")
    tree.edit("out_of_scope.yaml", '- "LSAT registration deadline"', "- 12")
    tree.edit("chapter.yaml", "America/Chicago", "Illinois")
    faults = tree.faults()
    places = [fault.split(":")[0].removeprefix("content/") for fault in faults]
    assert {name: places.count(name) for name in places} == {
        "faq/exam.yaml": 4, "faq/basics.yaml": 1, "program.yaml": 1, "sources.yaml": 1,
        "eligibility.yaml": 1, "small_talk.yaml": 1, "out_of_scope.yaml": 1, "chapter.yaml": 1,
    }  # fmt: skip


def test_an_id_stands_only_once(tree: Tree) -> None:
    """Two entries of one id are told with the places of both."""
    source = (tree.content / "faq/exam.yaml").read_text(encoding="utf-8")
    (tree.content / "faq/extra.yaml").write_text(source, encoding="utf-8")
    first = tree.faults()[0]
    assert first == (
        "content/faq/extra.yaml:3: the id 'exam-format' stands already at "
        "content/faq/exam.yaml:3; ids are unique."
    )


def test_a_renamed_entry_is_missed_where_it_is_named(tree: Tree) -> None:
    """An entry that others lead to cannot vanish unnoticed; the new id is suggested."""
    tree.edit("faq/exam.yaml", "- id: exam-format", "- id: exam-formats")
    faults = tree.faults()
    assert faults
    assert all(
        "no entry 'exam-format' to relate to. Did you mean 'exam-formats'?" in f for f in faults
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_what_the_bot_does_cannot_lose_its_entry(tree: Tree, action: str) -> None:
    """The entries that make the bot do something are told when they are gone."""
    tree.edit("faq/action.yaml", f"- id: {action}\n", "- id: something-else\n")
    faults = tree.faults()
    assert f"content/faq: the entry '{action}' is missing; the bot cannot do without." in faults
    assert any("the bot cannot do 'something-else'; it can do" in fault for fault in faults)


def test_no_entries_at_all_is_a_fault(tree: Tree) -> None:
    """A folder without answers is refused instead of a bot that knows nothing."""
    for path in (tree.content / "faq").glob("*.yaml"):
        path.unlink()
    assert len(tree.faults()) >= len(ACTIONS)


def test_an_entry_needs_an_utterance(tree: Tree) -> None:
    """An entry that nobody could find is refused."""
    path = tree.content / "faq/contact.yaml"
    head = path.read_text(encoding="utf-8").split("    utterances:")[0]
    path.write_text(f"{head}    utterances: {{}}\n", encoding="utf-8")
    assert any("has no utterance; nobody would find it." in fault for fault in tree.faults())


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_brings_a_stack_trace(tree: Tree, seed: int) -> None:
    """Whatever an editor does to a file, the answer is a working bank or sentences with a place."""
    chance = random.Random(seed)
    for path in chance.sample(sorted(tree.content.rglob("*.yaml")), 3):
        lines = path.read_text(encoding="utf-8").split("\n")
        for _ in range(6):
            _damage(lines, chance)
        path.write_text("\n".join(lines), encoding="utf-8")
    assert all(fault.startswith("content/") and ": " in fault for fault in tree.faults())


def _damage(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    spoiled = chance.choice(
        ["", "\t", "x", "- ", "{", "}", "[[", "]]", ":", '"', "&", "*", "0", "é"]
    )
    match chance.randrange(4):
        case 0:
            del lines[at : at + chance.randrange(1, 4)]
        case 1:
            lines.insert(at, lines[chance.randrange(len(lines))] if lines else spoiled)
        case 2:
            cut = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + spoiled + lines[at][cut:]
        case _:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)] + spoiled
