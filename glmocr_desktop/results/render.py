"""Blocks as plain text, Markdown and HTML: the forms that views, clipboard and files share.

Nothing from an answer reaches the HTML unescaped, and nothing in it can load anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from glmocr_desktop.core.model import Block, BlockKind, Cell, JobState, Result
from glmocr_desktop.results.blocks import grid

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>$|~&])|^([#+=\-]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)  # four blanks would make the line code
# What stands in formulas and code means itself; elsewhere Markdown writes signs with a backslash or as entities.
_WRITTEN_SIGNS = re.compile(
    r"(?P<kept>\$[^$\n]+\$|\\\(.+?\\\)|`[^`\n]+`)"
    r"|\\(?P<sign>[!-'*-/:-@\\^-`{-~])"  # not brackets: they are formulas that have no end
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")


def not_read(result: Result) -> str:
    """The line that stands for a page without a result; empty when it has one."""
    if result.state is JobState.DONE:
        return ""
    reason = result.error.message if result.error else result.state.value
    return f"[Page {result.job.page.number} was not read: {reason}]"


def plain_text(result: Result) -> str:
    """The result as plain text; tables as lines with tabs."""
    return not_read(result) or "\n\n".join(_plain(block, formatted=result.formatted) for block in result.blocks)


def markdown(result: Result) -> str:
    """The result as Markdown; tables that span cells stay HTML, which Markdown allows."""
    return not_read(result) or "\n\n".join(_markdown(block, formatted=result.formatted) for block in result.blocks)


def html(result: Result) -> str:
    """The result as a fragment of HTML without script, style or anything that would be loaded."""
    if missing := not_read(result):
        return f"<p><em>{escape(missing)}</em></p>"
    return "\n".join(_html(block, formatted=result.formatted) for block in result.blocks)


def table_html(table: Block) -> str:
    """A table with its spans on one line of HTML."""
    rows = "".join(f"<tr>{''.join(_cell_html(cell) for cell in row)}</tr>" for row in table.rows)
    return f'<table border="1" cellspacing="0" cellpadding="4">{rows}</table>'


def encoded(text: str) -> bytes:
    """UTF-8 for a file or the clipboard; halves of characters, which have no encoding, become question marks."""
    return text.encode("utf-8", "replace")


def joined(parts: Iterable[str]) -> str:
    """Pages one after another."""
    return "\n\n".join(part for part in parts if part)


def _plain(block: Block, *, formatted: bool) -> str:
    if block.kind is BlockKind.TABLE:
        return "\n".join("\t".join(_one_line(text) for text in row) for row in grid(block))
    if block.kind is BlockKind.PARAGRAPH and formatted and not block.text.startswith("```"):
        return _WRITTEN_SIGNS.sub(lambda m: m["kept"] or m["sign"] or unescape(m["entity"]), block.text)
    return block.text


def _markdown(block: Block, *, formatted: bool) -> str:
    if block.kind is BlockKind.FORMULA:
        return f"$$\n{block.text}\n$$"
    if block.kind is BlockKind.TABLE:
        return _markdown_table(block, formatted=formatted)
    if formatted:
        return block.text
    return _escaped(_INDENT.sub("", block.text)).replace("\n", "  \n")


def _escaped(text: str) -> str:
    """Plain text as Markdown that shows it as it is."""
    return _MARKDOWN_SIGNS.sub(lambda m: f"\\{m[1]}" if m[1] else _escaped_start(m[2]), text)


def _escaped_start(sign: str) -> str:
    """A sign that would begin a heading or a list; of a number, the point behind it is what counts."""
    return f"{sign}\\" if sign.isdecimal() else f"\\{sign}"


def _markdown_table(table: Block, *, formatted: bool) -> str:
    cells = [cell for row in table.rows for cell in row]
    if any(cell.row_span > 1 or cell.col_span > 1 or "\n" in cell.text for cell in cells):
        return table_html(table)
    rows = [[_markdown_cell(text, formatted=formatted) for text in row] for row in grid(table)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    rule = f"|{' --- |' * len(rows[0])}"
    return "\n".join([lines[0], rule, *lines[1:]])


def _markdown_cell(text: str, *, formatted: bool) -> str:
    # A cell's text has no tags any more: what looks like one was written as entities, and must not come alive.
    return _TAG_START.sub(r"\\<", text).replace("|", "\\|") if formatted else _escaped(text)


def _html(block: Block, *, formatted: bool) -> str:
    if block.kind is BlockKind.TABLE:
        return table_html(block)
    if block.kind is BlockKind.FORMULA:
        return f"<pre>{escape(block.text)}</pre>"
    if formatted:
        return str(_markdown_parser().render(block.text)).strip()
    return f"<p>{escape(block.text).replace(chr(10), '<br>')}</p>"


def _cell_html(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    )
    return f"<{tag}{spans}>{escape(cell.text).replace(chr(10), '<br>')}</{tag}>"


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _markdown_parser() -> MarkdownIt:
    """Markdown without raw HTML, and without links and images: an answer may not make anybody load anything."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline", "image", "link", "autolink", "reference"])
    return parser.use(dollarmath_plugin, allow_space=True, allow_digits=False, renderer=_math_html)


def _math_html(content: str, _options: dict[str, Any]) -> str:
    return f"<code>{escape(content.strip())}</code>"
