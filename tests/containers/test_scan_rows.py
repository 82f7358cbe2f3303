import pytest

from lkj_xlsx.containers.scan_rows import IN_RUN, IN_T, IN_V, INLINE, NUMBER, prove
from lkj_xlsx.containers.scan_words import NotPlain


def is_plain(piece: str) -> bool:
    part, at = piece.encode(), 0
    try:
        while at < len(part):
            at = prove(part, at, frozenset()).end
    except NotPlain:
        return False
    return True


def row(inner: str) -> str:
    return f'<row r="1">{inner}</row>'


def cell(inner: str) -> str:
    sort = ' t="inlineStr"' if "<is" in inner else ""
    return row(f'<c r="A1"{sort}>{inner}</c>')


def test_values_and_the_places_of_row_numbers_are_told() -> None:
    piece = (
        '\n<row r="10" ht="2">\n\t <c r="A10" s="3"><v>x</v></c>  <c r="B10" />'
        '<c r="AA10" t="inlineStr"><is><t>y</t></is></c>'
        '<c r="D10"></c><c r="E10" t="inlineStr"><is><r>\n<t xml:space="preserve"> z </t>'
        "</r><r><t></t></r>\n</is></c></row>"
    )
    proven = prove(piece.encode(), 0, frozenset())
    told = [(piece[one.start : one.stop], *one[2:]) for one in proven.values]
    assert told == [
        ("x", IN_V, 0, 3, NUMBER, False),
        ("y", IN_T, 26, 0, INLINE, False),
        (" z ", IN_RUN, 4, 0, INLINE, False),
        ("", IN_RUN, 4, 0, INLINE, True),
    ]
    places = [piece[one.start - 1 : one.start + one.width] for one in proven.numbers]
    assert places == ['"10', "A10", "B10", "A10", "D10", "E10"]
    assert [one.opens_row for one in proven.numbers] == [True, *[False] * 5]
    assert proven.end == len(piece)


@pytest.mark.parametrize(
    "piece",
    [
        row(""),
        row("") + " " * 64,
        row("\n         \t\n        "),
        cell("\t\n\n "),
        cell("<v>loose &amp; text</v>"),
        row(" " * 65),
        cell("<is><r><t>a</t></r></is>"),
        '<row r="1"/>',
    ],
)
def test_rows_of_the_grammar_are_plain(piece: str) -> None:
    assert is_plain(piece)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "x",
            "<",
            "<row r='1'>",
            "<row",
            "</row>",
            '<c r="A1"/>',
            row("") + "x",
            "x" + row(""),
            row("") + "<",
        ),
        *(row("") + ">", row("x"), row("          x"), row("\n\n\n\n\n\n\n\n\nx"), row("\u00a0")),
        *(row("\r"), row("\x0b"), row("") + row("<v></v>"), row("<row>")),
        *(
            cell("5"),
            cell("<v>1</v>5"),
            cell("<v>1</v><v>2</v>"),
            cell("<v>1<v></v></v>"),
            cell("<v/>"),
            cell("<v >1</v>"),
        ),
        *(
            cell("<v>1</w>"),
            cell("<v>1</v >"),
            cell("<w>1</v>"),
            cell("<f>1</f>"),
            cell("<!-- -->"),
            cell("<![CDATA[5]]>"),
        ),
        *(
            cell("<is><r><t>a</t></is>") + cell("<is><t>b</t></r></is>"),
            cell("<is></is>"),
            cell("<is><t>a</t><t>b</t></is>"),
            cell("<is><t>a</t></r></is>"),
            cell("<is><r><t>a</t></is>"),
        ),
        *(
            cell("<is><r><t>a</t></r></i>"),
            cell("<is><t>a</t></ix>"),
            cell("<ix><t>a</t></is>"),
            cell("<is><r></r></is>"),
        ),
        *(cell("<is><r><t>a</t></r><t>b</t></is>"), cell("<is><t>a</t></is><v>1</v>"), cell("<is><t a='1'>a</t></is>")),
        *(cell('<is><t xml:space="Preserve">a</t></is>'), cell('<is><t xml:space="preserve" >a</t></is>')),
        *(
            cell("<is><r><t>a</t></r><r><t>b</t></is>"),
            cell("<is><r><t>a</t></roq></is>"),
            row('<c r="A1">'),
            row("</c>"),
        ),
        *(
            cell("<is><t >a</t></is>"),
            cell("<is>x<t>a</t></is>"),
            cell("<is><r>x<t>a</t></r></is>"),
            '<row r="1"><c r="A1">',
        ),
        *(
            cell("<v>1</v>").replace("</c>", "</d>"),
            cell("<v>1</v>").replace("</row>", "</rov>"),
            cell("<is><r><t>a</t></row>"),
        ),
    ],
)
def test_everything_else_is_not(piece: str) -> None:
    assert not is_plain(piece)
