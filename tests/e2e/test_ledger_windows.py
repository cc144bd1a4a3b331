"""The windows of the ledger above one another, as deep as Slack lets them lie."""

from tests.e2e.test_ledger import COUNTS, COURSE, saved, shows
from tests.support.talk import Person, Talk

THIRD = "Third course"


async def test_every_button_of_the_topmost_window_works(talk: Talk, ada: Person) -> None:
    """In the third window an entry brought back can be changed, and another one entered."""
    await saved(ada)
    await talk.post("close", user="ada")
    listed = await ada.opens("Show all", await ada.runs("hours"))
    await ada.presses("Delete", await ada.opens("Change", listed))
    await ada.presses("Bring it back", await shows(talk, ada, "Deleted: "))
    await ada.presses("Change", await shows(talk, ada, COUNTS))
    form = await shows(talk, ada, "Given by")
    kept = await ada.goes_on(form, {"title": "Second title"})
    assert "Second title" in kept.words
    await ada.presses("Enter a course", kept)
    form = await shows(talk, ada, "Given by")
    assert form.buttons == []
    await ada.goes_on(form, {**COURSE, "title": THIRD, "day": "last Friday"})
    await talk.quiet()
    assert len(await ada.modals()) == 3
    assert "2 in all" in (await ada.modals())[-2].words


async def test_a_course_entered_from_the_list_leaves_the_form_below_alone(
    talk: Talk, ada: Person
) -> None:
    """Of a form, the list over it and a form over that, saving the last renews the list only."""
    await saved(ada)
    await talk.post("close", user="ada")
    below = await ada.runs("hours")
    listed = await ada.opens("Show all", below)
    form = await ada.opens("Enter a course", listed)
    await ada.goes_on(form, {**COURSE, "title": THIRD, "day": "last Friday"})
    await talk.quiet()
    first, second, _ = await ada.modals()
    assert first.raw["callback_id"] == "ledger.save"
    assert THIRD in second.words
