"""Text that a person writes as it stands in a file: every sign is seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from glmocr_desktop.gui.theme import fixed_font

_MARGIN_PX = 12


class SourceEdit(QPlainTextEdit):
    """A plain editor whose undo goes on elsewhere when nothing is left to undo in it.

    Signals:
        undo_pressed(), redo_pressed(): There is nothing to undo, or to do again, in here.

    Thread: GUI.
    """

    undo_pressed = Signal()
    redo_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = 0
        self.setFont(fixed_font())
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN_PX)
        self.setAcceptDrops(False)  # the window takes them
        self.viewport().setAcceptDrops(False)

    def keep_lines(self, count: int) -> None:
        """Be as high as so many lines, in every size of text."""
        self._lines = count
        self._fit_lines()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_lines()

    def _fit_lines(self) -> None:
        if self._lines:
            self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 2 * _MARGIN_PX + 4)

    def begin(self, text: str) -> None:
        """Show another text from its beginning; this is no change of anybody's."""
        if self.toPlainText() != text or self.document().isUndoAvailable():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def follow(self, text: str) -> None:
        """Take a change that was made elsewhere; it is undone there too."""
        self.blockSignals(True)
        self.replace(text)
        self.document().clearUndoRedoStacks()
        self.blockSignals(False)

    def replace(self, text: str) -> None:
        """Change the text into another, where they differ."""
        before = self.toPlainText()
        if before == text:
            return
        start = _alike(before, text)
        end = _alike(before[start:][::-1], text[start:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(before[:start]))
        cursor.setPosition(units(before[: len(before) - end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - end])

    def choose(self, begin: int, end: int) -> None:
        """Select a part of the text, and bring it into sight."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(units(text[:begin]))
        cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo goes on elsewhere."""
        document = self.document()
        if event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable():
            self.undo_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable():
            self.redo_pressed.emit()
        else:
            super().keyPressEvent(event)


def units(text: str) -> int:
    """The length of a text as Qt counts it: some signs are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with together."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
