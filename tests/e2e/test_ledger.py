"""The hours ledger on the playground: entering, changing, deleting, and plain words."""

import asyncio
from pathlib import Path

import pytest

from bot.services import ledger
from handlers.slack.ids import member_ref, workspace_of
from tests.support.database import told_to
from tests.support.talk import Person, Shown, Talk, local_slack, talk_on
from tests.support.wizard import filled_in

COURSE = {
    "day": "yesterday",
    "title": "Plain English for lawyers",
    "amount": "1,5",
    "category": "writing",
    "kind": "live",
}
COUNTS = "Counts: 1.5 hours toward writing skills"


async def saved(person: Person, **changed: str) -> Shown:
    """Enter a course by /clm hours; the window that says what it counts."""
    return await person.goes_on(await person.runs("hours"), {**COURSE, **changed})


async def shows(talk: Talk, person: Person, text: str) -> Shown:
    """Wait until the window on top says something."""

    async def look() -> Shown | None:
        top = (await person.modals())[-1]
        return top if text in top.words else None

    shown: Shown = await talk.until(look, f"a window with {text!r}")
    return shown


async def own_message(person: Person, text: str) -> Shown:
    """The entry's message in the direct conversation, with its buttons."""
    await person.talk.quiet()
    return await person.sees(text)


async def test_a_course_is_entered_and_judged(talk: Talk, ada: Person) -> None:
    """The window says what counts and until when; the direct conversation keeps it with buttons."""
    window = await saved(ada)
    assert COUNTS in window.words
    told = await own_message(ada, COUNTS)
    assert told.buttons == ["Change", "Delete", "Enter a course"]
    assert COUNTS in told.text
    assert talk.rows("SELECT title, amount, category FROM ledger") == [
        ("Plain English for lawyers", "1.5", "writing")
    ]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"amount": "0.25"}, "Does not count: a session has to last at least 1 hour."),
        ({"amount": "one and a half", "kind": "webinar"}, COUNTS),
        ({"kind": "recording"}, "Does not count: listening to a recording"),
        ({"kind": "vendor_demo"}, "Does not count: vendor demos"),
        ({"kind": "round_table"}, "Does not count: round tables"),
        ({"kind": "social"}, "Does not count: social events"),
        ({"kind": "teaching"}, "Does not count: by the rules that I have, teaching"),
        ({"amount": "7", "kind": "self_study"}, "Counts in part: 4 hours of 7 hours."),
        ({"amount": "1", "kind": "college_semester_credit"}, "the credits are worth 15 hours"),
        ({"day": "29 Feb 2024"}, "Does not count: for an application on"),
        ({"category": "unsure"}, "Not certain: it has no category yet."),
        ({"category": "specialist_extra"}, "Not certain: extra hours count for functional"),
        (
            {"category": "none", "subject": "financial_management"},
            "serves keeping the CLM only",
        ),
    ],
)
async def test_each_course_is_told_what_it_counts(
    ada: Person, changed: dict[str, str], says: str
) -> None:
    """Too short, too old, the wrong kind, beyond a limit or unsure: kept, and said why."""
    assert says in (await saved(ada, **changed)).words


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"amount": "0"}, "amount", "A course without any time"),
        ({"amount": "2-3"}, "amount", "a single number"),
        ({"amount": "plenty"}, "amount", "can't read this as a number"),
        ({"amount": "1500"}, "amount", "more than 100 hours"),
        ({"amount": "60", "kind": "college_semester_credit"}, "amount", "30 credits"),
        ({"day": "tomorrow or so"}, "day", "can't read this as a day"),
        ({"day": "31 December 2099"}, "day", "has not come yet"),
        ({"day": "29 February 2025"}, "day", "no such day"),
        ({"day": "03/04"}, "day", "March 4 or April 3"),
        ({"category": "none"}, "category", "needs a subject"),
        ({"proof": "javascript:alert(1)"}, "proof", "does not look like a link"),
    ],
)
async def test_bad_input_is_told_at_its_field(
    talk: Talk, ada: Person, changed: dict[str, str], field: str, says: str
) -> None:
    """What cannot be right is named at its field; nothing typed is lost and nothing is kept."""
    modal = await ada.runs("hours")
    answer = await ada.submits(modal, {**COURSE, **changed})
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [field]
    assert says in answer["errors"][field]
    assert talk.rows("SELECT count(*) FROM ledger") == [(0,)]
    assert COUNTS in (await ada.goes_on(modal, {**COURSE, "proof": ""})).words


async def test_a_title_is_kept_as_it_was_typed(talk: Talk, ada: Person) -> None:
    """Emoji, formulas and markup in a title come back letter by letter, and mean nothing."""
    title = '=HYPERLINK("http://x.example") :tada: 🎉 <!channel> *bold*'
    assert title in (await saved(ada, title=title)).words
    assert talk.rows("SELECT title FROM ledger") == [(title,)]


async def test_the_same_submit_twice_is_one_entry(talk: Talk, ada: Person) -> None:
    """Two quick clicks on Save keep the course once and say so twice."""
    modal = await ada.runs("hours")
    both = await asyncio.gather(*(ada.submits(modal, COURSE) for _ in range(2)))
    assert [answer["response_action"] for answer in both] == ["update", "update"]
    assert talk.rows("SELECT count(*) FROM ledger") == [(1,)]


async def test_a_course_that_looks_the_same_is_asked_about(talk: Talk, ada: Person) -> None:
    """A second entry of the same day and title is kept only when the member says so."""
    await saved(ada)
    modal = await ada.runs("hours")
    warned = await ada.goes_on(modal, {**COURSE, "title": "plain english for Lawyers"})
    assert "You may have entered this course before" in warned.words
    assert talk.rows("SELECT count(*) FROM ledger") == [(1,)]
    assert filled_in(warned)["title"] == "plain english for Lawyers"
    kept = await ada.goes_on(warned, {})
    assert COUNTS in kept.words
    assert talk.rows("SELECT count(*) FROM ledger") == [(2,)]


async def test_a_restart_between_opening_and_sending_loses_nothing(tmp_path: Path) -> None:
    """A form that was opened before the bot restarted is kept when it is sent."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            modal = await talk.as_("ada").runs("log 2 h of writing, webinar by ALA on 3 Nov")
        async with talk_on(slack, tmp_path) as talk:
            ada = talk.as_("ada")
            window = await ada.goes_on(modal, {"title": "Clear letters"})
            assert "Clear letters" in window.words
            assert "ALA" in window.words
            assert "Clear letters" in (await own_message(ada, "Clear letters")).text


async def test_plain_words_after_the_command_fill_the_form(ada: Person) -> None:
    """What was said stands in its field; what was not said stays empty."""
    modal = await ada.runs("log 1.5 h communication skills, webinar by ALA on 2026-11-03")
    assert filled_in(modal) == {
        "day": "November 3, 2026",
        "amount": "1.5",
        "category": "communication",
        "kind": "webinar",
        "provider": "ALA",
    }


async def test_plain_words_in_the_conversation_are_repeated_first(talk: Talk, ada: Person) -> None:
    """`log ...` in the DM says what was understood, and keeps nothing before it is checked."""
    heard = await ada.says("log 90 minutes of technology, self-study, yesterday")
    for part in ("Hours: 1.5", "Category for the application: information technology", "Kind:"):
        assert part in heard.text
    assert "Nothing is kept yet" in heard.text
    modal = await ada.opens("Check and save", heard)
    assert filled_in(modal)["amount"] == "1.5"
    assert talk.rows("SELECT count(*) FROM ledger") == [(0,)]
    assert "Excel" in (await ada.goes_on(modal, {"title": "Excel"})).words


async def test_free_wording_leads_to_the_form(ada: Person) -> None:
    """A request in the member's own words opens the form with what it said."""
    offer = await ada.says("I want to log my education hours, 2 hours of a webinar")
    modal = await ada.opens("Check and save", offer)
    assert filled_in(modal) == {"amount": "2", "kind": "webinar"}


async def test_a_stranger_cannot_open_what_another_said(talk: Talk, ada: Person) -> None:
    """The button under somebody else's words opens an empty form."""
    asked = "<@U0CLMBOT> I want to log my education hours, 2 hours of a webinar"
    answer = await ada.says(asked, "clm")
    assert filled_in(await ada.opens("Enter my hours", answer))["amount"] == "2"
    assert filled_in(await talk.as_("ben").opens("Enter my hours", answer)) == {}


async def test_windows_lie_over_one_another(talk: Talk, ada: Person) -> None:
    """From the form to the list to an entry, deleted and brought back there, nothing gets lost."""
    await saved(ada)
    await talk.post("close", user="ada")
    listed = await ada.opens("Show all", await ada.runs("hours"))
    entry = await ada.opens("Change", listed)
    await ada.presses("Delete", entry)
    gone = await shows(talk, ada, "Deleted: ")
    assert gone.buttons == ["Bring it back"]
    await talk.quiet()
    assert "not entered any courses yet" in (await ada.modals())[-2].words
    await ada.presses("Bring it back", gone)
    await shows(talk, ada, COUNTS)
    await talk.quiet()
    assert "1 in all" in (await ada.modals())[-2].words
    assert talk.rows("SELECT count(*) FROM ledger WHERE deleted_at IS NULL") == [(1,)]


async def test_an_entry_of_the_chapter_is_changed_only_in_its_notes(
    talk: Talk, ada: Person
) -> None:
    """What the chapter confirmed is shown and not offered as fields; the note is kept."""
    await saved(ada)
    told = await own_message(ada, COUNTS)
    told_to(talk.runtime.database, "UPDATE ledger SET session = 1")
    form = await ada.opens("Change", told)
    assert "The chapter confirmed this" in form.words
    assert set(filled_in(form)) == set()
    await ada.goes_on(form, {"note": "Slides kept"})
    assert talk.rows("SELECT note, amount FROM ledger") == [("Slides kept", "1.5")]


async def test_a_word_in_the_conversation_shows_the_latest(ada: Person) -> None:
    """`hours` in the DM shows the latest courses and the button to add one."""
    none = await ada.says("hours")
    assert "not entered any courses yet" in none.text
    await saved(ada)
    await own_message(ada, COUNTS)
    shown = await ada.says("hours")
    assert COUNTS in shown.text
    assert shown.buttons[:2] == ["Enter a course", "Show all"]


async def test_an_entry_is_changed_where_it_stands(talk: Talk, ada: Person) -> None:
    """Change opens the form filled in; the message then shows the new entry and no second one."""
    await saved(ada)
    told = await own_message(ada, COUNTS)
    modal = await ada.opens("Change", told)
    assert filled_in(modal)["title"] == COURSE["title"]
    window = await ada.goes_on(modal, {"amount": "3"})
    assert "Counts: 3 hours toward writing skills" in window.words
    after = await own_message(ada, "Counts: 3 hours")
    assert after.ts == told.ts
    assert talk.rows("SELECT amount, version FROM ledger") == [("3", 2)]


async def test_of_two_windows_the_later_one_is_told(talk: Talk, ada: Person) -> None:
    """A form that was overtaken in another window says so, keeps what was typed, and can go on."""
    await saved(ada)
    told = await own_message(ada, COUNTS)
    first = await ada.opens("Change", told)
    raw = {**COURSE, "amount": "3"}
    me = member_ref(workspace_of({"team_id": "T0CHAPTER"}), "U0ADA")
    await talk.runtime.run(ledger.change, workspace_of({"team_id": "T0CHAPTER"}), me, 1, 1, raw)
    late = await ada.goes_on(first, {"title": "Clear letters"})
    assert "changed in another window" in late.words
    assert "3 hours" in late.words
    assert talk.rows("SELECT amount, title FROM ledger") == [("3", COURSE["title"])]
    await ada.goes_on(late, {"amount": "2"})
    assert talk.rows("SELECT amount, title FROM ledger") == [("2", "Clear letters")]


async def test_a_change_to_a_deleted_entry_is_not_lost(talk: Talk, ada: Person) -> None:
    """Who changes an entry that was deleted meanwhile finds what they typed in a new form."""
    await saved(ada)
    told = await own_message(ada, COUNTS)
    modal = await ada.opens("Change", told)
    await ada.presses("Delete", told)
    await own_message(ada, "Deleted: ")
    again = await ada.goes_on(modal, {"title": "Clear letters"})
    assert "deleted meanwhile" in again.words
    assert filled_in(again)["title"] == "Clear letters"
    assert "Clear letters" in (await ada.goes_on(again)).words
    kept = "SELECT title FROM ledger WHERE deleted_at IS NULL"
    assert talk.rows(kept) == [("Clear letters",)]


async def test_the_list_turns_its_pages_and_changes_entries(talk: Talk, ada: Person) -> None:
    """All entries, the newest first, in pages of ten; a change shows in the list below it."""
    for day in range(1, 13):
        await saved(ada, day=f"2026-10-{day:02}", title=f"Course {day}")
        await talk.post("close", user="ada")
    await talk.quiet()
    listed = await ada.opens("Show all", await ada.says("hours"))
    assert "Page 1 of 2, 12 in all" in listed.words
    assert listed.words.index("Course 12") < listed.words.index("Course 4")
    await ada.presses("Older", listed)

    older = await shows(talk, ada, "Page 2 of 2")
    assert older.buttons == ["Change", "Change", "Newer", "Enter a course"]
    form = await ada.opens("Change", older)
    assert filled_in(form)["title"] == "Course 2"
    await ada.goes_on(form, {"title": "Clear letters"})
    await talk.quiet()
    await talk.post("close", user="ada")
    assert "Clear letters" in (await ada.modals())[-1].words


async def test_a_deleted_entry_can_be_brought_back(talk: Talk, ada: Person) -> None:
    """Delete replaces the message by one with the way back; both presses can come twice."""
    await saved(ada)
    told = await own_message(ada, COUNTS)
    await ada.presses("Delete", told)
    gone = await own_message(ada, "Deleted: ")
    assert gone.ts == told.ts
    assert gone.buttons == ["Bring it back"]
    assert talk.rows("SELECT count(*) FROM ledger WHERE deleted_at IS NULL") == [(0,)]
    await ada.presses("Bring it back", gone)
    back = await own_message(ada, COUNTS)
    assert back.ts == told.ts
    assert talk.rows("SELECT count(*) FROM ledger WHERE deleted_at IS NULL") == [(1,)]
