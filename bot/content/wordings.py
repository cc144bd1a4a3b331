"""Texts that may stand only once in all files."""

from dataclasses import dataclass, field

from bot.content.documents import Document, Faults, Loc
from bot.content.written import is_written


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a text stands, and whose it is."""

    document: Document
    loc: Loc
    owner: str


@dataclass(slots=True)
class Wordings:
    """Texts that may stand only once in all files."""

    faults: Faults
    seen: dict[str, Seen] = field(default_factory=dict)

    def knows(self, text: str) -> bool:
        """Whether a text stands already somewhere."""
        return compared(text) in self.seen

    def is_new(self, text: str, owner: str, document: Document, loc: Loc) -> bool:
        """Whether a text stands here for the first time; if not, that is noted."""
        key = compared(text)
        if not key:
            self.faults.add(document, loc, "a text is empty.")
            return False
        here, before = Seen(document, loc, owner), self.seen.get(key)
        if before is None:
            self.seen[key] = here
            return True
        # What was entered in chat gives way to the files, which it was to lie over.
        if is_written(before.document) and not is_written(document):
            self.seen[key], here, before = here, before, here
        where = f"{before.document.at(before.loc)} ({before.owner})"
        sentence = f"'{text}' stands already at {where}; keep one."
        self.faults.add(here.document, here.loc, sentence)
        return False


def compared(text: str) -> str:
    """A text as it is compared: small and capital letters and spaces make no difference."""
    return " ".join(text.casefold().split())
