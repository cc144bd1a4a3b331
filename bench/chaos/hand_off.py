"""One request under way: who takes part, what was said, and what must follow from it."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from bench.chaos.judge import Ended, Request, Said, Via
from bench.chaos.people import Person, Strange
from bench.chaos.words import Words
from bench.chaos.world import Json


@dataclass(slots=True)
class HandOff:
    """One request under way, and who takes part. The chair comes first of the desk."""

    words: Words
    run: int
    member: Person
    desk: tuple[Person, ...]
    real_name: str
    request: Request
    number: str = ""
    shared_name: bool = False
    tokens: int = 0
    last_written: str = ""
    loose: list[Said] = field(default_factory=list)
    """Texts that may not have been heard yet: what happens now may come before them."""
    settled: bool = True
    """Whether everything was told before the step that is being done."""

    def token(self) -> str:
        """A word of its own; everything it names is counted by it."""
        self.tokens += 1
        return f"zq{self.run:04}n{self.tokens:02}"

    async def ticket(self) -> Json | None:
        return await self._titled(self.member, "handoff.ticket_title")

    async def card(self, person: Person) -> Json | None:
        return await self._titled(person, "handoff.card_title")

    async def _titled(self, person: Person, key: str) -> Json | None:
        if not self.number:
            return None
        return await person.titled(self.words.say(key, number=self.number))

    def notes(self, person: Person, via: Via, *, doubtful: bool = False) -> Said:
        """Note a text as it is being said; its token is in it."""
        said = Said(self.token(), person.name, via)
        said.may_be_refused = doubtful or self.request.ended is not None
        if self.request.ended and via == "thread":
            self.request.may_be_reopened = True
        self.request.said.append(said)
        if via == "thread":
            self.loose.append(said)
        return said

    def ends(self, how: Ended) -> None:
        self.request.ended = how
        for said in self.loose:
            said.may_be_refused = True
        self.request.may_be_reopened |= how == "closed" and bool(self.loose)

    def name_of(self, user_id: str) -> str:
        users = self.words.demo["users"]
        return next(str(user["name"]) for user in users if user["id"] == user_id)

    def goes_to(self, name: str) -> None:
        """Who has it from now on, "" for nobody; while things are under way others may as well."""
        if self.settled:
            self.request.claimers = {name}
        else:
            self.request.claimers.add(name)

    def has_settled(self) -> None:
        self.loose.clear()
        self.settled = True


async def presses(person: Person, label: str, message: Json | None, random: Random) -> bool:
    """Press, and now and then a second time at once, as people do."""
    if message is None:
        return False
    if random.random() < 0.3:
        twice = (person.presses(label, message), person.presses(label, message))
        return any(await asyncio.gather(*twice))
    return await person.presses(label, message)


def was_taken(answer: Json) -> bool:
    """Whether a window that closes when all is well did so; it says why when it does not."""
    if answer.get("gone") and answer["unsure"]:
        raise Strange("a window vanished amid the tries to submit it")
    return not answer.get("response_action") and not answer.get("gone")
