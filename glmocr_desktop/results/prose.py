"""Light Markdown, with tags of HTML in it, becomes paragraphs, headings, lists and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from glmocr_desktop.core.model import Block, BlockKind, Cell, Item, Run, Style
from glmocr_desktop.results import inline
from glmocr_desktop.results.formulas import tidy
from glmocr_desktop.results.html_tables import is_tag
from glmocr_desktop.results.markdown_parser import parse_markdown
from glmocr_desktop.results.source import code_block, source_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_LONGEST = 700_000  # characters; a loop of a model is not worth more seconds
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^<>]*)>", re.DOTALL)
_STYLES = {
    **dict.fromkeys(("strong_open", "b", "strong"), Style.BOLD),
    **dict.fromkeys(("em_open", "i", "em", "cite", "dfn", "var"), Style.ITALIC),
    **dict.fromkeys(("s_open", "s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), Style.CODE),
}
# fmt: off
_WORD_TAGS = frozenset([
    "a", "abbr", "big", "font", "img", "ins", "input", "label", "link", "mark", "math", "meta", "q", "small", "span",
    "svg", "u",
])
# fmt: on
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BRACKETS = ("\\[", "\\]", "\\(", "\\)")
_MAX_STYLES = 50  # within each other; a loop may open thousands
_MAX_LEVEL = 8  # of lists; a loop that nests for ever would be all indentation


def read_prose(text: str) -> list[Block]:
    """The blocks of light Markdown; every block knows its own source."""
    if len(text) > _LONGEST:
        return list(plain_paragraphs(text))
    lines = text.split("\n")
    writer = _Writer()
    tokens = parse_markdown(text)
    blocks: list[Block] = []
    at = 0
    while at < len(tokens):  # one outermost element after another
        end = _element_end(tokens, at)
        span = tokens[at].map
        made = writer.write(tokens[at:end])
        if len(made) == 1 and span:
            blocks.append(replace(made[0], source="\n".join(lines[span[0] : span[1]]).strip("\n")))
        else:  # one element of Markdown became several blocks
            blocks += (replace(each, source=source_of(each)) for each in made)
        at = end
    return blocks


def plain_paragraphs(text: str) -> Iterator[Block]:
    """Paragraphs of lines in which every sign means itself."""
    for part in _BLANK_LINES.split(text):
        if part.strip():
            kept = part.strip("\n").rstrip()
            yield Block(BlockKind.PARAGRAPH, kept, (Run(kept),), source=kept)


def _element_end(tokens: list[Token], at: int) -> int:
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place + 1
    return len(tokens)


class _Writer:
    """Makes blocks of Markdown's tokens; HTML that opens in one paragraph may close in a later one."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._words: list[Run] = []
        self._items: list[Item] = []
        self._styles: list[tuple[str, Style, Style]] = []  # name, style, and all styles up to it
        self._numbers: list[int | None] = []  # of the lists around, from the outermost: the next number, or a bullet
        self._level = 0  # of the heading that is open
        self._in_item = False
        self._moved: list[tuple[str, int]] = []

    def write(self, tokens: list[Token]) -> list[Block]:
        """The blocks of one outermost element."""
        cells: list[list[Cell]] = []
        for token in tokens:
            kind = token.type
            if kind == "inline" and cells:
                cells[-1].append(self._cell(token))
            elif kind == "inline":
                self._inline(token.children or ())
            elif kind == "tr_open":
                cells.append([])
            elif kind == "table_close":
                header, *rest = cells
                rows = (tuple(replace(each, header=True) for each in header), *map(tuple, rest))
                self._blocks.append(Block(BlockKind.TABLE, rows=rows))
                cells = []
            elif kind in ("fence", "code_block"):
                self._flush_list()
                self._blocks.append(code_block(token.info.strip(), token.content.rstrip("\n")))
            elif kind == "hr":
                self._flush_list()
                self._words.append(Run(token.markup[1:]))  # the parser counts one too many
                self._end_piece()
            else:
                self._structure(token)
        self._flush_list()
        self._end_piece()
        made, self._blocks = self._blocks, []
        return made

    def _structure(self, token: Token) -> None:
        """The beginning or end of something that holds other things."""
        kind = token.type
        if kind == "heading_open":
            self._level = int(token.tag[1])
        elif kind == "bullet_list_open":
            self._end_item()
            self._numbers.append(None)
        elif kind == "ordered_list_open":
            self._end_item()
            start = token.attrGet("start")
            self._numbers.append(1 if start is None else int(start))
        elif kind == "list_item_open":
            self._begin_item()
        elif kind in ("list_item_close", "bullet_list_close", "ordered_list_close"):
            self._end_item()
            if kind != "list_item_close":
                self._numbers.pop()
        elif kind in ("paragraph_close", "heading_close"):
            if self._in_item:
                self._words.append(Run("\n"))
            else:
                self._end_piece()
            self._level = 0 if kind == "heading_close" else self._level

    def _cell(self, token: Token) -> Cell:
        """A cell of a table of Markdown."""
        kept, self._words = self._words, []
        pieces = len(self._blocks)
        self._inline(token.children or ())
        words, self._words = self._words, kept
        torn = [each.text for each in self._blocks[pieces:]]  # tags that begin lines
        del self._blocks[pieces:]
        return Cell("\n".join([*torn, inline.plain(inline.joined(words))]).strip("\n"))

    def _inline(self, children: Iterable[Token]) -> None:
        for token in children:
            kind = token.type
            if kind == "html_inline":
                self._tag(token.content)
            elif kind == "text":
                self._add(token.content)
            elif kind == "text_special":  # brackets behind a backslash are a formula that never ends
                self._add(token.markup if token.markup in _BRACKETS else token.content)
            elif kind in ("softbreak", "hardbreak"):
                self._add("\n")
            elif kind == "code_inline":
                self._words.append(Run(token.content, self._style | Style.CODE))
            elif kind == "math_inline":
                latex = tidy(token.content)
                closing = "\\)" if token.markup == "\\(" else token.markup
                self._words.append(
                    Run(latex, Style.FORMULA) if latex else Run(f"{token.markup}{token.content}{closing}")
                )
            elif kind in _STYLES:
                self._open_style(kind.removesuffix("_open"), _STYLES[kind])
            elif kind.endswith("_close"):
                self._close_style(kind.removesuffix("_close"))
            elif token.content:
                self._add(token.content)
        self._styles.clear()  # what was not closed ends with the paragraph

    @property
    def _style(self) -> Style:
        return self._styles[-1][2] if self._styles else Style.PLAIN

    def _open_style(self, name: str, style: Style) -> None:
        self._styles.append((name, style, self._style | style))

    def _add(self, text: str) -> None:
        self._words.append(Run(text, self._style))

    def _close_style(self, name: str) -> None:
        for place in range(len(self._styles) - 1, max(-1, len(self._styles) - _MAX_STYLES), -1):
            if self._styles[place][0] == name:
                inner = self._styles[place + 1 :]
                del self._styles[place:]
                for each, style, _ in inner:
                    self._open_style(each, style)
                return

    def _tag(self, source: str) -> None:
        """A tag of HTML among the words."""
        match = _TAG.fullmatch(source)
        name = match["name"].lower() if match else ""
        if match is None or not is_tag(name, match["rest"]):
            self._add(source)
            return
        ends = bool(match["end"])
        if name in ("sub", "sup"):
            self._move(name, ends=ends)
        elif name == "br":
            self._add("\n")
        elif name in _STYLES:
            if ends:
                self._close_style(name)
            else:
                self._open_style(name, _STYLES[name])
        elif name not in _WORD_TAGS:
            self._container(name, ends=ends)

    def _move(self, name: str, *, ends: bool) -> None:
        if not ends:
            self._moved.append((name, len(self._words)))
        elif self._moved and self._moved[-1][0] == name:
            begin = min(self._moved.pop()[1], len(self._words))
            text = inline.plain(self._words[begin:])
            del self._words[begin:]
            if text:
                self._add(inline.raised(text) if name == "sup" else inline.lowered(text))

    def _container(self, name: str, *, ends: bool) -> None:
        """A tag that begins or ends a block."""
        if name in ("ul", "ol"):
            self._end_item()
            if not ends:
                self._numbers.append(1 if name == "ol" else None)
            elif self._numbers:
                self._numbers.pop()
            return
        if name == "li":
            self._begin_item() if not ends else self._end_item()
            return
        if self._in_item:
            self._words.append(Run("\n"))
            return
        self._end_piece()
        self._level = 0 if ends else _HEADINGS.get(name, self._level)

    def _begin_item(self) -> None:
        self._end_item()
        self._end_piece()
        self._in_item = True

    def _end_item(self) -> None:
        if not self._in_item:
            return
        words, self._words = _whole_lines(inline.joined(self._words)), []
        self._in_item = False
        self._moved.clear()
        number = self._numbers[-1] if self._numbers else None
        if words:
            level = min(max(len(self._numbers) - 1, 0), _MAX_LEVEL)
            self._items.append(Item(words, level, number))
        if number is not None:
            self._numbers[-1] = number + 1

    def _flush_list(self) -> None:
        self._end_item()
        if self._items:
            items, self._items = tuple(self._items), []
            self._blocks.append(Block(BlockKind.LIST, "\n".join(map(_entry, items)), items=items))

    def _end_piece(self) -> None:
        """What was collected is a paragraph or a heading."""
        words, self._words = inline.joined(self._words), []
        self._moved.clear()
        if not words or not inline.plain(words).strip():
            return
        self._flush_list()
        kind = BlockKind.HEADING if self._level else BlockKind.PARAGRAPH
        self._blocks.append(Block(kind, inline.plain(words), words, level=self._level))


def _entry(item: Item) -> str:
    mark = "-" if item.number is None else f"{item.number}."
    return f"{'  ' * item.level}{mark} {inline.plain(item.runs)}"


def _whole_lines(words: tuple[Run, ...]) -> tuple[Run, ...]:
    """Words without empty lines."""
    return tuple(_without_empty_lines(words))


def _without_empty_lines(words: Iterable[Run]) -> Iterator[Run]:
    for run in words:
        text = run.text if Style.FORMULA in run.style else re.sub(r"\n\s*\n", "\n", run.text)
        yield Run(text, run.style)
