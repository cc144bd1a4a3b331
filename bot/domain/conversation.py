"""One message in its conversation: what it comes to after what was asked and shown before.

A follow-up is read with the answer before it (follow_up.py). "No, I meant ..." drops what was
shown. None of these, or a correction that says nothing more, leads to one invitation to put it in
other words; what is not answered then leads to the chair, with both wordings. So choices are
offered once and never in a loop.
"""

from dataclasses import dataclass, replace

from bot.domain.faq import Decision, Outcome
from bot.domain.follow_up import Subject, follow
from bot.domain.phrasing import Phrasing, Token, is_made_of, phrase_at, tokens_of
from bot.domain.several_questions import Decide, decide_parts

_PAUSES = ",.;:!?–—-"


@dataclass(frozen=True, slots=True)
class Before:
    """The turn before a message, as far as the message is read with it.

    `question` and `first` are wordings of the same member, empty where another one asked; `first`
    is the first wording, where `question` puts it in other words.
    """

    outcome: Outcome
    entry: str | None
    choices: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    question: str = ""
    first: str = ""

    @property
    def refused(self) -> tuple[str, ...]:
        """The entries that are not meant when this is corrected: what was shown, or was offered
        and refused as a whole. What is only offered may be what the correction names."""
        new = self.choices if self.outcome == "unknown" else tuple(filter(None, (self.entry,)))
        return (*self.dropped, *(one for one in new if one not in self.dropped))

    @property
    def invited(self) -> bool:
        """Whether the member was asked to put it in other words."""
        return self.outcome == "unknown" and bool(self.choices)

    @property
    def wording(self) -> str:
        """The first wording of what is still not answered."""
        return self.first or self.question


def understand(text: str, before: Before | None, decide: Decide, subject: Subject) -> Decision:
    """Decide a message; `before` is the turn that it may go on from, if there is one."""
    if before is None:
        return decide_parts(text, decide, subject)
    meant = correction_in(text, before, subject.phrasing)
    if meant is None:
        return _settled(_said(text, before, decide, subject), before)
    if not meant:
        return _settled(invitation(before), before)
    return _settled(_corrected(meant, before, decide, subject), before, corrects=True)


def invitation(before: Before | None) -> Decision:
    """Nothing that was shown was meant: the invitation to put it in other words."""
    offered = (before.entry,) if before and before.entry else before.choices if before else ()
    return Decision("unknown", None, 0.0, offered, ())


def correction_in(text: str, before: Before, phrasing: Phrasing) -> str | None:
    """What is meant instead of what was shown, empty where that is not said; None for a message
    that corrects nothing."""
    if before.outcome == "unknown" and not before.invited:
        return None
    tokens, at = tokens_of(text), 0
    if before.outcome == "clarify" and is_made_of(tokens, phrasing.none_of_these):
        return ""
    while at < len(tokens) and (length := _refused(text, tokens, at, phrasing)):
        at += length
    if not at:
        return None
    return text[tokens[at].start :] if at < len(tokens) else ""


def _refused(text: str, tokens: list[Token], at: int, phrasing: Phrasing) -> int:
    """How many words from `at` on say that something else was meant; a bare "no" says so only
    where a pause or nothing comes after it."""
    if length := phrase_at(tokens, at, phrasing.corrections):
        return length
    end = at + phrase_at(tokens, at, phrasing.refusals)
    following = text[tokens[end - 1].end :].lstrip()[:1] if end > at else "…"
    return end - at if following in _PAUSES else 0


def _said(text: str, before: Before, decide: Decide, subject: Subject) -> Decision:
    alone = decide_parts(text, decide, subject)
    if before.outcome != "answer" or before.entry is None or alone.outcome == "chat":
        return alone
    return follow(text, before.entry, alone, subject)


def _corrected(meant: str, before: Before, decide: Decide, subject: Subject) -> Decision:
    """The decision of what was meant, without what was shown; where that is not enough, read
    together with the question as it was first put."""
    dropped = before.refused
    decision = decide(meant)
    if decision.outcome == "chat":
        return invitation(before)
    if decision.outcome == "clarify" or decision.entry in dropped:
        decision = subject.without(dropped, meant)
        if decision.entry is None and before.wording:
            together = subject.without(dropped, f"{before.wording} {meant}")
            decision = together if together.entry else decision
    return replace(decision, dropped=dropped, first=before.wording)


def _settled(decision: Decision, before: Before, *, corrects: bool = False) -> Decision:
    """A decision that does not offer choices again where choices did not help."""
    if decision.entry or decision.outcome == "chat" or decision.instead:
        return decision
    if before.invited:
        unknown = replace(decision, outcome="unknown", choices=())
        return replace(unknown, first=before.wording, confidence=0.0)
    again = corrects or bool(set(decision.choices) & set(before.choices))
    if decision.outcome == before.outcome == "clarify" and again:
        return replace(invitation(before), first=before.wording, dropped=decision.dropped)
    return decision
