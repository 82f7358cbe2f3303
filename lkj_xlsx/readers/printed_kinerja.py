"""Tables of indicators as printed: Tabel 1 (a sasaran a kegiatan) and Tabel B.1 (a band a program).

A row is an indicator with target, realisasi and % capaian. Its code ends its name in parentheses, or has a column; the
kegiatan stands in the sasaran (Tabel 1), the program in the band above (Tabel B.1). Source: the printed LKj of KPU Kota
Binjai 2024.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from lkj_xlsx.figures import fault_finding
from lkj_xlsx.finding import Finding, Where
from lkj_xlsx.kode import ROOT, Level, Path, code_in, parse, place, spell, without_code
from lkj_xlsx.model import Indikator
from lkj_xlsx.persen import MOST_DECIMALS, percent_of_text, places_of
from lkj_xlsx.readers.printed_header import TABEL, Header, texts_of
from lkj_xlsx.rupiah import Fault
from lkj_xlsx.sheet import Sheet

BAND: Final = re.compile(r"sasaran\s*(?:program\s*)?\d*\s*:\s*", re.IGNORECASE)
WITH_UNIT: Final = re.compile(r"(-?\d+(?:\.\d{3})+|-?\d+(?:[.,]\d{1,4})?)\s*([A-Za-z][A-Za-z /.]*)?", re.ASCII)
THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
"""`1.250 orang` is a count in thousands, unless the same row writes decimals with a dot."""
DECIMAL_DOT: Final = re.compile(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)", re.ASCII)
MEASURES: Final = ("target", "realisasi", "capaian")


@dataclass(slots=True)
class _Group:
    """The rows that share a sasaran, while they are read."""

    program: str
    sasaran: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    where: Where | None = None


def read_indicators(
    sheet: Sheet, header: Header, titles: Sequence[str], findings: list[Finding]
) -> tuple[Indikator, ...]:
    """Read the indicators of one printed table, in their order."""
    tabel = _number(sheet, header, titles)
    return tuple(
        _indicator(sheet, header, row, group, tabel, findings) for group in _groups(sheet, header) for row in group.rows
    )


def _number(sheet: Sheet, header: Header, titles: Sequence[str]) -> str:
    """Say which table it is, by its title or its sheet; else by its columns: only Tabel 1 has a sasaran."""
    named = [match[1].upper() for text in (*reversed(titles), sheet.name) if (match := TABEL.search(text))]
    return named[0] if named else "1" if "sasaran" in header.columns else "B.1"


def _groups(sheet: Sheet, header: Header) -> list[_Group]:
    """Part the rows by sasaran: a number, a band or a new sasaran opens the next group."""
    groups = [_Group("")]
    heads = [texts_of(sheet, row) for row in range(header.top, header.first_row)]
    is_open = False
    for row in range(header.first_row, header.last_row):
        if not sheet.rows[row]:
            is_open = False
            continue
        if any(texts_of(sheet, row)) and texts_of(sheet, row) in heads:
            continue  # a heading that is repeated on every page
        no, sasaran, indikator = (_text(sheet, header, row, name) for name in ("no", "sasaran", "indikator"))
        measures = [_text(sheet, header, row, name) for name in MEASURES]
        if not any(measures) and not (no and indikator and not _band(sheet, row)):
            if band := _band(sheet, row):
                column, text, program = band
                groups.append(_Group(program, [BAND.sub("", text)], where=sheet.where(row, column)))
            elif sasaran and not indikator and is_open:
                groups[-1].sasaran.append(sasaran)
            is_open = is_open and any(texts_of(sheet, row))
            continue
        is_open = True
        is_new = "sasaran" in header.columns and bool(no or (sasaran and code_of(" ".join(groups[-1].sasaran))))
        if is_new:
            where = sheet.where(row, header.columns["sasaran"])
            groups.append(_Group(groups[-1].program, where=where))
        if sasaran:
            groups[-1].sasaran.append(sasaran)
        if indikator:
            groups[-1].rows.append(row)
    return groups


def _band(sheet: Sheet, row: int) -> tuple[int, str, str] | None:
    """Read a row that opens a program (`Sasaran 1 : Program … (076.01.CQ)`): its column, its text, the program."""
    for column in range(len(sheet.rows[row])):
        text = sheet.text(row, column)
        named = code_of(text)
        if BAND.match(text) or (named and Level.PROGRAM in named[1]):
            return column, text, named[1].get(Level.PROGRAM, "") if named else ""
    return None


def code_of(name: str) -> tuple[str, dict[Level, str]] | None:
    """Give the code that a name ends with: no abbreviation (`Nilai Reformasi Birokrasi (RB)`), and no year."""
    named = code_in(name)
    if named is None:
        return None
    code, levels = named
    is_word = not any(letter.isdigit() for letter in code) and not (
        "program" in name.lower() and Level.PROGRAM in levels
    )
    is_bare = "." not in code and not name.endswith(")")
    return None if is_word or is_bare else named


def _indicator(sheet: Sheet, header: Header, row: int, group: _Group, tabel: str, findings: list[Finding]) -> Indikator:
    name, sasaran = _name(sheet, header, row), " ".join(group.sasaran)
    own_code = _text(sheet, header, row, "kode")
    named = (own_code, parse(own_code)) if own_code and parse(own_code) else code_of(name)
    under = place({Level.PROGRAM: group.program} if group.program else {}, ROOT)
    above = code_of(sasaran)
    if above:
        under = place(above[1], under)
    cells: dict[str, Where] = {
        name: sheet.where(row, header.columns[name]) for name in MEASURES if name in header.columns
    }
    if group.where and row == group.rows[0]:
        cells["sasaran"] = group.where
    path: Path = place(named[1] or {}, under) if named else ROOT
    measured = {name: _measure(sheet, header, row, name, findings) for name in MEASURES}
    units = [measured[name][1] for name in ("target", "realisasi") if measured[name][1]]
    satuan = units[0] if units else _text(sheet, header, row, "satuan")
    return Indikator(
        tabel=tabel,
        sasaran=without_code(sasaran) if above else sasaran,
        nama=without_code(name) if code_of(name) else name,
        kode=spell(path),
        target=measured["target"][0],
        satuan=satuan,
        realisasi=measured["realisasi"][0],
        is_minimise=False,
        where=sheet.where(row, header.columns["indikator"]),
        capaian=measured["capaian"][0],
        cells=cells,
    )


def _name(sheet: Sheet, header: Header, row: int) -> str:
    """Join a name that goes on in the rows below, which have nothing else."""
    parts = [_text(sheet, header, row, "indikator")]
    for below in range(row + 1, header.last_row):
        texts = {column for column in range(len(sheet.rows[below])) if sheet.text(below, column)}
        if texts != {header.columns["indikator"]} or BAND.match(_text(sheet, header, below, "indikator")):
            break
        parts.append(_text(sheet, header, below, "indikator"))
    return " ".join(parts)


def _text(sheet: Sheet, header: Header, row: int, name: str) -> str:
    column = header.columns.get(name)
    return "" if column is None else sheet.text(row, column)


def _measure(
    sheet: Sheet, header: Header, row: int, name: str, findings: list[Finding]
) -> tuple[Decimal | str | None, str]:
    """Read a target, realisasi or capaian with its unit: percent points under `%`; a text that is no number stays."""
    column = header.columns.get(name)
    value = None if column is None else sheet.value(row, column)
    if column is None or value is None:
        return None, ""
    if isinstance(value, Fault):
        findings.append(fault_finding(sheet, value, row, column))
        return None, ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _number_of(sheet, row, column, value)
    text = sheet.text(row, column)
    if "%" in text:
        read = percent_of_text(text)
        return (read[0], "%") if read else (text, "")
    return _number_of_text(text, [_text(sheet, header, row, other) for other in ("target", "realisasi")])


def _number_of_text(text: str, beside: Sequence[str]) -> tuple[Decimal | str, str]:
    """Read a text as one number with its unit; `1,250` may be either, so it stays a text."""
    match = WITH_UNIT.fullmatch(text)
    if match is None:
        return text, ""
    number, unit = match[1], match[2] or ""
    is_grouped = THOUSANDS.fullmatch(number.replace(",", ".")) is not None
    if is_grouped and "," not in number and not any(map(DECIMAL_DOT.search, beside)):
        return Decimal(number.replace(".", "")), unit
    is_vague = number.count(".") > 1 or (is_grouped and "," in number)
    return (text, "") if is_vague else (Decimal(number.replace(",", ".")), unit)


def _number_of(sheet: Sheet, row: int, column: int, value: float | Decimal) -> tuple[Decimal, str]:
    """Read a number as its cell shows it: `100%` is kept as 1, and a quotient keeps all its decimals."""
    places = sheet.percent_places(row, column)
    number = Decimal(repr(float(value)))  # a double, as short as it can be told
    if places is None:
        return number.normalize(), ""
    points = (number * 100).normalize()
    kept = min(max(places_of(points), places), MOST_DECIMALS)  # the last bits of what a program divided are noise
    return points.quantize(Decimal(1).scaleb(-kept)), "%"
