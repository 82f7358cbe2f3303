"""A zip archive written field by field, so that each field can lie."""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

STORED, DEFLATED = 0, 8
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")


def deflate(content: bytes) -> bytes:
    """Deflate without a header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


@dataclass(frozen=True)
class Entry:
    """One entry: None stands for what is true; `local` and `central` overrule fields of one header by name."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = 0
    extra: bytes = b""
    before: bytes = b""
    after: bytes = b""
    local: Mapping[str, int | bytes] | None = None
    central: Mapping[str, int | bytes] | None = None
    is_written: bool = True

    def _fields(self, changed: Mapping[str, int | bytes] | None) -> dict[str, int | bytes]:
        own: dict[str, int | bytes] = {
            "magic": b"",
            "version": 20,
            "flags": self.flags,
            "method": self.method,
            "crc": self.crc,
            "packed": len(self.packed),
            "size": self.size,
            "name": self.name,
            "extra": self.extra,
        }
        return own | dict(changed or {})

    def header(self) -> bytes:
        """Write the local header."""
        field = self._fields({"magic": b"PK\x03\x04", **(self.local or {})})
        name, extra = _bytes(field["name"]), _bytes(field["extra"])
        numbers = (
            [field[one] for one in ("version", "flags", "method")],
            [field[one] for one in ("crc", "packed", "size")],
        )
        return _LOCAL.pack(field["magic"], *numbers[0], 0, 33, *numbers[1], len(name), len(extra)) + name + extra

    def listing(self, offset: int) -> bytes:
        """Write the entry of the directory."""
        own: dict[str, int | bytes] = {"magic": b"PK\x01\x02", "offset": offset, "disk": 0, "comment": b""}
        field = self._fields({**own, **(self.central or {})})
        name, extra, comment = (_bytes(field[one]) for one in ("name", "extra", "comment"))
        numbers = (
            [field[one] for one in ("version", "flags", "method")],
            [field[one] for one in ("crc", "packed", "size")],
        )
        lengths = len(name), len(extra), len(comment)
        fixed = _CENTRAL.pack(
            field["magic"], 20, *numbers[0], 0, 33, *numbers[1], *lengths, field["disk"], 0, 0, field["offset"]
        )
        return fixed + name + extra + comment


def _bytes(value: int | bytes) -> bytes:
    return value if isinstance(value, bytes) else b""


def entry(name: str, content: str | bytes, method: int = DEFLATED) -> Entry:
    """Make a sound entry."""
    raw = content.encode() if isinstance(content, str) else content
    packed = deflate(raw) if method == DEFLATED else raw
    return Entry(name.encode(), packed, len(raw), zlib.crc32(raw), method)


def entries(parts: Mapping[str, str | bytes]) -> list[Entry]:
    """Make sound entries of parts."""
    return [entry(name, content) for name, content in parts.items()]


def written(
    own: Sequence[Entry], *, comment: bytes = b"", end: Mapping[str, int] | None = None, gap: bytes = b""
) -> bytes:
    """Write an archive; `gap` stands before the directory, `end` overrules fields of the last record."""
    out, places = b"", []
    for one in own:
        out += one.before
        places.append(len(out))
        if one.is_written:
            out += one.header() + one.packed + one.after
    out += gap
    directory = b"".join(one.listing(place) for one, place in zip(own, places, strict=True))
    field = {"disk": 0, "start": 0, "here": len(own), "all": len(own), "size": len(directory), "offset": len(out)}
    field |= dict(end or {})
    numbers = [field[one] for one in ("disk", "start", "here", "all", "size", "offset")]
    return out + directory + _END.pack(b"PK\x05\x06", *numbers, len(comment)) + comment


def replaced(own: Iterable[Entry], name: str, *others: Entry) -> list[Entry]:
    """Put entries in the place of one."""
    return [new for one in own for new in (others if one.name == name.encode() else (one,))]
