"""The lines of a GLP039 export, kept in columns: those of plain rows are never made one by one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, overload

import numpy as np

from lkj_xlsx.kode import Path
from lkj_xlsx.model import Line, lay_out
from lkj_xlsx.readers.glp039_columns import RUPIAH
from lkj_xlsx.readers.glp039_plain import Plain

if TYPE_CHECKING:
    import pandas as pd


class Lines(Sequence[Line]):
    """Lines in the order of their rows; `told` are those that were read cell by cell, by their places."""

    def __init__(self, sheet: str, plain: Plain) -> None:
        """Start without any; figures of plain rows stand in `plain`."""
        self.paths: Final[list[Path]] = []
        self.told: Final[dict[int, Line]] = {}
        self._names: list[str] = []
        self._rows: list[int] = []
        self._sheet, self._plain = sheet, plain

    def add_plain(self, row: int, path: Path, uraian: str) -> None:
        """Add a plain row."""
        self.paths.append(path)
        self._names.append(uraian)
        self._rows.append(row)

    def add(self, line: Line) -> int:
        """Add a line that was read cell by cell; gives its place."""
        place = len(self)
        self.told[place] = line
        self.add_plain(line.row, line.path, line.uraian)
        return place

    def rename_last(self, uraian: str) -> None:
        """Give the last line another name."""
        self._names[-1] = uraian

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.paths)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        """Make one line, or some."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        told, row = self.told.get(place), self._rows[place]
        return Line(
            self.paths[place],
            self._names[place],
            told.amounts if told else dict(zip(RUPIAH, self._plain.amounts[:, row].tolist(), strict=True)),
            self._sheet,
            row,
            is_total=told is not None and told.is_total,
            persen=told.persen if told else self._plain.persen[row],
        )

    def may_go_on(self, row: int) -> bool:
        """Tell whether a plain row may be the rest of the last line: one of another pagu is not."""
        if not self or len(self) - 1 in self.told:
            return bool(self)
        return bool(self._plain.amounts[0, row] == self._plain.amounts[0, self._rows[-1]])

    def frame(self, places: Sequence[int]) -> "pd.DataFrame":
        """Lay the lines at some places out as `model.frame_of` does."""
        rows = [self._rows[place] for place in places]
        told = {at: self.told[place] for at, place in enumerate(places) if place in self.told}
        persen: list[object] = [self._plain.persen[row] for row in rows]
        for at, line in told.items():
            persen[at] = line.persen
        is_total = np.zeros(len(rows), bool)
        is_total[[at for at, line in told.items() if line.is_total]] = True
        amounts = self._plain.amounts[:, rows]
        is_unknown = np.zeros(amounts.shape, bool)
        for at, line in told.items():
            for kind, name in enumerate(RUPIAH):
                amount = line.amounts.get(name)
                amounts[kind, at], is_unknown[kind, at] = amount or 0, amount is None
        return lay_out(
            [self.paths[place] for place in places],
            uraian=[self._names[place] for place in places],
            amounts=dict(zip(RUPIAH, zip(amounts, is_unknown, strict=True), strict=True)),
            persen=persen,
            sheet=[self._sheet] * len(rows),
            row=rows,
            is_total=is_total.tolist(),
        )
