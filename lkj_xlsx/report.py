"""The whole flow: files in, one workbook out. Read this file first."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lkj_xlsx import condense
from lkj_xlsx.checks import in_order
from lkj_xlsx.engine import How
from lkj_xlsx.examination import Examination, examine
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.inputs import Inputs, gather
from lkj_xlsx.model import Identity, known
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.table import Table
from lkj_xlsx.tables import build
from lkj_xlsx.whole_file import refuse_targets, whole_file
from lkj_xlsx.writer import write


@dataclass(frozen=True, slots=True)
class Report:
    """A written workbook: where it is, its tables, and the findings that stand in it."""

    path: Path
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


def write_report(
    files: Sequence[Path] | Inputs,
    output: Path | None = None,
    periode: str | None = None,
    how: How | None = None,
    *,
    force: bool = False,
    is_merged: bool = False,
) -> Report:
    """Write the attachments of the files to `output`, never over one of them; a failed run leaves nothing behind.

    `is_merged` adds several satker up.
    """
    inputs = gather(files)
    refuse_targets(output, force=force, inputs=inputs.paths)
    return write_examined(examine(inputs, periode, how, is_merged=is_merged), output, inputs.paths, force=force)


def write_examined(
    examination: Examination, output: Path | None, inputs: Sequence[Path], *, force: bool = False
) -> Report:
    """Write the attachments of what was examined; see write_report.

    Past MOST_LEAVES the leaves go to a Parquet file beside the workbook, which sums them by RO and akun and says so.
    """
    budget, identity = examination.budget, examination.budget.identity
    path = output or Path(default_name(identity))
    refuse_targets(path, force=force, inputs=inputs)
    if len(budget.lines) <= condense.MOST_LEAVES:
        return _written(examination, path, force=force)
    beside = path.with_name(f"{path.stem}-rincian.parquet")
    refuse_targets(path, beside, force=force, inputs=inputs)
    with whole_file(beside, force=force) as partial:
        from lkj_xlsx.stored import store  # noqa: PLC0415 - most reports write no Parquet

        store(replace(budget, printed=budget.printed.iloc[:0], findings=(), others=()), partial)
        with partial.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        condensed = condense.condense(budget, examination.rollup, beside.name)
        (pagu,), (realisasi,) = (known(examination.rollup.total[name]) for name in ("pagu", "realisasi"))
        message = (
            f"{len(budget.lines)} baris rincian ada di {beside.name} (pagu {_spelled(pagu)}, realisasi"
            f" {_spelled(realisasi)}, sha256 {sha256}); di sini dijumlah menurut RO dan akun"
        )
        moved = Finding(condense.CONDENSED, Severity.INFO, Where(budget.file), message)
        findings = in_order([*examination.findings, moved])
        examination = replace(examination, budget=condensed, rollup=roll_up(condensed), findings=findings)
        return _written(examination, path, force=force)


def _written(examination: Examination, path: Path, *, force: bool) -> Report:
    tables = build(examination.budget, examination.rollup, examination.findings)
    write(tables, path, examination.budget.identity, force=force)
    return Report(path, tables, examination.findings)


def _spelled(amount: int | None) -> str:
    return "tidak diketahui" if amount is None else rupiah(amount)


def default_name(identity: Identity) -> str:
    """Name the workbook after satker and period: `lkj-656519-2024-12.xlsx`."""
    parts = ("lkj", identity.kode_satker, identity.periode)
    return "-".join(part for part in parts if part) + ".xlsx"
