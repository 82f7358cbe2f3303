from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.checks import check
from lkj_xlsx.finding import Severity
from lkj_xlsx.kode import ROOT, Path, parse, place, plain
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.persen import CUT, HALF_UP
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

COLUMNS: Final = {"kode": 0, "uraian": 1, "pagu": 2, "realisasi": 3, "sisa": 4, "persen": 5}
Row = tuple[str, int | None, int | None] | tuple[str, int | None, int | None, Decimal | float | None]


def path_of(code: str) -> Path:
    return place(parse(code) or {}, ROOT)


def line(number: int, row: Row) -> Line:
    """Make a line of a code, or of a total: `JUMLAH` of everything, `JUMLAH 6709` of a node."""
    code, pagu, realisasi, *persen = row
    is_total = code.startswith(("JUMLAH", "TOTAL", "Rata"))
    named = code.rpartition(" ")[2] if is_total and " " in code else "" if is_total else code
    amounts = {"pagu": pagu, "realisasi": realisasi}
    path, name = path_of(named) if named else ROOT, code if is_total else f"nama {code}"
    return Line(path, name, amounts, "S", number, is_total, persen[0] if persen else None)


def budget_of(*rows: Row, identity: Identity | None = None) -> Budget:
    leaves, others = split_leaves(line(number, row) for number, row in enumerate(rows))
    return Budget("a.xlsx", "x", identity or Identity(), frame_of(leaves), frame_of(others), COLUMNS)


def stated(*rows: Row) -> tuple[System, Statements]:
    system = System()
    return system, Statements(system, budget_of(*rows))


TREE: Final[Sequence[Row]] = (
    ("CQ", 660, 44),
    ("CQ.6709", None, None),
    ("CQ.6709.QGE.001", 600, 40),
    ("CQ.6709.QGE.002", 60, 4),
    ("JUMLAH", 660, 44),
)


def test_rows_stand_in_the_order_of_the_document_leaves_and_others_together() -> None:
    _, document = stated(*TREE)
    assert document.names == ["nama CQ", "nama CQ.6709", "nama CQ.6709.QGE.001", "nama CQ.6709.QGE.002", "JUMLAH"]
    assert document.is_leaf.tolist() == [False, False, True, True, False]
    assert document.is_total.tolist() == [False, False, False, False, True]
    assert document.has_figures.tolist() == [True, False, True, True, True]


def test_a_cell_knows_its_figure_its_place_and_its_name() -> None:
    system, document = stated(*TREE)
    cell = document.cell_of(path_of("CQ.6709.QGE.001"), "realisasi")
    assert cell is not None
    assert (int(system.values[cell]), str(system.where(cell))) == (40, "a.xlsx!S!D3")
    assert system.label(cell) == "RO CQ.6709.QGE.001 realisasi"
    total = document.cell_of(ROOT, "pagu")
    assert total is not None
    assert system.label(total) == "JUMLAH pagu"
    assert document.label(1) == "kegiatan CQ.6709"
    assert document.figure(1, "pagu") is None


def test_a_group_without_figures_has_no_cell_and_its_amount_is_the_sum_below_it() -> None:
    _, document = stated(*TREE)
    kegiatan = path_of("CQ.6709")
    assert document.cell_of(kegiatan, "pagu") is None
    assert document.amount(kegiatan, "pagu") == 660
    assert document.cover(kegiatan, "pagu") == [
        document.cell_of(path_of(f"CQ.6709.QGE.00{number}"), "pagu") for number in (1, 2)
    ]


def test_members_of_a_node_are_the_nearest_below_it_that_state_a_figure() -> None:
    _, document = stated(*TREE)
    members = document.members("pagu")
    assert members[ROOT] == [0]
    assert members[path_of("CQ")] == members[path_of("CQ.6709")] == [2, 3]
    assert document.members("pagu") is members


def test_an_amount_is_unknown_where_one_below_is() -> None:
    _, document = stated(("CQ.6709", None, None), ("CQ.6709.QGE.001", None, 40), ("CQ.6709.QGE.002", 60, 4))
    assert document.amount(path_of("CQ.6709"), "pagu") is None
    assert document.amount(path_of("CQ.6709"), "realisasi") == 44
    assert document.amount(path_of("WA"), "pagu") is None
    assert document.cover(path_of("WA"), "pagu") == []


def test_a_blank_of_a_leaf_is_a_cell_and_one_of_a_group_only_beside_other_figures() -> None:
    system, document = stated(("CQ", 60, None), ("CQ.6709", None, None), ("CQ.6709.QGE.001", None, 40))
    assert (document.ids["pagu"] >= 0).tolist() == [True, False, True]
    assert (document.ids["realisasi"] >= 0).tolist() == [True, False, True]
    assert system.known[document.ids["pagu"][2]] == np.False_
    cells = range(len(system.known))
    assert [cell for cell in cells if cell in system.may_be_empty] == [int(document.ids["realisasi"][0])]


def test_a_total_of_one_figure_needs_no_other() -> None:
    _, document = stated(("CQ.6709", 60, 40), ("TOTAL PAGU", 60, None))
    assert document.ids["realisasi"].tolist()[1] == -1


def test_a_row_of_its_own_states_a_figure_before_a_total_under_a_label() -> None:
    _, document = stated(("JUMLAH CQ.6709", 60, 4), ("CQ.6709", 60, 4), ("CQ.6709.QGE.001", 60, 4))
    assert document.stated("pagu")[path_of("CQ.6709")] == [1, 0]


def test_two_rows_of_one_code_both_count_unless_they_say_the_same() -> None:
    _, document = stated(("CQ.6709.QGE.001", 600, 40), ("CQ.6709.QGE.001", 60, 4))
    assert document.members("pagu")[ROOT] == [0, 1]
    _, document = stated(("CQ.6709.QGE.001", 600, 40), ("CQ.6709.QGE.001", 600, 40))
    assert document.members("pagu")[ROOT] == [0]


def test_a_row_without_a_figure_is_stated_by_the_one_of_its_node() -> None:
    _, document = stated(("CQ.6709", None, None), ("CQ.6709.QGE.001", 60, 4), ("JUMLAH CQ.6709", 60, 4))
    assert (document.row_stating(0, "pagu"), document.row_stating(1, "pagu")) == (2, 1)
    assert document.across("pagu").tolist() == [document.ids["pagu"][row] for row in (2, 1, 2)]


def test_a_row_that_nothing_states_has_no_cell() -> None:
    _, document = stated(("CQ.6709", None, None), ("CQ.6709.QGE.001", 60, 4))
    assert document.row_stating(0, "pagu") is None
    assert document.across("pagu").tolist()[0] == -1


def test_nodes_are_found_by_their_path_by_its_end_and_by_their_name() -> None:
    _, document = stated(*TREE)
    ro = path_of("CQ.6709.QGE.001")
    assert document.find(ro) == document.find(path_of("6709.QGE.001")) == document.find(path_of("QGE.001")) == ro
    assert document.find_name("NAMA  CQ.6709-QGE 001") == ro
    assert (document.find(path_of("QGE.009")), document.find_name("lain")) == (None, None)
    assert (document.name(ro), document.name(path_of("WA"))) == ("nama CQ.6709.QGE.001", "")


def test_an_end_that_two_nodes_have_and_a_path_under_another_program_name_none() -> None:
    _, document = stated(("CQ.6709.QGE.001", 1, 1), ("CQ.6870.QGE.001", 1, 1))
    assert document.find(path_of("QGE.001")) is None
    assert document.find(path_of("WA.6709.QGE.001")) is None


def test_a_table_that_names_no_program_knows_the_rest_of_a_path() -> None:
    _, document = stated(("6709.QGE.001", 1, 1))
    assert document.find(path_of("CQ.6709.QGE.001")) == path_of("6709.QGE.001")


def test_a_node_that_only_a_row_below_names_has_no_row() -> None:
    _, document = stated(("CQ.6709.QGE.001", 1, 1))
    assert document.nodes[path_of("CQ")] == -1
    assert document.name(path_of("CQ")) == ""


def test_what_may_be_negative_is_a_column_that_holds_a_negative_figure() -> None:
    system, document = stated(("CQ.6709", 60, -4), ("CQ.6710", 60, 4))
    cells = range(len(system.known))
    assert [cell for cell in cells if cell in system.may_be_negative] == sorted(document.ids["realisasi"].tolist())


@pytest.mark.parametrize(("pagu", "is_stepped"), [(range(1000, 7000, 1000), True), (range(1001, 7001, 1000), False)])
def test_a_column_of_whole_thousands_is_kept_in_thousands(pagu: range, is_stepped: bool) -> None:
    system, document = stated(*(("CQ.6709", amount, 1) for amount in pagu))
    assert set(system.steps) == (set(document.ids["pagu"].tolist()) if is_stepped else set())


def test_a_few_round_amounts_show_no_step() -> None:
    system, _ = stated(*(("CQ.6709", amount, 1) for amount in (1000, 2000, 3000, 4000)))
    assert system.steps == {}


def test_one_odd_amount_among_many_of_whole_thousands_is_rather_wrong() -> None:
    system, _ = stated(*(("CQ.6709", number * 1000 + (number == 7), 1) for number in range(1, 21)))
    assert set(system.steps.values()) == {1000}


def test_percents_are_cells_where_their_column_is_realisasi_by_pagu() -> None:
    system, document = stated(
        *(("CQ.6709", 300, 100, Decimal("33.33")), ("CQ.6710", 300, 200, Decimal("66.66"))),
        ("JUMLAH", 600, 300, Decimal("50.00")),
    )
    cells = document.ids["persen"].tolist()
    assert [system.percents[cell].printed for cell in cells] == [Decimal("33.33"), Decimal("66.66"), Decimal("50.00")]
    assert {(system.percents[cell].rule, system.percents[cell].places) for cell in cells} == {(CUT, 2)}


def test_percents_of_something_else_and_means_are_no_cells() -> None:
    _, document = stated(("CQ.6709", 300, 100, Decimal(7)), ("CQ.6710", 300, 200, Decimal(8)))
    assert document.ids["persen"].tolist() == [-1, -1]
    _, document = stated(("CQ.6709", 300, 100, Decimal("33.33")), ("Rata-rata", None, None, Decimal("33.33")))
    assert document.ids["persen"].tolist()[1] == -1


def test_a_quotient_of_fifteen_digits_was_rounded_and_one_of_seventeen_is_known_to_its_last_bits() -> None:
    whole = 410_002_150 / 412_318_000
    short = float(f"{whole:.15g}")
    assert short != whole
    for persen, printed, rule in ((short, Decimal(repr(short)).scaleb(2), HALF_UP), (whole, whole, HALF_UP)):
        system, document = stated(("CQ.6709", 412_318_000, 410_002_150, persen))
        percent = system.percents[int(document.ids["persen"][0])]
        assert (percent.printed, percent.rule) == (printed, rule)
        low, high = percent.bounds
        assert low <= Fraction(410_002_150, 412_318_000) <= high


def test_a_quotient_of_fifteen_digits_in_percent_points_is_taken_as_such() -> None:
    short = float(f"{410_002_150 / 412_318_000 * 100:.15g}")
    system, document = stated(("CQ.6709", 412_318_000, 410_002_150, short))
    assert system.percents[int(document.ids["persen"][0])].printed == Decimal(repr(short))


def test_a_wrong_amount_beside_quotients_of_fifteen_digits_is_the_only_one_found() -> None:
    rows = [("CQ.6709", 412_318_000, 410_002_150), ("CQ.6710", 1_203_455_000, 1_187_300_421)]
    rows.append(("JUMLAH", 1_615_773_000, 1_597_302_571))
    told = [(*row, float(f"{row[2] / row[1]:.15g}")) for row in rows]
    assert check([budget_of(*told)]).findings == ()
    told[0] = ("CQ.6709", 412_318_300, *told[0][2:])
    found = [one for one in check([budget_of(*told)]).findings if one.severity == Severity.ERROR]
    assert [(one.code, one.where.cell, one.expected) for one in found] == [("T101", "C1", 412_318_000)]


def test_a_document_is_monthly_where_it_says_its_month_and_what_was_before() -> None:
    month = Identity(tahun=2024, bulan=12)
    spent = Line(path_of("CQ.6709"), "a", {"pagu": 9, "realisasi": 5, "realisasi_lalu": 3}, "S", 0)
    for identity, lines, is_monthly in (
        (month, [spent], True),
        (Identity(tahun=2024), [spent], False),
        (month, [line(0, ("CQ.6709", 9, 5))], False),
    ):
        budget = Budget("a.xlsx", "x", identity, frame_of(lines), frame_of([]), COLUMNS)
        assert Statements(System(), budget).is_monthly is is_monthly


@pytest.mark.parametrize(("one", "other"), [("Layanan  Prima", "layanan prima"), ("A-B (C)", "ab c"), ("É", "é")])
def test_names_that_differ_in_what_typing_changes_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)
    assert plain(one) != plain(f"{other}x")


CODES: Final = [
    f"{program}.{kegiatan}.QGE.{ro:03}" for program in ("CQ", "WA") for kegiatan in (6709, 6710) for ro in (1, 2)
]
amounts = st.dictionaries(st.sampled_from(CODES), st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1)


@given(amounts)
def test_what_covers_a_node_sums_to_its_leaves_at_every_level(leaves: dict[str, tuple[int, int]]) -> None:
    system, document = stated(*((code, *leaves[code]) for code in sorted(leaves)))
    for path in (ROOT, *document.nodes):
        below = [code for code in leaves if all(own in ("", at) for own, at in zip(path, path_of(code), strict=True))]
        for column, name in enumerate(("pagu", "realisasi")):
            total = sum(leaves[code][column] for code in below)
            assert document.amount(path, name) == total
            assert int(system.values[document.cover(path, name)].sum()) == total
