"""Files edited under a running bot: changes go live, and a mistake never takes it down."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.server import Playground
from tests.support.content import Tree, copied
from tests.support.mending import editing
from tests.support.talk import local_slack

QUESTION = "What is the format of the exam?"
FILE = "faq/exam.yaml"
OLD, NEW = "The exam has", "Told in new words: the exam has"


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with local_slack() as opened:
        yield opened


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


async def test_a_broken_file_leaves_the_answers_and_the_chair_is_told_where(
    slack: Playground, tree: Tree, tmp_path: Path
) -> None:
    """Members get the old answer while a file is broken and the new one once it is mended; the
    chair reads file and line, and then that all is in order again."""
    async with editing(slack, tree, tmp_path) as editor:
        ada = editor.talk.as_("ada")
        assert OLD in (await ada.says(QUESTION)).text
        tree.edit(FILE, OLD, NEW)
        tree.edit(FILE, "    question: What is the format", "    questionn: What is the format")
        line = tree.line_of(FILE, "questionn")
        told = await editor.chair_reads(f"{FILE}:{line}: ")
        assert "as they last were in order" in told and "'question'" in told
        assert OLD in (await ada.says(QUESTION)).text
        tree.edit(FILE, "questionn:", "question:")
        assert "live" in await editor.chair_reads("in order again")
        assert NEW in (await ada.says(QUESTION)).text


async def test_who_asks_while_the_bank_is_renewed_does_not_wait(
    slack: Playground, tree: Tree, tmp_path: Path
) -> None:
    """While new content is read, the content before answers at once; then the new one does."""
    async with editing(slack, tree, tmp_path) as editor:
        ada = editor.talk.as_("ada")
        editor.loader.goes_on.clear()
        tree.edit(FILE, OLD, NEW)
        await editor.loads()
        assert OLD in (await ada.says(QUESTION)).text
        editor.loader.goes_on.set()

        async def is_new() -> bool:
            return NEW in (await ada.says(QUESTION)).text

        await editor.waits_for(is_new, "the new answer")


async def test_the_bot_ends_while_the_bank_is_renewed(
    slack: Playground, tree: Tree, tmp_path: Path
) -> None:
    """Told to end in the middle of reading new content, the bot ends, and starts on it later."""
    async with editing(slack, tree, tmp_path) as editor:
        editor.loader.goes_on.clear()
        tree.edit(FILE, OLD, NEW)
        await editor.loads()
        editor.loader.goes_on.set()
    async with editing(slack, tree, tmp_path) as editor:
        assert NEW in (await editor.talk.as_("ada").says(QUESTION)).text


async def test_a_bot_started_on_broken_files_answers_as_before(
    slack: Playground, tree: Tree, tmp_path: Path
) -> None:
    """Started while a file is broken, the bot answers as the files last were, and tells the chair
    once, however often it is started."""
    async with editing(slack, tree, tmp_path) as editor:
        assert OLD in (await editor.talk.as_("ada").says(QUESTION)).text
    tree.edit(FILE, "  - id: exam-format", "\t- id: exam-format")
    for _ in range(2):
        async with editing(slack, tree, tmp_path) as editor:
            await editor.chair_reads(f"{FILE}:")
            assert OLD in (await editor.talk.as_("ada").says(QUESTION)).text
            await editor.talk.quiet()
            messages = await editor.talk.as_("christina").messages()
            assert sum(f"{FILE}:" in message.words for message in messages) == 1
