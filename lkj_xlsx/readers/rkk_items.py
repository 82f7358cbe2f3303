"""What stands under one akun of an RKK: items, and groups that repeat the sum of the items under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Item(NamedTuple):
    """An item: its row, its amount (None where unreadable), and whether it is marked as blocked."""

    row: int
    amount: int | None
    is_blocked: bool

    @property
    def blokir(self) -> int | None:
        """What is blocked of it: all or nothing."""
        return self.amount if self.is_blocked else 0


class Group(NamedTuple):
    """A group's subtotal: `>` is of depth 1, `>>` of depth 2 within it; `start` counts the items before it."""

    row: int
    depth: int
    amount: int | None
    start: int


@dataclass(slots=True)
class Items:
    """The items and groups of the akun that stands on `row`; amounts are rupiah."""

    row: int
    pagu: int | None
    is_blocked: bool
    items: list[Item] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def open_group(self, row: int, depth: int, amount: int | None) -> None:
        """Begin a group, which ends at the next of its depth or less, or with the akun."""
        self.groups.append(Group(row, depth, amount, len(self.items)))

    def torn_groups(self) -> Iterator[tuple[Group, int, Sequence[Item]]]:
        """Give each group that is not the sum of its items, with what it prints and with them.

        A group with an amount that is not known, its own or an item's, cannot be tested.
        """
        for number, group in enumerate(self.groups):
            ends = (later.start for later in self.groups[number + 1 :] if later.depth <= group.depth)
            own = self.items[group.start : next(ends, len(self.items))]
            amounts = [item.amount for item in own if item.amount is not None]
            if group.amount is not None and len(amounts) == len(own) and sum(amounts) != group.amount:
                yield group, group.amount, own

    @property
    def is_whole_blocked(self) -> bool:
        """Tell whether the mark stands at the akun alone: then all of it is blocked."""
        return self.is_blocked and not any(item.is_blocked for item in self.items)

    @property
    def blokir(self) -> int | None:
        """What is blocked of the akun: its marked items, or all of it."""
        if self.is_whole_blocked:
            return self.pagu
        blocked = [item.amount for item in self.items if item.is_blocked]
        return None if None in blocked else sum(amount or 0 for amount in blocked)
