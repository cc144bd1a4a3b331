"""Named things that are not the CLM: told from it, and declined."""

import pytest

from bot.domain.decision import decide
from bot.domain.faq import Decision
from bot.domain.manners import weighed
from bot.domain.matching_fit import fit
from bot.domain.strangers import stranger_in
from tests.support.manners import NO_TALK, POOL, shipped_manners
from tests.support.small_bank import pool_bank

INDEX = fit(pool_bank())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("when is the PMP exam application due", "the PMP"),
        ("SHRM-SCP recert credits how many", "a SHRM certification"),
        ("is aPHR worth it", "an HR certification such as the PHR"),
        ("our bookkeeper wants to sit for the CPA, what are the hours", "the CPA license"),
        ("cpa exam passing score", "the CPA license"),
        ("how do i become a notary", "notary work"),
        ("where do our attorneys get C.L.E. or CLE hours", "CLE (continuing legal education)"),
        ("my niece failed the bar, when can she retake it", "the bar exam"),
        ("when do February bar results come out", "the bar exam"),
        ("LSAT registration deadline", "the LSAT"),
        ("NALA CP exam eligibility", "a paralegal certification"),
        ("CEDS cost", "the CEDS"),
        ("CIPP or CISSP first?", "a privacy or security certification"),
        ("real estate license exam pass rate in Iowa", "a real estate license"),
        ("my mom's nursing license lapsed", "nursing"),
        ("Ironclad CLM pricing", "contract lifecycle management"),
        ("which contract lifecycle software is good", "contract lifecycle management"),
        (
            "dues of the Claims and Litigation Management Alliance",
            "the Claims and Litigation Management Alliance",
        ),
        ("American Library Association dues", "the American Library Association"),
    ],
)
def test_a_thing_that_is_not_the_clm_is_named(text: str, name: str) -> None:
    """Who asks about something else reads its name, so that nobody takes the answer for theirs."""
    said = stranger_in(text, shipped_manners().strangers)
    assert said is not None
    assert said.startswith(f"That is about {name}, not the CLM.")


@pytest.mark.parametrize(
    "text",
    [
        "is the CLM better than SHRM-CP?",
        "does CLE count for my CLM hours?",
        "does CLE count?",
        "I have a PMP, does it shorten the years?",
        "does ALA accept CPE?",
        "our CPA says the fee can be deducted, is that so",
        "I am a notary and a paralegal, can I apply",
        "raise the bar",
        "just clear a bar?",
        "is it as hard as the bar exam",
        "how tough is it compared to SHRM",
        "my drivers license has my maiden name, will they let me in",
        "nursing mom, need a pump break",
        "I work in real estate now, do I lose the letters",
        "how long is the exam",
        "",
    ],
)
def test_what_may_be_about_the_clm_is_left_to_the_matcher(text: str) -> None:
    """A comparison, a colleague's job, or a figure of speech never turns a member away."""
    assert stranger_in(text, shipped_manners().strangers) is None


def test_a_strangers_question_is_declined() -> None:
    """A price of the lake is not the price of the pool, however alike the questions are."""
    plain = decide("how much is a ticket", INDEX, NO_TALK, (), POOL)
    asked = decide("how much is a ticket for the lake", INDEX, NO_TALK, (), POOL)
    assert (plain.outcome, plain.instead) == ("answer", "")
    assert (asked.outcome, asked.entry, asked.choices) == ("unknown", None, ())
    assert (asked.confidence, asked.instead) == (0.0, "That is the lake.")
    assert asked.ranking[0][0] == "ticket-price"


def test_where_a_stranger_belongs_to_the_answer_it_is_given() -> None:
    """An entry in which the other thing is rightly spoken of is still shown."""
    found = decide("I forgot my goggles at the lake", INDEX, NO_TALK, (), POOL)
    assert (found.outcome, found.entry, found.instead) == ("answer", "lost-things", "")


def test_with_our_own_name_beside_it_the_matcher_decides() -> None:
    """Who names both asks about ours as well."""
    found = decide("how much is a ticket for lake and pool", INDEX, NO_TALK, (), POOL)
    assert (found.entry, found.instead) == ("ticket-price", "")


def test_our_name_within_a_strangers_name_is_theirs() -> None:
    """A product that bears our letters is not ours."""
    assert stranger_in("price of the lake pool", POOL.strangers) == "That is the lake."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gym price", "That is the gym."),
        ("how do I join the gym", "That is the gym."),
        ("somebody from the gym asks your price", None),
        ("is it larger than the lake", None),
        ("is the gym price higher than the lake", "That is the gym."),
    ],
)
def test_a_common_word_needs_a_sign_beside_it(text: str, says: str | None) -> None:
    """A word with another meaning names the thing only next to what tells it; and a likeness
    frees only a message that names one thing alone."""
    assert stranger_in(text, POOL.strangers) == says


@pytest.mark.parametrize(
    ("offered", "outcome", "choices"),
    [
        (("ticket-price", "lost-things"), "clarify", ("lost-things",)),
        (("ticket-price", "opening-hours"), "unknown", ()),
    ],
)
def test_offered_entries_are_only_those_that_fit(
    offered: tuple[str, ...], outcome: str, choices: tuple[str, ...]
) -> None:
    """Where the matcher is unsure, what has nothing to do with the stranger is not offered."""
    unsure = Decision("clarify", None, 0.4, offered, ())
    found = weighed("lake ticket, and my lost towel", unsure, POOL)
    assert (found.outcome, found.choices) == (outcome, choices)
