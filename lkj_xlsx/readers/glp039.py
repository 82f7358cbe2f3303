"""SAKTI "Laporan Ketersediaan Dana Detail" (GLP039, "FA Detail 16 segmen"), as SAKTI writes it or re-saved.

Made by JasperReports from SAKTI's module GLP. Row 1 title with the year, 2 the depth chosen, 3 the period,
4-6 identity, 7-8 headings, 9 JUMLAH SELURUHNYA, then one row a code, each level in its own code column and its
name somewhere to the right. Amount letters move with the depth and differ from the headings', so they are
learnt from the rows. Source: two real exports and FORMATS.md section 1 (nine real files measured).
"""

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures, read_persen
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, fits, level_of, normal, place
from lkj_xlsx.model import AMOUNTS, BULAN, FIGURES, PERSEN, SISA, Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "SAKTI GLP039 (Laporan Ketersediaan Dana Detail)"

TITLE: Final = re.compile(r"LAPORAN KETERSEDIAAN DANA DETAIL\s+TA\s+(\d{4})", re.IGNORECASE)
PERIODE: Final = re.compile(rf"Periode\s+({'|'.join(BULAN)})\s+(\d{{4}})", re.IGNORECASE)
IDENTITY: Final = ("Kementerian", "Unit Organisasi", "Satuan Kerja")
HEADING: Final = re.compile(
    r"LAPORAN|Per Program|Periode|Kementerian|Unit Organisasi|Satuan Kerja|Uraian|s\.d\. Periode", re.IGNORECASE
)
TOTAL: Final = "JUMLAH SELURUHNYA"

B, C, E, F, H = 1, 2, 4, 5, 7
"""The code columns, the same at every depth seen."""
CODE_COLUMNS: Final = {
    B: (Level.PROGRAM, Level.KEGIATAN),
    C: (Level.KRO, Level.RO),
    E: (Level.KOMPONEN,),
    F: (Level.SUBKOMPONEN,),
    H: (Level.AKUN,),
}
PARENT_IN_CODE: Final = {Level.KEGIATAN: Level.PROGRAM, Level.RO: Level.KRO, Level.SUBKOMPONEN: Level.KOMPONEN}
"""Levels whose printed code repeats their parent's: `CQ.6709`, `QGE.001`, `051.0A`."""

ITEM: Final = re.compile(r"(\d{6})\. ?(.*)", re.ASCII | re.DOTALL)
TRANSACTION: Final = re.compile(r"\d{2}-\d{2}-\d{4}", re.ASCII)
SEVEN: Final = (*AMOUNTS, PERSEN, SISA)
"""The seven numbers of a row, in order."""

UNKNOWN_ROW, STRAY_NUMBER, PERIOD_DIFFERS, NO_TOTAL = "R201", "R202", "R203", "R204"
UNKNOWN_CODE, WRONG_PARENT = "K103", "K104"


def identify(document: Document) -> bool:
    """Tell whether any sheet opens with the report's title."""
    return bool(_sheets(document))


def _sheets(document: Document) -> list[Sheet]:
    return [sheet for sheet in document.sheets if TITLE.match(sheet.text(0, 0))]


def read(document: Document) -> Budget:
    """Read an export of any depth; akun rows are the leaves, items and totals are kept as printed."""
    sheets = _sheets(document)
    if len(sheets) > 1:
        names = ", ".join(f"`{sheet.name}`" for sheet in sheets)
        message = f"{document.file}: berisi {len(sheets)} laporan GLP039 ({names}); simpan satu laporan satu berkas"
        raise UnreadableFile(message)
    return _Reading(document, sheets[0]).budget()


class _Reading:
    """One pass down the sheet."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.document, self.sheet = document, sheet
        self.findings: list[Finding] = []
        self.total_row = next((row for row in range(len(sheet.rows)) if sheet.text(row, 0) == TOTAL), None)
        self.first_row = self._first_row()
        self.columns = self._learn_columns()
        self.amounts = {name: self.columns[name] for name in (*AMOUNTS, SISA)}
        self.figures = Figures(sheet, self.amounts, range(self.first_row, len(sheet.rows)), self.findings)

    def budget(self) -> Budget:
        """Read every row; what is not understood becomes a finding."""
        self.findings.extend(unread(self.document, {self.sheet.name}))
        identity = self._identity()
        total, cells = self._total()
        leaves, others = split_leaves(self._lines())
        for line in leaves:
            for name in AMOUNTS:
                self.figures.report_empty(line.row, name)
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=identity,
            lines=frame_of(leaves),
            printed=frame_of([*total, *others]),
            columns=self.columns,
            cells=cells,
            findings=tuple(self.findings),
        )

    def _first_row(self) -> int:
        """Give the first row under the total, or under the headings where there is no total."""
        if self.total_row is not None:
            return self.total_row + 1
        self._report(NO_TOTAL, Severity.PERINGATAN, 0, 0, f"baris {TOTAL} tidak ada; jumlahnya tidak dapat diuji")
        headings = [row for row in range(len(self.sheet.rows)) if HEADING.match(self.sheet.text(row, 0))]
        return headings[-1] + 1

    def _numeric_columns(self, row: int) -> tuple[int, ...]:
        cells = enumerate(self.sheet.rows[row])
        return tuple(
            column for column, value in cells if isinstance(value, int | float) and not isinstance(value, bool)
        )

    def _learn_columns(self) -> dict[str, int]:
        """Learn the seven amount columns: those of most rows that have exactly seven numbers."""
        rows = range(self.first_row, len(self.sheet.rows))
        seen = Counter(columns for row in rows if len(columns := self._numeric_columns(row)) == len(SEVEN))
        if not seen:
            message = (
                f"{self.sheet.file}!{self.sheet.name}: tidak ada baris dengan tujuh angka (pagu, lock, lalu, ini,"
                " s.d., %, sisa); unduh lagi laporan FA Detail dari SAKTI"
            )
            raise UnreadableFile(message)
        return dict(zip(SEVEN, seen.most_common(1)[0][0], strict=True))

    def _identity(self) -> Identity:
        """Read year, period and unit from the rows above the total."""
        found: dict[str, tuple[str, str]] = {}
        bulan = tahun_of_periode = None
        for row in range(self.first_row):
            texts = [text for column in range(1, len(self.sheet.rows[row])) if (text := self.sheet.text(row, column))]
            label = self.sheet.text(row, 0)
            if periode := PERIODE.search(label):
                bulan, tahun_of_periode = BULAN.index(periode[1].capitalize()) + 1, int(periode[2])
            for name in IDENTITY:
                if label.startswith(name) and texts:
                    found[name] = (texts[0], texts[1] if len(texts) > 1 else "")
        title = TITLE.match(self.sheet.text(0, 0))
        tahun = int(title[1]) if title else tahun_of_periode
        if tahun_of_periode not in (None, tahun):
            message = f"tahun anggaran {tahun} tetapi periodenya tahun {tahun_of_periode}"
            self._report(PERIOD_DIFFERS, Severity.PERINGATAN, 2, 0, message)
        kementerian, unit, satker = (found.get(name, (None, None)) for name in IDENTITY)
        return Identity(
            nama_satker=satker[1],
            kode_satker=satker[0],
            bagian_anggaran=kementerian[0],
            unit_eselon_i=unit[0],
            kementerian=kementerian[1],
            tahun=tahun,
            bulan=bulan,
        )

    def _total(self) -> tuple[list[Line], dict[tuple[str, int, str], Where]]:
        """Read JUMLAH SELURUHNYA by order: its letters are not those of the rows below it."""
        row = self.total_row
        if row is None:
            return [], {}
        columns = self._numeric_columns(row)
        if len(columns) != len(SEVEN):
            message = f"{TOTAL} punya {len(columns)} angka, bukan tujuh; tidak dapat diuji"
            self._report(NO_TOTAL, Severity.ERROR, row, 0, message)
            return [], {}
        by_name = dict(zip(SEVEN, columns, strict=True))
        figures = Figures(
            self.sheet, {name: by_name[name] for name in (*AMOUNTS, SISA)}, range(row, row + 1), self.findings
        )
        cells = {(self.sheet.name, row, name): self.sheet.where(row, by_name[name]) for name in FIGURES}
        persen = read_persen(self.sheet, row, by_name[PERSEN], self.findings)
        total = Line(ROOT, TOTAL, figures.read_all(row), self.sheet.name, row, is_total=True, persen=persen)
        return [total], cells

    def _lines(self) -> list[Line]:
        """Read the rows under the total; a row split by a page break is merged into the one it continues."""
        lines: list[Line] = []
        under = ROOT
        is_after_footer = False
        for row in range(self.first_row, len(self.sheet.rows)):
            texts = self._texts(row)
            numbers = self._numeric_columns(row)
            if texts and texts[0][1].lstrip().startswith("*"):
                is_after_footer = True
                continue
            if not (texts or numbers) or self._is_furniture(texts, numbers):
                continue
            line = self._line(row, texts, under)
            if line and is_after_footer and lines and _continues(line, lines[-1]):
                lines[-1] = replace(lines[-1], uraian=lines[-1].uraian + line.uraian)
            elif line and line.path != ROOT:
                lines.append(line)
                under = line.path
            else:
                severity = Severity.ERROR if numbers else Severity.PERINGATAN
                self._report(
                    UNKNOWN_ROW,
                    severity,
                    row,
                    (texts or [(numbers[0], "")])[0][0],
                    "baris tanpa kode; tidak ikut dijumlah",
                )
            is_after_footer = False
            for column in set(numbers) - set(self.columns.values()):
                self._report(
                    STRAY_NUMBER, Severity.ERROR, row, column, "angka di luar kolom angka; tidak ikut dijumlah"
                )
        return [replace(line, uraian=line.uraian.strip()) for line in lines]

    def _texts(self, row: int) -> list[tuple[int, str]]:
        """Give the texts of a row that stand outside the amount columns, as they are, with their columns."""
        amounts = set(self.columns.values())
        return [
            (column, value)
            for column, value in enumerate(self.sheet.rows[row])
            if isinstance(value, str) and value.strip() and column not in amounts
        ]

    def _is_furniture(self, texts: list[tuple[int, str]], numbers: tuple[int, ...]) -> bool:
        """Tell whether a row is a repeated heading or total, or one transaction of an item (a date in B).

        The words of a heading may open a name too (`Laporan …`), so away from column A a row of figures is none.
        """
        column, text = texts[0] if texts else (0, "")
        if column == B:
            return TRANSACTION.fullmatch(text.strip()) is not None
        is_heading = HEADING.match(text.strip()) is not None or text.strip() == TOTAL
        return is_heading and (column == 0 or (column not in CODE_COLUMNS and not numbers))

    def _line(self, row: int, texts: list[tuple[int, str]], under: Path) -> Line | None:
        """Read one row: the first text is a code when it stands in a code column, else an item's name."""
        column, text = texts[0] if texts else (0, "")
        amounts = self.figures.read_all(row)
        persen = read_persen(self.sheet, row, self.columns[PERSEN], self.findings)
        if column in CODE_COLUMNS:
            found = self._code(row, column, text, under)
            is_code = all(fits(level, code) for level, code in found.items())
            if not is_code and not any(amounts.values()):
                return None
            if not is_code:
                self._report(UNKNOWN_CODE, Severity.ERROR, row, column, f"kode `{text}` tidak dikenali pada kolom ini")
            name = texts[1][1] if len(texts) > 1 else ""
            return Line(place(found, under), name, amounts, self.sheet.name, row, persen=persen)
        item = ITEM.fullmatch(text.lstrip())
        path = place({Level.ITEM: item[1]}, under) if item else ROOT
        return Line(path, item[2] if item else text, amounts, self.sheet.name, row, persen=persen)

    def _code(self, row: int, column: int, text: str, under: Path) -> dict[Level, str]:
        """Take a code apart by its column and shape (komponen `ZZ1` looks like a KRO)."""
        *before, own = (part.strip() for part in text.split(".", 1))
        level = CODE_COLUMNS[column][-1 if before else 0]
        parent = PARENT_IN_CODE.get(level)
        if before and parent and under[parent.depth] != before[0]:
            message = f"kode `{text.strip()}` berada di bawah {parent} `{under[parent.depth] or '-'}`"
            self._report(WRONG_PARENT, Severity.ERROR, row, column, message)
        own = normal(level, own)
        return {parent: before[0], level: own} if before and parent else {level: own}

    def _report(self, code: str, severity: Severity, row: int, column: int, message: str) -> None:
        printed = self.sheet.text(row, column) or None
        self.findings.append(Finding(code, severity, self.sheet.where(row, column), message, printed))


def _continues(line: Line, last: Line) -> bool:
    """Tell whether the first row after a footer is the rest of the row before it (FORMATS.md 1.8).

    SAKTI writes a record whose name crosses a page twice, numbers repeated: same code again, or an item
    without its number, with the same pagu. What it repeats must be equal; its numbers count once.
    """
    is_same = line.path == last.path or (line.path == ROOT and level_of(last.path) is Level.ITEM)
    repeated = {name: amount for name, amount in line.amounts.items() if amount is not None}
    return is_same and "pagu" in repeated and all(last.amounts[name] == amount for name, amount in repeated.items())
