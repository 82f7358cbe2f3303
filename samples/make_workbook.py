"""Write `kpu-binjai-2024.xlsx`: our own workbook, as `lkj template` writes it, filled with the Binjai budget."""

import sys
from pathlib import Path

import binjai

from lkj_xlsx.template import fill


def main(path: Path) -> None:
    """Write the sample to `path`; the figures are verified first."""
    binjai.verify()
    rows = {
        "Identitas": binjai.IDENTITAS,
        "Anggaran": binjai.ANGGARAN,
        "Kinerja": binjai.KINERJA,
        "Skala": binjai.SKALA,
    }
    fill(path, rows, force=True)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("kpu-binjai-2024.xlsx"))
