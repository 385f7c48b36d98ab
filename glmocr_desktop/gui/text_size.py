"""The keys that make all words of the window larger or smaller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui.actions import add_action
from glmocr_desktop.gui.preferences import Preferences
from glmocr_desktop.jobs.engine import JobEngine

_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


class TextSize(QObject):
    """Changes the text size by steps, as the settings do by numbers.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, engine: JobEngine, preferences: Preferences) -> None:
        super().__init__(window)
        self._engine = engine
        self._preferences = preferences
        made: tuple[tuple[str, str, Callable[[], str], Callable[[], None], str], ...] = (
            ("zoom-in", "largerTextAction", lambda: self.tr("Larger text"), self._enlarge, "Ctrl+Alt++"),
            ("zoom-out", "smallerTextAction", lambda: self.tr("Smaller text"), self._shrink, "Ctrl+Alt+-"),
            ("", "usualTextAction", lambda: self.tr("Usual text size"), self._reset, "Ctrl+Alt+0"),
        )
        actions = []
        for icon_name, name, text, slot, keys in made:
            action = add_action(window, self, icon_name, text, slot, keys)
            action.setObjectName(name)
            actions.append(action)
        actions[0].setShortcuts([QKeySequence("Ctrl+Alt++"), QKeySequence("Ctrl+Alt+=")])  # with and without Shift

    def _enlarge(self) -> None:
        self._use(min((each for each in _STEPS if each > self._scale), default=_STEPS[-1]))

    def _shrink(self) -> None:
        self._use(max((each for each in _STEPS if each < self._scale), default=_STEPS[0]))

    def _reset(self) -> None:
        self._use(100)

    @property
    def _scale(self) -> int:
        return self._engine.settings.text_scale

    def _use(self, scale: int) -> None:
        if scale != self._scale:
            self._preferences.use(replace(self._engine.settings, text_scale=scale))
