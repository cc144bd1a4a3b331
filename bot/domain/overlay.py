"""What was entered in chat and lies over a workspace's content files."""

from dataclasses import dataclass

from bot.domain.curation import Revision
from bot.domain.freshness import FactCheck
from bot.domain.program import Season
from bot.domain.roles import Person


@dataclass(frozen=True, slots=True)
class Overlay:
    """Seasons, the newest revision of each entry, values that were found still right, and who is
    chair and deputy now.

    A person is None where the files have the last word.
    """

    seasons: tuple[Season, ...] = ()
    revisions: tuple[Revision, ...] = ()
    chair: Person | None = None
    deputy: Person | None = None
    checks: tuple[FactCheck, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the files alone say everything."""
        return self == EMPTY


EMPTY = Overlay()
