"""One file per kind of file: what turns bytes into a Book."""

from pathlib import Path

from lkj_xlsx.book import Book
from lkj_xlsx.containers import xlsx


def open_book(file: str, path: Path) -> Book:
    """Open a file."""
    return xlsx.open_book(file, path)
