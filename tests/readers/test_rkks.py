from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import write_sheets
from hypothesis import given
from hypothesis import strategies as st
from told_in_full import in_full, rows_of

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.kode import spell
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.readers import read, rkks
from lkj_xlsx.readers.rkks_codes import Code, code_of
from lkj_xlsx.sheet import Document, Sheet, open_document

SAMPLE = Path(__file__).parents[2] / "samples" / "contoh-rkks.xlsx"
HEADINGS = ("Kode", "Program/ Kegiatan/ KRO/ RO/ Komponen", "Volume", "Harga Satuan", "Jumlah")
KRO = "999001.999.01.WA.4321.EBA.02.00"
SUB = f"{KRO}.994.051.A"
PATH = "WA.4321.EBA.994.051.0A.521211"
Row = tuple[object, ...]

TOP: tuple[Row, ...] = (
    ("999001.999.01.WA|| 999.01.WA", "Program", "", "", 300),
    ("999001.999.01.WA.4321|| 4321", "Kegiatan[Base Line]", "", "", 300),
    (f"{KRO}|| 4321.EBA", "KRO", "", "", 300),
    (f"{KRO}.994|| 4321.EBA.994", "RO", "", "", 300),
    (f"{KRO}.994.051|| 051", "Komponen", "", "", 300),
    (f"{SUB}|| A", "Sub", "", "", 300),
)
AKUN: Row = (f"{SUB}.521211.A|| 521211", "Belanja Bahan", "", "", 300)
ITEM: Row = (f"{SUB}.521211.A.00001||", "- Kertas", "3 RIM", 100, 300)
TOTAL: Row = ("Jumlah", "", "", "", 300)


def document(*sheets: tuple[Row, ...], headings: Row = HEADINGS) -> Document:
    grids = [[list(headings), *([None if cell == "" else cell for cell in row] for row in rows)] for rows in sheets]
    return Document("rkks.xlsx", tuple(Sheet("rkks.xlsx", f"POK{at}", grid) for at, grid in enumerate(grids)))


def budget_of(*rows: Row, top: tuple[Row, ...] = TOP, headings: Row = HEADINGS) -> Budget:
    """Read rows below headings and a top that goes down to a subkomponen; the first of them is row 8."""
    given_document = document((*top, *rows), headings=headings)
    assert rkks.identify(given_document)
    return rkks.read(given_document)


def told(budget: Budget) -> list[str]:
    return [str(found).removeprefix("rkks.xlsx!POK0!") for found in budget.findings]


def checked(budget: Budget) -> list[str]:
    return [str(found).removeprefix("rkks.xlsx!POK0!") for found in check([budget]).findings]


def test_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    golden("read/rkks.txt", in_full(read(SAMPLE)))


def test_nothing_is_wrong_in_the_sample_and_all_of_it_is_compared() -> None:
    budget = read(SAMPLE)
    verdict = check([budget])
    assert (verdict.findings, verdict.tally.failing, verdict.tally.untested) == ((), 0, {})
    assert int(budget.lines["pagu"].sum()) == 1_954_500_000
    assert budget.identity == Identity(kode_satker="999001", bagian_anggaran="999", unit_eselon_i="01")


def test_a_code_is_taken_apart_without_its_location() -> None:
    code = code_of("694423.145.12.WA.7769.AFA.02.00.001.100.A.521211.A.00001||")
    assert code is not None
    assert (code.satker, code.unit, code.location) == ("694423", ("145", "12"), "02.00")
    assert (spell(code.path), code.sumber_dana, code.item) == ("WA.7769.AFA.001.100.0A.521211", "A", "00001")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("694423|| 694423", ""),
        ("694423.145.12|| 145.12", ""),
        ("694423.145.12.WA|| WA", "WA"),
        ("694423.145.12.WA.7769||7769", "WA.7769"),
        ("694423.145.12.WA.7769.AFA.02.00|| 7769.AFA", "WA.7769.AFA"),
        ("694423.145.12.WA.7769.AFA|| 7769.AFA", "WA.7769.AFA"),
        ("694423.145.12.WA.7769.AFA.02.00", "WA.7769.AFA"),
        ("694423.145.12.WA.7769.AFA.001||", "WA.7769.AFA.001"),
        ("694423.145.12.WA.7769.AFA.02.00.Z01.ZZ1.AC||", "WA.7769.AFA.Z01.ZZ1.AC"),
        ("694423.145.12.WA.7769.AFA.02.00.001.100.A.521211||", "WA.7769.AFA.001.100.0A.521211"),
    ],
)
def test_a_code_ends_at_any_level(text: str, path: str) -> None:
    code = code_of(text)
    assert code is not None
    assert spell(code.path) == path


@pytest.mark.parametrize(
    "text",
    [
        "694423.145.12",
        "694423",
        "694423.145.12.WA.7769.AFA.02||",
        "694423.145.12.WA.7769.AFA.02.00.00||",
        "694423.145.12.WA.7769.02.00.AFA||",
        "694423.145.12.WA.7769.AFA.02.00.001.100.A.521211.A.001||",
        "69442.145.12.WA||",
        "||",
        "",
    ],
)
def test_another_shape_is_no_code(text: str) -> None:
    assert code_of(text) is None


@given(st.from_regex(r"[0-9]{2}\.[0-9]{2}", fullmatch=True))
def test_any_location_gives_the_path_that_no_location_gives(location: str) -> None:
    code, plain = (code_of(f"694423.145.12.WA.7769.AFA{place}.001.100.A.521211.D||") for place in (f".{location}", ""))
    assert isinstance(code, Code)
    assert isinstance(plain, Code)
    assert (code.path, code.sumber_dana, code.location) == (plain.path, "D", location)


def test_items_get_a_key_of_their_own_and_lose_their_dash() -> None:
    budget = budget_of(AKUN, ITEM, TOTAL)
    assert rows_of(budget.lines) == [f"POK0!8 | {PATH} | Belanja Bahan | pagu 300 | sumber_dana A"]
    total, *others = reversed(rows_of(budget.printed))
    key = budget.printed["item"].iloc[-2]
    assert key.startswith("#")
    assert total == "POK0!10 |  | Jumlah | pagu 300"
    assert others[0] == f"POK0!9 | {PATH}.{key} | Kertas | pagu 300 | sumber_dana A"
    assert others[-2] == "POK0!3 | WA.4321 | Kegiatan | pagu 300"
    assert checked(budget) == []


def test_one_akun_of_two_sumber_dana_is_two_lines_each_with_its_items() -> None:
    pnbp = (f"{SUB}.521211.D|| 521211", "Belanja Bahan", "", "", 100)
    item = (f"{SUB}.521211.D.00001||", "- Kertas", "1 RIM", 100, 100)
    budget = budget_of((*AKUN[:4], 200), (*ITEM[:2], "2 RIM", 100, 200), pnbp, item)
    assert budget.lines["sumber_dana"].tolist() == ["A", "D"]
    assert budget.printed["item"].iloc[-2:].is_unique
    assert checked(budget) == []


def test_an_akun_that_does_not_say_its_sumber_dana_has_that_of_its_items() -> None:
    silent = (f"{SUB}.521211|| 521211", "Belanja Bahan", "", "", 300)
    other = (f"{SUB}.521211.D.00002||", "- Tinta", "2 BH", 100, 200)
    empty = (f"{SUB}.524111|| 524111", "Perjalanan", "", "", 0)
    budget = budget_of(silent, (*ITEM[:2], "1 RIM", 100, 100), other, empty)
    assert budget.lines["sumber_dana"].tolist() == ["A + D", ""]


def test_the_last_line_and_that_of_the_satker_are_compared_with_everything() -> None:
    satker = ("999001|| 999001", "SATKER CONTOH", "", "", 301)
    budget = budget_of(AKUN, ITEM, (*TOTAL[:4], 302), top=(satker, *TOP))
    assert [line.partition(" pagu")[0] for line in checked(budget)] == [
        "E2: error T101: SATKER CONTOH",
        "E11: error T101: Jumlah",
    ]


def test_volume_times_price_must_be_the_amount() -> None:
    budget = budget_of(
        (*AKUN[:4], 0),
        (*ITEM[:2], "2 RIM", 30, 61),
        (*ITEM[:2], "1.000 LBR", 30, 30_000),
        (*ITEM[:2], "1.000 LBR", 30, 30),
        (*ITEM[:2], 2, "30", 60),
        (*ITEM[:2], "dua RIM", 30, 61),
        (*ITEM[:2], "2 RIM", "", 61),
        (*ITEM[:2], "2 RIM", 30, ""),
    )
    assert told(budget) == [
        "E9: peringatan R206: jumlah tertulis 61, volume x harga = 60; karena C9, D9",
        "E15: error R108: kosong, jadi tidak diketahui; tulis 0 bila memang nihil",
    ]


def test_figures_that_are_texts_are_read_as_their_columns_group_thousands() -> None:
    top = [(*row[:4], "3,000,000") for row in TOP]
    budget = budget_of(
        (*AKUN[:4], "3,000,000"),
        (*ITEM[:2], "2 RIM", "1,000,000", "2,000,000"),
        (*ITEM[:2], "1 RIM", "1,000,001", "1,000,000"),
        top=tuple(top),
    )
    assert budget.lines["pagu"].tolist() == [3_000_000]
    assert told(budget) == [
        "E10: peringatan R206: jumlah tertulis 1.000.000, volume x harga = 1.000.001; karena C10, D10"
    ]


def test_without_volume_and_price_there_is_nothing_to_hold_an_amount_against() -> None:
    headings = ("Kode", "Program / Kegiatan / KRO / RO / Komponen", "Vol", "Harga", "JUMLAH")
    assert told(budget_of(AKUN, (*ITEM[:2], "2 RIM", 30, 300), headings=headings)) == []


def test_rows_that_are_not_understood_are_told_of() -> None:
    budget = budget_of(
        AKUN,
        ITEM,
        ("", "[Base Line]", "", "", ""),
        ("", "Lokasi : KOTA CONTOH", "", "", ""),
        HEADINGS,
        ("", "Catatan", "", "", ""),
        ("", "Angka tanpa kode", "", "", 5),
        (f"{KRO}.9|| x", "RO?", "", "", ""),
        ("", "Jumlah peserta", "", "", ""),
        TOTAL,
        ("", "NAMA PEJABAT", "", "", ""),
        ("", "Angka di bawah jumlah", "", "", 5),
    )
    assert told(budget) == [
        "A13: peringatan R201: baris tanpa kode; tidak ikut dijumlah",
        "A14: error R201: baris tanpa kode; tidak ikut dijumlah",
        f"A15: error K103: kode `{KRO}.9|| x` tidak dikenali; tidak ikut dijumlah",
        "A16: peringatan R201: baris tanpa kode; tidak ikut dijumlah",
        "A19: error R201: baris tanpa kode; tidak ikut dijumlah",
    ]


def test_a_repeated_heading_is_nothing_even_though_it_says_jumlah() -> None:
    assert told(budget_of(AKUN, ITEM, HEADINGS)) == []


def test_an_akun_without_amount_is_told_of() -> None:
    assert told(budget_of((*AKUN[:4], ""))) == [
        "E8: error R108: kosong, jadi tidak diketahui; tulis 0 bila memang nihil"
    ]


def test_several_satker_are_refused_by_their_codes() -> None:
    other = ("999002.999.01.WA|| WA", "Program", "", "", 0)
    with pytest.raises(UnreadableFile, match=r"^rkks\.xlsx!POK0: memuat 2 satker \(999001, 999002\); simpan satu"):
        budget_of(AKUN, other)


def test_one_kro_at_two_locations_is_refused_as_its_codes_would_become_one() -> None:
    other = (f"{KRO.removesuffix('.02.00')}.03.00.994.051.A.521211.A||", "Belanja Bahan", "", "", 1)
    elsewhere = ("999001.999.01.WA.4325.CAN.03.00|| 4325.CAN", "KRO lain", "", "", 0)
    assert told(budget_of(AKUN, elsewhere)) == []
    with pytest.raises(UnreadableFile, match=r"KRO WA\.4321\.EBA ada di 2 lokasi \(02\.00, 03\.00\)"):
        budget_of(AKUN, other)


def test_codes_of_two_units_leave_the_unit_open() -> None:
    other = ("999001.998.02.AA|| AA", "Program", "", "", 0)
    assert budget_of(AKUN, other).identity == Identity(kode_satker="999001")


def test_two_such_sheets_are_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"^rkks\.xlsx: berisi 2 lembar RKKS \(`POK0`, `POK1`\)"):
        rkks.read(document(TOP, TOP))


@pytest.mark.parametrize(
    "text",
    [
        "| Kode | Program/ Kegiatan/ KRO/ RO/ Komponen | Jumlah |\n| 999.01.WA | Program | 5 |",
        "| Kode | Uraian | Jumlah |\n| 999001.999.01.WA | Program | 5 |",
        "| Kode | Program/ Kegiatan/ KRO/ RO/ Komponen | Pagu |\n| 999001.999.01.WA | Program | 5 |",
    ],
    ids=["no satker", "another heading", "no amount"],
)
def test_what_lacks_headings_or_codes_is_no_rkks(text: str, tmp_path: Path) -> None:
    assert not rkks.identify(open_document(write_sheets(text, tmp_path / "lain.xlsx")))
