"""A text that can be read, searched by the eye, and copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from glmocr_desktop.gui import icons
from glmocr_desktop.gui.theme import fixed_font, scaled_font

_SIZE_PX = (620, 520)
_ICON_PX = 48


class TextDialog(QDialog):
    """Words above a text; all of it can be selected.

    Thread: GUI.
    """

    def __init__(self, name: str, title: str, about: str, parent: QWidget, *, with_icon: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.resize(*_SIZE_PX)
        label = QLabel(about, self)
        label.setObjectName(f"{name}About")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(about)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName(f"{name}Text")
        self._text.setAccessibleName(title)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(_as_large_as(self.font(), fixed_font()))
        self._buttons = QDialogButtonBox(self)
        self._buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.setSpacing(16)
        if with_icon:
            icon = QLabel(self)
            icon.setPixmap(icons.app_icon().pixmap(_ICON_PX, _ICON_PX))
            top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(label, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._buttons)

    def add_button(self, name: str, text: str, clicked: Callable[[], None]) -> None:
        """Add a button that leads on; the dialog stays open."""
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)

    def show_text(self, text: str) -> None:
        """Show the text, when it is known."""
        self._text.setPlainText(text)


def _as_large_as(font: QFont, other: QFont) -> QFont:
    return scaled_font(other, font.pointSizeF() / other.pointSizeF())
