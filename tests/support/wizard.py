"""Walks through the eligibility dialog as a person does: one step's fields after another."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.cli.running import demo_places
from bot.content import ContentPlaces
from tests.support.talk import Person, Shown, elements

Step = Mapping[str, str]

HOURS = (
    "hours_writing",
    "hours_communication",
    "hours_self_management",
    "hours_technology",
    "hours_organizational_development",
)
ADMINISTRATOR: tuple[Step, ...] = (
    {"role": "principal_administrator", "combined_roles": "no"},
    {"years_experience": "5", "full_time": "yes"},
    {"exempt": "yes", "country": "US"},
    {"employed_now": "yes", "organization": "law_firm"},
    {"endorses_ethics_code": "yes"},
    {**dict.fromkeys(HOURS, "2"), "self_study": "0"},
)
SPECIALIST: tuple[Step, ...] = (
    {"role": "functional_specialist", "specialty": "hr", "combined_roles": "no"},
    ADMINISTRATOR[1],
    {"exempt": "yes", "supervises": "yes", "country": "US"},
    *ADMINISTRATOR[3:],
    {"hours_specialist_extra": "15", "self_study_extra": "0"},
)
UNSURE: tuple[Step, ...] = (
    {"role": "unknown", "combined_roles": "unknown"},
    {"full_time": "unknown"},
    {"exempt": "unknown", "country": "unknown"},
    {"employed_now": "unknown", "organization": "unknown"},
    {"endorses_ethics_code": "unknown"},
    {},
)

APPEARS = "you appear to meet the requirements"
NOT_YET = "From what you told me, not yet."
ASK_ALA = "the published rules do not settle it: ask ALA"
INCOMPLETE = "Some answers are still open"


def changed(steps: Sequence[Step], **values: str) -> tuple[Step, ...]:
    """The same steps with other values where given, each in the step that asks for it."""
    return tuple(
        {**step, **{name: value for name, value in values.items() if name in step}}
        for step in steps
    )


async def fills_in(person: Person, modal: Shown, values: Step) -> Shown:
    """Fill in one step, choosing first what decides on further questions, and send it."""
    for block_id, value in values.items():
        if ("eligibility.choose", block_id) in fields(modal):
            modal = await person.chooses(modal, block_id, value)
    return await person.goes_on(modal, values)


async def walks(person: Person, modal: Shown, steps: Sequence[Step]) -> Shown:
    """Go through steps, from the one that is open; the window after the last."""
    for values in steps:
        modal = await fills_in(person, modal, values)
    return modal


async def the_verdict(person: Person, steps: tuple[Step, ...]) -> Shown:
    """Go through the check from its first step to the verdict."""
    return await walks(person, await person.runs("check"), steps)


async def goes_back(person: Person, modal: Shown) -> Shown:
    """Press Back and wait for the step before."""
    await person.presses("Back", modal)

    async def look() -> Shown | None:
        top = (await person.modals())[-1]
        return top if top.raw["hash"] != modal.raw["hash"] else None

    shown: Shown = await person.talk.until(look, "the step before")
    return shown


def fields(modal: Shown) -> list[tuple[str, str]]:
    """(action id, question) of each field that is shown, from top to bottom."""
    return [(e["action_id"], b) for b, e in elements(modal.raw) if e["type"] != "button"]


def asked(modal: Shown) -> list[str]:
    """The questions that are shown, from top to bottom."""
    return [question for _, question in fields(modal)]


def filled_in(modal: Shown) -> dict[str, str]:
    """What stands in the fields when the step is shown."""
    found = {}
    for question, element in elements(modal.raw):
        if option := element.get("initial_option"):
            found[question] = option["value"]
        elif "initial_value" in element:
            found[question] = element["initial_value"]
    return found


def title(modal: Shown) -> str:
    return str(modal.raw["title"]["text"])


def places_with(folder: Path, **facts: str) -> ContentPlaces:
    """A copy of the shipped content of the demo's chapter, with other numbers in program.yaml."""
    demo = demo_places()
    shutil.copytree(demo.shipped, folder)
    program = folder / "program.yaml"
    text = program.read_text(encoding="utf-8")
    for name, value in facts.items():
        before, found, after = text.partition(f"\n  {name}:\n    value: ")
        assert found, name
        text = before + found + value + after[after.index("\n") :]
    program.write_text(text, encoding="utf-8")
    return ContentPlaces(shipped=folder, chapter=demo.chapter)
