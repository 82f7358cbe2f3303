import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.book import Book
from lkj_xlsx.containers import delimited, open_book
from lkj_xlsx.containers.delimited import read_book
from lkj_xlsx.errors import UnreadableFile


def book_of(text: str) -> Book:
    return read_book("a.csv", text, "UTF-8")


def rows_of(text: str) -> list[list[object]]:
    (grid,) = book_of(text).grids
    return [list(row) for row in grid.rows]


def refusal(text: str) -> str:
    with pytest.raises(UnreadableFile) as refused:
        book_of(text)
    message = str(refused.value)
    assert message.startswith("a.csv: ")
    assert "simpan sebagai .xlsx" in message or "unduh lagi" in message
    return message


def test_every_field_stays_a_text_to_the_character_and_a_blank_is_none() -> None:
    rows = rows_of("Kode;Uraian;Pagu;Sisa\n051; a ;1.000;\n018;NA;1E5;TRUE\n")
    assert rows[1] == ["051", " a ", "1.000"]
    assert rows[2] == ["018", "NA", "1E5", "TRUE"]


@pytest.mark.parametrize(("separator", "name"), [(";", ";"), (",", ","), ("\t", "TAB"), ("|", "|")])
def test_each_separator_is_told_from_the_whole_file_and_named(separator: str, name: str) -> None:
    text = "\n".join(separator.join(row) for row in (["Kode", "Uraian", "Pagu"], ["051", "Gaji", "5"]))
    book = book_of(text)
    assert book.grids[0].name == "CSV"
    assert book.grids[0].rows == [["Kode", "Uraian", "Pagu"], ["051", "Gaji", "5"]]
    assert book.notes == (f"dibaca sebagai CSV: pemisah `{name}`, UTF-8",)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    assert rows_of(f"a;b{end}1;2{end}") == [["a", "b"], ["1", "2"]]


def test_commas_between_digits_alone_are_of_figures() -> None:
    assert rows_of("Kode;Pagu\n6709;1.000,50\n6710;2.000,25\n")[2] == ["6710", "2.000,25"]
    assert rows_of('Kode,Pagu\n6709,"1,000"\n')[1] == ["6709", "1,000"]
    assert rows_of("Judul\nKode;Pagu\n6709;1.000,50\n")[2] == ["6709", "1.000,50"]


def test_text_with_other_separators_in_it_does_not_change_the_separator() -> None:
    text = "Kode;Uraian;Pagu;Sisa\n" + "".join(f"{n};Rapat, makan | minum;5;6\n" for n in range(9))
    assert rows_of(text)[1] == ["0", "Rapat, makan | minum", "5", "6"]


def test_a_separator_that_cannot_be_decided_is_refused_with_its_candidates() -> None:
    message = refusal("a;b,c\nd;e,f\n")
    assert "tidak pasti: `;` atau `,`" in message
    assert "sep=;" in message


def test_ragged_rows_leave_the_separator_to_what_explains_more_of_the_file() -> None:
    text = "Judul, laporan\nx;;;y\na;b;c;d\na;b;c;d\na\n"
    assert rows_of(text)[1] == ["x", None, None, "y"]
    assert "tidak pasti: `;` atau `,`" in refusal("Judul\na;b, c\nd;e, f\nx;y\n")


def test_the_first_line_of_excel_tells_the_separator_and_is_no_row() -> None:
    book = book_of("sep=,\r\na;b,c\r\nd;e,f\r\n")
    assert book.grids[0].rows == [["a;b", "c"], ["d;e", "f"]]
    assert "`sep=`" in book.notes[1]
    assert "baris 4" in refusal('sep=;\na;b\nc;d\ne;"f\n')


def test_a_field_may_hold_line_ends_and_doubled_quotes() -> None:
    assert rows_of('a;b;c\n1;"x\r\ny ""z""";3\n4;5;6\n')[1] == ["1", 'x\r\ny "z"', "3"]


@pytest.mark.parametrize("text", ['a;b\n"x;1\ny;2\n', 'a;b\n"x"y;1\n'])
def test_a_quote_without_its_pair_is_refused_with_its_line(text: str) -> None:
    message = refusal(text)
    assert "baris 2: kutip" in message


def test_two_lost_quotes_that_join_rows_are_refused() -> None:
    assert "terbaca sebagai satu" in refusal('a;b;c\n1;"x;5\n2;y";6\n3;z;7\n')
    assert rows_of('a;b\n1;"x;5\n2;y"\n3;z\n')[1] == ["1", "x;5\n2;y"]


def test_a_row_longer_than_the_headings_is_refused_with_its_line_unless_the_rest_is_blank() -> None:
    message = refusal("Kode,Uraian,Pagu\n051,Gaji,5\n052,Makan,1,000\n")
    assert "baris 3: memuat 4 kolom, padahal judul kolomnya 3" in message
    assert rows_of("Kode,Uraian,Pagu\n051,Gaji,5,\n052,Makan,6,,\n")[2] == ["052", "Makan", "6"]


def test_rows_that_are_all_longer_than_the_headings_are_refused_too() -> None:
    assert "baris 2" in refusal("Kode,Uraian,Pagu,Sisa\n051,Gaji,1,000,500\n052,Makan,2,000,500\n")


def test_a_row_shorter_than_full_headings_is_refused_but_for_a_remark() -> None:
    assert "baris 3: memuat 2 kolom, padahal judul kolomnya 3" in refusal("Kode;Uraian;Pagu\n1;a;5\n2;b 6\n3;c;7\n")
    assert rows_of("Laporan\nKode;Uraian;Pagu\n1;a;5\n\nDicetak 2024\n")[3:] == [[], ["Dicetak 2024"]]


def test_a_grid_with_blank_columns_may_have_rows_that_end_early() -> None:
    """The grid of SAKTI's report, its title and its footnote short, its figures in other columns than its headings."""
    text = (
        "LAPORAN KETERSEDIAAN DANA DETAIL TA 2025\n"
        "Per Program; Kegiatan; Output; SubOutput; Komponen;\n"
        "Uraian;;;;;;;Pagu Revisi;;Realisasi TA 2025;;SISA\n"
        "JUMLAH SELURUHNYA;;;;;;5;;;1;4\n"
        ";CL;;Program;;;;5;;1;;4\n"
        ";*Lock Pagu adalah\n"
        ";;;;Gaji;;;5;;;;4\n"
        ";;;;Makan;;;5;;1\n"
    )
    rows = rows_of(text)
    assert rows[4] == [None, "CL", None, "Program", None, None, None, "5", None, "1", None, "4"]
    assert rows[7] == [None, None, None, None, "Makan", None, None, "5", None, "1"]
    assert "baris 9: memuat 13 kolom" in refusal(text + ";;;;;;;;;;;;7\n")


def test_a_table_without_headings_is_held_to_its_most_common_width() -> None:
    assert rows_of("1;2;3\n4;5;6\n7;8\n")[2] == ["7", "8"]
    assert "memuat 4 kolom" in refusal("1;2;3\n4;5;6\n7;8;9;9\n")


def test_a_text_without_columns_is_no_table() -> None:
    assert "tanpa pemisah kolom" in refusal("Laporan bulan ini\nbelum selesai\n")


def test_a_formula_that_only_keeps_a_text_gives_the_text_and_is_told() -> None:
    book = book_of('Kode,Uraian,Pagu\n="051","=""052""",5\n="",=A1,6\n')
    assert [list(row) for row in book.grids[0].rows[1:]] == [["051", "052", "5"], [None, "=A1", "6"]]
    assert book.notes[1].startswith("3 sel tertulis")


def test_limits_hold_at_the_limit_and_not_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_ROWS", 2)
    assert len(rows_of("a;b\nc;d\n")) == 2
    assert "baris 3: lebih dari 2 baris" in refusal("a;b\nc;d\ne;f\n")
    monkeypatch.undo()
    monkeypatch.setattr(delimited, "MOST_FILLED", 4)
    assert len(rows_of("a;b\nc;d\n")) == 2
    assert "lebih dari 4 sel berisi" in refusal("a;b\nc;d\ne;f\n")
    monkeypatch.undo()
    assert len(str(rows_of("a;b\nc;" + "x" * 32_767)[1][1])) == 32_767
    assert "32768 huruf, batasnya 32767" in refusal("a;b\nc;" + "x" * 32_768)
    assert "131072 huruf" in refusal("a;b\nc;" + "x" * 140_000)
    assert "16384" in refusal("1" + ";1" * 16_384)
    assert len(rows_of("1" + ";1" * 16_383)[0]) == 16_384


FIELDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)


@given(
    table=st.integers(2, 6).flatmap(
        lambda width: st.lists(st.lists(FIELDS, min_size=width, max_size=width), min_size=1, max_size=6)
    ),
    separator=st.sampled_from([";", ",", "\t", "|"]),
)
def test_what_is_written_under_a_told_separator_reads_back_equal(table: list[list[str]], separator: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    read = rows_of(f"sep={separator}\n" + stream.getvalue())
    for row, written in zip(read, table, strict=True):
        for cell, field in zip(row + [None] * (len(written) - len(row)), written, strict=True):
            assert (cell or "").strip() == field.strip() or field.startswith("=")  # type: ignore[attr-defined]


def test_a_csv_on_disk_is_opened_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "fa.xls"
    path.write_bytes("Kode;Uraian\n051;Caf\xe9\n".encode("cp1252"))
    book = open_book("fa.xls", path)
    assert book.grids[0].rows[1] == ["051", "Café"]
    assert book.notes == ("dibaca sebagai CSV: pemisah `;`, Windows-1252",)
