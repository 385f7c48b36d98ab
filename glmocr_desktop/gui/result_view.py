"""The right of the window: what was read, or why not."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Result
from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.message_view import MessageView
from glmocr_desktop.gui.pane_header import PaneHeader
from glmocr_desktop.gui.rendered_view import RenderedView
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.theme import muted_colour
from glmocr_desktop.results.blocks import with_text
from glmocr_desktop.results.render import html

_TYPING_MS = 400  # the rendered view follows when the typing rests


class ResultView(QWidget):
    """Shows the result of a row, and lets a person correct it.

    Signals:
        corrected(Row, Result): A person changed the text.
        retry_pressed(Row), unlock_pressed(Row), as_text_pressed(Row): A button below a message.

    Thread: GUI.
    """

    corrected = Signal(object, object)
    retry_pressed = Signal(object)
    unlock_pressed = Signal(object)
    as_text_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Row | None = None
        self._shown: Result | None = None
        self._header = PaneHeader(self)
        self._warnings = QLabel(self)
        self._warnings.setTextFormat(Qt.TextFormat.PlainText)
        self._warnings.setWordWrap(True)
        self._rendered = RenderedView(self)
        self._source = QPlainTextEdit(self)
        self._tabs = QTabWidget(self)
        self._message = MessageView(self)
        self._retry = self._message.add_button(self.tr("Read again"))
        self._unlock = self._message.add_button(self.tr("Enter the password"))
        self._as_text = self._message.add_button(self.tr("Read as unformatted text"))
        self._stack = QStackedWidget(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.commit)
        self._source.textChanged.connect(self._on_text_changed)
        self._retry.clicked.connect(lambda: self._press(self.retry_pressed))
        self._unlock.clicked.connect(lambda: self._press(self.unlock_pressed))
        self._as_text.clicked.connect(lambda: self._press(self.as_text_pressed))
        self._lay_out()
        self.show_row(None)

    def show_row(self, row: Row | None) -> None:
        """Show a row as it is now."""
        if row is not self._row:
            self.commit()
        self._row = row
        if row is None:
            self._show_message(None, "", "")
        elif row.children:
            text = self.tr("{0} of {1} pages are read.").format(row.done_count, len(row.children))
            self._show_message(row, words.state_word(row.state), text)
        elif row.state.done and row.result is not None:
            self._show_result(row, row.result)
        else:
            self._show_message(row, words.state_word(row.state), self._explanation(row))

    def commit(self) -> None:
        """Keep what was typed so far."""
        self._typing.stop()
        text = self._source.toPlainText()
        if self._row is None or self._shown is None or text == self._shown.text:
            return
        self._shown = with_text(self._shown, text)
        self._rendered.show_html(html(self._shown))
        self.corrected.emit(self._row, self._shown)

    def tint(self) -> None:
        """Take the colours of another palette."""
        row, self._shown = self._row, None
        self.show_row(row)

    def _lay_out(self) -> None:
        self._source.setObjectName("sourceEdit")
        self._source.setAccessibleName(self.tr("Source of the result, can be corrected"))
        self._source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._source.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._source.document().setDocumentMargin(12)
        self._source.setAcceptDrops(False)  # the window takes them
        self._source.viewport().setAcceptDrops(False)
        self._tabs.setObjectName("resultTabs")
        self._tabs.setAccessibleName(self.tr("Result"))
        self._tabs.tabBar().setAccessibleName(self.tr("Views of the result"))
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.addTab(self._rendered, self.tr("Rendered"))
        self._tabs.addTab(self._source, self.tr("Source"))
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._warnings)
        column.addWidget(self._tabs, 1)
        self._warnings.setMargin(8)
        self._warnings.setIndent(4)
        self._stack.addWidget(body)
        self._stack.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setMinimumWidth(260)

    def _show_result(self, row: Row, result: Result) -> None:
        self._stack.setCurrentIndex(0)
        palette = QGuiApplication.palette()
        colour = words.state_colour(row.state, palette)
        self._header.set_icon(icons.pixmap(words.state_icon(row.state), 18, colour, self.devicePixelRatioF()))
        text = words.result_words(result)
        self._header.title.setText(f"{text} · {self.tr('corrected')}" if row.corrected else text)
        warnings = [words.warning_words(kind) for kind in result.warnings]
        self._warnings.setText("\n".join(f"⚠ {each}" for each in warnings))
        tinted = QPalette(self.palette())
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue("amber", palette))
        self._warnings.setPalette(tinted)
        self._warnings.setVisible(bool(warnings))
        if result == self._shown:
            return
        self._shown = result
        self._rendered.show_html(html(result))
        if self._source.toPlainText() != result.text:
            self._source.blockSignals(True)  # this is no correction
            self._source.setPlainText(result.text)
            self._source.blockSignals(False)

    def _show_message(self, row: Row | None, title: str, text: str) -> None:
        self._shown = None
        self._typing.stop()
        self._stack.setCurrentIndex(1)
        palette = QGuiApplication.palette()
        if row is None:
            self._message.show_message("documents", muted_colour(palette), self.tr("Nothing selected"), "")
        else:
            icon_name, colour = words.state_icon(row.state), words.state_colour(row.state, palette)
            self._message.show_message(icon_name, colour, title, text)
        state = row.state if row is not None else None
        ended = state in (RowState.FAILED, RowState.TIMED_OUT, RowState.CANCELLED)
        can_read = row is not None and any(page.page for page in row.pages())
        self._retry.setVisible(ended and can_read)
        self._unlock.setVisible(state is RowState.LOCKED)
        self._as_text.setVisible(_waits_for_formula(row))

    def _explanation(self, row: Row) -> str:
        """What a row without a result means, in a sentence."""
        if row.state is RowState.PARKED:
            return self.tr(
                "Formulas need the server, which is not answering. This page is read as soon as it is back; "
                "or it can be read now, offline, as unformatted text."
            )
        if row.state is RowState.READING:
            return words.phase_words(row.progress).capitalize()
        return words.failure_words(row.failure) if row.failure else ""

    def _press(self, signal: SignalInstance) -> None:
        if self._row is not None:
            signal.emit(self._row)

    def _on_text_changed(self) -> None:
        self._typing.start()


def _waits_for_formula(row: Row | None) -> bool:
    if row is None or row.children:
        return False
    return row.state is RowState.PARKED or (row.failure is not None and row.failure.kind == "offline_formula")
