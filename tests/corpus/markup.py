"""XML: what expat reads as the standard says, and what is refused: document types, entities, damage, odd letters."""

from collections.abc import Iterator
from typing import Final

from corpus.case import Case, Exact, Found, OneOf, Outcome, Refused
from corpus.table import TABLE, VICTIM
from corpus.workbook import (
    BOOK,
    HEAD,
    MAIN,
    OFFICE,
    RELATIONS,
    SHEET_PART,
    STRICT,
    STRICT_OFFICE,
    STRINGS,
    STYLE_PART,
    STYLES,
    cells,
    changed_sheet,
    figure_cell,
    listing,
    parts,
    relations,
    rows,
    with_cells,
    worksheet,
    xlsx,
)

DOCTYPE: Final = Refused("DOCTYPE")
BROKEN: Final = Refused("rusak")
LEFT_OPEN: Final = OneOf((Exact(), BROKEN))
DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LAUGHS: Final = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _case(name: str, content: bytes, outcome: Outcome, why: str) -> Case:
    return Case(f"xml-{name}", "xml.xlsx", content, outcome, why)


def _typed(doctype: str, value: str = "12309652000", part: str = SHEET_PART) -> bytes:
    """Write the workbook with a document type in one part."""
    own = parts(changed_sheet({VICTIM: figure_cell(VICTIM, value)}))
    bare = str(own[part]).replace(DECLARED, "")
    return xlsx(own[SHEET_PART], {part: f"{DECLARED}{doctype}{bare}"})


def _types() -> Iterator[Case]:
    for name, doctype, value, why in (
        ("laughs", f'<!DOCTYPE w [<!ENTITY l0 "9">{LAUGHS}]>', "&l9;", "c01: a billion laughs"),
        ("quadratic", f'<!DOCTYPE w [<!ENTITY a "{"9" * 50_000}">]>', "&a;" * 2000, "c02: quadratic blow-up"),
        ("recursive", '<!DOCTYPE w [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;", "c03: entities in a circle"),
        ("parameter", "<!DOCTYPE w [<!ENTITY % p \"<!ENTITY q '9'>\"> %p;]>", "&q;", "c04: parameter entities"),
        ("file", '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "&f;", "c05: the contents of a file"),
        ("outside", '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">', "1", "c06: a type from the net"),
        (
            "parameter-file",
            '<!DOCTYPE w [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
            "1",
            "c07: a file as a type",
        ),
        ("bare", "<!DOCTYPE worksheet>", "12309652000", "c08: every reader accepts it, even defusedxml"),
        (
            "internal",
            '<!DOCTYPE w [<!ENTITY p "12309652000">]>',
            "&p;",
            "c09: openpyxl reads the figure, calamine a blank",
        ),
        ("attribute", '<!DOCTYPE w [<!ATTLIST c t CDATA "s">]>', "1", "a default attribute makes every cell a text"),
        ("notation", '<!DOCTYPE w [<!NOTATION n SYSTEM "x">]>', "1", "c10: a notation"),
        ("late", "<!-- x --><?p x?>\n<!DOCTYPE w>", "1", "after a comment and an instruction"),
        ("utf-8-public", '<!DOCTYPE w PUBLIC "-//X//Y" "x.dtd">', "1", "with a public name"),
    ):
        yield _case(f"type-{name}", _typed(doctype, value), DOCTYPE, why)
    for part, name in ((BOOK, "book"), (STYLES, "styles"), (RELATIONS, "relations"), ("_rels/.rels", "root")):
        yield _case(f"type-in-{name}", _typed("<!DOCTYPE x>", part=part), DOCTYPE, "in a part beside the sheet")
    wide = f'\ufeff<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w>{changed_sheet().replace(DECLARED, "")}'
    yield _case("type-wide", xlsx(wide.encode("utf-16-le")), DOCTYPE, "in UTF-16, where bytes show no word")
    yield _case("type-lower", _typed("<!doctype w>"), BROKEN, "no XML at all")
    entity = with_cells({VICTIM: figure_cell(VICTIM, "&nbsp;12309652000")})
    yield _case("entity-unknown", entity, BROKEN, "an entity that nobody declared")


def _values() -> Iterator[Case]:
    for name, value, why in (
        ("cdata", "<![CDATA[12309652000]]>", "c11: calamine reads a blank"),
        ("cdata-half", "123<![CDATA[09652000]]>", "c11: calamine reads 123"),
        ("cdata-many", "<![CDATA[1]]><![CDATA[2309652000]]>", "two of them"),
        ("comment", "123<!-- x -->09652000", "c12: calamine reads 123"),
        ("comment-of-tags", "123<!-- </v></c></row><v>9 -->09652000", "c12, with tags in it"),
        ("instruction", "123<?x y?>09652000", "c13: calamine reads 123"),
        ("reference", "&#49;2309652000", "c14: calamine reads a blank"),
        ("reference-hex", "&#x31;2309652000", "c14, hexadecimal"),
        ("references", "".join(f"&#{ord(digit)};" for digit in "12309652000"), "c14, every digit"),
        ("reference-long", "&#000000000049;2309652000", "c14, with zeros"),
    ):
        yield _case(f"value-{name}", with_cells({VICTIM: figure_cell(VICTIM, value)}), Exact(), why)
    for name, value, why in (
        ("element", "123<b/>09652000", "an element in a figure"),
        ("element-text", "123<b>0</b>9652000", "as above, with text"),
        ("nul-reference", "12309652000&#0;", "XML holds no NUL"),
        ("control-reference", "12309652000&#1;", "XML 1.0 holds no controls"),
        ("surrogate-reference", "12309652000&#xD800;", "half a character"),
        ("beyond-reference", "12309652000&#x110000;", "no character"),
        ("cdata-end", "12309652000]]>", "XML forbids it in text"),
        ("ampersand", "12309652000 & 1", "a bare ampersand"),
        ("less-than", "12309652000 < 1", "a bare less-than"),
        ("comment-open", "12309652000<!-- ", "a comment that never ends"),
        ("comment-dashes", "1<!-- a -- b -->2309652000", "two dashes in a comment"),
        ("cdata-open", "<![CDATA[12309652000", "a CDATA that never ends"),
        ("instruction-xml", "1<?xml version='1.0'?>2309652000", "a declaration in the middle"),
    ):
        yield _case(f"value-{name}", with_cells({VICTIM: figure_cell(VICTIM, value)}), BROKEN, why)


def _spellings() -> Iterator[Case]:
    for name, cell in {
        "apostrophes": "<c r='C5'><v>12309652000</v></c>",
        "blanks-in-tags": '<c  \n r = "C5"\t><v >12309652000</v\n></c >',
        "reference-in-address": '<c r="&#67;5"><v>12309652000</v></c>',
        "unknown-attributes": '<c r="C5" cm="1" vm="1" ph="1" x="&gt;&lt;"><v>12309652000</v></c>',
        "greater-in-attribute": '<c r="C5" x="/c>/row>/sheetData>"><v>12309652000</v></c>',
        "foreign-attribute": '<c r="C5" xmlns:q="urn:q" q:r="C9" q:t="s"><v>12309652000</v></c>',
        "space-of-xml": '<c r="C5" xml:space="preserve"><v xml:space="preserve">12309652000</v></c>',
        "extension": '<c r="C5"><v>12309652000</v><extLst><ext uri="x"><v>9</v></ext></extLst></c>',
        "comment-of-cell": '<!-- <c r="C5"><v>1</v></c> --><c r="C5"><v>12309652000</v></c>',
        "instruction-before": '<?x </row></sheetData> ?><c r="C5"><v>12309652000</v></c>',
    }.items():
        yield _case(f"cell-{name}", with_cells({VICTIM: cell}), Exact(), "the same cell to every parser of XML")
    own = rows(cells())
    for name, sheet in {
        "comment-of-row": worksheet([*own[:4], '<!-- <row r="5"><c r="C5"><v>1</v></c></row> -->', *own[4:]]),
        "comment-of-rows-end": worksheet([*own[:4], "<!-- </sheetData></worksheet> -->", *own[4:]]),
        "comment-before-rows": worksheet(own, before="<!-- <sheetData><row r='1'/></sheetData> -->"),
        "comment-before-root": worksheet(own, head=HEAD.replace("<worksheet", "<!-- <sheetData> --><worksheet")),
        "cdata-of-rows": worksheet(
            own, before="<sheetPr><x><![CDATA[<sheetData><row r='1'/></sheetData>]]></x></sheetPr>"
        ),
        "attribute-of-rows": worksheet(own, before='<sheetPr codeName="&lt;sheetData&gt;"/>'),
        "lines-between": worksheet(f"\r\n\t {row}" for row in own),
        "lines-in-tags": worksheet(row.replace("<c ", "<c\r\n") for row in own),
        "no-declaration": worksheet(own, head=HEAD.replace(DECLARED, "")),
        "apostrophes-in-head": worksheet(own, head=HEAD.replace('"', "'")),
        "rows-self-closed": worksheet([*own, '<row r="20"/><row r="21" s="1" customFormat="1"/>']),
        "comment-after-root": worksheet(own, tail="</worksheet><!-- habis --><?x y?>\n"),
    }.items():
        yield _case(f"sheet-{name}", xlsx(sheet), Exact(), "the same sheet to every parser of XML")


def _damage() -> Iterator[Case]:
    sheet = changed_sheet()
    for name, damaged, why in (
        ("unclosed", sheet.replace("</row>", "", 1), "an element that is not closed"),
        ("crossed", sheet.replace("</v></c>", "</c></v>", 1), "elements that cross"),
        ("attribute-twice", sheet.replace('r="C5"', 'r="C5" r="C6"'), "one attribute twice"),
        ("quote-missing", sheet.replace('r="C5"', 'r="C5'), "a quote that is missing"),
        ("value-missing", sheet.replace('r="C5"', "r=C5"), "an attribute without quotes"),
        ("attribute-bare", sheet.replace('r="C5"', 'r="C5" t'), "an attribute without a value"),
        ("two-roots", sheet + sheet.replace(DECLARED, ""), "two documents"),
        ("text-after", sheet + "x", "text after the document"),
        ("cut", sheet[: len(sheet) // 2], "a part that ends early, in a sound archive"),
        ("cut-at-row", sheet[: sheet.index("</row>") + 6], "as above, where a row ends"),
        ("cut-before-end", sheet.replace("</worksheet>", ""), "as above, the last tag only"),
        ("blank", "  \n", "nothing but blanks"),
        ("text", "bukan XML", "no XML"),
        ("prefix-unbound", sheet.replace("<row r=", "<q:row r=", 1), "a prefix that means nothing"),
        ("declaration-late", " " + sheet, "a blank before the declaration"),
        ("declaration-twice", DECLARED + sheet, "two declarations"),
        ("nul", sheet.replace("12309652000", "1230965\0002000"), "a NUL"),
        ("control", sheet.replace("Layanan Sosialisasi", "Layanan\x0bSosialisasi"), "a control character"),
        ("noncharacter", sheet.replace("Layanan Sosialisasi", "Layanan\ufffe"), "no character of XML"),
        ("name-of-digits", sheet.replace("<row", "<1row", 1), "a name that XML forbids"),
        ("end-with-attribute", sheet.replace("</row>", '</row r="1">', 1), "an end tag with an attribute"),
        ("slash-twice", sheet.replace("</row>", "<//row>", 1), "no tag"),
        (
            "space-rebound",
            sheet.replace("<worksheet ", '<worksheet xmlns:xml="urn:x" '),
            "the prefix xml means one thing",
        ),
    ):
        yield _case(f"damage-{name}", xlsx(damaged), BROKEN, why)
    for part, name in ((BOOK, "book"), (STYLES, "styles"), (RELATIONS, "relations"), ("_rels/.rels", "root")):
        text = str(parts()[part])
        yield _case(f"damage-in-{name}", xlsx(None, {part: text[:-5]}), BROKEN, "a part beside the sheet ends early")


def _letters() -> Iterator[Case]:
    sheet = changed_sheet()
    bare = sheet.replace(DECLARED, "")
    told = '<?xml version="1.0" encoding="{}"?>{}'
    for name, content, why in (
        ("utf-8-mark", b"\xef\xbb\xbf" + sheet.encode(), "a byte order mark"),
        ("utf-16-le", told.format("UTF-16", bare).encode("utf-16"), "a33: calamine reads an empty sheet"),
        ("utf-16-be", b"\xfe\xff" + told.format("utf-16", bare).encode("utf-16-be"), "a33, big end first"),
        ("utf-16-undeclared", b"\xff\xfe" + bare.encode("utf-16-le"), "a mark is enough"),
        ("utf-8-lower", told.format("utf-8", bare).encode(), "no matter the case"),
        ("ascii", told.format("US-ASCII", bare).encode(), "expat's own"),
        ("latin-1", told.format("ISO-8859-1", bare).encode("latin-1"), "expat's own"),
    ):
        yield _case(f"letters-{name}", xlsx(content), Exact(), why)
    for name in ("windows-1252", "cp1252", "utf-16-le-bare", "iso-8859-15"):
        codec = "utf-16-le" if name.startswith("utf") else name
        content = told.format(codec, bare).encode(codec)
        yield _case(f"letters-{name}", xlsx(content), LEFT_OPEN, "a page that Python may know")
    for name, content, why in (
        ("utf-32", told.format("UTF-32", bare).encode("utf-32"), "XML programs know no UTF-32"),
        ("utf-7", told.format("utf-7", bare).encode("utf-7"), "a way to hide tags"),
        ("ebcdic", told.format("cp500", bare).encode("cp500"), "a way to hide tags"),
        ("unknown", told.format("bahasa-sakti", bare).encode(), "no encoding"),
        ("rot13", told.format("rot13", bare).encode(), "a codec of Python that is no encoding"),
        ("hex", told.format("hex", bare).encode(), "as above"),
        ("idna", told.format("idna", bare).encode(), "as above"),
        ("utf-16-in-bytes", told.format("UTF-16", bare).encode(), "says UTF-16, is bytes"),
        ("utf-8-in-wide", told.format("UTF-8", bare).encode("utf-16-le"), "says UTF-8, is UTF-16 without a mark"),
        ("latin-in-utf-8", sheet.replace("Penyuluhan", "P\u00e9nyuluhan").encode("latin-1"), "a byte that is no UTF-8"),
        ("overlong", sheet.encode().replace(b"Layanan", b"Laya\xc1\xaeanan"), "a letter in two bytes too many"),
        ("surrogates", sheet.encode().replace(b"Layanan", b"\xed\xa0\xbd\xed\xb8\x80"), "UTF-16 spelled in UTF-8"),
        ("beyond", sheet.encode().replace(b"Layanan", b"\xf4\x90\x80\x80"), "beyond Unicode"),
        ("odd-length", b"\xff\xfe" + bare.encode("utf-16-le")[:-1], "half a letter at the end"),
    ):
        yield _case(f"letters-{name}", xlsx(content), BROKEN, why)
    eleven = sheet.replace('version="1.0"', 'version="1.1"')
    yield _case("letters-xml-1.1", xlsx(eleven), LEFT_OPEN, "a version in which NEL ends a line")
    emoji = changed_sheet({"B5": '<c r="B5" t="inlineStr"><is><t>Layanan \U0001f600 \u00e9</t></is></c>'})
    named = Exact(names={"CQ.6709.QGE.001": "Layanan \U0001f600 \u00e9"})
    yield _case("letters-emoji", xlsx(emoji), named, "beyond the first plane, in UTF-8")
    wide = f'\ufeff<?xml version="1.0" encoding="UTF-16"?>{emoji.replace(DECLARED, "")}'.encode("utf-16-be")
    yield _case("letters-emoji-wide", xlsx(wide), named, "the same in UTF-16")


def _spaces() -> Iterator[Case]:
    own = rows(cells())
    strict = worksheet(own, head=HEAD.replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE))
    others: dict[str, str | bytes | None] = {
        BOOK: listing(("C.1", "rId1"), main=STRICT, office=STRICT_OFFICE),
        RELATIONS: relations(("rId1", "worksheet", "worksheets/sheet1.xml"), office=STRICT_OFFICE),
        "_rels/.rels": relations(("rId1", "officeDocument", BOOK), office=STRICT_OFFICE),
    }
    yield _case("space-strict", xlsx(strict, others), Exact(), "d12: openpyxl sees a workbook without sheets")
    prefixed = changed_sheet()
    for tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        prefixed = prefixed.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ")
        prefixed = prefixed.replace(f"</{tag}>", f"</x:{tag}>")
    yield _case(
        "space-prefixed", xlsx(prefixed.replace("xmlns=", "xmlns:x=")), Exact(), "prefixes: .NET's Open XML SDK"
    )
    listed = (
        listing(("C.1", "rId1")).replace("xmlns=", "xmlns:x=").replace("xmlns:r=", "xmlns:q=").replace("r:id", "q:id")
    )
    for tag in ("workbook", "sheets", "sheet"):
        listed = (
            listed.replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    yield _case("space-prefixed-book", xlsx(None, {BOOK: listed}), Exact(), "as above, in the list of sheets")
    styled = STYLE_PART.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    dated = changed_sheet({VICTIM: figure_cell(VICTIM, 45000, ' s="1"')})
    found = Found((("R107", VICTIM),), TABLE.amounts(VICTIM))
    yield _case("space-prefixed-styles", xlsx(dated, {STYLES: styled}), found, "dates, though styles have prefixes")
    aliased = changed_sheet({VICTIM: f'<y:c xmlns:y="{MAIN}" r="C5"><y:v>12309652000</y:v></y:c>'})
    yield _case("space-two-prefixes", xlsx(aliased), Exact(), "one namespace under two prefixes")
    rebound = changed_sheet({VICTIM: f'<c xmlns="{MAIN}" r="C5"><v>12309652000</v></c>'})
    yield _case("space-said-again", xlsx(rebound), Exact(), "the namespace said again in a cell")
    foreign = changed_sheet({VICTIM: '<c xmlns="urn:lain" r="C5"><v>12309652000</v></c>'})
    yield _case("space-foreign-cell", xlsx(foreign), OneOf((BROKEN, found)), "a cell of no spreadsheet")
    foreign = changed_sheet({VICTIM: '<c r="C5"><v xmlns="urn:lain">1</v><v>12309652000</v></c>'})
    yield _case("space-foreign-value", xlsx(foreign), LEFT_OPEN, "a value of no spreadsheet, then one of ours")
    lost = worksheet(own, head=HEAD.replace(MAIN, "urn:lain"))
    yield _case("space-unknown", xlsx(lost), Refused("."), "no element of a spreadsheet: never an empty sheet")
    none = worksheet(own, head=HEAD.replace(f' xmlns="{MAIN}"', ""))
    yield _case("space-none", xlsx(none), Refused("."), "as above, without any namespace")
    wrapped = worksheet(
        [
            *own[:4],
            f'<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>{own[4]}</mc:Choice></mc:AlternateContent>',
            *own[5:],
        ]
    )
    yield _case("space-alternate", xlsx(wrapped), LEFT_OPEN, "rows for programs that know them")


def _depth() -> Iterator[Case]:
    for name, depth, outcome, why in (
        ("30", 26, Exact(), "extensions lie deep"),
        ("40", 40, BROKEN, "4.1: no sound part is more than 32 deep"),
        ("100000", 100_000, BROKEN, "a stack that overflows"),
    ):
        nested = f"<extLst>{'<e>' * depth}{'</e>' * depth}</extLst>"
        yield _case(f"depth-{name}", xlsx(changed_sheet(after=nested)), outcome, why)
    many = " ".join(f'a{n}="{n}"' for n in range(20_000))
    yield _case(
        "attributes", with_cells({VICTIM: figure_cell(VICTIM, 12309652000, f" {many}")}), LEFT_OPEN, "20,000 attributes"
    )
    spaces = " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(20_000))
    yield _case(
        "namespaces",
        xlsx(worksheet(rows(cells()), head=HEAD.replace("<worksheet ", f"<worksheet {spaces} "))),
        LEFT_OPEN,
        "20,000 prefixes",
    )
    long = with_cells({VICTIM: figure_cell(VICTIM, 12309652000, f' x="{"y" * 3_000_000}"')})
    yield _case("attribute-long", long, LEFT_OPEN, "one attribute of 3 MB")
    broken = "<sst><si><t>x</t></si>"
    strings = {
        STRINGS: broken,
        RELATIONS: relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "sharedStrings", "sharedStrings.xml")
        ),
    }
    yield _case("damage-in-strings", xlsx(None, strings), BROKEN, "a part that no cell points to ends early")


CASES: Final = (*_types(), *_values(), *_spellings(), *_damage(), *_letters(), *_spaces(), *_depth())
