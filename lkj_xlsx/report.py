"""The whole flow: files in, one workbook out. Read this file first."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lkj_xlsx.engine import How
from lkj_xlsx.examination import Examination, examine
from lkj_xlsx.finding import Finding
from lkj_xlsx.inputs import gather
from lkj_xlsx.model import Identity
from lkj_xlsx.table import Table
from lkj_xlsx.tables import build
from lkj_xlsx.whole_file import refuse_targets
from lkj_xlsx.writer import write


@dataclass(frozen=True, slots=True)
class Report:
    """A written workbook: where it is, its tables, and the findings that stand in it."""

    path: Path
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


def write_report(
    files: Sequence[Path],
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
    inputs = gather(files).paths
    refuse_targets(output, force=force, inputs=inputs)
    return write_examined(examine(files, periode, how, is_merged=is_merged), output, inputs, force=force)


def write_examined(
    examination: Examination, output: Path | None, inputs: Sequence[Path], *, force: bool = False
) -> Report:
    """Write the attachments of what was examined; see write_report."""
    tables = build(examination.budget, examination.rollup, examination.findings)
    path = output or Path(default_name(examination.budget.identity))
    refuse_targets(path, force=force, inputs=inputs)
    write(tables, path, examination.budget.identity, force=force)
    return Report(path, tables, examination.findings)


def default_name(identity: Identity) -> str:
    """Name the workbook after satker and period: `lkj-656519-2024-12.xlsx`."""
    parts = ("lkj", identity.kode_satker, identity.periode)
    return "-".join(part for part in parts if part) + ".xlsx"
