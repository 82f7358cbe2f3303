"""The findings that readers make while reading: each code's sentence, in English and as the user reads it."""

from typing import Final

from lkj_xlsx.rupiah import Fault

READING: Final[dict[str, tuple[str, str]]] = {
    **{fault.code: (f"an amount cell: {fault.words}.", f"sel angka {fault.words}") for fault in Fault},
    "K103": ("a code does not look like a code of its column.", "bentuk kodenya tidak dikenali"),
    "K104": (
        "a code names another parent than the one it stands under.",
        "kode menyebut induk lain daripada tempatnya berdiri",
    ),
    "K105": (
        "a kegiatan stands under no program; the only program with a total but no band is taken.",
        "kegiatan tanpa baris program; dibaca di bawah satu-satunya program yang punya jumlah tanpa judul",
    ),
    "K106": (
        "a posted code has no ceiling, or fits several.",
        "kode di lembar Realisasi tidak ada di Pagu, atau cocok dengan beberapa",
    ),
    "R109": ("a column writes thousands in two ways.", "satu kolom menulis ribuan dengan titik dan dengan koma"),
    "R110": (
        "a sheet, table or column holds something and was not read.",
        "ada lembar, tabel atau kolom berisi yang tidak dibaca",
    ),
    "R111": ("a percent is not written as one percent.", "sel persen bukan satu persen, atau tandanya dua kali"),
    "R112": (
        "how a file was read: hidden sheets, macros left out, the separator and encoding of a text.",
        "bagaimana berkas dibaca: lembar tersembunyi, makro diabaikan, pemisah dan pengodean teks",
    ),
    "R120": (
        "a file of a folder or pattern could not be read; the others were.",
        "satu berkas dari folder atau pola tidak dapat dibaca; yang lain dibaca",
    ),
    "R121": (
        "no workbook was written for one satker of many.",
        "lampiran satu satker tidak ditulis; yang lain ditulis",
    ),
    "R122": (
        "the leaves of a very large budget stand in a Parquet file beside the workbook.",
        "rincian yang sangat banyak ada di berkas Parquet di samping workbook",
    ),
    "R201": ("a row holds figures or text but no code.", "baris tanpa kode, tidak ikut dijumlah"),
    "R202": (
        "a number stands outside the amount columns.",
        "ekspor SAKTI: angka di luar kolom angka, tidak ikut dijumlah",
    ),
    "R203": (
        "the year of the period is not the budget year.",
        "ekspor SAKTI: tahun periode bukan tahun anggaran",
    ),
    "R204": (
        "JUMLAH SELURUHNYA is missing or incomplete.",
        "ekspor SAKTI: JUMLAH SELURUHNYA tidak ada atau tidak lengkap",
    ),
    "R205": (
        "amounts in thousands of rupiah, multiplied once.",
        "angka dalam ribuan rupiah, sudah dikalikan menjadi rupiah penuh",
    ),
    "R206": (
        "RKK, Satu DJA or POK: what is printed of an item, a group or a plan does not add up.",
        "RKK, Satu DJA atau POK: volume x harga, jumlah kelompok atau jumlah bulan tidak cocok",
    ),
    "R207": (
        "RKK: what stands right of an amount is not certain.",
        "RKK: arti tulisan di kanan angka (blokir, sumber dana) tidak pasti",
    ),
    "R210": (
        "which rows of a raw budget file count: its latest revision, and no headings.",
        "data mentah MonSAKTI: baris mana yang dihitung (revisi terakhir, bukan judul)",
    ),
    "R211": (
        "the figures of an item do not make up its TOTAL.",
        "data mentah MonSAKTI: TOTAL item bukan VOLKEG x HARGASAT, atau bukan jumlah rencana penarikannya",
    ),
    "R212": (
        "a posting has no SP2D and is not spent yet.",
        "detail transaksi: baris tanpa NO SP2D, tidak ikut dijumlah",
    ),
    "R213": (
        "a posting stands twice, the same in every column; both are added.",
        "detail transaksi: dua baris sama di semua kolom, keduanya dijumlah",
    ),
    "R214": (
        "the period of a list of postings: from the last SP2D, or not certain.",
        "detail transaksi: periode dari tanggal SP2D terakhir, atau tidak pasti",
    ),
    "R215": (
        "the rows end at another level than the report says.",
        "ekspor SAKTI: barisnya sampai tingkat lain daripada yang disebut judulnya",
    ),
    "R216": (
        "the transactions of an item do not add up to its spending of the month.",
        "ekspor SAKTI: jumlah transaksi berbeda dari Periode Ini di atasnya",
    ),
    "R217": (
        "transactions are only compared with their item, never added.",
        "ekspor SAKTI: baris transaksi hanya dibandingkan, tidak dijumlah",
    ),
    "R218": (
        "a transaction has not one amount, and is not compared.",
        "ekspor SAKTI: transaksi tanpa satu angka, tidak dibandingkan",
    ),
    "R301": ("a key of Identitas is unknown.", "kunci di Identitas tidak dikenal, isinya tidak dipakai"),
    "R302": ("a value of Identitas is not what its key needs.", "tahun atau bulan di Identitas tidak dimengerti"),
    "R303": (
        "a NIP was stored as a number and lost its last digits.",
        "NIP tersimpan sebagai angka, digit akhirnya hilang",
    ),
    "R304": ("an indicator names an unknown table.", "Kinerja: tabel bukan 1 atau B.1, indikator tidak dicetak"),
    "R305": ("an indicator's arah is unknown.", "Kinerja: arah tidak dikenal, dibaca maksimal"),
    "R306": ("an indicator has neither a code nor a realisasi.", "Kinerja: tanpa kode dan tanpa realisasi"),
    "R307": ("a target, realisasi or bound is not one number.", "target, realisasi atau batas bukan satu angka"),
    "X101": (
        "a document's amounts are not used, as another's are, or only what the other does not bring.",
        "beberapa berkas memuat anggaran; angka berkas ini tidak dipakai, atau hanya yang disebut",
    ),
    "X208": (
        "several satker are added up, and the latest figures of some are of another month.",
        "satker yang digabung tidak berakhir di bulan yang sama",
    ),
    "X130": (
        "rows of a document that is joined have no partner, and their sum is in no joined column.",
        "penggabungan berkas: baris tanpa pasangan, jumlahnya tidak ikut diambil",
    ),
    "X131": (
        "lines that count have no partner in the joined document.",
        "penggabungan berkas: baris yang dipakai tidak ada di berkas kedua",
    ),
    "X132": (
        "a document cannot be joined at all.",
        "penggabungan berkas: tidak dapat digabung, dan mengapa",
    ),
    "X133": (
        "lines of several sumber dana became one, as the joined figures are not split by it.",
        "penggabungan berkas: baris beberapa sumber dana dijumlah menjadi satu",
    ),
    "X134": (
        "items of joined documents have no partner; their akun is what counts.",
        "penggabungan berkas: item tanpa pasangan; yang dijumlah tetap akunnya",
    ),
}
