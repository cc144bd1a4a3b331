"""How a reply to a question looks."""

from bot.domain.copy import Copy
from bot.domain.faq import (
    CHAIR,
    Answer,
    Choice,
    Reply,
    kept_line,
    lines_above,
    lines_after,
    lines_below,
    spoken,
    unknown_line,
)
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
from handlers.slack.views.prose import prose

OPENS = {
    "start-eligibility": ("eligibility.open", "help.button_check"),
    "my-status": ("standing.show", "help.button_status"),
    "talk-to-chair": ("handoff.open", "help.button_chair"),
    "log-hours": ("ledger.add", "ask.open_hours"),
    "delete-my-data": ("privacy.ask", "home.erase"),
    "bot-help": ("faq.open", "help.button_ask"),
}
"""The button that does an action entry's thing."""

BESIDE = {"delete-my-data": (("privacy.show", "home.my_data"),)}
"""What else may have been meant: to see what is kept rather than to erase it."""


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
    before += [words(line) for line in lines_above(reply, copy)]
    after = [quiet(line) for line in (first, hint) if line]
    return (*before, *_body(reply, copy, simple=simple), *after)


def _body(reply: Reply, copy: Copy, *, simple: bool) -> list[Block]:
    answer = reply.answer
    if reply.outcome == "answer" and answer is not None:
        return _answer_blocks(reply, answer, copy, simple=simple)
    if reply.outcome == "action" and answer is not None:
        row = _action_row(reply, answer, copy)
        return [prose(answer.text), *_further(reply, copy), row]
    if reply.outcome == "clarify":
        return [*_clarify_blocks(reply, copy), *_further(reply, copy)]
    if reply.outcome == "chat":
        return [words(copy.say("ask.chat"))]
    no = unknown_line(reply, copy)
    buttons = [_chair_button(reply.turn, copy, primary=True)]
    if not reply.kept:
        return [words(no), *_further(reply, copy), actions(*buttons)]
    buttons.append(button(copy.say("learning.tell_me"), "learning.wish", str(reply.turn)))
    buttons.append(button(copy.say("ask.forget"), "faq.forget", str(reply.turn)))
    kept = quiet(kept_line(reply, copy))
    return [words(no), kept, *_further(reply, copy), actions(*buttons)]


def _further(reply: Reply, copy: Copy) -> list[Block]:
    """What else was asked, and the check that begins with what was told."""
    lines = lines_after(reply, copy)
    if not lines:
        return []
    buttons = _choice_buttons(reply.also)
    if reply.offers_check and reply.outcome != "action":
        buttons.append(_told_button(reply, copy))
    return [words("\n".join(lines)), *([actions(*buttons)] if buttons else [])]


def _told_button(reply: Reply, copy: Copy) -> Block:
    return button(copy.say("ask.check_told"), "eligibility.told", str(reply.turn), style="primary")


def _answer_blocks(reply: Reply, answer: Answer, copy: Copy, *, simple: bool) -> list[Block]:
    blocks = [*answer_words(answer, copy), *_further(reply, copy)]
    # The way to the chair has a button of its own below.
    if related := tuple(choice for choice in answer.related if choice.entry != CHAIR):
        blocks += [quiet(copy.say("ask.related")), actions(*_choice_buttons(related))]
    blocks += _feedback(reply.turn, copy, simple=simple)
    blocks.append(actions(_chair_button(reply.turn, copy)))
    return blocks


def answer_words(answer: Answer, copy: Copy) -> list[Block]:
    """The words of an answer with their source, age and approval, as members read them."""
    return [prose(answer.text), quiet(*lines_below(answer, copy))]


def _choice_buttons(choices: tuple[Choice, ...], meant_in: int = 0) -> list[Block]:
    """A button for each; `meant_in` is the turn whose words are asked about."""
    turn = f":{meant_in}" if meant_in else ""
    return [
        button(choice.question, numbered("faq.show", at), f"{choice.entry}{turn}")
        for at, choice in enumerate(choices)
    ]


def _chair_button(turn: int, copy: Copy, *, primary: bool = False) -> Block:
    style = "primary" if primary else ""
    return button(copy.say("ask.chair"), "handoff.open", str(turn), style=style)


def _clarify_blocks(reply: Reply, copy: Copy) -> list[Block]:
    none = button(copy.say("ask.none_of_these"), "faq.none", str(reply.turn))
    buttons = _choice_buttons(reply.choices, reply.turn)
    return [words(copy.say("ask.clarify")), actions(*buttons, none)]


def _action_row(reply: Reply, answer: Answer, copy: Copy) -> Block:
    if reply.offers_check:
        return actions(_told_button(reply, copy))
    action_id, key = OPENS[answer.entry]
    opens = button(copy.say(key), action_id, str(reply.turn), style="primary")
    also = [button(copy.say(key), action) for action, key in BESIDE.get(answer.entry, ())]
    return actions(opens, *also)


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
