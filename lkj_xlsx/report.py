"""The whole flow: files in, one workbook out. Read this file first."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lkj_xlsx.examination import examine
from lkj_xlsx.finding import Finding
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
    files: Sequence[Path], output: Path | None = None, periode: str | None = None, *, force: bool = False
) -> Report:
    """Write the attachments of the files to `output`, never over one of them; a failed run leaves nothing behind."""
    refuse_targets(output, force=force, inputs=files)
    examination = examine(files, periode)
    tables = build(examination.budget, examination.rollup, examination.findings)
    path = output or Path(default_name(examination.budget.identity))
    refuse_targets(path, force=force, inputs=files)
    write(tables, path, examination.budget.identity, force=force)
    return Report(path, tables, examination.findings)


def default_name(identity: Identity) -> str:
    """Name the workbook after satker and period: `lkj-656519-2024-12.xlsx`."""
    parts = ("lkj", identity.kode_satker, identity.periode)
    return "-".join(part for part in parts if part) + ".xlsx"
