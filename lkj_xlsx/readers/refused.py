"""Downloads that finance officers try, and that cannot give a budget: each is refused by its name, with what to do.

Recognised by the row of names or the title at the top of the first sheet that holds anything; further sheets may be an
officer's own notes. Source: from documentation and from code that reads such files (FORMATS.md sections 7, 8 and 12).
"""

from dataclasses import dataclass
from typing import Final

from lkj_xlsx.readers.named_columns import HEADER_ROWS, plain_name
from lkj_xlsx.sheet import Document, Sheet

_TRANSAKSI: Final = (
    "dari MonSAKTI unduh Pembayaran > Monitoring Detail Transaksi FA 16 Segmen Versi SP2D (tanggal dikosongkan), atau"
    " dari SAKTI Laporan FA Detail (16 Segmen)"
)


@dataclass(frozen=True, slots=True)
class Refused:
    """One download: what the user calls it, why it is not read, what to do, and the signs it is known by.

    It is known by a row that has all `columns` (spelled by `plain_name`), or by a cell that has `title` in it.
    """

    name: str
    why: str
    remedy: str
    columns: frozenset[str] = frozenset()
    title: str = ""

    def is_on(self, sheet: Sheet) -> bool:
        """Tell whether the top of a sheet shows it."""
        for row in range(min(HEADER_ROWS, len(sheet.rows))):
            names = {plain_name(cell) for cell in sheet.rows[row] if isinstance(cell, str)}
            if self.columns and names >= self.columns:
                return True
            if self.title and any(self.title in name for name in names):
                return True
        return False


REFUSED: Final = (
    Refused(
        "Daftar SP2D OM-SPAN",
        "daftar itu tidak memuat akun, dan uang persediaan (UP, TUP) di dalamnya bukan belanja, jadi tidak dapat"
        " menjadi realisasi per kegiatan",
        _TRANSAKSI,
        columns=frozenset({"NOMOR_SP2D", "NILAI_SP2D", "JENIS_SPM"}),
    ),
    Refused(
        "Monitoring SPP, SPM, dan SP2D MyIntress",
        "daftar itu tidak memuat akun, dan uang persediaan (UP, TUP) di dalamnya bukan belanja, jadi tidak dapat"
        " menjadi realisasi per kegiatan",
        _TRANSAKSI,
        columns=frozenset({"NO_SP2D", "NO_SPP_SPM", "JUMLAH_PENGELUARAN"}),
    ),
    Refused(
        "Detail Pengeluaran dan Potongan MyIntress",
        "pengeluaran dan potongan berdiri berpasangan, SP2D bertanggal nanti ikut tercantum, dan susunan kolomnya belum"
        " pernah dapat dipastikan, jadi angkanya tidak dapat dijamin",
        _TRANSAKSI,
        title="DETAIL_PENGELUARAN_DAN_POTONGAN",
    ),
    Refused(
        "Rekapitulasi Belanja SIPD",
        "itu anggaran pemerintah daerah (APBD) dengan kode rekening sendiri, bukan DIPA kementerian/lembaga (APBN)",
        "berikan ekspor SAKTI satker APBN; untuk APBD pakai laporan SIPD sendiri",
        title="REKAPITULASI_BELANJA_MENURUT_URUSAN_PEMERINTAH_DAERAH",
    ),
)


def refusal(document: Document) -> str | None:
    """Say what a document is, why it is not read and what to do, where it is one that is known and cannot be used."""
    sheet = next((sheet for sheet in document.sheets if _is_filled(sheet)), None)
    refused = next((one for one in REFUSED if sheet and one.is_on(sheet)), None)
    return f"{document.file}: {refused.name} tidak dibaca: {refused.why}; {refused.remedy}" if refused else None


def _is_filled(sheet: Sheet) -> bool:
    return any(cell is not None for row in sheet.rows for cell in row)
