"""Workbooks: which sheets there are, where their parts lie, and what another program would show in their place."""

from collections.abc import Iterator, Mapping
from typing import Final

from corpus.case import Case, Exact, Found, OneOf, Outcome, Refused
from corpus.table import TABLE, VICTIM
from corpus.workbook import (
    BOOK,
    MAIN,
    OFFICE,
    RELATIONS,
    ROOT,
    SHEET_PART,
    SHEET_RELATION,
    STYLE_RELATION,
    STYLES,
    archive,
    cells,
    changed_sheet,
    figure_cell,
    listing,
    parts,
    relations,
    rows,
    text_cell,
    worksheet,
    xlsx,
)

LEFT_OPEN: Final = OneOf((Exact(), Refused("lembar|rusak|workbook")))
NOTE_PART: Final = worksheet(rows({"A1": text_cell("A1", "catatan")}))
CHART: Final = f'<chartsheet xmlns="{MAIN}"><drawing r:id="rId1" xmlns:r="{OFFICE}"/></chartsheet>'
UNKNOWN: Final = Found((("R107", VICTIM),), TABLE.amounts(VICTIM))

Changed = Mapping[str, str | bytes | None]


def _case(name: str, changed: Changed, outcome: Outcome, why: str, sheet: str | None = None) -> Case:
    return Case(f"book-{name}", "buku.xlsx", xlsx(sheet, changed), outcome, why)


def _two(first: str, second: str, part: str = NOTE_PART, attributes: str = "") -> Changed:
    """Give a workbook a second sheet, its list of sheets with other names."""
    return {
        BOOK: listing((first, "rId1"), (second, "rId2"), attributes=attributes),
        RELATIONS: relations(SHEET_RELATION, ("rId2", "worksheet", "worksheets/sheet2.xml"), STYLE_RELATION),
        "xl/worksheets/sheet2.xml": part,
    }


def _names() -> Iterator[Case]:
    twice = Refused("dua lembar")
    for first, second in (("C.1", "C.1"), ("C.1", "c.1"), ("Catatan", "CATATAN"), ("Stra\u00dfe", "STRASSE")):
        why = "d16: the second cannot be reached, the first is read twice"
        yield _case(f"name-twice-{first}-{second}", _two(first, second), twice, why)
    blank = _two("C.1", "C.1 ")
    yield _case("name-twice-blank", blank, LEFT_OPEN, "two names that differ in a blank")
    yield _case("two-sheets", _two("C.1", "Catatan"), Exact(notes=("R110",)), "a second sheet is told")
    for name in ("", "x" * 3000, "a/b\\c:d*e?[f]", "'", "Lembar & <1>", "\u202eterbalik", "History"):
        yield _case(
            f"name-{name[:12]}", {BOOK: listing((name, "rId1"))}, LEFT_OPEN, "a name that Excel forbids, or nearly"
        )
    for state in ("hidden", "veryHidden"):
        changed = {BOOK: listing(("C.1", "rId1"), attributes=f' state="{state}"')}
        yield _case(state, changed, Exact(notes=("R112",)), "a hidden sheet is read, and told")
    yield _case(
        "state-unknown",
        {BOOK: listing(("C.1", "rId1"), attributes=' state="tampak"')},
        LEFT_OPEN,
        "a state that is none",
    )


def _counts() -> Iterator[Case]:
    none = {BOOK: listing(), RELATIONS: relations(STYLE_RELATION)}
    yield _case("no-sheets", none, Refused("lembar"), "zero sheets is an error, not an empty budget")
    yield _case("no-list", {BOOK: f'<workbook xmlns="{MAIN}"/>'}, Refused("lembar"), "no list of sheets")
    yield _case(
        "no-list-foreign",
        {BOOK: listing(("C.1", "rId1")).replace(MAIN, "urn:lain")},
        Refused("bukan tempatnya"),
        "d12: another dialect",
    )
    listed = listing(("C.1", "rId1")).replace(
        "</sheets>", "</sheets><sheets><sheet name='X' sheetId='2' r:id='rId1'/></sheets>"
    )
    yield _case("list-twice", {BOOK: listed}, OneOf((Exact(), Refused("lembar"))), "two lists of sheets")
    for count, outcome in ((256, Exact()), (257, Refused("batas"))):
        sheets = [("C.1", "rId1"), *((f"L{n}", f"rId{n}") for n in range(2, count + 1))]
        own = [SHEET_RELATION, *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(2, count + 1))]
        empty = {f"xl/worksheets/sheet{n}.xml": worksheet([]) for n in range(2, count + 1)}
        yield _case(
            f"sheets-{count}",
            {BOOK: listing(*sheets), RELATIONS: relations(*own), **empty},
            outcome,
            "256 sheets at most",
        )


def _targets() -> Iterator[Case]:
    for target in (
        *(
            "/xl/worksheets/sheet1.xml",
            "../xl/worksheets/sheet1.xml",
            "./worksheets/sheet1.xml",
            "worksheets//sheet1.xml",
        ),
        *("WORKSHEETS/Sheet1.XML", "worksheets\\sheet1.xml", "worksheets/%73heet1.xml", "worksheets/x/../sheet1.xml"),
    ):
        changed = {RELATIONS: relations(("rId1", "worksheet", target), STYLE_RELATION)}
        outcome: Outcome = LEFT_OPEN if "//" in target or "%" in target else Exact()
        yield _case(f"target-{target}", changed, outcome, "one part, addressed in another way")
    for target in (
        "",
        "worksheets/",
        "worksheets/sheet9.xml",
        "/etc/passwd",
        "../../../etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1/x",
    ):
        changed = {RELATIONS: relations(("rId1", "worksheet", target), STYLE_RELATION)}
        yield _case(f"target-{target}", changed, Refused("lembar|rusak"), "a sheet that is not in the file")
    outside = relations(SHEET_RELATION, STYLE_RELATION).replace('sheet1.xml"', 'sheet1.xml" TargetMode="External"')
    yield _case(
        "target-outside",
        {RELATIONS: outside},
        Refused("lembar|rusak"),
        "a sheet outside of the file: nothing is fetched",
    )
    renamed = {
        ROOT: relations(("rId1", "officeDocument", "buku/isi.xml")),
        "buku/isi.xml": listing(("C.1", "rId1")),
        "buku/_rels/isi.xml.rels": relations(("rId1", "worksheet", "satu.xml")),
        "buku/satu.xml": changed_sheet(),
        BOOK: None,
        RELATIONS: None,
        SHEET_PART: None,
    }
    yield _case("elsewhere", renamed, Exact(), "parts may lie anywhere: relations tell")
    absolute = {ROOT: relations(("rId1", "officeDocument", f"/{BOOK}"))}
    yield _case("root-absolute", absolute, Exact(), "as Excel for the web writes it")
    other = changed_sheet({VICTIM: figure_cell(VICTIM, 1)})
    both = {
        ROOT: relations(("rId1", "officeDocument", BOOK), ("rId2", "officeDocument", "xl/lain.xml")),
        "xl/lain.xml": listing(("C.1", "rId1")),
        "xl/_rels/lain.xml.rels": relations(("rId1", "worksheet", "worksheets/lain.xml")),
        "xl/worksheets/lain.xml": other,
    }
    yield _case("two-books", both, LEFT_OPEN, "two workbooks in one file: the first, or none")
    decoy = {**renamed, BOOK: listing(("C.1", "rId1")), RELATIONS: relations(SHEET_RELATION), SHEET_PART: other}
    yield _case("decoy", decoy, LEFT_OPEN, "a workbook where most programs look, another where the relation says")


def _relations() -> Iterator[Case]:
    twice = relations(SHEET_RELATION, ("rId1", "worksheet", "worksheets/sheet2.xml"), STYLE_RELATION)
    sheet = {"xl/worksheets/sheet2.xml": changed_sheet({VICTIM: figure_cell(VICTIM, 1)})}
    yield _case("id-twice", {RELATIONS: twice, **sheet}, Refused("ada dua"), "one id, two sheets")
    same = {BOOK: listing(("C.1", "rId1"), ("Lain", "rId1"))}
    yield _case("part-twice", same, Refused("dua lembar"), "two sheets of one part: its figures would count twice")
    for name, changed in {
        "missing": {BOOK: listing(("C.1", "rId7"))},
        "empty": {BOOK: listing(("C.1", ""))},
        "unsaid": {BOOK: listing(("C.1", "rId1")).replace(' r:id="rId1"', "")},
        "case": {BOOK: listing(("C.1", "RID1"))},
        "foreign": {BOOK: listing(("C.1", "rId1")).replace(OFFICE, "urn:lain")},
        "no-kind": {RELATIONS: relations(SHEET_RELATION).replace(' Type="', ' x="')},
        "other-root": {RELATIONS: "<x/>"},
    }.items():
        yield _case(f"id-{name}", changed, Refused("lembar|rusak"), "a sheet that leads nowhere")
    styled = {RELATIONS: relations(("rId1", "worksheet", "styles.xml"), STYLE_RELATION)}
    yield _case("not-a-sheet", styled, Refused("."), "the part of a sheet is none")
    listed = listing(("C.1", "rId1"), ("Lain", "rId2"))
    odd = {BOOK: listed, RELATIONS: relations(SHEET_RELATION, ("rId2", "worksheet", "styles.xml"), STYLE_RELATION)}
    lost = Refused("lembar|rusak|worksheet")
    yield _case(
        "second-is-no-sheet", odd, lost, "as above, for the second of two: its figures would be missing in silence"
    )
    for name, part in {
        "foreign": NOTE_PART.replace(MAIN, "urn:lain"),
        "unnamed": NOTE_PART.replace(f' xmlns="{MAIN}"', ""),
        "chart": CHART,
        "without-data": NOTE_PART.replace("sheetData", "sheetDatum"),
    }.items():
        why = "a second sheet that no spreadsheet knows: never an empty one"
        yield _case(f"second-is-{name}", _two("C.1", "Catatan", part), lost, why)


def _kinds() -> Iterator[Case]:
    for kind in ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"):
        own = {
            BOOK: listing(("Grafik", "rId2"), ("C.1", "rId1")),
            RELATIONS: relations(SHEET_RELATION, ("rId2", kind, "other/sheet1.xml"), STYLE_RELATION),
            "xl/other/sheet1.xml": CHART,
        }
        yield _case(kind, own, Exact(), "sheets of other kinds hold no table")
    alone = {
        BOOK: listing(("Grafik", "rId2")),
        RELATIONS: relations(("rId2", "chartsheet", "c.xml")),
        "xl/c.xml": CHART,
    }
    yield _case("chartsheet-alone", alone, Refused("lembar"), "a chart and nothing else")
    macros = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}
    yield _case("macros", macros, Exact(notes=("R112",)), "macros are never run, and told")
    link = {"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>', "xl/connections.xml": "<x/>"}
    yield _case("links", link, Exact(), "links to other files are not followed")
    late = {BOOK: listing(("C.1", "rId1"), more='<workbookPr date1904="1"/>')}
    yield _case("1904", late, Exact(), "the other calendar changes no figure")
    yield _case(
        "1904-date",
        late,
        UNKNOWN,
        "nor does it make a date a figure",
        changed_sheet({VICTIM: figure_cell(VICTIM, 45000, ' s="1"')}),
    )


def _styles() -> Iterator[Case]:
    dated = changed_sheet({VICTIM: figure_cell(VICTIM, 45000, ' s="1"')})
    styles = str(parts()[STYLES])
    for name, part in {
        "no-formats": styles.replace("<numFmts", "<x").replace("</numFmts", "</x"),
        "many": styles.replace("<cellXfs", "<cellXfs" + ' x="1"').replace(
            "</cellXfs>", "<xf/>" * 60_000 + "</cellXfs>"
        ),
        "count-lies": styles.replace('<cellXfs count="8"', '<cellXfs count="4294967295"'),
        "escaped": styles.replace("dd/mm/yyyy", "&#100;d/mm/yyyy"),
        "comment": styles.replace("<cellXfs", '<!-- <cellXfs><xf numFmtId="0"/></cellXfs> --><cellXfs'),
        "in-extension": styles.replace(
            "</styleSheet>", f'<extLst><ext uri="x"><cellXfs xmlns="{MAIN}"/></ext></extLst></styleSheet>'
        ),
    }.items():
        yield _case(f"styles-{name}", {STYLES: part}, UNKNOWN, "a day shown in a money cell", dated)
    foreign = {STYLES: styles.replace(MAIN, "urn:lain")}
    outcome = OneOf((UNKNOWN, Refused("rusak")))
    yield _case("styles-foreign", foreign, outcome, "looks of no spreadsheet: a day would become a figure", dated)
    for name, code in {
        "quoted": "&quot;dmyhs&quot;#,##0",
        "escaped": "\\d\\m#,##0",
        "colour": "[Red]#,##0",
        "currency": "[$Rp-421]#,##0",
        "spaced": "_d#,##0_m",
        "filled": "*d#,##0",
        "exponent": "0.00E+00",
        "condition": "[&gt;=1000]#,##0;0",
        "general": "General",
        "empty": "",
        "long": "0" * 10_000,
        "quote-open": "#,##0&quot;dm",
    }.items():
        part = styles.replace("dd/mm/yyyy;@", code)
        sheet = changed_sheet({VICTIM: figure_cell(VICTIM, 12309652000, ' s="2"')})
        shown = OneOf((Exact(), UNKNOWN)) if name == "quote-open" else Exact()
        yield _case(f"format-{name}", {STYLES: part}, shown, "a format that shows no day", sheet)
    for name, number in (("text", "abc"), ("negative", "-14"), ("huge", "9" * 400)):
        part = styles.replace('numFmtId="44"', f'numFmtId="{number}"')
        yield _case(
            f"format-number-{name}", {STYLES: part}, OneOf((Exact(), Refused("rusak"))), "a number that is none"
        )
    empty = worksheet(rows(cells()))
    yield Case("book-named-xlsm", "buku.xlsm", archive(parts(empty)), Exact(), "the name of a file says nothing")


CASES: Final = (*_names(), *_counts(), *_targets(), *_relations(), *_kinds(), *_styles())
