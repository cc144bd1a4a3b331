"""What ships: every topic has its entry, in plain words, with its numbers from the facts."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content import ContentBank, ContentPlaces, load_content, shipped_path
from bot.content.truth import numbers_in
from bot.domain.faq import Entry
from bot.domain.matching import OUT_OF_SCOPE
from tests.support.content import TODAY

IDS = {
    "basics": """
        what-is-clm who-awards is-it-mandatory certificate-vs-certification history
        how-many-clms accreditation other-clm-meanings who-writes-exam
    """,
    "value": """
        benefits-for-me benefits-for-firm salary-effect convince-boss insurance-discount
        in-house-value small-firm-value leadership-requirement using-letters verify-clm
    """,
    "eligibility": """
        eligibility-overview experience-years job-title principal-administrator
        branch-office-manager functional-specialist supervise-people exempt-level part-time
        between-jobs combining-jobs degree-substitution non-member outside-us
        court-clinic-government corporate-department paralegal consultant-vendor military
        not-eligible-yet
    """,
    "education": """
        hours-needed education-categories education-window specialist-extra-hours
        chapter-events-count webinars-count recordings-count self-study-limit college-courses
        firm-training vendor-demos which-category proof-of-hours track-hours fast-hours
        approved-providers double-counting
    """,
    "applying": """
        how-to-apply application-deadline exam-fee review-time application-denied reschedule
        refund accommodations code-of-ethics confidentiality chapter-scholarship
        foundation-scholarship
    """,
    "exam": """
        exam-format exam-location exam-dates exam-content passing-score pass-rate
        test-day-rules results-timing retake law-tested sample-questions
    """,
    "study": """
        how-to-prepare study-group study-materials weak-in-finance mentor
    """,
    "keeping": """
        recertification recert-categories recert-fees-dates lapsed retired-status
        teaching-credit left-industry
    """,
    "contact": """
        contact-ala who-is-chair
    """,
    "action": """
        start-eligibility my-status talk-to-chair log-hours delete-my-data bot-help
    """,
}
FOLDER = shipped_path("content")
ANSWERS = [key for group, ids in IDS.items() if group != "action" for key in ids.split()]
ALL = [*ANSWERS, *IDS["action"].split()]


@cache
def bank(chapter: str = "none") -> ContentBank:
    demo = yaml.safe_load(shipped_path("data/demo.yaml").read_text(encoding="utf-8"))["chapter"]
    given = demo if chapter == "demo" else {}
    return load_content(ContentPlaces(FOLDER, chapter=given), TODAY)


@cache
def source_texts() -> dict[str, dict[str, Any]]:
    """Each entry as it stands in its file, by id."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in _files()]
    return {entry["id"]: entry for data in files for entry in data["entries"]}


def _files() -> list[Path]:
    return sorted((FOLDER / "faq").glob("*.yaml"))


def spoken_once(entry: Entry) -> int:
    return len(entry.text.split())


def test_every_topic_has_its_entry() -> None:
    """All 99 topics are there, in their groups, and no other."""
    found: dict[str, set[str]] = {}
    for entry in bank().entries.values():
        found.setdefault(entry.group, set()).add(entry.id)
    assert found == {group: set(ids.split()) for group, ids in IDS.items()}
    assert len(ALL) == 99


@pytest.mark.parametrize("chapter", ["none", "demo"])
@pytest.mark.parametrize("key", ANSWERS)
def test_an_answer_is_short_enough_for_a_phone_and_long_enough_to_help(
    key: str, chapter: str
) -> None:
    """An answer has 40 to 120 words, with a chapter's values filled in or left empty."""
    assert 40 <= spoken_once(bank(chapter).entries[key]) <= 120


@pytest.mark.parametrize("key", ALL)
def test_every_number_comes_from_a_fact(key: str) -> None:
    """No digit stands in a shipped answer itself, so that a number is changed in one place."""
    found = numbers_in(source_texts()[key]["answer"])
    assert [number for _, number in found if re.search(r"\d", number)] == []


@pytest.mark.parametrize("key", ALL)
def test_an_answer_is_plain_text(key: str) -> None:
    """No markup and no emoji that some platform would show as such, or that is read out."""
    text = bank().entries[key].text
    assert not re.search(r"[*_`~<>{}\[\]|]", re.sub(r"https://\S+", "", text))
    assert all(ord(letter) < 0x2190 for letter in text)
    assert all(line == line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("key", ALL)
def test_nobody_is_promised_anything(key: str) -> None:
    """An answer says that ALA decides, and never that somebody is eligible or guaranteed."""
    text = bank().entries[key].text
    assert not re.search(
        r"\b(you are|you're) (not )?(eligible|qualified)\b|we guarantee", text, re.I
    )


@pytest.mark.parametrize("key", ALL)
def test_everything_ships_as_not_yet_approved(key: str) -> None:
    """No committee has approved anything yet, and each entry says where it comes from."""
    entry = bank().entries[key]
    assert entry.approved is None
    assert entry.sources and entry.related
    assert all(source.title and source.address and source.edition for source in entry.sources)


@pytest.mark.parametrize("key", ALL)
def test_people_ask_in_many_ways(key: str) -> None:
    """Each entry has at least eight utterances, by more than one author."""
    authors = source_texts()[key]["utterances"]
    assert sum(len(texts) for texts in authors.values()) >= 8
    assert len(authors) > 1


def test_what_is_out_of_scope_has_examples() -> None:
    """At least a hundred examples teach the bot to say that it does not know."""
    strange = [one for one in bank().examples if one.label == OUT_OF_SCOPE]
    assert len(strange) >= 100


def test_shipped_defaults_name_no_person() -> None:
    """The chapter that ships is empty; only the demo's has people."""
    assert bank().chapter.chair.name is None and bank().chapter.deputy.name is None
    assert not any("Bloom" in path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.yaml"))
    assert bank("demo").chapter.chair.name == "Christina Bloom, CLM"


def test_a_value_that_nobody_knows_leaves_no_hole() -> None:
    """Empty facts are said to be unknown, and every fact names its source or has no value."""
    assert any(fact.value is None for fact in bank().facts.values())
    for name, fact in bank().facts.items():
        assert fact.source is not None or fact.value is None, name
    for entry in bank().entries.values():
        assert not re.search(r"  |\n\n\n| [.,;:!?](\s|$)|\(\)|\bnull\b", entry.text), entry.id


FOUND_LATER = {"USD": "512", "percent": "51", "people": "98765", "list": '["this", "that"]'}


@pytest.mark.parametrize("name", [k for k, fact in bank().facts.items() if fact.value is None])
def test_a_value_that_is_found_later_shows_in_an_answer(tmp_path: Path, name: str) -> None:
    """Filling in one value alone is enough: the answer that said it is unknown then tells it."""
    unit = bank().facts[name].unit
    own = tmp_path / "content" / "program.yaml"
    own.parent.mkdir()
    value = FOUND_LATER.get(unit, '"something new"')
    own.write_text(f"facts:\n  {name}: {{value: {value}}}\n", encoding="utf-8")
    found = load_content(ContentPlaces(FOLDER, own=tmp_path), TODAY)
    text = found.facts[name].text
    assert text is not None
    assert any(text in entry.text for entry in found.entries.values())
    assert not any(text in entry.text for entry in bank().entries.values())


@pytest.mark.parametrize(
    "given",
    [
        {"name": "Zebra"},
        {"chair": {"slack_id": "U1", "name": "Zebra"}},
        {"deputy": {"slack_id": "U1", "name": "Zebra"}},
        {"reply_promise": "Zebra"},
        {"study_group": "Zebra"},
        {"scholarship": "Zebra"},
        {"next_events": "Zebra"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_every_value_of_the_chapter_is_said_somewhere(given: dict[str, Any]) -> None:
    """Nothing is asked of a chapter that members would never read."""
    found = load_content(ContentPlaces(FOLDER, chapter=given), TODAY)
    values = {f"{{{name}" for name, text in found.chapter.values().items() if text == "Zebra"}
    in_answers = any("Zebra" in entry.text for entry in found.entries.values())
    templates = found.copy.templates.values()
    assert in_answers or any(value in text for value in values for text in templates)
