"""What was read before is found, opened, copied, exported and deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.history.history_window import HistoryWindow
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.jobs.kept import Asked, Found
from tests.gui.screen import rendered
from tests.support.kept import jobs_of, kept, read
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

Begin = Callable[..., MainWindow]
_TEXTS = {"发票.pdf": "总计 人民币 壹佰元", "letter.png": "Bring form 3082 to the **Harbour**"}


@pytest.fixture
def window(qtbot: QtBot, open_window: Begin, server: ServerProcess, tmp_path: Path) -> MainWindow:
    """A window in whose history there are an invoice of three pages and a letter."""
    opened = open_window(Settings(server_url=server.url, probe_interval_s=0.2))
    opened.keeping.begin(tmp_path / "data" / "documents.db")
    qtbot.waitUntil(lambda: opened.keeping.store is not None)
    store = opened.keeping.store
    assert store is not None
    for name, text in _TEXTS.items():
        document = kept(name, 3 if name.endswith("pdf") else 1)
        store.add([document])
        store.assign(jobs := jobs_of(document))
        store.finish([read(job, text) for _, job in jobs])
        store.take_off([page_id for page_id, _ in jobs]).result()
    return opened


@pytest.fixture
def history(qtbot: QtBot, window: MainWindow) -> HistoryWindow:
    window.commands.history.trigger()
    shown = window.findChild(HistoryWindow, "historyWindow")
    assert isinstance(shown, HistoryWindow)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 4)
    return shown


def _names(history: HistoryWindow) -> list[str]:
    return [str(history.model.index(row).data()) for row in range(history.model.rowCount())]


def _choose(qtbot: QtBot, history: HistoryWindow, words: str, name: str) -> None:
    """Look for words until one page is left, which is chosen then."""
    history.asking.words.setText(words)
    qtbot.waitUntil(lambda: _names(history) == [name] and len(history.chosen()) == 1)


def _press(history: HistoryWindow, name: str) -> None:
    button = history.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def _answer(qtbot: QtBot, history: HistoryWindow, text: str) -> None:
    qtbot.waitUntil(lambda: history.findChild(QMessageBox, "historyQuestion") is not None)
    question = history.findChild(QMessageBox, "historyQuestion")
    assert isinstance(question, QMessageBox)
    next(each for each in question.buttons() if each.text() == text).click()


def test_the_newest_comes_first_and_words_narrow_it_down(qtbot: QtBot, history: HistoryWindow) -> None:
    assert _names(history)[0] == "letter.png"
    assert sorted(_names(history)[1:]) == ["发票.pdf, page 1", "发票.pdf, page 2", "发票.pdf, page 3"]
    history.asking.words.setText("人民")
    qtbot.waitUntil(lambda: len(_names(history)) == 3)
    history.asking.words.setText("harbour form")
    qtbot.waitUntil(lambda: _names(history) == ["letter.png"])
    line = history.model.line(history.model.index(0))
    assert line is not None
    assert "Harbour" in line.excerpt
    qtbot.waitUntil(lambda: "form 3082" in history.preview.result.toPlainText())
    history.asking.words.setText("no such word")
    qtbot.waitUntil(lambda: "Nothing found" in [each.text() for each in history.findChildren(QLabel)])
    qtbot.waitUntil(lambda: history.preview.result.toPlainText() == "")


def test_choices_narrow_it_down(qtbot: QtBot, history: HistoryWindow) -> None:
    for name, index, count in (("historyState", 2, 0), ("historyState", 1, 4), ("historyTime", 1, 4)):
        choice = history.findChild(QComboBox, name)
        assert isinstance(choice, QComboBox)
        choice.setCurrentIndex(index)
        qtbot.waitUntil(lambda count=count: history.model.total == count)


def test_a_page_is_opened_again(qtbot: QtBot, window: MainWindow, history: HistoryWindow) -> None:
    _choose(qtbot, history, "3082", "letter.png")
    _press(history, "historyOpen")
    qtbot.waitUntil(lambda: [row.name for row in window.model.pages()] == ["letter.png"])
    qtbot.waitUntil(lambda: "form 3082" in rendered(window))
    store = window.keeping.store
    assert store is not None
    assert [each.document.name for each in store.desk()] == ["letter.png"]
    _press(history, "historyOpen")  # again: it is shown, not doubled
    qtbot.waitUntil(lambda: window.tasks.running == 0)
    assert len(list(window.model.pages())) == 1


def test_results_are_copied(qtbot: QtBot, history: HistoryWindow) -> None:
    _choose(qtbot, history, "3082", "letter.png")
    _press(history, "historyCopy")
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "Bring form 3082 to the Harbour")


def test_what_is_deleted_is_gone(
    qtbot: QtBot, window: MainWindow, history: HistoryWindow, server: ServerProcess, tmp_path: Path
) -> None:
    theirs = numbered_image(tmp_path, 1)
    window.intake.add_paths([str(theirs)])
    qtbot.waitUntil(lambda: [row.state.done for row in window.model.pages()] == [True])
    history.look()
    qtbot.waitUntil(lambda: history.model.rowCount() == 5)
    history.list.selectAll()
    _press(history, "historyDelete")
    _answer(qtbot, history, "Delete")
    qtbot.waitUntil(lambda: history.model.total == 0)
    assert window.model.rowCount() == 0
    assert theirs.exists()  # a person's own file
    store = window.keeping.store
    assert store is not None
    assert store.count(Asked()) == 0


def test_delete_all_leaves_what_is_open(qtbot: QtBot, window: MainWindow, history: HistoryWindow) -> None:
    _choose(qtbot, history, "3082", "letter.png")
    _press(history, "historyOpen")
    qtbot.waitUntil(lambda: window.model.rowCount() == 1)
    history.asking.words.clear()
    qtbot.waitUntil(lambda: history.model.total == 4)
    _press(history, "historyDeleteAll")
    _answer(qtbot, history, "Cancel")
    assert history.model.total == 4
    _press(history, "historyDeleteAll")
    _answer(qtbot, history, "Delete")
    qtbot.waitUntil(lambda: _names(history) == ["letter.png"])


def test_without_a_history_the_window_says_so(qtbot: QtBot, open_window: Begin, tmp_path: Path) -> None:
    window = open_window(Settings(keep_history=False))
    window.keeping.begin(tmp_path / "data" / "documents.db")
    qtbot.waitUntil(lambda: window.keeping.store is not None)
    window.commands.history.trigger()
    shown = window.findChild(HistoryWindow, "historyWindow")
    qtbot.waitUntil(lambda: "No history is kept" in [each.text() for each in shown.findChildren(QLabel)])
    assert not (tmp_path / "data").exists()


def test_what_was_kept_goes_when_nothing_is_kept_any_more(
    qtbot: QtBot, window: MainWindow, history: HistoryWindow, tmp_path: Path
) -> None:
    assert (tmp_path / "data" / "documents.db").exists()
    window.intake.add_paths([str(numbered_image(tmp_path, 1))])
    qtbot.waitUntil(lambda: [row.state.done for row in window.model.pages()] == [True])
    now = replace(window.engine.settings, keep_history=False)
    before = window.engine.settings
    window.engine.apply(now)
    window._on_settings_applied(before, now)
    _answer(qtbot, history, "Delete")
    qtbot.waitUntil(lambda: not (tmp_path / "data" / "documents.db").exists())
    qtbot.waitUntil(lambda: [each.name for each in _lines(history)] == ["page 1.png"])  # what is open stays, in memory
    assert [row.state.done for row in window.model.pages()] == [True]


def _lines(history: HistoryWindow) -> list[Found]:
    rows = range(history.model.rowCount())
    return [line for row in rows if (line := history.model.line(history.model.index(row))) is not None]


def test_everything_can_be_done_by_keys(qtbot: QtBot, history: HistoryWindow) -> None:
    history.list.setFocus()
    qtbot.keyClick(history, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(history.asking.words.hasFocus)
