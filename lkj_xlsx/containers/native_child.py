"""The child process that reads `.xls` and `.xlsb`, with limits on itself: `native` starts it, and reads its answer.

python-calamine is native code that aborts the process on files that claim much (RELIABILITY 2.2: b28, b29), so it runs
where nothing else is lost. It prints JSON: `{"sheets": [...]}`, or `{"refused": why, "detail": ...}`. A day or an hour
is `{"d": "2024-12-31"}`. It imports as little as possible: it is started for every file.
"""

import json
import struct
import sys
import zipfile
import zlib
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lkj_xlsx.containers import biff, biff12

MOST_PLACES: Final = 8_000_000
"""Rows by columns of all sheets together: calamine takes 32 bytes a place, Python 8 to 40 more, of 1 GiB."""

_UNSOUND: Final = (
    *(CalamineError, biff.NotSound, struct.error, zipfile.BadZipFile, zlib.error),
    *(OSError, EOFError, ValueError, LookupError, TypeError, RuntimeError),
)
_STREAMS: Final = ("Workbook", "Book")
_OTHERS: Final = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "powerpoint"),
    ("__properties_version1.0", "mail"),
    ("\x05SummaryInformation", "other"),
)


def limit(memory: int, seconds: int) -> None:
    """Bound the memory and the processor time of this process, where the system can (not on Windows)."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - there is none on Windows

        for what, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ValueError, OSError):  # a system that does not know the limit, or has a lower one
                resource.setrlimit(what, (most, most))


def answer(kind: str, path: Path) -> dict[str, object]:
    """Read a workbook of a kind, `xls` or `xlsb`; what cannot be read is refused with its reason."""
    try:
        scans = _scan_ole(path) if kind == "xls" else _scan_zip(path)
        return scans if isinstance(scans, dict) else _sheets(path, scans)
    except biff.Locked:
        return {"refused": "locked"}
    except _UNSOUND as error:
        return {"refused": "unsound", "detail": str(error)}


def _scan_ole(path: Path) -> list[biff.Scan] | dict[str, object]:
    import olefile  # noqa: PLC0415 - an .xlsb needs none

    with olefile.OleFileIO(str(path)) as container:
        for stream in _STREAMS:
            if container.exists(stream):
                return biff.scan(container.openstream(stream).read())
        found = next((why for stream, why in _OTHERS if container.exists(stream)), "other")
        return {"refused": found}


def _scan_zip(path: Path) -> list[biff.Scan]:
    with zipfile.ZipFile(path) as archive:
        return biff12.scan(archive)


def _sheets(path: Path, scans: list[biff.Scan]) -> dict[str, object]:
    places = 0
    for scan in scans:
        places += scan.rows * scan.columns
        if places > MOST_PLACES:
            return {"refused": "far", "detail": [scan.rows, scan.columns, MOST_PLACES]}
    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
    listed = book.sheets_metadata
    if len(listed) != len(scans):
        why = f"{len(scans)} lembar tercatat, {len(listed)} terbaca"
        raise biff.NotSound(why)
    return {
        "sheets": [
            {
                "name": one.name,
                "hidden": one.visible != SheetVisibleEnum.Visible,
                "rows": _rows(book.get_sheet_by_index(place)),
                "errors": scan.errors,
                "uncached": scan.uncached,
                "percents": scan.percents,
            }
            for place, (one, scan) in enumerate(zip(listed, scans, strict=True))
            if one.typ == SheetTypeEnum.WorkSheet
        ]
    }


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """Give the rows of a sheet from A1, each up to its last cell that holds something."""
    rows = []
    for cells in sheet.to_python(skip_empty_area=False):
        last = len(cells)
        while last and cells[last - 1] == "":
            last -= 1
        rows.append([_plain(cell) for cell in cells[:last]])
    return rows


def _plain(cell: object) -> object:
    """Give a cell as JSON holds it."""
    if cell == "":
        return None
    if isinstance(cell, datetime | date | time):
        return {"d": cell.isoformat()}
    return cell if isinstance(cell, str | int | float) else {"o": str(cell)}


def main(arguments: list[str]) -> None:
    """Read the file that the arguments name within the limits that they name, and print the answer."""
    kind, path, memory, seconds = arguments
    limit(int(memory), int(seconds))
    sys.stdout.buffer.write(json.dumps(answer(kind, Path(path))).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
