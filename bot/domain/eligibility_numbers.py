"""Numbers as people write them: `3`, `3,5`, `2 1/2`, `1½`, `one and a half`, `2 years 6 months`.

A rounded or open number is taken at its word (`about 4` and `4+` are 4), since the verdict shows
the number that it was given. What leaves open which number is meant is refused.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction

_LONGEST = 60
_FINEST = Decimal("0.0001")
_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_FROM_TWENTY = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL, _TENS = _TO_NINETEEN.split(), _FROM_TWENTY.split()
_WORDS = (
    {word: at for at, word in enumerate(_SMALL)}
    | {word: 10 * at for at, word in enumerate(_TENS, start=2)}
    | {
        f"{ten} {word}": 10 * (2 + t) + o
        for t, ten in enumerate(_TENS)
        for o, word in enumerate(_SMALL[1:10], start=1)
    }
    | {"none": 0, "nothing": 0, "nil": 0, "a dozen": 12, "a hundred": 100, "one hundred": 100}
)
_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b")
_PARTS = {"half": 2, "third": 3, "quarter": 4}
_PART = re.compile(r"\b(?:(?P<count>[0-9]+|an?) )?(?P<part>half|third|quarter)s?(?: an?\b)?")
_IN_DOUBT = (
    "?|??|???|n/a|na|unknown|unsure|not sure|im not sure|no idea|idk|dunno|dont know|"
    "do not know|i dont know|i do not know|i dont know yet|i do not know yet"
)
_NOT_KNOWN = frozenset(_IN_DOUBT.split("|"))
_UNIT_NAMES = {
    "hours": "hours hour hrs hr h",
    "minutes": "minutes minute mins min",
    "years": "years year yrs yr y",
    "months": "months month mos mo",
}
_UNITS = {name: unit for unit, names in _UNIT_NAMES.items() for name in names.split()}
_IN: Mapping[tuple[str, str | None], Fraction] = {
    **{(unit, unit): Fraction(1) for unit in ("hours", "years", "months")},
    ("minutes", "hours"): Fraction(1, 60),
    ("months", "years"): Fraction(1, 12),
    ("years", "months"): Fraction(12),
}
_LEAD = re.compile(
    r"^(?:(?:i have|ive|its|about|approximately|approx|around|roughly|circa|ca|exactly|at least|"
    r"more than|over|just over)\b\.?|[~≈≥>+])\s*"
)
_TAIL = re.compile(r"\s*(?:\+|\b(?:plus|or more|or so|in all|in total|altogether|so far))$")
_NEGATIVE = re.compile(r"^(?:[-−–—] ?|minus |negative )[0-9.,]")
_RANGE = re.compile(
    r"[0-9] ?[-–—] ?[0-9]|^[<≤] ?[0-9]|"
    r"\b(?:between|to|or|under|below|less than|at most|almost|nearly|max|maximum)\b"
)
_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")
_PIECE = re.compile(
    r"(?P<number>[.,]?[0-9][0-9.,/ ]*(?:and [0-9]+/[0-9]+)?) ?(?P<unit>[a-z]+)?\.?(?: and |, ?| |$)"
)
_MIXED = re.compile(r"(?:(?P<whole>[0-9]+) (?:and )?)?(?P<above>[0-9]+)/(?P<below>[0-9]+)")
_PLAIN = re.compile(r"[0-9]*[.,]?[0-9]+")


@dataclass(frozen=True, slots=True)
class NumberFault:
    """Why a text is not a number; `key` names the sentence among the eligibility messages."""

    key: str


def read_number(written: str, unit: str | None) -> Decimal | NumberFault | None:
    """The number in `unit` (hours, years, months or none); None where it is said to be unknown."""
    text = _cleaned(written)
    if not text or text.rstrip(".!") in _NOT_KNOWN:
        return None
    if len(text) > _LONGEST:
        return NumberFault("number_not_read")
    text = _in_digits(_without_frame(text))
    if _NEGATIVE.match(text):
        return NumberFault("number_negative")
    if _THOUSANDS.search(text):
        return NumberFault("number_ambiguous")
    if _RANGE.search(text):
        return NumberFault("number_range")
    found = _sum(text, unit)
    return NumberFault("number_not_read") if found is None else _decimal(found)


def _cleaned(written: str) -> str:
    """Lower case, plain digits, `½` as `1/2`, no apostrophes, no invisible characters."""
    return " ".join("".join(_plain_characters(written[: 10 * _LONGEST])).casefold().split())


def _plain_characters(written: str) -> Iterator[str]:
    for character in written:
        category = unicodedata.category(character)
        plain = unicodedata.normalize("NFKC", character)
        if category == "No":
            # A raised 2 is not the digit 2: only fractions are meant as numbers.
            yield f" {plain.replace('⁄', '/')} " if "⁄" in plain else "^"
        elif category == "Nd":
            yield str(unicodedata.decimal(character))
        elif category[0] == "Z" or character in "\t\n\r":
            yield " "
        elif category != "Cf" and character not in "'’‘":
            yield "/" if character == "⁄" else plain


def _without_frame(text: str) -> str:
    """The text without the words that people put around a number, such as `about`."""
    text = text.rstrip(".!")
    while (shorter := _TAIL.sub("", _LEAD.sub("", text))) not in (text, ""):
        text = shorter
    return text


def _in_digits(text: str) -> str:
    """`twenty-one` as `21`, `one and a half` as `1 and 1/2`, `a year` as `1 year`."""
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", re.sub(r"(?<=[0-9]) ?\+", "", text))
    text = _WORD.sub(lambda found: str(_WORDS[found[0]]), text)
    text = _PART.sub(_as_fraction, text)
    return re.sub(r"\ban?(?= [a-z])", "1", text)


def _as_fraction(found: re.Match[str]) -> str:
    count = found["count"]
    above = count if count and count.isdecimal() else "1"
    return f"{above}/{_PARTS[found['part']]}"


def _sum(text: str, unit: str | None) -> Fraction | None:
    """The pieces of the text together, `2 hours and 30 minutes`; None where one is not read."""
    total, at, factor = Fraction(0), 0, None
    units: list[str] = []
    while at < len(text):
        piece = _PIECE.match(text, at)
        value = _value(piece["number"].strip()) if piece else None
        if piece is None or value is None:
            return None
        if piece["unit"]:
            units.append(_UNITS.get(piece["unit"], ""))
            factor = _IN.get((units[-1], unit))
        elif at == 0:
            factor = Fraction(1) if piece.end() == len(text) else None
        elif "/" not in piece["number"]:
            return None
        if factor is None or len(set(units)) < len(units):
            return None
        total, at = total + value * factor, piece.end()
    return total if text else None


def _value(number: str) -> Fraction | None:
    if _PLAIN.fullmatch(number):
        return Fraction(number.replace(",", "."))
    mixed = _MIXED.fullmatch(number)
    if mixed is None or not int(mixed["below"]):
        return None
    return int(mixed["whole"] or 0) + Fraction(int(mixed["above"]), int(mixed["below"]))


def _decimal(number: Fraction) -> Decimal:
    """The same number; thirds and the like are cut, so that they never reach a limit unearned."""
    with localcontext(prec=2 * _LONGEST):
        near = Decimal(number.numerator) / Decimal(number.denominator)
        return near if Fraction(near) == number else near.quantize(_FINEST, ROUND_DOWN)
