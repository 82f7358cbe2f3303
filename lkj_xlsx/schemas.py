"""The tables that `lkj query` asks: what the given files say, under names that can be guessed.

| table | a row is | note |
|---|---|---|
| rincian | a leaf, the deepest row that counts | of one document a satker and year: the one that `lkj report` takes |
| program … akun | a node of that level, or what stands in for it | each table adds up to the whole |
| item | an item of that document | detail of its akun, counted nowhere |
| jenis_belanja | the first two digits of the akun | only leaves that have an akun |
| bulanan, item_bulanan | a leaf, an item, and month | every month that was given |
| rpd_bulanan | a leaf and each month of the year | only where a document brings RPD (rencana penarikan dana) |
| tercetak | a printed figure that is no leaf: totals, sub-totals, items | of every document |
| temuan | a finding | as `lkj check` gives them |

Amounts are BIGINT rupiah, NULL where unknown; a level that a row lacks is NULL. What one document does not bring is
joined from the others (joining.py): `sumber_dana`, and `rpd`, what was planned until the row's month.
"""

from collections.abc import Mapping
from typing import Final

from lkj_xlsx.extras import PLANNED
from lkj_xlsx.kode import LEAF_LEVELS
from lkj_xlsx.model import AMOUNTS, CODES, SISA, SUMBER_DANA

Schema = Mapping[str, str]
"""Column names and their types in SQL."""

TEXT, WHOLE, AMOUNT, PERCENT, FLAG = "VARCHAR", "INTEGER", "BIGINT", "DECIMAL(18,2)", "BOOLEAN"

WHOSE: Final = {"satker": TEXT, "tahun": WHOLE, "bulan": WHOLE}
FIGURES: Final = {**dict.fromkeys(AMOUNTS, AMOUNT), SISA: AMOUNT}
EXTRA: Final = {SUMBER_DANA: TEXT, PLANNED: AMOUNT}
PLACE: Final = {"berkas": TEXT, "lembar": TEXT, "baris": WHOLE}
LEAF: Final = {
    **WHOSE,
    **dict.fromkeys(CODES, TEXT),
    "kode": TEXT,
    "uraian": TEXT,
    "jenis_belanja": TEXT,
    **FIGURES,
    **EXTRA,
    **PLACE,
}
"""A row of `rincian`, `item` and their months."""

SCHEMAS: Final[Mapping[str, Schema]] = {
    "rincian": LEAF,
    **{
        level.value: {
            **WHOSE,
            "tingkat": TEXT,
            **dict.fromkeys(CODES[: level.depth + 1], TEXT),
            "kode": TEXT,
            "uraian": TEXT,
            **FIGURES,
            "serapan": PERCENT,
            **EXTRA,
        }
        for level in LEAF_LEVELS
    },
    "item": LEAF,
    "jenis_belanja": {**WHOSE, "kode": TEXT, "uraian": TEXT, **FIGURES, "serapan": PERCENT, **EXTRA},
    "bulanan": LEAF,
    "item_bulanan": LEAF,
    "rpd_bulanan": {
        **WHOSE,
        **dict.fromkeys(CODES[:-1], TEXT),
        "kode": TEXT,
        SUMBER_DANA: TEXT,
        PLANNED: AMOUNT,
        "realisasi_ini": AMOUNT,
    },
    "tercetak": {
        **WHOSE,
        "tingkat": TEXT,
        **dict.fromkeys(CODES, TEXT),
        "kode": TEXT,
        "uraian": TEXT,
        "jumlah": FLAG,
        **FIGURES,
        "persen": TEXT,
        **PLACE,
    },
    "temuan": {
        "kode": TEXT,
        "tingkat": TEXT,
        "berkas": TEXT,
        "lembar": TEXT,
        "sel": TEXT,
        "temuan": TEXT,
        "tertulis": TEXT,
        "seharusnya": TEXT,
        "karena": TEXT,
    },
}
