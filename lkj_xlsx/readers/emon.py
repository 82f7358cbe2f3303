"""e-Monitoring (EMON) of the Ministry of Public Works: a table of kegiatan, KRO, RO and paket, in thousands of rupiah.

One row of headings (`No`, `Kode`, `Kegiatan/KRO/RO/Paket`, …, `Pagu (Rp Ribu)`), then one row a code, each spelled from
the kegiatan down (`7769.AFA.001.100.A`, where komponen and subkomponen name the paket); no code names its program.
Amounts are rounded to thousands by the application, so they are exact to Rp1.000 only. Source: from documentation and
from code that reads and writes such files (FORMATS.md section 12), no real file.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures, read_persen
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Level, parse, place
from lkj_xlsx.model import PERSEN, Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "e-Monitoring PU (kolom Kode, Kegiatan/KRO/RO/Paket, Pagu (Rp Ribu))"

HEADER_ROWS: Final = 20
"""How far down the headings may stand, below a title and the name of the satker."""
MEANINGS: Final = {
    "kode": re.compile(r"kode"),
    "uraian": re.compile(r"kegiatan ?/ ?kro ?/ ?ro ?/ ?paket"),
    "pagu": re.compile(r"pagu\b.*"),
    "realisasi": re.compile(r"realisasi\b.*"),
    "blokir": re.compile(r"blokir\b.*"),
    "pengembalian": re.compile(r"pengembalian\b.*"),
    PERSEN: re.compile(r"keu(angan)?\b.*"),
    "fisik": re.compile(r"fisik\b.*"),
    "sumber_dana": re.compile(r"sumber dana"),
}
"""What a heading means, in lower case."""
NEEDED: Final = ("kode", "uraian", "pagu", "realisasi")
OF_MONEY: Final = ("pagu", "realisasi", "blokir")
RIBU: Final = re.compile(r"\bribu(an)?\b|\b000\b", re.IGNORECASE)
TOTAL: Final = re.compile(r"(grand )?total|jumlah", re.IGNORECASE)
SCALE: Final = 1000

NO_CODE, BAD_CODE, NOT_READ = "R201", "K103", "R110"


class Header(NamedTuple):
    """The row of headings (0-based), and the column of each meaning."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]


def identify(document: Document) -> bool:
    """Tell whether a sheet has a row of headings with Kode, Kegiatan/KRO/RO/Paket, Pagu and Realisasi."""
    return any(_headers(document))


def _headers(document: Document) -> Iterator[Header]:
    return filter(None, map(header_of, document.sheets))


def header_of(sheet: Sheet) -> Header | None:
    """Find the headings of such a table on a sheet, None where it has none."""
    found = (header_in(sheet, row) for row in range(min(HEADER_ROWS, len(sheet.rows))))
    return next(filter(None, found), None)


def header_in(sheet: Sheet, row: int) -> Header | None:
    """Read a row as the headings of such a table, None where it is none."""
    columns: dict[str, int] = {}
    for column in range(len(sheet.rows[row])):
        heading = sheet.text(row, column).lower()
        name = next((name for name, pattern in MEANINGS.items() if pattern.fullmatch(heading)), None)
        if name:
            columns.setdefault(name, column)
    return Header(sheet, row, columns) if all(name in columns for name in NEEDED) else None


def read(document: Document) -> Budget:
    """Read every row; amounts are given in full rupiah.

    Raises UnreadableFile for several such tables, and where a heading does not say that it is in thousands.
    """
    header, *others = _headers(document)
    if others:
        sheets = ", ".join(f"`{one.sheet.name}`" for one in (header, *others))
        message = f"{document.file}: {len(others) + 1} lembar berisi e-Monitoring ({sheets}); sisakan satu"
        raise UnreadableFile(message)
    for name in OF_MONEY:
        if name in header.columns and not RIBU.search(header.sheet.text(header.row, header.columns[name])):
            place_of = header.sheet.where(header.row, header.columns[name])
            message = (
                f"{place_of}: judul kolom ini tidak menyebut (Rp Ribu), jadi satuannya tidak pasti; tulis satuannya"
            )
            raise UnreadableFile(message)
    return _Reading(document, header).budget()


class _Reading:
    """One pass down the table."""

    def __init__(self, document: Document, header: Header) -> None:
        self.document, self.header, self.sheet = document, header, header.sheet
        self.findings: list[Finding] = unread(document, {header.sheet.name})
        self.rows = [row for row in range(header.row + 1, len(self.sheet.rows)) if self._is_filled(row)]
        amounts = {name: header.columns[name] for name in OF_MONEY if name in header.columns}
        self.figures = Figures(self.sheet, amounts, self.rows, self.findings, scale=SCALE)

    def budget(self) -> Budget:
        """Read every row; a code that has rows below it is what is compared, the others are added."""
        self._report_pengembalian()
        lines = [line for row in self.rows if (line := self._line(row))]
        leaves, others = split_leaves(lines)
        for line in leaves:
            for name in ("pagu", "realisasi"):
                self.figures.report_empty(line.row, name)
        kept = ("kode", "uraian", *OF_MONEY, PERSEN)
        return Budget(
            file=self.sheet.file,
            format=FORMAT,
            identity=Identity(),
            lines=frame_of(leaves),
            printed=frame_of(others),
            columns={name: column for name, column in self.header.columns.items() if name in kept},
            findings=tuple(self.findings),
        )

    def _is_filled(self, row: int) -> bool:
        return any(self.sheet.at(row, column) is not None for column in range(len(self.sheet.rows[row])))

    def _text(self, row: int, name: str) -> str:
        column = self.header.columns.get(name)
        return "" if column is None else self.sheet.text(row, column)

    def _line(self, row: int) -> Line | None:
        """Read one row: a code, a total, or something that is told of and not added."""
        code = self._text(row, "kode")
        found = parse(code) if code else None
        if found and Level.KEGIATAN in found:
            return self._read(row, self._text(row, "uraian"), found)
        first = next(self.sheet.text(row, c) for c in range(len(self.sheet.rows[row])) if self.sheet.text(row, c))
        if TOTAL.match(first):
            return self._read(row, first, {})
        if self._is_heading(row):
            return None
        has_figures = any(self.sheet.at(row, column) is not None for column in self.figures.columns.values())
        severity = Severity.ERROR if has_figures else Severity.PERINGATAN
        message = f"kode `{code}` tidak dikenali" if code else "baris tanpa kode"
        where = self.sheet.where(row, self.header.columns["kode"])
        told = Finding(BAD_CODE if code else NO_CODE, severity, where, f"{message}; tidak ikut dijumlah", code or None)
        self.findings.append(told)
        return None

    def _is_heading(self, row: int) -> bool:
        """Tell whether a row repeats the headings on a new page."""
        return header_in(self.sheet, row) is not None

    def _read(self, row: int, uraian: str, found: dict[Level, str]) -> Line:
        persen = read_persen(self.sheet, row, self.header.columns.get(PERSEN), self.findings)
        amounts, source = self.figures.read_all(row), self._text(row, "sumber_dana")
        path = place(found, ROOT)
        return Line(path, uraian, amounts, self.sheet.name, row, not found, persen, source)

    def _report_pengembalian(self) -> None:
        """Tell of money paid back, of which nothing says whether the realisasi still holds it."""
        column = self.header.columns.get("pengembalian")
        nil = ("", "-", "0", "0.0", "0,00", "0.00")
        rows = [row for row in self.rows if column is not None and self.sheet.text(row, column) not in nil]
        if rows:
            where, *others = (self.sheet.where(row, column) for row in rows)
            message = "pengembalian tidak dibaca: berkas ini tidak menyebut apakah realisasinya sudah dikurangi"
            self.findings.append(Finding(NOT_READ, Severity.INFO, where, message, because=tuple(others)))
