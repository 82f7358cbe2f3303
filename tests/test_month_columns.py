"""Months side by side: every node once, with what was spent until each month."""

from pathlib import Path
from typing import Final

import pytest
from conftest import write_sheets

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.intake import read_all
from lkj_xlsx.month_columns import side_by_side
from lkj_xlsx.result import Result
from lkj_xlsx.show import Choice

JULY: Final = {"QGE.001": ("Anggaran", 100, 30), "QGE.002": ("Pelatihan", 50, 20)}
AUGUST: Final = {"QGE.001": ("Anggaran", 120, 70), "QGE.003": ("Sosialisasi", 10, 10)}


def month(tmp_path: Path, bulan: int, lines: dict[str, tuple[str, int, int]], satker: str = "123456") -> Path:
    rows = "\n".join(f"| CQ.6709.{kode} | {nama} | {pagu} | {spent} |" for kode, (nama, pagu, spent) in lines.items())
    text = f"""
    # Sheet: Identitas
    | Kunci | Isi |
    | Kode Satker | '{satker} |
    | Tahun Anggaran | 2024 |
    | Bulan | {bulan} |
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    {rows}
    """
    return write_sheets(text, tmp_path / f"{satker}-{bulan}.xlsx")


def shown(tmp_path: Path, choice: Choice) -> Result:
    return side_by_side(read_all([month(tmp_path, 8, AUGUST), month(tmp_path, 7, JULY)]), choice)


def test_each_month_is_a_column_and_what_one_lacks_is_blank(tmp_path: Path) -> None:
    result = shown(tmp_path, Choice(("ro",)))
    assert result.columns == ("kode", "uraian", "pagu", "juli", "agustus", "tambah")
    assert result.rows == (
        ("CQ.6709.QGE.001", "Anggaran", 120, 30, 70, 40),
        ("CQ.6709.QGE.003", "Sosialisasi", 10, None, 10, 10),
        ("CQ.6709.QGE.002", "Pelatihan", None, 20, None, -20),
    )


def test_what_is_chosen_and_its_order_are_those_of_the_last_month(tmp_path: Path) -> None:
    result = shown(tmp_path, Choice(("ro",), where="realisasi < 50"))
    assert [row[0] for row in result.rows] == ["CQ.6709.QGE.003"]
    assert [row[0][-3:] for row in shown(tmp_path, Choice(("ro",), sort="pagu", is_reversed=True)).rows] == [
        *("003", "001", "002"),
    ]


def test_what_the_months_add_is_what_the_whole_adds(tmp_path: Path) -> None:
    (whole,) = shown(tmp_path, Choice(("program",))).rows
    assert whole[2:] == (130, 50, 80, 30)
    assert sum(row[-1] for row in shown(tmp_path, Choice(("ro",))).rows) == whole[-1]


def test_two_files_of_one_month_are_refused_whoever_wrote_them(tmp_path: Path) -> None:
    (tmp_path / "lagi").mkdir()
    files = [month(tmp_path, 7, JULY), month(tmp_path / "lagi", 7, AUGUST), month(tmp_path, 8, AUGUST)]
    with pytest.raises(BadRequest, match="dua berkas untuk Juli"):
        side_by_side(read_all(files), Choice())


def test_one_month_or_two_satker_are_no_columns(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="dua bulan atau lebih"):
        side_by_side(read_all([month(tmp_path, 7, JULY)]), Choice())
    with pytest.raises(BadRequest, match="satu satker"):
        side_by_side(read_all([month(tmp_path, 7, JULY), month(tmp_path, 8, AUGUST, "654321")]), Choice())
