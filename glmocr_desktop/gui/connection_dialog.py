"""What came of asking servers to read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.gui import icons, server_words, words
from glmocr_desktop.gui.theme import heading_font
from glmocr_desktop.recognition.health import Health, HealthState

_WIDTH_PX = 520
_HEIGHT_PX = 360
_ICON_PX = 18


class ConnectionDialog(QDialog):
    """Fills as the servers answer; whoever closes it before ends the test.

    Signals:
        sign_in_pressed(str), certificate_pressed(str): A person wants this for the server at an address.

    Thread: GUI.
    """

    sign_in_pressed = Signal(str)
    certificate_pressed = Signal(str)

    def __init__(self, url: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("connectionDialog")
        self.setWindowTitle(self.tr("Test of the connection"))
        self.resize(_WIDTH_PX, _HEIGHT_PX)
        self._url = url  # of the server that a login is most likely wanted for
        body = QWidget(self)
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(16, 16, 16, 8)
        self._body.setSpacing(8)
        self._testing = _label("", self)
        self._testing.setObjectName("testingLabel")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(self.tr("Testing"))
        self._body.addWidget(self._testing)
        self._body.addWidget(self._bar)
        self._body.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(self)
        buttons.setContentsMargins(16, 4, 16, 12)
        login = buttons.addButton(self.tr("Sign in…"), QDialogButtonBox.ButtonRole.ActionRole)
        login.setAutoDefault(False)
        login.clicked.connect(lambda: self.sign_in_pressed.emit(self._url))
        self._leave = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)

    def begin(self, url: str) -> None:
        """Say which server is tested now."""
        self._testing.setText(self.tr("Testing… {0} reads a small image in each mode.").format(words.host(url)))

    def show_server(self, url: str, health: Health, endpoint: str) -> None:
        """Say how a server did, and by which endpoint, if one is known."""
        self._heading(url)
        palette = QGuiApplication.palette()
        said = server_words.health_words(health, EngineChoice.SERVER)  # who reads instead is not asked here
        colour = server_words.health_colour(health.state, palette)
        self._state(said, "done" if health.up else "warning", colour)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for row, (mode, fine, how) in enumerate(server_words.canary_words(health)):
            icon = QLabel(self)
            colour = words.hue("green" if fine else "amber", palette)
            icon.setPixmap(icons.pixmap("done" if fine else "warning", _ICON_PX, colour, self.devicePixelRatioF()))
            for column, widget in enumerate((icon, _label(mode, self), _label(how, self))):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop if column < 2 else Qt.AlignmentFlag(0))
        self._insert_layout(grid)
        if endpoint:
            self._insert(_label(self.tr("Pages are read by {0}.").format(endpoint), self))
        if health.error is not None:
            self._insert(_label(words.failure_words(health.error), self))
        self._advise(url, health)

    def show_failure(self, url: str, sentence: str) -> None:
        """Say why a server could not be tested to the end."""
        self._heading(url)
        self._insert(_label(sentence, self))

    def end(self) -> None:
        """All servers were tested."""
        self._testing.hide()
        self._bar.hide()
        self._leave.setText(self.tr("Close"))
        self._leave.setDefault(True)
        self._leave.setFocus()

    def _heading(self, url: str) -> None:
        heading = _label(url, self)
        heading.setFont(heading_font(self.font()))
        heading.setContentsMargins(0, 12 if self._body.count() > 3 else 0, 0, 0)
        self._insert(heading)

    def _state(self, text: str, icon_name: str, colour: QColor) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        icon = QLabel(self)
        icon.setPixmap(icons.pixmap(icon_name, _ICON_PX, colour, self.devicePixelRatioF()))
        line.addWidget(icon)
        line.addWidget(_label(text, self), 1)
        self._insert_layout(line)

    def _advise(self, url: str, health: Health) -> None:
        canaries = health.canaries.results if health.canaries else ()
        failures = [health.error, *(each.error for each in canaries if not each.skipped)]
        advice = next((text for each in failures if (text := server_words.advice_words(each))), "")
        if advice:
            self._insert(_label(f"→ {advice}", self))
        if health.state is HealthState.NEEDS_LOGIN:
            self._url = url
        if health.error is not None and health.error.kind == "certificate_unknown":
            button = QPushButton(self.tr("Show certificate"), self)
            button.clicked.connect(lambda: self.certificate_pressed.emit(url))
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            self._insert_layout(line)

    def _insert(self, widget: QWidget) -> None:
        self._body.insertWidget(self._body.count() - 3, widget)  # above what says that it goes on

    def _insert_layout(self, layout: QHBoxLayout | QGridLayout) -> None:
        self._body.insertLayout(self._body.count() - 3, layout)


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
