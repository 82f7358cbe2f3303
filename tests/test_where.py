"""Conditions: what is understood, what it means of the unknown, and a caret under what is not understood."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.where import Kind, Value, condition

COLUMNS: Final[dict[str, Kind]] = {"pagu": Fraction, "sisa": Fraction, "serapan": Fraction, "uraian": str}
ROW: Final[dict[str, Value]] = {
    "pagu": Fraction(100),
    "sisa": Fraction(60),
    "serapan": Fraction("39.99"),
    "uraian": "Makan Rapat",
}


@pytest.mark.parametrize(
    "text",
    [
        "serapan < 40",
        "serapan <= 39,99%",
        "serapan = 39.99",
        "sisa > 70 or pagu = 100",
        "sisa > 70 atau pagu = 100 dan serapan < 40",
        "not (sisa > 70 and pagu = 100)",
        "bukan sisa > 70",
        "sisa > pagu / 2",
        "pagu - sisa = 40",
        "sisa * 2 >= pagu + 20",
        "-sisa < 0",
        "10 < sisa < 70",
        "sisa > 0,000001",
        "pagu < 1_000",
        '"rapat" in uraian',
        "'MAKAN' in uraian",
        '"dinas" not in uraian',
        'uraian = "Makan Rapat"',
    ],
)
def test_a_condition_holds(text: str) -> None:
    assert condition(text, COLUMNS)(ROW)
    assert not condition(f"not ({text})", COLUMNS)(ROW)


@pytest.mark.parametrize(
    "text",
    ["sisa > 1", "not sisa > 1", "sisa != sisa", "sisa > 1 and pagu = 100", "pagu > sisa", "pagu / 0 > 1", "-sisa < 1"],
)
def test_of_what_is_not_known_nothing_holds(text: str) -> None:
    assert not condition(text, COLUMNS)({**ROW, "sisa": None})
    assert not condition(f"not ({text})", COLUMNS)({**ROW, "sisa": None})


def test_what_is_known_decides_where_it_can() -> None:
    row = {**ROW, "sisa": None}
    assert condition("sisa > 1 or pagu = 100", COLUMNS)(row)
    assert condition("not (sisa > 1 and pagu = 1)", COLUMNS)(row)


@pytest.mark.parametrize(
    ("text", "caret"),
    [
        ("", 0),
        ("serapan", 0),
        ("serapan <", 0),
        ("serapan < sembilan", 10),
        ("serapan << 90", 0),
        ("serapan < 90 and", 0),
        ("serapan < 90 and  belanja > 1", 18),
        ("serapan < 90 dan sisa > 1 dan x", 30),
        ("serapan < 1.000.000", 15),
        ("uraian > 1", 0),
        ("uraian + pagu > 1", 0),
        ("pagu and sisa", 0),
        ("not pagu", 0),
        ("pagu in sisa", 0),
        ("1 if pagu else 2", 0),
        ("pagu ** 9 > 1", 0),
        ("pagu.real > 1", 4),
        ("pagu < 1 ; sisa", 9),
        ("__import__('os').system('true')", 16),
        ("(lambda: pagu)() > 1", 7),
        ("[pagu] > 1", 0),
        ("f'{pagu}' = 'a'", 0),
        ("pagu < 1e9", 7),
        ("uraian = 'tanpa penutup", 9),
        ("pagu < " + "(" * 300 + "1", 0),
        ("pagu < 1 or " * 100 + "pagu < 1", 1000),
    ],
)
def test_what_is_not_understood_is_marked_where_it_goes_wrong(text: str, caret: int) -> None:
    with pytest.raises(BadRequest) as refused:
        condition(text, COLUMNS)
    first, shown, mark, *_ = str(refused.value).splitlines()
    assert (first, shown) == ("--where tidak dipahami:", f"  {text}")
    assert mark == f"  {' ' * caret}^" or (caret == 0 and mark.strip() == "^")


@given(bound=st.decimals(-1000, 1000, places=2), value=st.integers(-1000, 1000))
def test_a_condition_compares_exactly(bound: Decimal, value: int) -> None:
    assert condition(f"sisa < {bound}", COLUMNS)({**ROW, "sisa": Fraction(value)}) == (value < bound)


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        holds = condition(text, COLUMNS)
    except BadRequest:
        return
    assert holds(ROW) in (True, False)
