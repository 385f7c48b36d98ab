"""Asks for the login to a server."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.gui import words
from glmocr_desktop.gui.setting_editors import make_hint
from glmocr_desktop.recognition.network.access import SecretKind

_WIDTH_PX = 420


@dataclass(frozen=True, slots=True)
class Entered:
    """A login as it was entered.

    Attributes:
        kind: How it is told to the server; None for as the server asks for it.
    """

    kind: SecretKind | None
    user: str = field(repr=False)
    password: str = field(repr=False)
    token: str = field(repr=False)


class SignInDialog(QDialog):
    """Stays open until the login fits or the person gives up.

    Signals:
        entered(Entered): A login to try.
        forget_pressed(): The login that is stored shall be removed.

    Thread: GUI.
    """

    entered = Signal(object)
    forget_pressed = Signal()

    def __init__(self, server: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("signInDialog")
        self.setWindowTitle(self.tr("Sign in"))
        self.setMinimumWidth(_WIDTH_PX)
        question = QLabel(self.tr("The login for the server at {0}").format(server), self)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWordWrap(True)
        self._user = self._edit("userEdit", self.tr("User name"))
        self._password = self._edit("loginPasswordEdit", self.tr("Password"), hidden=True)
        self._token = self._edit("tokenEdit", self.tr("Token"), hidden=True)
        self._token.setPlaceholderText(self.tr("instead of a name and a password"))
        self._kind = QComboBox(self)
        self._kind.setObjectName("loginKindCombo")
        self._kind.setAccessibleName(self.tr("How the server is told"))
        self._kind.addItem(self.tr("As the server asks for it"), None)
        self._kind.addItem(self.tr("On Gradio's login page"), SecretKind.GRADIO)
        self._kind.addItem(self.tr("By HTTP (Basic)"), SecretKind.BASIC)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._form.addRow(self.tr("User name"), self._user)
        self._form.addRow(self.tr("Password"), self._password)
        self._advanced = QCheckBox(self.tr("Advanced"), self)
        self._advanced.setObjectName("advancedCheck")
        self._advanced.toggled.connect(self._show_advanced)
        self._form.addRow("", self._advanced)
        self._form.addRow(self.tr("Token"), self._token)
        self._form.addRow(self.tr("How"), self._kind)
        self._why = QLabel(self)
        self._why.setObjectName("signInError")
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setWordWrap(True)
        self._why.hide()
        self._lay_out(question)
        self._show_advanced(False)
        self._check()

    def refuse(self, why: str) -> None:
        """Say why it did not fit, and let the person try again."""
        self._say(why, "red")
        self._check()
        self._password.selectAll()
        self._password.setFocus()

    def _lay_out(self, question: QLabel) -> None:
        kept = self.tr("It is kept in this computer's password store (keyring), and told to this server only.")
        buttons = QDialogButtonBox(self)
        self._try = buttons.addButton(self.tr("Sign in"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        forget = buttons.addButton(self.tr("Forget the stored login"), QDialogButtonBox.ButtonRole.ResetRole)
        forget.setObjectName("forgetLoginButton")
        forget.setAutoDefault(False)
        forget.clicked.connect(self.forget_pressed)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(question)
        layout.addLayout(self._form)
        layout.addWidget(make_hint(kept, self))
        layout.addWidget(self._why)
        layout.addWidget(buttons)

    def _edit(self, name: str, title: str, *, hidden: bool = False) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setObjectName(name)
        edit.setAccessibleName(title)
        edit.setMinimumHeight(30)
        if hidden:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.textChanged.connect(self._check)
        return edit

    def _show_advanced(self, on: bool) -> None:
        for row in (self._token, self._kind):
            self._form.setRowVisible(row, on)
        if not on:
            self._token.clear()
            self._kind.setCurrentIndex(0)
        self.adjustSize()

    def _check(self) -> None:
        """Only a whole login can be tried."""
        token = bool(self._token.text())
        self._user.setEnabled(not token)
        self._password.setEnabled(not token)
        self._kind.setEnabled(not token)
        self._try.setEnabled(token or bool(self._user.text() and self._password.text()))

    def _say(self, text: str, hue: str) -> None:
        tinted = QPalette(self.palette())
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue(hue, QGuiApplication.palette()))
        self._why.setPalette(tinted)
        self._why.setText(text)
        self._why.show()

    def _on_accepted(self) -> None:
        self._try.setEnabled(False)
        self._say(self.tr("Signing in…"), "grey")
        token = self._token.text()
        kind = SecretKind.BEARER if token else self._kind.currentData()
        user, password = ("", "") if token else (self._user.text(), self._password.text())
        self.entered.emit(Entered(SecretKind(kind) if kind else None, user, password, token))
