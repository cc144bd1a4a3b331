"""What one message comes to: small talk first, then the entry it asks for."""

from collections.abc import Container

from bot.domain.faq import HELP, Decision
from bot.domain.manners import NO_MANNERS, Manners, first_shown, parts_of, weighed
from bot.domain.matching import RANKED, Index, Match
from bot.domain.small_talk import SmallTalk, hear

_SURE = 1.0


def decide(
    text: str,
    index: Index,
    talk: SmallTalk,
    actions: Container[str],
    manners: Manners = NO_MANNERS,
) -> Decision:
    """Decide one message. `actions` are the entries that the bot does instead of explaining.

    A greeting alone asks what the bot can do; thanks, reactions and noise are chat; of anything
    else the greeting before and the thanks after it are left aside and the rest is matched.
    With `manners` the decision carries what goes beside the answer, and is declined where the
    message is about something else than the CLM.
    """
    heard = hear(text, talk, index.knows)
    if heard.kind == "question":
        parts = parts_of(text, heard.question, manners)
        shown = first_shown(parts, lambda part: decision_of(index.match(part), actions))
        return weighed(text, shown, manners)
    match = index.match(heard.question)
    if heard.kind == "greeting" and HELP in index.entries:
        others = tuple(pair for pair in match.ranking if pair[0] != HELP)
        ranking = ((HELP, max(_SURE, *(score for _, score in match.ranking))), *others)
        return Decision("action", HELP, _SURE, (), ranking[:RANKED])
    return weighed(text, Decision("chat", None, 0.0, (), match.ranking), manners)


def decision_of(match: Match, actions: Container[str] = ()) -> Decision:
    """A match as a decision, with no regard to small talk."""
    does = match.label is not None and match.label in actions
    outcome = "action" if does else match.outcome
    return Decision(outcome, match.label, match.confidence, match.choices, match.ranking)
