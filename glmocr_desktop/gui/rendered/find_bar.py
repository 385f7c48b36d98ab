"""Looks for words on a page, in a document, or in all results."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from glmocr_desktop.gui import icons
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.rendered.finding import Search
from glmocr_desktop.gui.search_field import make_search_field
from glmocr_desktop.gui.theme import line_colour, mixed_window

if TYPE_CHECKING:
    from glmocr_desktop.core.model import Result
    from glmocr_desktop.gui.rendered.rendered_view import RenderedView
    from glmocr_desktop.gui.rows import Row
    from glmocr_desktop.gui.tasks import Tasks

_TYPING_MS = 150
_PAGES_AT_ONCE = 25  # counted in the background before the bar hears of them


class Scope(IntEnum):
    """Where to look."""

    PAGE = 0
    DOCUMENT = 1
    ALL = 2


class FindBar(QWidget):
    """A line below the result: what to look for, where, and how often it is there.

    Args:
        tasks: Runs the counting in the background.
        pages: The rows of pages in a scope, from top to bottom; those without a result are left out by the bar.
        view: Where places are marked.

    Signals:
        row_wanted(Row): A place is on a page that is not shown: show its row, and the bar goes on by itself.
        closed(): The bar was closed; the view should have the keyboard again.

    Thread: GUI.
    """

    row_wanted = Signal(object)
    closed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        pages: Callable[[Scope], Sequence[Row]],
        view: RenderedView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pages = pages
        self._view = view
        self._found: list[tuple[Row, int]] = []
        self._current = -1
        self._complete = True
        self._asked_for: tuple[Row, int] | None = None
        self._counting: asyncio.Task[None] | None = None
        self._search = Search("")
        self._build()
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        self._words.textChanged.connect(self._on_typed)
        self._case.toggled.connect(lambda _on: self.refresh())
        self._scope.currentIndexChanged.connect(lambda _index: self.refresh())
        self._next.clicked.connect(self.find_next)
        self._previous.clicked.connect(self.find_previous)
        self._close.clicked.connect(self.close_bar)
        view.shown.connect(self._on_shown)
        on_language(self, self._say_words)
        self.tint()
        self.hide()

    def _build(self) -> None:
        self.setObjectName("findBar")
        self._words = make_search_field("findEdit", lambda: self.tr("Find in results"), self)
        self._words.installEventFilter(self)
        self._case = QCheckBox(self)
        self._case.setObjectName("findCase")
        self._scope = QComboBox(self)
        self._scope.setObjectName("findScope")
        self._scope.addItems([""] * len(Scope))
        self._count = QLabel(self)
        self._count.setObjectName("findCount")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._previous = self._button("findPrevious")
        self._next = self._button("findNext")
        self._close = self._button("findClose")

    def _say_words(self) -> None:
        self.setAccessibleName(self.tr("Find"))
        self._case.setText(self.tr("Aa"))
        self._case.setAccessibleName(self.tr("Match case"))
        self._case.setToolTip(self.tr("Match case"))
        for combo in (self._scope, self._scope.view()):
            combo.setAccessibleName(self.tr("Where to look"))
        for at, text in enumerate([self.tr("This page"), self.tr("This document"), self.tr("All results")]):
            self._scope.setItemText(at, text)
        widest = self.tr("{0} of {1}").format("0000", "0000")
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance(widest))
        for button, tip in (
            (self._previous, self.tr("Previous place (Shift+F3)")),
            (self._next, self.tr("Next place (F3)")),
            (self._close, self.tr("Close (Esc)")),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        self._tell()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFixedSize(28, 28)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(4)
        self._words.setMinimumWidth(72)
        self._scope.setMinimumContentsLength(6)
        self._scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        layout.addWidget(self._words, 2)
        layout.addWidget(self._count)
        for button in (self._previous, self._next, self._case, self._scope, self._close):
            layout.addWidget(button)

    def open_bar(self) -> None:
        """Begin to look for something: for what is selected in the view, if that is short."""
        selected = self._view.textCursor().selectedText()
        self.show()
        if selected and "\u2029" not in selected and "\ufffc" not in selected:
            self._words.setText(selected)
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()
        self.refresh()

    def close_bar(self) -> None:
        """Look no more, and take the marks away."""
        self._stop()
        self._typing.stop()
        self._view.highlights.set_search(Search(""))
        self.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def refresh(self) -> None:
        """Count anew: other words, another scope, or other results."""
        self._typing.stop()
        self._stop()
        self._found, self._current, self._complete = [], -1, True
        self._search = Search(self._words.text(), match_case=self._case.isChecked())
        self._view.highlights.set_search(self._search)
        if self._search:
            rows = [row for row in self._pages(Scope(self._scope.currentIndex())) if row.result is not None]
            self._complete = False
            self._counting = self._tasks.start(self._count_all(rows, self._search))
        self._tell()

    def find_next(self) -> None:
        """Go to the next place; after the last one to the first."""
        self._step(1)

    def find_previous(self) -> None:
        """Go to the place before; before the first one to the last."""
        self._step(-1)

    def tint(self) -> None:
        """Take the colours of the palette."""
        palette = QGuiApplication.palette()
        for button, name in ((self._previous, "back"), (self._next, "on"), (self._close, "close")):
            button.setIcon(icons.icon(name, palette))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter step; Esc closes."""
        pressed = event if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        if watched is self._words and pressed and pressed.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step_by_key(pressed)
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Esc and F3 are the bar's while it has the keyboard."""
        pressed = event if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) else None
        if pressed and pressed.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F3):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; F3 and Shift+F3 step."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() == Qt.Key.Key_F3:
            self._step_by_key(event)
        else:
            super().keyPressEvent(event)

    def _step_by_key(self, event: QKeyEvent) -> None:
        self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground of its own, and a line above."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), mixed_window(self.palette(), 0.04))
            painter.fillRect(0, 0, self.width(), 1, line_colour(self.palette()))

    # Counting

    def _on_typed(self) -> None:
        self._count.clear()  # it was of other words
        self._typing.start()

    def _stop(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None
        self._asked_for = None

    async def _count_all(self, rows: Sequence[Row], search: Search) -> None:
        for at in range(0, len(rows), _PAGES_AT_ONCE):
            some = rows[at : at + _PAGES_AT_ONCE]
            results = [row.result for row in some]
            counts = await self._tasks.background(_counted, search, results)
            self._found += [(row, count) for row, count in zip(some, counts, strict=True) if count]
            self._tell()
        self._complete = True
        self._tell()

    @property
    def _total(self) -> int:
        return sum(count for _, count in self._found)

    def _tell(self) -> None:
        total = self._total
        if not self._search:
            text = ""
        elif not total:
            text = self.tr("Not found") if self._complete else self.tr("Searching…")
        elif self._current < 0:
            text = str(total) if self._complete else self.tr("{0}…").format(total)
        else:
            text = self.tr("{0} of {1}").format(self._current + 1, total)
        self._count.setText(text)
        self._count.setAccessibleName(text)
        for button in (self._next, self._previous):
            button.setEnabled(total > 0)

    # Stepping

    def _step(self, by: int) -> None:
        if self._typing.isActive():
            self.refresh()
        total = self._total
        if not total:
            return
        if self._current < 0:
            self._current = self._first_on_shown_page() if by > 0 else total - 1
        else:
            self._current = (self._current + by) % total
        self._tell()
        left = self._current
        for row, count in self._found:
            if left < count:
                self._go(row, left)
                return
            left -= count

    def _first_on_shown_page(self) -> int:
        """The first place on the page that is looked at, or after it."""
        before = 0
        for row, count in self._found:
            if self._view.page_of(row.result) is not None:
                return before
            before += count
        return 0

    def _go(self, row: Row, occurrence: int) -> None:
        page = self._view.page_of(row.result)
        if page is not None:
            self._view.highlights.show_occurrence(page, occurrence)
        else:
            self._asked_for = (row, occurrence)
            self.row_wanted.emit(row)

    def _on_shown(self) -> None:
        if self._asked_for is not None:
            row, occurrence = self._asked_for
            if (page := self._view.page_of(row.result)) is not None:
                self._asked_for = None
                self._view.highlights.show_occurrence(page, occurrence)
        elif self.isVisible() and self._scope.currentIndex() == Scope.PAGE:
            self.refresh()  # it is another page, or other words are on it


def _counted(search: Search, results: Sequence[Result | None]) -> list[int]:
    """Thread: background."""
    return [search.count_in(result) if result is not None else 0 for result in results]
