from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lkj_xlsx.kode import (
    LEVELS,
    ROOT,
    SHAPES,
    Level,
    Path,
    ancestors,
    ends_with,
    fits,
    jenis_belanja,
    level_of,
    missing_parents,
    normal,
    parse,
    place,
    short,
    spell,
)

UNHURRIED: Final = settings(deadline=None)
"""A loaded machine is no failure."""

FULL: Path = ("CQ", "6709", "QGE", "001", "051", "0A", "521211", "006420")


def upto(level: Level, path: Path = FULL) -> Path:
    return (*path[: level.depth + 1], *ROOT[level.depth + 1 :])


def without(*missing: Level, path: Path = FULL) -> Path:
    return tuple("" if level in missing else path[level.depth] for level in LEVELS)


def of_shape(shape: str) -> st.SearchStrategy[str]:
    return st.from_regex(f"({shape})", fullmatch=True)


SUBKOMPONEN = "[0-9A-Z][A-Z]"
"""A subkomponen as we keep it: a single letter has its 0 already."""


@st.composite
def valid_paths(draw: st.DrawFn) -> Path:
    """Any path from a program down, with gaps; KRO and RO stand together or not at all."""
    codes = {level: draw(of_shape(shape)) for level, shape in SHAPES.items()}
    codes[Level.SUBKOMPONEN] = draw(of_shape(SUBKOMPONEN))
    optional = draw(st.sets(st.sampled_from([Level.KRO, Level.KOMPONEN, Level.SUBKOMPONEN, Level.AKUN, Level.ITEM])))
    if Level.KRO in optional:
        optional.add(Level.RO)
    else:
        codes[Level.KOMPONEN] = draw(of_shape("[0-9][A-Z0-9]{2}"))
    if Level.AKUN not in optional:
        optional.discard(Level.ITEM)
    return tuple(code if level in {Level.PROGRAM, Level.KEGIATAN} | optional else "" for level, code in codes.items())


paths = valid_paths()


@UNHURRIED
@given(paths)
def test_a_spelled_path_is_read_back(path: Path) -> None:
    found = parse(spell(path))
    assert found is not None
    assert path == place(found, ROOT)


@UNHURRIED
@given(paths, st.sampled_from(["{}.", " {} ", "076.01.{}"]))
def test_dress_around_a_path_is_taken_off(path: Path, dress: str) -> None:
    assert parse(spell(path)) == parse(dress.format(spell(path)))
    assert parse(spell(path)) == parse(dress.format(spell(path).lower().replace(".", " . ")))


@UNHURRIED
@given(paths)
def test_ancestors_grow_by_one_code_and_end_before_the_path(path: Path) -> None:
    above = (*ancestors(path), path)
    assert list(range(1, len(above) + 1)) == [sum(map(bool, node)) for node in above]
    assert all(ancestors(node) == above[:depth] for depth, node in enumerate(above))


@UNHURRIED
@given(paths)
def test_a_path_ends_with_every_tail_of_itself_and_no_longer_one(path: Path) -> None:
    codes = tuple(code for code in path if code)
    assert all(ends_with(path, codes[start:]) for start in range(len(codes)))
    assert not ends_with(path, ("XX", *codes))
    assert not ends_with(path, ())


@UNHURRIED
@given(paths, paths)
def test_a_whole_path_is_placed_without_regard_to_what_is_open(path: Path, under: Path) -> None:
    found = parse(spell(path))
    assert found is not None
    assert path == place(found, under)


@UNHURRIED
@given(paths.filter(lambda path: level_of(path) is not Level.ITEM))
def test_a_short_code_under_its_parent_is_the_path_again(path: Path) -> None:
    assume(level_of(path) not in (Level.KOMPONEN, Level.SUBKOMPONEN) or path[Level.KOMPONEN.depth][:1].isdigit())
    found = parse(short(path))
    assert found is not None
    assert path == place(found, (ROOT, *ancestors(path))[-1])


@UNHURRIED
@given(st.text())
def test_any_text_is_read_as_codes_of_their_shape_or_not_at_all(text: str) -> None:
    found = parse(text)
    assert found is None or all(fits(level, code) for level, code in found.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CQ", {Level.PROGRAM: "CQ"}),
        ("076.01.CQ", {Level.PROGRAM: "CQ"}),
        ("6709", {Level.KEGIATAN: "6709"}),
        ("CQ.6709", {Level.PROGRAM: "CQ", Level.KEGIATAN: "6709"}),
        ("QGE", {Level.KRO: "QGE"}),
        ("QGE.001", {Level.KRO: "QGE", Level.RO: "001"}),
        ("EBA.Z08", {Level.KRO: "EBA", Level.RO: "Z08"}),
        ("051", {Level.KOMPONEN: "051"}),
        ("ZZ1", {Level.KOMPONEN: "ZZ1"}),
        ("QGE.001.ZZ1", {Level.KRO: "QGE", Level.RO: "001", Level.KOMPONEN: "ZZ1"}),
        ("051.0A", {Level.KOMPONEN: "051", Level.SUBKOMPONEN: "0A"}),
        ("051.A", {Level.KOMPONEN: "051", Level.SUBKOMPONEN: "0A"}),
        ("A", {Level.SUBKOMPONEN: "0A"}),
        ("051.AB", {Level.KOMPONEN: "051", Level.SUBKOMPONEN: "AB"}),
        ("521211", {Level.AKUN: "521211"}),
        ("521211.006420", {Level.AKUN: "521211", Level.ITEM: "006420"}),
        ("6639.051.0A", {Level.KEGIATAN: "6639", Level.KOMPONEN: "051", Level.SUBKOMPONEN: "0A"}),
        ("qge . 001", {Level.KRO: "QGE", Level.RO: "001"}),
    ],
)
def test_a_short_code_is_taken_apart(text: str, expected: dict[Level, str]) -> None:
    assert expected == parse(text)


def test_the_unit_alone_is_no_level() -> None:
    assert parse("076.01") == {}
    assert parse("076.01.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "TOTAL", "SUB TOTAL", "67", "67091", "CQ..6709", ".CQ", "QGE.CQ.6709", "001.QGE", "QGE.0011",
        "076.01.6709", "076.01.QGE.001", "076.1.CQ", "051.0a.b", "CQ-6709", "CQ 6709", "6709.6709", "QGE.QGE.QGE.001",
        "\uff16\uff17\uff10\uff19", "\u0666\u0667\u0660\u0669",
    ],
)  # fmt: skip
def test_what_is_no_code_is_not_read(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", ["\u00df", "\ufb01", "\u017fq", "c\u0131"])
def test_a_letter_that_only_becomes_latin_when_raised_is_no_code(text: str) -> None:
    assert parse(text) is None


def test_codes_are_text_for_ever() -> None:
    assert parse("051") == {Level.KOMPONEN: "051"}
    assert parse("51") is None


def test_a_single_letter_subkomponen_gets_its_zero() -> None:
    assert normal(Level.SUBKOMPONEN, "A") == "0A"
    assert normal(Level.SUBKOMPONEN, "AB") == "AB"
    assert normal(Level.PROGRAM, "A") == "A"


def test_a_code_fits_its_own_level_only() -> None:
    assert [level for level in Level if fits(level, "6709")] == [Level.KEGIATAN]
    assert [level for level in Level if fits(level, "521211")] == [Level.AKUN, Level.ITEM]
    assert not fits(Level.KEGIATAN, "\uff16709")


def test_a_code_keeps_what_is_above_it_and_closes_what_is_below() -> None:
    assert place({Level.KEGIATAN: "6710"}, FULL) == ("CQ", "6710", "", "", "", "", "", "")
    assert place({Level.KRO: "EBA", Level.RO: "994"}, FULL) == ("CQ", "6709", "EBA", "994", "", "", "", "")
    assert place({Level.AKUN: "521213"}, FULL) == (*FULL[:6], "521213", "")
    assert place({}, FULL) == ROOT


def test_a_code_with_a_gap_does_not_fill_it_from_what_is_open() -> None:
    found = parse("6639.051.0A")
    assert found is not None
    assert place(found, FULL) == ("CQ", "6639", "", "", "051", "0A", "", "")


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (Level.PROGRAM, "076.01.CQ"),
        (Level.KEGIATAN, "6709"),
        (Level.KRO, "QGE"),
        (Level.RO, "QGE.001"),
        (Level.KOMPONEN, "051"),
        (Level.SUBKOMPONEN, "051.0A"),
        (Level.AKUN, "521211"),
        (Level.ITEM, "006420"),
    ],
)
def test_a_path_is_shortened_as_the_report_prints_it(level: Level, expected: str) -> None:
    assert expected == short(upto(level), "076.01")


def test_a_short_code_with_nothing_above_it_stands_alone() -> None:
    assert short(upto(Level.PROGRAM)) == "CQ"
    assert short(without(Level.KOMPONEN, path=upto(Level.SUBKOMPONEN))) == "0A"
    assert short(ROOT, "076.01") == "076.01"
    assert short(ROOT) == ""


def test_the_level_of_a_path_is_its_deepest() -> None:
    assert list(Level) == [level_of(upto(level)) for level in Level]
    assert level_of(ROOT) is None
    assert level_of(without(Level.KRO, Level.RO, path=upto(Level.KOMPONEN))) is Level.KOMPONEN


def test_missing_levels_have_no_ancestor() -> None:
    path = without(Level.KRO, Level.RO, path=upto(Level.SUBKOMPONEN))
    expected = (upto(Level.PROGRAM), upto(Level.KEGIATAN), without(Level.KRO, Level.RO, path=upto(Level.KOMPONEN)))
    assert expected == ancestors(path)
    assert ancestors(ROOT) == ()


def test_a_code_is_an_orphan_without_program_or_kegiatan() -> None:
    assert missing_parents(without(Level.PROGRAM)) == (Level.PROGRAM,)
    assert missing_parents(without(Level.KEGIATAN)) == (Level.KEGIATAN,)
    assert missing_parents(without(Level.PROGRAM, Level.KEGIATAN)) == (Level.PROGRAM, Level.KEGIATAN)
    assert missing_parents(without(Level.PROGRAM, path=upto(Level.KEGIATAN))) == (Level.PROGRAM,)


def test_a_code_is_no_orphan_without_kro_ro_or_komponen() -> None:
    assert missing_parents(without(Level.KRO, Level.RO, Level.KOMPONEN)) == ()
    assert missing_parents(upto(Level.PROGRAM)) == ()
    assert missing_parents(ROOT) == ()


def test_a_tail_must_end_where_the_path_does() -> None:
    assert ends_with(upto(Level.RO), ("QGE", "001"))
    assert not ends_with(upto(Level.KOMPONEN), ("QGE", "001"))


def test_jenis_belanja_is_named_by_two_digits_or_said_as_digits() -> None:
    assert jenis_belanja("521211") == "Belanja Barang"
    assert jenis_belanja("541211") == "Jenis belanja 54"
