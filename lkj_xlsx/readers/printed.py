"""Tables as printed in a report: budget tables (a code, a ceiling, a realisation) and tables of indicators.

Made by hand, in Excel, by every office; the pattern is chapter III of the LKj: Tabel C.1 (bands, lines, SUB TOTAL rows,
totals), Tabel 1 and Tabel B.1. One document may hold several, on sheets of their own or one under another. Columns are
found by the words of their headings. Source: the printed LKj of KPU Kota Binjai 2024.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import ROOT, Level, Path, ancestors
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers import emon
from lkj_xlsx.readers.glp039_head import title_row
from lkj_xlsx.readers.printed_header import Found, find_tables
from lkj_xlsx.readers.printed_kinerja import read_indicators
from lkj_xlsx.readers.printed_rows import Reading
from lkj_xlsx.readers.printed_unread import unread_parts
from lkj_xlsx.sheet import Document, unread

FORMAT: Final = "tabel tercetak (kolom Kode, Pagu dan Realisasi; atau Indikator, Target dan Realisasi)"

OWN_SHEETS: Final = ("Anggaran", "Kinerja", "RKK_MULTIYEAR_SATKER", "UC_ANG_6.4")
"""Sheets that only our own workbook has, or a form of SAKTI: each has a reader of its own."""
YEAR: Final = re.compile(r"\b(?:tahun(?: anggaran)?|T\.?A\.?)\s+(20\d\d)\b", re.IGNORECASE)
BLOCKS: Final = (
    (Level.PROGRAM, re.compile(r"\bprogram\b", re.IGNORECASE)),
    (Level.KEGIATAN, re.compile(r"\bkegiatan\b", re.IGNORECASE)),
    (Level.KRO, re.compile(r"\bkro\b", re.IGNORECASE)),
    (Level.RO, re.compile(r"\b(ro|output)\b", re.IGNORECASE)),
)
"""What the label of a total calls the block that it closes, where it names no code."""


def identify(document: Document) -> bool:
    """Tell whether a sheet has such a table, in a document without a sheet that has a reader of its own."""
    return not any(document.named(name) for name in OWN_SHEETS) and any(
        not table.why_unread for table in _tables(document)
    )


def _tables(document: Document) -> list[Found]:
    """Give the tables of every sheet but those of e-Monitoring and GLP039, which have readers of their own."""
    sheets = (sheet for sheet in document.sheets if not emon.header_of(sheet) and title_row(sheet) is None)
    return [table for sheet in sheets for table in find_tables(sheet)]


def read(document: Document) -> Budget:
    """Read every table of the document.

    The lines are those of one budget table: of several, our own Rincian or the one titled Tabel C.1. Where neither
    tells which, there are no lines, and all tables are `others`.
    """
    found = _tables(document)
    tables = [table for table in found if not table.why_unread]
    findings = [*unread(document, {table.sheet.name for table in found}), *unread_parts(found)]
    budgets = {id(table): _budget(table) for table in tables if not table.is_indicators}
    main = _chosen([table for table in tables if not table.is_indicators])
    own = budgets.pop(id(main)) if main else Budget(document.file, FORMAT, Identity(), frame_of([]), frame_of([]))
    indikator = tuple(
        indikator
        for table in tables
        if table.is_indicators
        for indikator in read_indicators(table.sheet, table.header, table.titles, findings)
    )
    identity = own.identity if main else _identity(tables[0], "")
    return Budget(
        file=document.file,
        format=FORMAT,
        identity=identity,
        lines=own.lines,
        printed=own.printed,
        columns=own.columns,
        cells=own.cells,
        indikator=indikator,
        findings=(*findings, *own.findings, *(found for other in budgets.values() for found in other.findings)),
        others=tuple(budgets.values()),
    )


def _budget(table: Found) -> Budget:
    """Read one budget table."""
    findings: list[Finding] = []
    reading = Reading(table.sheet, table.header, findings)
    leaves, others = split_leaves(_with_totals_placed(reading.lines(), reading.bare))
    for line in leaves:
        for name in ("pagu", "realisasi"):
            reading.figures.report_empty(line.row, name)
    return Budget(
        file=table.sheet.file,
        format=FORMAT,
        identity=_identity(table, reading.unit),
        lines=frame_of(leaves),
        printed=frame_of(others),
        columns=table.header.columns,
        cells=reading.cells,
        findings=tuple(findings),
    )


def _chosen(tables: Sequence[Found]) -> Found | None:
    """Choose the table whose lines count, or none where nothing tells which of several it is."""
    for wanted in (r"rincian", r"tabel c\.1"):
        matching = [table for table in tables if table.is_called(wanted)]
        if len(matching) == 1:
            return matching[0]
    return tables[0] if len(tables) == 1 else None


def _identity(table: Found, unit: str) -> Identity:
    """Read unit and year from the title lines above the header."""
    years = [match for title in table.titles if (match := YEAR.search(title))]
    bagian, _, eselon = unit.partition(".")
    names = (match.string[: match.start()].rstrip(" ,") for match in years)
    name = next(filter(None, names), None)
    is_one_year = len({match[1] for match in years}) == 1
    return Identity(
        nama_satker=name,
        bagian_anggaran=bagian or None,
        unit_eselon_i=eselon or None,
        tahun=int(years[0][1]) if is_one_year else None,
    )


def _with_totals_placed(lines: list[Line], bare: set[int]) -> list[Line]:
    """Give every total that names no code (`bare`, by row) its block: what it is the sum of, else what it says.

    Where its figures do not tell, the last of all is of everything, and one between lines of the kegiatan above it.
    """
    last = max((index for index, line in enumerate(lines) if not line.is_total), default=-1)
    sums = _sums(lines) if bare else {}
    above = ROOT
    placed: list[Line] = []
    for index, line in enumerate(lines):
        if not line.is_total:
            above = line.path
        elif line.row in bare and above != ROOT:
            usual = _usual_block(line.uraian, above, is_last=index > last)
            nodes = [usual, *reversed(ancestors(above)), ROOT]
            line = replace(line, path=max(nodes, key=lambda node: _agreeing(line, sums[node])))  # noqa: PLW2901 - the same row, placed now
        placed.append(line)
    return placed


def _usual_block(label: str, above: Path, *, is_last: bool) -> Path:
    """Say which block a total closes by its words, else by its place."""
    called = [level for level, words in BLOCKS if words.search(label) and above[level.depth]]
    if len(called) == 1:
        depth = called[0].depth
    elif is_last and not label.lower().startswith("sub"):
        return ROOT
    else:
        depth = Level.KEGIATAN.depth
    return (*above[: depth + 1], *ROOT[depth + 1 :])


def _sums(lines: list[Line]) -> dict[Path, dict[str, int | None]]:
    """Add the leaves up to every node; an amount is None where a leaf does not print it."""
    sums: dict[Path, dict[str, int | None]] = {ROOT: {}}
    for leaf in split_leaves(lines)[0]:
        for node in (ROOT, *ancestors(leaf.path), leaf.path):
            own = sums.setdefault(node, {})
            for name, amount in leaf.amounts.items():
                before = own.get(name, 0)
                own[name] = None if before is None or amount is None else before + amount
    return sums


def _agreeing(total: Line, sums: Mapping[str, int | None]) -> int:
    """Count the figures of a total that are a sum."""
    return sum(amount is not None and amount == sums.get(name) for name, amount in total.amounts.items())
