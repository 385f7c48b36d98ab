"""What the window shows before anything was added."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from glmocr_desktop.gui import icons
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.theme import heading_font, mixed, muted_colour, tinted

_ICON_PX = 56
_MARGIN_PX = 24


class EmptyView(QWidget):
    """A calm area to drop things on, and the buttons to begin with.

    Thread: GUI.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyView")
        self._icon = QLabel(self)
        title = self._label()
        title.setFont(heading_font(self.font()))
        say(title.setText, lambda: self.tr("Drop images, PDFs or folders here"))
        self._formats = self._label()
        say(
            self._formats.setText,
            lambda: self.tr("PNG, JPEG, TIFF, WebP, HEIC, AVIF, GIF, BMP and PDF, also from the clipboard"),
        )
        self._where = self._label()
        self._where.setObjectName("whereLabel")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(20, 20))
            button.setMinimumSize(112, 36)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            say(button.setAccessibleName, partial(_name, action))
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * _MARGIN_PX, _MARGIN_PX, 2 * _MARGIN_PX, _MARGIN_PX)
        layout.setSpacing(8)
        layout.addStretch(4)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._icon, title, self._formats):
            layout.addWidget(label)
        layout.addSpacing(16)
        layout.addLayout(buttons)
        layout.addSpacing(16)
        layout.addWidget(self._where)
        layout.addStretch(5)
        self.tint()

    def show_where(self, text: str) -> None:
        """Say where reading will happen."""
        self._where.setText(text)

    def tint(self) -> None:
        """Take the colours of the palette."""
        palette = QGuiApplication.palette()
        muted = muted_colour(palette)
        self._icon.setPixmap(icons.pixmap("drop", _ICON_PX, muted, self.devicePixelRatioF()))
        stepped_back = tinted({QPalette.ColorRole.WindowText: muted})
        self._formats.setPalette(stepped_back)
        self._where.setPalette(stepped_back)

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        return label

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame to drop things into."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            colour = mixed(palette, QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, 0.35)
            painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(palette.color(QPalette.ColorRole.Base))
            frame = self.rect().adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
            painter.drawRoundedRect(frame, 12, 12)


def _name(action: QAction) -> str:
    return action.text().removesuffix("…")
