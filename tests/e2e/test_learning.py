"""What nobody could answer: asked by two, answered by the chair, told to both, known to all."""

import pytest

from tests.support.handing_off import sees_anew
from tests.support.learning_windows import (
    ALIKE,
    ANSWER,
    TELL_ME,
    UNKNOWN,
    answers,
    inputs,
    turns_to,
    window,
    wishes,
)
from tests.support.talk import Person, Shown, Stuck, Talk


@pytest.fixture
async def chair(talk: Talk) -> Person:
    return talk.as_("christina")


async def test_whoever_asked_and_wished_gets_the_answer_once(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """Ada and Ben ask something unknown and press "tell me"; the chair sees the questions without
    names, writes the answer, publishes it; both get it once, and the next who asks at once."""
    ben = talk.as_("ben")
    await wishes(ada, UNKNOWN)
    await wishes(ben, ALIKE)
    listed = await chair.runs("chair questions")
    assert "Asked 2 times" in listed.words
    group = await turns_to(chair, "Open", listed, "You never see who asked")
    for words in (UNKNOWN, ALIKE, "2 people want to hear"):
        assert words in group.words
    for secret in ("Ada", "Ben", "U0ADA", "U0BEN"):
        assert secret not in str(listed.raw) + str(group.raw)
    await answers(chair, group)
    for person, asked in ((ada, UNKNOWN), (ben, ALIKE)):
        told = await person.sees("There is an answer now")
        assert f"You asked: “{asked}”" in told.text
        assert ANSWER in told.text and "not yet approved" in told.text
    await talk.quiet()
    for person in (ada, ben):
        assert len([m for m in await person.messages() if "There is an answer now" in m.text]) == 1
    assert ANSWER in (await talk.as_("mira").says(UNKNOWN)).text
    assert "Nothing waits" in (await chair.runs("chair questions")).words


async def test_an_answer_of_the_bank_is_assigned(talk: Talk, ada: Person, chair: Person) -> None:
    """The chair looks for an answer that is there already and chooses it: Ada is told, and her
    words lead there from now on."""
    await wishes(ada, UNKNOWN)
    group = await turns_to(chair, "Open", await chair.runs("chair questions"), "You never see")
    near = await turns_to(chair, "This is answered by …", group, "The answers nearest to it")
    refused = await chair.submits(near, {})
    assert "choose it" in refused["errors"]["words"]
    found = await chair.goes_on(near, {"words": "exam format"})
    assert "What I found" in found.words
    field = next(block for block, _ in inputs(found) if block.startswith("entry:"))
    await chair.submits(found, {field: "exam-format"})
    await window(chair, "Whoever asks in these words")
    told = await ada.sees("There is an answer now")
    assert "125 multiple-choice" in told.text
    assert "125 multiple-choice" in (await talk.as_("ben").says(UNKNOWN)).text
    assert talk.rows("SELECT settled FROM unknown_questions") == [("exam-format",)]


async def test_what_is_not_for_the_chapter_is_put_aside_and_taken_back(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """ "Not for us" empties the list; a slip is taken back at once."""
    await ada.says(UNKNOWN)
    group = await turns_to(chair, "Open", await chair.runs("chair questions"), "You never see")
    aside = await turns_to(chair, "Not for us", group, "Put aside")
    again = await turns_to(chair, "Take it back", aside, "You never see")
    aside = await turns_to(chair, "Not for us", again, "Put aside")
    await turns_to(chair, "Back to the list", aside, "Nothing waits")


async def test_a_wrong_answer_is_listed_and_changed(talk: Talk, ada: Person, chair: Person) -> None:
    """Ada's "No" shows with the question and the answer; the chair changes it from there, and it
    leaves the list."""
    reply = await ada.says("What is the format of the exam?")
    told = await ada.presses_for("No", reply)
    assert "without your name" in told.text
    listed = await chair.runs("chair questions")
    assert "voted wrong" in listed.words
    group = await turns_to(chair, "Open", listed, "Edit that answer")
    form = await turns_to(chair, "Edit that answer", group, "Other ways to ask this")
    preview = await chair.goes_on(form, {"answer": "It has {exam_questions} questions."})
    await chair.goes_on(preview)
    await talk.quiet()
    assert "Nothing waits" in (await chair.runs("chair questions")).words


async def test_tell_me_twice_and_taken_back(talk: Talk, ada: Person) -> None:
    """A second press says that it is known; "Don't tell me" ends it."""
    reply = await wishes(ada, UNKNOWN)
    again = await ada.presses_for(TELL_ME, reply)
    assert "You have asked me to tell you" in again.text
    await ada.presses("Don't tell me after all", again)
    await ada.sees("Good, I won't")
    assert talk.rows("SELECT * FROM wishes") == []


async def test_in_a_channel_only_whoever_asked_can_wish(talk: Talk, ada: Person) -> None:
    """Somebody else's press on a public reply is answered with the way to wish for themselves."""
    await ada.writes(f"@clm {UNKNOWN}", channel="clm")
    public = await ada.sees("I keep this question", channel="clm")
    assert public.buttons == ["Talk to the chair", TELL_ME, "Don't keep it"]
    ben = talk.as_("ben")
    await ben.presses(TELL_ME, public, channel="clm")
    await ben.sees("Only whoever asked can wish for that", channel="clm")
    assert talk.rows("SELECT * FROM wishes") == []
    await ada.presses(TELL_ME, public, channel="clm")
    await ada.sees("as soon as there is an answer", channel="clm")
    assert len(talk.rows("SELECT * FROM wishes")) == 1


async def test_a_member_who_tries_the_list_is_told_kindly(talk: Talk, ada: Person) -> None:
    """The list is for those who edit; a member's question in it stays unseen by them."""
    await talk.as_("ben").says(UNKNOWN)
    shown = await ada.runs("chair questions")
    assert "Only the CLM committee chair" in shown.text
    assert UNKNOWN not in str(shown.raw)


async def test_a_click_on_did_you_mean_is_proposed_and_accepted(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """The words that Ada chose an answer for wait for the chair; accepted, they get it at once."""
    said, clarified = await offered(ada)
    await ada.presses_for(clarified.buttons[0], clarified)
    await talk.quiet()
    assert talk.rows("SELECT text, state FROM proposals") == [(said, "open")]
    listed = await chair.runs("chair wordings")
    assert said in listed.words and "Ada" not in str(listed.raw)
    await turns_to(chair, "Accept", listed, "I understand them from now on")
    await talk.quiet()
    answer = await talk.as_("ben").says(said)
    assert "Did you mean" not in answer.text
    assert talk.rows("SELECT state FROM proposals") == [("accepted",)]
    assert talk.rows("SELECT count(*) FROM revisions") == [(1,)]


async def test_a_rejected_wording_is_not_proposed_again(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """The list is empty after a no, and the same click makes no second proposal."""
    said, clarified = await offered(ada)
    await ada.presses_for(clarified.buttons[0], clarified)
    await talk.quiet()
    await turns_to(chair, "Reject", await chair.runs("chair wordings"), "No wordings wait")
    again = await talk.as_("ben").says(said)
    await talk.as_("ben").presses_for(clarified.buttons[0], again)
    await talk.quiet()
    assert talk.rows("SELECT state FROM proposals") == [("rejected",)]


CANDIDATES = (
    "exam and fee",
    "how about the exam stuff",
    "hours and years",
    "renewal or retake",
    "courses for the exam",
    "deadline fee",
)


async def offered(person: Person) -> tuple[str, Shown]:
    """Words at which the bot asks back."""
    for said in CANDIDATES:
        reply = await person.says(said)
        if "Did you mean one of these" in reply.text:
            return said, reply
    raise Stuck("no words at which the bot asks back")


REPLY = """Hi Ada,

Yes, the firm may pay the fee. Ask Christina Bloom or write to chair@example.org.

Best,
Christina"""


async def test_a_reply_becomes_an_answer_without_names(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """On a closed request the chair saves the reply: names, greeting and signature are gone, the
    window asks to read it once more, and what is published is what the next member reads; whoever
    had wished for an answer to the same question gets it."""
    await wishes(talk.as_("mira"), UNKNOWN)
    unknown = await ada.says(UNKNOWN)
    await ada.goes_on(await ada.opens("Talk to the chair", unknown), {"note": "Ada here."})
    card = await chair.sees("Request no. 1")
    await chair.submits(await chair.opens("Reply", card), {"reply": REPLY})
    await ada.sees("the firm may pay")
    card = await sees_anew(chair, card, "Answered")
    await chair.submits(await chair.opens("Close", card), {"outcome": "answered"})
    card = await until_button(chair, card, "Save as answer")
    asked = await chair.opens("Save as answer", card)
    cleared = "Yes, the firm may pay the fee. Ask … or write to …."
    assert cleared in asked.words and "read it once more" in asked.words
    for name in ("Ada", "Christina", "Best", "chair@example.org"):
        assert name not in asked.words
    await chair.submits(asked)
    form = await window(chair, "Other ways to ask this")
    assert cleared in str(form.raw) and "Which bus goes to the stadium" in str(form.raw)
    answer = "Yes, the firm may pay the fee."
    await chair.goes_on(
        await chair.goes_on(form, {"answer": answer, "sources": ["about-this-bot"]})
    )
    told = await talk.as_("mira").sees("There is an answer now")
    assert answer in told.text
    await talk.quiet()
    assert "Nothing waits" in (await chair.runs("chair questions")).words
    assert answer in (await talk.as_("ben").says(UNKNOWN)).text


async def until_button(person: Person, shown: Shown, button: str) -> Shown:
    """Wait until a message that stands has this button."""

    async def look() -> Shown | None:
        found = [m for m in await person.messages() if m.ts == shown.ts and button in m.buttons]
        return found[0] if found else None

    edited: Shown = await person.talk.until(look, f"{button!r} on the card")
    return edited
