"""The line at the bottom: how the server is, who reads, how far it is, and where pages go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStatusBar, QToolButton, QWidget, QWidgetAction

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import icons, server_words, words
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.language import on_language, say
from glmocr_desktop.gui.outlook import View
from glmocr_desktop.gui.pane_header import ElidedLabel
from glmocr_desktop.gui.progress_words import progress_words
from glmocr_desktop.gui.theme import muted_colour
from glmocr_desktop.recognition.health import Health

_ICON_PX = 14


class StatusBar(QStatusBar):
    """Says things in words; icons and colours only repeat them.

    Signals:
        test_pressed(): A person wants to know whether the server reads.
        local_only_chosen(bool): Whether pages may never leave this computer.

    Thread: GUI.
    """

    test_pressed = Signal()
    local_only_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._mark = QLabel(self)
        self._health = self._label("healthLabel")
        say(self._health.setAccessibleDescription, lambda: self.tr("State of the server"))
        self._engine = ElidedLabel(self)  # gives way to what says more about this moment
        self._engine.setObjectName("engineLabel")
        self._engine.setTextFormat(Qt.TextFormat.PlainText)
        self._progress = self._label("progressLabel")
        self._progress.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._test = self._button("testConnectionButton")
        say(self._test.setText, lambda: self.tr("Test"))
        say(self._test.setAccessibleName, lambda: self.tr("Test the connection"))
        say(self._test.setToolTip, lambda: self.tr("See whether the server really reads"))
        self._test.clicked.connect(self.test_pressed)
        self._place = self._button("placeButton")
        self._place.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._place.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._place.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._ways = QLabel(self)
        self._local_only = self._make_place_menu()
        self._lay_out()
        self._view = View()
        self._opening = False
        on_language(self, self._say_progress)

    def _lay_out(self) -> None:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(12, 2, 12, 2)
        layout.setSpacing(8)
        for each in (self._mark, self._health, self._test):
            layout.addWidget(each)
        layout.addWidget(self._engine, 1)
        layout.addWidget(self._progress)
        layout.addSpacing(8)
        layout.addWidget(self._place)
        self.addWidget(line, 1)

    def _make_place_menu(self) -> QAction:
        menu = QMenu(self._place)
        menu.setObjectName("placeMenu")
        menu.setToolTipsVisible(True)
        self._ways.setTextFormat(Qt.TextFormat.PlainText)
        self._ways.setContentsMargins(12, 8, 12, 4)
        explained = QWidgetAction(self)
        explained.setDefaultWidget(self._ways)
        menu.addAction(explained)
        menu.addSeparator()
        local_only = make_action(
            self,
            "locked",
            lambda: self.tr("This computer only"),
            None,
            None,
            lambda: self.tr("No page ever leaves this computer: servers elsewhere are not asked"),
        )
        local_only.setObjectName("localOnlyAction")
        local_only.setCheckable(True)
        local_only.triggered.connect(self.local_only_chosen)
        menu.addAction(local_only)
        self._place.setMenu(menu)
        return local_only

    def show_health(self, settings: Settings, health: Health, healths: Sequence[Health]) -> None:
        """Say how the server is, and who reads.

        Args:
            settings: Who may read.
            health: The server that pages go to first.
            healths: All servers, in the order of the settings.
        """
        colour = server_words.health_colour(health.state, QGuiApplication.palette())
        name = server_words.health_icon(health.state)
        self._mark.setPixmap(icons.pixmap(name, _ICON_PX, colour, self.devicePixelRatioF()))
        self._health.setText(server_words.health_words(health, settings.engine))
        self._health.setToolTip(words.tip(server_words.health_tip(settings, healths)))
        self._engine.setText(server_words.engine_words(settings, health, healths))
        self._test.setEnabled(settings.engine is not EngineChoice.OFFLINE)

    def show_place(
        self, text: str, servers: Sequence[str] = (), *, away: bool = False, local_only: bool = False
    ) -> None:
        """Say where pages go.

        Args:
            text: Where the next page goes, in a word or two; empty while that is not known.
            servers: For each way that a page may go, a line that says where that ends.
            away: Whether that is another computer.
            local_only: Whether pages may never leave this computer.
        """
        self._place.setText(text or self.tr("Finding out where"))
        self._place.setToolTip(self.tr("Where pages are read"))
        self._place.setAccessibleName(self.tr("Pages are read here: {0}").format(self._place.text()))
        name = "locked" if local_only else "server" if away else "offline"
        colour = muted_colour(QGuiApplication.palette())
        self._place.setIcon(icons.pixmap(name, _ICON_PX, colour, self.devicePixelRatioF()))
        self._local_only.setChecked(local_only)
        self._ways.setText("\n".join([self.tr("Where pages go:"), *servers]))

    def show_progress(self, view: View) -> None:
        """Say how far reading is."""
        self._view = view
        self._say_progress()

    def show_opening(self, opening: bool) -> None:
        """Say that files are being opened."""
        self._opening = opening
        self._say_progress()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName(name)
        return label

    def _say_progress(self) -> None:
        parts = [self.tr("Opening files")] if self._opening else []
        text = " · ".join(part for part in (*parts, progress_words(self._view)) if part)
        self._progress.setText(text)
