"""Amounts: parse them exactly, print them.

An amount is an `int` of rupiah. Text figures go through one closed grammar, and which character groups the thousands
is decided for a whole column, never for a cell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

LARGEST = 2**53
"""Beyond this a spreadsheet (a double) can no longer hold every integer."""


THOUSAND = 1000
FEWEST_THOUSANDS = 5
"""So many different amounts, all of them in whole thousands, show that a column is kept in thousands."""

MARKS = (".", ",")
"""What may stand between thousands, the other one then before decimals."""


class Fault(Enum):
    """Why a cell holds no amount: the code of the finding, and the words of the user."""

    NOT_A_NUMBER = ("R101", "bukan satu angka")
    FRACTION = ("R102", "bukan rupiah bulat")
    TOO_LARGE = ("R103", "melampaui 2^53, tidak dapat disimpan persis oleh lembar kerja")
    UNDECIDABLE = ("R104", "titik atau komanya tidak dapat dipastikan: pemisah ribuan atau desimal")
    ERROR_CELL = ("R105", "berisi kesalahan rumus")
    UNCACHED = ("R106", "berisi rumus yang belum dihitung; buka di Excel lalu simpan")
    NOT_AMOUNT = ("R107", "berisi tanggal, jam atau benar/salah, bukan angka")
    EMPTY = ("R108", "kosong, jadi tidak diketahui; tulis 0 bila memang nihil")

    @property
    def code(self) -> str:
        """The code of the finding."""
        return self.value[0]

    @property
    def words(self) -> str:
        """What is wrong, as the user reads it."""
        return self.value[1]


NIL = frozenset({"-", "\u2013", "\u2014", "Rp-", "Rp.-"})
"""How officers print nihil: a written statement of zero, unlike an empty cell."""

_FIGURE = re.compile(
    r"""(?P<open>\()?\s*(?P<minus>[-\u2212])?\s*
        (?:(?:Rp\.?|IDR)\s*)?(?P<minus2>[-\u2212])?\s*
        (?P<body>[0-9]+(?:[.,][0-9]+)*)
        (?P<tail>[.,]-{1,2})?\s*(?P<close>\))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MOST_DIGITS = 40
"""Digits of a figure beyond which none can be an amount."""
_GROUPS = re.compile(r"[0-9]+|[1-9][0-9]{0,2}( [0-9]{3})+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """A text figure taken apart: sign, the digits between its marks, and whether `,-` closes it."""

    negative: bool
    parts: tuple[str, ...]
    marks: str
    closed: bool

    def amount(self, grouping: str, scale: int = 1) -> int | Fault:
        """Read the figure, in units of `scale` rupiah, with `grouping` between its thousands.

        Any other mark is the decimal one.
        """
        whole, marks, fraction = self.parts, self.marks, ""
        if marks and marks[-1] != grouping and not self.closed:
            whole, marks, fraction = whole[:-1], marks[:-1], whole[-1]
        if marks.strip(grouping) or not _GROUPS.fullmatch(" ".join(whole)):
            return Fault.NOT_A_NUMBER
        digits = "".join(whole).lstrip("0")
        if len(digits + fraction) > _MOST_DIGITS:
            return Fault.FRACTION if fraction.strip("0") else Fault.TOO_LARGE
        power: int = 10 ** len(fraction)
        value, rest = divmod(int(digits + fraction or "0") * scale, power)
        if rest:
            return Fault.FRACTION
        if value > LARGEST:
            return Fault.TOO_LARGE
        return -value if self.negative else value

    @property
    def is_hollow(self) -> bool:
        """Tell whether it is groups of noughts (`0,000`): rather thousands with a wrong digit than decimals."""
        return bool(self.marks) and not "".join(self.parts).strip("0") and {len(part) for part in self.parts[1:]} == {3}

    @property
    def proven(self) -> str | None:
        """The grouping mark that this figure alone proves, or None when it could be either."""
        if self.is_hollow:
            return None
        fitting = [mark for mark in MARKS if self.amount(mark) is not Fault.NOT_A_NUMBER]
        return fitting[0] if self.marks and len(fitting) == 1 else None


def figure(text: str) -> Figure | None:
    """Take a text apart as one figure (`Rp 1.000,-`, `(1.000)`, `12,309,652,000`), or None."""
    match = _FIGURE.fullmatch(" ".join(text.split()))  # runs of blanks would be tried in every split
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = [sign for sign in match.group("open", "minus", "minus2") if sign]
    if len(signs) > 1:
        return None
    body = match["body"]
    parts = tuple(re.split(r"[.,]", body))
    return Figure(bool(signs), parts, "".join(c for c in body if c in MARKS), closed=bool(match["tail"]))


def is_nil(text: str) -> bool:
    """Tell whether a text states nihil (`-`), as opposed to a figure or nothing at all."""
    return text.replace("\u00a0", " ").replace(" ", "") in NIL


def proven_marks(texts: Iterable[str]) -> frozenset[str]:
    """Tell which grouping marks the figures of one column prove: none, one, or (formats mixed) both."""
    return frozenset(mark for text in texts if (fig := figure(text)) and (mark := fig.proven))


def amount_of_text(text: str, proven: frozenset[str], scale: int = 1) -> int | Fault:
    """Read one text, in units of `scale` rupiah, of a column whose cells together prove the grouping marks `proven`.

    A figure that proves its own mark is read by it even where a column mixes both; one that could be either
    (`1.000`) is read only when its mark is the one that the column proves.
    """
    if is_nil(text):
        return 0
    fig = figure(text)
    if fig is None or fig.is_hollow:
        return Fault.NOT_A_NUMBER
    if not fig.marks:
        return fig.amount("", scale)
    if fig.proven:
        return fig.amount(fig.proven, scale)
    if all(fig.amount(mark) is Fault.NOT_A_NUMBER for mark in MARKS):
        return Fault.NOT_A_NUMBER
    return fig.amount(fig.marks[0], scale) if proven == {fig.marks[0]} else Fault.UNDECIDABLE


def amount_of_number(value: float | Decimal | Fraction) -> int | Fault:
    """Read a numeric cell as the exact integer it holds.

    A float of 2^53 may have been 2^53 + 1 in the file, so it is refused; an `int` is taken at its word.
    """
    if not -LARGEST <= value <= LARGEST or (isinstance(value, float) and value in (-LARGEST, LARGEST)):
        return Fault.TOO_LARGE
    whole = int(value)
    return whole if whole == value else Fault.FRACTION


def spell(amount: int | None) -> str:
    """Print rupiah with Indonesian thousands: 1100000 is `1.100.000`; unknown is `?`."""
    return "?" if amount is None else f"{amount:,}".replace(",", ".")


def spell_difference(amount: int) -> str:
    """Print a difference with its sign: `+100.000`."""
    return ("+" if amount > 0 else "") + spell(amount)


def is_in_thousands(values: Iterable[int]) -> bool:
    """Tell whether a column is kept in whole thousands: every amount but those that something else shows wrong."""
    different = set(values) - {0}
    uneven = sum(value % THOUSAND != 0 for value in different)
    return len(different) >= FEWEST_THOUSANDS and uneven <= len(different) // 20
