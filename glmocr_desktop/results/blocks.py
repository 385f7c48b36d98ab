"""A raw answer becomes paragraphs, tables and formulas; no text is ever lost on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from glmocr_desktop.core.model import Block, BlockKind, Cell, Result

_MAX_SPAN = 1000  # the HTML standard's limit of colspan

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_WHOLE_FENCE = re.compile(r"\A\s*```(?:markdown|md|html)?[ \t]*\n(?P<body>.*?)\n?```\s*\Z", re.DOTALL | re.IGNORECASE)
_PARTS = re.compile(
    r"(?P<fence>^```.*?^```[^\n]*$)"
    r"|(?P<table><table\b.*?</table\s*>)"
    r"|\$\$(?P<dollars>.+?)\$\$"
    r"|\\\[(?P<brackets>.+?)\\\]",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def parse(text: str, *, formatted: bool = True) -> tuple[Block, ...]:
    r"""Split an answer into blocks.

    Args:
        text: Light Markdown with HTML tables and formulas between ``$$`` or ``\[ \]``.
        formatted: False for plain lines, in which every sign means itself.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not formatted:
        return _paragraphs(text)
    if (whole := _WHOLE_FENCE.match(text)) and "```" not in whole["body"]:
        text = whole["body"]
    blocks: list[Block] = []
    end = 0
    for part in _PARTS.finditer(text):
        blocks += _paragraphs(text[end : part.start()])
        blocks += _part(part)
        end = part.end()
    return (*blocks, *_paragraphs(text[end:]))


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


def _paragraphs(text: str) -> tuple[Block, ...]:
    parts = (part.strip("\n") for part in _BLANK_LINES.split(text))
    return tuple(Block(BlockKind.PARAGRAPH, part.rstrip()) for part in parts if part.strip())


def _part(part: re.Match[str]) -> tuple[Block, ...]:
    if part["fence"]:
        return (Block(BlockKind.PARAGRAPH, part["fence"]),)
    if part["table"]:
        rows = _TableParser.read(part["table"])
        # A table without cells may still hold words.
        return (Block(BlockKind.TABLE, rows=rows),) if rows else _paragraphs(re.sub(r"<[^>]*>", " ", part["table"]))
    latex = (part["dollars"] or part["brackets"]).strip()
    return (Block(BlockKind.FORMULA, latex),) if latex else _paragraphs(part[0])


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
        parser.feed(html)
        parser.close()
        parser._end_cell()
        rows = parser.rows
        height = len(rows)
        # A span may not reach below the last row: there is nothing to cover.
        clipped = (
            tuple(replace(cell, row_span=min(cell.row_span, height - number)) for cell in row)
            for number, row in enumerate(rows)
        )
        return tuple(clipped) if any(rows) else ()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
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
        if self._depth <= 1 and tag in ("td", "th", "tr", "table"):
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


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and value.strip().isdecimal() else 1
