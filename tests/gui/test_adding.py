"""What is dropped, pasted or opened becomes rows, and is read at once."""

from __future__ import annotations

import logging
import stat
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QMimeData, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.main_window import MainWindow
from tests.documents.pdf_files import BLACK_SQUARE, encrypted_pdf, pages_pdf
from tests.gui.screen import (
    drop,
    files_mime,
    hover,
    image_mime,
    label,
    leave,
    names,
    notice,
    states,
    texts,
    wait_for_states,
)
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


def test_a_dropped_file_is_read_at_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 3)]))
    wait_for_states(qtbot, window, "Done")
    assert names(window) == ["page 3.png"]
    qtbot.waitUntil(lambda: label(window, "progressLabel") == "1 of 1")


def test_a_dropped_folder_gives_its_files_in_natural_order(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for number in (10, 2, 1):
        numbered_image(tmp_path, number)
    drop(window, files_mime([tmp_path]))
    wait_for_states(qtbot, window, *["Done"] * 3)
    assert names(window) == ["page 1.png", "page 2.png", "page 10.png"]


def test_a_dropped_image_is_kept_privately_and_read(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, image_mime())
    wait_for_states(qtbot, window, "Done")
    [kept] = (tmp_path / "data" / "pasted").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_two_images_pasted_within_a_second_are_two_files(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    QApplication.clipboard().setMimeData(image_mime())
    for _ in range(2):
        QTest.keySequence(window, QKeySequence.StandardKey.Paste)
    wait_for_states(qtbot, window, "Done", "Done")
    assert len(list((tmp_path / "data" / "pasted").iterdir())) == 2


def test_pasted_files_are_added_like_dropped_ones(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    QApplication.clipboard().setMimeData(files_mime([numbered_image(tmp_path, 1)]))
    window.commands.paste.trigger()
    wait_for_states(qtbot, window, "Done")


def test_a_pasted_path_is_its_file(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Also in quotes, and several, one a line."""
    first, second = numbered_image(tmp_path, 1), numbered_image(tmp_path, 2).rename(tmp_path / "发票 2.png")
    QApplication.clipboard().setText(f'"{first}"\n{QUrl.fromLocalFile(second).toString()}\n')
    window.commands.paste.trigger()
    wait_for_states(qtbot, window, "Done", "Done")
    assert names(window) == ["page 1.png", "发票 2.png"]


@pytest.mark.parametrize(
    "words", ["only words", "", "/no/such/file.png", "page 1.png", "//host/share/a.png", "/\0", "/" + "a" * 100_000]
)
def test_a_clipboard_with_nothing_to_read_says_so(qtbot: QtBot, lone_window: MainWindow, words: str) -> None:
    QApplication.clipboard().setText(words)
    lone_window.commands.paste.trigger()
    qtbot.waitUntil(lambda: notice(lone_window) == "The clipboard holds no image and no files.")
    assert names(lone_window) == []


def test_markup_on_the_clipboard_is_nothing_to_read(lone_window: MainWindow) -> None:
    mime = QMimeData()
    mime.setHtml('<img src="https://example.com/scan.png">')
    lone_window.intake.add_mime(mime)
    assert notice(lone_window) == "The clipboard holds no image and no files."


def test_nothing_is_downloaded(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/scan.png")])
    drop(window, mime)
    assert "Nothing was downloaded" in notice(window)
    assert names(window) == []


def test_the_overlay_says_what_a_drop_would_do(window: MainWindow, tmp_path: Path) -> None:
    overlay = window.findChild(QWidget, "dropOverlay")
    assert overlay is not None
    window.findChild(QWidget, "modeTableButton").click()
    assert hover(window, files_mime([tmp_path]))
    assert overlay.isVisible()
    assert overlay.accessibleName() == "Drop to read as table"
    leave(window)
    assert not overlay.isVisible()


def test_text_that_is_dragged_over_the_window_is_not_taken(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("words")
    assert not hover(window, mime)


def test_files_are_chosen_in_a_dialog(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLMOCR_NATIVE_DIALOGS", "0")
    path = numbered_image(tmp_path, 5)
    window.commands.add_files.trigger()
    dialog = window.findChild(QFileDialog, "fileDialog")
    assert dialog is not None
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()
    wait_for_states(qtbot, window, "Done")
    assert names(window) == ["page 5.png"]


def test_a_file_that_cannot_be_read_becomes_a_row_with_a_reason(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing else")
    drop(window, files_mime([broken, tmp_path / "missing.png", numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Failed", "Failed", "Done")
    assert names(window) == ["broken.pdf", "missing.png", "page 1.png"]
    window.view.show_row(window.model.documents()[0])
    assert "broken.pdf is damaged" in texts(window.result_view)


def test_the_pages_of_a_document_stand_below_it(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pages_pdf(BLACK_SQUARE, BLACK_SQUARE, BLACK_SQUARE))
    drop(window, files_mime([path]))
    wait_for_states(qtbot, window, *["Done"] * 3)
    assert names(window) == ["report.pdf"]
    [document] = window.model.documents()
    assert window.view.isExpanded(window.model.index_of(document))
    assert window.view.current_row() is document.children[0]


def test_many_files_do_not_freeze_the_window(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    """A few of them become rows between two turns of the event loop."""
    server.control(delay_s=60)
    first = numbered_image(tmp_path, 0)
    for number in range(1, 300):
        (tmp_path / f"page {number}.png").hardlink_to(first)
    turn = 0
    rows: Counter[int] = Counter()  # by the turn of the event loop in which they were added

    def on_turn() -> None:
        nonlocal turn
        turn += 1

    loop = QAbstractEventDispatcher.instance()
    assert loop is not None
    loop.awake.connect(on_turn)
    window.model.rowsInserted.connect(lambda _above, first, last: rows.update({turn: last - first + 1}))
    drop(window, files_mime([tmp_path]))
    qtbot.waitUntil(lambda: len(states(window)) == 300)
    window.reading.cancel_all()
    loop.awake.disconnect(on_turn)
    assert rows.total() == 300
    assert max(rows.values()) <= 64


def test_a_mistake_in_opening_is_told_and_not_made_again_at_the_next_start(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)

    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("glmocr_desktop.gui.intake.open_document", broken)
    with qtbot.waitSignal(window.tasks.failed):
        drop(window, files_mime([numbered_image(tmp_path, 0)]))
    assert "ZeroDivisionError" in notice(window)
    assert window.intake.waiting == []


def test_a_locked_document_asks_until_the_password_fits(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(encrypted_pdf(BLACK_SQUARE, user=b"open sesame"))
    drop(window, files_mime([path]))
    wait_for_states(qtbot, window, "Needs a password")
    window.commands.check()
    window.commands.unlock.trigger()
    dialog = window.findChild(QWidget, "passwordDialog")
    assert dialog is not None
    edit = dialog.findChild(QLineEdit, "passwordEdit")
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    edit.setText("wrong")
    QTest.keyClick(edit, "\r")
    qtbot.waitUntil(lambda: "does not open" in texts(dialog))
    assert states(window) == ["Needs a password"]
    edit.setText("open sesame")
    QTest.keyClick(edit, "\r")
    wait_for_states(qtbot, window, "Done")
    qtbot.waitUntil(lambda: window.findChild(QWidget, "passwordDialog") is None)


def test_a_clipboard_that_gives_nothing_at_all_says_so(window: MainWindow) -> None:
    """Some systems hand over no data rather than empty data."""
    window.intake.add_mime(None)
    assert notice(window)
