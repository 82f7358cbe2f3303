"""The table written as .xlsx by hand, with every part, element and byte open to be broken."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import escape

from corpus.table import SHEET, TABLE, Table

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
BOOK, RELATIONS, SHEET_PART = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
STRINGS, STYLES, ROOT = "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"
HEAD: Final = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
TAIL: Final = "</worksheet>"
PLAIN, DATE, CUSTOM_DATE, HOURS, RUPIAH, ACCOUNTING, PERCENT, DAYS = range(8)
"""Styles of the part below."""
STYLE_PART: Final = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="4"><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="166" formatCode="[Red]&quot;Rp dalam rupiah &quot;#,##0"/>'
    '<numFmt numFmtId="167" formatCode="#,##0&quot; hari&quot;"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="8">'
    + "".join(f'<xf numFmtId="{number}" xfId="0"/>' for number in (0, 14, 164, 165, 166, 44, 9, 167))
    + "</cellXfs></styleSheet>"
)

Parts = dict[str, str | bytes]


def text_cell(place: str, text: str) -> str:
    """Write a text as most programs do that keep no table of texts."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def figure_cell(place: str, literal: object, attributes: str = "") -> str:
    """Write a figure by its literal."""
    return f'<c r="{place}"{attributes}><v>{literal}</v></c>'


def cells(changed: Mapping[str, str] = {}, table: Table = TABLE) -> dict[str, str]:
    """Give each cell of the table as XML, some of them replaced, or added."""
    own = {
        place: text_cell(place, value) if isinstance(value, str) else figure_cell(place, value)
        for place, value in table.cells().items()
    }
    return own | dict(changed)


def rows(own: Mapping[str, str]) -> list[str]:
    """Give the rows of these cells as XML."""
    by_row: dict[int, list[str]] = {}
    for place, cell in own.items():
        by_row.setdefault(int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), []).append(cell)
    return [f'<row r="{row}">{"".join(by_row[row])}</row>' for row in sorted(by_row)]


def worksheet(own: Iterable[str], *, head: str = HEAD, before: str = "", after: str = "", tail: str = TAIL) -> str:
    """Write the part of a worksheet from its rows, with more before and after them."""
    return f"{head}{before}<sheetData>{''.join(own)}</sheetData>{after}{tail}"


def changed_sheet(changed: Mapping[str, str] = {}, *, table: Table = TABLE, before: str = "", after: str = "") -> str:
    """Write the worksheet with some cells replaced."""
    return worksheet(rows(cells(changed, table)), before=before, after=after)


def relations(*those: tuple[str, str, str], office: str = OFFICE) -> str:
    """Write relations: id, kind, target."""
    tags = "".join(f'<Relationship Id="{one}" Type="{office}/{kind}" Target="{to}"/>' for one, kind, to in those)
    return f'<Relationships xmlns="{PACKAGE}">{tags}</Relationships>'


SHEET_RELATION: Final = ("rId1", "worksheet", "worksheets/sheet1.xml")
STYLE_RELATION: Final = ("rId8", "styles", "styles.xml")
STRING_RELATION: Final = ("rId9", "sharedStrings", "sharedStrings.xml")


def listing(
    *sheets: tuple[str, str], attributes: str = "", more: str = "", main: str = MAIN, office: str = OFFICE
) -> str:
    """Write the part that lists sheets by name and relation."""
    tags = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="{one}"{attributes}/>'
        for n, (name, one) in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{main}" xmlns:r="{office}">{more}<sheets>{tags}</sheets></workbook>'


def parts(sheet: str | bytes | None = None, changed: Mapping[str, str | bytes | None] = {}) -> Parts:
    """Give the parts of a sound workbook, some of them replaced, added, or (None) left out."""
    own: dict[str, str | bytes | None] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        ROOT: relations(("rId1", "officeDocument", BOOK)),
        BOOK: listing((SHEET, "rId1")),
        RELATIONS: relations(SHEET_RELATION, STYLE_RELATION),
        SHEET_PART: changed_sheet() if sheet is None else sheet,
        STYLES: STYLE_PART,
        **changed,
    }
    return {name: part for name, part in own.items() if part is not None}


def archive(own: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write an archive of these parts, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as writer:
        for name, part in own.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            writer.writestr(entry, part)
    return stream.getvalue()


def xlsx(sheet: str | bytes | None = None, changed: Mapping[str, str | bytes | None] = {}) -> bytes:
    """Write the workbook, its sheet or some parts replaced."""
    return archive(parts(sheet, changed))


def with_cells(changed: Mapping[str, str], parts_changed: Mapping[str, str | bytes | None] = {}) -> bytes:
    """Write the workbook with some cells replaced."""
    return xlsx(changed_sheet(changed), parts_changed)


def with_strings(strings: str, changed: Mapping[str, str] = {}, **attributes: str) -> bytes:
    """Write the workbook with a table of texts (its items as XML), and cells that point into it."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    table = f'<sst xmlns="{MAIN}"{said}>{strings}</sst>'
    own = {STRINGS: table, RELATIONS: relations(SHEET_RELATION, STYLE_RELATION, STRING_RELATION)}
    return with_cells(changed, own)
