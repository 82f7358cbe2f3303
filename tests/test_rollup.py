from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from random import Random
from typing import Final

import pandas as pd
import pytest
from documents import document
from documents import line as row_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lkj_xlsx.kode import LEAF_LEVELS, LEVELS, ROOT, Level, Path, ancestors, level_of, parse, place, spell
from lkj_xlsx.model import AMOUNTS, Budget, Identity, Line, frame_of, known, paths, split_leaves
from lkj_xlsx.rollup import Rollup, roll_up
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.serapan import serapan

Amounts = dict[str, int | None]
Totals = dict[Path, Amounts]

SLOWLY: Final = settings(deadline=None, max_examples=30)
"""A roll-up takes milliseconds, and more on a loaded machine."""

CODES: Final = {
    Level.PROGRAM: ("CQ", "WA", ""),
    Level.KEGIATAN: ("6709", "6639", ""),
    Level.KRO: ("QGE", "EBA", ""),
    Level.RO: ("001", "Z08"),
    Level.KOMPONEN: ("051", "ZZ1", ""),
    Level.SUBKOMPONEN: ("0A", "0B", ""),
    Level.AKUN: ("521211", "521213", "511111", "571111", ""),
}
small = st.integers(-(10**12), 10**12)


@st.composite
def leaf_paths(draw: st.DrawFn) -> Path:
    """A path with gaps at any level; few codes, so that branches meet."""
    codes = [draw(st.sampled_from(choices)) for choices in CODES.values()]
    if not codes[Level.KRO.depth]:
        codes[Level.RO.depth] = ""
    return (*codes, "")


@st.composite
def ragged_trees(draw: st.DrawFn, amounts: st.SearchStrategy[int | None] = small, min_size: int = 1) -> list[Line]:
    """Leaves of one budget, none above another, in any order, perhaps the same path twice."""
    places = [path for path in draw(st.lists(leaf_paths(), min_size=min_size, max_size=12)) if any(path)]
    rows = [
        Line(path, f"uraian {row}", {name: draw(amounts) for name in AMOUNTS}, "Sheet1", row)
        for row, path in enumerate(places)
    ]
    return split_leaves(rows)[0]


def leaf(code: str, pagu: int | None = 100, realisasi: int | None = 50, row: int = 0) -> Line:
    amounts = dict.fromkeys(AMOUNTS, 0) | {"pagu": pagu, "realisasi": realisasi}
    return Line(place(parse(code) or {}, ROOT), code, amounts, "Sheet1", row)


def rolled(leaves: Iterable[Line], printed: Iterable[Line] = ()) -> Rollup:
    return roll_up(Budget("a.xlsx", "x", Identity(), frame_of(leaves), frame_of(printed)))


def added(values: Iterable[int | None]) -> int | None:
    every = list(values)
    return None if None in every else sum(value for value in every if value is not None)


def oracle(leaves: Sequence[Line]) -> Totals:
    """What a plain dictionary adds up to: a node a path that is a leaf or above one."""
    under: dict[Path, list[Line]] = defaultdict(list)
    for line in leaves:
        for node in (*ancestors(line.path), line.path):
            under[node].append(line)
    return {
        node: {name: added(line.amounts[name] for line in lines) for name in AMOUNTS} for node, lines in under.items()
    }


def records(frame: pd.DataFrame) -> list[Amounts]:
    columns = [known(frame[name]) for name in AMOUNTS]
    return [dict(zip(AMOUNTS, row, strict=True)) for row in zip(*columns, strict=True)]


def totals_of(rollup: Rollup) -> Totals:
    nodes = list(paths(rollup.nodes))
    assert len(set(nodes)) == len(nodes)
    return dict(zip(nodes, records(rollup.nodes), strict=True))


def by_akun(leaves: Sequence[Line], digits: int) -> dict[str, Amounts]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in leaves:
        if line.path[Level.AKUN.depth]:
            groups[line.path[Level.AKUN.depth][:digits]].append(line)
    return {
        code: {name: added(line.amounts[name] for line in lines) for name in AMOUNTS} for code, lines in groups.items()
    }


def keyed(frame: pd.DataFrame) -> dict[str, Amounts]:
    return dict(zip(frame["kode"], records(frame), strict=True))


def ratio(part: int, whole: int) -> str | None:
    """An oracle in decimals wide enough to be exact at the half."""
    if whole == 0:
        return None
    wide = Context(prec=80)
    exact = Fraction(part * 100, whole)
    value = wide.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP, wide)
    return str(abs(rounded) if rounded == 0 else rounded)


@SLOWLY
@given(ragged_trees())
def test_totals_are_those_of_a_plain_dictionary(leaves: list[Line]) -> None:
    assert oracle(leaves) == totals_of(rolled(leaves))


@SLOWLY
@given(ragged_trees(small | st.none()))
def test_totals_over_unknown_amounts_are_those_of_a_plain_dictionary(leaves: list[Line]) -> None:
    assert oracle(leaves) == totals_of(rolled(leaves))


@SLOWLY
@given(ragged_trees(), st.sampled_from(LEAF_LEVELS))
def test_the_cut_at_every_level_adds_up_to_the_grand_total(leaves: list[Line], level: Level) -> None:
    rollup = rolled(leaves)
    cut = records(rollup.cut(level))
    expected = {name: sum(line.amounts[name] or 0 for line in leaves) for name in AMOUNTS}
    assert expected == {name: sum(row[name] or 0 for row in cut) for name in AMOUNTS}
    assert [expected] == records(rollup.total) or not leaves


@SLOWLY
@given(ragged_trees(), st.sampled_from(LEAF_LEVELS))
def test_the_cut_at_every_level_holds_each_leaf_once(leaves: list[Line], level: Level) -> None:
    rollup = rolled(leaves)
    held = Counter(leaf for node in rollup.cut(level).index for leaf in rollup.leaves_of(node))
    assert dict.fromkeys(range(len(leaves)), 1) == dict(held)


@SLOWLY
@given(ragged_trees(), st.sampled_from(LEAF_LEVELS))
def test_a_level_that_every_leaf_has_is_cut_at_that_level(leaves: list[Line], level: Level) -> None:
    having = [line for line in leaves if line.path[level.depth]]
    expected = {(*line.path[: level.depth + 1], *ROOT[level.depth + 1 :]) for line in having}
    assert expected == set(paths(rolled(having).cut(level)))


@SLOWLY
@given(ragged_trees(small | st.none()), st.randoms(use_true_random=False))
def test_the_order_of_leaves_does_not_matter_to_any_total(leaves: list[Line], random: Random) -> None:
    shuffled = random.sample(leaves, len(leaves))
    before, after = rolled(leaves), rolled(shuffled)
    assert totals_of(before) == totals_of(after)
    assert records(before.total) == records(after.total)
    assert keyed(before.akun) == keyed(after.akun)
    assert keyed(before.jenis_belanja) == keyed(after.jenis_belanja)


@SLOWLY
@given(ragged_trees(), st.sets(st.integers(0, 11)))
def test_the_rollup_of_a_union_is_the_sum_of_rollups(leaves: list[Line], chosen: set[int]) -> None:
    ours = [line for row, line in enumerate(leaves) if row in chosen]
    theirs = [line for row, line in enumerate(leaves) if row not in chosen]
    parts = [totals_of(rolled(part)) for part in (ours, theirs)]
    zero: Amounts = dict.fromkeys(AMOUNTS, 0)
    expected = {
        node: {name: added(part.get(node, zero)[name] for part in parts) for name in AMOUNTS}
        for node in parts[0].keys() | parts[1].keys()
    }
    assert expected == totals_of(rolled([*ours, *theirs]))


@SLOWLY
@given(ragged_trees(), st.data())
def test_an_unknown_leaf_makes_what_is_above_it_unknown_and_nothing_else(
    leaves: list[Line], data: st.DataObject
) -> None:
    before = totals_of(rolled(leaves))
    if not leaves:
        return
    row = data.draw(st.integers(0, len(leaves) - 1))
    name = data.draw(st.sampled_from(AMOUNTS))
    line = leaves[row]
    blank = Line(line.path, line.uraian, {**line.amounts, name: None}, line.sheet, line.row)
    after = rolled([*leaves[:row], blank, *leaves[row + 1 :]])
    above = {*ancestors(line.path), line.path}
    expected = {node: {**row, name: None} if node in above else row for node, row in before.items()}
    assert expected == totals_of(after)
    assert records(after.total)[0][name] is None


@SLOWLY
@given(ragged_trees(small | st.none()))
def test_akun_and_jenis_belanja_are_added_across_branches(leaves: list[Line]) -> None:
    rollup = rolled(leaves)
    assert by_akun(leaves, 6) == keyed(rollup.akun)
    assert by_akun(leaves, 2) == keyed(rollup.jenis_belanja)
    assert sorted(by_akun(leaves, 6)) == rollup.akun["kode"].to_list()


@SLOWLY
@given(ragged_trees())
def test_parents_come_before_their_children_and_children_are_contiguous(leaves: list[Line]) -> None:
    nodes = list(paths(rolled(leaves).nodes))
    for position, node in enumerate(nodes):
        below = [other for other, path in enumerate(nodes) if node in ancestors(path)]
        assert list(range(position + 1, position + 1 + len(below))) == below


@SLOWLY
@given(ragged_trees())
def test_siblings_of_one_level_stand_in_reading_order(leaves: list[Line]) -> None:
    nodes = list(paths(rolled(leaves).nodes))
    seen = list(dict.fromkeys(node for line in leaves for node in (*ancestors(line.path), line.path)))
    families: dict[tuple[Path, Level | None], list[Path]] = defaultdict(list)
    for node in nodes:
        families[(ROOT, *ancestors(node))[-1], level_of(node)].append(node)
    for family in families.values():
        assert sorted(family, key=seen.index) == family


@SLOWLY
@given(ragged_trees())
def test_each_leaf_knows_the_node_it_is_under_at_every_level(leaves: list[Line]) -> None:
    rollup = rolled(leaves)
    nodes = list(paths(rollup.nodes))
    for line, row in zip(leaves, rollup.at, strict=True):
        expected = [
            nodes.index((*line.path[: level.depth + 1], *ROOT[level.depth + 1 :])) if line.path[level.depth] else -1
            for level in LEAF_LEVELS
        ]
        assert expected == row.tolist()


@SLOWLY
@given(ragged_trees())
def test_a_node_is_a_leaf_exactly_when_a_line_stands_there(leaves: list[Line]) -> None:
    rollup = rolled(leaves)
    lines = {line.path for line in leaves}
    assert [path in lines for path in paths(rollup.nodes)] == [rollup.is_leaf(node) for node in rollup.nodes.index]


@SLOWLY
@given(ragged_trees())
def test_a_node_says_its_kode_and_level(leaves: list[Line]) -> None:
    nodes = rolled(leaves).nodes
    assert [spell(path) for path in paths(nodes)] == nodes["kode"].to_list()
    assert [level_of(path) for path in paths(nodes)] == nodes["level"].to_list()


@SLOWLY
@given(ragged_trees())
def test_a_whole_path_finds_its_node(leaves: list[Line]) -> None:
    rollup = rolled(leaves)
    readable = [(position, path) for position, path in enumerate(paths(rollup.nodes)) if path[0] and path[1]]
    for position, path in readable:
        if bool(path[Level.KRO.depth]) == bool(path[Level.RO.depth]):
            assert position == rollup.find(spell(path))


@SLOWLY
@given(ragged_trees(small | st.none()))
def test_sisa_and_serapan_follow_from_the_totals(leaves: list[Line]) -> None:
    rollup = rolled(leaves)
    for frame in (rollup.nodes, rollup.total, rollup.akun, rollup.jenis_belanja):
        for row, sisa, share in zip(records(frame), known(frame["sisa"]), frame["serapan"], strict=True):
            pagu, realisasi = row["pagu"], row["realisasi"]
            is_known = pagu is not None and realisasi is not None
            assert sisa == (pagu - realisasi if pagu is not None and realisasi is not None else None)
            assert share == (ratio(realisasi or 0, pagu or 0) if is_known else None)


@given(st.integers(-LARGEST, LARGEST), st.integers(-LARGEST, LARGEST))
@example(8_000, 1)
@example(100_000, 96_195)
@example(LARGEST, LARGEST - 1)
@example(1, -LARGEST)
def test_serapan_is_rounded_half_up_to_two_decimals(pagu: int, realisasi: int) -> None:
    assert ratio(realisasi, pagu) == serapan(pagu, realisasi)


def test_serapan_of_nothing_over_nothing_has_no_value() -> None:
    assert serapan(0, 0) is None
    assert rolled([leaf("CQ.6709", 0, 0)]).nodes["serapan"].to_list() == [None, None]


def test_serapan_of_something_unknown_has_no_value() -> None:
    assert serapan(None, 0) is None
    assert serapan(1, None) is None
    assert serapan(1, 0) == "0.00"


def test_serapan_of_a_group_is_a_ratio_of_sums() -> None:
    rollup = rolled([leaf("CQ.6709", 100, 100), leaf("CQ.6639", 300, 0)])
    assert rollup.nodes["serapan"].to_list() == ["25.00", "100.00", "0.00"]


def pagu_of(*pagu: int) -> list[int | None]:
    leaves = [leaf(f"CQ.{6700 + row}.051.0A.521211", value, 0) for row, value in enumerate(pagu)]
    rollup = rolled(leaves)
    return [known(frame["pagu"])[0] for frame in (rollup.nodes, rollup.total, rollup.akun, rollup.jenis_belanja)]


def test_a_total_of_exactly_the_largest_is_given() -> None:
    assert pagu_of(LARGEST - 1, 1) == [LARGEST] * 4
    assert pagu_of(LARGEST) == [LARGEST] * 4
    assert pagu_of(-LARGEST) == [-LARGEST] * 4


@pytest.mark.parametrize(
    "pagu",
    [(LARGEST, 1), (1, LARGEST), (LARGEST - 1, 2), (LARGEST // 2, LARGEST // 2, 1), (-LARGEST, -1), (LARGEST, LARGEST)],
)
def test_a_total_beyond_the_largest_is_not_given(pagu: tuple[int, ...]) -> None:
    assert pagu_of(*pagu) == [None] * 4


def test_only_nodes_beyond_the_largest_are_not_given() -> None:
    rollup = rolled([leaf("CQ.6709.051", LARGEST, 1), leaf("CQ.6639.051", 10, 1)])
    expected = {"CQ": None, "CQ.6709": LARGEST, "CQ.6709.051": LARGEST, "CQ.6639": 10, "CQ.6639.051": 10}
    assert expected == dict(zip(rollup.nodes["kode"], known(rollup.nodes["pagu"]), strict=True))
    assert known(rollup.nodes["realisasi"]) == [2, 1, 1, 1, 1]


def test_sums_that_would_wrap_are_not_given() -> None:
    assert pagu_of(*[LARGEST] * 2_048) == [None] * 4


def test_sisa_beyond_the_largest_is_not_given() -> None:
    assert known(rolled([leaf("CQ.6709", LARGEST, -1)]).total["sisa"]) == [None]
    assert known(rolled([leaf("CQ.6709", LARGEST, 0)]).total["sisa"]) == [LARGEST]


def test_a_short_code_finds_its_node_when_only_one_path_ends_so() -> None:
    rollup = rolled([leaf("CQ.6709.QGE.001"), leaf("CQ.6709.QGE.002"), leaf("CQ.6639.QGE.001")])
    kode = rollup.nodes["kode"].to_list()
    assert rollup.find("QGE.002") == kode.index("CQ.6709.QGE.002")
    assert rollup.find("6639") == kode.index("CQ.6639")
    assert rollup.find("076.01.CQ") == kode.index("CQ")
    assert rollup.find("CQ.6639.QGE.001") == kode.index("CQ.6639.QGE.001")


@pytest.mark.parametrize("code", ["QGE.001", "QGE", "9999", "", "076.01", "bukan kode", "CQ.6639.QGE.002"])
def test_a_code_that_names_no_node_or_several_finds_none(code: str) -> None:
    assert rolled([leaf("CQ.6709.QGE.001"), leaf("CQ.6639.QGE.001")]).find(code) is None


def test_a_branch_without_ro_is_cut_at_its_next_level() -> None:
    rollup = rolled([leaf("CQ.6709.QGE.001.051.521211"), leaf("CQ.6639.051.0A.521211"), leaf("CQ.6639.052.521211")])
    assert rollup.cut(Level.RO)["kode"].to_list() == ["CQ.6709.QGE.001", "CQ.6639.051.0A", "CQ.6639.052"]
    assert rollup.cut(Level.KEGIATAN)["kode"].to_list() == ["CQ.6709", "CQ.6639"]


def test_a_stand_in_that_would_hold_another_leaf_twice_gives_way_to_the_leaf() -> None:
    rollup = rolled([leaf("CQ.6639.051.0A.521211"), leaf("CQ.6639.051.521213")])
    assert rollup.cut(Level.RO)["kode"].to_list() == ["CQ.6639.051.0A", "CQ.6639.051.521213"]


def test_a_node_takes_the_first_name_printed_beside_its_path() -> None:
    printed = [leaf("CQ"), leaf("CQ.6709"), Line(leaf("CQ").path, "lain", {}, "Sheet1", 9)]
    rollup = rolled([leaf("CQ.6709.QGE.001")], printed)
    assert rollup.nodes["uraian"].to_list() == ["CQ", "CQ.6709", "", "CQ.6709.QGE.001"]


def test_the_label_of_a_total_names_no_node() -> None:
    label = Line(leaf("CQ").path, "SUB TOTAL", {}, "Sheet1", 9, is_total=True)
    assert rolled([leaf("CQ.6709")], [label]).nodes["uraian"].to_list() == ["", "CQ.6709"]


def test_printed_amounts_are_never_added() -> None:
    rollup = rolled([leaf("CQ.6709", 100)], [leaf("CQ", 999), leaf("CQ.6639", 999)])
    assert known(rollup.nodes["pagu"]) == [100, 100]


def test_an_akun_is_named_as_printed_and_a_jenis_belanja_by_regulation() -> None:
    rollup = rolled([leaf("CQ.6709.051.0A.521211"), leaf("CQ.6709.051.0A.541211")])
    assert rollup.akun["uraian"].to_list() == ["CQ.6709.051.0A.521211", "CQ.6709.051.0A.541211"]
    assert rollup.jenis_belanja["uraian"].to_list() == ["Belanja Barang", "Jenis belanja 54"]


@pytest.mark.parametrize("level", LEAF_LEVELS)
def test_a_budget_of_no_leaves_has_no_nodes(level: Level) -> None:
    rollup = rolled([])
    assert len(rollup.nodes) == 0
    assert len(rollup.cut(level)) == 0


def test_items_are_no_level_of_the_rollup() -> None:
    assert set(LEVELS) - set(LEAF_LEVELS) == {Level.ITEM}


AKUN, NEXT = "WA.4321.EBA.994.001.0A.521211", "WA.4321.EBA.994.002.0A.521211"
SPLIT = (
    row_of(AKUN, 1, "RM", [1, 2, 3], pagu=60, realisasi=6),
    row_of(AKUN, 2, "PNP", [4, 5, 6], pagu=40, realisasi=None),
    row_of(NEXT, 3, "RM", [7, None], pagu=9, realisasi=9),
)


def test_lines_of_one_path_and_two_sumber_dana_are_one_node() -> None:
    nodes = roll_up(document("a", *SPLIT, bulan=1)).nodes
    akun = nodes[nodes["level"] == "akun"]
    assert (known(akun["pagu"]), known(akun["realisasi"])) == ([100, 9], [None, 9])
    assert akun["sumber_dana"].tolist() == ["PNP + RM", "RM"]
    assert (known(akun["rpd"]), known(akun["deviasi"])) == ([5, 7], [None, 2])
    assert nodes["sumber_dana"].iloc[0] == "PNP + RM"


def test_what_was_planned_is_added_until_the_month_of_the_document() -> None:
    documents = (document("a", *SPLIT, bulan=1), document("a", *SPLIT, bulan=2), document("a", *SPLIT))
    totals = [roll_up(one).total for one in documents]
    assert [known(total["rpd"]) for total in totals] == [[12], [None], [None]]
    assert known(totals[0]["rpd_01"]) == [12]


def test_totals_across_the_tree_carry_what_the_lines_bring() -> None:
    rollup = roll_up(document("a", *SPLIT, bulan=1))
    assert (known(rollup.akun["rpd"]), rollup.jenis_belanja["sumber_dana"].tolist()) == ([12], ["PNP + RM"])
    without = roll_up(document("a", row_of("WA.4321", sumber="RM", months=[1], pagu=1)))
    assert (len(without.akun), len(without.jenis_belanja)) == (0, 0)


def test_a_document_that_brings_nothing_more_has_the_usual_columns() -> None:
    rollup = roll_up(document("a", row_of(AKUN, pagu=1)))
    assert not {"sumber_dana", "rpd", "deviasi", "rpd_01"} & set(rollup.nodes)


@SLOWLY
@given(
    st.lists(st.tuples(st.sampled_from([AKUN, NEXT]), st.sampled_from(["RM", "PNP"]), small), min_size=1, max_size=9)
)
def test_plans_add_up_to_the_whole_at_every_level(rows: list[tuple[str, str, int]]) -> None:
    lines = (row_of(code, at, source, [amount], pagu=1) for at, (code, source, amount) in enumerate(rows))
    rollup = roll_up(document("a", *lines, bulan=1))
    whole = sum(amount for *_, amount in rows)
    assert [sum(known(rollup.cut(level)["rpd"])) for level in LEAF_LEVELS] == [whole] * len(LEAF_LEVELS)  # type: ignore[arg-type]  # nothing here is unknown
