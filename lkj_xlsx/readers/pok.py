"""SAKTI "Form Cetak POK", sheet `UC_ANG_6.4`: ceilings and planned spending by month, in thousands of rupiah.

Rows from the eighth on: code in B, name in C, months in R to AF with gaps, total in AL, blokir in AM; the satker in
the second row; headings repeat on each page. The length of a code tells its level. It is a plan: nothing of it is
spent. Source: two programs that read such files (FORMATS.md section 10), from documentation, no real file.
"""

import re
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Level, Path, normal, place
from lkj_xlsx.model import RPD, Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "SAKTI Form Cetak POK (lembar UC_ANG_6.4)"

SHEET: Final = re.compile(r"UC_ANG_6\.4", re.IGNORECASE)
B, C, F, AL, AM = 1, 2, 5, 37, 38
MONTHS: Final = (17, 18, 19, 20, 21, 22, 24, 26, 27, 28, 29, 31)
"""R, S, T, U, V, W, Y, AA, AB, AC, AD, AF: January to December."""
FIRST_ROW, SATKER_ROW, SCALE = 7, 1, 1_000
CODES: Final = (
    (Level.PROGRAM, re.compile(r"[0-9]{3}\.[0-9]{2}\.([A-Z]{2})", re.ASCII)),
    (Level.KEGIATAN, re.compile(r"([0-9]{4})", re.ASCII)),
    (Level.KRO, re.compile(r"[0-9]{4}\.([A-Z]{3})", re.ASCII)),
    (Level.RO, re.compile(r"[A-Z]{3}\.([0-9A-Z]{3})", re.ASCII)),
    (Level.AKUN, re.compile(r"([0-9]{6})", re.ASCII)),
    (Level.KOMPONEN, re.compile(r"([0-9A-Z]{3})", re.ASCII)),
    (Level.SUBKOMPONEN, re.compile(r"([0-9]?[A-Z]|[A-Z]{2})", re.ASCII)),
)
TOTAL: Final = re.compile(r"jumlah|total", re.IGNORECASE)

UNKNOWN_ROW, DIFFERS = "R201", "R206"


def identify(document: Document) -> bool:
    """Tell whether a sheet is called UC_ANG_6.4 and has a code of a budget in column B."""
    return any(_is_pok(sheet) for sheet in document.sheets)


def _is_pok(sheet: Sheet) -> bool:
    return SHEET.search(sheet.name) is not None and any(
        CODES[0][1].fullmatch(sheet.text(row, B)) for row in range(FIRST_ROW, len(sheet.rows))
    )


def read(document: Document) -> Budget:
    """Read every row, amounts in full rupiah. Raises UnreadableFile for several such sheets."""
    sheet, *others = filter(_is_pok, document.sheets)
    if others:
        message = f"{document.file}: berisi {len(others) + 1} lembar POK; simpan satu POK satu berkas"
        raise UnreadableFile(message)
    return _Reading(document, sheet).budget()


class _Reading:
    """One pass down the sheet."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings: list[Finding] = unread(document, {sheet.name})
        self.rows = [row for row in range(FIRST_ROW, len(sheet.rows)) if any(sheet.rows[row])]
        columns = {"pagu": AL, "blokir": AM, **dict(zip(RPD, MONTHS, strict=True))}
        self.figures = Figures(sheet, columns, self.rows, self.findings, scale=SCALE)
        self.under: Path = ROOT
        self.bare: list[int] = []

    def budget(self) -> Budget:
        """Read every row; what is not understood becomes a finding."""
        lines = [line for row in self.rows if (line := self._line(row))]
        leaves, others = split_leaves(lines)
        for line in leaves:
            self.figures.report_empty(line.row, "pagu")
            self._hold_months(line)
        if self.bare:
            where, *because = (self.sheet.where(row, AL) for row in self.bare)
            message = f"{len(self.bare)} baris berangka tanpa kode (rincian di bawah akun); tidak ikut dijumlah"
            self.findings.append(Finding(UNKNOWN_ROW, Severity.INFO, where, message, because=tuple(because)))
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=self._identity(),
            lines=frame_of(leaves),
            printed=frame_of(others),
            columns={"kode": B, "uraian": C, **self.figures.columns},
            findings=tuple(self.findings),
        )

    def _identity(self) -> Identity:
        satker = re.search(r"([0-9]{6})\s*$", self.sheet.text(SATKER_ROW, F), re.ASCII)
        program = next((text for row in self.rows if CODES[0][1].fullmatch(text := self.sheet.text(row, B))), "")
        unit = program.split(".")
        return Identity(kode_satker=satker[1] if satker else None, bagian_anggaran=unit[0], unit_eselon_i=unit[1])

    def _line(self, row: int) -> Line | None:
        """Read one row: a code, a total, a repeated heading, or a detail that is told of and not added."""
        code, uraian = self.sheet.text(row, B), self.sheet.text(row, C)
        level, match = next(((one, m) for one, shape in CODES if (m := shape.fullmatch(code))), (None, None))
        if level and match:
            self.under = place({level: normal(level, match[1])}, self.under)
            return Line(self.under, uraian, self.figures.read_all(row), self.sheet.name, row)
        if TOTAL.match(code or uraian):
            return Line(ROOT, code or uraian, self.figures.read_all(row), self.sheet.name, row, is_total=True)
        has_figure = not isinstance(value := self.sheet.at(row, AL), str) and value is not None
        if has_figure and self.under[Level.AKUN.depth] and not code:
            self.bare.append(row)
        elif has_figure or (code and any(character.isdigit() for character in code)):
            message = f"kode `{code}` tidak dikenali; tidak ikut dijumlah"
            self.findings.append(Finding(UNKNOWN_ROW, Severity.ERROR, self.sheet.where(row, B), message, code or None))
        return None

    def _hold_months(self, line: Line) -> None:
        """Report a leaf whose months are not its ceiling."""
        months = [line.amounts[name] for name in RPD]
        planned, pagu = [month for month in months if month is not None], line.amounts["pagu"]
        if pagu is not None and planned and sum(planned) != pagu:
            message = f"jumlah rencana 12 bulan {sum(planned):,} berbeda dari pagu {pagu:,}".replace(",", ".")
            because = tuple(self.sheet.where(line.row, column) for column in MONTHS)
            where = self.sheet.where(line.row, AL)
            self.findings.append(Finding(DIFFERS, Severity.PERINGATAN, where, message, pagu, because=because))
