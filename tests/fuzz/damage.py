"""Damage done to bytes and to markup, by chance."""

import random
from collections.abc import Callable
from typing import Final

TOKENS: Final = (
    *(
        b"<v>",
        b"</v>",
        b"<c>",
        b"</c>",
        b"</row>",
        b"<row>",
        b"<row/>",
        b'<c r="C5">',
        b'<row r="5">',
        b"<v>1</v>",
        b"<is>",
    ),
    *(
        b"<t>",
        b"</t>",
        b"</is>",
        b"<f>1</f>",
        b"<f/>",
        b"<r>",
        b"</r>",
        b"<!-- x -->",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
    ),
    *(
        b"<![CDATA[9]]>",
        b"<?x y?>",
        b"&#49;",
        b"&amp;",
        b"&lt;",
        b"&x;",
        b"&#0;",
        b"<!DOCTYPE x>",
        b"<sheetData>",
        b"</sheetData>",
    ),
    *(
        b"<sheetData/>",
        b"</worksheet>",
        b"<x>",
        b"</x>",
        b"<x/>",
        b' t="s"',
        b' t="str"',
        b' t="e"',
        b' t="b"',
        b' s="1"',
        b' r="A1"',
    ),
    *(
        b' xmlns="urn:x"',
        b' xml:space="preserve"',
        b"\n",
        b"\r",
        b"\t",
        b" ",
        b"\x00",
        b"\xff",
        b"\xc2\xa0",
        b"\xef\xbb\xbf",
        b"'",
        b'"',
    ),
    *(
        b"0",
        b"9",
        b"00",
        b"-",
        b"+",
        b".",
        b",",
        b"E",
        b"E5",
        b"e-3",
        b"_x0041_",
        b"NaN",
        b"1E400",
        b";",
        b"|",
        b"=",
        b"%",
        b"Rp",
    ),
    *(
        b"</td>",
        b"<td>",
        b"<tr>",
        b"</table>",
        b"<table>",
        b"&nbsp;",
        b' colspan="2"',
        b' rowspan="3"',
        b"<br>",
        b"\xe2\x80\x8b",
    ),
)
Change = Callable[[bytearray, random.Random], None]


def _place(content: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _span(content: bytearray, chance: random.Random) -> slice:
    start = _place(content, chance)
    return slice(start, start + chance.choice((1, 1, 2, 5, 20, 100, 1000)))


def flip(content: bytearray, chance: random.Random) -> None:
    """Turn one bit."""
    if content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def overwrite(content: bytearray, chance: random.Random) -> None:
    """Put any byte in the place of one."""
    if content:
        content[chance.randrange(len(content))] = chance.randrange(256)


def insert(content: bytearray, chance: random.Random) -> None:
    """Put a token anywhere."""
    at = _place(content, chance)
    content[at:at] = chance.choice(TOKENS)


def delete(content: bytearray, chance: random.Random) -> None:
    """Take some bytes out."""
    del content[_span(content, chance)]


def double(content: bytearray, chance: random.Random) -> None:
    """Say some bytes twice."""
    span = _span(content, chance)
    content[span.start : span.start] = content[span]


def move(content: bytearray, chance: random.Random) -> None:
    """Put some bytes elsewhere."""
    span = _span(content, chance)
    taken = content[span]
    del content[span]
    at = _place(content, chance)
    content[at:at] = taken


def cut(content: bytearray, chance: random.Random) -> None:
    """End early."""
    del content[_place(content, chance) :]


def swap_tags(content: bytearray, chance: random.Random) -> None:
    """Exchange two tags, or a tag and what is after it."""
    first, second = (content.find(b"<", _place(content, chance)) for _ in range(2))
    if 0 <= first < second:
        ends = content.find(b">", first) + 1, content.find(b">", second) + 1
        if first < ends[0] <= second < ends[1]:
            tags = bytes(content[first : ends[0]]), bytes(content[second : ends[1]])
            content[second : ends[1]] = tags[0]
            content[first : ends[0]] = tags[1]


def retell(content: bytearray, chance: random.Random) -> None:
    """Say an attribute's value, or a digit, differently."""
    at = content.find(chance.choice((b'="', b">")), _place(content, chance))
    if at >= 0:
        at += chance.choice((1, 2))
        content[at : at + 1] = chance.choice(TOKENS + tuple(b"%d" % digit for digit in range(10)))


def double_element(content: bytearray, chance: random.Random) -> None:
    """Say a row, a cell or a value twice, the second time beside the first or elsewhere."""
    name = chance.choice((b"row", b"c", b"v", b"is", b"t", b"tr", b"td", b"si"))
    start = content.find(b"<" + name, _place(content, chance))
    end = content.find(b"</" + name + b">", start) + len(name) + 3
    if 0 <= start < end:
        at = end if chance.random() < 0.5 else max(0, content.find(b"<" + name, _place(content, chance)))
        content[at:at] = content[start:end]


def into_text(content: bytearray, chance: random.Random) -> None:
    """Put a token into a value or a text."""
    at = content.find(chance.choice((b"<v>", b"<t>", b"<td>")), _place(content, chance))
    if at >= 0:
        at = content.find(b">", at) + 1 + chance.randrange(4)
        content[at:at] = chance.choice(TOKENS)


ANYWHERE: Final[tuple[Change, ...]] = (flip, overwrite, insert, insert, delete, double, move, cut, swap_tags, retell)
MARKUP: Final[tuple[Change, ...]] = (double_element, into_text, into_text, retell)
CHANGES: Final = (*ANYWHERE, *MARKUP)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Give the bytes with one to four kinds of damage done to them."""
    own = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        chance.choice(CHANGES)(own, chance)
    return bytes(own)
