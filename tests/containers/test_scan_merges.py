import pytest
from worksheets import HEAD, read_rows

from lkj_xlsx.containers.scan_merges import are_merges, feed_tail

TAGS = b'<mergeCell ref="A1:B2"/>\n  <mergeCell ref="AA10:XFD1048576"/>\t'


@pytest.mark.parametrize("piece", [TAGS, b"\n" + TAGS, b'<mergeCell ref=""/>', TAGS * 50])
def test_plain_tags_of_merged_cells_are_known(piece: bytes) -> None:
    assert are_merges(piece)


@pytest.mark.parametrize(
    "piece",
    [
        *(b"", b" ", b"x" + TAGS, TAGS + b"x", TAGS + b"<", TAGS + b"\x0b", TAGS + b"\r", TAGS + b" " * 100),
        *(
            b'<mergeCell ref="&"/>',
            b'<mergeCell ref="\xc3\xa9"/>',
            b'<mergeCell ref="A1" x="1"/>',
            b'<mergeCell ref="/>',
        ),
        *(b'<mergeCell ref="A1">', b"<mergeCell ref='A1'/>", b'<mergeCelk ref="A1"/>', b'<nergeCell ref="A1"/>'),
        *(b'<mergeCell ref="A1"/><x/>', b"<!-- -->", b'<mergeCell ref="A1"/>"', b'>mergeCell ref="A1"/<'),
    ],
)
def test_anything_else_is_none(piece: bytes) -> None:
    assert not are_merges(piece)


def fed(rest: bytes, *source: bytes) -> list[bytes]:
    pieces: list[bytes] = []
    feed_tail(rest, iter(source), pieces.append)
    return pieces


def test_the_tags_alone_are_left_out_over_any_number_of_pieces() -> None:
    opening, closing = b'</sheetData><mergeCells count="9">', b"</mergeCells><pageSetup/>"
    assert b"".join(fed(opening + TAGS + closing, b"</worksheet>")) == opening + closing + b"</worksheet>"
    assert b"".join(fed(opening + TAGS + TAGS[:9], TAGS[9:] + TAGS, closing)) == opening + b"\t" + closing
    assert fed(opening + TAGS, b"") == [opening, b"\t"]


def test_what_is_not_such_a_list_is_fed_as_it_is() -> None:
    for whole in (
        b"</sheetData></worksheet>",
        b"<mergeCells></mergeCells>",
        b'<mergeCells x="1">' + TAGS,
        b"<mergeCells>" + TAGS + b"<x/></mergeCells>",
        b"<mergeCells>",
    ):
        assert b"".join(fed(whole, b"more")) == whole + b"more"


def test_a_list_in_an_attribute_stays_malformed() -> None:
    tail = b'</sheetData><a b="<mergeCells>' + TAGS + b'</mergeCells>"/></worksheet>'
    with pytest.raises(Exception, match="not well-formed"):
        read_rows(HEAD.encode() + tail)
