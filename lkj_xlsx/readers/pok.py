"""SAKTI "Form Cetak POK" (sheet `UC_ANG_6.4`): ceilings and what is planned for each month, in thousands of rupiah.

Rows from the eighth on: code in B, name in C, the months in R to AF with gaps, total in AL, blokir in AM; the satker in
the second row. Headings and a row that numbers the columns repeat on each page. A code tells its level by its length;
an item has none and gets a key of this document (item_keys.py). Names of officials are not read. It is a plan: nothing
of it is spent. Source: from documentation and from two programs that read such files (FORMATS.md section 10), no real
file.
"""

import re
from collections.abc import Mapping
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import LEVELS, ROOT, SHAPES, Level, Path, normal, place
from lkj_xlsx.model import RPD, Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers.glp039_head import title_row
from lkj_xlsx.readers.item_keys import ItemKeys
from lkj_xlsx.readers.pok_plan import check_plan
from lkj_xlsx.readers.uraian import without_base_line, without_dash
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "SAKTI Form Cetak POK (lembar UC_ANG_6.4, dalam ribuan rupiah)"

NAME: Final = re.compile(r"UC_ANG_6\.4", re.IGNORECASE)
B, C, AL, AM = 1, 2, 37, 38
MONTHS: Final = dict(zip(RPD, (17, 18, 19, 20, 21, 22, 24, 26, 27, 28, 29, 31), strict=True))
"""R, S, T, U, V, W, Y, AA, AB, AC, AD, AF: January to December."""
FIGURES: Final[Mapping[str, int]] = {"pagu": AL, "blokir": AM, **MONTHS}
FIRST_ROW, SATKER_ROW, SCALE = 7, 1, 1000
PROGRAM: Final = re.compile(rf"(?P<bagian>[0-9]{{3}})\.(?P<eselon>[0-9]{{2}})\.(?P<program>{SHAPES[Level.PROGRAM]})")
SHAPED: Final = (
    PROGRAM,
    re.compile(rf"(?P<kegiatan>{SHAPES[Level.KEGIATAN]})(?:\.(?P<kro>{SHAPES[Level.KRO]}))?", re.ASCII),
    re.compile(rf"(?P<kro>{SHAPES[Level.KRO]})\.(?P<ro>{SHAPES[Level.RO]})", re.ASCII),
    re.compile(rf"(?P<akun>{SHAPES[Level.AKUN]})", re.ASCII),
    re.compile(rf"(?P<subkomponen>{SHAPES[Level.SUBKOMPONEN]})", re.ASCII),
    re.compile(rf"(?P<komponen>{SHAPES[Level.KOMPONEN]}|[0-9]{{1,2}})", re.ASCII),
)
"""What a code looks like at each level; a komponen that a spreadsheet made a number of has lost its noughts."""
SATKER: Final = re.compile(r".*?([0-9]{6})", re.ASCII)
TOTAL: Final = re.compile(r"jumlah|total", re.IGNORECASE)
REPEATED: Final = re.compile(r">|.*pindah", re.IGNORECASE)
"""What repeats figures of other rows: a group as an RKK has them, what is carried over to the next page."""

UNKNOWN_ROW, UNKNOWN_CODE, WRONG_PARENT = "R201", "K103", "K104"


def identify(document: Document) -> bool:
    """Tell whether a sheet has a program's whole code in B, its name in C, and figures in the columns of the form.

    In all of them, or in that of the total where the sheet has the name of the form. A sheet that opens as a GLP039
    does is none, and need not be searched to its end.
    """
    return any(_is_pok(sheet) for sheet in document.sheets)


def _is_pok(sheet: Sheet) -> bool:
    needed = (AL,) if NAME.search(sheet.name) else (AL, *MONTHS.values())
    return title_row(sheet) is None and any(
        PROGRAM.fullmatch(sheet.text(row, B))
        and sheet.text(row, C)
        and all(sheet.at(row, column) is not None for column in needed)
        for row in range(FIRST_ROW, len(sheet.rows))
    )


def read(document: Document) -> Budget:
    """Read every row; amounts are given in full rupiah. Raises UnreadableFile for several such sheets."""
    sheet, *others = filter(_is_pok, document.sheets)
    if others:
        names = ", ".join(f"`{one.name}`" for one in (sheet, *others))
        message = f"{document.file}: berisi {len(others) + 1} lembar POK ({names}); simpan satu POK satu berkas"
        raise UnreadableFile(message)
    return _Reading(document, sheet).budget()


class _Reading:
    """One pass down the sheet."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings: list[Finding] = unread(document, {sheet.name})
        self.rows = [row for row in range(FIRST_ROW, len(sheet.rows)) if not self._numbers_columns(row)]
        self.figures = Figures(sheet, FIGURES, self.rows, self.findings, scale=SCALE)
        self.keys = ItemKeys()
        self.under: Path = ROOT
        self.units: set[tuple[str, str]] = set()

    def budget(self) -> Budget:
        """Read every row; what is not understood becomes a finding."""
        lines = [line for row in self.rows if (line := self._line(row))]
        leaves, others = split_leaves(lines)
        for line in leaves:
            self.figures.report_empty(line.row, "pagu")
        check_plan(self.sheet, FIGURES, lines, self.findings)
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=self._identity(),
            lines=frame_of(leaves),
            printed=frame_of(others),
            columns={"kode": B, "uraian": C, **FIGURES},
            findings=tuple(self.findings),
        )

    def _identity(self) -> Identity:
        """Read the satker from the second row: the first text that ends with six digits, its name right of it."""
        width = len(self.sheet.rows[SATKER_ROW])
        texts = [text for column in range(width) if (text := self.sheet.text(SATKER_ROW, column))]
        place_of = next((index for index, text in enumerate(texts) if SATKER.fullmatch(text)), None)
        bagian, eselon = next(iter(self.units)) if len(self.units) == 1 else (None, None)
        match = None if place_of is None else SATKER.fullmatch(texts[place_of])
        name = None if place_of is None else next(iter(texts[place_of + 1 :]), None)
        return Identity(name, match[1] if match else None, bagian, eselon)

    def _numbers_columns(self, row: int) -> bool:
        """Tell whether a row numbers the columns: a bare number stands where a name belongs."""
        return self.sheet.text(row, C).isdecimal()

    def _has_figure(self, row: int) -> bool:
        return any(
            value is not None and not (isinstance(value, str) and not any(map(str.isdigit, value)))
            for value in (self.sheet.at(row, column) for column in FIGURES.values())
        )

    def _line(self, row: int) -> Line | None:
        """Read one row: a code, a total, an item; anything without figures is a heading or stands under the table."""
        code, uraian = self.sheet.text(row, B), self.sheet.text(row, C)
        if found := self._code(row, code):
            self.under = place(found, self.under)
            name = without_base_line(uraian)
            return Line(self.under, name, self.figures.read_all(row), self.sheet.name, row)
        if not self._has_figure(row):
            return None
        if not code and REPEATED.match(uraian):
            self._report(row, UNKNOWN_ROW, Severity.INFO, "baris yang mengulang angka baris lain")
            return None
        if TOTAL.match(code or uraian):
            return Line(ROOT, code or uraian, self.figures.read_all(row), self.sheet.name, row, is_total=True)
        if not code and self.under[Level.AKUN.depth]:
            key = self.keys.key(self.under, "", uraian)
            path = place({Level.ITEM: key}, self.under)
            return Line(path, without_dash(uraian), self.figures.read_all(row), self.sheet.name, row)
        message = f"kode `{code}` tidak dikenali" if code else "baris tanpa kode"
        self._report(row, UNKNOWN_CODE if code else UNKNOWN_ROW, Severity.ERROR, message)
        return None

    def _report(self, row: int, kind: str, severity: Severity, message: str) -> None:
        """Tell of a row that is not read."""
        where, printed = self.sheet.where(row, B), self.sheet.text(row, B) or None
        self.findings.append(Finding(kind, severity, where, f"{message}; tidak ikut dijumlah", printed))

    def _code(self, row: int, text: str) -> dict[Level, str] | None:
        """Take a code apart, and tell of one that names another parent than the one it stands under."""
        match = next((match for shape in SHAPED if (match := shape.fullmatch(text))), None)
        if match is None:
            return None
        parts = match.groupdict()
        found = {level: part for level in LEVELS if (part := parts.get(level))}
        if Level.PROGRAM in found:
            self.units.add((parts["bagian"], parts["eselon"]))
        elif not self.under[Level.PROGRAM.depth]:
            return None
        if Level.KOMPONEN in found:
            found[Level.KOMPONEN] = found[Level.KOMPONEN].zfill(3)
        *parents, own = found
        for parent in parents:
            open_one = self.under[parent.depth]
            if open_one != found[parent]:
                message = f"kode `{text}` berada di bawah {parent} `{open_one or '-'}`"
                self.findings.append(Finding(WRONG_PARENT, Severity.ERROR, self.sheet.where(row, B), message, text))
        return {**found, own: normal(own, found[own])}
