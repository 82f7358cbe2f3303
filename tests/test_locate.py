"""The test of the checks: change any one printed number of a sound document, and something points at it."""

from typing import Final

import pytest
from locate import desks, numbers, outcome, sampled

from lkj_xlsx.finding import Where

FEW: Final = 25
"""So many changes of each document are tried here; `make locate` tries more, and counts."""

DESKS: Final = {desk.name: desk for desk in desks()}
UNSEEN: Final[dict[str, dict[tuple[str, str], tuple[str, float | str]]]] = {
    "ekspor SAKTI": {},
    "workbook di samping ekspor": {
        ("Identitas", "B"): ("B5", "06"),  # what she types of her own office: nothing else says it
        ("Kinerja", "E"): ("E8", 120.0),  # a target is given
        ("Kinerja", "G"): ("G15", 93.52),  # a realisasi that she types, where no code names a budget line
    },
    "laporan tercetak": {
        ("Tabel 1", "D"): ("D15", "101%"),  # a % capaian is cut: of 101% it is the same now and then
        ("Tabel 1", "E"): ("E20", "98,35%"),  # no budget line: only its % capaian tells, which is cut
    },
    "laporan tercetak di samping ekspor": {
        ("Tabel 1", "D"): ("D15", "101%"),
        ("Tabel 1", "E"): ("E20", "98,35%"),
    },
}
"""The columns in which a wrong digit can be seen by no check, each with such a change. This list may only shrink."""

NOISE: Final = 1e-13
"""A program's quotient is stored with 15 digits or 17: the last ones are noise, and no percent."""


def column_of(where: Where) -> tuple[str, str]:
    return where.sheet or "", (where.cell or "").rstrip("0123456789")


@pytest.mark.parametrize("name", DESKS)
def test_a_sound_document_has_no_error(name: str) -> None:
    desk = DESKS[name]
    assert [str(finding) for finding in desk.judged(desk.document) if finding.severity == "error"] == []


@pytest.mark.parametrize("name", DESKS)
def test_any_one_wrong_digit_is_seen_and_never_explained_wrongly(name: str) -> None:
    desk = DESKS[name]
    sound = frozenset(desk.judged(desk.document))
    for where, right, wrong in sampled(desk, FEW):
        result = outcome(desk, sound, where, right, wrong)
        is_noise = isinstance(right, float) and isinstance(wrong, float) and abs(wrong - right) < NOISE
        assert result != "misjudged", (where, right, wrong)
        assert result != "unseen" or is_noise or column_of(where) in UNSEEN[name], (where, right, wrong)


@pytest.mark.parametrize(
    ("name", "sheet", "cell", "wrong"),
    [(name, sheet, *change) for name, columns in UNSEEN.items() for (sheet, _), change in columns.items()],
)
def test_no_column_is_called_unseen_that_is_seen(name: str, sheet: str, cell: str, wrong: float | str) -> None:
    desk = DESKS[name]
    sound = frozenset(desk.judged(desk.document))
    (found,) = [one for one in numbers(desk.document) if (one[0].sheet, one[0].cell) == (sheet, cell)]
    assert outcome(desk, sound, *found, wrong) == "unseen"
