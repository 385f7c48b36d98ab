"""One notice at a time, above the status bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.theme import line_colour, mixed_window

_PASSING_MS = 12_000


class NoticeBar(QWidget):
    """Says what happened, and offers what can be done.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton(self)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setFixedSize(QSize(28, 28))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.setAccessibleName(self.tr("Dismiss the notice"))
        self._run: Callable[[], object] | None = None
        self._alarming = False
        self._refusal = False
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_PASSING_MS)
        self._passing.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._close.clicked.connect(self.hide)
        self._action.clicked.connect(self._on_action)
        self.hide()

    def show_notice(
        self, text: str, *, alarming: bool = False, action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Put a notice in the place of the one before.

        Args:
            text: What happened, in words.
            alarming: Whether something went wrong.
            action: The words of a button; empty for none.
            run: What the button does.
        """
        self._text.setText(text)
        self.setAccessibleName(text)
        self._run, self._alarming, self._refusal = run, alarming, False
        # News that ask for nothing go by themselves; what went wrong waits until it was read.
        self._passing.stop() if alarming or action else self._passing.start()
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.tint()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_refusal(self, text: str) -> None:
        """Say that something could not be added."""
        self.show_notice(text, alarming=True)
        self._refusal = True

    def dismiss_refusal(self) -> None:
        """Something else was added: the last refusal is of no interest any more."""
        if self._refusal:
            self.hide()

    def tint(self) -> None:
        """Take the colours of the palette."""
        palette = QGuiApplication.palette()
        colour = words.hue("amber" if self._alarming else "blue", palette)
        name = "warning" if self._alarming else "info"
        self._icon.setPixmap(icons.pixmap(name, 20, colour, self.devicePixelRatioF()))
        self._close.setIcon(icons.icon("close", palette))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground of its own, and a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground())
        painter.fillRect(0, 0, self.width(), 1, line_colour(self.palette()))

    def _ground(self) -> QColor:
        return mixed_window(self.palette(), 0.04)

    def _on_action(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()
