from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.model import BULAN
from lkj_xlsx.readers.transaksi_dates import date_in
from lkj_xlsx.rupiah import Fault


@pytest.mark.parametrize(
    "value",
    [
        date(2025, 8, 2),
        datetime(2025, 8, 2, 13, 5),  # noqa: DTZ001 - a cell knows no time zone
        *("02-08-2025", "2/8/2025", "'02.08.2025", "02-08-2025 13:05:00", "2025-08-02", "2025/8/2", "2025-08-02T13:05"),
        *("2 Agustus 2025", "02-Agu-2025", "02-AGS-2025", " 2  agustus 2025 "),
    ],
)
def test_a_date_is_read_however_it_is_written(value: object) -> None:
    assert date_in(value) == date(2025, 8, 2)


@pytest.mark.parametrize(
    "value",
    [
        *("", "kemarin", "02-08", "02-08-25", "31-02-2025", "08-31-2025", "2025-13-01", "2 Sekian 2025", "2 Ma 2025"),
        *(45871, None, True, Fault.ERROR_CELL),
    ],
)
def test_what_is_no_certain_date_is_none(value: object) -> None:
    assert date_in(value) is None


@given(st.dates(date(1000, 1, 1)))
def test_a_date_reads_as_it_was_spelled(day: date) -> None:
    spelled = (f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", f"{day.day} {BULAN[day.month - 1]} {day.year}")
    assert {date_in(text) for text in spelled} == {day}


@given(st.text(max_size=24))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(date_in(text), date | None)
