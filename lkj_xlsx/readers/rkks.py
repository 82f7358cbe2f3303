"""Satu DJA "RKKS" (POK as .xlsx): ceilings down to the akun, each code spelled whole, `full||short`.

Headings `Kode`, `Program/ Kegiatan/ KRO/ RO/ Komponen`, Volume, Harga Satuan, Jumlah. A whole code is
satker.BA.ES1.program.kegiatan.KRO.prov.kab.RO.komponen.sub.akun.sumber dana.item; the two parts of the location, of two
digits each right after the KRO, are no levels. Items are numbered otherwise than SAKTI numbers them, so they are held
against their akun here and go no further. The letter of the sumber dana stays as printed. A last line `Jumlah` is
compared. Source: code that reads such files (FORMATS.md section 11), from documentation, no real file.
"""

import re
from collections.abc import Mapping
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.extras import joined
from lkj_xlsx.figures import Figures
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Level, Path, fits, normal, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers.rkk_items import DIFFERS, Items
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "Satu DJA RKKS (kolom Kode dengan `||`, Program/ Kegiatan/ KRO/ RO/ Komponen, Jumlah)"

KODE: Final = re.compile(r"([0-9]{6})((?:\.[0-9A-Z]+)*)\s*\|\|.*", re.ASCII | re.DOTALL)
NAME: Final = re.compile(r"program\s*/\s*kegiatan\s*/\s*kro\s*/\s*ro\s*/\s*komponen", re.IGNORECASE)
LOCATION: Final = re.compile(r"[0-9]{2}", re.ASCII)
TOTAL: Final = re.compile(r"jumlah|total", re.IGNORECASE)
HEADER_ROWS: Final = 20
BELOW: Final = (Level.PROGRAM, Level.KEGIATAN, Level.KRO)
BELOW_LOCATION: Final = (Level.RO, Level.KOMPONEN, Level.SUBKOMPONEN, Level.AKUN)

UNKNOWN_ROW, UNKNOWN_CODE = "R201", "K103"


def identify(document: Document) -> bool:
    """Tell whether a sheet has the headings, and codes spelled `full||short` under them."""
    return any(_header(sheet) for sheet in document.sheets)


def _header(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Find the row of headings and the columns of kode, uraian and pagu."""
    for row in range(min(HEADER_ROWS, len(sheet.rows))):
        columns = {sheet.text(row, column).lower(): column for column in range(len(sheet.rows[row]))}
        name = next((column for text, column in columns.items() if NAME.fullmatch(text)), None)
        if name is not None and "kode" in columns and "jumlah" in columns:
            below = range(row + 1, min(row + HEADER_ROWS, len(sheet.rows)))
            if any(KODE.fullmatch(sheet.text(one, columns["kode"])) for one in below):
                return row, {"kode": columns["kode"], "uraian": name, "pagu": columns["jumlah"]}
    return None


def read(document: Document) -> Budget:
    """Read every row; akun are the leaves. Raises UnreadableFile for several such sheets, or several satker."""
    sheet, *others = (sheet for sheet in document.sheets if _header(sheet))
    if others:
        message = f"{document.file}: berisi {len(others) + 1} lembar RKKS; simpan satu RKKS satu berkas"
        raise UnreadableFile(message)
    return _Reading(document, sheet).budget()


class _Reading:
    """One pass down the sheet."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings: list[Finding] = unread(document, {sheet.name})
        header = _header(sheet)
        self.top, self.columns = header or (0, {})
        self.rows = [row for row in range(self.top + 1, len(sheet.rows)) if any(sheet.rows[row])]
        self.figures = Figures(sheet, {"pagu": self.columns["pagu"]}, self.rows, self.findings)
        self.units: set[tuple[str, ...]] = set()
        self.items: Items | None = None
        self.sources: list[str] = []
        self.lines: list[Line] = []

    def budget(self) -> Budget:
        """Read every row; what is not understood becomes a finding."""
        for row in self.rows:
            self._row(row)
        self._close_akun()
        satker = {unit[0] for unit in self.units}
        if len(satker) > 1:
            names = ", ".join(sorted(satker))
            message = f"{self.sheet.file}: memuat {len(satker)} satker ({names}); simpan satu satker satu berkas"
            raise UnreadableFile(message)
        leaves, others = split_leaves(self.lines)
        for line in leaves:
            self.figures.report_empty(line.row, "pagu")
        kode, *unit = next(iter(self.units)) if len(self.units) == 1 else (next(iter(satker), None), None, None)
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=Identity(kode_satker=kode, bagian_anggaran=unit[0], unit_eselon_i=unit[1]),
            lines=frame_of(leaves),
            printed=frame_of(others),
            columns=self.columns,
            findings=tuple(self.findings),
        )

    def _row(self, row: int) -> None:
        text, uraian = (self.sheet.text(row, self.columns[name]) for name in ("kode", "uraian"))
        match = KODE.fullmatch(text)
        found = _parts(match[2].split(".")[1:]) if match else None
        if match and found is not None:
            path, unit, source, item = found
            self.units.add((match[1], *unit))
            self._line(row, path, uraian, source, item)
        elif TOTAL.match(text or uraian):
            self._close_akun()
            self.lines.append(
                Line(ROOT, text or uraian, self.figures.read_all(row), self.sheet.name, row, is_total=True)
            )
        elif not (NAME.fullmatch(uraian) or (not text and self.sheet.at(row, self.columns["pagu"]) is None)):
            message = f"kode `{text}` tidak dikenali" if text else "baris tanpa kode"
            where = self.sheet.where(row, self.columns["kode"])
            kind = UNKNOWN_CODE if text else UNKNOWN_ROW
            self.findings.append(Finding(kind, Severity.ERROR, where, f"{message}; tidak ikut dijumlah", text or None))

    def _line(self, row: int, path: Path, uraian: str, source: str, item: str) -> None:
        amounts = self.figures.read_all(row)
        if item:
            if self.items:
                self.items.add(row, amounts["pagu"], is_blocked=False)
                self.sources.append(source)
            return
        self._close_akun()
        self.lines.append(Line(path, uraian, amounts, self.sheet.name, row, sumber_dana=source))
        if path[Level.AKUN.depth]:
            self.items, self.sources = Items(row, amounts["pagu"], is_blocked=False), [source] if source else []

    def _close_akun(self) -> None:
        """Hold the items of the akun that ends here against it, and give it their sumber dana."""
        if self.items is None:
            return
        column = self.columns["pagu"]
        for row, message, printed, because in self.items.faults():
            places = tuple(self.sheet.where(one, column) for one in because)
            where = self.sheet.where(row, column)
            self.findings.append(Finding(DIFFERS, Severity.PERINGATAN, where, message, printed, because=places))
        line = self.lines[-1]
        source = line.sumber_dana or (joined(self.sources) if self.sources else "")
        self.lines[-1] = Line(line.path, line.uraian, line.amounts, line.sheet, line.row, sumber_dana=source)
        self.items = None


def _parts(parts: list[str]) -> tuple[Path, tuple[str, ...], str, str] | None:
    """Take the parts after the satker apart: path, unit, sumber dana and item; None where they are no such code."""
    unit, rest = tuple(parts[:2]), parts[2:]
    codes = dict(zip(BELOW, rest, strict=False))
    rest = rest[len(codes) :]
    if len(rest) > 1 and LOCATION.fullmatch(rest[0]) and LOCATION.fullmatch(rest[1]):
        rest = rest[2:]
    lower = dict(zip(BELOW_LOCATION, rest, strict=False))
    rest = rest[len(lower) :]
    codes |= {level: normal(level, code) for level, code in lower.items()}
    is_whole = len(unit) == 2 and bool(codes) and len(rest) <= 2  # noqa: PLR2004 - BA and ES1; sumber dana and item
    if not is_whole or not all(fits(level, code) for level, code in codes.items()):
        return None
    return place(codes, ROOT), unit, rest[0] if rest else "", rest[1] if len(rest) > 1 else ""
