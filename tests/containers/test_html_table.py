from collections.abc import Sequence
from contextlib import suppress
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.book import Book
from lkj_xlsx.containers import html_grid, html_table, open_book
from lkj_xlsx.containers.html_table import declared_encoding, read_book
from lkj_xlsx.errors import UnreadableFile


def book_of(text: str) -> Book:
    return read_book("a.xls", text, "UTF-8")


def sheets_of(text: str) -> dict[str, Sequence[Sequence[object]]]:
    return {grid.name: grid.rows for grid in book_of(text).grids}


def rows_of(text: str) -> Sequence[Sequence[object]]:
    (rows,) = sheets_of(text).values()
    return rows


def refusal(text: str) -> str:
    with pytest.raises(UnreadableFile) as refused:
        book_of(text)
    message = str(refused.value)
    assert message.startswith("a.xls: halaman web")
    assert "unduh" in message or "simpan sebagai .xlsx" in message
    return message


PAGE = """<!DOCTYPE html><html><head><title>Laporan</title><style>td { color: red } </style></head><body>
<table border=1><thead><tr><th>Kode<th>Uraian<th>Pagu</tr></thead>
<tr><td>051</td><td>Gaji &amp;\n  tunjangan<br>pegawai</td><td align="right">1.000.000</td></tr>
<tr style="display:none"><td>5,5</td><td>&nbsp;<!-- 7 --></td><td hidden>12&#46;000</td></tr></table></body></html>"""


def test_a_table_is_a_sheet_of_texts_hidden_rows_too() -> None:
    book = book_of(PAGE)
    assert book.grids[0].name == "Tabel 1"
    assert book.grids[0].rows == [
        ["Kode", "Uraian", "Pagu"],
        ["051", "Gaji & tunjangan pegawai", "1.000.000"],
        ["5,5", None, "12.000"],
    ]
    assert book.notes == ("dibaca sebagai halaman web (HTML): 1 tabel, UTF-8",)


def test_spans_leave_blanks_where_they_cover() -> None:
    assert rows_of(
        "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f<tr><td>g<td rowspan=3>h</table>"
    ) == [["a", "b", None, "c"], [None, "d", "e", "f"], ["g", "h"]]


def test_a_span_ends_with_its_group_of_rows_and_a_row_of_nothing_keeps_its_number() -> None:
    assert rows_of(
        "<table><thead><tr><td rowspan=9>a<td>b</thead><tbody><tr><td>c<tr><tr><td rowspan=0>d<td>e"
        "<tr><td>f<tbody><tr><td>g</table>"
    ) == [["a", "b"], ["c"], [], ["d", "e"], [None, "f"], ["g"]]


def test_spans_that_are_no_numbers_are_one_and_a_raised_mark_is_no_digit() -> None:
    assert rows_of("<table><tr><td colspan=x rowspan=-1>a<td colspan=0>1.000<sup>2</sup><td>b</table>") == [
        ["a", "1.000 2", "b"]
    ]


def test_tables_are_called_by_caption_heading_or_number_and_no_two_alike() -> None:
    sheets = sheets_of(
        "<h2>Laporan <b>A</b></h2><table><tr><td>1</table><table><caption>Pagu</caption><tr><td>2</table>"
        "<table><caption></caption><tr><td>3</table><table><caption>PAGU<tr><td>4</table><table><tr><td></table>"
    )
    assert sheets == {"Laporan A": [["1"]], "Pagu": [["2"]], "Tabel 3": [["3"]], "PAGU (4)": [["4"]]}
    sheets = sheets_of("<table><caption>Pagu</caption><tr><td>2</table><table><caption>PAGU</caption><tr><td>4</table>")
    assert sheets == {"Pagu": [["2"]], "PAGU (2)": [["4"]]}


def test_a_table_within_a_cell_is_a_sheet_of_its_own() -> None:
    assert sheets_of("<table><tr><td>luar<table><tr><td>dalam</table>lagi<td>x</table>") == {
        "Tabel 1": [["luar lagi", "x"]],
        "Tabel 2": [["dalam"]],
    }


def test_a_table_that_opens_in_another_but_in_no_cell_ends_that_one() -> None:
    assert sheets_of("<table><tr><td>a</td></tr><table><tr><td>b</table>") == {"Tabel 1": [["a"]], "Tabel 2": [["b"]]}


def test_what_stands_outside_the_tables_is_told() -> None:
    book = book_of("<p>Satker: Contoh</p><div>2024</div><table><tr><td>1</table>dicetak")
    assert book.notes[1] == "3 teks di luar tabel tidak ikut dibaca, antara lain `Satker: Contoh`, `2024`, `dicetak`"


def test_fields_of_a_form_are_read_as_their_cell_shows_them() -> None:
    assert rows_of(
        "<table><tr><td><input value='5'><td><input type=hidden value=6><td><textarea>7</textarea><input></table>"
    ) == [["5", None, "7"]]


def test_a_table_left_open_is_read_where_the_page_ends_and_refused_where_the_file_does() -> None:
    assert rows_of("<html><table><tr><td>a</html>") == [["a"]]
    assert "tabel tidak ditutup, berkasnya mungkin terpotong" in refusal("<html><table><tr><td>a\n<tr><td>b")


def test_tags_that_close_nothing_are_passed_over() -> None:
    assert rows_of("</table></td></caption></tr><thead><caption></thead><table><td>a</caption></tfoot></table>") == [
        ["a"]
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<html>\n<tr><td>5</td></tr></html>", "baris 2: <tr> di luar tabel"),
        ("<table><tr>\n5<td>6</table>", "teks `5` di dalam tabel tetapi di luar selnya"),
        ("<table><tr><td>5<!-- \n<td>6</table>", "utuh: baris 1: `<!-- <td>6</table>` tidak ditutup"),
        ('<table><tr><td>5<td class="x>6</table>', 'utuh: baris 1: `<td class="x>6</tabl` tidak ditutup'),
    ],
)
def test_cells_that_would_be_lost_are_a_refusal_with_their_line(text: str, says: str) -> None:
    assert says in refusal(text)


@pytest.mark.parametrize(
    "text",
    ["<html><p>Silakan masuk</html>", "<table><tr><td>Sandi<td><input type=password></table>", "<table></table>"],
)
def test_a_page_without_a_table_is_taken_for_a_login(text: str) -> None:
    assert "mungkin halaman login; masuk lagi lalu unduh ulang" in refusal(text)


def test_a_page_of_frames_is_told_apart() -> None:
    assert "frameset" in refusal("<html><frameset><frame src=a></frameset></html>")


def test_limits_hold_at_the_limit_and_not_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = "<table><tr>" + "<td colspan=1000>" * 16 + "<td colspan=384>"
    assert len(rows_of(wide + "x</table>")[0]) == 16_001
    assert "lebih dari 16384 kolom" in refusal(wide + "<td>x</table>")
    assert len(str(rows_of(f"<table><td>{'x' * 32_767}</table>")[0][0])) == 32_767
    assert "32768 huruf, batasnya 32767" in refusal(f"<table><td>{'x' * 32_768}</table>")
    monkeypatch.setattr(html_grid, "MOST_ROWS", 3)
    assert len(rows_of("<table><tr><tr><tr><td>x</table>")) == 3
    assert "lebih dari 3 baris" in refusal("<table><tr><tr><tr><tr><td>x</table>")
    monkeypatch.undo()
    monkeypatch.setattr(html_table, "MOST_PLACES", 2_000)
    spans = "<table><tr><td colspan=999 rowspan=65534>x<tr><td>x"
    assert len(rows_of(f"{spans}</table>")) == 2
    assert "sel dan gabungannya lebih dari 2000" in refusal(f"{spans}<tr></table>")
    monkeypatch.setattr(html_table, "LARGEST_PAGE", 2**20)
    assert "lebih dari 1 juta huruf" in refusal("<table><td>" + "x" * 2**20)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", "cp1252"),
        (b'<meta charset="windows-1250">', "windows-1250"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<?xml version='1.0' encoding='UTF-8'?>", "utf-8"),
        (b"<table>", None),
    ],
)
def test_the_encoding_is_the_one_that_the_page_names(head: bytes, encoding: str | None) -> None:
    assert declared_encoding("a", head) == encoding


def test_an_encoding_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.xls: halaman web dengan pengodean `rot13` yang tidak dikenal"):
        declared_encoding("a.xls", b"<meta charset=rot13>")


def test_a_page_saved_as_xls_is_opened_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"<meta charset=iso-8859-1><table><tr><td>Caf\xe9</table>")
    book = open_book("a.xls", path)
    assert book.grids[0].rows == [["Café"]]
    assert book.notes[0].endswith("1 tabel, Windows-1252")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=5)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4), st.booleans())
def test_a_table_reads_back_as_it_was_written_with_end_tags_or_without(table: list[list[str]], has_ends: bool) -> None:
    cell_end, row_end = ("</td>", "</tr>\n") if has_ends else ("\n", "")
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}{cell_end}" for cell in row) + row_end for row in table)
    assert rows_of(f"<table>{rows}</table>") == table


TAGS = [*("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th rowspan=2>", "<td colspan=3>", "<tbody>", "1")]
TAGS += [
    "<caption>",
    "</caption>",
    "<h1>",
    "</h1>",
    "<p>",
    "<!-- x -->",
    "<script>x</script>",
    "</body>",
    "<input value=1>",
]


@given(st.lists(st.sampled_from(TAGS), max_size=30))
def test_any_order_of_tags_is_read_or_refused(parts: list[str]) -> None:
    with suppress(UnreadableFile):
        assert any(row for grid in book_of("".join(parts)).grids for row in grid.rows)
