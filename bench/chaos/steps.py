"""Every step of a hand-off in one table: what is on the screen, what is done, and how often.

Each looks at the screen, does one thing there until Slack has taken it, and notes what was said and
what must follow. A new button is one function and one row here.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from bench.chaos import desk_steps as desk
from bench.chaos import member_steps as member
from bench.chaos.hand_off import HandOff


@dataclass(frozen=True, slots=True)
class Step:
    can: Callable[[HandOff, Random], Awaitable[bool]]
    does: Callable[[HandOff, Random], Awaitable[None]]
    weight: int = 2
    ends: bool = False


STEPS: dict[str, Step] = {
    "the member sends": Step(member.offers, member.sends),
    "the member looks at Home": Step(member.can_write, member.looks_at_home, weight=1),
    "the member writes": Step(member.can_write, member.writes, weight=4),
    "the member edits": Step(member.can_edit, member.edits),
    "the member adds": Step(member.can_add, member.sends),
    "the desk claims": Step(desk.with_button(*desk.CLAIM), desk.claims, weight=3),
    "the desk notes": Step(desk.with_button(*desk.NOTE), desk.notes_down, weight=1),
    "the desk puts off": Step(desk.with_button(*desk.PUT_OFF), desk.puts_off, weight=1),
    "the desk replies": Step(desk.with_button(*desk.REPLY), desk.replies, weight=3),
    "the desk replies in the thread": Step(desk.has_card, desk.replies_in_thread, weight=3),
    "the desk passes on": Step(desk.with_button(*desk.PASS_ON), desk.passes_on),
    "the desk gives back": Step(desk.with_button(*desk.RELEASE), desk.releases, weight=1),
    "the desk closes": Step(desk.with_button(*desk.CLOSE), desk.closes, weight=1),
    "the member reopens": Step(member.can_reopen, member.reopens),
    "the member withdraws": Step(member.can_withdraw, member.withdraws, weight=1, ends=True),
}
"""In an order in which each is possible after those before it."""
