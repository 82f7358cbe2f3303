"""XML read by expat with nothing of it trusted: no document type, no entity of its own, bounded depth.

Without a document type there are no entities to expand and nothing outside to fetch.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from lkj_xlsx.containers.limits import DEEPEST, LONGEST_TAG


class NotSound(Exception):
    """The markup is not well-formed, or says what a sound part never says; the message says why."""


class Reader(Protocol):
    """What is told of the markup, names as `namespace local`."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in that an element opens."""

    def end(self, name: str) -> None:
        """Take in that an element closes."""

    def text(self, text: str) -> None:
        """Take in characters between two tags, not always all at once."""


class Markup:
    """One part on its way through expat.

    `depth` is the number of elements that are open, `encoding` what the declaration says, `spaces` the prefixes in
    force with their namespaces, innermost last.
    """

    def __init__(self, reader: Reader, roots: Collection[str] = ()) -> None:
        """Tell `reader` of everything that is fed; the outermost element must be one of `roots`, if any are named."""
        self.depth = 0
        self._roots = roots
        self.encoding: str | None = None
        self.spaces: list[tuple[str | None, str | None]] = []
        self._fed = 0
        self._reader = reader
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = reader.text
        parser.XmlDeclHandler = self._declare
        parser.StartNamespaceDeclHandler = self._open_space
        parser.EndNamespaceDeclHandler = self._close_space
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser = parser

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        """Take the next bytes; raises NotSound."""
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            why = f"XML baris {error.lineno}: {expat.ErrorString(error.code)}"
            raise NotSound(why) from error
        except (ValueError, LookupError) as error:  # an encoding that Python does not know
            raise NotSound(str(error)) from error
        self._fed += len(piece)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG:
            why = f"satu unsur lebih dari {LONGEST_TAG} bita"
            raise NotSound(why)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1 and self._roots and name not in self._roots:
            why = f"dibuka oleh unsur `{name[-60:]}`, yang bukan tempatnya di sini"
            raise NotSound(why)
        if self.depth > DEEPEST:
            why = f"unsur bersarang lebih dari {DEEPEST}"
            raise NotSound(why)
        self._reader.start(name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self._reader.end(name)

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding

    def _open_space(self, prefix: str | None, space: str | None) -> None:
        self.spaces.append((prefix, space))

    def _close_space(self, _prefix: str | None) -> None:
        self.spaces.pop()

    @staticmethod
    def _refuse_doctype(*_: object) -> None:
        why = "memuat DOCTYPE, yang tidak pernah ada di workbook"
        raise NotSound(why)


def parse(pieces: Iterable[bytes], reader: Reader, roots: Collection[str] = ()) -> None:
    """Read a whole part, which must be one of `roots`, if any are named; raises NotSound."""
    markup = Markup(reader, roots)
    for piece in pieces:
        markup.feed(piece)
    markup.feed(b"", is_last=True)
