from datetime import date, datetime, time
from decimal import Decimal

import pytest
from worksheets import MAIN, outcome, read_exactly, read_rows, sheet

from lkj_xlsx.book import Odd
from lkj_xlsx.containers import xlsx_strings
from lkj_xlsx.containers.markup import NotSound
from lkj_xlsx.containers.xlsx_exact import Styles, is_index
from lkj_xlsx.rupiah import Fault

PAGU = 12309652000


def first(cell: str) -> object:
    """Read the one cell A1 by expat alone, and see that the program reads the same."""
    part = sheet(f'<row r="1">{cell}</row>')
    rows = read_exactly(part)
    assert [list(row) for row in read_rows(part)] == [list(row) for row in rows]
    return rows[0][0] if len(rows) else None


def refusal(rows: str) -> str:
    """Give the words in which rows are refused, by both ways."""
    part = sheet(rows)
    with pytest.raises(NotSound) as refused:
        read_exactly(part)
    assert outcome(part) is None
    return str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        "12309652000",
        "12309652000.0",
        "1.2309652E10",
        " 12309652000 ",
        "<![CDATA[12309652000]]>",
        "123<![CDATA[09652]]>000",
        "123<!-- x -->09652000",
        "123<?x y?>09652000",
        "&#49;2309652000",
        "&#x31;2309652000",
    ],
)
def test_a_figure_is_what_a_spreadsheet_would_show_however_it_is_written(written: str) -> None:
    assert first(f'<c r="A1"><v>{written}</v></c>') == PAGU


def test_an_entity_of_the_file_itself_is_refused() -> None:
    assert "undefined entity" in refusal('<row r="1"><c r="A1"><v>&p;</v></c></row>')


@pytest.mark.parametrize("literal", ["1_000", "\uff11", "\u0661", "1E999", "NaN", "INF", "9" * 400, "\xa0"])
def test_what_is_no_figure_in_a_cell_of_figures_is_neither_dropped_nor_guessed(literal: str) -> None:
    assert isinstance(first(f'<c r="A1"><v>{literal}</v></c>'), Odd)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"/>', None),
        ('<c r="A1" s="2"/>', None),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1"><v> </v></c>', None),
        ('<c r="A1" t="s"><v>0</v></c>', "Belanja"),
        ('<c r="A1" t="s"><v> 3 </v></c>', "051"),
        ('<c r="A1" t="s"><v>1</v></c>', None),
        ('<c r="A1" t="str"><f>B1</f><v>x_x000D_</v></c>', "x\r"),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', None),
        ('<c r="A1" t="inlineStr"><is><t>a</t></is></c>', "a"),
        ('<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t> a</t></r><r><t>b </t></r></is></c>', " ab "),
        ('<c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>no</t></rPh><phoneticPr/></is></c>', "a"),
        ('<c r="A1" t="inlineStr"><is/></c>', None),
        ('<c r="A1" t="inlineStr"><v>a</v></c>', "a"),
        ('<c r="A1" t="inlineStr"><f>B1</f><is><t>a</t></is></c>', "a"),
        ('<c r="A1" t="inlineStr"><is><t>_x00</t></is></c>', "_x00"),
        ('<c r="A1" t="inlineStr"><is><r><t>_x00</t></r><r><t>0D_</t></r></is></c>', "_x000D_"),
        ('<c r="A1" t="inlineStr"><is><t>_x005F_x000D__xD83D_</t></is></c>', "_x000D__xD83D_"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v> false </v></c>', False),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Odd(Fault.ERROR_CELL, "#REF!")),
        ('<c r="A1" t="e"><f>B1</f><v>#SPILL!</v></c>', Odd(Fault.ERROR_CELL, "#SPILL!")),
        ('<c r="A1" t="e"><v/></c>', Odd(Fault.ERROR_CELL, "#?")),
        ('<c r="A1"><f>SUM(B1:C1)</f><v>7</v></c>', 7),
        ('<c r="A1"><f>SUM(B1:C1)</f></c>', Odd(Fault.UNCACHED, "=SUM(B1:C1)")),
        ('<c r="A1"><f>SUM(B1:C1)</f><v> </v></c>', Odd(Fault.UNCACHED, "=SUM(B1:C1)")),
        ('<c r="A1" t="str"><f>B1</f></c>', Odd(Fault.UNCACHED, "=B1")),
        ('<c r="A1"><f t="shared" si="0"/></c>', Odd(Fault.UNCACHED, "=")),
        ('<c r="A1" t="d"><v>2024-12-31</v></c>', date(2024, 12, 31)),
        ('<c r="A1" t="d"><v>2024-12-31T10:30:00</v></c>', datetime(2024, 12, 31, 10, 30)),  # noqa: DTZ001 - no zones
        ('<c r="A1" t="d"><v>kemarin</v></c>', Odd(Fault.NOT_AMOUNT, "kemarin")),
        ('<c r="A1"><v>5</v><extLst><ext><v>6</v><c r="A1"/></ext></extLst></c>', 5),
        ('<c r="A1" s="2"><v>0.9946</v></c>', Decimal("0.9946")),
    ],
)
def test_each_kind_of_cell_is_read_as_what_it_is(cell: str, value: object) -> None:
    read = first(cell)
    assert (type(read), read) == (type(value), value)


def test_cells_and_rows_that_name_no_place_follow_the_one_before() -> None:
    rows = read_rows(
        sheet('<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="4"/><row><c/></row>')
    )
    assert list(rows) == [[1, None, None, 2, 3]]
    rows = read_rows(sheet('<row r="4"/><row><c><v>1</v></c></row>'))
    assert rows[4] == [1]


def test_rows_out_of_order_are_all_read() -> None:
    rows = read_rows(sheet('<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>2</v></c><c r="A1"/></row>'))
    assert list(rows) == [[None, 2], [], [3]]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ('<row r="8"/><row r="8"/>', "baris 8 ada dua"),
        ('<row r="2"/><row r="1"/><row/>', "baris 2 ada dua"),
        ('<row r="x"/>', "nomor baris `x` bukan angka"),
        ('<row r="0"/>', "baris 0 di luar lembar"),
        ('<row r="1048577"/>', "baris 1048577 di luar lembar"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "sel A1 ada dua"),
        ('<row r="1"><c r="A2"/></row>', "alamat `A2` di baris 1"),
        ('<row r="1"><c r="a1"/></row>', "alamat `a1` di baris 1"),
        ('<row r="1"><c r="A01"/></row>', "alamat `A01` di baris 1"),
        ('<row r="1"><c r="\uff211"/></row>', "alamat"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "kolom 16385 di luar lembar"),
        ('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', "sel di baris 1 memuat dua v"),
        ('<row r="1"><c r="A1"><f>B1</f><f>C1</f></c></row>', "sel di baris 1 memuat dua f"),
        ('<row r="1"><c r="A1"><is><t>a</t></is><is><t>b</t></is></c></row>', "sel di baris 1 memuat dua teks"),
        ('<row r="1"><c r="A1"><v>1</v><is><t>a</t></is></c></row>', "sel di baris 1 memuat teks dan nilai"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "menunjuk teks bersama nomor `-1`, yang ada 5"),
        ('<row r="1"><c r="A1" t="s"><v>5</v></c></row>', "menunjuk teks bersama nomor `5`, yang ada 5"),
        ('<row r="1"><c r="A1" t="s"><v></v></c></row>', "menunjuk teks bersama nomor ``"),
        ('<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>', "menunjuk teks bersama"),
        ('<row r="1"><c r="A1" t="b"><v>2</v></c></row>', "sel berjenis `b` dengan isi `2` di baris 1"),
        ('<row r="1"><c r="A1" t="x"><v>2</v></c></row>', "sel berjenis `x` dengan isi `2` di baris 1"),
        ('<row r="1"><c r="A1" s="-1"><v>2</v></c></row>', "gaya sel `-1` tidak dikenal"),
        ('<row r="1"><c r="A1" s="65536" t="str"><v>a</v></c></row>', "gaya sel `65536` tidak dikenal"),
        ('<row r="1"><c r="A1"><w/></c></row>', "unsur w di dalam c, dekat baris 1"),
        ('<row r="1"><c r="A1"><v>1<b/></v></c></row>', "unsur b di dalam v, dekat baris 1"),
        ('<row r="1"><x14ac:c/></row>', "unsur c di dalam row, dekat baris 1"),
        ("<c/>", "unsur c di dalam sheetData, dekat baris 0"),
        ('<row r="1">5000</row>', "teks `5000` di luar sel, dekat baris 1"),
    ],
)
def test_whatever_two_programs_could_read_in_two_ways_is_refused_with_its_place(rows: str, why: str) -> None:
    assert why in refusal(rows)


def test_two_lists_of_rows_are_refused_wherever_the_second_stands() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    for tail in (f"</sheetData><sheetData>{rows}", "</sheetData><sheetData/>"):
        assert refusal(f"{rows}{tail}") == "sheetData ada dua"
    deeper = sheet(rows).replace(b"</worksheet>", b"<extLst><sheetData><w/></sheetData></extLst></worksheet>")
    assert list(read_rows(deeper)) == list(read_exactly(deeper)) == [[1]]


def test_only_the_namespaces_of_spreadsheets_are_rows() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    strict = sheet(row).replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert list(read_rows(strict)) == [[1]]
    assert outcome(sheet(row).replace(MAIN.encode(), b"urn:else")) is None
    assert outcome(f'<worksheet xmlns="{MAIN}"/>'.encode()) is None
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    assert outcome(prefixed.replace("<row", "<x:row").encode()) is None
    for name in ("row", "c", "v"):
        prefixed = prefixed.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
    assert list(read_rows(prefixed.encode())) == [[1]]


def test_a_formula_or_text_may_be_written_at_length_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_strings, "LONGEST_WRITTEN", 10)
    cell = '<row r="1"><c r="A1"><f>{}</f><v>1</v></c></row>'
    assert list(read_exactly(sheet(cell.format("x" * 10)))) == [[1]]
    assert refusal(cell.format("x" * 11)) == "teks lebih dari 10 huruf"


@pytest.mark.parametrize(
    ("literal", "is_1904", "value"),
    [
        ("45657", False, date(2024, 12, 31)),
        ("4.5657E4", False, date(2024, 12, 31)),
        ("45657.5", False, datetime(2024, 12, 31, 12)),  # noqa: DTZ001 - sheets know no zones
        ("1", False, date(1900, 1, 1)),
        ("59", False, date(1900, 2, 28)),
        ("61", False, date(1900, 3, 1)),
        ("0.75", False, time(18)),
        ("0", False, time(0)),
        ("2958465", False, date(9999, 12, 31)),
        ("0", True, date(1904, 1, 1)),
        ("44195", True, date(2024, 12, 31)),
        ("0.5", True, datetime(1904, 1, 1, 12)),  # noqa: DTZ001 - as above
        ("-5", False, Odd(Fault.NOT_AMOUNT, "-5")),
        ("12309652000", False, Odd(Fault.NOT_AMOUNT, "12309652000")),
        ("2958466", False, Odd(Fault.NOT_AMOUNT, "2958466")),
        ("2958465.999999999", False, Odd(Fault.NOT_AMOUNT, "2958465.999999999")),
        ("2958465", True, Odd(Fault.NOT_AMOUNT, "2958465")),
        ("NaN", False, Odd(Fault.NOT_A_NUMBER, "NaN")),
    ],
)
def test_a_figure_that_shows_as_a_date_is_that_day_or_no_amount(literal: str, is_1904: bool, value: object) -> None:
    styles = Styles(frozenset({3}), is_1904=is_1904)
    assert (type(styles.value(literal, 3)), styles.value(literal, 3)) == (type(value), value)
    rows = read_rows(sheet(f'<row r="1"><c r="A1" s="3"><v>{literal}</v></c></row>'), styles=styles)
    assert rows[0] == [value]


def test_an_index_is_plain_digits_below_its_end() -> None:
    assert [is_index(text, 100) for text in ("0", "99", "100", "", "-1", "+1", "1.", "\u0661", "00000000001")] == [
        *(True, True),
        *[False] * 7,
    ]


def test_attributes_that_look_like_rows_in_the_head_are_none() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    head = sheet(rows).replace(
        b"<sheetData>", b'<!-- <sheetData><row r="9"/> --><cols><col min="1"/></cols><sheetData>'
    )
    assert list(read_rows(head)) == [[1]]
