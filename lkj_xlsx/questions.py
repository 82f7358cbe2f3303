"""Ready questions for `lkj query --contoh`: a name, what it asks, and its SQL over the tables of query_tables.py."""

from typing import Final, NamedTuple

from lkj_xlsx.errors import BadRequest


class Question(NamedTuple):
    """A question by name."""

    nama: str
    tanya: str
    sql: str


QUESTIONS: Final = (
    Question(
        "serapan-rendah",
        "Akun mana yang serapannya di bawah 50%, sisa terbesar dulu?",
        "SELECT kode, uraian, pagu, realisasi, sisa, serapan FROM akun WHERE serapan < 50 ORDER BY sisa DESC, kode",
    ),
    Question(
        "sisa-per-ro",
        "Berapa yang belum terserap per RO?",
        "SELECT kode, uraian, pagu, realisasi, sisa, serapan FROM ro WHERE sisa <> 0 ORDER BY sisa DESC, kode",
    ),
    Question(
        "sisa-terbesar",
        "Sepuluh akun dengan sisa terbesar, dan bagiannya dari seluruh sisa?",
        "SELECT kode, uraian, sisa, serapan(sisa, (SELECT jumlah(sisa) FROM akun)) AS persen_sisa"
        " FROM akun ORDER BY sisa DESC, kode LIMIT 10",
    ),
    Question(
        "per-kelompok-akun",
        "Berapa pagu dan realisasi per kelompok akun (empat digit)?",
        "SELECT akun[:4] AS kelompok, count(*) AS baris, jumlah(pagu) AS pagu, jumlah(realisasi) AS realisasi,"
        " jumlah(sisa) AS sisa, serapan(jumlah(realisasi), jumlah(pagu)) AS serapan FROM rincian WHERE akun IS NOT NULL"
        " GROUP BY kelompok ORDER BY kelompok",
    ),
    Question(
        "item-tanpa-realisasi",
        "Item mana yang belum ada realisasinya?",
        "SELECT kode, uraian, pagu FROM item WHERE realisasi = 0 AND pagu > 0 ORDER BY pagu DESC, kode",
    ),
    Question(
        "per-jenis-belanja",
        "Berapa bagian setiap jenis belanja dari pagu dan realisasi?",
        "SELECT kode, uraian, pagu, realisasi, serapan,"
        " serapan(pagu, sum(pagu) OVER ()) AS bagian_pagu,"
        " serapan(realisasi, sum(realisasi) OVER ()) AS bagian_realisasi"
        " FROM jenis_belanja ORDER BY kode",
    ),
    Question(
        "bulan-ke-bulan",
        "Berapa realisasi sampai setiap bulan, dan tambahnya dari bulan sebelumnya?",
        "SELECT satker, tahun, bulan, jumlah(pagu) AS pagu, jumlah(realisasi) AS realisasi,"
        " jumlah(realisasi) - lag(jumlah(realisasi)) OVER (PARTITION BY satker, tahun ORDER BY bulan) AS tambah,"
        " serapan(jumlah(realisasi), jumlah(pagu)) AS serapan FROM bulanan"
        " GROUP BY satker, tahun, bulan ORDER BY satker, tahun, bulan",
    ),
    Question(
        "item-bergerak",
        "Item mana yang realisasinya berubah antara bulan pertama dan bulan terakhir yang diberikan?",
        "WITH ujung AS (SELECT satker, tahun, item, any_value(uraian) AS uraian,"
        " arg_min(realisasi, bulan) AS awal, arg_max(realisasi, bulan) AS akhir, count(DISTINCT bulan) AS bulan"
        " FROM item_bulanan GROUP BY satker, tahun, item)"
        " SELECT item, uraian, awal, akhir, akhir - awal AS gerak FROM ujung WHERE akhir <> awal"
        " ORDER BY abs(gerak) DESC, item",
    ),
    Question(
        "pengembalian",
        "Baris mana yang realisasinya dalam satu bulan negatif (pengembalian)?",
        "SELECT bulan, kode, uraian, realisasi_lalu, realisasi_ini, realisasi FROM bulanan WHERE realisasi_ini < 0"
        " ORDER BY bulan, realisasi_ini, kode",
    ),
    Question(
        "per-berkas",
        "Berapa pagu dan realisasi menurut setiap berkas dan lembarnya?",
        "SELECT berkas, lembar, bulan, count(*) AS baris, jumlah(pagu) AS pagu, jumlah(realisasi) AS realisasi"
        " FROM bulanan GROUP BY berkas, lembar, bulan ORDER BY bulan, berkas, lembar",
    ),
    Question(
        "kegiatan-per-jenis-belanja",
        "Berapa sisa setiap jenis belanja per kegiatan?",
        "SELECT program, kegiatan, coalesce(jenis_belanja, '-') AS jenis, jumlah(pagu) AS pagu,"
        " jumlah(realisasi) AS realisasi, jumlah(sisa) AS sisa, serapan(jumlah(realisasi), jumlah(pagu)) AS serapan"
        " FROM rincian GROUP BY program, kegiatan, jenis"
        " ORDER BY program, kegiatan, jenis",
    ),
    Question(
        "rpd-dan-realisasi",
        "Seberapa jauh realisasi setiap kegiatan dari rencana penarikannya (RPD) sampai bulan ini?",
        "SELECT kode, uraian, pagu, rpd, realisasi, realisasi - rpd AS deviasi,"
        " serapan(realisasi - rpd, rpd) AS persen_deviasi FROM kegiatan WHERE rpd IS NOT NULL"
        " ORDER BY abs(realisasi - rpd) DESC, kode",
    ),
    Question(
        "rpd-per-bulan",
        "Berapa RPD setiap bulan, dan berapa realisasi bulan itu di berkas yang diberikan?",
        "SELECT bulan, jumlah(rpd) AS rpd, jumlah(realisasi_ini) AS realisasi,"
        " jumlah(realisasi_ini) - jumlah(rpd) AS deviasi FROM rpd_bulanan GROUP BY bulan ORDER BY bulan",
    ),
    Question(
        "pagu-per-sumber-dana",
        "Berapa pagu dan realisasi setiap sumber dana?",
        "SELECT coalesce(sumber_dana, '-') AS sumber, count(*) AS baris, jumlah(pagu) AS pagu,"
        " jumlah(realisasi) AS realisasi, jumlah(sisa) AS sisa, serapan(jumlah(realisasi), jumlah(pagu)) AS serapan"
        " FROM rincian GROUP BY sumber ORDER BY sumber",
    ),
    Question(
        "jumlah-tercetak",
        "Jumlah mana yang tercetak, dan berapa sisanya menurut cetakan itu?",
        "SELECT berkas, lembar, baris, coalesce(kode, uraian) AS apa, pagu, realisasi, pagu - realisasi AS sisa"
        " FROM tercetak WHERE (jumlah OR tingkat IN ('program', 'kegiatan')) AND pagu IS NOT NULL"
        " ORDER BY berkas, lembar, baris",
    ),
    Question(
        "temuan-per-kode",
        "Berapa temuan setiap kode, dan di berkas mana?",
        "SELECT tingkat, kode, berkas, count(*) AS temuan FROM temuan GROUP BY tingkat, kode, berkas"
        " ORDER BY tingkat, kode, berkas",
    ),
)


def sql_of(nama: str) -> str:
    """Give the SQL of a question; raises BadRequest with the names that there are."""
    sql = next((question.sql for question in QUESTIONS if question.nama == nama), None)
    if sql is None:
        message = f"--tanya {nama}: tidak dikenal; pilih {', '.join(question.nama for question in QUESTIONS)}"
        raise BadRequest(message)
    return sql


def as_text() -> str:
    """List the ready questions with their SQL."""
    return "\n".join(f"{one.nama}: {one.tanya}\n  {one.sql}\n" for one in QUESTIONS)
