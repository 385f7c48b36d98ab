"""HTML files: complete in themselves, and nothing of an answer comes alive in them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from glmocr_desktop.core.model import Document, Result
from glmocr_desktop.results.export.web import FORMAT
from glmocr_desktop.results.export.web.math import for_browsers
from tests.results.answers import ANSWERS
from tests.results.export.pages import SPANS, formula, inline_formula, missing_page, page, table, words
from tests.results.formulas.examples import EXAMPLES
from tests.support.results import done

_NAMES = """
html head meta title style body main article header section div p h1 h2 h3 h4 h5 h6 ul ol li table tbody thead tr
td th br em strong s code pre math
"""
_ALLOWED = set(_NAMES.split())


class _Elements(HTMLParser):
    """The elements outside of formulas, with their attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(re.sub(r"(?s)(<math[^>]*>).*?</math>", r"\1</math>", source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _rendered(*results: Result) -> str:
    return FORMAT.render(results).decode()


def test_the_file_loads_nothing_and_says_so() -> None:
    source = _rendered(page(words("x"), formula("x^2"), SPANS))
    assert source.startswith("<!DOCTYPE html>")
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in source
    assert '<meta charset="utf-8">' in source
    assert re.search(r"(?:src|href|action)\s*=|url\(|@import", source) is None


@pytest.mark.parametrize("name", ANSWERS)
def test_only_known_elements_are_in_an_answer(name: str) -> None:
    elements = _Elements(_rendered(done(ANSWERS[name][0]))).found
    assert {tag for tag, _ in elements} <= _ALLOWED
    assert not [name for _, given in elements for name in given if name.startswith("on") or name in ("src", "href")]


def test_formulas_are_mathml() -> None:
    source = _rendered(page(words("Let ", inline_formula(r"\frac{a}{b}")), formula(r"\sqrt{x}"), table(("$y^{2}$",))))
    assert source.count("<math") == 3
    assert re.search(r"<p>Let <math[^>]*><mfrac>", source)
    assert re.search(r'<div class="formula"><math display="block"[^>]*><msqrt>', source)
    assert re.search(r"<td[^>]*><math[^>]*><msup>", source)


def test_every_formula_is_well_formed() -> None:
    source = _rendered(page(*map(formula, EXAMPLES.values())))
    maths = re.findall(r"(?s)<math.*?</math>", source)
    assert len(maths) > 0.9 * len(EXAMPLES)
    for each in maths:
        assert ElementTree.fromstring(each).tag.endswith("}math")


def test_what_is_no_formula_stays_latex() -> None:
    source = _rendered(page(formula(r"\nosuch{<b>}"), words(inline_formula(r"\nosuch{<i>}"))))
    assert r"<pre>\nosuch{&lt;b&gt;}</pre>" in source
    assert r"<code>\nosuch{&lt;i&gt;}</code>" in source


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('<mi mathvariant="double-struck">R</mi>', '<mi mathvariant="normal">ℝ</mi>'),
        ('<mi mathvariant="double-struck">E</mi>', '<mi mathvariant="normal">𝔼</mi>'),
        ('<mi mathvariant="script">L</mi>', '<mi mathvariant="normal">ℒ</mi>'),
        ('<mi mathvariant="fraktur">Cg</mi>', '<mi mathvariant="normal">ℭ𝔤</mi>'),
        ('<mi mathvariant="bold">x</mi>', '<mi mathvariant="normal">𝐱</mi>'),
        ('<mi mathvariant="bold-italic">α</mi>', '<mi mathvariant="normal">𝜶</mi>'),
        ('<mn mathvariant="bold">1</mn>', '<mn mathvariant="normal">𝟏</mn>'),
        ('<mi mathvariant="italic">h</mi>', '<mi mathvariant="normal">ℎ</mi>'),
        ('<mi mathvariant="bold">中</mi>', '<mi mathvariant="normal">中</mi>'),
        ('<mi mathvariant="normal">d</mi>', '<mi mathvariant="normal">d</mi>'),
        ("<mi>x</mi>", "<mi>x</mi>"),
    ],
)
def test_letters_of_other_styles_are_signs_of_their_own(given: str, shown: str) -> None:
    assert for_browsers(given) == shown


def test_pages_have_numbers_and_missing_ones_are_marked() -> None:
    source = _rendered(
        page(words("one")), missing_page(2), page(words("three"), number=3), page(words("part"), number=3)
    )
    assert re.findall(r'<section id="([^"]*)">', source) == [
        f"document-1-page-{number}" for number in ("1", "2", "3", "3-2")
    ]
    assert re.findall(r'class="page">([^<]*)<', source) == ["Page 1", "Page 2", "Page 3", "Page 3"]
    assert '<p class="not-read"><em>[Page 2 was not read:' in source


def test_a_single_page_has_no_number_and_no_title_above_it() -> None:
    source = _rendered(page(words("one")))
    assert 'class="page"' not in source
    assert "<header>" not in source
    assert "<title>scan.png</title>" in source


def test_documents_have_titles_when_there_are_several() -> None:
    one, other = (Document(name, f"/{name}", name) for name in ("<b>&.pdf", "会议.png"))
    source = _rendered(page(words("x"), document=one), page(words("y"), document=other))
    assert re.findall(r"<header><p[^>]*>(.*?)</p>", source) == ["&lt;b&gt;&amp;.pdf", "会议.png"]
    assert source.count("<article>") == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("会议纪要 GLM", "zh"),
        ("日本語のテキスト", "ja"),
        ("한국어 텍스트", "ko"),
        ("مرحبا بالعالم", "ar"),
        ("שלום עולם", "he"),
        ("An English text that quotes 会议 once.", "en"),
        ("1234", "en"),
    ],
)
def test_the_language_is_told_by_the_script(text: str, code: str) -> None:
    assert f'<html lang="{code}">' in _rendered(done(text))


def test_a_table_from_right_to_left_runs_so() -> None:
    source = _rendered(page(table(("الاسم", "السعر")), SPANS))
    assert re.findall(r'<div class="wide"([^>]*)>', source) == [' dir="rtl"', ""]
