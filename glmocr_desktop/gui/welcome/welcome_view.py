"""The first screen: one question, and four ways to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Language
from glmocr_desktop.gui.language import on_language, say
from glmocr_desktop.gui.theme import heading_font
from glmocr_desktop.gui.welcome.address_row import AddressRow
from glmocr_desktop.gui.welcome.found_words import Said
from glmocr_desktop.gui.welcome.parts import CONTROL_PX, in_a_row, make_button, make_title
from glmocr_desktop.gui.welcome.sentence import MutedLabel, Sentence

_WIDTH_PX = 680
_MARGIN_PX = 24


class WelcomeView(QScrollArea):
    """Asks where the server is; everything on it can be left out.

    Signals:
        look_pressed(): This computer shall be looked at again.
        use_local_pressed(): The server that was found on this computer shall read.
        offline_pressed(), sample_pressed(), skip_pressed(): Other ways to go on.
        language_chosen(Language): The window shall speak it.

    Thread: GUI.
    """

    look_pressed = Signal()
    use_local_pressed = Signal()
    offline_pressed = Signal()
    sample_pressed = Signal()
    skip_pressed = Signal()
    language_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomeView")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget(self)
        ground.setAutoFillBackground(True)
        ground.setBackgroundRole(QPalette.ColorRole.Base)
        self._body = QWidget(ground)
        self._body.setMaximumWidth(_WIDTH_PX)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, _MARGIN_PX, 0, _MARGIN_PX)
        self._column.setSpacing(8)
        self._column.addStretch(2)
        self._add_question()
        self._add_local()
        self.address = AddressRow(self._body)
        self._column.addWidget(make_title(self._body, lambda: self.tr("On another computer")))
        self._column.addWidget(self.address)
        self._add_offline()
        self._add_rest()
        self._column.addStretch(3)
        row = QHBoxLayout(ground)
        row.setContentsMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)
        row.addStretch(1)
        row.addWidget(self._body, 100)
        row.addStretch(1)
        self.setWidget(ground)

    def show_local(self, said: Callable[[], Said], *, usable: bool = False, looking: bool = False) -> None:
        """Say what is on this computer.

        Args:
            said: Gives the sentence.
            usable: Whether pages can be read there.
            looking: Whether more will be known soon.
        """
        self._local.show_said(said)
        self._use_local.setVisible(usable)
        self._look.setVisible(not usable and not looking)
        if usable and self.address.empty:
            self._use_local.setFocus()

    def show_language(self, language: Language) -> None:
        """Show what the window speaks."""
        with QSignalBlocker(self._language):
            self._language.setCurrentIndex(self._language.findData(str(language)))

    def _add_question(self) -> None:
        title = QLabel(self._body)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(heading_font(self.font()))
        say(title.setText, lambda: self.tr("Where is your server?"))
        self._language = QComboBox(self._body)
        self._language.setObjectName("welcomeLanguage")
        self._language.setMinimumHeight(CONTROL_PX)
        for language, word in ((Language.SYSTEM, ""), (Language.ENGLISH, "English"), (Language.CHINESE, "中文")):
            self._language.addItem(word, str(language))
        on_language(self._language, lambda: self._language.setItemText(0, self.tr("Language of the system")))
        say(self._language.setAccessibleName, lambda: self.tr("Language"))
        say(self._language.setToolTip, lambda: self.tr("What the window speaks"))
        self._language.currentIndexChanged.connect(self._on_language_chosen)
        self._column.addLayout(in_a_row(title, self._language))
        about = MutedLabel(self._body)
        say(
            about.setText,
            lambda: self.tr(
                "Pages are read by a GLM-OCR server, on this computer or on another one; without a server, offline on "
                "this computer. The line at the bottom always says where pages go."
            ),
        )
        self._column.addWidget(about)

    def _add_local(self) -> None:
        self._local = Sentence("welcomeFound", self._body)
        self._use_local = make_button(
            self._body, "welcomeUseLocalButton", lambda: self.tr("Use it"), self.use_local_pressed.emit
        )
        say(self._use_local.setAccessibleName, lambda: self.tr("Use the server on this computer"))
        self._look = make_button(self._body, "welcomeLookButton", lambda: self.tr("Look again"), self.look_pressed.emit)
        self._column.addWidget(make_title(self._body, lambda: self.tr("On this computer")))
        self._column.addLayout(in_a_row(self._local, self._use_local, self._look))

    def _add_offline(self) -> None:
        hint = MutedLabel(self._body)
        say(
            hint.setText,
            lambda: self.tr("Nothing leaves this computer. Text and tables are read; formulas need a server."),
        )
        offline = make_button(
            self._body, "welcomeOfflineButton", lambda: self.tr("Read offline"), self.offline_pressed.emit
        )
        self._column.addWidget(make_title(self._body, lambda: self.tr("Without a server")))
        self._column.addLayout(in_a_row(hint, offline))

    def _add_rest(self) -> None:
        later = MutedLabel(self._body)
        say(later.setText, lambda: self.tr("All this can be changed in the settings."))
        sample = make_button(
            self._body, "welcomeSampleButton", lambda: self.tr("Try a sample"), self.sample_pressed.emit
        )
        say(sample.setToolTip, lambda: self.tr("Add pages that came with the program, and read them"))
        skip = make_button(self._body, "welcomeSkipButton", lambda: self.tr("Skip"), self.skip_pressed.emit)
        say(skip.setToolTip, lambda: self.tr("Leave everything as it is"))
        self._column.addSpacing(24)
        self._column.addLayout(in_a_row(later, sample, skip))

    def _on_language_chosen(self) -> None:
        self.language_chosen.emit(Language(self._language.currentData()))
