"""MonSAKTI "Monitoring Detail Transaksi FA 16 Segmen Versi SP2D": one row a posting, realisasi by SP2D and COA.

Made by MonSAKTI's menu Pembayaran as xlsx: row 1 a title, row 2 the names of the columns (officers sometimes delete
row 1). It holds no pagu and no names of codes. One SP2D may hold one item several times: postings are added, and each
item and akun is a line made here, which stands at its first posting. The period is that of the dates of the SP2D; the
latest month is taken for the month of the report. Source: from documentation and from code that reads such files
(FORMATS.md section 6), no real file.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Path
from lkj_xlsx.model import Budget, Identity, Line, frame_of
from lkj_xlsx.readers.coa import Coa, parse_coa
from lkj_xlsx.readers.named_columns import Table, find_tables, known_total, only_table, spelled_total
from lkj_xlsx.readers.transaksi_dates import Period, period_of
from lkj_xlsx.rupiah import Fault
from lkj_xlsx.sheet import Document, unread

FORMAT: Final = "MonSAKTI Monitoring Detail Transaksi FA 16 Segmen Versi SP2D (kolom KODE COA, NO SP2D, NILAI RUPIAH)"

COA, SP2D, RUPIAH = "KODE_COA", "NO_SP2D", "NILAI_RUPIAH"
SIGNATURE: Final = (COA, SP2D, RUPIAH)
DATES: Final = ("TANGGAL_SP2D", "TGL_SP2D")
"""The date of the SP2D, as the screen and as the API call it."""
RUNNING: Final = ("NO", "NO_URUT", "NOMOR")
"""Columns that number the rows: two rows that differ in nothing else are the same posting twice."""
KNOWN: Final = frozenset(
    {
        *(*SIGNATURE, *DATES, *RUNNING, "KDSATKER", "KODE_SATKER", "KODE_KEMENTERIAN", "KD_JNS_SPP", "JENIS_SPP"),
        *("NO_SPP", "TGL_SPP", "TANGGAL_SPP", "NO_SPM", "TGL_SPM", "TANGGAL_SPM", "URAIAN", "MATA_UANG", "KURS"),
        *("NILAI_VALAS", "STATUS_DATA"),
    }
)
"""Columns that the screen and the API are known to have; NILAI RUPIAH holds rupiah whatever MATA UANG says."""
TOTALS: Final = ("JUMLAH", "TOTAL", "GRAND TOTAL")
NOTHING: Final = ("", "-", "0")

NO_CODE, BAD_CODE = "R201", "K103"
NOT_PAID, TWICE = "R212", "R213"


@dataclass(frozen=True, slots=True)
class Posting:
    """One row: where it stands, its COA, its amount (None where unreadable) and its month (None where unknown)."""

    row: int
    coa: Coa
    amount: int | None
    month: int | None


def identify(document: Document) -> bool:
    """Tell whether a sheet has a row of names with KODE COA, NO SP2D and NILAI RUPIAH among them."""
    return any(find_tables(document, SIGNATURE))


def read(document: Document) -> Budget:
    """Read the postings of one satker; akun are the leaves, items what is printed besides, both sums of postings.

    Raises UnreadableFile for a file of several satker or units, and where the column of dates is missing.
    """
    table = only_table(document, SIGNATURE, ())
    dates = next((name for name in DATES if name in table.columns), DATES[0])
    if dates not in table.columns:
        table = only_table(document, SIGNATURE, (dates,))
    return _Reading(document, table, dates).budget()


class _Reading:
    """One pass down the table."""

    def __init__(self, document: Document, table: Table, dates: str) -> None:
        self.document, self.table, self.dates = document, table, dates
        self.findings: list[Finding] = []

    def budget(self) -> Budget:
        """Read every posting and add them up."""
        table = self.table
        self.findings += unread(self.document, {table.sheet.name})
        table.report_unknown(KNOWN, self.findings)
        rows, totals = self._rows()
        amounts = table.amounts(RUPIAH, [*rows, *totals], self.findings)
        coas = self._coas(rows, amounts)
        table.refuse_several({row: coa.satker for row, coa in coas.items()}, COA, "satker")
        units = {row: f"{coa.bagian_anggaran}.{coa.unit_eselon_i}" for row, coa in coas.items()}
        table.refuse_several(units, COA, "unit eselon I")
        self._report_twice(list(coas))
        self._report_empty(list(coas))
        period = period_of(table, self.dates, list(coas), self.findings)
        postings = [Posting(row, coa, amounts[row], period.months.get(row)) for row, coa in coas.items()]
        first = next(iter(coas.values()), None)
        return Budget(
            file=table.sheet.file,
            format=FORMAT,
            identity=Identity(
                kode_satker=first.satker if first else None,
                bagian_anggaran=first.bagian_anggaran if first else None,
                unit_eselon_i=first.unit_eselon_i if first else None,
                tahun=period.tahun,
                bulan=period.bulan,
            ),
            lines=frame_of(self._lines(postings, period, is_item=False)),
            printed=frame_of([*self._lines(postings, period, is_item=True), *self._totals(totals, amounts)]),
            columns={"kode": table.columns[COA], "realisasi": table.columns[RUPIAH]},
            findings=tuple(self.findings),
        )

    def _rows(self) -> tuple[list[int], list[int]]:
        """Part the postings from the totals; a row of neither is told of, and so is a posting without an SP2D."""
        rows: list[int] = []
        totals: list[int] = []
        unpaid: list[int] = []
        for row in self.table.rows:
            if self.table.text(row, COA).upper().rstrip(" :") in ("", *TOTALS) and self._total(row):
                totals.append(row)
            elif self.table.text(row, COA):
                (rows if self.table.text(row, SP2D) not in NOTHING else unpaid).append(row)
            else:
                printed = self.table.text(row, RUPIAH)
                severity = Severity.ERROR if printed else Severity.PERINGATAN
                where, message = self.table.where(row, RUPIAH), "baris tanpa COA; tidak ikut dijumlah"
                self.findings.append(Finding(NO_CODE, severity, where, message, printed or None))
        if unpaid:
            where, *others = self.table.places(unpaid, SP2D)
            total = spelled_total(self.table.amounts(RUPIAH, unpaid, []).values())
            message = f"{len(unpaid)} transaksi tanpa NO SP2D, jadi belum realisasi; {total} tidak ikut dijumlah"
            self.findings.append(Finding(NOT_PAID, Severity.PERINGATAN, where, message, because=tuple(others)))
        return rows, totals

    def _total(self, row: int) -> str:
        """Give the label of a row that prints a total, "" for any other."""
        texts = (self.table.sheet.text(row, column) for column in range(len(self.table.sheet.rows[row])))
        return next((text for text in texts if text.upper().rstrip(" :") in TOTALS), "")

    def _coas(self, rows: Sequence[int], amounts: Mapping[int, int | None]) -> dict[int, Coa]:
        """Take the COA of each row apart; a row of another kind is told of and not added."""
        known: dict[str, Coa | str] = {}
        coas: dict[int, Coa] = {}
        odd: dict[str, list[int]] = {}
        for row in rows:
            text = self.table.text(row, COA)
            if text not in known:
                known[text] = parse_coa(text)
            coa = known[text]
            if isinstance(coa, str):
                odd.setdefault(text, []).append(row)
            else:
                coas[row] = coa
        for text, own in odd.items():
            where, *others = self.table.places(own, COA)
            message = f"{known[text]}; {spelled_total(amounts[row] for row in own)} tidak ikut dijumlah"
            self.findings.append(Finding(BAD_CODE, Severity.ERROR, where, message, text, because=tuple(others)))
        return coas

    def _report_twice(self, rows: Sequence[int]) -> None:
        """Tell of rows that repeat another in every column: added all the same, as one SP2D may pay an item twice."""
        running = {column for name, column in self.table.columns.items() if name in RUNNING}
        seen: dict[tuple[Hashable, ...], int] = {}
        for row in rows:
            cells = [None if column in running else cell for column, cell in enumerate(self.table.sheet.rows[row])]
            while cells and cells[-1] is None:
                cells.pop()
            first = seen.setdefault(tuple(str(cell) for cell in cells), row)
            if first != row:
                where, because = self.table.where(row, RUPIAH), (self.table.where(first, RUPIAH),)
                message = f"baris ini sama dengan baris {first + 1} di semua kolom; keduanya ikut dijumlah"
                printed = self.table.text(row, RUPIAH) or None
                self.findings.append(Finding(TWICE, Severity.PERINGATAN, where, message, printed, because=because))

    def _report_empty(self, rows: Sequence[int]) -> None:
        for row in rows:
            if self.table.sheet.value(row, self.table.columns[RUPIAH]) is None:
                where = self.table.where(row, RUPIAH)
                self.findings.append(Finding(Fault.EMPTY.code, Severity.ERROR, where, Fault.EMPTY.words))

    def _lines(self, postings: Sequence[Posting], period: Period, *, is_item: bool) -> list[Line]:
        """Add postings up to items or akun, each by sumber dana, in the order of the file."""
        groups: dict[tuple[Path, str], list[Posting]] = {}
        for posting in postings:
            path = posting.coa.path if is_item else (*posting.coa.path[:-1], "")
            groups.setdefault((path, posting.coa.sumber_dana), []).append(posting)
        lines = []
        for (path, source), own in groups.items():
            row = own[0].row
            findings = [] if is_item else self.findings
            sums = {"realisasi": known_total((one.amount for one in own), self.table, row, RUPIAH, findings)}
            if period.bulan is not None:
                for name, is_now in (("realisasi_lalu", False), ("realisasi_ini", True)):
                    part = (one.amount for one in own if (one.month == period.bulan) == is_now)
                    sums[name] = known_total(part, self.table, row, RUPIAH, [])
            lines.append(Line(path, "", sums, self.table.sheet.name, row, sumber_dana=source))
        return lines

    def _totals(self, rows: Sequence[int], amounts: Mapping[int, int | None]) -> list[Line]:
        """Give the totals under the table, to be compared."""
        name = self.table.sheet.name
        return [Line(ROOT, self._total(row), {"realisasi": amounts[row]}, name, row, is_total=True) for row in rows]
