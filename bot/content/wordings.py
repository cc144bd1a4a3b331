"""Texts that may stand only once in all files."""

from dataclasses import dataclass, field

from bot.content.documents import Document, Faults, Loc


@dataclass(slots=True)
class Wordings:
    """Texts that may stand only once in all files."""

    faults: Faults
    seen: dict[str, str] = field(default_factory=dict)

    def knows(self, text: str) -> bool:
        """Whether a text stands already somewhere."""
        return compared(text) in self.seen

    def is_new(self, text: str, owner: str, document: Document, loc: Loc) -> bool:
        """Whether a text stands here for the first time; if not, that is noted."""
        key = compared(text)
        if not key:
            self.faults.add(document, loc, "a text is empty.")
            return False
        if key in self.seen:
            self.faults.add(
                document, loc, f"'{text}' stands already at {self.seen[key]}; keep one."
            )
            return False
        self.seen[key] = f"{document.at(loc)} ({owner})"
        return True


def compared(text: str) -> str:
    """A text as it is compared: small and capital letters and spaces make no difference."""
    return " ".join(text.casefold().split())
