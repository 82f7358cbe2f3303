"""Our own workbook: what `lkj template` writes and the officer fills.

Sheets `Identitas` (Kunci, Nilai), `Anggaran` (Kode, Uraian, Pagu, Realisasi …) or `Pagu` and `Realisasi` keyed by
code, `Kinerja` (the indicators of Tabel 1 and B.1) and `Skala` (the categories). Any of them may be absent.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ends_with
from lkj_xlsx.model import BULAN, Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers.printed_header import find_header
from lkj_xlsx.readers.printed_rows import Reading
from lkj_xlsx.readers.workbook_kinerja import read_kinerja, read_skala
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "workbook lkj (lembar Anggaran atau Pagu+Realisasi, Kinerja, Identitas; `lkj template` membuatnya)"

IDENTITAS, ANGGARAN, PAGU, REALISASI, KINERJA, SKALA = "Identitas", "Anggaran", "Pagu", "Realisasi", "Kinerja", "Skala"

KEYS: Final = {
    "nama satker": ("nama_satker", 0),
    "kode satker": ("kode_satker", 6),
    "bagian anggaran": ("bagian_anggaran", 3),
    "unit eselon i": ("unit_eselon_i", 2),
    "tahun anggaran": ("tahun", 0),
    "bulan": ("bulan", 0),
    "kota": ("kota", 0),
    "tanggal laporan": ("tanggal_laporan", 0),
    "jabatan": ("jabatan", 0),
    "nama": ("nama", 0),
    "nip": ("nip", 0),
}
"""The keys of Identitas: the field each fills, and to how many digits a number lost its leading zeros."""

UNKNOWN_KEY, BAD_VALUE, NIP_LOST, NO_CEILING = "R301", "R302", "R303", "K106"
YEAR, MONTH = re.compile(r"20\d\d", re.ASCII), re.compile(r"\d{1,2}", re.ASCII)


def identify(document: Document) -> bool:
    """Tell whether the document has a sheet that only this workbook has, under its own heading."""
    has_both = document.named(PAGU) is not None and document.named(REALISASI) is not None
    return has_both or any(document.named(name) is not None for name in (ANGGARAN, KINERJA))


def read(document: Document) -> Budget:
    """Read every sheet of ours that the document has."""
    findings: list[Finding] = []
    reading, lines = _budget_lines(document, findings)
    leaves, others = split_leaves(lines)
    if reading:
        for line in leaves:
            for name in ("pagu", "realisasi"):
                reading.figures.report_empty(line.row, name)
    used = {
        sheet.name for name in (IDENTITAS, *_budget_sheets(document), KINERJA, SKALA) if (sheet := document.named(name))
    }
    findings.extend(unread(document, used | {"Petunjuk"}))
    kinerja, skala, identitas = (document.named(name) for name in (KINERJA, SKALA, IDENTITAS))
    return Budget(
        file=document.file,
        format=FORMAT,
        identity=_identity(identitas, findings) if identitas else Identity(),
        lines=frame_of(leaves),
        printed=frame_of(others),
        columns=reading.amounts if reading else {},
        cells=reading.cells if reading else {},
        indikator=read_kinerja(kinerja, findings) if kinerja else (),
        skala=read_skala(skala, findings) if skala else (),
        findings=tuple(findings),
    )


def _budget_sheets(document: Document) -> tuple[str, ...]:
    """Name the sheets that give the budget: `Anggaran`, else `Pagu` and `Realisasi`."""
    return (ANGGARAN,) if document.named(ANGGARAN) else (PAGU, REALISASI)


def _budget_lines(document: Document, findings: list[Finding]) -> tuple[Reading | None, list[Line]]:
    """Read `Anggaran`, or `Pagu` with the postings of `Realisasi` added to each code."""
    anggaran, pagu, realisasi = (document.named(name) for name in (ANGGARAN, PAGU, REALISASI))
    if anggaran:
        reading = _reading(anggaran, ("kode", "pagu", "realisasi"), findings)
        return reading, reading.lines()
    if pagu and realisasi:
        ceilings = _reading(pagu, ("kode", "pagu"), findings)
        postings = _reading(realisasi, ("kode", "realisasi"), findings)
        return ceilings, _with_postings(ceilings, postings)
    return None, []


def _reading(sheet: Sheet, needed: tuple[str, ...], findings: list[Finding]) -> Reading:
    header = find_header(sheet, needed)
    if header is None:
        message = f"{sheet.file}!{sheet.name}: judul kolom {', '.join(needed)} tidak ditemukan; lihat `lkj template`"
        raise UnreadableFile(message)
    return Reading(sheet, header, findings)


def _with_postings(ceilings: Reading, postings: Reading) -> list[Line]:
    """Add each posting to the one leaf whose path it names; a code without a ceiling stays, its pagu unknown.

    A code without postings has spent 0: the sheet is a ledger. A ledger without a single row says nothing.
    """
    lines = ceilings.lines()
    leaves, _ = split_leaves(lines)
    rows = [row for row in postings.lines() if not row.is_total]
    spent: dict[tuple[str, ...], int | None] = {leaf.path: 0 if rows else None for leaf in leaves}
    strangers: list[Line] = []
    for row in rows:
        segments = tuple(code for code in row.path if code)
        named = [path for path in spent if ends_with(path, segments)]
        amount = row.amounts["realisasi"]
        if amount is None:
            postings.figures.report_empty(row.row, "realisasi")
        if len(named) == 1:
            so_far = spent[named[0]]
            spent[named[0]] = None if so_far is None or amount is None else so_far + amount
            continue
        problem = (
            "tidak ada di lembar Pagu" if not named else f"cocok dengan {len(named)} baris Pagu; tulis jalur lengkapnya"
        )
        where = postings.sheet.where(row.row, postings.header.columns["kode"])
        findings = postings.findings
        findings.append(Finding(NO_CEILING, Severity.ERROR, where, f"kode realisasi `{'.'.join(segments)}` {problem}"))
        strangers.append(row)
        ceilings.cells.update(
            {(row.sheet, row.row, "realisasi"): postings.sheet.where(row.row, postings.amounts["realisasi"])}
        )
        ceilings.cells.update({(row.sheet, row.row, "pagu"): where})
    ids = {id(leaf) for leaf in leaves}
    merged = [
        replace(line, amounts={**line.amounts, "realisasi": spent[line.path]}) if id(line) in ids else line
        for line in lines
    ]
    return [*merged, *strangers]


def _identity(sheet: Sheet, findings: list[Finding]) -> Identity:
    """Read the keys and values of Identitas."""
    values: dict[str, str | int | None] = {}
    for row in range(len(sheet.rows)):
        key = sheet.text(row, 0).lower().rstrip(" :")
        if not key or key == "kunci":
            continue
        if key not in KEYS:
            message = f"kunci `{sheet.text(row, 0)}` tidak dikenal; yang dikenal: {', '.join(KEYS)}"
            findings.append(Finding(UNKNOWN_KEY, Severity.PERINGATAN, sheet.where(row, 0), message))
            continue
        name, width = KEYS[key]
        findings.extend(_value(sheet, row, name, width, values))
    return Identity(**values)  # type: ignore[arg-type]  # KEYS names the fields, _value gives int for tahun and bulan


def _value(sheet: Sheet, row: int, name: str, width: int, values: dict[str, str | int | None]) -> Iterator[Finding]:
    """Put one value into `values`; yields what is wrong with it."""
    value, text = sheet.at(row, 1), sheet.text(row, 1)
    if value is None:
        return
    where = sheet.where(row, 1)
    if name == "nip" and isinstance(value, int | float | Decimal):
        message = "NIP tersimpan sebagai angka, digit akhirnya hilang; ketik sebagai teks"
        yield Finding(NIP_LOST, Severity.ERROR, where, message, text)
    elif name == "tahun":
        values[name] = int(text) if YEAR.fullmatch(text) else None
    elif name == "bulan":
        names = [bulan.lower() for bulan in BULAN]
        number = names.index(text.lower()) + 1 if text.lower() in names else int(text) if MONTH.fullmatch(text) else 0
        values[name] = number if 1 <= number <= len(BULAN) else None
    elif isinstance(value, date):
        values[name] = f"{value.day} {BULAN[value.month - 1]} {value.year}"
    else:
        values[name] = text.zfill(width) if isinstance(value, int | float | Decimal) else text
    if name in values and values[name] is None:
        yield Finding(BAD_VALUE, Severity.ERROR, where, f"`{text}` bukan {name} yang dikenali", text)
