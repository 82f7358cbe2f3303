"""The opening tags of many cells read at once: their references, and the looks that follow them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from lkj_xlsx.containers.scan_tags import FIRST, Ints, Longs, NotPlain, Words

_LOOKS: Final = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="(n|s|inlineStr|str)")?(?: ?/)?')
NUMBER, SHARED, INLINE, STRING = range(4)
_SORTS: Final[Mapping[bytes, int]] = {b"": NUMBER, b"n": NUMBER, b"s": SHARED, b"inlineStr": INLINE, b"str": STRING}
MOST_STYLES: Final = 2**16
_WIDEST_LOOK: Final = 24
_SLOT_BITS: Final = 16
_MOST_LOOKS: Final = 512
"""More would seldom be kept apart by that many slots; a sheet of more goes the exact way."""
_LEARNT_AT_ONCE: Final = 4_096
_LETTERS: Final = 26


def references(words: Words, opens: Ints, numbers: Longs, widths: Ints) -> tuple[Ints, Ints]:
    """Read the references of cells: their 0-based columns, and where each reference ends.

    `numbers` are the written numbers of the cells' rows, each with the quote after it, of `widths` bytes. Raises
    NotPlain unless each reference is one to three letters and the very number of its row.
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
    if bool((words.at[starts] & FIRST[widths] != numbers).any()):
        raise NotPlain
    return columns, starts + widths


class Looks:
    """The spellings of what follows a cell's reference, each taken apart once: its style and its sort."""

    def __init__(self) -> None:
        """Know the empty one."""
        self._known = [b""]
        self.styles, self.sorts = np.zeros(1, np.int64), np.zeros(1, np.int64)
        self._words: tuple[Longs, ...] = (np.zeros(1, np.uint64),) * 3
        self._multipliers = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
        self._slots = np.zeros(2**_SLOT_BITS, np.int16)

    def of(self, piece: bytes, words: Words, starts: Ints, stops: Ints) -> Ints:
        """Give the number of each spelling; raises NotPlain for one that is not plain."""
        lengths = stops - starts
        if int(lengths.max(initial=0)) > _WIDEST_LOOK:
            raise NotPlain
        three = tuple(words.at[starts + at] & FIRST[np.clip(lengths - at, 0, 8)] for at in (0, 8, 16))
        while True:
            found = self._slots[self._slot(three)].astype(np.int64)
            is_known = np.ones(len(found), bool)
            for known, word in zip(self._words, three, strict=True):
                is_known &= known[found] == word
            unknown = np.flatnonzero(~is_known)[:_LEARNT_AT_ONCE]
            if not len(unknown):
                return found
            places = zip(starts[unknown].tolist(), stops[unknown].tolist(), strict=True)
            self._learn({piece[start:stop] for start, stop in places})

    def _slot(self, three: tuple[Longs, ...]) -> Ints:
        one, two, three_ = (word * multiplier for word, multiplier in zip(three, self._multipliers, strict=True))
        slots: Ints = ((one ^ two ^ three_) >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        return slots

    def _learn(self, spellings: Iterable[bytes]) -> None:
        """Take spellings apart, and find multipliers that give each of all known a slot of its own."""
        learnt = [(spelling, *_taken_apart(spelling)) for spelling in sorted(spellings)]
        if len(self._known) + len(learnt) > _MOST_LOOKS:
            raise NotPlain
        self._known += [spelling for spelling, _, _ in learnt]
        self.styles = np.append(self.styles, [style for _, style, _ in learnt])
        self.sorts = np.append(self.sorts, [sort for _, _, sort in learnt])
        padded = np.frombuffer(b"".join(one.ljust(_WIDEST_LOOK, b"\0") for one in self._known), "<u8")
        self._words = tuple(padded.reshape(-1, 3).astype(np.uint64).T.copy())
        while len(set((slots := self._slot(self._words)).tolist())) < len(slots):
            self._multipliers = self._multipliers * np.uint64(0xD1342543DE82EF95) + np.uint64(2)
        self._slots[:] = 0
        self._slots[slots] = np.arange(len(slots))


def _taken_apart(spelling: bytes) -> tuple[int, int]:
    """Give the style and the sort that a spelling says; raises NotPlain where it says anything else."""
    match = _LOOKS.fullmatch(spelling)
    style = int(match[1] or 0) if match else MOST_STYLES
    if match is None or style >= MOST_STYLES:
        raise NotPlain
    return style, _SORTS[match[2] or b""]
