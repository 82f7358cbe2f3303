"""Satu DJA "RKKS" (a POK saved as .xlsx): ceilings down to the akun by sumber dana, each code spelled whole.

Headings `Kode`, `Program/ Kegiatan/ KRO/ RO/ Komponen`, Volume, Harga Satuan, Jumlah; codes `full||short`, a last line
`Jumlah`. The application numbers items in its own way, so they get a key of this document (item_keys.py) and are never
taken for items of SAKTI. The letter of the sumber dana stays as printed. Source: from documentation and from code that
reads such files (FORMATS.md section 11), no real file.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.extras import joined
from lkj_xlsx.figures import Figures
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Level, level_of, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers.item_keys import ItemKeys
from lkj_xlsx.readers.monsakti_rows import exact_decimals
from lkj_xlsx.readers.rkk_row import is_product
from lkj_xlsx.readers.rkks_codes import Code, code_of, is_code
from lkj_xlsx.readers.uraian import without_base_line, without_dash
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "Satu DJA RKKS (kolom Kode dengan `||`, Program/ Kegiatan/ KRO/ RO/ Komponen, Jumlah)"

NAME: Final = "program/kegiatan/kro/ro/komponen"
HEADINGS: Final = {"kode": "kode", NAME: "uraian", "volume": "volume", "hargasatuan": "harga", "jumlah": "pagu"}
"""What a heading means, spelled without blanks."""
NEEDED: Final = ("kode", "uraian", "pagu")
HEADER_ROWS: Final = 20
TOTALS: Final = ("jumlah", "total")
NOISE: Final = ("[base line]", "lokasi", "(kppn")

UNKNOWN_ROW, DIFFERS, UNKNOWN_CODE = "R201", "R206", "K103"


def identify(document: Document) -> bool:
    """Tell whether a sheet has the headings, and codes spelled `full||short` under them."""
    return any(_header(sheet) for sheet in document.sheets)


def _header(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Find the row of headings, and the column of each meaning."""
    for row in range(min(HEADER_ROWS, len(sheet.rows))):
        columns = _columns(sheet, row)
        if all(name in columns for name in NEEDED):
            below = range(row + 1, min(row + HEADER_ROWS, len(sheet.rows)))
            return (row, columns) if any(is_code(sheet.text(one, columns["kode"])) for one in below) else None
    return None


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column in range(len(sheet.rows[row])):
        name = HEADINGS.get(sheet.text(row, column).lower().replace(" ", ""))
        if name:
            columns.setdefault(name, column)
    return columns


def read(document: Document) -> Budget:
    """Read every row; an akun of each sumber dana is a leaf.

    Raises UnreadableFile for several such sheets, several satker, or one KRO at several locations.
    """
    sheet, *others = (sheet for sheet in document.sheets if _header(sheet))
    if others:
        names = ", ".join(f"`{one.name}`" for one in (sheet, *others))
        message = f"{document.file}: berisi {len(others) + 1} lembar RKKS ({names}); simpan satu RKKS satu berkas"
        raise UnreadableFile(message)
    return _Reading(document, sheet).budget()


class _Reading:
    """One pass down the sheet."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings: list[Finding] = unread(document, {sheet.name})
        self.top, self.columns = _header(sheet) or (0, {})
        self.rows = [row for row in range(self.top + 1, len(sheet.rows)) if _is_filled(sheet, row)]
        self.figures = Figures(sheet, {"pagu": self.columns["pagu"]}, self.rows, self.findings)
        prices = {"harga": self.columns["harga"]} if "harga" in self.columns else {}
        self.prices = Figures(sheet, prices, self.rows, [])  # a price is only compared, so its faults are nobody's
        self.keys = ItemKeys()
        self.codes: list[Code] = []
        self.lines: list[Line] = []
        self.is_over = False

    def budget(self) -> Budget:
        """Read every row; what is not understood becomes a finding."""
        for row in self.rows:
            self._row(row)
        self._refuse_several()
        leaves, others = split_leaves(self._with_sources())
        for line in leaves:
            self.figures.report_empty(line.row, "pagu")
        units = {code.unit for code in self.codes if len(code.unit) > 1}
        bagian, eselon = next(iter(units)) if len(units) == 1 else (None, None)
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=Identity(kode_satker=self.codes[0].satker, bagian_anggaran=bagian, unit_eselon_i=eselon),
            lines=frame_of(leaves),
            printed=frame_of(others),
            columns={name: self.columns[name] for name in NEEDED},
            findings=tuple(self.findings),
        )

    def _refuse_several(self) -> None:
        """Refuse what becomes one code though it is not one thing."""
        satkers = sorted({code.satker for code in self.codes})
        if len(satkers) > 1:
            message = (
                f"{self.sheet.file}!{self.sheet.name}: memuat {len(satkers)} satker ({', '.join(satkers)}); simpan satu"
                " satker satu berkas"
            )
            raise UnreadableFile(message)
        places: dict[tuple[str, ...], set[str]] = {}
        for code in self.codes:
            if code.location:
                places.setdefault(code.path[: Level.KRO.depth + 1], set()).add(code.location)
        for kro, locations in places.items():
            if len(locations) > 1:
                message = (
                    f"{self.sheet.file}!{self.sheet.name}: KRO {'.'.join(kro)} ada di {len(locations)} lokasi"
                    f" ({', '.join(sorted(locations))}), dan kode anggaran tidak membedakannya; simpan satu lokasi satu"
                    " berkas"
                )
                raise UnreadableFile(message)

    def _row(self, row: int) -> None:
        """Read one row: a code, a total, or something that is told of and not added."""
        text, uraian = (self.sheet.text(row, self.columns[name]) for name in ("kode", "uraian"))
        code = code_of(text)
        has_amount = self.sheet.at(row, self.columns["pagu"]) is not None
        if code:
            self.codes.append(code)
            self._line(row, code, uraian)
        elif (text or uraian).lower().startswith(TOTALS) and has_amount:
            self.is_over = True
            self.lines.append(self._total(row, text or uraian))
        elif not self._is_around(row, text, uraian, has_amount=has_amount):
            message = f"kode `{text}` tidak dikenali" if is_code(text) else "baris tanpa kode"
            severity = Severity.ERROR if has_amount or is_code(text) else Severity.PERINGATAN
            kind = UNKNOWN_CODE if is_code(text) else UNKNOWN_ROW
            where = self.sheet.where(row, self.columns["kode"])
            printed = text if is_code(text) else None
            self.findings.append(Finding(kind, severity, where, f"{message}; tidak ikut dijumlah", printed))

    def _is_around(self, row: int, text: str, uraian: str, *, has_amount: bool) -> bool:
        """Tell whether a row repeats the headings, or, without an amount, is a note or stands under the total."""
        if all(name in _columns(self.sheet, row) for name in NEEDED):
            return True
        is_note = self.is_over or (text or uraian).lower().startswith(NOISE)
        return is_note and not has_amount and not is_code(text)

    def _total(self, row: int, label: str) -> Line:
        return Line(ROOT, label, self.figures.read_all(row), self.sheet.name, row, is_total=True)

    def _line(self, row: int, code: Code, uraian: str) -> None:
        """Take a row with a code; that of the satker itself is a total of everything."""
        if level_of(code.path) is None:
            self.lines.append(self._total(row, uraian))
            return
        amounts = self.figures.read_all(row)
        line = Line(code.path, without_base_line(uraian), amounts, self.sheet.name, row, sumber_dana=code.sumber_dana)
        if code.item:
            key = self.keys.key(code.path, code.sumber_dana, code.item)
            line = replace(line, path=place({Level.ITEM: key}, code.path), uraian=without_dash(uraian))
            self.figures.report_empty(row, "pagu")
            self._hold_product(row, amounts["pagu"])
        self.lines.append(line)

    def _hold_product(self, row: int, amount: int | None) -> None:
        """Hold the amount of an item against volume x price, where both are numbers."""
        if amount is None or not {"volume", "harga"} <= self.columns.keys():
            return
        volume, harga = self.columns["volume"], self.columns["harga"]
        first = self.sheet.text(row, volume).partition(" ")[0]
        volumes = [Fraction(one) for one in exact_decimals(first)]
        prices = [Fraction(one) for one in exact_decimals(self.sheet.value(row, harga))]
        if not prices and (amount_of_price := self.prices.read(row, "harga")) is not None:
            prices = [Fraction(amount_of_price)]
        products = [(one, price) for one in volumes for price in prices]
        if products and not any(is_product(one, price, amount) for one, price in products):
            one, price = products[0]
            message = f"jumlah tertulis {rupiah(amount)}, volume x harga = {rupiah(round(one * price))}"
            where, *because = (self.sheet.where(row, column) for column in (self.columns["pagu"], volume, harga))
            self.findings.append(Finding(DIFFERS, Severity.PERINGATAN, where, message, amount, because=tuple(because)))

    def _with_sources(self) -> list[Line]:
        """Give an akun that does not say its sumber dana that of its items."""
        sources: dict[tuple[str, ...], list[str]] = {}
        for line in self.lines:
            if level_of(line.path) is Level.ITEM:
                sources.setdefault((*line.path[:-1], ""), []).append(line.sumber_dana)
        return [
            replace(line, sumber_dana=joined(sources[line.path]))
            if not line.sumber_dana and line.path in sources
            else line
            for line in self.lines
        ]


def _is_filled(sheet: Sheet, row: int) -> bool:
    return any(sheet.at(row, column) is not None for column in range(len(sheet.rows[row])))
