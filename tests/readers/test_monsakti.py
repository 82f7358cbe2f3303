from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import write_sheets
from told_in_full import in_full, rows_of

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Where
from lkj_xlsx.model import RPD, Budget, Identity
from lkj_xlsx.readers import monsakti, read

SAMPLE = Path(__file__).parents[2] / "samples" / "contoh-monsakti.csv"
NAMES = (
    *("KDSATKER", "KODE_PROGRAM", "KODE_KEGIATAN", "KODE_OUTPUT", "KODE_SUBOUTPUT", "KODE_KOMPONEN"),
    *("KODE_SUBKOMPONEN", "KODE_AKUN", "HEADER1", "HEADER2", "TOTAL", "KODE_STS_HISTORY"),
)
FIRST = dict(
    zip(NAMES, ("999001", "WA", "4321", "EBA", "994", "'001", "A", "521211", "0", "0", "100", "B01"), strict=True)
)
Row = dict[str, str]


def row(**changes: str) -> Row:
    """Give a row: the first, changed, with whatever other columns."""
    return {**FIRST, **changes}


def budget_of(tmp_path: Path, *rows: Row) -> Budget:
    """Read the rows as a re-saved download: texts, but for what looks like a number."""
    names = list(dict.fromkeys(name for one in rows for name in one))
    lines = [f"| {' | '.join(names)} |", *(f"| {' | '.join(one.get(name, '') for name in names)} |" for one in rows)]
    return read(write_sheets("# Sheet: CSV\n" + "\n".join(lines), tmp_path / "mentah.xlsx"))


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [str(found).removeprefix("mentah.xlsx!CSV!") for found in findings]


def cells(places: tuple[Where, ...]) -> list[str | None]:
    return [place.cell for place in places]


def plan(*months: str) -> Row:
    """Give the twelve months of a plan: the given ones, then 0."""
    return {f"POK_NILAI_{month}": nilai for month, nilai in enumerate([*months, *["0"] * (12 - len(months))], start=1)}


def test_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    golden("read/monsakti.txt", in_full(read(SAMPLE)))


def test_the_sample_is_the_budget_of_its_latest_revision() -> None:
    budget = read(SAMPLE)
    assert budget.identity == Identity(kode_satker="999001")
    items = budget.printed[budget.printed["item"] != ""]
    assert int(budget.lines["pagu"].sum()) == int(items["pagu"].sum()) == 1_954_500_000
    assert [int(budget.lines[rpd].sum()) for rpd in RPD] == [int(items[rpd].sum()) for rpd in RPD]
    assert int(budget.lines[list(RPD)].sum().sum()) == 1_954_500_000


def test_checking_the_sample_finds_nothing_that_reading_did_not() -> None:
    budget = read(SAMPLE)
    assert set(check([budget]).findings) == set(budget.findings)


def test_an_akun_is_the_sum_of_its_items_and_stands_at_the_first(tmp_path: Path) -> None:
    budget = budget_of(
        tmp_path,
        row(CONS_ITEM="323", URAIAN_ITEM="Kertas", NILAI_BLOKIR="5", SUMBER_DANA="A"),
        row(CONS_ITEM="324", URAIAN_ITEM="Tinta", NILAI_BLOKIR="0", SUMBER_DANA="A", TOTAL="20"),
        row(CONS_ITEM="325", NILAI_BLOKIR="0", SUMBER_DANA="D", TOTAL="3"),
    )
    assert budget.format == monsakti.FORMAT
    path = "WA.4321.EBA.994.001.0A.521211"
    assert rows_of(budget.lines) == [
        f"CSV!2 | {path} |  | pagu 120 | blokir 5 | sumber_dana A",
        f"CSV!4 | {path} |  | pagu 3 | blokir 0 | sumber_dana D",
    ]
    assert rows_of(budget.printed) == [
        f"CSV!2 | {path}.000323 | Kertas | pagu 100 | blokir 5 | sumber_dana A",
        f"CSV!3 | {path}.000324 | Tinta | pagu 20 | blokir 0 | sumber_dana A",
        f"CSV!4 | {path}.000325 |  | pagu 3 | blokir 0 | sumber_dana D",
    ]
    assert budget.columns == {"kode": 7, "uraian": 13, "pagu": 10, "blokir": 14}
    assert budget.findings == ()


def test_an_akun_with_an_item_of_unknown_amount_is_unknown(tmp_path: Path) -> None:
    budget = budget_of(
        tmp_path,
        row(CONS_ITEM="1", TOTAL="100"),
        row(CONS_ITEM="2", TOTAL="sekian"),
        row(CONS_ITEM="3", TOTAL="", KODE_AKUN="522191"),
        row(CONS_ITEM="4", TOTAL="7", KODE_AKUN="524111"),
    )
    assert budget.lines["pagu"].isna().tolist() == [True, True, False]
    assert told(budget.findings) == [
        "K3: error R101: `sekian` bukan satu angka",
        "K4: error R108: kosong, jadi tidak diketahui; tulis 0 bila memang nihil",
    ]
    assert "T101" not in {found.code for found in check([budget]).findings}


def test_names_of_subkomponen_are_kept_once_and_without_figures(tmp_path: Path) -> None:
    budget = budget_of(
        tmp_path,
        row(URAIAN_SUBKOMPONEN="Rapat"),
        row(URAIAN_SUBKOMPONEN="Rapat"),
        row(URAIAN_SUBKOMPONEN="Rapat Kerja"),
    )
    assert rows_of(budget.printed) == [
        "CSV!2 | WA.4321.EBA.994.001.0A | Rapat",
        "CSV!4 | WA.4321.EBA.994.001.0A | Rapat Kerja",
    ]


def test_items_without_a_number_count_in_their_akun_and_are_told_of(tmp_path: Path) -> None:
    budget = budget_of(tmp_path, row(), row())
    assert budget.lines["pagu"].tolist() == [200]
    assert len(budget.printed) == 0
    assert told(budget.findings) == [
        (
            "baris 2: info R210: 2 item tanpa CONS_ITEM: dijumlah di akunnya, tidak dirinci per item;"
            " karena mentah.xlsx!CSV!baris 3"
        )
    ]


def test_codes_that_a_spreadsheet_made_numbers_of_are_the_same_codes(tmp_path: Path) -> None:
    numbers = row(KDSATKER="19937", KODE_SUBOUTPUT="4", KODE_KOMPONEN="51", CONS_ITEM="323")
    budget = budget_of(tmp_path, numbers)
    assert budget.identity.kode_satker == "019937"
    assert rows_of(budget.printed)[0].startswith("CSV!2 | WA.4321.EBA.004.051.0A.521211.000323")


def test_headings_are_not_added(tmp_path: Path) -> None:
    budget = budget_of(
        tmp_path, row(HEADER1="1", TOTAL="100"), row(CONS_ITEM="1"), row(HEADER1="1", HEADER2="2", TOTAL="x")
    )
    assert budget.lines["pagu"].tolist() == [100]
    assert told(budget.findings) == [
        "I2: info R210: 2 baris judul (HEADER1 atau HEADER2 bukan 0); TOTAL-nya ? tidak ikut dijumlah; karena I4"
    ]


@pytest.mark.parametrize("odd", ["", "ya", "12"])
def test_a_row_of_which_it_is_not_known_whether_it_heads_others_is_unknown(tmp_path: Path, odd: str) -> None:
    budget = budget_of(
        tmp_path, row(CONS_ITEM="1", NILAI_BLOKIR="0", HEADER2=odd), row(CONS_ITEM="2", NILAI_BLOKIR="0")
    )
    assert budget.lines[["pagu", "blokir"]].isna().all(axis=None)
    assert told(budget.findings) == [
        (
            "I2: error R210: HEADER1 atau HEADER2 bukan satu angka pada 1 baris, jadi item atau judul tidak pasti;"
            " TOTAL-nya tidak diketahui"
        )
    ]


def test_headings_that_look_like_items_are_told_of_louder(tmp_path: Path) -> None:
    priced = {"VOLKEG": "4", "HARGASAT": "25"}
    budget = budget_of(tmp_path, row(CONS_ITEM="1", **priced), row(HEADER1="1", **priced), row(HEADER2="1", TOTAL="0"))
    assert told(budget.findings) == [
        (
            "I3: peringatan R210: 2 baris judul (HEADER1 atau HEADER2 bukan 0); TOTAL-nya 100 tidak ikut dijumlah; 1 di"
            " antaranya punya volume dan harga sendiri seperti item: cocokkan pagunya; karena I4"
        )
    ]


def test_of_revisions_counted_up_the_latest_is_read_and_all_are_told(tmp_path: Path) -> None:
    budget = budget_of(
        tmp_path,
        row(CONS_ITEM="1", KODE_STS_HISTORY="B02", TOTAL="20"),
        row(CONS_ITEM="1", KODE_STS_HISTORY="B10", TOTAL="30"),
        row(CONS_ITEM="1", KODE_STS_HISTORY="B10", TOTAL="99", HEADER1="1"),
        row(CONS_ITEM="1", KODE_STS_HISTORY="b01", TOTAL="x"),
    )
    assert budget.lines["pagu"].tolist() == [30]
    assert told(budget.findings)[0] == (
        "L3: info R210: berisi 3 revisi anggaran; yang dibaca hanya yang terakhir, B10"
        " (B01: 1 baris, TOTAL ?; B02: 1 baris, TOTAL 20; B10: 2 baris, TOTAL 30)"
    )


@pytest.mark.parametrize(
    ("codes", "listed"),
    [
        (("B02", "C01"), "B02: 1 baris, TOTAL 100; C01: 1 baris, TOTAL 100"),
        (("B01", ""), r"\(kosong\): 1 baris, TOTAL 100; B01: 1 baris, TOTAL 100"),
        (("B1", "B02"), "B02: 1 baris, TOTAL 100; B1: 1 baris, TOTAL 100"),
        (("1", "2"), "1: 1 baris, TOTAL 100; 2: 1 baris, TOTAL 100"),
    ],
)
def test_where_the_latest_revision_is_not_certain_the_file_is_refused_with_all_of_them(
    tmp_path: Path, codes: tuple[str, str], listed: str
) -> None:
    expected = rf"^mentah\.xlsx!CSV: berisi 2 revisi anggaran \({listed}\) dan tidak pasti mana yang terakhir; saring"
    with pytest.raises(UnreadableFile, match=expected):
        budget_of(tmp_path, *(row(KODE_STS_HISTORY=code) for code in codes))


def test_a_file_of_several_satker_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"berisi 2 satker: 999001 \(1 baris\), 999002 \(2 baris\)"):
        budget_of(tmp_path, row(), row(KDSATKER="999002"), row(KDSATKER="999002"))


@pytest.mark.parametrize("name", NAMES[1:-1])
def test_a_needed_column_that_is_missing_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    lacking = {key: value for key, value in FIRST.items() if key != name}
    with pytest.raises(UnreadableFile, match=rf"^mentah\.xlsx!CSV: kolom {name} tidak ada; unduh lagi secara utuh$"):
        budget_of(tmp_path, lacking)


def test_columns_nobody_knows_are_told_of_and_the_others_read(tmp_path: Path) -> None:
    budget = budget_of(tmp_path, row(CONS_ITEM="1", KOLOM_BARU="x", KODE_REGISTER="y"))
    assert told(budget.findings) == ["N1: info R110: kolom yang tidak dikenal dan tidak dibaca: KOLOM_BARU"]


def test_a_row_without_one_of_its_codes_is_told_of_with_its_total_and_not_added(tmp_path: Path) -> None:
    budget = budget_of(
        tmp_path,
        row(CONS_ITEM="1"),
        row(CONS_ITEM="2", KODE_AKUN="", TOTAL="1500"),
        row(CONS_ITEM="3", KODE_AKUN="", TOTAL="500"),
        row(CONS_ITEM="4", KODE_AKUN="", KODE_SUBKOMPONEN=""),
    )
    assert budget.lines["pagu"].tolist() == [100]
    assert told(budget.findings) == [
        "H3: error R201: KODE_AKUN kosong pada 2 baris; TOTAL 2.000 tidak ikut dijumlah; karena H4",
        "G5: error R201: KODE_SUBKOMPONEN, KODE_AKUN kosong pada 1 baris; TOTAL 100 tidak ikut dijumlah",
    ]


def test_a_row_without_any_code_is_no_item(tmp_path: Path) -> None:
    blank = dict.fromkeys(NAMES, "")
    budget = budget_of(
        tmp_path,
        row(CONS_ITEM="1", URAIAN_ITEM="a"),
        {**blank, "TOTAL": "100"},
        {**blank, "URAIAN_ITEM": "diunduh 2 April"},
    )
    assert budget.lines["pagu"].tolist() == [100]
    assert told(budget.findings) == [
        "K3: error R201: baris tanpa kode; tidak ikut dijumlah",
        "K4: peringatan R201: baris tanpa kode; tidak ikut dijumlah",
    ]


def test_an_odd_code_is_told_of_and_counts(tmp_path: Path) -> None:
    budget = budget_of(tmp_path, row(CONS_ITEM="1", KODE_AKUN="5212"))
    assert budget.lines["pagu"].tolist() == [100]
    assert told(budget.findings) == ["H2: error K103: `5212` bukan bentuk KODE_AKUN; angkanya tetap dijumlah"]


def test_a_sum_that_no_sheet_can_hold_is_not_given(tmp_path: Path) -> None:
    large = str(2**53)
    budget = budget_of(tmp_path, row(CONS_ITEM="1", TOTAL=f"'{large}"), row(CONS_ITEM="2", TOTAL="1"))
    assert budget.lines["pagu"].isna().tolist() == [True]
    assert [found.code for found in budget.findings] == ["R103"]


@pytest.mark.parametrize(
    ("volume", "price", "total"),
    [
        ("4", "25", "100"),
        ("'4", "'25.00", "100"),
        ("'1,5", "10", "15"),
        ("1.5", "11", "16"),
        ("1.5", "11", "17"),
        ("'1.000", "2", "2"),
        ("'1.000", "2", "2000"),
        ("", "25", "100"),
        ("empat", "25", "100"),
        ("2024-01-31", "25", "100"),
        ("4", "25", "x"),
    ],
)
def test_a_total_that_may_be_volume_times_price_is_left_alone(
    tmp_path: Path, volume: str, price: str, total: str
) -> None:
    budget = budget_of(tmp_path, row(CONS_ITEM="1", VOLKEG=volume, HARGASAT=price, TOTAL=total))
    assert "R211" not in {found.code for found in budget.findings}


def test_a_total_that_is_not_volume_times_price_is_told_of(tmp_path: Path) -> None:
    good = row(CONS_ITEM="1", VOLKEG="4", HARGASAT="25")
    odd = row(CONS_ITEM="2", VOLKEG="1.5", HARGASAT="9", TOTAL="100")
    budget = budget_of(tmp_path, good, odd, row(CONS_ITEM="3", VOLKEG="4", HARGASAT="25", KODE_AKUN="522191"))
    assert told(budget.findings) == [
        "K3: peringatan R211: TOTAL tertulis 100, VOLKEG x HARGASAT = 14 (selisih +86); karena N3, O3"
    ]
    assert budget.findings[0].printed == 100


def test_where_most_totals_are_not_volume_times_price_that_is_told_once(tmp_path: Path) -> None:
    odd = [row(CONS_ITEM=str(number), VOLKEG="4", HARGASAT="7") for number in (1, 2)]
    budget = budget_of(tmp_path, row(CONS_ITEM="3", VOLKEG="4", HARGASAT="25"), *odd)
    assert told(budget.findings) == [
        "K3: peringatan R211: VOLKEG x HARGASAT bukan TOTAL pada 2 dari 3 item, jadi bukan aturan berkas ini; karena K4"
    ]


def test_the_months_of_a_plan_are_kept_and_held_against_the_total(tmp_path: Path) -> None:
    budget = budget_of(
        tmp_path,
        row(CONS_ITEM="1", **plan("60", "40")),
        row(CONS_ITEM="2", **plan("60", "30")),
        row(CONS_ITEM="3", **plan()),
        row(CONS_ITEM="4", **plan(), TOTAL="0"),
        row(CONS_ITEM="5", **plan("60", ""), KODE_AKUN="522191"),
        row(CONS_ITEM="6", **plan("60"), TOTAL="x", KODE_AKUN="522191"),
    )
    assert budget.lines["rpd_01"].tolist() == [120, 120]
    assert budget.lines["rpd_02"].isna().tolist() == [False, True]
    assert told(budget.findings)[1:] == [
        (
            "K3: peringatan R211: TOTAL tertulis 100, jumlah POK_NILAI_1 sampai 12 = 90 (selisih +10); karena N3, O3,"
            " P3, Q3, R3, S3, T3, U3, V3, W3, X3, Y3"
        ),
        "N4: info R211: 1 item tanpa rencana penarikan (POK_NILAI_1 sampai 12 semuanya 0)",
    ]


def test_a_plan_of_some_months_only_is_kept_and_not_held_against_the_total(tmp_path: Path) -> None:
    budget = budget_of(tmp_path, row(CONS_ITEM="1", POK_NILAI_2="7"))
    assert (budget.lines["rpd_02"].tolist(), budget.lines["rpd_01"].isna().tolist()) == ([7], [True])
    assert budget.findings == ()


def test_any_total_that_is_changed_is_told_of(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").splitlines()
    names = text[0].split(",")
    for line in range(13, len(text)):
        cells_of = text[line].split(",")
        at = names.index("TOTAL") - len(names)
        changed = ",".join([*cells_of[:at], str(int(cells_of[at]) + 1000), *cells_of[at + 1 :]])
        path = tmp_path / "mentah.csv"
        path.write_text("\n".join([*text[:line], changed, *text[line + 1 :]]) + "\n", encoding="utf-8")
        found = [one for one in read(path).findings if one.code in ("R210", "R211")]
        assert line + 1 in {(one.where.row or 0) + 1 for one in found}


def test_a_large_download_reads_in_little_time(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "besar.csv"
    items = [line for line in text[13:] if ",0,0,,8," in line]
    path.write_text("\n".join([text[0], *(items * 3000)]) + "\n", encoding="utf-8")
    assert len(read(path).printed) == 3001
