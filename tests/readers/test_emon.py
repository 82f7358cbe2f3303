from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import write_sheets
from told_in_full import in_full, rows_of

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Severity
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.readers import emon, printed, read

SAMPLE = Path(__file__).parents[2] / "samples" / "contoh-emon.xlsx"
HEADER = "| No | Kode | Kegiatan/KRO/RO/Paket | Sumber Dana | Pagu (Rp Ribu) | Realisasi (Rp Ribu) | Keu (%) |"


def told(budget: Budget) -> list[str]:
    """Tell the findings but that of the thousands, without what they share."""
    return [str(found).removeprefix("contoh.xlsx!Sheet1!") for found in budget.findings if found.code != "R205"]


def read_of(tmp_path: Path, *rows: str, header: str = HEADER) -> Budget:
    return read(write_sheets("\n".join((header, *rows)), tmp_path / "contoh.xlsx"))


def test_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    golden("read/emon.txt", in_full(read(SAMPLE)))


def test_the_sample_adds_up_and_only_lacks_its_program() -> None:
    budget = read(SAMPLE)
    assert (int(budget.lines["pagu"].sum()), int(budget.lines["realisasi"].sum())) == (5_250_000_000, 2_100_500_000)
    worse = [found.code for found in check([budget]).findings if found.severity is not Severity.INFO]
    assert worse == ["K102"]


def test_thousands_are_multiplied_once_and_that_is_told(tmp_path: Path) -> None:
    budget = read_of(
        tmp_path,
        "| 1 | 7769 | Kegiatan | | 1500 | 250.5 | 16.7 |",
        "| 2 | 7769.AFA.001.100.A | Paket | RPM | 1.158 | '0,5 | |",
        "| 3 | 7769.AFA.001.100.B | Paket | SBSN | '1.498.842 | 250 | |",
    )
    assert (budget.format, budget.identity) == (emon.FORMAT, Identity())
    assert rows_of(budget.lines) == [
        "Sheet1!3 | 7769.AFA.001.100.0A | Paket | pagu 1158 | realisasi 500 | sumber_dana RPM",
        "Sheet1!4 | 7769.AFA.001.100.0B | Paket | pagu 1498842000 | realisasi 250000 | sumber_dana SBSN",
    ]
    assert rows_of(budget.printed) == ["Sheet1!2 | 7769 | Kegiatan | pagu 1500000 | realisasi 250500 | persen 16.7"]
    assert budget.columns == {"kode": 1, "uraian": 2, "pagu": 4, "realisasi": 5, "persen": 6}
    assert [found.code for found in budget.findings] == ["R205"]


def test_a_total_is_compared_and_a_heading_on_the_next_page_skipped(tmp_path: Path) -> None:
    budget = read_of(tmp_path, "| 1 | 7769.AFA | KRO | | 5 | 4 | |", HEADER, "| Total | | | | 6 | 4 | |")
    assert len(budget.lines) == 1
    assert [(row["uraian"], row["pagu"], row["is_total"]) for row in budget.printed.to_dict("records")] == [
        ("Total", 6000, True)
    ]
    assert told(budget) == []
    assert ("T101", "E4") in [(found.code, found.where.cell) for found in check([budget]).findings]


def test_a_row_without_a_known_code_is_told_of_and_not_added(tmp_path: Path) -> None:
    budget = read_of(
        tmp_path,
        "| 1 | 7769.AFA | KRO | | 5 | 4 | |",
        "| 2 | 77.AFA | KRO | | 5 | 4 | |",
        "| 3 | AFA | KRO | | 5 | 4 | |",
        "| 4 | | Tanpa kode | | 5 | 4 | |",
        "| | | Dicetak 2 April | | | | |",
    )
    assert budget.lines["pagu"].tolist() == [5000]
    assert told(budget) == [
        "B3: error K103: kode `77.AFA` tidak dikenali; tidak ikut dijumlah",
        "B4: error K103: kode `AFA` tidak dikenali; tidak ikut dijumlah",
        "B5: error R201: baris tanpa kode; tidak ikut dijumlah",
        "B6: peringatan R201: baris tanpa kode; tidak ikut dijumlah",
    ]


def test_an_amount_that_is_missing_or_no_amount_is_unknown(tmp_path: Path) -> None:
    budget = read_of(tmp_path, "| 1 | 7769.AFA | KRO | | | banyak | |", "| 2 | 7769.FAB | KRO | | 1.0005 | 1 | |")
    assert budget.lines["pagu"].isna().tolist() == [True, True]
    assert [one.split(":")[0] + one.split(":")[1] for one in told(budget)] == [
        "F2 error R101",
        "E3 error R102",
        "E2 error R108",
    ]


def test_money_paid_back_is_told_of_and_not_guessed(tmp_path: Path) -> None:
    header = HEADER.replace("Keu (%)", "Pengembalian (Rp Ribu)")
    budget = read_of(
        tmp_path,
        "| 1 | 7769.AFA | KRO | | 5 | 4 | 0 |",
        "| 2 | 7769.FAB | KRO | | 5 | 4 | 2 |",
        "| 3 | 7769.FAC | KRO | | 5 | 4 | - |",
        header=header,
    )
    assert told(budget) == [
        "G3: info R110: pengembalian tidak dibaca: berkas ini tidak menyebut apakah realisasinya sudah dikurangi"
    ]


@pytest.mark.parametrize(("heading", "cell"), [("Pagu (Rp Ribu)", "E1"), ("Realisasi (Rp Ribu)", "F1")])
def test_a_column_that_does_not_say_thousands_is_refused(tmp_path: Path, heading: str, cell: str) -> None:
    header = HEADER.replace(heading, heading.removesuffix(" (Rp Ribu)"))
    with pytest.raises(
        UnreadableFile, match=rf"^contoh\.xlsx!Sheet1!{cell}: judul kolom ini tidak menyebut \(Rp Ribu\)"
    ):
        read_of(tmp_path, header=header)


def test_two_sheets_of_it_are_refused(tmp_path: Path) -> None:
    path = write_sheets(f"# Sheet: A\n{HEADER}\n# Sheet: B\n{HEADER}", tmp_path / "contoh.xlsx")
    with pytest.raises(
        UnreadableFile, match=r"^contoh\.xlsx: 2 lembar berisi e-Monitoring \(`A`, `B`\); sisakan satu$"
    ):
        read(path)


def test_a_table_by_hand_with_other_headings_is_not_taken_for_one(tmp_path: Path) -> None:
    header = "| No | Kode | Kegiatan/KRO/RO | Pagu (Rp) | Realisasi (Rp) |"
    assert read_of(tmp_path, "| 1 | 7769.AFA | a | 5 | 4 |", header=header).format == printed.FORMAT
