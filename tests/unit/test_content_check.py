"""What `clm content check` refuses: one fault at a time, with its file, line and a sentence."""

from pathlib import Path

import pytest

from tests.support.content import Tree, copied

EXAM, SOURCES, PROGRAM, MESSAGES = "faq/exam.yaml", "sources.yaml", "program.yaml", "messages.yaml"
CHAPTER, STRANGE = "chapter.yaml", "out_of_scope.yaml"

RELATED = "related: [exam-content, passing-score, test-day-rules]"
CITED = "sources: [ala-exam-prep, ala-about-the-exam-older]"
QUESTION = "question: What is the format of the exam?"
VERIFIED = "verified: 2026-11-23"
UTTERANCE = '- "multiple choice or essay"'
EXAM_FACT = "  exam_questions:\n    value: "


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def test_what_ships_is_in_order(tree: Tree) -> None:
    """The content that ships passes its own check."""
    assert tree.faults() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "sentence"),
    [
        # ids, related entries, sources
        (EXAM, RELATED, "related: [exam-content, pasing-score]", "pasing-score",
         "there is no entry 'pasing-score' to relate to. Did you mean 'passing-score'?"),
        (EXAM, RELATED, "related: [exam-format]", "related: [exam-format]",
         "an entry is not related to itself."),
        (EXAM, RELATED, "related: [exam-content, exam-content]", "related: [exam-content, exam-c",
         "'exam-content' stands twice among the related entries."),
        (EXAM, CITED, "sources: [ala-exam-prepp]", "ala-exam-prepp",
         "there is no source 'ala-exam-prepp' in sources.yaml. Did you mean 'ala-exam-prep'?"),
        (EXAM, CITED, "sources: []", "sources: []", "the entry 'exam-format' names no source."),
        (EXAM, "    " + CITED + "\n", "", "- id: exam-format", "'sources' is missing."),
        (PROGRAM, "source: ala-magazine-2024", "source: ala-magazin", "source: ala-magazin",
         "there is no source 'ala-magazin' in sources.yaml. Did you mean 'ala-magazine-2024'?"),
        (PROGRAM, "source: bay-area-newsletter-2011", "source: bay-area-newsletter # x",
         "source: bay-area-newsletter # x",
         "there is no source 'bay-area-newsletter' in sources.yaml"),
        # texts
        (EXAM, QUESTION, f"question: {'What is it? ' * 7}", "question: What is it? What",
         "'question' has 83 characters; at most 75 fit."),
        (EXAM, QUESTION, "question: where do I  take the exam?",
         "question: Where do I take the exam?",
         "'Where do I take the exam?' stands already at content/faq/exam.yaml:4 (exam-format)"),
        (EXAM, QUESTION, 'question: "  "', 'question: "  "', "it holds nothing but spaces."),
        (EXAM, "The exam has {exam_questions}", "Long. " * 500 + "{exam_questions}", "answer: |",
         "characters; Slack shows at most 2600 well."),
        (EXAM, UTTERANCE, '- "How many questions on the exam"', "How many questions on the exam",
         "'How many questions on the exam' stands already at content/faq/exam.yaml:"),
        (EXAM, UTTERANCE, '- "CAN I  take it at home"', "can i take it at home",
         "'can i take it at home' stands already at content/faq/exam.yaml:"),
        (STRANGE, '- "LSAT registration deadline"', '- "Exam lenght"', "Exam lenght",
         "'Exam lenght' stands already at content/faq/exam.yaml:"),
        (EXAM, UTTERANCE, '- ""', '- ""', "a text is empty."),
        (EXAM, UTTERANCE, "- 2026", "- 2026",
         "'utterances.mara' must be text, not a number or a day; put it in quotation marks."),
        (EXAM, UTTERANCE, "- no", "- no", "yes, no, on and off mean something else in YAML"),
        # placeholders
        (EXAM, "{exam_questions}", "{exam_question}", "answer: |",
         "nothing is called {exam_question}. Did you mean 'exam_questions'?"),
        (EXAM, "{exam_questions}", "{exam_fee_member}", "answer: |",
         "{exam_fee_member} is empty and would leave a hole. "
         "Write {exam_fee_member|words to use instead}."),
        (EXAM, "{exam_questions}", "{chapter_name}", "answer: |", "{chapter_name} is empty"),
        (EXAM, "{exam_questions}", "[[x {exam_fee_member} | y {chapter_name}]]", "answer: |",
         "{chapter_name} is empty and would leave a hole."),
        (EXAM, "{exam_questions}", "{exam_questions", "answer: |",
         "'{exam_questions multiple-choice questions…}' is not a placeholder"),
        (EXAM, "{exam_questions}", "[[{exam_questions}", "answer: |",
         "a passage is opened with [[ and never closed with ]]."),
        (EXAM, "{exam_questions}", "{exam questions}", "answer: |", "is not a placeholder"),
        (MESSAGES, "apply by {apply_by}", "apply by {apply_by", "season:", "never closed"),
        # keys
        (EXAM, "    related:", "    relatd:", "relatd:",
         "unknown key 'relatd'. Did you mean 'related'?"),
        (EXAM, "entries:", "language: en\nentries:", "language:", "unknown key 'language'."),
        (PROGRAM, EXAM_FACT, "  exam_questions:\n    vaule: 1\n    value: ", "vaule:",
         "unknown key 'vaule'. Did you mean 'value'?"),
        (PROGRAM, "\nseasons:", "\nnotes: x\nseasons:", "notes: x", "unknown key 'notes'."),
        (SOURCES, "    title:", "    titel:", "titel:",
         "unknown key 'titel'. Did you mean 'title'?"),
        (CHAPTER, "time_zone:", "timezone:", "timezone:", "Did you mean 'time_zone'?"),
        (CHAPTER, "  slack_id:", "  slack:", "  slack:", "Did you mean 'slack_id'?"),
        (EXAM, "    related:", "    verified: 2026-11-24\n    related:", "2026-11-24",
         "'verified' stands twice in the same place; keep one."),
        # shapes and values
        (EXAM, VERIFIED, "verified: 2026-02-30", "2026-02-30",
         "'verified' must be a day, written like 2026-03-14 and without quotation marks."),
        (EXAM, VERIFIED, 'verified: "2026-11-23"', '"2026-11-23"', "must be a day, written like"),
        (EXAM, "approved: null", "approved: {by: Ada}", "{by: Ada}",
         "'approved.on' is missing."),
        (EXAM, RELATED, "related: exam-content", "related: exam-content",
         "'related' must be a list: lines below it that begin with '- '."),
        (EXAM, "utterances:\n      mara:", "utterances:\n      mara: x\n      lea:", "mara: x",
         "'utterances.mara' must be a list"),
        (EXAM, QUESTION, "question: [a list]", "question: [a list]",
         "'question' must be text; text that begins with a square bracket or '- '"),
        (EXAM, QUESTION, "question: # none", "# none", "'question' must be text, and is empty."),
        (PROGRAM, EXAM_FACT, "  exam_questions:\n    value: many # ", "exam_questions:",
         "the unit is questions, so the value must be a number, such as 1200 or 1.5"),
        (PROGRAM, EXAM_FACT, "  exam_questions:\n    value: .inf # ", "exam_questions:",
         "the value must be a number"),
        (PROGRAM, EXAM_FACT, "  exam_questions:\n    value: {a: 1} # ", "value: {a: 1}",
         "'facts.exam_questions.value': a number, a day (2026-03-14), text in quotation marks"),
        (PROGRAM, 'value: "06-30"', 'value: "06-31"', "recert_anniversary_spring:",
         'so the value must be a day of the year, such as "06-30".'),
        (PROGRAM, "unit: questions", "unit: question", "unit: question",
         "'question' is not a unit; use one of USD, date,"),
        (CHAPTER, "America/Chicago", "Chicago", "time_zone: Chicago",
         "'Chicago' is not a time zone such as America/Chicago."),
        (CHAPTER, "  slack_id:", "  slack_id: '@christina' #", "'@christina'",
         "'@christina' is not a member id. It begins with U or W"),
        # YAML that cannot be read
        (EXAM, "    " + RELATED, "\t" + RELATED, "\trelated",
         "the line begins with a tab; indent with spaces"),
        (EXAM, UTTERANCE, '- "multiple choice or essay', "Before I commit",
         "a quotation mark left open"),
        (STRANGE, '- "LSAT registration deadline"', '- "LSAT" registration', "LSAT",
         "does not fit what stands above it"),
        (EXAM, UTTERANCE, "- essay: or not: which", "essay: or not: which",
         "a colon stands in text without quotation marks"),
        (EXAM, UTTERANCE, "- @home or not", "@home", "text cannot begin with @ here"),
        (EXAM, UTTERANCE, "- *home* or not", "*home*", "text cannot begin with *, & or ! here"),
        (EXAM, UTTERANCE, "- &home or not", "&home", "text cannot begin with *, & or ! here"),
        (EXAM, UTTERANCE, "- !home or not", "!home", "text cannot begin with *, & or ! here"),
        (EXAM, QUESTION, "? [a, b]\n    : c", "? [a, b]", "a name is expected before the colon"),
        (EXAM, QUESTION, "question: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "question: [[[",
         "values are nested too deeply here."),
        (SOURCES, "sources:", "--- a\n--- b\nsources:", "--- b", "begins a second part"),
        (STRANGE, '- "LSAT registration', '- "LSAT\x07 registration', "LSAT",
         "a character that nobody can see (U+0007) stands in this line; delete it."),
    ],
)  # fmt: skip
def test_one_fault_is_told_once_with_its_place(
    tree: Tree, name: str, old: str, new: str, at: str, sentence: str
) -> None:
    """One mistake brings one line with file, line and a sentence, and no others in its train."""
    tree.edit(name, old, new)
    faults = tree.faults()
    assert len(faults) == 1, faults
    assert sentence in faults[0]
    assert faults[0].startswith(f"content/{name}:{tree.line_of(name, at)}: ")
