"""An answer of `lkj query` in every form: text, CSV, JSON, a sheet, a Parquet file."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import IO, Final

from lkj_xlsx.delivery import Answer
from lkj_xlsx.result import PLAIN_NUMBERS, Result
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.safe_csv import safe_csv
from lkj_xlsx.schemas import SCHEMAS
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit

WIDEST: Final = 60
"""A column of the sheet is as wide as its longest text, up to so many letters."""


def answer(result: Result) -> Answer:
    """Give an answer in every form."""

    def teks(file: IO[str]) -> None:
        from lkj_xlsx.terminal import print_result  # noqa: PLC0415 - data pays for no terminal

        print_result(result.columns, result.rows, file)

    return Answer(
        teks,
        lambda: safe_csv(
            result.columns,
            [[value if isinstance(value, Decimal) else _plain(value) for value in row] for row in result.rows],
        ),
        lambda: json.dumps(as_records(result), ensure_ascii=False, indent=1),
        lambda: as_table(result),
        lambda path: write_parquet(result, path),
    )


def as_records(result: Result) -> list[dict[str, object]]:
    """Give each row as a mapping; decimals are texts, so that none loses a digit."""
    return [dict(zip(result.columns, map(_plain, row), strict=True)) for row in result.rows]


def _plain(value: object) -> object:
    """Give a value as JSON and CSV hold it: numbers as they are, decimals exactly, anything else as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and abs(value) < float("inf"):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_table(result: Result) -> Table:
    """Lay an answer out as one sheet; what a sheet cannot hold exactly is a text."""
    values = [[_cell(value) for value in row] for row in result.rows]
    columns = []
    for index, name in enumerate(result.columns):
        own = [row[index] for row in values if row[index] is not None]
        unit = Unit.RUPIAH if own and all(isinstance(value, int) for value in own) else Unit.TEXT
        unit = Unit.LABEL if name in PLAIN_NUMBERS else unit
        unit = Unit.BILANGAN if any(isinstance(value, Fraction) for value in own) else unit
        width = min(max((len(str(value)) for value in (name, *own)), default=8), WIDEST) + 2
        columns.append(Column(name, name, unit, width))
    rows = tuple(Row(Role.LINE, tuple(Cell(value) for value in row)) for row in values)
    return Table("Jawaban", (), tuple(columns), rows, is_list=True)


def _cell(value: object) -> int | Fraction | str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) <= LARGEST else str(value)
    if isinstance(value, Decimal) or (isinstance(value, float) and abs(value) < float("inf")):
        return Fraction(value)
    return None if value is None else str(value)


def write_parquet(result: Result, path: Path) -> None:
    """Write an answer as Parquet, by a database of its own: the one that is asked can write nothing; raises OSError."""
    import duckdb  # noqa: PLC0415 - an answer in another form pays for no engine

    from lkj_xlsx.parquet import os_error  # noqa: PLC0415 - as above

    numbers = range(len(result.columns))
    frame = result.frame().set_axis([f"c{number}" for number in numbers], axis=1)
    kinds = {number: "::DECIMAL(38, 0)" for number in numbers if _is_huge(result, number)}
    names = [name.replace('"', '""') for name in result.columns]
    columns = ", ".join(f'c{number}{kinds.get(number, "")} AS "{names[number]}"' for number in numbers)
    with duckdb.connect(":memory:") as connection:
        connection.register("jawaban", frame)
        asked = connection.sql(f"SELECT {columns} FROM jawaban")  # noqa: S608 - quoted names
        try:
            asked.write_parquet(str(path), use_tmp_file=False)  # the path is that of a partial file of ours already
        except duckdb.IOException as error:
            raise os_error(error) from error


def _is_huge(result: Result, index: int) -> bool:
    values = [row[index] for row in result.rows if row[index] is not None]
    return any(isinstance(value, int) and abs(value) >= 2**63 for value in values)


def tables_as_text() -> str:
    """List every table with its columns and their types."""
    return "".join(
        f"{name}\n  {', '.join(f'{column} {kind}' for column, kind in schema.items())}\n"
        for name, schema in SCHEMAS.items()
    )
