"""Asking: in the DM, by mention, by command, by button, by window."""

from tests.support.talk import Person, Talk

HOURS = "how many education hours do I need before I can apply?"
UNSURE = "the deadline"
UNKNOWN = "which bus goes to the stadium on saturday"


async def test_a_question_in_the_dm_gets_the_answer_with_source_and_date(ada: Person) -> None:
    """A member asks in the DM, without a mention, and reads answer, source and as-of date."""
    answer = await ada.says(HOURS)
    assert "10 hours" in answer.text
    assert "Source:" in answer.text
    assert "As of" in answer.text


async def test_an_answer_says_quietly_that_no_committee_has_approved_it(ada: Person) -> None:
    """Until the committee approves an answer, one line below it says so."""
    answer = await ada.says(HOURS)
    assert "not yet approved" in answer.text


async def test_an_answer_offers_related_questions_a_vote_and_the_chair(ada: Person) -> None:
    """Below an answer are up to three related questions, "Was this right?" and the chair."""
    answer = await ada.says(HOURS)
    assert "Was this right?" in answer.words
    assert answer.buttons[-1] == "Talk to the chair"
    assert 1 <= len(answer.buttons[:-1]) <= 3


async def test_an_answer_about_people_offers_the_chair_once(ada: Person) -> None:
    """Where the chair is also among the related questions, there is still one way to them."""
    answer = await ada.says("Who is our CLM committee chair?")
    assert answer.buttons.count("Talk to the chair") == 1


async def test_a_related_question_is_answered_when_pressed(ada: Person) -> None:
    """Pressing a related question brings its answer."""
    answer = await ada.says(HOURS)
    related = await ada.presses_for("What are the education categories?", answer)
    assert "writing skills" in related.text


async def test_a_mention_is_answered_in_its_thread_and_says_how_to_go_on(
    talk: Talk, ada: Person
) -> None:
    """In a channel the answer goes into the thread and says that a further question needs me."""
    asked = await ada.writes(f"@clm {HOURS}", channel="clm")
    answer = await ada.sees("10 hours", channel="clm")
    assert answer.raw["thread_ts"] == asked
    assert "mention me again" in answer.text
    assert await talk.as_("ben").sees("10 hours", channel="clm")


async def test_a_channel_message_without_a_mention_is_left_alone(talk: Talk, ada: Person) -> None:
    """The bot keeps out of other people's conversations."""
    await ada.writes(HOURS, channel="clm")
    await ada.says(HOURS)
    assert not any("bot_id" in message.raw for message in await ada.messages("clm"))


async def test_a_question_by_command_is_answered_privately(talk: Talk, ada: Person) -> None:
    """`/clm question` is read by nobody else."""
    answer = await ada.runs(HOURS)
    assert "10 hours" in answer.text
    assert answer.raw["ephemeral_to"]
    assert not any("10 hours" in m.words for m in await talk.as_("ben").messages("clm"))


async def test_a_command_word_within_a_sentence_is_a_question(ada: Person) -> None:
    """`/clm status of my application?` is a question, not the status."""
    shown = await ada.runs("status of my application after I sent it?")
    assert "You have not gone through the requirements" not in shown.text


async def test_an_unknown_question_is_admitted_and_carried_to_the_chair(ada: Person) -> None:
    """What the bot does not know it says so, and the question goes along to the chair."""
    answer = await ada.says(UNKNOWN)
    assert "I don't know" in answer.text
    window = await ada.opens("Talk to the chair", answer)
    assert UNKNOWN in str(window.raw)


async def test_a_vote_is_kept_once_a_person_and_can_be_changed(talk: Talk, ada: Person) -> None:
    """Two people vote, one changes their mind: two votes are kept."""
    await ada.writes(f"@clm {HOURS}", channel="clm")
    answer = await ada.sees("10 hours", channel="clm")
    ben = talk.as_("ben")
    for person, choice in ((ada, "Yes"), (ben, "Yes"), (ben, "No")):
        await person.presses_for(choice, answer)
    row = talk.rows("SELECT member, helpful FROM votes ORDER BY member")
    assert [(m.rsplit(":")[-1], h) for m, h in row] == [("U0ADA", 1), ("U0BEN", 0)]


async def test_none_of_these_leads_to_an_honest_no(ada: Person) -> None:
    """When no offered question was meant, the bot does not guess again."""
    offered = await ada.says(UNSURE)
    assert "None of these" in offered.buttons
    answer = await ada.presses_for("None of these", offered)
    assert "don't know" in answer.text
    assert "Talk to the chair" in answer.buttons


async def test_a_did_you_mean_button_brings_that_answer(ada: Person) -> None:
    """Pressing one of the offered questions answers it."""
    offered = await ada.says(UNSURE)
    assert 2 <= len(offered.buttons) <= 4
    answer = await ada.presses_for(offered.buttons[0], offered)
    assert "Source:" in answer.text


async def test_in_a_channel_anybody_presses_and_sees_only_their_own(
    talk: Talk, ada: Person
) -> None:
    """A colleague presses a button below Ada's answer; what opens is theirs alone."""
    await ada.writes(f"@clm {HOURS}", channel="clm")
    answer = await ada.sees("10 hours", channel="clm")
    ben = talk.as_("ben")
    shown = await ben.presses_for("What are the education categories?", answer)
    assert shown.raw["ephemeral_to"]
    assert not any("writing skills" in m.words for m in await ada.messages("clm"))


async def test_noise_gets_a_friendly_line_in_the_dm_and_a_hint_in_a_channel(
    talk: Talk, ada: Person
) -> None:
    """Thanks and noise get no lecture: one line in the DM, a hint to the person in a channel."""
    thanks = await ada.says("thanks!")
    assert "Source:" not in thanks.text
    assert len(thanks.text) < 120
    hint = await ada.says("@clm lol", channel="clm")
    assert hint.raw["ephemeral_to"]
    assert not any("bot_id" in m.raw for m in await talk.as_("ben").messages("clm"))


async def test_a_greeting_gets_the_help(ada: Person) -> None:
    """Hello alone is answered with what the bot can do, and that it is automated."""
    shown = await ada.says("hello")
    assert "automated" in shown.text
    assert shown.buttons == ["Ask a question", "Do I qualify?", "My status", "Talk to the chair"]


async def test_an_edited_question_gets_its_answer_edited(talk: Talk, ada: Person) -> None:
    """Correcting a question corrects its answer in place."""
    ts = await ada.writes(UNKNOWN)
    first = await ada.sees("I don't know")
    await talk.post("edit-message", channel="dm", ts=ts, user="ada", text=HOURS)
    answer = await ada.sees("10 hours")
    assert answer.ts == first.ts


async def test_the_window_asks_and_answers(talk: Talk, ada: Person) -> None:
    """The shortcut opens a window; the answer takes its place and stays in the DM."""
    await talk.post("shortcut", user="ada", callback_id="ask_question")
    window = (await ada.modals())[-1]
    shown = await ada.goes_on(window, {"question": HOURS})
    assert "10 hours" in shown.words
    assert await ada.sees("10 hours")


async def test_an_empty_window_is_refused_at_its_field(talk: Talk, ada: Person) -> None:
    """A window with only spaces in it says what is missing."""
    await talk.post("shortcut", user="ada", callback_id="ask_question")
    window = (await ada.modals())[-1]
    answer = await ada.submits(window, {"question": "   "})
    assert "question" in answer["errors"]


async def test_a_message_shortcut_carries_the_message_along(talk: Talk, ada: Person) -> None:
    """ "Ask the CLM bot this" on a colleague's message opens the window with its text."""
    ts = await talk.as_("ben").writes(HOURS, channel="clm")
    await talk.post(
        "shortcut", user="ada", callback_id="ask_about_message", channel="clm", messageTs=ts
    )
    window = (await ada.modals())[-1]
    assert HOURS in str(window.raw)
