"""Write `contoh-emon.xlsx`: a table of e-Monitoring (EMON) of an invented satker, amounts in thousands of rupiah.

Run as `python samples/make_emon.py [FILE]`. The headings are those that code which reads such files expects
(FORMATS.md section 12). From documentation, no real file.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter

DEFAULT: Final = Path(__file__).with_name("contoh-emon.xlsx")
CREATED: Final = datetime(2025, 4, 2)  # noqa: DTZ001 - a workbook knows no time zone
COLUMNS: Final = (
    *("No", "Kode", "Kegiatan/KRO/RO/Paket", "Target Vol", "Satuan", "Lokasi", "Jenis Paket", "Metode Pemilihan"),
    *("Sumber Dana", "Pagu (Rp Ribu)", "Realisasi (Rp Ribu)", "Blokir (Rp Ribu)", "Pengembalian (Rp Ribu)"),
    *("Keu (%)", "Fisik (%)"),
)
PAKET: Final = ("Pekerjaan Konstruksi", "Tender")
ROWS: Final = (
    ("8101", "Pembangunan Contoh", "", "", 5_250_000, 2_100_500, 150_000, 0, 40.01, 41.2),
    ("8101.CBT", "Prasarana Contoh", 2, "Unit", 4_500_000, 1_950_500, 150_000, 0, 43.34, 44.0),
    ("8101.CBT.001", "Saluran Contoh", 2, "Unit", 4_500_000, 1_950_500, 150_000, 0, 43.34, 44.0),
    ("8101.CBT.001.100.A", "Saluran Contoh Tahap I", 1, "Unit", 3_000_000, 1_950_500, 0, 0, 65.02, 66.0),
    ("8101.CBT.001.100.B", "Saluran Contoh Tahap II", 1, "Unit", 1_500_000, 0, 150_000, 0, 0.0, 0.0),
    ("8101.FAB", "Pemantauan Contoh", 1, "Dokumen", 750_000, 150_000, 0, 0, 20.0, 24.4),
    ("8101.FAB.Z01", "Pemantauan Contoh", 1, "Dokumen", 750_000, 150_000, 0, 0, 20.0, 24.4),
    ("8101.FAB.Z01.051.A", "Konsultan Pemantauan", 1, "Dokumen", 750_000, 150_000, 0, 0, 20.0, 24.4),
)
"""Kode, name, target and unit, pagu, realisasi, blokir and pengembalian in thousands, Keu and Fisik in percent."""


def cells(number: int, row: tuple[str | float, ...]) -> tuple[str | float, ...]:
    """Give the cells of one row; only a paket has a place, a kind and a source."""
    kode, name, target, unit, *figures = row
    is_paket = str(kode).count(".") == max(str(one[0]).count(".") for one in ROWS)
    place = ("KAB. CONTOH", *PAKET, "RPM") if is_paket else ("",) * 4
    return (number, kode, name, target, unit, *place, *figures)


def main(path: Path) -> None:
    """Write the sample to `path`."""
    total = ("Total", *("",) * 8, 5_250_000, 2_100_500, 150_000, 0, 40.01, 41.2)
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Contoh, bukan data sebenarnya", "created": CREATED})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, COLUMNS)
        for at, row in enumerate((*(cells(number, row) for number, row in enumerate(ROWS, start=1)), total), start=1):
            for column, cell in enumerate(row):
                if cell != "":
                    write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                    write(at, column, cell)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
