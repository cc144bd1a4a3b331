"""Questions that ask the same come together, those that only sound alike do not."""

import time
from datetime import date

from bot.domain.grouping import ALIKE, groups_of, is_known, leaders_of
from bot.domain.learning import with_turn
from tests.support.learning import pool_index, wording
from tests.support.talk import demo_bank

INDEX = pool_index()


def texts_of(*given: str) -> list[tuple[str, ...]]:
    found = groups_of([wording(text, at) for at, text in enumerate(given, 1)], INDEX)
    return [group.texts for group in found]


def test_wordings_of_one_question_are_one_group() -> None:
    """Capitals, order and small words make no new question."""
    groups = texts_of(
        "which bus goes to the stadium on saturday",
        "Which bus goes to the stadium on Saturday?",
        "which bus goes to the stadium",
    )
    assert len(groups) == 1
    assert len(groups[0]) == 3


def test_questions_that_differ_in_the_thing_asked_for_stay_apart() -> None:
    """One answer goes to everybody in a group: in the bank that ships, which knows what words are
    common, a dog and a calculator are two groups, and one bus to the stadium is one."""
    index = demo_bank()(date(2026, 11, 23)).index
    asked = [
        "can I bring my dog to the exam",
        "can I bring a calculator to the exam",
        "which train goes to the airport on saturday",
        "which bus goes to the stadium on saturday",
        "is there a bus to the stadium",
    ]
    assert leaders_of(asked, index) == [0, 1, 2, 3, 3]


def test_what_nobody_knows_a_word_of_is_grouped_too() -> None:
    """The bank has no word of what was asked, and still equal questions meet."""
    assert len(texts_of("glorp frobnicate zyx", "frobnicate glorp zyx", "quux baz")) == 2


def test_what_most_people_asked_comes_first() -> None:
    """Ranked by people, then by how often, then by the newest."""
    found = groups_of(
        [
            wording("where is the moon", 1, times=9, people=1),
            wording("who paints the fence", 2, times=3, people=3),
            wording("why is water wet", 3, people=1, days=1),
            wording("when does winter end", 4, people=1, days=2),
        ],
        INDEX,
    )
    assert [group.key for group in found] == [2, 1, 4, 3]


def test_a_group_counts_all_its_wordings_and_is_named_by_its_first() -> None:
    """The commonest wording stands for it, its lowest turn names it."""
    found = groups_of(
        [
            wording("which bus goes to the stadium", 7, times=2, people=2, days=3),
            wording("which bus goes to the stadium?", 3, times=1, people=1),
        ],
        INDEX,
    )
    [group] = found
    assert (group.key, group.times, group.people) == (3, 3, 3)
    assert group.text == "which bus goes to the stadium"
    assert with_turn(found, 7) == group
    assert with_turn(found, 8) is None


def test_wrong_answers_come_together_only_with_the_same_answer() -> None:
    """Equal words that were answered differently are mended in different places."""
    same = "how much for a towel"
    found = groups_of(
        [
            wording(same, 1, entry="ticket-price"),
            wording(same, 2, entry="lost-things"),
            wording(same, 3),
        ],
        INDEX,
    )
    assert sorted(group.entry or "" for group in found) == ["", "lost-things", "ticket-price"]


def test_nothing_and_empty_texts_do_no_harm() -> None:
    """An empty list is empty, and a text of signs alone is a group of its own."""
    assert groups_of([], INDEX) == ()
    assert leaders_of(["???", "which bus goes to the stadium", ""], INDEX)[1] == 1


def test_a_wording_of_the_bank_is_known() -> None:
    """Whatever the capitals, what stands in the bank word for word teaches it nothing."""
    assert is_known("Closing time?", INDEX)
    assert not is_known("closing time of the moon", INDEX)


def test_a_group_does_not_grow_from_neighbour_to_neighbour() -> None:
    """Everything in a group is near its first wording, not only near some other one."""
    chain = ["red boat on the lake", "red boat in the lake house", "red house in the lake house"]
    leaders = leaders_of(chain, INDEX)
    assert all(leaders[leader] == leader for leader in leaders)
    assert 0 < ALIKE < 1


def test_a_thousand_wordings_are_grouped_in_seconds() -> None:
    """The list opens while the chair waits, however many questions there are."""
    many = [wording(f"what about thing{n} and matter{n % 90}", n) for n in range(1, 1001)]
    begun = time.process_time()
    assert groups_of(many, INDEX)
    assert time.process_time() - begun < 10
