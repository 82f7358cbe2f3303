"""The findings that readers make while reading: their codes and sentences for the catalogue."""

from typing import Final

from lkj_xlsx.rupiah import Fault

READING: Final = {
    **{fault.code: f"an amount cell: {fault.words}." for fault in Fault},
    "K103": "a code does not look like a code of its column.",
    "K104": "a code names another parent than the one it stands under.",
    "K105": "a kegiatan stands under no program; the only program with a total but no band is taken.",
    "K106": "a posted code has no ceiling, or fits several.",
    "R109": "a column writes thousands in two ways.",
    "R110": "a sheet holds something and was not read.",
    "R201": "a row holds figures or text but no code.",
    "R202": "a number stands outside the amount columns.",
    "R203": "the year of the period is not the budget year.",
    "R204": "JUMLAH SELURUHNYA is missing or incomplete.",
    "R301": "a key of Identitas is unknown.",
    "R302": "a value of Identitas is not what its key needs.",
    "R303": "a NIP was stored as a number and lost its last digits.",
    "R304": "an indicator names an unknown table.",
    "R305": "an indicator's arah is unknown.",
    "R306": "an indicator has neither a code nor a realisasi.",
    "X101": "a document's amounts are not used, as another's are.",
    "R307": "a target, realisasi or bound is not one number.",
}
