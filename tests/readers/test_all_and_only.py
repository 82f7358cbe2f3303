from pathlib import Path

import pytest
from conftest import write_sheets

from lkj_xlsx.errors import UnknownFormat
from lkj_xlsx.readers import READERS, Reader, emon, glp039, monsakti, pok, printed, read, rkk, rkks, transaksi, workbook
from lkj_xlsx.sheet import open_document

SAMPLES = sorted(
    path for path in (Path(__file__).parents[2] / "samples").iterdir() if path.suffix in (".csv", ".xls", ".xlsx")
)
OWNERS: dict[str, Reader] = {
    "kpu-binjai-2024.xlsx": workbook,
    "kpu-binjai-2024-12-glp039.xlsx": glp039,
    "kpu-binjai-2024-terbit.xlsx": printed,
    "contoh-emon.xlsx": emon,
    "contoh-pok.xlsx": pok,
    "contoh-rkk.xlsx": rkk,
    "contoh-rkks.xlsx": rkks,
    "contoh-monsakti.csv": monsakti,
    "contoh-transaksi-sp2d.xlsx": transaksi,
    "contoh-glp039-akun.xlsx": glp039,
    "contoh-glp039-item.csv": glp039,
    "contoh-glp039-item.xls": glp039,
    "contoh-glp039-ro.xlsx": glp039,
    "contoh-glp039-transaksi.xlsx": glp039,
}

TITLE = "LAPORAN KETERSEDIAAN DANA DETAIL TA 2024"
TABLE = "| Kode | Uraian | Pagu | Realisasi |\n| CQ.6709 | a | 5 | 4 |\n"
KINERJA = "| Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |\n"
EMON = "| No | Kode | Kegiatan/KRO/RO/Paket | Pagu (Rp Ribu) | Realisasi (Rp Ribu) |\n| 1 | 7769 | a | 5 | 4 |\n"
PROGRAM = "| 999.01.WA | | | Program | | | | | | 5 |"
RKKS = "| Kode | Program/ Kegiatan/ KRO/ RO/ Komponen | Jumlah |\n| 999001.999.01.WA | Program | 5 |"
POK = "# Sheet: UC_ANG_6.4\n| x |\n" + "| |\n" * 6 + "| | 999.01.WA | Program |" + " |" * 34 + " 5 |"
SMALL: dict[str, tuple[str, Reader]] = {
    "rkk": (PROGRAM, rkk),
    "rkk under a title": (f"# Sheet: RKK_MULTIYEAR_SATKER\n| | x |\n{PROGRAM}", rkk),
    "rkks": (RKKS, rkks),
    "pok": (POK, pok),
    "pok under headings of a printed table": (POK.replace("| x |", "| Kode | Pagu | Realisasi |"), pok),
    "glp039": (f"| {TITLE} |\n| | CQ |", glp039),
    "glp039 behind another sheet": (f"# Sheet: Catatan\n| x |\n# Sheet: GLP039\n| {TITLE.lower()} |", glp039),
    "monsakti": ("| KDSATKER | KODE_AKUN | TOTAL | KODE_STS_HISTORY |\n| 999001 | 521211 | 5 | B01 |", monsakti),
    "postings": ("| Judul |\n| KODE COA | NO SP2D | TANGGAL SP2D | NILAI RUPIAH |", transaksi),
    "e-monitoring": (EMON, emon),
    "e-monitoring beside another sheet": (f"# Sheet: Catatan\n| x |\n# Sheet: Inpres\n{EMON}", emon),
    "anggaran": (f"# Sheet: Anggaran\n{TABLE}", workbook),
    "anggaran in capitals": (f"# Sheet: ANGGARAN\n{TABLE}", workbook),
    "kinerja alone": (f"# Sheet: Kinerja\n{KINERJA}", workbook),
    "pagu and realisasi": (
        "# Sheet: Pagu\n| Kode | Pagu |\n| 6709 | 5 |\n# Sheet: Realisasi\n| Kode | Realisasi |\n| 6709 | 5 |",
        workbook,
    ),
    "kinerja beside a printed table": (f"# Sheet: Kinerja\n{KINERJA}# Sheet: C.1\n{TABLE}", workbook),
    "printed": (TABLE, printed),
    "indicators alone": ("| No | Indikator Kinerja | Target | Realisasi |\n| 1 | a | 100% | 90% |", printed),
    "printed beside another sheet": (f"# Sheet: Catatan\n| x |\n# Sheet: C.1\n{TABLE}", printed),
    "printed with identitas": (f"# Sheet: Identitas\n| Kota | Binjai |\n# Sheet: C.1\n{TABLE}", printed),
}
UNKNOWN = {
    "an empty workbook": "| |",
    "a table without a ceiling": "| Kode | Uraian | Realisasi |\n| 6709 | a | 4 |",
    "a ceiling without spending": "# Sheet: Pagu\n| Kode | Pagu |\n| 6709 | 5 |",
    "identitas alone": "# Sheet: Identitas\n| Kota | Binjai |",
    "the title not at the top": f"| x |\n| {TITLE} |",
}


def claims(path: Path) -> list[Reader]:
    document = open_document(path)
    return [reader for reader in READERS if reader.identify(document)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_each_sample_is_claimed_by_exactly_the_reader_it_belongs_to(path: Path) -> None:
    assert claims(path) == [OWNERS[path.name]]


def test_each_reader_of_which_we_keep_a_sample_finds_it() -> None:
    assert {path.name for path in SAMPLES} == OWNERS.keys()


@pytest.mark.parametrize(("text", "owner"), SMALL.values(), ids=SMALL)
def test_each_small_document_is_claimed_by_exactly_the_reader_it_belongs_to(
    tmp_path: Path, text: str, owner: Reader
) -> None:
    assert claims(write_sheets(text, tmp_path / "kecil.xlsx")) == [owner]


def test_every_reader_owns_a_small_document() -> None:
    assert [reader for reader in READERS if reader not in [owner for _, owner in SMALL.values()]] == []


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_what_no_reader_knows_is_refused_with_what_is_known(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnknownFormat) as refused:
        read(write_sheets(text, tmp_path / "asing.xlsx"))
    assert str(refused.value).startswith("asing.xlsx: bentuknya tidak dikenal. Terlihat: lembar `")
    assert all(reader.FORMAT in str(refused.value) for reader in READERS)


def test_a_refusal_says_what_was_seen_on_each_sheet(tmp_path: Path) -> None:
    text = f"# Sheet: Satu\n| a | b |\n| | c |\n| d | e |\n# Sheet: Dua\n| |\n# Sheet: Tiga\n| {'x' * 60} |"
    with pytest.raises(UnknownFormat) as refused:
        read(write_sheets(text, tmp_path / "asing.xlsx"))
    seen = "lembar `Satu` (`a`, `b`, `c`, `d`), lembar `Dua` (kosong), lembar `Tiga` (`" + "x" * 40 + "`)"
    assert seen in str(refused.value)


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (f"# Sheet: GLP039\n| {TITLE} |\n# Sheet: Anggaran\n{TABLE}", (glp039, workbook)),
        (f"# Sheet: GLP039\n| {TITLE} |\n# Sheet: C.1\n{TABLE}", (glp039, printed)),
        (f"# Sheet: Inpres\n{EMON}# Sheet: C.1\n{TABLE}", (emon, printed)),
    ],
    ids=["with a workbook", "with a printed table", "e-monitoring with a printed table"],
)
def test_what_two_readers_claim_is_refused_by_both_names(
    tmp_path: Path, text: str, owners: tuple[Reader, Reader]
) -> None:
    path = write_sheets(text, tmp_path / "dua.xlsx")
    assert claims(path) == list(owners)
    with pytest.raises(UnknownFormat, match=r"^dua\.xlsx: cocok dengan lebih dari satu bentuk") as refused:
        read(path)
    assert all(owner.FORMAT in str(refused.value) for owner in owners)


def test_a_file_is_known_by_what_it_holds_and_not_by_its_name(tmp_path: Path) -> None:
    path = write_sheets(TABLE, tmp_path / "kpu-binjai-2024-12-glp039.xlsx")
    assert read(path).format == printed.FORMAT
