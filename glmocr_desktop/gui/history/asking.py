"""The line in which a person says what to look for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from glmocr_desktop.core.model import Engine, JobState, Mode
from glmocr_desktop.gui import words
from glmocr_desktop.gui.history.found_words import since
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.gui.search_field import make_search_field
from glmocr_desktop.jobs.kept import Asked

_TYPING_MS = 200


class Asking(QWidget):
    """Words, and four choices.

    Signals:
        asked(Asked): Something else is looked for.

    Thread: GUI.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: QLineEdit = make_search_field("historySearch", lambda: self.tr("Search in names and texts"), self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._on_changed)
        self.words.textChanged.connect(lambda _text: self._typing.start())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        self._time = self._choice("historyTime", lambda: self.tr("Time"), self._times)
        self._state = self._choice("historyState", lambda: self.tr("State"), self._states)
        self._mode = self._choice("historyMode", lambda: self.tr("Mode"), self._modes)
        self._engine = self._choice("historyEngine", lambda: self.tr("Read by"), self._engines)
        for each in (self._time, self._state, self._mode, self._engine):
            layout.addWidget(each)

    def question(self) -> Asked:
        """What is looked for now."""
        mode, engine, state = (each.currentData() for each in (self._mode, self._engine, self._state))
        days = self._time.currentData()
        return Asked(
            self.words.text(),
            Mode(mode) if mode else None,  # Qt makes a plain text of a member of an enumeration
            Engine(engine) if engine else None,
            JobState(state) if state else None,
            since(days) if days else None,
        )

    @property
    def narrow(self) -> bool:
        """Whether not simply everything is looked for."""
        return self.question() != Asked()

    def _choice(
        self, name: str, title: Callable[[], str], entries: Callable[[], list[tuple[str, object]]]
    ) -> QComboBox:
        choice = QComboBox(self)
        choice.setObjectName(name)

        def say_words() -> None:
            chosen = max(0, choice.currentIndex())
            choice.blockSignals(True)
            choice.clear()
            for text, value in entries():
                choice.addItem(text, value)
            choice.setCurrentIndex(chosen)
            choice.blockSignals(False)
            choice.setAccessibleName(title())
            choice.setToolTip(title())

        on_language(choice, say_words)
        choice.currentIndexChanged.connect(lambda _index: self._on_changed())
        return choice

    def _on_changed(self) -> None:
        self._typing.stop()
        self.asked.emit(self.question())

    def _times(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Any time"), 0),
            (self.tr("Today"), 1),
            (self.tr("7 days"), 7),
            (self.tr("30 days"), 30),
            (self.tr("A year"), 365),
        ]

    def _states(self) -> list[tuple[str, object]]:
        shown = (JobState.DONE, JobState.FAILED, JobState.TIMED_OUT, JobState.CANCELLED)
        return [(self.tr("Any state"), None), *((words.state_word(RowState(each.value)), each) for each in shown)]

    def _modes(self) -> list[tuple[str, object]]:
        return [(self.tr("Any mode"), None), *((words.mode_word(each), each) for each in Mode)]

    def _engines(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Server or offline"), None),
            *((words.engine_word(each), each) for each in (Engine.SERVER, Engine.OFFLINE)),
        ]
