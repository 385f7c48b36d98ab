"""Writes words with their styles, and the formulas among them, into a text document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextFormat

from glmocr_desktop.core.model import Run, Style
from glmocr_desktop.gui.rendered.formula_object import DISPLAY, LATEX, FormulaObject, FormulaStore
from glmocr_desktop.gui.theme import fixed_font

if TYPE_CHECKING:
    from glmocr_desktop.gui.rendered.rendering import Formula

STYLE = QTextFormat.Property.UserProperty.value + 8
# What Qt takes for its own signs inside a document, and lines that do not end their paragraph.
_SIGNS = str.maketrans(
    {"\n": "\u2028", "\r": "\u2028", "\u2029": "\u2028", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\ufffc": "\ufffd"}
)
_MAX_SOURCE = 5_000  # characters of LaTeX that are shown: a paragraph cannot be laid out in parts


class RunWriter:
    """Writes runs at a cursor.

    Args:
        store: Formulas that are ready.
        formulas: Draws them.
        room_px: How wide a line is.

    Attributes:
        missing: Formulas that were not ready, and were written as LaTeX.

    Thread: GUI.
    """

    def __init__(self, store: FormulaStore, formulas: FormulaObject, room_px: float) -> None:
        self.missing: set[Formula] = set()
        self._store = store
        self._formulas = formulas
        self._room_px = room_px
        self._mono = fixed_font().families()

    def write(
        self, cursor: QTextCursor, runs: Iterable[Run], words: QTextCharFormat, font: QFont, *, display: bool = False
    ) -> None:
        """Write words.

        Args:
            cursor: Where.
            runs: The words, their styles, and formulas.
            words: The format of plain ones.
            font: Their font.
            display: Whether it is a formula on a line of its own.
        """
        for run in runs:
            if Style.FORMULA in run.style:
                self._write_formula(cursor, (run.text, display), words, font)
            elif run.style is Style.PLAIN:
                cursor.insertText(run.text.translate(_SIGNS), words)
            else:
                cursor.insertText(run.text.translate(_SIGNS), self._styled(words, run.style))

    def write_code(self, cursor: QTextCursor, text: str) -> None:
        """Write lines of code."""
        words = QTextCharFormat()
        words.setFontFamilies(self._mono)
        cursor.insertText(text.rstrip("\n").translate(_SIGNS), words)

    def _write_formula(self, cursor: QTextCursor, formula: Formula, words: QTextCharFormat, font: QFont) -> None:
        typeset = self._store.get(formula)
        if typeset is not None and typeset.svg:
            room_px = self._room_px if formula[1] else 0
            cursor.insertText("\ufffc", self._formulas.format(formula, words, font, room_px))
            return
        source = self._styled(words, Style.CODE)
        source.setProperty(LATEX, formula[0])
        source.setProperty(DISPLAY, formula[1])
        if typeset is None:
            self.missing.add(formula)
        latex = formula[0] if len(formula[0]) <= _MAX_SOURCE else f"{formula[0][:_MAX_SOURCE]}…"
        cursor.insertText(latex.translate(_SIGNS), source)

    def _styled(self, words: QTextCharFormat, style: Style) -> QTextCharFormat:
        made = QTextCharFormat(words)
        made.setProperty(STYLE, style.value)
        if Style.BOLD in style:
            made.setFontWeight(QFont.Weight.Bold)
        if Style.ITALIC in style:
            made.setFontItalic(True)
        if Style.STRIKE in style:
            made.setFontStrikeOut(True)
        if Style.CODE in style:
            made.setFontFamilies(self._mono)
        return made
