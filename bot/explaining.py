"""`clm ask --explain`: why a message was decided as it was, for who tends the bank."""

from collections.abc import Mapping, Sequence

from bot.domain.calibration import choose, costs
from bot.domain.faq import Decision
from bot.domain.manners import parts_of
from bot.domain.matching import OUT_OF_SCOPE, Index, Reason
from bot.domain.small_talk import hear
from bot.evaluation_text import short
from bot.services.bank import Bank, decide

_REASONS = 4
_AT_MOST_LETTERS = 600
"""An explanation scores the text once without each of its words: this bounds the time it takes."""

Authors = Mapping[str, str]


def explained(bank: Bank, text: str) -> str:
    """The three best entries with the words and utterances that spoke for them, what spoke for
    out of scope, and what each move was expected to cost."""
    decision = decide(bank, text)
    heard = hear(text, bank.content.small_talk, bank.index.knows)
    if heard.kind != "question":
        return f"Why {decision.outcome}: this is small talk ({heard.kind}), so nothing was matched."
    matched = _matched(bank, parts_of(text, heard.question, bank.content.manners), decision)
    question = matched[:_AT_MOST_LETTERS]
    authors = {example.text: example.author for example in bank.content.examples}
    reasons = bank.index.explain(question, reasons=_REASONS)
    return "\n".join(
        [
            *_verdict(bank.index, matched, decision),
            *([] if matched == text.strip() else [f"Matched was {short(matched)}."]),
            *([] if matched == question else [f"Explained on {_AT_MOST_LETTERS} letters of it."]),
            *_entries([one for one in reasons if one.label != OUT_OF_SCOPE], authors),
            "",
            *_against([one for one in reasons if one.label == OUT_OF_SCOPE], authors),
        ]
    )


def _matched(bank: Bank, parts: Sequence[str], decision: Decision) -> str:
    """That part of the message on which it was decided."""
    deciding = (part for part in parts if bank.index.match(part).ranking == decision.ranking)
    return next(deciding, parts[0])


def _verdict(index: Index, matched: str, decision: Decision) -> list[str]:
    """The outcome with what each move was expected to cost, in questions asked back, the least
    first."""
    belief = index.believe(matched)
    ranked = sorted(costs(belief).items(), key=lambda pair: pair[1])
    lines = [
        f"Why {decision.outcome}, confidence {belief.first:.2f}: expected costs are "
        + ", ".join(f"{move} {cost:.2f}" for move, cost in ranked)
        + "; the least decides."
    ]
    move = choose(belief) if index.match(matched).confidence else "unknown"
    if move != ("answer" if decision.outcome == "action" else decision.outcome):
        lines.append(f"That alone says {move}; a rule about what is not the CLM's says otherwise.")
    return lines


def _entries(reasons: Sequence[Reason], authors: Authors) -> list[str]:
    lines = []
    for place, reason in enumerate(reasons, start=1):
        lines += ["", f"{place}. {reason.label}, score {reason.score:.2f}"]
        lines += _spoke(reason, authors)
    return lines


def _spoke(reason: Reason, authors: Authors) -> list[str]:
    words = ", ".join(f"{word} {share:.2f}" for word, share in reason.words)
    return [
        *([f"   words: {words}"] if words else []),
        *(f"   {share:.2f} {short(text)}{_by(text, authors)}" for text, share in reason.utterances),
    ]


def _by(text: str, authors: Authors) -> str:
    author = authors.get(text)
    return f" ({author})" if author else ""


def _against(reasons: Sequence[Reason], authors: Authors) -> list[str]:
    if not reasons:
        return ["The bank has no out-of-scope examples."]
    reason = reasons[0]
    if reason.score <= 0 or not reason.utterances:
        return [f"Out of scope, score {reason.score:.2f}: no example pulled against it."]
    return [
        f"Out of scope, score {reason.score:.2f}: these examples pulled against it",
        *_spoke(reason, authors),
    ]
