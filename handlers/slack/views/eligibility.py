"""How a step of the eligibility dialog looks, and its verdict."""

from collections.abc import Mapping, Sequence

from bot.domain.copy import Copy
from bot.domain.eligibility import RuleResult, Verdict
from bot.domain.eligibility_dialog import Answers, Choice, Question, questions_for
from bot.services.eligibility import StepShown
from handlers.slack.views.blocks import (
    Block,
    actions,
    button,
    cut,
    divider,
    escaped,
    marked,
    modal,
    plain,
    quiet,
    words,
)

CHOOSE = "eligibility.choose"
"""Action of a choice on which other questions of its step depend."""

UNKNOWN = "unknown"
NUMBER_TEXT = 60


def step_modal(
    shown: StepShown, copy: Copy, pending: Mapping[str, str | None] | None = None
) -> Block:
    """One step; `pending` are choices made in it and not yet submitted."""
    answers: Answers = {**shown.answers, **shown.filled, **(pending or {})}
    progress = copy.say(
        "eligibility.progress", step=str(shown.progress.number), steps=str(shown.progress.of)
    )
    blocks = [quiet(progress)]
    if shown.rules_changed:
        blocks.append(words(copy.say("eligibility.rules_changed")))
    if shown.filled:
        blocks.append(words(copy.say("eligibility.filled")))
    if shown.step.intro:
        blocks.append(words(shown.step.intro))
    deciding = {c.question for question in shown.step.questions for c in question.when}
    for question in questions_for(shown.step, answers):
        blocks.append(_field(question, answers, copy, is_deciding=question.id in deciding))
    if shown.has_back:
        blocks.append(actions(button(copy.say("eligibility.back"), "eligibility.back")))
    blocks.append(quiet(copy.say("eligibility.kept")))
    last = shown.progress.number == shown.progress.of
    return modal(
        "eligibility.step",
        shown.step.title,
        blocks,
        close=copy.say("eligibility.close"),
        submit=copy.say("eligibility.finish" if last else "eligibility.next"),
        metadata={
            "draft": shown.draft,
            "version": shown.version,
            "step": shown.step.id,
            **({"turn": shown.said.turn, "sent": shown.said.sent} if shown.said else {}),
        },
    )


def _field(question: Question, answers: Answers, copy: Copy, *, is_deciding: bool) -> Block:
    is_number = question.kind == "number"
    field: Block = {
        "type": "input",
        "block_id": question.id,
        "label": plain(question.label, 2000),
        "optional": is_number,
        "element": _number(question, answers, copy)
        if is_number
        else _choices(question, answers, CHOOSE if is_deciding else "value"),
    }
    if question.hint:
        field["hint"] = plain(question.hint, 2000)
    if is_deciding:
        field["dispatch_action"] = True
    return field


def _number(question: Question, answers: Answers, copy: Copy) -> Block:
    # A text field, since Slack's number field refuses "1,5" and "one and a half".
    element: Block = {
        "type": "plain_text_input",
        "action_id": "value",
        "max_length": NUMBER_TEXT,
        "placeholder": plain(copy.say("eligibility.number_placeholder"), 150),
    }
    if value := answers.get(question.id):
        element["initial_value"] = cut(value, NUMBER_TEXT)
    return element


def _choices(question: Question, answers: Answers, action_id: str) -> Block:
    options = [_option(choice) for choice in question.choices]
    element: Block = {"type": "radio_buttons", "action_id": action_id, "options": options}
    if question.id in answers:
        chosen = answers[question.id] or UNKNOWN
        initial = [option for option in options if option["value"] == chosen]
        if initial:
            element["initial_option"] = initial[0]
    return element


def _option(choice: Choice) -> Block:
    option: Block = {"text": plain(choice.label, 75), "value": choice.value}
    if choice.note:
        option["description"] = plain(choice.note, 75)
    return option


def verdict_modal(verdict: Verdict, copy: Copy, hours: Sequence[Block] = ()) -> Block:
    """The verdict, rule by rule; `hours` are blocks that show what is missing for which day."""
    blocks: list[Block] = [
        words(copy.say(f"eligibility.overall_{verdict.overall}")),
        quiet(copy.say("eligibility.disclaimer"), copy.say("eligibility.verdict_kept")),
        *((divider(), *hours) if hours else ()),
        divider(),
    ]
    for rule in verdict.rules:
        blocks += rule_blocks(rule, copy)
    return modal(
        "eligibility.verdict",
        copy.say("eligibility.result_title"),
        blocks,
        close=copy.say("ask.modal_close"),
    )


def rule_blocks(rule: RuleResult, copy: Copy) -> list[Block]:
    """One rule: its state in words, why, the rule itself, and where it stands."""
    state = copy.say(f"eligibility.state_{rule.state}")
    settles = copy.say("eligibility.settles", settles=rule.settles) if rule.settles else ""
    reason = "\n".join(part for part in (rule.reason.text, settles) if part)
    text = f"*{escaped(f'{rule.title}: {state}')}*\n{escaped(reason)}"
    asked = copy.say("eligibility.asked_for", rule=rule.rule)
    source = copy.say(
        "eligibility.source",
        title=rule.source.title,
        edition=rule.source.edition,
        as_of=rule.as_of,
    )
    return [marked(text), quiet(asked, source)]
