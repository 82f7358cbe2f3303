"""The columns that only some documents bring: where the money comes from, and what was planned to be spent when."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final

from lkj_xlsx.model import BULAN, RPD, SUMBER_DANA
from lkj_xlsx.rupiah import LARGEST

if TYPE_CHECKING:
    import pandas as pd

PLANNED: Final = "rpd"
"""What was planned to be spent until the document's month: the sum of RPD up to it, rupiah, `Int64`."""
DEVIASI: Final = "deviasi"
"""realisasi - rpd: how far spending is from its plan, rupiah, `Int64`."""
PER_SUMBER_DANA: Final = "sumber-dana"
"""What totals by sumber dana are called, beside the names of the levels."""
NAMES: Final = {"RM": "Rupiah murni", "PNP": "PNBP", "PLN": "Pinjaman luar negeri", "BLU": "Badan layanan umum"}
"""Sumber dana as the RKK abbreviates it. MonSAKTI and the COA print one letter: no source at hand says which is which,
so letters stand as they are printed."""
AND, UNKNOWN = " + ", "?"


def brings_sources(frame: "pd.DataFrame") -> bool:
    """Tell whether any row says where its money comes from."""
    return SUMBER_DANA in frame and bool((frame[SUMBER_DANA] != "").any())


def brings_plan(frame: "pd.DataFrame") -> bool:
    """Tell whether any row says what was planned to be spent in any month."""
    return RPD[0] in frame and bool(frame[list(RPD)].notna().any(axis=None))


def joined(sources: Iterable[str]) -> str:
    """Spell several sumber dana as one, in one order: `PNP + RM`; `RM + ?` where part is not known, "" where all is."""
    parts = {part for source in sources for part in (source.split(AND) if source else (UNKNOWN,))}
    known = sorted(parts - {UNKNOWN})
    return AND.join([*known, *(parts & {UNKNOWN})]) if known else ""


def planned(frame: "pd.DataFrame", bulan: int | None) -> "pd.Series":
    """Add what was planned until a month, of the whole year where none is given; <NA> where a month is not known."""
    total = reduce(add, (frame[name] for name in RPD[: bulan or len(RPD)]))
    return total.where(total.abs() <= LARGEST)


def until(bulan: int | None) -> str:
    """Say until when: `s.d. Oktober`, or `setahun` where no month is known."""
    return f"s.d. {BULAN[bulan - 1]}" if bulan else "setahun"


def sources_of(frame: "pd.DataFrame") -> list[str]:
    """Give the sumber dana of each row, "" where none is said."""
    return frame[SUMBER_DANA].fillna("").tolist() if SUMBER_DANA in frame else [""] * len(frame)


def extra_columns(frame: "pd.DataFrame") -> tuple[str, ...]:
    """Name the extra columns that can be shown of some lines: `sumber_dana`, `rpd`, `deviasi`."""
    return tuple(_extra_columns(frame))


def _extra_columns(frame: "pd.DataFrame") -> Iterator[str]:
    if brings_sources(frame):
        yield SUMBER_DANA
    if brings_plan(frame):
        yield from (PLANNED, DEVIASI)
