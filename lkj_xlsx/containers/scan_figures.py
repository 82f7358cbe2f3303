"""The figures of many cells parsed at once, column of characters by column of characters."""

from typing import Final

import numpy as np
import numpy.typing as npt

from lkj_xlsx.containers.cells import FRACTION, MOST_DIGITS, WHOLE
from lkj_xlsx.containers.scan_tags import Ints, Words

Read = tuple[npt.NDArray[np.uint8], Ints, npt.NDArray[np.bool_]]
"""Of some cells: their kinds, their packed values, and which of them are no blanks."""

_LONGEST_FIGURE: Final = 26
_LARGEST_POWER: Final = 40
_POWER_END: Final = 10**9


def parse_figures(words: Words, starts: Ints, lengths: Ints) -> Read:
    """Parse figures written as `-123`, `123.40` or `1.23E4`: kinds, packed values, and which of them are such."""
    count = len(starts)
    value, digits, places, power = (np.zeros(count, np.int64) for _ in range(4))
    is_negative, is_fraction, is_power, is_root = (np.zeros(count, bool) for _ in range(4))
    has_digit, is_plain = np.zeros(count, bool), (lengths > 0) & (lengths <= _LONGEST_FIGURE)
    before = np.zeros(count, np.uint8)
    for at in range(min(int(lengths.max(initial=0)), _LONGEST_FIGURE)):
        is_on = at < lengths
        byte = np.where(is_on, words.bytes[starts + at], 0).astype(np.uint8)
        digit = byte.astype(np.int64) - ord("0")
        is_digit = (digit >= 0) & (digit <= 9)  # noqa: PLR2004 - of ten digits
        is_own, is_of_power = is_digit & ~is_power, is_digit & is_power
        value = np.where(is_own & (digits < MOST_DIGITS), value * 10 + digit, value)
        digits += is_own & ((digits > 0) | (digit > 0))
        places += is_own & is_fraction
        power = np.where(is_of_power, np.minimum(power * 10 + digit, _POWER_END), power)
        is_dot, is_e, is_minus = byte == ord("."), (byte == ord("E")) | (byte == ord("e")), byte == ord("-")
        follows_e = is_power & ((before == ord("E")) | (before == ord("e")))
        is_plain &= (
            ~is_on
            | is_digit
            | (is_dot & ~is_fraction & ~is_power)
            | (is_e & has_digit & ~is_power)
            | (is_minus & (follows_e | (at == 0)))
        )
        is_negative |= is_minus & (at == 0)
        is_root |= is_minus & follows_e
        is_fraction |= is_dot
        is_power |= is_e
        has_digit |= is_own
        before = np.where(is_on, byte, before)
    is_plain &= (
        has_digit & (digits <= MOST_DIGITS) & (power <= _LARGEST_POWER) & ((before >= ord("0")) | (before == ord(".")))
    )
    is_plain &= before <= ord("9")
    scale = np.where(is_plain, np.where(is_root, -power, power) - places, 0)
    scale[value == 0] = 0
    while bool((is_short := (scale < 0) & (value % 10 == 0)).any()):
        value, scale = np.where(is_short, value // 10, value), scale + is_short
    is_plain &= digits + np.maximum(scale, 0) <= MOST_DIGITS
    value = np.where(is_plain, value * 10 ** np.clip(scale, 0, MOST_DIGITS), 0)
    kinds = np.where(scale < 0, FRACTION - scale, WHOLE).astype(np.uint8)
    return kinds, np.where(is_negative, -value, value), is_plain
