import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.safe_csv import LIVE, safe_csv

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.builds(str.__add__, st.sampled_from(LIVE), st.text(st.characters(codec="utf-8"), max_size=6)),
)
CELLS = st.one_of(TEXTS, st.integers(), st.none())


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", [f"{opening}1+1" for opening in LIVE])
def test_a_text_that_would_be_run_gets_an_apostrophe(text: str) -> None:
    assert read_back(safe_csv(("isi",), [(text,)])) == [["isi"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["1=1", "a+b", "6709-051", "kpu@binjai", "Belanja\tBahan", "'=1", "\u2212500"])
def test_a_text_that_has_such_a_letter_further_on_stays_as_it_is(text: str) -> None:
    assert read_back(safe_csv(("isi",), [(text,)])) == [["isi"], [text]]


def test_a_negative_amount_stays_a_number_and_none_is_empty() -> None:
    assert safe_csv(("pagu", "sisa"), [(-500, None)]) == "pagu,sisa\r\n-500,\r\n"


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
            is_live = isinstance(value, str) and value.startswith(LIVE)
            assert cell == (f"'{value}" if is_live else "" if value is None else str(value))
            assert isinstance(value, int) or not cell.startswith(LIVE)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_heading_opens_with_a_live_letter_either(fields: list[str]) -> None:
    (heading,) = read_back(safe_csv(fields, []))
    assert [cell for cell in heading if cell.startswith(LIVE)] == []
