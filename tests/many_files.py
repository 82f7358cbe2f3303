"""Exports of several satker, made small, for tests of work on many files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conftest import write_sheets

from lkj_xlsx.engine import How
from lkj_xlsx.finding import Finding

KODE = "CQ.6709.QGE.00{}.051.0A.521211"


def workbook(path: Path, satker: str | None, *, bulan: int = 12, tahun: int = 2024, pagu: int = 600) -> Path:
    """Write our own workbook of one satker and month."""
    path.parent.mkdir(parents=True, exist_ok=True)
    identity = f"| Kode satker | {satker} |\n" if satker else ""
    rows = "\n".join(
        f"| {KODE.format(number)} | Anggaran {number} | {pagu * number} | {40 + bulan} |" for number in (1, 2)
    )
    text = (
        f"# Sheet: Identitas\n| Kunci | Nilai |\n{identity}| Tahun anggaran | {tahun} |\n| Bulan | {bulan} |\n"
        f"# Sheet: Anggaran\n| Kode | Uraian | Pagu | Realisasi |\n{rows}"
    )
    return write_sheets(text, path)


def ministry(folder: Path, satker: int = 3) -> Path:
    """Write two months of some satker, a file that is none, and one that is not for sheets."""
    for number in range(satker):
        for bulan in (11, 12):
            workbook(folder / f"{number}" / f"FA-{bulan}.xlsx", f"65651{number}", bulan=bulan, pagu=600 + number)
    (folder / "rusak.xlsx").write_bytes(b"rusak")
    (folder / "catatan.pdf").write_bytes(b"%PDF")
    return folder


HERE = How()


@contextmanager
def two_workers() -> Iterator[tuple[Any, Any]]:
    """Start a real cluster of two worker processes on this machine; gives it and a client."""
    from distributed import Client, LocalCluster  # noqa: PLC0415 - most tests need none

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as own, Client(own) as client:
        yield own, client


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.where.file) for one in findings]
