"""Which questions were answered without a human: judged strictly, one member's doings at a time.

A question is one wording that a member typed or chose; small talk and commands are none, and
choosing among entries that were offered belongs to the question before. It was answered without a
human when an answer was shown that nobody voted wrong, and the same member within a day after it
neither turned to the chair, nor asked anything that got no answer, nor asked what led to the same
answer again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.domain.numbers import Tally

DAY_S = 86_400

Did = Literal["answer", "clarify", "unknown", "refused", "human"]
"""What came of a turn; `refused` is a press that none of the offers was meant, `human` a message to
the chair."""


@dataclass(slots=True)
class Event:
    """Something a member did, `at` in seconds of the common clock.

    `entry` is what an answer showed; `offers` are the ids that were offered, in quotation marks.
    `wrong` says that somebody voted the answer wrong.
    """

    member: str
    at: int
    did: Did
    entry: str = ""
    offers: str = ""
    wrong: bool = False


def judged(events: Iterable[Event]) -> Iterator[Tally]:
    """The questions, each with whether it was answered without a human.

    The events of one member come together, the latest first. A choice among offers counts at the
    time of the question that they were offered to.
    """
    judge = _Judge("")
    for event in events:
        if event.member != judge.member:
            yield from judge.rest()
            judge = _Judge(event.member)
        yield from judge.goes_back_to(event)
    yield from judge.rest()


@dataclass(slots=True)
class _Judge:
    """What one member did after the moment that is looked at; time runs backwards.

    `answer` was shown just after it, and may belong to the question before; `was_enough` is the
    verdict on it.
    """

    member: str
    answer: Event | None = None
    was_enough: bool = False
    open_at: int | None = None
    answered_at: dict[str, int] = field(default_factory=dict)

    def goes_back_to(self, event: Event) -> Iterator[Tally]:
        """Judge what came before; the questions that are settled by knowing it."""
        is_chosen = self.answer is not None and _led_to(event, self.answer)
        if is_chosen:
            yield Tally(event.at, 1, int(self.was_enough))
        else:
            yield from self.rest()
        self.answer = None
        if event.did == "answer":
            self.answer, self.was_enough = event, self._is_enough(event)
            self.answered_at[event.entry] = event.at
            return
        if event.did in ("clarify", "unknown") and not is_chosen:
            yield Tally(event.at, 1, 0)
        if not is_chosen:
            self.open_at = event.at

    def rest(self) -> Iterator[Tally]:
        """The answer that no question with offers came before."""
        if self.answer is not None:
            yield Tally(self.answer.at, 1, int(self.was_enough))

    def _is_enough(self, event: Event) -> bool:
        again = self.answered_at.get(event.entry)
        moments = [moment for moment in (self.open_at, again) if moment is not None]
        return not event.wrong and all(moment - event.at > DAY_S for moment in moments)


def _led_to(event: Event, answer: Event) -> bool:
    is_offered = event.did == "clarify" and f'"{answer.entry}"' in event.offers
    return is_offered and answer.at - event.at <= DAY_S
