"""Write our own workbook empty, ready to fill: validation, notes, protected headings.

The headings are those that `readers.workbook` looks for; a test reads a written template back.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from lkj_xlsx.checked_sheet import CheckedSheet
from lkj_xlsx.whole_file import whole_file

EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The creation date of every template: same command, same bytes."""

ROWS: Final = 2000
"""How many rows below each heading are open for typing."""

Columns = Sequence[tuple[str, int, str]]
Rows = Sequence[Sequence[str | float | None]]

IDENTITAS: Final = (
    ("Nama Satker", "seperti dicetak di judul tabel, misalnya KPU Kota Binjai"),
    ("Kode Satker", "enam digit"),
    ("Bagian Anggaran", "tiga digit, misalnya 076"),
    ("Unit Eselon I", "dua digit, misalnya 01"),
    ("Tahun Anggaran", "empat digit"),
    ("Bulan", "1 sampai 12, atau namanya: bulan terakhir yang realisasinya termasuk"),
    ("Kota", "untuk blok tanda tangan"),
    ("Tanggal Laporan", "misalnya 17 Januari 2025"),
    ("Jabatan", "penanda tangan"),
    ("Nama", "penanda tangan"),
    ("NIP", "18 digit, sebagai teks"),
)

SHEETS: Final[tuple[tuple[str, Columns], ...]] = (
    (
        "Anggaran",
        (
            (
                "Kode",
                32,
                "Jalur lengkap (CQ.6709.QGE.001), atau kode pendek berurutan di bawah induknya (6709, QGE.001).",
            ),
            ("Uraian", 60, "Nama seperti dicetak."),
            ("Pagu", 20, "Rupiah penuh. Sel kosong berarti tidak diketahui; nihil ditulis 0 atau -."),
            ("Realisasi", 20, "Rupiah penuh sampai dengan bulan laporan. Nihil ditulis 0 atau -."),
            ("Pagu Awal", 20, "Boleh kosong."),
            ("Blokir", 20, "Boleh kosong."),
            ("Realisasi Lalu", 20, "Boleh kosong."),
            ("Realisasi Ini", 20, "Boleh kosong."),
        ),
    ),
    (
        "Kinerja",
        (
            ("Tabel", 8, "1 untuk Tabel 1, B.1 untuk Tabel B.1."),
            ("Sasaran", 40, "Kosong = sama dengan baris di atasnya."),
            ("Indikator Kinerja", 60, "Tanpa kode di belakangnya; kode ditambahkan sendiri."),
            ("Kode", 24, "Kode anggaran indikator ini, misalnya CQ.6709.QGE.001."),
            ("Target", 10, "Angka dalam satuannya: 100 untuk 100%; - bila tidak ditargetkan."),
            ("Satuan", 12, "% atau nama satuannya (Dokumen, kali)."),
            ("Realisasi", 12, "Kosong = serapan anggaran kode itu."),
            ("Arah", 12, "maksimal (makin tinggi makin baik) atau minimal."),
        ),
    ),
    (
        "Skala",
        (
            ("Batas Bawah", 12, "Persen, termasuk batasnya; kosong = tanpa batas."),
            ("Batas Atas", 12, "Persen, termasuk batasnya; kosong = tanpa batas."),
            ("Kategori", 24, "Misalnya Berhasil."),
            ("Keterangan", 70, ""),
        ),
    ),
)
AMOUNTS: Final = ("Pagu", "Realisasi", "Pagu Awal", "Blokir", "Realisasi Lalu", "Realisasi Ini")
WHOLE_RUPIAH: Final = {
    "validate": "integer",
    "criteria": "between",
    "minimum": -(10**15),
    "maximum": 10**15,
    "error_type": "warning",
    "error_title": "Rupiah penuh",
    "error_message": "Isi dengan rupiah bulat, tanpa titik, koma atau Rp. Nihil ditulis 0.",
}
LISTS: Final = {"Tabel": ["1", "B.1"], "Arah": ["maksimal", "minimal"]}
"""Where only these words are taken."""


def write_template(path: Path, *, force: bool = False) -> None:
    """Write the empty workbook; raises CannotWrite, and leaves nothing behind, when it cannot."""
    fill(path, {}, force=force)


def fill(path: Path, rows: Mapping[str, Rows], *, force: bool = False) -> None:
    """Write the workbook with rows already in it, by sheet name (`Identitas`: the values in the order of its keys)."""
    with whole_file(path, force=force) as partial:
        file = BytesIO()  # in memory, where no disk can be full half way
        book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
        book.set_properties({"title": "Masukan lampiran LKj", "created": EPOCH})
        looks = {
            "heading": book.add_format(
                {"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True, "valign": "vcenter"}
            ),
            "text": book.add_format({"num_format": "@", "locked": False, "text_wrap": True, "valign": "top"}),
            "amount": book.add_format({"num_format": "#,##0", "locked": False, "valign": "top"}),
            "free": book.add_format({"locked": False, "valign": "top"}),
        }
        _identitas(book, looks, rows.get("Identitas", ()))
        for name, columns in SHEETS:
            _sheet(book, looks, name, columns, rows.get(name, ()))
        book.close()
        partial.write_bytes(file.getvalue())


def _identitas(book: Any, looks: dict[str, Any], rows: Rows) -> None:
    """Write the keys, protected, and beside each the value or an open cell."""
    sheet = CheckedSheet(book.add_worksheet("Identitas"))
    sheet.write_row(0, 0, ["Kunci", "Nilai"], looks["heading"])
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 60, looks["text"])
    values = {str(key): value for key, value in rows}
    for row, (key, note) in enumerate(IDENTITAS, start=1):
        sheet.write_string(row, 0, key, looks["heading"])
        sheet.write_comment(row, 0, note, {"author": "lkj"})
        _value(sheet, row, 1, values.get(key), looks["text" if key == "NIP" else "free"])
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _page(sheet)


def _sheet(book: Any, looks: dict[str, Any], name: str, columns: Columns, rows: Rows) -> None:
    """Write one list: protected headings with notes, open rows, validation of amounts and fixed words."""
    sheet = CheckedSheet(book.add_worksheet(name))
    for column, (heading, width, note) in enumerate(columns):
        look = looks["amount" if heading in AMOUNTS and name == "Anggaran" else "text" if heading == "Kode" else "free"]
        sheet.set_column(column, column, width, look)
        sheet.write_string(0, column, heading, looks["heading"])
        if note:
            sheet.write_comment(0, column, note, {"author": "lkj"})
        if heading in LISTS:
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": LISTS[heading]})
        if heading in AMOUNTS and name == "Anggaran":
            sheet.data_validation(1, column, ROWS, column, WHOLE_RUPIAH)
        for row, cells in enumerate(rows, start=1):
            _value(sheet, row, column, cells[column] if column < len(cells) else None, look)
    sheet.freeze_panes(1, 0)
    sheet.protect(
        "", {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True, "sort": True}
    )
    _page(sheet)


def _value(sheet: CheckedSheet, row: int, column: int, value: str | float | None, look: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, value, look)


def _page(sheet: CheckedSheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
