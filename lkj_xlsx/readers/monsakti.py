"""MonSAKTI "Data Mentah Penganggaran", which MyIntress calls "Download Data Detail": one row an item, pagu and RPD.

Made by monsakti.kemenkeu.go.id (2026: myintress.kemenkeu.go.id) from the budget of a satker; a CSV, or that CSV
re-saved as xlsx. It names no program to akun, no year, and holds no realisasi. It prints no akun row either, and items
are never leaves (model.py): each akun and sumber dana is a line made here, the sum of its items, which stands at the
first of them. Where one item's amount is unknown, so is that of its akun. Source: from documentation and from code that
reads such files (FORMATS.md section 5), no real file.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Level, Path
from lkj_xlsx.model import RPD, Budget, Identity, Line, frame_of
from lkj_xlsx.readers.monsakti_rows import check_plans, check_products, chosen_revision, coded_rows, items_of
from lkj_xlsx.readers.named_columns import (
    Codes,
    Table,
    find_tables,
    known_total,
    only_table,
    spell_satker,
    spelled_total,
)
from lkj_xlsx.rupiah import Fault
from lkj_xlsx.sheet import Document, unread

FORMAT: Final = "MonSAKTI/MyIntress Data Mentah Penganggaran (kolom KDSATKER sampai KODE_STS_HISTORY)"

SIGNATURE: Final = ("KDSATKER", "KODE_STS_HISTORY")
CODES: Final = {
    "KODE_PROGRAM": Level.PROGRAM,
    "KODE_KEGIATAN": Level.KEGIATAN,
    "KODE_OUTPUT": Level.KRO,
    "KODE_SUBOUTPUT": Level.RO,
    "KODE_KOMPONEN": Level.KOMPONEN,
    "KODE_SUBKOMPONEN": Level.SUBKOMPONEN,
    "KODE_AKUN": Level.AKUN,
}
NEEDED: Final = (*SIGNATURE, *CODES, "HEADER1", "HEADER2", "TOTAL")
AMOUNTS: Final = {
    "TOTAL": "pagu",
    "NILAI_BLOKIR": "blokir",
    **{f"POK_NILAI_{month}": rpd for month, rpd in enumerate(RPD, start=1)},
}
"""The amount columns, and what each is in a frame."""
UNUSED: Final = (
    *("KDIB", "VOLUME_OUTPUT", "VOLUME_SUBOUTPUT", "KODE_JENIS_BEBAN", "KODE_CARA_TARIK", "KODE_JENIS_BANTUAN"),
    *("KODE_REGISTER", "KODE_ITEM", "NOMOR_ITEM", "SATKEG", "KODE_BLOKIR"),
    *(f"{name}_KEG_{number}" for number in range(1, 5) for name in ("VOL", "SAT")),
)
KNOWN: Final = frozenset(
    {*NEEDED, *AMOUNTS, *UNUSED, "URAIAN_SUBKOMPONEN", "CONS_ITEM", "URAIAN_ITEM", "SUMBER_DANA", "VOLKEG", "HARGASAT"}
)

NO_CODE, ROWS_THAT_COUNT = "R201", "R210"

Amounts = Mapping[str, Mapping[int, int | None]]
"""The amounts of each column of a frame, by row."""


def identify(document: Document) -> bool:
    """Tell whether a sheet has a row of names with KDSATKER and KODE_STS_HISTORY among them."""
    return any(find_tables(document, SIGNATURE))


def read(document: Document) -> Budget:
    """Read the items of one revision of one satker's budget; the sums by akun and sumber dana are the leaves.

    Raises UnreadableFile for a file of several satker, for revisions of which the latest is not certain, and where a
    needed column is missing.
    """
    table = only_table(document, SIGNATURE, NEEDED)
    return _Reading(document, table).budget()


class _Reading:
    """One pass down the table."""

    def __init__(self, document: Document, table: Table) -> None:
        self.document, self.table, self.codes = document, table, Codes(table)
        self.findings: list[Finding] = []

    def budget(self) -> Budget:
        """Choose the rows that count, read them, add them up."""
        table = self.table
        self.findings += unread(self.document, {table.sheet.name})
        table.report_unknown(KNOWN, self.findings)
        coded = coded_rows(table, ("KDSATKER", *CODES), self.findings)
        satkers = {row: spell_satker(table.text(row, "KDSATKER")) for row in coded}
        table.refuse_several(satkers, "KDSATKER", "satker")
        rows, told = chosen_revision(table, coded)
        self.findings += told
        items, unsure = items_of(table, rows, self.findings)
        paths = self._paths(items)
        amounts = self._amounts(list(paths), unsure)
        lines = self._lines(paths, amounts)
        printed = [*self._names(paths), *self._items(paths, amounts)]
        self.codes.report(self.findings)
        check_products(table, amounts["pagu"], self.findings)
        if all(rpd in amounts for rpd in RPD):
            check_plans(table, amounts, self.findings)
        return Budget(
            file=table.sheet.file,
            format=FORMAT,
            identity=Identity(kode_satker=next(filter(None, satkers.values()), None)),
            lines=frame_of(lines),
            printed=frame_of(printed),
            columns=self._columns(),
            findings=tuple(self.findings),
        )

    def _columns(self) -> dict[str, int]:
        named = {"kode": "KODE_AKUN", "uraian": "URAIAN_ITEM", **{ours: name for name, ours in AMOUNTS.items()}}
        return {ours: self.table.columns[name] for ours, name in named.items() if name in self.table.columns}

    def _paths(self, rows: Iterable[int]) -> dict[int, Path]:
        """Give the path to the akun of each row; a row that lacks a code is told of and left out."""
        paths: dict[int, Path] = {}
        lacking: dict[tuple[str, ...], list[int]] = {}
        known: dict[Path, Path] = {}
        for row in rows:
            codes = tuple(self.codes.read(row, name, level) for name, level in CODES.items())
            missing = tuple(name for name, code in zip(CODES, codes, strict=True) if not code)
            if missing:
                lacking.setdefault(missing, []).append(row)
            else:
                path = (*codes, "")
                paths[row] = known.setdefault(path, path)
        for names, lost in lacking.items():
            total = spelled_total(self.table.amounts("TOTAL", lost, []).values())
            where, *because = self.table.places(lost, names[0])
            message = f"{', '.join(names)} kosong pada {len(lost)} baris; TOTAL {total} tidak ikut dijumlah"
            self.findings.append(Finding(NO_CODE, Severity.ERROR, where, message, because=tuple(because)))
        return paths

    def _amounts(self, rows: Sequence[int], unsure: frozenset[int]) -> dict[str, dict[int, int | None]]:
        """Read every amount column there is; of a row that may be a heading none is known."""
        amounts = {
            ours: self.table.amounts(name, rows, self.findings)
            for name, ours in AMOUNTS.items()
            if name in self.table.columns
        }
        for row in rows:
            if self.table.sheet.value(row, self.table.columns["TOTAL"]) is None:
                where = self.table.where(row, "TOTAL")
                self.findings.append(Finding(Fault.EMPTY.code, Severity.ERROR, where, Fault.EMPTY.words))
        for of_column in amounts.values():
            of_column.update(dict.fromkeys(unsure & of_column.keys()))
        return amounts

    def _lines(self, paths: Mapping[int, Path], amounts: Amounts) -> list[Line]:
        """Make the line of each akun and sumber dana, in the order of the file."""
        groups: dict[tuple[Path, str], list[int]] = {}
        for row, path in paths.items():
            groups.setdefault((path, self.table.text(row, "SUMBER_DANA")), []).append(row)
        names = {ours: name for name, ours in AMOUNTS.items()}
        lines = []
        for (path, source), rows in groups.items():
            sums = {
                ours: known_total((column[row] for row in rows), self.table, rows[0], names[ours], self.findings)
                for ours, column in amounts.items()
            }
            lines.append(Line(path, "", sums, self.table.sheet.name, rows[0], sumber_dana=source))
        return lines

    def _names(self, paths: Mapping[int, Path]) -> list[Line]:
        """Give the only names of groups that the file has: those of subkomponen, each once, without figures."""
        seen: dict[tuple[Path, str], int] = {}
        for row, path in paths.items():
            if name := self.table.text(row, "URAIAN_SUBKOMPONEN"):
                depth = Level.SUBKOMPONEN.depth + 1
                seen.setdefault(((*path[:depth], *ROOT[depth:]), name), row)
        return [Line(path, name, {}, self.table.sheet.name, row) for (path, name), row in seen.items()]

    def _items(self, paths: Mapping[int, Path], amounts: Amounts) -> list[Line]:
        """Give the items by their number in SAKTI (CONS_ITEM `323` is the FA item `000323`)."""
        lines, without = [], []
        for row, path in paths.items():
            number = self.codes.read(row, "CONS_ITEM", Level.ITEM)
            if not number:
                without.append(row)
                continue
            lines.append(
                Line(
                    (*path[:-1], number),
                    self.table.text(row, "URAIAN_ITEM"),
                    {ours: column[row] for ours, column in amounts.items()},
                    self.table.sheet.name,
                    row,
                    sumber_dana=self.table.text(row, "SUMBER_DANA"),
                )
            )
        if without:
            where, *because = self.table.places(without, "CONS_ITEM")
            message = f"{len(without)} item tanpa CONS_ITEM: dijumlah di akunnya, tidak dirinci per item"
            self.findings.append(Finding(ROWS_THAT_COUNT, Severity.INFO, where, message, because=tuple(because)))
        return lines
