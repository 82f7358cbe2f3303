from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_in_full import in_full, rows_of

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import column_number
from lkj_xlsx.model import RPD, Budget, Identity
from lkj_xlsx.readers import pok, read
from lkj_xlsx.sheet import Document, Sheet

SAMPLE = Path(__file__).parents[2] / "samples" / "contoh-pok.xlsx"
MONTHS = ("R", "S", "T", "U", "V", "W", "Y", "AA", "AB", "AC", "AD", "AF")
PATH = "WA.4321.EBA.994.051.0A.521211"
Row = dict[str, object]


def row(code: object, name: str, total: object = 12, months: object = 1, **more: object) -> Row:
    """Give a row whose twelve months all hold the same."""
    return {"B": code, "C": name, "AL": total, "AM": 0, **dict.fromkeys(MONTHS, months), **more}


HEADINGS = row("KODE", "URAIAN", "JUMLAH", "BULAN", AM="BLOKIR")
NUMBERED = row("1", "2", "15", "3", AM="16")
SATKER: Row = {"B": "SATUAN KERJA", "E": "999.01.999001", "G": "BALAI CONTOH"}
TOP = [{}, SATKER, {}, {}, {}, HEADINGS, NUMBERED]
HEAD = [
    *TOP,
    row("999.01.WA", "Program"),
    row("4321", "Kegiatan[Base Line]"),
    row("4321.EBA", "KRO"),
    row("EBA.994", "RO"),
    row(51, "Komponen"),
    row("A", "Sub"),
]
AKUN = row("521211", "Belanja Bahan")


def document(*sheets: list[Row], name: str = "UC_ANG_6.4") -> Document:
    named = []
    for number, rows in enumerate(sheets):
        grid = []
        for cells in rows:
            at = {column_number(letters.encode()) - 1: value for letters, value in cells.items()}
            grid.append([at.get(column) for column in range(max(at, default=-1) + 1)])
        named.append(Sheet("pok.xlsx", f"{name}{number or ''}", grid))
    return Document("pok.xlsx", tuple(named))


def budget_of(*rows: Row, head: list[Row] = HEAD) -> Budget:
    """Read rows below a head that goes down to a subkomponen; the first of them is row 14."""
    given_document = document([*head, *rows])
    assert pok.identify(given_document)
    return pok.read(given_document)


def told(budget: Budget) -> list[str]:
    """Tell what was found besides that the figures are in thousands."""
    scaled, *others = [str(found).removeprefix("pok.xlsx!UC_ANG_6.4!") for found in budget.findings]
    assert scaled == (
        "pok.xlsx!UC_ANG_6.4: info R205: angka di lembar ini dalam 1.000 rupiah; dikalikan 1.000 menjadi rupiah penuh"
    )
    return others


def test_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    golden("read/pok.txt", in_full(read(SAMPLE)))


def test_nothing_is_wrong_in_the_sample_and_all_of_it_is_compared() -> None:
    budget = read(SAMPLE)
    verdict = check([budget])
    assert [found.code for found in verdict.findings] == ["R205"]
    assert (verdict.tally.failing, verdict.tally.untested) == (0, {})
    assert int(budget.lines["pagu"].sum()) == int(budget.lines[list(RPD)].sum().sum()) == 1_954_500_000
    assert int(budget.lines["blokir"].sum()) == 24_900_000
    assert budget.lines["realisasi"].isna().all()
    assert budget.identity == Identity("BALAI CONTOH", "999001", "999", "01")


def test_each_code_tells_its_level_by_its_length() -> None:
    budget = budget_of(AKUN, row("ZZ1", "Komponen lain", 0, 0), row("AC", "Sub lain", 0, 0))
    assert [line.split(" | ")[1] for line in (*rows_of(budget.printed), *rows_of(budget.lines))] == [
        "WA",
        "WA.4321",
        "WA.4321.EBA",
        "WA.4321.EBA.994",
        "WA.4321.EBA.994.051",
        "WA.4321.EBA.994.051.0A",
        "WA.4321.EBA.994.ZZ1",
        PATH,
        "WA.4321.EBA.994.ZZ1.AC",
    ]
    assert budget.printed["uraian"].tolist()[:2] == ["Program", "Kegiatan"]
    assert told(budget) == []


def test_thousands_become_rupiah_once_and_exactly() -> None:
    budget = budget_of(row("521211", "a", Decimal("1234.5"), 0, R="1.234,5", AM="0,001"))
    (line,) = budget.lines.to_dict("records")
    assert (line["pagu"], line["rpd_01"], line["blokir"], line["rpd_02"]) == (1_234_500, 1_234_500, 1, 0)


@settings(max_examples=25)
@given(st.integers(0, 2**53))
def test_every_amount_in_thousands_is_read_back(rupiah: int) -> None:
    thousands, rest = divmod(rupiah, 1000)
    cell = thousands if rest == 0 else Decimal(rupiah) / 1000
    budget = budget_of(row("521211", "a", cell, 0, R=cell))
    assert budget.lines["pagu"].tolist() == budget.lines["rpd_01"].tolist() == [rupiah]


def test_a_fraction_of_a_rupiah_is_unknown_and_told_of() -> None:
    budget = budget_of(row("521211", "a", Decimal("1.2345"), 0))
    assert budget.lines["pagu"].isna().tolist() == [True]
    assert told(budget)[0] == "AL14: error R102: `1.2345` bukan rupiah bulat"


def test_rows_without_a_code_are_items_of_the_akun_above_them() -> None:
    budget = budget_of(AKUN, row(None, "- Kertas", 9, 0, R=9), row(None, "Tinta", 3, 0, S=3, R=0), {"C": "lanjutan"})
    items = budget.printed[budget.printed["item"] != ""]
    assert items["uraian"].tolist() == ["Kertas", "Tinta"]
    assert items["pagu"].tolist() == [9000, 3000]
    assert items["item"].is_unique
    assert budget.lines["pagu"].tolist() == [12_000]


def test_headings_on_every_page_and_the_numbers_of_the_columns_are_nothing() -> None:
    budget = budget_of(
        AKUN, HEADINGS, NUMBERED, row(None, "Kertas"), {"C": "KUASA PENGGUNA ANGGARAN"}, {"C": "NIP. 19"}
    )
    assert told(budget) == []
    assert len(budget.printed) == 7


def test_a_printed_total_is_compared_and_what_is_carried_over_is_none() -> None:
    budget = budget_of(AKUN, row("JUMLAH", "", 13, 1, R=2), row(None, "JUMLAH DIPINDAHKAN", 12, 1))
    (found,) = [found for found in check([budget]).findings if found.code == "T101"]
    assert (found.where.cell, found.printed, found.expected) == ("AL15", 13_000, 12_000)
    assert budget.printed["is_total"].sum() == 1
    assert told(budget) == [
        "B16: info R201: baris yang mengulang angka baris lain; tidak ikut dijumlah",
        (
            "R15: peringatan R206: rencana Januari JUMLAH tertulis 2.000, jumlah 1 baris di bawahnya 1.000 (selisih"
            " +1.000); karena R8"
        ),
    ]


def test_the_months_of_a_row_must_make_up_its_ceiling() -> None:
    budget = budget_of(row("521211", "a", 13))
    because = ", ".join(f"{letters}14" for letters in MONTHS)
    assert told(budget) == [
        (
            "AL14: peringatan R206: pagu tertulis 13.000, jumlah rencana 12 bulan 12.000 (selisih +1.000); karena"
            f" {because}"
        )
    ]


def test_a_month_must_be_the_sum_of_the_rows_below() -> None:
    budget = budget_of(row("521211", "a", 12, 1, R=0, S=2))
    assert told(budget) == [
        (
            f"{letters}13: peringatan R206: rencana {month} subkomponen WA.4321.EBA.994.051.0A tertulis 1.000, jumlah 1"
            f" baris di bawahnya {below} (selisih {difference}); karena {letters}14"
        )
        for letters, month, below, difference in (
            ("R", "Januari", "0", "+1.000"),
            ("S", "Februari", "2.000", "-1.000"),
        )
    ]


def test_rows_without_any_plan_are_told_of_together() -> None:
    budget = budget_of(row("521211", "a", 12, 0), row("524111", "b", 5, 0), row("524113", "c", 0, 0))
    assert [line for line in told(budget) if "tanpa rencana" in line] == [
        "AL14: info R206: 2 baris tanpa rencana penarikan (semua bulan 0); karena AL15"
    ]


def test_a_plan_with_an_unknown_month_is_not_tested() -> None:
    assert told(budget_of(row("521211", "a", 12, 1, R=None))) == []
    budget = budget_of(row("521211", "a", 12, 1, R="sekian"))
    assert told(budget) == ["R14: error R101: `sekian` bukan satu angka"]


def test_one_code_on_two_rows_is_told_of_by_the_checks_and_not_by_its_months() -> None:
    half = row("521211", "a", 6, Decimal("0.5"))
    budget = budget_of(half, half, row(None, "item", 6, Decimal("0.5")))
    assert told(budget) == []
    assert "K101" in {found.code for found in check([budget]).findings}


def test_a_code_that_names_another_parent_is_told_of() -> None:
    budget = budget_of(row("EBB.001", "RO lain", 0, 0), row("4325.EBA", "KRO lain", 0, 0))
    assert told(budget) == [
        "B14: error K104: kode `EBB.001` berada di bawah kro `EBA`",
        "B15: error K104: kode `4325.EBA` berada di bawah kegiatan `4321`",
    ]
    assert rows_of(budget.lines)[-1].split(" | ")[1] == "WA.4325.EBA"


def test_rows_that_are_not_understood_are_told_of_where_they_hold_figures() -> None:
    head = [*TOP, row("4321", "Kegiatan tanpa program"), row(None, "Angka"), *HEAD[7:]]
    budget = budget_of({"B": "XYZ99999", "C": "x"}, row("XYZ99999", "x"), row(None, "> Kelompok"), AKUN, head=head)
    assert told(budget) == [
        "B8: error K103: kode `4321` tidak dikenali; tidak ikut dijumlah",
        "B9: error R201: baris tanpa kode; tidak ikut dijumlah",
        "B17: error K103: kode `XYZ99999` tidak dikenali; tidak ikut dijumlah",
        "B18: info R201: baris yang mengulang angka baris lain; tidak ikut dijumlah",
    ]


def test_an_akun_without_a_total_is_told_of() -> None:
    assert told(budget_of(row("521211", "a", None))) == [
        "AL14: error R108: kosong, jadi tidak diketahui; tulis 0 bila memang nihil"
    ]


@pytest.mark.parametrize(
    ("satker", "identity"),
    [
        ({"F": "KODE 999001"}, Identity(None, "999001", "999", "01")),
        ({"B": "SATUAN KERJA", "F": "CONTOH"}, Identity(None, None, "999", "01")),
        ({}, Identity(None, None, "999", "01")),
    ],
)
def test_the_satker_is_the_text_of_the_second_row_that_ends_with_its_code(satker: Row, identity: Identity) -> None:
    assert budget_of(AKUN, head=[{}, satker, *HEAD[2:]]).identity == identity


def test_programs_of_two_units_leave_the_unit_open() -> None:
    assert budget_of(AKUN, row("998.02.AA", "Lain", 0, 0)).identity == Identity("BALAI CONTOH", "999001")


def test_the_form_is_known_by_its_columns_or_by_its_name() -> None:
    without = [*TOP, row("999.01.WA", "Program", 12, None)]
    full = [*TOP, row("999.01.WA", "Program")]
    assert pok.identify(document(full, name="Lembar"))
    assert pok.identify(document(without))
    assert not pok.identify(document(without, name="Lembar"))
    assert not pok.identify(document([*TOP, {"B": "999.01.WA", "C": "Program"}]))
    assert not pok.identify(document([*TOP, row("4321", "Kegiatan")]))


def test_two_such_sheets_are_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"^pok\.xlsx: berisi 2 lembar POK \(`UC_ANG_6\.4`, `UC_ANG_6\.41`\)"):
        pok.read(document(HEAD, HEAD))
