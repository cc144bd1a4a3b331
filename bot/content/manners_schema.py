"""The shape of not_the_clm.yaml and remarks.yaml."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.content.schema import Line, Sentence, Strict
from bot.domain.lexicon import phrase_of


def _phrase(text: str) -> str:
    if not phrase_of(text):
        raise ValueError(f"'{text}' begins with no word; a * stands between two words.")
    return text


Phrase = Annotated[Line, AfterValidator(_phrase)]
Phrases = Annotated[list[Phrase], Field(default_factory=list)]


class ThingFile(Strict):
    """How people write the name of one thing that is not the CLM."""

    always: Phrases
    beside: Phrases

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.always or self.beside):
            raise ValueError("it needs 'always' or 'beside': how people write it.")
        return self


class NotTheClmFile(Strict):
    """not_the_clm.yaml."""

    things: dict[Line, ThingFile]
    signs_after: list[Phrase]
    signs_before: list[Phrase]
    ours: list[Phrase]
    compared: list[Phrase]
    about: list[Line]


class KindFile(Strict):
    """One kind of message, and what is said to it."""

    words: list[Phrase]
    first: Sentence
    alone: Sentence
    only: list[Line] | None = None
    gentle: bool = False


class LanguageFile(Strict):
    """How another language is known, and the sentence in it."""

    words: Phrases
    letters: Annotated[list[Line], Field(default_factory=list)]
    says: Annotated[str, Field(max_length=300)] = ""

    @model_validator(mode="after")
    def _known(self) -> Self:
        if not (self.words or self.letters):
            raise ValueError("it needs 'words' or 'letters', by which it is known.")
        return self


class LanguagesFile(Strict):
    """English, and the languages that are told from it."""

    sentence: Sentence
    english: list[Phrase]
    others: dict[Line, LanguageFile]


class RemarksFile(Strict):
    """remarks.yaml."""

    kinds: dict[Line, KindFile]
    fillers: list[Phrase]
    supposing: list[Phrase]
    pleasantries: list[Phrase]
    languages: LanguagesFile
