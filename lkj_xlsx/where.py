"""Conditions on rows: `serapan < 90 and sisa > pagu / 2 or "rapat" in uraian`, parsed by Python and evaluated here.

Only comparisons, `and`, `or`, `not` (`dan`, `atau`, `bukan`), `in`, the four operations, columns, numbers and texts. Of
what is not known nothing is held: such a row is not chosen, not by `not` either.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from lkj_xlsx.errors import BadRequest

Value = Fraction | str | None
Row = Mapping[str, Value]
Kind = type[Fraction] | type[str] | type[bool]

COMPARE: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
COMPUTE: Final[Mapping[type[ast.operator], Callable[[Any, Any], Fraction]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
WORDS: Final = {"dan": "and", "atau": "or", "bukan": "not", "=": "==", "%": ""}
TOKEN: Final = re.compile(
    r"""("[^"]*"|'[^']*')|(\d[\d_]*(?:[.,]\d+)?)|([^\W\d]\w*)|(<=|>=|!=|==|[-+*/()<>=%,])|(\s+)|(.)"""
)
LONGEST: Final = 1000
"""A condition of more letters than this is none that a person typed."""


class _Misunderstood(Exception):
    """What stands at a place of a condition is not understood."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place


def condition(text: str, columns: Mapping[str, Kind]) -> Callable[[Row], bool]:
    """Understand a condition on columns of numbers (Fraction) and texts (str).

    Raises BadRequest with a caret under what is not understood.
    """
    try:
        tree = _parsed(text, columns)
    except _Misunderstood as wrong:
        names = ", ".join(columns)
        message = (
            f"--where tidak dipahami:\n  {text}\n  {' ' * wrong.place}^\n"
            f'tulis misalnya `serapan < 90 and sisa > 1000000` atau `"rapat" in uraian`; kolom: {names}'
        )
        raise BadRequest(message) from None
    return lambda row: _holds(tree, row) is True


def _parsed(text: str, columns: Mapping[str, Kind]) -> ast.expr:
    """Parse a condition and allow every part of it."""
    spelled, places = _translated(text)
    try:
        tree = ast.parse(spelled, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        at = (getattr(error, "offset", None) or 1) - 1
        raise _Misunderstood(places[min(at, len(places) - 1)]) from None
    if _Checker(columns, places).kind(tree) is not bool:
        raise _Misunderstood(0)
    return tree


def _translated(text: str) -> tuple[str, list[int]]:
    """Spell a condition as Python does; gives with it where each letter stood."""
    if len(text) > LONGEST:
        raise _Misunderstood(LONGEST)
    spelled, places = "", []
    for match in TOKEN.finditer(text):
        token = match[0]
        if match[6]:
            raise _Misunderstood(match.start())
        if match[2]:
            token = str(Fraction(Decimal(token.replace(",", ".").replace("_", ""))))
            token = f"({token})" if "/" in token else token
        elif not match[1]:
            token = WORDS.get(token, token)
        spelled += token
        places += [match.start()] * len(token)
    return spelled.rstrip(), [*places, len(text)]


class _Checker:
    """Allows what is understood: gives the kind of each part, and the place of the first that is not."""

    def __init__(self, columns: Mapping[str, Kind], places: Sequence[int]) -> None:
        self.columns, self.places = columns, places

    def kind(self, node: ast.expr) -> Kind:
        """Give the kind of a value."""
        found = self.columns.get(node.id) if isinstance(node, ast.Name) else self._kind(node)
        if found is None:
            raise _Misunderstood(self.places[min(node.col_offset, len(self.places) - 1)])
        return found

    def _kind(self, node: ast.expr) -> Kind | None:
        match node:
            case ast.Constant(value=value):
                return str if isinstance(value, str) else Fraction if type(value) is int else None
            case ast.UnaryOp(op=ast.USub() | ast.Not() as op, operand=operand):
                wanted: Kind = bool if isinstance(op, ast.Not) else Fraction
                return wanted if self.kind(operand) is wanted else None
            case ast.BinOp(left=left, op=op, right=right) if type(op) in COMPUTE:
                return Fraction if {self.kind(left), self.kind(right)} == {Fraction} else None
            case ast.BoolOp(values=values):
                return bool if {self.kind(value) for value in values} == {bool} else None
            case ast.Compare(left=left, ops=ops, comparators=others):
                kinds = {self.kind(part) for part in (left, *others)}
                is_within = len(ops) == 1 and isinstance(ops[0], ast.In | ast.NotIn) and kinds == {str}
                is_ordered = all(type(op) in COMPARE for op in ops) and kinds in ({Fraction}, {str})
                return bool if is_within or is_ordered else None
        return None


def _value(node: ast.expr, row: Row) -> Value:
    """Compute a value of a row; None where something in it is not known, or divided by nothing."""
    match node:
        case ast.Name(id=name):
            return row[name]
        case ast.Constant(value=value):
            return value if isinstance(value, str) else Fraction(str(value))
        case ast.UnaryOp(operand=operand):
            parts, compute = [Fraction(0), _value(operand, row)], COMPUTE[ast.Sub]
        case ast.BinOp(left=left, op=op, right=right):
            parts, compute = [_value(left, row), _value(right, row)], COMPUTE[type(op)]
        case _:
            return None
    is_known = all(isinstance(part, Fraction) for part in parts)
    return compute(*parts) if is_known and not (compute is operator.truediv and parts[1] == 0) else None


def _holds(node: ast.expr, row: Row) -> bool | None:
    """Tell whether a row fulfils a condition, None where that cannot be known."""
    match node:
        case ast.UnaryOp(operand=operand):
            held = _holds(operand, row)
            return None if held is None else not held
        case ast.BoolOp(op=op, values=values):
            all_held, deciding = [_holds(value, row) for value in values], isinstance(op, ast.Or)
            return deciding if deciding in all_held else None if None in all_held else not deciding
        case ast.Compare(left=left, ops=ops, comparators=others):
            found = [_value(part, row) for part in (left, *others)]
            if None in found:
                return None
            if isinstance(ops[0], ast.In | ast.NotIn):
                return (str(found[0]).casefold() in str(found[1]).casefold()) == isinstance(ops[0], ast.In)
            return all(COMPARE[type(op)](one, other) for op, (one, other) in zip(ops, pairwise(found), strict=True))
    return None
