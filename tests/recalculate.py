"""Recalculate workbooks in LibreOffice and compare with their cached values.

    python tests/recalculate.py WORKBOOK.xlsx [WORKBOOK.xlsx ...]

LibreOffice trusts the values cached in a workbook unless told otherwise, so
every formula cell of a temporary copy first gets a wrong value. The copy is
then converted twice, each time with a private profile: once recalculating
always, where every formula cell must come back as cached in the original, and
once recalculating never (the control), where the wrong values must survive: if
none does, the run fails, for the comparison proved nothing.

Text and booleans must be equal exactly, numbers to 15 significant digits: all
that LibreOffice writes, and exact for whole numbers below 10**15. An error is
always a difference, and so is a cell without a cached value (empty text is one
only with ``t="str"``). Each formula cell is one check, and so is each control.

Exit status: 0 all passed, 1 something failed, 2 LibreOffice is not installed.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree as ET

ALWAYS, NEVER = 0, 1
TIMEOUT_SECONDS = 300
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FIFTEEN_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
KINDS = {"n": "number", "str": "text", "b": "boolean", "e": "error"}
WRONG = {"n": ("13579.25", "24680.5"), "str": ("planted", "planted again"), "b": ("1", "0")}
CELL = re.compile(r"<c( [^>]*[^/>])>(.*?)</c>", re.DOTALL)
VALUE = re.compile(r"<v[^>]*/>|<v[^>]*>.*?</v>", re.DOTALL)
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooLocale" oor:op="fuse"><value>en-US</value></prop>
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-US</value></prop></item>
</oor:items>
"""


class FormulaCell(NamedTuple):
    """A formula with the kind and the text of its cached value."""

    formula: str
    kind: str
    value: str


ABSENT = FormulaCell("", "absent", "")
Cells = dict[str, FormulaCell]


def worksheet_parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Map each sheet part of a workbook to its sheet name."""
    links = ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - own file
    parts = {link.get("Id"): PurePosixPath("/xl", link.get("Target", "")) for link in links}
    sheets = ET.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")  # noqa: S314 - own file
    return {str(parts[sheet.get(LINK)])[1:]: sheet.get("name", "") for sheet in sheets}


def read_formula_cells(workbook: Path) -> Cells:
    """Read every formula cell of a workbook, by ``sheet!cell``."""
    cells: Cells = {}
    with zipfile.ZipFile(workbook) as book:
        for part, sheet in worksheet_parts(book).items():
            for cell in ET.fromstring(book.read(part)).iter(f"{MAIN}c"):  # noqa: S314 - own file
                formula, value = cell.findtext(f"{MAIN}f"), cell.findtext(f"{MAIN}v")
                if formula is None:
                    continue
                kind = KINDS.get(cell.get("t", "n"), "unknown")
                if value is None or (kind == "number" and not value):
                    kind = "absent"
                cells[f"{sheet}!{cell.get('r')}"] = FormulaCell(formula, kind, value or "")
    return cells


def rounded(number: str) -> Decimal:
    """Round as LibreOffice writes: from the shortest text that is the same number."""
    return FIFTEEN_DIGITS.create_decimal(repr(float(number)))


def is_equal(cached: FormulaCell, found: FormulaCell) -> bool:
    """Compare two values: numbers to 15 digits, everything else exactly."""
    if cached.kind != found.kind or cached.kind in ("error", "absent", "unknown"):
        return False
    if cached.kind == "number":
        return rounded(cached.value) == rounded(found.value)
    return cached.value == found.value


def plant_cell(match: re.Match[str]) -> str:
    """Give one cell, when it holds a formula, a cached value that is wrong."""
    attributes, content = match.groups()
    if "<f" not in content:
        return match.group()
    attributes = attributes.replace(' t="e"', "")
    kind = re.search(r' t="(\w+)"', attributes)
    wrong, other = WRONG[kind[1] if kind else "n"]
    planted = other if f">{wrong}</v>" in content else wrong
    return f"<c{attributes}>{VALUE.sub('', content)}<v>{planted}</v></c>"


def plant(workbook: Path, copy: Path) -> Cells:
    """Copy a workbook, and read it back, with a wrong value in every formula cell."""
    with zipfile.ZipFile(workbook) as book, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as out:
        sheets = worksheet_parts(book)
        for name in book.namelist():
            data = book.read(name)
            wrong = CELL.sub(plant_cell, data.decode()) if name in sheets else data
            out.writestr(name, wrong)
    planted = read_formula_cells(copy)
    if any(cell == planted[key] for key, cell in read_formula_cells(workbook).items()):
        message = f"not every formula cell of {workbook} could be given a wrong value"
        raise RuntimeError(message)
    return planted


def convert(soffice: str, mode: int, copies: list[Path], folder: Path) -> list[Cells]:
    """Convert the copies with a fresh profile and read their formula cells."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(PROFILE.format(mode=mode), encoding="utf-8")
    command = [soffice, f"-env:UserInstallation={user.parent.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder), *map(str, copies)]
    # A session of its own, so that a timeout ends the office and not only its launcher.
    with subprocess.Popen(command, start_new_session=True, stdout=sys.stderr) as process:  # noqa: S603 - fixed arguments
        try:
            process.wait(TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return [read_formula_cells(folder / copy.name) for copy in copies]


def differences(cells: Cells, found: Cells) -> list[str]:
    """Describe every cell that was not found with the same value."""
    pairs = [(key, cell, found.get(key, ABSENT)) for key, cell in cells.items()]
    return [
        f"  {key}: ={cell.formula}: cached {cell[1:]}, recalculated {result[1:]}"
        for key, cell, result in pairs
        if not is_equal(cell, result)
    ]


def recalculate(soffice: str, workbooks: list[Path]) -> tuple[int, int]:
    """Recalculate and compare the workbooks; return checks passed and failed."""
    originals = [read_formula_cells(workbook) for workbook in workbooks]
    if not any(originals):
        message = "no formula cells, nothing to compare"
        raise RuntimeError(message)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = [folder / f"{number}.xlsx" for number in range(len(workbooks))]
        planted = list(map(plant, workbooks, copies))
        found = convert(soffice, ALWAYS, copies, folder / "always")
        control = convert(soffice, NEVER, copies, folder / "never")
    passed = failed = 0
    for number, workbook in enumerate(workbooks):
        count = len(originals[number])
        wrong = differences(originals[number], found[number])
        survived = count - len(differences(planted[number], control[number]))
        equal = count - len(wrong)
        print(f"{workbook}: {count} formula cells, {equal} equal, {len(wrong)} different")
        print(*wrong, f"  control: {survived} of {count} wrong values survived", sep="\n")
        passed += equal + (survived > 0)
        failed += len(wrong) + (survived == 0 < count)
    return passed, failed


def main(arguments: list[str]) -> int:
    """Check the workbooks named on the command line."""
    soffice = shutil.which("soffice")
    if soffice is None:
        print("soffice not found: apt-get install libreoffice-calc", file=sys.stderr)
        return 2
    try:
        passed, failed = recalculate(soffice, list(map(Path, arguments)))
    except (OSError, RuntimeError, zipfile.BadZipFile, subprocess.TimeoutExpired) as error:
        print(f"cannot recalculate: {error}")
        passed, failed = 0, 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
