import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_books import cell12, error12, formula_error12, number12, record12, row12, sheet12, text12, xlsb, zipped

from lkj_xlsx.containers.biff import NotSound, Scan
from lkj_xlsx.containers.biff12 import scan


def scan_bytes(content: bytes) -> list[Scan]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return scan(archive)


def scan_of(*rows: bytes) -> Scan:
    (found,) = scan_bytes(xlsb({"A": sheet12(*rows)}))
    return found


def test_errors_are_found_in_cells_and_in_results() -> None:
    found = scan_of(row12(1, number12(0, 5.0), error12(2, 0x17), formula_error12(3, 0x07)), row12(4, error12(0, 0x99)))
    assert found.errors == [(1, 2, "#REF!"), (1, 3, "#DIV/0!"), (4, 0, "#?")]
    assert (found.rows, found.columns) == (5, 4)


def test_percents_are_told_with_their_format_and_texts_have_none() -> None:
    found = scan_of(row12(0, number12(0, 0.5, 1), number12(1, 0.5), number12(2, 0.5, 2), cell12(6, 3, bytes(4), 1)))
    assert found.percents == [(0, 0, "0.00%"), (0, 2, "0.0%")]


def test_records_of_any_length_and_kind_are_passed_over() -> None:
    long = record12(485, bytes(200)) + record12(1024, bytes(70_000))
    found = scan_of(row12(0, text12(0, "x" * 100), error12(1, 7)), long, row12(1, error12(0, 7)))
    assert found.errors == [(0, 1, "#DIV/0!"), (1, 0, "#DIV/0!")]
    assert scan_of(record12(1, b"x" * 8)[:1] + b"\x88\x80\x80\x00" + bytes(8)).errors == []


def test_a_workbook_without_styles_shows_no_percents() -> None:
    (found,) = scan_bytes(xlsb({"A": sheet12(row12(0, number12(0, 0.5, 1)))}, styles=None))
    assert found.percents == []


def test_a_sheet_whose_part_is_missing_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsb({"A": sheet12()}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    with pytest.raises(NotSound, match=r"bagian lembar `worksheets/sheet1\.bin` tidak ada"):
        scan_bytes(zipped(parts))


@pytest.mark.parametrize("part", [sheet12()[:-1] + b"\x05", row12(0)[:-3], b"\x00", b"\x80"])
def test_a_part_cut_short_is_refused(part: bytes) -> None:
    with pytest.raises((NotSound, IndexError)):
        scan_bytes(xlsb({"A": part}))
    with pytest.raises((NotSound, IndexError)):
        scan_bytes(xlsb({"A": sheet12()}, styles=part))


@given(st.binary(max_size=60), st.integers(0, 100))
def test_damaged_records_are_refused_or_scanned_and_never_a_bug(damage: bytes, place: int) -> None:
    part = bytearray(sheet12(row12(1, number12(0, 5.0), error12(2, 0x17), formula_error12(3, 0x07))))
    part[place : place + len(damage)] = damage
    try:
        assert len(scan_bytes(xlsb({"A": bytes(part)}))) == 1
    except (NotSound, struct.error, IndexError):
        return
