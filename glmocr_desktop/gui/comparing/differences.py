"""What two texts have in common, word by word, and what only one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A number, a sign of Chinese or Japanese, a word, or any other sign; each with the room behind it.
_WORD = re.compile(rf"(?:\d+(?:[.,]\d+)*|[{_CJK}]|[^\W{_CJK}]+|\S)\s*")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_CHARACTERS = 300_000
_MOST_WORDS = 20_000  # more are compared line by line
_MOST_EXACT = 2_000  # with more, frequent words are left out as beginnings of what is common: it would take seconds


class Side(Enum):
    """Which of two texts has something."""

    BOTH = auto()
    FIRST = auto()
    SECOND = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of two texts; of what both have, as the second one has it."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts in one.

    Attributes:
        pieces: In their order.
        cut_off: Whether the texts are so long that only their beginnings were compared.
    """

    pieces: tuple[Piece, ...]
    cut_off: bool = False


def compare(first: str, second: str) -> Comparison:
    """Find out how two texts differ in their words; where lines are broken does not count.

    Thread: any.
    """
    cut_off = max(len(first), len(second)) > _MOST_CHARACTERS
    first, second = first.strip()[:_MOST_CHARACTERS], second.strip()[:_MOST_CHARACTERS]
    ones, others = _WORD.findall(first), _WORD.findall(second)
    if max(len(ones), len(others)) > _MOST_WORDS:
        ones, others = _LINE.findall(first), _LINE.findall(second)
    return Comparison(tuple(_joined(_pieces(ones, others))), cut_off)


def _pieces(ones: Sequence[str], others: Sequence[str]) -> Iterator[Piece]:
    keys, other_keys = [each.rstrip() for each in ones], [each.rstrip() for each in others]
    begin = 0
    while begin < min(len(keys), len(other_keys)) and keys[begin] == other_keys[begin]:
        begin += 1
    yield Piece(Side.BOTH, "".join(others[:begin]))
    exact = max(len(keys), len(other_keys)) - begin <= _MOST_EXACT
    matcher = SequenceMatcher(None, keys[begin:], other_keys[begin:], autojunk=not exact)
    for kind, low, high, other_low, other_high in matcher.get_opcodes():
        text = "".join(others[begin + other_low : begin + other_high])
        if kind == "equal":
            yield Piece(Side.BOTH, text)
        else:
            yield Piece(Side.FIRST, "".join(ones[begin + low : begin + high]))
            yield Piece(Side.SECOND, text)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces that have words, neighbours of one side as one."""
    open_piece: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if open_piece is not None and piece.side is open_piece.side:
            open_piece = Piece(piece.side, open_piece.text + piece.text)
            continue
        if open_piece is not None:
            yield open_piece
        open_piece = piece
    if open_piece is not None:
        yield open_piece
