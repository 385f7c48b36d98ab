"""Results as plain text, Markdown and HTML: the forms that views, clipboard and files share.

Nothing from an answer reaches the HTML unescaped, and nothing in it can load anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from glmocr_desktop.core.model import Block, BlockKind, Cell, Item, JobState, Result, Run, Style
from glmocr_desktop.results import inline
from glmocr_desktop.results.blocks import grid
from glmocr_desktop.results.source import escaped, latex_source, source_of, span_attributes, table_source

FormulaHtml = Callable[[str, bool], str]
"""HTML for the LaTeX of a formula that stands in the text or, when the second value is true, by itself."""

_TAGS = ((Style.CODE, "code"), (Style.STRIKE, "s"), (Style.ITALIC, "em"), (Style.BOLD, "strong"))


def not_read(result: Result) -> str:
    """The line that stands for a page without a result; empty when it has one."""
    if result.state is JobState.DONE:
        return ""
    reason = result.error.message if result.error else result.state.value
    return f"[Page {result.job.page.number} was not read: {reason}]"


def plain_text(result: Result) -> str:
    """The result as plain text; tables as lines with tabs."""
    return not_read(result) or "\n\n".join(block_text(block) for block in result.blocks)


def markdown(result: Result) -> str:
    """The result as Markdown; tables that span cells stay HTML, which Markdown allows."""
    return not_read(result) or "\n\n".join(block_markdown(block) for block in result.blocks)


def latex_html(latex: str, display: bool) -> str:
    """A formula as its LaTeX."""
    return f"<pre>{escape(latex)}</pre>" if display else f"<code>{escape(latex)}</code>"


def html(result: Result, formula: FormulaHtml = latex_html) -> str:
    """The result as a fragment of HTML without script, style or anything that would be loaded."""
    if missing := not_read(result):
        return f"<p><em>{escape(missing)}</em></p>"
    return "\n".join(block_html(block, formula) for block in result.blocks)


def block_text(block: Block) -> str:
    """A block as plain text."""
    if block.kind is BlockKind.TABLE:
        return "\n".join("\t".join(_one_line(text) for text in row) for row in grid(block))
    return block.text


def block_markdown(block: Block) -> str:
    """A block as Markdown."""
    return _markdown_table(block) if block.kind is BlockKind.TABLE else source_of(block)


def block_html(block: Block, formula: FormulaHtml = latex_html) -> str:
    """A block as HTML."""
    match block.kind:
        case BlockKind.TABLE:
            return table_html(block.rows, formula)
        case BlockKind.FORMULA:
            return formula(block.text, True)
        case BlockKind.CODE:
            return f"<pre><code>{escape(block.text)}</code></pre>"
        case BlockKind.HEADING:
            return f"<h{block.level}{_direction(block.text)}>{runs_html(block.runs, formula)}</h{block.level}>"
        case BlockKind.LIST:
            return _list_html(block.items, formula)
        case _:
            return f"<p{_direction(block.text)}>{runs_html(block.runs, formula)}</p>"


def runs_html(runs: Iterable[Run], formula: FormulaHtml = latex_html) -> str:
    """Words with their styles as HTML."""
    return "".join(_run_html(run, formula) for run in runs)


def table_html(rows: Sequence[Sequence[Cell]], formula: FormulaHtml = latex_html) -> str:
    """A table with its spans on one line of HTML."""
    lines = ("".join(_cell_html(cell, formula) for cell in row) for row in rows)
    return f'<table border="1" cellspacing="0" cellpadding="4">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def encoded(text: str) -> bytes:
    """UTF-8 for a file or the clipboard; halves of characters, which have no encoding, become question marks."""
    return text.encode("utf-8", "replace")


def joined(parts: Iterable[str]) -> str:
    """Pages one after another."""
    return "\n\n".join(part for part in parts if part)


def _markdown_table(table: Block) -> str:
    cells = [cell for row in table.rows for cell in row]
    if any(cell.row_span > 1 or cell.col_span > 1 or "\n" in cell.text for cell in cells):
        return table_source(table.rows)
    rows = [[_markdown_cell(text) for text in row] for row in grid(table)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    rule = f"|{' --- |' * len(rows[0])}"
    return "\n".join([lines[0], rule, *lines[1:]])


def _markdown_cell(text: str) -> str:
    parts = (
        f"${latex_source(run.text)}$".replace("|", "\\vert ") if Style.FORMULA in run.style else escaped(run.text)
        for run in inline.runs(text)
    )
    return "".join(parts)


def _run_html(run: Run, formula: FormulaHtml) -> str:
    if Style.FORMULA in run.style:
        return formula(run.text, False)
    text = escape(run.text, quote=False).replace("\n", "<br>")
    for style, tag in _TAGS:
        if style in run.style:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _list_html(items: Sequence[Item], formula: FormulaHtml) -> str:
    """Items as lists within lists; an item that is nested hangs below the one before it."""
    html: list[str] = []
    open_lists: list[str] = []
    numbers: list[int] = []  # that the next item of each open list has by itself
    for item in items:
        tag = "ul" if item.number is None else "ol"
        while len(open_lists) > item.level + 1 or (len(open_lists) == item.level + 1 and open_lists[-1] != tag):
            html.append(f"</li></{open_lists.pop()}>")
            numbers.pop()
        if len(open_lists) == item.level + 1:
            html.append("</li>")
        while len(open_lists) < item.level + 1:
            html.append(f"<{tag}>" if len(open_lists) == item.level else f"<{tag}><li>")
            open_lists.append(tag)
            numbers.append(1)
        value = f' value="{item.number}"' if item.number not in (None, numbers[-1]) else ""
        numbers[-1] = (item.number or 0) + 1
        html.append(f"<li{value}{_direction(inline.plain(item.runs))}>{runs_html(item.runs, formula)}")
    html += [f"</li></{tag}>" for tag in reversed(open_lists)]
    return "".join(html)


def _cell_html(cell: Cell, formula: FormulaHtml) -> str:
    tag = "th" if cell.header else "td"
    attributes = span_attributes(cell) + _direction(cell.text)
    return f"<{tag}{attributes}>{runs_html(inline.runs(cell.text), formula)}</{tag}>"


def _direction(text: str) -> str:
    return ' dir="rtl"' if inline.is_right_to_left(text) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
