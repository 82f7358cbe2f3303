"""An .xlsx read the slow and simple way, to hold the fast way to it: a tree of elements, and the literal of each cell.

It knows nothing of limits and little of damage: what it gives counts only where the program accepts a file.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET

MAINS: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
OFFICES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
BLANKS: Final = " \t\r\n"
NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
Element = ET.Element
Place = tuple[int, int]
Cells = Mapping[Place, object]


class Doubtful(Exception):
    """A file says two things, or none: it must not be accepted."""


class Odd:
    """A cell that is no figure and no text."""


class Parts:
    """The parts of an archive, by name whatever its case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """List them."""
        self._archive = archive
        names = [(name.replace("\\", "/").lstrip("/").lower(), name) for name in archive.namelist()]
        self._names = dict(names)
        if len(names) != len(self._names):
            raise Doubtful

    def tree(self, name: str) -> Element | None:
        """Give a part as a tree, None where it is missing."""
        own = self._names.get(name.lower())
        return None if own is None else ET.fromstring(self._archive.read(own))  # noqa: S314 - files of our own

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Give the kind and the part of each relation of a part."""
        folder, name = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in () if tree is None else tree.iter():
            if one.tag.rpartition("}")[2] == "Relationship":
                target = unquote(one.get("Target", "")).replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = one.get("Type", "").rpartition("/")[2]
                found[one.get("Id", "")] = (kind, "" if one.get("TargetMode") == "External" else whole)
        return found


def read(path: Path) -> list[Cells]:
    """Give the cells of every worksheet; raises whatever it meets where the file is not sound."""
    with zipfile.ZipFile(path) as archive:
        parts = Parts(archive)
        roots = [part for kind, part in parts.relations("").values() if kind == "officeDocument"]
        book = roots[0] if roots else "xl/workbook.xml"
        relations = parts.relations(book)
        tables = [part for kind, part in relations.values() if kind == "sharedStrings"]
        strings = _strings(parts.tree(tables[0]) if tables else None)
        kinds = [relations[identity] for identity in _sheets(parts.tree(book))]
        trees = [parts.tree(part) for kind, part in kinds if kind == "worksheet"]
        return [_cells(tree, strings) for tree in trees]


def _own(element: Element, name: str) -> list[Element]:
    """Give the children of that name in a namespace of spreadsheets."""
    return [child for child in element if child.tag in {f"{{{space}}}{name}" for space in MAINS}]


def _sheets(book: Element | None) -> Iterator[str]:
    if book is None:
        raise Doubtful
    for listed in _own(book, "sheets"):
        for one in _own(listed, "sheet"):
            yield next(one.attrib[f"{{{office}}}id"] for office in OFFICES if f"{{{office}}}id" in one.attrib)


def _strings(table: Element | None) -> list[str]:
    return [] if table is None else [_text(item) for item in _own(table, "si")]


def _text(item: Element) -> str:
    """Give the text of an item or a cell, its runs joined, readings left out."""
    texts = [
        text
        for child in item
        for text in ([child] if child in _own(item, "t") else _own(child, "t") if child in _own(item, "r") else [])
    ]
    if any(len(text) for text in texts):
        raise Doubtful
    return "".join(unescaped(text.text or "") for text in texts)


def unescaped(text: str) -> str:
    """Undo `_x000D_`; halves of surrogate pairs stay."""
    parts = re.split(r"_x([0-9A-Fa-f]{4})_", text)
    for at in range(1, len(parts), 2):
        number = int(parts[at], 16)
        parts[at] = f"_x{parts[at]}_" if 0xD800 <= number < 0xE000 else chr(number)
    return "".join(parts)


def _cells(sheet: Element | None, strings: Sequence[str]) -> Cells:
    if sheet is None or sheet.tag not in {f"{{{space}}}worksheet" for space in MAINS}:
        raise Doubtful
    tables = _own(sheet, "sheetData")
    if len(tables) > 1:
        raise Doubtful
    cells: dict[Place, object] = {}
    rows: set[int] = set()
    row = 0
    for one in _own(tables[0], "row") if tables else ():
        row = int(one.get("r", row + 1))
        if row in rows or not 1 <= row <= 1_048_576:
            raise Doubtful
        rows.add(row)
        column = 0
        for cell in _own(one, "c"):
            column = _column(cell.get("r"), row, column + 1)
            value = _value(cell, strings)
            if value is None or value == "":
                continue
            if (row - 1, column - 1) in cells:
                raise Doubtful
            cells[row - 1, column - 1] = value
    return cells


def _column(said: str | None, row: int, following: int) -> int:
    if said is None:
        return following
    match = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]*)", said, re.ASCII)
    if match is None or int(match[2]) != row:
        raise Doubtful
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column


def _value(cell: Element, strings: Sequence[str]) -> object:  # noqa: PLR0911 - one return a kind of cell
    kind = cell.get("t", "n")
    texts, values, formulas = _own(cell, "is"), _own(cell, "v"), _own(cell, "f")
    if len(texts) > 1 or len(values) > 1 or (texts and values and values[0].text):
        raise Doubtful
    if texts:
        return _text(texts[0])
    value = (values[0].text or "") if values else None
    if formulas and not (value or "").strip(BLANKS) and not (kind == "str" and value is not None):
        return Odd()
    if value is None:
        return None
    bare = value.strip(BLANKS)
    if kind == "n":
        return number(bare) if bare else None
    if kind == "s":
        if not re.fullmatch("[0-9]+", bare):
            raise Doubtful
        return strings[int(bare)]
    if kind in ("str", "inlineStr"):
        return unescaped(value)
    if kind == "b":
        return {"0": False, "false": False, "1": True, "true": True}[bare]
    return Odd()


def number(text: str) -> object:
    """Give an exact figure, an Odd where there is none."""
    if not NUMBER.fullmatch(text):
        return Odd()
    mantissa, _, exponent = text.lower().partition("e")
    if not mantissa.strip("+-.0"):
        return Decimal(0)
    if len(exponent.lstrip("+-0")) > 4 or abs(int(exponent or 0)) > 300 or len(text) > 300:
        return Odd()
    return Decimal(text)
