import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.safe_csv import LIVE, safe_csv

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.builds(str.__add__, st.sampled_from(LIVE), st.text(st.characters(codec="utf-8"), max_size=6)),
)
SIGNS = tuple(sign for sign in LIVE if sign.isprintable())
CELLS = st.one_of(TEXTS, st.integers(), st.none())


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", [f"{opening}1+1" for opening in LIVE])
def test_a_text_that_would_be_run_gets_an_apostrophe(text: str) -> None:
    assert read_back(safe_csv(("isi",), [(text,)])) == [["isi"], [f"'{text}"]]


@pytest.mark.parametrize("text", [" =1", "\u00a0+1", "\n @A1", "\0=1"])
def test_blanks_before_it_do_not_hide_it(text: str) -> None:
    assert read_back(safe_csv(("isi",), [(text,)]))[1][0].startswith("'")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        *[("Belanja;=1+1", "Belanja;'=1+1"), ("Belanja; @A1", "Belanja; '@A1"), ("a\t-1;x", "a\t'-1;x")],
        *[("a\n+1", "a\n'+1"), ("a\r\n=1", "a\r\n'=1"), ("=1;=2", "'=1;'=2"), (";\uff1d1", ";'\uff1d1")],
    ],
)
def test_what_excel_in_indonesian_would_take_for_a_cell_of_its_own_is_guarded_too(text: str, seen: str) -> None:
    assert read_back(safe_csv(("isi", "lain"), [(text, 5)])) == [["isi", "lain"], [seen, "5"]]


@pytest.mark.parametrize(
    "text", ["1=1", "a+b", "6709-051", "kpu@binjai", "Belanja\tBahan", "'=1", "\u2212500", "a; b", "a,=1", ";", "x|=1"]
)
def test_a_text_that_has_such_a_letter_further_on_stays_as_it_is(text: str) -> None:
    assert read_back(safe_csv(("isi",), [(text,)])) == [["isi"], [text]]


def test_a_negative_amount_stays_a_number_and_none_is_empty() -> None:
    assert safe_csv(("pagu", "sisa"), [(-500, None)]) == "pagu,sisa\r\n-500,\r\n"


def test_a_decimal_is_spelled_to_its_last_digit_without_an_exponent() -> None:
    assert safe_csv(("serapan",), [(Decimal("-1E-9"),)]) == "serapan\r\n-0.000000001\r\n"


def test_no_rows_are_a_heading_alone() -> None:
    assert safe_csv(("a", "b"), []) == "a,b\r\n"


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_no_cell_opens_with_a_live_letter_and_all_read_back(
    rows: list[tuple[str | int | None, str | int | None]],
) -> None:
    heading, *lines = read_back(safe_csv(("satu", "dua"), rows))
    assert heading == ["satu", "dua"]
    for line, row in zip(lines, rows, strict=True):
        for cell, value in zip(line, row, strict=True):
            assert cell.replace("'", "") == ("" if value is None else str(value).replace("'", ""))
            assert isinstance(value, int) or not cell.startswith(LIVE)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_parted_at_semicolons_no_cell_opens_with_a_live_letter_either(rows: list[tuple[str, str]]) -> None:
    lines = safe_csv(("satu", "dua"), rows).replace("\r\n", "\n").split("\n")
    cells = [cell for line in lines for cell in line.replace("\t", ";").split(";")]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(SIGNS)] == []


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_heading_opens_with_a_live_letter_either(fields: list[str]) -> None:
    (heading,) = read_back(safe_csv(fields, []))
    assert [cell for cell in heading if cell.startswith(LIVE)] == []
