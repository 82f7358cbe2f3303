"""Many exports as one folder of Parquet files, parted by year, month and satker: `data.parquet/tahun=2024/bulan=12/…`.

Each file of the folder is one document as it was read (stored.py), named after the file it was read from and the digest
of its bytes. So a file that did not change is not read again, one that did takes the place of what it was, and no
document can stand there twice, whoever reads it and however often.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from lkj_xlsx.cache import sha256_of
from lkj_xlsx.engine import How
from lkj_xlsx.errors import BadRequest, CannotWrite, LkjError, reason
from lkj_xlsx.finding import Finding
from lkj_xlsx.footer import EDITION
from lkj_xlsx.inputs import Input, Inputs
from lkj_xlsx.intake import read_input, tell_unread
from lkj_xlsx.model import Identity
from lkj_xlsx.stored import store
from lkj_xlsx.whole_file import whole_file

ABSENT: Final = "__HIVE_DEFAULT_PARTITION__"
"""What Hive, and every engine after it, calls a part without a value."""
DIGITS: Final = 16
LONGEST: Final = 80
_PLAIN: Final = re.compile(r"[^A-Za-z0-9]+")
_OURS: Final = re.compile(r".*-([0-9a-f]{16})-([0-9a-f]{16})\.parquet")

Documents = dict[str, dict[str, Path]]
"""What a folder holds: by the source of each document, its edition (a digest) and where that stands."""


@dataclass(frozen=True, slots=True)
class Consolidation:
    """What a run did, by names of files: `twins` are byte for byte another one of them, and were left out."""

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    twins: tuple[str, ...]
    findings: tuple[Finding, ...]


def consolidate(inputs: Inputs, folder: Path, how: How, *, is_fresh: bool = False) -> Consolidation:
    """Read what is new or changed of the files (all, if `is_fresh`), where the engine works, and keep it in `folder`.

    What the folder holds of other files stays, as does what it held of a file that can no longer be read, which is a
    finding. Raises CannotWrite where the folder cannot be, LkjError for a file that the user named and that cannot be
    read, after the others were kept, and where none can be.
    """
    if any(folder.resolve() in path.resolve().parents for path in inputs.paths):
        message = f"{folder}: sebagian berkas masukan ada di folder keluaran ini; pilih folder lain"
        raise BadRequest(message)
    _make(folder)
    before = _documents(folder)
    digests = how.engine.each(_digest, inputs.files)
    twins = _repeated(digests)
    unchanged = [
        number
        for number, (one, digest) in enumerate(zip(inputs.files, digests, strict=True))
        if number not in twins and not is_fresh and digest in before.get(_source(one.name), {})
    ]
    done = {*twins, *unchanged}
    fresh = [number for number in range(len(digests)) if number not in done]
    made = how.engine.each(partial(_keep, folder=folder), [inputs.files[number] for number in fresh], how.told)
    refused = {number: one for number, one in zip(fresh, made, strict=True) if isinstance(one, LkjError)}
    for number in {*fresh, *unchanged} - refused.keys():
        _remove_others(before.get(_source(inputs.files[number].name), {}), str(digests[number]))
    for number, refusal in refused.items():
        if inputs.files[number].is_named or len(refused) == len(inputs.files):
            raise refusal
    kept = [inputs.files[number].name for number in fresh if number not in refused]
    return Consolidation(
        new=tuple(name for name in kept if _source(name) not in before),
        replaced=tuple(name for name in kept if _source(name) in before),
        unchanged=tuple(inputs.files[number].name for number in unchanged),
        twins=tuple(inputs.files[number].name for number in sorted(twins)),
        findings=tuple(tell_unread(inputs.files[number], refusal) for number, refusal in refused.items()),
    )


def _repeated(digests: Sequence[str | LkjError]) -> set[int]:
    """Give the places of digests that stood there before."""
    seen: set[str] = set()
    found = set[int]()
    for number, digest in enumerate(digests):
        if isinstance(digest, str):
            if digest in seen:
                found.add(number)
            seen.add(digest)
    return found


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: folder tidak dapat dibuat ({reason(error)}); pilih tempat lain"
        raise CannotWrite(message) from error


def _digest(one: Input) -> str:
    """Give a digest of a file's bytes, and of how documents are stored."""
    return _edition(_sha256(one))


def _edition(sha256: str) -> str:
    return hashlib.sha256(f"{EDITION} {sha256}".encode()).hexdigest()[:DIGITS]


def _sha256(one: Input) -> str:
    try:
        return sha256_of(one.path)
    except OSError as error:
        message = f"{one.name}: tidak dapat dibuka ({reason(error)})"
        raise BadRequest(message) from error


def _source(name: str) -> str:
    """Tell files apart by their names, and `a/b` from `a-b`."""
    return hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:DIGITS]


def _documents(folder: Path) -> Documents:
    found: Documents = {}
    for path in folder.rglob("*.parquet"):
        if match := _OURS.fullmatch(path.name):
            found.setdefault(match[1], {})[match[2]] = path
    return found


def _remove_others(editions: dict[str, Path], digest: str) -> None:
    """Remove what a file was before; a run that was killed here leaves that to the next."""
    for edition, path in editions.items():
        if edition != digest:
            path.unlink(missing_ok=True)


def _keep(one: Input, folder: Path) -> None:
    """Read one file and keep it: written beside and renamed, so that there is all of it or nothing."""
    sha256 = _sha256(one)
    budget = read_input(one)
    path = folder / _part(budget.identity) / f"{_plain(one.name)}-{_source(one.name)}-{_edition(sha256)}.parquet"
    _make(path.parent)
    with whole_file(path, force=True) as partial_path:
        store(budget, partial_path, sha256)
        if sha256 != _sha256(one):
            message = f"{one.name}: berubah sementara dibaca; ulangi"
            raise BadRequest(message)


def _part(identity: Identity) -> str:
    """Give the folder of a document within the whole."""
    tahun, bulan = (ABSENT if value is None else str(value) for value in (identity.tahun, identity.bulan))
    return f"tahun={tahun}/bulan={bulan}/satker={_plain(identity.kode_satker or '') or ABSENT}"


def _plain(name: str) -> str:
    """Spell a name with letters that every system takes in a path."""
    return _PLAIN.sub("-", name)[-LONGEST:].strip("-")
