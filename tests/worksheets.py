"""Workbooks written by hand, part by part, in the dialects of several programs; and what is made of them."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from lkj_xlsx.containers.cells import Cells, Rows
from lkj_xlsx.containers.markup import NotSound
from lkj_xlsx.containers.xlsx import pour
from lkj_xlsx.containers.xlsx_exact import SheetReader, Styles
from lkj_xlsx.finding import column_letters

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD: Final = f'<worksheet xmlns="{MAIN}" xmlns:x14ac="urn:x"><sheetData>'
TAIL: Final = "</sheetData></worksheet>"
STRINGS: Final = ("Belanja", "", "  spasi  ", "051", "Rp\n1.000")
STYLES: Final = Styles(frozenset({3}), {2: 0, 4: 2})
"""Style 3 shows dates, 2 and 4 percents."""
STYLE_PART: Final = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    "<borders><border/></borders>"
    '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>'
    + "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for number in (0, 0, 9, 14, 10))
    + '</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

Outcome = list[list[tuple[type, object, int | None]]] | None
"""Of each place its type, value and style; None for a refusal."""


def sheet(rows: str) -> bytes:
    """Make the part of a worksheet that holds these rows."""
    return f"{HEAD}{rows}{TAIL}".encode()


def _pieces(part: bytes, size: int) -> Iterator[bytes]:
    return (part[at : at + size] for at in range(0, len(part), size))


def read_rows(part: bytes, size: int = 2**20, styles: Styles = STYLES, strings: Sequence[str] = STRINGS) -> Rows:
    """Read a worksheet as the program does; raises NotSound."""
    cells = Cells(strings)
    pour(_pieces(part, size), SheetReader(cells, len(strings), styles), list(strings))
    return cells.rows()


def read_exactly(part: bytes, strings: Sequence[str] = STRINGS) -> Rows:
    """Read a worksheet by expat alone; raises NotSound."""
    cells = Cells(strings)
    markup = SheetReader(cells, len(strings), STYLES).markup
    markup.feed(part)
    markup.feed(b"", is_last=True)
    return cells.rows()


def _told(rows: Rows) -> Outcome:
    return [
        [(type(value), value, rows.style(row, column)) for column, value in enumerate(rows[row])]
        for row in range(len(rows))
    ]


def outcome(part: bytes, size: int = 2**20, strings: Sequence[str] = STRINGS) -> Outcome:
    """Tell what the program makes of a worksheet that it gets in pieces of `size`."""
    try:
        return _told(read_rows(part, size, strings=strings))
    except NotSound:
        return None


def exact_outcome(part: bytes, strings: Sequence[str] = STRINGS) -> Outcome:
    """Tell what expat alone makes of a worksheet."""
    try:
        return _told(read_exactly(part, strings))
    except NotSound:
        return None


@dataclass(frozen=True)
class Contents:
    """What stands in a sheet: by row and column a literal of a figure or a text, and a style."""

    figures: Mapping[tuple[int, int], str]
    texts: Mapping[tuple[int, int], str]
    styles: Mapping[tuple[int, int], int]

    def row_numbers(self) -> list[int]:
        """Give the rows that are written, those without a cell too."""
        return sorted({row for row, _ in self.styles})

    def columns(self, row: int) -> list[int]:
        """Give the columns of a row that are written."""
        return sorted(column for at, column in self.styles if at == row)


LITERALS: Final = (
    *("0.0", "0", "1", "-5", "-0", "007", "1800000.0", "1.79075935E11", "1.2309652E10", "12309652000", "1234.5"),
    *("0.1", "9007199254740993", "123456789012345678", "1234567890123456789", "5.", ".5", "1e3", "1E-2", "-1.50E-3"),
)
ODD_LITERALS: Final = (
    *("", "  ", " 5 ", "1E", "--1", "+1", "1_0", "\uff11", "NaN", "INF", "1E308", "1E309", "1E999", "1E0000000000005"),
    *("99999999999999999999999999", "9" * 350, "2958465.99999999", "2958466", "-3", "60", "."),
)
LETTERS: Final = st.sampled_from("aB 1é\u20ac\n\x7f\x85\u00a0_x&<>\"'")
PLACES: Final = st.tuples(st.integers(0, 12), st.sampled_from([0, 1, 2, 25, 26, 701, 702]))
SIZES: Final = st.integers(1, 400)


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    """Give what may stand in a sheet."""
    styles = draw(st.dictionaries(PLACES, st.integers(0, 4), max_size=12))
    kinds = {place: draw(st.sampled_from(["figure", "text", "blank"])) for place in styles}
    figures = {place: draw(st.sampled_from(LITERALS)) for place, kind in kinds.items() if kind == "figure"}
    texts = {place: draw(st.text(LETTERS, min_size=1, max_size=6)) for place, kind in kinds.items() if kind == "text"}
    return Contents(figures, texts, styles)


@dataclass(frozen=True)
class Dialect:
    """How a program writes rows: before each row, its attributes, between cells, and a cell's sorts."""

    name: str
    row: str
    row_attributes: str
    gap: str
    figure: str
    text: str
    blank: str
    is_shared: bool = False
    head: str = HEAD
    tail: str = TAIL
    strings: list[str] = field(default_factory=list)

    def write(self, what: Contents) -> bytes:
        """Write a worksheet."""
        self.strings.clear()
        rows = "".join(self._write_row(what, row) for row in what.row_numbers())
        return f"{self.head}{rows}{self.row}{self.tail}".encode()

    def _write_row(self, what: Contents, row: int) -> str:
        cells = self.gap.join(self._write_cell(what, row, column) for column in what.columns(row))
        return f'{self.row}<row r="{row + 1}"{self.row_attributes}>{self.gap}{cells}</row>'

    def _write_cell(self, what: Contents, row: int, column: int) -> str:
        place = row, column
        reference, style = f"{column_letters(column)}{row + 1}", what.styles[place]
        if literal := what.figures.get(place):
            return self.figure.format(reference, style, literal)
        if text := what.texts.get(place):
            written = escape(text)
            if self.is_shared:
                self.strings.append(text)
                written = str(len(self.strings) - 1)
            return self.text.format(reference, style, written)
        return self.blank.format(reference, style)


DIALECTS: Final = (
    Dialect(
        "SAKTI",
        "\n",
        ' customHeight="1" ht="13"',
        "  ",
        '<c r="{}" s="{}"><v>{}</v></c>',
        '<c r="{}" s="{}" t="inlineStr"><is><r>\n<t xml:space="preserve">{}</t></r>\n</is></c>',
        '<c r="{}" s="{}" t="inlineStr"></c>',
        tail="\n</sheetData>\n<mergeCells>\n"
        '<mergeCell ref="XFA1:XFB1"/>\n<mergeCell ref="XFA2:XFB2"/>\n</mergeCells></worksheet>',
    ),
    Dialect(
        "Excel",
        "",
        ' spans="1:703" x14ac:dyDescent="0.25"',
        "",
        '<c r="{}" s="{}"><v>{}</v></c>',
        '<c r="{}" s="{}" t="s"><v>{}</v></c>',
        '<c r="{}" s="{}"/>',
        is_shared=True,
        head=f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n{HEAD}',
        tail='</sheetData><mergeCells count="1"><mergeCell ref="XFA1:XFB1"/></mergeCells></worksheet>',
    ),
    Dialect(
        "openpyxl",
        "",
        "",
        "",
        '<c r="{}" s="{}" t="n"><v>{}</v></c>',
        '<c r="{}" s="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>',
        '<c r="{}" s="{}" />',
    ),
    Dialect(
        "LibreOffice",
        "",
        ' customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"',
        "",
        '<c r="{}" s="{}" t="n"><v>{}</v></c>',
        '<c r="{}" s="{}" t="s"><v>{}</v></c>',
        '<c r="{}" s="{}"></c>',
        is_shared=True,
    ),
    Dialect(
        "texts of formulas",
        "\n\t",
        "",
        "\n\t\t\t\t\t\t\t\t\t",
        '<c r="{}" s="{}"><v>{}</v></c>',
        '<c r="{}" s="{}" t="str"><v>{}</v></c>',
        '<c r="{}" s="{}"></c>',
    ),
)


def strings_part(strings: Sequence[str]) -> str:
    """Write the table of shared strings."""
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'<sst xmlns="{MAIN}">{texts}</sst>'


def relations(*those: tuple[str, str, str]) -> str:
    """Write relations: id, kind, target."""
    tags = "".join(f'<Relationship Id="{one}" Type="{OFFICE}/{kind}" Target="{to}"/>' for one, kind, to in those)
    return f'<Relationships xmlns="{PACKAGE}">{tags}</Relationships>'


def parts_of(*sheets: bytes, strings: Sequence[str] = STRINGS, styles: str = STYLE_PART) -> dict[str, str | bytes]:
    """Give the parts of a workbook whose sheets are `Satu`, `Dua`, …."""
    names = ("Satu", "Dua", "Tiga", "Empat")[: len(sheets)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    own = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{TYPES}.{kind}+xml"/>'
        for part, kind in [
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
            *((f"worksheets/sheet{n}", "worksheet") for n in range(1, len(sheets) + 1)),
        ]
    )
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *own, ("rId8", "styles", "styles.xml"), ("rId9", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": strings_part(strings),
        **{f"xl/worksheets/sheet{n}.xml": part for n, part in enumerate(sheets, 1)},
    }


def write_parts(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write an archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
