"""A reply to one member as an answer to all: who it is to and from, and how to reach them, go.

What is left is read once more by a person: so what looks like a name is rather taken out once too
often, and each gap within a sentence stays visible as `…`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GAP = "…"

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>|(?<![\w@.+-])@[A-Za-z][\w.-]*")
_ADDRESS = re.compile(r"<?(?:mailto:)?(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\|[^>\s]*)?>?")
_PHONE = re.compile(r"(?<![\w/.-])\+?\(?\d[\d ().-]{6,24}\d(?![\w/-])")
_NO_PHONE = re.compile(r"\d{4}-\d\d-\d\d|\d\d?[./-]\d\d?[./-]\d{2,4}|\d{4} ?- ?\d{4}")
_FEWEST_DIGITS = 7

_MOST_BELOW = 4
"""Lines below a sign-off, and words in it: name, office, firm, telephone."""

_PARTICLES = frozenset("dr mr ms mrs mx jr sr von van der de da di del la le clm phr esq".split())
_ALSO_WORDS = frozenset(
    "april art august best bill black brown case chase day dean faith frank grace grant green hope "
    "iris joy june law long major mark may page price ray rich rose sage star summer white will "
    "young".split()
)
"""Names that are words as well: they are taken for names where they have a capital."""
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Phrases:
    """How letters begin and end, and whom they greet without a name; from the content."""

    greetings: Sequence[str]
    closings: Sequence[str]
    everybody: Sequence[str] = ()


def cleared(text: str, names: Iterable[str], phrases: Phrases) -> str:
    """The text without greeting, sign-off, names, mentions, addresses and telephone numbers."""
    parts = _parts_of(names)
    text = without_contacts(text)
    named = [_gap_for_names(line.strip(), parts) for line in text.strip().splitlines()]
    lines = _without_greeting(named, phrases)
    return _tidied(_without_closing(lines, phrases))


def without_contacts(text: str) -> str:
    """The text without mentions, addresses and telephone numbers, which say who wrote it."""
    for pattern in (_MENTION, _ADDRESS):
        text = pattern.sub(GAP, text)
    return _PHONE.sub(_without_phone, text)


def _parts_of(names: Iterable[str]) -> tuple[str, ...]:
    """The words that names consist of, the longest first."""
    words = {word.strip(".,'’\"") for name in names for word in re.split(r"[\s,()/|]+", name)}
    words |= {part for word in words for part in word.split("-") if len(part) > _SHORT}
    kept = {w for w in words if len(w) >= _SHORT and w.casefold() not in _PARTICLES}
    return tuple(sorted(kept, key=lambda part: (-len(part), part)))


def _gap_for_names(line: str, parts: Sequence[str]) -> str:
    for part in parts:
        is_word = len(part) <= _SHORT or part.casefold() in _ALSO_WORDS
        known = re.escape(part)
        if is_word:
            known = f"{re.escape(part.capitalize())}|{re.escape(part.upper())}"
        flags = re.NOFLAG if is_word else re.IGNORECASE
        line = re.sub(rf"(?<![\w{GAP}])(?:{known})(?:['’]s)?(?!\w)", GAP, line, flags=flags)
    return line


def _without_phone(found: re.Match[str]) -> str:
    text = found.group()
    digits = sum(character.isdigit() for character in text)
    return text if digits < _FEWEST_DIGITS or _NO_PHONE.fullmatch(text.strip()) else GAP


def _without_greeting(lines: list[str], phrases: Phrases) -> list[str]:
    """The lines without "Hi Ada," before them."""
    at = next((number for number, line in enumerate(lines) if line), None)
    if at is None:
        return lines
    whom = f"{_any(phrases.everybody)}|{GAP}"
    opening = re.compile(
        rf"(?:{_any(phrases.greetings)})(?:[\s,]+(?:{whom}))*\s*(?:[,!.:;–—-]+\s*|$)", re.IGNORECASE
    )
    rest = opening.sub("", lines[at], count=1) if opening.match(lines[at]) else lines[at]
    return [*lines[:at], f"{rest[:1].upper()}{rest[1:]}", *lines[at + 1 :]]


def _without_closing(lines: list[str], phrases: Phrases) -> list[str]:
    """The lines without the sign-off: "Best," with the few lines below it, or a name alone."""
    closings = _any(phrases.closings)
    closing = re.compile(rf"[-–—\s]*(?:{closings})(?=[\s,.!–—-]|$)", re.IGNORECASE)
    written = [number for number, line in enumerate(lines) if line]
    # A text that was all greeting so far may go on with its closing; any other says something.
    begin = 1 if lines and lines[0] else 0
    for place, number in enumerate(written[begin:], begin):
        rest = closing.sub("", lines[number], count=1) if closing.match(lines[number]) else None
        below = len(written) - place - 1
        if rest is not None and below <= _MOST_BELOW and _is_short(rest):
            return lines[:number]
    if not written:
        return lines
    last = lines[written[-1]]
    if len(written) > 1 and not last.strip(f" ,.–—-{GAP}"):
        return lines[: written[-1]]
    ending = re.compile(rf"(?<=[.!?])\s+(?:{closings})(?=[\s,.!–—-]|$)[\s,.!{GAP}–—-]*$", re.I)
    return [*lines[: written[-1]], ending.sub("", last)]


def _is_short(rest: str) -> bool:
    return len(rest.split()) <= _MOST_BELOW and not rest.rstrip().endswith("?")


def _any(phrases: Sequence[str]) -> str:
    """The phrases for a pattern, the longest first; what never matches for none."""
    found = sorted((phrase for phrase in phrases if phrase), key=lambda phrase: -len(phrase))
    return "|".join(rf"{re.escape(phrase)}(?!\w)" for phrase in found) or "(?!)"


def _tidied(lines: Sequence[str]) -> str:
    """The lines without what a gap left behind: its neighbours, commas around it, empty lines."""
    text = "\n".join(_tidied_line(line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _tidied_line(line: str) -> str:
    line = re.sub(rf"{GAP}(?:[ ,]*{GAP})+", GAP, line)
    line = re.sub(rf",\s*{GAP}(?=\s*[,.;:!?]|$)", "", line)
    line = re.sub(rf"^{GAP}\s*[,:;–—-]\s*", "", line)
    line = re.sub(r"[ \t]{2,}", " ", line).strip()
    return "" if not line.strip(f" ,.;:!?–—-{GAP}") else f"{line[:1].upper()}{line[1:]}"
