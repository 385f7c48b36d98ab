"""Names of documents are as little to be trusted as answers: in no file and no copy do they come alive."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import escape

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from glmocr_desktop.core.model import Document, Result
from glmocr_desktop.documents import printable
from glmocr_desktop.results.clipboard import CopyKind, copy_as, flavours
from glmocr_desktop.results.export import FORMATS
from tests.results.readers import ACTIVE
from tests.support.results import done

_ALIVE = (
    "=cmd|' /C calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '+1-HYPERLINK("http://evil.example")',
    "<script>alert(1)</script>",
    "<img src=http://evil.example/x.png onerror=alert(1)>",
    "![x](http://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "]]><svg onload=alert(1)>",
    "</title><script src=//evil.example></script>",
    r"\write18{calc}\input{/etc/passwd}\openout5=x",
    "\x1b]52;c;x\x07\u202e",
)
_STARTS = ("=", "+", "-", "@", "\t", "\r")
_TEX = re.compile(r"\\(?:write|input|include|openout|openin|catcode|def|immediate|csname|special|directlua)\b")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


def _results(words: str) -> list[Result]:
    """Two documents of this name, so that files tell them apart, in which it is said and stands in a table."""
    text = (
        f"# {words}\n\n{words}\n\n<table><tr><td>{words}</td><td>$ {escape(words)} $</td></tr></table>\n\n$$ {words} $$"
    )
    name = printable(f"{words}.png")  # as `open_document` names it
    documents = [Document(f"{words}.png", f"/{number}/{words}.png", name) for number in range(2)]
    return [done(text, document=each) for each in documents]


def _assert_dead_html(source: str) -> None:
    body = re.sub(r"(?s)<head>.*?</head>", "", source)
    assert (found := ACTIVE.search("".join(re.findall(r"<[^<>]*>", body)))) is None, found
    head = "".join(re.findall(r"(?s)<head>.*?</head>", source))
    assert "<script" not in head
    assert "evil.example></script>" not in source


def _assert_dead_office(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            assert ".." not in part
            source = archive.read(part)
            etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))
            assert b'TargetMode="External"' not in source
            assert not re.search(rb"<f>|<w:instrText|w:fldSimple|HYPERLINK \"", source)
            assert not part.endswith((".bin", ".vml"))


@pytest.mark.parametrize("words", _ALIVE)
def test_no_name_and_no_answer_comes_alive(words: str) -> None:
    results = _results(words)
    for name, each in FORMATS.items():
        content = each.render(results)
        if name in ("docx", "xlsx"):
            _assert_dead_office(content)
            continue
        text = content.decode("utf-8-sig")
        if name != "json":
            assert _CONTROL.search(text) is None, name
        if name in ("csv", "tsv"):
            rows = csv.reader(io.StringIO(text), delimiter="\t" if name == "tsv" else ",")
            assert [cell for row in rows for cell in row if cell.startswith(_STARTS)] == []
        elif name == "html":
            _assert_dead_html(text)
        elif name == "md":
            _assert_dead_html(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text))
        elif name == "tex":
            body = text.partition(r"\begin{document}")[2]
            assert _TEX.search(body) is None, name


@pytest.mark.parametrize("words", _ALIVE)
def test_nothing_in_the_clipboard_comes_alive(words: str) -> None:
    results = _results(words)
    for kind in CopyKind:
        for mime, content in (flavours(results) | copy_as(results, kind)).items():
            if mime == "text/html":
                _assert_dead_html(content.decode())
            elif mime == "image/svg+xml":
                assert not re.search(rb"<script|\son\w+=|<image|<foreignObject|url\(|http://evil", content)
            elif mime in ("text/csv", "text/tab-separated-values"):
                sign = "," if mime == "text/csv" else "\t"
                rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=sign)
                assert [cell for row in rows for cell in row if cell.startswith(_STARTS)] == []
