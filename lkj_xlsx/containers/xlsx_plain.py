"""The fast way: rows of a worksheet scanned as bytes with NumPy, many thousands of cells at once.

A piece of whole rows is *plain* when every byte of it is accounted for by this grammar, and only then is it taken:

    row  = <row r="N" …> cell* </row>
    cell = <c r="REF" …/> | <c r="REF" …></c> | <c r="REF" …><v>literal</v></c> | <c r="REF" …><is>run+</is></c>
    run  = <t>text</t> | <r><t>text</t></r>

with nothing but white space between the tags. Comments, CDATA, formulas, errors, dates, entities in figures, other
elements or attributes: the piece is not plain, `scan` gives None, and the exact way reads that same piece instead.
Both put the same cells (a law in the tests), so which way was taken is never seen.

How a piece is scanned, each step over all of it at once:

1. `<` and `>` must alternate: the tags, and the texts between (`scan_tags`).
2. Two bytes tell what a tag is (`_TAGS`), its length that it is nothing else, and a table which may follow which
   (`_MAY_FOLLOW`); elements nest at most five deep, so pairs of neighbours prove the nesting.
3. Eight bytes at any offset are one number (`scan_tags.Words`): a reference is compared with its row's number whole,
   and what follows it (` s="14" t="n"`) is one of a few dozen spellings, each taken apart once, by a strict expression
   (`scan_looks`).
4. Figures are parsed column of characters by column of characters (`scan_figures`); texts are cut out, once each.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lkj_xlsx.containers.cells import Cells, number_of
from lkj_xlsx.containers.limits import MOST_COLUMNS, MOST_ROWS
from lkj_xlsx.containers.scan_figures import Read, parse_figures
from lkj_xlsx.containers.scan_looks import INLINE, NUMBER, SHARED, STRING, Looks, references
from lkj_xlsx.containers.scan_tags import (
    C_END,
    C_ONLY,
    IS,
    ROW,
    ROW_ONLY,
    C,
    Ints,
    NotPlain,
    T,
    Tags,
    V,
    Words,
    find_tags,
)
from lkj_xlsx.containers.xlsx_exact import text_of

_ROW_TAG: Final = re.compile(rb'row r="([1-9][0-9]{0,6})"((?: [A-Za-z][\w:.]*="[ !#-%\'-;=?-~]*")*) ?/?')
_ATTRIBUTE: Final = re.compile(rb' ([\w:.]+)="')
_ENTITY: Final = re.compile(rb"&(?:amp|lt|gt|quot|apos);|(&)")
_NO_TEXT: Final = frozenset("\ufffe\uffff")
"""What XML forbids besides control characters."""
_ENTITIES: Final = {b"&amp;": b"&", b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'"}
_LONGEST_INDEX: Final = 9
_MOST_ATTRIBUTES: Final = 1_000


class Scanner:
    """Scans the pieces of one sheet and puts their cells; what was learnt of one piece serves the next."""

    def __init__(self, cells: Cells, strings: Sequence[str], dates: frozenset[int], prefixes: frozenset[bytes]) -> None:
        """Put into `cells`; leave dates, and attributes of prefixes that are not declared, to the exact way."""
        self._cells, self._prefixes = cells, prefixes
        self._is_blank = np.array([not text for text in strings], bool)
        self._looks = Looks(dates)
        self._sound: set[bytes] = set()
        self._texts: dict[bytes, int] = {}

    def scan(self, piece: bytes) -> int | None:
        """Put the cells of a piece of whole rows; gives its last row, or None, nothing put, where it is not plain.

        Raises NotSound, as the exact way does, where a row was there before.
        """
        try:
            words = Words(piece)
            tags = find_tags(piece, words)
            rows, counts = self._rows(piece, tags)
            parts = self._parts(piece, words, tags, rows, counts)
        except NotPlain:
            return None
        self._cells.open_rows(rows.astype(np.int32))
        self._cells.put_all(*parts)
        return int(rows[-1])

    def _rows(self, piece: bytes, tags: Tags) -> tuple[Ints, Ints]:
        """Give the 0-based rows, ascending, and the number of cells in each."""
        is_row = (tags.kinds == ROW) | (tags.kinds == ROW_ONLY)
        numbers = []
        for start, end in zip(tags.opens[is_row].tolist(), tags.closes[is_row].tolist(), strict=True):
            match = _ROW_TAG.fullmatch(piece, start + 1, end)
            if match is None:
                raise NotPlain
            if match[2] not in self._sound:
                self._learn_attributes(match[2])
            numbers.append(int(match[1]) - 1)
        rows = np.array(numbers, np.int64)
        if int(rows[-1]) >= MOST_ROWS or not bool((rows[1:] > rows[:-1]).all()):
            raise NotPlain
        is_cell = (tags.kinds == C) | (tags.kinds == C_ONLY)
        before = np.append(np.cumsum(is_cell)[is_row], is_cell.sum())
        return rows, np.diff(before)

    def _learn_attributes(self, attributes: bytes) -> None:
        """Hold the attributes of a row to names that differ, their prefixes declared."""
        names = _ATTRIBUTE.findall(attributes)
        prefixes = {name.partition(b":")[0] for name in names if b":" in name}
        if len(names) != len(set(names)) or b"r" in names or not prefixes <= self._prefixes:
            raise NotPlain
        if len(self._sound) < _MOST_ATTRIBUTES:
            self._sound.add(attributes)

    def _parts(self, piece: bytes, words: Words, tags: Tags, rows: Ints, counts: Ints) -> tuple[npt.NDArray[Any], ...]:
        """Give the cells that are no blanks: rows, columns, kinds, packed values, styles."""
        at = np.flatnonzero((tags.kinds == C) | (tags.kinds == C_ONLY))
        columns, ends = references(words, tags.opens[at], rows, counts)
        look = self._looks.of(piece, words, ends, tags.closes[at])
        styles, sorts = self._looks.styles[look], self._looks.sorts[look]
        first = tags.kinds[at + 1] if len(at) else tags.kinds[:0]
        has_value, has_text = (tags.kinds[at] == C) & (first == V), (tags.kinds[at] == C) & (first == IS)
        if bool((has_value & (sorts == INLINE)).any()) or bool((has_text & (sorts != INLINE)).any()):
            raise NotPlain
        kinds, values, is_kept = np.zeros(len(at), np.uint8), np.zeros(len(at), np.int64), np.zeros(len(at), bool)
        for sort, read in ((NUMBER, self._figures), (SHARED, self._shared), (STRING, self._strings)):
            own = np.flatnonzero(has_value & (sorts == sort))
            starts, stops = tags.closes[at[own] + 1] + 1, tags.opens[at[own] + 2]
            kinds[own], values[own], is_kept[own] = read(piece, words, starts, stops)
        own = np.flatnonzero(has_text)
        values[own], is_kept[own] = self._inline(piece, tags, at[own])
        if bool((columns[is_kept] >= MOST_COLUMNS).any()):
            raise NotPlain
        where = np.repeat(rows, counts)[is_kept].astype(np.int32), columns[is_kept].astype(np.uint16)
        return *where, kinds[is_kept], values[is_kept], styles[is_kept].astype(np.uint16)

    def _figures(self, piece: bytes, words: Words, starts: Ints, stops: Ints) -> Read:
        """Read numeric cells; those that are not written plainly one by one."""
        kinds, values, is_plain = parse_figures(words, starts, stops - starts)
        is_kept = stops > starts
        for cell in np.flatnonzero(~is_plain & is_kept).tolist():
            literal = piece[starts[cell] : stops[cell]]
            if b"&" in literal or not literal.isascii():
                raise NotPlain
            kinds[cell], values[cell] = self._cells.packed(number_of(literal.decode()))
            is_kept[cell] = bool(literal.strip())
        return kinds, values, is_kept

    def _shared(self, _piece: bytes, words: Words, starts: Ints, stops: Ints) -> Read:
        """Read the numbers of shared strings, which stand in the pool at those very places."""
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

    def _strings(self, piece: bytes, _words: Words, starts: Ints, stops: Ints) -> Read:
        """Read the texts that formulas gave."""
        places = [self._place(piece[start:stop]) for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
        values = np.array(places, np.int64)
        return np.zeros(len(values), np.uint8), values, values >= 0

    def _inline(self, piece: bytes, tags: Tags, at: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Read the texts of inline strings: the one run of most, or all of them."""
        ends = np.flatnonzero(tags.kinds == C_END)
        ends = ends[np.searchsorted(ends, at)]
        texts = np.flatnonzero(tags.kinds == T)
        firsts, lasts = np.searchsorted(texts, at), np.searchsorted(texts, ends)
        starts, stops = (tags.closes[texts] + 1).tolist(), tags.opens[texts + 1].tolist()
        places = []
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            one = piece[starts[first] : stops[first]]
            if last > first + 1:
                one = b"".join(piece[starts[run] : stops[run]] for run in range(first, last))
            places.append(self._place(one))
        values = np.array(places, np.int64)
        return values, values >= 0

    def _place(self, written: bytes) -> int:
        """Give the place of a text in the pool, -1 for an empty one."""
        place = self._texts.get(written)
        if place is None:
            try:
                text = _ENTITY.sub(_undone, written).decode()
            except UnicodeDecodeError:
                raise NotPlain from None
            if not _NO_TEXT.isdisjoint(text):
                raise NotPlain
            place = self._texts[written] = self._cells.pooled(text_of(text)) if text else -1
        return place


def _undone(entity: re.Match[bytes]) -> bytes:
    """Undo an entity; raises NotPlain for one that XML does not itself define."""
    if entity[1]:
        raise NotPlain
    return _ENTITIES[entity[0]]
