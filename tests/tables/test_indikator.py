from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import write_sheets
from hypothesis import assume, given
from hypothesis import strategies as st

from lkj_xlsx.examination import examine
from lkj_xlsx.finding import Where
from lkj_xlsx.model import Indikator
from lkj_xlsx.table import Capaian, Cell, Quotient, Ref, SumWhere, Table, Unit, Value
from lkj_xlsx.tables import build
from lkj_xlsx.tables.indikator import ASSUMED, _capaian, _number
from lkj_xlsx.tables.tabel_c1 import with_code

ANGGARAN = """
# Sheet: Anggaran
| Kode | Uraian | Pagu | Realisasi |
| CQ | Program Pemilu | | |
| CQ.6709 | Perencanaan | | |
| CQ.6709.QGE.001 | Anggaran | 300 | 100 |
| CQ.6709.QGE.003 | Pelatihan | 0 | 0 |
| CQ.6870.QGE.001 | Kampanye | 1000 | 900 |
| CQ.6870.QGE.002 | Kampanye lagi | | 5 |
| CQ.6639.051.0A | Pemilihan | 200 | 199 |
"""
KINERJA = """
# Sheet: Kinerja
| Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
"""
Tables = Callable[[str], dict[str, Table]]


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    """Give a function that builds every table of the small budget with the given rows of Kinerja."""

    def built(kinerja: str) -> dict[str, Table]:
        text = ANGGARAN + (KINERJA + kinerja if kinerja else "")
        examined = examine([write_sheets(text, tmp_path / "contoh.xlsx")])
        return {table.name: table for table in build(examined.budget, examined.rollup, examined.findings)}

    return built


def cells(table: Table, row: int = 0) -> tuple[Cell, Cell, Cell]:
    """Give target, realisasi and capaian of an indicator."""
    found = next(candidate for candidate in table.rows if candidate.key == f"indikator {row}").cells
    target, realisasi, capaian = (found[table.column(name)] for name in ("target", "realisasi", "capaian"))
    return target, realisasi, capaian


def values(table: Table, row: int = 0) -> tuple[Value, Value, Value]:
    target, realisasi, capaian = cells(table, row)
    return target.value, realisasi.value, capaian.value


def capaian(target: Value, realisasi: Value, *, is_minimise: bool = False) -> Cell:
    """Measure an indicator of which only target, realisasi and direction matter."""
    indikator = Indikator("1", "", "", "", None, "%", None, is_minimise=is_minimise, where=Where("k.xlsx"))
    return _capaian("x", Cell(target), Cell(realisasi), indikator)


POSITIVE = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=10**6)
ANY = st.fractions(min_value=-10, max_value=1000, max_denominator=10**6)


@given(target=POSITIVE, realisasi=POSITIVE)
def test_capaian_is_the_ratio_cut_to_a_whole_percent(target: Fraction, realisasi: Fraction) -> None:
    assert capaian(target, realisasi).value == Fraction(realisasi / target * 100 // 1, 100)


@given(target=POSITIVE, realisasi=ANY)
def test_a_lower_is_better_capaian_counts_down_from_twice_the_target(target: Fraction, realisasi: Fraction) -> None:
    ratio = (2 * target - realisasi) / target * 100
    expected = Fraction(ratio // 1 if ratio >= 0 else -(-ratio // 1), 100)
    assert capaian(target, realisasi, is_minimise=True).value == expected


@given(target=POSITIVE, realisasi=POSITIVE)
def test_capaian_never_rounds_up(target: Fraction, realisasi: Fraction) -> None:
    value = capaian(target, realisasi).value
    assert isinstance(value, Fraction)
    assert 0 <= realisasi / target - value < Fraction(1, 100)


@given(target=st.integers(1, 10**6), realisasi=st.integers(0, 10**6))
def test_capaian_as_a_sheet_computes_it_is_the_same(target: int, realisasi: int) -> None:
    assume(realisasi / target < 100)
    value = capaian(target, realisasi).value
    sheet = Decimal(repr(round(realisasi / target, 14))) * 100 // 1  # ROUNDDOWN(ROUND(r/t,14),2)
    assert value == Fraction(int(sheet), 100)


@pytest.mark.parametrize(
    ("target", "realisasi"), [(0, 5), (Fraction(0), Fraction(0)), ("-", 5), ("WTP", "WTP"), (1, "-"), (None, 1)]
)
def test_what_has_no_ratio_is_a_dash_without_a_formula(target: Value, realisasi: Value) -> None:
    assert capaian(target, realisasi) == Cell("-", unit=Unit.LABEL)


def test_an_unknown_realisasi_leaves_capaian_unknown() -> None:
    assert capaian(1, None) == Cell(None, Capaian(Ref("x", "realisasi"), Ref("x", "target")))


@pytest.mark.parametrize(
    ("value", "satuan", "cell"),
    [
        (Decimal(100), "%", Cell(Fraction(1), unit=Unit.PERSEN)),
        (Decimal("93.42"), "%", Cell(Fraction(9342, 10_000), unit=Unit.SERAPAN)),
        (Decimal(50), "", Cell(Fraction(1, 2), unit=Unit.PERSEN)),
        (Decimal(3), "Dokumen", Cell(3, unit=Unit.BILANGAN, suffix="Dokumen")),
        (Decimal("2.5"), "kali", Cell(Fraction(5, 2), unit=Unit.BILANGAN, suffix="kali")),
        ("WTP", "Opini", Cell("WTP", unit=Unit.LABEL)),
        ("-", "%", Cell("-", unit=Unit.LABEL)),
        (None, "%", Cell("-", unit=Unit.LABEL)),
    ],
)
def test_a_typed_measure_keeps_its_own_unit(value: Decimal | str | None, satuan: str, cell: Cell) -> None:
    assert _number(value, satuan) == cell


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("Anggaran", "QGE.001", "Anggaran (QGE.001)"),
        ("Anggaran (QGE.001)", "QGE.001", "Anggaran (QGE.001)"),
        ("Anggaran", "", "Anggaran"),
    ],
)
def test_a_code_is_added_once(text: str, code: str, printed: str) -> None:
    assert with_code(text, code) == printed


@pytest.mark.parametrize(
    ("kode", "value", "key"),
    [
        ("CQ.6709.QGE.001", Fraction(1, 3), "line CQ.6709.QGE.001"),
        ("CQ.6709", Fraction(1, 3), "kegiatan CQ.6709"),
        ("CQ.6639", Fraction(199, 200), "kegiatan CQ.6639"),
        ("051.0A", Fraction(199, 200), "line CQ.6639.051.0A"),
        ("CQ.6709.QGE.003", "-", "line CQ.6709.QGE.003"),
    ],
)
def test_an_empty_realisasi_is_the_percent_of_the_code_in_tabel_c1(
    tables: Tables, kode: str, value: Value, key: str
) -> None:
    built = tables(f"| 1 | S | I | {kode} | 100 | % | | |")
    assert cells(built["Tabel 1"])[1] == Cell(value, Ref(key, "persen", "Tabel C.1"), unit=Unit.SERAPAN)
    assert built["Tabel C.1"].value(key, "persen") == value


def test_an_empty_realisasi_of_a_code_without_a_row_in_tabel_c1_is_computed_from_rincian(tables: Tables) -> None:
    realisasi = cells(tables("| 1 | S | I | CQ.6709.QGE | 100 | % | | |")["Tabel 1"])[1]
    part, whole = (SumWhere("Rincian", name, "kode", "CQ.6709.QGE", is_prefix=True) for name in ("realisasi", "pagu"))
    assert realisasi == Cell(Fraction(1, 3), Quotient(part, whole), unit=Unit.SERAPAN)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("CQ.6709.QGE.001 | 100 | % | | maksimal", (1, Fraction(1, 3), Fraction(33, 100))),
        ("CQ.6709.QGE.001 | 100 | % | | minimal", (1, Fraction(1, 3), Fraction(166, 100))),
        ("CQ.6709.QGE.003 | 100 | % | | maksimal", (1, "-", "-")),
        ("CQ.6709.QGE.001 | 0 | % | | maksimal", (0, Fraction(1, 3), "-")),
        ("CQ.6709.QGE.001 | - | % | | maksimal", ("-", Fraction(1, 3), "-")),
        ("CQ.6709.QGE.001 | WTP | Opini | WTP | maksimal", ("WTP", "WTP", "-")),
        ("CQ.6709.QGE.001 | 3 | Dokumen | 2 | maksimal", (3, 2, Fraction(66, 100))),
        ("CQ.6709.QGE.001 | 3 | Dokumen | 4 | maksimal", (3, 4, Fraction(133, 100))),
        ("CQ.6709.QGE.001 | 3 | Dokumen | | maksimal", (3, None, None)),
        ("CQ.6870.QGE.002 | 100 | % | | maksimal", (1, None, None)),
        ("CQ.9999.QGE.001 | 100 | % | | maksimal", (1, None, None)),
        ("CQ.9999.QGE.001 | 100 | % | 93,42 | maksimal", (1, Fraction(9342, 10_000), Fraction(93, 100))),
    ],
)
@pytest.mark.parametrize("tabel", ["1", "B.1"])
def test_an_indicator_is_measured_by_its_own_row(
    tables: Tables, tabel: str, row: str, expected: tuple[Value, Value, Value]
) -> None:
    assert values(tables(f"| {tabel} | S | I | {row} |")[f"Tabel {tabel}"]) == expected


def test_indicators_are_made_up_where_none_are_given_and_the_tables_say_so(tables: Tables) -> None:
    built = tables("")
    first, second = built["Tabel 1"], built["Tabel B.1"]
    assert first.notes == (ASSUMED.format(level="RO"),)
    assert second.notes == (ASSUMED.format(level="kegiatan"),)
    assert [row.cells[2].value for row in first.rows] == [
        f"Persentase realisasi anggaran {name}"
        for name in (
            "Anggaran (QGE.001)",
            "Pelatihan (QGE.003)",
            "Kampanye (QGE.001)",
            "Kampanye lagi (QGE.002)",
            "Pemilihan (051.0A)",
        )
    ]
    assert values(first) == (1, Fraction(1, 3), Fraction(33, 100))
    assert [row.cells[1].value for row in second.rows if row.key] == ["Perencanaan (6709)", "(6870)", "(6639)"]
    said = [row.cells[2].value for row in built["Ringkasan"].rows if row.cells[0].value in ("Tabel 1", "Tabel B.1")]
    assert said == [first.notes[0], second.notes[0]]


def test_only_the_table_without_indicators_has_them_made_up(tables: Tables) -> None:
    built = tables("| 1 | S | I | CQ.6709.QGE.001 | 100 | % | | |")
    assert (built["Tabel 1"].notes, len(built["Tabel 1"].rows)) == ((), 1)
    assert built["Tabel B.1"].notes == (ASSUMED.format(level="kegiatan"),)
