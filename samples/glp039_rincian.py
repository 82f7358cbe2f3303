"""What stands below the lines of the Binjai budget: komponen, subkomponen, akun and items, all of it invented.

A line of the text is, by its first sign: `=` a line of the budget, `+` a komponen, `-` a subkomponen, six digits an
akun, else an item: its share of the budget line, then its name. After the share, `x2` is an item that exists
twice and is printed once, `r` one that was paid back in the last month. A `|` in a name is where the page ends;
on a budget line it is followed by the second half of the name.
"""

from typing import Final

from glp039_rincian_pemilu import RINCIAN_PEMILU

KRO: Final[dict[str, str]] = {
    "QGE": "Penyelenggaraan Pemilu dan Pemilihan",
    "RAN": "Sarana Teknologi Informasi",
    "EBA": "Layanan Dukungan Manajemen Internal",
}

AKUN: Final[dict[str, str]] = {
    "511111": "Belanja Gaji Pokok PNS",
    "511119": "Belanja Pembulatan Gaji PNS",
    "511121": "Belanja Tunjangan Suami/Istri PNS",
    "511122": "Belanja Tunjangan Anak PNS",
    "511123": "Belanja Tunjangan Struktural PNS",
    "511126": "Belanja Tunjangan Beras PNS",
    "511129": "Belanja Uang Makan PNS",
    "512111": "Belanja Uang Honor Tetap",
    "512211": "Belanja Uang Lembur",
    "512411": "Belanja Pegawai (Tunjangan Khusus/Kegiatan/Kinerja)",
    "521111": "Belanja Keperluan Perkantoran",
    "521114": "Belanja Pengiriman Surat Dinas Pos Pusat",
    "521115": "Belanja Honor Operasional Satuan Kerja",
    "521211": "Belanja Bahan",
    "521213": "Belanja Honor Output Kegiatan",
    "521219": "Belanja Barang Non Operasional Lainnya",
    "521811": "Belanja Barang Persediaan Barang Konsumsi",
    "522111": "Belanja Langganan Listrik",
    "522112": "Belanja Langganan Telepon",
    "522113": "Belanja Langganan Air",
    "522141": "Belanja Sewa",
    "522151": "Belanja Jasa Profesi",
    "522191": "Belanja Jasa Lainnya",
    "523111": "Belanja Pemeliharaan Gedung dan Bangunan",
    "523121": "Belanja Pemeliharaan Peralatan dan Mesin",
    "524111": "Belanja Perjalanan Dinas Biasa",
    "524113": "Belanja Perjalanan Dinas Dalam Kota",
    "524114": "Belanja Perjalanan Dinas Paket Meeting Dalam Kota",
    "524119": "Belanja Perjalanan Dinas Paket Meeting Luar Kota",
    "532111": "Belanja Modal Peralatan dan Mesin",
}

RINCIAN_DUKUNGAN: Final = """\
= WA.3355.EBA.994
+ 001 Gaji dan Tunjangan
- 0A Pembayaran Gaji dan Tunjangan
511111
610 Gaji Pokok PNS
51 Gaji Pokok PNS (Gaji 13)
51 Gaji Pokok PNS (Gaji 14)
511119
1 Pembulatan Gaji PNS
511121
48 Tunjangan Suami/Istri PNS
511122
16 Tunjangan Anak PNS
511123
34 Tunjangan Struktural PNS
511126
29 Tunjangan Beras PNS
511129
95 Uang Makan PNS
512211
26 Uang Lembur Pegawai Golongan III
14 Uang Makan Lembur |Pegawai Golongan III Dalam Rangka Penyelesaian Pertanggungjawaban Akhir Tahun Anggaran
512411
780 Tunjangan Kinerja Pegawai
65 Tunjangan Kinerja Pegawai (Bulan 13)
- 0B Uang Kehormatan Ketua dan Anggota
512111
155 Uang Kehormatan Ketua
490 Uang Kehormatan Anggota
= WA.3360.EBA.994
+ 002 Operasional dan Pemeliharaan Kantor
- 0A Kebutuhan Sehari-hari Perkantoran
521111
32 Keperluan Sehari-hari Perkantoran
20 Jasa Petugas Kebersihan
521114
3 Pengiriman Surat Dinas
521115
14 Honor Pejabat Kuasa Pengguna Anggaran
9 Honor Bendahara Pengeluaran
521811
11 Alat Tulis Kantor
- 0B Langganan Daya dan Jasa
522111
22 Langganan Listrik
522112
8 Langganan Telepon  dan Internet
522113
4 Langganan Air
- 0C Pemeliharaan Kantor
523111
15 Pemeliharaan Gedung Kantor
523121
10 Pemeliharaan Kendaraan Roda Empat
4 Pemeliharaan Komputer dan Printer
"""

RINCIAN: Final = RINCIAN_PEMILU + RINCIAN_DUKUNGAN
