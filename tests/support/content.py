"""A copy of the shipped content to damage, and what the loader says of it."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content import ContentBank, ContentPlaces, load_content, shipped_path
from bot.errors import ContentError

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Tree:
    """The shipped files under `content`, and a chapter's home beside them."""

    content: Path
    home: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first place of some words in a file."""
        path = self.content / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def own(self, name: str, text: str) -> Path:
        """Write a file of the chapter's own into its home."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def line_of(self, name: str, words: str) -> int:
        """The line, counted from 1, in which some words first stand."""
        lines = (self.content / name).read_text(encoding="utf-8").split("\n")
        return next(at for at, line in enumerate(lines, start=1) if words in line)

    def load(self) -> ContentBank:
        """Load it as the bot does."""
        return load_content(ContentPlaces(self.content, own=self.home), TODAY)

    def faults(self) -> list[str]:
        """Every fault; none when it loads."""
        try:
            self.load()
        except ContentError as error:
            return list(error.faults)
        return []


def copied(folder: Path) -> Tree:
    """The shipped content, copied into a folder."""
    content, home = folder / "shipped", folder / "home"
    shutil.copytree(shipped_path("content"), content)
    home.mkdir()
    return Tree(content, home)
