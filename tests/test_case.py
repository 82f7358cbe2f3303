from dataclasses import replace
from decimal import Decimal
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.case import Case, unsettled
from lkj_xlsx.finding import Where
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.model import Budget, Identity, Indikator, Line, frame_of

COLUMNS: Final = {"pagu": 2, "realisasi": 3}


def budget(file: str, satker: str | None = None, tahun: int | None = None, pagu: int | None = 600) -> Budget:
    """Make a document of one line, or of none when pagu is None."""
    path = place(parse("CQ.6709.QGE.001") or {}, ROOT)
    lines = [] if pagu is None else [Line(path, "a", {"pagu": pagu, "realisasi": 40}, "S", 1)]
    identity = Identity(kode_satker=satker, tahun=tahun)
    return Budget(file, "x", identity, frame_of(lines), frame_of([]), COLUMNS)


def indikator(file: str, tabel: str = "1") -> Indikator:
    cell = Where(file, "1", 2, 3)
    return Indikator(
        *(tabel, "s", "n", "6709.QGE.001", Decimal(100), "%", Decimal(90)),
        is_minimise=False,
        where=cell,
        cells={"realisasi": cell},
    )


def grouped(*budgets: Budget) -> list[tuple[tuple[str | None, int | None], list[str]]]:
    return [(group.whose, [one.file for one in group.budgets]) for group in Case(budgets).groups]


def test_documents_of_one_satker_and_year_are_one_group_in_their_order() -> None:
    assert grouped(budget("b", "1", 2024), budget("a", "1", 2024)) == [(("1", 2024), ["b", "a"])]


def test_documents_of_two_years_or_two_satker_are_two_groups() -> None:
    assert grouped(budget("a", "1", 2024), budget("b", "1", 2023), budget("c", "2", 2024)) == [
        (("1", 2024), ["a"]),
        (("1", 2023), ["b"]),
        (("2", 2024), ["c"]),
    ]


def test_a_document_that_says_less_joins_the_only_group_that_it_fits() -> None:
    assert grouped(budget("a"), budget("b", "1", 2024), budget("c", None, 2024)) == [(("1", 2024), ["a", "b", "c"])]


def test_a_document_that_fits_two_groups_stands_by_itself() -> None:
    assert grouped(budget("a", "1", 2024), budget("b", "2", 2024), budget("c", None, 2024)) == [
        (("1", 2024), ["a"]),
        (("2", 2024), ["b"]),
        ((None, 2024), ["c"]),
    ]


def test_a_document_that_fits_one_of_two_groups_joins_it() -> None:
    assert grouped(budget("a", "1", 2024), budget("b", "2", 2023), budget("c", None, 2023)) == [
        (("1", 2024), ["a"]),
        (("2", 2023), ["b", "c"]),
    ]


def test_one_that_says_the_satker_and_one_that_says_the_year_are_one_group() -> None:
    assert grouped(budget("a", "1"), budget("b", None, 2024), budget("c")) == [(("1", 2024), ["a", "b", "c"])]


def test_one_that_says_the_satker_joins_none_of_two_years() -> None:
    assert grouped(budget("a", "1"), budget("b", None, 2023), budget("c", None, 2024)) == [
        (("1", None), ["a"]),
        ((None, 2023), ["b"]),
        ((None, 2024), ["c"]),
    ]


def test_documents_that_say_nothing_are_one_group() -> None:
    assert grouped(budget("a"), budget("b")) == [((None, None), ["a", "b"])]


def test_further_tables_of_a_file_are_documents_and_one_without_rows_is_none() -> None:
    file = replace(budget("a"), others=(budget("a", pagu=60), budget("a", pagu=None)))
    case = Case([file, budget("b", pagu=None)])
    assert [document.budget.lines["pagu"].tolist() for document in case.documents] == [[600], [60]]
    (group,) = case.groups
    assert group.documents == case.documents
    assert [one.file for one in group.budgets] == ["a", "b"]


def test_indicators_are_compared_with_the_tables_of_their_own_file_first() -> None:
    reference = budget("a", pagu=600)
    own = replace(budget("b", pagu=60), indikator=(indikator("b"), indikator("b", "B.1"), indikator("b")))
    (group,) = Case([reference, own]).groups
    assert [measures.tabel for measures in group.measures] == ["1", "B.1"]
    assert [row.document is group.documents[1] for measures in group.measures for row in measures.rows] == [True] * 3


def test_indicators_of_a_file_without_tables_are_compared_with_the_others() -> None:
    (group,) = Case([budget("a"), replace(budget("b", pagu=None), indikator=(indikator("b"),))]).groups
    assert group.measures[0].rows[0].document is group.documents[0]


def test_indicators_that_were_typed_and_not_printed_are_no_table() -> None:
    typed = replace(indikator("a"), cells={})
    assert Case([replace(budget("a"), indikator=(typed,))]).groups[0].measures == ()


def test_nothing_given_is_no_group() -> None:
    assert (Case([]).groups, Case([]).documents) == ((), ())


whose = st.tuples(st.sampled_from([None, "1", "2"]), st.sampled_from([None, 2023, 2024]))


@given(st.lists(whose, max_size=6))
def test_every_document_is_in_one_group_and_no_group_mixes_satker_or_years(
    said: list[tuple[str | None, int | None]],
) -> None:
    groups = Case([budget(str(number), *one) for number, one in enumerate(said)]).groups
    assert sorted(one.file for group in groups for one in group.budgets) == sorted(map(str, range(len(said))))
    for group in groups:
        for name in ("kode_satker", "tahun"):
            assert len({getattr(one.identity, name) for one in group.budgets} - {None}) <= 1


def homeless(*budgets: Budget) -> list[tuple[str, list[str]]]:
    return [(one.file, [home.file for home in homes]) for one, homes in unsettled(budgets)]


def test_a_document_that_fits_several_groups_is_named_with_the_first_document_of_each() -> None:
    ours = (budget("a", "1", 2024), budget("a2", "1", 2024), budget("b", "2", 2024), budget("rkk"))
    assert homeless(*ours) == [("rkk", ["a", "b"])]
    assert homeless(*ours[1:], budget("y", "1")) == [("rkk", ["a2", "b"])]


def test_a_document_of_one_group_or_without_lines_is_not_homeless() -> None:
    assert homeless(budget("a", "1", 2024), budget("rkk")) == []
    assert homeless(budget("a", "1", 2024), budget("b", "2", 2024), budget("k", pagu=None)) == []
    assert homeless(budget("a", "1", 2024), budget("k", "2", 2024, pagu=None), budget("rkk")) == []
