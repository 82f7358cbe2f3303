"""`Temuan`: everything that was found wrong, worst first, each linked to its cell."""

from collections.abc import Sequence
from typing import Final

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.rupiah import spell
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit

NAME: Final = "Temuan"

COLUMNS: Final = (
    Column("no", "No", Unit.LABEL, 5),
    Column("tingkat", "Tingkat", Unit.LABEL, 11),
    Column("kode", "Kode", Unit.LABEL, 7),
    Column("tempat", "Tempat", Unit.TEXT, 34),
    Column("pesan", "Temuan", Unit.TEXT, 60),
    Column("tertulis", "Tertulis", Unit.TEXT, 18),
    Column("seharusnya", "Seharusnya", Unit.TEXT, 18),
    Column("karena", "Karena", Unit.TEXT, 30),
)
NONE: Final = "Tidak ada temuan."


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> Table:  # noqa: ARG001 - one signature for all tables
    """List the findings by severity, in reading order within each."""
    return listed(findings)


def listed(findings: Sequence[Finding], notes: tuple[str, ...] = ()) -> Table:
    """Lay findings out as one sheet, worst first, with notes under them."""
    ordered = sorted(findings, key=lambda finding: finding.severity.rank)
    rows = tuple(
        Row(
            Role.LINE,
            (
                Cell(number),
                Cell(finding.severity.value),
                Cell(finding.code),
                Cell(str(finding.where), link=_link(finding.where)),
                Cell(finding.message),
                Cell(_spelled(finding.printed)),
                Cell(_spelled(finding.expected)),
                Cell(finding.reasons or None),
            ),
        )
        for number, finding in enumerate(ordered, start=1)
    )
    return Table(NAME, ("Temuan",), COLUMNS, rows, notes if rows else (NONE, *notes), is_list=True)


def _link(where: Where) -> str:
    """Spell the address that opens the source file, lying beside the workbook, at the cell."""
    sheet = (where.sheet or "").replace("'", "''")
    place = f"#'{sheet}'!{where.cell}" if where.sheet and where.cell else ""
    return f"external:{where.file}{place}"


def _spelled(value: int | str | None) -> str | None:
    return spell(value) if isinstance(value, int) else value


def counted(findings: tuple[Finding, ...]) -> dict[Severity, int]:
    """Count findings by severity."""
    return {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
