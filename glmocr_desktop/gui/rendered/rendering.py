"""Results cut into pieces that can be shown one at a time, so that no page is too long to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from glmocr_desktop.core.model import Block, BlockKind, Item, Result, Run, Style
from glmocr_desktop.gui.rendered.table_slices import CHUNK_COST_US, Grid, cells_cost, runs_cost, slices
from glmocr_desktop.results import inline

Formula = tuple[str, bool]
"""LaTeX, and whether it stands on a line of its own."""

_TEXT_COST_US = 100  # and a microsecond for each character


@dataclass(frozen=True, slots=True)
class Source:
    """A page to be shown.

    Attributes:
        title: What stands above it; empty for nothing.
        note: What stands in its place when it was not read.
    """

    result: Result
    title: str = ""
    note: str = ""


class Role(Enum):
    """What a piece is to the reader."""

    BODY = auto()
    TITLE = auto()
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a page, or a part of a long one.

    Attributes:
        page: Its place among the results that are shown, from 0.
        block: Its place among the blocks of that page; -1 for words of the program.
        content: The block, or what is left of it in this part; of a table without its cells.
        grid: The cells of a table.
        begins: Whether it is the first part of its block.
        ends: Whether it is the last one.
        cost_us: About how long its layout takes.
    """

    page: int
    block: int
    content: Block
    role: Role = Role.BODY
    grid: Grid | None = None
    begins: bool = True
    ends: bool = True
    cost_us: int = _TEXT_COST_US

    def texts(self) -> Iterator[tuple[Run, ...]]:
        """Its paragraphs, entries, lines or cells, as they are shown."""
        kind = self.content.kind
        if self.grid is not None:
            yield from (place.runs for place in self.grid.places)
        elif kind is BlockKind.LIST:
            yield from (item.runs for item in self.content.items)
        elif kind is BlockKind.FORMULA:
            yield (Run(self.content.text, Style.FORMULA),)
        elif kind is BlockKind.CODE:
            yield (Run(self.content.text, Style.CODE),)
        else:
            yield self.content.runs or (Run(self.content.text),)

    def formulas(self) -> Iterator[Formula]:
        """The formulas in it."""
        display = self.content.kind is BlockKind.FORMULA
        return ((run.text, display) for runs in self.texts() for run in runs if Style.FORMULA in run.style)


Chunk = tuple[Piece, ...]


def prepared(page: int, source: Source) -> tuple[Chunk, ...]:
    """A page as chunks, each of which is quick to show.

    Args:
        page: Its place among those that are shown.
        source: What was read there.

    Thread: any; takes milliseconds for each thousand cells.
    """
    pieces: list[Piece] = []
    if source.title:
        pieces.append(Piece(page, -1, Block(BlockKind.PARAGRAPH, source.title), Role.TITLE))
    if source.note:
        pieces.append(Piece(page, -1, Block(BlockKind.PARAGRAPH, source.note), Role.NOTE))
    else:
        for number, block in enumerate(source.result.blocks):
            pieces += _pieces(page, number, block)
    return tuple(_chunks(pieces))


def _chunks(pieces: Iterable[Piece]) -> Iterator[Chunk]:
    chunk: list[Piece] = []
    cost = 0
    for piece in pieces:
        if chunk and cost + piece.cost_us > CHUNK_COST_US:
            yield tuple(chunk)
            chunk, cost = [], 0
        chunk.append(piece)
        cost += piece.cost_us
    if chunk:
        yield tuple(chunk)


def _pieces(page: int, number: int, block: Block) -> list[Piece]:
    if block.kind is BlockKind.TABLE:
        empty = replace(block, rows=(), source="")
        pieces = [Piece(page, number, empty, grid=grid, cost_us=cells_cost(grid.places)) for grid in slices(block)]
    else:
        parts = _parts(block)
        pieces = [Piece(page, number, part, cost_us=_text_cost(part)) for part in parts]
    last = len(pieces) - 1
    return [replace(piece, begins=at == 0, ends=at == last) for at, piece in enumerate(pieces)]


def _text_cost(block: Block) -> int:
    if block.items:
        return sum(_TEXT_COST_US + runs_cost(item.runs) for item in block.items)
    return _TEXT_COST_US + runs_cost(block.runs or (Run(block.text),))


# Text


def _parts(block: Block) -> list[Block]:
    """A block of words in parts that are quick to lay out."""
    if _text_cost(block) <= CHUNK_COST_US or block.kind is BlockKind.FORMULA:
        return [block]
    if block.kind is BlockKind.LIST:
        bunches: list[list[int]] = [[]]
        cost = 0
        for at, item in enumerate(block.items):
            cost += _TEXT_COST_US + runs_cost(item.runs)
            if bunches[-1] and cost > CHUNK_COST_US:
                bunches.append([])
                cost = 0
            bunches[-1].append(at)
        return [
            Block(BlockKind.LIST, items=tuple(item for at in bunch for item in _items(block, at))) for bunch in bunches
        ]
    if block.kind is BlockKind.CODE:
        return [replace(block, text=part, source="") for part in _cut(block.text)]
    return [
        Block(block.kind, inline.plain(runs), runs, level=block.level)
        for runs in _cut_runs(block.runs or (Run(block.text),))
    ]


def _items(block: Block, at: int) -> Iterator[Item]:
    item = block.items[at]
    for runs in _cut_runs(item.runs):
        yield replace(item, runs=runs)


def _cut_runs(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    part: list[Run] = []
    length = 0
    for run in runs:
        pieces = [run.text] if Style.FORMULA in run.style else _cut(run.text)
        for text in pieces:
            if part and length + len(text) > CHUNK_COST_US:
                yield tuple(part)
                part, length = [], 0
            part.append(Run(text, run.style))
            length += len(text)
    yield tuple(part)


def _cut(text: str) -> list[str]:
    """A text in parts of at most half a chunk, cut at the ends of lines or words where there are any."""
    parts: list[str] = []
    limit = CHUNK_COST_US // 2
    at = 0
    while len(text) - at > limit:
        end = max(text.rfind("\n", at + 1, at + limit), 0) or max(text.rfind(" ", at + 1, at + limit), 0)
        end = end + 1 if end else at + limit
        parts.append(text[at:end])
        at = end
    return [*parts, text[at:]]
