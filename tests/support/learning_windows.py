"""The desk's windows of questions, used as the chair uses them, and the members' wishes."""

from tests.support.talk import Person, Shown

UNKNOWN = "which bus goes to the stadium on saturday"
ALIKE = "on saturday, which bus goes to the stadium?"
ANSWER = "Take the bus from the corner; it leaves when the game ends."
TELL_ME = "Tell me when there is an answer"


async def window(person: Person, text: str) -> Shown:
    """Wait for a window that says this."""

    async def look() -> Shown | None:
        found = [view for view in await person.modals() if text in view.words]
        return found[-1] if found else None

    shown: Shown = await person.talk.until(look, f"a window with {text!r}")
    return shown


async def turns_to(person: Person, button: str, on: Shown, text: str) -> Shown:
    """Press a button in a window, and wait for one that says this."""
    await person.presses(button, on)
    return await window(person, text)


async def wishes(person: Person, question: str) -> Shown:
    """Ask what nobody can answer, and press "tell me"."""
    reply = await person.says(question)
    note = await person.presses_for(TELL_ME, reply)
    assert "as soon as there is an answer" in note.text
    return reply


async def answers(chair: Person, group: Shown, answer: str = ANSWER) -> None:
    """Write an answer to an opened group and publish it."""
    form = await turns_to(chair, "Write an answer", group, "Other ways to ask this")
    preview = await chair.goes_on(form, {"answer": answer, "sources": ["about-this-bot"]})
    assert answer in preview.words
    await chair.goes_on(preview)


def inputs(view: Shown) -> list[tuple[str, str]]:
    """The fields of a window, each with its kind."""
    return [(b["block_id"], b["type"]) for b in view.raw["blocks"] if b["type"] == "input"]
