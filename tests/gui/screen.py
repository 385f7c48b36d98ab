"""What a person sees and does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.document_model import NAME, STATE
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.rows import Row


def states(window: MainWindow) -> list[str]:
    """The states of all pages, in words, from top to bottom."""
    model = window.model
    return [str(model.index_of(row, STATE).data(Qt.ItemDataRole.AccessibleTextRole)) for row in model.pages()]


def names(window: MainWindow) -> list[str]:
    """The names of the top rows."""
    return [str(window.model.index_of(row, NAME).data()) for row in window.model.documents()]


def wait_for_states(qtbot: QtBot, window: MainWindow, *expected: str) -> None:
    """Wait until the pages say exactly this."""
    qtbot.waitUntil(lambda: states(window) == list(expected))


def page(window: MainWindow, number: int) -> Row:
    """A page's row, from 0."""
    return list(window.model.pages())[number]


def label(window: QWidget, name: str) -> str:
    """The text of a label."""
    found = window.findChild(QLabel, name)
    assert found is not None
    return found.text()


def button_text(window: QWidget, name: str) -> str:
    """The text of a button."""
    found = window.findChild(QAbstractButton, name)
    assert found is not None
    return found.text()


def texts(widget: QWidget) -> str:
    """All that visible labels in a widget say."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def source(window: MainWindow) -> QPlainTextEdit:
    """The source of the result that is shown."""
    found = window.findChild(QPlainTextEdit, "sourceEdit")
    assert found is not None
    return found


def rendered(window: MainWindow) -> str:
    """The words of the rendered view."""
    found = window.findChild(QTextBrowser, "renderedView")
    assert found is not None
    return found.toPlainText()


def notice(window: MainWindow) -> str:
    """What the notice bar says; empty when it says nothing."""
    return window.notices.accessibleName() if window.notices.isVisible() else ""


def button(window: QWidget, text: str) -> QAbstractButton:
    """The visible button with this text."""
    return next(each for each in window.findChildren(QAbstractButton) if each.isVisible() and each.text() == text)


def files_mime(paths: Iterable[Path | str]) -> QMimeData:
    """Files as a file manager hands them over."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def image_mime() -> QMimeData:
    """An image as a browser hands it over."""
    image = QImage(48, 32, QImage.Format.Format_RGB32)
    image.fill(0xFF000007)  # read by the test server as page 7
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def hover(window: MainWindow, mime: QMimeData) -> bool:
    """Drag something over the window; whether it would be taken."""
    event = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def leave(window: MainWindow) -> None:
    """Drag it away again."""
    QApplication.sendEvent(window, QDragLeaveEvent())


def drop(window: MainWindow, mime: QMimeData) -> None:
    """Drag something over the window and drop it there."""
    assert hover(window, mime)
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)
