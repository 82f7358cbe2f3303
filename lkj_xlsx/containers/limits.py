"""What bounds a workbook: each limit with the reason for its size. A refusal names the limit and the part.

Bytes on disk bound nothing: a SAKTI export of a million rows is 200 MB, two gigabytes inflated, and legitimate.
"""

from typing import Final

MOST_ENTRIES: Final = 1_000
"""Files in one zip archive; a workbook of 64 sheets with a drawing each has some 300."""

MOST_SHEETS: Final = 256
"""Sheets of one workbook: a year of daily exports pasted into one file."""

LARGEST_PART: Final = 4 * 2**30
"""Bytes of one part inflated: twice what a million rows of a SAKTI export inflate to."""

LARGEST_RATIO: Final = 100
"""Bytes inflated for a byte deflated: real exports measure 5 to 18, empty styled rows up to 16, bombs from 241."""

RATIO_FREE: Final = 2**20
"""Bytes that may inflate at any ratio: a short part of one repeated word is no bomb."""

MOST_CELLS: Final = 50_000_000
"""Cells that hold something in one sheet: a million rows of SAKTI's 35 columns fit."""

MOST_PLACES: Final = 100_000_000
"""Places from the left edge to the last cell of each row, blanks too: what a sheet takes up when it is laid out."""

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
"""The grid of a spreadsheet; nothing stands outside it."""

MOST_STRINGS: Final = 4_000_000
"""Shared strings of a workbook: four texts a row of a million rows."""

LONGEST_TEXT: Final = 32_767
"""Characters of one cell: what a spreadsheet holds, and all that can be written back."""

LONGEST_WRITTEN: Final = 7 * LONGEST_TEXT
"""Characters that a text may take up in a part: each may be written as an escape, `_x000D_`."""

LONGEST_TAG: Final = 2**24
"""Bytes of one tag, comment or instruction: expat begins an unfinished one anew with every piece."""

DEEPEST: Final = 32
"""Elements within elements: a worksheet's figures lie five deep, its extensions a dozen."""
