"""The opening tags of many cells read at once: their references, and the looks that follow them."""

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from lkj_xlsx.containers.scan_tags import FIRST, Ints, Longs, NotPlain, Words

_LOOKS: Final = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="(n|s|inlineStr|str)")?(?: ?/)?')
NUMBER, SHARED, INLINE, STRING = range(4)
_SORTS: Final[Mapping[bytes, int]] = {b"": NUMBER, b"n": NUMBER, b"s": SHARED, b"inlineStr": INLINE, b"str": STRING}
_WIDEST_LOOK: Final = 24
_SLOT_BITS: Final = 14
_SLOTS: Final = 2**_SLOT_BITS
_MOST_LOOKS: Final = 1_000
_LETTERS: Final = 26


def references(words: Words, opens: Ints, rows: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Read the references of cells: their 0-based columns, and where each reference ends.

    Raises NotPlain unless each is one to three letters and the very number of its row.
    """
    if bool((words.at[opens] & FIRST[6] != int.from_bytes(b'<c r="', "little")).any()):
        raise NotPlain
    starts = opens + len('<c r="')
    letters = words.at[starts]
    one, two, three = (
        (letters >> np.uint64(8 * n) & np.uint64(0xFF)).astype(np.int64) - ord("A") + 1 for n in range(3)
    )
    is_two = (two >= 1) & (two <= _LETTERS)
    is_three = is_two & (three >= 1) & (three <= _LETTERS)
    if bool(((one < 1) | (one > _LETTERS)).any()):
        raise NotPlain
    columns = np.where(is_two, one * _LETTERS + two, one)
    columns = np.where(is_three, columns * _LETTERS + three, columns) - 1
    starts = starts + 1 + is_two + is_three
    written = [f'{row + 1}"'.encode() for row in rows.tolist()]
    numbers = np.array([int.from_bytes(one, "little") for one in written], np.uint64)
    widths = np.array([len(one) for one in written], np.int64)
    width = np.repeat(widths, counts)
    if bool((words.at[starts] & FIRST[width] != np.repeat(numbers, counts)).any()):
        raise NotPlain
    return columns, starts + width


class Looks:
    """The spellings of what follows a cell's reference, each taken apart once: its style and its sort."""

    def __init__(self, dates: frozenset[int]) -> None:
        """Know none; take no style that shows a date."""
        self._dates = dates
        self._known: list[bytes] = []
        self._words = np.zeros((0, 3), np.uint64)
        self._multiplier = np.uint64(0x9E3779B97F4A7C15)
        self._slots = np.full(_SLOTS, -1, np.int64)
        self.styles, self.sorts = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def of(self, piece: bytes, words: Words, starts: Ints, stops: Ints) -> Ints:
        """Give the number of each spelling; raises NotPlain for one that is not plain."""
        lengths = stops - starts
        if not len(starts) or int(lengths.max()) > _WIDEST_LOOK:
            if len(starts):
                raise NotPlain
            return np.zeros(0, np.int64)
        three = tuple(words.at[starts + at] & FIRST[np.clip(lengths - at, 0, 8)] for at in (0, 8, 16))
        while True:
            slots = self._slot(*three)
            found = self._slots[slots]
            is_known = found >= 0
            for part, word in enumerate(three):
                is_known &= self._words[found, part] == word if len(self._words) else False
            unknown = int(np.argmin(is_known))
            if is_known[unknown]:
                return found
            self._learn(piece[starts[unknown] : stops[unknown]])

    def _slot(self, one: Longs, two: Longs, three: Longs) -> Ints:
        mixed = (one ^ (two * np.uint64(3)) ^ (three * np.uint64(7))) * self._multiplier
        slots: Ints = (mixed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        return slots

    def _learn(self, spelling: bytes) -> None:
        """Take a spelling apart, and find a multiplier that keeps all known ones apart."""
        match = _LOOKS.fullmatch(spelling)
        style = int(match[1] or 0) if match else 0
        if match is None or style in self._dates or style >= 2**16 or len(self._known) >= _MOST_LOOKS:
            raise NotPlain
        self._known.append(spelling)
        self.styles = np.append(self.styles, style)
        self.sorts = np.append(self.sorts, _SORTS[match[2] or b""])
        padded = np.frombuffer(b"".join(one.ljust(_WIDEST_LOOK, b"\0") for one in self._known), "<u8")
        self._words = padded.reshape(-1, 3).astype(np.uint64)
        slots = self._slot(*self._words.T)
        while len(set(slots.tolist())) < len(slots):
            self._multiplier = self._multiplier * np.uint64(0xD1342543DE82EF95) + np.uint64(2)
            slots = self._slot(*self._words.T)
        self._slots[:] = -1
        self._slots[slots] = np.arange(len(slots))
