"""The items under one akun of an RKK, held against the akun and against the groups that they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

DIFFERS: Final = "R206"

Sum = tuple[int, str, int, tuple[int, ...]]
"""A sum that differs: the row that prints it, what is wrong, the sum printed, the rows of its items."""


@dataclass(slots=True)
class Items:
    """What stands under an akun: `row` and `pagu` are the akun's, amounts are rupiah, None where unreadable."""

    row: int
    pagu: int | None
    is_blocked: bool
    _amounts: list[tuple[int, int | None, bool]] = field(default_factory=list)
    _groups: list[tuple[int, int, int | None, int]] = field(default_factory=list)

    def open_group(self, row: int, depth: int, amount: int | None) -> None:
        """Begin a group: `>` is of depth 1, `>>` of depth 2 and inside the `>` above it."""
        self._groups.append((row, depth, amount, len(self._amounts)))

    def add(self, row: int, amount: int | None, *, is_blocked: bool) -> None:
        """Add an item."""
        self._amounts.append((row, amount, is_blocked))

    def faults(self) -> Iterator[Sum]:
        """Give what does not add up, the akun first."""
        yield from self._fault(self.row, "akun", self.pagu, 0, len(self._amounts))
        for number, (row, depth, amount, start) in enumerate(self._groups):
            later = (group[3] for group in self._groups[number + 1 :] if group[1] <= depth)
            yield from self._fault(row, "kelompok", amount, start, next(later, len(self._amounts)))

    def _fault(self, row: int, what: str, printed: int | None, start: int, end: int) -> Iterator[Sum]:
        own = self._amounts[start:end]
        amounts = [amount for _, amount, _ in own if amount is not None]
        if own and printed is not None and len(amounts) == len(own) and sum(amounts) != printed:
            difference = f"{printed - sum(amounts):+,}".replace(",", ".")
            message = f"{what} berbeda dari jumlah {len(own)} itemnya ({difference}); angka akun yang dipakai"
            yield row, message, printed, tuple(item for item, _, _ in own)

    def blokir(self) -> int | None:
        """Add the blocked items; where only the akun itself is marked, all of it is blocked."""
        blocked = [amount for _, amount, is_blocked in self._amounts if is_blocked]
        if not blocked:
            return self.pagu if self.is_blocked else 0
        return None if None in blocked else sum(amount or 0 for amount in blocked)
