import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from worksheets import (
    DIALECTS,
    HEAD,
    LITERALS,
    ODD_LITERALS,
    SIZES,
    STRINGS,
    STYLES,
    Contents,
    Dialect,
    contents,
    exact_outcome,
    outcome,
    parts_of,
    read_rows,
    sheet,
    write_parts,
)

from lkj_xlsx.containers.cells import Cells
from lkj_xlsx.containers.limits import LONGEST_TEXT
from lkj_xlsx.containers.markup import NotSound
from lkj_xlsx.containers.xlsx import open_book
from lkj_xlsx.containers.xlsx_plain import Scanner


def scan(rows: str | bytes, prefixes: frozenset[bytes] = frozenset({b"x14ac"})) -> list[list[object]] | None:
    """Scan a piece of rows: what it holds, or None where it is not plain."""
    cells = Cells(STRINGS)
    piece = rows.encode() if isinstance(rows, str) else rows
    last = Scanner(cells, STRINGS, STYLES, prefixes).scan(piece)
    return None if last is None else [list(row) for row in cells.rows()]


DIALECT = st.sampled_from(DIALECTS)


@given(DIALECT, contents(), SIZES)
def test_both_ways_read_the_same_of_every_dialect_however_the_part_is_cut(
    dialect: Dialect, what: Contents, size: int
) -> None:
    part = dialect.write(what)
    exact = exact_outcome(part, dialect.strings)
    assert exact is not None
    assert outcome(part, strings=dialect.strings) == exact
    assert outcome(part, size, strings=dialect.strings) == exact


@pytest.mark.parametrize("dialect", DIALECTS, ids=[dialect.name for dialect in DIALECTS])
@settings(max_examples=25)
@given(what=contents())
def test_the_rows_of_each_dialect_are_scanned_and_read_as_another_reader_reads_them(
    dialect: Dialect, what: Contents, tmp_path_factory: pytest.TempPathFactory
) -> None:
    figures = replace(what, styles={place: style % 3 for place, style in what.styles.items()})  # none shows a date
    part = dialect.write(figures)
    rows = part[part.index(b"<sheetData>") + 11 : part.index(b"</sheetData>")]
    if rows.strip():
        assert Scanner(Cells(dialect.strings), dialect.strings, STYLES, frozenset({b"x14ac"})).scan(rows) is not None
    path = write_parts(tmp_path_factory.mktemp("buku") / "buku.xlsx", parts_of(part, strings=dialect.strings))
    theirs = load_workbook(path).worksheets[0]
    (ours,) = open_book("buku.xlsx", path).grids
    for row, column in what.styles:
        their, cells = theirs.cell(row + 1, column + 1).value, ours.rows[row] if row < len(ours.rows) else ()
        our = cells[column] if column < len(cells) else None
        if isinstance(our, int | Decimal):
            assert isinstance(their, int | float)
            assert float(our) == float(their)
        else:
            assert our == their


TOKENS = (
    *(b"<!-- </row> -->", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<![CDATA[5]]>", b"<?x </row>?>", b"&amp;", b"&#49;"),
    *(b"&am", b"p;", b"&", b"\r", b"\x0b", b"\x00", b"\xc2\x85", b"\xc3", b"\xa9", b"\xef\xbf\xbf", b"\xed\xa0\x80"),
    *(b"<extLst>", b"</extLst>", b'<row r="9">', b"<row>", b"</row>", b' xmlns="x"', b' x14ac:b="1"', b' q:b="1"'),
    *(b' xmlns:q="q"', b' r="3"', b' a="1"', b'<mergeCell ref="A1"/>', b"<mergeCells>", b"</mergeCells>", b"_x000D_"),
    *(
        b"</sheetData>",
        b"<sheetData>",
        b" ",
        b"\n",
        b'"',
        b"<",
        b">",
        b"/",
        b"=",
        b"0",
        b"E",
        b".",
        b"-",
        b"<v>",
        b"</v>",
    ),
    *(b'<c r="A1">', b"</c>", b"<is>", b"</is>", b"<r>", b"</r>", b"<t>", b"</t>", b"<t/>", b"<v/>", b"<f/>", b"<rPh>"),
    *(b"<x14ac:c/>", b' t="n"', b" " * 90, b"A", b"ZZZ", b' t="b"', *(literal.encode() for literal in ODD_LITERALS)),
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["token", "tag", "delete", "byte"]), st.floats(0, 1), st.sampled_from(TOKENS)),
    min_size=1,
    max_size=4,
)


def changed(part: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    """Damage a part: put, cut or replace tags and bytes."""
    for kind, at, token in changes:
        tags = [match.span() for match in re.finditer(rb"<[^>]*>|[^<]+", part)] or [(0, 0)]
        start, end = tags[int(at * (len(tags) - 1))]
        place = int(at * len(part))
        if kind == "token":
            part = part[:end] + token + part[end:]
        elif kind == "tag":
            part = part[:start] + token + part[end:]
        elif kind == "delete":
            part = part[:start] + part[end:]
        else:
            part = part[:place] + token[:1] + part[place + 1 :]
    return part


@settings(max_examples=150)
@given(DIALECT, contents(), CHANGES, SIZES)
def test_both_ways_agree_on_a_damaged_part_whatever_they_make_of_it(
    dialect: Dialect, what: Contents, changes: list[tuple[str, float, bytes]], size: int
) -> None:
    part = changed(dialect.write(what), changes)
    exact = exact_outcome(part, dialect.strings)
    assert outcome(part, strings=dialect.strings) == exact
    assert outcome(part, size, strings=dialect.strings) == exact


@pytest.mark.parametrize("literal", [*LITERALS, *ODD_LITERALS])
@pytest.mark.parametrize("style", [0, 3])
def test_both_ways_read_every_figure_alike_in_dates_too(literal: str, style: int) -> None:
    part = sheet(f'<row r="1"><c r="A1" s="{style}"><v>{literal}</v></c></row>')
    assert outcome(part) == exact_outcome(part) is not None


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1<!-- x --></v></c></row>',
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>&#49;</v></c></row>',
        '<row r="1"><c r="A1"><v>&amp;</v></c></row>',
        '<row r="1"><c r="A1"><v>1></v></c></row>',
        '<row r="1"><c r="A1"><v>1\r</v></c></row>',
        '<row r="1"><c r="A1"><v>1<f></f></v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a>b</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a\rb</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>\x00</t></is></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\x0b</v></c></row>',
        '<row r="1"><c r="A1" s="65536"/></row>',
        '<row r="1"><c r="A1"><v>\uff11</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&#49;</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>\uffff</t></is></c></row>',
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xff</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a&am</t></r><r><t>p;b</t></r></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><is><t>1</t></is></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v></v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>1 </v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>0000000001</v></c></row>',
        '<row r="2"></row><row r="1"></row>',
        '<row r="1"></row><row r="1"></row>',
        '<row r="1048577"></row>',
        '<row r="0"></row>',
        '<row r="01"><c r="A01"/></row>',
        '<row r="x"></row>',
        '<row r="10485760"></row>',
        '<row  r="1"></row>',
        '<row r="1" a="1" a="2"></row>',
        '<row r="1" r="1"></row>',
        '<row r="1" xmlns="x"></row>',
        '<row r="1" b:a="1"></row>',
        '<row r="1" a:b:c="1"></row>',
        "<row r=\"1\" a='1'></row>",
        '<row r="1" a="&amp;"></row>',
        f'<row r="1" a="{"x" * 1001}"></row>',
    ],
)
def test_what_is_not_plain_is_left_to_the_exact_way_and_nothing_of_it_is_put(rows: str | bytes) -> None:
    assert scan(rows) is None


def test_plain_rows_are_scanned() -> None:
    rows = (
        '\n<row r="2" spans="1:3" x14ac:dyDescent="0.25">\n\t<c r="A2"><v>5</v></c><c r="B2" t="s"><v>3</v></c>'
        '<c r="C2" t="s"><v>1</v></c><c r="AA2" t="str"><v>a&amp;b</v></c><c r="AAA2" t="str"><v></v></c></row>'
        '<row r="3"/><row r="4" /> '
        '<row r="5"><c r="A5" t="inlineStr"><is><r><t>a</t></r><r><t>_x000D_b</t></r></is></c>'
        '<c r="B5" t="inlineStr"><is><r><t></t></r><r><t></t></r></is></c><c r="C5" s="3"><v>45000</v></c></row>'
    )
    read = scan(rows)
    assert read is not None
    assert [read[1][column] for column in (0, 1, 26)] == [5, "051", "a&b"]
    assert [len(row) for row in read] == [0, 27, 0, 0, 3]
    assert [str(value) for value in read[4]] == ["a\rb", "None", "2023-03-15"]


def test_a_row_that_was_there_before_is_refused_by_name() -> None:
    cells = Cells()
    scanner = Scanner(cells, (), STYLES, frozenset())
    assert scanner.scan(b'<row r="7"></row>') == 6
    with pytest.raises(NotSound, match="baris 7 ada dua"):
        scanner.scan(b'<row r="6"></row><row r="7"></row>')


def test_a_text_too_long_for_a_cell_is_refused_and_the_longest_taken() -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    assert scan(row.format("x" * LONGEST_TEXT)) == [["x" * LONGEST_TEXT]]
    with pytest.raises(NotSound, match=f"sel berisi {LONGEST_TEXT + 1} huruf, batasnya {LONGEST_TEXT}"):
        scan(row.format("x" * (LONGEST_TEXT + 1)))


def test_the_exact_way_takes_over_where_a_piece_is_not_plain_and_gives_back(tmp_path: Path) -> None:
    plain = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 40))
    odd = '<row r="40"><c r="A40" t="e"><v>#REF!</v></c></row>'
    more = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(41, 80))
    part = sheet(plain + odd + more)
    for size in (1, 50, 200, 700, 10_000):
        assert outcome(part, size) == exact_outcome(part)
    assert len(read_rows(part)) == 79
    assert open_book("a", write_parts(tmp_path / "a.xlsx", parts_of(part))).grids[0].rows[78] == [79]
    assert HEAD.encode() in part


@given(st.lists(st.sampled_from(["a", "b&amp;c", "_x0041_", "\u20ac", "\ufffd", "\n", "", "x" * 50]), max_size=12))
def test_texts_that_want_a_closer_look_stand_among_plain_ones(texts: list[str]) -> None:
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for row, text in enumerate(texts, 1)
    )
    part = sheet(cells)
    assert outcome(part) == exact_outcome(part) is not None
    if texts:
        assert scan(cells) is not None
