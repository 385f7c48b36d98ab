"""One copy in many flavours: each program takes the one that it likes best."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from enum import StrEnum

from glmocr_desktop.core.model import Block, BlockKind, Cell, Result, Run, Style
from glmocr_desktop.results import inline
from glmocr_desktop.results.blocks import grid
from glmocr_desktop.results.formulas import typeset
from glmocr_desktop.results.render import (
    block_markdown,
    block_text,
    encoded,
    html,
    joined,
    latex_html,
    markdown,
    plain_text,
    table_html,
)

Flavours = dict[str, bytes]
"""The same by MIME type, texts in UTF-8; what the user's program likes best comes first."""

PLAIN, HTML, MARKDOWN = "text/plain", "text/html", "text/markdown"
MATHML, SVG, CSV, TSV = "application/mathml+xml", "image/svg+xml", "text/csv", "text/tab-separated-values"


class CopyKind(StrEnum):
    """What may be copied alone."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    TSV = "tsv"
    CSV = "csv"
    LATEX = "latex"
    LATEX_INLINE = "latex_inline"
    LATEX_DISPLAY = "latex_display"
    LATEX_BRACKETS = "latex_brackets"
    LATEX_EQUATION = "latex_equation"
    MATHML = "mathml"
    SVG = "svg"
    PNG = "png"

    @property
    def of_tables(self) -> bool:
        """Whether it takes tables only."""
        return self in (CopyKind.TSV, CopyKind.CSV)

    @property
    def of_formulas(self) -> bool:
        """Whether it takes formulas only."""
        return self.name.startswith("LATEX") or self in (CopyKind.MATHML, CopyKind.SVG, CopyKind.PNG)


_AROUND = {
    CopyKind.LATEX: ("", ""),
    CopyKind.LATEX_INLINE: ("$", "$"),
    CopyKind.LATEX_DISPLAY: ("$$\n", "\n$$"),
    CopyKind.LATEX_BRACKETS: ("\\[\n", "\n\\]"),
    CopyKind.LATEX_EQUATION: ("\\begin{equation}\n", "\n\\end{equation}"),
}


def flavours(results: Sequence[Result]) -> Flavours:
    """Results as each program likes them; a table or a formula that stands alone in all that its kind has."""
    blocks = [block for result in results for block in result.blocks]
    if len(results) == len(blocks) == 1:
        if blocks[0].kind is BlockKind.TABLE:
            return table_flavours(blocks[0].rows)
        if blocks[0].kind is BlockKind.FORMULA:
            return formula_flavours(blocks[0].text, display=True)
    return simple_flavours(results) | {HTML: _html_document(joined(html(each, formula_html) for each in results))}


def simple_flavours(results: Sequence[Result]) -> Flavours:
    """Results as text alone, which needs no time."""
    return {
        PLAIN: encoded(joined(plain_text(each) for each in results)),
        MARKDOWN: encoded(joined(markdown(each) for each in results)),
    }


def has_formulas(result: Result) -> bool:
    """Whether there is anything to draw."""
    return any(True for block in result.blocks for _ in formulas(block))


def table_flavours(rows: tuple[tuple[Cell, ...], ...]) -> Flavours:
    """A table, or a part of one."""
    table = Block(BlockKind.TABLE, rows=rows)
    return {
        PLAIN: encoded(block_text(table)),
        MARKDOWN: encoded(block_markdown(table)),
        HTML: _html_document(table_html(rows, formula_html)),
        TSV: encoded(_sheet([table], CopyKind.TSV)),
        CSV: encoded(_sheet([table], CopyKind.CSV)),
    }


def formula_flavours(latex: str, *, display: bool) -> Flavours:
    """One formula; a picture of it is added by whoever can paint."""
    drawn = typeset(latex, display=display)
    copied = {PLAIN: encoded(latex), MARKDOWN: encoded(f"$$\n{latex}\n$$" if display else f"${latex}$")}
    if drawn.mathml:
        copied[HTML] = _html_document(drawn.mathml)
        copied[MATHML] = encoded(drawn.mathml)
    if drawn.svg:
        copied[SVG] = encoded(drawn.coloured("#000000"))
    return copied


def copy_as(results: Sequence[Result], kind: CopyKind) -> Flavours:
    """Results as one kind alone; empty when there is nothing of it."""
    blocks = [block for result in results for block in result.blocks]
    if kind.of_formulas:
        return formulas_as([run.text for block in blocks for run in formulas(block)], kind)
    if kind.of_tables:
        tables = [block for block in blocks if block.kind is BlockKind.TABLE]
        return {PLAIN: encoded(_sheet(tables, kind))} if tables else {}
    match kind:
        case CopyKind.MARKDOWN:
            text = joined(markdown(each) for each in results)
            return {PLAIN: encoded(text), MARKDOWN: encoded(text)}
        case CopyKind.HTML:
            text = joined(html(each, formula_html) for each in results)
            return {PLAIN: encoded(text), HTML: _html_document(text)}
        case _:
            return {PLAIN: encoded(joined(plain_text(each) for each in results))}


def formulas_as(latex: Sequence[str], kind: CopyKind) -> Flavours:
    """Formulas as one kind alone; a picture is of the first one."""
    if not latex:
        return {}
    if kind in _AROUND:
        before, behind = _AROUND[kind]
        return {PLAIN: encoded("\n\n".join(f"{before}{each}{behind}" for each in latex))}
    drawn = [typeset(each, display=True) for each in latex]
    if kind is CopyKind.MATHML:
        text = encoded("\n".join(each.mathml for each in drawn if each.mathml))
        return {PLAIN: text, MATHML: text} if text else {}
    picture = encoded(drawn[0].coloured("#000000")) if drawn[0].svg else b""
    if not picture:
        return {}
    return {SVG: picture} if kind is CopyKind.PNG else {PLAIN: picture, SVG: picture}


def formulas(block: Block) -> Iterator[Run]:
    """The formulas of a block, in their order."""
    if block.kind is BlockKind.FORMULA:
        yield Run(block.text, Style.FORMULA)
        return
    texts = [inline.runs(cell.text) for row in block.rows for cell in row]
    for runs in (block.runs, *(item.runs for item in block.items), *texts):
        yield from (run for run in runs if Style.FORMULA in run.style)


def formula_html(latex: str, display: bool) -> str:
    """A formula as MathML; as its LaTeX when it cannot be drawn."""
    return typeset(latex, display=display).mathml or latex_html(latex, display)


def _sheet(tables: Sequence[Block], kind: CopyKind) -> str:
    """Tables as lines for a spreadsheet, with an empty line between them."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t" if kind is CopyKind.TSV else ",", lineterminator="\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        writer.writerows([" ".join(text.split()) for text in row] for row in grid(table))
    return stream.getvalue()


def _html_document(fragment: str) -> bytes:
    return encoded(f'<meta charset="utf-8">{fragment}')
