"""One copy in many flavours, and each flavour alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.results.clipboard import MATHML, SVG
from tests.gui.screen import drop, files_mime, notice, rendered, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

TABLE = "<table><tr><th colspan='2'>Head</th></tr><tr><td>1</td><td>$ x ^ 2 $</td></tr></table>"
FORMULA = "$$ \\frac {a} {b} $$"


def _clipboard() -> QMimeData:
    return QApplication.clipboard().mimeData() or QMimeData()  # none at all when it is empty


def _data(name: str) -> str:
    return bytes(_clipboard().data(name).data()).decode()


def _read(qtbot: QtBot, window: MainWindow, server: ServerProcess, folder: Path, answer: str) -> None:
    server.control(answer=answer)
    drop(window, files_mime([numbered_image(folder, 1)]))
    wait_for_states(qtbot, window, "Done")
    qtbot.waitUntil(lambda: rendered(window) != "")
    window.commands.check()


def _copy_as(window: MainWindow, kind: str) -> None:
    QApplication.clipboard().clear()
    action = window.commands.output.copy_as.findChild(QAction, f"copyAs_{kind}")
    assert action is not None
    action.trigger()


def test_a_table_is_copied_for_spreadsheets_and_editors(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _read(qtbot, window, server, tmp_path, TABLE)
    window.commands.output.copy.trigger()
    assert _clipboard().text() == "Head\t\n1\t$x^2$"  # at once
    qtbot.waitUntil(lambda: _clipboard().hasHtml())
    assert '<th colspan="2">Head</th>' in _clipboard().html()
    assert "<math" in _clipboard().html()
    assert "<table>" in _data("text/markdown")


def test_a_formula_is_copied_as_latex_mathml_and_pictures(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _read(qtbot, window, server, tmp_path, FORMULA)
    window.commands.output.copy.trigger()
    qtbot.waitUntil(lambda: _clipboard().hasImage())
    assert _clipboard().text() == "\\frac{a}{b}"
    assert 'xmlns="http://www.w3.org/1998/Math/MathML"' in _data(MATHML)
    assert _data(SVG).startswith("<svg")
    image = QImage(_clipboard().imageData())
    assert image.height() > image.width() > 40
    dark = sum(image.pixelColor(x, y).lightness() < 100 for x in range(image.width()) for y in range(image.height()))
    assert dark > 100


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", "\\frac{a}{b}"),
        ("markdown", "$$\n\\frac{a}{b}\n$$"),
        ("latex", "\\frac{a}{b}"),
        ("latex_inline", "$\\frac{a}{b}$"),
        ("latex_display", "$$\n\\frac{a}{b}\n$$"),
        ("latex_brackets", "\\[\n\\frac{a}{b}\n\\]"),
        ("latex_equation", "\\begin{equation}\n\\frac{a}{b}\n\\end{equation}"),
        ("mathml", "<math "),
        ("svg", "<svg "),
    ],
)
def test_one_kind_alone(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path, kind: str, text: str
) -> None:
    _read(qtbot, window, server, tmp_path, FORMULA)
    _copy_as(window, kind)
    qtbot.waitUntil(lambda: _clipboard().hasText())
    assert _clipboard().text() == text or (text.startswith("<") and _clipboard().text().startswith(text))


def test_a_picture_alone_is_nothing_else(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _read(qtbot, window, server, tmp_path, FORMULA)
    _copy_as(window, "png")
    qtbot.waitUntil(lambda: _clipboard().hasImage())
    assert not _clipboard().hasText()


@pytest.mark.parametrize(("kind", "text"), [("tsv", "Head\t\n1\t$x^2$\n"), ("csv", "Head,\n1,$x^2$\n")])
def test_tables_alone(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path, kind: str, text: str
) -> None:
    _read(qtbot, window, server, tmp_path, f"words\n{TABLE}\nwords")
    _copy_as(window, kind)
    qtbot.waitUntil(lambda: _clipboard().hasText())
    assert _clipboard().text() == text


def test_nothing_of_a_kind_is_said(qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path) -> None:
    _read(qtbot, window, server, tmp_path, "only words")
    _copy_as(window, "csv")
    qtbot.waitUntil(lambda: "nothing of this kind" in notice(window))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_formula_has_a_menu_of_its_own(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _read(qtbot, window, server, tmp_path, FORMULA)
    window.result_view.tabs.rendered.formula_menu_wanted.emit("a^2", False, QPoint(5, 5))
    menu = next(each for each in window.result_pane.findChildren(QMenu) if each.isVisible())
    next(each for each in menu.actions() if each.objectName() == "copyAs_latex_inline").trigger()
    menu.close()
    qtbot.waitUntil(lambda: _clipboard().text() == "$a^2$")


def test_a_page_that_was_read_alone_is_copied_when_that_is_wished(
    qtbot: QtBot, open_window: Callable[[Settings], MainWindow], server: ServerProcess, tmp_path: Path
) -> None:
    window = open_window(Settings(server_url=server.url, copy_automatically=True))
    server.control(answer="by itself")
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    qtbot.waitUntil(lambda: _clipboard().text() == "by itself")
    QApplication.clipboard().clear()
    drop(window, files_mime([numbered_image(tmp_path, number) for number in (2, 3)]))
    wait_for_states(qtbot, window, "Done", "Done", "Done")
    assert _clipboard().text() == ""


def test_a_copy_of_a_selection_is_the_selection(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    """Ctrl+C in the result takes what is selected there, not the page."""
    _read(qtbot, window, server, tmp_path, "first words\n\nsecond words")
    view = window.result_view.tabs.rendered
    view.setFocus()
    cursor = view.document().find("second")
    view.setTextCursor(cursor)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert _clipboard().text() == "second"
