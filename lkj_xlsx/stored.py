"""A Budget as one Parquet file, and back, equal in every figure, name, place and finding.

The rows are columns that any tool can ask: a leaf that counts has `rincian` true. What rows do not say (identity,
format, findings, indicators, places of cells) stands as JSON in the file's footer.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.footer import EDITION, identity_of, said_of
from lkj_xlsx.kode import spell
from lkj_xlsx.model import (
    AMOUNTS,
    CODES,
    FILE,
    PERSEN,
    RPD,
    SISA,
    SUMBER_DANA,
    Budget,
    Identity,
    Indikator,
    Kategori,
    paths,
)
from lkj_xlsx.parquet import Columns, read_parquet, write_parquet

FURTHER: Final = (SUMBER_DANA, RPD[0], FILE)
"""Columns that tell which more a frame has."""

KINDS: Final[Mapping[str, str]] = {
    "berkas": "VARCHAR",
    "tabel": "INTEGER",
    "rincian": "BOOLEAN",
    **dict.fromkeys(CODES, "VARCHAR"),
    "kode": "VARCHAR",
    "uraian": "VARCHAR",
    **dict.fromkeys((*AMOUNTS, SISA), "BIGINT"),
    PERSEN: "VARCHAR",
    SUMBER_DANA: "VARCHAR",
    **dict.fromkeys(RPD, "BIGINT"),
    "lembar": "VARCHAR",
    "baris": "INTEGER",
    "jumlah": "BOOLEAN",
}
"""The columns: `tabel` 0 is the table that counts, others of the same file follow; `baris` counts from 1, as sheets do;
`jumlah` is a total under a label of its own; a percent is `99.08%` as printed, or a bare number that a cell holds."""


def store(budget: Budget, path: Path, sha256: str = "") -> None:
    """Write a document; `sha256` is that of the file it was read from. Raises OSError."""
    frames = [part for number, table in enumerate((budget, *budget.others)) for part in _parts(number, table)]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(KINDS))
    write_parquet(frame, KINDS, path, json.dumps(_said(budget) | {"edition": EDITION, "sha256": sha256}))


def restore(path: Path, file: str) -> Budget:
    """Read a document that was stored; findings name the file it was first read from.

    Raises UnreadableFile, calling it `file`, for a Parquet file that is damaged or holds no stored document.
    """
    columns, footer = read_parquet(path, file)
    said = said_of(footer)
    if said is None or set(columns) != set(KINDS):
        message = f"{file}: Parquet ini bukan hasil `lkj consolidate` versi ini; berikan ekspornya, atau buat lagi"
        raise UnreadableFile(message)
    tables = [_budget(columns, number, own) for number, own in enumerate((said, *said["others"]))]
    if sum(len(table.lines) + len(table.printed) for table in tables) != len(columns["tabel"]):
        message = (
            f"{file}: isi Parquet ini bukan yang disimpan (jumlah barisnya lain); buat lagi dengan `lkj consolidate`"
        )
        raise UnreadableFile(message)
    main, *others = tables
    return Budget(**{field.name: getattr(main, field.name) for field in fields(Budget)} | {"others": tuple(others)})


def _parts(number: int, table: Budget) -> Iterator[pd.DataFrame]:
    for is_leaf, frame in ((True, table.lines), (False, table.printed)):
        if len(frame):
            yield _rows(number, table, frame, is_leaf=is_leaf)


def _rows(number: int, table: Budget, frame: pd.DataFrame, *, is_leaf: bool) -> pd.DataFrame:
    """Lay the rows of a frame out as they are stored; a code that is missing is NULL."""
    columns: dict[str, Any] = {code: frame[code].where(frame[code] != "", None) for code in CODES}
    columns |= {name: frame[name] for name in ("uraian", *AMOUNTS, SISA)}
    columns["kode"] = [spell(path) or None for path in paths(frame)]
    columns[PERSEN] = [_spelled(value) for value in frame[PERSEN]]
    columns[SUMBER_DANA] = frame.get(SUMBER_DANA)
    columns |= {name: frame[name] if name in frame else pd.array([pd.NA] * len(frame), "Int64") for name in RPD}
    columns |= {"lembar": frame["sheet"], "baris": frame["row"] + 1, "jumlah": frame["is_total"]}
    return pd.DataFrame(
        columns | {"berkas": frame.get(FILE, table.file), "tabel": number, "rincian": is_leaf},
        index=frame.index,
    )


def _spelled(value: Decimal | float | None) -> str | None:
    """Spell a percent so that it is read back the same: with its sign as printed, or as the bare number it is."""
    if value is None:
        return None
    return f"{value}%" if isinstance(value, Decimal) else repr(float(value))


def _percent(text: str | None) -> Decimal | float | None:
    if text is None:
        return None
    return Decimal(text[:-1]) if text.endswith("%") else float(text)


def _said(table: Budget) -> dict[str, Any]:
    """Say what the rows of a document do not, and what of them decides whether they can be asked where they stand."""
    return {
        "file": table.file,
        "format": table.format,
        "identity": dict(zip([field.name for field in fields(Identity)], astuple(table.identity), strict=True)),
        "columns": dict(table.columns),
        "cells": [[*key, *astuple(where)] for key, where in table.cells.items()],
        "indikator": [_indikator(one) for one in table.indikator],
        "skala": [
            [_number(one.bawah), _number(one.atas), one.nama, one.keterangan, astuple(one.where)] for one in table.skala
        ],
        "findings": [
            [
                *(one.code, one.severity.value, astuple(one.where), one.message, one.printed, one.expected),
                [astuple(where) for where in one.because],
            ]
            for one in table.findings
        ],
        "extras": [[name for name in FURTHER if name in frame] for frame in (table.lines, table.printed)],
        "brings": [name for name in (*AMOUNTS, SUMBER_DANA, *RPD) if name in table.lines and _says(table.lines[name])],
        "is_whole": bool((table.lines[list(CODES[:-1])] != "").all(axis=None) and (table.lines["item"] == "").all()),
        "others": [_said(other) for other in table.others],
    }


def _says(column: pd.Series) -> bool:
    """Tell whether a column says anything in any row."""
    return bool((column.notna() & (column != "")).any())


def _indikator(one: Indikator) -> dict[str, Any]:
    said = {field.name: getattr(one, field.name) for field in fields(Indikator)}
    said |= {name: _number(said[name]) for name in ("target", "realisasi", "capaian")}
    return said | {"where": astuple(one.where), "cells": {name: astuple(where) for name, where in one.cells.items()}}


def _number(value: Decimal | str | None) -> list[str] | str | None:
    """Tell a number from a text that looks like one."""
    return [str(value)] if isinstance(value, Decimal) else value


def _read_number(said: list[str] | str | None) -> Decimal | str | None:
    return Decimal(said[0]) if isinstance(said, list) else said


def _budget(columns: Columns, number: int, said: Mapping[str, Any]) -> Budget:
    is_own = np.ma.getdata(columns["tabel"]) == number
    is_leaf = np.ma.getdata(columns["rincian"]).astype(bool)
    lines, printed = (
        _frame({name: column[is_own & (is_leaf == wanted)] for name, column in columns.items()}, extras)
        for wanted, extras in zip((True, False), said["extras"], strict=True)
    )
    return Budget(
        file=said["file"],
        format=said["format"],
        identity=identity_of(said),
        lines=lines,
        printed=printed,
        columns=said["columns"],
        cells={(sheet, row, name): Where(*where) for sheet, row, name, *where in said["cells"]},
        indikator=tuple(_read_indikator(one) for one in said["indikator"]),
        skala=tuple(_read_kategori(*one) for one in said["skala"]),
        findings=tuple(read_finding(one) for one in said["findings"]),
    )


def _frame(columns: Columns, extras: list[str]) -> pd.DataFrame:
    """Lay stored rows out as `model.frame_of` does."""
    frame: dict[str, Any] = {code: pd.Series(_texts(columns[code]), dtype=object) for code in CODES}
    frame["uraian"] = pd.Series(_texts(columns["uraian"]), dtype=object)
    frame |= {name: _whole_numbers(columns[name]) for name in (*AMOUNTS, SISA)}
    frame[PERSEN] = pd.Series([_percent(text) for text in _texts(columns[PERSEN], None)], dtype=object)
    frame["sheet"] = pd.Series(_texts(columns["lembar"]), dtype=object)
    frame["row"] = pd.Series(np.ma.getdata(columns["baris"]).astype(np.int64) - 1)
    frame["is_total"] = pd.Series(np.ma.getdata(columns["jumlah"]).astype(bool))
    if SUMBER_DANA in extras:
        frame[SUMBER_DANA] = pd.Series(_texts(columns[SUMBER_DANA]), dtype=object)
    if RPD[0] in extras:
        frame |= {name: _whole_numbers(columns[name]) for name in RPD}
    if FILE in extras:
        frame[FILE] = pd.Series(_texts(columns["berkas"]), dtype=object)
    return pd.DataFrame(frame)


def _texts(column: NDArray[Any], absent: str | None = "") -> NDArray[np.object_]:
    """Give a text column without its mask: `absent` where nothing stands."""
    values = np.array(np.ma.getdata(column), dtype=object)
    values[np.ma.getmaskarray(column)] = absent
    return values


def _whole_numbers(column: NDArray[Any]) -> pd.Series:
    """Give a BIGINT column as `Int64`, <NA> where nothing stands."""
    is_absent = np.ma.getmaskarray(column)
    values = np.where(is_absent, 0, np.ma.getdata(column)).astype(np.int64)
    return pd.Series(pd.arrays.IntegerArray(values, is_absent.copy()))


def _read_indikator(said: Mapping[str, Any]) -> Indikator:
    numbers = {name: _read_number(said[name]) for name in ("target", "realisasi", "capaian")}
    cells = {name: Where(*where) for name, where in said["cells"].items()}
    return Indikator(**{**said, **numbers, "where": Where(*said["where"]), "cells": cells})


def _read_kategori(bawah: Any, atas: Any, nama: str, keterangan: str, where: list[Any]) -> Kategori:  # noqa: ANN401 - as _number gives them
    low, high = (None if bound is None else Decimal(bound[0]) for bound in (bawah, atas))
    return Kategori(low, high, nama, keterangan, Where(*where))


def read_finding(said: list[Any]) -> Finding:
    """Give a finding as it was stored."""
    code, severity, where, message, printed, expected, because = said
    places = tuple(Where(*place) for place in because)
    return Finding(code, Severity(severity), Where(*where), message, printed, expected, places)
