"""The fast way: rows of a worksheet scanned as bytes with NumPy, many thousands of cells at once.

A piece of whole rows is *plain* when every byte of it is accounted for by this grammar, and only then is it taken:

    row  = <row r="N" …> cell* </row>
    cell = <c r="REF" …/> | <c r="REF" …></c> | <c r="REF" …><v>literal</v></c> | <c r="REF" …><is>run+</is></c>
    run  = <t>text</t> | <r><t>text</t></r>

with nothing but white space between the tags. Comments, CDATA, formulas, errors, entities in figures, other elements
or attributes: the piece is not plain, `scan` gives None, and the exact way reads that same piece instead.
Both put the same cells (a law in the tests), so which way was taken is never seen.

How a piece is scanned, each step over all of it at once:

1. `<` and `>` must alternate: the tags, and the texts between (`scan_tags`).
2. Two bytes tell what a tag is (`_TAGS`), its length that it is nothing else, and a table which may follow which
   (`_MAY_FOLLOW`); elements nest at most five deep, so pairs of neighbours prove the nesting.
3. Eight bytes at any offset are one number (`scan_tags.Words`): a reference is compared with its row's number whole,
   and what follows it (` s="14" t="n"`) is one of a few dozen spellings, each taken apart once, by a strict expression
   (`scan_looks`).
4. Figures written as most are become their values eight digits at once (`scan_figures`), the others and dates one by
   one; texts are cut out, once each.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from lkj_xlsx.containers.cells import KINDS, SPACE, Cells
from lkj_xlsx.containers.limits import MOST_COLUMNS, MOST_ROWS
from lkj_xlsx.containers.scan_figures import Read, parse_figures
from lkj_xlsx.containers.scan_looks import INLINE, MOST_STYLES, NUMBER, SHARED, STRING, Looks, references
from lkj_xlsx.containers.scan_tags import (
    C_END,
    C_ONLY,
    FIRST,
    IS,
    ROW,
    ROW_ONLY,
    C,
    Ints,
    Longs,
    NotPlain,
    T,
    Tags,
    V,
    Words,
    find_tags,
)
from lkj_xlsx.containers.xlsx_exact import Styles
from lkj_xlsx.containers.xlsx_strings import text_of

_ROW_ATTRIBUTES: Final = re.compile(rb'(?: (?:[A-Za-z]\w*:)?[A-Za-z]\w*="[ !#-%\'-;=?-~]*")* ?/?')
_ATTRIBUTE: Final = re.compile(rb' ([\w:]+)="')
_ENTITY: Final = re.compile(rb"&(?:amp|lt|gt|quot|apos);|(&)")
_SPACE: Final = SPACE.encode()
_NO_TEXT: Final = frozenset("\ufffe\uffff")
"""What XML forbids besides control characters."""
_ENTITIES: Final = {b"&amp;": b"&", b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'"}
_LONGEST_INDEX: Final = 9
_MOST_ATTRIBUTES: Final = 1_000
_WIDEST_ATTRIBUTES: Final = 1_000


class _Rows(NamedTuple):
    """The rows of a piece: 0-based numbers; as written, with the quote after it, of how many bytes; how many cells."""

    numbers: Ints
    written: Longs
    widths: Ints
    counts: Ints


class _Literals(NamedTuple):
    """What stands in the values of some cells: from where to where, and in which styles."""

    starts: Ints
    stops: Ints
    styles: Ints


class Scanner:
    """Scans the pieces of one sheet and puts their cells; what was learnt of one piece serves the next."""

    def __init__(self, cells: Cells, strings: Sequence[str], styles: Styles, prefixes: frozenset[bytes]) -> None:
        """Put into `cells`; leave attributes of other than these prefixes to the exact way."""
        self._cells, self._prefixes, self._styles = cells, prefixes, styles
        self._is_date = np.zeros(MOST_STYLES, bool)
        self._is_date[[style for style in styles.dates if style < MOST_STYLES]] = True
        self._is_blank = np.array([not text for text in strings], bool)
        self._looks = Looks()
        self._sound: set[bytes] = set()
        self._texts: dict[bytes, int] = {}

    def scan(self, piece: bytes) -> int | None:
        """Put the cells of a piece of whole rows; gives its last row, or None, nothing put, where it is not plain.

        Raises NotSound, as the exact way does, where a row was there before.
        """
        try:
            words = Words(piece)
            tags = find_tags(piece, words)
            rows = self._rows(piece, words, tags)
            parts = self._parts(piece, words, tags, rows)
        except NotPlain:
            return None
        self._cells.open_rows(rows.numbers)
        self._cells.put_all(*parts)
        return int(rows.numbers[-1])

    def _rows(self, piece: bytes, words: Words, tags: Tags) -> _Rows:
        """Read the tags of rows, whose numbers ascend."""
        is_row = (tags.kinds == ROW) | (tags.kinds == ROW_ONLY)
        opens = tags.opens[is_row]
        if bool((words.at[opens] != int.from_bytes(b'<row r="', "little")).any()):
            raise NotPlain
        starts = opens + len('<row r="')
        written = []
        for start, end in zip(starts.tolist(), tags.closes[is_row].tolist(), strict=True):
            number, _, attributes = piece[start:end].partition(b'"')
            if attributes not in self._sound:
                self._learn_attributes(attributes)
            written.append(number)
        if not all(map(bytes.isdigit, written)) or max(map(len, written)) > len(str(MOST_ROWS)):
            raise NotPlain
        if bool((words.bytes[starts] == ord("0")).any()):
            raise NotPlain
        numbers = np.array(list(map(int, written)), np.int64) - 1
        if not 0 <= numbers[0] <= numbers[-1] < MOST_ROWS or not bool((numbers[1:] > numbers[:-1]).all()):
            raise NotPlain
        widths = np.array(list(map(len, written)), np.int64) + 1
        is_cell = (tags.kinds == C) | (tags.kinds == C_ONLY)
        counts = np.diff(np.append(np.cumsum(is_cell)[is_row], is_cell.sum()))
        return _Rows(numbers, words.at[starts] & FIRST[widths], widths, counts)

    def _learn_attributes(self, attributes: bytes) -> None:
        """Hold the attributes of a row to names that differ, their prefixes declared."""
        if len(attributes) > _WIDEST_ATTRIBUTES or not _ROW_ATTRIBUTES.fullmatch(attributes):
            raise NotPlain
        names = _ATTRIBUTE.findall(attributes)
        prefixes = {name.partition(b":")[0] for name in names if b":" in name}
        if len(names) != len(set(names)) or not {b"r", b"xmlns"}.isdisjoint(names) or not prefixes <= self._prefixes:
            raise NotPlain
        if len(self._sound) < _MOST_ATTRIBUTES:
            self._sound.add(attributes)

    def _parts(self, piece: bytes, words: Words, tags: Tags, rows: _Rows) -> tuple[npt.NDArray[Any], ...]:
        """Give the cells that are no blanks: rows, columns, kinds, packed values, styles."""
        at = np.flatnonzero((tags.kinds == C) | (tags.kinds == C_ONLY))
        written, widths = np.repeat(rows.written, rows.counts), np.repeat(rows.widths, rows.counts)
        columns, ends = references(words, tags.opens[at], written, widths)
        look = self._looks.of(piece, words, ends, tags.closes[at])
        styles, sorts = self._looks.styles[look], self._looks.sorts[look]
        first = tags.kinds[at + 1] if len(at) else tags.kinds[:0]
        has_value, has_text = (tags.kinds[at] == C) & (first == V), (tags.kinds[at] == C) & (first == IS)
        if bool((has_value & (sorts == INLINE)).any()) or bool((has_text & (sorts != INLINE)).any()):
            raise NotPlain
        kinds, values, is_kept = np.zeros(len(at), np.uint8), np.zeros(len(at), np.int64), np.zeros(len(at), bool)
        for sort, read in ((NUMBER, self._figures), (SHARED, self._shared), (STRING, self._strings)):
            own = np.flatnonzero(has_value & (sorts == sort))
            literals = _Literals(tags.closes[at[own] + 1] + 1, tags.opens[at[own] + 2], styles[own])
            kinds[own], values[own], is_kept[own] = read(piece, words, literals)
        own = np.flatnonzero(has_text)
        values[own], is_kept[own] = self._inline(piece, tags, at[own])
        if bool((columns[is_kept] >= MOST_COLUMNS).any()):
            raise NotPlain
        parts: tuple[npt.NDArray[Any], ...] = (np.repeat(rows.numbers, rows.counts), columns, kinds, values, styles)
        return tuple(part[is_kept].astype(kind) for part, kind in zip(parts, KINDS, strict=True))

    def _figures(self, piece: bytes, words: Words, literals: _Literals) -> Read:
        """Read numeric cells; dates, and figures that are not written plainly, one by one."""
        starts, stops, styles = literals
        kinds, values, is_plain = parse_figures(words, starts, stops - starts)
        is_kept = stops > starts
        for cell in np.flatnonzero(is_kept & (self._is_date[styles] | ~is_plain)).tolist():
            literal = piece[starts[cell] : stops[cell]]
            if b"&" in literal or not literal.isascii():
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
        bounds = zip(literals.starts.tolist(), literals.stops.tolist(), strict=True)
        places = [self._place(piece[start:stop]) for start, stop in bounds]
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
            if last == first + 1:
                places.append(self._place(piece[starts[first] : stops[first]]))
            else:
                text = "".join(self._text(piece[starts[run] : stops[run]]) for run in range(first, last))
                places.append(self._cells.pooled(text) if text else -1)
        values = np.array(places, np.int64)
        return values, values >= 0

    def _place(self, written: bytes) -> int:
        """Give the place of a text in the pool, -1 for an empty one."""
        place = self._texts.get(written)
        if place is None:
            text = self._text(written)
            place = self._texts[written] = self._cells.pooled(text) if text else -1
        return place

    @staticmethod
    def _text(written: bytes) -> str:
        """Read the characters of one text; raises NotPlain where XML would refuse them."""
        try:
            text = _ENTITY.sub(_undone, written).decode()
        except UnicodeDecodeError:
            raise NotPlain from None
        if not _NO_TEXT.isdisjoint(text):
            raise NotPlain
        return text_of(text)


def _undone(entity: re.Match[bytes]) -> bytes:
    """Undo an entity; raises NotPlain for one that XML does not itself define."""
    if entity[1]:
        raise NotPlain
    return _ENTITIES[entity[0]]
