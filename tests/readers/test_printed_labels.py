import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.readers.printed_labels import DERIVED, PART, TOTAL, parted_code, scale_in


@pytest.mark.parametrize(
    "label",
    [
        "SUB TOTAL (6709)",
        "Sub-Jumlah",
        "JUMLAH",
        "Jml",
        "Total Pagu",
        "J U M L A H",
        "Keseluruhan",
        "Jumlah dipindahkan",
        "Pindahan dari halaman 1",
        "Dipindahkan",
    ],
)
def test_a_total_is_known_by_its_first_word(label: str) -> None:
    assert TOTAL.match(label)


@pytest.mark.parametrize("label", ["Jumlahan", "Totalitas", "Penjumlahan", "Program", "Pemindahan Arsip"])
def test_a_name_that_only_resembles_a_total_is_none(label: str) -> None:
    assert not TOTAL.match(label)


@pytest.mark.parametrize(
    "label", ["JUMLAH RM", "Total PNBP", "Jumlah Belanja Barang", "Jumlah dipindahkan", "Jumlah pindahan"]
)
def test_a_total_of_something_else_than_codes_is_a_part(label: str) -> None:
    assert PART.search(label)


@pytest.mark.parametrize("label", ["JUMLAH", "TOTAL BELANJA", "Jumlah Program", "Jumlah RMX"])
def test_a_total_of_lines_is_no_part(label: str) -> None:
    assert not PART.search(label)


def test_what_is_computed_from_totals_is_derived() -> None:
    assert DERIVED.match("Persentase Realisasi")
    assert DERIVED.match("Sisa Anggaran Tahun 2024 (Rp)")
    assert not DERIVED.match("Personil")


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("054.01.WA - Program Dukungan Manajemen", ("054.01.WA", "Program Dukungan Manajemen")),
        ("2896 Pengembangan Statistik", ("2896", "Pengembangan Statistik")),
        ("BMA.004: Laporan", ("BMA.004", "Laporan")),
        ("[2896] Pengembangan", ("2896", "Pengembangan")),
        ("521111 – Belanja", ("521111", "Belanja")),
        ("Layanan Perkantoran (EBA.994)", ("EBA.994", "Layanan Perkantoran")),
        ("RO Layanan (EBA.994)", ("EBA.994", "RO Layanan")),
    ],
)
def test_a_code_and_a_name_in_one_cell_are_parted(text: str, parted: tuple[str, str]) -> None:
    assert parted_code(text) == parted


@pytest.mark.parametrize(
    "text",
    [
        "2896",
        "II Program",
        "WA Program",
        "Nilai (RB)",
        "12 Laporan",
        "31 Desember 2024",
        "A. Program",
        "67O9 Salah",
        "Perencanaan 6709",
        "",
    ],
)
def test_a_word_or_a_number_before_a_name_is_no_code(text: str) -> None:
    assert parted_code(text) is None


@given(st.sampled_from(["6709", "QGE.001", "076.01.CQ", "051.0A", "521211"]), st.sampled_from([" ", " - ", ": ", "-"]))
def test_what_is_put_together_is_taken_apart(code: str, between: str) -> None:
    assert parted_code(f"{code}{between}Perencanaan") == (code, "Perencanaan")


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("(dalam ribuan rupiah)", "ribu"),
        ("Pagu (Rp juta)", "juta"),
        ("(Rp Miliar)", "miliar"),
        ("dalam milyar rupiah", "milyar"),
        ("(Rp. 000)", "ribu"),
        ("(x Rp1.000)", "ribu"),
        ("x 1.000", "ribu"),
        ("(Rp 1000)", "ribu"),
    ],
)
def test_a_scale_in_a_heading_is_found(heading: str, unit: str) -> None:
    found = scale_in(["Tabel C.1", heading], [])
    assert found is not None
    assert found[0] == unit


@pytest.mark.parametrize(
    "heading", ["Pagu (Rp)", "Kepulauan Seribu", "Jutawan", "Realisasi 1.000 HPK", "Rp 1.000.000", "max 1.000"]
)
def test_a_heading_that_says_no_scale_has_none(heading: str) -> None:
    assert scale_in([heading], []) is None


def test_a_note_needs_more_words_than_a_heading_to_say_a_scale() -> None:
    assert scale_in([], ["Angka dalam jutaan"]) == ("juta", "dalam juta")
    assert scale_in([], ["Bantuan 5 juta per orang"]) is None
