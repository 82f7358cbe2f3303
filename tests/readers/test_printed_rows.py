from pathlib import Path

import pytest
from conftest import write_sheets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import spell
from lkj_xlsx.model import Budget, known, paths
from lkj_xlsx.readers import read

Said = list[tuple[str, str, int | None, int | None]]


def said(budget: Budget, *, printed: bool = False) -> Said:
    """List path, uraian, pagu and realisasi of the leaves, or of everything else."""
    frame = budget.printed if printed else budget.lines
    columns = [frame["uraian"], known(frame["pagu"]), known(frame["realisasi"])]
    return [(spell(path), *row) for path, row in zip(paths(frame), zip(*columns, strict=True), strict=True)]


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    return [(found.code, found.severity, found.where.cell) for found in findings]


def checked(budget: Budget) -> list[tuple[str, str, str | None]]:
    """Check a budget; give what is more than said."""
    return [one for one in brief(check([budget]).findings) if one[1] != Severity.INFO]


def test_a_program_whose_band_opens_with_its_code_is_a_program(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 054.01.WA - Program Dukungan Manajemen | | | |
    | 2886 | Dukungan | 60 | 4 |
    """
    budget = read(sheet_file)
    assert said(budget) == [("WA.2886", "Dukungan", 60, 4)]
    assert said(budget, printed=True) == [("WA", "Program Dukungan Manajemen", None, None)]
    assert (budget.identity.unit, checked(budget)) == ("054.01", [])


def test_a_band_that_ends_with_its_code_is_a_program_or_a_kegiatan_and_another_text_is_none(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | Program Penyelenggaraan Pemilu (CQ) | | | |
    | Perencanaan (6709) | | | |
    | QGE.001 | Anggaran | 60 | 4 |
    | Sumber (2024) lihat lampiran (B) | | | |
    | QGE.002 | Rapat | 6 | 4 |
    | | Koordinasi (6710) | | |
    | | Program Lain (076.01.WA) | | |
    | 3355 | Keuangan | 5 | 4 |
    """
    budget = read(sheet_file)
    assert said(budget) == [
        ("CQ.6709.QGE.001", "Anggaran", 60, 4),
        ("CQ.6709.QGE.002", "Rapat Koordinasi (6710)", 6, 4),
        ("WA.3355", "Keuangan", 5, 4),
    ]
    assert said(budget, printed=True) == [
        ("CQ", "Program Penyelenggaraan Pemilu", None, None),
        ("CQ.6709", "Perencanaan", None, None),
        ("WA", "Program Lain", None, None),
    ]
    assert [str(budget.where("Sheet1", row, "kode")) for row in (1, 7)] == [
        "contoh.xlsx!Sheet1!A2",
        "contoh.xlsx!Sheet1!B8",
    ]


def test_a_band_of_a_kegiatan_may_open_with_its_code(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 054.01.WA | Program | | |
    | 2886 Dukungan | | | |
    | EBA.994 | Layanan | 60 | 4 |
    """
    assert said(read(sheet_file)) == [("WA.2886.EBA.994", "Layanan", 60, 4)]


@pytest.mark.parametrize("form", ["{code} - {name}", "{code} {name}", "{name} ({code})"])
def test_codes_and_names_in_one_column_are_read_as_in_two(tmp_path: Path, form: str) -> None:
    rows = [("054.01.WA", "Program", 660), ("2886", "Dukungan", 660), ("EBA.994", "Layanan", 600), ("EBA.956", "B", 60)]
    one, two = (
        read(write_sheets(f"{head}\n" + "\n".join(lines) + "\n" + last, tmp_path / "a.xlsx"))
        for head, lines, last in (
            (
                "| Kode / Uraian | Pagu | Realisasi |",
                [f"| {form.format(code=code, name=name)} | {pagu} | {pagu} |" for code, name, pagu in rows],
                "| JUMLAH | 660 | 660 |",
            ),
            (
                "| Kode | Uraian | Pagu | Realisasi |",
                [f"| '{code} | {name} | {pagu} | {pagu} |" for code, name, pagu in rows],
                "| | JUMLAH | 660 | 660 |",
            ),
        )
    )
    assert said(one) == said(two)
    assert said(one, printed=True) == said(two, printed=True)
    assert checked(one) == checked(two) == []
    assert str(one.where("Sheet1", 3, "uraian")) == "a.xlsx!Sheet1!A4"


def test_a_wrong_digit_in_such_a_table_is_found_at_its_cell(sheet_file: Path) -> None:
    """
    | Kode / Uraian | Pagu | Realisasi |
    | 054.01.WA Program | 660 | 44 |
    | 2886 Dukungan | 666 | 44 |
    | EBA.994 Layanan | 600 | 40 |
    | EBA.956 Lain | 60 | 4 |
    """
    assert checked(read(sheet_file)) == [("T101", Severity.ERROR, "B3")]


def test_a_note_that_opens_with_a_year_or_a_level_below_a_kegiatan_is_no_row(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 054.01.WA | Program | 60 | 4 |
    | 2886 | Dukungan | 60 | 4 |
    | 2024 adalah tahun terakhir | | | |
    | 001 orang hadir | | | |
    """
    budget = read(sheet_file)
    assert [path for path, *_ in said(budget)] == ["WA.2886"]
    assert checked(budget) == []


def test_a_code_with_a_name_beside_it_is_not_parted(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 600 | 40 |
    | 6710 Lain | Lain | 60 | 4 |
    """
    assert brief(read(sheet_file).findings) == [("K103", Severity.ERROR, "A3")]


def test_pages_carried_over_are_parts_and_not_compared(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 600 | 40 |
    | | Jumlah dipindahkan | 600 | 40 |
    | Kode | Uraian | Pagu | Realisasi |
    | | Pindahan | 600 | 40 |
    | CQ.6710 | Lain | 60 | 4 |
    | | JUMLAH | 660 | 44 |
    """
    budget = read(sheet_file)
    assert brief(budget.findings) == [("R201", Severity.INFO, "B3"), ("R201", Severity.INFO, "B5")]
    assert said(budget, printed=True) == [("", "JUMLAH", 660, 44)]
    assert checked(budget) == []


@pytest.mark.parametrize("label", ["J U M L A H", "T o t a l", "Keseluruhan", "JML", "Grand Total"])
def test_a_total_under_any_usual_label_is_compared(tmp_path: Path, label: str) -> None:
    table = "| Kode | Uraian | Pagu | Realisasi |\n| CQ.6709 | a | 600 | 40 |\n| CQ.6710 | b | 60 | 4 |"
    text = f"{table}\n| {label} | | 661 | 44 |"
    assert checked(read(write_sheets(text, tmp_path / "a.xlsx"))) == [("T101", Severity.ERROR, "C4")]


def test_the_row_of_the_satker_above_its_programs_is_a_total_of_everything(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 428263 | BPS Provinsi Bali | 661 | 44 |
    | 054.01.WA | Program | 660 | 44 |
    | 2886 | Dukungan | 600 | 40 |
    | 2887 | Lain | 60 | 4 |
    """
    budget = read(sheet_file)
    assert said(budget, printed=True)[0] == ("", "BPS Provinsi Bali", 661, 44)
    assert checked(budget) == [("T101", Severity.ERROR, "C2")]


def test_six_digits_that_no_program_follows_are_an_akun(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 521111 | Bahan | 600 | 40 |
    | 521211 | Lain | 60 | 4 |
    """
    assert [path for path, *_ in said(read(sheet_file))] == ["521111", "521211"]


def test_six_digits_in_the_last_row_are_an_akun(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 521111 | Bahan | 600 | 40 |
    """
    assert said(read(sheet_file)) == [("521111", "Bahan", 600, 40)]


@pytest.mark.parametrize("words", ["(Rp Miliar)", "(x Rp1.000)", "dalam milyar rupiah"])
def test_a_table_in_thousands_or_more_is_refused_with_its_unit(tmp_path: Path, words: str) -> None:
    text = f"| Tabel 3 {words} |\n| Kode | Uraian | Pagu | Realisasi |\n| CQ.6709 | a | 600 | 40 |"
    with pytest.raises(UnreadableFile, match=r"a\.xlsx!Sheet1: angkanya dalam (ribu|mil[iy]ar) .*rupiah penuh"):
        read(write_sheets(text, tmp_path / "a.xlsx"))


def test_a_note_under_the_table_that_says_its_scale_refuses_it_and_another_note_does_not(tmp_path: Path) -> None:
    table = "| Kode | Uraian | Pagu | Realisasi |\n| CQ.6709 | a | 600 | 40 |\n"
    assert read(write_sheets(f"{table}| Sumber: 5 juta data |", tmp_path / "a.xlsx")).findings == ()
    with pytest.raises(UnreadableFile, match=r"dalam juta \(`dalam juta`\)"):
        read(write_sheets(f"{table}| Catatan: dalam jutaan |", tmp_path / "a.xlsx"))


def test_codes_in_the_second_of_two_columns_are_read_at_their_own_cell(sheet_file: Path) -> None:
    """
    | Kode | | Uraian | Pagu | Realisasi |
    | 076.01.CQ | | Program | 60 | 4 |
    | | 6709 | Perencanaan | 60 | 4 |
    """
    budget = read(sheet_file)
    assert said(budget) == [("CQ.6709", "Perencanaan", 60, 4)]
    assert str(budget.where("Sheet1", 2, "kode")) == "contoh.xlsx!Sheet1!B3"
    assert str(budget.where("Sheet1", 1, "kode")) == "contoh.xlsx!Sheet1!A2"


def test_a_total_of_a_source_of_money_is_a_part(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | a | 600 | 40 |
    | | JUMLAH RM | 500 | 30 |
    | | JUMLAH | 600 | 40 |
    """
    assert brief(read(sheet_file).findings) == [("R201", Severity.INFO, "B3")]


def test_a_derived_row_of_more_than_one_figure_or_of_a_remaining_percent_is_passed_over(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi | % |
    | CQ.6709 | a | 600 | 40 | 6,67 |
    | Persentase | | 100 | 7 | |
    | Sisa (%) | | 93,33 | | |
    | Persentase Realisasi | | 6,67 | | |
    | Sisa | | 560 | | |
    """
    budget = read(sheet_file)
    assert budget.printed["uraian"].tolist() == ["Persentase Realisasi", "Sisa"]
    assert known(budget.printed["sisa"]) == [None, 560]
    assert checked(budget) == []


def test_a_signature_under_the_table_is_no_row_and_an_amount_there_is_reported(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | a | 600 | 40 |
    | | JUMLAH | 600 | 40 |
    | | | | Binjai, 17 Januari 2025 |
    | ttd | | | |
    | | | | NIP. 19840222 200902 1 004 |
    | | lupa | | 5 |
    """
    assert brief(read(sheet_file).findings) == [("R201", Severity.ERROR, "A7")]


def test_a_code_of_the_kegiatan_ends_the_label_of_its_subtotal_and_a_year_does_not(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | a | | |
    | QGE.001 | b | 600 | 40 |
    | | JUMLAH (6709) | 600 | 40 |
    | | JUMLAH TAHUN 2024 | 600 | 40 |
    """
    budget = read(sheet_file)
    totals = said(budget, printed=True)[2:]
    assert totals == [("CQ.6709", "JUMLAH (6709)", 600, 40), ("", "JUMLAH TAHUN 2024", 600, 40)]


amounts = st.lists(st.tuples(*[st.integers(0, 10**12)] * 2), min_size=1, max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts, st.sampled_from([".", ","]))
def test_every_row_of_any_table_is_read_and_its_sums_hold(
    tmp_path: Path, rows: list[tuple[int, int]], mark: str
) -> None:
    def cells(*figures: int) -> str:
        return " | ".join(f"Rp{figure:,}".replace(",", mark) for figure in figures)

    lines = [f"| EBA.{number:03} | a | {cells(*row)} |" for number, row in enumerate(rows)]
    total = cells(*(sum(column) for column in zip(*rows, strict=True)))
    text = "| Kode | Uraian | Pagu | Realisasi |\n| 076.01.CQ | Program | | | |\n| 6709 | Kegiatan | | | |\n"
    budget = read(write_sheets(text + "\n".join([*lines, f"| | JUMLAH | {total} |"]), tmp_path / "a.xlsx"))
    assert len(said(budget)) == len(rows)
    undecidable = {found.where.column for found in budget.findings if found.code == "R104"}
    for name, column, own in (("pagu", 2, 0), ("realisasi", 3, 1)):
        if column not in undecidable:
            assert known(budget.lines[name]) == [row[own] for row in rows]
            assert known(budget.printed[name])[-1] == sum(row[own] for row in rows)
