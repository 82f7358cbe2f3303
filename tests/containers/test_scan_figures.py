from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worksheets import LITERALS, ODD_LITERALS

from lkj_xlsx.book import Odd
from lkj_xlsx.containers.cells import FRACTION, WHOLE, Cells, number_of
from lkj_xlsx.containers.scan_figures import parse_figures
from lkj_xlsx.containers.scan_words import Words

FIGURES = st.one_of(
    st.from_regex(r"-?[0-9]{1,20}(\.0?)?", fullmatch=True),
    st.from_regex(r"[+-]?[0-9]{0,20}(\.[0-9]{0,8})?([eE][+-]?[0-9]{1,12})?", fullmatch=True),
    st.sampled_from((*LITERALS, *(literal for literal in ODD_LITERALS if literal.isascii()))),
    st.text("0123456789.-+eE/:", max_size=20),
)


def parsed(*literals: str) -> list[tuple[int, int] | None]:
    """Parse figures as they stand in a part: their kinds and packed values, None for those left to another."""
    piece, starts = b'<row r="1"><c r="A1"><v>', []
    for literal in literals:
        starts.append(len(piece))
        piece += literal.encode() + b"</v></c><c><v>"
    lengths = np.array([len(literal.encode()) for literal in literals], np.int64)
    kinds, values, is_plain = parse_figures(Words(piece), np.array(starts, np.int64), lengths)
    those = zip(kinds.tolist(), values.tolist(), is_plain.tolist(), strict=True)
    return [(kind, value) if plain else None for kind, value, plain in those]


@given(st.lists(FIGURES, max_size=12))
def test_a_figure_that_is_parsed_is_the_one_that_its_literal_is(literals: list[str]) -> None:
    for literal, read in zip(literals, parsed(*literals), strict=True):
        if read is not None:
            value = number_of(literal)
            assert not isinstance(value, Odd)
            assert read == Cells().packed(value), literal


@given(st.integers(0, 10**16 - 1), st.sampled_from(["", ".0"]))
def test_every_amount_is_parsed_however_it_is_written(amount: int, ending: str) -> None:
    assert parsed(f"{amount}{ending}") == [(WHOLE, amount)]


@given(st.integers(0, 10**17 - 1))
def test_every_amount_is_parsed_as_java_writes_it(amount: int) -> None:
    mantissa = Decimal(amount).normalize()
    _, digits, exponent = mantissa.as_tuple()
    text = "".join(map(str, digits))
    power = len(text) - 1 + int(exponent)
    assert parsed(f"{text[0]}.{text[1:] or '0'}E{power}") == [(WHOLE, amount)]


@given(st.integers(0, 9), st.text("0123456789", min_size=1, max_size=16))
def test_every_fraction_of_one_digit_before_the_point_is_parsed(whole: int, fraction: str) -> None:
    assert parsed(f"{whole}.{fraction}") == [Cells().packed(number_of(f"{whole}.{fraction}"))]


@pytest.mark.parametrize(
    ("literal", "read"),
    [
        *(
            ("0.0", (WHOLE, 0)),
            ("007", (WHOLE, 7)),
            ("1.50", (FRACTION + 1, 15)),
            ("9007199254740993", (WHOLE, 2**53 + 1)),
        ),
        *(("9007199254740991.0", (WHOLE, 2**53 - 1)), ("1.0E17", (WHOLE, 10**17)), ("1.25E1", (FRACTION + 1, 125))),
        *(("0.0E0", (WHOLE, 0)), ("0.9985312310387557", (FRACTION + 16, 9985312310387557)), ("5.00E00", (WHOLE, 5))),
        *(
            (text, None)
            for text in ("", ".", "-", "-5", "5.", ".5", ".0", "12.5", "E5", ".E5", "1E5", "1.E5", "1.5E", "1.5e5")
        ),
        *(
            (text, None)
            for text in ("1.5E-5", "1.5E+5", "1.5E005", "1.0E18", "1.5EE5", "1.5E5E5", "1.2.3", "1..0", "+1", "--1")
        ),
        *(
            (text, None)
            for text in ("1/0", "1:0", "NaN", "1_0", " 1", "1 ", "12345678901234567", "1.12345678901234567", "/.5")
        ),
        *(
            (text, None)
            for text in ("\u0661", "12345678\x7f", "1.1234567\u00e9", "1.5E:", "1.5E\u00b5", "1,5", "1.5 ", "1.\n5")
        ),
    ],
)
def test_each_spelling_is_parsed_or_left_to_be_read_one_by_one(literal: str, read: tuple[int, int] | None) -> None:
    assert parsed(literal) == [read]
