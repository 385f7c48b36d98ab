"""Sizes and colours of a rendered document, and how high its parts will be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPalette

from glmocr_desktop.core.model import BlockKind
from glmocr_desktop.gui.rendered.rendering import Chunk, Piece, Source
from glmocr_desktop.gui.theme import mixed, muted_colour


@dataclass(frozen=True)
class Look:
    """Sizes and colours of a document.

    Attributes:
        font: Of its words.
        em_px: The size of that font in pixels.
        letter_px: About how wide its wider letters are.
        room_px: How wide a line is.
        base: The ground.
    """

    font: QFont
    em_px: float
    letter_px: float
    room_px: float
    base: QColor
    line: QColor
    shade: QColor
    muted: QColor

    @classmethod
    def of(cls, font: QFont, palette: QPalette, room_px: float) -> Look:
        """The look in a font, and in the colours of a palette."""
        text, base = QPalette.ColorRole.Text, QPalette.ColorRole.Base
        return cls(
            font,
            float(QFontInfo(font).pixelSize()),
            QFontMetricsF(font).horizontalAdvance("0"),
            room_px,
            palette.color(base),
            mixed(palette, text, base, 0.3),
            mixed(palette, text, base, 0.07),
            muted_colour(palette),
        )

    def chunk_height(self, chunk: Chunk) -> float:
        """About how high a chunk will be, in pixels, before anything is laid out."""
        return sum(map(self._piece_height, chunk))

    def page_height(self, source: Source) -> float:
        """About how high a page will be, in pixels, before it is even prepared."""
        text = source.result.text
        return self.em_px * (4 + 1.6 * self._lines(len(text)) + 1.6 * text.count("<tr"))

    def _piece_height(self, piece: Piece) -> float:
        if piece.grid is not None:
            return piece.grid.height * 2.0 * self.em_px
        if piece.content.kind is BlockKind.FORMULA:
            return 4 * self.em_px
        lines = sum(self._lines(sum(len(run.text) for run in runs)) for runs in piece.texts())
        return (lines * 1.6 + 1) * self.em_px

    def _lines(self, characters: int) -> int:
        return 1 + int(characters * 0.5 * self.em_px / max(100.0, self.room_px))
