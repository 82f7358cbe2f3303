"""The same sheet written otherwise: changes of the markup that no parser of XML may see in the cells."""

import random
import re
from collections.abc import Callable
from typing import Final

from corpus.workbook import MAIN, STRICT

Change = Callable[[str, random.Random], str]
_FIGURE: Final = re.compile(r"(?<=<v>)[0-9.Ee+-]+(?=</v>)")
_TEXT: Final = re.compile(r"(?<=<t>)[^<&]+(?=</t>)")
_ROWS: Final = re.compile(r"<row .*?</row>|<row [^>]*/>", re.DOTALL)
_BETWEEN: Final = re.compile(r"(?<=</c>)(?=<c )|(?<=</row>)(?=<row )")


def _some(pattern: re.Pattern[str], sheet: str, chance: random.Random, change: Callable[[str], str]) -> str:
    """Change some of what matches."""
    share = chance.choice((0.02, 0.2, 1))
    return pattern.sub(lambda match: change(match[0]) if chance.random() < share else match[0], sheet)


def references(sheet: str, chance: random.Random) -> str:
    """Write digits of figures as references."""
    return _some(
        _FIGURE, sheet, chance, lambda said: "".join(f"&#{ord(one)};" if chance.random() < 0.4 else one for one in said)
    )


def comments(sheet: str, chance: random.Random) -> str:
    """Put comments into figures and texts."""

    def split(said: str) -> str:
        at = chance.randrange(len(said) + 1)
        return said[:at] + chance.choice(("<!-- 9 -->", "<?x 9?>", "<!---->", "<!-- </v></c></row> -->")) + said[at:]

    return _some(chance.choice((_FIGURE, _TEXT)), sheet, chance, split)


def sections(sheet: str, chance: random.Random) -> str:
    """Write figures and texts, or halves of them, as CDATA."""

    def wrap(said: str) -> str:
        at = chance.randrange(len(said) + 1)
        return f"{said[:at]}<![CDATA[{said[at:]}]]>"

    return _some(chance.choice((_FIGURE, _TEXT)), sheet, chance, wrap)


def blanks(sheet: str, chance: random.Random) -> str:
    """Put blanks around figures."""
    return _some(
        _FIGURE,
        sheet,
        chance,
        lambda said: chance.choice((" ", "\n", "\t", "\r\n")) + said + chance.choice(("", " ", "\n ")),
    )


def gaps(sheet: str, chance: random.Random) -> str:
    """Put blanks, comments and instructions between cells and rows."""
    return _some(
        _BETWEEN,
        sheet,
        chance,
        lambda _: chance.choice((" ", "\n\t", "\r\n", " " * 70, "<!-- x -->", "<?x <c r='A1'/>?>")),
    )


def shuffle(sheet: str, chance: random.Random) -> str:
    """Put rows in another order."""
    rows = _ROWS.findall(sheet)
    if not rows:
        return sheet
    start, end = sheet.index(rows[0]), sheet.rindex(rows[-1]) + len(rows[-1])
    chance.shuffle(rows)
    return sheet[:start] + "".join(rows) + sheet[end:]


def apostrophes(sheet: str, chance: random.Random) -> str:
    """Quote attributes otherwise, with blanks around the sign."""
    return _some(
        re.compile(r' (?:r|s|t)="[A-Za-z0-9]*"'), sheet, chance, lambda said: said.replace('"', "'").replace("=", " = ")
    )


def attributes(sheet: str, chance: random.Random) -> str:
    """Give cells and rows attributes that mean nothing."""
    more = ('lkj="1"', 'xmlns:lkj="urn:x" lkj:r="1"')
    return _some(re.compile(r"<(?:c|row)(?= )"), sheet, chance, lambda said: f"{said} {chance.choice(more)}")


def prefixes(sheet: str, _chance: random.Random) -> str:
    """Give every element a prefix."""
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1q:", sheet).replace("xmlns=", "xmlns:q=", 1)


def strict(sheet: str, _chance: random.Random) -> str:
    """Write the sheet in the strict dialect."""
    return sheet.replace(MAIN, STRICT)


def ends(sheet: str, chance: random.Random) -> str:
    """Close blank cells otherwise, and leave blanks in tags."""
    return _some(
        re.compile(r"""(?<=["'])></c>"""),
        sheet.replace("<v></v>", ""),
        chance,
        lambda _: chance.choice(("/>", " />", " ></c >", "\n/>")),
    )


def dimension(sheet: str, chance: random.Random) -> str:
    """Claim another size."""
    said = chance.choice(("A1", "A1:XFD1048576", "Z9", ""))
    return sheet.replace("<sheetData>", f'<dimension ref="{said}"/><sheetData>', 1)


def tails(sheet: str, chance: random.Random) -> str:
    """Say more after the rows."""
    more = chance.choice(
        (
            '<mergeCells count="9"><mergeCell ref="F1:G1"/></mergeCells>',
            '<autoFilter ref="A1:XFD9"/>',
            "<!-- </sheetData> -->",
        )
    )
    return sheet.replace("</sheetData>", f"</sheetData>{more}", 1)


CHANGES: Final[tuple[Change, ...]] = (
    *(shuffle, dimension, tails, attributes, apostrophes, ends, blanks, references, sections, comments, gaps),
)
"""In an order in which none is misled by what another wrote."""
LAST: Final[tuple[Change, ...]] = (prefixes, strict)
CODINGS: Final = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


def disguised(sheet: str, chance: random.Random) -> bytes:
    """Write a sheet otherwise, in some ways, in any of XML's own encodings; no declaration may stand in it."""
    share = chance.choice((0.1, 0.2, 0.5))
    for change in CHANGES:
        if chance.random() < share:
            sheet = change(sheet, chance)
    for change in LAST:
        if chance.random() < 0.1:
            sheet = change(sheet, chance)
    coding = chance.choice(CODINGS)
    mark = "\ufeff" if coding in ("utf-16-le", "utf-16-be") else ""
    return (mark + sheet).encode(coding)
