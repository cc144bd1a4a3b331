"""How hard a text is to read, and what `clm content check` remarks upon."""

from pathlib import Path

import pytest

from bot.content import ContentPlaces
from bot.content.remarks import Reading, reading_of
from bot.content.survey import surveyed
from bot.domain.readability import grade, syllables
from tests.support.cli import terminal
from tests.support.content import TODAY, Tree, copied

ENTRY = """
entries:
  - id: ours
    question: What is ours?
    answer: |
      {answer}
    sources: [about-this-bot]
    verified: 2026-11-23
    utterances: {{us: ["is anything ours at all"]}}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def remarks(tree: Tree, answer: str) -> list[str]:
    """What is remarked on an answer, without its place."""
    path = tree.own("content/faq/ours.yaml", ENTRY.format(answer=answer.replace("\n", "\n      ")))
    told = read(tree).remarks
    return [one.removeprefix(f"{path}:5: ") for one in told if one.startswith(str(path))]


def read(tree: Tree) -> Reading:
    return reading_of(surveyed(ContentPlaces(tree.content, own=tree.home), TODAY))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("exam", 2), ("make", 1), ("table", 2), ("tables", 2), ("passed", 1),
        ("waited", 2), ("applied", 2), ("pages", 2), ("hours", 1), ("certification", 5),
        ("queue", 1), ("CLM", 1), ("125", 1), ("three", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    """The usual spellings of English are counted as they are spoken."""
    assert syllables(word) == count


def test_the_grade_is_the_published_formula() -> None:
    """Six words of one syllable in one sentence come to the grade that the formula gives."""
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade("") == 0.0


def test_long_words_and_sentences_are_harder() -> None:
    """A plain text has a lower grade than the same in officialese; a link makes no difference."""
    plain = "You need ten hours. Ask us if you are not sure."
    stiff = "Ten instructional hours are obligatory, and clarification is obtainable upon enquiry."
    assert grade(plain) < 4 < 12 < grade(stiff)
    assert grade(f"{plain[:-1]} https://example.org/certification/requirements.") == grade(plain)


def test_each_list_line_counts_as_a_sentence() -> None:
    """A list does not read as one endless sentence."""
    listed = "You need:\n- a plan with dates\n- a good book\n- a group to learn with"
    assert grade(listed) < grade(listed.replace("\n- ", " and "))


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        ("Yes. " + "It is plain and short. " * 3, None),
        ("word " * 26 + "end.", "the first sentence of 'ours' has 27 words; up to 25 read well."),
        ("One:\n- a\n- b\n\nTwo:\n- c", "'ours' has 2 lists; 1 at most reads well."),
        ("So:\n- a\n- b\n- c\n- d\n- e\n- f", "a list of 'ours' has 6 lines; up to 5 read well."),
        ("Institutional credentialing necessitates administrative authorization.",
         "'ours' has reading grade"),
    ],
)  # fmt: skip
def test_an_answer_that_could_read_better_is_remarked(
    tree: Tree, answer: str, remark: str | None
) -> None:
    """Each remark names the answer and the limit; a plain answer has none."""
    told = remarks(tree, answer)
    assert len(told) == (0 if remark is None else 1), told
    assert remark is None or told[0].startswith(remark)


def test_the_limits_are_the_chapter_s_to_set(tree: Tree) -> None:
    """A chapter that allows more hears nothing."""
    tree.own("content/style.yaml", "limits: {lists: 2}\n")
    assert remarks(tree, "One:\n- a\n- b\n\nTwo:\n- c") == []


def test_a_value_without_its_day_is_remarked(tree: Tree) -> None:
    """A chapter's own value is asked for the day on which it was checked."""
    path = tree.own("content/program.yaml", "facts:\n  exam_fee_member: {value: 512}\n")
    told = [one for one in read(tree).remarks if one.startswith(str(path))]
    assert len(told) == 1 and "nobody has said when 'exam_fee_member' was checked" in told[0]


def test_the_check_prints_the_figure_and_does_not_fail(tmp_path: Path) -> None:
    """`clm content check` tells the grade in the middle and each remark, and ends with 0."""
    shell = terminal(tmp_path)
    own = shell.home / "content" / "style.yaml"
    own.parent.mkdir()
    own.write_text("limits: {first_sentence_words: 3}\n", encoding="utf-8")
    ran = shell.runs("content", "check")
    assert (ran.code, ran.err) == (0, "")
    counted, figure, *told = ran.out.strip().split("\n")
    assert counted.startswith("The content is in order: 99 entries")
    assert figure.startswith("Reading grade of the answers (Flesch-Kincaid): ")
    assert len(told) > 50 and all("up to 3 read well." in one for one in told if "first" in one)


def test_what_ships_is_plain(tree: Tree) -> None:
    """The shipped answers read at school level, and none is beyond the limit of the style."""
    found = read(tree)
    assert found.median < 9
    assert not any("reading grade" in one for one in found.remarks)
