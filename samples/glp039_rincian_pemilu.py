"""What stands below the lines of the program CQ in the Binjai budget, all invented; see `glp039_rincian.py`."""

from typing import Final

RINCIAN_PEMILU: Final = """\
= CQ.6639.051.0A
+ 051 Pelaksanaan Pemilihan Serentak
- 0A Penyelenggaraan Pemilihan Walikota dan Wakil Walikota Binjai Tahun 2024
521211
35 Alat Tulis Kantor
30 Makan Rapat Koordinasi
12 Snack Rapat Koordinasi
60 Cetak Formulir dan Sampul  Pemungutan Suara
25 Spanduk, Baliho & Bahan Sosialisasi
521213
420 Honorarium Panitia Pemilihan Kecamatan (PPK)
610 Honorarium Panitia Pemungutan Suara (PPS)
900 Honorarium Kelompok Penyelenggara Pemungutan Suara (KPPS)
210 Honorarium Petugas Ketertiban TPS
180 Honorarium Petugas Pemutakhiran Data Pemilih (Pantarlih)
521219
75 Operasional Sekretariat PPK
90 Operasional Sekretariat PPS
16 Santunan Kecelakaan Kerja |Badan Adhoc Penyelenggara Pemilihan Tingkat Kecamatan, Kelurahan dan TPS
521811
150 Pengadaan Surat Suara
48 Pengadaan Tinta, Segel dan Perlengkapan TPS
522141
70 Sewa Gudang Logistik  Pemilihan
110 Sewa Tenda dan Kursi TPS
38 Sewa Kendaraan Angkutan Kotak Suara
522151
24 Honor Narasumber Bimbingan Teknis
8 Honor Moderator
522191
95 Jasa Audit Dana Kampanye
64 Jasa Penyelenggaraan Debat Publik Antar Pasangan Calon Walikota dan Wakil Walikota Tahun 2024 di Kota Medan
524111
41 Perjalanan Dinas Konsultasi ke Jakarta
524113
33 Transport Lokal Monitoring Kecamatan
524114
82 Paket Fullday Bimbingan Teknis PPK dan PPS
58 Paket Fullboard Rapat Pleno Rekapitulasi
532111
20 Laptop Pengolah Data Pemilihan
9 Printer  Multifungsi
= CQ.6709.QGE.001
+ 051 Penyusunan Rencana Kerja dan Anggaran
- 0A Penyusunan Rencana Kebutuhan Biaya Pemilu
521211
10 Alat Tulis Kantor
18 Makan Rapat Koordinasi
7 Penggandaan dan Penjilidan Dokumen Anggaran
522151
14 Honor Narasumber
524111
160 Perjalanan Dinas Penelitian RKA ke Provinsi
60 Perjalanan Dinas Konsultasi ke Jakarta
35 Perjalanan Dinas Konsultasi ke Jakarta
- 0B Koordinasi dan Supervisi Pelaksanaan |Program dan Anggaran Pemilu Bersama Badan Adhoc
521211
9 Makan Rapat Koordinasi
4 Snack Rapat Koordinasi
524113
48 Transport Lokal Peserta Rapat
524114
120 Paket Fullday Rapat Kerja
+ 052 Penyusunan Laporan dan Pertanggungjawaban
- 0A Laporan Pertanggungjawaban Keuangan Pemilu
521211
12x2 Alat Tulis Kantor
16 Komputer Supplies
8 Penggandaan Laporan
521213
90 Honor Tim Penyusun Laporan
524111
230 Perjalanan Dinas Rekonsiliasi  Keuangan
= CQ.6709.QGE.003
+ 051 Pelatihan Teknis
- 0A Bimbingan Teknis Tata Kelola Tahapan
521211
12 Seminar Kit Peserta
9 Makan Rapat Koordinasi
522151
25 Honor Narasumber Pelatihan
524113
30 Transport Lokal Peserta Pelatihan
= CQ.6709.QGE.004
+ 051 Sosialisasi dan Pendidikan Pemilih
- 0A Sosialisasi kepada Pemilih Pemula
521211
20 Bahan Sosialisasi Pemilih Pemula
8 Snack Peserta Sosialisasi
522151
14 Honor Narasumber
- 0B Sosialisasi kepada Kelompok Marginal dan Penyandang Disabilitas
521219
22 Cetak Braille dan Alat Bantu Tuna Netra
524113
11 Transport Lokal Peserta Sosialisasi
+ 052 Publikasi dan Dokumentasi
- 0A Publikasi Media Massa
522191
36 Jasa Iklan Layanan Masyarakat Radio dan Surat Kabar
= CQ.6709.RAN.001
+ 051 Kebutuhan Sarana IT
- 0A TANPA SUB KOMPONEN
521211
10 Komputer Supplies
522191
7 Paket Data Internet Operator Sidalih
= CQ.6709.RAN.002
+ 051 Pengelolaan Sarana IT
- 0A TANPA SUB KOMPONEN
521211
1 Alat Tulis Kantor
= CQ.6867.QGE.002
+ 051 Honorarium Badan Adhoc Kecamatan
- 0A Honorarium PPK
521213
700 Honorarium Ketua dan Anggota PPK
330 Honorarium Sekretariat PPK
- 0B Operasional PPK
521211
60 Alat Tulis Kantor
521219
140 Operasional Kantor PPK
522141
45 Sewa Peralatan Kantor PPK
+ 052 Honorarium Badan Adhoc Kelurahan
- 0A Honorarium PPS
521213
1900 Honorarium Ketua dan Anggota PPS
980 Honorarium Sekretariat PPS
- 0B Honorarium KPPS
521213
3900 Honorarium Ketua dan Anggota KPPS
820 Honorarium Petugas Ketertiban TPS
521219
260 Pembuatan TPS
75 Vitamin dan Layanan Kesehatan Petugas KPPS Selama Pemungutan dan Penghitungan Suara di Seluruh TPS Kota Binjai
- 0C Honorarium Pantarlih
521213
640 Honorarium Petugas Pantarlih
= CQ.6870.QGE.001
+ 051 Persiapan Kampanye
- 0A Rapat Persiapan Kampanye
521211
14 Makan Rapat Koordinasi
6 Snack Rapat Koordinasi
524113
10 Transport Lokal Peserta Rapat
= CQ.6870.QGE.002
+ 051 Fasilitasi Kampanye
- 0A Pengadaan Alat Peraga Kampanye
521219
190 Cetak Alat Peraga Kampanye
55 Pemasangan Alat Peraga Kampanye
522191
130 Jasa Iklan Kampanye  Media Elektronik
- 0B Monitoring Pelaksanaan Kampanye
524111
70r Perjalanan Dinas Pengawasan Kampanye
524113
52 Transport Lokal Monitoring Kampanye
+ 052 Dana Kampanye
- 0A Audit Laporan Dana Kampanye
521211
12 Makan Rapat Koordinasi
522191
240 Jasa Kantor Akuntan Publik
524114
66 Paket Fullday Bimbingan Teknis Dana Kampanye
= CQ.6871.QGE.001
+ 051 Penyiapan Logistik
- 0A Rapat Kebutuhan Logistik
521211
10 Makan Rapat Koordinasi
524111
22 Perjalanan Dinas Koordinasi Logistik
- 0B Penyortiran dan Pelipatan Surat Suara
522191
30 Jasa Penyortiran Surat Suara
= CQ.6871.QGE.002
+ 051 Pengadaan Logistik Pemilu
- 0A Pengadaan Perlengkapan Pemungutan Suara
521211
40 Cetak Formulir Model C dan D
521811
310 Pengadaan Kotak dan Bilik Suara
120 Pengadaan Segel dan Tinta
95 Pengadaan Perlengkapan TPS
522141
210 Sewa Gudang Logistik  Pemilu
+ ZZ1 Distribusi Logistik Tambahan
- 0A TANPA SUB KOMPONEN
522141
180 Sewa Truk Angkutan Logistik
522191
160 Jasa Bongkar Muat dan Pengepakan
524113
44 Transport Lokal Petugas Distribusi
= CQ.6871.QGE.003
+ 051 Dokumentasi Logistik
- 0A Inventarisasi dan Dokumentasi
521211
8 Alat Tulis Kantor
5 Penggandaan Berita Acara
524113
14 Transport Lokal Petugas Inventarisasi
= CQ.6872.QGE.001 |Penghitungan Suara
+ 051 Penyiapan Pemungutan Suara
- 0A TANPA SUB KOMPONEN
521211
1 Makan Rapat Koordinasi
= CQ.6872.QGE.002
+ 051 Pemungutan dan Penghitungan Suara di TPS
- 0A Simulasi dan Bimbingan Teknis KPPS
521211
35 Cetak Buku Panduan KPPS
12 Snack Peserta Simulasi
524113
90 Transport Lokal Peserta Bimbingan Teknis
524114
170 Paket Fullday Bimbingan Teknis KPPS
+ 052 Rekapitulasi Hasil Penghitungan Suara
- 0A Rekapitulasi Tingkat Kota
521211
28 Makan Rapat Pleno
521213
150 Honor Kelompok Kerja Rekapitulasi
524119
85 Paket Meeting Rekapitulasi Tingkat Provinsi
= CQ.6872.QGE.003
+ 051 Evaluasi
- 0A Rapat Evaluasi Pemungutan Suara
521211
9 Makan Rapat Evaluasi
5 Alat Tulis Kantor
524113
12 Transport Lokal Peserta Rapat
= CQ.6981.QGE.001
+ 051 Penyiapan Sumpah Janji
- 0A TANPA SUB KOMPONEN
521211
1 Makan Rapat Koordinasi
= CQ.6981.QGE.002
+ 051 Pelaksanaan Sumpah Janji
- 0A TANPA SUB KOMPONEN
524111
1 Perjalanan Dinas Pelantikan
= CQ.6982.QGE.002
+ 051 Penetapan Hasil
- 0A Rapat Pleno Penetapan
521211
7 Makan Rapat Pleno
524113
4 Transport Lokal Peserta Rapat
= CQ.6982.QGE.003
+ 051 Penyelesaian Sengketa
- 0A TANPA SUB KOMPONEN
522151
1 Honor Konsultan Hukum
"""
