from __future__ import annotations

import importlib.metadata
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.plugin import QtBot

from glmocr_desktop.results.formulas import Typeset, available, engine, typeset
from tests.results.formulas.examples import BROKEN, EXAMPLES

MATHML = "{http://www.w3.org/1998/Math/MathML}"
SVG = "{http://www.w3.org/2000/svg}"
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
LEAVES = ("mi", "mn", "mo", "mtext")


def ink(formula: Typeset, colour: str = "#000000") -> list[int]:
    """How dark each column of the painted formula is, in pixels."""
    image = QImage(round(formula.width_ex * 8) + 1, 60, QImage.Format.Format_Grayscale8)
    image.fill(255)
    renderer = QSvgRenderer(QByteArray(formula.coloured(colour).encode()))
    assert renderer.isValid()
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return [sum(image.pixelColor(x, y).value() < 128 for y in range(60)) for x in range(image.width())]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_drawn_by_qt_without_an_error(name: str, qtbot: QtBot) -> None:
    formula = typeset(EXAMPLES[name], display=True)
    assert (str(formula.error), formula.error_at) == ("", None)
    assert sum(ink(formula)) > 5
    assert formula.width_ex > 0
    assert 0 < formula.height_ex + formula.depth_ex < 40


@pytest.mark.parametrize("name", BROKEN)
def test_of_a_broken_formula_something_is_drawn_and_its_error_told(name: str, qtbot: QtBot) -> None:
    formula = typeset(BROKEN[name], display=True)
    assert str(formula.error).endswith(".")
    assert formula.error_at is not None
    assert 0 <= formula.error_at <= len(BROKEN[name])
    assert sum(ink(formula)) > 2


def test_drawings_hold_shapes_only() -> None:
    roots = [ET.fromstring(typeset(latex, display=True).svg) for latex in EXAMPLES.values()]
    assert {root.tag for root in roots} == {f"{SVG}svg"}
    for element in (each for root in roots for each in root.iter() if each is not root):
        assert element.tag.removeprefix(SVG) in {"g", "path", "rect", "line", "polygon", "ellipse", "text"}
        for key, value in element.attrib.items():
            assert key not in ("style", "class", "id", "href")
            assert not key.startswith(("data-", "on", "{"))
            assert value != "currentColor"
            assert "url" not in value


def test_mathml_is_in_order() -> None:
    roots = [ET.fromstring(typeset(latex, display=True).mathml) for latex in EXAMPLES.values()]
    assert {(root.tag, root.get("display")) for root in roots} == {(f"{MATHML}math", "block")}
    for element in (each for root in roots for each in root.iter()):
        tag = element.tag.removeprefix(MATHML)
        assert element.tag.startswith(MATHML)
        assert tag != "mlabeledtr"
        assert not [key for key in element.attrib if key.startswith("data-") or key in ("class", "style", "href")]
        if tag in CHILDREN:
            assert len(element) == CHILDREN[tag]
        if tag in LEAVES:
            assert len(element) == 0
        else:
            assert not (element.text or "").strip()
        if tag == "mtable":
            assert {child.tag for child in element} <= {f"{MATHML}mtr"}
        if tag == "mtr":
            assert {child.tag for child in element} <= {f"{MATHML}mtd"}


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"\mathbb{R}", "ℝ"),
        (r"\mathbb{A}", "𝔸"),
        (r"\mathcal{L}", "ℒ"),
        (r"\mathfrak{g}", "𝔤"),
        (r"\mathbf{v1}", "𝐯𝟏"),
        (r"\boldsymbol{\alpha}", "𝜶"),
        (r"\mathtt{T}", "𝚃"),
        (r"\mathrm{d}", "d"),
    ],
)
def test_alphabets_are_in_the_characters(latex: str, letters: str) -> None:
    """Browsers no longer look at `mathvariant`."""
    assert "".join(ET.fromstring(typeset(latex).mathml).itertext()) == letters


def test_a_stretched_brace_has_no_gaps(qtbot: QtBot) -> None:
    brace = typeset(r"\overbrace{\hspace{12em}}", display=True)
    columns = ink(brace)
    assert min(columns[2:-3]) > 0


def test_a_brace_ends_where_its_formula_ends(qtbot: QtBot) -> None:
    """Its middle is cut out of a longer bar."""
    columns = ink(typeset(r"\overbrace{\hspace{12em}}\hspace{3em}x", display=True))
    blank = columns[len(columns) * 13 // 16 : len(columns) * 14 // 16]
    assert sum(blank) == 0


def test_rules_of_a_table_are_painted(qtbot: QtBot) -> None:
    ruled = ink(typeset(r"\begin{array}{c|c} a & b \\ c & d \end{array}", display=True))
    assert max(ruled) == 60


def test_a_box_is_framed(qtbot: QtBot) -> None:
    assert max(ink(typeset(r"\boxed{x}", display=True))) > 50


def test_the_depth_is_what_hangs_below_the_line() -> None:
    assert typeset("x").depth_ex == pytest.approx(0, abs=0.1)
    assert typeset("x").height_ex == pytest.approx(1, abs=0.1)
    assert typeset(r"\frac{a}{b}", display=True).depth_ex > 1
    assert typeset(r"\sum_i^n", display=True).depth_ex > typeset(r"\sum_i^n").depth_ex


def test_a_drawing_takes_any_colour(qtbot: QtBot) -> None:
    formula = typeset("x + \\textcolor{red}{y} + \\textcolor{black}{z}")
    assert formula.coloured("#abcdef").count('"#abcdef"') >= 2
    assert '"red"' in formula.coloured("white")
    assert "black" not in formula.svg
    with pytest.raises(ValueError, match="not a colour"):
        formula.coloured('"/><script>')


@pytest.mark.parametrize(
    ("latex", "begin", "end"),
    [
        (r"\frac{a}{b \unknown c} d", 12, 12),
        (r"$$ a + \unknown $$", 7, 7),
        (r"x^2^3 + y", 2, 4),
        ("a } b", 2, 3),
        (r"\frac{a}{x^2^3}", 11, 13),
    ],
)
def test_an_error_is_where_it_is(latex: str, begin: int, end: int) -> None:
    at = typeset(latex).error_at
    assert at is not None
    assert begin <= at <= end


def test_an_unknown_command_is_named_and_the_rest_is_drawn() -> None:
    formula = typeset(r"a + \unknown{b}")
    assert str(formula.error) == r"Unknown command \unknown."
    assert [each.text for each in ET.fromstring(formula.mathml).iter() if each.text] == ["a", "+", "\\unknown", "b"]


def test_a_tag_stands_after_its_line() -> None:
    words = [each.text for each in ET.fromstring(typeset(r"x \tag{1}").mathml).iter(f"{MATHML}mtext")]
    assert words[-1] == "(1)"


def test_delimiters_change_nothing() -> None:
    plain = typeset("x^2")
    assert {typeset(latex).svg for latex in ("$x^2$", "$$x^2$$", r"\(x^2\)", r"\[ x^2 \]", " x^2\n")} == {plain.svg}


@pytest.mark.parametrize(
    "define", [r"\newcommand{\mine}{x}", r"\def\mine{x}", r"\let\mine\alpha", r"\DeclareMathOperator{\mine}{x}"]
)
def test_a_command_defined_in_one_formula_is_unknown_to_the_next(define: str) -> None:
    assert str(typeset(define + r" \mine").error) == ""
    assert str(typeset(r"\mine + 1").error) == r"Unknown command \mine."


def test_a_command_taken_over_by_one_formula_is_itself_in_the_next() -> None:
    before = typeset(r"\frac{1}{2}").mathml
    typeset(r"\renewcommand{\frac}[2]{#2} \definecolor{red}{rgb}{0,0,1} \frac{1}{2}")
    assert typeset(r"\frac{1}{2} ").mathml == before


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\color{url(http://example.com/x.svg)}{x}",
        r"\bbox[border: 1px solid url(http://example.com)]{x}",
        r"\mmlToken{mi}[href=javascript:alert(1)]{x}",
        r"\style{background: url(http://example.com)}{x}",
        r"\text{<script>alert(1)</script>} x",
        r"\operatorname{<img src=x onerror=alert(1)>}",
        r"\require{html} x",
        r"\enclose{circle}[style='x:y' href='http://example.com']{x}",
    ],
)
def test_nothing_comes_alive(latex: str) -> None:
    formula = typeset(latex)
    for written in (formula.svg, formula.mathml):
        written = written.replace("http://www.w3.org/", "")
        for dangerous in ("<script", "<img", "href", "style=", "http:", "javascript:"):
            assert dangerous not in written.replace("&lt;", "")


@pytest.mark.parametrize(
    "latex",
    [
        r"\def\x{\x\x}\x",
        r"\newcommand{\a}{\b}\newcommand{\b}{\a}\a",
        "{" * 5000 + "}" * 5000,
        r"\sqrt{" * 2500 + "x",
        r"\begin{matrix}" + "a&" * 8000,
        "x" * 500_000,
    ],
    ids=["doubling", "circle", "braces", "roots", "columns", "length"],
)
def test_what_would_take_for_ever_is_given_up(latex: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_CPU_LIMIT_S", 0.5)
    begun_s = time.process_time()
    assert typeset(latex).error
    assert time.process_time() - begun_s < 30
    assert not typeset(r"\frac{3}{4}").error


def test_a_formula_as_wide_as_a_town_is_not_drawn() -> None:
    assert typeset(r"\hspace{9999999em} x").svg == ""


def test_what_no_xml_may_hold_is_left_out() -> None:
    formula = typeset("a \x00 + \ud800 b \uffff")
    ET.fromstring(formula.svg)
    ET.fromstring(formula.mathml)
    assert str(formula.error) == ""


def test_an_empty_formula_has_an_error() -> None:
    assert [bool(typeset(latex).error) for latex in ("", "  ", "$$ $$")] == [True] * 3


def test_many_threads_get_each_their_own_formula() -> None:
    formulas = [rf"x_{{{number}}} + y" for number in range(40)] * 2
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(typeset, formulas))
    for latex, formula in zip(formulas, drawn, strict=True):
        assert "".join(ET.fromstring(formula.mathml).itertext()) == "x" + latex[3 : latex.index("}")] + "+y"


def test_other_threads_run_while_formulas_are_set() -> None:
    """More often than once a formula, as it would be if a thread kept the lock."""
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    ticking = threading.Thread(target=tick)
    ticking.start()
    try:
        for number in range(20):
            typeset(rf"\sum_{{k=1}}^{{{number}}} \frac{{k^{{{number}}}}}{{\sqrt{{k + {number}}}}}", display=True)
    finally:
        done.set()
        ticking.join()
    assert ticks > 2 * 20


def test_a_formula_that_was_set_is_known() -> None:
    assert typeset(r"\int_0^1 x") is typeset(r"\int_0^1 x")


def test_without_mathjax_formulas_have_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise PackageNotFoundError(name)

    with monkeypatch.context() as patch:
        patch.setattr(importlib.metadata, "distribution", missing)
        engine.mathjax_folder.cache_clear()
        assert not available()
        formula = typeset("x + not + known + yet")
        assert (formula.svg, formula.mathml) == ("", "")
        assert str(formula.error) == "Formulas cannot be drawn: MathJax is not installed."
    engine.mathjax_folder.cache_clear()
    assert available()
    assert typeset("x + not + known + yet").svg
