"""Light and dark, large and small: everything can be read in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Theme
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import load
from glmocr_desktop.gui import server_words, words
from glmocr_desktop.gui.appearance import appearance
from glmocr_desktop.gui.main_window import FULL_SIZE, MainWindow
from glmocr_desktop.gui.pane_header import ElidedLabel
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.gui.theme import contrast, muted_colour, selection_colour
from glmocr_desktop.recognition.health import HealthState
from tests.gui.conftest import OpenWindow
from tests.gui.screen import drop, files_mime, wait_for_states
from tests.support.pages import numbered_image

_Role = QPalette.ColorRole


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    """Other tests see the platform's own look."""
    yield
    appearance().use(Theme.SYSTEM, 100)


def _use(window: MainWindow, **changes: object) -> None:
    window._preferences.use(replace(window.engine.settings, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", list(Theme))
def test_all_words_can_be_read(qapp: QApplication, theme: Theme) -> None:
    appearance().use(theme, 100)
    palette = qapp.palette()
    if theme is not Theme.SYSTEM:
        assert words.is_dark(palette) is (theme is Theme.DARK)
    grounds = [palette.color(_Role.Base), palette.color(_Role.Window), selection_colour(palette)]
    inks = [words.state_colour(each, palette) for each in RowState]
    inks += [server_words.health_colour(each, palette) for each in HealthState]
    inks += [muted_colour(palette), palette.color(_Role.Text), palette.color(_Role.WindowText)]
    pairs = [(ink, ground) for ink in inks for ground in grounds]
    pairs += [
        (palette.color(ink), palette.color(ground))
        for ink, ground in (
            (_Role.PlaceholderText, _Role.Base),
            (_Role.HighlightedText, _Role.Highlight),
            (_Role.ButtonText, _Role.Button),
            (_Role.ToolTipText, _Role.ToolTipBase),
            (_Role.Link, _Role.Base),
        )
    ]
    faint = [(ink.name(), ground.name()) for ink, ground in pairs if contrast(ink, ground) < 4.5]
    assert faint == []


def test_how_contrast_is_measured() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_colours_change_while_the_program_runs(qtbot: QtBot, window: MainWindow) -> None:
    where = window.findChild(QLabel, "whereLabel")
    assert where is not None
    style, muted = window.styleSheet(), where.palette().color(_Role.WindowText)
    _use(window, theme=Theme.DARK)
    qtbot.waitUntil(lambda: window.styleSheet() != style)
    assert words.is_dark(where.palette())
    assert words.is_dark(window.view.palette())
    assert contrast(where.palette().color(_Role.WindowText), where.palette().color(_Role.Base)) > 4.5
    _use(window, theme=Theme.SYSTEM)
    qtbot.waitUntil(lambda: window.styleSheet() == style)
    assert where.palette().color(_Role.WindowText) == muted
    assert not words.is_dark(window.view.palette())


def test_keys_change_the_size_of_words(qtbot: QtBot, window: MainWindow) -> None:
    size = QApplication.font().pointSizeF()
    window.activateWindow()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    for _ in range(9):
        qtbot.keyClick(window, Qt.Key.Key_Plus, keys)
    assert window.engine.settings.text_scale == 200
    assert QApplication.font().pointSizeF() == pytest.approx(2 * size)
    qtbot.waitUntil(lambda: window.view.font().pointSizeF() == pytest.approx(2 * size))
    qtbot.keyClick(window, Qt.Key.Key_Minus, keys)
    qtbot.waitUntil(lambda: load()[0].text_scale == 175)
    qtbot.keyClick(window, Qt.Key.Key_0, keys)
    assert QApplication.font().pointSizeF() == pytest.approx(size)


@pytest.mark.parametrize("scale", [80, 150, 200])
def test_no_words_are_clipped(qtbot: QtBot, window: MainWindow, tmp_path: object, scale: int) -> None:
    window.resize(FULL_SIZE)  # which offscreen is larger than the screen
    qtbot.waitUntil(lambda: _clipped(window) == [])
    drop(window, files_mime([numbered_image(tmp_path, 1)]))  # type: ignore[arg-type]
    wait_for_states(qtbot, window, "Done")
    window.result_pane.open_find_bar()
    font = window.view.font().pointSizeF()
    _use(window, text_scale=scale)
    qtbot.waitUntil(lambda: window.view.font().pointSizeF() == pytest.approx(font * scale / 100))
    qtbot.waitUntil(lambda: _clipped(window) == [])
    line_px, first = window.view.fontMetrics().height(), window.model.index(0, 0)
    qtbot.waitUntil(lambda: window.view.visualRect(first).height() >= 2 * line_px)


def test_a_new_window_has_the_look_that_was_kept(open_window: OpenWindow, closed_url: str) -> None:
    size = QApplication.font().pointSizeF()
    window = open_window(Settings(server_url=closed_url, theme=Theme.DARK, text_scale=150))
    assert words.is_dark(QApplication.palette())
    assert QApplication.font().pointSizeF() == pytest.approx(1.5 * size)
    assert window.isVisible()


@pytest.mark.parametrize("scale", [100, 200])
def test_buttons_lose_their_words_before_they_are_hidden(qtbot: QtBot, window: MainWindow, scale: int) -> None:
    _use(window, text_scale=scale)
    bar = window.findChild(QToolBar, "toolBar")
    assert bar is not None
    read = bar.findChild(QToolButton, "readButton")
    paste = bar.findChild(QToolButton, "pasteButton")
    window.resize(3000, 700)
    qtbot.waitUntil(lambda: _worded(paste) and _worded(read))
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: not _worded(paste) and bar.width() == window.width())
    qtbot.waitUntil(lambda: all(each.isVisible() for each in _tools(bar)))
    assert _tools(bar)[-1].geometry().right() <= bar.width()
    assert window.minimumWidth() == min(900, window.screen().availableSize().width())
    window.resize(3000, 700)
    qtbot.waitUntil(lambda: _worded(paste))


def _worded(button: QToolButton | None) -> bool:
    assert button is not None
    return button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def _tools(bar: QToolBar) -> list[QWidget]:
    return [bar.widgetForAction(action) for action in bar.actions() if action.isVisible()]


def _clipped(window: MainWindow) -> list[str]:
    """Visible widgets that are too small for their words."""
    found = []
    for each in window.findChildren(QWidget):
        text = _words(each)
        if not each.isVisible() or not text:
            continue
        metrics = each.fontMetrics()
        width, height = metrics.horizontalAdvance(text), metrics.height()
        if isinstance(each, QLabel) and each.wordWrap():
            width, height = 0, each.heightForWidth(each.width())
        if isinstance(each, ElidedLabel):
            width = 0
        if each.height() < height or each.width() < width:
            found.append(f"{each.objectName() or type(each).__name__}: {text} ({each.size().toTuple()})")
    return found


def _words(widget: QWidget) -> str:
    """What a widget shows in its own font."""
    if isinstance(widget, QToolButton) and not _worded(widget) and not widget.icon().isNull():
        return ""
    if isinstance(widget, QLabel | QAbstractButton | QAbstractSpinBox):
        return widget.text()
    if isinstance(widget, QLineEdit) and not isinstance(widget.parent(), QAbstractSpinBox):
        return widget.text()[:4]  # the rest is scrolled to
    return widget.currentText()[:4] if isinstance(widget, QComboBox) else ""
