"""What a text consists of for the matcher."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import MAX_WORDS, character_grams, clean, stem, words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  What\n does\tit  cost? ", "What does it cost?"),
        ("<@U012AB3CD> what is it", "what is it"),
        ("<!channel> exam dates?", "exam dates?"),
        ("see <https://example.org/x|the page> please", "see the page please"),
        ("https://example.org/a?b=c", ""),
        ("in <#C024BE91L|general> I saw", "in general I saw"),
        ("R&amp;D &lt;tag&gt;", "R&D <tag>"),
        ("great :tada: news :+1:", "great news"),
        ("at 10:30 or 11:45", "at 10:30 or 11:45"),
        ("a\u200bb \u202eexam\u202c \x00fee", "ab exam fee"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("half \ud800 pair", "half pair"),
        ("", ""),
    ],
)
def test_clean_shows_what_a_person_sees(text: str, shown: str) -> None:
    """Slack's escapes, links, emoji names and invisible characters do not disturb a question."""
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't", ("dont",)),
        ("DON’T", ("dont",)),
        ("Résumé, café!", ("resume", "cafe")),
        ("e-mail self_study 24/7", ("e", "mail", "self", "study", "24", "7")),
        ("сколько часов", ("сколько", "часов")),
        ("!?", ()),
    ],
)
def test_words_are_plain(text: str, expected: tuple[str, ...]) -> None:
    """Case, accents, apostrophes and punctuation make no difference to a question."""
    assert words(text) == expected


@pytest.mark.parametrize(
    "family",
    [
        ("apply", "applies", "applied", "applying"),
        ("fee", "fees"),
        ("pass", "passes", "passed", "passing"),
        ("class", "classes"),
        ("plan", "plans", "planned", "planning"),
        ("expire", "expires", "expired", "expiring"),
        ("course", "courses"),
    ],
)
def test_forms_of_a_word_share_a_stem(family: tuple[str, ...]) -> None:
    """A question finds its entry whichever form of a word it uses."""
    assert len({stem(word) for word in family}) == 1


def test_certificate_and_certification_stay_two_words() -> None:
    """The two are different things in this business, so stemming must not merge them."""
    assert stem("certificate") != stem("certification")


def test_short_words_and_numbers_keep_their_form() -> None:
    """Abbreviations and numbers are not bent into other words."""
    assert [stem(word) for word in ("is", "gas", "2026", "clm")] == ["is", "gas", "2026", "clm"]


def test_character_grams_stay_within_words() -> None:
    """Pieces of words let a misspelled word count for most of what it is."""
    assert character_grams(("fee", "a"), 3, 5) == [
        " fe",
        "fee",
        "ee ",
        " fee",
        "fee ",
        " fee ",
        " a ",
    ]


def test_a_very_long_text_is_read_in_part() -> None:
    """A pasted page costs no more than its first words."""
    assert len(words("word " * 5000)) == MAX_WORDS


@given(st.text(max_size=200))
def test_any_text_is_taken_apart(text: str) -> None:
    """Whatever a person pastes, reading it never fails and leaves no empty word."""
    tokens = words(text)
    assert all(tokens)
    assert all(character_grams(tokens, 2, 5))
