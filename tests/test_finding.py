from itertools import chain, islice, product
from string import ascii_uppercase

from lkj_xlsx.finding import NAMED, Finding, Severity, Where, column_letters

HERE = Where("contoh.xlsx", "Sheet1", 9, 2)


def test_columns_are_lettered_as_a_spreadsheet_does() -> None:
    every = chain.from_iterable(product(ascii_uppercase, repeat=length) for length in range(1, 5))
    expected = ["".join(letters) for letters in islice(every, 20_001)]
    assert expected == [column_letters(column) for column in range(20_001)]


def test_the_last_column_of_a_sheet_is_xfd() -> None:
    assert column_letters(16_383) == "XFD"
    assert column_letters(25) == "Z"
    assert column_letters(26) == "AA"


def test_a_place_is_spelled_file_sheet_cell() -> None:
    assert str(HERE) == "contoh.xlsx!Sheet1!C10"
    assert HERE.cell == "C10"


def test_a_place_without_a_column_is_a_row() -> None:
    where = Where("contoh.xlsx", "Sheet1", 9)
    assert str(where) == "contoh.xlsx!Sheet1!baris 10"
    assert where.cell is None


def test_a_place_may_be_a_sheet_or_a_file() -> None:
    assert str(Where("contoh.xlsx", "Sheet1")) == "contoh.xlsx!Sheet1"
    assert str(Where("contoh.xlsx")) == "contoh.xlsx"


def test_the_first_cell_is_not_taken_for_no_cell() -> None:
    assert str(Where("contoh.xlsx", "Sheet1", 0, 0)) == "contoh.xlsx!Sheet1!A1"


def test_a_column_alone_is_no_cell() -> None:
    assert Where("contoh.xlsx", "Sheet1", None, 2).cell is None


def test_places_sort_in_reading_order() -> None:
    rows = [Where("a", "S", 10, 0), Where("a", "S", 9, 3), Where("a", "S", 9, 2)]
    assert sorted(rows) == [rows[2], rows[1], rows[0]]


def test_a_finding_is_one_line_with_place_severity_and_code() -> None:
    finding = Finding("T101", Severity.ERROR, HERE, "tertulis 2, jumlah rincian 1")
    assert str(finding) == "contoh.xlsx!Sheet1!C10: error T101: tertulis 2, jumlah rincian 1"


def test_proving_cells_of_the_same_sheet_are_named_by_address_alone() -> None:
    because = (Where("contoh.xlsx", "Sheet1", 7, 2), Where("contoh.xlsx", "Sheet1", 8, 2))
    finding = Finding("T101", Severity.PERINGATAN, HERE, "salah", because=because)
    assert str(finding) == "contoh.xlsx!Sheet1!C10: peringatan T101: salah; karena C8, C9"


def test_proving_cells_elsewhere_are_named_by_what_differs() -> None:
    because = (
        Where("contoh.xlsx", "Sheet2", 7, 2),
        Where("lain.xlsx", "Sheet1", 8, 2),
        Where("contoh.xlsx", "Sheet1", 3),
    )
    expected = "Sheet2!C8, lain.xlsx!Sheet1!C9, contoh.xlsx!Sheet1!baris 4"
    assert str(Finding("X101", Severity.INFO, HERE, "salah", because=because)).endswith(f"; karena {expected}")


def test_many_proving_cells_are_named_up_to_a_number_and_the_rest_counted() -> None:
    because = tuple(Where("contoh.xlsx", "Sheet1", row, 2) for row in range(NAMED + 3))
    finding = Finding("T101", Severity.ERROR, HERE, "salah", because=because)
    assert str(finding).endswith(f", C{NAMED} dan 3 sel lain")
    assert len(finding.because) == NAMED + 3


def test_the_worst_severity_ranks_first() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == [
        Severity.ERROR,
        Severity.PERINGATAN,
        Severity.INFO,
    ]
    assert [str(severity) for severity in Severity] == ["error", "peringatan", "info"]
