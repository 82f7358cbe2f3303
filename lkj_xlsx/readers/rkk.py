"""SAKTI "Rincian Kertas Kerja Satker" (RKK): ceilings down to the akun, by sumber dana, and the items in them.

Made by JasperReports, sheet `RKK_MULTIYEAR_SATKER`, without title, headings, year or satker. Column A holds the code of
a row (`026.04.DN`, `2175`, `2175.AEC`, `2175.AEC.001`, `051`, `A`, `521211`), D its name. Under an akun stand groups
(`>`, `>>`: subtotals, never added) and items (`-`), with volume (G), price and amount. On the last page the letters of
the figures move, so the amount is the last number of a row and the sumber dana a text of a known set. Items have no
number and stay in the document: they are held against price, group and akun here, and blocked ones (`*`) make up the
blokir of their akun. Names and NIP of officials under the table are never read. Source: FORMATS.md section 9, one real
file measured.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import fault_finding
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, normal, place, spell
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers.rkk_items import DIFFERS, Items
from lkj_xlsx.rupiah import Fault, amount_of_number
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "SAKTI RKK (Rincian Kertas Kerja Satker)"

A, D, E, G, H = 0, 3, 4, 6, 7
PROGRAM: Final = re.compile(r"([0-9]{3})\.([0-9]{2})\.([A-Z]{2})", re.ASCII)
CODES: Final = (
    (Level.KEGIATAN, re.compile(r"[0-9]{4}", re.ASCII)),
    (Level.KRO, re.compile(r"[0-9]{4}\.[A-Z]{3}", re.ASCII)),
    (Level.RO, re.compile(r"[0-9]{4}\.[A-Z]{3}\.[0-9A-Z]{3}", re.ASCII)),
    (Level.AKUN, re.compile(r"[0-9]{6}", re.ASCII)),
)
KOMPONEN: Final = re.compile(r"[0-9A-Z]{1,3}", re.ASCII)
SUB: Final = re.compile(r"[0-9]?[A-Z]{1,2}", re.ASCII)
GROUP: Final = re.compile(r"\s*(>{1,2})\s*")
ITEM: Final = re.compile(r"\s*-\s*")
NOISE: Final = re.compile(r"Lokasi\s*:|\(?\s*KPPN", re.IGNORECASE)
FOOTER: Final = re.compile(r"Catatan\s*:|.+,\s*[0-9]{1,2}\s+[A-Za-z]+\s+20[0-9]{2}$|NIP", re.IGNORECASE)
BASE_LINE: Final = re.compile(r"\s*\[Base ?Line\]\s*", re.IGNORECASE)
SUMBER_DANA: Final = frozenset({"RM", "RMP", "PNP", "PNBP", "PLN", "PDN", "BLU", "HLN", "HDN", "HLD", "SBSN"})
BLOCKED: Final = "*"
KOMPONEN_MARKS: Final = frozenset({"U", "P"})
MARK_NUMBER: Final = 2
"""A mark that some items carry as a number, right of their amount; the legend does not say what it means."""

UNKNOWN_ROW, UNKNOWN_CODE, UNKNOWN_MARK, STRAY_NUMBER = "R201", "K103", "R207", "R202"


def identify(document: Document) -> bool:
    """Tell whether a sheet opens, in column A, with a program's whole code and its amount."""
    return any(_is_rkk(sheet) for sheet in document.sheets)


def _is_rkk(sheet: Sheet) -> bool:
    top = next((row for row in range(len(sheet.rows)) if any(cell is not None for cell in sheet.rows[row])), None)
    return top is not None and PROGRAM.fullmatch(sheet.text(top, A)) is not None and bool(sheet.text(top, D))


def read(document: Document) -> Budget:
    """Read every row; an akun of each sumber dana is a leaf. Raises UnreadableFile for several such sheets."""
    sheet, *others = filter(_is_rkk, document.sheets)
    if others:
        message = f"{document.file}: berisi {len(others) + 1} lembar RKK; simpan satu RKK satu berkas"
        raise UnreadableFile(message)
    return _Reading(document, sheet).budget()


class _Reading:
    """One pass down the sheet."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings: list[Finding] = unread(document, {sheet.name})
        self.under: Path = ROOT
        self.unit: set[tuple[str, str]] = set()
        self.cells: dict[tuple[str, int, str], Where] = {}
        self.lines: list[Line] = []
        self.items: Items | None = None
        self.is_over = False

    def budget(self) -> Budget:
        """Read every row; what is not understood becomes a finding."""
        for row in range(len(self.sheet.rows)):
            if self.sheet.rows[row]:
                self._row(row)
        self._close_items()
        leaves, others = split_leaves(self.lines)
        for line in leaves:
            if line.amounts["pagu"] is None and self._amount_cell(line.row, 1) is None:
                self.findings.append(fault_finding(self.sheet, Fault.EMPTY, line.row, H + 2))
        unit = next(iter(self.unit)) if len(self.unit) == 1 else (None, None)
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=Identity(bagian_anggaran=unit[0], unit_eselon_i=unit[1]),
            lines=frame_of(leaves),
            printed=frame_of(others),
            columns={"kode": A, "uraian": D, "pagu": H + 2},
            cells=self.cells,
            findings=tuple(self.findings),
        )

    def _row(self, row: int) -> None:
        """Read one row: a code, a group, an item, or what stands around them."""
        code, name = self.sheet.text(row, A), str(self.sheet.at(row, D) or "")
        if self.items and not code and (group := GROUP.fullmatch(name)):
            self.items.open_group(row, len(group[1]), self._amount(row, 1))
        elif self.items and not code and ITEM.fullmatch(name):
            self._item(row)
        elif found := self._code(code):
            self._close_items()
            self._line(row, found)
        elif not self._is_around(row, name):
            has_figures = self._amount_cell(row, 1) is not None
            severity = Severity.ERROR if has_figures or code else Severity.PERINGATAN
            message = "kode tidak dikenali" if code else "baris tanpa kode"
            where = self.sheet.where(row, A)
            kind = UNKNOWN_CODE if code else UNKNOWN_ROW
            self.findings.append(Finding(kind, severity, where, f"{message}; tidak ikut dijumlah", code or None))

    def _is_around(self, row: int, name: str) -> bool:
        """Tell whether a row is a note, or stands below the table: officials' names are looked at no further."""
        texts = [text for column in range(len(self.sheet.rows[row])) if (text := self.sheet.text(row, column))]
        self.is_over = self.is_over or any(FOOTER.match(text) for text in texts)
        return (
            self.is_over or not texts or (NOISE.match(name.strip()) is not None and self._amount_cell(row, 1) is None)
        )

    def _code(self, text: str) -> dict[Level, str] | None:
        """Take the code of a row apart; a short one by where it stands."""
        if program := PROGRAM.fullmatch(text):
            self.unit.add((program[1], program[2]))
            return {Level.PROGRAM: program[3]}
        for level, shape in CODES:
            if shape.fullmatch(text):
                return {level: text.rpartition(".")[2]}
        if not text or not self.under[Level.KEGIATAN.depth]:
            return None
        is_sub = SUB.fullmatch(text) and self.under[Level.KOMPONEN.depth]
        if is_sub and not (text[0].isdigit() and len(text) > len("0A")):
            return {Level.SUBKOMPONEN: normal(Level.SUBKOMPONEN, text)}
        return {Level.KOMPONEN: text.zfill(3)} if KOMPONEN.fullmatch(text) else None

    def _line(self, row: int, found: dict[Level, str]) -> None:
        self.under = place(found, self.under)
        name = BASE_LINE.sub(" ", self.sheet.text(row, D)).strip()
        pagu = self._amount(row, 1)
        source, is_blocked = self._marks(row, 1)
        is_akun = Level.AKUN in found
        blokir = (pagu if is_blocked else 0) if is_akun else None
        amounts = {"pagu": pagu, "blokir": blokir}
        self.lines.append(Line(self.under, name, amounts, self.sheet.name, row, sumber_dana=source if is_akun else ""))
        if is_akun:
            self.items = Items(row, pagu, is_blocked=is_blocked)

    def _item(self, row: int) -> None:
        """Take an item: its amount, and whether volume times price make it."""
        amount = self._amount(row, 2)
        _, is_blocked = self._marks(row, 2)
        if self.items:
            self.items.add(row, amount, is_blocked=is_blocked)
        volume = re.match(r"([0-9]+(?:\.[0-9]+)?)\s", self.sheet.text(row, G) + " ", re.ASCII)
        numbers = self._numbers(row, 2)
        if amount is None or volume is None or len(numbers) < 2:  # noqa: PLR2004 - price and amount
            return
        price = Fraction(numbers[-2][1])
        if Fraction(volume[1]) * price != amount:
            message = f"volume {volume[1]} x harga {numbers[-2][1]} bukan jumlahnya"
            self._differs(row, numbers[-1][0], message, amount, (self.sheet.where(row, numbers[-2][0]),))

    def _close_items(self) -> None:
        """Hold the items of the akun that ends here against its amount and its groups."""
        if self.items is None:
            return
        for row, message, printed, because in self.items.faults():
            cell = self._amount_cell(row, 1)
            places = tuple(self.sheet.where(one, self._amount_cell(one, 2)) for one in because)
            self._differs(row, cell if cell is not None else D, message, printed, places)
        blokir = self.items.blokir()
        line = self.lines[-1]
        self.lines[-1] = Line(
            line.path,
            line.uraian,
            {**line.amounts, "blokir": blokir},
            line.sheet,
            line.row,
            sumber_dana=line.sumber_dana,
        )
        self.items = None

    def _differs(self, row: int, column: int, message: str, printed: int, because: tuple[Where, ...]) -> None:
        where = self.sheet.where(row, column)
        self.findings.append(Finding(DIFFERS, Severity.PERINGATAN, where, message, printed, because=because))

    def _numbers(self, row: int, expected: int) -> list[tuple[int, int | Decimal | float]]:
        """Give the numbers right of the volume, a mark that is a number left out: columns and values."""
        found = [
            (column, value)
            for column, value in enumerate(self.sheet.rows[row])
            if column >= H and isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        ]
        return found[:-1] if len(found) == expected + 1 and found[-1][1] == MARK_NUMBER else found

    def _amount_cell(self, row: int, expected: int) -> int | None:
        numbers = self._numbers(row, expected)
        return numbers[-1][0] if numbers else None

    def _amount(self, row: int, expected: int) -> int | None:
        """Read the last number of a row; a fault becomes a finding, a number too many too."""
        numbers = self._numbers(row, expected)
        if not numbers:
            self._report_unread(row)
            return None
        column, value = numbers[-1]
        self.cells[self.sheet.name, row, "pagu"] = self.sheet.where(row, column)
        if len(numbers) > expected:
            where = self.sheet.where(row, numbers[-2][0])
            self.findings.append(
                Finding(STRAY_NUMBER, Severity.PERINGATAN, where, "angka lebih di baris ini; tidak dibaca")
            )
        amount = amount_of_number(value)
        if isinstance(amount, Fault):
            self.findings.append(fault_finding(self.sheet, amount, row, column))
            return None
        return amount

    def _report_unread(self, row: int) -> None:
        """Report a cell that stands where the amount belongs and is none."""
        for column in range(H, len(self.sheet.rows[row])):
            if isinstance(fault := self.sheet.value(row, column), Fault):
                self.findings.append(fault_finding(self.sheet, fault, row, column))

    def _marks(self, row: int, expected: int) -> tuple[str, bool]:
        """Read what stands right of the amount: the sumber dana, and whether it is blocked."""
        start = self._amount_cell(row, expected)
        source, is_blocked = "", False
        for column in range((H if start is None else start) + 1, len(self.sheet.rows[row])):
            text = self.sheet.text(row, column)
            if text in SUMBER_DANA:
                source = text
            elif text == BLOCKED:
                is_blocked = True
            elif text and text not in KOMPONEN_MARKS:
                message = (
                    f"tanda `{text[:20]}` di {spell(self.under)} tidak dikenal; angkanya dihitung seperti tercetak"
                )
                self.findings.append(
                    Finding(UNKNOWN_MARK, Severity.INFO, self.sheet.where(row, column), message, text[:20])
                )
        return source, is_blocked
