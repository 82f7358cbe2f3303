"""A workbook of very many leaves says what it would say with all of them, and keeps them beside it."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from documents import document, line
from many_files import workbook

from lkj_xlsx import condense, query, read
from lkj_xlsx.checks import check
from lkj_xlsx.errors import CannotWrite
from lkj_xlsx.model import FILE, Budget, known
from lkj_xlsx.report import write_report
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.table import SumWhere, Table
from lkj_xlsx.tables import build

SAMPLES: Final = Path(__file__).parents[1] / "samples"
GLP039: Final = SAMPLES / "kpu-binjai-2024-12-glp039.xlsx"
WORKBOOK: Final = SAMPLES / "kpu-binjai-2024.xlsx"


def said(budget: Budget) -> dict[str, list[list[Any]]]:
    tables = build(budget, roll_up(budget), ())
    return {
        table.name: [[cell.value for cell in row.cells] for row in table.rows]
        for table in tables
        if table.name not in ("Rincian", "Temuan")
    }


@pytest.mark.parametrize("name", ["kpu-binjai-2024-12-glp039", "kpu-binjai-2024", "contoh-rkk", "contoh-glp039-ro"])
def test_every_table_says_the_same_of_fewer_rows(name: str) -> None:
    budget = read(SAMPLES / f"{name}.xlsx")
    condensed = condense.condense(budget, roll_up(budget), "x.parquet")
    assert len(condensed.lines) <= len(budget.lines)
    assert said(condensed) == said(budget)
    tables = build(condensed, roll_up(condensed), ())
    (rincian,) = [table for table in tables if table.name == "Rincian"]
    sums = [cell for table in tables for row in table.rows for cell in row.cells if isinstance(cell.formula, SumWhere)]
    assert sums
    assert [(cell.value, cell.formula) for cell in sums if cell.value is not None] == [
        (calculated(rincian, cell.formula), cell.formula) for cell in sums if cell.value is not None
    ]


def calculated(rincian: Table, formula: object) -> int:
    """What a spreadsheet makes of SUMIFS over Rincian."""
    assert isinstance(formula, SumWhere)
    amount, by = rincian.column(formula.column), rincian.column(formula.by)
    rows = [(str(row.cells[by].value), row.cells[amount].value) for row in rincian.rows]
    if formula.is_prefix:
        return sum(value for code, value in rows if code.startswith(f"{formula.code}.") and isinstance(value, int))
    return sum(value for code, value in rows if code == formula.code and isinstance(value, int))


def test_what_an_indicator_measures_below_the_ro_stays_as_it_was() -> None:
    budget = read(WORKBOOK)
    codes = [f"CQ.6709.QGE.001.05{at}.0A.521211" for at in (1, 2, 3)]
    deep = document("a.xlsx", *(line(code, at, pagu=at, realisasi=1) for at, code in enumerate(codes, 1)))
    measured = replace(deep, indikator=(replace(budget.indikator[0], kode="CQ.6709.QGE.001.052"),))
    assert len(condense.condense(deep, roll_up(deep), "x").lines) == 1
    lines = condense.condense(measured, roll_up(measured), "x").lines
    assert [(row["komponen"], row["pagu"], row["sheet"], row["row"]) for _, row in lines.iterrows()] == [
        ("", 4, "2 baris", -1),
        ("052", 2, "S", 2),
    ]


def test_a_sum_of_what_is_not_known_is_not_known() -> None:
    deep = document("a", line("CQ.6709.QGE.001.051.0A.521211", 1, pagu=1), line("CQ.6709.QGE.001.052.0A.521211", 2))
    (row,) = known(condense.condense(deep, roll_up(deep), "x").lines["pagu"])
    assert row is None


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condense, "MOST_LEAVES", 10)


@pytest.mark.usefixtures("few")
def test_the_leaves_stand_in_a_file_beside_the_workbook_that_says_so(
    tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    done = write_report([GLP039], tmp_path / "lampiran.xlsx")
    beside = tmp_path / "lampiran-rincian.parquet"
    (moved,) = [one for one in done.findings if one.code == "R122"]
    assert f"sha256 {hashlib.sha256(beside.read_bytes()).hexdigest()}" in moved.message
    golden("condensed-finding.txt", moved.message.split(", sha256")[0] + "\n")
    (rincian,) = [table for table in done.tables if table.name == "Rincian"]
    assert any("92 baris rincian ada di lampiran-rincian.parquet" in note for note in rincian.notes)
    kept, full = read(beside), read(GLP039)
    assert known(kept.lines["pagu"]) == known(full.lines["pagu"])
    assert kept.lines["row"].tolist() == full.lines["row"].tolist()


def test_what_is_kept_of_several_satker_names_no_line_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for satker in ("656510", "656511"):
        workbook(tmp_path / "in" / f"{satker}.xlsx", satker)
    monkeypatch.setattr(condense, "MOST_LEAVES", 1)
    write_report([tmp_path / "in"], tmp_path / "x.xlsx", is_merged=True)
    kept = read(tmp_path / "x-rincian.parquet")
    assert kept.lines[FILE].tolist() == ["656510.xlsx"] * 2 + ["656511.xlsx"] * 2
    assert query([tmp_path / "x-rincian.parquet"], "SELECT DISTINCT berkas FROM rincian")["berkas"].tolist() == [
        "656510.xlsx",
        "656511.xlsx",
    ]
    assert [one.code for one in check([kept]).findings if one.severity == "error"] == []


@pytest.mark.usefixtures("few")
def test_neither_file_is_written_where_one_may_not_be(tmp_path: Path) -> None:
    (tmp_path / "lampiran-rincian.parquet").write_bytes(b"lama")
    with pytest.raises(CannotWrite, match="sudah ada"):
        write_report([GLP039], tmp_path / "lampiran.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["lampiran-rincian.parquet"]
    write_report([GLP039], tmp_path / "lampiran.xlsx", force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lampiran-rincian.parquet", "lampiran.xlsx"]
