"""The line at the bottom: how the server is, who reads, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.recognition.health import Health

_DOT_PX = 10


class StatusBar(QStatusBar):
    """Says things in words; the dot only repeats them in colour.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._dot = QLabel(self)
        self._health = QLabel(self)
        self._health.setTextFormat(Qt.TextFormat.PlainText)
        self._health.setObjectName("healthLabel")
        self._health.setAccessibleDescription(self.tr("State of the server"))
        self._engine = QLabel(self)
        self._engine.setTextFormat(Qt.TextFormat.PlainText)
        self._engine.setObjectName("engineLabel")
        self._progress = QLabel(self)
        self._progress.setTextFormat(Qt.TextFormat.PlainText)
        self._progress.setObjectName("progressLabel")
        self._progress.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self._dot)
        layout.addWidget(self._health)
        layout.addSpacing(16)
        layout.addWidget(self._engine)
        layout.addStretch(1)
        layout.addWidget(self._progress)
        self.addWidget(line, 1)
        self._counted = (0, 0)
        self._opening = False

    def show_health(self, settings: Settings, health: Health) -> None:
        """Say how the server is, and who reads."""
        colour = words.health_colour(health.state, QGuiApplication.palette())
        self._dot.setPixmap(_dot(colour, self.devicePixelRatioF()))
        self._health.setText(words.health_words(health))
        self._health.setToolTip(settings.server_url)
        self._engine.setText(words.engine_words(settings, health))

    def show_progress(self, ended: int, total: int) -> None:
        """Say how many pages have ended."""
        self._counted = (ended, total)
        self._say_progress()

    def show_opening(self, opening: bool) -> None:
        """Say that files are being opened."""
        self._opening = opening
        self._say_progress()

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
