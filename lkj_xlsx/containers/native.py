"""A workbook `.xls` or `.xlsb`, read by python-calamine in a child process with limits.

The child scans the file for what calamine does not show (errors, formulas nobody calculated, percents) and gives both;
here they become one sheet. A child that dies, whatever the reason, is a refusal. On Windows, which knows no limits of
this kind, the clock is the only one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from lkj_xlsx.book import Book, Grid, Odd
from lkj_xlsx.containers.limits import MOST_SHEETS
from lkj_xlsx.containers.package import SAVE_AS, broken
from lkj_xlsx.containers.xlsx_styles import percent_places
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.rupiah import LARGEST, Fault

XLS, XLSB = "xls", "xlsb"

MEMORY: Final = 2**30
"""Bytes of the child: 65,536 rows of SAKTI's 35 columns take a quarter of it."""
SECONDS: Final = 8
"""Processor time of the child; the same sheet takes four."""
WALL_SECONDS: Final = 10
"""Time on the clock, a busy machine allowed for."""
LARGEST_FILE: Final = 128 * 2**20
"""Bytes on disk: the largest sheet of an .xls, all of texts, has some 60 MB."""

_NAMES: Final = {XLS: "workbook Excel lama (.xls)", XLSB: "workbook Excel biner (.xlsb)"}
_OUT_OF_TIME: Final = (-24, -9)
"""How a child ends that has used its processor time: SIGXCPU, SIGKILL."""
_LOCKED: Final = "workbook dengan kata sandi; buka di Excel, simpan tanpa kata sandi, lalu coba lagi"
_REFUSALS: Final[Mapping[str, str]] = {
    "locked": _LOCKED,
    "word": "dokumen Word (.doc), bukan lembar kerja; salin tabelnya ke Excel, simpan sebagai .xlsx",
    "powerpoint": "presentasi PowerPoint (.ppt), bukan lembar kerja; salin tabelnya ke Excel, simpan sebagai .xlsx",
    "mail": "surel Outlook (.msg), bukan lembar kerja; simpan lampirannya, lalu coba lagi",
    "other": f"wadah OLE tanpa lembar kerja (bukan .xls), misalnya dokumen atau pemasang program; {SAVE_AS}",
}


def open_book(file: str, path: Path, kind: str) -> Book:
    """Read a workbook of a kind (XLS, XLSB), called `file`; raises UnreadableFile with what is wrong or which limit."""
    if path.stat().st_size > LARGEST_FILE:
        message = f"{file}: {_NAMES[kind]} lebih dari {LARGEST_FILE // 2**20} MiB; {SAVE_AS}"
        raise UnreadableFile(message)
    found = _ask(file, path, kind)
    if why := found.get("refused"):
        raise _refusal(file, kind, why, found.get("detail"))
    sheets = found["sheets"]
    if not sheets or len(sheets) > MOST_SHEETS:
        message = f"{file}: workbook dengan {len(sheets)} lembar kerja, yang dibaca 1 sampai {MOST_SHEETS}; {SAVE_AS}"
        raise UnreadableFile(message)
    return Book(tuple(_grid(file, sheet) for sheet in sheets), (f"dibaca sebagai {_NAMES[kind]}",))


def _ask(file: str, path: Path, kind: str) -> dict[str, Any]:
    """Let the child read; its death or silence is a refusal."""
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-P", "-m", "lkj_xlsx.containers.native_child"]
    arguments = [kind, str(path.absolute()), str(MEMORY), str(SECONDS)]
    try:
        run = subprocess.run(  # noqa: S603 - ours, and the path is an argument, no shell
            [*command, *arguments],
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            env={**os.environ, "PYTHONPATH": paths},
        )
    except subprocess.TimeoutExpired as error:
        message = f"{file}: {_NAMES[kind]} tidak selesai dibaca dalam {WALL_SECONDS} detik; {SAVE_AS}"
        raise UnreadableFile(message) from error
    if run.returncode == 0:
        answer: dict[str, Any] = json.loads(run.stdout)
        return answer
    if run.returncode in _OUT_OF_TIME:
        why = f"tidak selesai dibaca dalam {SECONDS} detik prosesor"
    elif b"memory allocation" in run.stderr or b"MemoryError" in run.stderr:
        why = f"meminta memori lebih dari {MEMORY // 2**20} MiB"
    else:
        why = "menghentikan pembacanya, jadi isinya rusak"
    message = f"{file}: {_NAMES[kind]} ini {why}; {SAVE_AS}"
    raise UnreadableFile(message)


def _refusal(file: str, kind: str, why: str, detail: Any) -> UnreadableFile:  # noqa: ANN401 - JSON
    if why == "unsound":
        return broken(file, detail)
    if why == "far":
        rows, columns, most = detail
        return UnreadableFile(
            f"{file}: {_NAMES[kind]} memakai kotak {rows} baris x {columns} kolom, lebih dari {most} sel sekaligus;"
            " hapus sel yang berdiri jauh dari tabel, simpan, lalu coba lagi"
        )
    return UnreadableFile(f"{file}: {_REFUSALS[why]}")


@dataclass(frozen=True, slots=True)
class _Percents:
    """With how many decimals the cells of one sheet show a percent."""

    found: Mapping[tuple[int, int], int | None]

    def places(self, row: int, column: int) -> int | None:
        return self.found.get((row, column))


def _grid(file: str, sheet: dict[str, Any]) -> Grid:
    """Make one sheet of what calamine read and what the scan found."""
    rows: list[list[object]] = [[_cell(cell) for cell in row] for row in sheet["rows"]]
    odd = [(row, column, Odd(Fault.ERROR_CELL, literal)) for row, column, literal in sheet["errors"]]
    odd += [(row, column, Odd(Fault.UNCACHED, "=")) for row, column in sheet["uncached"]]
    for row, column, cell in odd:
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        if rows[row][column] not in (None, 0):
            raise broken(file, f"lembar `{sheet['name']}`: dua bacaan atas sel baris {row + 1} kolom {column + 1}")
        rows[row][column] = cell
    percents = {(row, column): percent_places(code) for row, column, code in sheet["percents"]}
    return Grid(sheet["name"], rows, sheet["hidden"], _Percents(percents).places)


def _cell(cell: Any) -> object:  # noqa: ANN401 - JSON
    """Give a cell as a Book holds it: whole numbers as int, those past 2^53 as they came, to be refused."""
    if isinstance(cell, float):
        if cell.is_integer():
            return int(cell) if abs(cell) < LARGEST else cell
        return Decimal(repr(cell)) if cell - cell == 0 else Odd(Fault.NOT_A_NUMBER, str(cell))
    if not isinstance(cell, dict):
        return cell
    if "o" in cell:
        return Odd(Fault.NOT_AMOUNT, cell["o"])
    return _moment(cell["d"])


def _moment(text: str) -> datetime | date | time:
    """Read a day, an hour or both; a day alone where the hour is midnight."""
    if ":" not in text:
        return date.fromisoformat(text)
    if "-" not in text:
        return time.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.time() != time() else moment.date()
