import pytest
from worksheets import HEAD, MAIN, TAIL, exact_outcome, outcome, read_rows, sheet

from lkj_xlsx.containers import xlsx
from lkj_xlsx.containers.xlsx_plain import Scanner

PLAIN = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 30))
HEADS = [
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n{HEAD}',
    f'<?xml version="1.0"?>{HEAD}',
    f"\ufeff{HEAD}",
    f"<!-- <sheetData> -->{HEAD}",
    HEAD.replace("<sheetData>", "<cols><!-- <sheetData> --></cols><sheetData>"),
    HEAD.replace("<sheetData>", '<a b=">"/><sheetData>'),
    HEAD.replace("<sheetData>", '<a xmlns:q="q"/><sheetData>'),
    HEAD.replace("<sheetData>", "<sheetData ><![CDATA[<sheetData>"),
    HEAD.replace("<sheetData>", "<sheetData ><!--<sheetData>"),
    HEAD.replace("<worksheet ", '<worksheet xmlns:q="urn:x" '),
    f'<?xml version="1.0" encoding="ISO-8859-1"?>{HEAD}',
    f'<?xml version="1.0" encoding="us-ascii"?>{HEAD}',
    f'<?xml version="1.0"{" " * 300}encoding="ISO-8859-1"?>{HEAD}',
    HEAD.replace("<sheetData>", "<extLst><sheetData>"),
    HEAD.replace(MAIN, "urn:other"),
    HEAD.replace("<sheetData>", '<sheetData xml:space="preserve">'),
    HEAD.replace("<sheetData>", "<sheetData><row><![CDATA["),
]
BODIES = [
    PLAIN,
    PLAIN.replace('<row r="9">', '<row r="9" q:a="1" x14ac:a="1">'),
    PLAIN.replace("<v>9</v>", "<v>9</v><!-- </row><row> -->"),
    PLAIN.replace("<v>9</v>", "<v><![CDATA[9]]></v>"),
    PLAIN.replace("<v>9</v>", "<v><![CDATA[9</row></sheetData>]]></v>"),
    PLAIN.replace("<v>9</v>", "<?x </row></sheetData> ?><v>9</v>"),
    PLAIN.replace("</row>", "</row><!-- </sheetData> -->", 3),
    PLAIN.replace("<v>9</v>", f"<v>9</v><extLst>{PLAIN.replace('>5<', '>7<')}</extLst>"),
    PLAIN.replace("<v>9</v>", '<v><mergeCell ref="A1"/>9</v>'),
    PLAIN.replace("<v>9</v>", '<v><![CDATA[<mergeCells><mergeCell ref="A1"/>9]]></v>'),
    PLAIN.replace('<c r="A9">', '<c r="A9" t="str">').replace("<v>9</v>", "<v>\u00e9</v>"),
    PLAIN + "\x0b",
    "\x0b",
    "\r\n",
    "",
]
TAILS = [
    TAIL,
    "</sheetData ></worksheet>",
    '</sheetData>\n<mergeCells count="2">\n<mergeCell ref="A1:B1"/>\n<mergeCell ref="A2:B2"/></mergeCells></worksheet>',
    '</sheetData><mergeCells><mergeCell ref="A1"/>\x0c<mergeCell ref="A1"/></mergeCells></worksheet>',
    '</sheetData><a b="<mergeCells><mergeCell ref="A1"/></mergeCells>"/></worksheet>',
    '</sheetData><mergeCells><mergeCell ref="A1"/><x/></mergeCells><sheetData/></worksheet>',
    '</sheetData><mergeCells><mergeCell ref="A1"/>',
    "]]></sheetData></worksheet>",
    "--></sheetData></worksheet>",
    "]]></row></sheetData></worksheet>",
    "</sheetData></extLst></worksheet>",
]


PARTS = [
    *((head, body, TAIL) for head in HEADS for body in BODIES),
    *((HEADS[0], body, tail) for body in BODIES for tail in TAILS),
    *((head, PLAIN, tail) for head in HEADS for tail in TAILS),
]


@pytest.mark.parametrize("size", [37, 150, 2**20])
def test_both_ways_agree_whatever_stands_around_the_rows_and_wherever_a_piece_ends(size: int) -> None:
    for part in map("".join, PARTS):
        assert outcome(part.encode(), size) == exact_outcome(part.encode()), part


def test_a_head_or_a_row_without_end_goes_the_exact_way(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[bytes] = []
    scan = Scanner.scan

    def spy(self: Scanner, piece: bytes) -> int | None:
        pieces.append(piece)
        return scan(self, piece)

    monkeypatch.setattr(Scanner, "scan", spy)
    part = sheet(PLAIN)
    monkeypatch.setattr(xlsx, "_LONGEST_HEAD", 20)
    assert len(read_rows(part, 10)) == 29
    assert pieces == []
    monkeypatch.setattr(xlsx, "_LONGEST_HEAD", 2**20)
    monkeypatch.setattr(xlsx, "_LONGEST_ROW", 20)
    assert len(read_rows(part, 10)) == 29
    assert pieces == []
    monkeypatch.setattr(xlsx, "_LONGEST_ROW", 2**20)
    assert len(read_rows(part, 10)) == 29
    assert len(pieces) > 20
