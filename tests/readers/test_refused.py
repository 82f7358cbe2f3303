from pathlib import Path

import pytest
from conftest import write_sheets

from lkj_xlsx.errors import UnknownFormat
from lkj_xlsx.readers import printed, read
from lkj_xlsx.readers.refused import REFUSED, refusal
from lkj_xlsx.sheet import open_document

TABLE = "# Sheet: C.1\n| Kode | Uraian | Pagu | Realisasi |\n| CQ.6709 | a | 5 | 4 |\n"
DOCUMENTS = {
    "Daftar SP2D OM-SPAN": """
        | Daftar SP2D |
        | No. | Nomor SP2D | Tanggal SP2D | Nilai SP2D | Nomor Invoice | Jenis SPM | Jenis SP2D |
        | 1 | '250011301000101 | 02-01-2025 | 1,000 | 00135T/999001/2025 | GUP | LS |
        """,
    "Monitoring SPP, SPM, dan SP2D MyIntress": """
        | Monitoring SPP, SPM, dan SP2D |
        | No. SP2D | No. SPP/SPM | Jenis SPP/SPM | Jumlah Pengeluaran | Tanggal SP2D |
        """,
    "Detail Pengeluaran dan Potongan MyIntress": """
        # Sheet: Data
        | KEMENTERIAN KEUANGAN |
        | DETAIL PENGELUARAN DAN POTONGAN PADA SPP/SPM/SP2D |
        | |
        | |
        | No SP2D | Kode COA | Nilai Pengeluaran | Akun Potongan | Nilai Potongan |
        """,
    "Rekapitulasi Belanja SIPD": """
        | |
        | REKAPITULASI BELANJA MENURUT URUSAN PEMERINTAH DAERAH, ORGANISASI |
        | Kode | Urusan | Anggaran | Realisasi |
        | 1.02 | Kesehatan | 5 | 4 |
        """,
}


def test_every_refused_download_has_a_document_here() -> None:
    assert [one.name for one in REFUSED] == list(DOCUMENTS)


@pytest.mark.parametrize(("name", "text"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_a_download_that_gives_no_budget_is_refused_by_its_name_with_what_to_do(
    tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(UnknownFormat) as refused:
        read(write_sheets(text, tmp_path / "unduhan.xlsx"))
    assert str(refused.value).startswith(f"unduhan.xlsx: {name} tidak dibaca: ")
    one = next(one for one in REFUSED if one.name == name)
    assert str(refused.value).endswith(f"{one.why}; {one.remedy}")


@pytest.mark.parametrize(("name", "text"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_a_download_kept_behind_a_budget_does_not_refuse_it(tmp_path: Path, name: str, text: str) -> None:
    behind = text if text.strip().startswith("#") else f"# Sheet: {name[:20]}\n{text}"
    assert read(write_sheets(f"{TABLE}{behind}", tmp_path / "dua.xlsx")).format == printed.FORMAT


@pytest.mark.parametrize(
    "text",
    [
        "| |",
        "| Nomor SP2D | Nilai SP2D |",
        "| a |\n| b |\n| c |\n| d |\n| e |\n| f |\n| g |\n| h |\n| i |\n| j |\n| Nomor SP2D | Nilai SP2D | Jenis SPM |",
    ],
    ids=["an empty workbook", "a column short", "too far down"],
)
def test_what_only_resembles_one_is_not_refused(tmp_path: Path, text: str) -> None:
    assert refusal(open_document(write_sheets(text, tmp_path / "kecil.xlsx"))) is None
