"""The table as a text with separators: its encoding, its separator and every row certain, or refused by the line."""

from collections.abc import Iterator
from typing import Final

from corpus.case import Case, Exact, Found, OneOf, Outcome, Refused
from corpus.table import TABLE, VICTIM

FIRST: Final = "CQ.6709.QGE.001"
UNKNOWN: Final = Found((("R101", VICTIM),), TABLE.amounts(VICTIM))
LINES: Final = [[str(value) for value in row] for row in TABLE.grid()]


def _text(separator: str = ";", end: str = "\r\n", changed: dict[str, str] | None = None) -> str:
    """Write the table, cells by address replaced."""
    rows = [list(row) for row in LINES]
    for place, value in (changed or {}).items():
        rows[int(place[1:]) - 1]["ABCD".index(place[0])] = value
    return "".join(separator.join(row) + end for row in rows)


def _case(name: str, content: str | bytes, outcome: Outcome, why: str) -> Case:
    return Case(f"csv-{name}", "tabel.csv", content if isinstance(content, bytes) else content.encode(), outcome, why)


def _with(value: str, place: str = VICTIM) -> str:
    return _text(changed={place: value})


def _separators() -> Iterator[Case]:
    for separator, name in ((";", "semicolon"), (",", "comma"), ("\t", "tab"), ("|", "bar")):
        yield _case(name, _text(separator), Exact(notes=("R112",)), "each separator, which is told")
        said = f"sep={separator}\r\n{_text(separator)}"
        yield _case(f"said-{name}", said, Exact(), "Excel's own first line is no row")
    yield _case("said-wrongly", f"sep=,\r\n{_text()}", Refused("."), "a first line that lies")
    yield _case("colon", _text(":"), Refused("."), "a separator that no program writes")
    for end, name in (("\n", "lf"), ("\r", "cr"), ("\r\n", "crlf")):
        yield _case(f"end-{name}", _text(end=end), Exact(), "each end of a line")
    mixed = _text().replace("\r\n", "\n", 4).replace("\r\n", "\r", 2)
    yield _case("end-mixed", mixed, OneOf((Exact(), Refused("baris"))), "ends of lines mixed")
    yield _case("no-last-end", _text().rstrip(), OneOf((Exact(), Refused("baris"))), "the last line without an end")
    yield _case("blank-lines", _text() + "\r\n\r\n", Exact(), "blank lines after the table")
    yield _case(
        "all-quoted",
        "".join(";".join(f'"{one}"' for one in row) + "\r\n" for row in LINES),
        Exact(),
        "every field quoted",
    )
    english = _text(",", changed={VICTIM: '"12,309,652,000"'})
    yield _case("comma-in-quotes", english, Exact(), "a quoted comma is no separator")
    yield _case(
        "comma-unquoted",
        _text(",", changed={VICTIM: "12,309,652,000"}),
        Refused("baris 5"),
        "a figure over four columns",
    )
    both = "".join(",".join(f"{one};" for one in row) + "\n" for row in LINES)
    yield _case("two-separators", both, OneOf((Refused("."), Found((("R101", VICTIM),)))), "two separators fit alike")
    spare = "".join(";".join([*row, "", ""]) + "\r\n" for row in LINES)
    yield _case("spare-columns", spare, Exact(), "empty columns at the end, as Excel leaves them")


def _letters() -> Iterator[Case]:
    text = _text(changed={"B5": "Pelayanan kaf\u00e9"})
    named = Exact(names={FIRST: "Pelayanan kaf\u00e9"})
    for encoding, content in {
        "utf-8": text.encode(),
        "utf-8-mark": b"\xef\xbb\xbf" + text.encode(),
        "cp1252": text.encode("cp1252"),
        "utf-16-le": b"\xff\xfe" + text.encode("utf-16-le"),
        "utf-16-be": b"\xfe\xff" + text.encode("utf-16-be"),
        "utf-32": b"\xff\xfe\0\0" + text.encode("utf-32-le"),
    }.items():
        yield _case(
            f"letters-{encoding}",
            content,
            OneOf((named, Refused("."))) if encoding == "utf-32" else named,
            "what Excel saves",
        )
    bare = text.encode("utf-16-le")
    yield _case("letters-utf-16-bare", bare, OneOf((named, Refused("."))), "UTF-16 without a mark")
    for name, content, why in (
        ("nul", _text().encode().replace(b"12309", b"12\x00309"), "a NUL in a figure"),
        ("control", _text().encode().replace(b"Penyuluhan", b"Peny\x08uluhan"), "a control character in a name"),
        ("escape", _text().encode().replace(b"Penyuluhan", b"\x1b[2J"), "a command to the terminal"),
        ("no-letter", _text().encode().replace(b"Penyuluhan", b"Peny\x81luhan"), "a byte that is no letter anywhere"),
        ("odd-length", b"\xff\xfe" + _text().encode("utf-16-le") + b"\x31", "half a letter at the end"),
        ("half-a-pair", b"\xff\xfe" + _text().encode("utf-16-le") + b"\x00\xd8", "half a pair at the end"),
        ("mixed", _text().encode() + _text().encode("utf-16-le"), "two encodings in one file"),
    ):
        yield _case(f"letters-{name}", content, Refused("."), why)
    yield _case(
        "letters-ctrl-z", _text() + "\x1a", OneOf((Exact(), Refused("baris|kendali"))), "the end of a file in DOS"
    )
    yield _case("letters-utf-7", _text().encode("utf-7"), OneOf((Exact(), Refused("."))), "plain letters in UTF-7")


def _rows() -> Iterator[Case]:
    lines = _text(end="\n").splitlines()
    for name, number, line, why in (
        ("row-long", 5, lines[4] + ";9", "g14: pandas shifts every column"),
        ("row-short", 5, ";".join(LINES[4][:3]), "g13: DuckDB reads the row shifted"),
        ("row-shifted", 5, ";" + lines[4], "a separator too many at the front"),
        ("quote-lost", 5, lines[4].replace("Layanan", '"Layanan'), "g07: all four readers swallow rows"),
        ("quote-lost-late", 5, lines[4] + '"', "g07"),
        ("quote-inside", 5, lines[4].replace("Layanan", 'Lay"anan'), "a quote in a bare field"),
        (
            "quote-then-text",
            5,
            lines[4].replace("Layanan Penyuluhan", '"Layanan" Penyuluhan'),
            "text after a closing quote",
        ),
    ):
        changed = "\n".join([*lines[: number - 1], line, *lines[number:]]) + "\n"
        harmless = name in ("quote-inside", "quote-lost-late", "row-short")
        outcome: Outcome = Refused(f"baris {number}|kutip|pemisah")
        if harmless:
            outcome = OneOf(
                (outcome, Exact(), Found((("R1..", VICTIM),)), Found((("R108", "D5"),)), Found((("R101", "D5"),)))
            )
        yield _case(name, changed, outcome, why)
    swallowed = "\n".join([*lines[:4], lines[4].replace("Layanan", '"Layanan'), lines[5] + '"', *lines[6:]])
    yield _case("quotes-swallow", swallowed, Refused("baris|kutip"), "g07: two rows in one field")
    for cut, why in (
        (40, "a download that broke off in a row"),
        (len(lines[-1]) + 1, "a download without its last row"),
    ):
        outcome = OneOf((Refused("baris"), Exact(), Found((("T...|R...", "C12"),))))
        yield _case(f"cut-{cut}", "\n".join(lines)[:-cut], outcome, why)
    yield _case(
        "field-in-lines", _text(changed={"B5": '"Layanan\nPenyuluhan"'}), Exact(), "a line end in a quoted name"
    )
    yield _case(
        "twice",
        "\n".join(lines + lines),
        Found((("K101", "C18"),)),
        "the file pasted twice: figures count twice, and are told",
    )
    yield _case(
        "header-twice",
        _text().replace("REALISASI (Rp)", "PAGU (Rp)"),
        Refused("."),
        "f05: a heading twice, another missing",
    )


def _fields() -> Iterator[Case]:
    for value, why in (
        ("12.309.652.000", "Indonesian"),
        ("Rp 12.309.652.000", "with its unit"),
        ("12.309.652.000,00", "with sen, which are none"),
        (" 12309652000 ", "blanks around it"),
        ('="12309652000"', "a formula that keeps Excel from rounding"),
    ):
        yield _case(f"field-{value}", _with(value), Exact(), why)
    for value, why in (
        ("1.2309652E+10", "Excel's own loss of digits: 1.23E+10 in a csv"),
        ("#REF!", "an error as text"),
        ("NaN", "a float to others"),
        ("12309652000x", "no number"),
        ("=12309652000", "a formula"),
        ("=SUM(C6:C7)", "a formula"),
        ("TRUE", "no number"),
        ("\uff11\uff12\uff13", "full-width digits"),
        ("12309652000\u200b", "a space of no width"),
        ("1_000", "Python's own"),
        ("0x10", "hexadecimal"),
    ):
        outcome: Outcome = Found((("R10[135]", VICTIM),), TABLE.amounts(VICTIM))
        yield _case(f"field-{value}", _with(value), outcome, why)
    yield _case("field-empty", _with(""), Found((("R108", VICTIM),), TABLE.amounts(VICTIM)), "a blank is no zero")
    for value in ("NA", "NULL", "nan", "None", "-1.#IND"):
        why = "g10: pandas and DuckDB read a blank"
        yield _case(f"name-{value}", _text(changed={"B5": value}), Exact(names={FIRST: value}), why)
    for value in ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1"):
        yield _case(f"name-{value[:5]}", _text(changed={"B5": value}), Exact(), "a text that opens as a formula")
    doubled = _text(changed={"B5": '"Layanan ""Baru"""'})
    yield _case("name-quoted", doubled, Exact(names={FIRST: 'Layanan "Baru"'}), "quotes in a quoted name")
    lone = {
        VICTIM: "1.000",
        "C6": "250.500",
        "C7": "1.800",
        "C8": "253.300",
        "C10": "999",
        "C11": "999",
        "C12": "254.299",
    }
    yield _case("column-undecidable", _text(changed=lone), Found((("R104", VICTIM),)), "g08: DuckDB reads thousandths")
    yield _case("field-long", _with("9" * 200_000), Refused("huruf|baris 5"), "a field past any cell")
    yield _case("name-long", _text(changed={"B5": "a" * 32_767}), Exact(), "the longest text of a cell")
    yield _case("one-line", "x;" * 200_000, Refused("."), "200,000 columns")
    yield _case("quotes-only", '"' * 100_000, Refused("."), "nothing but quotes")
    yield _case("separators-only", ";" * 100_000 + "\n" * 1000, Refused("."), "nothing but separators")


CASES: Final = (*_separators(), *_letters(), *_rows(), *_fields())
