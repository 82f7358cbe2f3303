"""What we write is sound, so checking it finds nothing: the tables against each other, and against their source."""

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx.checks import Verdict
from lkj_xlsx.examination import audit
from lkj_xlsx.finding import Severity, Where
from lkj_xlsx.kode import ROOT, spell
from lkj_xlsx.kode import Path as Kode
from lkj_xlsx.model import Budget, Identity, Indikator, Line, frame_of
from lkj_xlsx.report import write_report
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.tables import build
from lkj_xlsx.writer import write

SAMPLES = Path(__file__).parents[2] / "samples"
RUPIAH = st.one_of(
    st.integers(0, 2), st.integers(0, 10**6), st.integers(0, 10**13), st.integers(1, 999).map(lambda n: n * 10**6)
)
NAMES = st.text("abcdefgh ijk", min_size=1, max_size=40).map(lambda name: f"Nama {name.strip()}")
PERCENTS = st.integers(0, 20_000).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    """A budget of one to three kegiatan under one or two programs, with indicators of any of its nodes."""
    lines: list[Line] = []
    indicators: list[Indikator] = []
    for program in draw(st.lists(st.sampled_from(["CQ", "WA"]), min_size=1, max_size=2, unique=True)):
        for kegiatan in draw(st.lists(st.sampled_from(["6639", "6709", "3355"]), min_size=1, max_size=2, unique=True)):
            path: Kode = (program, kegiatan, *ROOT[2:])
            for ro in draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True)):
                leaf = (*path[:2], "QGE", f"{ro:03}", *ROOT[4:])
                pagu = draw(RUPIAH)
                amounts = {"pagu": pagu, "realisasi": draw(st.integers(0, pagu))}
                lines.append(Line(leaf, draw(NAMES), amounts, "Anggaran", len(lines) + 2))
                indicators += draw(measured("1", leaf))
            indicators += draw(measured("B.1", path))
    identity = Identity(nama_satker="KPU Kota", bagian_anggaran="076", unit_eselon_i="01", tahun=2024, bulan=12)
    columns = {"pagu": 2, "realisasi": 3}
    return Budget("a.xlsx", "x", identity, frame_of(lines), frame_of([]), columns, indikator=tuple(indicators))


@st.composite
def measured(draw: st.DrawFn, tabel: str, path: Kode) -> list[Indikator]:
    """No indicator of a node, or one: its serapan, or a realisasi of its own."""
    if not draw(st.booleans()):
        return []
    is_serapan = draw(st.booleans())
    target = Decimal(100) if is_serapan else draw(PERCENTS)
    name = draw(NAMES) if is_serapan else f"Capaian {draw(NAMES)}"  # one without a code is known by its name
    where = Where("a.xlsx", "Kinerja", 4, 3)
    realisasi = None if is_serapan else draw(PERCENTS)
    is_minimise = not is_serapan and draw(st.booleans())
    kode = spell(path) if is_serapan else ""
    return [Indikator(tabel, "Sasaran", name, kode, target, "%", realisasi, is_minimise=is_minimise, where=where)]


def checked(budget: Budget) -> Verdict:
    """Write the tables of a budget, and check the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lampiran.xlsx"
        write(build(budget, roll_up(budget), ()), path, budget.identity)
        return audit([path])


@settings(max_examples=40)
@given(budgets())
def test_whatever_we_write_checks_clean(budget: Budget) -> None:
    verdict = checked(budget)
    assert [str(finding) for finding in verdict.findings if finding.severity is Severity.ERROR] == []
    assert verdict.tally.failing == 0
    assert verdict.tally.holding > 0


def test_a_report_of_joined_documents_is_sound(tmp_path: Path) -> None:
    files = [SAMPLES / "contoh-monsakti.csv", SAMPLES / "contoh-transaksi-sp2d.xlsx"]
    written = write_report(files, tmp_path / "lampiran.xlsx").path
    assert [one for one in audit([written]).findings if one.severity is not Severity.INFO] == []
