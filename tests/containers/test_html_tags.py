import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.containers.html_tags import NotClosed, Tag, tokens


def tokens_of(text: str) -> list[str]:
    """Give tags as `+name key=value` and `-name`, texts as they are."""
    given = []
    for _, token in tokens(text):
        if isinstance(token, str):
            given.append(token)
        else:
            given.append(
                " ".join([("-" if token.is_end else "+") + token.name, *map("=".join, token.attributes.items())])
            )
    return given


def test_attributes_are_read_quoted_bare_and_without_a_value() -> None:
    assert tokens_of("""<TD Class="a > b" ROWSPAN = '2' colspan=3 nowrap x= /><Br/>""") == [
        "+td class=a > b rowspan=2 colspan=3 nowrap= x=/",
        "+br",
    ]
    assert next(tokens("<td a=1 a=2 b='&amp;'>")) == (0, Tag("td", attributes={"a": "1", "b": "&"}))


def test_entities_are_undone_and_a_sign_that_opens_no_tag_is_text() -> None:
    assert tokens_of("a &lt; b < c &nbsp;<5") == ["a < b ", "<", " c \xa0", "<", "5"]


@pytest.mark.parametrize(
    "text", ["<!-- <td> -->", "<!-->", "<!--->", "<!---->", "<!-- a --!>", "<!doctype html>", "<?x?>"]
)
def test_comments_and_declarations_are_nothing(text: str) -> None:
    assert tokens_of(f"a{text}b") == ["a", "b"]


def test_conditional_comments_hide_only_themselves() -> None:
    assert tokens_of("<![if x]>a<![endif]></>b</ c>d") == ["a", "b", "d"]


def test_nothing_within_a_script_is_a_tag_and_only_what_a_page_shows_is_text() -> None:
    assert tokens_of("<script>'<td>'</SCRIPT ><style></style>") == ["+script", "-script", "+style", "-style"]
    assert tokens_of("<textarea><td>&amp;</textarea>") == ["+textarea", "<td>&", "-textarea"]


@pytest.mark.parametrize(
    "text",
    ["<td", "<td ", "<td a", '<td a="1', "<td a='1>2", '<td b=1 a="2>3', "</td", "<!-- x", "<!x", "<script>x</scrip>"],
)
def test_what_stays_open_to_the_end_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(NotClosed, match=r"^baris 2: `.*` tidak ditutup"):
        tokens_of(f"a\n{text}")


@pytest.mark.parametrize("unit", ["<td ", '<td a="', "<!--", "<script>", "</", "<td a='\"", "<", "<!", "&"])
def test_tags_that_never_close_take_no_longer_than_others(unit: str) -> None:
    try:
        assert tokens_of(unit * 200_000)
    except NotClosed:
        return


@given(st.text(alphabet="<>/!-\"'= atd&;\n", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert all(tokens_of(text))
    except NotClosed:
        return
