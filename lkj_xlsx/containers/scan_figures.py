"""The figures of many cells parsed at once: those that are written as most are.

Whole numbers of at most sixteen digits, perhaps with `.0`; and one digit, a point and more digits, perhaps with a power
of ten, as Java writes fractions and what is ten millions or more (`1.79075935E11`). Eight digits are one word, and
become their value in three multiplications.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from lkj_xlsx.containers.cells import FRACTION, MOST_DIGITS, WHOLE
from lkj_xlsx.containers.scan_words import FIRST, Ints, Longs, Words

Read = tuple[npt.NDArray[np.uint8], Ints, npt.NDArray[np.bool_]]
"""Of some cells: their kinds, their packed values, and which of them are no blanks."""

_WORD, _TWO_WORDS, _POINT_NOUGHT = 8, 16, 2
_EACH: Final = 0x0101010101010101
_NOUGHTS: Final = np.uint64(ord("0") * _EACH)
_HIGH_BITS, _ABOVE_NINE = np.uint64(0x80 * _EACH), np.uint64((0x7F - ord("9")) * _EACH)
_DOUBLINGS: Final = tuple(
    (np.uint64(mask), np.uint64(1 + (power << width)), np.uint64(width))
    for mask, power, width in (
        (0x0F0F0F0F0F0F0F0F, 10, 8),
        (0x00FF00FF00FF00FF, 100, 16),
        (0x0000FFFF0000FFFF, 10_000, 32),
    )
)
"""How neighbours among the digits of a word become one: which bits hold them, by what to multiply, how far to shift."""


def parse_figures(words: Words, starts: Ints, lengths: Ints) -> Read:
    """Parse figures written as `123`, `123.0`, `1.25` or `1.23E4`: kinds, packed values, and which of them are such."""
    kinds = np.full(len(starts), WHOLE, np.uint8)
    values, is_plain = _parse_whole(words, starts, lengths)
    others = np.flatnonzero(~is_plain)
    kinds[others], values[others], is_plain[others] = _parse_pointed(words, starts[others], lengths[others])
    return kinds, values, is_plain


def _parse_whole(words: Words, starts: Ints, lengths: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Parse one to sixteen digits, `.0` after them or not; a row's and a cell's tag stand before, so a word does."""
    ends = starts + lengths
    is_pointed = (words.at[ends - _POINT_NOUGHT] & FIRST[2]) == int.from_bytes(b".0", "little")
    ends = ends - _POINT_NOUGHT * is_pointed
    counts = ends - starts
    low, is_low = _eight_digits(words.at[ends - _WORD], np.clip(counts, 0, _WORD))
    high, is_high = _eight_digits(words.at[ends - _TWO_WORDS], np.clip(counts - _WORD, 0, _WORD))
    return high * 10**8 + low, is_low & is_high & (counts >= 1) & (counts <= _TWO_WORDS)


def _parse_pointed(words: Words, starts: Ints, lengths: Ints) -> Read:
    """Parse one digit, a point, up to sixteen digits, and perhaps a power of ten of one or two digits."""
    ends = starts + lengths
    is_short = words.bytes[ends - 2] == ord("E")
    tails = np.where(is_short, 2, np.where(words.bytes[ends - 3] == ord("E"), 3, 0))
    marks = ends - tails
    counts = marks - starts - 2
    first, is_first = _eight_digits(words.at[starts + 1 - _WORD], np.ones(len(starts), np.int64))
    low, is_low = _eight_digits(words.at[marks - _WORD], np.clip(counts, 0, _WORD))
    high, is_high = _eight_digits(words.at[marks - _TWO_WORDS], np.clip(counts - _WORD, 0, _WORD))
    power, is_power = _eight_digits(words.at[ends - _WORD], np.maximum(tails - 1, 0))
    is_plain = (words.bytes[starts + 1] == ord(".")) & (counts >= 1) & (counts <= _TWO_WORDS)
    is_plain &= is_first & is_low & is_high & is_power & (power < MOST_DIGITS)
    counts, scale = np.where(is_plain, counts, 0), np.where(is_plain, power - counts, 0)
    values = first * 10**counts + high * 10**8 + low
    while bool((is_longer := (scale < 0) & (values % 10 == 0)).any()):
        values, scale = np.where(is_longer, values // 10, values), scale + is_longer
    kinds = np.where(scale < 0, FRACTION - scale, WHOLE).astype(np.uint8)
    return kinds, values * 10 ** np.maximum(scale, 0), is_plain


def _eight_digits(word: Longs, counts: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Give the value of the last `counts` characters of each word, and whether they are digits."""
    before = FIRST[_WORD - counts]
    word = (word & ~before) | (_NOUGHTS & before)
    is_digits = (((word + _ABOVE_NINE) | (word - _NOUGHTS) | word) & _HIGH_BITS) == 0
    for mask, multiplier, width in _DOUBLINGS:
        word = ((word & mask) * multiplier) >> width
    return word.astype(np.int64), is_digits
