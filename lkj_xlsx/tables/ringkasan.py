"""`Ringkasan`: whose figures, the totals, the category and the rule that gave it, and serapan per kegiatan."""

from fractions import Fraction
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import Level
from lkj_xlsx.kode import spell as spell_kode
from lkj_xlsx.model import BULAN, Budget, Kategori, known, paths
from lkj_xlsx.persen import rounded_percent, spell_percent
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.rupiah import spell
from lkj_xlsx.table import Cell, Chart, Column, Mean, Ref, Role, Row, Sentence, Spelled, Table, Unit
from lkj_xlsx.tables import tabel_1, tabel_c1, temuan
from lkj_xlsx.tables.indikator import ASSUMED, is_assumed, measured
from lkj_xlsx.tables.rincian import difference, ratio

NAME: Final = "Ringkasan"

COLUMNS: Final = (
    Column("kode", "", Unit.LABEL, 12),
    Column("uraian", "", Unit.TEXT, 40),
    Column("pagu", "", Unit.RUPIAH, 18),
    Column("realisasi", "", Unit.RUPIAH, 18),
    Column("sisa", "", Unit.RUPIAH, 18),
    Column("serapan", "", Unit.SERAPAN, 11),
)
PAGU, REALISASI, PERSEN, SISA = (Ref(key, "pagu", tabel_c1.NAME) for key in ("pagu", "realisasi", "persen", "sisa"))
NO_SCALE: Final = "skala kategori tidak diberikan (lembar Skala)"


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> Table:
    """Build the first sheet; every figure points at Tabel C.1 or Tabel 1."""
    pagu, realisasi = (known(rollup.total[name])[0] for name in ("pagu", "realisasi"))
    persen = ratio(REALISASI, PAGU, realisasi, pagu).value
    sisa = difference("", pagu, realisasi).value
    serapan_rows = _per_kegiatan(rollup)
    rows = (
        *_identity(budget),
        Row(Role.HEADING, _across("Capaian anggaran")),
        _fact("Pagu (Rp)", Cell(pagu, PAGU, unit=Unit.RUPIAH)),
        _fact("Realisasi (Rp)", Cell(realisasi, REALISASI, unit=Unit.RUPIAH)),
        _fact("Serapan", Cell(persen, PERSEN, unit=Unit.SERAPAN), key="serapan"),
        _fact("Sisa (Rp)", Cell(sisa, SISA, unit=Unit.RUPIAH)),
        _fact("Kategori serapan (tertimbang: realisasi / pagu)", Cell(category(persen, budget.skala), unit=Unit.TEXT)),
        *_mean(budget, rollup),
        Row(Role.HEADING, _across("Kalimat bab III")),
        *(Row(Role.NOTE, (cell, *(Cell() for _ in COLUMNS[1:]))) for cell in _sentences(budget, pagu, realisasi)),
        Row(Role.HEADING, _across("Pemeriksaan")),
        *_findings(budget, findings),
        Row(
            Role.HEADING,
            tuple(Cell(text) for text in ("Kode", "Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "Sisa (Rp)", "Serapan")),
        ),
        *serapan_rows,
    )
    chart = Chart("Serapan anggaran per kegiatan", tuple(row.key for row in serapan_rows), "kode", "serapan")
    words = "Ringkasan Laporan Kinerja"
    return Table(NAME, tabel_c1.title(budget.identity, "", words), COLUMNS, rows, chart=chart if serapan_rows else None)


def _across(text: str) -> tuple[Cell, ...]:
    return (Cell(text, across=len(COLUMNS)), *(Cell() for _ in COLUMNS[1:]))


def _fact(label: str, value: Cell, key: str = "") -> Row:
    cell = Cell(value.value, value.formula, is_figure=value.is_figure, unit=value.unit or Unit.TEXT, across=4)
    return Row(Role.LINE, (Cell(label, across=2, unit=Unit.TEXT), Cell(), cell, Cell(), Cell(), Cell()), key)


def _identity(budget: Budget) -> list[Row]:
    identity = budget.identity
    periode = f"{BULAN[identity.bulan - 1]} {identity.tahun or ''}".strip() if identity.bulan else None
    facts = (
        ("Satuan kerja", _joined(identity.kode_satker, identity.nama_satker)),
        ("Bagian anggaran / unit", _joined(identity.unit, identity.kementerian)),
        ("Tahun anggaran", str(identity.tahun) if identity.tahun else None),
        ("Realisasi sampai dengan", periode),
        ("Sumber angka", f"{budget.file} ({budget.format})"),
    )
    return [_fact(label, Cell(value or "tidak disebut di masukan")) for label, value in facts]


def _joined(*parts: str | None) -> str:
    return " - ".join(part for part in parts if part)


def category(ratio_value: object, skala: tuple[Kategori, ...]) -> str:
    """Name the one category whose bounds hold a ratio, with the bounds; say so when none or several do."""
    if not skala:
        return NO_SCALE
    if not isinstance(ratio_value, Fraction | int):
        return "tidak dapat ditentukan"
    percent = rounded_percent(Fraction(ratio_value))
    fitting = [
        step
        for step in skala
        if (step.bawah is None or percent >= step.bawah) and (step.atas is None or percent <= step.atas)
    ]
    if len(fitting) != 1:
        names = ", ".join(step.nama for step in fitting) or "tidak ada"
        return f"tidak tentu: {spell_percent(percent)} masuk ke {len(fitting)} kategori ({names})"
    return f"{fitting[0].nama} ({_bounds(fitting[0])})"


def _bounds(step: Kategori) -> str:
    bawah, atas = ("" if bound is None else f"{bound:f}".replace(".", ",") for bound in (step.bawah, step.atas))
    return f"{bawah} sampai {atas}" if bawah and atas else f"mulai {bawah}" if bawah else f"sampai {atas}"


def _mean(budget: Budget, rollup: Rollup) -> list[Row]:
    """State the mean of Tabel 1's % Capaian column, its n, and how many rows it leaves out."""
    capaian = [measure.capaian.value for measure in measured("1", budget, rollup)]
    values = [Fraction(value) for value in capaian if isinstance(value, int | Fraction)]
    left_out = len(capaian) - len(values)
    mean = sum(values, Fraction()) / len(values) if values else None
    label = f"Rata-rata kolom % Capaian Tabel 1 (n = {len(values)}, {left_out} baris tanpa nilai tidak dihitung)"
    cell = Cell("-" if mean is None else mean, Mean(tabel_1.NAME, "capaian") if values else None, unit=Unit.SERAPAN)
    return [
        _fact(label, cell, key="rata-rata"),
        _fact("Kategori rata-rata capaian", Cell(category(mean, budget.skala))),
    ]


def _sentences(budget: Budget, pagu: int | None, realisasi: int | None) -> tuple[Cell, ...]:
    """Fill the two sentences of chapter III with the figures of Tabel C.1."""
    identity = budget.identity
    satker, tahun = identity.nama_satker or "satuan kerja", f" Tahun {identity.tahun}" if identity.tahun else ""
    persen = ratio(REALISASI, PAGU, realisasi, pagu).value
    rupiah, percent = Unit.RUPIAH, Unit.SERAPAN
    first = (
        f"Untuk membiayai operasional {satker}{tahun} mendapat anggaran sebesar Rp. ",
        Spelled(PAGU, rupiah),
        ",- dengan realisasi sebesar Rp. ",
        Spelled(REALISASI, rupiah),
        ",- atau sebesar ",
        Spelled(PERSEN, percent),
        ".",
    )
    second = (
        f"Adapun jumlah anggaran yang tidak terserap selama{tahun or ' tahun ini'} sebesar Rp. ",
        Spelled(SISA, rupiah),
        ",- atau sebesar ",
        Spelled(PERSEN, percent, is_rest=True),
        ".",
    )
    left = None if pagu is None or realisasi is None else pagu - realisasi
    is_known = isinstance(persen, Fraction)
    if isinstance(persen, Fraction):
        spent, rest = (spell_percent(rounded_percent(share)) for share in (persen, 1 - persen))
    else:
        spent = rest = "?" if left is None else "-"
    spelled = iter((spell(pagu), spell(realisasi), spent, spell(left), rest))
    texts = ["".join(part if isinstance(part, str) else next(spelled) for part in parts) for parts in (first, second)]
    formulas = (Sentence(first), Sentence(second)) if is_known else (None, None)
    return tuple(
        Cell(text, formula, unit=Unit.TEXT, across=len(COLUMNS)) for text, formula in zip(texts, formulas, strict=True)
    )


def _findings(budget: Budget, findings: tuple[Finding, ...]) -> list[Row]:
    counts = temuan.counted(findings)
    listed = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    rows = [_fact("Jumlah temuan (lembar Temuan)", Cell(listed))]
    if counts[Severity.ERROR]:
        warning = "ADA KESALAHAN: baca lembar Temuan sebelum mencetak"
        rows.append(_fact("Perhatian", Cell(warning)))
    for tabel, level in (("1", "RO"), ("B.1", "kegiatan")):
        if is_assumed(tabel, budget):
            rows.append(_fact(f"Tabel {tabel}", Cell(ASSUMED.format(level=level))))
    return rows


def _per_kegiatan(rollup: Rollup) -> tuple[Row, ...]:
    """List each kegiatan with the figures of its SUB TOTAL in Tabel C.1."""
    nodes = rollup.nodes[rollup.nodes["level"] == Level.KEGIATAN.value]
    rows = []
    columns = (nodes["uraian"], known(nodes["pagu"]), known(nodes["realisasi"]))
    for path, uraian, pagu, realisasi in zip(paths(nodes), *columns, strict=True):
        key = tabel_c1.kegiatan_key(path[0], path[1])
        cells = (
            Cell(spell_kode(path)),
            Cell(uraian),
            Cell(pagu, Ref(key, "pagu", tabel_c1.NAME)),
            Cell(realisasi, Ref(key, "realisasi", tabel_c1.NAME)),
            difference(key, pagu, realisasi),
            Cell(ratio(PAGU, PAGU, realisasi, pagu).value, Ref(key, "persen", tabel_c1.NAME)),
        )
        rows.append(Row(Role.LINE, cells, key))
    return tuple(rows)
