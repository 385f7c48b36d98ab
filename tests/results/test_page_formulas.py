"""One formula of a page is corrected, and nothing else."""

from __future__ import annotations

import pytest

from glmocr_desktop.core.model import Result, Style
from glmocr_desktop.results.blocks import with_text
from glmocr_desktop.results.page_formulas import page_formulas, received_latex, with_formula
from tests.support.growth import TIMES, assert_grows_with_length
from tests.support.results import done

_TEXT = (
    "# On $ a ^ 2 $\n\nFirst **$b$** and \\( c \\), then `$b$` and $ b $.\n\n- $d$\n- and $ e $ again $d$\n\n"
    "$$ f _ { 1 } $$\n\n<table><tr><td>$g$</td></tr></table>\n\nlast $h$"
)


def test_the_formulas_of_a_page_come_in_their_order() -> None:
    formulas = page_formulas(done(_TEXT))
    assert [each.latex for each in formulas] == ["a^2", "b", "c", "b", "d", "e", "d", "f_{1}", "h"]
    assert [each.latex for each in formulas if each.display] == ["f_{1}"]


@pytest.mark.parametrize("number", range(9))
def test_each_formula_can_be_replaced_alone(number: int) -> None:
    result = done(_TEXT)
    changed = with_formula(result, page_formulas(result)[number], "\\omega")
    expected = [each.latex for each in page_formulas(result)]
    expected[number] = "\\omega"
    assert [each.latex for each in page_formulas(changed)] == expected
    assert changed.received == _TEXT
    for before, after in zip(result.blocks, changed.blocks, strict=True):
        if before is not result.blocks[page_formulas(result)[number].block]:
            assert after.source == before.source


def test_around_a_formula_within_words_every_sign_stays() -> None:
    result = done(_TEXT)
    changed = with_formula(result, page_formulas(result)[3], "x\ny")
    assert changed.blocks[1].source == "First **$b$** and \\( c \\), then `$b$` and $x y$."


def test_what_was_received_is_found_again() -> None:
    result = done("so $ x ^ { 2 } $\n\n$$ y _ { 1 } $$")
    result = with_formula(result, page_formulas(result)[0], "z")
    result = with_formula(result, page_formulas(result)[1], "w")
    assert [received_latex(result, number) for number in range(2)] == ["x ^ { 2 }", "y _ { 1 }"]
    assert received_latex(with_text(result, "$a$ $b$ $c$"), 1) == ""


def test_formulas_of_plain_lines_are_none() -> None:
    assert page_formulas(done("$x$", formatted=False)) == ()


def test_a_formula_in_a_style_is_still_a_formula() -> None:
    (block,) = done("**bold $x$ words**").blocks
    assert [run.style & Style.FORMULA for run in block.runs if run.text == "x"] == [Style.FORMULA]


def test_a_looping_answer_takes_time_by_its_length_only() -> None:
    def change(result: Result) -> None:
        changed = with_formula(result, page_formulas(result)[-1], "z")
        assert changed.text.endswith("$y$ $z$ ")

    short, long = (done("\\( " * 10 * count + "$x$ " + "$y$ " * count) for count in (100, 100 * TIMES))
    assert_grows_with_length(change, short, long)
