import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_books import (
    EMPTY_RESULT,
    ERROR_RESULT,
    TEXT_RESULT,
    book,
    boolean,
    chart,
    dimensions,
    error,
    figures,
    formula,
    label,
    number,
    record,
    text_result,
)

from lkj_xlsx.containers.biff import Locked, NotSound, Scan, scan


def scan_of(*cells: bytes) -> Scan:
    (found,) = scan(book({"A": cells}))
    return found


def test_errors_are_found_in_cells_and_in_results_and_a_boolean_is_none() -> None:
    found = scan_of(
        error(1, 2, 0x17), boolean(1, 3, value=True), formula(4, 0, ERROR_RESULT), error(5, 5, 0x99), formula(6, 0, 1.0)
    )
    assert found.errors == [(1, 2, "#REF!"), (4, 0, "#REF!"), (5, 5, "#?")]
    assert found.uncached == []


def test_a_zero_that_waits_for_excel_is_no_figure_and_a_calculated_one_is() -> None:
    found = scan_of(
        formula(0, 0, 0.0, flags=2), formula(0, 1, 0.0), formula(0, 2, 5.0, flags=2), formula(0, 3, 0.0, flags=1)
    )
    assert found.uncached == [(0, 0)]


def test_an_empty_text_is_a_result_where_any_formula_of_the_file_has_another() -> None:
    nobody, somebody = [formula(0, 0, EMPTY_RESULT)], [formula(0, 0, EMPTY_RESULT), formula(0, 1, 5.0)]
    assert [found.uncached for found in scan(book({"A": nobody, "B": nobody}))] == [[(0, 0)], [(0, 0)]]
    assert [found.uncached for found in scan(book({"A": nobody, "B": somebody}))] == [[], []]


def test_a_formula_whose_text_does_not_follow_has_no_value() -> None:
    shared = record(0x04BC, bytes(10))
    found = scan_of(
        *(formula(0, 0, TEXT_RESULT), shared, text_result("x"), formula(1, 0, TEXT_RESULT), number(2, 0, 1)),
        *(formula(3, 0, TEXT_RESULT), shared, formula(4, 0, TEXT_RESULT)),
    )
    assert found.uncached == [(1, 0), (3, 0), (4, 0)]


def test_percents_are_told_with_their_format_and_texts_have_none() -> None:
    found = scan_of(
        *(number(0, 0, 0.5, 1), number(0, 1, 0.5, 0), figures(1, 2, (5, 0), (1, 2), (1, 3))),
        *(formula(2, 0, 1.0, style=4), label(3, 0, "%")),
    )
    assert found.percents == [(0, 0, "0.00%"), (1, 3, "0.0%"), (1, 4, "0 %"), (2, 0, "0%")]


def test_the_reach_of_a_sheet_is_that_of_its_cells_and_not_of_a_chart_in_it() -> None:
    found = scan_of(label(3, 1, "x"), chart(error(99, 99, 7), figures(99, 9, (1, 1))), figures(5, 2, (1, 0), (2, 0)))
    assert (found.rows, found.columns, found.errors) == (6, 4, [])


@pytest.mark.parametrize("rows_columns", [(65_536, 256), (65_537, 1), (1, 257)])
def test_a_claim_beyond_the_grid_is_refused(rows_columns: tuple[int, int]) -> None:
    rows, columns = rows_columns
    if rows * columns == 65_536 * 256:
        assert scan_of(dimensions(rows, columns)).rows == 0
        return
    with pytest.raises(NotSound, match=f"mengaku memuat {rows} baris x {columns} kolom, batas .xls 65536 x 256"):
        scan_of(dimensions(rows, columns))


def test_a_password_is_told_before_anything_is_read() -> None:
    with pytest.raises(Locked):
        scan(book({"A": []}, extra=record(0x002F, bytes(6))))


def test_the_older_version_is_scanned_by_its_own_layout() -> None:
    """BIFF5: lengths of one byte in formats, dimensions of two."""
    opening = record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0))
    opening += record(0x041E, struct.pack("<HB", 164, 4) + b"0.0%") + record(
        0x00E0, struct.pack("<HH", 0, 164) + bytes(12)
    )
    start = len(opening) + 4 + 8 + 4
    opening += record(0x0085, struct.pack("<IBBB", start, 0, 0, 1) + b"A") + record(0x000A)
    body = record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0)) + record(
        0x0200, struct.pack("<HHHHH", 0, 9, 0, 9, 0)
    )
    (found,) = scan(opening + body + number(0, 0, 0.5, 0) + record(0x000A))
    assert found.percents == [(0, 0, "0.0%")]
    with pytest.raises(NotSound, match="mengaku"):
        scan(opening + body + record(0x0200, struct.pack("<HHHHH", 0, 9, 0, 999, 0)) + record(0x000A))


def test_a_stream_cut_short_is_refused_wherever_it_is_cut() -> None:
    whole = book({"A": [number(0, 0, 1), formula(1, 0, 5.0)]})
    assert len(scan(whole)) == 1
    for length in range(len(whole)):
        with pytest.raises((NotSound, struct.error, IndexError)):
            scan(whole[:length])


@given(st.binary(max_size=80), st.integers(0, 400))
def test_damaged_records_are_refused_or_scanned_and_never_a_bug(damage: bytes, place: int) -> None:
    stream = bytearray(book({"A": [number(0, 0, 1), formula(1, 0, 5.0), error(2, 0, 7)]}))
    stream[place : place + len(damage)] = damage
    try:
        assert all(found.rows <= 65_536 for found in scan(bytes(stream)))
    except (NotSound, Locked, struct.error, IndexError):
        return
