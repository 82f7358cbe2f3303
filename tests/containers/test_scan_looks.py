import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.containers import scan_looks
from lkj_xlsx.containers.scan_looks import INLINE, NUMBER, SHARED, STRING, Looks, references
from lkj_xlsx.containers.scan_tags import FIRST, NotPlain, Words
from lkj_xlsx.finding import column_letters


def looks(known: Looks, *spellings: str) -> list[tuple[int, int]]:
    """Give the styles and sorts of spellings."""
    piece = "".join(f"{spelling}>" for spelling in spellings).encode()
    stops = np.flatnonzero(np.frombuffer(piece, np.uint8) == ord(">"))
    starts = np.append(0, stops[:-1] + 1)
    found = known.of(piece, Words(piece), starts, stops)
    return list(zip(known.styles[found].tolist(), known.sorts[found].tolist(), strict=True))


def test_a_spelling_says_a_style_and_a_sort() -> None:
    known = Looks()
    spellings = ("", "/", " /", ' s="14"', ' t="n"', ' s="0" t="s"/', ' s="65535" t="inlineStr"', ' s="3" t="str" /')
    expected = [
        *((0, NUMBER), (0, NUMBER), (0, NUMBER), (14, NUMBER), (0, NUMBER), (0, SHARED), (65535, INLINE), (3, STRING)),
    ]
    assert looks(known, *spellings) == expected
    assert looks(known, *reversed(spellings)) == expected[::-1]
    assert looks(known) == []


@pytest.mark.parametrize(
    "spelling",
    [
        *(
            ' s="65536"',
            ' s="-1"',
            ' s=""',
            ' s="123456"',
            ' t="b"',
            ' t="e"',
            ' t="d"',
            " ",
            ' t="s" s="1"',
            "//",
            ' S="1"',
        ),
        *(" s='1'", ' s="1"  t="s"', '\ts="1"', ' s="1" s="1"', ' cm="1"', ' s="12345" t="inlineStr" ', ' s="\u0661"'),
    ],
)
def test_any_other_spelling_is_not_plain_and_leaves_no_trace(spelling: str) -> None:
    known = Looks()
    for _ in range(2):
        with pytest.raises(NotPlain):
            looks(known, ' s="1"', spelling)
        assert looks(known, ' s="1"', "") == [(1, NUMBER), (0, NUMBER)]


def test_as_many_spellings_as_allowed_are_told_apart_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_looks, "_LEARNT_AT_ONCE", 100)
    known = Looks()
    spellings = [f' s="{style}" t="n"' for style in range(scan_looks._MOST_LOOKS - 1)]
    assert looks(known, *spellings) == [(style, NUMBER) for style in range(scan_looks._MOST_LOOKS - 1)]
    with pytest.raises(NotPlain):
        looks(known, ' s="9999"')


@given(st.lists(st.tuples(st.integers(0, 99_999), st.sampled_from(["", "n", "s", "str", "inlineStr"])), max_size=40))
def test_many_spellings_are_each_their_own(those: list[tuple[int, str]]) -> None:
    sound = [(style % 65_536, sort) for style, sort in those]
    sorts = {"": NUMBER, "n": NUMBER, "s": SHARED, "str": STRING, "inlineStr": INLINE}
    spellings = [f' s="{style}"' + (f' t="{sort}"' if sort else "") for style, sort in sound]
    assert looks(Looks(), *spellings) == [(style, sorts[sort]) for style, sort in sound]


def test_spellings_that_would_share_a_slot_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_looks, "_SLOT_BITS", 4)
    spellings = [f' s="{style}"' for style in range(7)]
    assert looks(Looks(), *spellings) == [(style, NUMBER) for style in range(7)]


def columns(piece: str, row: int = 12) -> list[int]:
    """Read the references of cells that all stand in one row."""
    raw = piece.encode()
    words = Words(raw)
    opens = np.flatnonzero(np.frombuffer(raw, np.uint8) == ord("<"))
    written = f'{row}"'.encode()
    numbers = np.full(len(opens), int.from_bytes(written, "little"), np.uint64)
    widths = np.full(len(opens), len(written), np.int64)
    found, ends = references(words, opens, numbers & FIRST[widths], widths)
    assert all(raw[end - len(written) : end] == written for end in ends.tolist())
    return [int(column) for column in found]


@given(st.lists(st.integers(0, 18_277), max_size=20), st.integers(1, 1_048_576))
def test_references_of_one_to_three_letters_are_read(these: list[int], row: int) -> None:
    assert columns("".join(f'<c r="{column_letters(column)}{row}"/>' for column in these), row) == these


@pytest.mark.parametrize(
    "tag",
    [
        *(
            '<c s="1"/>',
            '<c r="12"/>',
            '<c r="a12"/>',
            '<c r="ABCD12"/>',
            '<c r="A13"/>',
            '<c r="A1"/>',
            '<c r="A120"/>',
        ),
        *(
            '<c r="A012"/>',
            '<c r="A 12"/>',
            '<c r="@12"/>',
            '<c r="[12"/>',
            '<c r="A[12"/>',
            "<c r='A12'/>",
            '<c  r="A12"/>',
        ),
    ],
)
def test_any_other_reference_is_not_plain(tag: str) -> None:
    with pytest.raises(NotPlain):
        columns(tag)
