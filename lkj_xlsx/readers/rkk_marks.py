"""What the short texts right of an amount of an RKK say: sumber dana, blocked or not, which komponen is the main one.

The legend under the table names `U` and `P` (komponen) and `*` (blokir). `A` and `2` stand beside blocked rows too
(FORMATS.md section 9); what they say besides, no legend tells, so they count as blocked and are told of.
"""

import re
from typing import Final

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.readers.rkk_items import Items
from lkj_xlsx.readers.rkk_row import Beside
from lkj_xlsx.sheet import Sheet

KOMPONEN: Final = frozenset({"U", "P"})
BLOCKED: Final = "*"
ALSO_BLOCKED: Final = frozenset({"A", "2"})
SUMBER_DANA: Final = frozenset({"RM", "RMP", "PNP", "PNBP", "PLN", "PDN", "BLU", "HLN", "HDN", "HLD", "SBSN"})
LIKE_SUMBER_DANA: Final = re.compile(r"[A-Z]{2,6}", re.ASCII)

UNKNOWN_MARK: Final = "R207"


class Marks:
    """The marks of a sheet; what is not certain of them is told once a kind."""

    def __init__(self, sheet: Sheet, findings: list[Finding]) -> None:
        """Start without any."""
        self.sheet, self.findings = sheet, findings
        self._unsure: dict[str, list[Where]] = {}
        self._blocked: dict[int, Where] = {}

    def is_komponen(self, beside: Beside) -> bool:
        """Tell whether a row is marked as a komponen."""
        return any(text in KOMPONEN for _, text in beside.marks)

    def where(self, row: int) -> Where | None:
        """Name the cell that marks a row as blocked, None where none does."""
        return self._blocked.get(row)

    def of_parent(self, row: int, beside: Beside, *, is_komponen: bool) -> None:
        """Look at the marks of a row above the akun: none of them says anything of amounts."""
        for column, text in beside.marks:
            if not (is_komponen and text in KOMPONEN):
                self._report(row, column, text)

    def of_akun(self, row: int, beside: Beside) -> tuple[str, bool]:
        """Give the sumber dana of an akun, "" where none is printed, and whether the akun is marked as blocked."""
        source = ""
        others = []
        for column, text in beside.marks:
            if text in SUMBER_DANA or (not source and LIKE_SUMBER_DANA.fullmatch(text)):
                source = text
                if text not in SUMBER_DANA:
                    self._unsure.setdefault(f"sumber dana `{text}` tidak dikenal; dipakai seperti tercetak", []).append(
                        self.sheet.where(row, column)
                    )
            else:
                others.append((column, text))
        return source, self._is_blocked(row, others)

    def of_item(self, row: int, beside: Beside) -> bool:
        """Tell whether an item is marked as blocked; its sumber dana is that of its akun."""
        return self._is_blocked(row, [(column, text) for column, text in beside.marks if text not in SUMBER_DANA])

    def compare(self, items: Items) -> None:
        """Tell of an akun that is marked as blocked where only some of its items are."""
        blocked = sum(item.is_blocked for item in items.items)
        if items.is_blocked and 0 < blocked < len(items.items):
            message = (
                f"akun ini bertanda blokir, tetapi hanya {blocked} dari {len(items.items)} itemnya; blokirnya dibaca"
                " sebagai jumlah item yang bertanda"
            )
            where = self._blocked[items.row]
            self.findings.append(Finding(UNKNOWN_MARK, Severity.PERINGATAN, where, message))

    def report(self) -> None:
        """Tell of everything that is not certain, once a kind, with its cells."""
        for message, (where, *because) in self._unsure.items():
            told = Finding(UNKNOWN_MARK, Severity.PERINGATAN, where, message, because=tuple(because))
            self.findings.append(told)

    def _is_blocked(self, row: int, marks: list[tuple[int, str]]) -> bool:
        is_blocked = False
        for column, text in marks:
            if text not in ALSO_BLOCKED | {BLOCKED}:
                self._report(row, column, text)
                continue
            is_blocked = True
            self._blocked[row] = self.sheet.where(row, column)
            if text != BLOCKED:
                message = f"tanda `{text}` dibaca sebagai blokir; keterangan laporan ini hanya menyebut `*`"
                self._unsure.setdefault(message, []).append(self._blocked[row])
        return is_blocked

    def _report(self, row: int, column: int, text: str) -> None:
        """Tell of a text that is no mark; only what is short is quoted."""
        quoted = f"`{text}` " if len(text) <= len("xxxxxx") else ""
        message = f"tulisan {quoted}di kanan angka tidak dikenal; angkanya dibaca seperti tercetak"
        self._unsure.setdefault(message, []).append(self.sheet.where(row, column))
