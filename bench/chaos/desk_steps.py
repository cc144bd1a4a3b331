"""What the desk does in a hand-off, on the screens of those who have its card."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from random import Random

from bench.chaos.hand_off import HandOff, presses, was_taken
from bench.chaos.people import Person, field, labels
from bench.chaos.world import Json

CLAIM, RELEASE, REPLY, CLOSE = ("claim", "take_over"), ("release",), ("reply",), ("close",)
PASS_ON, PUT_OFF, NOTE = ("more_reassign",), ("more_snooze",), ("more_note",)
"""Names of labels in the bot's own sentences."""

Filled = dict[str, object]


def with_button(*keys: str) -> Callable[[HandOff, Random], Awaitable[bool]]:
    async def can(hand: HandOff, random: Random) -> bool:
        return await _who_has(hand, random, keys) is not None

    return can


async def _who_has(
    hand: HandOff, random: Random, keys: tuple[str, ...]
) -> tuple[Person, Json, str] | None:
    """Somebody of the desk whose card has one of these buttons."""
    people = list(hand.desk)
    random.shuffle(people)
    wanted = [hand.words.label(key) for key in keys]
    for person in people:
        card = await hand.card(person)
        for label in wanted:
            if card is not None and label in labels(card):
                return person, card, label
    return None


async def claims(hand: HandOff, random: Random) -> None:
    found = await _who_has(hand, random, CLAIM)
    if found is not None and await presses(found[0], found[2], found[1], random):
        hand.goes_to(found[0].name)


async def releases(hand: HandOff, random: Random) -> None:
    found = await _who_has(hand, random, RELEASE)
    if found is not None and await presses(found[0], found[2], found[1], random):
        hand.goes_to("")


async def replies(hand: HandOff, random: Random) -> None:
    """The window behind Reply."""
    found = await _who_has(hand, random, REPLY)
    if found is None:
        return
    person, card, label = found
    view = await person.opens(lambda: person.presses(label, card), "handoff.reply")
    if view is None:
        return
    said = hand.notes(person, "reply")
    answer = await person.submits(view, {"reply": f"My advice is {said.token}."})
    if answer.get("gone") or answer.get("response_action"):
        said.unsure = bool(answer["unsure"])
        if not said.unsure:
            hand.request.said.remove(said)
    else:
        hand.goes_to(person.name)
    await person.closes_windows()


async def replies_in_thread(hand: HandOff, random: Random) -> None:
    """Words in the thread of the card, by whoever has one; of another's they are refused."""
    holders = [(p, card) for p in hand.desk if (card := await hand.card(p)) is not None]
    if not holders:
        return
    person, card = random.choice(holders)
    others = hand.request.claimers - {person.name, ""}
    said = hand.notes(person, "thread", doubtful=bool(others))
    await person.writes(f"Consider {said.token}.", card["ts"])
    hand.settled &= not others
    hand.goes_to(person.name)


async def has_card(hand: HandOff, random: Random) -> bool:
    return any([await hand.card(person) is not None for person in hand.desk])


async def closes(hand: HandOff, random: Random) -> None:
    def filled(view: Json) -> Filled:
        return {"outcome": random.choice(field(view, "outcome")["options"])["value"]}

    done = await _fills(hand, random, CLOSE, "handoff.close", filled)
    if done is not None:
        hand.goes_to(done[0].name)
        hand.ends("closed")


async def passes_on(hand: HandOff, random: Random) -> None:
    """From the card's menu, to somebody else of the desk, with a reason."""

    def filled(view: Json) -> Filled:
        to = random.choice(field(view, "to")["options"])["value"]
        return {"to": to, "reason": "They know more of it."}

    done = await _fills(hand, random, PASS_ON, "handoff.reassign", filled)
    if done is not None:
        hand.goes_to(hand.name_of(str(done[1]["to"])))


async def puts_off(hand: HandOff, random: Random) -> None:
    day = datetime.now(UTC).date() + timedelta(days=random.randint(2, 20))
    done = await _fills(hand, random, PUT_OFF, "handoff.snooze", lambda _: {"day": day.isoformat()})
    if done is not None:
        hand.goes_to(done[0].name)


async def notes_down(hand: HandOff, random: Random) -> None:
    """A note of the desk, which the member must never see."""
    token = hand.token()
    hand.request.private.append(token)
    note: Filled = {"note": f"Keep {token} in mind."}
    await _fills(hand, random, NOTE, "handoff.note", lambda _: note)


async def _fills(
    hand: HandOff,
    random: Random,
    labelled: tuple[str, ...],
    callback_id: str,
    filled: Callable[[Json], Filled],
) -> tuple[Person, Filled] | None:
    """Open a window from the card and submit it; who did and with what, None when refused."""
    found = await _who_has(hand, random, labelled)
    if found is None:
        return None
    person, card, label = found
    view = await person.opens(lambda: person.presses(label, card), callback_id)
    if view is None:
        return None
    values = filled(view)
    taken = was_taken(await person.submits(view, values))
    await person.closes_windows()
    return (person, values) if taken else None
