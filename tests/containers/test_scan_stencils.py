from contextlib import nullcontext

import pytest
from worksheets import DIALECTS, Contents, Dialect, exact_outcome, outcome, sheet

from lkj_xlsx.containers import scan_stencils
from lkj_xlsx.containers.cells import Cells
from lkj_xlsx.containers.scan_stencils import Stencils
from lkj_xlsx.containers.scan_words import NotPlain, Words
from lkj_xlsx.containers.xlsx_exact import Styles
from lkj_xlsx.containers.xlsx_plain import Scanner

PUT = (b"", b"0", b"9", b"A", b'"', b"<", b">", b"/", b" ", b"&", b"v", b"</row>", b"</v>", b"<!--", b'" s="1')
ROWS = range(8, 13)
PLACES = {(row, column): (row + column) % 2 for row in ROWS for column in (0, 1, 25, 26)}
ALIKE = Contents(
    figures={place: "1.5E3" for place in PLACES if place[1] in (1, 26)},
    texts={place: "x y" for place in PLACES if place[1] == 0},
    styles=PLACES,
)
"""Rows of one mould, around a number of one digit more."""


def plain(rows: range, gap: str = "") -> bytes:
    return "".join(f'<row r="{row}">{gap}<c r="A{row}"><v>{row}</v></c></row>' for row in rows).encode()


def known(stencils: Stencils) -> int:
    return len(stencils._known)


def test_rows_of_one_mould_are_proven_once() -> None:
    stencils = Stencils(frozenset())
    for rows in (range(1, 10), range(10, 100), range(100, 200), range(200, 999)):
        piece = plain(rows)
        values = stencils.trace(piece, Words(piece))
        assert [piece[start:stop] for start, stop in zip(values.starts, values.stops, strict=True)] == [
            str(row).encode() for row in rows
        ]
        assert (values.rows + 1).tolist() == (values.opened + 1).tolist() == list(rows)
    assert known(stencils) == 3 + 1  # what opens a row, by the width of its number; what ends one


@pytest.mark.parametrize("dialect", [one for one in DIALECTS if one.name != "kosong"], ids=lambda one: one.name)
def test_one_changed_byte_in_a_row_that_looks_like_those_before_is_never_passed_over(dialect: Dialect) -> None:
    part = dialect.write(ALIKE)
    assert outcome(part, strings=dialect.strings) == exact_outcome(part, dialect.strings) is not None
    begin, end = part.index(b"<row", part.index(b'"10"')), part.index(b"<row", part.index(b'"12"'))
    for at in range(begin, end):
        for put in PUT:
            other = part[:at] + put + part[at + 1 :]
            assert outcome(other, strings=dialect.strings) == exact_outcome(other, dialect.strings), other


@pytest.mark.parametrize("number", ["7", "8", "9", "09", "9 ", "10", "90", "1048577"])
def test_a_reference_names_the_row_it_is_in(number: str) -> None:
    for place in ('<row r="9">', '<c r="A9">', '<c r="B9">'):
        rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"/></row>' for row in range(2, 12))
        part = sheet(rows.replace(place, place.replace("9", number)))
        assert outcome(part) == exact_outcome(part)


def test_what_is_inside_a_text_does_not_follow_what_ends_in_a_figure() -> None:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is>{1}</is></c></row>'
    sound = (
        row.format(1, "<t>a</t>") + row.format(2, "<r><t>a</t></r>") + row.format(3, "<r><t>a</t></r><r><t>b</t></r>")
    )
    for runs in (
        "<t>a</t></r>",
        "<r><t>a</t>",
        "<t>a</t><r><t>b</t></r>",
        "<r><t>a</t></r><t>b</t>",
        "<t>a</t><t>b</t>",
    ):
        part = sheet(sound + row.format(4, runs))
        assert outcome(part) == exact_outcome(part)


def test_rows_without_a_value_are_known_again_too() -> None:
    stencils = Stencils(frozenset())
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>\n' for row in range(100, 1_000)).encode()
    values = stencils.trace(blank, Words(blank))
    assert (len(values.starts), values.opened.tolist()) == (0, list(range(99, 999)))
    assert known(stencils) == 3  # the first has no line feed before it, and one stands alone after the last
    for count in (scan_stencils._MOST_BARE_ROWS, scan_stencils._MOST_BARE_ROWS + 1):
        bare = "".join(f'<row r="{row}"/>' for row in range(1, count + 1)).encode()
        with nullcontext() if count == scan_stencils._MOST_BARE_ROWS else pytest.raises(NotPlain):
            assert stencils.trace(bare, Words(bare)).opened.tolist() == list(range(count))


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("_MOST_STENCILS", 2), ("_LARGEST_STENCILS", 50), ("_MOST_ALIKE", 0), ("_FEW", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(scan_stencils, name, most)
            patch.setattr(scan_stencils, "_SELDOM", 4 if name == "_FEW" else 0)
            piece = plain(range(9, 11))
            with pytest.raises(NotPlain):
                Stencils(frozenset()).trace(piece, Words(piece))


def test_a_sheet_of_which_no_two_rows_are_alike_goes_the_exact_way() -> None:
    piece = b"".join(plain(range(row, row + 1), " " * row) for row in range(1, 200))
    assert Scanner(Cells(), (), Styles(), frozenset()).scan(piece) is None
