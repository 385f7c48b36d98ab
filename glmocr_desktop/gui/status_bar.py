"""The line at the bottom: how the server is, who reads, how far it is, and where pages go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QToolButton, QWidget

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import server_words, words
from glmocr_desktop.recognition.health import Health

_DOT_PX = 10


class StatusBar(QStatusBar):
    """Says things in words; the dot only repeats them in colour.

    Signals:
        test_pressed(): A person wants to know whether the server reads.

    Thread: GUI.
    """

    test_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._dot = QLabel(self)
        self._health = self._label("healthLabel")
        self._health.setAccessibleDescription(self.tr("State of the server"))
        self._engine = self._label("engineLabel")
        self._progress = self._label("progressLabel")
        self._progress.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._place = self._label("placeLabel")
        self._test = QToolButton(self)
        self._test.setObjectName("testConnectionButton")
        self._test.setText(self.tr("Test"))
        self._test.setAccessibleName(self.tr("Test the connection"))
        self._test.setToolTip(self.tr("See whether the server really reads"))
        self._test.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._test.clicked.connect(self.test_pressed)
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(12, 2, 12, 2)
        layout.setSpacing(8)
        layout.addWidget(self._dot)
        layout.addWidget(self._health)
        layout.addWidget(self._test)
        layout.addSpacing(8)
        layout.addWidget(self._engine)
        layout.addStretch(1)
        layout.addWidget(self._progress)
        layout.addSpacing(8)
        layout.addWidget(self._place)
        self.addWidget(line, 1)
        self._counted = (0, 0)
        self._opening = False

    def show_health(self, settings: Settings, health: Health, healths: Sequence[Health]) -> None:
        """Say how the server is, and who reads.

        Args:
            settings: Who may read.
            health: The server that pages go to first.
            healths: All servers, in the order of the settings.
        """
        colour = server_words.health_colour(health.state, QGuiApplication.palette())
        self._dot.setPixmap(_dot(colour, self.devicePixelRatioF()))
        self._health.setText(server_words.health_words(health, settings.engine))
        self._health.setToolTip(words.tip(server_words.health_tip(settings, healths)))
        self._engine.setText(server_words.engine_words(settings, health, healths))
        self._engine.setToolTip(self._health.toolTip())
        self._test.setEnabled(settings.engine is not EngineChoice.OFFLINE)

    def show_place(self, text: str) -> None:
        """Say where pages go."""
        self._place.setText(text)
        self._place.setToolTip(self.tr("Where pages are read") if text else "")

    def show_progress(self, ended: int, total: int) -> None:
        """Say how many pages have ended."""
        self._counted = (ended, total)
        self._say_progress()

    def show_opening(self, opening: bool) -> None:
        """Say that files are being opened."""
        self._opening = opening
        self._say_progress()

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName(name)
        return label

    def _say_progress(self) -> None:
        ended, total = self._counted
        parts = [self.tr("Opening files")] if self._opening else []
        if total:
            parts.append(self.tr("{0} of {1}").format(ended, total))
        self._progress.setText(" · ".join(parts))


def _dot(colour: QColor, ratio: float) -> QPixmap:
    picture = QPixmap(round(_DOT_PX * ratio), round(_DOT_PX * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(0, 0, _DOT_PX, _DOT_PX)
    painter.end()
    return picture
