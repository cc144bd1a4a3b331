"""The words in which members tell of a course, as ledger.yaml holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.small_talk import Phrase

_NONE: frozenset[Phrase] = frozenset()


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """All phrases, each as its normalised words.

    `categories` and `kinds` say what each phrase stands for; `in_capitals` are words as written.
    A provider follows `provider_after`; one of `providers` is known after `provider_near` and right
    before a kind as well, and none begins with `never_provider`. Beside `unsure_amount` no amount
    is read. A title has no `framing` at its ends, is not made of `plain` words alone, and has
    nothing of `never_in_title` in it.
    """

    categories: Mapping[Phrase, str] = field(default_factory=dict)
    in_capitals: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[Phrase, str] = field(default_factory=dict)
    provider_after: frozenset[Phrase] = _NONE
    providers: frozenset[Phrase] = _NONE
    provider_near: frozenset[Phrase] = _NONE
    unsure_amount: frozenset[Phrase] = _NONE
    framing: frozenset[Phrase] = _NONE
    plain: frozenset[Phrase] = _NONE
    never_provider: frozenset[Phrase] = _NONE
    never_in_title: frozenset[Phrase] = _NONE


NO_LEDGER_WORDS = LedgerWords()
"""With it only amounts and days are read."""
