from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_in_full import in_full, rows_of

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.readers import read, rkk
from lkj_xlsx.readers.rkk_row import is_product, volume_of
from lkj_xlsx.sheet import Document, Sheet

SAMPLE = Path(__file__).parents[2] / "samples" / "contoh-rkk.xlsx"
Row = dict[str, object]
Rows = list[Row]

HEAD: Rows = [
    {"A": "999.01.WA", "D": "Program", "J": 300},
    {"A": "4321", "D": "Kegiatan", "J": 300},
    {"A": "4321.EBA", "D": "KRO[Base Line]", "G": "1.0 Layanan, ", "J": 300},
    {"D": "Lokasi : KOTA CONTOH"},
    {"A": "4321.EBA.994", "D": "RO", "G": "1.0 Layanan", "J": 300},
    {"A": "051", "D": "Komponen", "J": 300, "K": "U"},
    {"A": "A", "D": "Sub", "J": 300},
]
AKUN: Row = {"A": "521211", "D": "Belanja Bahan", "J": 300, "L": "RM"}
PATH = "WA.4321.EBA.994.051.0A.521211"


def item(name: str, volume: str, price: object, amount: object, **more: object) -> Row:
    return {"D": "  - ", "E": name, "G": volume, "H": price, "J": amount, **more}


ONE = item("Kertas [3 rim]", "3.0 rim", 100, 300)


def document(*sheets: Rows) -> Document:
    named = []
    for number, rows in enumerate(sheets):
        grid: list[list[object]] = []
        for row in rows:
            width = max((ord(letter) for letter in row), default=64) - 64
            grid.append([row.get(chr(65 + column)) for column in range(width)])
        named.append(Sheet("rkk.xlsx", f"RKK{number}", grid))
    return Document("rkk.xlsx", tuple(named))


def budget_of(*rows: Row, head: Rows = HEAD) -> Budget:
    """Read rows below a head that goes down to a subkomponen; the first of them is row 8."""
    given = document([*head, *rows])
    assert rkk.identify(given)
    return rkk.read(given)


def told(budget: Budget) -> list[str]:
    return [str(found).removeprefix("rkk.xlsx!RKK0!") for found in budget.findings]


def checked(budget: Budget) -> list[str]:
    return [str(found).removeprefix("rkk.xlsx!RKK0!") for found in check([budget]).findings]


def test_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    golden("read/rkk.txt", in_full(read(SAMPLE)))


def test_nothing_is_wrong_in_the_sample_and_all_of_it_is_compared() -> None:
    verdict = check([read(SAMPLE)])
    assert (verdict.findings, verdict.tally.failing, verdict.tally.untested) == ((), 0, {})
    assert int(read(SAMPLE).lines["pagu"].sum()) == 1_954_500_000
    assert int(read(SAMPLE).lines["blokir"].sum()) == 24_900_000


def test_an_rkk_names_its_unit_and_neither_year_nor_satker() -> None:
    assert read(SAMPLE).identity == Identity(bagian_anggaran="999", unit_eselon_i="01")


def test_officials_under_the_table_are_kept_nowhere() -> None:
    budget = read(SAMPLE)
    kept = f"{in_full(budget)}{budget}{check([budget])}"
    assert not any(word in kept for word in ("PEJABAT", "NIP", "19000101", "KOTA CONTOH"))


def test_programs_of_two_units_leave_the_unit_open() -> None:
    budget = budget_of(AKUN, ONE, {"A": "998.02.AA", "D": "Lain", "J": 0})
    assert budget.identity == Identity()


def test_a_row_is_read_by_its_code_and_by_where_it_stands() -> None:
    budget = budget_of(
        AKUN,
        ONE,
        {"A": "ZZ1", "D": "Komponen lain", "J": 0, "K": "P"},
        {"A": "AC", "D": "Sub lain", "J": 0},
        {"A": 52, "D": "Komponen yang menjadi angka", "J": 0},
        {"A": "ABC", "D": "Komponen tiga huruf", "J": 0, "K": "U"},
        {"A": "0B", "D": "Sub berangka", "J": 0},
    )
    assert rows_of(budget.printed) == [
        "RKK0!1 | WA | Program | pagu 300",
        "RKK0!2 | WA.4321 | Kegiatan | pagu 300",
        "RKK0!3 | WA.4321.EBA | KRO | pagu 300",
        "RKK0!5 | WA.4321.EBA.994 | RO | pagu 300",
        "RKK0!6 | WA.4321.EBA.994.051 | Komponen | pagu 300",
        "RKK0!7 | WA.4321.EBA.994.051.0A | Sub | pagu 300",
        f"RKK0!9 | {PATH}.{budget.printed['item'].iloc[6]} | Kertas [3 rim] | pagu 300 | blokir 0 | sumber_dana RM",
        "RKK0!10 | WA.4321.EBA.994.ZZ1 | Komponen lain | pagu 0",
        "RKK0!13 | WA.4321.EBA.994.ABC | Komponen tiga huruf | pagu 0",
    ]
    assert rows_of(budget.lines) == [
        f"RKK0!8 | {PATH} | Belanja Bahan | pagu 300 | blokir 0 | sumber_dana RM",
        "RKK0!11 | WA.4321.EBA.994.ZZ1.AC | Sub lain | pagu 0",
        "RKK0!12 | WA.4321.EBA.994.052 | Komponen yang menjadi angka | pagu 0",
        "RKK0!14 | WA.4321.EBA.994.ABC.0B | Sub berangka | pagu 0",
    ]
    assert told(budget) == []


def test_a_subkomponen_of_three_letters_is_kept_and_told_of() -> None:
    budget = budget_of({"A": "ABC", "D": "Sub tiga huruf", "J": 300})
    assert budget.lines["subkomponen"].tolist() == ["0A", "ABC"]
    assert told(budget) == [
        "A8: error K103: kode `ABC` bukan bentuk subkomponen yang dikenal; dibaca sebagai subkomponen"
    ]


def test_a_code_that_names_another_parent_is_told_of_and_taken_at_its_word() -> None:
    budget = budget_of(AKUN, ONE, {"A": "4325.EBB.001", "D": "RO lain", "J": 0})
    assert told(budget) == [
        "A10: error K104: kode `4325.EBB.001` berada di bawah kegiatan `4321`",
        "A10: error K104: kode `4325.EBB.001` berada di bawah kro `EBA`",
    ]
    assert rows_of(budget.lines)[-1] == "RKK0!10 | WA.4325.EBB.001 | RO lain | pagu 0"
    alone = budget_of({"A": "4321.EBA", "D": "KRO tanpa kegiatan", "J": 1}, head=HEAD[:1])
    assert told(alone) == ["A2: error K104: kode `4321.EBA` berada di bawah kegiatan `-`"]


def test_one_akun_of_two_sumber_dana_is_two_lines_each_held_against_its_own_items() -> None:
    head = [{**row, "J": 420} if "J" in row else row for row in HEAD]
    pnp = {**AKUN, "J": 120, "L": "PNP"}
    budget = budget_of(AKUN, {"D": "(KPPN.010-Contoh )"}, ONE, pnp, item("Kertas [3 rim]", "1.0", 120, 120), head=head)
    assert rows_of(budget.lines) == [
        f"RKK0!8 | {PATH} | Belanja Bahan | pagu 300 | blokir 0 | sumber_dana RM",
        f"RKK0!11 | {PATH} | Belanja Bahan | pagu 120 | blokir 0 | sumber_dana PNP",
    ]
    items = budget.printed[budget.printed["item"] != ""]
    assert items["sumber_dana"].tolist() == ["RM", "PNP"]
    assert items["item"].is_unique
    assert checked(budget) == []


def test_groups_are_compared_with_their_items_and_never_added() -> None:
    budget = budget_of(
        {**AKUN, "J": 300},
        item("Sebelum", "1.0", 100, 100),
        {"D": "> ", "E": "Kelompok", "J": 200},
        {"D": ">> ", "E": "Bagian satu", "J": 50},
        item("Satu", "1.0", 50, 50),
        {"D": ">> ", "E": "Bagian dua", "J": 150},
        item("Dua", "1.0", 150, 150),
    )
    assert checked(budget) == []
    assert int(budget.lines["pagu"].sum()) == 300


def test_a_group_that_is_not_the_sum_of_its_items_is_told_of_with_them() -> None:
    budget = budget_of(
        AKUN,
        {"D": "> ", "E": "Kelompok", "J": 310},
        {"D": ">> ", "E": "Bagian", "J": 100},
        item("Satu", "1.0", 100, 100),
        {"D": "> ", "E": "Lain", "J": None},
        item("Dua", "2.0", 100, 200),
        {"D": "> ", "E": "Kosong", "J": 7},
    )
    assert told(budget) == [
        "J9: peringatan R206: kelompok tertulis 310, jumlah 1 itemnya 100 (selisih +210); karena J11",
        "J14: peringatan R206: kelompok tertulis 7, jumlah 0 itemnya 0 (selisih +7)",
    ]


def test_a_group_of_an_item_without_amount_is_not_tested() -> None:
    budget = budget_of(AKUN, {"D": "> ", "E": "Kelompok", "J": 300}, item("Satu", "1.0", 100, "sekian"))
    assert not any("kelompok" in line for line in told(budget))


def test_volume_times_price_must_be_the_amount() -> None:
    budget = budget_of(
        AKUN,
        item("Cocok", "2.0 org", 100, 200),
        item("Tidak", "2.0 org", 30, 61),
        item("Pecahan ke bawah", "1.5 org", 13, 19),
        item("Pecahan ke atas", "1.5 org", 13, 20),
        item("Jauh", "1.5 org", 13, 21),
        item("Harga pecahan", "2.0 org", Decimal("1.5"), 3),
        item("Tanpa volume", "", 30, 61),
        item("Tanpa harga", "2.0", None, 61),
    )
    assert [line for line in told(budget) if "R206" in line] == [
        "J10: peringatan R206: jumlah tertulis 61, volume x harga = 60; karena G10, H10",
        "J13: peringatan R206: jumlah tertulis 21, volume x harga = 20; karena G13, H13",
    ]


@pytest.mark.parametrize(
    ("text", "volume"),
    [("156.0 pkt", 156), ("1.5", Decimal("1.5")), ("1.2E7 m2", 12_000_000), ("dua org", None), ("", None)],
)
def test_a_volume_is_the_number_that_its_text_opens_with(text: str, volume: Decimal | int | None) -> None:
    assert volume_of(text) == volume


@given(st.integers(1, 10**6), st.integers(0, 10**9), st.integers(-(10**3), 10**3))
def test_a_whole_product_allows_no_difference(volume: int, price: int, difference: int) -> None:
    whole = volume_of(f"{volume}.0 org")
    fraction = volume_of(str(price))
    assert whole is not None
    assert fraction is not None
    assert is_product(whole, fraction, volume * price + difference) == (difference == 0)


def test_figures_are_read_in_the_letters_of_their_page() -> None:
    moved = {"J": "K", "K": "L", "L": "N"}
    rows = [AKUN, ONE, {**AKUN, "A": "524111", "J": 0}, item("Laptop", "2.0", 0, 0, K="*")]
    shifted = [{moved.get(letter, letter): value for letter, value in row.items()} for row in rows]
    plain, other = budget_of(*rows), budget_of(*shifted)
    assert rows_of(other.lines) == rows_of(plain.lines)
    assert rows_of(other.printed) == rows_of(plain.printed)
    assert str(other.where("RKK0", 7, "pagu").cell) == "K8"
    assert str(plain.where("RKK0", 7, "pagu").cell) == "J8"
    assert (told(plain), told(other)) == ([], [])


def test_blocked_items_make_up_the_blokir_of_their_akun() -> None:
    budget = budget_of(AKUN, item("Satu", "1.0", 100, 100), item("Dua", "1.0", 200, 200, K="*"))
    assert rows_of(budget.lines) == [f"RKK0!8 | {PATH} | Belanja Bahan | pagu 300 | blokir 200 | sumber_dana RM"]
    assert budget.printed["blokir"].iloc[-2:].tolist() == [0, 200]
    assert str(budget.where("RKK0", 9, "blokir").cell) == "K10"
    assert str(budget.where("RKK0", 7, "blokir").cell) == "J8"
    assert checked(budget) == []


def test_an_akun_that_alone_is_marked_is_blocked_with_all_its_items() -> None:
    budget = budget_of({**AKUN, "K": "*"}, item("Satu", "1.0", 100, 100), item("Dua", "1.0", 200, 200))
    assert budget.lines["blokir"].tolist() == [300]
    assert budget.printed["blokir"].iloc[-2:].tolist() == [100, 200]
    assert checked(budget) == []


def test_an_akun_that_is_marked_with_some_of_its_items_is_told_of() -> None:
    marked = {**AKUN, "K": "*"}
    budget = budget_of(marked, item("Satu", "1.0", 100, 100), item("Dua", "1.0", 200, 200, K="*"))
    assert budget.lines["blokir"].tolist() == [200]
    assert told(budget) == [
        (
            "K8: peringatan R207: akun ini bertanda blokir, tetapi hanya 1 dari 2 itemnya; blokirnya dibaca sebagai"
            " jumlah item yang bertanda"
        )
    ]
    whole = budget_of(marked, item("Satu", "1.0", 300, 300, K="*"))
    assert (whole.lines["blokir"].tolist(), told(whole)) == ([300], [])


def test_a_blocked_item_of_unknown_amount_leaves_the_blokir_unknown() -> None:
    budget = budget_of(AKUN, item("Satu", "1.0", 100, 100), item("Dua", "1.0", 200, "sekian", K="*"))
    assert budget.lines["blokir"].isna().tolist() == [True]


def test_marks_that_no_legend_explains_count_as_blocked_and_are_told_of_once_a_kind() -> None:
    budget = budget_of(
        AKUN,
        item("Satu", "1.0", 100, 100, K="A"),
        item("Dua", "2.0", 50, 100, K=2),
        item("Tiga", "1.0", 100, 100, K="2"),
    )
    assert budget.lines["blokir"].tolist() == [300]
    assert told(budget) == [
        "K9: peringatan R207: tanda `A` dibaca sebagai blokir; keterangan laporan ini hanya menyebut `*`",
        "K10: peringatan R207: tanda `2` dibaca sebagai blokir; keterangan laporan ini hanya menyebut `*`; karena K11",
    ]


def test_a_figure_2_is_an_amount_where_it_can_be_none_else() -> None:
    budget = budget_of(
        {**AKUN, "J": 4},
        item("Satu-satunya angka", "", None, 2),
        item("Hasil kali", "2.0 org", 1, 2),
        head=[{**row, "J": 4} if "J" in row else row for row in HEAD],
    )
    assert budget.printed["pagu"].iloc[-2:].tolist() == [2, 2]
    assert budget.lines["blokir"].tolist() == [0]
    marked = budget_of({**AKUN, "K": 2}, ONE)
    assert (marked.lines["pagu"].tolist(), marked.lines["blokir"].tolist()) == ([300], [300])


def test_an_unknown_sumber_dana_is_kept_as_printed_and_told_of() -> None:
    budget = budget_of({**AKUN, "L": "XYZ"}, ONE, {**AKUN, "A": "524111", "J": 0, "L": None})
    assert budget.lines["sumber_dana"].tolist() == ["XYZ", ""]
    assert told(budget) == ["L8: peringatan R207: sumber dana `XYZ` tidak dikenal; dipakai seperti tercetak"]


def test_what_is_no_mark_is_told_of_and_quoted_only_where_it_is_short() -> None:
    budget = budget_of(
        {"A": "0B", "D": "Sub", "J": 0, "K": "?"},
        {"A": "524111", "D": "Akun", "J": 0, "K": "P"},
        AKUN,
        item("Satu", "3.0", 100, 300, K="RM", L="Nama Seseorang"),
    )
    assert told(budget) == [
        "K8: peringatan R207: tulisan `?` di kanan angka tidak dikenal; angkanya dibaca seperti tercetak",
        "K9: peringatan R207: tulisan `P` di kanan angka tidak dikenal; angkanya dibaca seperti tercetak",
        "L11: peringatan R207: tulisan di kanan angka tidak dikenal; angkanya dibaca seperti tercetak",
    ]


def test_amounts_that_are_texts_are_read_as_the_sheet_groups_thousands() -> None:
    head = [{**row, "J": "1,234,000"} if "J" in row else row for row in HEAD]
    budget = budget_of({**AKUN, "J": "1,234,000"}, item("Satu", "1.0 pkt", "1,234,000", "1,234,000"), head=head)
    assert budget.lines["pagu"].tolist() == [1_234_000]
    assert checked(budget) == []


def test_amounts_that_cannot_be_read_are_unknown_and_told_of() -> None:
    budget = budget_of(
        {**AKUN, "J": True},
        item("Pecahan", "1.0", 1, Decimal("1.5")),
        item("Hanya harga", "1.0", 100, None),
        {"A": "524111", "D": "Tanpa angka"},
        {"A": "524113", "D": "Bertitik", "J": "1.000"},
        item("Harga tak terbaca", "1.0", "1.00.0", 5),
    )
    assert budget.lines["pagu"].isna().tolist() == [True, True, True]
    assert told(budget) == [
        "J12: error R104: `1.000` titik atau komanya tidak dapat dipastikan: pemisah ribuan atau desimal",
        "J8: error R107: `True` berisi tanggal, jam atau benar/salah, bukan angka",
        "J9: error R102: `1.5` bukan rupiah bulat",
        "J10: error R108: kosong, jadi tidak diketahui; tulis 0 bila memang nihil",
        "J11: error R108: kosong, jadi tidak diketahui; tulis 0 bila memang nihil",
    ]


def test_a_figure_too_many_is_told_of() -> None:
    budget = budget_of({**AKUN, "H": 7}, ONE)
    assert budget.lines["pagu"].tolist() == [300]
    assert told(budget) == ["H8: error R202: angka lebih di baris ini; yang dibaca angka terakhirnya"]


def test_a_row_that_is_not_understood_is_told_of_with_its_code_and_no_name() -> None:
    budget = budget_of(
        {"D": "Catatan di tengah"},
        {"D": "Angka tanpa kode", "J": 5},
        {"A": "52121X", "D": "Akun?", "J": 5},
        {"A": "Budi Contoh", "D": "x"},
        {"D": "  - ", "E": "Item tanpa akun", "J": 5},
    )
    assert told(budget) == [
        "A8: peringatan R201: baris tanpa kode; tidak ikut dijumlah",
        "A9: error R201: baris tanpa kode; tidak ikut dijumlah",
        "A10: error K103: kode `52121X` tidak dikenali; tidak ikut dijumlah",
        "A11: peringatan R201: baris tanpa kode; tidak ikut dijumlah",
        "A12: error R201: baris tanpa kode; tidak ikut dijumlah",
    ]


def test_a_code_above_which_something_is_missing_is_told_of() -> None:
    head: Rows = [{"A": "999.01.WA", "D": "Program", "J": 0}]
    budget = budget_of({"A": "051", "D": "Komponen", "J": 0}, head=head)
    assert told(budget) == ["A2: error K103: kode `051` tidak dikenali; tidak ikut dijumlah"]


def test_under_the_table_only_figures_that_may_be_amounts_are_told_of() -> None:
    budget = budget_of(
        AKUN,
        ONE,
        {"I": "KOTA CONTOH, 2 April 2025"},
        {"A": "BUDI", "I": "NAMA PEJABAT"},
        {"I": 199001011900011001},
        {"I": 5},
    )
    assert told(budget) == ["A13: error R201: baris tanpa kode; tidak ikut dijumlah"]


def test_an_akun_that_its_items_do_not_make_up_is_found_by_the_checks() -> None:
    budget = budget_of({**AKUN, "J": 300}, item("Satu", "1.0", 100, 100))
    assert checked(budget) == [
        (f"J8: peringatan T102: akun {PATH} berbeda dari jumlah 1 itemnya: pagu +200; angka akun yang dipakai")
    ]


def test_a_total_that_its_rows_do_not_make_up_is_found_by_the_checks() -> None:
    head = [*HEAD[:-1], {**HEAD[-1], "J": 301}]
    assert checked(budget_of(AKUN, ONE, head=head)) == [
        (
            "J7: error T101: subkomponen WA.4321.EBA.994.051.0A pagu tertulis 301, seharusnya 300 (satu angka salah: 1"
            " tertulis, 0 seharusnya): komponen WA.4321.EBA.994.051 pagu 300 dikurangi rincian lain; jumlah 1 rincian;"
            " karena J6, J8"
        )
    ]


@pytest.mark.parametrize(
    "top",
    [
        {"A": "Kode", "D": "Uraian"},
        {"A": "999.01.WA", "B": "Program", "D": "x"},
        {"A": "999.01.WA", "J": 5},
        {"A": "999.01.WA.4321", "D": "x", "J": 5},
    ],
    ids=["a heading", "a name beside the code", "no name", "a longer code"],
)
def test_what_opens_otherwise_is_no_rkk(top: Row) -> None:
    assert not rkk.identify(document([top, *HEAD]))
    assert not rkk.identify(document([]))


def test_a_title_above_the_first_code_changes_nothing() -> None:
    rows: Rows = [{}, {"D": "RINCIAN KERTAS KERJA"}, *HEAD, AKUN, ONE]
    budget = rkk.read(document(rows))
    assert rows_of(budget.lines) == [f"RKK0!10 | {PATH} | Belanja Bahan | pagu 300 | blokir 0 | sumber_dana RM"]
    assert told(budget) == ["A2: peringatan R201: baris tanpa kode; tidak ikut dijumlah"]


def test_two_such_sheets_are_refused_and_another_is_told_of() -> None:
    with pytest.raises(UnreadableFile, match=r"^rkk\.xlsx: berisi 2 lembar RKK \(`RKK0`, `RKK1`\); simpan satu"):
        rkk.read(document(HEAD, HEAD))
    budget = rkk.read(document([*HEAD, AKUN, ONE], [{"A": "catatan"}]))
    assert [str(found) for found in budget.findings] == ["rkk.xlsx!RKK1: info R110: lembar ini tidak dibaca"]
