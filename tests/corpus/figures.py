"""Numeric cells, as they may be spelled; the cell is the pagu of the first RO, 12,309,652,000 rupiah."""

from collections.abc import Iterator
from typing import Final

from corpus.case import Case, Exact, Found, OneOf, Outcome, Refused
from corpus.table import SPENT, TABLE, VICTIM
from corpus.workbook import (
    ACCOUNTING,
    CUSTOM_DATE,
    DATE,
    DAYS,
    HOURS,
    RUPIAH,
    changed_sheet,
    figure_cell,
    text_cell,
    with_cells,
    xlsx,
)

GOOD: Final = {
    "plain": ("12309652000", "the figure as Excel writes it"),
    "exponent": ("1.2309652E10", "SAKTI's own spelling (4.3 rule 2)"),
    "small-e": ("1.2309652e10", "as above"),
    "plus-in-exponent": ("1.2309652E+10", "as Excel writes large figures"),
    "zeros-in-exponent": ("1.2309652E+0000010", "an exponent is a number, not two digits"),
    "negative-exponent": ("123096520000E-1", "exact, though it looks like a fraction"),
    "point-zero": ("12309652000.0", "Java's spelling"),
    "point": ("12309652000.", "XML's double ends so too"),
    "leading-point": (".12309652E11", "as above"),
    "leading-zeros": ("00012309652000", "zeros before a number are none of it"),
    "plus": ("+12309652000", "XML's double may have a sign"),
    "many-zeros": ("12309652000." + "0" * 300, "longer than any double prints, still exact"),
    "blanks": (" 12309652000 ", "c15: XML trims; calamine reads a text"),
    "lines": ("\n\t12309652000\r\n", "c15 with line ends"),
}
"""Spellings of one figure, each exact."""

BAD: Final = {
    "nan": ("NaN", "R101", "e03: every comparison with nan is false"),
    "inf": ("INF", "R101", "e03"),
    "minus-inf": ("-Infinity", "R101", "e03"),
    "huge": ("1E999", "R101|R103", "e03: inf to a float"),
    "huge-exponent": ("1E999999999999999999", "R101|R103", "an integer of this many digits would eat all memory"),
    "large-exponent": ("1E400000", "R101|R103", "400,000 digits that Python would work on for long"),
    "tiny-exponent": ("1E-999999999", "R101|R102", "no zero, though a float makes it one"),
    "underscore": ("12309652_000", "R101", "e03f: Python's int takes it"),
    "full-width": ("\uff11\uff12\uff13", "R101", "e03i: Python's int takes other digits"),
    "arabic": ("\u0661\u0662\u0663", "R101", "e03j"),
    "superscript": ("12309652000\u00b2", "R101", "a digit to str.isdigit"),
    "hexadecimal": ("0x2DDB82B20", "R101", "no number in XML"),
    "hexadecimal-float": ("0x1p10", "R101", "a double in C"),
    "grouped-by-comma": ("12,309,652,000", "R101", "a numeric cell has no grouping"),
    "grouped-by-dot": ("12.309.652.000", "R101", "as above"),
    "grouped-by-blank": ("12 309 652 000", "R101", "as above"),
    "decimal-comma": ("12309652000,0", "R101", "as above"),
    "two-signs": ("--12309652000", "R101", "no number"),
    "sign-alone": ("-", "R101", "no number, and no nihil in a numeric cell"),
    "point-alone": (".", "R101", "no number"),
    "exponent-alone": ("E5", "R101", "no number"),
    "open-exponent": ("12309652E", "R101", "no number"),
    "suffix": ("12309652000f", "R101", "a float in C"),
    "two-numbers": ("12309652000 1", "R101", "not one number"),
    "no-break-space": ("12309652000\u00a0", "R101", "XML trims blanks, not this one"),
    "zero-width": ("12309652\u200b000", "R101", "an eye sees 12309652000"),
    "rupiah": ("Rp12309652000", "R101", "a text in a numeric cell"),
    "fraction": ("12309652000.5", "R102", "rupiah are whole"),
    "tiny-fraction": ("12309652000.000000000000000001", "R102", "whole to a float"),
    "small": ("1E-1", "R102", "a tenth"),
    "beyond": ("9007199254740993", "R103", "e02: a float makes it ...992"),
    "beyond-negative": ("-9007199254740993", "R103", "as above"),
    "17-digits": ("12345678901234567", "R103", "e28: read as ...568"),
    "15-zeros": ("1E17", "R103", "beyond 2^53"),
    "309-digits": ("1" + "0" * 308, "R103", "the largest double's length"),
    "million-digits": ("9" * 1_000_000, "R101|R103", "b22: quadratic to int()"),
}
"""Spellings that are no amount: the code of their finding."""

ERRORS: Final = (
    *("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"),
    *("#SPILL!", "#CALC!", "#BUSY!", "#GETTING_DATA", "#CONNECT!", "galat"),
)
UNKNOWN: Final = TABLE.amounts(VICTIM)


def _found(code: str, place: str = VICTIM) -> Found:
    return Found(((code, place),), TABLE.amounts(place))


def _case(name: str, cell: str, outcome: Outcome, why: str, place: str = VICTIM) -> Case:
    return Case(f"figure-{name}", "angka.xlsx", with_cells({place: cell}), outcome, why)


def _spellings() -> Iterator[Case]:
    for name, (literal, why) in GOOD.items():
        yield _case(name, figure_cell(VICTIM, literal), Exact(), why)
    for name, (literal, code, why) in BAD.items():
        outcome: Outcome = _found(code)
        if len(literal) > 1000:
            outcome = OneOf((outcome, Refused("C5|baris 5|rusak|teks lebih dari")))
        yield _case(name, figure_cell(VICTIM, literal), outcome, why)
    for literal in ("-0", "0.0", "0E5", "-0.0E-300", "0E999999999"):
        yield _case(f"zero-{literal}", figure_cell(SPENT, literal), Exact(), "zero in any spelling is 0", SPENT)
    for error in ERRORS:
        why = "e04: calamine and pandas read a blank, and the row sums as 0"
        yield _case(f"error-{error}", figure_cell(VICTIM, error, ' t="e"'), _found("R105"), why)
    yield _case("error-empty", figure_cell(VICTIM, "", ' t="e"'), _found("R105|R101"), "an error without its name")


def _limits() -> Iterator[Case]:
    others = sum(line.pagu for line in TABLE.lines[1:])
    largest = TABLE.with_pagu(2**53 - others)
    sheet = changed_sheet(table=largest)
    why = "the total is 2^53, the last that a sheet holds for certain"
    yield Case("figure-total-at-the-limit", "angka.xlsx", xlsx(sheet), Exact(largest.amounts()), why)
    beyond = TABLE.with_pagu(2**53)
    sheet = changed_sheet({"C8": "", "C12": ""}, table=beyond)
    yield Case(
        "figure-total-beyond", "angka.xlsx", xlsx(sheet), Found((("T105", VICTIM),)), "the total is beyond 2^53 (T105)"
    )
    odd = TABLE.with_pagu(2**53 - 1 - others)
    yield Case(
        "figure-odd-at-the-limit", "angka.xlsx", xlsx(changed_sheet(table=odd)), Exact(odd.amounts()), "2^53 - 1"
    )


def _kinds() -> Iterator[Case]:
    yield _case(
        "true", figure_cell(VICTIM, 1, ' t="b"'), _found("R107"), "true is no amount, though Python adds it as 1"
    )
    yield _case("false", figure_cell(SPENT, 0, ' t="b"'), _found("R107", SPENT), "false is not 0", SPENT)
    yield _case(
        "bad-bool", figure_cell(VICTIM, 2, ' t="b"'), OneOf((_found("R10[17]"), Refused("baris 5"))), "no truth"
    )
    yield _case("iso-date", figure_cell(VICTIM, "2024-12-31", ' t="d"'), _found("R107"), "strict OOXML's own dates")
    yield _case("iso-no-date", figure_cell(VICTIM, "12309652000", ' t="d"'), _found("R107"), "a day that is none")
    for style, name in ((DATE, "date"), (CUSTOM_DATE, "custom-date"), (HOURS, "hours")):
        attributes = f' s="{style}"'
        why = "e12: a figure with a date's look; readers show a day, `#VALUE!` or a blank"
        yield _case(name, figure_cell(VICTIM, "45000", attributes), _found("R107"), why)
        yield _case(f"{name}-beyond", figure_cell(VICTIM, "12309652000", attributes), _found("R107"), why)
        yield _case(f"{name}-negative", figure_cell(VICTIM, "-5", attributes), _found("R107"), why)
    for style, name in ((RUPIAH, "rupiah"), (ACCOUNTING, "accounting"), (DAYS, "days")):
        why = "a look with the letters d, h, m, s in its quoted words is no date's"
        yield _case(f"look-{name}", figure_cell(VICTIM, "12309652000", f' s="{style}"'), Exact(), why)
    for said, name in (("999", "unknown"), ("-1", "negative"), ("9" * 11, "huge"), ("abc", "text"), ("", "empty")):
        outcome = OneOf((Exact(), Refused("gaya|rusak")))
        yield _case(
            f"style-{name}", figure_cell(VICTIM, "12309652000", f' s="{said}"'), outcome, "a style that is not there"
        )
    yield _case("kind-n", figure_cell(VICTIM, "12309652000", ' t="n"'), Exact(), "the kind said in full")
    for kind in ("z", "S", "inlinestr", "n ", "number"):
        outcome = OneOf((_found("R101"), Refused("berjenis|rusak")))
        yield _case(
            f"kind-{kind}", figure_cell(VICTIM, "12309652000", f' t="{kind}"'), outcome, "a kind that no cell has"
        )


def _formulas() -> Iterator[Case]:
    formula = "<f>SUM(C6:C7)</f>"
    yield _case("formula", f'<c r="C5">{formula}<v>12309652000</v></c>', Exact(), "the value that a program calculated")
    for name, cell in {
        "uncached": f'<c r="C5">{formula}</c>',
        "uncached-empty": f'<c r="C5">{formula}<v></v></c>',
        "uncached-short": f'<c r="C5">{formula}<v/></c>',
        "uncached-shared": '<c r="C5"><f t="shared" si="0"/></c>',
        "uncached-array": '<c r="C5"><f t="array" ref="C5">1+1</f></c>',
    }.items():
        yield _case(name, cell, _found("R106"), "e05: all seven readers give a blank for a formula nobody calculated")
    cell = f'<c r="C5" t="str">{formula}<v>12309652000</v></c>'
    yield _case("formula-text", cell, Exact(), "a formula that gives a text, which is one figure")
    cell = f'<c r="C5" t="e">{formula}<v>#REF!</v></c>'
    yield _case("formula-error", cell, _found("R105"), "a formula that gives an error")
    cell = f'<c r="C5" t="str">{formula}<v></v></c>'
    yield _case("formula-empty-text", cell, _found("R108|R106"), "a formula that gives an empty text")
    cell = '<c r="C5"><v>12309652000</v><f>1+1</f></c>'
    yield _case("formula-after", cell, OneOf((Exact(), Refused("baris 5"))), "in the wrong order")


def _blanks() -> Iterator[Case]:
    for name, cell in {
        "missing": "",
        "empty": '<c r="C5"/>',
        "styled": '<c r="C5" s="4"></c>',
        "empty-value": '<c r="C5"><v></v></c>',
        "short-value": '<c r="C5"><v/></c>',
        "blank-value": '<c r="C5"><v>  </v></c>',
        "blank-text": text_cell(VICTIM, "   "),
        "no-break-text": text_cell(VICTIM, "\u00a0"),
    }.items():
        yield _case(f"blank-{name}", cell, _found("R108"), "PRODUCT 3.2: not printed is not zero")


CASES: Final = (*_spellings(), *_limits(), *_kinds(), *_formulas(), *_blanks())
