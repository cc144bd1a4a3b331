"""`clm ask`: the same decision and the same words as in chat, for a person or as JSON lines."""

import json
from collections.abc import Iterable

from bot.domain.copy import Copy
from bot.domain.faq import Decision, Reply, answer_of, choices_of, spoken
from bot.domain.identity import MemberRef
from bot.errors import InputError
from bot.services.bank import Bank, decide, offers_check

NOBODY = MemberRef("")


def reply_to(bank: Bank, decision: Decision, text: str) -> Reply:
    """The reply a member would get to a text in a direct conversation."""
    entries = bank.content.entries
    entry = entries.get(decision.entry) if decision.entry else None
    return Reply(
        turn=0,
        member=NOBODY,
        outcome=decision.outcome,
        answer=answer_of(entry, entries) if entry else None,
        choices=choices_of([entries[choice] for choice in decision.choices]),
        late=False,
        after_choices=False,
        remark=decision.remark,
        instead=decision.instead,
        also=choices_of([entries[one] for one in decision.also]),
        offers_check=offers_check(
            bank, text, decision.outcome, decision.entry or next(iter(decision.choices), None)
        ),
    )


def as_read(bank: Bank, text: str) -> str:
    """The answer as a person reads it, with the related questions below."""
    reply = reply_to(bank, decide(bank, text), text)
    copy = bank.content.copy
    return "\n\n".join([spoken(reply, copy), *_related(reply, copy)])


def _related(reply: Reply, copy: Copy) -> list[str]:
    if reply.outcome != "answer" or reply.answer is None or not reply.answer.related:
        return []
    lines = [f"- {choice.question}" for choice in reply.answer.related]
    return ["\n".join([copy.say("ask.related"), *lines])]


def as_json(bank: Bank, text: str) -> str:
    """One line of the contract of `clm ask --json`."""
    decision = decide(bank, text)
    return json.dumps(
        {
            "text": text,
            "outcome": decision.outcome,
            "entry": decision.entry,
            "confidence": round(decision.confidence, 4),
            "choices": list(decision.choices),
            "ranking": [[label, round(score, 4)] for label, score in decision.ranking],
            "answer": spoken(reply_to(bank, decision, text), bank.content.copy),
        }
    )


def texts_of(lines: Iterable[str], name: str) -> list[str]:
    """The texts of a batch file, read whole; raises InputError with file and line."""
    texts = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise InputError(f"{name}:{number}: this line is not JSON.") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise InputError(f'{name}:{number}: the line needs a text, as in {{"text": "..."}}.')
        texts.append(row["text"])
    return texts
