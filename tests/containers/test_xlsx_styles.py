import pytest
from worksheets import MAIN, STYLE_PART

from lkj_xlsx.containers.markup import parse
from lkj_xlsx.containers.xlsx_exact import Styles
from lkj_xlsx.containers.xlsx_styles import StyleReader, percent_places, shows_date


def styles(part: str, *, is_1904: bool = False) -> Styles:
    reader = StyleReader()
    parse([part.encode()], reader)
    return reader.styles(is_1904=is_1904)


@pytest.mark.parametrize(
    "code",
    [
        *(
            "dd/mm/yyyy",
            "d mmmm yyyy",
            "mmm-yy",
            "h:mm",
            "[h]:mm",
            "[mm]:ss",
            "[SS]",
            "[$-421]dd mmmm yyyy",
            "m/d/yy h:mm",
        ),
        *('d"hari"', "hh:mm AM/PM", "yyyy\\-mm\\-dd;@", "[Red]dd/mm", '"Per "dd', "YYYY", "s.00"),
    ],
)
def test_a_format_of_days_or_times_is_a_date(code: str) -> None:
    assert shows_date(code)


@pytest.mark.parametrize(
    "code",
    [
        *(
            '"Rp"#,##0',
            "[Red]#,##0",
            "General",
            "GENERAL",
            "Standard",
            "0.00E+00",
            "##0.0E-0",
            "_(* #,##0_)",
            "@",
            "",
            "0",
        ),
        *('#,##0" hari"', "#,##0\\d", "_d* #,##0", "*d0", "[$Rp-421]#,##0", "[Magenta]0", "[<100]0", "0;dd/mm", "0%"),
        *("#,##0;[Red]-#,##0", '0"m"', "[$IDR] #,##0", "0;;;@", '_("Rp"* #,##0_)', "[DBNum1]0", '"dd;mm"0'),
    ],
)
def test_a_format_of_figures_is_no_date_whatever_letters_it_shows(code: str) -> None:
    assert not shows_date(code)


@pytest.mark.parametrize(
    ("code", "places"),
    [
        *(("0%", 0), ("0.00%", 2), ("0.0#%", 2), ("#,##0.0 %", 1), ("0.00\\ %", 2), ("[Red]0.0%;-0%", 1), ("%0.00", 2)),
        *(("0", None), ("0.00", None), ('0"%"', None), ("0\\%", None), ("0;0%", None), ("General", None), ("", None)),
    ],
)
def test_a_percent_says_its_decimals(code: str, places: int | None) -> None:
    assert percent_places(code) == places


def test_each_style_says_what_its_number_format_says() -> None:
    assert styles(STYLE_PART) == Styles(frozenset({3}), {2: 0, 4: 2})
    codes = '<numFmt numFmtId="164" formatCode="dd/mm"/><numFmt numFmtId="9" formatCode="0.0%"/><numFmt/>'
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in ("164", "9", "22", "10", "165", "x", "9999999999"))
    named = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    part = f'<s xmlns="{MAIN}"><numFmts>{codes}</numFmts>{named}<cellXfs>{xfs}<xf/></cellXfs></s>'
    read = styles(part, is_1904=True)
    assert read == Styles(frozenset({0, 2}), {1: 1, 3: 2}, is_1904=True)


def test_elements_of_others_and_texts_say_nothing() -> None:
    part = f'<s xmlns="{MAIN}" xmlns:x="x"><x:cellXfs><xf numFmtId="14"/></x:cellXfs>teks</s>'
    assert styles(part) == Styles()
