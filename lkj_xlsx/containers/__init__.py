"""One file per kind of file that holds sheets; a file goes to the one that its bytes announce, never its name.

Each is imported when a file needs it: the child process that reads `.xls` lives in this folder and wants none of it.
"""

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lkj_xlsx.errors import UnreadableFile

if TYPE_CHECKING:
    from lkj_xlsx.book import Book

_HEAD: Final = 65_536
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY: Final = (
    "bukan workbook .xlsx dan bukan teks (isi biner yang tidak dikenal); unduh lagi, atau buka di Excel atau"
    " LibreOffice, simpan sebagai .xlsx, lalu coba lagi"
)


def open_book(file: str, path: Path) -> "Book":
    """Open a file of any known kind, called `file`; raises UnreadableFile with what it is and what to do."""
    head = _first_bytes(file, path)
    if head.startswith(_ZIP):
        return _open_zip(file, path)
    if head.startswith(_OLE):
        from lkj_xlsx.containers import native  # noqa: PLC0415 - see the module's docstring

        return native.open_book(file, path, native.XLS)
    return _open_text(file, path, head)


def _first_bytes(file: str, path: Path) -> bytes:
    from lkj_xlsx.containers.texts import not_opened  # noqa: PLC0415 - as above

    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            message = f"{path}: bukan berkas biasa melainkan pipa atau perangkat; simpan dulu isinya sebagai berkas"
            raise UnreadableFile(message)
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise not_opened(path, error) from error
    if not head:
        message = f"{file}: berkas kosong (0 bita); unduh lagi"
        raise UnreadableFile(message)
    return head


def _open_zip(file: str, path: Path) -> "Book":
    """Hand an archive to the reader of its parts; what is no spreadsheet at all is xlsx's to refuse."""
    from lkj_xlsx.containers import kinds  # noqa: PLC0415 - as above
    from lkj_xlsx.containers.package import open_package  # noqa: PLC0415 - as above

    with open_package(file, path) as package:
        names = package.names
        mimetype = package.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in package else ""
    if kinds.is_open_sheet(mimetype):
        from lkj_xlsx.containers import ods  # noqa: PLC0415 - as above

        return ods.open_book(file, path)
    if "xl/workbook.bin" in names:
        from lkj_xlsx.containers import native  # noqa: PLC0415 - as above

        return native.open_book(file, path, native.XLSB)
    if "xl/workbook.xml" not in names and (kind := kinds.zip_kind(names, mimetype)):
        message = f"{file}: {kind}"
        raise UnreadableFile(message)
    from lkj_xlsx.containers import xlsx  # noqa: PLC0415 - as above

    return xlsx.open_book(file, path)


def _open_text(file: str, path: Path, head: bytes) -> "Book":
    from lkj_xlsx.containers import delimited, html_table, kinds, texts  # noqa: PLC0415 - as above

    kind = kinds.binary_kind(head)
    wide = texts.marked_encoding(head) or texts.wide_encoding(head)
    if kind is None and not wide and kinds.is_binary(head):
        kind = _BINARY
    if kind:
        message = f"{file}: {kind}"
        raise UnreadableFile(message)
    content = texts.read_bytes(file, path)
    declared = html_table.declared_encoding(file, content)
    text, encoding = texts.decode(file, content, declared)
    if kind := kinds.text_kind(text):
        message = f"{file}: {kind}"
        raise UnreadableFile(message)
    if kinds.is_html(text):
        return html_table.read_book(file, text, encoding)
    return delimited.read_book(file, text, encoding)
