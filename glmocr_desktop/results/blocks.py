"""A raw answer becomes paragraphs, headings, lists, tables, formulas and code; no text is ever lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from glmocr_desktop.core.model import Block, BlockKind, Cell, Region, Result
from glmocr_desktop.results.cleaning import unwrapped, without_controls
from glmocr_desktop.results.formulas import tidy
from glmocr_desktop.results.html_tables import UNSEEN_TAGS, read_tables
from glmocr_desktop.results.prose import plain_paragraphs, read_prose
from glmocr_desktop.results.source import code_block, source_of

_MAX_NESTING = 20
_LONGEST_QUOTED = 1000  # characters

_OPENERS = re.compile(
    r"(?P<fence>^ {0,3}```)|(?P<table><table\b)|(?P<dollars>\$\$)|(?P<brackets>\\\[)"
    r"|(?P<environment>\\begin *\{(?P<name>(?:equation|align|alignat|gather|multline|eqnarray|displaymath)\*?)\})"
    rf"|(?P<unseen><(?P<tag>{'|'.join(sorted(UNSEEN_TAGS))})\b)|(?P<comment><!--)",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSERS = {
    "fence": re.compile(r"^ {0,3}```+[ \t]*$", re.MULTILINE),
    "dollars": re.compile(r"\$\$"),
    "brackets": re.compile(r"\\\]"),
    "comment": re.compile(r"-->"),
}
_TABLE_TAG = re.compile(r"<(?P<end>/?)table\b[^<>]*>?", re.IGNORECASE)
_CELL_TAG = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]*")


def parse(text: str, *, formatted: bool = True) -> tuple[Block, ...]:
    r"""Split an answer into blocks.

    Args:
        text: Light Markdown with HTML tables and formulas between ``$$`` or ``\[ \]``.
        formatted: False for plain lines, in which every sign means itself.
    """
    text = without_controls(text)
    return tuple(_split(unwrapped(text)) if formatted else plain_paragraphs(text))


def located(blocks: tuple[Block, ...], regions: Sequence[Region]) -> tuple[Block, ...]:
    """Blocks that know where they stand on the page, when there is one region for each."""
    if len(regions) != len(blocks):
        return blocks
    return tuple(replace(block, regions=(region,)) for block, region in zip(blocks, regions, strict=True))


def with_text(result: Result, text: str) -> Result:
    """The result as a user corrected it; the answer as it was received is kept beside it."""
    received = result.text if result.received is None else result.received
    return replace(_read_again(result, text), received=None if text == received else received)


def with_block(result: Result, index: int, source: str) -> Result:
    """The result with another source for one of its blocks; the others keep theirs."""
    sources = [source if number == index else block.source for number, block in enumerate(result.blocks)]
    return with_text(result, "\n\n".join(each for each in sources if each))


def as_received(result: Result) -> Result:
    """The result without anybody's corrections."""
    if result.received is None:
        return result
    return replace(_read_again(result, result.received), received=None)


def _read_again(result: Result, text: str) -> Result:
    blocks = parse(text, formatted=result.formatted)
    if len(blocks) == len(result.blocks):  # each stands where it stood
        blocks = tuple(replace(now, regions=before.regions) for now, before in zip(blocks, result.blocks, strict=True))
    return replace(result, text=text, blocks=blocks)


def places(table: Block) -> list[tuple[int, int, Cell]]:
    """Where each cell of a table begins: row and column of its grid, from 0."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, Cell]] = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            found.append((row, column, cell))
            taken.update((row + i, column + j) for i in range(cell.row_span) for j in range(cell.col_span))
            column += cell.col_span
    return found


def grid(table: Block) -> list[list[str]]:
    """The texts of a table in rows of equal length; a cell that spans stands at its first place only."""
    begun = places(table)
    width = max((column + cell.col_span for _, column, cell in begun), default=0)
    lines = [[""] * width for _ in table.rows]
    for row, column, cell in begun:
        lines[row][column] = cell.text
    return lines


def _split(text: str) -> list[Block]:
    """The blocks of light Markdown, in time that grows with the length of the text only."""
    blocks: list[Block] = []
    never_closed: set[str] = set()
    begin = at = 0
    while opener := _OPENERS.search(text, at):
        kind = next(name for name in _READERS if opener[name] is not None)
        mark = opener[0].lower()
        if kind != "fence" and _is_quoted(text, opener):
            at = opener.end()
            continue
        end = None if mark in never_closed else _end(kind, text, opener)
        if end is not None and kind in ("dollars", "brackets") and not text[opener.end() : end - 2].strip():
            at = end  # a row of signs is no formula
            continue
        if end is None:  # nor will a later one of its kind be closed
            never_closed.add(mark)
            at = opener.end()
            continue
        blocks += read_prose(text[begin : opener.start()])
        blocks += _READERS[kind](text[opener.start() : end])
        blanks = _BLANKS.match(text, end)
        begin = at = blanks.end() if blanks else end
    return blocks + read_prose(text[begin:])


def _is_quoted(text: str, opener: re.Match[str]) -> bool:
    """Whether what opens something is only spoken of, as code within a line."""
    place = opener.start()
    line_begin = max(text.rfind("\n", 0, place) + 1, place - _LONGEST_QUOTED)
    line_end = text.find("\n", place, place + _LONGEST_QUOTED)
    behind = text[opener.end() : line_end if line_end >= 0 else place + _LONGEST_QUOTED]
    return text.count("`", line_begin, place) % 2 == 1 and "`" in behind


def _end(kind: str, text: str, opener: re.Match[str]) -> int | None:
    """Where a part ends; None when it does not."""
    if kind == "table":
        return _table_end(text, opener.start())
    closer = _CLOSERS.get(kind)
    if kind == "unseen":
        closer = re.compile(rf"</{opener['tag']}\s*>", re.IGNORECASE)
    elif kind == "environment":
        closer = re.compile(rf"\\end *\{{{re.escape(opener['name'])}\}}")
    assert closer is not None
    found = closer.search(text, opener.end())
    return found.end() if found else None


def _table_end(text: str, start: int) -> int | None:
    """Behind the table's own end; else behind the first end of any; else, when it was cut off, the end of the text."""
    depth, first = 0, None
    for tag in _TABLE_TAG.finditer(text, start):
        depth += -1 if tag["end"] else 1
        if tag["end"] and first is None:
            first = tag.end()
        if depth == 0:
            return tag.end()
        if depth > _MAX_NESTING:
            break
    if first is None and _CELL_TAG.search(text, start):
        return len(text)
    return first


def _code(source: str) -> list[Block]:
    first, _, rest = source.partition("\n")
    body = rest.rpartition("\n")[0]
    info = first.strip().lstrip("`").strip()
    if info.lower() in ("markdown", "md", "html"):
        return _split(body)
    if info.lower() in ("latex", "tex", "math") and "$" not in body:
        return _formula(f"$${body}$$")
    return [code_block(info, body, source)]


def _tables(source: str) -> list[Block]:
    blocks = read_tables(source)
    if len(blocks) == 1:
        return [replace(blocks[0], source=source)]
    return [replace(block, source=source_of(block)) for block in blocks]


def _formula(source: str) -> list[Block]:
    received = (source if source.startswith("\\begin") else source[2:-2]).strip()
    latex = tidy(received)
    if not latex:
        return list(plain_paragraphs(source))
    return [Block(BlockKind.FORMULA, latex, received="" if received == latex else received, source=source)]


def _nothing(_source: str) -> list[Block]:
    return []


_READERS: dict[str, Callable[[str], list[Block]]] = {
    "fence": _code,
    "table": _tables,
    "dollars": _formula,
    "brackets": _formula,
    "environment": _formula,
    "unseen": _nothing,
    "comment": _nothing,
}
