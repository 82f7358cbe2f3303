"""The table as a web page that calls itself a workbook: spans, nesting, mistakes, and what a browser would show."""

from collections.abc import Iterator
from html import escape
from typing import Final

from corpus.case import Case, Exact, Found, OneOf, Outcome, Refused
from corpus.table import TABLE, VICTIM

FIRST: Final = "CQ.6709.QGE.001"
UNKNOWN: Final = TABLE.amounts(VICTIM)
LEFT_OPEN: Final = OneOf((Exact(), Refused("halaman")))


def _table(changed: dict[str, str] | None = None, cell: str = "td") -> str:
    """Write the table; `changed` replaces the inside of cells by address."""
    rows = []
    for number, row in enumerate(TABLE.grid(), 1):
        inside = (
            (changed or {}).get(f"{letter}{number}", escape(str(value)))
            for letter, value in zip("ABCD", row, strict=True)
        )
        rows.append("<tr>" + "".join(f"<{cell}>{one}</{cell}>" for one in inside) + "</tr>\n")
    return f"<table border=1>{''.join(rows)}</table>"


def _page(table: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<html><head>{head}<title>Laporan</title></head><body>{table}</body></html>"


def _case(name: str, content: str | bytes, outcome: Outcome, why: str) -> Case:
    raw = content if isinstance(content, bytes) else content.encode()
    return Case(f"html-{name}", "laporan.xls", raw, outcome, why)


def _with(inside: str, place: str = VICTIM) -> str:
    return _page(_table({place: inside}))


def _figures() -> Iterator[Case]:
    for name, inside, why in (
        ("plain", "12309652000", "the figure"),
        ("dots", "12.309.652.000", "Indonesian"),
        ("reference", "&#49;2309652000", "c14 in a page"),
        ("reference-hex", "&#x31;2309652000", "as above"),
        ("comment", "123<!-- x -->09652000", "c12 in a page"),
        ("comment-of-tags", "123<!-- </td></tr></table> -->09652000", "as above, with tags in it"),
        ("blanks", "\n  12309652000&nbsp;&nbsp; ", "blanks around it"),
        ("bold", "<b>12309652000</b>", "looks"),
        ("bold-half", "<b>123</b>09652000", "looks of a half are none of the figure"),
        ("font", '<font color="#000"><span>12.309.652.000</span></font>', "looks of old"),
        ("input", '<input value="12309652000">', "the field of a form"),
        ("rupiah", "Rp&nbsp;12.309.652.000,-", "as officers print it"),
    ):
        yield _case(f"figure-{name}", _with(inside), Exact(), why)
    for name, inside, code, why in (
        ("sub", "12309652000<sup>2</sup>", "R101", "a footnote's mark is no digit"),
        ("break", "12309652000<br>1", "R101", "two numbers on two lines"),
        ("entity-unknown", "&angka;", "R101", "an entity that is none"),
        ("comma", "5,5", "R101|R102", "g28: pandas reads 55"),
        ("words", "dua belas miliar", "R101", "no number"),
        ("nan", "NaN", "R101", "a float to others"),
        ("exponent", "1.2309652E10", "R101", "an exponent in a text"),
        ("soft-hyphen", "12309&shy;652000", "R101", "an eye sees nothing there"),
        ("full-width", "&#65297;&#65298;", "R101", "other digits"),
        ("script", "<script>document.write('12309652000')</script>", "R108|R101", "nothing runs"),
        ("empty", "", "R108", "a blank is no zero"),
        ("blank", "&nbsp;", "R108", "as above"),
    ):
        yield _case(f"figure-{name}", _with(inside), Found(((code, VICTIM),), UNKNOWN), why)
    hidden = _with('<span style="display:none">9</span>12309652000')
    outcome = OneOf(
        (Exact(), Found((("R101|R10.", VICTIM),)), Refused("."), Found((("T101", "C8"),)), Found((("T101", VICTIM),)))
    )
    yield _case("figure-hidden", hidden, outcome, "a digit that the page hides: read, and the totals tell")
    lone = {
        VICTIM: "1.000",
        "C6": "250.500",
        "C7": "1.800",
        "C8": "253.300",
        "C10": "999",
        "C11": "999",
        "C12": "254.299",
    }
    yield _case("column-undecidable", _page(_table(lone)), Found((("R104", VICTIM),)), "g27: pandas reads thousandths")
    yield _case("headings", _page(_table(cell="th")), Exact(), "g27: every cell a heading")


def _shapes() -> Iterator[Case]:
    table = _table()
    for name, page, why in (
        ("plain", _page(table), "a sound page"),
        ("bare", table, "a table and nothing else"),
        (
            "upper",
            _page(table.replace("table", "TABLE").replace("tr>", "TR>").replace("td>", "TD>")),
            "names in capitals",
        ),
        ("no-ends", _page(table.replace("</td>", "").replace("</tr>", "")), "end tags that may be left out"),
        (
            "groups",
            _page(table.replace("<table border=1>", "<table><tbody>").replace("</table>", "</tbody></table>")),
            "groups",
        ),
        ("doctype", "<!DOCTYPE html>\n" + _page(table), "the type of a page is no attack"),
        ("warning", "<br />\n<b>Warning</b>: x in <b>a.php</b> on line <b>1</b>\n" + _page(table), "a warning of PHP"),
        (
            "excel",
            _page(table, '<meta http-equiv="Content-Type" content="application/vnd.ms-excel; charset=utf-8">'),
            "Excel's own",
        ),
        ("style", _page(table, "<style>td{mso-number-format:'\\@'}</style>"), "looks"),
        ("script", _page(f"<script>if (1 < 2) x('<table><tr><td>')</script>{table}"), "a table in a script is none"),
        ("comment", _page(f"<!-- <table><tr><td>1</table> -->{table}"), "a table in a comment is none"),
        ("picture", _page(f'<img src="http://127.0.0.1:9/x.png">{table}'), "g25: nothing is fetched"),
        ("link", _page(table, '<link rel="stylesheet" href="file:///etc/passwd">'), "as above"),
        ("in-layout", _page(f"<table><tr><td>{table}</td></tr></table>"), "pages lay themselves out by tables"),
        ("mark", "\ufeff" + _page(table), "a byte order mark"),
        ("attributes", _page(table.replace("<td>", '<td class="x>y" nowrap align=right>')), "attributes of every kind"),
    ):
        yield _case(f"shape-{name}", page, Exact(), why)
    for name, page, words, why in (
        ("login", _page("<form><input type=password></form>"), "login|masuk", "a page that asks for a password"),
        (
            "login-with-table",
            _page(f"<form><input type=password>{table}</form>"),
            "login|masuk",
            "as above, laid out by a table",
        ),
        ("none", _page("<p>Tidak ada data</p>"), "tabel", "no table"),
        ("empty-table", _page("<table></table>"), "tabel", "a table without cells"),
        ("frames", "<html><frameset><frame src=x></frameset></html>", "frame|bingkai", "tables in other files"),
        ("cut", _page(table)[: len(table) // 2], "utuh|tutup", "a download that broke off"),
        ("cut-in-tag", _page(table)[:300] + "<td cl", "utuh|tutup", "as above, in a tag"),
        (
            "loose-text",
            _page(table.replace("</tr>", "</tr>12309652000", 1)),
            "utuh|luar",
            "text between rows, which browsers move",
        ),
        ("cell-outside", "<html><td>1</td>" + table, "luar tabel|utuh", "a cell outside of tables"),
    ):
        yield _case(f"shape-{name}", page, Refused(words), why)
    yield _case("shape-comment-open", _page(table + "<!-- "), LEFT_OPEN, "a comment that never ends, after the table")


def _spans() -> Iterator[Case]:
    spanned = _table().replace("<td></td>", "", 3).replace("<tr><td>Tabel", '<tr><td colspan="4">Tabel', 1)
    yield _case("span-title", _page(spanned), Exact(), "a title over all columns")
    for claim in ("0", "-1", "1000000", "99999999999999999999", "abc", "4.9", ""):
        for kind in ("colspan", "rowspan"):
            changed = _table().replace("<td>TOTAL PAGU", f'<td {kind}="{claim}">TOTAL PAGU')
            outcome = OneOf(
                (Exact(), Refused("halaman"), Found((("T...|R...|K...", "B12"),)), Found((("T...|R...|K...", "C12"),)))
            )
            if claim in ("-1", "abc", ""):
                outcome = OneOf((Exact(),))
            yield _case(f"span-{kind}-{claim}", _page(changed), outcome, "a span as browsers take it, or refused")
    many = "".join('<tr><td rowspan="60000" colspan="1000">x</td></tr>' for _ in range(200))
    yield _case(
        "span-many",
        _page(_table() + f"<table>{many}</table>"),
        OneOf((Exact(), Refused("."))),
        "spans that claim billions of places",
    )


def _letters() -> Iterator[Case]:
    named = Exact(names={FIRST: "Layanan kaf\u00e9"})
    table = _table({"B5": "Layanan kaf\u00e9"})
    for name, charset, codec in (
        ("utf-8", "utf-8", "utf-8"),
        ("cp1252", "windows-1252", "cp1252"),
        ("latin-1", "ISO-8859-1", "latin-1"),
        ("unsaid", "", "utf-8"),
    ):
        head = f'<meta charset="{charset}">' if charset else ""
        yield _case(f"letters-{name}", _page(table, head).encode(codec), named, "what the page says of its letters")
    wide = b"\xff\xfe" + _page(table, "").encode("utf-16-le")
    yield _case("letters-utf-16-mark", wide, named, "UTF-16 with a mark")
    for charset in ("utf-7", "x-sakti", "hex", "utf-16", "gb18030"):
        page = _page(table, f'<meta charset="{charset}">').encode()
        yield _case(
            f"letters-{charset}", page, OneOf((named, Refused("."))), "letters that are not known, or not these"
        )
    yield _case(
        "letters-nul", _page(_table()).replace("12309652000", "12309\x00652000"), Refused("."), "a NUL in a figure"
    )


def _depths() -> Iterator[Case]:
    deep = "<div>" * 50_000 + _table() + "</div>" * 50_000
    yield _case("deep-divs", _page(deep), LEFT_OPEN, "50,000 elements deep")
    tables = "<table><tr><td>" * 5_000 + _table() + "</td></tr></table>" * 5_000
    yield _case("deep-tables", _page(tables), OneOf((Exact(), Refused("."))), "5,000 tables deep")
    yield _case(
        "many-opens", _page(_table() + "<" * 200_000), LEFT_OPEN, "tags that never close: quadratic to html.parser"
    )
    yield _case("many-comments", _page(_table() + "<!--" * 100_000), LEFT_OPEN, "as above, comments")
    yield _case(
        "many-attributes",
        _page(_table().replace("<table ", "<table " + "a " * 200_000)),
        LEFT_OPEN,
        "200,000 attributes",
    )
    yield _case(
        "many-quotes",
        _page(_table().replace("<table ", "<table a=" + '"' * 100_001)),
        LEFT_OPEN,
        "quotes without an end",
    )
    yield _case(
        "many-tables",
        _page(_table() + "<table><tr><td>x</td></tr></table>" * 5_000),
        OneOf((Exact(), Refused("."))),
        "5,000 tables",
    )
    yield _case(
        "entities", _page(_table({"B5": "&amp" * 50_000})), OneOf((Exact(), Refused("huruf"))), "a name past any cell"
    )


CASES: Final = (*_figures(), *_shapes(), *_spans(), *_letters(), *_depths())
