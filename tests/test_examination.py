from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from conftest import write_sheets
from documents import document, line
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.combining import combine, ranked
from lkj_xlsx.errors import BadRequest, LkjError, UnreadableFile
from lkj_xlsx.examination import audit, examine, found_in_reading
from lkj_xlsx.finding import Severity, Where
from lkj_xlsx.intake import Intake, read_all, take_in
from lkj_xlsx.kode import ROOT
from lkj_xlsx.model import Budget, Identity, Indikator, Kategori, Line, frame_of, known
from lkj_xlsx.readers import glp039, monsakti, printed, transaksi, workbook

SAMPLES: Final = Path(__file__).parents[1] / "samples"
WORKBOOK: Final = SAMPLES / "kpu-binjai-2024.xlsx"
GLP039: Final = SAMPLES / "kpu-binjai-2024-12-glp039.xlsx"
INDIKATOR: Final = Indikator(
    "1", "Sasaran", "Indikator", "CQ.6709", Decimal(100), "%", None, is_minimise=False, where=Where("k.xlsx")
)
SKALA: Final = Kategori(Decimal(90), Decimal(100), "Berhasil", "", Where("k.xlsx"))


def budget(
    file: str, form: str = workbook.FORMAT, identity: Identity | None = None, *, pagu: int | None = 100
) -> Budget:
    """Make a document with one line, or with none when pagu is None."""
    path = ("CQ", "6709", *ROOT[2:])
    lines = [] if pagu is None else [Line(path, "Kegiatan", {"pagu": pagu, "realisasi": 50}, "Anggaran", 1)]
    return Budget(file, form, identity or Identity(), frame_of(lines), frame_of([]))


def month(file: str, tahun: int, bulan: int | None, form: str = glp039.FORMAT) -> Budget:
    return budget(file, form, Identity(kode_satker="656519", tahun=tahun, bulan=bulan))


def test_lines_of_sakti_come_before_those_that_somebody_typed() -> None:
    typed, sakti, paper = (
        budget(name, form)
        for name, form in (("w.xlsx", workbook.FORMAT), ("s.xlsx", glp039.FORMAT), ("p.xlsx", printed.FORMAT))
    )
    together = combine([paper, typed, sakti])
    assert (together.file, together.format) == ("s.xlsx", glp039.FORMAT)
    assert [(finding.code, finding.severity, str(finding.where)) for finding in together.findings] == [
        ("X101", Severity.INFO, "p.xlsx"),
        ("X101", Severity.INFO, "w.xlsx"),
    ]
    assert "yang dipakai s.xlsx" in together.findings[0].message


def test_lines_of_our_workbook_come_before_those_of_a_printed_table() -> None:
    assert combine([budget("p.xlsx", printed.FORMAT), budget("w.xlsx")]).file == "w.xlsx"


def test_a_file_without_lines_is_not_said_to_be_unused() -> None:
    assert combine([budget("s.xlsx", glp039.FORMAT), budget("w.xlsx", pagu=None)]).findings == ()


def test_the_latest_month_wins_whatever_the_order() -> None:
    months = [month(f"{bulan}.xlsx", 2024, bulan) for bulan in (11, 12, 9)]
    assert combine(months).file == combine(months[::-1]).file == "12.xlsx"
    assert [finding.code for finding in combine(months).findings] == ["X101", "X101"]


def test_a_wanted_month_is_taken_though_a_later_one_is_given() -> None:
    together = combine([month("11.xlsx", 2024, 11), month("12.xlsx", 2024, 12)], "2024-11")
    assert (together.file, together.identity.periode) == ("11.xlsx", "2024-11")


def test_two_files_for_one_period_are_refused() -> None:
    with pytest.raises(BadRequest, match=r"a\.xlsx, b\.xlsx: 2 berkas untuk periode yang sama \(2024-12\)"):
        combine([month("a.xlsx", 2024, 12), month("b.xlsx", 2024, 12)])


def test_two_files_without_a_period_are_refused() -> None:
    with pytest.raises(BadRequest, match=r"2 berkas untuk periode yang sama \(tidak disebut\)"):
        combine([budget("a.xlsx"), budget("b.xlsx")])


def test_a_file_of_another_satker_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"untuk satker 656519, lain\.xlsx untuk 111111"):
        combine([month("s.xlsx", 2024, 12), budget("lain.xlsx", identity=Identity(kode_satker="111111"))])


def test_a_file_of_another_year_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"untuk tahun anggaran 2024, lama\.xlsx untuk 2023"):
        combine([month("s.xlsx", 2024, 12), budget("lama.xlsx", identity=Identity(tahun=2023), pagu=None)])


def test_a_file_that_does_not_say_its_satker_is_taken() -> None:
    assert combine([month("s.xlsx", 2024, 12), budget("k.xlsx", pagu=None)]).file == "s.xlsx"


@pytest.mark.parametrize("periode", ["2024-11", "2023", "2023-12"])
def test_a_period_that_no_file_has_is_refused(periode: str) -> None:
    with pytest.raises(BadRequest, match=rf"tidak ada berkas untuk periode {periode}; yang diberikan: s\.xlsx"):
        combine([month("s.xlsx", 2024, 12)], periode)


@pytest.mark.parametrize(
    ("given", "wanted"), [((2024, 12), "2024-12"), ((2024, None), "2024-12"), ((2024, None), "2024")]
)
def test_a_document_that_says_only_the_year_fits_its_months(given: tuple[int, int | None], wanted: str) -> None:
    assert combine([month("s.xlsx", *given)], wanted).identity.periode == wanted


def test_a_year_alone_takes_the_month_of_that_year() -> None:
    assert combine([month("s.xlsx", 2024, 12)], "2024").identity.periode == "2024-12"


def test_a_document_that_says_no_period_takes_the_wanted_one() -> None:
    assert combine([budget("w.xlsx")], "2024-12").identity.periode == "2024-12"


def test_files_without_a_single_line_are_refused() -> None:
    with pytest.raises(BadRequest, match=r"a\.xlsx, b\.xlsx: tidak ada baris anggaran"):
        combine([budget("a.xlsx", pagu=None), budget("b.xlsx", pagu=None)])


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(LkjError):
        combine([])


@pytest.mark.parametrize("order", [tuple, lambda files: tuple(reversed(files))])
def test_indicators_and_scale_come_from_wherever_they_are(order: Callable[[list[Budget]], tuple[Budget, ...]]) -> None:
    kinerja = replace(budget("k.xlsx", pagu=None), indikator=(INDIKATOR,), skala=(SKALA,))
    together = combine(order([month("s.xlsx", 2024, 12), kinerja]))
    assert (together.indikator, together.skala) == ((INDIKATOR,), (SKALA,))


def test_what_the_officer_typed_names_the_satker_and_the_figures_say_the_period() -> None:
    typed = budget("k.xlsx", identity=Identity(nama_satker="KPU Kota Binjai", bulan=3, kota="Binjai"), pagu=None)
    sakti = budget("s.xlsx", glp039.FORMAT, Identity("KPU BINJAI", "656519", "076", tahun=2024, bulan=12))
    assert combine([sakti, typed]).identity == Identity(
        "KPU Kota Binjai", "656519", "076", tahun=2024, bulan=12, kota="Binjai"
    )


def test_findings_of_every_file_are_kept() -> None:
    both = examine([GLP039, WORKBOOK])
    assert {finding.where.file for finding in both.findings} == {GLP039.name, WORKBOOK.name}
    assert {finding.code for finding in both.findings} >= {"X101", "T102", "K107"}


def test_a_file_is_read_rolled_up_and_checked(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001 | Anggaran | 600 | 40 |
    | CQ.6709.QGE.003 | Pelatihan | 60 | 70 |
    """
    examined = examine([sheet_file])
    assert examined.rollup.total["pagu"].to_list() == [660]
    assert [(finding.code, finding.where.cell) for finding in examined.findings] == [("T103", "D3")]


def test_one_file_given_twice_is_refused(tmp_path: Path) -> None:
    text = "| Kode | Uraian | Pagu | Realisasi |\n| CQ.6709.QGE.001 | Anggaran | 600 | 40 |"
    path = write_sheets(f"# Sheet: Anggaran\n{text}", tmp_path / "a.xlsx")
    with pytest.raises(BadRequest, match="berikan satu"):
        examine([path, path])


ROWS: Final = "| CQ.6709.QGE.001 | Anggaran | 600 | 40 |"


def written(path: Path, *rows: str) -> Path:
    """Write our own workbook, in a folder of its own where need be."""
    path.parent.mkdir(exist_ok=True)
    table = "\n".join(rows or (ROWS,))
    return write_sheets(f"# Sheet: Anggaran\n| Kode | Uraian | Pagu | Realisasi |\n{table}", path)


def test_every_file_is_read_in_the_given_order_under_its_name(tmp_path: Path) -> None:
    files = [written(tmp_path / "b" / "x.xlsx"), written(tmp_path / "a" / "x.xlsx"), written(tmp_path / "y.xlsx")]
    budgets = read_all(files)
    assert [one.file for one in budgets] == [str(files[0]), str(files[1]), "y.xlsx"]
    assert read_all([]) == []


def test_findings_of_two_files_of_one_name_say_which_is_meant(tmp_path: Path) -> None:
    files = [written(tmp_path / "a" / "x.xlsx"), written(tmp_path / "b" / "x.xlsx", ROWS.replace("40", "700"))]
    told = {one.where.file for one in audit(files).findings if one.code == "T103"}
    assert told == {str(files[1])}


def test_one_file_that_cannot_be_read_refuses_all(tmp_path: Path) -> None:
    (tmp_path / "rusak.xlsx").write_bytes(b"")
    with pytest.raises(UnreadableFile, match=r"^rusak\.xlsx: berkas kosong"):
        read_all([written(tmp_path / "a.xlsx"), tmp_path / "rusak.xlsx"])


def test_documents_are_trusted_by_their_format_and_then_by_their_month() -> None:
    paper, typed = budget("p.xlsx", printed.FORMAT), budget("w.xlsx")
    months = [month("9.xlsx", 2024, 9), month("12.xlsx", 2024, 12), month("t.xlsx", 2024, None)]
    order = ["12.xlsx", "9.xlsx", "t.xlsx", "w.xlsx", "p.xlsx"]
    assert [one.file for one in ranked([paper, typed, *months])] == order
    assert [one.file for one in ranked([*months, typed, paper][::-1])] == order


@given(st.permutations(range(4)))
def test_the_order_of_trust_does_not_depend_on_the_given_order(order: list[int]) -> None:
    documents = [budget("p", printed.FORMAT), budget("w"), month("a", 2024, 1), month("b", 2024, 1)]
    assert ranked([documents[at] for at in order]) == ranked(documents)


def test_an_audit_takes_what_a_report_refuses(tmp_path: Path) -> None:
    files = [written(tmp_path / "a.xlsx"), written(tmp_path / "b.xlsx", ROWS.replace("40", "41"))]
    with pytest.raises(BadRequest):
        examine(files)
    verdict = audit(files)
    assert {finding.code for finding in verdict.findings} == {"X103"}
    assert verdict.tally.failing == 1


def test_what_was_found_in_reading_is_given_with_what_the_other_cells_force(tmp_path: Path) -> None:
    text = """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001 | a | 600 | 40 |
    | CQ.6709.QGE.002 | b | | 4 |
    | | JUMLAH | 660 | 45 |
    """
    intake = take_in([write_sheets(text, tmp_path / "a.xlsx")])
    assert [(one.code, one.where.cell, one.expected) for one in found_in_reading(intake)] == [("R108", "C3", 60)]
    assert len(audit([tmp_path / "a.xlsx"]).findings) > 1


def test_nothing_found_in_reading_is_nothing() -> None:
    assert found_in_reading(Intake((budget("a.xlsx"),))) == ()
    assert found_in_reading(Intake(())) == ()


def test_further_tables_of_the_chosen_file_are_said_to_be_unused() -> None:
    bare = replace(budget("a.xlsx", pagu=None), others=())
    main = replace(budget("a.xlsx"), others=(budget("a.xlsx", pagu=60), bare))
    (finding,) = combine([main]).findings
    assert (finding.code, str(finding.where)) == ("X101", "a.xlsx!Anggaran")
    assert finding.message == "angka tabel ini tidak dipakai; yang dipakai lembar Anggaran"


def test_a_file_whose_tables_cannot_be_told_apart_is_refused_with_their_sheets() -> None:
    unsure = replace(budget("a.xlsx", pagu=None), others=(budget("a.xlsx"), budget("a.xlsx", pagu=60)))
    with pytest.raises(BadRequest, match=r"a\.xlsx: 2 lembar berisi tabel anggaran \(`Anggaran`, `Anggaran`\)"):
        combine([budget("b.xlsx", pagu=None), unsure])


AKUN: Final = "CQ.6709.QGE.001.051.0A.521211"


def rkk(file: str = "rkk.xlsx", form: str = "RKK") -> Budget:
    return replace(document(file, line(AKUN, 1, "RM", pagu=100)), format=form)


def fa(bulan: int = 12) -> Budget:
    own = document(f"{bulan}.xlsx", line(AKUN, 1, pagu=100, realisasi=50), kode_satker="1", tahun=2024, bulan=bulan)
    return replace(own, format=glp039.FORMAT)


def postings(bulan: int = 3, file: str = "t.xlsx") -> Budget:
    own = document(file, line(AKUN, 1, "A", realisasi=7), kode_satker="1", tahun=2024, bulan=bulan)
    return replace(own, format=transaksi.FORMAT)


def test_what_was_taken_from_a_document_is_said() -> None:
    for order in ([fa(), rkk()], [rkk(), fa()]):
        together = combine(order)
        assert together.lines["sumber_dana"].tolist() == ["RM"]
        (told,) = together.findings
        assert (told.code, str(told.where)) == ("X101", "rkk.xlsx")
        assert told.message == f"dari berkas ini diambil sumber dana; angka lainnya dari 12.xlsx ({glp039.FORMAT})"


def test_the_realisasi_that_is_taken_gives_the_period() -> None:
    typed = budget("k.xlsx", identity=Identity(nama_satker="Contoh", bulan=12), pagu=None)
    together = combine([rkk(form=monsakti.FORMAT), postings(), typed])
    assert (together.file, together.identity.periode, together.identity.nama_satker) == (
        "rkk.xlsx",
        "2024-03",
        "Contoh",
    )
    assert together.lines["realisasi"].tolist() == [7]


def test_lines_of_a_raw_budget_come_before_printed_ones_and_postings_last() -> None:
    names = (transaksi.FORMAT, printed.FORMAT, monsakti.FORMAT, workbook.FORMAT, "lain")
    given_ones = [budget(name, name) for name in names]
    assert [one.file for one in ranked(given_ones)] == [
        workbook.FORMAT,
        monsakti.FORMAT,
        printed.FORMAT,
        transaksi.FORMAT,
        "lain",
    ]


def test_two_documents_of_one_kind_are_refused_where_one_must_be_taken_from() -> None:
    with pytest.raises(
        BadRequest, match=r"b\.xlsx, a\.xlsx: 2 berkas sejenis, dan sumber dana diambil dari salah satu"
    ):
        combine([fa(), rkk("a.xlsx"), rkk("b.xlsx")])
    assert combine([fa(), budget("a.xlsx", "X"), budget("b.xlsx", "X")]).file == "12.xlsx"


def test_a_document_of_another_unit_is_refused_unless_somebody_typed_it() -> None:
    ours, theirs = (Identity(bagian_anggaran="999", unit_eselon_i=unit) for unit in ("01", "04"))
    main, other = replace(fa(), identity=ours), replace(rkk(), identity=theirs)
    with pytest.raises(BadRequest, match=r"12\.xlsx untuk unit 999\.01, rkk\.xlsx untuk 999\.04"):
        combine([main, other])
    for fitting in (replace(other, format=workbook.FORMAT), replace(other, identity=Identity(bagian_anggaran="998"))):
        assert combine([main, fitting]).file == "12.xlsx"


def test_of_postings_of_two_months_the_later_are_taken() -> None:
    together = combine([rkk(form=monsakti.FORMAT), postings(3, "t3.xlsx"), postings(4, "t4.xlsx")])
    assert together.identity.bulan == 4


def test_what_lies_beyond_the_wanted_period_is_not_taken() -> None:
    together = combine([rkk(form=monsakti.FORMAT), postings(3, "t3.xlsx"), postings(4, "t4.xlsx")], "2024-03")
    assert (together.identity.periode, [one.message[:30] for one in together.findings]) == (
        "2024-03",
        ["dari berkas ini diambil realis", "angka anggaran berkas ini tidak"[:30]],
    )


def test_an_examination_tells_of_the_join_that_was_made() -> None:
    examined = examine([SAMPLES / "contoh-monsakti.csv", SAMPLES / "contoh-transaksi-sp2d.xlsx"])
    assert known(examined.rollup.total["realisasi"]) == [401_837_773]
    assert known(examined.rollup.total["rpd"]) == [488_622_000]
    assert [(one.code, one.severity) for one in examined.findings if one.code.startswith("X")] == [
        ("X131", Severity.INFO),
        ("X101", Severity.INFO),
    ]


def test_what_a_join_loses_is_told_with_what_was_found_in_reading() -> None:
    other = replace(
        document("rkk.xlsx", line(f"{AKUN[:-1]}9", 1, "RM", pagu=3), line(AKUN, sumber="RM", pagu=100)), format="RKK"
    )
    assert [one.code for one in found_in_reading(Intake((fa(), other)))] == ["X130"]
    assert found_in_reading(Intake((fa(11), fa(12)))) == ()
