"""What stands above the rows of a GLP039 export: title, the levels chosen, period, identity, headings.

Rows 1 to 8 (FORMATS.md 1.3), labels in column A with what they say somewhere to the right.
"""

import re
from dataclasses import dataclass
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import Level
from lkj_xlsx.model import BULAN, Identity
from lkj_xlsx.sheet import Sheet

TITLE: Final = re.compile(r"LAPORAN KETERSEDIAAN DANA DETAIL\s+TA\s+(\d{4})", re.IGNORECASE)
PERIODE: Final = re.compile(rf"Periode\s+({'|'.join(BULAN)})\s+(\d{{4}})", re.IGNORECASE)
IDENTITY: Final = {"Kementerian": 3, "Unit Organisasi": 2, "Satuan Kerja": 6}
"""The labels of who it is, and the digits of each one's code."""
LEVELS_CHOSEN: Final = re.compile(
    r"Per (?:Program|Kegiatan|(?:Sub)?Output|(?:Sub)?Komponen|Akun|Item)\b", re.IGNORECASE
)
HEADING: Final = re.compile(
    rf"LAPORAN|{LEVELS_CHOSEN.pattern}|Periode|Kementerian|Unit Organisasi|Satuan Kerja|Uraian|s\.d\. Periode",
    re.IGNORECASE,
)
TOTAL: Final = "JUMLAH SELURUHNYA"

LEVEL_WORDS: Final = {
    "program": Level.PROGRAM,
    "kegiatan": Level.KEGIATAN,
    "output": Level.KRO,
    "suboutput": Level.RO,
    "komponen": Level.KOMPONEN,
    "subkomponen": Level.SUBKOMPONEN,
    "akun": Level.AKUN,
    "item": Level.ITEM,
}
"""What row 2 calls the levels that were chosen: `Per Program; Kegiatan; Output; …`."""

PERIOD_DIFFERS: Final = "R203"


@dataclass(frozen=True, slots=True)
class Head:
    """What the rows above say: who and when, and which levels were chosen (in that row; none where it does not say)."""

    identity: Identity
    levels: frozenset[Level]
    levels_row: int | None


def title_row(sheet: Sheet) -> int | None:
    """Give the row of the report's title: the first that holds anything, or none."""
    for row in range(len(sheet.rows)):
        if any(sheet.text(row, column) for column in range(len(sheet.rows[row]))):
            return row if TITLE.match(sheet.text(row, 0)) else None
    return None


def find_total(sheet: Sheet) -> int | None:
    """Give the row of JUMLAH SELURUHNYA, usually the first below the headings."""
    return next((row for row, cells in enumerate(sheet.rows) if cells and sheet.text(row, 0) == TOTAL), None)


def read_head(sheet: Sheet, rows: range, findings: list[Finding]) -> Head:
    """Read year, period, levels and unit from the rows above the first row of figures."""
    labels = {row: sheet.text(row, 0) for row in rows}
    levels_row = next((row for row, label in labels.items() if LEVELS_CHOSEN.match(label)), None)
    return Head(_identity(sheet, labels, findings), _levels(sheet, levels_row), levels_row)


def _levels(sheet: Sheet, row: int | None) -> frozenset[Level]:
    """Read the levels that were chosen; a CSV whose separator is `;` too may have them in fields of their own."""
    if row is None:
        return frozenset()
    texts = (sheet.text(row, column) for column in range(len(sheet.rows[row])))
    words = (word.strip().lower().removeprefix("per ") for text in texts for word in text.split(";"))
    return frozenset(LEVEL_WORDS[word] for word in words if word in LEVEL_WORDS)


def _identity(sheet: Sheet, labels: dict[int, str], findings: list[Finding]) -> Identity:
    """Read who it is (a code that a spreadsheet made a number gets its zeros back) and for which month."""
    who: dict[str, tuple[str, str | None]] = {}
    bulan = tahun_of_periode = tahun = None
    for row, label in labels.items():
        if title := TITLE.match(label):
            tahun = tahun or int(title[1])
        if periode := PERIODE.search(label):
            bulan, tahun_of_periode = BULAN.index(periode[1].capitalize()) + 1, int(periode[2])
            if tahun_of_periode != tahun:
                message = f"tahun anggaran {tahun} tetapi periodenya tahun {tahun_of_periode}"
                where = sheet.where(row, 0)
                findings.append(Finding(PERIOD_DIFFERS, Severity.PERINGATAN, where, message, label))
        for name, digits in IDENTITY.items():
            texts = [text for column in range(1, len(sheet.rows[row])) if (text := sheet.text(row, column))]
            if label.startswith(name) and texts:
                who[name] = (
                    texts[0].zfill(digits) if texts[0].isdigit() else texts[0],
                    texts[1] if len(texts) > 1 else "",
                )
    kementerian, unit, satker = (who.get(name, (None, None)) for name in IDENTITY)
    return Identity(
        nama_satker=satker[1],
        kode_satker=satker[0],
        bagian_anggaran=kementerian[0],
        unit_eselon_i=unit[0],
        kementerian=kementerian[1],
        tahun=tahun,
        bulan=bulan,
    )
