"""One file per input format; exactly one of them must claim a document.

To add a format: write a module with FORMAT, `identify` and `read`, and put it into READERS.
"""

import io
from pathlib import Path
from typing import Final, Protocol

from lkj_xlsx.errors import UnknownFormat
from lkj_xlsx.model import Budget
from lkj_xlsx.readers import emon, glp039, monsakti, pok, printed, rkk, rkks, transaksi, workbook
from lkj_xlsx.readers.refused import refusal
from lkj_xlsx.sheet import Document, open_document


class Reader(Protocol):
    """What a reader module offers."""

    FORMAT: str
    """What the format is called, as the user knows it."""

    def identify(self, document: Document) -> bool:
        """Tell, from the contents alone, whether the document is of this format."""

    def read(self, document: Document) -> Budget:
        """Read a document that `identify` claimed; problems in it become findings."""


PARQUET: Final = b"PAR1"

READERS: Final[tuple[Reader, ...]] = (glp039, rkk, rkks, pok, monsakti, transaksi, emon, workbook, printed)


def read(path: Path, name: str | None = None) -> Budget:
    """Read one file by the one reader that claims it; findings call it by `name`, else by its own.

    Raises UnreadableFile for what cannot be opened, UnknownFormat when no reader or several claim it, or when it is
    a download that cannot give a budget.
    """
    if is_kept(path):
        from lkj_xlsx.stored import restore  # noqa: PLC0415 - an export pays for no Parquet engine

        return restore(path, name or path.name)
    document = open_document(path, name)
    if refused := refusal(document):
        raise UnknownFormat(refused)
    claims = [reader for reader in READERS if reader.identify(document)]
    if len(claims) == 1:
        return claims[0].read(document)
    if claims:
        message = f"{document.file}: cocok dengan lebih dari satu bentuk ({_listed(claims)}); pisahkan lembarnya"
    else:
        message = f"{document.file}: bentuknya tidak dikenal. Terlihat: {_seen(document)}. Dikenal: {_listed(READERS)}"
    raise UnknownFormat(message)


def is_kept(path: Path) -> bool:
    """Tell whether a file begins as the Parquet of a kept document does; what cannot be opened is refused elsewhere."""
    try:
        with path.open("rb") if path.is_file() else io.BytesIO() as stream:
            return stream.read(len(PARQUET)) == PARQUET
    except (OSError, ValueError):
        return False


def _listed(readers: tuple[Reader, ...] | list[Reader]) -> str:
    return "; ".join(reader.FORMAT for reader in readers)


def _seen(document: Document) -> str:
    """Say what stands at the top of each sheet."""
    seen = []
    for sheet in document.sheets:
        texts = [sheet.text(row, column) for row in range(len(sheet.rows)) for column in range(len(sheet.rows[row]))]
        first = [f"`{text[:40]}`" for text in texts if text][:4]
        seen.append(f"lembar `{sheet.name}` ({', '.join(first) or 'kosong'})")
    return ", ".join(seen)
