"""From faults of the equations to findings: the wrong cell, what it should be, and the cells that prove it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lkj_xlsx.checks.proofs import Forced
from lkj_xlsx.equations import Equation, Quotient
from lkj_xlsx.finding import NAMED, Finding, Severity
from lkj_xlsx.misprint import slip
from lkj_xlsx.persen import places_of, rounded_percent, spell_percent
from lkj_xlsx.repair import Diagnosis
from lkj_xlsx.repair import Fault as Contradiction
from lkj_xlsx.rupiah import Fault, spell_difference
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.system import System
from lkj_xlsx.trial import Value

FORCED_BLANK: Final = "T111"
IDENTITIES: Final = {"T107": "pagu - realisasi = sisa", "T108": "realisasi lalu + realisasi ini = realisasi"}


def tell_faults(system: System, diagnosis: Diagnosis, reading: Sequence[Finding]) -> list[Finding]:
    """Give one finding a located cell, and one an equation of which several cells may be the wrong one.

    What was found while reading comes first; a cell that could not be read, and that others force, is told of there.
    """
    teller = _Teller(system, diagnosis)
    forced = {system.where(cell): cell for cell in teller.forced.blanks}
    unread = {finding.where for finding in reading if finding.severity is Severity.ERROR}
    unreadable = {where for finding in reading for where in finding.because}
    told = [
        teller.with_proof(finding, forced[finding.where]) if finding.where in unread & forced.keys() else finding
        for finding in reading
    ]
    told += [finding for fault in diagnosis.faults for finding in teller.of_fault(fault)]
    return told + [
        teller.of_blank(cell, is_empty=where not in unreadable)
        for where, cell in forced.items()
        if where not in unread and cell not in system.may_be_empty
    ]


class _Teller:
    """Puts faults into words."""

    def __init__(self, system: System, diagnosis: Diagnosis) -> None:
        self.system, self.forced = system, Forced(system, diagnosis)

    def of_fault(self, fault: Contradiction) -> Iterator[Finding]:
        """Tell of the cells that every repair changes, then of the equations that these do not mend."""
        for cell in fault.certain:
            yield self._located(cell, fault)
        for index in fault.equations:
            equation = self.system.equation(index)
            if not set(fault.certain) & set(self.forced.printed_cells(equation)):
                yield self._unlocated(equation, fault)

    def of_blank(self, cell: int, *, is_empty: bool) -> Finding:
        """Tell what an empty cell must hold."""
        message = f"{self.system.label(cell)} {'kosong' if is_empty else 'tidak terbaca'}"
        usual, value = self.system.usual.get(cell), self.forced.values[cell]
        if usual not in (None, value):
            proofs = self.forced.proofs(cell)
            message += f"; sel lain memerlukan {_spelled(value)}, padahal di baris lain {_spelled(usual or 0)}"
            message += self._reasons(cell, proofs)
            because = self.forced.places(cell, proofs)
            return Finding(FORCED_BLANK, Severity.PERINGATAN, self.system.where(cell), message, because=because)
        return self.with_proof(Finding(FORCED_BLANK, Severity.PERINGATAN, self.system.where(cell), message), cell)

    def with_proof(self, finding: Finding, cell: int) -> Finding:
        """Add to what is said of a cell without a figure which one the others force, and why."""
        value, proofs = self.forced.values[cell], self.forced.proofs(cell)
        message = f"{self.system.label(cell)} kosong" if finding.code == Fault.EMPTY.code else finding.message
        message += f", seharusnya {_spelled(value)}{self._reasons(cell, proofs)}"
        return replace(finding, message=message, expected=_plain(value), because=self.forced.places(cell, proofs))

    def _located(self, cell: int, fault: Contradiction) -> Finding:
        """Tell of a cell that is wrong for certain, and of its figure where that is certain too."""
        value = self.forced.values.get(cell)
        proofs = self.forced.failing(cell) if value is None else self.forced.proofs(cell)
        message = f"{self.system.label(cell)} tertulis {self._printed(cell)}, "
        if value is None:
            message += f"tidak cocok dengan sel lain; nilainya tidak dapat dipastikan{self._slips([cell], fault)}"
        else:
            other = self.forced.follows(cell)
            words = (
                _slip(self.forced.printed(cell), value) if other is None else f"mengikuti {self._place(other, cell)}"
            )
            message += f"seharusnya {_spelled(value)}{f' ({words})' if words else ''}{self._reasons(cell, proofs)}"
        expected = None if value is None else _plain(value)
        because = self.forced.places(cell, proofs)
        code, where = self.forced.code(cell, proofs), self.system.where(cell)
        return Finding(code, Severity.ERROR, where, message, self._as_held(cell), expected, because)

    def _unlocated(self, equation: Equation, fault: Contradiction) -> Finding:
        """Tell of an equation that fails for a cell that cannot be told from others."""
        head, system = equation.head, self.system
        cells = [cell for cell in self.forced.printed_cells(equation) if cell != head]
        suspects = [cell for cell in cells if cell in fault.suspects]
        message = f"{system.label(head)} tertulis {self._printed(head)}, {self._contrast(equation)}"
        if not fault.repairs:
            message += "; terlalu banyak yang tidak cocok sekaligus untuk menunjuk selnya"
        elif suspects and head not in fault.suspects:
            message += "; yang salah salah satu dari sel yang disebut"
        message += self._slips([cell for cell in (head, *suspects) if cell in fault.suspects], fault)
        because = tuple(dict.fromkeys(system.where(cell) for cell in suspects or cells))
        held = self._as_held(head)
        return Finding(equation.code, Severity.ERROR, system.where(head), message, held, because=because)

    def _slips(self, cells: Sequence[int], fault: Contradiction) -> str:
        """Name the one suspect, if it is one, whose figure a single slip of the hand would explain."""
        found = [
            f"; {words} bila {self.system.where(cell).cell} {_spelled(value)}"
            for cell in cells
            for value in fault.values(self.system, cell)
            if (words := _slip(self.forced.printed(cell), value))
        ]
        return found[0] if len(found) == 1 else ""

    def _reasons(self, cell: int, proofs: list[Equation]) -> str:
        """Say why, an equation each."""
        words = dict.fromkeys(self._reason(cell, equation) for equation in proofs)
        if cell in self.forced.in_thousands:
            words["semua angka di kolomnya ribuan bulat"] = None
        return ": " + "; ".join(words) if words else ""

    def _reason(self, cell: int, equation: Equation) -> str:
        head, count = equation.head, len(equation.cells) - 1
        if isinstance(equation, Quotient):
            if head != cell:
                return f"{self._name(head, cell)} {self._now(head, cell)}"
            return " / ".join(self._now(c, cell) for c in (equation.part, equation.whole))
        if equation.code in IDENTITIES:
            return IDENTITIES[equation.code]
        if equation.code == "X103":
            other = next(c for c in equation.cells if c != cell)
            file = self.system.where(other).file
            said = f"{file}{self._state(other, cell)} memuat {self._now(other, cell)}"
            return said if count == 1 else f"{count} baris di {file}"
        if head == cell:
            return f"jumlah {count} rincian"
        mended = [c for c in self.forced.printed_cells(equation) if c in self.forced.values and c not in (head, cell)]
        others = "".join(f" ({self._place(c, cell)} {self._now(c, cell)})" for c in mended[:NAMED])
        total = f"{self._name(head, cell)}{self._state(head, cell)} {self._now(head, cell)}"
        return f"{total} dikurangi rincian lain{others}"

    def _state(self, cell: int, seen_from: int) -> str:
        """Say that a cell does not hold the figure that is named: it is empty too, or wrong."""
        if cell == seen_from or cell not in self.forced.values:
            return ""
        return " (juga kosong)" if self.forced.is_blank(cell) else " (setelah dibetulkan)"

    def _name(self, cell: int, seen_from: int) -> str:
        """Name a cell of another sheet with its place, one of the same sheet by its label."""
        place, label = self._place(cell, seen_from), self.system.label(cell)
        return f"{label} ({place})" if "!" in place else label

    def _place(self, cell: int, seen_from: int) -> str:
        """Name a cell by its address, with its sheet where that is another one."""
        where, here = self.system.where(cell), self.system.where(seen_from)
        if (where.file, where.sheet) == (here.file, here.sheet):
            return where.cell or ""
        return f"{where.sheet}!{where.cell}"

    def _printed(self, cell: int) -> str:
        """Spell what a cell prints."""
        percent = self.system.percents.get(cell)
        spelled = _spelled(self.forced.printed(cell))
        return spelled.rstrip("%") if percent and percent.is_bare else spelled

    def _as_held(self, cell: int) -> int | str:
        """Give what a cell prints as a finding holds it."""
        printed = self.forced.printed(cell)
        return printed if isinstance(printed, int) else self._printed(cell)

    def _now(self, cell: int, seen_from: int) -> str:
        return _spelled(self.forced.now(cell, seen_from))

    def _contrast(self, equation: Equation) -> str:
        """Say what the other cells of an equation make, and how far the head is from it."""
        if isinstance(equation, Quotient):
            part, whole = (_spelled(self.forced.printed(cell)) for cell in (equation.part, equation.whole))
            words = "realisasi / target" if equation.code == "P102" else "realisasi / pagu"
            return f"{words} = {part} / {whole} = {self._ratio(equation)}"
        count, printed = len(equation.cells) - 1, int(self.forced.printed(equation.head))
        made = printed - equation.rest // equation.signs[equation.head]
        names = {
            "T107": "pagu - realisasi",
            "T108": "realisasi lalu + realisasi ini",
            "X103": f"{self.system.where(equation.cells[1]).file} memuat",
        }
        total = f"jumlah {count} rincian" if count > NAMED else "jumlah rincian"
        gap = spell_difference(printed - made)
        return f"{names.get(equation.code, total)} {rupiah(made)} (selisih {gap})"

    def _ratio(self, equation: Quotient) -> str:
        (p_low, p_high), (w_low, w_high) = (self.forced.bounds(cell, {}) for cell in (equation.part, equation.whole))
        if not w_low + w_high:
            return spell_percent(None)
        percent = self.system.percents[equation.head]
        ratio = Fraction(p_low + p_high) / Fraction(w_low + w_high)
        return spell_percent(rounded_percent(ratio, places=percent.places, rule=percent.rule))


def _slip(printed: Value, value: Value) -> str | None:
    """Say which slip of the hand makes one figure of another, if a single one does."""
    if isinstance(printed, int) and isinstance(value, int):
        return slip(printed, value)
    if not isinstance(printed, Decimal) or not isinstance(value, Decimal):
        return None
    places = max(places_of(printed), places_of(value))
    return slip(int(printed.scaleb(places)), int(value.scaleb(places)))


def _spelled(value: Value) -> str:
    return spell_percent(value) if isinstance(value, Decimal) else rupiah(value)


def _plain(value: Value) -> int | str:
    """Give a figure as a finding holds it: an amount as an integer, a percent as it is printed."""
    return spell_percent(value) if isinstance(value, Decimal) else value
