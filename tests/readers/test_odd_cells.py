from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx.book import Odd
from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.readers import Reader, emon, monsakti, transaksi
from lkj_xlsx.rupiah import Fault
from lkj_xlsx.sheet import Document, Sheet

COA = "999001.010.521211.99901WA.4321EBA.A000000001.00000.2.0800.2.000000.000000.994.001.0A.000301"
TABLES: dict[str, tuple[Reader, tuple[str, ...], tuple[object, ...]]] = {
    "monsakti": (
        monsakti,
        (*monsakti.NEEDED, *monsakti.AMOUNTS, "CONS_ITEM", "VOLKEG", "HARGASAT", "SUMBER_DANA", "URAIAN_SUBKOMPONEN"),
        ("999001", "B01", "WA", "4321", "EBA", "994", "001", "A", "521211", 0, 0, "100"),
    ),
    "postings": (
        transaksi,
        ("KODE COA", "NO SP2D", "TANGGAL SP2D", "NILAI RUPIAH"),
        (COA, "'1", "05-03-2025", "100"),
    ),
    "e-monitoring": (
        emon,
        ("Kode", "Kegiatan/KRO/RO/Paket", "Pagu (Rp Ribu)", "Realisasi (Rp Ribu)", "Pengembalian (Rp Ribu)", "Keu (%)"),
        ("7769.AFA", "a", 5, 4, 0, "80,00%"),
    ),
}
CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.text(max_size=8),
    st.sampled_from(["1.000", "1,000.5", "'", "0", "-", "9" * 40, "TOTAL", "B02", date(2025, 1, 1), Decimal("0.5")]),
    st.builds(Odd, st.sampled_from(list(Fault)), st.text(max_size=4)),
)


@pytest.mark.parametrize(("reader", "names", "good"), TABLES.values(), ids=TABLES)
@settings(max_examples=30)
@given(st.data())
def test_no_cell_whatever_it_holds_breaks_a_reader(
    reader: Reader, names: tuple[str, ...], good: tuple[object, ...], data: st.DataObject
) -> None:
    columns = list(dict.fromkeys(names))
    rows: list[list[object]] = [[*columns], [*good]]
    for _ in range(data.draw(st.integers(1, 4))):
        row = [*good]
        for at in data.draw(st.lists(st.integers(0, len(columns) - 1), max_size=4)):
            row += [None] * (at + 1 - len(row))
            row[at] = data.draw(CELLS)
        rows.append(row[: data.draw(st.integers(0, len(row)))] if data.draw(st.booleans()) else row)
    document = Document("aneh.xlsx", (Sheet("aneh.xlsx", "S", rows),))
    assert reader.identify(document)
    try:
        budget = reader.read(document)
    except UnreadableFile as refused:
        assert str(refused).startswith("aneh.xlsx")  # noqa: PT017 - either is right
    else:
        assert {found.where.file for found in check([budget]).findings} <= {"aneh.xlsx"}
