import gzip
import os
from pathlib import Path

import pytest
from old_books import ole, sheet12, xls, xlsb, zipped
from openpyxl import Workbook

from lkj_xlsx.containers import open_book
from lkj_xlsx.errors import UnreadableFile

SAVE_AS = "simpan sebagai .xlsx"
SPREADSHEET_ML = b"""<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table></Table></Worksheet></Workbook>"""
WORD_ML = b'<?xml version="1.0"?><w:x xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
OPEN_TEXT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}


def refusal(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        open_book("laporan.xlsx", path)
    message = str(refused.value)
    assert message.startswith("laporan.xlsx: ")
    return message


@pytest.mark.parametrize(
    ("content", "says", "advises"),
    [
        (b"", "berkas kosong (0 bita)", "unduh lagi"),
        (bytes(70_000), "hanya berisi bita nol", "unduh lagi"),
        (b"%PDF-1.7\n\xe2\xe3", "dokumen PDF", "unduh lagi laporan yang sama dalam bentuk Excel"),
        (b"\r\n%PDF-1.4", "dokumen PDF", "unduh lagi"),
        (gzip.compress(b"x", mtime=0), "arsip gzip", "ekstrak dulu"),
        (b"Rar!\x1a\x07\x01\x00", "arsip RAR", "ekstrak dulu"),
        (b"7z\xbc\xaf\x27\x1c\x00", "arsip 7-Zip", "ekstrak dulu"),
        (b"BZh9", "arsip bzip2", "ekstrak dulu"),
        (b"\xfd7zXZ\x00", "arsip xz", "ekstrak dulu"),
        (zipped({}), "arsip zip yang kosong", "unduh lagi"),
        (b"\x89PNG\r\n\x1a\n", "gambar PNG", "dalam bentuk Excel"),
        (b"\xff\xd8\xff\xe0", "gambar JPEG", "dalam bentuk Excel"),
        (b"GIF89a", "gambar GIF", "dalam bentuk Excel"),
        (b"II*\x00", "gambar TIFF", "dalam bentuk Excel"),
        (b"MM\x00*", "gambar TIFF", "dalam bentuk Excel"),
        (b"{\\rtf1", "dokumen RTF", "pindahkan tabelnya ke Excel"),
        (b"SQLite format 3\x00", "basis data SQLite", "dalam bentuk Excel"),
        (b"\x09\x04\x06\x00\x00\x00", "Excel sangat lama", SAVE_AS),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "MHTML", SAVE_AS),
        (b"\r\nFrom: <Saved by Blink>\r\n", "MHTML", SAVE_AS),
        (SPREADSHEET_ML, "XML Spreadsheet 2003", SAVE_AS),
        (b"\xef\xbb\xbf" + SPREADSHEET_ML, "XML Spreadsheet 2003", SAVE_AS),
        (b'<office:document xmlns:office="urn:oasis:names:tc:opendocument"/>', "OpenDocument XML datar", SAVE_AS),
        (WORD_ML, "dokumen Word dalam XML", "pindahkan tabelnya ke Excel"),
        (b"\n<?xml version='1.0'?><!-- x --><!DOCTYPE rss><rss/>", "dokumen XML", SAVE_AS),
        (b'{"data": [{"kode": "051"}]}', "data JSON", "dalam bentuk Excel"),
        (b' [{"kode": "051"}]', "data JSON", "dalam bentuk Excel"),
        (b"{}", "data JSON", "dalam bentuk Excel"),
        (
            b"<!DOCTYPE html><html><form>Masuk</form></html>",
            "halaman web tanpa tabel, mungkin halaman login",
            "masuk lagi",
        ),
        (b"\x00\x01\x02", "bukan workbook .xlsx dan bukan teks", SAVE_AS),
        (bytes(range(1, 32)) * 9, "bukan workbook .xlsx dan bukan teks", SAVE_AS),
        (b"satu baris teks saja", "tanpa pemisah kolom", "unduh lagi"),
        (b"PK\x03\x04 and no more", "rusak atau terpotong", "unduh lagi"),
        (zipped({"word/document.xml": "<w/>"}), "dokumen Word (.docx), bukan workbook .xlsx", SAVE_AS),
        (zipped({"ppt/presentation.xml": "<p/>"}), "presentasi PowerPoint (.pptx)", SAVE_AS),
        (zipped({"Index/Document.iwa": "x"}), "Apple Numbers", "ekspor"),
        (zipped({"index.apxl": "x"}), "Apple iWork", "ekspor"),
        (zipped({"unduhan/FA Detail.xlsx": "x"}), "arsip zip yang memuat `unduhan/fa detail.xlsx`", "ekstrak dulu"),
        (zipped(OPEN_TEXT), "dokumen OpenDocument `text`", SAVE_AS),
        (zipped({"a.txt": "x"}), "arsip zip tanpa xl/workbook.xml", SAVE_AS),
        (ole({"WordDocument": b"x"}), "dokumen Word (.doc)", SAVE_AS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "rusak atau terpotong", "unduh lagi"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_its_kind_and_what_to_do(
    tmp_path: Path, content: bytes, says: str, advises: str
) -> None:
    message = refusal(tmp_path, content)
    assert says in message
    assert advises in message


def test_a_missing_file_a_folder_and_a_pipe_are_refused_with_their_whole_path(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa")
    for path, says in (
        (tmp_path / "tidak ada.xlsx", "tidak dapat dibuka (tidak ada); periksa nama dan izin berkas"),
        (tmp_path, "tidak dapat dibuka (itu folder); periksa nama dan izin berkas"),
        (tmp_path / "pipa", "bukan berkas biasa"),
    ):
        with pytest.raises(UnreadableFile) as refused:
            open_book("x", path)
        assert str(refused.value).startswith(f"{path}: ")
        assert says in str(refused.value)


def test_a_name_that_the_system_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="tidak dapat dibuka"):
        open_book("x", tmp_path / ("x" * 300))


def test_each_spreadsheet_goes_to_its_reader_whatever_its_name(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["051"])
    book.save(tmp_path / "buku.csv")
    (tmp_path / "lama.xlsx").write_bytes(xls({"Lama": []}))
    (tmp_path / "biner.xlsx").write_bytes(xlsb({"Biner": sheet12()}))
    (tmp_path / "teks.xlsx").write_text("a;b\n1;2\n", encoding="utf-16")
    (tmp_path / "teks2.xlsx").write_bytes("a;b\n1;2\n".encode("utf-16-be"))
    (tmp_path / "halaman.xlsx").write_bytes(b"<b>Warning</b>: x<table><tr><td>1</table>")
    (tmp_path / "peringatan.xlsx").write_bytes(b"Notice: x\n<table><tr><td>1</td></tr></table>")
    (tmp_path / "xhtml.xlsx").write_bytes(
        b"<?xml version='1.0'?><html xmlns='x'><table><tr><td>1</td></tr></table></html>"
    )
    names = {path.name: open_book("x", path).grids[0].name for path in tmp_path.iterdir()}
    assert names == {
        "buku.csv": "Sheet",
        "lama.xlsx": "Lama",
        "biner.xlsx": "Biner",
        "teks.xlsx": "CSV",
        "teks2.xlsx": "CSV",
        "halaman.xlsx": "Tabel 1",
        "peringatan.xlsx": "Tabel 1",
        "xhtml.xlsx": "Tabel 1",
    }
