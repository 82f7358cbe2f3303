import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.misprint import MOST_ZEROS, slip

AMOUNTS = st.integers(1, 2**53)
DIGIT = re.compile(r"satu angka salah: (\d) tertulis, (\d) seharusnya")
SWAP = re.compile(r"dua angka tertukar: (\d\d) tertulis, (\d\d) seharusnya")
LOST = re.compile(r"satu angka (hilang|lebih): (\d)")
ZEROS = re.compile(r"pemisah atau nol salah tempat: (lebih|kurang) (\d) nol")


def is_of(words: str, printed: int, true: int) -> bool:
    """Tell whether the slip that the words name turns the true figure into the printed one."""
    if words == "tandanya terbalik":
        return printed == -true
    wrong, right = str(abs(printed)), str(abs(true))
    if match := (DIGIT.fullmatch(words) or SWAP.fullmatch(words)):
        typed, meant = match.groups()
        places = range(len(right) - len(meant) + 1)
        return wrong in [
            right[:place] + typed + right[place + len(meant) :] for place in places if right[place:].startswith(meant)
        ]
    if match := LOST.fullmatch(words):
        short, long = (wrong, right) if match[1] == "hilang" else (right, wrong)
        return short in [long[:place] + long[place + 1 :] for place in range(len(long)) if long[place] == match[2]]
    match = ZEROS.fullmatch(words)
    assert match is not None
    long, short = (wrong, right) if match[1] == "lebih" else (right, wrong)
    return long == short + "0" * int(match[2])


@pytest.mark.parametrize(
    ("printed", "true", "words"),
    [
        (997_018_000, 977_018_000, "satu angka salah: 9 tertulis, 7 seharusnya"),
        (7_444, 7_411, None),
        (12_345, 12_354, "dua angka tertukar: 45 tertulis, 54 seharusnya"),
        (12_345, 12_543, None),
        (21_354, 12_345, None),
        (123_456, 1_234_567, "satu angka hilang: 7"),
        (11, 111, "satu angka hilang: 1"),
        (123_406, 12_346, "satu angka lebih: 0"),
        (12_000, 12_000_000, "pemisah atau nol salah tempat: kurang 3 nol"),
        (120, 12, "pemisah atau nol salah tempat: lebih 1 nol"),
        (10**9, 10**2, None),
        (-500, 500, "tandanya terbalik"),
        (500, -500, "tandanya terbalik"),
        (-510, -500, "satu angka salah: 1 tertulis, 0 seharusnya"),
        (-510, 500, None),
        (1, 0, "satu angka salah: 1 tertulis, 0 seharusnya"),
        (0, 100, None),
        (100, 1_234, None),
    ],
)
def test_a_single_slip_is_named_and_nothing_else_is(printed: int, true: int, words: str | None) -> None:
    assert slip(printed, true) == words


def test_a_figure_is_no_slip_of_itself() -> None:
    assert [slip(amount, amount) for amount in (0, 7, -7, 10**15)] == [None] * 4


@given(st.integers(-(2**53), 2**53), st.integers(-(2**53), 2**53))
def test_whatever_slip_is_named_really_turns_one_number_into_the_other(printed: int, true: int) -> None:
    words = slip(printed, true)
    assert words is None or is_of(words, printed, true)


@given(AMOUNTS, st.data())
def test_every_single_wrong_digit_is_told(true: int, data: st.DataObject) -> None:
    digits = str(true)
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    printed = int(digits[:place] + other + digits[place + 1 :])
    words = slip(printed, true)
    if place or other != "0":
        assert words == f"satu angka salah: {other} tertulis, {digits[place]} seharusnya"
    assert words is None or is_of(words, printed, true)


@given(st.integers(10, 2**53), st.data())
def test_every_two_neighbours_that_changed_places_are_told(true: int, data: st.DataObject) -> None:
    digits = str(true)
    place = data.draw(st.integers(0, len(digits) - 2))
    one, other = digits[place], digits[place + 1]
    printed = digits[:place] + other + one + digits[place + 2 :]
    words = slip(int(printed), true)
    if one == other:
        assert words is None
    elif printed[0] != "0":
        assert words == f"dua angka tertukar: {other}{one} tertulis, {one}{other} seharusnya"


@given(st.integers(10, 2**53), st.data())
def test_every_lost_digit_is_told_from_either_side(long: int, data: st.DataObject) -> None:
    digits = str(long)
    place = data.draw(st.integers(0, len(digits) - 1))
    short = digits[:place] + digits[place + 1 :]
    if short[0] != "0":
        for printed, true in ((int(short), long), (long, int(short))):
            words = slip(printed, true)
            assert words is not None
            assert is_of(words, printed, true)


@given(AMOUNTS, st.integers(1, MOST_ZEROS))
def test_zeros_too_many_or_too_few_are_counted(amount: int, zeros: int) -> None:
    more = amount * 10**zeros
    assert slip(more, amount) == f"pemisah atau nol salah tempat: lebih {zeros} nol"
    assert slip(amount, more) == f"pemisah atau nol salah tempat: kurang {zeros} nol"


@given(AMOUNTS, AMOUNTS)
def test_a_slip_of_two_negative_figures_is_that_of_their_sizes(printed: int, true: int) -> None:
    assert slip(-printed, -true) == slip(printed, true)
