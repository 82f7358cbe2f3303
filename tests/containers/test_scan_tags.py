import pytest

from lkj_xlsx.containers.scan_tags import (
    C_END,
    C_ONLY,
    IS,
    IS_END,
    R_END,
    ROW,
    ROW_END,
    ROW_ONLY,
    T_END,
    V_END,
    C,
    NotPlain,
    R,
    T,
    V,
    Words,
    find_tags,
)


def tags(piece: str) -> list[tuple[int, str]]:
    found = find_tags(piece.encode(), Words(piece.encode()))
    places = zip(found.kinds.tolist(), found.opens.tolist(), found.closes.tolist(), strict=True)
    return [(kind, piece[start : end + 1]) for kind, start, end in places]


def is_plain(piece: str) -> bool:
    try:
        tags(piece)
    except NotPlain:
        return False
    return True


def row(inner: str) -> str:
    return f'<row r="1">{inner}</row>'


def cell(inner: str) -> str:
    return row(f'<c r="A1">{inner}</c>')


def test_each_tag_is_known_by_its_kind_and_place() -> None:
    piece = (
        '\n<row r="1" ht="2">\n\t <c r="A1"><v>x</v></c>  <c r="B1" /><c r="C1" t="inlineStr"><is><t>y</t></is></c>'
        '<c r="D1"></c><c r="E1"><is><r>\n<t xml:space="preserve"> z </t></r><r><t></t></r>\n</is></c></row>'
        '\n<row r="2"/> '
    )
    assert [kind for kind, _ in tags(piece)] == [
        *(ROW, C, V, V_END, C_END, C_ONLY, C, IS, T, T_END, IS_END, C_END, C, C_END),
        *(C, IS, R, T, T_END, R_END, R, T, T_END, R_END, IS_END, C_END, ROW_END, ROW_ONLY),
    ]
    assert [text for _, text in tags(piece)][:3] == ['<row r="1" ht="2">', '<c r="A1">', "<v>"]


@pytest.mark.parametrize(
    "piece",
    [
        row(""),
        row("") + " " * 64,
        row("\n         \t\n        "),
        cell("\t\n\n "),
        cell("<v>loose &amp; text</v>"),
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
            "",
            " ",
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
        *(row("") + ">", row(" " * 65), row("x"), row("          x"), row("\n\n\n\n\n\n\n\n\nx"), row("\u00a0")),
        *(row("\r"), row("\x0b"), cell("<v>\x00</v>"), cell("<v>a\r</v>"), row("") + row("<v></v>"), row("<row>")),
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
