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


def fill(template: str, values: Values) -> str:
    """The finished sentence. Raises KeyError for a placeholder with neither value nor fallback."""
    return _joined([_filled(part, values) for part in parse(template)]).strip()


def _joined(pieces: Sequence[str]) -> str:
    """The pieces as one text, closed up where a piece between two others is empty."""
    text, is_gap = "", False
    for piece in pieces:
        if is_gap and piece:
            text, piece = _closed_up(text, piece)
        is_gap = not piece
        text += piece
    return text


def _closed_up(before: str, after: str) -> tuple[str, str]:
    head, tail = before.rstrip(), after.lstrip()
    spaces = (before[len(head) :], after[: len(after) - len(tail)])
    if not head or tail[:1] in _CLOSING:
        return head, tail
    return head, max(spaces, key=lambda space: (space.count("\n"), len(space))) + tail


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


def _filled(part: Part, values: Values) -> str:
    match part:
        case str():
            return part
        case Hole():
            return _hole_text(part, values)
        case Passage():
            known = all(values.get(h.name) for h in _only_holes(part.parts) if h.fallback is None)
            chosen = part.parts if known else part.otherwise
            return "".join(_filled(piece, values) for piece in chosen)


def _hole_text(hole: Hole, values: Values) -> str:
    value = values.get(hole.name)
    if value:
        return value
    if hole.fallback is None:
        raise KeyError(f"no value for {{{hole.name}}} and no fallback")
    return hole.fallback


@dataclass(frozen=True, slots=True)
class Copy:
    """The interface text of one workspace: `copy.say("handoff.sent", number="7")`."""

    templates: Mapping[str, str]
    values: Values = field(default_factory=dict)

    def say(self, key: str, **values: str | None) -> str:
        """The sentence under `key`; raises KeyError when the key or a needed value is missing."""
        return fill(self.templates[key], {**self.values, **values})
