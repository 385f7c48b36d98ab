"""A formula is corrected in its LaTeX, and seen as it will look."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QPalette,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Result
from glmocr_desktop.gui import words
from glmocr_desktop.gui.correcting.formula_preview import FormulaPreview
from glmocr_desktop.gui.correcting.source_edit import SourceEdit, units
from glmocr_desktop.gui.correcting.stepper import Stepper
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.formulas import Complaint, Typeset, tidy, typeset
from glmocr_desktop.results.page_formulas import PageFormula, page_formulas, received_latex

_COMMAND = re.compile(r"\\[a-zA-Z]+")
_DRAWING_MS = 30  # after a key: a formula takes some 20 ms to typeset
_TYPING_MS = 400
_LINES = 5


class FormulaEditor(QWidget):
    """The formulas of a page, one at a time.

    Signals:
        changed(PageFormula, str): A person changed the LaTeX of a formula.
        undo_pressed(), redo_pressed(): A person wants the last change back, or again, beyond what was typed here.

    Thread: GUI.
    """

    changed = Signal(object, str)
    undo_pressed = Signal()
    redo_pressed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._result: Result | None = None
        self._formulas: tuple[PageFormula, ...] = ()
        self._number = 0
        self._drawing = False
        self._complaint = Complaint()
        self._changed = False  # since what is written here was last kept, or taken from the page
        self._stepper = Stepper("formula", lambda: self.tr("Formula before"), lambda: self.tr("Next formula"), self)
        self._stepper.stepped.connect(lambda step: self.show_number(self._number + step))
        self._preview = FormulaPreview(self)
        self.source = SourceEdit(self)
        self.source.undo_pressed.connect(self.undo_pressed)
        self.source.redo_pressed.connect(self.redo_pressed)
        self._error = QLabel(self)
        self._tidy = QPushButton(self)
        self._received = QPushButton(self)
        self._tidy.clicked.connect(lambda: self.source.replace(tidy(self.source.toPlainText())))
        self._received.clicked.connect(lambda: self._tasks.start(self._restore()))
        self._redraw = _single_shot(self, _DRAWING_MS, self._draw)
        self._typing = _single_shot(self, _TYPING_MS, self.commit)
        self.source.textChanged.connect(self._on_text_changed)
        self._lay_out()
        on_language(self, self._say_words)

    @property
    def count(self) -> int:
        """How many formulas the page has."""
        return len(self._formulas)

    @property
    def typing(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._typing.isActive()

    def show_result(self, result: Result | None, *, first: bool) -> None:
        """Show the formulas of a page.

        Args:
            result: The page.
            first: Whether to begin with the first one, as for another page.
        """
        self._result = result
        self._formulas = page_formulas(result) if result is not None else ()
        self._show(0 if first else self._number, afresh=first)

    def show_number(self, number: int) -> None:
        """Show one of the formulas, from 0."""
        self.commit()
        self._show(number, afresh=True)

    def show_block(self, index: int) -> None:
        """Show the first formula of this block of the page."""
        self.show_number(next((i for i, each in enumerate(self._formulas) if each.block == index), self._number))

    def commit(self) -> None:
        """Keep what was typed so far."""
        self._typing.stop()
        latex = self.source.toPlainText().strip()
        if not self._changed or not self._formulas or not latex:
            return  # an empty formula is none: it could never be found again
        self._changed = False
        formula = self._formulas[self._number]
        if tidy(latex) != formula.latex:
            self.changed.emit(formula, latex)

    def _lay_out(self) -> None:
        self.source.setObjectName("formulaEdit")
        self.source.keep_lines(_LINES)
        self._error.setObjectName("formulaError")
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.setWordWrap(True)
        self._tidy.setObjectName("tidyButton")
        self._received.setObjectName("formulaReceivedButton")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 8, 12, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self._tidy)
        buttons.addWidget(self._received)
        buttons.addStretch(1)
        self._stepper.setContentsMargins(12, 2, 8, 2)
        self._error.setContentsMargins(12, 4, 12, 4)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stepper)
        layout.addWidget(self._preview, 1)
        layout.addWidget(line)
        layout.addWidget(self.source)
        layout.addWidget(self._error)
        layout.addLayout(buttons)

    def _say_words(self) -> None:
        self.source.setAccessibleName(self.tr("LaTeX of the formula, can be corrected"))
        self._tidy.setText(self.tr("Tidy"))
        self._tidy.setToolTip(self.tr("Take out the blanks that change nothing"))
        self._received.setText(self.tr("As received"))
        self._received.setToolTip(self.tr("Put back the LaTeX as it was received"))
        self._show_place()
        self._show_error()

    def _show_place(self) -> None:
        if not self._formulas:
            return
        display = self._formulas[self._number].display
        text = self.tr("Formula {0} of {1}") if display else self.tr("Formula {0} of {1}, within words")
        self._stepper.show_place(text.format(self._number + 1, self.count), self._number, self.count)

    def _show(self, number: int, *, afresh: bool) -> None:
        if not self._formulas:
            return
        self._number = max(0, min(number, self.count - 1))
        formula = self._formulas[self._number]
        self._show_place()
        if afresh:
            self.source.begin(formula.latex)
            self._draw()
        elif tidy(self.source.toPlainText()) != formula.latex:
            self.source.follow(formula.latex)
            self._draw()
        self._typing.stop()
        self._changed = False

    async def _restore(self) -> None:
        if self._result is None:
            return
        result, number = self._result, self._number
        latex = await self._tasks.background(received_latex, result, number)
        if latex and result is self._result and number == self._number:
            self.source.replace(latex)

    def _on_text_changed(self) -> None:
        self._changed = True
        self._typing.start()
        if not self._redraw.isActive():
            self._redraw.start()

    def _draw(self) -> None:
        if not self._drawing:
            self._drawing = True
            self._tasks.start(self._draw_latest())

    async def _draw_latest(self) -> None:
        """Typeset until what is shown is what is written; what was shown before stays until then."""
        try:
            drawn = None
            while (wanted := self._wanted()) != drawn and wanted is not None:
                made = await self._tasks.background(typeset, wanted[0], display=wanted[1])
                drawn = wanted
                if self._wanted() == wanted:
                    self._show_typeset(made)
        finally:
            self._drawing = False

    def _wanted(self) -> tuple[str, bool] | None:
        if not self._formulas:
            return None
        return self.source.toPlainText(), self._formulas[self._number].display

    def _show_typeset(self, made: Typeset) -> None:
        if made.svg or not made.error:
            self._preview.show_typeset(made)
        self._complaint = made.error
        self._show_error()
        self.source.setExtraSelections(self._underlined(made.error_at, made.error) if made.error else [])

    def _show_error(self) -> None:
        palette = QGuiApplication.palette()
        tinted = QPalette(palette)
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue("red", palette))
        self._error.setPalette(tinted)
        self._error.setText(f"⚠ {words.complaint_words(self._complaint)}" if self._complaint else "")
        self._error.setVisible(bool(self._complaint))

    def _underlined(self, place: int | None, error: Complaint) -> list[QTextEdit.ExtraSelection]:
        text = self.source.toPlainText()
        if place is None or not text:
            return []
        begin, end = _command_at(text, place, error) or _word_before(text, max(1, min(place, len(text))))
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(words.hue("red", QGuiApplication.palette()))
        marked = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.source.document())
        cursor.setPosition(units(text[:begin]))
        cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        marked.cursor, marked.format = cursor, look
        return [marked]


def _command_at(text: str, place: int, error: Complaint) -> tuple[int, int] | None:
    """Where the command is that an error names, when reading stopped in front of it."""
    found = _COMMAND.search(text, max(0, place - 1))
    return found.span() if found and found.start() <= place and f"{found[0]}." in str(error) else None


def _single_shot(parent: QObject, interval_ms: int, slot: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(slot)
    return timer


def _word_before(text: str, end: int) -> tuple[int, int]:
    """The command, with its last argument, or the sign that was read last before a place."""
    begin = end - 1
    if text[begin] == "}":
        begin = max(text.rfind("{", 0, begin), 0)
    while begin and text[begin - 1].isascii() and text[begin - 1].isalpha():
        begin -= 1
    if begin and text[begin - 1] == "\\":
        begin -= 1
    return begin, end
