"""What the headings of tables made by hand mean, and of several columns that mean the same, the one that is read."""

import re
from collections.abc import Sequence
from typing import Final

Headings = Sequence[tuple[str, str]]

BUDGET: Final[Headings] = (
    ("kode", r"\bkode\b|\bkd\b|\bmak\b"),
    ("sumber_dana", r"^sumber\s+dana$"),
    ("lain", r"\bfisik\b|\bvol(?:ume)?\b|bobot|porsi|kontribusi|\bsisa\b.*(?:%|persen)|(?:%|persen).*\bsisa\b"),
    ("sisa", r"\bsisa\b|\bsaldo\b"),
    ("persen", r"%|persen|capaian|serapan"),
    ("realisasi_lalu", r"realisasi.*\blalu\b"),
    ("realisasi", r"realisasi.*(\bs\s*[./]?\s*d\b|sampai|kumulatif)"),
    ("realisasi_ini", r"realisasi.*\bini\b"),
    ("realisasi", r"realisasi|^jumlah(?: \(rp\.?\))?$"),
    ("blokir", r"blokir|\block\b"),
    ("pagu_awal", r"pagu\s+(awal|semula)|semula"),
    ("pagu", r"pagu|alokasi|anggaran|\bdipa\b"),
    ("uraian", r"uraian|nama|program|kegiatan|output|rincian"),
)
"""What a heading of a budget table means, by the first of these that it matches (in lower case)."""

INDICATORS: Final[Headings] = (
    ("sasaran", r"sasaran|tujuan"),
    ("indikator", r"indikator"),
    ("capaian", r"capaian|^%|^persen"),
    ("target", r"target"),
    ("realisasi", r"realisa\s*si"),
    ("capaian", r"%|persen"),
    ("satuan", r"\bsatuan\b"),
    ("kode", r"\bkode\b"),
    ("no", r"^no\b|nomor"),
)
"""The same of a table of indicators."""

BESIDES: Final = re.compile(r"renstra|rpjmn|menengah|akhir|lalu|sebelum|anggaran|pagu|\brp\b", re.IGNORECASE)
"""Targets and measures of something else than this year's indicators."""
PART_OF_YEAR: Final = re.compile(
    r"^(?!.*(?:\bs\s*[./]?\s*d\b|sampai|kumulatif|total|jumlah)).*\b(?:tw|triwulan|semester|smt)\b", re.IGNORECASE
)
"""What a heading says whose column is one part of the year among others."""
OF_MONEY: Final = re.compile(r"anggaran|belanja|keuangan|\bdana\b|\brp\b", re.IGNORECASE)
"""What tells the measures of the budget from those of the output beside it."""


LONGEST_HEADING: Final = 200
"""Characters of a heading that are looked at: what is longer is a sentence, and slow to search."""


def meaning(heading: str, headings: Headings = BUDGET) -> str:
    """Say what a heading names, "" when nothing we know."""
    words = heading[:LONGEST_HEADING].lower()
    return next((name for name, pattern in headings if words and re.search(pattern, words)), "")


def budget_columns(headings: Sequence[str], needed: Sequence[str]) -> tuple[dict[str, int], tuple[int, int] | None]:
    """Choose the column of each meaning of a budget table; gives with them two that are needed and not told apart."""
    named: dict[str, list[int]] = {}
    for column, heading in enumerate(headings):
        named.setdefault(meaning(heading), []).append(column)
    columns: dict[str, int] = {}
    for name, found in named.items():
        alike = _told_apart(name, headings, found)
        if name in needed and len(alike) > 1:
            return columns, (alike[0], alike[1])
        columns[name] = alike[0]
    for name in ("persen", "sisa"):  # of several, the one next to the realisasi
        alike = _told_apart(name, headings, named.get(name, []))
        columns[name] = next(
            (column for column in alike if column > columns.get("realisasi", 0)), columns.get(name, -1)
        )
    return {name: column for name, column in columns.items() if column >= 0}, None


def _told_apart(name: str, headings: Sequence[str], found: Sequence[int]) -> list[int]:
    """Leave out of columns that mean the same earlier years, parts of the year, and measures of the output.

    Of two ceilings neither is left out: `Pagu Anggaran` may be older than `Pagu Revisi`.
    """
    years = {column: year_in(headings[column : column + 1]) for column in found}
    latest = [column for column in found if min(years.values()) == 0 or years[column] == max(years.values())]
    whole = [column for column in latest if not PART_OF_YEAR.search(headings[column])] or latest
    of_money = [column for column in whole if name != "pagu" and OF_MONEY.search(headings[column])]
    return of_money or whole


def meanings_of_indicators(headings: Sequence[str]) -> list[str]:
    """Say what each heading of a table of indicators names: of `Capaian` and `% Capaian` the first is a realisasi."""
    meanings = [meaning(heading, INDICATORS) for heading in headings]
    if "realisasi" not in meanings and meanings.count("capaian") > 1:
        meanings[meanings.index("capaian")] = "realisasi"
    return meanings


def indicator_columns(headings: Sequence[str]) -> dict[str, int]:
    """Choose the column of each measure; of several years or quarters those of one % capaian, the latest.

    Its target and realisasi are the nearest left of it.
    """
    named: dict[str, list[int]] = {}
    for column, name in enumerate(meanings_of_indicators(headings)):
        named.setdefault(name, []).append(column)
    columns = {name: found[0] for name, found in named.items()}
    capaian = named.get("capaian", [len(headings)])
    starts = [0, *(column + 1 for column in capaian)]
    years = [year_in(headings[start : column + 1]) for start, column in zip(starts, capaian, strict=False)]
    latest = years.index(max(years))
    if "capaian" in named:
        columns["capaian"] = capaian[latest]
    is_besides = "capaian" in named and BESIDES.search(headings[capaian[latest]]) is not None
    for name in ("target", "realisasi"):
        found = [column for column in named[name] if is_besides or not BESIDES.search(headings[column])] or named[name]
        own = [column for column in found if starts[latest] <= column < capaian[latest]]
        before = [column for column in found if column < capaian[latest]]
        columns[name] = (own or before or found)[-1]
    return columns


def year_in(headings: Sequence[str]) -> int:
    """Give the latest year that headings name, 0 where they name none."""
    return max((int(year) for heading in headings for year in re.findall(r"\b20[0-9]{2}\b", heading)), default=0)
