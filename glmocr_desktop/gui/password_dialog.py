"""Asks for the password of a document."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from glmocr_desktop.gui import words


class PasswordDialog(QDialog):
    """Stays open until the password fits or the person gives up.

    Signals:
        entered(str): A password to try.

    Thread: GUI.
    """

    entered = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passwordDialog")
        self.setWindowTitle(self.tr("Password"))
        self.setMinimumWidth(360)
        question = QLabel(self.tr("{0} needs a password.").format(name), self)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWordWrap(True)
        self._edit = QLineEdit(self)
        self._edit.setObjectName("passwordEdit")
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setAccessibleName(self.tr("Password"))
        self._wrong = QLabel(self)
        self._wrong.setTextFormat(Qt.TextFormat.PlainText)
        self._wrong.setWordWrap(True)
        tinted = QPalette(self.palette())
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue("red", QGuiApplication.palette()))
        self._wrong.setPalette(tinted)
        buttons = QDialogButtonBox(self)
        self._open = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._open.setEnabled(False)
        self._edit.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        for widget in (question, self._edit, self._wrong, buttons):
            layout.addWidget(widget)

    def refuse(self, why: str) -> None:
        """Say that the password did not fit, and let the person try again."""
        self._wrong.setText(why)
        self._edit.selectAll()
        self._edit.setFocus()
        self._open.setEnabled(True)

    def _on_accepted(self) -> None:
        self._open.setEnabled(False)
        self.entered.emit(self._edit.text())
