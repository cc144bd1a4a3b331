"""Values that follow from other values: `edu_total_hours + edu_specialist_extra`.

A formula has names of facts, whole numbers, + - * and count(name), the length of a list.
"""

import ast
from collections.abc import Iterator, Mapping

from bot.domain.program import FactValue

Node = ast.expr


class FormulaFault(ValueError):
    """A formula that cannot be read or worked out; the message is for the person who edits it."""


def names_in(formula: str) -> tuple[str, ...]:
    """The facts that a formula names, in order; raises FormulaFault when it cannot be read."""
    return tuple(dict.fromkeys(_names(_read(formula))))


def worth(formula: str, values: Mapping[str, FactValue]) -> int | float | None:
    """What it comes to; None when a value is not known. Raises FormulaFault, or KeyError."""
    return _worth(_read(formula), values)


def _read(formula: str) -> Node:
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _unread() from None


def _unread() -> FormulaFault:
    return FormulaFault(
        "a formula is made of names of facts, whole numbers, + - * and count(name), such as "
        "edu_total_hours + edu_specialist_extra"
    )


def _names(node: Node) -> Iterator[str]:
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult(), right=right):
            yield from _names(left)
            yield from _names(right)
        case ast.Call(func=ast.Name(id="count"), args=[ast.Name(id=name)], keywords=[]):
            yield name
        case ast.Name(id=name):
            yield name
        case ast.Constant(value=int()):
            return
        case _:
            raise _unread()


def _worth(node: Node, values: Mapping[str, FactValue]) -> int | float | None:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _worth(left, values), _worth(right, values)
            if a is None or b is None:
                return None
            if isinstance(op, ast.Mult):
                return a * b
            return a + b if isinstance(op, ast.Add) else a - b
        case ast.Call(args=[ast.Name(id=name)]):
            return _count(name, values[name])
        case ast.Name(id=name):
            return _number(name, values[name])
        case ast.Constant(value=int(number)):
            return number
        case _:
            raise _unread()


def _count(name: str, value: FactValue) -> int | None:
    if value is None or isinstance(value, tuple):
        return None if value is None else len(value)
    raise FormulaFault(f"'{name}' is no list, so it cannot be counted")


def _number(name: str, value: FactValue) -> int | float | None:
    if value is None or isinstance(value, int | float):
        return value
    raise FormulaFault(f"'{name}' is no number")
