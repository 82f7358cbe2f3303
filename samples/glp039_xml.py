"""How the report library behind SAKTI writes a workbook: the parts around the sheet, its cells and its numbers."""

import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

SHEET_NAME: Final = "GLP039_LAPORAN REALISASI SUPER "
"""The trailing space is real."""
ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
PLAIN_FROM: Final = 1e-3
SCIENTIFIC_FROM: Final = 1e7

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
CONTENT: Final = "application/vnd.openxmlformats-officedocument"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

BLANK, TITLE, SMALL, LABEL, HEADING, TOTAL, TOTAL_MONEY, TOTAL_PERCENT, TEXT, MONEY, PERCENT, NOTE = range(12)
_LOOKS: Final = (  # font, number format, horizontal alignment, in the order of the names above
    (0, 0, "general"),
    (1, 0, "center"),
    (2, 0, "center"),
    (3, 0, "left"),
    (3, 0, "center"),
    (3, 0, "center"),
    (3, 1, "right"),
    (3, 2, "center"),
    (2, 0, "left"),
    (2, 1, "right"),
    (2, 2, "right"),
    (2, 0, "left"),
)
_FONTS: Final = (
    ("Calibri", 11, "false"),
    ("SansSerif", 10, "true"),
    ("SansSerif", 7, "false"),
    ("SansSerif", 8, "true"),
)
# The spacer columns are a sixth of a character wide.
_SPACERS: Final = frozenset({1, 7, 9, 17, 19, 21, 22, 25, 26, 28, 30, 33, 34, 35})
_WIDTHS: Final = {16: 32.0, 15: 6.7, 18: 12.5, 20: 12.0, 23: 12.3, 24: 12.5, 27: 12.2, 29: 5.5, 31: 6.7, 32: 5.2}


def letters(column: int) -> str:
    """Spell a 1-based column: 1 is A, 27 is AA."""
    high, low = divmod(column - 1, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


COLUMNS: Final = tuple(letters(column) for column in range(1, 36))
"""A to AI."""


def java_double(number: float) -> str:
    """Print a number as Java does: `943000.0` below ten million, `1.79075935E11` from there."""
    if number == 0 or PLAIN_FROM <= abs(number) < SCIENTIFIC_FROM:
        return repr(float(number))
    sign, digits, exponent = Decimal(repr(float(number))).normalize().as_tuple()
    first, *others = (str(digit) for digit in digits)
    return f"{'-' * sign}{first}.{''.join(others) or '0'}E{int(exponent) + len(others)}"


def row_xml(row: int, height: int, cells: Mapping[str, tuple[str | float, int]], *, last: str = "AI") -> str:
    """Write a row, column letter to value and style: unused cells are there, empty, and look like the one before.

    After the column `last` they are plain.
    """
    xml, style = [], BLANK
    for column in COLUMNS:
        value, style = cells.get(column, ("", style))
        start = f'  <c r="{column}{row}" s="{style}"'
        if isinstance(value, str):
            text = f'<is><r>\n<t xml:space="preserve">{escape(value)}</t></r>\n</is>' if value else ""
            xml.append(f'{start} t="inlineStr">{text}</c>')
        else:
            xml.append(f'{start} t="n"><v>{java_double(value)}</v></c>')
        if column == last:
            style = BLANK
    return f'<row r="{row}" customHeight="1" ht="{height}">\n{"".join(xml)}</row>\n'


def _sheet(rows: Sequence[str], merges: Sequence[str]) -> str:
    """Write the sheet; the dimension is wrong on purpose, as in every file of this kind."""
    cols = "".join(
        f'<col min="{column}" max="{column}" customWidth="1" '
        f'width="{0.16666667 if column in _SPACERS else _WIDTHS.get(column, 1.3333334)}"/>\n'
        for column in range(1, len(COLUMNS) + 1)
    )
    merged = "".join(f'<mergeCell ref="{merge}"/>\n' for merge in merges)
    return (
        f'{HEAD}<worksheet\n xmlns="{MAIN}"\n xmlns:r="{OFFICE}/relationships">\n'
        '<sheetPr>\n<outlinePr summaryBelow="0"/>\n</sheetPr><dimension ref="A1"/>'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews>\n<sheetFormatPr defaultRowHeight="15"/>\n'
        f"<cols>\n{cols}</cols>\n<sheetData>\n{''.join(rows)}</sheetData>\n<mergeCells>\n{merged}</mergeCells>\n"
        '<pageMargins left="0.0" right="0.0" top="0.0" bottom="0.00" header="0.0" footer="0.0"/>\n'
        '<pageSetup orientation="landscape" paperSize="9"/>\n</worksheet>'
    )


def _styles() -> str:
    """Write the styles: no default cell style, and number formats under the numbers that Excel keeps for itself."""
    fonts = "".join(
        f'<font><sz val="{size}"/><name val="{name}"/><b val="{bold}"/><family val="2"/></font>\n'
        for name, size, bold in _FONTS
    )
    looks = "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0" applyAlignment="1" '
        f'applyNumberFormat="1" applyFont="1"><alignment wrapText="true" horizontal="{align}"/></xf>\n'
        for font, number, align in _LOOKS
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}">\n<numFmts>\n<numFmt numFmtId="0" formatCode="General"/>\n'
        '<numFmt numFmtId="1" formatCode="#,##0"/>\n<numFmt numFmtId="2" formatCode="#,##0.00 %"/>\n</numFmts>\n'
        f'<fonts>\n{fonts}</fonts>\n<fills>\n<fill><patternFill patternType="none"/></fill>\n</fills>\n'
        "<borders>\n<border><left/><right/><top/><bottom/><diagonal/></border>\n</borders>\n"
        f'<cellStyleXfs count="1"><xf/></cellStyleXfs>\n<cellXfs>\n{looks}</cellXfs>\n</styleSheet>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    """Write a list of relationships: kind and target."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>\n'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">\n{lines}</Relationships>'


def _content_types() -> str:
    """Write the list of the parts."""
    parts = (
        ("docProps/app.xml", f"{CONTENT}.extended-properties+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("xl/styles.xml", f"{CONTENT}.spreadsheetml.styles+xml"),
        ("xl/workbook.xml", f"{CONTENT}.spreadsheetml.sheet.main+xml"),
        ("xl/worksheets/sheet1.xml", f"{CONTENT}.spreadsheetml.worksheet+xml"),
    )
    lines = "".join(f'  <Override PartName="/{part}" ContentType="{kind}"/>\n' for part, kind in parts)
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">\n'
        f'  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\n'
        f'  <Default Extension="xml" ContentType="application/xml"/>\n{lines}</Types>'
    )


def _workbook() -> str:
    """Write the list of the one sheet, with the anchor that the library leaves on its first page."""
    return (
        f'{HEAD}<workbook\n xmlns="{MAIN}"\n xmlns:r="{OFFICE}/relationships">\n'
        '<workbookPr filterPrivacy="1" codeName="ThisWorkbook"/>\n'
        f'<sheets>\n  <sheet name="{SHEET_NAME}" sheetId="1" r:id="rId1"/>\n</sheets>\n<definedNames>\n'
        f"<definedName name=\"JR_PAGE_ANCHOR_0_1\">'{SHEET_NAME}'!$A$1</definedName>\n</definedNames>\n</workbook>"
    )


def write(path: Path, rows: Sequence[str], merges: Sequence[str]) -> None:
    """Write the workbook, the same bytes for the same rows: no part has a date."""
    office = f"{OFFICE}/relationships"
    parts = {
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{office}/worksheet", "worksheets/sheet1.xml"), (f"{office}/styles", "styles.xml")
        ),
        "[Content_Types].xml": _content_types(),
        "docProps/core.xml": f'{HEAD}<coreProperties xmlns="{PACKAGE}/metadata/core-properties">\n</coreProperties>',
        "docProps/app.xml": (
            f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties">\n'
            "  <Application>JasperReports Library version 6.18.1</Application>\n</Properties>"
        ),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": _sheet(rows, merges),
        "_rels/.rels": _relationships(
            (f"{office}/officeDocument", "xl/workbook.xml"),
            (f"{office}/extended-properties", "docProps/app.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, xml in parts.items():
            member = zipfile.ZipInfo(name, ZIP_TIME)
            member.create_system = 0  # the same on every machine
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, xml.encode())
