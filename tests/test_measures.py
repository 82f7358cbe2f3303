from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.finding import Where
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.measures import UNSURE, Measures, prints
from lkj_xlsx.model import Budget, Identity, Indikator, Line, frame_of
from lkj_xlsx.persen import CUT, HALF_EVEN, HALF_UP, Rule
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

Value = Decimal | str | None
AMOUNTS: Final = {"QGE.001": (700, 670), "QGE.002": (300, 100), "QGE.003": (300, 200), "QGE.004": (400, 100)}
"""Pagu and realisasi of each RO: 95.71, 33.33, 66.67 and 25 percent."""


def number(value: str | None) -> Value:
    """Spell a measure as a reader does: a number where it is one."""
    return Decimal(value) if value and value.replace(".", "").isdigit() else value


def row(
    nama: str, target: str | None, realisasi: str | None, capaian: str | None, *, kode: str = "", satuan: str = "%"
) -> Indikator:
    where = Where("a.xlsx", "1", 0, 2)
    cells = {name: Where("a.xlsx", "1", 0, column) for column, name in enumerate(("target", "realisasi", "capaian"), 3)}
    values = [number(value) for value in (target, realisasi, capaian)]
    return Indikator(
        *("1", "sasaran", nama, kode, values[0], satuan, values[1]),
        is_minimise=False,
        where=where,
        capaian=values[2],
        cells=cells,
    )


def measures_of(*rows: Indikator) -> tuple[System, Measures]:
    """Register a table of indicators beside a budget of AMOUNTS."""
    system = System()
    lines = [
        Line(place(parse(f"CQ.6709.{ro}") or {}, ROOT), f"nama {ro}", {"pagu": pagu, "realisasi": realisasi}, "S", at)
        for at, (ro, (pagu, realisasi)) in enumerate(AMOUNTS.items())
    ]
    columns = {"pagu": 2, "realisasi": 3}
    budget = Budget("a.xlsx", "x", Identity(), frame_of(lines), frame_of([]), columns, indikator=rows)
    return system, Measures(system, budget, "1", [Statements(system, budget)])


def serapan(ro: str, realisasi: str, capaian: str | None = None) -> Indikator:
    return row(ro, "100", realisasi, capaian or realisasi.partition(".")[0], kode=f"6709.{ro}")


SOUND: Final = (serapan("QGE.001", "95.71"), serapan("QGE.002", "33.33"), serapan("QGE.003", "66.67"))


def test_each_measure_is_a_cell_with_its_place_and_name() -> None:
    system, measures = measures_of(*SOUND)
    cells = measures.rows[0].cells
    assert list(cells) == ["target", "realisasi", "capaian"]
    assert [str(system.where(cell)) for cell in cells.values()] == ["a.xlsx!1!D1", "a.xlsx!1!E1", "a.xlsx!1!F1"]
    assert system.label(cells["capaian"]) == "Tabel 1 6709.QGE.001 % capaian"
    assert system.label(measures_of(row("Arsip", "4", "3", "75"))[1].rows[0].cells["target"]) != ""


def test_a_blank_beside_numbers_is_an_unknown_cell_and_a_text_is_none() -> None:
    system, measures = measures_of(
        row("a", "100", None, "90"), row("b", "WTP", "WTP", "100"), row("c", "-", None, None)
    )
    assert [list(one.cells) for one in measures.rows] == [["target", "realisasi", "capaian"], ["capaian"], []]
    assert not system.known[measures.rows[0].cells["realisasi"]]


def test_only_printed_rows_of_the_table_are_registered() -> None:
    other = row("a", "100", "90", "90")
    typed = Indikator("1", "s", "n", "", Decimal(1), "%", Decimal(1), is_minimise=False, where=other.where)
    lain = Indikator(
        *("B.1", "s", "n", "", Decimal(1), "%", Decimal(1)), is_minimise=False, where=other.where, cells=other.cells
    )
    assert [one.indikator.nama for one in measures_of(other, typed, lain)[1].rows] == ["a"]


def test_a_code_or_else_a_very_name_finds_the_node() -> None:
    _, measures = measures_of(
        *(serapan("QGE.001", "95.71"), row("Nama QGE.002", "100", "33.33", "33"), row("lain", "100", "1", "1"))
    )
    assert [one.path[3] for one in measures.rows] == ["001", "002", ""]
    assert [one.document is None for one in measures.rows] == [False, False, True]


def test_a_table_whose_realisasi_are_the_serapan_of_its_codes_says_so_with_its_rules() -> None:
    _, measures = measures_of(*SOUND)
    assert (measures.is_serapan, measures.rule_of_realisasi, measures.told_of_realisasi) == (True, HALF_UP, 1)
    assert (measures.rule_of_capaian, measures.told_of_capaian) == (CUT, 2)
    assert [ratio for _, ratio in measures.quotients()] == [Fraction(670, 700), Fraction(1, 3), Fraction(2, 3)]


def test_half_of_the_codes_are_not_enough_to_call_a_table_a_serapan() -> None:
    _, measures = measures_of(serapan("QGE.001", "95.71"), serapan("QGE.002", "90.00"))
    assert (measures.is_serapan, measures.rule_of_realisasi) == (False, HALF_UP)


def test_counts_and_bare_numbers_among_percents_are_no_serapan() -> None:
    _, measures = measures_of(
        *SOUND,
        row("a", "12", "25", "100", kode="6709.QGE.004", satuan="Dokumen"),
        row("b", "12", "25", "100", kode="6709.QGE.004", satuan=""),
        row("c", "WTP", "25", "100", kode="6709.QGE.004", satuan=""),
    )
    assert [measures.is_percent(one) for one in measures.rows] == [True, True, True, False, False, True]


def test_a_code_with_no_ceiling_has_no_quotient() -> None:
    system = System()
    line = Line(place(parse("CQ.6709") or {}, ROOT), "a", {"pagu": 0, "realisasi": 0}, "S", 0)
    budget = Budget("a.xlsx", "x", Identity(), frame_of([line]), frame_of([]), {"pagu": 2, "realisasi": 3})
    document = Statements(system, budget)
    table = Budget(
        "a.xlsx", "x", Identity(), frame_of([]), frame_of([]), indikator=(row("a", "1", "1", "1", kode="6709"),)
    )
    assert list(Measures(system, table, "1", [document]).quotients()) == []


def test_a_target_is_exact_and_what_was_computed_was_rounded() -> None:
    system, measures = measures_of(*SOUND, row("Dokumen", "12", "11", "91", satuan="Dokumen"))
    of_serapan, of_count = measures.rows[0].cells, measures.rows[3].cells
    assert [system.percents[of_serapan[name]].is_exact for name in of_serapan] == [True, False, False]
    assert [system.percents[of_count[name]].is_exact for name in of_count] == [True, True, False]
    assert [system.percents[of_count[name]].is_bare for name in of_count] == [True, True, False]
    assert system.percents[of_serapan["realisasi"]].places == 2
    assert system.percents[of_serapan["capaian"]].places == 0


def test_what_stands_for_nothing_is_no_number() -> None:
    _, measures = measures_of(row("a", "WTP", "WTP", "100"))
    assert measures.stands_for("realisasi", measures.rows[0]) is None
    capaian = measures.stands_for("capaian", measures.rows[0])
    assert capaian is not None
    assert capaian.printed == Decimal(100)


@pytest.mark.parametrize(("targets", "is_held"), [(["100"] * 4 + ["90"], True), (["100"] * 3 + ["90"], False)])
def test_a_usual_target_is_held_for_given(targets: list[str], is_held: bool) -> None:
    system, measures = measures_of(*(row(f"a{at}", target, "90", "90") for at, target in enumerate(targets)))
    usual = {one.cells["target"] for one in measures.rows if one.figure("target") == 100}
    assert system.weights == (dict.fromkeys(usual, UNSURE) if is_held else {})


def test_two_equal_targets_are_not_usual() -> None:
    assert measures_of(row("a", "100", "90", "90"), row("b", "100", "90", "90"))[0].weights == {}


@pytest.mark.parametrize(
    ("nama", "target"), [("Rata-rata", None), ("Rata-rata capaian kinerja", "100"), ("Rata - rata layanan", None)]
)
def test_a_row_of_means_is_no_indicator(nama: str, target: str | None) -> None:
    _, measures = measures_of(row("a", "100", "90", "90"), row(nama, target, None, "90"), row("b", "100", "90", "90"))
    assert [(mean.indikator.nama, mean.above) for mean in measures.means] == [(nama, 1)]
    assert len(measures.rows) == 2


@pytest.mark.parametrize(
    ("nama", "kode"), [("Rata-rata waktu layanan", ""), ("Rata-rata capaian", "6709"), ("Serapan", "")]
)
def test_an_indicator_that_speaks_of_a_mean_or_has_a_code_is_one(nama: str, kode: str) -> None:
    _, measures = measures_of(row(nama, "100", "90", "90", kode=kode))
    assert measures.means == ()


def test_a_row_called_a_mean_that_is_its_own_quotient_explains_itself() -> None:
    _, measures = measures_of(row("Rata-rata", "80", "60", "75"))
    (mean,) = measures.means
    assert measures.explains_itself(mean.indikator)
    assert not measures.explains_itself(row("Rata-rata", "80", "60", "70"))
    assert not measures.explains_itself(row("Rata-rata", None, "60", "75"))
    assert not measures.explains_itself(row("Rata-rata", "0", "60", "75"))


@pytest.mark.parametrize(
    ("nama", "measured", "formula"),
    [
        ("Layanan", ("4", "3", "75"), None),
        ("Temuan", ("2", "1", "150"), "(2 x target - realisasi) / target"),
        ("Waktu layanan", ("4", "2", "200"), "target / realisasi"),
        ("Layanan", ("4", "9", "120"), "dibatasi 120%"),
        ("Layanan", ("4", "3", "80"), None),
        ("Layanan", ("4", "3", "120"), None),
        ("Layanan", ("0", "3", "120"), None),
        ("Layanan", ("4", "0", "0"), None),
        ("Layanan", ("4", None, "75"), None),
        ("Layanan", ("4", "3", None), None),
    ],
)
def test_a_percent_of_capaian_may_have_another_formula(
    nama: str, measured: tuple[str, str | None, str | None], formula: str | None
) -> None:
    _, measures = measures_of(row(nama, *measured, satuan="Poin"))
    assert measures.formula_of_capaian(measures.rows[0]) == formula


def test_a_cap_that_another_row_exceeds_is_none() -> None:
    _, measures = measures_of(row("a", "4", "9", "120", satuan="Poin"), row("b", "4", "6", "150", satuan="Poin"))
    assert measures.formula_of_capaian(measures.rows[0]) is None


def test_a_small_realisasi_reaches_a_cap_only_where_less_is_better() -> None:
    for nama, formula in (("Jumlah keluhan", "dibatasi 150%"), ("Jumlah layanan", None)):
        _, measures = measures_of(row(nama, "10", "2", "150", satuan="Poin"))
        assert measures.formula_of_capaian(measures.rows[0]) == formula


def test_a_serapan_has_no_other_formula() -> None:
    _, measures = measures_of(*SOUND[:2], serapan("QGE.003", "66.67", "133"))
    assert measures.is_serapan
    assert measures.formula_of_capaian(measures.rows[2]) is None


percents = st.decimals(0, 200, places=2)


@given(percents, st.sampled_from([HALF_UP, CUT, HALF_EVEN]), st.integers(-400, 400))
def test_a_percent_prints_a_ratio_exactly_where_that_lies_within_its_precision(
    percent: Decimal, rule: Rule, hundredths: int
) -> None:
    ratio = Fraction(percent) / 100 + Fraction(hundredths, 100 * 100 * 100)
    lowest, highest = (0, 100) if rule is CUT else (-50, 50)
    within = lowest < hundredths < highest
    if percent > 0 and hundredths not in (lowest, highest):
        assert prints(percent, (ratio, ratio), rule) is within
    assert prints(percent, (ratio - 1, ratio + 1), rule)
