from pathlib import Path

import pytest
from conftest import write_sheets

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.readers.printed_header import Found, find_header, find_tables, texts_of
from lkj_xlsx.sheet import Sheet, open_document


def only_sheet(path: Path) -> Sheet:
    (sheet,) = open_document(path).sheets
    return sheet


def tables_of(path: Path) -> list[Found]:
    return list(find_tables(only_sheet(path)))


def spans(path: Path) -> list[tuple[bool, int, int, int]]:
    """Give of each table whether it is one of indicators, its heading, its first row and the row after its last."""
    return [
        (found.is_indicators, found.header.top, found.header.first_row, found.header.last_row)
        for found in tables_of(path)
    ]


def test_tables_one_under_another_end_where_the_next_begins(sheet_file: Path) -> None:
    """
    | Tabel 1 |
    | No | Indikator | Target | Realisasi |
    | 1 | Layanan | 100 | 90 |
    | Tabel C.1 |
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 600 | 40 |
    """
    assert spans(sheet_file) == [(True, 1, 2, 4), (False, 4, 5, 6)]
    assert [found.titles for found in tables_of(sheet_file)] == [["Tabel 1"], ["Tabel C.1"]]


def test_a_table_is_called_by_its_title_or_its_sheet(sheet_file: Path) -> None:
    """
    # Sheet: Rincian
    | Tabel C.1 Anggaran |
    | Kode | Uraian | Pagu | Realisasi |
    """
    (found,) = tables_of(sheet_file)
    assert (found.is_called("rincian"), found.is_called(r"tabel c\.1"), found.is_called("anggaran")) == (
        *(True, True),
        False,
    )


def test_a_heading_on_every_page_opens_no_table_whatever_the_case_of_its_letters(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Anggaran | | |
    | | | Pagu | Realisasi | % |
    | 6709 | Perencanaan | 600 | 40 | 7 |
    | KODE | URAIAN | ANGGARAN | | |
    | | | PAGU | REALISASI | % |
    | 6710 | Lain | 60 | 4 | 7 |
    """
    assert spans(sheet_file) == [(False, 0, 2, 6)]


def test_the_same_heading_under_another_number_opens_a_table(sheet_file: Path) -> None:
    """
    | Tabel 3 |
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 600 | 40 |
    | Tabel 4 |
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 600 | 40 |
    | Tabel 4 (lanjutan) |
    | Kode | Uraian | Pagu | Realisasi |
    | 6710 | Perencanaan | 600 | 40 |
    """
    assert [(top, last) for _, top, _, last in spans(sheet_file)] == [(1, 4), (4, 9)]


def test_the_same_heading_over_codes_of_jenis_belanja_opens_a_table_that_is_not_read(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 600 | 40 |
    | Kode | Uraian | Pagu | Realisasi |
    | 51 | Belanja Pegawai | 600 | 40 |
    """
    assert [found.why_unread for found in tables_of(sheet_file)] == [
        "",
        "kodenya jenis belanja, bukan kode program sampai akun",
    ]


def test_headings_without_a_code_end_the_table_above(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 600 | 40 |
    | No | Program | Pagu | Realisasi |
    | 1 | Perencanaan | 600 | 40 |
    """
    assert spans(sheet_file) == [(False, 0, 1, 2), (False, 2, 3, 4)]
    assert [found.why_unread for found in tables_of(sheet_file)] == ["", "tanpa kolom Kode"]


def test_a_row_with_figures_or_with_one_of_the_words_is_no_heading(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 600 | 40 |
    | TOTAL PAGU | 600 | TOTAL REALISASI | 40 |
    | | Pagu dan realisasi menurut SP2D | | |
    | | | Pagu | |
    """
    assert spans(sheet_file) == [(False, 0, 1, 5)]


def test_a_heading_far_down_an_empty_sheet_is_not_looked_for(tmp_path: Path) -> None:
    for rows, tables in ((39, 1), (40, 0)):
        text = "| catatan |\n" * rows + "| Kode | Uraian | Pagu | Realisasi |"
        assert len(tables_of(write_sheets(text, tmp_path / f"{rows}.xlsx"))) == tables


def test_column_numbers_and_letters_belong_to_the_headings(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi | % |
    | a | b | c | d | e = d / c |
    | 6709 | Perencanaan | 600 | 40 | 7 |
    """
    assert spans(sheet_file) == [(False, 0, 2, 3)]


def test_a_single_letter_under_a_heading_is_a_code(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | A | | | |
    """
    assert spans(sheet_file) == [(False, 0, 1, 2)]


def test_headings_of_indicators_in_three_rows_are_one(sheet_file: Path) -> None:
    """
    | No | Indikator Kinerja | Tahun 2024 | | |
    | | | Kinerja | | |
    | | | Target | Realisasi | % |
    | | | | | Capaian |
    | 1 | 2 | 3 | 4 | 5 = 4/3 |
    | 1 | Layanan | 100 | 90 | 90 |
    """
    (found,) = tables_of(sheet_file)
    assert (found.header.top, found.header.first_row) == (0, 5)
    assert {name: found.header.columns[name] for name in ("target", "realisasi", "capaian")} == {
        "target": 2,
        "realisasi": 3,
        "capaian": 4,
    }


def test_headings_of_indicators_in_more_rows_are_not_looked_for(sheet_file: Path) -> None:
    """
    | Indikator | | |
    | a | | |
    | b | | |
    | | Target | Realisasi |
    """
    assert spans(sheet_file) == []


def test_quarters_under_a_heading_are_headings(sheet_file: Path) -> None:
    """
    | Indikator | Target | Realisasi | | % |
    | | | TW I | TW II | |
    | Layanan | 100 | 40 | 90 | 90 |
    """
    (found,) = tables_of(sheet_file)
    assert (found.header.first_row, found.header.columns["realisasi"]) == (2, 3)


def test_a_header_lacks_no_column_that_is_needed(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu |
    | 6709 | Perencanaan | 600 |
    """
    sheet = only_sheet(sheet_file)
    assert find_header(sheet) is None
    header = find_header(sheet, ("kode", "pagu"))
    assert header is not None
    assert (header.columns["pagu"], header.first_row) == (2, 1)


def test_a_needed_column_that_is_named_twice_is_refused_at_its_second_row(sheet_file: Path) -> None:
    """
    | catatan |
    | Kode | Pagu | Pagu | Realisasi |
    """
    with pytest.raises(UnreadableFile, match=r"B2 dan C2: dua kolom berarti `pagu`"):
        find_header(only_sheet(sheet_file))


def test_texts_end_with_the_last_that_is_there(sheet_file: Path) -> None:
    """
    | a | | b | | |
    | c | d | e | f | g |
    | | | | | |
    """
    sheet = only_sheet(sheet_file)
    assert [texts_of(sheet, row) for row in range(len(sheet.rows))] == [["a", "", "b"], ["c", "d", "e", "f", "g"]]
