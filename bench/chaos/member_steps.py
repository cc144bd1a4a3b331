"""What the member does in a hand-off, on their screen."""

from random import Random

from bench.chaos.hand_off import HandOff, presses
from bench.chaos.people import field, labels, words_of
from bench.chaos.world import Json


async def offers(hand: HandOff, random: Random) -> bool:
    return not hand.number


async def sends(hand: HandOff, random: Random) -> None:
    """`/clm chair`, perhaps a switch, a note, Send: a new request, or more for the open one."""
    view = await hand.member.opens(lambda: hand.member.types("chair"), "handoff.preview")
    if view is None:
        return
    if random.random() < 0.6:
        view = await _switches(hand, view, random)
    said = hand.notes(hand.member, "added" if hand.number else "note")
    if "name" in _switched_on(view):
        # Also where nobody told the member that it was sent.
        hand.shared_name, hand.request.nameless = True, ""
    elif not hand.number and not hand.shared_name:
        hand.request.nameless = hand.real_name
    answer = await hand.member.submits(view, {"note": f"I wonder about {said.token}."})
    shown = words_of(answer.get("view") or {})
    if number := hand.words.number_in("handoff.sent", shown):
        hand.number = number
    elif number := hand.words.number_in("handoff.sent_added", shown):
        hand.number, said.via = number, "added"
    else:
        said.unsure = bool(answer["unsure"])
        if not said.unsure:
            hand.request.said.remove(said)
    await hand.member.closes_windows()


async def _switches(hand: HandOff, view: Json, random: Random) -> Json:
    if not any(block["block_id"] == "fields" for block in view["blocks"]):
        return view
    options = [option["value"] for option in field(view, "fields")["options"]]
    kept = [option for option in options if random.random() < 0.6]
    await hand.member.chooses(view, "fields", kept)
    return next((v for v in await hand.member.windows() if v["id"] == view["id"]), view)


def _switched_on(view: Json) -> set[str]:
    for actions in view["state"]["values"].values():
        for state in actions.values():
            if state["type"] == "checkboxes":
                return {option["value"] for option in state["selected_options"]}
    return set()


async def can_add(hand: HandOff, random: Random) -> bool:
    return bool(hand.number) and hand.request.ended is None and not hand.loose


async def can_write(hand: HandOff, random: Random) -> bool:
    return await hand.ticket() is not None


async def writes(hand: HandOff, random: Random) -> None:
    """The member, in the thread of their message."""
    ticket = await hand.ticket()
    assert ticket is not None
    said = hand.notes(hand.member, "thread")
    hand.last_written = await hand.member.writes(f"And then {said.token}?", ticket["ts"])


async def can_edit(hand: HandOff, random: Random) -> bool:
    return bool(hand.last_written)


async def edits(hand: HandOff, random: Random) -> None:
    """The member changes their last words in the thread; they stay one message."""
    mine = [m for m in await hand.member.messages() if m["ts"] == hand.last_written]
    await hand.member.edits(hand.last_written, f"{mine[0]['text']} Please.")
    hand.last_written = ""


async def looks_at_home(hand: HandOff, random: Random) -> None:
    await hand.member.opens_home()


async def can_withdraw(hand: HandOff, random: Random) -> bool:
    return hand.words.label("withdraw") in labels(await hand.ticket() or {})


async def withdraws(hand: HandOff, random: Random) -> None:
    await presses(hand.member, hand.words.label("withdraw"), await hand.ticket(), random)
    hand.ends("withdrawn")


async def can_reopen(hand: HandOff, random: Random) -> bool:
    return hand.words.label("reopen") in labels(await hand.ticket() or {})


async def reopens(hand: HandOff, random: Random) -> None:
    await presses(hand.member, hand.words.label("reopen"), await hand.ticket(), random)
    hand.request.ended = None
