"""One pass down a budget table made by hand: codes under their parents, totals at their place, no cell unaccounted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures, read_persen
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, code_in, parse, place, short, without_code
from lkj_xlsx.model import AMOUNTS, PERSEN, SISA, SUMBER_DANA, Line
from lkj_xlsx.persen import MEAN
from lkj_xlsx.readers.printed_columns import meaning
from lkj_xlsx.readers.printed_header import Header
from lkj_xlsx.readers.printed_labels import DERIVED, PART, TOTAL, YEAR, parted_code, scale_in
from lkj_xlsx.rupiah import Fault
from lkj_xlsx.sheet import Sheet

NO_MONEY: Final = (Fault.NOT_A_NUMBER, Fault.NOT_AMOUNT, Fault.TOO_LARGE)
"""What names, dates and a NIP of a signature block are, read as amounts."""

UNKNOWN_ROW, UNKNOWN_CODE, PROGRAM_INFERRED = "R201", "K103", "K105"


@dataclass(slots=True)
class Reading:
    """One pass down a table with known columns."""

    sheet: Sheet
    header: Header
    findings: list[Finding]
    unit: str = ""
    under: Path = ROOT
    cells: dict[tuple[str, int, str], Where] = field(default_factory=dict)
    bare: set[int] = field(default_factory=set)
    """The rows of totals whose labels name no code: which block each closes is seen from all rows (printed.py)."""
    amounts: dict[str, int] = field(init=False)
    figures: Figures = field(init=False)
    rows: Sequence[int] = field(init=False)
    """The rows of the table that hold anything: a stray cell far below may leave a million that do not."""

    def __post_init__(self) -> None:
        """Refuse a table in thousands, and decide how its amounts are written."""
        header, rows = self.header, self.sheet.rows
        heads = [text for row in range(header.title, header.first_row) for text in self._texts(row).values()]
        notes = [cell for row in rows[header.title : header.last_row] for cell in row if isinstance(cell, str)]
        if scaled := scale_in(heads, notes):
            unit, words = scaled
            message = (
                f"{self.sheet.file}!{self.sheet.name}: angkanya dalam {unit} (`{words}`);"
                " berikan tabel dalam rupiah penuh"
            )
            raise UnreadableFile(message)
        self.amounts = {name: header.columns[name] for name in (*AMOUNTS, SISA) if name in header.columns}
        self.rows = [row for row in range(header.first_row, header.last_row) if rows[row]]
        self.figures = Figures(self.sheet, self.amounts, self.rows, self.findings)

    def lines(self) -> list[Line]:
        """Read every row; what is not understood becomes a finding."""
        lines: list[Line] = []
        end = max((row for row in self.rows if self._is_row(row)), default=-1)
        heads = [self._texts(row) for row in range(self.header.top, self.header.first_row)]
        for row in self.rows:
            code, uraian = self._code(row), self._text(row, "uraian")
            if self._texts(row) in heads or meaning(code) == "kode":
                continue  # a heading that is repeated on every page
            label = code or uraian or self._first_text(row)
            if not label and not self._has_figures(row):
                continue
            if TOTAL.match(label) or DERIVED.match(label) or MEAN.match(label):
                lines.extend(self._total(row, label))
            elif self._is_unit(row, code):
                lines.append(self._line(ROOT, uraian, row, is_total=True))
            elif found := self._parsed(code):
                self.under = place(found, self.under)
                lines.append(self._line(self.under, uraian or self._text_right_of(row), row))
            elif line := self._band(row) or self._in_one_cell(row, code):
                lines.append(line)
            elif self._has_amount(row) if row > end else self._has_figures(row):
                problem = f"kode `{code}` tidak dikenali" if code else "baris berangka tanpa kode"
                column = self.header.columns["kode"]
                finding_code = UNKNOWN_CODE if code else UNKNOWN_ROW
                self._report(finding_code, Severity.ERROR, row, column, f"{problem}; tidak ikut dijumlah")
            elif lines and not code and lines[-1].row == row - 1 and not lines[-1].is_total:
                lines[-1] = replace(lines[-1], uraian=f"{lines[-1].uraian} {uraian}".strip())
        return self._with_program(lines)

    def _line(self, path: Path, uraian: str, row: int, *, is_total: bool = False) -> Line:
        """Read a row's figures."""
        persen = read_persen(self.sheet, row, self.header.columns.get(PERSEN), self.findings)
        figures, source = self.figures.read_all(row), self._text(row, SUMBER_DANA)
        return Line(path, uraian, figures, self.sheet.name, row, is_total, persen, source)

    def _text(self, row: int, name: str) -> str:
        column = self.header.columns.get(name)
        return "" if column is None else self.sheet.text(row, column)

    def _texts(self, row: int) -> dict[int, str]:
        return {column: text for column in range(len(self.sheet.rows[row])) if (text := self.sheet.text(row, column))}

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

    def _has_amount(self, row: int) -> bool:
        """Tell whether a row under the last line holds an amount: a signature block stands in the same columns."""
        found = (self.sheet.amount(row, column, frozenset()) for column in self.amounts.values())
        return any(amount and amount not in NO_MONEY for amount in found)

    def _is_row(self, row: int) -> bool:
        """Tell whether a row is a line or a total of the table, and no note or signature under it."""
        code = self._code(row)
        label = code or self._text(row, "uraian") or self._first_text(row)
        is_total = TOTAL.match(label) or DERIVED.match(label) or MEAN.match(label)
        return bool(parse(code) or self._parted(row, code) if code and not is_total else is_total)

    def _code(self, row: int) -> str:
        """Give the code of a row, from the columns that its heading spans; `ttd` in a row of its own is none."""
        column = self.header.columns["kode"]
        heads = range(self.header.top, self.header.first_row)
        text = self.sheet.text(row, column)
        while not text and "uraian" in self.header.columns and not any(self.sheet.text(h, column + 1) for h in heads):
            column += 1
            if column >= len(self.sheet.rows[row]):
                return ""
            text = self.sheet.text(row, column)
        if column > self.header.columns["kode"]:
            if parse(text) is None:
                return ""
            self.cells[self.sheet.name, row, "kode"] = self.sheet.where(row, column)
        is_word = text.isalpha() and bool(parse(text)) and not self._has_figures(row)
        return "" if is_word and len(self._texts(row)) == 1 else text

    def _band(self, row: int) -> Line | None:
        """Read a heading across the table that ends with a code: `Program Dukungan Manajemen (076.01.WA)`."""
        texts = list(self._texts(row).items())
        if len(texts) != 1 or not texts[0][1].endswith(")"):
            return None
        column, label = texts[0]
        is_name = column == self.header.columns.get("uraian") and label.lower().startswith("program")
        if column > self.header.columns["kode"] and not is_name:
            return None  # a name that goes on
        named = self._named(label)
        if named is None or not named[1].keys() & {Level.PROGRAM, Level.KEGIATAN}:
            return None
        self._parsed(named[0])
        self.under = place(named[1], self.under)
        for name in ("kode", "uraian"):
            self.cells[self.sheet.name, row, name] = self.sheet.where(row, column)
        return self._line(self.under, without_code(label), row)

    def _in_one_cell(self, row: int, code: str) -> Line | None:
        """Read a row whose code and name stand in one cell: `054.01.WA - Program Dukungan Manajemen`."""
        parted = self._parted(row, code)
        if parted is None:
            return None
        self.under = place(self._parsed(parted[0]) or {}, self.under)
        self.cells[self.sheet.name, row, "uraian"] = self.sheet.where(row, self.header.columns["kode"])
        return self._line(self.under, parted[1], row)

    def _parted(self, row: int, text: str) -> tuple[str, str] | None:
        """Part the code in a cell from its name; without figures beside it only a program or a kegiatan is meant."""
        parted = None if self._text(row, "uraian") else parted_code(text)
        if parted is None or self._has_figures(row):
            return parted
        is_branch = (parse(parted[0]) or {}).keys() & {Level.PROGRAM, Level.KEGIATAN}
        return parted if is_branch and not YEAR.fullmatch(parted[0]) else None

    def _named(self, label: str) -> tuple[str, dict[Level, str]] | None:
        """Give the code that a label ends with: no word (`SUB TOTAL RM`), no year, no code of the satker."""
        named = code_in(label)
        if named is None:
            return None
        code, levels = named
        is_open = all(self.under[level.depth] == own for level, own in levels.items())
        is_word = not any(letter.isdigit() for letter in code) and Level.PROGRAM.value not in label.lower()
        is_satker = Level.AKUN in levels and not self.under[Level.AKUN.depth]
        is_year = YEAR.fullmatch(code) is not None and not label.endswith(")")
        return named if is_open or not (is_word or is_satker or is_year) else None

    def _parsed(self, code: str) -> dict[Level, str] | None:
        """Take a code apart, remembering the unit that stands before a program (`076.01`)."""
        found = parse(code) if code else None
        unit = re.match(r"(\d{3}\.\d{2})\b", code)
        if found is not None and unit:
            self.unit = self.unit or unit[1]
        return found

    def _is_unit(self, row: int, code: str) -> bool:
        """Tell whether a code names the whole unit (`076`, `076.01`, a satker), whose row is a total of everything."""
        if self.under == ROOT and re.fullmatch(r"\d{6}", code):
            below = (self._text(under, "kode") for under in range(row + 1, self.header.last_row))
            return Level.PROGRAM in (parse(next(filter(None, below), "")) or {})
        return (bool(code) and parse(code) == {}) or (re.fullmatch(r"\d{3}", code) is not None and not self.under[0])

    def _total(self, row: int, label: str) -> list[Line]:
        """Read a row that prints a total: of the block above it, of a program, or of everything."""
        columns = range(len(self.sheet.rows[row]))
        at = next((c for c in columns if self.sheet.text(row, c) == label), self.header.columns["kode"])
        self.cells[self.sheet.name, row, "uraian"] = self.sheet.where(row, at)
        is_derived = DERIVED.match(label) or (DERIVED.search(label) and self._only_filled(row) is not None)
        if is_derived or MEAN.match(label):
            return self._derived(row, label)
        named = self._named(label)
        if named is None and PART.search(label):
            message = f"`{label}` adalah jumlah sebagian; tidak dibandingkan"
            self._report(UNKNOWN_ROW, Severity.INFO, row, at, message)
            return []
        if named and named[1].keys() == {Level.PROGRAM}:
            self._parsed(named[0])
            path = place({Level.PROGRAM: named[1][Level.PROGRAM]}, ROOT)
        elif named:
            depth = max(level.depth for level in named[1])
            path = (*self.under[: depth + 1], *ROOT[depth + 1 :])
        else:
            path = ROOT
        single = self._single(row, label) if path == ROOT else None
        if named is None and single is None:
            self.bare.add(row)
        return [single or self._line(path, label, row, is_total=True)]

    def _single(self, row: int, label: str) -> Line | None:
        """Read `TOTAL PAGU T.A 2024 (Rp)`: one figure, in whichever column, for the amount that the label names."""
        name = next((name for name in ("realisasi", "pagu") if name in label.lower()), None)
        column = self._only_filled(row)
        if name is None or column is None or column not in self.amounts.values():
            return None
        self.cells[self.sheet.name, row, name] = self.sheet.where(row, column)
        there = next(amount for amount, at in self.amounts.items() if at == column)
        return Line(ROOT, label, {name: self.figures.read(row, there)}, self.sheet.name, row, is_total=True)

    def _derived(self, row: int, label: str) -> list[Line]:
        """Read `Persentase Realisasi Anggaran (%)` and `Sisa Anggaran (Rp)`: one figure, in whichever column."""
        column = self._only_filled(row)
        if column is None:
            return []
        is_sisa, is_percent = "sisa" in label.lower(), "%" in label or "persen" in label.lower()
        if is_sisa and is_percent:
            return []
        name = SISA if is_sisa else PERSEN
        self.cells[self.sheet.name, row, name] = self.sheet.where(row, column)
        persen: Decimal | float | None = None
        amounts: dict[str, int | None] = {}
        if name == PERSEN:
            persen = read_persen(self.sheet, row, column, self.findings)
        elif there := next((amount for amount, at in self.amounts.items() if at == column), None):
            amounts[SISA] = self.figures.read(row, there)
        return [Line(ROOT, label, amounts, self.sheet.name, row, is_total=True, persen=persen)]

    def _only_filled(self, row: int) -> int | None:
        """Give the only column of figures that a row fills."""
        columns = {*self.amounts.values(), self.header.columns.get(PERSEN, -1)} - {-1}
        filled = [column for column in columns if self.sheet.at(row, column) is not None]
        return filled[0] if len(filled) == 1 else None

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
