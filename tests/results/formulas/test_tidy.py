from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from glmocr_desktop.results.formulas import tidy, typeset
from tests.results.formulas.examples import EXAMPLES
from tests.support.growth import TIMES, assert_grows_with_length


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\frac {q l}{2 t _ {1}}", r"\frac{ql}{2t_{1}}"),
        ("x ^ { 2 }", "x^{2}"),
        (r"\alpha x + \beta 2", r"\alpha x+\beta2"),
        (r"\text { a b } x", r"\text{ a b }x"),
        (r"\text{若 } x > 0", r"\text{若 }x>0"),
        (r"a \ b \, c", r"a\ b\,c"),
        (r"a & b \\ c & d", r"a & b \\ c & d"),
        (r"\\ [ 2 ] x", r"\\ [2]x"),
        (r"{ \rm d } x", r"{\rm d}x"),
        (r"\operatorname {a r g m a x} _ { x }", r"\operatorname{argmax}_{x}"),
        (r"\operatorname* { a r g } f", r"\operatorname*{arg}f"),
        (r"\mathrm {d i v} A", r"\mathrm{div}A"),
        (r"\begin {array} { l | c } a \end {array}", r"\begin{array}{l|c}a\end{array}"),
        (r"\left ( a \right ]", r"\left(a\right]"),
        (r"\ce{A -> B} + \tag{1 a}", r"\ce{A -> B}+\tag{1 a}"),
        (r"\verb| a b | c", r"\verb| a b |c"),
        ("$$ x $$", "x"),
        (r"\[ x + y", "x+y"),
        (r"x \)", "x"),
        ("$a$ and $b$", "$a$and$b$"),
        (r"\left\{ a", r"\left\{a"),
        (r"5 % x", r"5\%x"),
        (r"\text{ 5 % }", r"\text{ 5 \% }"),
        (r"a \%", r"a\%"),
        ("", ""),
        ("\\", "\\"),
    ],
)
def test_blanks_that_mean_nothing_go(latex: str, wanted: str) -> None:
    assert tidy(latex) == wanted


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_else_changes(name: str) -> None:
    """Letter by letter: a name that the model spelled out is one word afterwards."""
    tidied = tidy(EXAMPLES[name])
    assert tidy(tidied) == tidied
    before, after = (ET.fromstring(typeset(latex, display=True).mathml) for latex in (EXAMPLES[name], tidied))
    assert "".join(after.itertext()).split() == "".join(before.itertext()).split()
    leaves = ("mi", "mn", "mo", "mrow")
    shapes = [[each.tag for each in root.iter() if not each.tag.endswith(leaves)] for root in (before, after)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("part", [r"x _ { 1 } ", r"\text { a ", "{ ", "$ ", "\\ ", r"\verb|", r"\[ ", "\\"])
def test_long_ones_take_time_by_their_length_only(part: str) -> None:
    short, long = (part * (length // len(part)) for length in (12_000, 12_000 * TIMES))
    assert_grows_with_length(tidy, short, long)
