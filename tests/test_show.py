import csv
import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from conftest import write_sheets
from documents import document, line
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.checks import Tally
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.examination import Examination, examine
from lkj_xlsx.kode import Level
from lkj_xlsx.misfits import CODES
from lkj_xlsx.model import Identity
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.safe_csv import LIVE
from lkj_xlsx.show import (
    LEVELS,
    NUMBERS,
    TEXTS,
    Choice,
    Node,
    select,
    sum_of,
    total_of,
)
from lkj_xlsx.show_answer import as_csv, as_json, as_table
from lkj_xlsx.terminal import print_nodes

SAMPLES: Final = Path(__file__).parents[1] / "samples"
KEYS: Final = [
    "level",
    "kode",
    "uraian",
    "pagu",
    "blokir",
    "realisasi_lalu",
    "realisasi_ini",
    "realisasi",
    "sisa",
    "serapan",
]
SMALL: Final = """
# Sheet: Anggaran
| Kode | Uraian | Pagu | Realisasi |
| CQ | Program | | |
| CQ.6709 | Perencanaan | | |
| CQ.6709.QGE.001 | Anggaran | 600 | 40 |
| CQ.6709.QGE.003 | =Pelatihan | 60 | 60 |
| CQ.6870.QGE.001 | Kampanye | 1000 | 900 |
| WA.3355.EBA.994 | Layanan | 0 | 0 |
| WA.3360.EBA.994 | Layanan | | 5 |
"""


@pytest.fixture(scope="module")
def glp039() -> Examination:
    """Give the budget of the sample as SAKTI exports it, down to the items."""
    return examine([SAMPLES / "kpu-binjai-2024-12-glp039.xlsx"])


@pytest.fixture(scope="module")
def workbook() -> Examination:
    """Give the budget of the sample as our own workbook has it, down to RO."""
    return examine([SAMPLES / "kpu-binjai-2024.xlsx"])


@pytest.fixture
def small(tmp_path: Path) -> Examination:
    """Give a budget of five lines, one of them without a ceiling."""
    return examine([write_sheets(SMALL, tmp_path / "kecil.xlsx")])


def shown(examined: Examination, choice: Choice) -> list[Node]:
    return select(examined.budget, examined.rollup, choice)


def codes(examined: Examination, choice: Choice) -> list[str]:
    return [node.kode for node in shown(examined, choice)]


def added(nodes: list[Node], name: str) -> int:
    return sum(getattr(node, name) for node in nodes)


def node(**values: object) -> Node:
    given = dict.fromkeys(Node._fields) | {"level": "ro", "kode": "CQ", "uraian": ""} | values
    return Node(**given)  # type: ignore[arg-type]  # the values of a test are as Node has them


def printed(examined: Examination, nodes: list[Node], *, is_tree: bool) -> str:
    out = io.StringIO()
    print_nodes(nodes, [total_of(examined.rollup)], examined.budget.identity, is_tree=is_tree, file=out)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


@pytest.mark.parametrize("level", [level for level in LEVELS if level != Level.ITEM])
def test_every_level_adds_up_to_the_total(glp039: Examination, level: str) -> None:
    nodes = shown(glp039, Choice((level,)))
    assert (added(nodes, "pagu"), added(nodes, "realisasi")) == (33_239_899_000, 32_934_047_438)
    assert added(nodes, "sisa") == 305_851_562
    assert added(nodes, "realisasi_lalu") + added(nodes, "realisasi_ini") == 32_934_047_438


@pytest.mark.parametrize(
    ("level", "count"),
    [("program", 2), ("kegiatan", 10), ("subkomponen", 37), ("item", 137), ("jenis-belanja", 3)],
)
def test_a_level_has_as_many_rows_as_the_export(glp039: Examination, level: str, count: int) -> None:
    nodes = shown(glp039, Choice((level,)))
    assert (len(nodes), {node.level for node in nodes}) == (count, {level})


def test_items_are_shown_as_printed_though_they_lack_a_line(glp039: Examination) -> None:
    items = shown(glp039, Choice(("item",)))
    assert added(items, "pagu") == 33_232_929_000
    assert items[0].kode.startswith("CQ.6639.051.0A.")
    assert [node.sisa for node in items] == [added([node], "pagu") - added([node], "realisasi") for node in items]


def test_two_levels_are_shown_in_tree_order(small: Examination) -> None:
    assert codes(small, Choice(("kegiatan", "program"))) == ["CQ", "CQ.6709", "CQ.6870", "WA", "WA.3355", "WA.3360"]


def test_nothing_chosen_is_the_whole_tree(small: Examination) -> None:
    assert codes(small, Choice())[:5] == ["CQ", "CQ.6709", "CQ.6709.QGE", "CQ.6709.QGE.001", "CQ.6709.QGE.003"]


def test_a_branch_without_the_level_is_shown_at_the_next_one(glp039: Examination) -> None:
    first = shown(glp039, Choice(("ro",)))[0]
    assert (first.level, first.kode) == ("subkomponen", "CQ.6639.051.0A")


def test_an_unknown_level_is_refused_with_those_there_are(small: Examination) -> None:
    with pytest.raises(BadRequest, match="--level dinas: tidak dikenal; pilih program, kegiatan"):
        shown(small, Choice(("dinas",)))


@pytest.mark.parametrize(
    ("kode", "found"),
    [
        ("6709", ["CQ.6709.QGE.001", "CQ.6709.QGE.003"]),
        ("QGE.001", ["CQ.6709.QGE.001", "CQ.6870.QGE.001"]),
        ("CQ.6870.QGE.001", ["CQ.6870.QGE.001"]),
        ("076.01.WA", ["WA.3355.EBA.994", "WA.3360.EBA.994"]),
        ("cq.6870", ["CQ.6870.QGE.001"]),
        ("003", ["CQ.6709.QGE.003"]),
        ("670", []),
        ("6709.001", []),
        ("bukan kode", []),
    ],
)
def test_a_code_finds_itself_and_what_lies_below_it(small: Examination, kode: str, found: list[str]) -> None:
    assert codes(small, Choice(("ro",), kode=kode)) == found


def test_a_code_finds_itself_at_its_own_level(small: Examination) -> None:
    assert codes(small, Choice(kode="6870")) == ["CQ.6870", "CQ.6870.QGE", "CQ.6870.QGE.001"]


def test_an_akun_is_found_across_branches(glp039: Examination) -> None:
    found = codes(glp039, Choice(("akun",), kode="524111"))
    assert len(found) > 1
    assert all(kode.endswith(".524111") for kode in found)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("serapan < 90", ["CQ.6709.QGE.001"]),
        ("serapan <= 90", ["CQ.6709.QGE.001", "CQ.6870.QGE.001"]),
        ("serapan<=90%", ["CQ.6709.QGE.001", "CQ.6870.QGE.001"]),
        ("serapan > 6.66", ["CQ.6709.QGE.001", "CQ.6709.QGE.003", "CQ.6870.QGE.001"]),
        ("serapan > 6,67", ["CQ.6709.QGE.003", "CQ.6870.QGE.001"]),
        ("sisa > 50 and serapan > 50", ["CQ.6870.QGE.001"]),
        ("sisa > 50 dan serapan > 50", ["CQ.6870.QGE.001"]),
        ("pagu = 60", ["CQ.6709.QGE.003"]),
        ("pagu == 60", ["CQ.6709.QGE.003"]),
        ("pagu != 60", ["CQ.6709.QGE.001", "CQ.6870.QGE.001", "WA.3355.EBA.994"]),
        ("realisasi >= 60 and pagu < 1000 dan sisa = 0", ["CQ.6709.QGE.003"]),
        ("sisa > -1", ["CQ.6709.QGE.001", "CQ.6709.QGE.003", "CQ.6870.QGE.001", "WA.3355.EBA.994"]),
    ],
)
def test_a_condition_keeps_the_rows_of_which_it_is_known_to_hold(
    small: Examination, where: str, found: list[str]
) -> None:
    assert codes(small, Choice(("ro",), where=where)) == found


def test_a_condition_may_speak_of_names_levels_and_several_columns(glp039: Examination) -> None:
    found = codes(glp039, Choice(("akun",), where='"honor" in uraian and sisa > 20000000'))
    assert found == ["CQ.6867.QGE.002.052.0A.521213", "CQ.6867.QGE.002.052.0B.521213"]
    assert codes(glp039, Choice(("program", "kegiatan"), where='level = "program" and not kode = "WA"')) == ["CQ"]


@pytest.mark.parametrize(
    ("kode", "meant"),
    [
        ("CQ.*", r"CQ\..*"),
        ("wa.*", r"WA\..*"),
        ("*.521211", r".*\.521211"),
        ("5241??", r".*\.5241..(\..*)?"),
        ("QGE.00?", r".*\.QGE\.00.(\..*)?"),
        ("6871.*.*.051", r"CQ\.6871\.[^.]+\.[^.]+\.051(\..*)?"),
    ],
)
def test_a_code_may_be_a_pattern(glp039: Examination, kode: str, meant: str) -> None:
    every = codes(glp039, Choice(("akun",)))
    found = codes(glp039, Choice(("akun",), kode=kode))
    assert found == [one for one in every if re.fullmatch(meant, one)] != []


def test_part_of_a_code_is_no_pattern(glp039: Examination) -> None:
    assert codes(glp039, Choice(("akun",), kode="52")) == []


@pytest.mark.parametrize("by", ["jenis-belanja", "program", "kegiatan", "kro", "ro", "komponen", "subkomponen", "akun"])
def test_whatever_is_added_up_across_the_tree_is_the_whole(glp039: Examination, by: str) -> None:
    nodes = shown(glp039, Choice(by=by))
    assert (added(nodes, "pagu"), added(nodes, "realisasi")) == (33_239_899_000, 32_934_047_438)
    assert len({node.kode for node in nodes}) == len(nodes)


def test_a_line_that_lacks_the_code_is_told_apart(small: Examination, glp039: Examination) -> None:
    (lacking,) = [node for node in shown(glp039, Choice(by="ro")) if node.kode == "-"]
    assert (lacking.uraian, lacking.pagu) == ("tanpa ro", 12_309_652_000)
    assert [(node.kode, node.uraian) for node in shown(small, Choice(by="akun"))] == [("-", "tanpa akun")]


def test_a_code_narrows_what_is_added_up_across_the_tree(glp039: Examination) -> None:
    nodes = shown(glp039, Choice(by="jenis-belanja", kode="6639"))
    assert [(node.kode, node.uraian) for node in nodes] == [("52", "Belanja Barang"), ("53", "Belanja Modal")]
    assert sum_of(nodes).pagu == 12_309_652_000
    assert shown(glp039, Choice(by="akun", kode="9999")) == []


def test_what_is_added_up_may_be_chosen_by_a_condition_and_sorted(glp039: Examination) -> None:
    nodes = shown(glp039, Choice(by="akun", where="serapan < 98", sort="sisa", top=2))
    assert [node.kode for node in nodes] == ["521811", "524111"]


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice(by="item"), "--by item: tidak dikenal"),
        (Choice(("ro",), by="akun"), "tanpa --level"),
        (Choice(columns=("pagu", "nama")), "--kolom nama: tidak dikenal; pilih pagu"),
    ],
)
def test_what_cannot_be_added_up_or_shown_is_refused(small: Examination, choice: Choice, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        shown(small, choice)


def test_rows_of_one_level_are_added_up_and_the_unknown_makes_the_sum_unknown(small: Examination) -> None:
    nodes = shown(small, Choice(("ro",), kode="CQ"))
    assert (sum_of(nodes).pagu, sum_of(nodes).realisasi, sum_of(nodes).serapan) == (1660, 1000, "60.24")
    assert sum_of(shown(small, Choice(("ro",)))).pagu is None
    with pytest.raises(BadRequest, match="satu tingkat"):
        sum_of(shown(small, Choice()))


def test_only_the_chosen_columns_are_given(small: Examination) -> None:
    nodes = shown(small, Choice(("ro",), kode="QGE.001"))
    assert list(json.loads(as_json(nodes, ["sisa"]))[0]) == ["level", "kode", "uraian", "sisa"]
    assert as_csv(nodes, ["pagu", "serapan"]).splitlines()[1] == "ro,CQ.6709.QGE.001,Anggaran,600,6.67"
    assert [column.key for column in as_table(nodes, ["serapan"]).columns] == ["level", "kode", "uraian", "serapan"]


def test_rows_are_sorted_largest_first_and_unknown_last(small: Examination) -> None:
    nodes = shown(small, Choice(("ro",), sort="sisa"))
    assert [node.sisa for node in nodes] == [560, 100, 0, 0, None]
    assert [node.sisa for node in shown(small, Choice(("ro",), sort="sisa", is_reversed=True))] == [
        0,
        0,
        100,
        560,
        None,
    ]


def test_serapan_is_sorted_as_a_number(small: Examination) -> None:
    assert [node.serapan for node in shown(small, Choice(("ro",), sort="serapan"))] == [
        "100.00",
        "90.00",
        "6.67",
        None,
        None,
    ]


def test_texts_are_sorted_from_a(small: Examination) -> None:
    choice = Choice(("ro",), sort="uraian")
    texts = [node.uraian for node in shown(small, choice)]
    assert texts == sorted(texts)
    assert [node.uraian for node in shown(small, Choice(("ro",), sort="uraian", is_reversed=True))] == texts[::-1]


def test_an_unknown_column_to_sort_by_is_refused(small: Examination) -> None:
    with pytest.raises(BadRequest, match="--sort belanja: tidak dikenal; pilih pagu"):
        shown(small, Choice(sort="belanja"))


@pytest.mark.parametrize("column", [*NUMBERS, *TEXTS])
def test_every_column_can_be_sorted_by(glp039: Examination, column: str) -> None:
    plain = shown(glp039, Choice(("akun",)))
    assert sorted(shown(glp039, Choice(("akun",), sort=column)), key=str) == sorted(plain, key=str)


def test_only_the_first_rows_are_kept_after_sorting(small: Examination) -> None:
    assert [node.sisa for node in shown(small, Choice(("ro",), sort="sisa", top=2))] == [560, 100]
    assert len(shown(small, Choice(("ro",), top=99))) == 5


def test_json_has_exactly_the_keys_and_kinds_of_the_contract(glp039: Examination, small: Examination) -> None:
    for examined in (glp039, small):
        for level in LEVELS:
            for row in json.loads(as_json(shown(examined, Choice((level,))))):
                assert list(row) == KEYS
                assert all(isinstance(row[key], str) for key in KEYS[:3])
                assert all(row[key] is None or type(row[key]) is int for key in KEYS[3:9])
                assert row["serapan"] is None or row["serapan"] == f"{float(row['serapan']):.2f}"


def test_json_says_what_is_unknown_as_null(small: Examination) -> None:
    (row,) = json.loads(as_json(shown(small, Choice(("ro",), kode="3360"))))
    assert row == {
        "level": "ro",
        "kode": "WA.3360.EBA.994",
        "uraian": "Layanan",
        "pagu": None,
        "blokir": None,
        "realisasi_lalu": None,
        "realisasi_ini": None,
        "realisasi": 5,
        "sisa": None,
        "serapan": None,
    }


def test_json_names_a_leaf_by_its_whole_path(glp039: Examination) -> None:
    first = json.loads(as_json(shown(glp039, Choice(("akun",)))))[0]
    assert (first["level"], first["kode"].rsplit(".", 1)[0]) == ("akun", "CQ.6639.051.0A")


def test_csv_has_a_heading_and_blanks_for_what_is_unknown(small: Examination) -> None:
    heading, *rows = csv.reader(io.StringIO(as_csv(shown(small, Choice(("ro",))))))
    assert heading == KEYS
    assert rows[-1] == ["ro", "WA.3360.EBA.994", "Layanan", "", "", "", "", "5", "", ""]


@given(uraian=st.text(st.characters(exclude_categories=["Cs"]), max_size=20), first=st.sampled_from(["", *"=+-@\t\r"]))
def test_no_name_in_csv_is_run_as_a_formula(uraian: str, first: str) -> None:
    name = first + uraian
    rows = list(csv.reader(io.StringIO(as_csv([node(uraian=name)]), newline="")))
    assert len(rows) == 2
    written = rows[1][2]
    assert written.replace("'", "") == name.replace("'", "")
    assert not written.startswith(LIVE)


def test_a_table_of_rows_keeps_their_figures(small: Examination) -> None:
    table = as_table(shown(small, Choice(("ro",))))
    assert [column.key for column in table.columns] == KEYS
    first, last = table.rows[0], table.rows[-1]
    assert [cell.value for cell in first.cells[3:]] == [600, None, None, None, 40, 560, Fraction(667, 10_000)]
    assert last.cells[-1].value is None


def test_the_total_is_that_of_everything(glp039: Examination, small: Examination) -> None:
    assert total_of(glp039.rollup) == node(
        level="",
        kode="",
        uraian="SELURUH ANGGARAN",
        pagu=33_239_899_000,
        blokir=0,
        realisasi_lalu=total_of(glp039.rollup).realisasi_lalu,
        realisasi_ini=total_of(glp039.rollup).realisasi_ini,
        realisasi=32_934_047_438,
        sisa=305_851_562,
        serapan="99.08",
    )
    assert total_of(small.rollup)._replace(level="", kode="") == node(
        level="", kode="", uraian="SELURUH ANGGARAN", realisasi=1005
    )


@pytest.mark.parametrize(
    ("name", "choice"),
    [("tree", Choice()), ("kegiatan", Choice(("kegiatan",))), ("sisa", Choice(("ro",), sort="sisa", top=5))],
)
def test_the_text_of_the_sample_is_as_it_was(
    workbook: Examination, golden: Callable[[str, str], None], name: str, choice: Choice
) -> None:
    is_tree = not choice.levels
    golden(f"show/{name}.txt", printed(workbook, shown(workbook, choice), is_tree=is_tree))


def test_text_is_plain_and_nothing_is_cut_in_a_pipe(glp039: Examination) -> None:
    nodes = shown(glp039, Choice())
    text = printed(glp039, nodes, is_tree=False)
    assert "\x1b" not in text
    assert "…" not in text
    assert all(node.kode in text and " ".join(node.uraian.split()) in " ".join(text.split()) for node in nodes)


def test_text_prints_what_is_unknown_as_a_question_mark(small: Examination) -> None:
    last = printed(small, shown(small, Choice(("ro",))), is_tree=False).splitlines()[-2]
    assert last.split() == ["WA.3360.EBA.994", "Layanan", "?", "5", "?", "-"]


@pytest.mark.parametrize("name", ["Honor [narasumber]", "Rapat [red]Kerja[/red]", "Sewa [/gedung]", "Rapat :smile:"])
def test_a_name_with_square_brackets_is_printed_as_it_is(small: Examination, name: str) -> None:
    out = io.StringIO()
    print_nodes([node(uraian=name)], [total_of(small.rollup)], Identity(nama_satker=name), is_tree=False, file=out)
    assert [name in line for line in out.getvalue().splitlines()[:3]] == [True, False, True]


RM, BOTH, NONE = (f"WA.4321.EBA.994.001.0A.{akun}" for akun in ("511111", "521211", "524111"))


def joined(*, bulan: int = 2) -> Examination:
    """Give a budget that knows sumber dana and RPD of two of its three lines."""
    lines = (
        line(RM, 1, "RM", [5, 6, 7], pagu=100, realisasi=20),
        line(BOTH, 2, "PNP + RM", [1, 2, 3], pagu=50, realisasi=1),
        line(NONE, 3, pagu=7, realisasi=7),
    )
    items = (line(f"{RM}.000001", 4, "RM", [5, 6], pagu=100, realisasi=20), line(f"{NONE}.000002", 5, pagu=7))
    budget = document("a", *lines, items=items, bulan=bulan)
    return Examination(budget, roll_up(budget), (), Tally(0, 0, {}))


def test_what_was_planned_is_shown_until_the_month_and_is_unknown_above_what_is_not_planned() -> None:
    nodes = shown(joined(), Choice(("akun",), columns=("rpd", "deviasi")))
    assert [(one.rpd, one.deviasi) for one in nodes] == [(11, 9), (3, -2), (None, None)]
    assert [one.rpd for one in shown(joined(bulan=3), Choice(("akun",)))] == [18, 6, None]
    (above,) = shown(joined(), Choice(("ro",)))
    assert (above.rpd, above.deviasi, above.sumber_dana) == (None, None, "PNP + RM + ?")


def test_items_carry_their_own_plan_and_sumber_dana() -> None:
    first, second = shown(joined(), Choice(("item",)))
    assert (first.rpd, first.deviasi, first.sumber_dana) == (11, 9, "RM")
    assert (second.rpd, second.deviasi, second.sumber_dana) == (None, None, None)
    plain = document("a", line(RM, sumber="RM", pagu=1), items=(line(f"{RM}.000001", pagu=1),))
    assert [one.rpd for one in select(plain, roll_up(plain), Choice(("item",)))] == [None]


def test_a_condition_and_an_order_may_speak_of_what_a_document_brings() -> None:
    leaves = ("akun",)
    assert codes(joined(), Choice(leaves, where="sumber_dana = 'RM'")) == [RM]
    assert codes(joined(), Choice(leaves, where="'rm' in sumber_dana dan deviasi < 0")) == [BOTH]
    assert codes(joined(), Choice(leaves, sort="rpd")) == [RM, BOTH, NONE]
    assert codes(joined(), Choice(leaves, sort="sumber_dana")) == [BOTH, RM, NONE]


@pytest.mark.parametrize("by", ["sumber-dana", "sumber_dana"])
def test_leaves_are_added_by_sumber_dana_those_of_several_as_their_own_group(by: str) -> None:
    nodes = shown(joined(), Choice(by=by))
    assert [(one.kode, one.uraian, one.pagu, one.rpd) for one in nodes] == [
        ("-", "tanpa sumber-dana", 7, None),
        ("PNP + RM", "", 50, 3),
        ("RM", "Rupiah murni", 100, 11),
    ]
    assert added(nodes, "pagu") == total_of(joined().rollup).pagu


def test_sums_carry_what_a_document_brings() -> None:
    nodes = shown(joined(), Choice(("akun",), top=2))
    assert sum_of(nodes)[-3:] == (14, 7, "PNP + RM")
    assert total_of(joined().rollup)[-3:] == (None, None, "PNP + RM + ?")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (
            Choice(columns=("rpd",)),
            "--kolom rpd: berkas ini tidak memuatnya; berikan juga MonSAKTI atau Form Cetak POK",
        ),
        (Choice(columns=("sumber_dana",)), "--kolom sumber_dana: .*; berikan juga RKK, MonSAKTI atau Satu DJA"),
        (Choice(sort="deviasi"), "--sort deviasi: berkas ini tidak memuatnya"),
        (Choice(where="rpd > 1"), "--where rpd: berkas ini tidak memuatnya"),
        (Choice(by="sumber-dana"), "--by sumber_dana: berkas ini tidak memuatnya"),
        (Choice(where="rpd > x"), "--where tidak dipahami"),
    ],
)
def test_what_no_document_brings_is_refused_with_what_would(small: Examination, choice: Choice, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        shown(small, choice)


def test_a_document_that_brings_nothing_more_shows_nothing_more(small: Examination) -> None:
    assert {one[-3:] for one in shown(small, Choice())} == {(None, None, None)}


def test_text_prints_the_columns_that_a_document_brings() -> None:
    out = io.StringIO()
    columns = ("rpd", "deviasi", "sumber_dana")
    examined = joined()
    nodes = shown(examined, Choice(by="sumber-dana", columns=columns))
    totals = [total_of(examined.rollup)]
    print_nodes(nodes, totals, Identity(), is_tree=False, columns=columns, file=out)
    assert [text.split() for text in out.getvalue().splitlines()] == [
        ["Kode", "Uraian", "RPD", "Deviasi", "Sumber", "dana"],
        ["-", "tanpa", "sumber-dana", "?", "?", "?"],
        ["PNP", "+", "RM", "3", "-2", "PNP", "+", "RM"],
        ["RM", "Rupiah", "murni", "11", "9", "RM"],
        ["SELURUH", "ANGGARAN", "?", "?", "PNP", "+", "RM", "+", "?"],
    ]


@pytest.mark.parametrize(
    ("name", "others", "choice"),
    [
        ("sumber-dana", ("contoh-rkk.xlsx",), Choice(by="sumber-dana", columns=("pagu", "realisasi", "serapan"))),
        ("rpd", ("contoh-monsakti.csv",), Choice(("akun",), columns=("realisasi", "rpd", "deviasi", "sumber_dana"))),
    ],
)
def test_an_export_joined_with_what_it_lacks_prints_as_it_did(
    golden: Callable[[str, str], None], name: str, others: tuple[str, ...], choice: Choice
) -> None:
    examined = examine([SAMPLES / file for file in ("contoh-glp039-akun.xlsx", *others)])
    out = io.StringIO()
    nodes, totals = shown(examined, choice), [total_of(examined.rollup)]
    print_nodes(nodes, totals, examined.budget.identity, is_tree=False, columns=choice.columns, file=out)
    golden(f"show/gabungan-{name}.txt", out.getvalue())
    assert [one.code for one in examined.findings if one.code in CODES] == []
