"""The plan of a Form Cetak POK: months make up each ceiling, and those of the rows below it each month of a row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Path, ancestors, called
from lkj_xlsx.model import BULAN, RPD, Line
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.rupiah import spell_difference
from lkj_xlsx.sheet import Sheet

DIFFERS: Final = "R206"


def check_plan(sheet: Sheet, columns: Mapping[str, int], lines: Sequence[Line], findings: list[Finding]) -> None:
    """Hold the months of every row against its ceiling, and each month of a row against the rows under it.

    `columns` gives the column of each figure. Rows without any plan (every month 0) are told of together.
    """
    _hold_ceilings(sheet, columns, lines, findings)
    for above, below in _families(lines):
        for month, name in zip(BULAN, RPD, strict=True):
            printed = above.amounts[name]
            amounts = [amount for line in below if (amount := line.amounts[name]) is not None]
            if printed is None or len(amounts) < len(below) or sum(amounts) == printed:
                continue
            whose = called(above.path) or above.uraian
            message = (
                f"rencana {month} {whose} tertulis {rupiah(printed)}, jumlah {len(below)} baris di bawahnya"
                f" {rupiah(sum(amounts))} (selisih {spell_difference(printed - sum(amounts))})"
            )
            where, *because = (sheet.where(line.row, columns[name]) for line in (above, *below))
            findings.append(Finding(DIFFERS, Severity.PERINGATAN, where, message, printed, because=tuple(because)))


def _hold_ceilings(sheet: Sheet, columns: Mapping[str, int], lines: Sequence[Line], findings: list[Finding]) -> None:
    unplanned: list[int] = []
    for line in lines:
        pagu, months = line.amounts["pagu"], [line.amounts[name] for name in RPD]
        planned = [amount for amount in months if amount is not None]
        if pagu is None or len(planned) < len(months) or sum(planned) == pagu:
            continue
        if not any(planned):
            unplanned.append(line.row)
            continue
        message = (
            f"pagu tertulis {rupiah(pagu)}, jumlah rencana 12 bulan {rupiah(sum(planned))}"
            f" (selisih {spell_difference(pagu - sum(planned))})"
        )
        because = tuple(sheet.where(line.row, columns[name]) for name in RPD)
        where = sheet.where(line.row, columns["pagu"])
        findings.append(Finding(DIFFERS, Severity.PERINGATAN, where, message, pagu, because=because))
    if unplanned:
        where, *others = (sheet.where(row, columns["pagu"]) for row in unplanned)
        message = f"{len(unplanned)} baris tanpa rencana penarikan (semua bulan 0)"
        findings.append(Finding(DIFFERS, Severity.INFO, where, message, because=tuple(others)))


def _families(lines: Sequence[Line]) -> Iterator[tuple[Line, Sequence[Line]]]:
    """Give each row with the rows nearest below it; a code that stands twice (K101 tells) has none of its own."""
    rows: dict[Path, list[Line]] = {}
    for line in lines:
        rows.setdefault(line.path, []).append(line)
    below: dict[Path, list[Line]] = {}
    for line in lines:
        if line.path != ROOT:
            nearest = next((path for path in reversed(ancestors(line.path)) if path in rows), ROOT)
            below.setdefault(nearest, []).append(line)
    for path, own in rows.items():
        if path in below and (len(own) == 1 or path == ROOT):
            yield from ((line, below[path]) for line in own)
