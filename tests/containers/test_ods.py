import time
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_books import zipped
from python_calamine import CalamineWorkbook

from lkj_xlsx.book import Book, Odd
from lkj_xlsx.containers import ods, open_book
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.rupiah import Fault

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "drawing")
)
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = (
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def content(tables: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} {CALCEXT}><office:automatic-styles>'
        f"{STYLES}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def write(tmp_path: Path, tables: str) -> Path:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(zipped({"mimetype": MIMETYPE, "META-INF/manifest.xml": "<x/>", "content.xml": content(tables)}))
    return path


def table(rows: str, name: str = "Anggaran", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(*cells: str, repeat: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeat}">{"".join(cells)}</table:table-row>'


def cell(kind: str = "", value: str = "", text: str = "", more: str = "", *, repeat: int = 1) -> str:
    name = {"boolean": "boolean-value", "date": "date-value", "time": "time-value", "string": "string-value"}.get(
        kind, "value"
    )
    typed = f'office:value-type="{kind}"' if kind else ""
    valued = f'office:{name}="{value}"' if value else ""
    shown = f"<text:p>{text}</text:p>" if text else ""
    return (
        f'<table:table-cell {typed} {valued} {more} table:number-columns-repeated="{repeat}">{shown}</table:table-cell>'
    )


def book_of(tmp_path: Path, tables: str) -> Book:
    return open_book("buku.xlsx", write(tmp_path, tables))


def rows_of(tmp_path: Path, *rows: str) -> Sequence[Sequence[object]]:
    return book_of(tmp_path, table("".join(rows))).grids[0].rows


def refusal(tmp_path: Path, tables: str) -> str:
    with pytest.raises(UnreadableFile) as refused:
        book_of(tmp_path, tables)
    message = str(refused.value)
    assert message.startswith("buku.xlsx: ")
    assert "simpan" in message
    return message


def test_each_kind_of_cell_is_read_from_its_literal(tmp_path: Path) -> None:
    assert rows_of(
        tmp_path,
        row(
            cell("float", "12309652000", "1,2E10"),
            cell("float", "9007199254740993"),
            cell("currency", "0.1"),
            cell("float", "NaN"),
            cell("boolean", "true"),
            cell("boolean", "false"),
            cell("date", "2024-12-31"),
            cell("date", "2024-12-31T08:00:00"),
            cell("date", "kemarin", "kemarin"),
            cell("time", "PT12H30M00S", "12:30"),
            cell("string", "", "051"),
            cell("string", "052", "x"),
            cell("", "", "053"),
            cell("float", "", "5"),
        ),
    ) == [
        [
            *(12309652000, 9007199254740993, Decimal("0.1"), Odd(Fault.NOT_A_NUMBER, "NaN"), True, False),
            *(date(2024, 12, 31), datetime(2024, 12, 31, 8), Odd(Fault.NOT_AMOUNT, "kemarin")),  # noqa: DTZ001 - no zone
            *(Odd(Fault.NOT_AMOUNT, "12:30"), "051", "052", "053", Odd(Fault.NOT_A_NUMBER, "5")),
        ]
    ]


def test_errors_and_formulas_without_a_value_are_told_where_they_stand(tmp_path: Path) -> None:
    formula = 'table:formula="of:=[.A1]/0"'
    rows = rows_of(
        tmp_path,
        row(cell(repeat=3), repeat=4),
        row(
            cell(repeat=2),
            cell("string", "", "#DIV/0!", f'{formula} calcext:value-type="error"'),
            cell("float", "0", "Err:502", formula),
            cell("", "", "", formula, repeat=2),
            cell("float", "", "", formula),
            cell("string", "", "", formula),
            cell("float", "5", "5", formula),
            repeat=2,
        ),
    )
    found = [
        *(None, None, Odd(Fault.ERROR_CELL, "#DIV/0!"), Odd(Fault.ERROR_CELL, "Err:502")),
        *[Odd(Fault.UNCACHED, "of:=[.A1]/0")] * 3,
        *(None, 5),
    ]
    assert rows == [[], [], [], [], found, found]
    assert rows_of(tmp_path, row(cell("string", "", "#REF!"))) == [["#REF!"]]


def test_runs_of_equal_cells_and_rows_stand_at_every_address_that_they_cover(tmp_path: Path) -> None:
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    assert rows_of(
        tmp_path,
        row(cell("float", "1"), covered, cell("float", "2", repeat=2), cell(repeat=16_000)),
        "<table:table-header-rows>" + row(cell(repeat=16_384), repeat=2) + "</table:table-header-rows>",
        "<table:table-row-group><table:table-rows>"
        + row(cell("float", "3"))
        + "</table:table-rows></table:table-row-group>",
        row(cell(repeat=16_384), repeat=1_048_570),
    ) == [[1, None, None, 2, 2], [], [], [3]]


def test_texts_keep_forced_blanks_and_paragraphs_and_leave_out_remarks(tmp_path: Path) -> None:
    body = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>catatan</text:p></office:annotation>'
        '<text:p>a\n   b<text:s text:c="3"/><text:span>c<text:tab/>d</text:span><text:line-break/>e'
        "<text:note><text:p>kaki</text:p></text:note></text:p><text:p>f</text:p>"
        "<drawing:frame><text:p>gambar</text:p></drawing:frame></table:table-cell>"
    )
    assert rows_of(tmp_path, row(body)) == [["a b   c\td\ne\nf"]]


def test_a_percent_is_told_with_the_decimals_that_it_shows(tmp_path: Path) -> None:
    grid = book_of(
        tmp_path,
        table(
            row(cell("percentage", "0.9046", "90,46%"), cell("percentage", "1", "100 %"), repeat=2)
            + row(cell("float", "1"))
        )
        + table(row(cell("percentage", "1")), "Lain"),
    ).grids
    assert grid[0].rows[1] == [Decimal("0.9046"), 1]
    assert [grid[0].percent_places(1, column) for column in range(3)] == [2, 0, None]
    assert grid[0].percent_places(2, 0) is None
    assert grid[1].percent_places(0, 0) == 0


def test_hidden_sheets_are_read_and_told(tmp_path: Path) -> None:
    book = book_of(tmp_path, table(row(cell("float", "1"))) + table("", "Sembunyi", "ta2"))
    assert [(grid.name, grid.is_hidden) for grid in book.grids] == [("Anggaran", False), ("Sembunyi", True)]
    assert book.notes == ("dibaca sebagai spreadsheet OpenDocument (.ods)",)


def test_tracked_changes_and_drawings_of_a_sheet_are_no_cells(tmp_path: Path) -> None:
    changes = "<table:tracked-changes><table:deletion><table:table-row/></table:deletion></table:tracked-changes>"
    shapes = "<table:shapes><drawing:frame><text:p>5</text:p></drawing:frame></table:shapes>"
    book = book_of(tmp_path, changes + table(shapes + row(cell("float", "1"))))
    assert book.grids[0].rows == [[1]]


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        (table("") + table("", "ANGGARAN"), "dua lembar bernama `ANGGARAN`"),
        (table(f"<table:x>{row(cell('float', '1'))}</table:x>"), "baris di luar tempatnya, di lembar `Anggaran`"),
        (table(f"<table:table-row><table:x>{cell('float', '1')}</table:x></table:table-row>"), "di luar tempatnya"),
        (table(row(f"<table:table-cell>{table('', 'x')}</table:table-cell>")), "tabel di dalam sel"),
        (table(row(cell(repeat=16_384), cell("float", "1"))), "kolom 16385 di luar lembar"),
        (table(row(cell(), repeat=1_048_576) + row(cell("float", "1"))), "baris 1048577 di luar lembar"),
        (table(row(cell("string", "", "x" * 32_768))), "32768 huruf, batasnya 32767"),
        (table('<table:table-row table:number-rows-repeated="-1"/>'), "`-1` bukan hitungan"),
        (table(row(cell("kata", "1"))), "sel berjenis `kata`"),
        (table(row(cell("boolean", "mungkin"))), "sel berjenis `boolean` dengan isi `mungkin`"),
        ("".join(table("", str(place)) for place in range(257)), "lebih dari 256 lembar"),
        ("", "tanpa lembar kerja"),
        ("<table:table>", "XML baris 1"),
    ],
)
def test_what_a_sound_file_never_holds_is_refused(tmp_path: Path, tables: str, says: str) -> None:
    assert says in refusal(tmp_path, tables)


def test_the_last_cell_of_the_grid_is_read(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, row(cell(), repeat=1_048_575), row(cell(repeat=16_383), cell("float", "1")))
    assert (len(rows), len(rows[-1])) == (1_048_576, 16_384)
    assert len(str(rows_of(tmp_path, row(cell("string", "", "x" * 32_767)))[0][0])) == 32_767


def test_sixty_seven_million_repeated_cells_are_refused_at_once(tmp_path: Path) -> None:
    """RELIABILITY b26."""
    begun = time.monotonic()
    message = refusal(tmp_path, table(row(cell("float", "1", repeat=16_384), repeat=4_096)))
    assert "lebih dari 10000000 sel berisi, pengulangan dihitung, sampai lembar `Anggaran`" in message
    assert time.monotonic() - begun < 2


def test_repeats_hold_at_the_limit_and_not_beyond(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "MOST_FILLED", 6)
    assert len(rows_of(tmp_path, row(cell("float", "1", repeat=3), repeat=2))) == 2
    assert "lebih dari 6" in refusal(
        tmp_path, table(row(cell("float", "1", repeat=3), repeat=2) + row(cell("float", "1")))
    )


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    doctype = '<!DOCTYPE x [<!ENTITY p "12309652000">]>'
    part = content(table(row(cell("float", "1")))).replace("?><", f"?>{doctype}<", 1)
    path.write_bytes(zipped({"mimetype": MIMETYPE, "content.xml": part}))
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        open_book("buku.xlsx", path)


def test_a_password_and_a_missing_part_are_told(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(zipped({"mimetype": MIMETYPE, "META-INF/manifest.xml": "<manifest:encryption-data/>"}))
    with pytest.raises(UnreadableFile, match=r"^buku\.xlsx: spreadsheet OpenDocument dengan kata sandi; simpan tanpa"):
        open_book("buku.xlsx", path)
    path.write_bytes(zipped({"mimetype": MIMETYPE, "META-INF/manifest.xml": "<manifest/>"}))
    with pytest.raises(UnreadableFile, match=r"content\.xml tidak ada"):
        open_book("buku.xlsx", path)


@given(st.lists(st.lists(st.integers(-(10**9), 10**9) | st.none(), max_size=5), max_size=5))
def test_every_figure_stands_where_calamine_sees_it(
    tmp_path_factory: pytest.TempPathFactory, figures: list[list[int | None]]
) -> None:
    rows = [row(*(cell() if value is None else cell("float", str(value)) for value in line)) for line in figures]
    path = write(tmp_path_factory.mktemp("ods"), table("".join(rows)))
    other = CalamineWorkbook.from_path(str(path.rename(path.with_suffix(".ods")))).get_sheet_by_index(0)
    ours = open_book("x", path.with_suffix(".ods")).grids[0].rows
    theirs = other.to_python(skip_empty_area=False)
    for place, line in enumerate(theirs):
        for column, value in enumerate(line):
            mine = ours[place][column] if place < len(ours) and column < len(ours[place]) else None
            assert mine == (None if value == "" else value)
    assert sum(value is not None for line in figures for value in line) == sum(
        value is not None for line in ours for value in line
    )
