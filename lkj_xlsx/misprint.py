"""What slip of the hand turns one figure into another: a wrong digit, two swapped, one lost, a mark misplaced."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

MOST_ZEROS: Final = 6
"""A figure off by more zeros than this was not mistyped by a mark."""


def slip(printed: int, true: int) -> str | None:
    """Say in words which single slip makes `printed` of `true`, or None when no single one does."""
    if printed and printed == -true:
        return "tandanya terbalik"
    if (printed < 0) != (true < 0):
        return None
    wrong, right = str(abs(printed)), str(abs(true))
    if len(wrong) == len(right):
        return _same_length(wrong, right)
    return _zeros(wrong, right) or _lost(wrong, right, "satu angka hilang") or _lost(right, wrong, "satu angka lebih")


def one_digit_off(figure: int) -> Iterator[int]:
    """Give every figure that one other digit makes of this one, its first digit never 0."""
    digits = str(abs(figure))
    for place, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and (place or other != "0" or len(digits) == 1):
                wrong = int(f"{digits[:place]}{other}{digits[place + 1 :]}")
                yield wrong if figure >= 0 else -wrong


def _same_length(wrong: str, right: str) -> str | None:
    differing = [place for place, (w, r) in enumerate(zip(wrong, right, strict=True)) if w != r]
    if len(differing) == 1:
        place = differing[0]
        return f"satu angka salah: {wrong[place]} tertulis, {right[place]} seharusnya"
    for first, second in pairwise(differing):
        if len(differing) == 2 and second == first + 1 and wrong[first] + wrong[second] == right[second] + right[first]:  # noqa: PLR2004 - two digits
            return f"dua angka tertukar: {wrong[first : second + 1]} tertulis, {right[first : second + 1]} seharusnya"
    return None


def _zeros(wrong: str, right: str) -> str | None:
    """Say that a mark or zeros went astray: the same digits, a power of ten apart."""
    short, long = sorted((wrong, right), key=len)
    zeros = len(long) - len(short)
    if long != short + "0" * zeros or short == "0" or zeros > MOST_ZEROS:
        return None
    return f"pemisah atau nol salah tempat: {'lebih' if wrong == long else 'kurang'} {zeros} nol"


def _lost(short: str, long: str, words: str) -> str | None:
    """Say that the longer one has one digit more, whichever it is."""
    if len(long) != len(short) + 1:
        return None
    place = next((index for index, digit in enumerate(short) if digit != long[index]), len(short))
    return f"{words}: {long[place]}" if long[:place] + long[place + 1 :] == short else None
