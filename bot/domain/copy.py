"""Copy: the sentences a member reads, as templates whose holes can never show.

`{name}` is replaced by a value; `{name|words}` falls back to the words when the value is empty;
`[[a passage with {name}. | what to say instead]]` stands or falls as a whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Values = Mapping[str, str | None]

_CLOSING = (".", ",", ";", ":", "!", "?", ")")


class TemplateFault(ValueError):
    """A template that cannot be read; the message is for the person who edits it."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A placeholder: `fallback` is None where the template offers no other words."""

    name: str
    fallback: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that is shown only when every value in it is known."""

    parts: "tuple[str | Hole, ...]"
    otherwise: "tuple[str | Hole, ...]"


Part = str | Hole | Passage


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a finished text, and the names of the values that it would change with."""

    text: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder as the check sees it: guarded means that an empty value leaves no hole."""

    name: str
    guarded: bool


def parse(template: str) -> tuple[Part, ...]:
    """Read a template; raises TemplateFault in words for the editor."""
    parts: list[Part] = []
    rest = template
    while "[[" in rest:
        before, _, after = rest.partition("[[")
        inside, closed, rest = after.partition("]]")
        if not closed:
            raise TemplateFault("a passage is opened with [[ and never closed with ]]")
        parts.extend(_holes(before))
        parts.append(_passage(inside))
    if "]]" in rest:
        raise TemplateFault("there is a ]] without a [[ before it")
    parts.extend(_holes(rest))
    return tuple(parts)


def fill(template: str, values: Values, lacking: str | None = None) -> str:
    """The finished sentence.

    A placeholder with neither value nor fallback becomes `lacking`; without that it is a KeyError.
    """
    return "".join(piece.text for piece in pieces(template, values, lacking)).strip()


def pieces(template: str, values: Values, lacking: str | None = None) -> tuple[Piece, ...]:
    """The finished text in the pieces that its template has; raises KeyError as `fill` does."""
    parts = parse(template)
    texts = closed_up([_filled(part, values, lacking) for part in parts])
    return tuple(
        Piece(text, frozenset(_rests_on(part, values)))
        for part, text in zip(parts, texts, strict=True)
    )


def closed_up(texts: Sequence[str]) -> list[str]:
    """The texts so that they join without a gap where one between two others is empty."""
    fitted: list[str] = []
    for at, text in enumerate(texts):
        is_gap = at > 0 and not texts[at - 1]
        fitted.append(_closed_up(fitted, text) if is_gap and text else text)
    return fitted


def _closed_up(before: list[str], after: str) -> str:
    """What comes after a gap; the space on the two sides of the gap becomes the wider of both."""
    space = ""
    for at in range(len(before) - 1, -1, -1):
        kept = before[at].rstrip()
        space, before[at] = before[at][len(kept) :] + space, kept
        if kept:
            break
    tail = after.lstrip()
    if not any(before) or tail[:1] in _CLOSING:
        return tail
    spaces = (space, after[: len(after) - len(tail)])
    return max(spaces, key=lambda one: (one.count("\n"), len(one))) + tail


def placeholders(template: str) -> Iterator[Placeholder]:
    """Every placeholder of a template, with whether an empty value is provided for."""
    for part in parse(template):
        if isinstance(part, Hole):
            yield Placeholder(part.name, guarded=part.fallback is not None)
        elif isinstance(part, Passage):
            for hole in _only_holes(part.parts):
                yield Placeholder(hole.name, guarded=True)
            for hole in _only_holes(part.otherwise):
                yield Placeholder(hole.name, guarded=hole.fallback is not None)


def _only_holes(parts: tuple[str | Hole, ...]) -> Iterator[Hole]:
    return (part for part in parts if isinstance(part, Hole))


def _passage(inside: str) -> Passage:
    depth = 0
    for at, character in enumerate(inside):
        depth += (character == "{") - (character == "}")
        if character == "|" and depth == 0:
            return Passage(_holes(inside[:at].strip()), _holes(inside[at + 1 :].strip()))
    return Passage(_holes(inside.strip()), ())


def _holes(text: str) -> tuple[str | Hole, ...]:
    parts: list[str | Hole] = []
    while "{" in text:
        before, _, after = text.partition("{")
        inside, closed, text = after.partition("}")
        if not closed:
            raise TemplateFault("a placeholder is opened with { and never closed with }")
        name, bar, fallback = inside.partition("|")
        if not name.strip().isidentifier():
            shown = inside if len(inside) <= 40 else f"{inside[:40]}…"
            raise TemplateFault(f"'{{{shown}}}' is not a placeholder: names are words joined by _")
        parts.append(before)
        parts.append(Hole(name.strip(), fallback.strip() if bar else None))
    if "}" in text:
        raise TemplateFault("there is a } without a { before it")
    parts.append(text)
    return tuple(part for part in parts if part != "")


def _filled(part: Part, values: Values, lacking: str | None) -> str:
    match part:
        case str():
            return part
        case Hole():
            return _hole_text(part, values, lacking)
        case Passage():
            return "".join(_filled(piece, values, lacking) for piece in _chosen(part, values))


def _chosen(passage: Passage, values: Values) -> tuple[str | Hole, ...]:
    needed = (hole.name for hole in _only_holes(passage.parts) if hole.fallback is None)
    return passage.parts if all(values.get(name) for name in needed) else passage.otherwise


def _rests_on(part: Part, values: Values) -> Iterator[str]:
    match part:
        case Hole():
            yield part.name
        case Passage():
            # What is said instead rests on the missing value too: it goes once that is known.
            shown = (*part.parts, *_chosen(part, values))
            yield from (hole.name for hole in _only_holes(shown))


def _hole_text(hole: Hole, values: Values, lacking: str | None) -> str:
    value = values.get(hole.name)
    if value:
        return value
    instead = lacking if hole.fallback is None else hole.fallback
    if instead is None:
        raise KeyError(f"no value for {{{hole.name}}} and no fallback")
    return instead


@dataclass(frozen=True, slots=True)
class Copy:
    """The interface text of one workspace: `copy.say("handoff.sent", number="7")`."""

    templates: Mapping[str, str]
    values: Values = field(default_factory=dict)

    def say(self, key: str, **values: str | None) -> str:
        """The sentence under `key`; raises KeyError when the key or a needed value is missing."""
        return fill(self.templates[key], {**self.values, **values})
