from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import write_sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from told_in_full import in_full, rows_of

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.readers import read, transaksi
from lkj_xlsx.sheet import Document, Sheet

SAMPLE = Path(__file__).parents[2] / "samples" / "contoh-transaksi-sp2d.xlsx"
COA = "999001.010.521211.99901WA.4321EBA.A000000001.00000.2.0800.2.000000.000000.994.001.0A.000301"
AKUN = "WA.4321.EBA.994.001.0A.521211"
NAMES = ("NO", "KODE COA", "NO SP2D", "TANGGAL SP2D", "NILAI RUPIAH")
Row = tuple[object, ...]


def row(coa: str = COA, sp2d: object = "'01", tanggal: object = "05-03-2025", nilai: object = "100") -> Row:
    """Give a row without its number."""
    return coa, sp2d, tanggal, nilai


def item(number: int) -> str:
    return COA.replace("000301", f"{number:06d}")


def budget_of(*rows: Row, names: tuple[str, ...] = NAMES) -> Budget:
    """Read rows as the download gives them: a title, the names, the rows, each numbered."""
    numbered = [(str(number), *cells) for number, cells in enumerate(rows, start=1)]
    sheet = Sheet("unduhan.xlsx", "Sheet1", [["Monitoring Detail Transaksi"], list(names), *map(list, numbered)])
    document = Document("unduhan.xlsx", (sheet,))
    assert transaksi.identify(document)
    return transaksi.read(document)


def told(budget: Budget) -> list[str]:
    """Tell the findings but that of the period."""
    return [str(found).removeprefix("unduhan.xlsx!Sheet1!") for found in budget.findings if not is_period(found)]


def is_period(found: Finding) -> bool:
    return found.code == "R214" and found.severity == "info"


def test_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    golden("read/transaksi.txt", in_full(read(SAMPLE)))


def test_the_sample_adds_up_to_all_its_postings() -> None:
    budget = read(SAMPLE)
    assert budget.identity == Identity(
        kode_satker="999001", bagian_anggaran="999", unit_eselon_i="01", tahun=2025, bulan=3
    )
    items = budget.printed[budget.printed["item"] != ""]
    assert int(budget.lines["realisasi"].sum()) == int(items["realisasi"].sum()) == 401_837_773
    assert (budget.lines["realisasi_lalu"] + budget.lines["realisasi_ini"]).tolist() == budget.lines[
        "realisasi"
    ].tolist()
    assert budget.lines["pagu"].isna().all()


def test_checking_the_sample_finds_nothing_that_reading_did_not() -> None:
    budget = read(SAMPLE)
    assert set(check([budget]).findings) == set(budget.findings)


def test_postings_of_one_item_are_added_and_never_overwritten() -> None:
    budget = budget_of(
        row(),
        row(item(302), "'01", "05-03-2025", 20),
        row(COA, "'01", "06-03-2025", "40"),
        row(COA, "'02", "07-02-2025", -30),
        row(COA.replace(".A0", ".D0"), "'03", "07-02-2025", 3),
    )
    assert rows_of(budget.lines) == [
        f"Sheet1!3 | {AKUN} |  | realisasi_lalu -30 | realisasi_ini 160 | realisasi 130 | sumber_dana A",
        f"Sheet1!7 | {AKUN} |  | realisasi_lalu 3 | realisasi_ini 0 | realisasi 3 | sumber_dana D",
    ]
    assert rows_of(budget.printed) == [
        f"Sheet1!3 | {AKUN}.000301 |  | realisasi_lalu -30 | realisasi_ini 140 | realisasi 110 | sumber_dana A",
        f"Sheet1!4 | {AKUN}.000302 |  | realisasi_lalu 0 | realisasi_ini 20 | realisasi 20 | sumber_dana A",
        f"Sheet1!7 | {AKUN}.000301 |  | realisasi_lalu 3 | realisasi_ini 0 | realisasi 3 | sumber_dana D",
    ]
    assert told(budget) == []


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(-(10**9), 10**9), st.integers(1, 12)), max_size=8))
def test_every_posting_counts_once_in_whatever_order(postings: list[tuple[int, int, int]]) -> None:
    rows = [
        row(item(number), f"'{at + 1}", date(2025, month, 1), nilai)
        for at, (number, nilai, month) in enumerate(postings)
    ]
    for budget in (budget_of(*rows), budget_of(*reversed(rows))):
        items = budget.printed[budget.printed["item"] != ""]
        total = sum(nilai for _, nilai, _ in postings)
        assert budget.lines["realisasi"].sum() == items["realisasi"].sum() == total
        if postings:
            assert budget.lines["realisasi_ini"].sum() + budget.lines["realisasi_lalu"].sum() == total
            assert budget.identity.bulan == max(month for _, _, month in postings)


@pytest.mark.parametrize(
    "names",
    [
        ("NO", "KODE_COA", "NO_SP2D", "TGL_SP2D", "NILAI_RUPIAH"),
        ("No.", "Kode COA", "No. SP2D", "Tanggal SP2D", "Nilai Rupiah"),
    ],
    ids=["as the API names them", "as people write"],
)
def test_names_of_columns_may_be_spelled_otherwise(names: tuple[str, ...]) -> None:
    budget = budget_of(row(), names=names)
    assert (budget.lines["realisasi"].tolist(), budget.columns) == ([100], {"kode": 1, "realisasi": 4})
    assert told(budget) == []


def test_rupiah_are_taken_whatever_the_currency_and_unknown_columns_told_of() -> None:
    names = (*NAMES, "MATA UANG", "KURS", "NILAI VALAS", "KOLOM BARU")
    budget = budget_of((*row(), "USD", "15000", "2", "x"), names=names)
    assert budget.lines["realisasi"].tolist() == [100]
    assert told(budget) == ["I2: info R110: kolom yang tidak dikenal dan tidak dibaca: KOLOM_BARU"]


def test_a_file_without_dates_is_refused_by_the_name_of_the_column() -> None:
    with pytest.raises(UnreadableFile, match=r"^unduhan\.xlsx!Sheet1: kolom TANGGAL_SP2D tidak ada; unduh lagi"):
        budget_of(row(), names=("NO", "KODE COA", "NO SP2D", "TANGGAL", "NILAI RUPIAH"))


def test_a_file_of_several_satker_or_units_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"berisi 2 satker: 999001 \(1 baris\), 999002 \(1 baris\); saring"):
        budget_of(row(), row(COA.replace("999001", "999002")))
    with pytest.raises(UnreadableFile, match=r"berisi 2 unit eselon I: 999\.01 \(1 baris\), 999\.08 \(1 baris\)"):
        budget_of(row(), row(COA.replace("99901WA", "99908WA")))


def test_a_coa_of_another_kind_is_told_of_with_its_amount_and_not_added() -> None:
    odd, transit = COA.removeprefix("999001."), COA.replace("521211", "825111")
    budget = budget_of(row(), row(odd, nilai="1000"), row(odd, nilai="500"), row(transit, nilai="x"))
    assert budget.lines["realisasi"].tolist() == [100]
    assert told(budget) == [
        "E6: error R101: `x` bukan satu angka",
        "B4: error K103: COA 15 segmen, seharusnya 16; 1.500 tidak ikut dijumlah; karena B5",
        "B6: error K103: akun 825111 pada COA bukan akun belanja; ? tidak ikut dijumlah",
    ]


@pytest.mark.parametrize("sp2d", [None, "'", "-", "'0", 0])
def test_a_posting_without_an_sp2d_is_not_spent_yet(sp2d: object) -> None:
    budget = budget_of(row(), row(sp2d=sp2d, nilai="1000"), row(sp2d=sp2d, nilai="1"))
    assert budget.lines["realisasi"].tolist() == [100]
    assert told(budget) == [
        "C4: peringatan R212: 2 transaksi tanpa NO SP2D, jadi belum realisasi; 1.001 tidak ikut dijumlah; karena C5"
    ]


def test_a_row_that_repeats_another_is_told_of_and_added() -> None:
    budget = budget_of((*row(), None), row(), row(tanggal="06-03-2025"))
    assert budget.lines["realisasi"].tolist() == [300]
    assert told(budget) == [
        "E4: peringatan R213: baris ini sama dengan baris 3 di semua kolom; keduanya ikut dijumlah; karena E3"
    ]


def test_an_item_and_its_akun_are_unknown_where_a_posting_is_not_readable() -> None:
    budget = budget_of(
        row(),
        row(sp2d="'02", nilai="sekian"),
        row(item(2), "'03", "05-02-2025", None),
        row(COA.replace("521211", "522191")),
    )
    assert budget.lines["realisasi"].isna().tolist() == [True, False]
    assert budget.lines["realisasi_lalu"].isna().tolist() == [True, False]
    assert budget.printed["realisasi"].isna().tolist() == [True, True, False]
    assert budget.printed["realisasi_lalu"].isna().tolist() == [False, True, False]
    assert told(budget) == [
        "E4: error R101: `sekian` bukan satu angka",
        "E5: error R108: kosong, jadi tidak diketahui; tulis 0 bila memang nihil",
    ]


def test_a_sum_that_no_sheet_can_hold_is_told_of_once_and_not_given() -> None:
    budget = budget_of(row(nilai=2**53), row(sp2d="'02"))
    assert budget.lines[["realisasi", "realisasi_ini"]].isna().all(axis=None)
    assert [found.split(":")[0] + found.split(":")[1] for found in told(budget)] == ["E3 error R103"]


def test_a_total_under_the_table_is_compared_and_never_added() -> None:
    good = budget_of(row(), ("Jumlah :", None, None, 100))
    assert good.lines["realisasi"].tolist() == [100]
    assert [(row["uraian"], row["realisasi"]) for row in good.printed.to_dict("records") if row["is_total"]] == [
        ("Jumlah :", 100)
    ]


def test_a_total_under_the_table_that_does_not_hold_is_an_error(tmp_path: Path) -> None:
    text = f"""
        | KODE COA | NO SP2D | TANGGAL SP2D | NILAI RUPIAH |
        | {COA} | 01 | 05-03-2025 | 100 |
        | {item(2)} | 01 | 05-03-2025 | 10 |
        | TOTAL | | | 120 |
        """
    budget = read(write_sheets(text, tmp_path / "unduhan.xlsx"))
    assert budget.format == transaksi.FORMAT
    assert ("T101", "D4") in [(found.code, found.where.cell) for found in check([budget]).findings]


def test_a_row_without_a_coa_is_told_of() -> None:
    budget = budget_of(row(), (None, None, "dicetak 2 April", None), (None, "'01", None, "1000"))
    assert budget.lines["realisasi"].tolist() == [100]
    assert told(budget) == [
        "E4: peringatan R201: baris tanpa COA; tidak ikut dijumlah",
        "E5: error R201: baris tanpa COA; tidak ikut dijumlah",
    ]


def test_a_list_without_postings_says_nothing() -> None:
    budget = budget_of()
    assert (budget.identity, len(budget.lines), budget.findings) == (Identity(), 0, ())


def test_the_period_is_that_of_the_last_sp2d_and_is_told() -> None:
    budget = budget_of(row(tanggal="05-01-2025"), row(tanggal=date(2025, 3, 9)), row(tanggal="2025-02-28"))
    assert (budget.identity.tahun, budget.identity.bulan) == (2025, 3)
    assert [str(found) for found in budget.findings] == [
        (
            "unduhan.xlsx!Sheet1!D4: info R214: berkas ini tidak menyebut periode; dibaca Maret 2025 dari tanggal SP2D"
            " terakhir, 9 Maret 2025"
        )
    ]


@pytest.mark.parametrize(
    ("tanggal", "words"),
    [
        ("kemarin", "D4: error R214: `kemarin` bukan tanggal yang dikenali (1 baris), jadi bulan dan tahun"),
        (
            "12-03-2024",
            "D3: error R214: tanggal SP2D dari 2 tahun (2024, 2025) ikut dijumlah jadi satu; unduh satu tahun",
        ),
    ],
    ids=["not a date", "of another year"],
)
def test_where_the_period_is_not_certain_there_is_none_and_no_month(tanggal: str, words: str) -> None:
    budget = budget_of(row(), row(tanggal=tanggal))
    assert (budget.identity.tahun, budget.identity.bulan) == (None, None)
    assert budget.lines["realisasi"].tolist() == [200]
    assert budget.lines[["realisasi_lalu", "realisasi_ini"]].isna().all(axis=None)
    (found,) = told(budget)
    assert words in found or words.replace("D3", "D4") in found
