"""The grammar of plain rows, held to byte by byte: what is proven here is recognised elsewhere (`scan_stencils`).

    row  = <row r="N" …> cell* </row> | <row r="N" …/>
    cell = <c r="REF" …/> | <c r="REF" …></c> | <c r="REF" …><v>literal</v></c> | <c r="REF" …><is>run+</is></c>
    run  = <t>text</t> | <r><t>text</t></r>

with nothing but white space between the tags, `<t>` once where it stands without `<r>`, and every reference in its row.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from lkj_xlsx.containers.scan_words import NotPlain
from lkj_xlsx.finding import column_number

NUMBER, SHARED, INLINE, STRING = range(4)
"""The sorts of a cell: a figure, the number of a shared string, a text in the cell, a text that a formula gave."""
_SORTS: Final[Mapping[bytes | None, int]] = {None: NUMBER, b"n": NUMBER, b"s": SHARED, b"str": STRING}

NO_VALUE, IN_V, IN_T, IN_RUN = range(4)
"""Where a value stands: in none, in `<v>`, in `<is><t>`, in `<is><r><t>`."""

MOST_STYLES: Final = 2**16
_S: Final = rb"[ \t\n]*+"
_T: Final = rb'<t(?: xml:space="preserve")?>[^<>]*+</t>'
_ROW: Final = re.compile(_S + rb'<row r="([1-9][0-9]{0,6})"([^<>]*+)>')
_ROW_END: Final = re.compile(_S + rb"</row>")
_ROW_ATTRIBUTES: Final = re.compile(rb'(?: (?:[A-Za-z]\w*:)?[A-Za-z]\w*="[ !#-%\'-;=?-~]*")* ?/?')
_ATTRIBUTE: Final = re.compile(rb' ([\w:]+)="')
_WIDEST_ATTRIBUTES: Final = 1_000
_RUNS: Final = b"(?:%b%b|(?:%b<r>%b%b%b</r>)+)%b" % (_S, _T, _S, _S, _T, _S, _S)
_CELL: Final = re.compile(
    b'%b<c r="([A-Z]{1,3})([0-9]+)"(?: s="([0-9]{1,5})")?(?:'
    b'(?: t="(n|s|str)")?(?: ?/>|>%b(?:<v>([^<>]*+)</v>)?%b</c>)'
    b'| t="inlineStr"(?: ?/>|>%b(?:<is>(%b)</is>)?%b</c>))' % (_S, _S, _S, _S, _RUNS, _S)
)
_V_GROUP, _RUNS_GROUP = 5, 6
_RUN: Final = re.compile(rb"(<r>[ \t\n]*)?<t[^<>]*>([^<>]*)</t>")
_BLANK: Final = b" \t\n"


class Value(NamedTuple):
    """What stands in a cell, or one run of it: from where to where, and of what cell."""

    start: int
    stop: int
    inside: int
    column: int
    style: int
    sort: int
    is_more: bool


class Number(NamedTuple):
    """The number of a row where it is written, in the row's tag or in a reference: how far it is from the start."""

    start: int
    width: int
    opens_row: bool


class Proven(NamedTuple):
    """One row that is plain: its values, every place where its number stands, and where the row ends."""

    values: list[Value]
    numbers: list[Number]
    end: int


def prove(piece: bytes, at: int, prefixes: frozenset[bytes]) -> Proven:
    """Hold the row that opens at a place, blanks before it, to the grammar; raises NotPlain.

    Its attributes must have names whose prefixes are declared. At the end of the piece there is a row of nothing.
    """
    opening = _ROW.match(piece, at)
    if opening is None:
        if piece[at:].strip(_BLANK):
            raise NotPlain
        return Proven([], [], len(piece))
    _hold_attributes(opening[2], prefixes)
    number, end = opening[1], opening.end()
    numbers, values = [Number(opening.start(1), len(number), opens_row=True)], list[Value]()
    if opening[2].endswith(b"/"):
        return Proven(values, numbers, end)
    while cell := _CELL.match(piece, end):
        letters, own, style, sort = cell.group(1, 2, 3, 4)
        end = cell.end()
        if own != number or int(style or 0) >= MOST_STYLES:
            raise NotPlain
        numbers.append(Number(cell.start(2), len(number), opens_row=False))
        if cell.lastindex == _V_GROUP:
            look = column_number(letters) - 1, int(style or 0), _SORTS[sort]
            values.append(Value(*cell.span(_V_GROUP), IN_V, *look, is_more=False))
        elif cell.lastindex == _RUNS_GROUP:
            look = column_number(letters) - 1, int(style or 0), INLINE
            for place, run in enumerate(_RUN.finditer(piece, *cell.span(_RUNS_GROUP))):
                values.append(Value(*run.span(2), IN_RUN if run[1] else IN_T, *look, is_more=place > 0))
    closing = _ROW_END.match(piece, end)
    if closing is None:
        raise NotPlain
    return Proven(values, numbers, closing.end())


def _hold_attributes(attributes: bytes, prefixes: frozenset[bytes]) -> None:
    """Hold the attributes of a row to names that differ, their prefixes declared."""
    if len(attributes) > _WIDEST_ATTRIBUTES or not _ROW_ATTRIBUTES.fullmatch(attributes):
        raise NotPlain
    names = _ATTRIBUTE.findall(attributes)
    declared = {name.partition(b":")[0] for name in names if b":" in name} <= prefixes
    if len(names) != len(set(names)) or not {b"r", b"xmlns"}.isdisjoint(names) or not declared:
        raise NotPlain
