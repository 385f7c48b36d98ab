"""HTML: one file that can be read anywhere, without a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from glmocr_desktop.core.model import Block, BlockKind, Result
from glmocr_desktop.results import formulas, inline
from glmocr_desktop.results.export.layout import by_document
from glmocr_desktop.results.export.script import language
from glmocr_desktop.results.export.web.math import for_browsers
from glmocr_desktop.results.export.web.page import whole_page
from glmocr_desktop.results.render import block_html, block_text, encoded, latex_html, not_read, plain_text


def render(results: Sequence[Result]) -> bytes:
    """The content of a file that holds these pages in this order."""
    documents = by_document(results)
    names = [pages[0].job.page.document.name for pages in documents]
    body = "\n".join(_document(pages, number, titled=len(documents) > 1) for number, pages in enumerate(documents, 1))
    read = (plain_text(each) for each in results if not not_read(each))
    return encoded(whole_page(", ".join(names), language(read), body))


def _document(pages: Sequence[Result], number: int, *, titled: bool) -> str:
    """The pages of a document.

    Args:
        pages: Of one document.
        number: Which document of the file it is, from 1.
        titled: Whether its name stands above it.
    """
    name = escape(pages[0].job.page.document.name)
    header = f'<header><p dir="auto">{name}</p></header>\n' if titled else ""
    numbered = len(pages) > 1 or pages[0].job.page.count > 1
    known: Counter[int] = Counter()
    sections: list[str] = []
    for page in pages:
        order = page.job.page.number
        known[order] += 1
        again = f"-{known[order]}" if known[order] > 1 else ""  # parts of a page are read one by one
        sections.append(_page(page, f"document-{number}-page-{order}{again}", numbered=numbered))
    content = "\n".join(sections)
    return f"<article>\n{header}{content}\n</article>"


def _page(result: Result, identity: str, *, numbered: bool) -> str:
    mark = f'<p class="page">Page {result.job.page.number}</p>\n' if numbered else ""
    if missing := not_read(result):
        content = f'<p class="not-read"><em>{escape(missing)}</em></p>'
    else:
        content = "\n".join(_block(block) for block in result.blocks)
    return f'<section id="{identity}">\n{mark}{content}\n</section>'


def _block(block: Block) -> str:
    html = block_html(block, _formula)
    if block.kind is not BlockKind.TABLE:
        return html
    # What may be wider than the page scrolls by itself.
    direction = ' dir="rtl"' if inline.is_right_to_left(block_text(block)) else ""
    return f'<div class="wide"{direction}>{html}</div>'


def _formula(latex: str, display: bool) -> str:
    """A formula as MathML, which browsers draw by themselves; as its LaTeX when not all of it could be read."""
    typeset = formulas.typeset(latex, display=display)
    if typeset.error or not typeset.mathml:
        return latex_html(latex, display)
    math = for_browsers(typeset.mathml)
    return f'<div class="formula">{math}</div>' if display else math
