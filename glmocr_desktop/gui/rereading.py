"""Pages are read again as something else or by somebody else, and the answers compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from glmocr_desktop.core.model import EngineChoice, Mode
from glmocr_desktop.gui import words
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.comparing.compare_dialog import CompareDialog
from glmocr_desktop.gui.comparing.compare_view import Pair
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.rows import Row

if TYPE_CHECKING:
    from glmocr_desktop.gui.reading import Reading
    from glmocr_desktop.gui.tasks import Tasks

_ICONS = {Mode.TEXT: "text", Mode.TABLE: "table", Mode.FORMULA: "formula"}


class Rereading(QObject):
    """The menus of reading again.

    Args:
        window: Where they open.
        reading: Reads.
        tasks: Compares in the background.
        selected: The rows that are chosen now.

    Attributes:
        menu: All of it, for a button.
        submenus: The same for a menu of rows.
        compare: Compares two selected pages.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, reading: Reading, tasks: Tasks, selected: Callable[[], list[Row]]) -> None:
        super().__init__(window)
        self._window = window
        self._reading = reading
        self._tasks = tasks
        self._selected = selected
        self._as = QMenu(window)
        say(self._as.setTitle, lambda: self.tr("Read again as"))
        for mode, icon in _ICONS.items():
            name = f"readAs{mode.value.capitalize()}"
            self._add(self._as, name, icon, partial(words.mode_word, mode), partial(self._read, mode))
        self._with = QMenu(window)
        say(self._with.setTitle, lambda: self.tr("Read again with"))
        for choice, text, icon in (
            (EngineChoice.SERVER, lambda: self.tr("Server"), "reading"),
            (EngineChoice.OFFLINE, lambda: self.tr("Offline"), "offline"),
        ):
            name = f"readWith{choice.value.capitalize()}"
            self._add(self._with, name, icon, text, partial(self._read, None, choice))
        self.compare = make_action(self, "", lambda: self.tr("Compare the two selected"), self._compare)
        self.compare.setObjectName("compareAction")
        self.submenus = (self._as, self._with)
        self.menu = QMenu(window)
        for submenu in self.submenus:
            self.menu.addMenu(submenu)

    def check(self) -> None:
        """Enable what is possible now."""
        rows = self._selected()
        readable = any(page.page is not None and not page.state.active for row in rows for page in row.pages())
        for submenu in self.submenus:
            submenu.setEnabled(readable)
        self.compare.setEnabled(self._pair() is not None)

    def _add(self, menu: QMenu, name: str, icon: str, text: Callable[[], str], slot: Callable[[], object]) -> QAction:
        action = make_action(self, icon, text, slot)
        action.setObjectName(name)
        menu.addAction(action)
        return action

    def _read(self, mode: Mode | None, engine: EngineChoice | None = None) -> None:
        """Read the selected pages again; what is not chosen stays as it was."""
        for row in self._selected():
            for page in list(row.pages()):
                before = page.job.mode if page.job else None
                self._reading.read([page], mode or before, engine, page.own_limits)

    def _pair(self) -> Pair | None:
        """The results of two selected pages."""
        rows = self._selected()
        results = [row.result for row in rows if not row.children and row.state.done and row.result is not None]
        return Pair(results[0], results[1]) if len(rows) == len(results) == 2 else None

    def _compare(self) -> None:
        if pair := self._pair():
            CompareDialog(pair, self._tasks, self._window).show()
