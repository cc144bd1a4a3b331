"""How a reply to a question looks."""

from bot.domain.copy import Copy
from bot.domain.faq import Answer, Choice, Reply, approval_line, source_line, spoken
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    message,
    modal,
    numbered,
    quiet,
    text_input,
    words,
)

OPENS = {
    "start-eligibility": ("eligibility.open", "help.button_check"),
    "my-status": ("standing.show", "help.button_status"),
    "talk-to-chair": ("handoff.open", "help.button_chair"),
    "log-hours": ("eligibility.hours", "ask.open_hours"),
    "delete-my-data": ("privacy.ask", "home.erase"),
    "bot-help": ("faq.open", "help.button_ask"),
}
"""The button that does an action entry's thing."""


def reply_message(reply: Reply, copy: Copy, *, in_channel: bool) -> Message:
    """A reply as a message; in a channel it says how to ask further."""
    hint = copy.say("ask.mention_again") if in_channel else ""
    text = "\n\n".join(part for part in (spoken(reply, copy), hint) if part)
    blocks = reply_blocks(reply, copy, hint)
    simple = reply_blocks(reply, copy, hint, simple=True)
    return message(text, blocks, simple)


def reply_blocks(
    reply: Reply, copy: Copy, hint: str = "", *, simple: bool = False
) -> tuple[Block, ...]:
    """A reply as blocks; `simple` uses none of the blocks that some workspaces do not have."""
    late = copy.say("ask.late") if reply.late else ""
    automated = copy.say("bot.automated")
    first = copy.say("ask.introduction", automated=automated) if reply.introduces else ""
    before = [quiet(late)] if late else []
    after = [quiet(line) for line in (first, hint) if line]
    return (*before, *_body(reply, copy, simple=simple), *after)


def _body(reply: Reply, copy: Copy, *, simple: bool) -> list[Block]:
    answer = reply.answer
    if reply.outcome == "answer" and answer is not None:
        return _answer_blocks(reply.turn, answer, copy, simple=simple)
    if reply.outcome == "action" and answer is not None:
        return [words(answer.text), _action_row(reply.turn, answer, copy)]
    if reply.outcome == "clarify":
        return _clarify_blocks(reply, copy)
    if reply.outcome == "chat":
        return [words(copy.say("ask.chat"))]
    key = "ask.unknown_after_choices" if reply.after_choices else "ask.unknown"
    return [words(copy.say(key)), actions(_chair_button(reply.turn, copy, primary=True))]


def _answer_blocks(turn: int, answer: Answer, copy: Copy, *, simple: bool) -> list[Block]:
    blocks = [words(answer.text), quiet(source_line(answer, copy), approval_line(answer, copy))]
    if answer.related:
        blocks += [quiet(copy.say("ask.related")), actions(*_choice_buttons(answer.related))]
    blocks += _feedback(turn, copy, simple=simple)
    blocks.append(actions(_chair_button(turn, copy)))
    return blocks


def _choice_buttons(choices: tuple[Choice, ...]) -> list[Block]:
    return [
        button(choice.question, numbered("faq.show", at), choice.entry)
        for at, choice in enumerate(choices)
    ]


def _chair_button(turn: int, copy: Copy, *, primary: bool = False) -> Block:
    style = "primary" if primary else ""
    return button(copy.say("ask.chair"), "handoff.open", str(turn), style=style)


def _clarify_blocks(reply: Reply, copy: Copy) -> list[Block]:
    none = button(copy.say("ask.none_of_these"), "faq.none", str(reply.turn))
    return [words(copy.say("ask.clarify")), actions(*_choice_buttons(reply.choices), none)]


def _action_row(turn: int, answer: Answer, copy: Copy) -> Block:
    action_id, key = OPENS[answer.entry]
    first = button(copy.say(key), action_id, str(turn), style="primary")
    return actions(first)


def _feedback(turn: int, copy: Copy, *, simple: bool) -> list[Block]:
    ask, yes, no = (copy.say(f"ask.feedback{part}") for part in ("", "_yes", "_no"))
    labels = copy.say("ask.feedback_yes_label"), copy.say("ask.feedback_no_label")
    if simple:
        return [
            quiet(ask),
            actions(
                button(yes, numbered("faq.vote", 1), f"yes:{turn}", label=labels[0]),
                button(no, numbered("faq.vote", 0), f"no:{turn}", label=labels[1]),
            ),
        ]
    buttons = {
        "type": "feedback_buttons",
        "action_id": "faq.vote",
        "positive_button": _feedback_button(yes, f"yes:{turn}", labels[0]),
        "negative_button": _feedback_button(no, f"no:{turn}", labels[1]),
    }
    return [quiet(ask), {"type": "context_actions", "elements": [buttons]}]


def _feedback_button(text: str, value: str, label: str) -> Block:
    return {
        "text": {"type": "plain_text", "text": text},
        "value": value,
        "accessibility_label": label,
    }


def ask_modal(copy: Copy, question: str = "") -> Block:
    """The window that takes a question."""
    field = text_input(
        "question",
        copy.say("ask.modal_label"),
        hint=copy.say("ask.modal_hint"),
        multiline=True,
        initial=question,
    )
    return modal(
        "faq.ask",
        copy.say("ask.modal_title"),
        [field],
        close=copy.say("ask.modal_close"),
        submit=copy.say("ask.modal_submit"),
    )


def answer_modal(reply: Reply, copy: Copy) -> Block:
    """The same window with the answer; its buttons wait in the direct conversation."""
    blocks = [words(spoken(reply, copy)), quiet(copy.say("ask.modal_in_dm"))]
    return modal(
        "faq.answered",
        copy.say("ask.modal_answer_title"),
        blocks,
        close=copy.say("ask.modal_close"),
    )
