from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from lkj_xlsx.examination import examine
from lkj_xlsx.finding import Where
from lkj_xlsx.model import Kategori
from lkj_xlsx.table import Mean, Ref, Sentence, Table, Value
from lkj_xlsx.tables import build
from lkj_xlsx.tables.ringkasan import NO_SCALE, category

SAMPLE: Final = Path(__file__).parents[2] / "samples" / "kpu-binjai-2024.xlsx"
SKALA: Final = (
    Kategori(Decimal("100.01"), None, "Sangat Berhasil", "", Where("k.xlsx")),
    Kategori(Decimal(90), Decimal(100), "Berhasil", "", Where("k.xlsx")),
    Kategori(Decimal(71), Decimal(90), "Cukup", "", Where("k.xlsx")),
    Kategori(None, Decimal("70.5"), "Kurang", "", Where("k.xlsx")),
)


def built(path: Path) -> dict[str, Table]:
    examined = examine([path])
    return {table.name: table for table in build(examined.budget, examined.rollup, examined.findings)}


def fact(table: Table, label: str) -> Value:
    """Give the value beside the one label that starts so."""
    (row,) = [row for row in table.rows if str(row.cells[0].value).startswith(label)]
    return row.cells[2].value


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        (Fraction(95, 100), "Berhasil (90 sampai 100)"),
        (Fraction(1), "Berhasil (90 sampai 100)"),
        (1, "Berhasil (90 sampai 100)"),
        (Fraction(10001, 10000), "Sangat Berhasil (mulai 100,01)"),
        (Fraction(3), "Sangat Berhasil (mulai 100,01)"),
        (Fraction(0), "Kurang (sampai 70,5)"),
        (0, "Kurang (sampai 70,5)"),
        (Fraction(8999, 10000), "Cukup (71 sampai 90)"),
    ],
)
def test_a_ratio_in_one_band_has_its_name_and_bounds(ratio: Fraction | int, printed: str) -> None:
    assert category(ratio, SKALA) == printed


def test_a_ratio_is_rounded_before_it_is_placed() -> None:
    assert category(Fraction(1_000_049, 1_000_000), SKALA) == "Berhasil (90 sampai 100)"
    assert category(Fraction(1_000_050, 1_000_000), SKALA) == "Sangat Berhasil (mulai 100,01)"


def test_a_ratio_in_a_gap_has_no_category() -> None:
    assert category(Fraction(7075, 10000), SKALA) == "tidak tentu: 70,75% masuk ke 0 kategori (tidak ada)"


def test_a_ratio_in_an_overlap_has_no_category() -> None:
    assert category(Fraction(9, 10), SKALA) == "tidak tentu: 90,00% masuk ke 2 kategori (Berhasil, Cukup)"


@pytest.mark.parametrize("ratio", [Fraction(1), "-", None])
def test_without_a_scale_there_is_no_category(ratio: object) -> None:
    assert category(ratio, ()) == NO_SCALE


@pytest.mark.parametrize("ratio", ["-", None])
def test_what_is_no_ratio_has_no_category(ratio: object) -> None:
    assert category(ratio, SKALA) == "tidak dapat ditentukan"


def test_the_sample_has_its_category_twice_and_each_rule_is_named() -> None:
    table = built(SAMPLE)["Ringkasan"]
    assert fact(table, "Kategori serapan (tertimbang: realisasi / pagu)") == "Berhasil (90 sampai 100)"
    assert fact(table, "Kategori rata-rata capaian") == "Berhasil (90 sampai 100)"


def test_the_mean_says_its_n_and_what_it_leaves_out() -> None:
    tables = built(SAMPLE)
    (row,) = [row for row in tables["Ringkasan"].rows if row.key == "rata-rata"]
    capaian = [row.cells[5].value for row in tables["Tabel 1"].rows]
    numbers = [value for value in capaian if isinstance(value, Fraction)]
    assert row.cells[0].value == (
        f"Rata-rata kolom % Capaian Tabel 1 (n = {len(numbers)}, "
        f"{len(capaian) - len(numbers)} baris tanpa nilai tidak dihitung)"
    )
    assert (row.cells[2].value, row.cells[2].formula) == (
        sum(numbers, Fraction()) / len(numbers),
        Mean("Tabel 1", "capaian"),
    )


def test_the_two_sentences_of_chapter_iii_are_filled_in() -> None:
    table = built(SAMPLE)["Ringkasan"]
    sentences = [row.cells[0] for row in table.rows if isinstance(row.cells[0].formula, Sentence)]
    assert [cell.value for cell in sentences] == [
        (
            "Untuk membiayai operasional KPU Kota Binjai Tahun 2024 mendapat anggaran sebesar Rp. 33.239.899.000,- "
            "dengan realisasi sebesar Rp. 32.934.047.438,- atau sebesar 99,08%."
        ),
        "Adapun jumlah anggaran yang tidak terserap selama Tahun 2024 sebesar Rp. 305.851.562,- atau sebesar 0,92%.",
    ]


def test_every_kegiatan_points_at_its_sub_total() -> None:
    tables = built(SAMPLE)
    rows = [row for row in tables["Ringkasan"].rows if row.key.startswith("kegiatan ")]
    assert len(rows) == 10
    for row in rows:
        assert [row.cells[at].formula for at in (2, 3, 5)] == [
            Ref(row.key, name, "Tabel C.1") for name in ("pagu", "realisasi", "persen")
        ]
        assert [row.cells[at].value for at in (2, 3, 5)] == [
            tables["Tabel C.1"].value(row.key, name) for name in ("pagu", "realisasi", "persen")
        ]


def test_a_budget_of_nothing_has_sentences_without_percents(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001 | Anggaran | 0 | 0 |
    """
    texts = [str(row.cells[0].value) for row in built(sheet_file)["Ringkasan"].rows]
    assert [text.split("Rp. ", 1)[1] for text in texts if "Rp. " in text] == [
        "0,- dengan realisasi sebesar Rp. 0,- atau sebesar -.",
        "0,- atau sebesar -.",
    ]


def test_a_budget_that_is_not_known_has_sentences_without_formulas(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001 | Anggaran | | 40 |
    """
    table = built(sheet_file)["Ringkasan"]
    texts = [row.cells[0] for row in table.rows if "anggaran sebesar Rp." in str(row.cells[0].value)]
    assert [(cell.value, cell.formula) for cell in texts] == [
        (
            (
                "Untuk membiayai operasional satuan kerja mendapat anggaran sebesar Rp. ?,- dengan realisasi sebesar "
                "Rp. 40,- atau sebesar ?."
            ),
            None,
        )
    ]
    assert fact(table, "Pagu (Rp)") is None
    assert fact(table, "Perhatian") == "ADA KESALAHAN: baca lembar Temuan sebelum mencetak"
    assert fact(table, "Kategori serapan") == NO_SCALE
    assert fact(table, "Tahun anggaran") == "tidak disebut di masukan"
