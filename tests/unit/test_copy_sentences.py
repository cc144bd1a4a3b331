"""Sentences and list lines of copy, and a text that leaves values out."""

import pytest

from bot.domain.copy_sentences import sentences, spans, without

VALUES = {"fee": "$59", "day": "June 30", "web": "https://example.org", "who": None}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("As he said: \"No.\" Then he left.", ['As he said: "No."', "Then he left."]),
        ("At 8700 W. Bryn Mawr Ave., Suite 1. Go.", ["At 8700 W. Bryn Mawr Ave., Suite 1.", "Go."]),
        ("It is 1.5 hours, e.g. on ALA. Fine.", ["It is 1.5 hours, e.g. on ALA.", "Fine."]),
        ("A list:\n- one. Two\n- three\n\nEnd.", ["A list:", "- one. Two", "- three", "End."]),
        ("- an item\n  that goes on\n- next", ["- an item\n  that goes on", "- next"]),
        ("A line that\ngoes on. End.", ["A line that\ngoes on.", "End."]),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_falls_into_sentences_and_list_lines(text: str, parts: list[str]) -> None:
    """Full stops inside of numbers, initials and abbreviations end nothing."""
    assert [text[span.start : span.end] for span in spans(text)] == parts


def test_a_sentence_knows_what_it_rests_on() -> None:
    """A passage rests on its value whether that is known or missing; plain words rest on none."""
    template = "It costs {fee}. Plain. [[Ask {who}. | Nobody is known. Ask around.]]"
    found = {one.text: set(one.names) for one in sentences(template, VALUES)}
    assert found == {
        "It costs $59.": {"fee"},
        "Plain.": set(),
        "Nobody is known.": {"who"},
        "Ask around.": {"who"},
    }


@pytest.mark.parametrize(
    ("template", "left", "text"),
    [
        ("It costs {fee}. Plain.", ["fee"], "Gone. Plain."),
        ("Plain. It costs {fee}.", ["fee"], "Plain. Gone."),
        ("By {day}. Plain. It costs {fee}. End.", ["day", "fee"], "Gone. Plain. End."),
        ("Due:\n- {fee} a year\n- by {day}\n- paid once", ["fee", "day"],
         "Due:\n- Gone.\n- paid once"),
        ("By {day}.\n\nIt costs {fee}. Plain.\n\nEnd.", ["day", "fee"], "Gone.\n\nPlain.\n\nEnd."),
        ("First. It costs {fee|some money}.", ["fee"], "First. It costs some money."),
        ("[[It costs {fee}. | Ask for it.]] Plain.", ["fee"], "Ask for it. Plain."),
        ("[[It costs {fee}. | Pay by {day}. Ask.]] Plain.", ["fee", "day"], "Gone. Ask. Plain."),
        ("See {web}, or ask. Plain.", ["web"], "Gone. Plain."),
        ("Plain {fee}.", [], "Plain $59."),
    ],
)  # fmt: skip
def test_values_are_left_out(template: str, left: list[str], text: str) -> None:
    """Only what needs the value goes, the notice comes once, and no gap stays behind."""
    assert without(template, VALUES, left, "Gone.") == text
