"""A budget table as printed in a report: any sheet whose header names a code, a ceiling and a realisation.

Made by hand, in Excel, by every office; the pattern is Tabel C.1 of the LKj (bands, lines, SUB TOTAL rows,
totals). Columns are found by the words of their headings. Codes may be whole paths or, as in the report,
short ones in reading order under their parent. Source: the printed LKj of KPU Kota Binjai 2024.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, parse, place, short
from lkj_xlsx.model import AMOUNTS, Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers.printed_header import Header, find_header, meaning
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "tabel anggaran tercetak (kolom Kode, Pagu dan Realisasi)"

OWN_SHEETS: Final = ("Anggaran", "Kinerja")
"""Sheets that only our own workbook has; it has a reader of its own."""
TOTAL: Final = re.compile(r"(sub\s*-?\s*total|jumlah|total|grand total)\b", re.IGNORECASE)
DERIVED: Final = re.compile(r"(persentase|persen\b|%|sisa\s+(anggaran|pagu|dana))", re.IGNORECASE)
THOUSANDS: Final = re.compile(r"\b(ribu|juta)(?:an)?\b|\brp\.?\s*(?:1[.,])?(000)\b", re.IGNORECASE)
IN_THOUSANDS: Final = re.compile(r"\bdalam\s+(ribu|juta)", re.IGNORECASE)
YEAR: Final = re.compile(r"(?:(.*?)\s*,?\s*)?\b(?:tahun(?: anggaran)?|T\.?A\.?)\s+(20\d\d)\b", re.IGNORECASE)
CODE_IN_LABEL: Final = re.compile(r"\(?\b((?:\d{3}\.\d{2}\.)?[A-Z0-9]{2,6}(?:\.[A-Z0-9]{1,6})*)\)?\s*$")

UNKNOWN_ROW, UNKNOWN_CODE, PROGRAM_INFERRED = "R201", "K103", "K105"


def identify(document: Document) -> bool:
    """Tell whether a sheet has such a header, in a document without the sheets of our own workbook."""
    return not any(document.named(name) for name in OWN_SHEETS) and bool(_candidates(document))


def _candidates(document: Document) -> list[tuple[Sheet, Header]]:
    found = ((sheet, find_header(sheet)) for sheet in document.sheets)
    return [(sheet, header) for sheet, header in found if header]


def read(document: Document) -> Budget:
    """Read the document's budget table; one of several when it is our own Rincian, or titled Tabel C.1."""
    sheet, header = _chosen(document)
    findings = unread(document, {sheet.name})
    reading = Reading(sheet, header, findings)
    lines = reading.lines()
    leaves, others = split_leaves(lines)
    for line in leaves:
        for name in ("pagu", "realisasi"):
            reading.figures.report_empty(line.row, name)
    return Budget(
        file=document.file,
        format=FORMAT,
        identity=_identity(sheet, header, reading.unit),
        lines=frame_of(leaves),
        printed=frame_of(others),
        columns=reading.amounts,
        cells=reading.cells,
        findings=tuple(findings),
    )


def _chosen(document: Document) -> tuple[Sheet, Header]:
    candidates = _candidates(document)
    for wanted in (r"rincian", r"tabel c\.1"):
        matching = [
            (sheet, header)
            for sheet, header in candidates
            if re.fullmatch(wanted, sheet.name.strip(), re.IGNORECASE)
            or any(
                re.match(wanted, sheet.text(row, column), re.IGNORECASE)
                for row in range(header.top)
                for column in range(len(sheet.rows[row]))
            )
        ]
        if len(matching) == 1:
            return matching[0]
    if len(candidates) == 1:
        return candidates[0]
    names = ", ".join(f"`{sheet.name}`" for sheet, _ in candidates)
    message = (
        f"{document.file}: {len(candidates)} lembar berisi tabel anggaran ({names});"
        " sisakan satu, atau beri judul `Tabel C.1`"
    )
    raise UnreadableFile(message)


def _identity(sheet: Sheet, header: Header, unit: str) -> Identity:
    """Read unit and year from the title lines above the header."""
    titles = [sheet.text(row, column) for row in range(header.top) for column in range(len(sheet.rows[row]))]
    years = [match for title in titles if (match := YEAR.search(title))]
    bagian, _, eselon = unit.partition(".")
    name = next((match[1] for match in years if match[1]), None)
    is_one_year = len({match[2] for match in years}) == 1
    return Identity(
        nama_satker=name,
        bagian_anggaran=bagian or None,
        unit_eselon_i=eselon or None,
        tahun=int(years[0][2]) if is_one_year else None,
    )


@dataclass(slots=True)
class Reading:
    """One pass down a table with known columns."""

    sheet: Sheet
    header: Header
    findings: list[Finding]
    unit: str = ""
    under: Path = ROOT
    cells: dict[tuple[str, int, str], Where] = field(default_factory=dict)
    amounts: dict[str, int] = field(init=False)
    figures: Figures = field(init=False)

    def __post_init__(self) -> None:
        """Refuse a table in thousands, and decide how its amounts are written."""
        heads = [
            self.sheet.text(row, c) for row in range(self.header.first_row) for c in range(len(self.sheet.rows[row]))
        ]
        notes = [cell for row in self.sheet.rows for cell in row if isinstance(cell, str)]
        found = [*map(THOUSANDS.search, heads), *map(IN_THOUSANDS.search, notes)]
        if scaled := next((match for match in found if match), None):
            unit = next(word for word in scaled.groups() if word).lower().replace("000", "ribu")
            message = (
                f"{self.sheet.file}!{self.sheet.name}: angkanya dalam {unit} (`{scaled[0]}`);"
                " berikan tabel dalam rupiah penuh"
            )
            raise UnreadableFile(message)
        self.amounts = {name: self.header.columns[name] for name in AMOUNTS if name in self.header.columns}
        self.figures = Figures(self.sheet, self.amounts, self.header.first_row, self.findings)

    def lines(self) -> list[Line]:
        """Read every row; what is not understood becomes a finding."""
        lines: list[Line] = []
        is_closed = False
        for row in range(self.header.first_row, len(self.sheet.rows)):
            code, uraian = self._text(row, "kode"), self._text(row, "uraian")
            label = code or uraian or self._first_text(row)
            if not label and not self._has_figures(row):
                continue
            if TOTAL.match(label) or DERIVED.match(label):
                total = self._total(row, label)
                lines.extend(total)
                is_closed = is_closed or any(line.path == ROOT for line in total)
            elif self._is_unit(code):
                lines.append(Line(ROOT, uraian, self.figures.read_all(row), self.sheet.name, row, is_total=True))
            elif found := self._parsed(code):
                self.under = place(found, self.under)
                lines.append(
                    Line(
                        self.under, uraian or self._text_right_of(row), self.figures.read_all(row), self.sheet.name, row
                    )
                )
            elif self._has_figures(row):
                if meaning(code) == "kode":
                    continue
                problem = f"kode `{code}` tidak dikenali" if code else "baris berangka tanpa kode"
                column = self.header.columns["kode"]
                finding_code = UNKNOWN_CODE if code else UNKNOWN_ROW
                self._report(finding_code, Severity.ERROR, row, column, f"{problem}; tidak ikut dijumlah")
            elif lines and not code and not is_closed and lines[-1].row == row - 1 and not lines[-1].is_total:
                lines[-1] = replace(lines[-1], uraian=f"{lines[-1].uraian} {uraian}".strip())
        return self._with_program(_with_blocks(lines))

    def _text(self, row: int, name: str) -> str:
        column = self.header.columns.get(name)
        return "" if column is None else self.sheet.text(row, column)

    def _first_text(self, row: int) -> str:
        cells = range(len(self.sheet.rows[row]))
        return next((text for c in cells if c not in self.amounts.values() and (text := self.sheet.text(row, c))), "")

    def _text_right_of(self, row: int) -> str:
        """Give the first text right of the code: a name merged over columns that have no heading of their own."""
        columns = range(self.header.columns["kode"] + 1, len(self.sheet.rows[row]))
        taken = {column for name, column in self.header.columns.items() if name not in ("", "uraian")}
        return next((text for c in columns if c not in taken and (text := self.sheet.text(row, c))), "")

    def _has_figures(self, row: int) -> bool:
        return any(self.sheet.value(row, column) is not None for column in self.amounts.values())

    def _parsed(self, code: str) -> dict[Level, str] | None:
        """Take a code apart, remembering the unit that stands before a program (`076.01`)."""
        found = parse(code) if code else None
        unit = re.match(r"(\d{3}\.\d{2})\b", code)
        if found is not None and unit:
            self.unit = self.unit or unit[1]
        return found

    def _is_unit(self, code: str) -> bool:
        """Tell whether a code names the whole unit (`076`, `076.01`), whose row is a total of everything."""
        return (bool(code) and parse(code) == {}) or (re.fullmatch(r"\d{3}", code) is not None and not self.under[0])

    def _total(self, row: int, label: str) -> list[Line]:
        """Read a row that prints a total: of the block above it, of a program, or of everything."""
        if DERIVED.match(label):
            return []
        named = CODE_IN_LABEL.search(label)
        found = parse(named[1]) if named else None
        if found and Level.PROGRAM in found:
            self._parsed(named[1] if named else "")
            path = place({Level.PROGRAM: found[Level.PROGRAM]}, ROOT)
        elif label.lower().startswith("sub") or found:
            depth = max((level.depth for level in found or ()), default=Level.KEGIATAN.depth)
            path = (*self.under[: depth + 1], *ROOT[depth + 1 :])
        else:
            path = ROOT
        amounts = self._single(row, label) if path == ROOT else None
        return [Line(path, label, amounts or self.figures.read_all(row), self.sheet.name, row, is_total=True)]

    def _single(self, row: int, label: str) -> dict[str, int | None] | None:
        """Read `TOTAL PAGU T.A 2024 (Rp)`: one figure, in whichever column, for the amount that the label names."""
        name = next((name for name in ("realisasi", "pagu") if name in label.lower()), None)
        filled = [name for name, column in self.amounts.items() if self.sheet.at(row, column) is not None]
        if name is None or len(filled) != 1:
            return None
        self.cells[self.sheet.name, row, name] = self.sheet.where(row, self.amounts[filled[0]])
        return {name: self.figures.read(row, filled[0])}

    def _with_program(self, lines: list[Line]) -> list[Line]:
        """Put kegiatan under no program under the one program that has a printed total but no band."""
        opened = {line.path[0] for line in lines if not line.is_total}
        totalled = {line.path[0] for line in lines if line.is_total and line.path[0]}
        unopened = totalled - opened
        homeless = [line for line in lines if line.path != ROOT and not line.path[0]]
        if len(unopened) != 1 or not homeless:
            return lines
        program = unopened.pop()
        label = next(line for line in lines if line.is_total and line.path[0] == program)
        first = homeless[0]
        self.findings.append(
            Finding(
                PROGRAM_INFERRED,
                Severity.PERINGATAN,
                self.sheet.where(first.row, self.header.columns["kode"]),
                f"`{short(first.path)}` berdiri tanpa program; dibaca di bawah {short(label.path, self.unit)},"
                " satu-satunya program yang jumlahnya tercetak tanpa judulnya",
                because=(self.sheet.where(label.row, self.header.columns["kode"]),),
            )
        )
        return [
            replace(line, path=(program, *line.path[1:])) if line.path != ROOT and not line.path[0] else line
            for line in lines
        ]

    def _report(self, code: str, severity: Severity, row: int, column: int, message: str) -> None:
        self.findings.append(Finding(code, severity, self.sheet.where(row, column), message))


def _with_blocks(lines: list[Line]) -> list[Line]:
    """Give a bare `JUMLAH` between lines to the kegiatan above it: only the last can be the total of everything."""
    last = max((index for index, line in enumerate(lines) if not line.is_total), default=-1)
    above = ROOT
    placed: list[Line] = []
    for index, line in enumerate(lines):
        if not line.is_total:
            above = line.path
        elif line.path == ROOT and above != ROOT and index < last:
            line = replace(line, path=(*above[:2], *ROOT[2:]))  # noqa: PLW2901 - the same row, placed
        placed.append(line)
    return placed
