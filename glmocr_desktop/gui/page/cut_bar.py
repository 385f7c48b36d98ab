"""Says that a page is not read as it is in its file, or that its result is from before that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from glmocr_desktop.core.model import Cut
from glmocr_desktop.gui.language import on_language


class CutBar(QWidget):
    """A line above the page, gone when there is nothing to say.

    Signals:
        read_pressed(): The page shall be read again, as it is shown.
        whole_pressed(): The page shall be read whole; one that is whole, as it stands in its file.

    Thread: GUI.
    """

    read_pressed = Signal()
    whole_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cutBar")
        self._cut = Cut()
        self._stale = False
        self._text = QLabel(self)
        self._text.setObjectName("cutText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._read = QPushButton(self)
        self._read.setObjectName("readCutButton")
        self._read.clicked.connect(self.read_pressed)
        self._whole = QPushButton(self)
        self._whole.setObjectName("wholePageButton")
        self._whole.clicked.connect(self.whole_pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._whole)
        layout.addWidget(self._read)
        on_language(self, self._show)

    def show_cut(self, cut: Cut, *, stale: bool) -> None:
        """Say how a page is read.

        Args:
            cut: What of it.
            stale: Whether its result is of another cut.
        """
        self._cut, self._stale = cut, stale
        self._show()

    def _show(self) -> None:
        part = self._cut.region is not None
        texts: list[str] = []
        if part:
            texts.append(self.tr("Only the framed part of this page is read."))
        elif self._cut.turn:
            texts.append(self.tr("This page is read turned by {0}°.").format(self._cut.turn))
        if self._stale:
            texts.append(self.tr("The result is from before this was changed."))
        self._text.setText(" ".join(texts))
        self._whole.setText(self.tr("Whole page") if part else self.tr("Turn back"))
        self._whole.setVisible(not self._cut.whole)
        self._read.setText(self.tr("Read again"))
        self._read.setVisible(self._stale)
        self.setVisible(bool(texts))
