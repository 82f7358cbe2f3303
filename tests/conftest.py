"""Fixtures that every test may use: a sheet from a docstring, and goldens."""

import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings
from openpyxl import Workbook

TESTS: Final = Path(__file__).parent
GOLDEN: Final = TESTS / "golden"
sys.path.insert(0, str(TESTS.parent / "samples"))  # the scripts that make the samples, as mypy_path has them

settings.register_profile("lkj", deadline=None, derandomize=True)  # the gate says the same twice of the same code
settings.register_profile("fuzz", deadline=None, max_examples=int(os.environ.get("FUZZ_EXAMPLES", "2000")))
settings.load_profile("lkj")

ASKED: Final = pytest.StashKey[set[str]]()
ORPHANS: Final = pytest.StashKey[list[str]]()
DESELECTED: Final = pytest.StashKey[list[str]]()

NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
SHEET: Final = "# Sheet:"

Cell = str | int | float | bool | date | None


def cell_of(text: str) -> Cell:
    """Read one cell: `12` and `0.5` are numbers, `'12` and `051` texts, `TRUE` and `2024-12-31` what they look like.

    `=A1+B1` becomes a formula without a value and `#REF!` an error cell: openpyxl does so by itself.
    """
    if not text or text.startswith("'"):
        return text[1:] or None
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if ISO_DATE.fullmatch(text):
        return date.fromisoformat(text)
    return text == "TRUE" if text in {"TRUE", "FALSE"} else text


def write_sheets(text: str, path: Path) -> Path:
    """Write a workbook from a text: `# Sheet: Name` opens a sheet, `| a | b |` is its next row."""
    sheets: dict[str, list[list[Cell]]] = {}
    name = "Sheet1"
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith(SHEET):
            name = line.removeprefix(SHEET).strip()
            sheets[name] = []
        elif line.startswith("|"):
            cells = line.removeprefix("|").removesuffix("|").split("|")
            sheets.setdefault(name, []).append([cell_of(cell.strip()) for cell in cells])
    book = Workbook()
    for old in book.worksheets:
        book.remove(old)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                sheet.cell(row, column, value)
    book.save(path)
    return path


@pytest.fixture
def sheet_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give the path of a workbook that holds the tables of the test's own docstring."""
    return write_sheets(request.function.__doc__ or "", tmp_path / "contoh.xlsx")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Give `golden(name, text)`: the text must equal tests/golden/<name>; only --update-golden writes that file."""

    def compare(name: str, text: str) -> None:
        request.config.stash[ASKED].add(name)
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"tests/golden/{name} is missing; look at the output, then run with --update-golden"
        expected = path.read_text(encoding="utf-8")
        assert expected.splitlines() == text.splitlines()
        assert expected == text

    return compare


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden."""
    parser.addoption("--update-golden", action="store_true", help="write the goldens anew instead of comparing")


def pytest_configure(config: pytest.Config) -> None:
    """Keep a record of the goldens asked for and of the tests left out."""
    config.stash[ASKED] = set()
    config.stash[DESELECTED] = []


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remember that a run leaves tests out."""
    for item in items:
        item.config.stash[DESELECTED].append(item.nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - pytest-xdist ships no types
    """Take over what one of several processes has asked for and left out."""
    said = getattr(node, "workeroutput", {})
    node.config.stash[ASKED].update(said.get("asked", ()))
    node.config.stash[DESELECTED].extend(said.get("deselected", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a whole and sound run that leaves a golden which no test asked for."""
    config = session.config
    if hasattr(config, "workeroutput"):
        asked = config.stash[ASKED]
        config.workeroutput |= {"asked": sorted(asked), "deselected": config.stash[DESELECTED]}
    elif exitstatus == pytest.ExitCode.OK and orphans(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        config.stash[ORPHANS] = orphans(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the goldens that no test asked for."""
    if found := config.stash.get(ORPHANS, []):
        terminalreporter.line(f"goldens that no test asked for: {', '.join(found)}", red=True)


def orphans(config: pytest.Config) -> list[str]:
    """List the goldens that no test asked for; none in a run of only some tests, which cannot tell."""
    is_whole = {Path(arg).resolve() for arg in config.args} == {TESTS} and not config.stash[DESELECTED]
    stored = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    asked = config.stash[ASKED]
    return sorted(stored - asked) if is_whole else []


@pytest.fixture(autouse=True)
def _cycles_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Python's search for cycles as it is: what one test leaves behind is not to be collected in another."""
    monkeypatch.setattr("lkj_xlsx.collector.rest", lambda: None)
