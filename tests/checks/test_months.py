from dataclasses import dataclass, replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx.case import Case
from lkj_xlsx.checks import check
from lkj_xlsx.checks.months import (
    check_decreasing,
    check_month_gaps,
    check_new_and_gone,
    check_revised_ceilings,
    check_two_files_a_month,
    check_unchained,
    tell_late_postings,
)
from lkj_xlsx.finding import NAMED, Finding, Severity
from lkj_xlsx.kode import ROOT, Path, ancestors, level_of, parse, place, spell
from lkj_xlsx.model import BULAN, Budget, Identity, Line, frame_of, split_leaves

ONE, TWO, OTHER = "CQ.6709.051.0A.521211", "CQ.6709.051.0A.524111", "CQ.6710.051.0B.521211"
FORMAT: Final = "ekspor"
QUESTIONS: Final = (
    *(tell_late_postings, check_revised_ceilings, check_new_and_gone),
    *(check_decreasing, check_month_gaps, check_two_files_a_month),
)


@dataclass(frozen=True)
class Item:
    """One line of a month: the akun it stands under, its ceiling, and what was spent before and in the month."""

    akun: str
    pagu: int
    lalu: int
    ini: int


Month = dict[str, Item]
"""Items by their number; a number that is a whole code is an akun without items."""

JULY: Final[Month] = {
    "000001": Item(ONE, 1000, 100, 50),
    "000002": Item(ONE, 500, 0, 0),
    "000003": Item(TWO, 300, 30, 70),
    "000004": Item(OTHER, 800, 400, 0),
}


def passed(month: Month, spent: int = 0) -> Month:
    """Give the month after: what was spent until then lies before it."""
    return {number: replace(item, lalu=item.lalu + item.ini, ini=spent) for number, item in month.items()}


def node_of(number: str, item: Item) -> Path:
    code = item.akun if number == item.akun else f"{item.akun}.{number}"
    return place(parse(code) or {}, ROOT)


def export(
    bulan: int | None, month: Month, *, file: str = "", satker: str | None = "656519", tahun: int | None = 2024
) -> Budget:
    """Print a month as SAKTI does: JUMLAH in row 1, then every node, its amounts in C (pagu) to G (s.d.)."""
    sums: dict[Path, list[int]] = {ROOT: [0, 0, 0]}
    for number, item in month.items():
        path = node_of(number, item)
        for node in (ROOT, *ancestors(path), path):
            own = sums.setdefault(node, [0, 0, 0])
            sums[node] = [one + more for one, more in zip(own, (item.pagu, item.lalu, item.ini), strict=True)]
    lines = [
        Line(
            path,
            "JUMLAH" if path == ROOT else spell(path),
            {"pagu": pagu, "blokir": 0, "realisasi_lalu": lalu, "realisasi_ini": ini, "realisasi": lalu + ini},
            "S",
            row,
            is_total=path == ROOT,
        )
        for row, (path, (pagu, lalu, ini)) in enumerate(sums.items())
    ]
    leaves, others = split_leaves(lines)
    columns = {"pagu": 2, "blokir": 3, "realisasi_lalu": 4, "realisasi_ini": 5, "realisasi": 6}
    identity = Identity(kode_satker=satker, tahun=tahun, bulan=bulan)
    name = file or f"{BULAN[(bulan or 1) - 1].lower()}.xlsx"
    return Budget(name, FORMAT, identity, frame_of(leaves), frame_of(others), columns)


def cell(budget: Budget, code: str, column: str) -> str:
    """Name the cell of a row by the end of its code."""
    frame = [*budget.lines.to_dict("records"), *budget.printed.to_dict("records")]
    row = next(int(line["row"]) for line in frame if str(line["uraian"]).endswith(code))
    return f"{budget.file}!S!{column}{row + 1}"


def asked(*budgets: Budget) -> list[Finding]:
    case = Case(budgets)
    told = [finding for group in case.groups for question in QUESTIONS for finding in question(group)]
    return [*told, *check_unchained([group.budgets for group in case.groups])]


def found(code: str, *budgets: Budget) -> list[Finding]:
    return [finding for finding in asked(*budgets) if finding.code == code]


def changed(month: Month, number: str, **values: object) -> Month:
    return {**month, number: replace(month[number], **values)}  # type: ignore[arg-type]


def test_two_months_that_follow_say_nothing() -> None:
    verdict = check([export(8, passed(JULY, 5)), export(7, JULY)])
    assert verdict.findings == ()
    assert verdict.tally.failing == 0
    assert verdict.tally.holding > len(JULY)


def test_a_late_posting_is_named_at_its_item_with_its_amount_and_its_total() -> None:
    august = export(8, changed(passed(JULY), "000003", lalu=125))
    item, summary = found("X201", export(7, JULY), august)
    assert str(item.where) == cell(august, "000003", "E")
    assert item.severity is Severity.PERINGATAN
    assert item.message == (
        f"item {TWO}.000003: +25 dibukukan susulan setelah berkas Juli dibuat (lalu 125, s.d. Juli 100)"
    )
    assert [str(seen) for seen in item.because] == [cell(export(7, JULY), "000003", "G")]
    assert str(summary.where) == "agustus.xlsx!S!E1"
    assert summary.message == "1 baris dibukukan susulan setelah berkas Juli dibuat, jumlahnya +25"


def test_late_postings_fail_their_equations_and_no_cell_is_called_wrong_for_them() -> None:
    verdict = check([export(8, changed(passed(JULY), "000003", lalu=125)), export(7, JULY)])
    assert verdict.tally.failing > 0
    assert {finding.severity for finding in verdict.findings} == {Severity.PERINGATAN}
    assert {finding.code for finding in verdict.findings} == {"X201"}


def test_a_parent_is_named_only_for_what_its_items_do_not_explain() -> None:
    july, august = export(7, JULY), export(8, passed(JULY))
    printed = august.printed.copy()
    is_komponen = printed["uraian"] == "CQ.6709.051"
    printed.loc[is_komponen, "realisasi_lalu"] += 7
    (finding,) = found("X201", july, replace(august, printed=printed))
    assert finding.message.startswith("komponen CQ.6709.051: +7 dibukukan susulan")
    assert str(finding.where) == cell(august, "CQ.6709.051", "E")


def test_an_item_that_moved_to_another_akun_is_no_late_posting_but_a_move() -> None:
    august = export(8, changed(passed(JULY), "000001", akun=OTHER))
    assert found("X201", export(7, JULY), august) == []
    (finding,) = found("X203", export(7, JULY), august)
    assert (finding.severity, str(finding.where)) == (Severity.INFO, cell(august, "000001", "C"))
    assert finding.message == f"Juli ke Agustus: 1 baris pindah akun: 000001 ({ONE} ke {OTHER})"


def test_an_item_that_moved_and_was_posted_late_is_named_where_it_stands_now() -> None:
    august = export(8, changed(passed(JULY), "000001", akun=OTHER, lalu=160))
    item, _ = found("X201", export(7, JULY), august)
    assert str(item.where) == cell(august, "000001", "E")
    assert item.message.startswith(f"item {OTHER}.000001: +10 ")


def test_a_new_item_with_spending_before_it_and_a_vanished_one_are_late_postings() -> None:
    august = {**passed(JULY), "000005": Item(ONE, 10, 8, 0)}
    del august["000003"]
    new, gone, summary = found("X201", export(7, JULY), export(8, august))
    assert {new, gone, summary} <= set(check([export(8, august), export(7, JULY)]).findings)
    assert "+8 dibukukan susulan" in new.message
    assert "(lalu 8, s.d. Juli tidak ada)" in new.message
    assert new.because == ()
    assert str(gone.where) == cell(export(7, JULY), "000003", "G")
    assert "-100 dibukukan susulan" in gone.message
    assert summary.message.endswith("2 baris dibukukan susulan setelah berkas Juli dibuat, jumlahnya -92")


def test_an_akun_without_items_is_posted_late_by_itself() -> None:
    july = {ONE: Item(ONE, 100, 10, 5), TWO: Item(TWO, 100, 10, 5)}
    item, _ = found("X201", export(7, july), export(8, changed(passed(july), ONE, lalu=20)))
    assert item.message.startswith(f"akun {ONE}: +5 ")


def test_months_that_are_printed_to_different_depths_are_compared_as_deep_as_both_go() -> None:
    shallow = {ONE: Item(ONE, 1500, 150, 9), TWO: Item(TWO, 300, 100, 0), OTHER: Item(OTHER, 800, 400, 0)}
    assert asked(export(7, JULY), export(8, shallow)) == []
    assert (
        asked(export(7, shallow), export(8, {"000009": Item(ONE, 1500, 159, 1), **passed({}), **_rest(shallow)})) == []
    )
    late, _ = found("X201", export(7, JULY), export(8, changed(shallow, TWO, lalu=101)))
    assert late.message.startswith(f"akun {TWO}: +1 ")


def _rest(month: Month) -> Month:
    return {number: item for number, item in passed(month).items() if number != ONE}


def test_an_unknown_figure_is_no_late_posting() -> None:
    july, august = export(7, JULY), export(8, passed(JULY))
    printed = august.printed.copy()
    printed.loc[printed["uraian"].str.endswith("000001"), "realisasi_lalu"] = None
    assert found("X201", july, replace(august, printed=printed)) == []
    assert check([replace(august, printed=printed), july]).tally.failing == 0


def test_bands_without_figures_are_chained_by_what_stands_below_them() -> None:
    july = {ONE: Item(ONE, 100, 10, 5), TWO: Item(TWO, 100, 10, 5)}
    empty = dict.fromkeys(("pagu", "blokir", "realisasi_lalu", "realisasi_ini", "realisasi"))
    months = [export(7, july), export(8, changed(passed(july), ONE, lalu=16))]
    bare = [replace(one, printed=one.printed.assign(**empty).astype(one.printed.dtypes.to_dict())) for one in months]
    assert [one.where.cell for one in check(bare).findings if one.code == "X201"] == ["E1", "E6"]


def test_revised_ceilings_are_listed_with_both_amounts_and_their_sum() -> None:
    august = export(8, changed(changed(passed(JULY), "000001", pagu=900), "000004", pagu=850))
    (finding,) = found("X202", export(7, JULY), august)
    assert (finding.severity, str(finding.where)) == (Severity.INFO, cell(august, "000001", "C"))
    assert finding.message == (
        "Juli ke Agustus: 2 baris pagu berubah (jumlah -50): 000001 1.000 menjadi 900; 000004 800 menjadi 850"
    )
    assert [str(place_) for place_ in finding.because] == [cell(august, "000004", "C")]


def test_spending_alone_revises_no_ceiling() -> None:
    assert found("X202", export(7, JULY), export(8, passed(JULY, 9))) == []


@pytest.mark.parametrize("count", [NAMED, NAMED + 2])
def test_of_many_revisions_the_first_are_named_and_all_are_proving_cells(count: int) -> None:
    july = {f"{number:06}": Item(ONE, 100, 0, 0) for number in range(1, count + 1)}
    august = {number: replace(item, pagu=101) for number, item in july.items()}
    (finding,) = found("X202", export(7, july), export(8, august))
    assert len(finding.because) == count - 1
    assert ("; dan 2 lagi" in finding.message) is (count > NAMED)


def test_new_and_vanished_items_are_listed_with_their_ceilings() -> None:
    august = {**passed(JULY), "000005": Item(ONE, 10, 0, 0)}
    del august["000002"]
    new, gone = found("X203", export(7, JULY), export(8, august))
    assert (new.severity, new.message) == (Severity.INFO, "Juli ke Agustus: 1 baris baru: 000005 (pagu 10)")
    assert gone.message == "Juli ke Agustus: 1 baris hilang: 000002 (pagu 500)"
    assert str(gone.where) == cell(export(7, JULY), "000002", "C").replace("C", "G")


def test_the_same_items_in_another_order_are_neither_new_nor_gone() -> None:
    august = dict(reversed(passed(JULY).items()))
    assert asked(export(7, JULY), export(8, august)) == []


def test_a_cumulative_that_falls_is_found_and_a_refund_is_only_said() -> None:
    fallen = changed(passed(JULY), "000003", lalu=90)
    (finding,) = found("X204", export(7, JULY), export(8, fallen))
    assert (finding.severity, str(finding.where)) == (Severity.PERINGATAN, cell(export(8, fallen), "000003", "G"))
    assert finding.message == f"item {TWO}.000003: realisasi s.d. turun dari 100 menjadi 90"
    assert [str(seen) for seen in finding.because] == [cell(export(7, JULY), "000003", "G")]
    (refund,) = asked(export(7, JULY), export(8, changed(passed(JULY), "000003", ini=-40)))
    assert (refund.code, refund.severity) == ("X204", Severity.INFO)
    assert refund.message.endswith("turun dari 100 menjadi 60; pengembalian bulan ini -40")


def test_a_cumulative_that_stays_or_grows_is_not_found() -> None:
    assert found("X204", export(7, JULY), export(8, passed(JULY)), export(9, passed(passed(JULY), 3))) == []


def test_a_missing_month_is_said_and_its_neighbours_are_not_chained() -> None:
    wild = {"000001": Item(ONE, 1, 1, 1)}
    (finding,) = asked(export(9, wild), export(7, JULY))
    assert (finding.code, finding.severity, str(finding.where)) == ("X205", Severity.PERINGATAN, "september.xlsx")
    assert finding.message == "berkas Agustus tidak diberikan; realisasi lalu bulan September tidak dapat diuji"
    (two,) = found("X205", export(10, wild), export(7, JULY))
    assert two.message.startswith("berkas Agustus, September tidak diberikan")


def test_months_in_any_order_are_chained_and_none_is_missing_before_the_first() -> None:
    months = [export(bulan, {}) for bulan in (5, 3, 4)]
    assert asked(*months) == []


@pytest.mark.parametrize(("pagu", "words"), [(1000, "isinya sama"), (999, "isinya berbeda")])
def test_two_files_for_one_month_are_said_and_that_month_is_not_chained(pagu: int, words: str) -> None:
    twin = export(8, changed(passed(JULY), "000001", pagu=pagu), file="lain.xlsx")
    late = export(8, changed(passed(JULY), "000001", lalu=999))
    findings = (
        asked(export(7, JULY), late, twin)
        if pagu == 999
        else asked(export(7, JULY), replace(twin, file="a.xlsx"), twin)
    )
    (finding,) = findings
    assert (finding.code, finding.severity) == ("X206", Severity.PERINGATAN)
    assert finding.message.endswith(f"({words}); bulan ini tidak dirangkai")
    assert str(finding.where) == "lain.xlsx"


def test_our_own_workbook_of_the_same_month_is_no_second_export() -> None:
    workbook = replace(export(8, passed(JULY), file="buku.xlsx"), format="buku kerja")
    assert asked(export(7, JULY), export(8, passed(JULY)), workbook) == []
    late, _ = found("X201", export(7, JULY), export(8, changed(passed(JULY), "000003", lalu=125)), workbook)
    assert "+25" in late.message


@pytest.mark.parametrize(
    "other",
    [{"satker": "656520"}, {"tahun": 2025}],
)
def test_files_of_another_satker_or_year_are_not_chained_in_words(other: dict[str, object]) -> None:
    stranger = export(8, changed(passed(JULY), "000001", lalu=999), **other)  # type: ignore[arg-type]
    (finding,) = asked(export(7, JULY), stranger)
    assert (finding.code, finding.severity, str(finding.where)) == ("X207", Severity.PERINGATAN, "agustus.xlsx")
    assert finding.message.startswith("juli.xlsx (satker 656519, tahun 2024) dan agustus.xlsx (satker ")
    assert "tidak dirangkai: satker atau tahunnya berbeda" in finding.message


def test_a_printed_table_of_another_year_is_not_compared_and_said_so() -> None:
    table = replace(export(None, JULY, tahun=2023), file="tabel.xlsx")
    assert [(one.code, str(one.where)) for one in asked(export(7, JULY), table)] == [("X207", "tabel.xlsx")]


def test_a_file_that_does_not_say_whose_it_is_joins_the_only_one_there_is() -> None:
    assert asked(export(7, JULY), export(8, passed(JULY), satker=None)) == []
    (finding, *_) = found("X207", export(7, JULY), export(7, JULY, satker="2"), export(8, passed(JULY), satker=None))
    assert finding.code == "X207"


def test_a_month_without_figures_of_before_is_no_export() -> None:
    table = export(8, passed(JULY))
    bare = replace(
        table, lines=table.lines.assign(realisasi_lalu=None), printed=table.printed.assign(realisasi_lalu=None)
    )
    assert found("X201", export(7, JULY), bare) == []


AKUN = st.sampled_from([ONE, TWO, OTHER])
ITEMS = st.builds(Item, AKUN, st.integers(0, 10**9), st.integers(0, 10**9), st.integers(-(10**6), 10**9))
MONTHS = st.dictionaries(st.integers(1, 30).map("{:06}".format), ITEMS, min_size=1, max_size=8)
LAWS = settings(deadline=None, max_examples=20)


@LAWS
@given(MONTHS, st.integers(0, 10**6), st.integers(1, 11))
def test_any_budget_and_its_next_month_are_silent(month: Month, spent: int, bulan: int) -> None:
    before, after = export(bulan, month), export(bulan + 1, passed(month, spent))
    assert asked(before, after) == []
    codes = {finding.code for finding in check([after, before]).findings}
    assert codes <= {"T103", "T104"}  # more was spent than the ceiling of the drawn figures allows


@LAWS
@given(MONTHS, st.integers(-(10**9), 10**9).filter(bool), st.data())
def test_any_one_late_posting_is_named_at_its_item_with_its_amount_and_no_parent_is(
    month: Month, late: int, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from(sorted(month)))
    july = {key: replace(item, ini=abs(item.ini)) for key, item in month.items()}
    after = passed(july)
    august = export(8, changed(after, number, lalu=after[number].lalu + late))
    findings = [one for one in asked(export(7, july), august) if one.code == "X201"]
    assert [str(one.where) for one in findings] == [cell(august, f".{number}", "E"), "agustus.xlsx!S!E1"]
    signed = f"{late:+,}".replace(",", ".")
    assert all(f"{signed} dibukukan susulan" in one.message or one.message.endswith(signed) for one in findings)


@LAWS
@given(MONTHS, AKUN, st.data())
def test_any_item_that_moves_to_another_akun_is_no_late_posting(month: Month, akun: str, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(sorted(month)))
    after = changed(passed(month), number, akun=akun)
    assert {one.code for one in asked(export(7, month), export(8, after))} <= {"X203"}
    assert level_of(node_of(number, after[number])) == "item"
