"""The right of the window: what was read, or why not."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Result
from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.comparing.compare_view import CompareView, Pair
from glmocr_desktop.gui.correcting.result_tabs import ResultTabs
from glmocr_desktop.gui.correcting.suspect_bar import SuspectBar
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.message_view import MessageView
from glmocr_desktop.gui.pane_header import PaneHeader
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.gui.theme import muted_colour
from glmocr_desktop.results.suspects import Suspect, places, warned_places

_LOOKING_MS = 200  # who turns the pages quickly does not wait for all their formulas
_DOCUMENT_MS = 500  # between two looks at a document whose pages are being read


class ResultView(QWidget):
    """Shows the result of a row, and lets a person correct it.

    Signals:
        corrected(Row, Result): A person changed the page, or took changes back.
        approved(Row): A person says that a doubtful page looks right.
        other_wanted(Row): The other answer of the page shall be used.
        retry_pressed(Row), unlock_pressed(Row), as_text_pressed(Row): A button below a message.

    Thread: GUI.
    """

    corrected = Signal(object, object)
    approved = Signal(object)
    other_wanted = Signal(object)
    retry_pressed = Signal(object)
    unlock_pressed = Signal(object)
    as_text_pressed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._row: Row | None = None
        self._shown: Result | None = None
        self._checked = False
        self._pages: list[Result] = []
        self._header = PaneHeader(self)
        self._received = self._header_button("asReceivedButton")
        self._received.setCheckable(True)
        self._undo_all = self._header_button("undoAllButton")
        self._again = self._header_button("readAgainButton")
        self._again.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._suspects = SuspectBar(self)
        self.tabs = ResultTabs(tasks, self)
        self.compare = CompareView(tasks, self)
        self._compare_at = self.tabs.addTab(self.compare, "")
        self._message = MessageView(self)
        self._retry = self._message.add_button(lambda: self.tr("Read again"))
        self._unlock = self._message.add_button(lambda: self.tr("Enter the password"))
        self._as_text = self._message.add_button(lambda: self.tr("Read as unformatted text"))
        self._earlier = self._message.add_button(lambda: self.tr("Use the earlier result"))
        self._earlier.setObjectName("earlierResultButton")
        self._stack = QStackedWidget(self)
        self._document = QTimer(self)
        self._document.setSingleShot(True)
        self._document.setInterval(_DOCUMENT_MS)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOKING_MS)
        self._suspected: Row | None = None  # whose doubtful places are shown
        self._wire()
        self._lay_out()
        on_language(self, self._say_words)

    @property
    def row(self) -> Row | None:
        """What is shown."""
        return self._row

    def show_row(self, row: Row | None) -> None:
        """Show a row as it is now."""
        changed = row is not self._row
        if changed:
            self.commit()
        self._row = row
        if row is None:
            self._show_message(None, "", "")
        elif row.children and row.done_count:
            self._show_document(row, changed)
        elif row.children:
            text = self.tr("{0} of {1} pages are read.").format(0, len(row.children))
            self._show_message(row, words.state_word(row.state), text)
        elif row.state.done and row.result is not None:
            self._show_result(row, row.result)
        else:
            self._show_message(row, words.state_word(row.state), self._explanation(row))

    def set_again_menu(self, menu: QMenu) -> None:
        """Offer ways to read the page again."""
        self._again.setMenu(menu)

    def commit(self) -> None:
        """Keep what was changed so far, at once."""
        self.tabs.commit()

    def undo(self) -> None:
        """Take the last change of the page back."""
        self.tabs.undo()

    def redo(self) -> None:
        """Make the change that was taken back again."""
        self.tabs.redo()

    def step_suspect(self, step: int) -> bool:
        """Go to the next doubtful place of the page (1) or to the one before (-1); False when there is none."""
        return self._suspects.step(step)

    def enter_suspects(self, step: int) -> None:
        """Go to the first doubtful place of the page (1) or to the last one (-1)."""
        self._suspects.enter(step)

    def tint(self) -> None:
        """Take the colours of another palette."""
        palette = QGuiApplication.palette()
        self._undo_all.setIcon(icons.icon("undo", palette))
        self._suspects.tint()
        self.tabs.tint()
        self.compare.tint()
        self.show_row(self._row)

    def _wire(self) -> None:
        self.compare.other_wanted.connect(lambda: self._press(self.other_wanted))
        self._earlier.clicked.connect(lambda: self._press(self.other_wanted))
        self.tabs.corrected.connect(self._on_corrected)
        self._received.toggled.connect(self._on_received_toggled)
        self._undo_all.clicked.connect(self._on_undo_all)
        self._suspects.place_wanted.connect(self._on_place_wanted)
        self._suspects.approved.connect(lambda: self._press(self.approved))
        self._looking.timeout.connect(self._look_closer)
        self._document.timeout.connect(lambda: self.show_row(self._row))
        self._retry.clicked.connect(lambda: self._press(self.retry_pressed))
        self._unlock.clicked.connect(lambda: self._press(self.unlock_pressed))
        self._as_text.clicked.connect(lambda: self._press(self.as_text_pressed))

    def _lay_out(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._header, self._suspects):
            column.addWidget(widget)
        column.addWidget(self.tabs, 1)
        self._stack.addWidget(body)
        self._stack.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setMinimumWidth(260)

    def _say_words(self) -> None:
        self._received.setText(self.tr("As received"))
        self._received.setToolTip(self.tr("Show the answer as it was received"))
        self._undo_all.setToolTip(self.tr("Undo all corrections of this page"))
        self._undo_all.setAccessibleName(self.tr("Undo all corrections"))
        self._again.setText(self.tr("Read again"))
        self._again.setAccessibleName(self.tr("Read again"))
        self._again.setToolTip(self.tr("Read again as something else, or by somebody else; this answer is kept"))
        self.tabs.setTabText(self._compare_at, self.tr("Compare"))
        self._message.clear()  # it is said anew when it is seen
        self.show_row(self._row)

    def _header_button(self, name: str) -> QToolButton:
        button = QToolButton(self._header)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setMinimumSize(30, 28)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.hide()
        self._header.add_widget(button)
        return button

    # A page

    def _show_result(self, row: Row, result: Result) -> None:
        self._stack.setCurrentIndex(0)
        self._document.stop()
        self._pages = []
        self.tabs.show_result(row, result)
        self._show_other(row.other, result)
        self._again.show()
        self._show_header(row, result)
        if result is self._shown and row.checked == self._checked:
            return
        self._shown, self._checked = result, row.checked
        if row.checked:
            self._show_no_suspects()
            return
        if row is not self._suspected:
            self._suspects.show_suspects(warned_places(result))
        self._suspected = row
        self._looking.start()

    def _show_header(self, row: Row, result: Result) -> None:
        palette = QGuiApplication.palette()
        colour = words.state_colour(row.state, palette)
        self._header.set_icon(icons.pixmap(words.state_icon(row.state), 18, colour, self.devicePixelRatioF()))
        corrected, received = result.received is not None, self.tabs.received_shown
        text = words.result_words(result)
        if corrected:
            state = self.tr("as received") if received else self.tr("corrected")
            text = f"{text} · {state}"
        self._header.title.setText(text)
        self._received.setVisible(corrected)
        self._received.blockSignals(True)  # nobody pressed it
        self._received.setChecked(received)
        self._received.blockSignals(False)
        self._received.setText(self.tr("Back to the correction") if received else self.tr("As received"))
        self._undo_all.setVisible(corrected and not received)
        self._undo_all.setIcon(icons.icon("undo", palette))

    def _show_no_suspects(self) -> None:
        self._looking.stop()
        self._suspected = None
        self._suspects.show_suspects(())

    def _look_closer(self) -> None:
        if self._row is not None and self._shown is not None and not self._row.checked:
            self._tasks.start(self._find_suspects(self._row, self._shown))

    async def _find_suspects(self, row: Row, result: Result) -> None:
        suspects = await self._tasks.background(places, result)
        if result is self._shown and not row.checked:
            self._suspects.show_suspects(suspects)

    def _show_other(self, other: Result | None, result: Result | None) -> None:
        """Let two answers of the page be compared, if there are two."""
        pair = Pair(other, result) if other is not None and result is not None else None
        if pair is None and self.tabs.currentWidget() is self.compare:
            self.tabs.setCurrentIndex(0)
        self.compare.show_pair(pair)
        self.tabs.setTabVisible(self._compare_at, pair is not None)

    def _on_corrected(self, row: Row, result: Result) -> None:
        self.corrected.emit(row, result)
        if row is self._row:
            self._show_result(row, result)

    def _on_received_toggled(self, shown: bool) -> None:
        self.tabs.show_received(shown)
        if self._row is not None and self._shown is not None:
            self._show_header(self._row, self._shown)

    def _on_undo_all(self) -> None:
        self.tabs.undo_all()

    def _on_place_wanted(self, suspect: Suspect) -> None:
        if suspect.block is not None:
            self.tabs.show_block(suspect.block)

    # A document, or no result

    def _show_document(self, row: Row, changed: bool) -> None:
        self._stack.setCurrentIndex(0)
        palette = QGuiApplication.palette()
        colour = words.state_colour(row.state, palette)
        self._header.set_icon(icons.pixmap(words.state_icon(row.state), 18, colour, self.devicePixelRatioF()))
        self._header.title.setText(self.tr("{0} of {1} pages are read").format(row.done_count, len(row.children)))
        self._received.hide()
        self._undo_all.hide()
        self._again.show()
        self._show_other(None, None)
        self._show_no_suspects()
        if not changed and self._document.isActive():
            return
        pages = [page.result for page in row.children if page.state.done and page.result is not None]
        if changed or self._shown is not None or not _same(pages, self._pages):
            self._shown, self._pages = None, pages
            self.tabs.show_pages(pages)
            self._document.start()

    def _show_message(self, row: Row | None, title: str, text: str) -> None:
        self._shown, self._pages = None, []
        self._document.stop()
        self.tabs.clear_result()
        self._show_other(None, None)
        self._show_no_suspects()
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
        self._earlier.setVisible(ended and row is not None and row.other is not None)
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


def _same(some: list[Result], others: list[Result]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))


def _waits_for_formula(row: Row | None) -> bool:
    if row is None or row.children:
        return False
    return row.state is RowState.PARKED or (row.failure is not None and row.failure.kind == "offline_formula")
