"""Ask the given files in SQL: DuckDB over the tables of query_tables.py, shut off from everything else.

A question can read those tables and nothing more: no file, no network, no extension, no setting, one SELECT at a time,
within SECONDS and MEMORY. Amounts are integers in every answer.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.inputs import Inputs, gather
from lkj_xlsx.model import Budget
from lkj_xlsx.result import Result
from lkj_xlsx.schemas import SCHEMAS
from lkj_xlsx.stored_tables import StoredTables, quoted, stored_tables

if TYPE_CHECKING:
    import pandas as pd

    from lkj_xlsx.query_tables import Tables

Answered = tuple[list[str], list[Any]]
"""Names of columns, and rows."""

SECONDS: Final = 30
"""A question may take so long: the largest export answers in one."""
MEMORY: Final = 512
"""Megabytes that a question may take; nothing spills to disk."""
ROWS: Final = 1_000_000
"""An answer may have so many rows: what a sheet can hold."""
BEYOND_MEMORY: Final = 1 << 30
"""Bytes of address space that a question may add: single texts are not counted in MEMORY."""

SANDBOX: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",  # no variable of ours is a table
    "memory_limit": f"{MEMORY}MB",
    "temp_directory": "",
    "threads": "2",
}


MACROS: Final = """
CREATE MACRO jumlah(amount) AS CASE WHEN count(*) = count(amount) THEN sum(amount) END;
CREATE MACRO serapan(realisasi, pagu) AS CASE WHEN pagu <> 0 THEN (
    sign(realisasi) * sign(pagu)
    * ((20000 * abs(realisasi::HUGEINT) + abs(pagu::HUGEINT)) // (2 * abs(pagu::HUGEINT)))
)::DECIMAL(36, 0) * 0.01::DECIMAL(2, 2) END
"""
"""`jumlah(pagu)`: a sum that is unknown when a part of it is, where SQL's own leaves that out.
`serapan(realisasi, pagu)`: percent, half-up to two decimals, in whole numbers, as everywhere else."""


def open_database(inputs: Inputs, read: Callable[[], Sequence[Budget]]) -> "Database":
    """Open a database over some files: over kept documents where they stand, else over what `read` gives."""
    tables = stored_tables(inputs)
    return Database(read() if tables is None else Stored(tables, read))


def query(files: Sequence[Path], sql: str) -> "pd.DataFrame":
    """Read files and answer one question of them as a frame.

    Raises LkjError when the files cannot be read or do not fit, BadRequest when the question is none that is allowed,
    fails, or takes more than it may.
    """
    from lkj_xlsx.intake import read_all  # noqa: PLC0415 - kept documents are asked without reading

    return open_database(gather(files), lambda: read_all(files)).ask(sql).frame()


@dataclass(frozen=True, slots=True)
class Stored:
    """Documents that are kept as Parquet: their tables, and how to read them for a table that needs it."""

    tables: StoredTables
    read: Callable[[], Sequence[Budget]]


class Database:
    """Documents as tables; a table is made when the first question names it."""

    def __init__(self, source: "Sequence[Budget] | Stored") -> None:
        """Open an empty database that nothing can be let into from outside but the kept documents that are asked."""
        self._stored = source if isinstance(source, Stored) else None
        self._tables = None if isinstance(source, Stored) else _tables_of(source)
        self._open()

    def _open(self) -> None:
        self._loaded: set[str] = set()
        self._connection = duckdb.connect(":memory:", config=SANDBOX)
        paths = [str(path) for path in self._stored.tables.paths] if self._stored else []
        self._connection.execute(f"SET allowed_paths = [{', '.join(map(quoted, paths))}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self._connection.execute(MACROS)

    def ask(self, sql: str) -> Result:
        """Answer one SELECT; raises BadRequest with what is wrong and where; the next question finds nothing of it."""
        try:
            return self._answer(sql)
        except (BadRequest, KeyboardInterrupt):
            self._connection.close()
            self._open()
            raise

    def _answer(self, sql: str) -> Result:
        with _refusals():
            statements = self._connection.extract_statements(sql)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            message = "SQL: hanya satu SELECT; tabel tidak dapat diubah, berkas dan pengaturan tidak dapat disentuh"
            raise BadRequest(message)
        with _refusals():
            for name in sorted(self._connection.get_table_names(sql) & SCHEMAS.keys() - self._loaded):
                self._load(name)
            names, rows = _within_limits(self._connection, lambda: self._run(statements[0]))
        if len(rows) > ROWS:
            message = f"SQL: jawabannya lebih dari {ROWS} baris; persempit dengan WHERE atau LIMIT"
            raise BadRequest(message)
        return Result(_unique(names), tuple(rows))

    def _run(self, statement: duckdb.Statement) -> Answered:
        answer = self._connection.execute(statement)
        return [column[0] for column in answer.description or ()], answer.fetchmany(ROWS + 1)

    def _load(self, name: str) -> None:
        """Make a table: a view of kept documents where that is enough, else of a frame, in the types of its schema."""
        self._loaded.add(name)
        if self._stored and (sql := self._stored.tables.sql(name)):
            self._connection.execute(f'CREATE VIEW "{name}" AS {sql}')
            return
        if self._tables is None:
            self._tables = _tables_of(self._stored.read() if self._stored else ())
        columns = ", ".join(f'"{column}" {kind}' for column, kind in SCHEMAS[name].items())
        casts = ", ".join(f'"{column}"::{kind}' for column, kind in SCHEMAS[name].items())
        self._connection.execute(f'CREATE TABLE "{name}" ({columns})')
        self._connection.register("frame", self._tables.frame(name))
        self._connection.execute(f'INSERT INTO "{name}" SELECT {casts} FROM frame')  # noqa: S608 - names of ours
        self._connection.unregister("frame")


def _tables_of(budgets: Sequence[Budget]) -> "Tables":
    from lkj_xlsx.query_tables import Tables  # noqa: PLC0415 - kept documents are asked without any frame

    return Tables(budgets)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Give each column a name of its own: `n`, `n_2`."""
    found: list[str] = []
    for name in names:
        number = 1
        while (own := name if number == 1 else f"{name}_{number}") in found:
            number += 1
        found.append(own)
    return tuple(found)


def _within_limits(connection: duckdb.DuckDBPyConnection, work: Callable[[], Answered]) -> Answered:
    """Hold one question to SECONDS and to its share of memory, and let Ctrl-C end it.

    It runs beside the main thread, which alone hears Ctrl-C. Raises TimeoutError, KeyboardInterrupt, or what it raises.
    """
    with _address_space(), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(work)
        try:
            return asked.result(SECONDS)
        except BaseException:
            connection.interrupt()
            raise


@contextmanager
def _address_space() -> Iterator[None]:
    """Let the process grow by BEYOND_MEMORY only, where the system knows how: nothing else bounds one long text."""
    try:
        import resource  # noqa: PLC0415 - Windows has none

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + BEYOND_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what DuckDB says into a refusal in the words of the user."""
    try:
        yield
    except (TimeoutError, duckdb.InterruptException) as error:
        message = f"SQL: lebih dari {SECONDS} detik; persempit pertanyaannya"
        raise BadRequest(message) from error
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        message = f"SQL: memerlukan lebih dari {MEMORY} MB; persempit pertanyaannya"
        raise BadRequest(message) from error
    except duckdb.PermissionException as error:
        message = "SQL: berkas, jaringan dan ekstensi tidak dapat disentuh dari SQL; yang dapat ditanya hanya tabelnya"
        raise BadRequest(message) from error
    except duckdb.CatalogException as error:
        message = f"SQL: {_said(error)}\ntabel: {', '.join(SCHEMAS)} (`--tables` menyebut kolomnya)"
        raise BadRequest(message) from error
    except duckdb.Error as error:
        message = f"SQL: {_said(error)}"
        raise BadRequest(message) from error


def _said(error: duckdb.Error) -> str:
    """Give what DuckDB said, with the line and the caret under it."""
    return "\n".join(line for line in str(error).splitlines() if line.strip())
