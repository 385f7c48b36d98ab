"""Two answers, and how they differ."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Result
from glmocr_desktop.gui import words
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.comparing.difference_text import DifferenceText, side_format
from glmocr_desktop.gui.comparing.differences import Comparison, Side, compare
from glmocr_desktop.gui.correcting.stepper import Stepper
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.render import plain_text


class Pair(NamedTuple):
    """Two answers; the second one is the one in use, if one is."""

    first: Result
    second: Result


class CompareView(QWidget):
    """Shows who gave two answers, and in which words these differ.

    Args:
        tasks: Compares in the background.
        named: Whether the answers are told apart by their pages; else both are of one page, and one is in use.

    Signals:
        other_wanted(): The first answer shall be used in place of the second.

    Thread: GUI.
    """

    other_wanted = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None, *, named: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("compareView")
        self._tasks = tasks
        self._named = named
        self._pair: Pair | None = None
        self._shown: Pair | None = None
        self._comparison: Comparison | None = None
        self._number = -1
        self._task: asyncio.Task[None] | None = None
        self._first, self._second = self._line("firstAnswer"), self._line("secondAnswer")
        self._use = QPushButton(self)
        self._use.setObjectName("useOtherButton")
        self._use.clicked.connect(self.other_wanted)
        self._in_use = QPushButton(self)
        self._in_use.setObjectName("inUseButton")
        self._in_use.setEnabled(False)
        self._next = make_action(self, "", lambda: self.tr("Next difference"), lambda: self.step(1), "F7")
        self._back = make_action(self, "", lambda: self.tr("Difference before"), lambda: self.step(-1), "Shift+F7")
        self._stepper = Stepper("difference", lambda: self._back.toolTip(), lambda: self._next.toolTip(), self)
        self._stepper.label.setObjectName("differenceCount")
        self._stepper.stepped.connect(self.step)
        self._text = DifferenceText(self)
        self.addActions([self._next, self._back])
        self._lay_out()
        on_language(self, self._say_words)

    def show_pair(self, pair: Pair | None) -> None:
        """Compare two answers as soon as they are looked at; None for nothing."""
        if pair is not None and self._pair is not None and _same(pair, self._pair):
            return
        self._pair = pair
        if self.isVisible():
            self._begin()

    def step(self, step: int) -> None:
        """Go to the next difference (1) or to the one before (-1)."""
        wanted = self._number + step if self._number >= 0 or step > 0 else 0
        if 0 <= wanted < self._text.count:
            self._number = wanted
            self._text.show_difference(wanted)
            self._show_place()

    def tint(self) -> None:
        """Take the colours of another palette."""
        self._text.show_comparison(self._comparison)
        self._show_heads()

    def showEvent(self, event: QShowEvent) -> None:
        """Compare what is looked at now."""
        super().showEvent(event)
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop comparing what nobody looks at; the dialog around it may be gone before the outcome comes."""
        super().hideEvent(event)
        if self._task is not None and not self._task.done():
            self._task.cancel()
            self._shown = None

    def _lay_out(self) -> None:
        heads = QGridLayout()
        heads.setContentsMargins(12, 8, 8, 4)
        heads.setHorizontalSpacing(8)
        heads.setVerticalSpacing(4)
        heads.setColumnStretch(0, 1)
        for row, (line, button) in enumerate(((self._first, self._use), (self._second, self._in_use))):
            heads.addWidget(line, row, 0)
            heads.addWidget(button, row, 1)
            button.setVisible(not self._named)
        heads.addWidget(self._stepper, 2, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(heads)
        layout.addWidget(self._text, 1)

    def _line(self, name: str) -> QLabel:
        line = QLabel(self)
        line.setObjectName(name)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        return line

    def _begin(self) -> None:
        if self._pair is self._shown:
            return
        self._shown, self._comparison, self._number = self._pair, None, -1
        if self._task is not None:
            self._task.cancel()
        self._text.show_comparison(None)
        self._show_heads()
        if self._pair is not None:
            self._task = self._tasks.start(self._compare(self._pair))

    async def _compare(self, pair: Pair) -> None:
        found = await self._tasks.background(_compared, pair)
        if pair is self._shown:
            self._comparison = found
            self._text.show_comparison(found)
            self._show_heads()

    def _say_words(self) -> None:
        self.setAccessibleName(self.tr("Comparison of two answers"))
        self._text.setAccessibleName(
            self.tr("Differences: struck out, only in the first; underlined, only in the second")
        )
        self._use.setText(self.tr("Use this one"))
        self._use.setAccessibleName(self.tr("Use the first answer"))
        self._in_use.setText(self.tr("In use"))
        self._stepper.name_buttons(self._back.toolTip(), self._next.toolTip())
        self._show_heads()

    def _show_heads(self) -> None:
        """Say who gave the answers, in the colours of their words."""
        if self._shown is not None:
            first, second = self._head(self._shown.first), self._head(self._shown.second)
            self._show_head(self._first, self.tr("Struck out: {0}").format(first), Side.FIRST)
            self._show_head(self._second, self.tr("Underlined: {0}").format(second), Side.SECOND)
        self._show_place()

    @staticmethod
    def _show_head(line: QLabel, text: str, side: Side) -> None:
        palette = line.palette()
        palette.setColor(line.foregroundRole(), side_format(side).foreground().color())
        line.setPalette(palette)
        line.setText(text)

    def _head(self, result: Result) -> str:
        who = f"{words.mode_word(result.job.mode)} · {words.result_words(result)}"
        page = result.job.page
        return self.tr("{0}, page {1} · {2}").format(page.document.name, page.number, who) if self._named else who

    def _show_place(self) -> None:
        count = self._text.count
        if self._comparison is None:
            text = self.tr("Comparing…") if self._shown is not None else ""
        elif not count:
            text = self.tr("No difference: the words are the same")
        elif self._number >= 0:
            text = self.tr("Difference {0} of {1}").format(self._number + 1, count)
        else:
            text = self.tr("One difference") if count == 1 else self.tr("{0} differences").format(count)
        if self._comparison is not None and self._comparison.cut_off:
            text = self.tr("{0} (only the beginnings were compared)").format(text)
        self._stepper.show_place(text, self._number, count)


def _same(one: Pair, other: Pair) -> bool:
    return one.first is other.first and one.second is other.second


def _compared(pair: Pair) -> Comparison:
    """How the words of two answers differ.

    Thread: background.
    """
    return compare(plain_text(pair.first), plain_text(pair.second))
