"""One answer in every form, each exact."""

import errno
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Final

import duckdb
import pytest
from openpyxl import load_workbook

from lkj_xlsx.delivery import deliver
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.query_answer import answer, tables_as_text, write_parquet
from lkj_xlsx.questions import QUESTIONS, as_text
from lkj_xlsx.result import Result
from lkj_xlsx.schemas import SCHEMAS

COLUMNS: Final = ("kode", "pagu", "serapan", "tahun", "ada", "rasio", "besar")
RESULT: Final = Result(
    COLUMNS,
    (
        ("6709", 33_239_899_000, Decimal("99.08"), 2024, True, 0.5, 2**70),
        ("=1+1", None, None, 2024, False, float("nan"), 1),
    ),
)


def test_text_has_thousands_marks_but_not_in_a_year() -> None:
    out = io.StringIO()
    answer(RESULT).teks(out)
    assert out.getvalue().splitlines()[1].split() == [
        *("6709", "33.239.899.000", "99,08", "2024", "ya", "0,5", "1.180.591.620.717.411.303.424"),
    ]


def test_csv_and_json_keep_every_digit_and_csv_runs_nothing() -> None:
    lines = answer(RESULT).csv().splitlines()
    assert lines[1] == "6709,33239899000,99.08,2024,True,0.5,1180591620717411303424"
    assert lines[2].startswith("'=1+1,,,2024,False,nan,1")
    first, second = json.loads(answer(RESULT).json())
    assert first == dict(zip(COLUMNS, ["6709", 33_239_899_000, "99.08", 2024, True, 0.5, 2**70], strict=True))
    assert (second["pagu"], second["rasio"]) == (None, "nan")


def test_a_sheet_holds_numbers_and_as_text_what_it_could_not_hold_exactly(tmp_path: Path) -> None:
    deliver(answer(RESULT), "xlsx", tmp_path / "jawaban.xlsx")
    sheet = load_workbook(tmp_path / "jawaban.xlsx")["Jawaban"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=3)]
    assert cells[0] == list(COLUMNS)
    assert cells[1] == ["6709", 33_239_899_000, 99.08, 2024, "True", 0.5, "1180591620717411303424"]
    assert cells[2][0] == "=1+1"
    assert sheet["A3"].data_type == "s"
    assert (sheet["B2"].number_format, sheet["D2"].number_format) == ('#,##0;-#,##0;"-"', "General")


def test_parquet_keeps_types_and_every_digit(tmp_path: Path) -> None:
    path = tmp_path / "jawaban.parquet"
    deliver(answer(RESULT), "parquet", path)
    found = duckdb.connect().read_parquet(str(path))
    assert found.columns == list(COLUMNS)
    kinds = dict(zip(found.columns, map(str, found.types), strict=True))
    assert (kinds["pagu"], kinds["besar"], kinds["kode"]) == ("BIGINT", "DECIMAL(38,0)", "VARCHAR")
    assert found.fetchall()[0][:4] == ("6709", 33_239_899_000, Decimal("99.08"), 2024)


def test_no_name_of_a_column_is_run(tmp_path: Path) -> None:
    (tmp_path / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    name = f"a\" FROM read_text('{tmp_path / 'rahasia.txt'}') --"
    write_parquet(Result((name, 'b"'), ((1, "x"),)), tmp_path / "a.parquet")
    found = duckdb.connect().read_parquet(str(tmp_path / "a.parquet"))
    assert (found.columns, found.fetchall()) == ([name, 'b"'], [(1, "x")])


def test_parquet_and_xlsx_need_a_file() -> None:
    for form in ("parquet", "xlsx"):
        with pytest.raises(BadRequest, match=f"--format {form} perlu -o NAMA.{form}"):
            deliver(answer(RESULT), form, None)


def test_an_empty_answer_has_its_columns_in_every_form(tmp_path: Path) -> None:
    empty = answer(Result(("kode", "pagu"), ()))
    out = io.StringIO()
    empty.teks(out)
    assert (out.getvalue().split(), empty.csv(), json.loads(empty.json())) == (["kode", "pagu"], "kode,pagu\r\n", [])
    deliver(empty, "parquet", tmp_path / "a.parquet")
    assert duckdb.connect().read_parquet(str(tmp_path / "a.parquet")).columns == ["kode", "pagu"]


def test_the_lists_name_every_table_and_every_question() -> None:
    assert [line for line in tables_as_text().splitlines() if not line.startswith(" ")] == list(SCHEMAS)
    assert all(f"{one.nama}: {one.tanya}\n  {one.sql}\n" in as_text() for one in QUESTIONS)


def test_a_negative_decimal_is_a_number_in_csv_and_a_text_that_looks_like_one_is_guarded(tmp_path: Path) -> None:
    deliver(answer(Result(("a", "b"), ((Decimal("-12.50"), "-12.50"),))), "csv", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"a,b\r\n-12.50,'-12.50\r\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_parquet_that_cannot_be_written_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="No space left") as told:
        write_parquet(Result(("a",), ((1,),)), Path("/dev/full"))
    assert told.value.errno == errno.ENOSPC


def test_a_trouble_of_parquet_without_a_number_is_one_of_writing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="tiada") as told:
        write_parquet(Result(("a",), ((1,),)), tmp_path / "tiada" / "a.parquet")
    assert told.value.errno in (errno.EIO, errno.ENOENT)
