"""What stands between the values of plain rows, proven once and recognised ever after.

A program writes a sheet from few moulds: between the code of one row and its pagu stand the same tags as in the next,
but for the row's number. Such a stretch, from a value or the end of a row to the next, is a *stencil*. It is learnt
where it is first met, by holding its row to the grammar (`scan_rows.prove`); where it is met again, all of its bytes
are compared, and in its holes must stand the very number of the row. A piece of rows is plain when it is stencils all
through, each beginning inside what the one before it ends in, with values between them that hold no `<`.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from lkj_xlsx.containers.limits import MOST_ROWS
from lkj_xlsx.containers.scan_rows import NO_VALUE, Proven, prove
from lkj_xlsx.containers.scan_words import FIRST, Flags, Ints, Longs, NotPlain, Words

_V, _T, _SPACED_T, _IS = (int.from_bytes(name, "little") for name in (b"v>", b"t>", b"t ", b"is"))
"""The two bytes that tell the tags of values, and of what stands before a `<t>` that has no `<r>`."""
_TAG, _SPACED_TAG = len("<v>"), len('<t xml:space="preserve">')
_SLASH_R: Final = int.from_bytes(b"/r", "little")
_ROW_END: Final = b"</row>"
_TO_LETTERS: Final = len('<c r="') - 1
_LETTER: Final = 0x40
"""The bit that letters have and digits have not."""

_MOST_STENCILS: Final = 20_000
_LARGEST_STENCILS: Final = 2**25
"""Bytes of all that are known."""
_MOST_ALIKE: Final = 64
"""Stencils of one length that end at one column: each costs a turn over all that look so."""
_MOST_BARE_ROWS: Final = 64
"""Rows in one stretch: those that are nothing but `<row …/>` follow each other without an end."""
_FEW: Final = 64
_SELDOM: Final = 4
"""A piece of which so great a part is new that it would be quicker to read it the exact way: one in so many."""


class Values(NamedTuple):
    """The values of a piece, in order, from where to where; and the cells that they stand in.

    `first` gives for each cell the place of its first value: only runs of one text share a cell. `rows` are those of
    the cells, `opened` all of the piece, both 0-based.
    """

    starts: Ints
    stops: Ints
    first: Ints
    rows: Ints
    columns: Ints
    styles: Ints
    sorts: Ints
    opened: Ints


@dataclass(frozen=True, slots=True)
class _Stencil:
    """One stretch of tags: its bytes, blank in the holes, which bytes are none, and what of value stands around it.

    `hole` is the first hole that belongs to the row open before (how far in, how wide; -1 where there is none), `opens`
    those of the tags of rows. Of each row that has several holes here, `same` has their bytes, a line each.
    """

    body: npt.NDArray[np.uint8]
    mask: npt.NDArray[np.uint8]
    before: int
    after: tuple[int, int, int, int, bool]
    hole: tuple[int, int]
    opens: tuple[tuple[int, int], ...]
    same: tuple[Ints, ...]


class _Table(NamedTuple):
    """All stencils side by side; `opens_at` and `opens_width` have the row tags of all end to end."""

    before: Ints
    after: Ints
    columns: Ints
    styles: Ints
    sorts: Ints
    is_more: Ints
    hole_at: Ints
    hole_width: Ints
    opens_at: Ints
    opens_width: Ints
    opens_count: Ints


class _Stretches(NamedTuple):
    """The stretches of a piece, between values and the ends of rows: from where to where, and what tells them apart.

    `keys` are alike where stretches are as long and end at one column; `is_first` marks those that a row opens.
    """

    froms: Ints
    tos: Ints
    keys: Ints
    is_first: Flags


class Stencils:
    """The stencils of one sheet."""

    def __init__(self, prefixes: frozenset[bytes]) -> None:
        """Know none; rows may have attributes of these prefixes."""
        self._prefixes = prefixes
        self._known: list[_Stencil] = []
        self._alike: dict[int, list[int]] = {}
        self._size = 0
        self._table: _Table | None = None
        self._proven: dict[int, Proven] = {}

    def trace(self, piece: bytes, words: Words) -> Values:
        """Lay stencils over a piece of whole rows; raises NotPlain where they do not cover it."""
        self._proven.clear()
        stretches = _stretches(piece, words)
        return self._values(piece, words, stretches, self._recognise(piece, words, stretches))

    def _recognise(self, piece: bytes, words: Words, stretches: _Stretches) -> Ints:
        """Give for each stretch the number of its stencil; raises NotPlain for one that cannot be learnt."""
        froms, tos, keys, is_first = stretches
        order = np.argsort(keys, kind="stable")
        bounds = np.flatnonzero(np.diff(keys[order], prepend=-1, append=-1))
        found, learnt = np.zeros(len(keys), np.int64), 0
        for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            left = order[start:stop]
            key = int(keys[left[0]])
            alike = self._alike.setdefault(key, [])
            windows = words.windows(key >> 16)
            turn = 0
            while len(left):
                if turn == len(alike):
                    learnt += 1
                    if turn == _MOST_ALIKE or (learnt > _FEW and learnt * _SELDOM > len(keys)):
                        raise NotPlain
                    one = left[0]
                    alike.append(self._learn(piece, int(froms[one]), int(tos[one]), is_first=bool(is_first[one])))
                is_other = self._differ(windows, froms[left], alike[turn])
                found[left] = alike[turn]
                left, turn = left[is_other], turn + 1
        return found

    def _differ(self, windows: npt.NDArray[np.uint8], froms: Ints, stencil: int) -> Flags:
        """Tell which of some stretches, all as long as a stencil, are others; the holes of a row must be the same."""
        known = self._known[stencil]
        block = windows[froms]
        block ^= known.body
        is_other = np.zeros(len(block), bool)
        for holes in known.same:
            written = block[:, holes.ravel()].reshape(-1, *holes.shape)
            is_other |= (written != written[:, :1]).any(axis=(1, 2))
        block &= known.mask
        return is_other | block.any(axis=1) if block.any() else is_other

    def _values(self, piece: bytes, words: Words, stretches: _Stretches, found: Ints) -> Values:
        """Hold stencils to each other and to the numbers of their rows; gives the values between them."""
        froms = stretches.froms
        table = self._table = self._table or _beside(self._known)
        before, after = table.before[found], table.after[found]
        if bool((before[1:] != after[:-1]).any()) or before[0] != NO_VALUE or after[-1] != NO_VALUE:
            raise NotPlain
        counts = table.opens_count[found]
        opened = np.cumsum(counts)
        at, widths = _row_tags(table, found, froms)
        rows, written = _numbers(piece, words, at, widths)
        is_held = table.hole_at[found] >= 0
        row, width = (opened - counts - 1)[is_held], table.hole_width[found][is_held]
        hole = (table.hole_at[found] + froms)[is_held]
        if bool((widths[row] != width).any()) or bool((words.at[hole] & FIRST[width + 1] != written[row]).any()):
            raise NotPlain
        values = np.flatnonzero(after[:-1] != NO_VALUE)
        first = np.flatnonzero(table.is_more[found[values]] == 0)
        cells = values[first]
        own = found[cells]
        return Values(
            starts=stretches.tos[values],
            stops=froms[values + 1],
            first=first,
            rows=rows[opened[cells] - 1],
            columns=table.columns[own],
            styles=table.styles[own],
            sorts=table.sorts[own],
            opened=rows,
        )

    def _learn(self, piece: bytes, start: int, stop: int, *, is_first: bool) -> int:
        """Prove the row that a stretch is of, and keep it as a stencil; raises NotPlain."""
        at = start if is_first else max(0, piece.rfind(b"<row", 0, start))
        proven: list[Proven] = []
        while at < stop:
            row = self._proven[at] = self._proven.get(at) or prove(piece, at, self._prefixes)
            proven.append(row)
            at = row.end
            if len(proven) > _MOST_BARE_ROWS:
                raise NotPlain
        stencil = _cut(piece, start, stop, proven, is_first=is_first)
        self._size += len(stencil.body)
        if len(self._known) >= _MOST_STENCILS or self._size > _LARGEST_STENCILS:
            raise NotPlain
        self._known.append(stencil)
        self._table = None
        return len(self._known) - 1


def _stretches(piece: bytes, words: Words) -> _Stretches:
    """Cut a piece at its values, which are left out, and at the ends of its rows; raises NotPlain at a torn value."""
    opens = np.flatnonzero(words.bytes[: len(piece)] == ord("<"))
    names = words.names[opens]
    at = np.flatnonzero((names == _V) | (names == _T) | (names == _SPACED_T))
    if len(at) and int(at[-1]) + 1 >= len(opens):
        raise NotPlain
    kinds = names[at]
    starts, stops = opens[at] + np.where(kinds == _SPACED_T, _SPACED_TAG, _TAG), opens[at + 1]
    if bool((stops < starts).any()):
        raise NotPlain
    depths = np.where(kinds == _V, 1, np.where(names[at - 1] == _IS, 2, 3))
    letters = words.names[opens[at - depths] + _TO_LETTERS].astype(np.int64)
    letters = np.where(letters >> 8 & _LETTER, letters, letters & 0xFF)
    ends = opens[names == _SLASH_R]
    ends = ends[words.at[ends] & FIRST[len(_ROW_END)] == int.from_bytes(_ROW_END, "little")] + len(_ROW_END)
    ends = ends[ends < len(piece)]
    cuts = np.append(starts, ends)
    order = np.argsort(cuts, kind="stable")
    froms, tos = np.append(0, np.append(stops, ends)[order]), np.append(cuts[order], len(piece))
    looks = np.append(np.append(letters, np.zeros(len(ends), np.int64))[order], 0)
    return _Stretches(froms, tos, (tos - froms) << 16 | looks, np.append(True, order >= len(starts)))


def _cut(piece: bytes, start: int, stop: int, proven: list[Proven], *, is_first: bool) -> _Stencil:
    """Cut a stencil out of proven rows: around it must stand values of theirs, or a row begin or end."""
    values = [value for row in proven for value in row.values]
    numbers = [number for row in proven for number in row.numbers]
    before = next((value.inside for value in values if value.stop == start), NO_VALUE)
    after = next((value for value in values if value.start == stop), None)
    is_whole = (before == NO_VALUE) == is_first and (after is not None or stop == proven[-1].end)
    if not is_whole or any(start < value.start < stop for value in values):
        raise NotPlain
    mask = np.full(stop - start, 0xFF, np.uint8)
    of_rows: list[list[tuple[int, int]]] = [[]]
    for number in numbers:
        if start <= number.start < stop:
            at = number.start - start
            mask[at : at + number.width] = 0
            if number.opens_row:
                of_rows.append([])
            of_rows[-1].append((at, number.width))
    return _Stencil(
        body=np.frombuffer(piece[start:stop], np.uint8) & mask,
        mask=mask,
        before=before,
        after=(after.inside, *after[3:]) if after else (NO_VALUE, 0, 0, 0, False),
        hole=of_rows[0][0] if of_rows[0] else (-1, 0),
        opens=tuple(holes[0] for holes in of_rows[1:]),
        same=tuple(
            np.array([range(at, at + width) for at, width in holes], np.int64) for holes in of_rows if len(holes) > 1
        ),
    )


def _beside(known: list[_Stencil]) -> _Table:
    tags = np.array([tag for one in known for tag in one.opens], np.int64).reshape(-1, 2)
    columns = [(one.before, *one.after, *one.hole, len(one.opens)) for one in known]
    before, after, column, style, sort, is_more, at, width, count = np.array(columns, np.int64).T.copy()
    return _Table(before, after, column, style, sort, is_more, at, width, tags[:, 0], tags[:, 1], count)


def _row_tags(table: _Table, found: Ints, froms: Ints) -> tuple[Ints, Ints]:
    """Give where the number of each row that is opened stands in the piece, and its width."""
    own = table.opens_count[found]
    stretch = np.repeat(np.arange(len(found)), own)
    first = (np.cumsum(table.opens_count) - table.opens_count)[found] - (np.cumsum(own) - own)
    of = np.arange(len(stretch)) + first[stretch]
    return table.opens_at[of] + froms[stretch], table.opens_width[of]


def _numbers(piece: bytes, words: Words, starts: Ints, widths: Ints) -> tuple[Ints, Longs]:
    """Read the numbers of rows, which ascend: 0-based; and as written, with the quote after them."""
    written = [piece[start : start + width] for start, width in zip(starts.tolist(), widths.tolist(), strict=True)]
    if not all(map(bytes.isdigit, written)) or bool((words.bytes[starts] == ord("0")).any()):
        raise NotPlain
    rows = np.array(list(map(int, written)), np.int64) - 1
    if not len(rows) or rows[-1] >= MOST_ROWS or not bool((rows[1:] > rows[:-1]).all()):
        raise NotPlain
    return rows, words.at[starts] & FIRST[widths + 1]
