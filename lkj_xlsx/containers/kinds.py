"""What a file is that is no spreadsheet, told from its first bytes, and what its owner can do about it."""

import re
from typing import Final

from lkj_xlsx.containers.package import SAVE_AS

DOWNLOAD: Final = "unduh lagi laporan yang sama dalam bentuk Excel"
_EXTRACT: Final = "ekstrak dulu, lalu beri berkas di dalamnya"

_OLDEST: Final = (b"\x00\x04\x00", b"\x02\x06\x00", b"\x04\x06\x00")
"""The opening record of BIFF 2, 3 and 4, which lie in no container."""
_MAGIC: Final = (
    (b"%PDF", f"dokumen PDF; {DOWNLOAD}"),
    (b"\x1f\x8b", f"arsip gzip (.gz); {_EXTRACT}"),
    (b"Rar!\x1a\x07", f"arsip RAR; {_EXTRACT}"),
    (b"7z\xbc\xaf\x27\x1c", f"arsip 7-Zip; {_EXTRACT}"),
    (b"BZh", f"arsip bzip2; {_EXTRACT}"),
    (b"\xfd7zXZ\x00", f"arsip xz; {_EXTRACT}"),
    (b"PK\x05\x06", "arsip zip yang kosong; unduh lagi"),
    (b"\x89PNG\r\n\x1a\n", f"gambar PNG; {DOWNLOAD}"),
    (b"\xff\xd8\xff", f"gambar JPEG; {DOWNLOAD}"),
    (b"GIF8", f"gambar GIF; {DOWNLOAD}"),
    (b"II*\x00", f"gambar TIFF; {DOWNLOAD}"),
    (b"MM\x00*", f"gambar TIFF; {DOWNLOAD}"),
    (b"{\\rtf", f"dokumen RTF; pindahkan tabelnya ke Excel, atau {DOWNLOAD}"),
    (b"SQLite format 3\x00", f"basis data SQLite, bukan lembar kerja; {DOWNLOAD}"),
    *((b"\x09" + version, f"workbook Excel sangat lama (Excel 4 atau sebelumnya); {SAVE_AS}") for version in _OLDEST),
)
_MAIL: Final = re.compile(rb"\A(?:MIME-Version:|From: <Saved by|Content-Type: multipart/related)", re.IGNORECASE)
_JSON: Final = re.compile(r"""\A(?:\{\s*(?:"[^"]*"\s*:|\}\s*\Z)|\[\s*(?:[\[{"\]\d-]|null|true|false))""")
_PROLOG: Final = re.compile(r"\s*(?:<\?[^>]*>|<!--.*?-->|<!doctype(?!\s+html)[^>]*>)", re.IGNORECASE | re.DOTALL)
_ROOT: Final = re.compile(r"\s*<(!doctype\s+html|[a-z][\w.:-]*)", re.IGNORECASE)
_ROOTS: Final = frozenset(
    (
        *("html", "head", "body", "title", "meta", "link", "style", "script", "table", "tr", "td", "div", "span", "p"),
        *("br", "center", "font", "b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "form", "input", "a", "img", "hr"),
    )
)
"""Elements with which pages and pieces of pages open."""
_TABLE: Final = re.compile(r"<table[\s>]", re.IGNORECASE)
_XML_KINDS: Final = (
    ("urn:schemas-microsoft-com:office:spreadsheet", f"XML Spreadsheet 2003; {SAVE_AS}"),
    ('progid="Excel.Sheet"', f"XML Spreadsheet 2003; {SAVE_AS}"),
    ("urn:oasis:names:tc:opendocument", f"OpenDocument XML datar (.fods); {SAVE_AS}"),
    ("schemas.microsoft.com/office/word", f"dokumen Word dalam XML; pindahkan tabelnya ke Excel, atau {DOWNLOAD}"),
)
_NAMED_WITHIN: Final = 65_536
_ZIP_KINDS: Final = (
    ("word/", "dokumen Word (.docx), bukan workbook .xlsx; salin tabelnya ke Excel, simpan sebagai .xlsx"),
    ("ppt/", "presentasi PowerPoint (.pptx), bukan workbook .xlsx; salin tabelnya ke Excel, simpan sebagai .xlsx"),
    ("index/document.iwa", "dokumen Apple Numbers; ekspor dari Numbers sebagai Excel (.xlsx), lalu coba lagi"),
    ("index.apxl", "dokumen Apple iWork; ekspor sebagai Excel (.xlsx), lalu coba lagi"),
)
_INSIDE: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".pdf")
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
_SHEETS: Final = ("spreadsheet", "spreadsheet-template")


def binary_kind(head: bytes) -> str | None:
    """Say what the first bytes of a file announce, None where they announce nothing known."""
    if not head.strip(b"\x00"):
        return "hanya berisi bita nol, unduhannya gagal; unduh lagi"
    found = next((words for magic, words in _MAGIC if head.startswith(magic)), None)
    if found is None and head.lstrip().startswith(b"%PDF"):
        return _MAGIC[0][1]
    if found is None and _MAIL.match(head.lstrip()):
        return f"halaman web satu berkas (MHTML); {SAVE_AS}"
    return found


def is_binary(head: bytes) -> bool:
    """Tell bytes that are no text in 8 bits: a NUL among them, or controls all over."""
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a" for byte in head)  # noqa: PLR2004 - the blank
    return b"\x00" in head or controls > len(head) / 10


def is_html(text: str) -> bool:
    """Tell text that a browser would show as a page; a warning of PHP may stand before its first tag."""
    place = 0
    while prolog := _PROLOG.match(text, place):
        place = prolog.end()
    if root := _ROOT.match(text, place):
        return root[1].startswith("!") or root[1].lower() in _ROOTS
    return bool(_TABLE.search(text)) and "</t" in text.lower()


def text_kind(text: str) -> str | None:
    """Say what a text is that is neither a web page nor a table, None where it may be one."""
    start = text.lstrip()
    if start.startswith("<") and not is_html(text):
        head = start[:_NAMED_WITHIN]
        return next((words for sign, words in _XML_KINDS if sign in head), f"dokumen XML; {SAVE_AS}")
    if _JSON.match(start):
        return f"data JSON, bukan lembar kerja; {DOWNLOAD}"
    return None


def zip_kind(names: list[str], mimetype: str) -> str | None:
    """Say what an archive of other parts than a workbook's is; `names` in lower case."""
    if mimetype.startswith(_OPEN_DOCUMENT) and not is_open_sheet(mimetype):
        kind = mimetype.removeprefix(_OPEN_DOCUMENT)
        return f"dokumen OpenDocument `{kind}`, bukan lembar kerja; salin tabelnya ke Excel, simpan sebagai .xlsx"
    known = next((words for part, words in _ZIP_KINDS if any(name.startswith(part) for name in names)), None)
    inside = next((name for name in names if name.endswith(_INSIDE) and not name.startswith("xl/")), None)
    return known or (f"arsip zip yang memuat `{inside}`; {_EXTRACT}" if inside else None)


def is_open_sheet(mimetype: str) -> bool:
    """Tell the mimetype of an OpenDocument spreadsheet."""
    return mimetype.removeprefix(_OPEN_DOCUMENT) in _SHEETS
