"""Which rows of MonSAKTI's raw budget count, and what each says of itself (FORMATS.md section 5).

One download may hold several revisions of the same budget, and rows that only head others; both carry a TOTAL, and to
add all rows is to count the pagu several times.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.model import RPD
from lkj_xlsx.readers.named_columns import Table, spelled_total
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.rupiah import spell_difference

HEADS: Final = ("HEADER1", "HEADER2")
REVISION: Final = re.compile(r"([A-Z])([0-9]{2})", re.ASCII)
_DIGIT: Final = re.compile(r"[0-9](?:\.0)?", re.ASCII)
_DECIMAL: Final = re.compile(r"(-?[0-9]{1,16})(?:[.,]([0-9]{1,16}))?", re.ASCII)

NO_CODE, ROWS_THAT_COUNT, ITEM_DISAGREES = "R201", "R210", "R211"


def coded_rows(table: Table, names: Sequence[str], findings: list[Finding]) -> list[int]:
    """Give the rows that hold a code at all; one without (a note, a sum typed below) is told of and never added."""
    rows: list[int] = []
    for row in table.rows:
        if any(table.text(row, name) for name in names):
            rows.append(row)
            continue
        printed = table.text(row, "TOTAL")
        severity = Severity.ERROR if printed else Severity.PERINGATAN
        message = "baris tanpa kode; tidak ikut dijumlah"
        findings.append(Finding(NO_CODE, severity, table.where(row, "TOTAL"), message, printed or None))
    return rows


def chosen_revision(table: Table, rows: Sequence[int]) -> tuple[list[int], list[Finding]]:
    """Give the rows of the one revision, or of the latest where their codes leave no doubt which it is.

    `B01` and `B02` are one kind, counted up; of two kinds (`B02`, `C01`) or of rows without a code none is surely the
    latest. Raises UnreadableFile then, with each revision, its rows and its total.
    """
    revisions: dict[str, list[int]] = {}
    for row in rows:
        revisions.setdefault(table.text(row, "KODE_STS_HISTORY").upper(), []).append(row)
    if len(revisions) <= 1:
        return list(rows), []
    listed = "; ".join(
        f"{code or '(kosong)'}: {len(own)} baris, TOTAL {_total(table, own)}" for code, own in sorted(revisions.items())
    )
    kinds = {match[1] if (match := REVISION.fullmatch(code)) else "" for code in revisions}
    if len(kinds) > 1 or "" in kinds:
        message = (
            f"{table.sheet.file}!{table.sheet.name}: berisi {len(revisions)} revisi anggaran ({listed}) dan tidak pasti"
            " mana yang terakhir; saring kolom KODE_STS_HISTORY menjadi satu kode di Excel, simpan, lalu coba lagi"
        )
        raise UnreadableFile(message)
    latest = max(revisions)
    where = table.where(revisions[latest][0], "KODE_STS_HISTORY")
    message = f"berisi {len(revisions)} revisi anggaran; yang dibaca hanya yang terakhir, {latest} ({listed})"
    return revisions[latest], [Finding(ROWS_THAT_COUNT, Severity.INFO, where, message)]


def _total(table: Table, rows: Sequence[int]) -> str:
    """Spell the total of a revision's items; headings repeat what their items say."""
    items = [row for row in rows if all(_number(table.text(row, name)) == 0 for name in HEADS)]
    return spelled_total(table.amounts("TOTAL", items, []).values())


def _number(text: str) -> int | None:
    """Give the one digit that HEADER1 and HEADER2 hold (NUMERIC(1,0) in MonSAKTI), None for anything else."""
    return int(text[0]) if _DIGIT.fullmatch(text) else None


def items_of(table: Table, rows: Iterable[int], findings: list[Finding]) -> tuple[list[int], frozenset[int]]:
    """Leave out the rows that head others; gives also the rows of which it is not known whether they do.

    MonSAKTI's own documentation: the pagu is right where HEADER1 and HEADER2 are both 0.
    """
    items: list[int] = []
    heads: list[int] = []
    unsure: list[int] = []
    for row in rows:
        numbers = [_number(table.text(row, name)) for name in HEADS]
        if any(numbers):
            heads.append(row)
            continue
        items.append(row)
        if None in numbers:
            unsure.append(row)
    if heads:
        where, *because = table.places(heads, HEADS[0])
        totals = table.amounts("TOTAL", heads, [])
        message = (
            f"{len(heads)} baris judul (HEADER1 atau HEADER2 bukan 0); TOTAL-nya {spelled_total(totals.values())} tidak"
            " ikut dijumlah"
        )
        priced = [row for row, total in totals.items() if total and total in _products(table, row)]
        if priced:
            message += f"; {len(priced)} di antaranya punya volume dan harga sendiri seperti item: cocokkan pagunya"
        severity = Severity.PERINGATAN if priced else Severity.INFO
        findings.append(Finding(ROWS_THAT_COUNT, severity, where, message, because=tuple(because)))
    if unsure:
        where, *because = table.places(unsure, HEADS[0])
        message = (
            f"HEADER1 atau HEADER2 bukan satu angka pada {len(unsure)} baris, jadi item atau judul tidak pasti;"
            " TOTAL-nya tidak diketahui"
        )
        findings.append(Finding(ROWS_THAT_COUNT, Severity.ERROR, where, message, because=tuple(because)))
    return items, frozenset(unsure)


def check_products(table: Table, totals: Mapping[int, int | None], findings: list[Finding]) -> None:
    """Hold each TOTAL against VOLKEG x HARGASAT; where most rows do not obey, that is no rule of this file."""
    tested = 0
    odd: list[tuple[int, int, Decimal]] = []
    for row, total in totals.items():
        products = _products(table, row)
        if total is None or not products:
            continue
        tested += 1
        if not any(_is_rounded(product, total) for product in products):
            odd.append((row, total, products[0]))
    if 2 * len(odd) > tested > 1:
        where, *others = table.places((row for row, _, _ in odd), "TOTAL")
        message = f"VOLKEG x HARGASAT bukan TOTAL pada {len(odd)} dari {tested} item, jadi bukan aturan berkas ini"
        findings.append(Finding(ITEM_DISAGREES, Severity.PERINGATAN, where, message, because=tuple(others)))
        return
    for row, total, product in odd:
        because = tuple(table.where(row, name) for name in ("VOLKEG", "HARGASAT"))
        _disagree(table, row, (total, round(product)), "VOLKEG x HARGASAT", because, findings)


def _products(table: Table, row: int) -> list[Decimal]:
    """Give what VOLKEG x HARGASAT of a row may be, the plainest reading first; nothing where one is no number."""
    if not {"VOLKEG", "HARGASAT"} <= table.columns.keys():
        return []
    volumes, prices = (exact_decimals(table.sheet.value(row, table.columns[name])) for name in ("VOLKEG", "HARGASAT"))
    return [volume * price for volume in volumes for price in prices]


def _is_rounded(product: Decimal, total: int) -> bool:
    """Tell whether a total is a product, or, of one with a fraction, either whole number beside it."""
    return product == total if product == product.to_integral_value() else abs(product - total) < 1


def exact_decimals(value: object) -> tuple[Decimal, ...]:
    """Give what a volume or a price may be: one number, both readings of `1.000`, nothing where it is no number."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return (Decimal(str(value)),)
    match = _DECIMAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return ()
    whole, fraction = match[1], match[2] or "0"
    grouped = (Decimal(whole + fraction),) if len(fraction) == len("000") else ()
    return (*grouped, Decimal(f"{whole}.{fraction}"))


def check_plans(table: Table, amounts: Mapping[str, Mapping[int, int | None]], findings: list[Finding]) -> None:
    """Hold each TOTAL against the sum of its twelve months; items without any plan are told of together."""
    names = [f"POK_NILAI_{month}" for month in range(1, len(RPD) + 1)]
    unplanned: list[int] = []
    for row, total in amounts["pagu"].items():
        months = [amount for rpd in RPD if (amount := amounts[rpd][row]) is not None]
        planned = sum(months)
        if total is None or len(months) < len(RPD) or planned == total:
            continue
        if not any(months):
            unplanned.append(row)
            continue
        because = tuple(table.where(row, name) for name in names)
        _disagree(table, row, (total, planned), "jumlah POK_NILAI_1 sampai 12", because, findings)
    if unplanned:
        where, *others = table.places(unplanned, names[0])
        message = f"{len(unplanned)} item tanpa rencana penarikan (POK_NILAI_1 sampai 12 semuanya 0)"
        findings.append(Finding(ITEM_DISAGREES, Severity.INFO, where, message, because=tuple(others)))


def _disagree(
    table: Table, row: int, told: tuple[int, int], made: str, because: tuple[Where, ...], findings: list[Finding]
) -> None:
    """Tell of an item whose TOTAL is not what its own figures make: which of them is wrong, nothing says."""
    total, other = told
    message = f"TOTAL tertulis {rupiah(total)}, {made} = {rupiah(other)} (selisih {spell_difference(total - other)})"
    where = table.where(row, "TOTAL")
    findings.append(Finding(ITEM_DISAGREES, Severity.PERINGATAN, where, message, total, because=because))
