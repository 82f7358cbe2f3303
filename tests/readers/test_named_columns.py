from pathlib import Path

import pytest
from conftest import write_sheets
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import Level
from lkj_xlsx.readers.named_columns import (
    Codes,
    Table,
    find_tables,
    known_total,
    only_table,
    plain_name,
    spell_code,
    spell_satker,
    spelled_total,
    total_of,
)
from lkj_xlsx.rupiah import LARGEST, Fault
from lkj_xlsx.sheet import Sheet, open_document


def table_of(*rows: tuple[object, ...]) -> Table:
    """Give a table of the columns A and B whose cells are these."""
    sheet = Sheet("berkas.csv", "CSV", (("A", "B"), *rows))
    return Table(sheet, 0, {"A": 0, "B": 1})


def codes_of(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(found.code, found.where.cell) for found in findings]


@pytest.mark.parametrize(
    ("heading", "name"),
    [("No. SP2D", "NO_SP2D"), ("NO_SP2D", "NO_SP2D"), (" Kode  COA ", "KODE_COA"), ("\ufeffKDSATKER", "KDSATKER")],
)
def test_names_of_columns_are_spelled_one_way(heading: str, name: str) -> None:
    assert plain_name(heading) == name


def test_a_table_is_found_below_a_title_and_only_near_the_top(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | Judul |
    | a | b | | c |
    | 1 | 2 | 3 |
    # Sheet: Dua
    | a |
    # Sheet: Tiga
    | |
    | |
    | |
    | |
    | |
    | |
    | |
    | |
    | |
    | |
    | a | b |
    """
    tables = list(find_tables(open_document(sheet_file), ("A", "B")))
    assert [(table.sheet.name, table.header, dict(table.columns)) for table in tables] == [
        ("Satu", 1, {"A": 0, "B": 1, "C": 3})
    ]
    assert tables[0].rows == [2]


def test_two_columns_of_one_name_are_refused(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | a | b | A | |
    """
    with pytest.raises(UnreadableFile, match=r"^contoh\.xlsx!Satu: dua kolom bernama A \(A1 dan C1\); hapus"):
        list(find_tables(open_document(sheet_file), ("A", "B")))


def test_two_tables_are_refused_by_the_names_of_their_sheets(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | a | b |
    # Sheet: Dua
    | a | b |
    """
    with pytest.raises(UnreadableFile, match=r"2 lembar berisi bentuk yang sama \(`Satu`, `Dua`\); sisakan satu"):
        only_table(open_document(sheet_file), ("A",), ())


def test_a_needed_column_that_is_missing_is_refused_by_its_name(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | a | b |
    """
    document = open_document(sheet_file)
    with pytest.raises(UnreadableFile, match=r"^contoh\.xlsx!Satu: kolom C, D tidak ada; unduh lagi secara utuh$"):
        only_table(document, ("A",), ("A", "C", "D"))
    assert only_table(document, ("A",), ("B",)).columns == {"A": 0, "B": 1}


def test_a_text_is_without_the_quote_that_kept_it_a_text() -> None:
    table = table_of((" '0012 ", None))
    assert (table.text(1, "A"), table.text(1, "B"), table.text(1, "C")) == ("0012", "", "")
    assert (str(table.where(1, "A")), str(table.where(1, "C"))) == ("berkas.csv!CSV!A2", "berkas.csv!CSV!baris 2")


def test_bare_digits_are_amounts_and_a_blank_is_unknown() -> None:
    findings: list[Finding] = []
    table = table_of(("1500000", 7), (" -20.00 ", None), ("0,0", -LARGEST), (None, 0))
    assert table.amounts("A", table.rows, findings) == {1: 1_500_000, 2: -20, 3: 0, 4: None}
    assert table.amounts("B", table.rows, findings) == {1: 7, 2: None, 3: -LARGEST, 4: 0}
    assert findings == []


def test_anything_else_is_asked_of_the_whole_column() -> None:
    findings: list[Finding] = []
    table = table_of(("1.500.000", True), ("1.000", LARGEST + 1), ("700", 1.5))
    assert table.amounts("A", table.rows, findings) == {1: 1_500_000, 2: 1_000, 3: 700}
    assert findings == []
    assert table.amounts("B", table.rows, findings) == {1: None, 2: None, 3: None}
    assert codes_of(findings) == [("R107", "B2"), ("R103", "B3"), ("R102", "B4")]


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_an_amount_reads_the_same_alone_and_beside_a_text_that_asks_the_column(amount: int) -> None:
    alone = table_of((str(amount), None)).amounts("A", [1], [])
    beside = table_of((str(amount), None), ("1.500.000", None)).amounts("A", [1, 2], [])
    assert alone == {1: amount}
    assert beside == {1: amount, 2: 1_500_000}


def test_columns_that_nobody_knows_are_told_of_where_they_hold_anything() -> None:
    findings: list[Finding] = []
    table_of(("1", None)).report_unknown(("A",), findings)
    assert findings == []
    table_of(("1", "2")).report_unknown(("A",), findings)
    assert [str(found) for found in findings] == [
        "berkas.csv!CSV!B1: info R110: kolom yang tidak dikenal dan tidak dibaca: B"
    ]


def test_codes_of_several_satker_are_refused_with_their_rows() -> None:
    table = table_of(("1", "2"), ("1", "2"))
    table.refuse_several({1: "111111", 2: "111111"}, "A", "satker")
    table.refuse_several({}, "A", "satker")
    with pytest.raises(
        UnreadableFile, match=r"berisi 2 satker: \(kosong\) \(1 baris\), 111111 \(1 baris\); saring kolom A"
    ):
        table.refuse_several({1: "111111", 2: ""}, "A", "satker")


@pytest.mark.parametrize(
    ("level", "raw", "code"),
    [
        (Level.KOMPONEN, "51", "051"),
        (Level.KOMPONEN, "51.0", "051"),
        (Level.KOMPONEN, "zz1", "ZZ1"),
        (Level.RO, "1", "001"),
        (Level.ITEM, "323", "000323"),
        (Level.SUBKOMPONEN, "A", "0A"),
        (Level.SUBKOMPONEN, "AC", "AC"),
        (Level.KEGIATAN, "12", "12"),
        (Level.RO, "", ""),
    ],
)
def test_codes_are_spelled_as_we_keep_them(level: Level, raw: str, code: str) -> None:
    assert spell_code(level, raw) == code


@pytest.mark.parametrize(("raw", "code"), [("19937", "019937"), ("19937.0", "019937"), ("x", "x"), ("", "")])
def test_a_satker_has_six_digits(raw: str, code: str) -> None:
    assert spell_satker(raw) == code


def test_an_odd_code_is_kept_and_told_of_once_with_all_its_cells() -> None:
    findings: list[Finding] = []
    table = table_of(("51", "5212"), (51, "5212"), ("051", ""))
    codes = Codes(table)
    assert [codes.read(row, "A", Level.KOMPONEN) for row in table.rows] == ["051", "051", "051"]
    assert [codes.read(row, "B", Level.AKUN) for row in table.rows] == ["5212", "5212", ""]
    codes.report(findings)
    assert [str(found) for found in findings] == [
        "berkas.csv!CSV!B2: error K103: `5212` bukan bentuk B; angkanya tetap dijumlah; karena B3"
    ]


def test_a_sum_over_something_unknown_is_unknown() -> None:
    assert total_of([]) == 0
    assert total_of([1, -2]) == -1
    assert total_of([1, None, LARGEST]) is None
    assert (total_of([LARGEST]), total_of([LARGEST, 1])) == (LARGEST, Fault.TOO_LARGE)


def test_a_sum_beyond_what_a_sheet_holds_is_told_of_and_not_given() -> None:
    findings: list[Finding] = []
    table = table_of(("1", "2"))
    assert known_total([1, 2], table, 1, "A", findings) == 3
    assert known_total([1, None], table, 1, "A", findings) is None
    assert findings == []
    assert known_total([LARGEST, 1], table, 1, "B", findings) is None
    assert codes_of(findings) == [("R103", "B2")]
    assert (spelled_total([1000]), spelled_total([None]), spelled_total([LARGEST, 1])) == ("1.000", "?", "?")


def test_a_row_below_that_holds_nothing_is_no_row(tmp_path: Path) -> None:
    path = write_sheets("# Sheet: Satu\n| a | b |\n| | |\n| 1 | |", tmp_path / "kecil.xlsx")
    assert only_table(open_document(path), ("A",), ()).rows == [2]
