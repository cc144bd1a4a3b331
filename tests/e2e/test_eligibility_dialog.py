"""The eligibility dialog from its first step to the verdict, as a member goes through it."""

from itertools import takewhile

import pytest

from tests.support.talk import Person, Shown, Talk
from tests.support.wizard import (
    ADMINISTRATOR,
    APPEARS,
    ASK_ALA,
    HOURS,
    INCOMPLETE,
    NOT_YET,
    SPECIALIST,
    UNSURE,
    Step,
    asked,
    changed,
    filled_in,
    fills_in,
    goes_back,
    the_verdict,
    title,
    walks,
)


async def test_a_principal_administrator_appears_to_meet(talk: Talk, ada: Person) -> None:
    """Six steps, and the window ends in a verdict that leaves the decision to ALA."""
    modal = await ada.runs("check")
    for number, values in enumerate(ADMINISTRATOR, start=1):
        assert f"Step {number} of 6" in modal.words
        modal = await fills_in(ada, modal, values)
    assert APPEARS in modal.words
    assert "ALA decides" in modal.words
    assert "Not met" not in modal.words
    assert "submit" not in modal.raw or modal.raw["submit"] is None


async def test_a_specialist_is_asked_more_in_seven_steps(talk: Talk, ada: Person) -> None:
    """Choosing "functional specialist" shows the questions that only specialists get."""
    modal = await ada.runs("check")
    assert "specialty" not in asked(modal)
    modal = await ada.chooses(modal, "role", "functional_specialist")
    assert "specialty" in asked(modal)
    assert filled_in(modal)["role"] == "functional_specialist"
    for number, values in enumerate(SPECIALIST, start=1):
        modal = await fills_in(ada, modal, values)
        if number < 7:
            assert f"Step {number + 1} of 7" in modal.words
        assert ("supervises" in asked(modal)) == (number == 2)
    assert APPEARS in modal.words
    assert "Extra hours for specialists: Met" in modal.words
    assert "Supervising others: Met" in modal.words


async def test_a_choice_taken_back_hides_its_questions_again(ada: Person) -> None:
    """Who turns out to be no specialist is not asked for the area."""
    modal = await ada.runs("check")
    modal = await ada.chooses(modal, "role", "functional_specialist")
    modal = await ada.chooses(modal, "role", "branch_office_manager")
    assert "specialty" not in asked(modal)


async def test_not_employed_now_asks_how_long_ago(ada: Person) -> None:
    """The months since the last job are asked only of who is not employed now."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:3])
    assert "months_since_last_job" not in asked(modal)
    modal = await ada.chooses(modal, "employed_now", "no")
    assert "months_since_last_job" in asked(modal)
    values = {**ADMINISTRATOR[3], "employed_now": "no", "months_since_last_job": "3 years"}
    verdict = await walks(ada, modal, (values, *ADMINISTRATOR[4:]))
    assert "Employment now or lately: Not met" in verdict.words
    assert "ended 36 months before" in verdict.words


@pytest.mark.parametrize(
    ("steps", "overall", "says"),
    [
        pytest.param(UNSURE, INCOMPLETE, "Not told yet", id="does not know anything"),
        pytest.param(
            changed(ADMINISTRATOR, hours_writing="1"),
            NOT_YET,
            "Hours in each category: Not met\nStill missing: 1 hour in writing skills.",
            id="an hour short in one category",
        ),
        pytest.param(
            changed(ADMINISTRATOR, years_experience="2.5"),
            NOT_YET,
            "Experience: Not met",
            id="half a year short",
        ),
        pytest.param(
            changed(ADMINISTRATOR, role="other"),
            ASK_ALA,
            "Experience: For ALA to decide",
            id="another role",
        ),
        pytest.param(
            changed(ADMINISTRATOR, organization="other"),
            ASK_ALA,
            "Legal organization: For ALA to decide",
            id="another kind of organization",
        ),
    ],
)
async def test_the_other_verdicts(
    talk: Talk, ada: Person, steps: tuple[Step, ...], overall: str, says: str
) -> None:
    """Not yet, ask ALA and incomplete are told with what is open; status and Home say the same."""
    verdict = await the_verdict(ada, steps)
    assert overall in verdict.words
    assert says in verdict.words
    assert "What would settle it:" in verdict.words
    told = await ada.sees("Where you stand")
    status = await ada.runs("status")
    home = await ada.home()
    for shown in (told, status, home):
        assert overall in shown.words
    assert missing(status) == missing(home) == not_met(verdict)


IN_BARS = {
    "Education hours in all": "All categories together:",
    "Hours in each category": " h missing",
}
"""Missing hours are told category by category, beside the bars."""


def missing(shown: Shown) -> list[str]:
    """The titles below "Still open", and of the rules whose missing hours stand beside the bars."""
    in_bars = [
        title
        for title, words in IN_BARS.items()
        if "you need:" in shown.words and words in shown.words
    ]
    _, found, after = shown.words.partition("Still open\n")
    assert found or in_bars, shown.words
    lines = takewhile(lambda line: line.startswith("- "), after.split("\n"))
    return list(dict.fromkeys([*(line[2:].split(":")[0] for line in lines), *in_bars]))


def not_met(verdict: Shown) -> list[str]:
    """The titles of the rules in the verdict that are not met, open, or for ALA to decide."""
    states = (": Not met", ": For ALA to decide", ": Not told yet")
    lines = verdict.words.split("\n")
    return list(dict.fromkeys(line.split(":")[0] for line in lines if line.endswith(states)))


async def test_each_rule_is_told_with_state_rule_source_and_age(ada: Person) -> None:
    """Below each rule stand the rule itself, where it stands, and how old that is."""
    verdict = await the_verdict(ada, ADMINISTRATOR)
    texts = [b for b in verdict.raw["blocks"] if b.get("text")]
    sections = [b for b in texts if b["text"]["type"] == "mrkdwn"]
    rules = [b for b in verdict.raw["blocks"] if b["type"] == "context"][1:]
    assert len(sections) == len(rules) == 9
    for section, context in zip(sections, rules, strict=True):
        assert ": Met*\n" in section["text"]["text"]
        rule, source = (element["text"] for element in context["elements"])
        assert rule.startswith("Rule: ")
        assert source.startswith("Source: ")
        assert "As of " in source


async def test_status_and_home_agree_with_a_good_verdict(ada: Person) -> None:
    """After "appears to meet" nothing is missing, in the status as in the Home tab."""
    await the_verdict(ada, ADMINISTRATOR)
    status, home = await ada.runs("status"), await ada.home()
    for shown in (status, home):
        assert APPEARS in shown.words
        assert "Nothing is missing" in shown.words
        assert "Talk to the chair" in shown.buttons


async def test_back_keeps_what_was_sent(ada: Person) -> None:
    """Back shows the earlier answers; going on from there asks the rest again with its answers."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:3])
    assert title(modal) == "Your employer"
    level = await goes_back(ada, modal)
    assert filled_in(level) == ADMINISTRATOR[2]
    experience = await goes_back(ada, level)
    assert filled_in(experience) == ADMINISTRATOR[1]
    role = await goes_back(ada, experience)
    assert filled_in(role) == ADMINISTRATOR[0]
    assert "Back" not in role.buttons
    verdict = await walks(ada, role, ADMINISTRATOR)
    assert APPEARS in verdict.words


async def test_a_changed_answer_counts(ada: Person) -> None:
    """Who goes back and answers otherwise is judged by the later answer."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:2])
    modal = await goes_back(ada, modal)
    later = changed(ADMINISTRATOR, years_experience="1")
    verdict = await walks(ada, modal, later[1:])
    assert "Experience: Not met" in verdict.words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-3", "This is below zero. Write 0 or more."),
        ("minus 2", "This is below zero. Write 0 or more."),
        ("99999999", "This is more than 500. Please check the number."),
        ("1e9", "I can't read this as a number."),
        ("abc", "I can't read this as a number."),
        ("2-3", "Write one number, not a range, such as 3 or 2.5."),
        ("2 to 3", "Write one number, not a range, such as 3 or 2.5."),
        ("1,500", "The comma can be read in two ways."),
        ("0.1", "A shorter session does not count."),
        ("<!channel>", "I can't read this as a number."),
    ],
)
async def test_a_bad_number_is_refused_at_its_field(ada: Person, typed: str, sentence: str) -> None:
    """The sentence stands at the field; the step stays, and the other fields are not blamed."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:5])
    refused = await ada.submits(modal, {**ADMINISTRATOR[5], "hours_writing": typed})
    assert refused["response_action"] == "errors"
    assert list(refused["errors"]) == ["hours_writing"]
    assert sentence in refused["errors"]["hours_writing"]
    assert title((await ada.modals())[-1]) == "Education hours"
    verdict = await fills_in(ada, modal, ADMINISTRATOR[5])
    assert APPEARS in verdict.words


async def test_every_bad_number_of_a_step_is_named_at_once(ada: Person) -> None:
    """Nobody has to send a step once for each mistake in it."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:5])
    refused = await ada.submits(modal, {**dict.fromkeys(HOURS, "2"), HOURS[0]: "-1", HOURS[3]: "x"})
    assert set(refused["errors"]) == {HOURS[0], HOURS[3]}


async def test_more_self_study_than_hours_is_refused(ada: Person) -> None:
    """Self-study is a part of the hours and cannot be more than they are."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:5])
    refused = await ada.submits(modal, {**ADMINISTRATOR[5], "self_study": "11"})
    assert refused["errors"] == {"self_study": "This is more than the 10 hours you entered in all."}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1,5", "1.5"), ("one and a half", "1.5"), ("1½", "1.5"), ("90 minutes", "1.5"), (" 2 ", "2")],
)
async def test_a_number_in_other_words_is_understood(ada: Person, typed: str, kept: str) -> None:
    """A decimal comma and words are read as numbers, and shown as they were understood."""
    modal = await walks(ada, await ada.runs("check"), SPECIALIST[:5])
    modal = await fills_in(ada, modal, {**SPECIALIST[5], "hours_technology": typed})
    assert title(modal) == "Extra hours"
    hours = await goes_back(ada, modal)
    assert filled_in(hours)["hours_technology"] == kept


async def test_nobody_else_sees_anything_of_it(talk: Talk, ada: Person) -> None:
    """What a member tells in the check reaches no other person and no channel."""
    await the_verdict(ada, ADMINISTRATOR)
    await ada.sees(APPEARS)
    await talk.quiet()
    for name in ("ben", "christina", "dev"):
        other = talk.as_(name)
        assert await other.modals() == []
        for channel in ("general", "clm", "dm"):
            assert await other.messages(channel) == []
        assert "You have not gone through the requirements" in (await other.home()).words
