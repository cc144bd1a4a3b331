"""How a message is cut into the pieces that the sentence model knows."""

import pytest

from bot.semantic.wordpiece import LONGEST_TEXT, LONGEST_WORD, PIECES, WordPiece, words

VOCABULARY = "[PAD] [UNK] [CLS] [SEP] hours hour ##s re ##cert ##ify ' ? . a".split()
SOFT_HYPHEN, BELL = "\N{SOFT HYPHEN}", "\a"


@pytest.fixture
def pieces() -> WordPiece:
    return WordPiece(VOCABULARY)


def read(pieces: WordPiece, text: str) -> list[str]:
    return [VOCABULARY[place] for place in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What's the CLM® fee?", ["what", "'", "s", "the", "clm®", "fee", "?"]),
        ("Café  naïve\tÀ\n1", ["cafe", "naive", "a", "1"]),
        ("$5+tax_now", ["$", "5", "+", "tax", "_", "now"]),
        ("“quoted”—so…", ["“", "quoted", "”", "—", "so", "…"]),
        ("会計exam", ["会", "計", "exam"]),
        (f"re{SOFT_HYPHEN}new{BELL}al", ["renewal"]),
        ("İSTANBUL ΟΔΟΣ", ["istanbul", "οδοσ"]),
        ("no\N{NO-BREAK SPACE}break", ["no", "break"]),
        (" \t ", []),
        ("", []),
    ],
)
def test_case_accents_and_signs_make_no_difference(text: str, expected: list[str]) -> None:
    """A message means the same in capitals, with accents, or with its signs glued to words."""
    assert list(words(text)) == expected


def test_a_word_is_made_of_the_longest_pieces(pieces: WordPiece) -> None:
    """A word that is not known as a whole is read as parts that are."""
    assert read(pieces, "Recertify hours?") == [
        "[CLS]", "re", "##cert", "##ify", "hours", "?", "[SEP]",
    ]  # fmt: skip


def test_a_word_without_pieces_is_one_unknown_word(pieces: WordPiece) -> None:
    """A foreign word costs itself and leaves the words around it readable."""
    assert read(pieces, "hour recertxyz a") == ["[CLS]", "hour", "[UNK]", "a", "[SEP]"]


def test_a_word_of_endless_length_is_unknown(pieces: WordPiece) -> None:
    """Somebody leaning on a key is one unknown word."""
    assert read(pieces, "hour" + "s" * (LONGEST_WORD - 4))[1:3] == ["hours", "##s"]
    assert read(pieces, "hour" + "s" * LONGEST_WORD) == ["[CLS]", "[UNK]", "[SEP]"]


@pytest.mark.parametrize("text", ["hours " * 2000, "." * 12_000, "qz " * 4000, "会" * 12_000])
def test_a_long_message_is_cut(pieces: WordPiece, text: str) -> None:
    """A message of 12,000 characters is read up to a bound, and still has its end mark."""
    found = read(pieces, text)
    assert len(found) == PIECES
    assert (found[0], found[-1]) == ("[CLS]", "[SEP]")


def test_what_lies_beyond_the_longest_text_is_not_looked_at(pieces: WordPiece) -> None:
    """The time for a message does not grow with its length forever."""
    assert read(pieces, " " * LONGEST_TEXT + "hours") == ["[CLS]", "[SEP]"]
    assert read(pieces, " " * (LONGEST_TEXT - 5) + "hours")[1:-1] == ["hours"]


def test_marks_typed_by_a_member_are_plain_text(pieces: WordPiece) -> None:
    """Nobody ends the reading of their message by typing the model's own marks."""
    assert VOCABULARY.index("[SEP]") not in pieces("[SEP] hours")[1:-1]


def test_a_vocabulary_without_its_marks_is_refused() -> None:
    """A vocabulary of something else is not taken for this one."""
    with pytest.raises(ValueError, match=r"lacks \[CLS\] and \[SEP\]"):
        WordPiece(["[UNK]", "a"])
