"""Everything that is kept, shown to the member; taken along as files; erased in two steps."""

import csv
import io
import json

import pytest

from tests.e2e.test_privacy import NOTE, PRIVATE, QUESTION, leaves_traces
from tests.support.talk import Person, Shown, Talk

KEPT = (
    "Questions you asked, with what I answered:",
    "Questions I could not answer, kept without your name for the chair:",
    "Votes on answers;",
    "Answers of your finished check:",
    "Requests to the chair, with their messages;",
    "That we have met",
)


async def test_the_page_names_everything_that_is_kept(talk: Talk, ada: Person) -> None:
    """Each kind stands there with how much, since when, who saw it and when it goes; the request
    was seen by the chair, the question without an answer by whoever may answer it."""
    await leaves_traces(talk, ada)
    page = await ada.runs("privacy")
    for kind in KEPT:
        assert kind in page.words
    lines = page.words.splitlines()
    request = next(line for line in lines if "Requests to the chair" in line)
    assert "Seen by <@U0CHRISTINA>" in request
    unanswered = next(line for line in lines if "Questions I could not answer" in line)
    assert "Seen by <@U0CHRISTINA>, <@U0DEV>" in unanswered
    assert "Goes by itself 730 days after they are closed." in request
    met = next(line for line in lines if "That we have met" in line)
    assert "Goes by itself 1,825 days after I last heard from you." in met
    votes = next(line for line in lines if "Votes on answers" in line)
    assert "Seen by you alone" in votes
    assert page.buttons == ["Send me all of it", "Erase my data"]


async def test_the_page_tells_a_newcomer_that_nothing_is_kept(ada: Person) -> None:
    """Asking what is kept keeps nothing by itself."""
    assert "I keep nothing about you" in (await ada.runs("privacy")).words
    assert (await ada.runs("privacy")).buttons == []


async def test_the_word_alone_brings_the_page(ada: Person) -> None:
    """Typed to the bot directly, "privacy" brings the page into the conversation."""
    await ada.says(QUESTION)
    page = await ada.says("privacy")
    assert "Questions you asked, with what I answered: 1" in page.words
    assert "Erase my data" in page.buttons


async def test_asking_to_erase_offers_to_look_first(ada: Person) -> None:
    """Whoever asks about their data in their own words can see what is kept before erasing it."""
    await ada.says(QUESTION)
    shown = await ada.says("delete my data")
    assert shown.buttons[:2] == ["Erase my data", "My data"]
    await ada.presses("My data", shown)
    page = await ada.sees("What I keep about you")
    assert "Send me all of it" in page.buttons


async def test_the_page_shows_nothing_of_anybody_else(talk: Talk, ada: Person) -> None:
    """What Ada left behind appears on no page but hers."""
    await leaves_traces(talk, ada)
    ben = talk.as_("ben")
    page = await ben.runs("privacy")
    assert "Questions you asked" not in page.words  # he only voted
    assert "Votes on answers" in page.words


async def files_of(person: Person) -> dict[str, bytes]:
    """The bytes of every file that the person sees in their direct conversation, by its ending."""
    found = {}
    for message in await person.messages():
        for file in message.raw.get("files") or ():
            url = file["url_private"]
            async with person.talk._http.get(url, headers=_token(person.talk)) as answer:
                found[file["name"].rsplit(".", 1)[-1]] = await answer.read()
    return found


def _token(talk: Talk) -> dict[str, str]:
    return {"Authorization": f"Bearer {talk.slack.bot_token}"}


async def test_everything_can_be_taken_along(talk: Talk, ada: Person) -> None:
    """The export brings two files with all of it, into the direct conversation alone; in the
    table nothing that the member wrote becomes a formula."""
    await ada.says("=HYPERLINK(1)+cmd who knows this")
    await leaves_traces(talk, ada)
    page = await ada.runs("privacy")
    await ada.presses("Send me all of it", page, channel="clm")
    await ada.sees("everything I keep about you, as I keep it")
    files = await files_of(ada)
    kept = json.loads(files["json"])
    assert QUESTION in {turn["question"] for turn in kept["turns"]}
    assert NOTE in kept["tickets"][0]["shared"]
    assert {"turns", "votes", "profiles", "tickets", "ticket_history", "members"} <= set(kept)
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    assert rows[0] == ["What", "No.", "Field", "Value"]
    assert any(PRIVATE in row[3] for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    shown_elsewhere = [m for m in await talk.as_("ben").messages("clm") if m.raw.get("files")]
    assert shown_elsewhere == []


async def at_second_step(person: Person) -> Shown:
    return await person.goes_on(await person.runs("delete my data"))


@pytest.mark.parametrize("typed", ["yes", "e r a s e", "eras", "erased"])
async def test_another_word_erases_nothing(talk: Talk, ada: Person, typed: str) -> None:
    """A word that is not the one asked for is told at its field, and all is still there."""
    await ada.says(QUESTION)
    really = await at_second_step(ada)
    answer = await ada.submits(really, {"word": typed})
    assert "Type erase to erase everything" in str(answer["errors"]["word"])
    assert (QUESTION,) in talk.rows("SELECT question FROM turns")


@pytest.mark.parametrize("typed", ["erase", "Erase", " ERASE. ", "“erase”"])
async def test_the_word_may_be_typed_as_people_type(talk: Talk, ada: Person, typed: str) -> None:
    """Capitals, spaces, a full stop or quotation marks do no harm."""
    await ada.says(QUESTION)
    done = await ada.goes_on(await at_second_step(ada), {"word": typed})
    assert "I no longer keep anything about you" in done.words
    assert talk.rows("SELECT * FROM turns") == []


async def test_a_question_without_an_answer_is_kept_without_a_name(talk: Talk, ada: Person) -> None:
    """The bot says so at once, and what is kept for the chair holds no name."""
    answer = await ada.says(PRIVATE)
    assert "I keep this question, without your name" in answer.words
    assert talk.rows("SELECT question FROM unknown_questions") == [(PRIVATE,)]
    columns = talk.rows("SELECT name FROM pragma_table_info('unknown_questions')")
    settled = {"settled", "settled_at", "gathered"}
    assert {name for (name,) in columns} == {"turn", "workspace", "question", "at", *settled}


async def test_dont_keep_it_deletes_the_words(talk: Talk, ada: Person) -> None:
    """One press and neither the kept question nor the member's own turn holds the words; the
    message no longer says that it is kept."""
    answer = await ada.says(PRIVATE)
    await ada.presses("Don't keep it", answer)
    await ada.sees("That question is deleted")
    await talk.quiet()
    assert talk.rows("SELECT * FROM unknown_questions") == []
    assert talk.rows("SELECT question, first_wording FROM turns") == [("", "")]
    now = next(m for m in await ada.messages() if m.ts == answer.ts)
    assert "I keep this question" not in now.words
    assert now.buttons == ["Talk to the chair"]


async def test_in_a_channel_only_whoever_asked_can_delete(talk: Talk, ada: Person) -> None:
    """Somebody else's press on the public answer deletes nothing, and that is said to them."""
    await ada.writes(f"@clm {PRIVATE}", channel="clm")
    public = await ada.sees("I keep this question", channel="clm")
    ben = talk.as_("ben")
    await ben.presses("Don't keep it", public, channel="clm")
    await ben.sees("Only whoever asked", channel="clm")
    assert talk.rows("SELECT question FROM unknown_questions") == [(PRIVATE,)]
    await ada.presses("Don't keep it", public, channel="clm")
    await ada.sees("That question is deleted", channel="clm")
    assert talk.rows("SELECT * FROM unknown_questions") == []


async def test_a_private_answer_to_the_command_offers_it_too(talk: Talk, ada: Person) -> None:
    """After /clm the note and its button work alike, pressed twice as well."""
    answer = await ada.runs(PRIVATE)
    await ada.presses("Don't keep it", answer, channel="clm")
    await ada.sees("That question is deleted", channel="clm")
    await talk.quiet()
    assert talk.rows("SELECT * FROM unknown_questions") == []


async def test_what_is_answered_is_not_kept_for_the_chair(talk: Talk, ada: Person) -> None:
    """What got an answer leaves no question behind, and one that is edited into a question with
    an answer is taken back."""
    await ada.says(QUESTION)
    unknown = await ada.writes(PRIVATE)
    await ada.sees("I keep this question")
    await talk.post("edit-message", user="ada", channel="dm", ts=unknown, text=QUESTION)
    await talk.until(lambda: nothing_kept(talk), "the question to be taken back")


async def nothing_kept(talk: Talk) -> bool:
    return talk.rows("SELECT * FROM unknown_questions") == []


async def test_erasing_takes_the_kept_questions_along(talk: Talk, ada: Person) -> None:
    """What the member asked and nobody could answer goes with all the rest."""
    await ada.says(PRIVATE)
    await ada.goes_on(await at_second_step(ada), {"word": "erase"})
    assert talk.rows("SELECT * FROM unknown_questions") == []
