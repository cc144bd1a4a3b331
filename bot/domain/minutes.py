"""Adding hours of which some stand for minutes: 100 minutes are kept as 1.6666 hours.

Each such amount is cut, so that it never reaches a limit unearned. Added as they are kept, 100 and
80 minutes would fall short of 3 hours for ever; so they are added as the minutes that they were.
"""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction

_PLACES = 4
_FINEST = Decimal(1).scaleb(-_PLACES)
_DIGITS = 60


def added(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of some hours, exact to the minutes that they stand for; negative ones are taken
    away."""
    found = tuple(amounts)
    # Nearly no amount is that long, and a long ledger has very many.
    long = [amount for amount in found if amount.as_tuple().exponent == -_PLACES]
    if not any(map(_is_cut, long)):
        return sum(found, Decimal(0))
    return _kept(sum(map(_exact, found), Fraction(0)))


def less(hours: Decimal, taken: Decimal) -> Decimal:
    """What is left of some hours."""
    exponents = (hours.as_tuple().exponent, taken.as_tuple().exponent)
    return added((hours, -taken)) if -_PLACES in exponents else hours - taken


def _is_cut(amount: Decimal) -> bool:
    """Whether an amount is one of whole minutes that four decimals cannot hold."""
    if amount.as_tuple().exponent != -_PLACES:
        return False
    minutes = _minutes(amount)
    return minutes % 3 != 0 and _kept(Fraction(minutes, 60)) == abs(amount)


def _exact(amount: Decimal) -> Fraction:
    if not _is_cut(amount):
        return Fraction(amount)
    exact = Fraction(_minutes(amount), 60)
    return exact if amount > 0 else -exact


def _minutes(amount: Decimal) -> int:
    return int((abs(amount) * 60).to_integral_value())


def _kept(hours: Fraction) -> Decimal:
    """The same hours, cut where they do not end."""
    with localcontext(prec=_DIGITS):
        near = Decimal(hours.numerator) / Decimal(hours.denominator)
        return near if Fraction(near) == hours else near.quantize(_FINEST, ROUND_DOWN)
