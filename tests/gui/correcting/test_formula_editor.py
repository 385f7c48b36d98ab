"""A formula is corrected in its LaTeX, and drawn while that is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.correcting.formula_preview import FormulaPreview
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.results.formulas import typeset
from tests.gui.result_pane import Pane, open_pane
from tests.support.results import done


@pytest.fixture
def pane(qtbot: QtBot, qt_loop: None, closed_url: str) -> Iterator[Pane]:
    with open_pane(qtbot, closed_url) as opened:
        yield opened


def _open(pane: Pane, text: str) -> Row:
    row = pane.show(done(text))
    pane.open_tab("Formula")
    return row


def _preview(pane: Pane) -> FormulaPreview:
    found = pane.child(FormulaPreview, "formulaPreview")
    assert isinstance(found, FormulaPreview)
    return found


def _wait_for_drawing(pane: Pane, latex: str, *, display: bool = True) -> None:
    expected = typeset(latex, display=display)
    pane.qtbot.waitUntil(lambda: _preview(pane).typeset == expected)


def _ink(image: QImage) -> set[str]:
    """The colours of the drawing, but its ground."""
    ground = image.pixelColor(2, 2)
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    return colours - {ground.name()}


def _click(pane: Pane, name: str) -> None:
    QTest.mouseClick(pane.child(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_formula_is_drawn_in_the_colour_of_words(pane: Pane) -> None:
    _open(pane, "$$ \\frac {q l}{2 t _ {1}} $$")
    assert pane.formula.toPlainText() == "\\frac{ql}{2t_{1}}"
    _wait_for_drawing(pane, "\\frac{ql}{2t_{1}}")
    palette = _preview(pane).palette()
    palette.setColor(palette.ColorRole.Text, QColor("#ff0000"))
    palette.setColor(palette.ColorRole.Base, QColor("#000000"))
    _preview(pane).setPalette(palette)
    pane.qtbot.waitUntil(lambda: "#ff0000" in _ink(_preview(pane).grab().toImage()))


def test_what_is_typed_is_drawn_and_kept(pane: Pane) -> None:
    row = _open(pane, "before\n\n$$ x $$\n\nafter")
    pane.formula.selectAll()
    QTest.keyClicks(pane.formula, "x^2 + y")
    _wait_for_drawing(pane, "x^2 + y")
    pane.wait_for_text(row, "before\n\n$$\nx^2 + y\n$$\n\nafter")
    assert row.result.blocks[1].text == "x^2+y"
    assert pane.formula.toPlainText() == "x^2 + y"  # nobody takes blanks from under the cursor
    assert "corrected" in pane.words()


def test_what_is_wrong_is_said_and_underlined(pane: Pane) -> None:
    _open(pane, "$$ x+1 $$")
    pane.formula.selectAll()
    pane.formula.insertPlainText("中😀+\\begin{nothing}")
    expected = typeset("中😀+\\begin{nothing}", display=True)
    assert expected.error
    pane.qtbot.waitUntil(lambda: str(expected.error) in pane.words())
    (marked,) = pane.formula.extraSelections()
    assert marked.cursor.selectedText() == "\\begin{nothing}"
    assert marked.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    pane.formula.setPlainText("y")
    pane.qtbot.waitUntil(lambda: str(expected.error) not in pane.words())
    assert pane.formula.extraSelections() == []


def test_the_last_drawing_stays_while_nothing_can_be_drawn(pane: Pane) -> None:
    _open(pane, "$$ x+1 $$")
    _wait_for_drawing(pane, "x+1")
    pane.formula.selectAll()
    QTest.keyClicks(pane.formula, "}")
    assert not typeset("}", display=True).svg
    pane.qtbot.waitUntil(lambda: "too many" in pane.words())
    assert _preview(pane).typeset == typeset("x+1", display=True)


def test_formulas_within_words_are_corrected_alone(pane: Pane) -> None:
    text = "Here $ x ^ { 2 } $ and \\( y \\) and $ x ^ { 2 } $.\n\n- one $a$\n- two $b$\n\n$$ z $$"
    row = _open(pane, text)
    assert "Formula 1 of 6, within words" in pane.words()
    pane.press("formulaOn")
    pane.press("formulaOn")
    assert pane.formula.toPlainText() == "x^{2}"
    pane.formula.selectAll()
    pane.formula.insertPlainText("x^{3}")
    pane.press("formulaOn")
    pane.press("formulaOn")
    assert pane.formula.toPlainText() == "b"
    pane.formula.selectAll()
    pane.formula.insertPlainText("\\beta")
    changed = text.replace("$ x ^ { 2 } $.", "$x^{3}$.").replace("$b$", "$\\beta$")
    pane.wait_for_text(row, changed)
    pane.press("formulaOn")
    assert "Formula 6 of 6" in pane.words()
    assert "within words" not in pane.words()


def test_an_emptied_formula_stays_what_it_was(pane: Pane) -> None:
    row = _open(pane, "$$ x $$")
    pane.formula.selectAll()
    QTest.keyClick(pane.formula, Qt.Key.Key_Delete)
    pane.view.commit()
    assert row.result.text == "$$ x $$"


def test_latex_is_tidied_and_comes_back_as_it_was_received(pane: Pane) -> None:
    row = _open(pane, "$$ \\alpha _ { 1 } $$")
    pane.formula.selectAll()
    pane.formula.insertPlainText("\\beta _ { 2 }")
    _click(pane, "tidyButton")
    assert pane.formula.toPlainText() == "\\beta_{2}"
    pane.wait_for_text(row, "$$\n\\beta_{2}\n$$")
    _click(pane, "formulaReceivedButton")
    pane.qtbot.waitUntil(lambda: pane.formula.toPlainText() == "\\alpha _ { 1 }")
    pane.qtbot.waitUntil(lambda: row.result.blocks[0].text == "\\alpha_{1}")


def test_undo_goes_through_what_was_typed_and_then_through_the_page(pane: Pane) -> None:
    row = _open(pane, "$$ x $$")
    QTest.keyClicks(pane.formula, "y")
    pane.wait_for_text(row, "$$\nyx\n$$")
    QTest.keyClick(pane.formula, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.formula.toPlainText() == "x"
    pane.qtbot.waitUntil(lambda: row.result.blocks[0].text == "x")
    pane.show(done("else"))
    pane.view.show_row(row)
    pane.open_tab("Formula")
    QTest.keyClick(pane.formula, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    pane.qtbot.waitUntil(lambda: pane.formula.toPlainText() == "yx")


def test_a_long_answer_without_end_does_not_stop_the_typing(pane: Pane) -> None:
    row = _open(pane, "$$ x $$")
    pane.formula.selectAll()
    pane.formula.insertPlainText("{" * 15_000)
    pane.formula.selectAll()
    QTest.keyClicks(pane.formula, "z")
    assert pane.formula.toPlainText() == "z"
    _wait_for_drawing(pane, "z")
    pane.qtbot.waitUntil(lambda: row.result.blocks[0].text == "z")
