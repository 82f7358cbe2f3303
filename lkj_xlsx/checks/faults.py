"""From faults of the equations to findings: the wrong cell, what it should be, and the cells that prove it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lkj_xlsx.case import Case
from lkj_xlsx.equations import Equation, Linear, Quotient
from lkj_xlsx.finding import NAMED, Finding, Severity, Where
from lkj_xlsx.misprint import slip
from lkj_xlsx.persen import Bounds, bounds, rounded_percent, spell_percent
from lkj_xlsx.repair import Diagnosis
from lkj_xlsx.repair import Fault as Contradiction
from lkj_xlsx.rupiah import Fault, spell_difference
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.system import System

FORCED_BLANK: Final = "T111"
IDENTITIES: Final = {"T107": "pagu - realisasi = sisa", "T108": "realisasi lalu + realisasi ini = realisasi"}
Value = int | Decimal


def tell_faults(case: Case, diagnosis: Diagnosis, reading: Sequence[Finding]) -> list[Finding]:
    """Give one finding a located cell, and one an equation of which several cells may be the wrong one.

    What was found while reading comes first; a cell that could not be read, and that others force, is told of there.
    """
    teller = _Teller(case.system, diagnosis)
    forced = {case.system.where(cell): cell for cell in teller.blanks}
    unread = {finding.where for finding in reading if finding.severity is Severity.ERROR}
    unreadable = {where for finding in reading for where in finding.because}
    told = [
        teller.with_proof(finding, forced[finding.where]) if finding.where in unread & forced.keys() else finding
        for finding in reading
    ]
    told += [finding for fault in diagnosis.faults for finding in teller.of_fault(fault)]
    return told + [
        teller.of_blank(cell, is_empty=where not in unreadable) for where, cell in forced.items() if where not in unread
    ]


class _Teller:
    """Puts faults into words, with every figure that was found to be forced."""

    def __init__(self, system: System, diagnosis: Diagnosis) -> None:
        self.system = system
        self.values: dict[int, Value] = {}
        self.blanks: dict[int, Value] = {}
        for fault in diagnosis.faults:
            for cell in fault.certain:
                self._keep(cell, fault.value(system, cell))
            for cell in sorted({cell for repair in fault.repairs for cell in repair.domains if self._is_blank(cell)}):
                self._keep(cell, fault.value(system, cell))
        for repair in diagnosis.filled:
            for cell in sorted(repair.domains):
                self._keep(cell, repair.value(system, cell))

    def _is_blank(self, cell: int) -> bool:
        return not self.system.known[cell]

    def _keep(self, cell: int, value: Value | None) -> None:
        if value is not None:
            self.values[cell] = value
            if self._is_blank(cell) and cell not in self.system.sums:
                self.blanks[cell] = value

    def of_fault(self, fault: Contradiction) -> Iterator[Finding]:
        """Tell of the cells that every repair changes, then of the equations that these do not mend."""
        for cell in fault.certain:
            yield self._located(cell)
        for index in fault.equations:
            equation = self.system.equation(index)
            if not set(fault.certain) & set(self._printed_cells(equation)):
                yield self._unlocated(equation, fault)

    def of_blank(self, cell: int, *, is_empty: bool) -> Finding:
        """Tell what an empty cell must hold."""
        words = "kosong" if is_empty else "tidak terbaca"
        message = f"{self.system.label(cell)} {words}"
        return self.with_proof(Finding(FORCED_BLANK, Severity.PERINGATAN, self.system.where(cell), message), cell)

    def with_proof(self, finding: Finding, cell: int) -> Finding:
        """Add to what is said of a cell without a figure which one the others force, and why."""
        value, proofs = self.blanks[cell], self._proofs(cell)
        message = f"{self.system.label(cell)} kosong" if finding.code == Fault.EMPTY.code else finding.message
        message += f", seharusnya {_spelled(value)}{self._reasons(cell, proofs)}"
        return replace(finding, message=message, expected=_plain(value), because=self._places(cell, proofs))

    def _located(self, cell: int) -> Finding:
        value = self.values.get(cell)
        proofs = self._proofs(cell)
        printed = self._printed(cell)
        label = self.system.label(cell)
        if value is None:
            message = (
                f"{label} tertulis {_spelled(printed)}, tidak cocok dengan sel lain; nilainya tidak dapat dipastikan"
            )
            proofs = [e for e in self._equations(cell) if self._fails(e)]
        else:
            words = (
                slip(printed, value) if isinstance(printed, int) and isinstance(value, int) else _slip(printed, value)
            )
            message = f"{label} tertulis {_spelled(printed)}, seharusnya {_spelled(value)}"
            message += f" ({words})" if words else ""
            message += self._reasons(cell, proofs)
        return Finding(
            self._code(cell, proofs),
            Severity.ERROR,
            self.system.where(cell),
            message,
            _plain(printed),
            None if value is None else _plain(value),
            self._places(cell, proofs),
        )

    def _code(self, cell: int, proofs: list[Equation]) -> str:
        """Give the code of the question that finds a cell wrong: best the one whose answer it is."""
        own = [equation.code for equation in proofs if equation.head == cell]
        return (own or [equation.code for equation in proofs] or ["T101"])[0]

    def _equations(self, cell: int) -> list[Equation]:
        return [self.system.equation(index) for index in self.system.touching(cell)]

    def _fails(self, equation: Equation) -> bool:
        return self._holds(equation, {}) is False

    def _proofs(self, cell: int) -> list[Equation]:
        """Give the equations that hold with the forced figure and did not with the printed one.

        Those that lean on another wrong cell only where nothing else proves it.
        """
        proofs: dict[bool, list[Equation]] = {False: [], True: []}
        for equation in self._equations(cell):
            others = {c: self.values[c] for c in equation.cells if c in self.values and c != cell}
            if (
                self._holds(equation, {**others, cell: self.values[cell]} if cell in self.values else others)
                is not True
            ):
                continue
            if self._is_blank(cell) or self._holds(equation, others) is False:
                proofs[any(not self._is_blank(c) for c in others)].append(equation)
        return proofs[False] or proofs[True]

    def _holds(self, equation: Equation, values: Mapping[int, Value]) -> bool | None:
        """Test an equation with some figures in place of the printed ones; None when it cannot be tested."""
        if any(self._is_blank(cell) and cell not in values for cell in equation.cells):
            return None
        if isinstance(equation, Linear):
            return sum(sign * self._amount(cell, values) for cell, sign in equation.signs.items()) == 0
        (low, high), (p_low, p_high), (w_low, w_high) = (self._bounds(cell, values) for cell in equation.cells)
        if w_low <= 0:
            return None
        ratios = [Fraction(p) / w for p in (p_low, p_high) for w in (w_low, w_high)]
        return min(ratios) <= high and low <= max(ratios)

    def _amount(self, cell: int, values: Mapping[int, Value]) -> int:
        if cell in self.system.sums and cell not in values:
            return self._sum(cell, values)
        return int(values.get(cell, self.system.values[cell]))

    def _sum(self, cell: int, values: Mapping[int, Value]) -> int:
        """Add up what nobody prints as a sum."""
        made = next(e for e in self._equations(cell) if isinstance(e, Linear) and e.head == cell)
        return sum(self._amount(member, values) for member in made.signs if member != cell)

    def _bounds(self, cell: int, values: Mapping[int, Value]) -> Bounds:
        percent = self.system.percents.get(cell)
        if percent is None:
            amount = Fraction(self._amount(cell, values))
            return amount, amount
        value = values.get(cell)
        return bounds(Decimal(value), percent.rule) if value is not None else percent.bounds

    def _printed_cells(self, equation: Equation) -> list[int]:
        """Give the printed cells of an equation, those of a sum that nobody prints instead of it."""
        cells: list[int] = []
        for cell in equation.cells:
            if cell in self.system.sums:
                made = next(e for e in self._equations(cell) if isinstance(e, Linear) and e.head == cell)
                cells += [member for member in made.signs if member != cell]
            else:
                cells.append(cell)
        return cells

    def _places(self, cell: int, proofs: list[Equation]) -> tuple[Where, ...]:
        """Name the cells that prove one, each once; what is itself empty or wrong gives way to what proves it."""
        cells: dict[int, None] = {}
        seen, waiting = {cell}, list(proofs)
        while waiting:
            for c in self._printed_cells(waiting.pop(0)):
                if c in self.values and c not in seen:
                    waiting += [equation for equation in self._proofs(c) if cell not in equation.cells]
                elif c not in seen and not self._is_blank(c):
                    cells[c] = None
                seen.add(c)
        return tuple(dict.fromkeys(self.system.where(c) for c in cells))

    def _printed(self, cell: int) -> Value | float:
        percent = self.system.percents.get(cell)
        if percent is None:
            return int(self.system.values[cell])
        if isinstance(percent.printed, float):
            return rounded_percent(Fraction(percent.printed), places=percent.places)
        return percent.printed if percent.printed is not None else 0

    def _reasons(self, cell: int, proofs: list[Equation]) -> str:
        """Say why, an equation each."""
        words = [self._reason(cell, equation) for equation in proofs]
        return ": " + "; ".join(dict.fromkeys(words)) if words else ""

    def _reason(self, cell: int, equation: Equation) -> str:
        others = {c: self.values[c] for c in equation.cells if c in self.values and c != cell}
        head, count = equation.head, len(equation.cells) - 1
        if isinstance(equation, Quotient):
            if head != cell:
                return f"{self._name(head, cell)} {_spelled(self._now(head, others))}"
            return " / ".join(self._spelled_now(c, others) for c in (equation.part, equation.whole))
        if equation.code in IDENTITIES:
            return IDENTITIES[equation.code]
        if equation.code == "X103":
            other = next(c for c in equation.cells if c != cell)
            file = self.system.where(other).file
            return f"{file} memuat {_spelled(self._now(other, others))}" if count == 1 else f"{count} baris di {file}"
        if head == cell:
            return f"jumlah {count} rincian"
        state = " (juga kosong)" if self._is_blank(head) else ""
        return f"{self._name(head, cell)}{state} {_spelled(self._now(head, others))} dikurangi rincian lain"

    def _name(self, cell: int, seen_from: int) -> str:
        """Name a cell of another sheet with its place, one of the same sheet by its label."""
        where, here = self.system.where(cell), self.system.where(seen_from)
        if (where.file, where.sheet) == (here.file, here.sheet):
            return self.system.label(cell)
        return f"{self.system.label(cell)} ({where.sheet}!{where.cell})"

    def _now(self, cell: int, values: Mapping[int, Value]) -> Value | float:
        return values[cell] if cell in values else self._printed(cell)

    def _spelled_now(self, cell: int, values: Mapping[int, Value]) -> str:
        value = self._amount(cell, values) if cell in self.system.sums else self._now(cell, values)
        return _spelled(value)

    def _unlocated(self, equation: Equation, fault: Contradiction) -> Finding:
        """Tell of an equation that fails for a cell that cannot be told from others."""
        head, system = equation.head, self.system
        cells = [cell for cell in self._printed_cells(equation) if cell != head]
        suspects = [cell for cell in cells if cell in fault.suspects]
        printed = self._printed(head)
        message = f"{system.label(head)} tertulis {_spelled(printed)}, {self._contrast(equation)}"
        if not fault.repairs:
            message += "; terlalu banyak yang tidak cocok sekaligus untuk menunjuk selnya"
        elif suspects and head not in fault.suspects:
            message += "; yang salah salah satu dari sel yang disebut"
        because = tuple(dict.fromkeys(system.where(cell) for cell in suspects or cells))
        return Finding(equation.code, Severity.ERROR, system.where(head), message, _plain(printed), because=because)

    def _contrast(self, equation: Equation) -> str:
        """Say what the other cells of an equation make, and how far the head is from it."""
        if isinstance(equation, Quotient):
            part, whole = (self._spelled_now(cell, {}) for cell in (equation.part, equation.whole))
            words = "realisasi / target" if equation.code == "P102" else "realisasi / pagu"
            return f"{words} = {part} / {whole} = {self._ratio(equation)}"
        count, head = len(equation.cells) - 1, equation.head
        rest = sum(sign * self._amount(c, {}) for c, sign in equation.signs.items() if c != head)
        made = -rest // equation.signs[head]
        names = {
            "T107": "pagu - realisasi",
            "T108": "realisasi lalu + realisasi ini",
            "X103": f"{self.system.where(equation.cells[1]).file} memuat",
        }
        total = f"jumlah {count} rincian" if count > NAMED else "jumlah rincian"
        gap = spell_difference(self._amount(head, {}) - made)
        return f"{names.get(equation.code, total)} {rupiah(made)} (selisih {gap})"

    def _ratio(self, equation: Quotient) -> str:
        (p_low, p_high), (w_low, w_high) = (self._bounds(cell, {}) for cell in (equation.part, equation.whole))
        percent = self.system.percents[equation.head]
        ratio = Fraction(p_low + p_high) / Fraction(w_low + w_high)
        return spell_percent(rounded_percent(ratio, places=percent.places, rule=percent.rule))


def _slip(printed: object, value: Value) -> str | None:
    """Say which slip makes one percent of another."""
    if not isinstance(printed, Decimal) or not isinstance(value, Decimal):
        return None
    places = max(-int(number.as_tuple().exponent) for number in (printed, value))
    return slip(int(printed.scaleb(places)), int(value.scaleb(places)))


def _spelled(value: Value | float) -> str:
    return spell_percent(value) if isinstance(value, Decimal) else rupiah(int(value))


def _plain(value: Value | float) -> int | str:
    """Give a figure as a finding holds it: an amount as an integer, a percent as it is printed."""
    return spell_percent(value) if isinstance(value, Decimal) else int(value)
