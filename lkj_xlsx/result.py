"""Rows under names: what a question, or months side by side, are answered with."""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

PLAIN_NUMBERS: Final = ("tahun", "bulan", "baris")
"""Columns of numbers that are no amounts: they have no marks of thousands."""


class Result(NamedTuple):
    """An answer: the names of its columns, each once, and its rows as Python values, None for NULL."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def frame(self) -> "pd.DataFrame":
        """Lay an answer out as a frame: whole numbers as Int64 (as objects beyond 2^63), the rest as they are."""
        import pandas as pd  # noqa: PLC0415 - an answer in another form needs no frame

        values = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        frame = pd.DataFrame({index: _column(list(column)) for index, column in enumerate(values)})
        return frame.set_axis(list(self.columns), axis=1)


def _column(values: list[Any]) -> "pd.Series":
    import pandas as pd  # noqa: PLC0415 - as above

    is_whole = all(value is None or (isinstance(value, int) and not isinstance(value, bool)) for value in values)
    fits = is_whole and all(value is None or -(2**63) <= value < 2**63 for value in values)
    return pd.Series(values, dtype="Int64" if fits and any(value is not None for value in values) else object)
