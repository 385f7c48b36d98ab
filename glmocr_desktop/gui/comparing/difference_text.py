"""Two texts in one: what only the first has is struck out, what only the second has is underlined."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.comparing.differences import Comparison, Side
from glmocr_desktop.gui.theme import reading_font

_MARGIN_PX = 16
_GROUND = 0.16  # of a colour's strength


class DifferenceText(QTextEdit):
    """Shows a comparison, and goes from difference to difference.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differenceText")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setAcceptDrops(False)  # the window takes them
        self.viewport().setAcceptDrops(False)
        self.document().setDocumentMargin(_MARGIN_PX)
        self.setFont(reading_font(self.font()))
        self._places: list[tuple[int, int]] = []

    @property
    def count(self) -> int:
        """How many differences there are; what takes the place of something else is one."""
        return len(self._places)

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show how two texts differ; None for nothing."""
        self.clear()
        self._places = []
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        pieces = comparison.pieces if comparison else ()
        before = Side.BOTH
        for piece, following in zip_longest(pieces, pieces[1:]):
            begin = cursor.position()
            body = piece.text.rstrip()
            cursor.insertText(body, side_format(piece.side))
            if piece.side is not Side.BOTH:
                first = self._places.pop()[0] if before is not Side.BOTH else begin
                self._places.append((first, cursor.position()))
            # The room behind a difference is no difference.
            replaced = piece.side is Side.FIRST and following is not None and following.side is Side.SECOND
            cursor.insertText(" " if replaced else piece.text[len(body) :], QTextCharFormat())
            before = piece.side
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_difference(self, number: int) -> None:
        """Bring a difference into sight, and mark it."""
        begin, end = self._places[number]
        cursor = QTextCursor(self.document())
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def side_format(side: Side) -> QTextCharFormat:
    """How the words of a side look: never by colour alone."""
    made = QTextCharFormat()
    if side is Side.BOTH:
        return made
    first = side is Side.FIRST
    colour = words.hue("red" if first else "green", QGuiApplication.palette())
    ground = QColor(colour)
    ground.setAlphaF(_GROUND)
    made.setForeground(colour)
    made.setBackground(ground)
    made.setFontStrikeOut(first)
    made.setFontUnderline(not first)
    return made
