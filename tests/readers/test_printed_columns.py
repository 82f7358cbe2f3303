import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.readers.printed_columns import (
    INDICATORS,
    budget_columns,
    indicator_columns,
    meaning,
    meanings_of_indicators,
    year_in,
)

NEEDED = ("kode", "pagu", "realisasi")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("KODE", "kode"),
        ("Kd. Kegiatan", "kode"),
        ("Metode", ""),
        ("Alokasi (Rp)", "pagu"),
        ("Anggaran", "pagu"),
        ("Pagu Semula", "pagu_awal"),
        ("Pagu Setelah Revisi", "pagu"),
        ("Realisasi s.d. 31 Desember 2024", "realisasi"),
        ("Realisasi s/d Bulan Ini", "realisasi"),
        ("Realisasi Bulan Ini", "realisasi_ini"),
        ("Realisasi s.d. Bulan Lalu", "realisasi_lalu"),
        ("Jumlah (Rp)", "realisasi"),
        ("Jumlah Pegawai", ""),
        ("% Realisasi", "persen"),
        ("Capaian", "persen"),
        ("Realisasi Fisik (%)", "lain"),
        ("Sisa Anggaran", "sisa"),
        ("Sisa (%)", "lain"),
        ("Lock Pagu", "blokir"),
        ("Nama Kegiatan", "uraian"),
        ("Keterangan", ""),
    ],
)
def test_a_heading_means_what_officers_mean_by_it(heading: str, name: str) -> None:
    assert meaning(heading) == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Sasaran Strategis", "sasaran"),
        ("Indikator Kinerja", "indikator"),
        ("Realisa si", "realisasi"),
        ("% Capaian", "capaian"),
        ("Capaian (%)", "capaian"),
        ("Realisasi (%)", "realisasi"),
        ("Satuan", "satuan"),
        ("No.", "no"),
        ("Kendala", ""),
    ],
)
def test_a_heading_of_indicators_means_what_officers_mean_by_it(heading: str, name: str) -> None:
    assert meaning(heading, INDICATORS) == name


def test_columns_that_are_named_once_are_taken_as_they_stand() -> None:
    headings = ["No", "Kode", "Uraian", "Pagu", "Realisasi", "Sisa", "%"]
    columns, alike = budget_columns(headings, NEEDED)
    assert (columns, alike) == (
        {"": 0, "kode": 1, "uraian": 2, "pagu": 3, "realisasi": 4, "sisa": 5, "persen": 6},
        None,
    )


@given(st.permutations(["Kode", "Uraian", "Pagu", "Realisasi", "Sisa", "%"]))
def test_the_order_of_columns_does_not_matter(headings: list[str]) -> None:
    columns, alike = budget_columns(headings, NEEDED)
    assert alike is None
    assert {name: headings[column] for name, column in columns.items()} == {
        "kode": "Kode",
        "uraian": "Uraian",
        "pagu": "Pagu",
        "realisasi": "Realisasi",
        "sisa": "Sisa",
        "persen": "%",
    }


def test_of_two_years_the_latest_is_read_with_its_own_percent() -> None:
    headings = ["Kode", "2023 Pagu", "2023 Realisasi", "2023 %", "2024 Pagu", "2024 Realisasi", "2024 %"]
    columns, alike = budget_columns(headings, NEEDED)
    assert alike is None
    assert (columns["pagu"], columns["realisasi"], columns["persen"]) == (4, 5, 6)


def test_a_year_that_only_one_of_two_columns_names_does_not_tell_them_apart() -> None:
    assert budget_columns(["Kode", "Pagu 2024", "Pagu Revisi", "Realisasi"], NEEDED)[1] == (1, 2)


def test_the_realisasi_of_the_budget_is_told_from_that_of_the_output_beside_it() -> None:
    headings = ["Kode", "RO", "Target", "Realisasi", "Capaian", "Pagu", "Realisasi Anggaran", "%"]
    columns, alike = budget_columns(headings, NEEDED)
    assert alike is None
    assert (columns["pagu"], columns["realisasi"], columns["persen"]) == (5, 6, 7)


def test_two_realisasi_of_which_neither_names_money_are_not_told_apart() -> None:
    assert budget_columns(["Kode", "Pagu", "Realisasi", "Realisasi Output"], NEEDED)[1] == (2, 3)


def test_two_ceilings_are_never_told_apart_by_the_word_anggaran() -> None:
    assert budget_columns(["Kode", "Pagu Anggaran", "Pagu Revisi", "Realisasi"], NEEDED)[1] == (1, 2)


def test_parts_of_the_year_give_way_to_their_total() -> None:
    headings = ["Kode", "Pagu", "Realisasi TW I", "Realisasi TW II", "Jumlah", "%"]
    columns, alike = budget_columns(headings, NEEDED)
    assert (columns["realisasi"], alike) == (4, None)


def test_parts_of_the_year_without_a_total_are_not_told_apart() -> None:
    assert budget_columns(["Kode", "Pagu", "Realisasi TW I", "Realisasi TW II"], NEEDED)[1] == (2, 3)


def test_one_quarter_alone_is_the_realisasi() -> None:
    assert budget_columns(["Kode", "Pagu", "Realisasi Triwulan IV"], NEEDED)[0]["realisasi"] == 2


def test_a_cumulative_quarter_is_no_part_of_the_year() -> None:
    headings = ["Kode", "Pagu", "Realisasi Triwulan IV", "Realisasi s.d. Triwulan IV"]
    assert budget_columns(headings, NEEDED)[0]["realisasi"] == 3


def test_of_two_percents_the_one_next_to_the_realisasi_is_read_and_one_left_of_it_where_there_is_no_other() -> None:
    assert budget_columns(["Kode", "%", "Pagu", "Realisasi", "%"], NEEDED)[0]["persen"] == 4
    assert budget_columns(["Kode", "%", "Pagu", "Realisasi"], NEEDED)[0]["persen"] == 1


def test_capaian_beside_a_percent_of_capaian_is_the_realisasi() -> None:
    headings = ["No", "Indikator", "Target", "Capaian", "% Capaian"]
    assert meanings_of_indicators(headings) == ["no", "indikator", "target", "realisasi", "capaian"]
    assert indicator_columns(headings)["realisasi"] == 3


def test_capaian_alone_is_no_realisasi() -> None:
    assert "realisasi" not in meanings_of_indicators(["Indikator", "Target", "Capaian"])


def test_of_several_years_of_indicators_the_latest_is_read() -> None:
    headings = ["Indikator", *(f"{year} {name}" for year in (2023, 2024) for name in ("Target", "Realisasi", "%"))]
    columns = indicator_columns(headings)
    assert (columns["target"], columns["realisasi"], columns["capaian"]) == (4, 5, 6)


def test_the_target_of_the_plan_is_not_that_of_the_year() -> None:
    headings = ["Indikator", "Target 2024", "Target Renstra", "Realisasi", "% Capaian"]
    assert indicator_columns(headings)["target"] == 1


def test_a_measure_of_the_plan_alone_is_read() -> None:
    headings = ["Indikator", "Target Renstra", "Realisasi", "% terhadap Renstra"]
    assert indicator_columns(headings)["target"] == 1


def test_without_a_percent_the_last_of_several_measures_is_read() -> None:
    assert indicator_columns(["Indikator", "Target", "Realisasi TW I", "Realisasi TW II"])["realisasi"] == 3


def test_the_latest_year_of_some_headings() -> None:
    assert (year_in(["2023 %", "Target 2024", "2022-2023"]), year_in(["20245", "Target"])) == (2024, 0)
