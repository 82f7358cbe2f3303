"""The sheets `Kinerja` and `Skala` of our own workbook: indicators, and the category scale."""

import re
from decimal import Decimal
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import fault_finding
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.model import Indikator, Kategori
from lkj_xlsx.rupiah import Fault
from lkj_xlsx.sheet import Sheet

KINERJA: Final = ("tabel", "sasaran", "indikator kinerja", "kode", "target", "satuan", "realisasi", "arah")
SKALA: Final = ("batas bawah", "batas atas", "kategori", "keterangan")
TABEL: Final = {"1": "1", "tabel 1": "1", "b.1": "B.1", "tabel b.1": "B.1"}
ARAH: Final = {
    "": False,
    "maksimal": False,
    "maksimum": False,
    "naik": False,
    "minimal": True,
    "minimum": True,
    "turun": True,
}

PERCENT_LOOKALIKE: Final = 10
"""Excel keeps a typed `100%` as 1: numbers up to this under satuan % get a look at their number format."""

UNKNOWN_TABLE, UNKNOWN_ARAH, NO_CODE, NOT_A_MEASURE = "R304", "R305", "R306", "R307"

UNREAD: Final = "?"
"""Stands where a cell held an error or an uncalculated formula: not the same as empty."""

_NUMBER = re.compile(r"(-?\d+(?:[.,]\d{1,2})?)\s*(%?)", re.ASCII)


def _columns(sheet: Sheet, needed: tuple[str, ...]) -> tuple[int, dict[str, int]]:
    """Find the heading row and the column of each heading; raises UnreadableFile naming what is missing."""
    best: dict[str, int] = {}
    for row in range(min(20, len(sheet.rows))):
        headings = {sheet.text(row, column).lower(): column for column in reversed(range(len(sheet.rows[row])))}
        if all(name in headings for name in needed):
            return row, headings
        best = max(best, {name: headings[name] for name in needed if name in headings}, key=len)
    missing = ", ".join(f"`{name.title()}`" for name in needed if name not in best)
    message = f"{sheet.file}!{sheet.name}: judul kolom {missing} tidak ditemukan; lihat `lkj template`"
    raise UnreadableFile(message)


def read_kinerja(sheet: Sheet, findings: list[Finding]) -> tuple[Indikator, ...]:
    """Read the indicators; an empty sasaran is that of the row above."""
    top, at = _columns(sheet, KINERJA)
    found: list[Indikator] = []
    for row in range(top + 1, len(sheet.rows)):
        text = {name: sheet.text(row, at[name]) for name in KINERJA}
        if not any(text.values()):
            continue

        def report(code: str, name: str, message: str, row: int = row) -> None:
            findings.append(Finding(code, Severity.ERROR, sheet.where(row, at[name]), message))

        tabel = TABEL.get(text["tabel"].lower())
        if tabel is None:
            report(
                UNKNOWN_TABLE, "tabel", f"tabel `{text['tabel']}` tidak dikenal (1 atau B.1); indikator tidak dicetak"
            )
            continue
        if text["arah"].lower() not in ARAH:
            report(
                UNKNOWN_ARAH, "arah", f"arah `{text['arah']}` tidak dikenal (maksimal atau minimal); dibaca maksimal"
            )
        target, realisasi = (
            _measure(sheet, row, at[name], text["satuan"], findings) for name in ("target", "realisasi")
        )
        if realisasi is None and not text["kode"]:
            report(NO_CODE, "kode", "indikator tanpa kode dan tanpa realisasi: realisasinya tidak dapat dihitung")
        for name, measure in (("target", target), ("realisasi", realisasi)):
            if isinstance(measure, str) and measure not in ("-", UNREAD):
                message = f"`{measure}` bukan satu angka; % capaian indikator ini tidak dihitung"
                findings.append(
                    Finding(NOT_A_MEASURE, Severity.PERINGATAN, sheet.where(row, at[name]), message, measure)
                )
        is_new_group = bool(text["sasaran"]) or not found or found[-1].tabel != tabel
        found.append(
            Indikator(
                tabel=tabel,
                sasaran=text["sasaran"] if is_new_group else found[-1].sasaran,
                nama=text["indikator kinerja"],
                kode=text["kode"],
                target=target,
                satuan=text["satuan"],
                realisasi=realisasi,
                is_minimise=ARAH.get(text["arah"].lower(), False),
                where=sheet.where(row, at["indikator kinerja"]),
            )
        )
    return tuple(found)


def _measure(sheet: Sheet, row: int, column: int, satuan: str, findings: list[Finding]) -> Decimal | str | None:
    """Read a target or realisasi in its own unit: percent points when satuan is `%`; a text that is no number stays."""
    value = sheet.value(row, column)
    if isinstance(value, Fault):
        findings.append(fault_finding(sheet, value, row, column))
        return UNREAD
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        text = sheet.text(row, column)
        match = _NUMBER.fullmatch(text)
        if match and (not match[2] or satuan == "%"):
            return Decimal(match[1].replace(",", "."))
        return text or None
    number = Decimal(repr(float(value)))  # a double, as short as it can be told
    may_be_fraction = satuan == "%" and abs(number) <= PERCENT_LOOKALIKE
    is_fraction = may_be_fraction and sheet.percent_places(row, column) is not None
    return (number * 100 if is_fraction else number).normalize()


def read_skala(sheet: Sheet, findings: list[Finding]) -> tuple[Kategori, ...]:
    """Read the category scale; bounds are percent points, an empty one is unbounded."""
    top, at = _columns(sheet, SKALA)
    scale: list[Kategori] = []
    for row in range(top + 1, len(sheet.rows)):
        nama = sheet.text(row, at["kategori"])
        bounds = [_measure(sheet, row, at[name], "%", findings) for name in ("batas bawah", "batas atas")]
        if not nama and bounds == [None, None]:
            continue
        for name, bound in zip(("batas bawah", "batas atas"), bounds, strict=True):
            if isinstance(bound, str):
                message = f"`{bound}` bukan satu angka; kategori `{nama}` tidak dipakai"
                findings.append(Finding(NOT_A_MEASURE, Severity.ERROR, sheet.where(row, at[name]), message, bound))
        bawah, atas = (None if bound is None else bound for bound in bounds)
        if not isinstance(bawah, str) and not isinstance(atas, str):
            where = sheet.where(row, at["kategori"])
            scale.append(Kategori(bawah, atas, nama, sheet.text(row, at["keterangan"]), where))
    return tuple(scale)
