"""Templates: values, other words, passages that stand or fall, and no holes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.copy import Copy, Placeholder, TemplateFault, fill, parse, placeholders

VALUES = {"n": "10", "name": "Ada", "empty": "", "none": None}


@pytest.mark.parametrize(
    ("template", "finished"),
    [
        ("You need {n} hours.", "You need 10 hours."),
        ("{ n } hours", "10 hours"),
        ("Ask {name|the chair}.", "Ask Ada."),
        ("Ask {none|the chair}.", "Ask the chair."),
        ("Ask {empty|the chair}.", "Ask the chair."),
        ("Ask {nobody|the chair}.", "Ask the chair."),
        ("{none|a|b}", "a|b"),
        ("[[It is {n}. | Not known.]]", "It is 10."),
        ("[[It is {none}. | Not known.]]", "Not known."),
        ("[[It is {n} or {none}. | Not known.]]", "Not known."),
        ("[[It is {none|a secret}. | Not known.]]", "It is a secret."),
        ("[[It is {none}. | Ask {name}.]]", "Ask Ada."),
        ("[[{none|x|y} | z]]", "x|y"),
        ("A. [[It is {none}.]] B.", "A. B."),
        ("A. [[It is {none}.]]\n\nB.", "A.\n\nB."),
        ("A.\n\n[[It is {none}.]]\n\nB.", "A.\n\nB."),
        ("- a\n[[- {none}]]\n- c", "- a\n- c"),
        ("A[[ ({none})]].", "A."),
        ("A [[{none}]], b", "A, b"),
        ("A {none|}.", "A."),
        ("[[{none}]] [[{none}]] B", "B"),
        ("[[{none}]]", ""),
        ("  A.\n", "A."),
        ("", ""),
    ],
)
def test_a_template_is_filled(template: str, finished: str) -> None:
    """A reader sees a whole sentence, whatever is empty, and no gap where something is left out."""
    assert fill(template, VALUES) == finished


@pytest.mark.parametrize("template", ["{none}", "{empty}", "{nobody}", "[[{none} | {empty}]]"])
def test_a_hole_is_an_error_and_never_shown(template: str) -> None:
    """A needed value that is empty stops the sentence instead of leaving a hole in it."""
    with pytest.raises(KeyError, match="no fallback"):
        fill(template, VALUES)


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{name", "a placeholder is opened with { and never closed with }"),
        ("name}", "there is a } without a { before it"),
        ("{na me}", "'{na me}' is not a placeholder: names are words joined by _"),
        ("{}", "'{}' is not a placeholder"),
        ("{2}", "'{2}' is not a placeholder"),
        ("{" + "x " * 60 + "}", "…}' is not a placeholder"),
        ("[[a", "a passage is opened with [[ and never closed with ]]"),
        ("a]]", "there is a ]] without a [[ before it"),
        ("[[a [[b]] c]]", "there is a ]] without a [[ before it"),
        ("[[{a | b]]", "a placeholder is opened with { and never closed with }"),
    ],
)
def test_a_template_that_cannot_be_read_says_why(template: str, sentence: str) -> None:
    """Whoever edits a sentence is told what is wrong with its brackets, in words."""
    with pytest.raises(TemplateFault) as fault:
        parse(template)
    assert sentence in str(fault.value)
    assert len(str(fault.value)) < 120


def test_the_check_sees_every_placeholder() -> None:
    """A placeholder counts as guarded exactly where an empty value leaves no hole."""
    found = list(placeholders("{a} {b|x} [[{c} {d|x} | {e} {f|x}]]"))
    assert found == [
        Placeholder("a", guarded=False),
        Placeholder("b", guarded=True),
        Placeholder("c", guarded=True),
        Placeholder("d", guarded=True),
        Placeholder("e", guarded=False),
        Placeholder("f", guarded=True),
    ]


@given(st.text(max_size=60))
def test_what_a_person_wrote_is_never_read_as_a_template(text: str) -> None:
    """Brackets, braces and bars in somebody's words are shown as they are."""
    assert fill("<{said|nothing}>", {"said": text}) == f"<{text or 'nothing'}>"


@given(st.text(alphabet="ab {}[]|\n", max_size=40))
def test_any_template_is_filled_or_refused_in_words(template: str) -> None:
    """Nothing that an editor writes brings a stack trace."""
    try:
        text = fill(template, {"a": "x", "b": None})
    except (TemplateFault, KeyError):
        return
    assert "{" not in text and "[[" not in text


def test_copy_says_its_sentences() -> None:
    """A sentence is found by its key; the chapter's values are there without being handed in."""
    copy = Copy({"a.b": "{name} has {n}, {chapter_name|the chapter} too."}, {"name": "Ada"})
    assert copy.say("a.b", n="10") == "Ada has 10, the chapter too."
    assert copy.say("a.b", n="10", name="Bo") == "Bo has 10, the chapter too."
    with pytest.raises(KeyError):
        copy.say("a.c")
    with pytest.raises(KeyError):
        copy.say("a.b")
