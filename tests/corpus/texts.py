"""Texts: codes to the character, names as they stand, figures that are typed as text."""

from collections.abc import Iterator, Mapping
from typing import Final

from corpus.case import Case, Exact, Found, OneOf, Outcome, Refused
from corpus.table import SPENT, TABLE, VICTIM, Amounts
from corpus.workbook import DATE, changed_sheet, figure_cell, parts, text_cell, with_cells, with_strings, xlsx

FIRST: Final = "CQ.6709.QGE.001"
NAME: Final = "B5"
UNKNOWN: Final = TABLE.amounts(VICTIM)
BROKEN: Final = Refused("rusak|batas")


def _case(name: str, content: bytes, outcome: Outcome, why: str) -> Case:
    return Case(f"text-{name}", "teks.xlsx", content, outcome, why)


def _named(name: str) -> Exact:
    return Exact(names={FIRST: name})


def _inline(texts: str) -> dict[str, str]:
    return {NAME: f'<c r="{NAME}" t="inlineStr"><is>{texts}</is></c>'}


def _names() -> Iterator[Case]:
    for name, texts, said, why in (
        ("runs", "<r><t>Layanan </t></r><r><rPr><b/></rPr><t>Baru</t></r>", "Layanan Baru", "rich text"),
        (
            "phonetic",
            '<t>Layanan</t><rPh sb="0" eb="1"><t>BACAAN</t></rPh><phoneticPr fontId="0"/>',
            "Layanan",
            "readings are none",
        ),
        ("escape", "<t>Layanan_x0020_Baru</t>", "Layanan Baru", "an escape of OOXML"),
        ("escape-cr", "<t>Layanan_x000D_\nBaru</t>", "Layanan Baru", "the escape that Excel writes for a line end"),
        ("escape-escaped", "<t>Layanan_x005F_x0041_</t>", "Layanan_x0041_", "an escape of the escape"),
        ("escape-none", "<t>Layanan_x00Baru_</t>", "Layanan_x00Baru_", "no escape"),
        ("blanks-kept", '<t xml:space="preserve">  Layanan  </t>', "Layanan", "blanks around a name are none of it"),
        ("cdata", "<t><![CDATA[Layanan <b> & C]]></t>", "Layanan <b> & C", "characters of markup"),
        ("references", "<t>Layanan &lt;b&gt; &#38; C</t>", "Layanan <b> & C", "as above"),
        ("formula", "<t>=1+1</t>", "=1+1", "a text that looks like a formula stays a text"),
        ("command", "<t>=cmd|' /C calc'!A0</t>", "=cmd|' /C calc'!A0", "an attack on those who open our output"),
        ("right-to-left", "<t>Layanan \u202e000.1</t>", "Layanan \u202e000.1", "an eye reads another order"),
        ("combining", "<t>Laya\u0301nan</t>", "Laya\u0301nan", "no letter is changed"),
        ("long", f"<t>{'a' * 32_767}</t>", "a" * 32_767, "the longest text of a cell"),
    ):
        yield _case(name, with_cells(_inline(texts)), _named(said), why)
    yield _case("too-long", with_cells(_inline(f"<t>{'a' * 32_768}</t>")), BROKEN, "cannot be written back")
    yield _case("much-too-long", with_cells(_inline(f"<t>{'ab' * 5_000_000}</t>")), BROKEN, "ten million letters")
    yield _case("too-long-in-runs", with_cells(_inline("<r><t>aaaa</t></r>" * 8192)), BROKEN, "too long in pieces")
    for name, texts in {
        "surrogate": "<t>Layanan_xD800_</t>",
        "surrogates": "<t>Layanan_xD83D__xDE00_</t>",
        "nul": "<t>Layanan_x0000_</t>",
        "bell": "<t>Layanan_x0007_</t>",
        "noncharacter": "<t>Layanan_xFFFF_</t>",
    }.items():
        yield _case(
            f"escape-{name}", with_cells(_inline(texts)), OneOf((Exact(), BROKEN)), "no letter, but an escape of one"
        )
    cell = {NAME: f'<c r="{NAME}" t="str"><v>Layanan Baru</v></c>'}
    yield _case("str", with_cells(cell), _named("Layanan Baru"), "a text without the table of texts, as POI streams it")
    cell = {NAME: f'<c r="{NAME}" t="inlineStr"></c>'}
    yield _case("inline-empty", with_cells(cell), _named(""), "SAKTI's own blank cell")


def _shared() -> Iterator[Case]:
    item = "<si><t>Layanan Baru</t></si>"
    points = {NAME: figure_cell(NAME, 0, ' t="s"')}
    yield _case("shared", with_strings(item, points), _named("Layanan Baru"), "the table of texts")
    why = "b05: calamine aborts, asking for 103 GB"
    for count in ("4294967295", "-1", "0", "banyak", "18446744073709551615", "1E9", ""):
        content = with_strings(item, points, count=count, uniqueCount=count)
        yield _case(f"shared-count-{count}", content, _named("Layanan Baru"), why)
    for index in ("-1", "1", "99999999999999", "x", "0.0", "", " ", "\uff10", "0x0", "1E0", "+0", "0 0"):
        outcome: Outcome = (
            BROKEN if index not in ("0.0", "+0", "", " ") else OneOf((_named("Layanan Baru"), _named(""), BROKEN))
        )
        content = with_strings(item, {NAME: figure_cell(NAME, index, ' t="s"')})
        yield _case(f"shared-index-{index}", content, outcome, "d22: openpyxl takes the last text for -1")
    yield _case(
        "shared-index-spaced",
        with_strings(item, {NAME: figure_cell(NAME, " 0\n", ' t="s"')}),
        _named("Layanan Baru"),
        "XML trims",
    )
    cut = with_strings("", points)
    yield _case("shared-none", cut, BROKEN, "a table without the text")
    own = parts(changed_sheet(points))
    yield _case("shared-missing", xlsx(own["xl/worksheets/sheet1.xml"]), BROKEN, "no table at all")
    gone = with_strings(item)
    yield _case("shared-unused", gone, Exact(), "a table that no cell points to")
    for name, items, said, why in (
        ("runs", "<si><r><t>Layanan </t></r><r><rPr><i/></rPr><t>Baru</t></r></si>", "Layanan Baru", "rich text"),
        ("phonetic", "<si><t>Layanan</t><rPh sb='0' eb='1'><t>X</t></rPh></si>", "Layanan", "readings are none"),
        ("empty", "<si/>", "", "an item without text keeps its number"),
        ("empty-first", "<si/><si><t>Layanan</t></si>", "", "as above, and the next is the next"),
        ("comment", "<!-- <si><t>X</t></si> --><si><t>Lay<!-- x -->anan</t></si>", "Layanan", "comments are none"),
        (
            "stray",
            "<t>X</t><x><si><t>Y</t></si></x><si><t>Layanan</t></si>",
            "Layanan",
            "texts outside of items are none",
        ),
        ("nested", "<si><si><t>X</t></si><t>Layanan</t></si>", "Layanan", "an item in an item"),
    ):
        outcome = _named(said) if name not in ("stray", "nested") else OneOf((_named(said), BROKEN))
        yield _case(f"shared-{name}", with_strings(items, points), outcome, why)
    for name, item in {
        "element": "<si><t>Layanan <b/>Baru</t></si>",
        "element-with-text": "<si><t>Layanan <b>Lama </b>Baru</t></si>",
        "element-of-ours": "<si><t>Layanan <r/>Baru</t></si>",
    }.items():
        content = with_strings(item, points)
        yield _case(f"shared-{name}", content, BROKEN, "an element in a text: programs differ in what is left of it")
    figure = with_strings("<si><t>12.309.652.000</t></si>", {VICTIM: figure_cell(VICTIM, 0, ' t="s"')})
    yield _case("shared-figure", figure, Exact(), "a figure typed as text, in the table of texts")


def _codes() -> Iterator[Case]:
    for code, why in (
        ("1E5", "e33: pandas makes it 100000"),
        ("TRUE", "e16: pandas makes it a truth"),
        ("NA", "g10: pandas makes it a blank"),
        ("NULL", "g10"),
        ("nan", "g10"),
        ("inf", "a float to Python"),
        ("51", "e31: a komponen that lost its zero"),
        ("QGE.1", "an RO that lost its zeros"),
        ("QGE,001", "a comma for a dot"),
        ("\u0415\u0412\u0410.994", "e.: Cyrillic letters that look like EBA"),
        ("QGE.00\u200b1", "a space of no width"),
        ("\uff31GE.001", "full-width letters"),
        ("QGE.\u0660\u0660\u0661", "Arabic digits"),
        ("=QGE.001", "a formula as text"),
    ):
        found = OneOf((Found((("K1..|R2..", "A5"),)), Found((("R108", "C4"),)), Exact(_renamed(code.upper()))))
        yield _case(f"code-{code}", with_cells({"A5": text_cell("A5", code)}), found, why)
    for name, cell, why in (
        ("number", figure_cell("A4", 6709), "a kegiatan kept as a number"),
        ("point-zero", figure_cell("A4", "6709.0"), "as above, Java's spelling"),
        ("exponent", figure_cell("A4", "6.709E3"), "as above, with an exponent"),
        ("blanks", text_cell("A4", "  6709 "), "blanks around a code"),
        ("no-break", text_cell("A4", "6709\u00a0"), "a blank from a web page"),
    ):
        yield _case(f"kegiatan-{name}", with_cells({"A4": cell}), Exact(), why)
    dated = with_cells({"A4": figure_cell("A4", 6709, f' s="{DATE}"')})
    yield _case("kegiatan-date", dated, OneOf((Exact(), Found((("K102", "C5"),)))), "a code with a date's look")
    twice = with_cells({"A6": text_cell("A6", "QGE.001")})
    yield _case("code-twice", twice, Found((("K101", "C6"),)), "one path on two rows")
    yield _komponen()


def _renamed(code: str) -> Amounts:
    """Give the sums where the first RO is of no KRO, and called by a text that stays a text."""
    first, *others = TABLE.lines
    amounts = {path: sums for path, sums in TABLE.amounts().items() if path not in first.paths[2:]}
    kro = sum(line.pagu for line in others if first.paths[2] in line.paths)
    spent = sum(line.realisasi for line in others if first.paths[2] in line.paths)
    return {**amounts, first.paths[2]: (kro, spent), f"{first.paths[1]}.{code}": (first.pagu, first.realisasi)}


def _komponen() -> Case:
    """Make the case of komponen `051`, `052` and `018` as text: e31, g09."""
    names = {"051": 100, "052": 20, "018": 3}
    cells: dict[str, str] = {}
    for row, (code, pagu) in enumerate(names.items(), 5):
        cells |= {f"A{row}": text_cell(f"A{row}", code), f"B{row}": text_cell(f"B{row}", f"Komponen {code}")}
        cells |= {f"C{row}": figure_cell(f"C{row}", pagu), f"D{row}": figure_cell(f"D{row}", 1)}
    cells |= {"A4": text_cell("A4", "6709"), "C8": figure_cell("C8", 123), "D8": figure_cell("D8", 3)}
    cells |= {"C12": figure_cell("C12", 123 + 999), "D13": figure_cell("D13", 3 + 998)}
    whole = "CQ.6709."
    amounts = {f"{whole}{code}": (pagu, 1) for code, pagu in names.items()}
    sums = {
        "CQ": (1122, 1001),
        "CQ.6709": (123, 3),
        **{k: v for k, v in TABLE.amounts().items() if k.startswith("CQ.6710")},
    }
    return _case("komponen", with_cells(cells), Exact({**sums, **amounts}), "e31, g09: 051 is not 51")


def _figures() -> Iterator[Case]:
    for text, why in (
        ("12309652000", "digits only"),
        ("12.309.652.000", "Indonesian"),
        ("12,309,652,000", "English"),
        ("Rp 12.309.652.000,-", "as officers print it"),
        ("Rp12.309.652.000,00", "with sen, which are none"),
        ("Rp. 12.309.652.000", "with the dot of an abbreviation"),
        ("IDR 12.309.652.000", "as banks print it"),
        ("  12.309.652.000\u00a0", "blanks around it"),
        ("12.309.652.000,00", "two decimals, both nought"),
    ):
        yield _case(f"figure-{text}", with_cells({VICTIM: text_cell(VICTIM, text)}), Exact(), why)
    for text, code, why in (
        ("sekitar 12 miliar", "R101", "no number"),
        ("12 miliar", "R101", "a unit"),
        ("12.309.652.00", "R101", "a digit is lost"),
        ("12.3096.52000", "R101", "groups of other lengths"),
        ("12..309.652.000", "R101", "two dots"),
        ("12309652000 1", "R101", "two numbers"),
        ("12.309.652.000,50", "R102", "sen"),
        ("12 309 652 000", "R101", "grouped by blanks"),
        ("1.2309652E10", "R101", "an exponent in a text"),
        ("1E5", "R101", "as above"),
        ("0x10", "R101", "hexadecimal"),
        ("1_000", "R101", "Python's own"),
        ("NaN", "R101", "no number"),
        ("TRUE", "R101", "no number"),
        ("\uff11\uff12\uff13", "R101", "full-width digits"),
        ("\u0661\u0662\u0663", "R101", "Arabic digits"),
        ("12309\u200b652000", "R101", "a space of no width"),
        ("\u202e000.256.903.21", "R101", "turned around for the eye"),
        ("12309652000%", "R101", "a percent"),
        ("(12.309.652.000", "R101", "half a bracket"),
        ("--5", "R101", "two signs"),
        ("=12309652000", "R101", "a formula typed as text"),
        ("'12309652000", "R101", "an apostrophe that Excel would hide"),
        ("#REF!", "R101|R105", "an error as text"),
        ("9.007.199.254.740.993", "R103", "beyond 2^53"),
        ("9" * 30_000, "R101|R103", "30,000 digits"),
        ("1." + "000." * 8000 + "000", "R101|R103", "8,000 groups"),
        ("1" + " " * 32_000 + "x", "R101", "blanks that a pattern would try in every way"),
        ("nihil", "R101", "a word for zero"),
        ("n/a", "R101", "a word for nothing"),
    ):
        found = Found(((code, VICTIM),), UNKNOWN)
        yield _case(f"figure-{text[:20]}-{len(text)}", with_cells({VICTIM: text_cell(VICTIM, text)}), found, why)
    for text in ("-", "\u2013", "Rp-", "0", "Rp 0,-", "0,00"):
        yield _case(f"nil-{text}", with_cells({SPENT: text_cell(SPENT, text)}), Exact(), "a written nihil is zero")
    column = {place: text_cell(place, text) for place, text in _undecidable().items()}
    outcome = Found((("R104", VICTIM),))
    yield _case("column-undecidable", with_cells(column), outcome, "e32, g08, g27: read as thousandths by pandas")
    proven = column | {VICTIM: text_cell(VICTIM, "12.309.652.000"), "C6": text_cell("C6", "250.500")}
    proven |= {
        "C7": text_cell("C7", "1.800.000"),
        "C8": figure_cell("C8", 12311702500),
        "C10": figure_cell("C10", 999),
        "C12": figure_cell("C12", 12311703499),
    }
    yield _case("column-proven", with_cells(proven), Exact(), "e32, where another cell proves what the dot means")


def _undecidable() -> Mapping[str, str]:
    return {
        VICTIM: "1.000",
        "C6": "250.500",
        "C7": "1.800",
        "C10": "999",
        "C8": "253.300",
        "C11": "999",
        "C12": "254.299",
    }


PATTERNS: Final = {
    "blanks": "1" + " " * 32_000 + "x",
    "words": "tahun anggaran " * 2_000,
    "numbers": "1." * 16_000,
    "commas": "1,000" * 6_000,
    "brackets": "(" * 32_000,
    "dashes": "-" * 32_000,
    "rupiah": "Rp " * 10_000,
    "codes": "QGE.001 " * 4_000,
    "dots": "A." * 16_000,
    "percents": "1,5%" * 8_000,
    "kegiatan": "SUB TOTAL (6709) " * 1_900,
    "quotes": "\"'`" * 10_000,
}
"""Texts as long as a cell takes, such as a pattern may try in every way."""


def _patterns() -> Iterator[Case]:
    sound = OneOf((Found(()), Exact(), Refused(".")))
    for name, text in PATTERNS.items():
        long = {place: text_cell(place, text) for place in ("A1", "B3", "B4", "B5", "B8", "A6", "C5", "D6")}
        yield _case(f"pattern-{name}", with_cells(long), sound, "a text that costs more than its length")
        long = {
            place: text_cell(place, f"{label}{text}"[:32_767])
            for place, label in (("C2", "PAGU "), ("D2", "REALISASI "))
        }
        yield _case(f"pattern-{name}-heading", with_cells(long), sound, "as above, in the headings")


def _headings() -> Iterator[Case]:
    title = with_cells({"A1": text_cell("A1", "x" * 200 + "<&>")})
    yield _case("title-long", title, Exact(), "a long title over the table")
    header = with_cells(
        {"C2": text_cell("C2", "PAGU (Rp)"), "E2": text_cell("E2", "PAGU (Rp)"), "E5": figure_cell("E5", 1)}
    )
    outcome = OneOf((Refused("."), Found((("R...|K...|T...", "E2"),)), Exact(notes=("R110",))))
    yield _case("header-twice", header, outcome, "f05: pandas renames the second")


CASES: Final = (*_names(), *_shared(), *_codes(), *_figures(), *_headings(), *_patterns())
