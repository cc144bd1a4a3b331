"""What is wrong with the content files, from the first fault until all is in order again."""

from dataclasses import dataclass
from typing import Literal

StandIn = Literal["last_good", "readable"]
"""What the bot works with while the files have faults: all of them as they last were in order, or
only those that can be used as they are."""

MOST_SHOWN = 5
"""How many faults a message names; whoever tends the files sees the rest with the check."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How the content files were found; each fault says file, line and what is wrong."""

    id: int
    faults: tuple[str, ...]
    stand_in: StandIn

    @property
    def is_sound(self) -> bool:
        """Whether nothing was wrong."""
        return not self.faults

    @property
    def shown(self) -> tuple[str, ...]:
        """The first few faults."""
        return self.faults[:MOST_SHOWN]

    @property
    def left_out(self) -> int:
        """How many faults more there are."""
        return len(self.faults) - len(self.shown)

    def tells_the_same(self, faults: tuple[str, ...], stand_in: StandIn) -> bool:
        """Whether a person who was told this knows of these faults and what stands in."""
        return set(self.faults) == set(faults) and (not faults or self.stand_in == stand_in)
