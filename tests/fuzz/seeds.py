"""What random inputs are made from: the samples, and a workbook with cells of every kind."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from corpus.other_files import ods, ods_rows
from corpus.pages import CASES as PAGES
from corpus.text_files import CASES as TEXTS
from corpus.workbook import with_strings, xlsx

SAMPLES: Final = Path(__file__).parents[2] / "samples"
LARGEST: Final = 15_000
"""Bytes of a sample: each input is read twice."""
LITERALS: Final = (
    *(
        "9007199254740992",
        "9007199254740993",
        "-9007199254740993",
        "12345678901234567",
        "1.2309652E10",
        "12309652000.0",
    ),
    *(
        "0.1",
        "1E-5",
        "-0",
        "1E22",
        "1E23",
        "1E308",
        "1E309",
        "00042",
        "123456789.123456789",
        "NaN",
        "1_000",
        ".5",
        "5.",
    ),
)
ITEMS: Final = (
    *("<t>051</t>", "<t>Rp_x000D_\n1.000</t>", "<t>_x0041_b</t>", '<t xml:space="preserve">  1.000  </t>', "<t/>", ""),
    *("<r><t>12.309</t></r><r><rPr><b/></rPr><t>.652.000</t></r>", '<t>1</t><rPh sb="0" eb="1"><t>9</t></rPh>'),
    *("<t>&lt;9&gt; \u20ac\U0001f600</t>", "<r><t>Belanja</t></r>"),
)
"""Texts of shared strings and of cells."""


def _beside() -> dict[str, str]:
    """Give cells of every kind, in columns beside the table."""
    own = (
        *(f'<c r="F{row}"><v>{literal}</v></c>' for row, literal in enumerate(LITERALS, 1)),
        *(f'<c r="G{row}" t="s"><v>{row - 1}</v></c>' for row in range(1, len(ITEMS) + 1)),
        *(f'<c r="H{row}" t="inlineStr"><is>{text}</is></c>' for row, text in enumerate(ITEMS, 1)),
        *(f'<c r="I{row}" s="{row - 1}"><v>45000</v></c>' for row in range(1, 9)),
        '<c r="J1" t="b"><v>1</v></c>',
        '<c r="J2" t="b"><v>0</v></c>',
        '<c r="J3" t="e"><v>#REF!</v></c>',
        '<c r="J4"><f>SUM(C5:C7)</f><v>12311702500</v></c>',
        '<c r="J5"><f>SUM(C5:C7)</f></c>',
        '<c r="J6" t="str"><f>"a"</f><v>_x0041_</v></c>',
        '<c r="J7" t="d"><v>2024-12-31</v></c>',
        '<c r="J8"><f t="shared" si="0"/><v>7</v></c>',
        '<c r="J9" s="4"/>',
    )
    return {cell.partition('r="')[2].partition('"')[0]: cell for cell in own}


@cache
def workbooks() -> tuple[bytes, ...]:
    """Give the workbooks, our own more often than the samples."""
    plain, full = xlsx(), with_strings("".join(f"<si>{text}</si>" for text in ITEMS), _beside())
    samples = (path for path in sorted(SAMPLES.glob("*.xlsx")) if path.stat().st_size < LARGEST)
    return (*[plain] * 3, *[full] * 6, *(path.read_bytes() for path in samples))


@cache
def texts() -> tuple[bytes, ...]:
    """Give texts with separators."""
    return (*[TEXTS[0].made()] * 2, *(path.read_bytes() for path in sorted(SAMPLES.glob("*.csv"))))


@cache
def pages() -> tuple[bytes, ...]:
    """Give web pages."""
    return (*[PAGES[0].made()] * 2, *(path.read_bytes() for path in sorted(SAMPLES.glob("*.xls"))))


@cache
def open_document() -> Mapping[str, bytes]:
    """Give the parts of an OpenDocument spreadsheet."""
    return parts_of(ods(ods_rows()))


@cache
def parts_of(book: bytes) -> Mapping[str, bytes]:
    """Give the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
