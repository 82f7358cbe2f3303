"""The fast way: rows of a worksheet scanned as bytes with NumPy, many thousands of cells at once.

A piece of whole rows is *plain* when every byte of it is accounted for by the grammar of `scan_rows`, and only then is
it taken. Comments, CDATA, formulas, errors, entities in figures, other elements or attributes: the piece is not plain,
`scan` gives None, and the exact way reads that same piece instead. Both put the same cells (a law in the tests), so
which way was taken is never seen.

What stands between values is recognised (`scan_stencils`); here the values are read: figures written as most are become
their values eight digits at once (`scan_figures`), the others and dates one by one; texts are cut out, once each.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from lkj_xlsx.containers.cells import KINDS, SPACE, Cells
from lkj_xlsx.containers.limits import MOST_COLUMNS
from lkj_xlsx.containers.scan_figures import Read, parse_figures
from lkj_xlsx.containers.scan_rows import INLINE, MOST_STYLES, NUMBER, SHARED, STRING
from lkj_xlsx.containers.scan_stencils import Stencils, Values
from lkj_xlsx.containers.scan_words import Flags, Ints, NotPlain, Words
from lkj_xlsx.containers.xlsx_exact import Styles
from lkj_xlsx.containers.xlsx_strings import text_of

_FIGURE: Final = re.compile(rb"[\t\n -%'-;=?-~]*")
"""What a figure may be made of: neither `&` nor `>`, and no letter that XML would change."""
_FORBIDDEN: Final = bytes(sorted({*range(ord(" ")), ord(">")} - {ord("\t"), ord("\n")}))
"""What a text may not hold: control characters, `\r`, which XML turns into a line feed, and `>`."""
_BETWEEN: Final = b"\0"
"""Put between texts that are read together; it is forbidden in each."""
_ENTITY: Final = re.compile(rb"&(?:amp|lt|gt|quot|apos);|(&)")
_SPACE: Final = SPACE.encode()
_NO_TEXT: Final = ("\ufffe", "\uffff")
"""What XML forbids besides control characters."""
_ENTITIES: Final = {b"&amp;": b"&", b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'"}
_LONGEST_INDEX: Final = 9


class _Literals(NamedTuple):
    """What stands in the values of some cells: from where to where, and in which styles."""

    starts: Ints
    stops: Ints
    styles: Ints


class Scanner:
    """Scans the pieces of one sheet and puts their cells; what was learnt of one piece serves the next."""

    def __init__(self, cells: Cells, strings: Sequence[str], styles: Styles, prefixes: frozenset[bytes]) -> None:
        """Put into `cells`; leave attributes of other than these prefixes to the exact way."""
        self._cells, self._styles = cells, styles
        self._stencils = Stencils(prefixes)
        self._is_date = np.zeros(MOST_STYLES, bool)
        self._is_date[[style for style in styles.dates if style < MOST_STYLES]] = True
        self._is_blank = np.array([not text for text in strings], bool)
        self._texts: dict[bytes, int] = {}

    def scan(self, piece: bytes) -> int | None:
        """Put the cells of a piece of whole rows; gives its last row, or None, nothing put, where it is not plain.

        Raises NotSound, as the exact way does, where a row was there before.
        """
        words = Words(piece)
        try:
            found = self._stencils.trace(piece, words)
            parts = self._parts(piece, words, found)
        except NotPlain:
            return None
        self._cells.open_rows(found.opened)
        self._cells.put_all(*parts)
        return int(found.opened[-1])

    def _parts(self, piece: bytes, words: Words, found: Values) -> tuple[npt.NDArray[Any], ...]:
        """Give the cells that are no blanks: rows, columns, kinds, packed values, styles."""
        first, sorts, styles, columns = found.first, found.sorts, found.styles, found.columns
        kinds, values = np.zeros(len(first), np.uint8), np.zeros(len(first), np.int64)
        is_kept = np.zeros(len(first), bool)
        for sort, read in ((NUMBER, self._figures), (SHARED, self._shared), (STRING, self._strings)):
            own = np.flatnonzero(sorts == sort)
            literals = _Literals(found.starts[first[own]], found.stops[first[own]], styles[own])
            kinds[own], values[own], is_kept[own] = read(piece, words, literals)
        own = np.flatnonzero(sorts == INLINE)
        values[own], is_kept[own] = self._inline(piece, found, own)
        if bool((columns[is_kept] >= MOST_COLUMNS).any()):
            raise NotPlain
        parts: tuple[npt.NDArray[Any], ...] = (found.rows, columns, kinds, values, styles)
        return tuple(part[is_kept].astype(kind) for part, kind in zip(parts, KINDS, strict=True))

    def _figures(self, piece: bytes, words: Words, literals: _Literals) -> Read:
        """Read numeric cells; dates, and figures that are not written plainly, one by one."""
        starts, stops, styles = literals
        kinds, values, is_plain = parse_figures(words, starts, stops - starts)
        is_kept = stops > starts
        for cell in np.flatnonzero(is_kept & (self._is_date[styles] | ~is_plain)).tolist():
            literal = piece[starts[cell] : stops[cell]]
            if not _FIGURE.fullmatch(literal):
                raise NotPlain
            value = self._styles.value(literal.decode(), int(styles[cell]))
            kinds[cell], values[cell] = self._cells.packed(value)
            is_kept[cell] = bool(literal.strip(_SPACE))
        return kinds, values, is_kept

    def _shared(self, _piece: bytes, words: Words, literals: _Literals) -> Read:
        """Read the numbers of shared strings, which stand in the pool at those very places."""
        starts, stops, _ = literals
        lengths, places = stops - starts, np.zeros(len(starts), np.int64)
        if len(starts) and (int(lengths.min()) < 1 or int(lengths.max()) > _LONGEST_INDEX):
            raise NotPlain
        for at in range(int(lengths.max(initial=0))):
            digits = words.bytes[starts + at].astype(np.int64) - ord("0")
            is_digit = at < lengths
            if bool((is_digit & ((digits < 0) | (digits > 9))).any()):  # noqa: PLR2004 - of ten digits
                raise NotPlain
            places = np.where(is_digit, places * 10 + digits, places)
        if len(places) and int(places.max()) >= len(self._is_blank):
            raise NotPlain
        return np.zeros(len(places), np.uint8), places, ~self._is_blank[places]

    def _strings(self, piece: bytes, _words: Words, literals: _Literals) -> Read:
        """Read the texts that formulas gave."""
        values = np.array(self._places(piece, literals.starts, literals.stops), np.int64)
        return np.zeros(len(values), np.uint8), values, values >= 0

    def _inline(self, piece: bytes, found: Values, cells: Ints) -> tuple[Ints, Flags]:
        """Read the texts of inline strings: the one run of most, or all of them."""
        firsts, lasts = found.first[cells], np.append(found.first, len(found.starts))[cells + 1]
        places = self._places(piece, found.starts[firsts], found.stops[firsts])
        for cell in np.flatnonzero(lasts > firsts + 1).tolist():
            runs = slice(firsts[cell], lasts[cell])
            bounds = zip(found.starts[runs].tolist(), found.stops[runs].tolist(), strict=True)
            text = "".join(self._text(piece[start:stop]) for start, stop in bounds)
            places[cell] = self._cells.pooled(text) if text else -1
        values = np.array(places, np.int64)
        return values, values >= 0

    def _places(self, piece: bytes, starts: Ints, stops: Ints) -> list[int]:
        """Give the places of texts in the pool, -1 for an empty one."""
        written = [piece[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
        known = self._texts
        new = [one for one in dict.fromkeys(written) if one not in known]
        for one, text in zip(new, self._texts_of(new), strict=True):
            known[one] = self._cells.pooled(text) if text else -1
        return [known[one] for one in written]

    def _texts_of(self, written: list[bytes]) -> list[str]:
        """Read many texts: at once where none of them wants a closer look, else in halves."""
        if len(written) <= 1:
            return [self._text(one) for one in written]
        together = _BETWEEN.join(written)
        is_odd = b"&" in together or b"_x" in together or b"\xef\xbf" in together
        if is_odd or len(together.translate(None, _FORBIDDEN)) < len(together) - len(written) + 1:
            half = len(written) // 2
            return self._texts_of(written[:half]) + self._texts_of(written[half:])
        try:
            return together.decode().split(_BETWEEN.decode())
        except UnicodeDecodeError:
            raise NotPlain from None

    @staticmethod
    def _text(written: bytes) -> str:
        """Read the characters of one text; raises NotPlain where XML would refuse them."""
        if len(written.translate(None, _FORBIDDEN)) < len(written):
            raise NotPlain
        try:
            text = (_ENTITY.sub(_undone, written) if b"&" in written else written).decode()
        except UnicodeDecodeError:
            raise NotPlain from None
        if any(letter in text for letter in _NO_TEXT):
            raise NotPlain
        return text_of(text)


def _undone(entity: re.Match[bytes]) -> bytes:
    """Undo an entity; raises NotPlain for one that XML does not itself define."""
    if entity[1]:
        raise NotPlain
    return _ENTITIES[entity[0]]
