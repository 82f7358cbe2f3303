"""The Binjai budget down to the item: the amounts of `binjai.py` shared out over the invented lines of the rincian.

Every amount is exact: what the shares leave over is given to lines that have room, and a parent is the sum of its
children. Nothing is random: what differs from line to line comes from a checksum of its path.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

import binjai
from glp039_rincian import AKUN, KRO, RINCIAN

THOUSAND: Final = 1_000
SISA_FACTORS: Final = (0, 0, 1, 2, 4)
INI_PERCENTS: Final = (0, 0, 5, 12, 30)
REFUND_PERCENT: Final = 8
ITEM: Final = re.compile(r"(?P<share>\d+)(?P<mark>x2|r|) (?P<name>.+)")


@dataclass(slots=True)
class Node:
    """A row of the export with what is below it; amounts in rupiah.

    `tail` is the second half of a name that a page break cuts. A node that is not `shown` counts in its parent
    but has no row of its own.
    """

    level: str
    path: str
    kode: str
    uraian: str
    tail: str = ""
    shown: bool = True
    own: tuple[int, int, int] = (0, 0, 0)
    children: list["Node"] = field(default_factory=list)

    def total_of(self, which: int) -> int:
        """Add one amount over the leaves below."""
        if not self.children:
            return self.own[which]
        return sum(child.total_of(which) for child in self.children)

    @property
    def pagu(self) -> int:
        """The budget ceiling."""
        return self.total_of(0)

    @property
    def lalu(self) -> int:
        """Spent before this month."""
        return self.total_of(1)

    @property
    def ini(self) -> int:
        """Spent in this month, negative when money came back."""
        return self.total_of(2)


@dataclass(slots=True)
class Share:
    """An item before it has amounts."""

    akun: Node
    node: Node
    share: int
    mark: str
    pagu: int = 0
    sisa: int = 0

    @property
    def seed(self) -> int:
        """A number that is always the same for this item."""
        return crc32(f"{self.node.path}/{self.node.uraian}".encode())

    @property
    def copies(self) -> int:
        """How often the item stands in the budget."""
        return 2 if self.mark == "x2" else 1


def _cut(text: str) -> tuple[str, str]:
    """Split a name at its page break: the first half keeps its final space."""
    head, _, tail = text.partition("|")
    return head, tail


class _Builder:
    """Builds the tree from the lines of the rincian, top to bottom."""

    def __init__(self) -> None:
        """Start with an empty satker and the names and amounts of `binjai.py`."""
        self.root = Node("satker", "", "", "JUMLAH SELURUHNYA")
        self.open: list[Node] = [self.root]
        self.shares: list[Share] = []
        self.number = 0
        self.lines = {path: (uraian, pagu, realisasi) for path, uraian, pagu, realisasi in binjai.leaves()}
        self.bands = {row.kode.removeprefix("076.01."): row.uraian for row in binjai.ANGGARAN if row.pagu is None}
        self.line = ""

    def enter(self, level: str, path: str, kode: str, uraian: str) -> None:
        """Open a node under the nearest open ancestor, unless it is open already."""
        if any(node.path == path for node in self.open):
            return
        while self.open[-1].path and not path.startswith(f"{self.open[-1].path}."):
            self.open.pop()
        head, tail = _cut(uraian)
        node = Node(level, path, kode, head, tail)
        self.open[-1].children.append(node)
        self.open.append(node)

    def budget_line(self, path: str, tail: str) -> None:
        """Open program, kegiatan and, where the line has them, KRO and RO."""
        self.settle()
        self.line = path
        program, kegiatan, kro, ro = path.split(".")
        self.enter("program", program, program, self.bands[program])
        self.enter("kegiatan", f"{program}.{kegiatan}", f"{program}.{kegiatan}", self.bands[kegiatan])
        if kro in KRO:
            uraian = self.lines[path][0]
            self.enter("kro", f"{program}.{kegiatan}.{kro}", kro, KRO[kro])
            self.enter("ro", path, f"{kro}.{ro}", uraian.removesuffix(tail) + (tail and f"|{tail}"))

    def parent(self, *levels: str) -> Node:
        """Return the innermost open node of one of these levels."""
        return next(node for node in reversed(self.open) if node.level in levels)

    def item(self, text: str) -> None:
        """Note an item with its share; it gets its amounts when its budget line is complete."""
        match = ITEM.fullmatch(text)
        if match is None:
            message = f"not a line of a rincian: {text}"
            raise ValueError(message)
        self.number += 1 + crc32(text.encode()) % 3
        head, tail = _cut(match["name"])
        akun = self.parent("akun")
        node = Node("item", f"{akun.path}.{self.number:06}", "", f"{self.number:06}. {head}", tail)
        akun.children.append(node)
        self.shares.append(Share(akun, node, int(match["share"]), match["mark"]))

    def settle(self) -> None:
        """Give the items of the budget line their amounts."""
        if not self.shares:
            return
        _, pagu, realisasi = self.lines.pop(self.line)
        _share_pagu(self.shares, pagu)
        _share_sisa(self.shares, pagu - realisasi)
        refunded = [share.akun.path for share in self.shares if share.mark == "r"]
        for share in self.shares:
            ini = 0 if share.mark != "r" and share.akun.path in refunded else _ini(share)
            lalu = share.pagu - share.sisa - ini
            share.node.own = (share.pagu // share.copies, lalu // share.copies, ini // share.copies)
            if share.copies > 1:
                twin = Node("item", f"{share.node.path}b", "", share.node.uraian, shown=False, own=share.node.own)
                share.akun.children.append(twin)
        self.shares = []

    def read(self, text: str) -> None:
        """Take one line of the rincian."""
        sign, _, rest = text.partition(" ")
        if sign == "=":
            path, _, tail = rest.partition(" |")
            self.budget_line(path, tail)
        elif sign == "+":
            kode, _, uraian = rest.partition(" ")
            above = self.parent("ro", "kegiatan").path
            self.enter("komponen", f"{above}.{kode}", kode, uraian)
        elif sign == "-":
            kode, _, uraian = rest.partition(" ")
            komponen = self.parent("komponen")
            self.enter("subkomponen", f"{komponen.path}.{kode}", f"{komponen.kode}.{kode}", uraian)
        elif text in AKUN:
            self.enter("akun", f"{self.parent('subkomponen').path}.{text}", text, AKUN[text])
        else:
            self.item(text)


def _share_pagu(shares: list[Share], pagu: int) -> None:
    """Share a ceiling out in whole thousands, an even number of them for an item that exists twice."""
    weights = sum(share.share for share in shares)
    for share in shares:
        step = THOUSAND * share.copies
        share.pagu = pagu * share.share // weights // step * step
    largest = max(shares, key=lambda share: share.share)
    largest.pagu += pagu - sum(share.pagu for share in shares)


def _share_sisa(shares: list[Share], sisa: int) -> None:
    """Share out what was not spent; many items spent everything, none has more left than its ceiling."""
    factors = [2 if share.mark else SISA_FACTORS[share.seed % len(SISA_FACTORS)] for share in shares]
    weights = sum(share.pagu * factor for share, factor in zip(shares, factors, strict=True)) or 1
    for share, factor in zip(shares, factors, strict=True):
        step = 100 * share.copies
        share.sisa = min(share.pagu, sisa * share.pagu * factor // weights // step * step)
    rest = sisa - sum(share.sisa for share in shares)
    for share in sorted(shares, key=lambda share: share.pagu - share.sisa, reverse=True):
        if not share.mark:
            more = min(rest, share.pagu - share.sisa)
            share.sisa += more
            rest -= more


def _ini(share: Share) -> int:
    """Say how much was spent in the last month, in whole thousands."""
    if share.mark == "r":
        return -(share.sisa * REFUND_PERCENT // 100 // THOUSAND * THOUSAND)
    if share.mark == "x2":
        return 0
    spent = share.pagu - share.sisa
    return spent * INI_PERCENTS[share.seed // 7 % len(INI_PERCENTS)] // 100 // THOUSAND * THOUSAND


def build() -> Node:
    """Build the whole budget; stop if a line of `binjai.py` was left out."""
    builder = _Builder()
    for text in RINCIAN.splitlines():
        builder.read(text)
    builder.settle()
    if builder.lines:
        message = f"no rincian for {', '.join(builder.lines)}"
        raise ValueError(message)
    return builder.root
