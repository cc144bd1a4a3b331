"""A chapter's own files, laid over the shipped ones."""

from pathlib import Path

import pytest

from bot.content import ContentPlaces, load_content
from bot.domain.handoff_clock import Patience
from bot.domain.working_days import WorkingHours
from bot.services.handoff_clock import Promise
from handlers.slack.views.handoff_clock import with_promise
from tests.support.content import TODAY, Tree, copied

CHAPTER = """
name: Example City Chapter of ALA
chair: {slack_id: U02ABCDEF, name: "Ada Lovelace, CLM"}
deputy: {slack_id: W02DEPUTY}
time_zone: America/Denver
reply_promise: one day
study_group: The study group meets on Tuesdays.
"""
ENTRY = """
entries:
  - id: {id}
    question: {question}
    answer: |
      {answer}
    sources: [{source}]
    verified: 2026-12-01
    approved: {{by: "CLM committee", on: 2026-12-02}}
    related: [{related}]
    utterances:
      us: ["{utterance}"]
"""
SOUND = {
    "id": "our-lunch",
    "question": "When is our chapter's lunch?",
    "answer": "On the first Monday.",
    "source": "about-this-bot",
    "related": "study-group",
    "utterance": "when do we have lunch together, all of us",
}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def entry(**changes: str) -> str:
    return ENTRY.format(**{**SOUND, **changes})


@pytest.mark.parametrize("channel", ["clm-desk", "#desk", "U02ABCDEF", "c02abcdef"])
def test_what_is_no_channel_id_is_told(tree: Tree, channel: str) -> None:
    """The name of a channel, or a person's id, is refused with where to find the right one."""
    tree.own("chapter.yaml", f'{CHAPTER}desk_channel: "{channel}"\n')
    says = "is not a channel id. It begins with C or G"
    assert any(says in fault for fault in tree.faults())


def test_a_chapter_names_its_committee_s_channel(tree: Tree) -> None:
    """Named by its id; without one, or with an empty one, there is none."""
    for text, found in (("C02ABCDEF", "C02ABCDEF"), ("", None), ('" "', None)):
        tree.own("chapter.yaml", f"{CHAPTER}desk_channel: {text}\n")
        assert tree.load().chapter.desk_channel == found


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("at: 21", "'at' lies in the quiet hours"),
        ("at: 24", "'reminders.at'"),
        ("days_before: []", "'reminders.days_before' needs at least"),
        ("days_before: [30, -1]", "'reminders.days_before'"),
        ("quiet: 3", "unknown key 'quiet'. Did you mean 'quiet_to'?"),
    ],
)
def test_wrong_hours_of_reminders_are_told(tree: Tree, line: str, says: str) -> None:
    """Hours and days that cannot be meant are faults in words, with file and line."""
    path = tree.own("chapter.yaml", f"reminders:\n  {line}\n")
    [fault] = tree.faults()
    assert fault.startswith(f"{path}:")
    assert says in fault


def test_a_chapter_reminds_when_it_likes(tree: Tree) -> None:
    """A chapter's own days are taken once each, and what it leaves out stays as shipped."""
    tree.own("chapter.yaml", "reminders: {days_before: [3, 45, 3], quiet_to: 7}\n")
    reminders = tree.load().chapter.reminders
    assert reminders.days_before == (45, 3)
    assert (reminders.at, reminders.quiet_from, reminders.quiet_to) == (9, 20, 7)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("working_hours: {days: []}", "'working_hours.days' needs at least"),
        ("working_hours: {days: [monday]}", "'working_hours.days'"),
        ("working_hours: {from: 17, to: 9}", "'from' comes before 'to'"),
        ("working_hours: {from: 9, to: 25}", "'working_hours.to'"),
        ("working_hours: {begin: 9}", "unknown key 'begin'"),
        ("handoff: {remind_after: 0}", "'handoff.remind_after'"),
        ("handoff: {remind_after: 4}", "remind_after comes first"),
    ],
)
def test_wrong_times_of_the_desk_are_told(tree: Tree, line: str, says: str) -> None:
    """Hours that are none, and alarms out of their order, are named with their line."""
    tree.own("chapter.yaml", f"time_zone: America/Chicago\n{line}\n")
    assert any(says in fault for fault in tree.faults())


def test_a_chapter_sets_when_its_desk_is_at_work(tree: Tree) -> None:
    """A chapter whose desk works on Saturdays until late is taken at its word."""
    tree.own(
        "chapter.yaml",
        "time_zone: America/Denver\nworking_hours: {days: [tue, sat], from: 12, to: 24}\n"
        "handoff: {remind_after: 2, pass_on_after: 2, tell_member_after: 5}\n",
    )
    chapter = tree.load().chapter
    assert chapter.working_hours == WorkingHours(frozenset({1, 5}), 12, 24)
    assert chapter.patience == Patience(2, 2, 5)


def test_the_chapter_s_values_are_said(tree: Tree) -> None:
    """Name, people, promise and study group stand in the sentences that members read."""
    tree.own("chapter.yaml", CHAPTER)
    bank = tree.load()
    assert bank.chapter.name == "Example City Chapter of ALA"
    assert bank.chapter.chair.id == "U02ABCDEF"
    assert bank.chapter.deputy.id == "W02DEPUTY"
    promised = with_promise(bank.copy, Promise(bank.chapter.reply_promise))
    assert "within one day" in promised.say("handoff.sent", number="7")
    assert "Example City Chapter of ALA" in bank.copy.say("help.text")
    assert "The study group meets on Tuesdays." in bank.entries["study-group"].text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet",
        "name:\nchair:\ndeputy:\n",
        'name: ""\nchair: {slack_id: "  ", name: ""}',
    ],
)
def test_empty_values_are_fine(tree: Tree, text: str) -> None:
    """A chapter file that is not filled in yet changes nothing and is no fault."""
    tree.own("chapter.yaml", text)
    assert tree.load().chapter.name is None
    assert tree.load().chapter.chair.id is None


def test_a_new_entry_joins_the_shipped_ones(tree: Tree) -> None:
    """A chapter adds an answer of its own, approved, beside ours."""
    tree.own("content/faq/our-chapter.yaml", entry())
    bank = tree.load()
    assert len(bank.entries) == 100
    made = bank.entries["our-lunch"]
    assert made.text == "On the first Monday." and made.group == "our-chapter"
    assert made.approved is not None and made.approved.by == "CLM committee"
    assert [e.text for e in bank.examples if e.label == "our-lunch"] == [
        "when do we have lunch together, all of us",
        "When is our chapter's lunch?",
    ]


def test_an_own_entry_takes_the_place_of_the_shipped_one(tree: Tree) -> None:
    """The chapter's words replace ours under the same id, and keep its group."""
    tree.own("content/faq/mine.yaml", entry(id="exam-format", question="What is the exam like?"))
    bank = tree.load()
    assert len(bank.entries) == 99
    assert bank.entries["exam-format"].text == "On the first Monday."
    assert bank.entries["exam-format"].group == "exam"
    assert not any(e.text == "multiple choice or essay" for e in bank.examples)


def test_single_values_are_laid_over(tree: Tree) -> None:
    """One number, one sentence, one source: what the chapter does not name stays as shipped."""
    tree.own("content/program.yaml", "facts:\n  exam_questions: {value: 240}\n")
    tree.own("content/messages.yaml", "ask:\n  chat: You are welcome.\n")
    tree.own("content/sources.yaml", "sources:\n  ala-exam-prep: {title: Our own page}\n")
    bank = tree.load()
    assert "240 multiple-choice questions" in bank.entries["exam-format"].text
    assert bank.copy.say("ask.chat") == "You are welcome."
    assert bank.copy.say("ask.late").startswith("Sorry for the wait")
    assert bank.entries["exam-format"].sources[0].title == "Our own page"
    assert bank.facts["exam_questions"].unit == "questions"


@pytest.mark.parametrize(
    ("name", "text", "line", "sentence"),
    [
        ("chapter.yaml", "name: x\ntimezone: UTC\n", 2, "Did you mean 'time_zone'?"),
        ("chapter.yaml", "name: x\n\ntime_zone: Nowhere\n", 3, "'Nowhere' is not a time zone"),
        ("chapter.yaml", "chair:\n  slack_id: ada@firm.com\n", 2, "is not a member id"),
        ("chapter.yaml", "chair: {slack_id: U1}\ndeputy: {slack_id: U1}\n", 1,
         "chair and deputy are the same person"),
        ("chapter.yaml", "chair: Ada\n", 1, "'chair' must have names of its own below it"),
        ("chapter.yaml", "- a\n", 1, "must have names of its own below it"),
        ("chapter.yaml", f"name: {'x' * 121}\n", 1, "'name' has 121 characters; at most 120 fit."),
        ("chapter.yaml", "name: [x\nchair:\n", 2, "does not fit"),
        ("content/faq/our.yaml", entry(related="nowhere-at-all"), 10, "no entry 'nowhere-at-all'"),
        ("content/faq/our.yaml", entry(source="about-this-bott"), 7,
         "Did you mean 'about-this-bot'?"),
        ("content/faq/our.yaml", entry(answer="{exam_fee_member}"), 5, "would leave a hole"),
        ("content/faq/our.yaml", entry(utterance="exam lenght"), 12,
         "'exam lenght' stands already at content/faq/exam.yaml:"),
        ("content/faq/our.yaml", entry(question="What is the format of the exam?"), 4,
         "stands already at content/faq/exam.yaml:4 (exam-format)"),
        ("content/faq/our.yaml", entry() + entry().replace("entries:\n", ""), 14,
         "the id 'our-lunch' stands already at"),
        ("content/faq/action.yaml", entry(), 3, "the bot cannot do 'our-lunch'"),
        ("content/faq/our.yaml", "answers: []\n", 1, "a list under 'entries:' is expected here."),
        ("content/messages.yaml", "ask:\n  chatt: x\n", 2,
         "unknown key 'ask.chatt'. Did you mean 'ask.chat'?"),
        ("content/messages.yaml", "ask:\n  chat: Hi {name}\n", 2, "nothing is called {name} here."),
        ("content/messages.yaml", "ask:\n  approved: '{bye}'\n", 2, "Did you mean 'by'?"),
        ("content/messages.yaml", "ask:\n  chat: '{chapter_name}'\n", 2,
         "{chapter_name} is empty and would leave a hole."),
        ("content/messages.yaml", "handoff:\n  member_wrote: '{name} writes:'\n", 2,
         "{name} is empty and would leave a hole. Write {name|words to use instead}."),
        ("content/messages.yaml", "ask:\n  chat: '[[x'\n", 2, "never closed with ]]"),
        ("content/messages.yaml", "ask:\n  chat:\n", 2, "'ask.chat' must be a sentence"),
        ("content/messages.yaml", "ask:\n  chat: ''\n", 2, "'ask.chat' must be a sentence"),
        ("content/messages.yaml", "ask:\n  chat: yes\n", 2, "'ask.chat' must be a sentence"),
        ("content/messages.yaml", "ask: Hello\n", 1, "'ask' must have names with sentences below"),
        ("content/messages.yaml", "- a\n", 1, "names with sentences below them are expected"),
        ("content/program.yaml", "facts:\n  exam_questions: {value: many}\n", 2,
         "the unit is questions, so the value must be a number"),
        ("content/program.yaml", "facts:\n  new_fact: {value: 1}\n", 2,
         "'facts.new_fact.unit' is missing."),
        ("content/program.yaml",
         "seasons:\n- {name: B, apply_by: 2027-03-01, source: about-this-bot}\n"
         "- {name: A, apply_by: 2026-03-01, source: about-this-bot}\n", 3,
         "seasons stand oldest first; this one is too far down."),
        ("content/program.yaml",
         "seasons:\n- {name: B, apply_by: 2027-03-01, test_to: 2027-02-01, source: about-this-bot}",
         2, "apply_by comes first, then test_from, then test_to."),
        ("content/out_of_scope.yaml", "out_of_scope:\n  near: {us: ['exam lenght']}\n", 2,
         "'exam lenght' stands already at content/faq/exam.yaml:"),
        ("content/eligibility.yaml", "verzion: '2'\n", 1, "Did you mean 'version'?"),
    ],
)  # fmt: skip
def test_a_fault_of_an_own_file_names_that_file(
    tree: Tree, name: str, text: str, line: int, sentence: str
) -> None:
    """What the chapter got wrong is told with the chapter's file and line, never with ours."""
    path = tree.own(name, text)
    faults = tree.faults()
    told = [fault for fault in faults if sentence in fault]
    assert told, faults
    assert told[0].startswith(f"{path}:{line}: ")
    assert all(fault.startswith(str(path)) or name.endswith("program.yaml") for fault in faults)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("content/faq/our.yml", "Its name must end in .yaml: our.yaml."),
        ("content/faq/our.yaml.txt", "Its name must end in .yaml: our.yaml."),
        ("content/exam.yaml", "Answers belong into"),
        ("content/mesages.yaml", "Did you mean messages.yaml?"),
        ("content/chapter.yaml", "It belongs one folder up:"),
        ("content/faq/more/our.yaml", "Answers belong into"),
    ],
)
def test_an_own_file_that_would_never_be_read_is_told(tree: Tree, name: str, sentence: str) -> None:
    """A file in the wrong place or with the wrong name is no silent nothing."""
    path = tree.own(name, "a: b\n")
    faults = tree.faults()
    assert len(faults) == 1 and sentence in faults[0]
    assert faults[0].startswith(f"{path}: this file is not read.")


@pytest.mark.parametrize("name", ["content/README.md", "content/.exam.yaml.swp", "content/a.yaml~"])
def test_other_files_beside_the_content_do_not_matter(tree: Tree, name: str) -> None:
    """Notes, and what editors leave behind, are let alone."""
    tree.own(name, "x: [")
    assert tree.faults() == []


def test_the_shipped_folder_as_its_own_home_is_read_once(tree: Tree) -> None:
    """With CLM_HOME set to the folder that holds the shipped content, nothing stands twice."""
    tree.content.rename(tree.home / "content")
    places = ContentPlaces(tree.home / "content", own=tree.home)
    assert len(load_content(places, TODAY).entries) == 99


def test_values_of_the_demo_go_over_all(tree: Tree) -> None:
    """The demo's chapter is that of the demo, whatever files lie about."""
    tree.own("chapter.yaml", CHAPTER)
    places = ContentPlaces(tree.content, own=tree.home, chapter={"name": "Demo Chapter"})
    assert load_content(places, TODAY).chapter.name == "Demo Chapter"
