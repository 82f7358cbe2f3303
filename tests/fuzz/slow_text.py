"""A text with separators parted the slow way, letter by letter."""

from collections.abc import Iterator


def cells(text: str, separator: str) -> Iterator[list[str]]:
    """Give the fields of each row; quotes as in RFC 4180, a row ends at any line end outside of them."""
    row, field, is_quoted, was_quoted = [], "", False, False
    at = 0
    while at < len(text):
        letter = text[at]
        at += 1
        if is_quoted:
            if letter != '"':
                field += letter
            elif text[at : at + 1] == '"':
                field, at = field + '"', at + 1
            else:
                is_quoted, was_quoted = False, True
        elif letter == '"' and not field and not was_quoted:
            is_quoted = True
        elif letter == separator:
            row.append(field)
            field, was_quoted = "", False
        elif letter in "\r\n":
            at += text[at - 1 : at + 1] == "\r\n"
            yield [*row, field] if row or field or was_quoted else []
            row, field, was_quoted = [], "", False
        else:
            field += letter
    if row or field or was_quoted:
        yield [*row, field]
