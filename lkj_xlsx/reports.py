"""One workbook for each satker of many files, written where the engine works."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lkj_xlsx.case import grouped
from lkj_xlsx.combining import combine
from lkj_xlsx.engine import How
from lkj_xlsx.errors import BadRequest, CannotWrite, LkjError, reason
from lkj_xlsx.examination import examine_documents
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.inputs import Inputs
from lkj_xlsx.intake import Intake, take_in
from lkj_xlsx.model import Budget
from lkj_xlsx.report import default_name, write_examined
from lkj_xlsx.whole_file import refuse_targets

NOT_WRITTEN: Final = "R121"


@dataclass(frozen=True, slots=True)
class Order:
    """The documents of one satker, and the workbook to write of them."""

    budgets: tuple[Budget, ...]
    path: Path
    periode: str | None
    force: bool
    inputs: tuple[Path, ...]

    @property
    def name(self) -> str:
        """What a failure calls it."""
        return self.budgets[0].file


@dataclass(frozen=True, slots=True)
class Written:
    """One workbook that was written, and the findings that stand in it."""

    path: Path
    findings: tuple[Finding, ...]


def write_reports(
    inputs: Inputs, folder: Path, periode: str | None, how: How, *, force: bool
) -> tuple[list[Written], tuple[Finding, ...]]:
    """Write the attachments of each satker into `folder`; gives them, and every finding.

    A satker whose files do not fit together is a finding, the others are written. Raises LkjError before anything is
    written where a workbook may not be, or nothing can be.
    """
    if folder.exists() and not folder.is_dir():
        message = f"{folder}: itu berkas; --per satker menulis ke folder"
        raise CannotWrite(message)
    intake = take_in(inputs, how)
    orders, refused = _orders(intake.budgets, folder, periode, inputs.paths, force=force)
    for order in orders:
        refuse_targets(order.path, force=force, inputs=inputs.paths)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: folder tidak dapat dibuat ({reason(error)}); pilih tempat lain"
        raise CannotWrite(message) from error
    made = how.engine.each(_write, orders, how.told)
    written = [one for one in made if isinstance(one, Written)]
    failed = [_failed(order.name, one) for order, one in zip(orders, made, strict=True) if isinstance(one, LkjError)]
    found = [finding for one in written for finding in one.findings]
    return written, (*found, *intake.refused, *refused, *failed)


def _orders(
    budgets: Sequence[Budget], folder: Path, periode: str | None, inputs: tuple[Path, ...], *, force: bool
) -> tuple[list[Order], list[Finding]]:
    """Give each satker the documents that are its own, and those without lines that are nobody's or everybody's."""
    groups = [own for own in grouped(budgets).values() if any(len(each.lines) for each in own)]
    shared = [each for own in grouped(budgets).values() if not any(len(each.lines) for each in own) for each in own]
    orders, refused = [], []
    for own in groups:
        documents = (*own, *shared)
        try:
            identity = combine(documents, periode).identity
        except LkjError as refusal:
            refused.append(_failed(own[0].file, refusal))
            continue
        orders.append(Order(documents, folder / default_name(identity), periode, force, inputs))
    if not orders:
        raise BadRequest("; ".join(one.message for one in refused) or "tidak ada baris anggaran di berkas-berkas ini")
    return orders, refused


def _failed(file: str, refusal: LkjError) -> Finding:
    return Finding(NOT_WRITTEN, Severity.ERROR, Where(file), f"lampiran satker ini tidak ditulis: {refusal}")


def _write(order: Order) -> Written:
    examination = examine_documents(Intake(order.budgets), order.periode)
    done = write_examined(examination, order.path, order.inputs, force=order.force)
    return Written(done.path, done.findings)
