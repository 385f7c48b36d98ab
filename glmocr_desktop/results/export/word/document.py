"""A document of a word processor, with real tables, lists and equations."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from glmocr_desktop.core.model import Block, BlockKind, Result, Run
from glmocr_desktop.results import inline
from glmocr_desktop.results.export.layout import by_document
from glmocr_desktop.results.export.word.lists import Numbering
from glmocr_desktop.results.export.word.styles import TEXT_WIDTH, prepare
from glmocr_desktop.results.export.word.table import tables
from glmocr_desktop.results.export.word.words import element, equation, legal, paragraph, value, words
from glmocr_desktop.results.render import not_read

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_WRITTEN = (1980, 1, 1, 0, 0, 0)  # the earliest time that an archive knows: equal results make equal files
_STYLE = re.compile(r"<w:pStyle [^<>]*/>")
_LONGEST_TITLE = 255  # of a document's properties


def render(results: Sequence[Result]) -> bytes:
    """The content of a file that holds these pages in this order."""
    from docx import Document

    word: WordDocument = Document()
    prepare(word)
    documents = by_document(results)
    _describe(word, [pages[0].job.page.document.name for pages in documents])
    numbering = Numbering()
    parts: list[str] = []
    for pages in documents:
        for page in pages:
            title = _titled(page.job.page.document.name) if page is pages[0] and len(documents) > 1 else ""
            content = title + "".join(_page(page, numbering))
            parts.append(_on_new_page(content) if parts else content)
    if not parts[-1].endswith("</w:p>"):
        parts.append(_gap())  # a document ends with a paragraph
    return _packed(word, "".join(parts), numbering)


def _describe(word: WordDocument, names: Sequence[str]) -> None:
    properties = word.core_properties
    properties.author = properties.last_modified_by = "GLM-OCR Desktop"
    properties.title = legal(", ".join(names))[:_LONGEST_TITLE]
    properties.comments = ""
    package = word.part.package
    for part in package.iter_parts():
        if part.partname == "/docProps/core.xml":  # has the dates of the template
            for date in [*part.element.findall("{*}created"), *part.element.findall("{*}modified")]:
                part.element.remove(date)
    for key, related in list(package.rels.items()):
        if related.reltype.endswith("/thumbnail"):  # a picture of the template
            del package.rels[key]


def _page(result: Result, numbering: Numbering) -> Iterator[str]:
    if missing := not_read(result):
        yield paragraph(words([Run(missing)]), value("w:pStyle", "NotRead"))
        return
    table = False
    for block in result.blocks:
        for each in _block(block, numbering):
            if table:
                yield _gap()  # tables with nothing between them would become one
            yield each
            table = each.startswith("<w:tbl>")


def _block(block: Block, numbering: Numbering) -> Iterator[str]:
    match block.kind:
        case BlockKind.TABLE:
            yield from tables(block, TEXT_WIDTH)
        case BlockKind.LIST:
            yield from numbering.entries(block.items)
        case BlockKind.FORMULA:
            drawn = equation(block.text, display=True)
            yield paragraph([drawn]) if drawn else _code(block.text)
        case BlockKind.CODE:
            yield _code(block.text)
        case BlockKind.HEADING:
            yield _words(block, value("w:pStyle", f"Heading{block.level}"))
        case _:
            yield _words(block)


def _words(block: Block, *properties: str) -> str:
    direction = [element("w:bidi")] if inline.is_right_to_left(block.text) else []
    return paragraph(words(block.runs or [Run(block.text)]), *properties, *direction)


def _code(text: str) -> str:
    return paragraph(words([Run(text)]), value("w:pStyle", "CodeBlock"))


def _titled(name: str) -> str:
    direction = [element("w:bidi")] if inline.is_right_to_left(name) else []
    return paragraph(words([Run(name)]), value("w:pStyle", "Title"), *direction)


def _gap() -> str:
    return paragraph([], element("w:spacing", {"before": 0, "after": 0, "line": 160, "lineRule": "exact"}))


def _on_new_page(content: str) -> str:
    """Content that begins a page: its first paragraph says so, or an empty one before a table."""
    if not content.startswith("<w:p>"):
        content = _gap() + content
    if not content.startswith("<w:p><w:pPr>"):
        return f"<w:p><w:pPr><w:pageBreakBefore/></w:pPr>{content.removeprefix('<w:p>')}"
    at = len("<w:p><w:pPr>")
    if style := _STYLE.match(content, at):
        at = style.end()
    return f"{content[:at]}<w:pageBreakBefore/>{content[at:]}"


def _packed(word: WordDocument, body: str, numbering: Numbering) -> bytes:
    """The bytes of the file, without the times at which its parts were written.

    Args:
        word: An empty document; the size of its paper is the last that its body has.
        body: XML that comes before it.
        numbering: All its lists.
    """
    loose, packed = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                before, paper, after = content.partition(b"<w:sectPr")
                content = before + body.encode() + paper + after
            elif name == "word/numbering.xml":
                content = numbering.xml().encode()
            target.writestr(zipfile.ZipInfo(name, _WRITTEN), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
