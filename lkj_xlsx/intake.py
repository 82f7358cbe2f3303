"""From the files of a command to documents: each read once, or taken from the cache; a bad one stops no other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from lkj_xlsx import cache
from lkj_xlsx.engine import How
from lkj_xlsx.errors import BadRequest, LkjError
from lkj_xlsx.finding import Finding, Severity, Where, listed
from lkj_xlsx.inputs import Input, Inputs, gather
from lkj_xlsx.model import Budget
from lkj_xlsx.readers import is_kept, read

UNREADABLE: Final = "R120"


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read, in the order of the files, and a finding for each file of a folder or pattern that was not."""

    budgets: tuple[Budget, ...]
    refused: tuple[Finding, ...] = ()


def take_in(files: Sequence[Path] | Inputs, how: How | None = None) -> Intake:
    """Read the files, folders and patterns that were given, or what was gathered of them.

    A file of a folder or pattern that cannot be read becomes a finding. Raises LkjError for one that the user named,
    and where no file can be read.
    """
    inputs, how = gather(files), how or How()
    folder = how.cache if inputs.size >= cache.WORTH else None
    made = how.engine.each(partial(read_input, folder=folder), inputs.files, how.told)
    if folder is not None:
        cache.trim(folder)
    for one, document in zip(inputs.files, made, strict=True):
        if isinstance(document, LkjError) and (one.is_named or all(isinstance(each, LkjError) for each in made)):
            raise document
    budgets = [document for document in made if isinstance(document, Budget)]
    _refuse_namesakes(inputs.files, made)
    refused = [
        tell_unread(one, document)
        for one, document in zip(inputs.files, made, strict=True)
        if isinstance(document, LkjError)
    ]
    return Intake(tuple(budgets), tuple(refused))


def read_input(one: Input, folder: Path | None = None) -> Budget:
    """Read one file, from the cache in `folder` where it is kept there; what is kept already is kept no second time."""
    if folder is None or is_kept(one.path):
        return read(one.path, one.name)
    return cache.read_through(folder, one.path, one.name, read)


def tell_unread(one: Input, refusal: LkjError) -> Finding:
    """Say of a file that it was not read, and why; its name is in the finding already."""
    why = str(refusal).removeprefix(f"{one.name}: ").removeprefix(f"{one.path}: ")
    return Finding(UNREADABLE, Severity.ERROR, Where(one.name), f"tidak dibaca: {why}")


def _refuse_namesakes(files: Sequence[Input], made: Sequence[Budget | LkjError]) -> None:
    """Refuse kept documents of one name, which no finding could tell apart: each is called as it was before."""
    names = Counter(one.file for one in made if isinstance(one, Budget))
    kept = [
        one.file for given, one in zip(files, made, strict=True) if isinstance(one, Budget) and one.file != given.name
    ]
    if twice := [name for name in dict.fromkeys(kept) if names[name] > 1]:
        message = f"{listed(twice)}: beberapa berkas tersimpan bernama sama; konsolidasikan bersama dari satu folder"
        raise BadRequest(message)


def read_all(files: Sequence[Path]) -> list[Budget]:
    """Read files here, one after another; raises LkjError for the first that cannot be read."""
    return list(take_in(files).budgets)
