"""What a command is given: files by name, folders and patterns; each file with the name that findings call it by."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import Final

from lkj_xlsx.errors import BadRequest

SUFFIXES: Final = frozenset(
    (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html", ".parquet")
)
"""How files end that a folder is searched for; what they are, their contents say."""
_HIDDEN: Final = (".", "~$")
"""How hidden files begin, and those that Excel makes beside an open workbook."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file: where it is, what findings call it, and whether the user named it, so that it must be readable."""

    path: Path
    name: str
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a command, in order, and those of its folders that are no sheets by their ending."""

    files: tuple[Input, ...]
    skipped: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the files are."""
        return tuple(one.path for one in self.files)

    @property
    def size(self) -> int:
        """Bytes of all files together; what cannot be asked counts nothing."""
        return sum(one.path.stat().st_size for one in self.files if one.path.exists())


def gather(given: Sequence[Path] | Inputs) -> Inputs:
    """Find the files: one by its name, all sheets below a folder, all that fit a pattern (`2024/*/FA*.xlsx`).

    What was gathered before is given back as it is.

    Files of a folder are called by their path within it. Raises BadRequest where a folder or pattern gives nothing.
    """
    if isinstance(given, Inputs):
        return given
    skipped: list[str] = []
    found = [each for one in given for each in _found(one, skipped)]
    named = {os.path.realpath(each.path) for each in found if each.is_named}
    own: list[Input] = []
    seen: set[str] = set()
    for each in found:
        place = os.path.realpath(each.path) if len(given) > 1 else ""
        if each.is_named or not place or place not in named | seen:
            own.append(each)
        seen.add(place)
    return Inputs(tuple(told_apart(own)), tuple(skipped))


def _found(given: Path, skipped: list[str]) -> Iterator[Input]:
    if given.is_dir():
        files = [path for path in sorted(given.rglob("*")) if path.is_file() and not _is_hidden(path, given)]
        sheets = [path for path in files if path.suffix.lower() in SUFFIXES]
        skipped += [path.relative_to(given).as_posix() for path in files if path.suffix.lower() not in SUFFIXES]
        if not sheets:
            message = f"{given}: tidak ada lembar kerja di folder ini ({', '.join(sorted(SUFFIXES))})"
            raise BadRequest(message)
        yield from (Input(path, path.relative_to(given).as_posix(), is_named=False) for path in sheets)
    elif has_magic(str(given)) and not given.exists():
        files = [Path(path) for path in sorted(glob(str(given), recursive=True)) if Path(path).is_file()]  # noqa: PTH207 - Path.glob takes no absolute pattern
        if not files:
            message = f"{given}: tidak ada berkas yang cocok dengan pola ini"
            raise BadRequest(message)
        yield from (Input(path, path.name, is_named=False) for path in files)
    else:
        yield Input(given, given.name)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(_HIDDEN) for part in path.relative_to(folder).parts)


def told_apart(files: Sequence[Input]) -> Iterator[Input]:
    """Call files of one name as they were given."""
    counts = Counter(one.name for one in files)
    for one in files:
        yield one if counts[one.name] == 1 else Input(one.path, str(one.path), is_named=one.is_named)
