"""Findings as an officer or a program reads them: lines of text, JSON, CSV, a sheet."""

import json
from collections.abc import Mapping, Sequence
from typing import IO, TYPE_CHECKING, Final

from lkj_xlsx.checks import Verdict
from lkj_xlsx.delivery import Answer
from lkj_xlsx.finding import Finding, Where
from lkj_xlsx.safe_csv import safe_csv

if TYPE_CHECKING:
    from lkj_xlsx.table import Table

FIELDS: Final = ("code", "severity", "file", "sheet", "cell", "message", "printed", "expected", "because")
CONTROL: Final = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), "\ufffd")
"""What a text from a file could move the cursor or break the line with."""


def answer(verdict: Verdict) -> Answer:
    """Give what a check found in every form; text and sheet close with how much was tested."""
    findings, closing = verdict.findings, str(verdict.tally)

    def teks(file: IO[str]) -> None:
        file.write(as_text(findings, closing))

    def table() -> "Table":
        from lkj_xlsx.tables import temuan  # noqa: PLC0415 - text and data pay for no tables

        return temuan.listed(findings, notes=(closing,))

    return Answer(teks, lambda: as_csv(findings), lambda: as_json(findings), table)


def as_text(findings: Sequence[Finding], closing: str) -> str:
    """Spell findings as compilers do, one a line, and the closing line under them; a terminal is told no codes."""
    return "".join(f"{str(line).translate(CONTROL)}\n" for line in (*findings, closing))


def as_json(findings: Sequence[Finding]) -> str:
    """Spell findings as the JSON list of PRODUCT.md 6."""
    listed = [
        {**dict(zip(FIELDS, _row(finding), strict=True)), "because": [_place(where) for where in finding.because]}
        for finding in findings
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1)


def as_csv(findings: Sequence[Finding]) -> str:
    """Spell findings as CSV, the proving cells in one column."""
    return safe_csv(FIELDS, (_row(finding) for finding in findings))


def catalogue_as_text(sentences: Mapping[str, str]) -> str:
    """Spell the catalogue: a code and its sentence a line."""
    return "".join(f"{code}  {sentence}\n" for code, sentence in sentences.items())


def _row(finding: Finding) -> tuple[object, ...]:
    where = finding.where
    because = ", ".join(map(str, finding.because))
    head = (finding.code, finding.severity.value, where.file, where.sheet, where.cell, finding.message)
    return (*head, finding.printed, finding.expected, because)


def _place(where: Where) -> dict[str, str | None]:
    return {"file": where.file, "sheet": where.sheet, "cell": where.cell}
