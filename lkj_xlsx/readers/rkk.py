"""SAKTI "Rincian Kertas Kerja Satker" (RKK, "POK"): ceilings down to the akun by sumber dana, and the items in them.

Made by JasperReports, sheet `RKK_MULTIYEAR_SATKER`, without title, headings, year or satker. Column A holds the code of
a row (`026.04.DN`, `2175`, `2175.AEC`, `2175.AEC.001`, `051`, `A`, `521211`), D its name. Under an akun stand items
(`-`) in groups (`>`, `>>`), which repeat the sum of their items and are never added. Blocked items are marked. Items
have no number in SAKTI and get a key of this document (item_keys.py). Of what stands under the table nothing is read:
the date is that of the print, names and NIP are nobody's business. Source: FORMATS.md section 9, one real file.
"""

import re
from dataclasses import replace
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import fault_finding
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import LEVELS, ROOT, Level, Path, fits, normal, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers.item_keys import ItemKeys
from lkj_xlsx.readers.rkk_items import Item, Items
from lkj_xlsx.readers.rkk_marks import Marks
from lkj_xlsx.readers.rkk_row import Beside, Figures, is_product, volume_of
from lkj_xlsx.readers.uraian import without_base_line
from lkj_xlsx.rupiah import Fault, spell_difference
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "SAKTI RKK (Rincian Kertas Kerja Satker, lembar RKK_MULTIYEAR_SATKER)"

A, D, E, G, J = 0, 3, 4, 6, 9
PROGRAM: Final = re.compile(r"([0-9]{3})\.([0-9]{2})\.([A-Z]{2})", re.ASCII)
WHOLE: Final = re.compile(r"(?P<kegiatan>[0-9]{4})(?:\.(?P<kro>[A-Z]{3})(?:\.(?P<ro>[0-9A-Z]{3}))?)?", re.ASCII)
AKUN: Final = re.compile(r"[0-9]{6}", re.ASCII)
SHORT: Final = re.compile(r"[0-9A-Z]{1,3}", re.ASCII)
"""A komponen or a subkomponen: only komponen are marked U or P, and have a digit."""
SIGN: Final = re.compile(r"-|>+")
NOISE: Final = re.compile(r"Lokasi\s*:|\(?\s*KPPN", re.IGNORECASE)
END: Final = re.compile(r"Catatan\s*:|.+,\s*[0-9]{1,2}\s+[A-Z]+\s+20[0-9]{2}$", re.IGNORECASE)
"""What opens the lines under the table: the legend, a town with a date."""

UNKNOWN_ROW, STRAY_NUMBER, DIFFERS, UNKNOWN_CODE, WRONG_PARENT = "R201", "R202", "R206", "K103", "K104"


def identify(document: Document) -> bool:
    """Tell whether column A of a sheet opens with a program's whole code, its name in D and nothing beside it to G."""
    return any(_is_rkk(sheet) for sheet in document.sheets)


def _is_rkk(sheet: Sheet) -> bool:
    top = next((row for row in range(len(sheet.rows)) if sheet.text(row, A)), None)
    if top is None or not PROGRAM.fullmatch(sheet.text(top, A)):
        return False
    return bool(sheet.text(top, D)) and not any(sheet.text(top, column) for column in (1, 2, E, E + 1, G))


def read(document: Document) -> Budget:
    """Read every row; an akun of each sumber dana is a leaf. Raises UnreadableFile for several such sheets."""
    sheet, *others = filter(_is_rkk, document.sheets)
    if others:
        names = ", ".join(f"`{one.name}`" for one in (sheet, *others))
        message = f"{document.file}: berisi {len(others) + 1} lembar RKK ({names}); simpan satu RKK satu berkas"
        raise UnreadableFile(message)
    return _Reading(document, sheet).budget()


class _Reading:
    """One pass down the sheet."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings: list[Finding] = unread(document, {sheet.name})
        self.figures = Figures(sheet, self.findings)
        self.marks = Marks(sheet, self.findings)
        self.keys = ItemKeys()
        self.under: Path = ROOT
        self.units: set[tuple[str, str]] = set()
        self.cells: dict[tuple[str, int, str], Where] = {}
        self.lines: list[Line] = []
        self.items: Items | None = None
        self.akun = 0
        self.is_over = False

    def budget(self) -> Budget:
        """Read every row; what is not understood becomes a finding."""
        for row in range(len(self.sheet.rows)):
            self._row(row)
        self._close_akun()
        self.marks.report()
        leaves, others = split_leaves(self.lines)
        for line in leaves:
            self._report_empty(line)
        bagian, eselon = next(iter(self.units)) if len(self.units) == 1 else (None, None)
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=Identity(bagian_anggaran=bagian, unit_eselon_i=eselon),
            lines=frame_of(leaves),
            printed=frame_of(others),
            columns={"kode": A, "uraian": D, "pagu": J},
            cells=self.cells,
            findings=tuple(self.findings),
        )

    def _row(self, row: int) -> None:
        """Read one row: a code, a group, an item, or what stands around them."""
        code, name = self.sheet.text(row, A), self.sheet.text(row, D)
        if self.items and not code and SIGN.fullmatch(name):
            (self._item if name == "-" else self._group)(row, self.items)
            return
        beside = self.figures.beside(row)
        if found := self._code(code, is_komponen=self.marks.is_komponen(beside)):
            self._close_akun()
            self._line(row, found, beside)
        elif not self._is_around(row, name):
            self._report_row(row, code)

    def _is_around(self, row: int, name: str) -> bool:
        """Tell whether a row without figures is blank, a note, or stands under the table."""
        texts = {column: self.sheet.text(row, column) for column in range(len(self.sheet.rows[row]))}
        self.is_over = self.is_over or any(END.match(text) for column, text in texts.items() if column not in (D, E))
        is_note = not any(texts.values()) or NOISE.match(name) is not None
        return not self.figures.has_amount(row) and (self.is_over or is_note)

    def _report_row(self, row: int, code: str) -> None:
        """Tell of a row that is not read; only what may be a code is quoted, never a name under the table."""
        quoted = code if not self.is_over and re.fullmatch(r"[0-9A-Z.]{1,20}", code) else ""
        message = f"kode `{quoted}` tidak dikenali" if quoted else "baris tanpa kode"
        has_amount = self.figures.has_amount(row)
        severity = Severity.ERROR if has_amount or quoted else Severity.PERINGATAN
        where = self.sheet.where(row, A)
        kind = UNKNOWN_CODE if quoted else UNKNOWN_ROW
        self.findings.append(Finding(kind, severity, where, f"{message}; tidak ikut dijumlah", quoted or None))

    def _code(self, text: str, *, is_komponen: bool) -> dict[Level, str] | None:
        """Take the code of a row apart; a short one by its mark and by where it stands."""
        if program := PROGRAM.fullmatch(text):
            self.units.add((program[1], program[2]))
            return {Level.PROGRAM: program[3]}
        if not self.under[Level.PROGRAM.depth]:
            return None
        if whole := WHOLE.fullmatch(text):
            return {level: code for level in LEVELS if (code := whole.groupdict().get(level))}
        if AKUN.fullmatch(text):
            return {Level.AKUN: text}
        has_kegiatan, has_komponen = (bool(self.under[level.depth]) for level in (Level.KEGIATAN, Level.KOMPONEN))
        is_short = has_kegiatan and SHORT.fullmatch(text)
        if is_short and has_komponen and not is_komponen and (text.isalpha() or fits(Level.SUBKOMPONEN, text)):
            return {Level.SUBKOMPONEN: normal(Level.SUBKOMPONEN, text)}
        return {Level.KOMPONEN: text.zfill(3)} if is_short else None

    def _line(self, row: int, found: dict[Level, str], beside: Beside) -> None:
        """Take a row with a code: its place, its name, its amount."""
        self._report_code(row, found)
        self.under = place(found, self.under)
        name = without_base_line(self.sheet.text(row, D))
        pagu = self._amount(row, beside, name="pagu")
        amounts: dict[str, int | None] = {"pagu": pagu}
        line = Line(self.under, name, amounts, self.sheet.name, row)
        if Level.AKUN not in found:
            self.marks.of_parent(row, beside, is_komponen=Level.KOMPONEN in found)
            self.lines.append(line)
            return
        source, is_blocked = self.marks.of_akun(row, beside)
        self.items, self.akun = Items(row, pagu, is_blocked), len(self.lines)
        self.lines.append(replace(line, sumber_dana=source))

    def _report_code(self, row: int, found: dict[Level, str]) -> None:
        """Tell of a code of an unknown shape, and of one that names another parent than the one it stands under."""
        text = self.sheet.text(row, A)
        if not all(fits(level, code) for level, code in found.items()):
            level = next(reversed(found))
            message = f"kode `{text}` bukan bentuk {level} yang dikenal; dibaca sebagai {level}"
            self.findings.append(Finding(UNKNOWN_CODE, Severity.ERROR, self.sheet.where(row, A), message, text))
        *parents, _ = found
        for parent in parents:
            open_one = self.under[parent.depth]
            if open_one != found[parent]:
                message = f"kode `{text}` berada di bawah {parent} `{open_one or '-'}`"
                self.findings.append(Finding(WRONG_PARENT, Severity.ERROR, self.sheet.where(row, A), message, text))

    def _group(self, row: int, items: Items) -> None:
        beside = self.figures.beside(row)
        items.open_group(row, len(self.sheet.text(row, D)), self.figures.read(row, beside.amount))

    def _item(self, row: int, items: Items) -> None:
        """Take an item: its amount, whether it is blocked, and whether volume times price make its amount."""
        volume = volume_of(self.sheet.text(row, G))
        beside = self.figures.beside(row, volume, has_price=True)
        akun = self.lines[self.akun]
        name = self.sheet.text(row, E)
        path = place({Level.ITEM: self.keys.key(akun.path, akun.sumber_dana, name)}, akun.path)
        amount = self._amount(row, beside, name="pagu")
        item = Item(row, amount, self.marks.of_item(row, beside))
        items.items.append(item)
        self.cells[self.sheet.name, row, "uraian"] = self.sheet.where(row, E)
        amounts = {"pagu": amount, "blokir": item.blokir}
        self.lines.append(Line(path, name, amounts, self.sheet.name, row, sumber_dana=akun.sumber_dana))
        price = None if beside.price is None else self.figures.price(row, beside.price)
        if amount is None:
            self._report_empty(self.lines[-1])
        elif price is not None and volume is not None and not is_product(volume, price, amount):
            product = rupiah(round(volume * price))
            message = f"jumlah tertulis {rupiah(amount)}, volume x harga = {product}"
            because = (self.sheet.where(row, G), self.sheet.where(row, beside.price))
            self._differs(row, beside.amount, message, amount, because)

    def _close_akun(self) -> None:
        """Hold the groups of the akun that ends here against their items, and tell what of it is blocked."""
        if self.items is None:
            return
        items, self.items = self.items, None
        for group, printed, own in items.torn_groups():
            total = sum(item.amount or 0 for item in own)
            message = (
                f"kelompok tertulis {rupiah(printed)}, jumlah {len(own)} itemnya {rupiah(total)} (selisih"
                f" {spell_difference(printed - total)})"
            )
            because = tuple(self._pagu_cell(item.row) for item in own)
            self._differs(group.row, self.figures.beside(group.row).amount, message, printed, because)
        self.marks.compare(items)
        for index in range(self.akun, len(self.lines)):
            line = self.lines[index]
            amounts = dict(line.amounts)
            if index == self.akun:
                amounts["blokir"] = items.blokir
            elif items.is_whole_blocked:
                amounts["blokir"] = amounts["pagu"]
            self.lines[index] = replace(line, amounts=amounts)
            self.cells[self.sheet.name, line.row, "blokir"] = self.marks.where(line.row) or self._pagu_cell(line.row)

    def _amount(self, row: int, beside: Beside, name: str) -> int | None:
        """Read the amount of a row where the row has it."""
        if beside.amount is not None:
            self.cells[self.sheet.name, row, name] = self.sheet.where(row, beside.amount)
        if beside.stray is not None:
            where = self.sheet.where(row, beside.stray)
            message = "angka lebih di baris ini; yang dibaca angka terakhirnya"
            self.findings.append(Finding(STRAY_NUMBER, Severity.ERROR, where, message))
        return self.figures.read(row, beside.amount)

    def _pagu_cell(self, row: int) -> Where:
        return self.cells.get((self.sheet.name, row, "pagu"), self.sheet.where(row, J))

    def _report_empty(self, line: Line) -> None:
        """Report an amount that is missing where the budget needs one."""
        if (self.sheet.name, line.row, "pagu") not in self.cells:
            self.findings.append(fault_finding(self.sheet, Fault.EMPTY, line.row, J))

    def _differs(self, row: int, column: int | None, message: str, printed: int, because: tuple[Where, ...]) -> None:
        where = self.sheet.where(row, column)
        self.findings.append(Finding(DIFFERS, Severity.PERINGATAN, where, message, printed, because=because))
