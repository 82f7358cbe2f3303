"""Frames as Parquet files, by DuckDB: the one place that writes and reads them.

DuckDB is here already for the questions; pyarrow would be a second engine, and its mere presence slows every start of
pandas. A file is read whole, in its own order, by a database of its own that can touch nothing else.
"""

import errno
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import duckdb

from lkj_xlsx.errors import UnreadableFile

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MOST_ROWS: Final = 4_194_304
"""Rows of one Parquet file: four full sheets; a file may claim billions in a kilobyte."""
KEY: Final = "lkj"
"""Under this name stands, in the footer of a file, what its columns do not say."""

Columns = Mapping[str, "NDArray[Any]"]


def write_parquet(frame: "pd.DataFrame", kinds: Mapping[str, str], path: Path, said: str | None = None) -> None:
    """Write the columns that `kinds` names, in those SQL types; `said` goes into the footer. Raises OSError."""
    casts = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in kinds.items())
    footer, given = ("", []) if said is None else (f", KV_METADATA {{{KEY}: $2}}", [said])
    sql = f"COPY (SELECT {casts} FROM frame) TO $1 (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false{footer})"  # noqa: S608 - names of ours
    with _database().cursor() as connection:
        connection.register("frame", frame)
        try:
            connection.execute(sql, [str(path), *given])
        except duckdb.IOException as error:
            raise os_error(error) from error
        finally:
            connection.unregister("frame")


def read_parquet(path: Path, file: str) -> tuple[Columns, str | None]:
    """Read a whole file: its columns, masked where nothing stands, and what its footer says under KEY.

    Raises UnreadableFile for what is damaged, too long, or no Parquet.
    """
    try:
        with _database().cursor() as connection:
            asked = "SELECT max(num_rows) FROM parquet_file_metadata($1)"
            (rows,) = connection.execute(asked, [_literal(path)]).fetchone() or (0,)
            if rows > MOST_ROWS:
                message = (
                    f"{file}: Parquet berisi {rows} baris, paling banyak {MOST_ROWS}; bagi menurut satker dan bulan"
                )
                raise UnreadableFile(message)
            every = "SELECT * FROM read_parquet($1, hive_partitioning = false)"
            columns = cast("Columns", connection.execute(every, [_literal(path)]).fetchnumpy())
            return columns, _said(connection, path)
    except duckdb.Error as error:
        raise _damaged(file, error) from error


def said_in(paths: Sequence[Path], folder: str) -> dict[str, str]:
    """Give what the footers of files say under KEY, by path; no row is read. Raises UnreadableFile about `folder`."""
    asked = "SELECT file_name, decode(value) FROM parquet_kv_metadata($1) WHERE decode(key) = $2"
    try:
        with _database().cursor() as connection:
            return dict(connection.execute(asked, [[_literal(path) for path in paths], KEY]).fetchall())
    except duckdb.Error as error:
        raise _damaged(folder, error) from error


def _said(connection: duckdb.DuckDBPyConnection, path: Path) -> str | None:
    asked = "SELECT decode(value) FROM parquet_kv_metadata($1) WHERE decode(key) = $2"
    found = connection.execute(asked, [_literal(path), KEY]).fetchone()
    return None if found is None else str(found[0])


def _literal(path: Path) -> str:
    """Spell a path so that DuckDB takes no letter of it for a pattern."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path))


def _damaged(file: str, error: duckdb.Error) -> UnreadableFile:
    said = str(error).splitlines()[0]
    return UnreadableFile(f"{file}: Parquet ini rusak atau terpotong ({said}); buat lagi dengan `lkj consolidate`")


def _database() -> duckdb.DuckDBPyConnection:
    """Give the database of this process: one that was opened before a fork belongs to the parent."""
    return _opened(os.getpid())


@cache
def _opened(_process: int) -> duckdb.DuckDBPyConnection:
    # Texts are told apart from what they seem to be: "051" is no number, whatever stands in the rows that are sampled.
    return duckdb.connect(":memory:", config={"pandas_analyze_sample": 0, "threads": 1})


def os_error(error: duckdb.IOException) -> OSError:
    """Give what DuckDB says of the disk as the system's own error."""
    number = re.search(r'"errno":"([0-9]+)"', str(error))
    return OSError(int(number[1]) if number else errno.EIO, str(error))
