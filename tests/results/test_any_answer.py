"""Any answer at all: it is parsed, shown, copied, corrected and exported, and every file can be opened."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from glmocr_desktop.core.model import Mode
from glmocr_desktop.results import contract, render
from glmocr_desktop.results.blocks import as_received, grid, parse, places, with_block, with_text
from glmocr_desktop.results.clipboard import CopyKind, copy_as, flavours, simple_flavours
from glmocr_desktop.results.export import FORMATS
from glmocr_desktop.results.formulas import tidy, typeset
from glmocr_desktop.results.json_answers import as_code, template_suspects
from glmocr_desktop.results.page_formulas import page_formulas, with_formula
from glmocr_desktop.results.suspects import find_suspects
from glmocr_desktop.results.table import Table
from tests.results.readers import ACTIVE
from tests.support.anything import answers, json_values
from tests.support.results import done

pytestmark = pytest.mark.fuzz

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SLOW = settings(max_examples=max(10, settings().max_examples // 4))
_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _alive(html: str) -> str:
    """What of a page's tags would do something."""
    body = re.sub(r"(?s)<head>.*?</head>", "", html)
    found = ACTIVE.search("".join(re.findall(r"<[^<>]*>", body)))
    return found[0] if found else ""


@given(text=answers, formatted=st.booleans(), mode=st.sampled_from(Mode))
def test_an_answer_is_parsed_doubted_and_shown(text: str, formatted: bool, mode: Mode) -> None:
    result = done(text, formatted=formatted)
    find_suspects(text, formatted=formatted, prompt="Text Recognition:", mode=mode)
    assert _alive(render.html(result)) == ""
    assert _alive(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(render.markdown(result))) == ""
    assert _CONTROL.search(render.plain_text(result)) is None
    for block in result.blocks:
        lines = grid(block)
        assert len({len(line) for line in lines}) <= 1
        assert all(row < len(lines) for row, _, _ in places(block))
    assert json.loads(contract.json_text(contract.page_object(result)))["text"] == text


@given(text=answers, formatted=st.booleans(), other=answers, which=st.integers(0, 9))
def test_an_answer_is_corrected(text: str, formatted: bool, other: str, which: int) -> None:
    result = done(text, formatted=formatted)
    if not result.blocks:
        return
    index = which % len(result.blocks)
    corrected = with_block(result, index, other)
    assert as_received(corrected).text == text
    assert as_received(with_text(corrected, text)) == result
    for formula in page_formulas(result):
        assert as_received(with_formula(result, formula, other)).text == text
    for block in result.blocks:
        if block.rows:
            table = Table.of(block.rows)
            assert Table.of(table.rows).rows == table.rows
            assert [table.turned().turned().rows] == [table.rows]


@_SLOW
@given(text=answers, kind=st.sampled_from(CopyKind))
def test_every_file_of_an_answer_can_be_opened(text: str, kind: CopyKind) -> None:
    result = done(text)
    for name, each in FORMATS.items():
        content = each.render([result, done("second", number=2)])
        if name in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for part in archive.namelist():
                    etree.fromstring(archive.read(part), _XML)
                    assert b'TargetMode="External"' not in archive.read(part)
            continue
        written = content.decode("utf-8-sig")
        if name == "json":
            json.loads(written)
        elif name == "html":
            assert _alive(written) == ""
        elif name in ("csv", "tsv"):
            list(csv.reader(io.StringIO(written), strict=True))
    for flavour in (flavours([result]), simple_flavours([result]), copy_as([result], kind)):
        for content in flavour.values():
            assert content is not None


@_SLOW
@given(latex=answers, display=st.booleans())
def test_a_formula_is_drawn_or_refused(latex: str, display: bool) -> None:
    assert tidy(tidy(latex)) == tidy(latex)
    drawn = typeset(latex, display=display)
    assert bool(drawn.svg) or bool(drawn.error)
    for source in (drawn.svg, drawn.mathml):
        if source:
            etree.fromstring(source.encode(), _XML)
            assert re.search(r"<script|\son\w+=|href|url\(|<foreignObject|<image", source) is None


@given(answer=json_values.map(json.dumps) | answers, template=json_values.map(json.dumps))
def test_an_answer_that_was_to_be_json_is_compared(answer: str, template: str) -> None:
    assert set(template_suspects(answer, template)) <= {"not_json", "missing_keys"}
    assert parse(as_code(answer)) is not None
