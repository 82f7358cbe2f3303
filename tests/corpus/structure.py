"""Rows, cells and addresses: any order is read, and what stands twice, contradicts or lies outside is refused."""

from collections.abc import Iterator
from typing import Final

from corpus.case import Case, Exact, Found, OneOf, Outcome, Refused
from corpus.table import TABLE, VICTIM
from corpus.workbook import cells, changed_sheet, figure_cell, rows, text_cell, with_cells, worksheet, xlsx

BROKEN: Final = Refused("rusak")
LEFT_OPEN: Final = OneOf((Exact(), BROKEN))
FAR: Final = OneOf((Exact(), Refused("sel|tempat|batas")))


def _case(name: str, content: bytes, outcome: Outcome, why: str) -> Case:
    return Case(f"sheet-{name}", "lembar.xlsx", content, outcome, why)


def _no_addresses(own: list[str], *, of_rows: bool, of_cells: bool) -> list[str]:
    """Drop addresses from rows; where a row lacks a first cell, an empty one keeps the place."""
    made = []
    for row in own:
        number = row.partition('r="')[2].partition('"')[0]
        changed = row
        if of_cells:
            for letter in "ABCD":
                if f'<c r="{letter}{number}"' in changed:
                    changed = changed.replace(f'<c r="{letter}{number}"', "<c")
                elif letter != "D" and letter < max(one for one in "ABCD" if f'"{one}{number}"' in row):
                    changed = _with_gap(changed, "ABCD".index(letter))
        made.append(changed.replace(f'<row r="{number}"', "<row") if of_rows else changed)
    return made


def _with_gap(row: str, place: int) -> str:
    """Put an empty cell at a place of a row whose cells before it have no addresses."""
    head, *own = row.split("<c")
    own.insert(place, "/>")
    return "<c".join([head, *own])


def _orders() -> Iterator[Case]:
    own = rows(cells())
    why = "d24: openpyxl's fast way and pandas lose 5 of 11 rows"
    yield _case("rows-reversed", xlsx(worksheet(reversed(own))), Exact(), why)
    yield _case("rows-shuffled", xlsx(worksheet(own[::2] + own[1::2])), Exact(), why)
    yield _case("row-late", xlsx(worksheet([*own[:4], *own[5:], own[4]])), Exact(), why)
    backwards = {place: cells()[place] for place in reversed(cells())}
    yield _case("cells-reversed", xlsx(worksheet(rows(backwards))), Exact(), "cells of a row in another order")
    for name, of_rows, of_cells in (("rows", True, False), ("cells", False, True), ("both", True, True)):
        sheet = worksheet(_no_addresses(own, of_rows=of_rows, of_cells=of_cells))
        yield _case(
            f"no-address-of-{name}", xlsx(sheet), Exact(), "addresses may be left out: then one follows the other"
        )
    mixed = [row.replace(f'<row r="{n}"', "<row") if n % 3 else row for n, row in enumerate(own, 1)]
    yield _case("no-address-of-some", xlsx(worksheet(mixed)), Exact(), "as above, here and there")
    for said in ("A1", "A1:D13", "XFD1048576", "A1:XFD1048576", "B2:C3", "bukan", ""):
        sheet = worksheet(own, before=f'<dimension ref="{said}"/>')
        yield _case(f"dimension-{said}", xlsx(sheet), Exact(), "d33: openpyxl's fast way loses 54 of 55 cells")
    yield _case(
        "spans", xlsx(worksheet(row.replace("<row ", '<row spans="9:12" ') for row in own)), Exact(), "spans lie too"
    )
    blank = [*own, *(f'<row r="{row}"/>' for row in range(20, 4000, 7))]
    yield _case("rows-blank", xlsx(worksheet(blank)), Exact(), "rows without cells")


def _twice() -> Iterator[Case]:
    own = rows(cells())
    other = f'<row r="5">{figure_cell(VICTIM, 1)}</row>'
    why = "d28: the first is taken, or the last; 7 against 9 billion"
    yield _case("row-twice", xlsx(worksheet([*own, other])), BROKEN, why)
    yield _case("row-twice-next", xlsx(worksheet([*own[:5], other, *own[5:]])), BROKEN, why)
    yield _case("row-twice-disjoint", xlsx(worksheet([*own, '<row r="5"><c r="F5"><v>1</v></c></row>'])), BROKEN, why)
    yield _case("row-twice-empty", xlsx(worksheet([*own, '<row r="5"/>'])), BROKEN, why)
    yield _case(
        "row-twice-implicit",
        xlsx(worksheet([*own[:5], "<row/>", *own[5:]])),
        BROKEN,
        "a row without a number comes to stand on the next",
    )
    why = "two figures at one address"
    yield _case(
        "cell-twice", with_cells({VICTIM: figure_cell(VICTIM, 12309652000) + figure_cell(VICTIM, 1)}), BROKEN, why
    )
    yield _case("cell-twice-same", with_cells({VICTIM: figure_cell(VICTIM, 12309652000) * 2}), BROKEN, why)
    yield _case("cell-twice-apart", with_cells({"E5": figure_cell(VICTIM, 1)}), BROKEN, why)
    unsaid = {"B5": '<c r="B5" t="inlineStr"><is><t>Layanan Penyuluhan</t></is></c><c><v>1</v></c>'}
    yield _case(
        "cell-twice-implicit", with_cells(unsaid), BROKEN, "a cell without an address comes to stand on the next"
    )
    twice = with_cells({VICTIM: figure_cell(VICTIM, 12309652000) + '<c r="C5"/>'})
    yield _case("cell-twice-blank", twice, LEFT_OPEN, "a figure and a blank at one address")
    for name, inside in {
        "values": "<v>12309652000</v><v>1</v>",
        "values-same": "<v>12309652000</v><v>12309652000</v>",
        "values-and-text": "<v>12309652000</v><is><t>1</t></is>",
        "text-and-value": "<is><t>1</t></is><v>12309652000</v>",
        "formulas": "<f>1</f><f>2</f><v>12309652000</v>",
        "nested-value": "<v>12309652000<v>1</v></v>",
        "nested-cell": '<v>12309652000</v><c r="D5"><v>1</v></c>',
        "texts": "<is><t>12309652000</t></is><is><t>1</t></is>",
        "loose-text": "12309652000",
        "loose-text-after": "<v>12309652000</v>9",
        "unknown": "<value>12309652000</value>",
        "row-inside": '<row r="90"><c r="A90"><v>1</v></c></row>',
    }.items():
        yield _case(
            f"two-{name}", with_cells({VICTIM: f'<c r="C5">{inside}</c>'}), BROKEN, "e25: first or last, by reader"
        )
    yield _case(
        "loose-text-in-row",
        with_cells({VICTIM: f"12309652000{figure_cell(VICTIM, 1)}"}),
        BROKEN,
        "a figure outside of cells",
    )
    yield _case("value-in-row", with_cells({VICTIM: "<v>12309652000</v>"}), BROKEN, "as above")
    yield _case("cell-in-data", xlsx(worksheet([*own, figure_cell("A50", 1)])), BROKEN, "a cell outside of rows")


def _tables() -> Iterator[Case]:
    own = rows(cells())
    second = '<sheetData><row r="5"><c r="C5"><v>1</v></c></row></sheetData>'
    why = "d32: calamine reads the first only, LibreOffice both"
    yield _case("data-twice", xlsx(worksheet(own, after=second)), BROKEN, why)
    yield _case(
        "data-twice-split", xlsx(worksheet(own[:6], after=f"<sheetData>{''.join(own[6:])}</sheetData>")), BROKEN, why
    )
    yield _case("data-twice-empty", xlsx(worksheet(own, before="<sheetData/>")), BROKEN, why)
    yield _case("data-after-empty", xlsx(worksheet(own, after="<sheetData></sheetData>")), BROKEN, why)
    yield _case("data-in-data", xlsx(worksheet([*own, second])), BROKEN, "a table in the table")
    hidden = f'<extLst><ext uri="x">{second}</ext></extLst>'
    yield _case("data-in-extension", xlsx(worksheet(own, after=hidden)), LEFT_OPEN, "a table in an extension is none")
    yield _case("data-in-extension-first", xlsx(worksheet(own, before=hidden)), LEFT_OPEN, "as above, before the table")
    yield _case("data-missing", xlsx(worksheet([]).replace("<sheetData></sheetData>", "")), Refused("."), "no table")
    yield _case("data-empty", xlsx(worksheet([])), Refused("."), "a table without rows")
    yield _case(
        "data-closed", xlsx(worksheet([]).replace("<sheetData></sheetData>", "<sheetData/>")), Refused("."), "as above"
    )
    nested = (
        worksheet(own)
        .replace("<sheetData>", "<sheetViews><sheetData>")
        .replace("</sheetData>", "</sheetData></sheetViews>")
    )
    yield _case("data-too-deep", xlsx(nested), Refused("."), "a table where none belongs: never an empty sheet")


def _addresses() -> Iterator[Case]:
    own = rows(cells())
    for said in ("0", "-1", "5.0", "lima", "", "1048577", "99999999999999999999", "\uff15", "5a", "0x5", "1e1"):
        sheet = worksheet([*own[:4], own[4].replace('<row r="5"', f'<row r="{said}"'), *own[5:]])
        yield _case(f"row-number-{said}", xlsx(sheet), BROKEN, "a row that no grid has")
    for said in (
        *("C6", "C4", "C05", "C", "5", "", "C5:C6", "$C$5", "R5C3", "C5 ", "\uff235", "C\uff15", "XFE5", "AAAA5"),
        *("ZZZ5", "C-5", "C5.0", "C0", "CC5CC", "C\u0665", "A1048577", "C99999999999999999999"),
    ):
        cell = f'<c r="{said}"><v>12309652000</v></c>'
        outcome: Outcome = LEFT_OPEN if said in ("$C$5", "C5 ", "C05", "") else BROKEN
        yield _case(
            f"address-{said}", with_cells({VICTIM: cell}), outcome, "an address that contradicts its row, or is none"
        )
    lower = with_cells({VICTIM: '<c r="c5"><v>12309652000</v></c>'})
    yield _case("address-c5", lower, LEFT_OPEN, "no spreadsheet writes it in small letters")
    padded = xlsx(worksheet([*own[:4], own[4].replace('<row r="5"', '<row r="005"'), *own[5:]]))
    yield _case("row-number-005", padded, LEFT_OPEN, "the number of a row with zeros before it")


def _far() -> Iterator[Case]:
    for place, name in (("XFD1048576", "b13"), ("Z1048576", "b14"), ("GR1048576", "b15"), ("E1048576", "b31")):
        why = f"{name}: calamine aborts or takes minutes and gigabytes"
        blank = [*rows(cells()), f'<row r="1048576"><c r="{place}" s="1"/></row>']
        yield _case(f"far-blank-{place}", xlsx(worksheet(blank)), Exact(), why)
    for name, stray in (("figure", figure_cell("XFD1048576", 1)), ("text", text_cell("A1048576", "halo"))):
        own = [*rows(cells()), f'<row r="1048576">{stray}</row>']
        yield _case(f"far-{name}", xlsx(worksheet(own)), FAR, "b13: as above, with something in it")
    for place, row in (("XFE5", 5), ("A1048577", 1_048_577), ("ZZZZ9999999", 9_999_999)):
        own = [*rows({p: c for p, c in cells().items() if row > 5 or not p.endswith("5")})]
        sheet = worksheet([*own, f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'])
        yield _case(f"outside-{place}", xlsx(sheet), BROKEN, "b16, b17: cells outside the grid; calamine aborts")
    wide = [f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(100, 6300)]
    yield _case(
        "far-and-many", xlsx(worksheet([*rows(cells()), *wide])), Refused("batas"), "100 million places to lay out"
    )


def _claims() -> Iterator[Case]:
    for name, after, why in (
        (
            "merge-all",
            '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            "b18: openpyxl takes 3.5 GB",
        ),
        ("merge-count", '<mergeCells count="4294967295"><mergeCell ref="A1:B1"/></mergeCells>', "a count that lies"),
        (
            "merge-overlap",
            '<mergeCells><mergeCell ref="A1:C9"/><mergeCell ref="B2:D9"/></mergeCells>',
            "merges that overlap",
        ),
        ("merge-odd", '<mergeCells><mergeCell ref="bukan"/><mergeCell/></mergeCells>', "merges of nothing"),
        (
            "link-all",
            '<hyperlinks><hyperlink ref="A1:XFD1048576" r:id="rId1"/></hyperlinks>',
            "b19: openpyxl takes 3.5 GB",
        ),
        (
            "looks-all",
            '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="top10" priority="1"/></conditionalFormatting>',
            "looks of all",
        ),
        (
            "rules-all",
            '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"/></dataValidations>',
            "rules for all",
        ),
        ("filter-all", '<autoFilter ref="A1:XFD1048576"/>', "a filter of all"),
        (
            "merges",
            "<mergeCells>" + "".join(f'<mergeCell ref="F{n}:G{n}"/>' for n in range(1, 30_001)) + "</mergeCells>",
            "30,000 merges",
        ),
    ):
        yield _case(f"claim-{name}", xlsx(changed_sheet(after=after)), Exact(), why)
    columns = "<cols>" + "".join(f'<col min="{n}" max="16384" width="9"/>' for n in range(1, 3000)) + "</cols>"
    yield _case("claim-columns", xlsx(changed_sheet(before=columns)), Exact(), "widths of columns, thousands of times")
    sheet = worksheet(row.replace('<row r="5"', '<row r="5" hidden="1"') for row in rows(cells()))
    yield _case("row-hidden", xlsx(sheet), Exact(), "a hidden row counts: totals printed beside it do too")
    gone = changed_sheet({"A5": ""})
    yield _case("code-missing", xlsx(gone), Found((("R201", "A5"),)), "figures without a code are told, never dropped")
    moved = changed_sheet({VICTIM: "", "E5": figure_cell("E5", 12309652000)})
    yield _case(
        "figure-moved", xlsx(moved), Found((("R108", VICTIM),), TABLE.amounts(VICTIM)), "a figure beside its column"
    )


CASES: Final = (*_orders(), *_twice(), *_tables(), *_addresses(), *_far(), *_claims())
