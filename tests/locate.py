"""Change one printed number of a sound document and see what the checks make of it: `make locate` counts, tests sample.

Every digit of every number can be changed to every other digit. What came of a change is one of OUTCOMES.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from lkj_xlsx.checks import check
from lkj_xlsx.combining import ranked
from lkj_xlsx.finding import Finding, Where
from lkj_xlsx.model import Budget
from lkj_xlsx.persen import percent_of_text, spell_percent
from lkj_xlsx.readers import READERS
from lkj_xlsx.sheet import Document, open_document

SAMPLES: Final = Path(__file__).parents[1] / "samples"
OUTCOMES: Final = ("located", "suspected", "detected", "unseen", "misjudged")
"""Its cell is named with the right figure; is among those named; only something is; nothing is; a claim is wrong."""

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)+|\d+(?:[.,]\d+)*\s*%|\d{1,2}")
"""A text that is one amount or percent; digits without any mark are a code."""
SEED: Final = 20241231


@dataclass(frozen=True, slots=True)
class Desk:
    """A sound document whose numbers are changed, and what lies beside it."""

    name: str
    document: Document
    beside: tuple[Budget, ...] = ()

    def judged(self, document: Document) -> tuple[Finding, ...]:
        """Check the document, changed or not, with everything beside it."""
        return check(ranked([_read(document), *self.beside])).findings


def _read(document: Document) -> Budget:
    (reader,) = [reader for reader in READERS if reader.identify(document)]
    return reader.read(document)


def mended(document: Document, findings: Sequence[Finding]) -> Document:
    """Put into each cell what the findings say that it should hold."""
    for finding in findings:
        if finding.expected is not None and finding.where.row is not None and finding.where.column is not None:
            text = f"{finding.expected:,}" if isinstance(finding.expected, int) else finding.expected
            document = changed(document, finding.where, text)
    return document


def changed(document: Document, where: Where, value: float | str) -> Document:
    """Copy a document with one cell changed."""
    sheets = []
    for sheet in document.sheets:
        if sheet.name == where.sheet:
            rows = [list(row) if index == where.row else row for index, row in enumerate(sheet.rows)]
            rows[where.row or 0][where.column or 0] = value  # type: ignore[index]  # the row was just made a list
            sheets.append(replace(sheet, rows=rows))
        else:
            sheets.append(sheet)
    return replace(document, sheets=tuple(sheets))


def numbers(document: Document) -> Iterator[tuple[Where, float | str]]:
    """Give every printed number: numeric cells, and texts that are one amount or percent, below the first headings."""
    for sheet in document.sheets:
        for row in range(3, len(sheet.rows)):
            for column, value in enumerate(sheet.rows[row]):
                if isinstance(value, Decimal):
                    value = float(value)  # noqa: PLW2901 - a slip is one of the digits that a double shows
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                if is_number or (isinstance(value, str) and NUMBER.fullmatch(value.strip())):
                    yield Where(document.file, sheet.name, row, column), value  # type: ignore[misc]  # one of both


def slips(value: float | str) -> list[float | str]:
    """Give every other number that one wrong digit makes of this one."""
    text = value if isinstance(value, str) else repr(value)
    mantissa = text if isinstance(value, str) else text.split("e")[0]
    found: list[float | str] = []
    for place, digit in enumerate(mantissa):
        if digit.isdigit():
            for other in "0123456789":
                wrong = f"{mantissa[:place]}{other}{mantissa[place + 1 :]}{text[len(mantissa) :]}"
                if other != digit and (isinstance(value, str) or float(wrong) != value):
                    found.append(wrong if isinstance(value, str) else float(wrong))
    return found


def outcome(desk: Desk, sound: frozenset[Finding], where: Where, right: float | str, wrong: float | str) -> str:
    """Say what the checks make of one changed number."""
    new = [finding for finding in desk.judged(changed(desk.document, where, wrong)) if finding not in sound]
    claims = [finding for finding in new if finding.expected is not None and finding.code != "K109"]
    located = [finding for finding in claims if finding.where == where and _is(finding.expected, right)]
    if len(located) < len(claims):
        return "misjudged"
    if located:
        return "located"
    if any(where in (finding.where, *finding.because) for finding in new):
        return "suspected"
    return "detected" if new else "unseen"


def _is(expected: int | str | None, right: float | str) -> bool:
    """Tell whether a claim is the number that stood there."""
    if isinstance(right, str):
        read = percent_of_text(right) if "%" in right else None
        return expected == (spell_percent(read[0]) if read else int(re.sub(r"\D", "", right)))
    if isinstance(expected, int):
        return expected == right
    if not isinstance(expected, str):
        return False
    claimed = Decimal(expected.rstrip("%").replace(",", "."))
    return abs(claimed - Decimal(repr(right)) * 100) <= Decimal("0.01") or claimed == Decimal(repr(right))


def desks() -> tuple[Desk, ...]:
    """Give the sound documents: the export, our workbook beside it, and the printed report with its faults mended."""
    export = open_document(SAMPLES / "kpu-binjai-2024-12-glp039.xlsx")
    workbook = open_document(SAMPLES / "kpu-binjai-2024.xlsx")
    terbit = open_document(SAMPLES / "kpu-binjai-2024-terbit.xlsx")
    printed = mended(terbit, check([_read(terbit)]).findings)
    return (
        Desk("ekspor SAKTI", export),
        Desk("workbook di samping ekspor", workbook, (_read(export),)),
        Desk("laporan tercetak", printed),
        Desk("laporan tercetak di samping ekspor", printed, (_read(export),)),
    )


def sampled(desk: Desk, count: int, seed: int = SEED) -> Iterator[tuple[Where, float | str, float | str]]:
    """Give `count` changes drawn at random, the same ones each time."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    changes = [(where, right, wrong) for where, right in numbers(desk.document) for wrong in slips(right)]
    yield from chance.sample(changes, min(count, len(changes)))


def main(count: int) -> None:
    """Count what comes of single wrong digits, and print a table."""
    print(f"{'dokumen':38}" + "".join(f"{name:>12}" for name in (*OUTCOMES, "jumlah")))
    for desk in desks():
        sound = frozenset(desk.judged(desk.document))
        counts: Counter[str] = Counter()
        for where, right, wrong in sampled(desk, count):
            result = outcome(desk, sound, where, right, wrong)
            counts[result] += 1
            if result in ("misjudged", "unseen"):
                print(f"  {result}: {where} {right!r} -> {wrong!r}", file=sys.stderr)
        total = sum(counts.values())
        shares = "".join(f"{counts[name] / total:>12.1%}" for name in OUTCOMES)
        print(f"{desk.name:38}{shares}{total:>12}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
