"""A raw answer becomes paragraphs, tables and formulas; no text is ever lost on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from glmocr_desktop.core.model import Block, BlockKind, Cell, Result

_MAX_SPAN = 1000  # the HTML standard's limit of colspan
_MAX_AREA = 200_000  # places in a grid; a looping model writes tables whose spans would fill the memory
_MAX_NESTING = 20

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")  # cannot be written to any file
_WHOLE_FENCE = re.compile(
    r"\A\s*```(?:markdown|md|html)?[ \t]*\n(?P<body>.*?)(?:\n?```\s*)?\Z", re.DOTALL | re.IGNORECASE
)
_OPENERS = re.compile(
    r"(?P<fence>^```)|(?P<table><table\b)|(?P<dollars>\$\$)|(?P<brackets>\\\[)", re.IGNORECASE | re.MULTILINE
)
_CLOSERS = {
    "fence": re.compile(r"^```[^\n]*", re.MULTILINE),
    "dollars": re.compile(r"\$\$"),
    "brackets": re.compile(r"\\\]"),
}
_TABLE_TAG = re.compile(r"<(?P<end>/?)table\b[^<>]*>?", re.IGNORECASE)
_CELL_TAG = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_STRAY_BRACKET = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_BLANKS = re.compile(r"[ \t]*")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_TAGS = re.compile(
    "a|abbr|b|big|br|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol"
    "|p|pre|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var"
)


def parse(text: str, *, formatted: bool = True) -> tuple[Block, ...]:
    r"""Split an answer into blocks.

    Args:
        text: Light Markdown with HTML tables and formulas between ``$$`` or ``\[ \]``.
        formatted: False for plain lines, in which every sign means itself.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _HALF_CHARACTER.sub("\ufffd", text)
    if not formatted:
        return _paragraphs(text)
    if (whole := _WHOLE_FENCE.match(text)) and "```" not in whole["body"]:
        text = whole["body"]
    return _split(text)


def with_text(result: Result, text: str) -> Result:
    """The result as a user corrected it."""
    return replace(result, text=text, blocks=parse(text, formatted=result.formatted))


def grid(table: Block) -> list[list[str]]:
    """The texts of a table in rows of equal length; a cell that spans stands at its first place only."""
    taken: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            for i in range(cell.row_span):
                for j in range(cell.col_span):
                    taken.setdefault((row + i, column + j), "" if i or j else cell.text)
            column += cell.col_span
    width = max((column for _, column in taken), default=-1) + 1
    return [[taken.get((row, column), "") for column in range(width)] for row in range(len(table.rows))]


def _split(text: str) -> tuple[Block, ...]:
    """The blocks of light Markdown, in time that grows with the length of the text only."""
    blocks: list[Block] = []
    never_closed: set[str] = set()
    begin = at = 0
    while opener := _OPENERS.search(text, at):
        kind = str(opener.lastgroup)
        end = None if kind in never_closed else _end(kind, text, opener)
        if end is None:  # nor will a later one of its kind be closed
            never_closed.add(kind)
            at = opener.end()
            continue
        blocks += _paragraphs(text[begin : opener.start()])
        blocks += _part(kind, text[opener.start() : end])
        blanks = _BLANKS.match(text, end)
        begin = at = blanks.end() if blanks else end
    return (*blocks, *_paragraphs(text[begin:]))


def _end(kind: str, text: str, opener: re.Match[str]) -> int | None:
    """Where a part ends; None when it does not."""
    if kind == "table":
        return _table_end(text, opener.start())
    closer = _CLOSERS[kind].search(text, opener.end())
    return closer.end() if closer else None


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


def _paragraphs(text: str) -> tuple[Block, ...]:
    parts = (part.strip("\n") for part in _BLANK_LINES.split(text))
    return tuple(Block(BlockKind.PARAGRAPH, part.rstrip()) for part in parts if part.strip())


def _part(kind: str, text: str) -> tuple[Block, ...]:
    if kind == "fence":
        return (Block(BlockKind.PARAGRAPH, text),)
    if kind == "table":
        rows = _TableParser.read(text)
        return (Block(BlockKind.TABLE, rows=rows),) if rows else ()
    latex = text[2:-2].strip()
    return (Block(BlockKind.FORMULA, latex),) if latex else _paragraphs(text)


class _TableParser(HTMLParser):
    """Collects the cells of one table; a table inside a cell becomes part of the cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self._cell: tuple[int, int, bool] | None = None
        self._words: list[str] = []
        self._depth = 0

    @classmethod
    def read(cls, html: str) -> tuple[tuple[Cell, ...], ...]:
        parser = cls()
        parser.feed(_STRAY_BRACKET.sub("&lt;", html))
        parser.close()
        parser._end_cell()
        height = len(parser.rows)
        # A span may not reach below the last row: there is nothing to cover.
        rows = tuple(
            tuple(replace(cell, row_span=min(cell.row_span, height - number)) for cell in row)
            for number, row in enumerate(parser.rows)
        )
        if sum(cell.row_span * cell.col_span for row in rows for cell in row) > _MAX_AREA:
            rows = tuple(tuple(replace(cell, row_span=1, col_span=1) for cell in row) for row in rows)
        return rows if any(rows) else ()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            self._words.append(" ")
        elif _is_text(tag, attrs):
            self._words.append(self.get_starttag_text() or "")
        elif self._depth > 1:
            self._words.append(" ")
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            values = dict(attrs)
            self._cell = _span(values.get("rowspan")), _span(values.get("colspan")), tag == "th"
        elif tag in ("br", "p", "div", "li"):
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
            self._words.append(" ")
        elif not _TAGS.fullmatch(tag):
            self._words.append(f"</{tag}>")
        if self._depth < 1 or (self._depth == 1 and tag in ("td", "th", "tr")):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _end_cell(self) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._words).split("\n"))
        text = "\n".join(line for line in lines if line)
        self._words.clear()
        if self._cell is not None:
            row_span, col_span, header = self._cell
            self.rows[-1].append(Cell(text, row_span, col_span, header))
            self._cell = None
        elif text:  # words between cells, or a caption: a row of their own
            self.rows.append([Cell(text)])


def _is_text(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Whether what looks like a tag are words, as in ``a<b and c>d`` or ``<name>``."""
    return not _TAGS.fullmatch(tag) or (len(tag) == 1 and any(value is None for _, value in attrs))


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    if not digits.isdecimal():
        return 1
    return min(max(int(digits), 1), _MAX_SPAN) if len(digits) <= len(str(_MAX_SPAN)) else _MAX_SPAN
