import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path as File
from random import Random
from typing import Final

import pandas as pd
import pytest
from conftest import write_sheets
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lkj_xlsx.diff import Change, as_csv, as_json, as_table, compare, notes, total
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.kode import LEAF_LEVELS, LEVELS, ROOT, Level, Path, parse, place, spell
from lkj_xlsx.model import Budget, Identity, Line, frame_of, known, paths, split_leaves
from lkj_xlsx.readers import read
from lkj_xlsx.table import Role, Unit
from lkj_xlsx.writer import write

SAMPLES: Final = File(__file__).parents[1] / "samples"
FIELDS: Final = [
    *("level", "kode", "uraian", "perubahan"),
    *("pagu_semula", "pagu_menjadi", "pagu_selisih", "realisasi_semula", "realisasi_menjadi", "realisasi_selisih"),
    *("uraian_semula", "kode_semula"),
]
AKUN: Final = "CQ.6709.QGE.001.051.0A.521211"
LONG: Final = "Satuan Biaya Transport Kegiatan Dalam Kabupaten/Kota"
SLOWLY: Final = settings(deadline=None, max_examples=25)
"""An example rolls up to four documents up, a few hundredths of a second each."""

Said = tuple[str, str, int | None, int | None]
"""Code, name, pagu and realisasi of one row."""


def line(said: Said, row: int) -> Line:
    code, uraian, pagu, realisasi = said
    return Line(place(parse(code) or {}, ROOT), uraian, {"pagu": pagu, "realisasi": realisasi}, "Sheet1", row)


def document(*rows: Said, file: str = "lama.xlsx", satker: str | None = None, tahun: int | None = None) -> Budget:
    """Make a document of whole codes; the rows with no row below them, but for items, are its leaves."""
    return of_lines((line(said, row) for row, said in enumerate(rows)), file, Identity(kode_satker=satker, tahun=tahun))


def of_lines(lines: Iterable[Line], file: str = "lama.xlsx", identity: Identity | None = None) -> Budget:
    leaves, others = split_leaves(lines)
    return Budget(file, "uji", identity or Identity(), frame_of(leaves), frame_of(others))


def with_items(*items: Said) -> Budget:
    """Make a document of one akun for each akun that its items are under, worth what they are worth."""
    worth: dict[str, list[Said]] = {}
    for said in items:
        worth.setdefault(said[0].rpartition(".")[0], []).append(said)
    akun: list[Said] = [
        (code, "Belanja Bahan", added(said[2] for said in under), added(said[3] for said in under))
        for code, under in worth.items()
    ]
    return document(*akun, *items)


def added(values: Iterable[int | None]) -> int:
    return sum(value or 0 for value in values)


def codes(changes: Sequence[Change]) -> list[tuple[str, str]]:
    return [(found.perubahan, found.kode) for found in changes]


def at(level: str, old: Budget, new: Budget) -> list[Change]:
    return compare(old, new, (level,))


def step(found: Change) -> tuple[int | None, ...]:
    return found[4:10]


# What differs


def test_a_row_tells_both_amounts_and_what_they_changed_by() -> None:
    old = document(("CQ.6709.QGE.001", "Anggaran", 600, 40), ("CQ.6709.QGE.002", "Rapat", 5, 5))
    new = document(("CQ.6709.QGE.001", "Anggaran", 550, 90), ("CQ.6709.QGE.002", "Rapat", 5, 5))
    assert at("ro", old, new) == [
        Change("ro", "CQ.6709.QGE.001", "Anggaran", "berubah", 600, 550, -50, 40, 90, 50, None, None)
    ]


def test_what_is_the_same_is_not_told() -> None:
    rows: tuple[Said, ...] = (("CQ.6709.QGE.001", "Anggaran", 600, 40), ("CQ.6709.QGE.002", "Rapat", None, 5))
    assert compare(document(*rows), document(*rows)) == []


def test_the_missing_side_of_what_is_new_or_gone_is_not_zero() -> None:
    old = document(("CQ.6709.QGE.001", "A", 1, 1), ("CQ.6709.QGE.002", "B", 70, 7))
    new = document(("CQ.6709.QGE.001", "A", 1, 1), ("CQ.6709.QGE.003", "C", 60, None))
    assert [(found.kode, found.perubahan, *step(found)) for found in at("ro", old, new)] == [
        ("CQ.6709.QGE.003", "baru", None, 60, 60, None, None, None),
        ("CQ.6709.QGE.002", "hilang", 70, None, -70, 7, None, -7),
    ]


def test_a_difference_with_an_unknown_side_is_unknown() -> None:
    old = document(("CQ.6709.QGE.001", "A", 600, 40), ("CQ.6709.QGE.002", "B", 5, 5))
    new = document(("CQ.6709.QGE.001", "A", None, 40), ("CQ.6709.QGE.002", "B", 5, 5))
    (found,) = at("ro", old, new)
    assert step(found) == (600, None, None, 40, 40, 0)
    assert step(total(old, new)) == (605, None, None, 45, 45, 0)


def test_totals_above_the_lines_are_added_up_and_never_those_printed() -> None:
    old = document(("CQ", "Program", 999, 9), ("CQ.6709.QGE.001", "A", 1, 1), ("CQ.6709.QGE.002", "B", 2, 2))
    new = document(("CQ", "Program", 999, 9), ("CQ.6709.QGE.001", "A", 5, 1), ("CQ.6709.QGE.002", "B", 2, 2))
    assert [(found.level, *step(found)[:3]) for found in compare(old, new)] == [
        ("program", 3, 7, 4),
        ("kegiatan", 3, 7, 4),
        ("kro", 3, 7, 4),
        ("ro", 1, 5, 4),
    ]


def test_a_sum_that_did_not_change_hides_no_change_below_it() -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, 0), ("CQ.6709.QGE.002", "B", 20, 0))
    new = document(("CQ.6709.QGE.001", "A", 12, 0), ("CQ.6709.QGE.002", "B", 18, 0))
    assert [(found.level, found.pagu_selisih) for found in compare(old, new)] == [("ro", 2), ("ro", -2)]


def test_lines_of_one_path_are_added() -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, 1), ("CQ.6709.QGE.001", "A", 20, 2))
    new = document(("CQ.6709.QGE.001", "A", 30, 4))
    assert [step(found) for found in at("ro", old, new)] == [(30, 30, 0, 3, 4, 1)]


def test_an_amount_that_one_document_never_states_changes_no_row_and_is_said() -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, None), ("CQ.6709.QGE.002", "B", 20, None))
    new = document(("CQ.6709.QGE.001", "A", 10, 4), ("CQ.6709.QGE.002", "B", 25, 5), file="baru.xlsx")
    assert [(found.kode, *step(found)) for found in at("ro", old, new)] == [
        ("CQ.6709.QGE.002", 20, 25, 5, None, 5, None)
    ]
    assert notes(old, new) == ["lama.xlsx tidak memuat realisasi; perubahan realisasi tidak diketahui"]


def test_an_amount_that_a_document_states_elsewhere_is_a_change_where_it_is_unknown() -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, None), ("CQ.6709.QGE.002", "B", 20, 0))
    new = document(("CQ.6709.QGE.001", "A", 10, 4), ("CQ.6709.QGE.002", "B", 20, 0))
    assert [(found.kode, *step(found)[3:]) for found in at("ro", old, new)] == [("CQ.6709.QGE.001", None, 4, None)]
    assert notes(old, new) == []


# Names


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Makan Rapat Biasa D.K.I.  JAKARTA", "makan rapat biasa DKI Jakarta"),
        ("Rapat, Kerja", "Rapat Kerja "),
        (LONG[:37], LONG),
        (LONG, LONG[:36]),
        ("", "Rapat"),
        ("Rapat", "-"),
    ],
)
def test_a_name_spelled_otherwise_or_cut_or_not_given_is_no_change(was: str, now: str) -> None:
    assert compare(document(("CQ.6709", was, 1, 1)), document(("CQ.6709", now, 1, 1))) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Rapat", "Rapat Kerja"),
        ("abcdefghijklmnopqrstuvwxyzabc", "abcdefghijklmnopqrstuvwxyzabcd"),
        (LONG[:37], LONG.replace("Biaya", "Uang")),
        (f"{LONG} I", f"{LONG} V"),
    ],
)
def test_another_name_is_a_change_that_keeps_the_old_one(was: str, now: str) -> None:
    found = at("kegiatan", document(("CQ.6709", was, 1, 1)), document(("CQ.6709", now, 1, 1)))
    assert [(row.perubahan, row.uraian, row.uraian_semula, row.pagu_selisih) for row in found] == [
        ("berubah", now, was, 0)
    ]


def test_a_cut_name_is_one_of_thirty_letters() -> None:
    name = "abcdefghijklmnopqrstuvwxyzabcd"
    assert len(name) == 30
    assert compare(document(("CQ", name, 1, 1)), document(("CQ", f"{name} dan lain", 1, 1))) == []
    assert len(compare(document(("CQ", name[1:], 1, 1)), document(("CQ", f"{name[1:]} dan lain", 1, 1)))) == 1


def test_a_name_that_only_one_document_gives_is_shown() -> None:
    old, new = document(("CQ.6709", "Perencanaan", 1, 1)), document(("CQ.6709", "", 2, 1))
    assert [found.uraian for found in at("kegiatan", old, new)] == ["Perencanaan"]
    assert [found.uraian for found in at("kegiatan", new, old)] == ["Perencanaan"]


# Items


def test_an_item_is_matched_by_its_number_wherever_it_hangs() -> None:
    elsewhere = AKUN.replace("0A", "0B")
    old = with_items((f"{AKUN}.000001", "Makan", 10, 1), (f"{AKUN}.000002", "Snack", 5, 0))
    new = with_items((f"{elsewhere}.000001", "Makan", 10, 1), (f"{AKUN}.000002", "Snack", 5, 0))
    (found,) = at("item", old, new)
    assert (found.perubahan, found.kode, found.kode_semula) == ("berubah", f"{elsewhere}.000001", f"{AKUN}.000001")
    assert step(found) == (10, 10, 0, 1, 1, 0)


def test_an_item_that_stays_has_no_old_path() -> None:
    old, new = with_items((f"{AKUN}.000001", "Makan", 10, 1)), with_items((f"{AKUN}.000001", "Makan", 12, 1))
    assert [(found.kode, found.kode_semula) for found in at("item", old, new)] == [(f"{AKUN}.000001", None)]


def test_items_of_one_name_and_two_numbers_are_two_items() -> None:
    old, new = with_items((f"{AKUN}.000001", "Makan", 10, 1)), with_items((f"{AKUN}.000002", "Makan", 10, 1))
    assert codes(at("item", old, new)) == [("hilang", f"{AKUN}.000001"), ("baru", f"{AKUN}.000002")]


def test_rows_of_one_item_are_added() -> None:
    old = with_items((f"{AKUN}.000001", "Makan", 10, 1), (f"{AKUN}.000001", "Makan", 5, 2))
    new = with_items((f"{AKUN}.000001", "Makan", 15, 4))
    assert [(found.kode, *step(found)) for found in at("item", old, new)] == [(f"{AKUN}.000001", 15, 15, 0, 3, 4, 1)]


def test_an_item_number_at_two_places_is_added_and_has_neither_as_its_path() -> None:
    elsewhere = AKUN.replace("0A", "0B")
    old = with_items((f"{AKUN}.000001", "Makan", 10, 1), (f"{elsewhere}.000001", "Makan", 5, None))
    new = with_items((f"{AKUN}.000001", "Makan", 15, 4))
    (found,) = at("item", old, new)
    assert (found.level, found.kode, found.kode_semula) == ("item", f"{AKUN}.000001", "000001")
    assert step(found) == (15, 15, 0, None, 4, None)
    assert at("item", old, old) == []


def test_items_are_left_out_and_it_is_said_where_one_document_has_none() -> None:
    old = document((AKUN, "Belanja Bahan", 10, 1), file="akun.xlsx")
    new = with_items((f"{AKUN}.000001", "Makan", 10, 1))
    assert compare(old, new) == []
    assert notes(old, new) == ["akun.xlsx dirinci sampai akun; rincian lama.xlsx di bawahnya tidak dibandingkan"]
    assert notes(new, old) == notes(old, new)
    assert notes(new, new) == []


def test_items_that_are_asked_for_and_not_there_are_refused() -> None:
    old = document((AKUN, "Belanja Bahan", 10, 1), file="akun.xlsx")
    new = with_items((f"{AKUN}.000001", "Makan", 10, 1))
    with pytest.raises(BadRequest, match=r"--level item: akun\.xlsx tidak memuat item; pilih program, kegiatan"):
        at("item", old, new)


def test_an_item_whose_top_one_document_lacks_has_not_moved() -> None:
    typed = AKUN.removeprefix("CQ.")
    old, new = with_items((f"{typed}.000001", "Makan", 10, 1)), with_items((f"{AKUN}.000001", "Makan", 12, 1))
    for one, other in ((old, new), (new, old)):
        assert [(found.kode, found.kode_semula) for found in at("item", one, other)] == [(f"{AKUN}.000001", None)]


# Paths


def test_a_path_without_its_program_is_the_only_one_that_ends_with_it() -> None:
    typed = document(("6709", "Perencanaan", None, None), ("6709.QGE.001", "Anggaran", 600, 40))
    whole = document(("CQ.6709", "Perencanaan", None, None), ("CQ.6709.QGE.001", "Anggaran", 550, 40))
    for old, new, selisih in ((typed, whole, -50), (whole, typed, 50)):
        assert [(found.kode, found.perubahan, found.pagu_selisih) for found in compare(old, new)] == [
            ("CQ", "berubah", selisih),
            ("CQ.6709", "berubah", selisih),
            ("CQ.6709.QGE", "berubah", selisih),
            ("CQ.6709.QGE.001", "berubah", selisih),
        ]


def test_a_line_that_is_new_in_a_typed_table_is_under_the_program_of_its_kegiatan() -> None:
    typed = document(("6709.QGE.001", "A", 600, 40), ("6709.QGE.002", "B", 5, 5))
    whole = document(("CQ.6709.QGE.001", "A", 600, 40))
    assert codes(at("ro", whole, typed)) == [("baru", "CQ.6709.QGE.002")]


def test_a_path_that_ends_two_others_is_neither() -> None:
    typed = document(("EBA.994", "Layanan", 5, 5))
    whole = document(("WA.3355.EBA.994", "Layanan", 5, 5), ("WA.3360.EBA.994", "Layanan", 5, 5))
    assert codes(at("ro", typed, whole)) == [
        ("hilang", "EBA.994"),
        ("baru", "WA.3355.EBA.994"),
        ("baru", "WA.3360.EBA.994"),
    ]


def test_a_short_code_under_another_kegiatan_is_another_node() -> None:
    old, new = document(("CQ.6709.QGE.001", "A", 1, 1)), document(("CQ.6870.QGE.001", "A", 1, 1))
    assert codes(at("ro", old, new)) == [("hilang", "CQ.6709.QGE.001"), ("baru", "CQ.6870.QGE.001")]


def test_detail_below_the_last_line_of_one_document_is_not_new() -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, 1), ("CQ.6709.QGE.002.051", "B", 5, 5))
    new = document(("CQ.6709.QGE.001.051", "A", 12, 1), ("CQ.6709.QGE.002.052", "B", 5, 5))
    assert [(found.level, *codes([found])[0]) for found in compare(old, new)] == [
        ("program", "berubah", "CQ"),
        ("kegiatan", "berubah", "CQ.6709"),
        ("kro", "berubah", "CQ.6709.QGE"),
        ("ro", "berubah", "CQ.6709.QGE.001"),
        ("komponen", "hilang", "CQ.6709.QGE.002.051"),
        ("komponen", "baru", "CQ.6709.QGE.002.052"),
    ]
    assert compare(new, old) != []
    assert all("001.051" not in found.kode for found in compare(new, old))


# Choosing and order


def test_only_the_chosen_levels_are_compared_and_a_branch_without_one_at_the_next() -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, 1), ("CQ.6639.051.0A", "B", 5, 5))
    new = document(("CQ.6709.QGE.001", "A", 12, 1), ("CQ.6639.051.0A", "B", 4, 5))
    assert [(found.level, found.kode) for found in at("ro", old, new)] == [
        ("ro", "CQ.6709.QGE.001"),
        ("subkomponen", "CQ.6639.051.0A"),
    ]
    assert [found.level for found in compare(old, new, ("kegiatan", "program"))] == ["program", "kegiatan", "kegiatan"]


@pytest.mark.parametrize("level", ["dinas", "jenis-belanja", ""])
def test_an_unknown_level_is_refused_with_those_there_are(level: str) -> None:
    one = document(("CQ.6709", "A", 1, 1))
    with pytest.raises(BadRequest, match=f"--level {level}: tidak dikenal; pilih program, kegiatan, .*, item$"):
        compare(one, one, ("program", level))


def test_the_largest_change_comes_first_and_the_unknown_before_it() -> None:
    old = document(*((f"CQ.6709.QGE.{number:03}", "", 100, 0) for number in range(1, 7)))
    amounts = [(101, 0), (50, 0), (100, 900), (100, 0), (150, 3), (None, 0)]
    new = document(*((f"CQ.6709.QGE.{number:03}", "", *both) for number, both in enumerate(amounts, start=1)))
    assert [found.kode[-1] for found in at("ro", old, new)] == ["6", "5", "2", "1", "3"]


def test_levels_come_from_the_top_and_equal_changes_by_code() -> None:
    old = document(("CQ.6709.QGE.001", "", 1, 0), ("CQ.6639.QGE.001", "", 1, 0))
    new = document(("CQ.6709.QGE.001", "", 2, 0), ("CQ.6639.QGE.001", "", 0, 0))
    assert [found.kode for found in compare(old, new, ("ro", "kegiatan"))] == [
        "CQ.6639",
        "CQ.6709",
        "CQ.6639.QGE.001",
        "CQ.6709.QGE.001",
    ]


# Refusals


def test_two_satker_are_refused_with_both_files_and_what_to_do() -> None:
    old = document(("CQ.6709", "A", 1, 1), satker="111111")
    new = document(("CQ.6709", "A", 1, 1), satker="222222", file="baru.xlsx")
    with pytest.raises(BadRequest) as refusal:
        compare(old, new)
    assert str(refusal.value) == (
        "lama.xlsx untuk satker 111111, baru.xlsx untuk 222222; berikan dua berkas dari satker yang sama"
    )


@pytest.mark.parametrize(("ours", "theirs"), [(None, "222222"), ("222222", None), ("222222", "222222")])
def test_one_satker_or_one_unsaid_is_compared_and_so_are_two_years(ours: str | None, theirs: str | None) -> None:
    old = document(("CQ.6709", "A", 1, 1), satker=ours, tahun=2024)
    assert compare(old, document(("CQ.6709", "A", 1, 1), satker=theirs, tahun=2025)) == []


def test_a_document_without_lines_is_refused_on_either_side() -> None:
    full, empty = document(("CQ.6709", "A", 1, 1)), document(file="kosong.xlsx")
    for old, new in ((full, empty), (empty, full)):
        with pytest.raises(BadRequest, match=r"kosong\.xlsx: tidak ada baris anggaran; berikan"):
            compare(old, new)


# Spelling


def test_json_has_the_fields_of_a_change_and_null_for_what_is_not_there() -> None:
    old = with_items((f"{AKUN}.000001", "Makan", 10, 1), (f"{AKUN}.000002", "Snack", 10, 1))
    new = with_items((f"{AKUN}.000001", "Rapat", 10, None), (f"{AKUN}.000003", "Snack", 10, 1))
    first, *others = json.loads(as_json(at("item", old, new)))
    assert list(first.items()) == list(
        zip(
            FIELDS,
            ["item", f"{AKUN}.000001", "Rapat", "berubah", 10, 10, 0, 1, None, None, "Makan", None],
            strict=True,
        )
    )
    assert [(row["perubahan"], row["pagu_semula"], row["pagu_selisih"]) for row in others] == [
        ("hilang", 10, -10),
        ("baru", None, 10),
    ]
    assert as_json([]) == "[]"


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_in_csv_is_run_as_a_formula(opening: str) -> None:
    old, new = document(("CQ", f"{opening}lama", 1, 1)), document(("CQ", f"{opening}baru", 0, 1))
    heading, row = csv.reader(io.StringIO(as_csv(compare(old, new)), newline=""))
    assert heading == FIELDS
    assert row == [
        *("program", "CQ", f"'{opening}baru", "berubah", "1", "0", "-1", "1", "1", "0", f"'{opening}lama", "")
    ]


def test_an_ordinary_name_in_csv_is_as_it_is() -> None:
    found = compare(document(("CQ", "A=1", 1, 1)), document(("CQ", "A=1", 2, 1)))
    assert "'" not in as_csv(found)


def test_a_table_keeps_the_figures_and_closes_with_the_total(tmp_path: File) -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, 1), ("CQ.6709.QGE.002", "B", 5, 0))
    new = document(("CQ.6709.QGE.001", "A", 10, None), ("CQ.6709.QGE.003", "C", 6, 2))
    changes, closing = at("ro", old, new), total(old, new)
    table = as_table(changes, closing)
    assert [column.key for column in table.columns] == FIELDS
    assert [column.unit for column in table.columns] == [*[Unit.TEXT] * 4, *[Unit.RUPIAH] * 6, *[Unit.TEXT] * 2]
    assert [tuple(cell.value for cell in row.cells) for row in table.rows] == [
        tuple(row) for row in [*changes, closing]
    ]
    assert [row.role for row in table.rows] == [Role.LINE, Role.LINE, Role.LINE, Role.TOTAL]
    write((table,), tmp_path / "beda.xlsx", Identity())
    assert (tmp_path / "beda.xlsx").stat().st_size > 0


def test_a_table_marks_what_is_unknown_and_leaves_blank_what_is_not_there() -> None:
    old = document(("CQ.6709.QGE.001", "A", 10, 1), ("CQ.6709.QGE.002", "B", 5, 0))
    new = document(("CQ.6709.QGE.001", "A", 10, None), ("CQ.6709.QGE.003", "C", None, 2))
    rows = as_table(at("ro", old, new), total(old, new)).rows
    marked = {
        row.cells[1].value: [
            FIELDS[place] for place, cell in enumerate(row.cells) if cell.value is None and cell.is_figure
        ]
        for row in rows
    }
    assert marked == {
        "CQ.6709.QGE.001": ["realisasi_menjadi", "realisasi_selisih"],
        "CQ.6709.QGE.003": ["pagu_menjadi", "pagu_selisih"],
        "CQ.6709.QGE.002": [],
        "": ["pagu_menjadi", "pagu_selisih", "realisasi_menjadi", "realisasi_selisih"],
    }


# Files


def test_the_sample_as_sakti_and_as_our_workbook_is_one_budget() -> None:
    typed, sakti = read(SAMPLES / "kpu-binjai-2024.xlsx"), read(SAMPLES / "kpu-binjai-2024-12-glp039.xlsx")
    for old, new in ((typed, sakti), (sakti, typed)):
        for levels in ((), ("kegiatan",), ("akun",)):
            changes = compare(old, new, levels)
            assert {found.perubahan for found in changes} <= {"berubah"}
            assert [(found.pagu_selisih, found.realisasi_selisih) for found in changes] == [(0, 0)] * len(changes)
        assert step(total(old, new)) == (33_239_899_000, 33_239_899_000, 0, 32_934_047_438, 32_934_047_438, 0)
        assert "rincian kpu-binjai-2024-12-glp039.xlsx di bawahnya tidak dibandingkan" in notes(old, new)[0]


def test_an_export_compared_with_itself_has_no_change_down_to_its_items() -> None:
    sakti = read(SAMPLES / "kpu-binjai-2024-12-glp039.xlsx")
    assert (compare(sakti, sakti), notes(sakti, sakti)) == ([], [])


def test_two_versions_of_a_workbook_are_compared_as_they_are_read(sheet_file: File, tmp_path: File) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ | Program | | |
    | CQ.6709 | Perencanaan | | |
    | CQ.6709.QGE.001 | Anggaran | 600 | 40 |
    | CQ.6709.QGE.003 | Pelatihan | 60 | 60 |
    """
    later = """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ | Program | | |
    | CQ.6709 | Perencanaan | | |
    | CQ.6709.QGE.001 | Anggaran | 500 | 90 |
    | CQ.6709.QGE.004 | Bimbingan | 160 | 0 |
    """
    old, new = read(sheet_file), read(write_sheets(later, tmp_path / "kemudian.xlsx"))
    assert [(found.level, found.perubahan, found.uraian, *step(found)) for found in compare(old, new)] == [
        ("program", "berubah", "Program", 660, 660, 0, 100, 90, -10),
        ("kegiatan", "berubah", "Perencanaan", 660, 660, 0, 100, 90, -10),
        ("kro", "berubah", "", 660, 660, 0, 100, 90, -10),
        ("ro", "baru", "Bimbingan", None, 160, 160, None, 0, 0),
        ("ro", "berubah", "Anggaran", 600, 500, -100, 40, 90, 50),
        ("ro", "hilang", "Pelatihan", 60, None, -60, 60, None, -60),
    ]


# Laws


FEW: Final = {
    Level.PROGRAM: ("CQ", "WA", ""),
    Level.KEGIATAN: ("6709", "6639"),
    Level.KRO: ("QGE", "EBA", ""),
    Level.RO: ("001", "Z08"),
    Level.KOMPONEN: ("051", "ZZ1", ""),
    Level.SUBKOMPONEN: ("0A", "0B", ""),
    Level.AKUN: ("521211", "511111", ""),
}
"""Few codes, so that the branches of two documents meet; a level may be missing."""
small = st.integers(-(10**12), 10**12)


@st.composite
def leaf_paths(draw: st.DrawFn) -> Path:
    picked = [draw(st.sampled_from(choices)) for choices in FEW.values()]
    if not picked[Level.KRO.depth]:
        picked[Level.RO.depth] = ""
    return (*picked, "")


@st.composite
def documents(draw: st.DrawFn, amounts: st.SearchStrategy[int | None] = small) -> Budget:
    """A document of a few lines, perhaps two of one path and so of one name, and items under those with an akun."""
    edition = draw(st.sampled_from(["lama", "baru"]))
    found = draw(st.lists(leaf_paths(), min_size=1, max_size=8))
    for path in [path for path in found if path[Level.AKUN.depth]]:
        found += [(*path[:-1], f"{draw(st.integers(1, 5)):06}") for _ in range(draw(st.integers(0, 2)))]
    lines = [
        Line(path, f"{edition} {spell(path[1:])}", {"pagu": draw(amounts), "realisasi": draw(amounts)}, "Sheet1", row)
        for row, path in enumerate(found)
    ]
    return of_lines(lines)


def mirrored(found: Change) -> Change:
    """Tell a change the other way round."""
    ways = {"baru": "hilang", "hilang": "baru", "berubah": "berubah"}
    selisih = [None if amount is None else -amount for amount in (found.pagu_selisih, found.realisasi_selisih)]
    return Change(
        found.level,
        found.kode_semula or found.kode,
        found.uraian_semula or found.uraian,
        ways[found.perubahan],
        *(found.pagu_menjadi, found.pagu_semula, selisih[0]),
        *(found.realisasi_menjadi, found.realisasi_semula, selisih[1]),
        found.uraian if found.uraian_semula else None,
        found.kode if found.kode_semula else None,
    )


def holds_all(level: Level, *budgets: Budget) -> bool:
    return all((budget.lines[level] != "").all() for budget in budgets)


def shuffled(budget: Budget, random: Random) -> Budget:
    """Give the same document with its rows in another order."""

    def mixed(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.iloc[random.sample(range(len(frame)), len(frame))].reset_index(drop=True)

    return replace(budget, lines=mixed(budget.lines), printed=mixed(budget.printed))


@SLOWLY
@given(documents(small | st.none()))
def test_a_document_compared_with_itself_has_no_change(one: Budget) -> None:
    assert compare(one, one) == []


@SLOWLY
@given(documents(small | st.none()), documents(small | st.none()))
def test_the_other_way_round_every_change_is_mirrored(old: Budget, new: Budget) -> None:
    assert Counter(map(mirrored, compare(old, new))) == Counter(compare(new, old))


@SLOWLY
@given(documents(), documents())
def test_the_changes_of_a_level_that_holds_all_lines_add_up_to_the_total(old: Budget, new: Budget) -> None:
    changes, closing = compare(old, new), total(old, new)
    for level in (level for level in LEAF_LEVELS if holds_all(level, old, new)):
        under = [found for found in changes if found.level == level]
        assert added(found.pagu_selisih for found in under) == closing.pagu_selisih
        assert added(found.realisasi_selisih for found in under) == closing.realisasi_selisih


@SLOWLY
@given(documents(), documents(), st.sampled_from(LEAF_LEVELS))
def test_the_changes_of_any_chosen_level_add_up_to_the_total(old: Budget, new: Budget, level: Level) -> None:
    changes, closing = compare(old, new, (level,)), total(old, new)
    assert added(found.pagu_selisih for found in changes) == closing.pagu_selisih
    assert added(found.realisasi_selisih for found in changes) == closing.realisasi_selisih


@SLOWLY
@given(documents(), documents())
def test_the_total_is_what_the_lines_add_up_to(old: Budget, new: Budget) -> None:
    pagu = [added(known(budget.lines["pagu"])) for budget in (old, new)]
    realisasi = [added(known(budget.lines["realisasi"])) for budget in (old, new)]
    expected = (*pagu, pagu[1] - pagu[0], *realisasi, realisasi[1] - realisasi[0])
    assert total(old, new) == ("", "", "JUMLAH", "", *expected, None, None)


@SLOWLY
@given(documents(), documents())
def test_no_item_is_lost_however_often_its_number_stands(old: Budget, new: Budget) -> None:
    items = [budget.printed[budget.printed["item"] != ""] for budget in (old, new)]
    expected = added(known(items[1]["pagu"])) - added(known(items[0]["pagu"]))
    if all(map(len, items)):
        assert added(found.pagu_selisih for found in at("item", old, new)) == expected


@SLOWLY
@given(documents(small | st.none()), documents(small | st.none()), st.randoms())
def test_the_order_of_rows_does_not_matter(old: Budget, new: Budget, random: Random) -> None:
    assert compare(shuffled(old, random), shuffled(new, random)) == compare(old, new)


@SLOWLY
@given(documents(small | st.none()), documents(small | st.none()))
def test_changes_are_sorted_by_level_then_the_unknown_then_by_size(old: Budget, new: Budget) -> None:
    ranks = [
        (
            LEVELS.index(Level(found.level)),
            found.pagu_selisih is not None and found.realisasi_selisih is not None,
            -abs(found.pagu_selisih or 0),
            -abs(found.realisasi_selisih or 0),
            found.kode,
        )
        for found in compare(old, new)
    ]
    assert ranks == sorted(ranks)


@SLOWLY
@given(documents())
@example(document(("CQ.6709.QGE.001", "lama", 1, 1)))
def test_a_typed_table_without_programs_is_the_same_budget(one: Budget) -> None:
    tops = {(path[0], path[1]) for path in paths(one.lines)}
    is_clear = len({kegiatan for _, kegiatan in tops}) == len(tops)
    typed = replace(one, lines=one.lines.assign(program=""), printed=one.printed.assign(program=""))
    assert not is_clear or compare(typed, one) == compare(one, typed) == []
