"""What a person can do in the window, and what then happens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.documents import SUFFIXES
from glmocr_desktop.gui.actions import add_action
from glmocr_desktop.gui.limiting import Limiting
from glmocr_desktop.gui.rereading import Rereading
from glmocr_desktop.gui.rows import ACTIVE, Row, RowState
from glmocr_desktop.gui.sharing import file_dialog

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from glmocr_desktop.gui.document_model import DocumentModel
    from glmocr_desktop.gui.document_view import DocumentView
    from glmocr_desktop.gui.intake import Intake
    from glmocr_desktop.gui.output_commands import OutputCommands
    from glmocr_desktop.gui.reading import Reading
    from glmocr_desktop.gui.result_view import ResultView
    from glmocr_desktop.gui.tasks import Tasks

_MANY = 1000  # pages; among more, what is possible is not looked at in every turn of the loop
_CHECKING_MS = 100


class Commands(QObject):
    """The actions of the window, and which of them are possible now.

    Thread: GUI.
    """

    def __init__(
        self,
        window: QWidget,
        model: DocumentModel,
        view: DocumentView,
        result_view: ResultView,
        intake: Intake,
        reading: Reading,
        output: OutputCommands,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._action = partial(add_action, window, self)
        self._model = model
        self._view = view
        self._intake = intake
        self._reading = reading
        self.output = output
        self.limiting = Limiting(window, reading)
        self.rereading = Rereading(window, reading, tasks, self._selected)
        result_view.set_again_menu(self.rereading.menu)
        self._make_input_actions()
        self._make_reading_actions()
        self._make_queue_actions()
        self.history = self._action(
            "history",
            lambda: self.tr("History"),
            None,
            "Ctrl+H",
            lambda: self.tr("Find, open and delete what was read before"),
        )
        self.metrics = self._action("metrics", lambda: self.tr("Metrics"), None, "Ctrl+M")
        self.settings = self._action("settings", lambda: self.tr("Settings"), None, "Ctrl+,")
        self.quit = self._action("", lambda: self.tr("Quit"), window.close, "Ctrl+Q")
        # Many rows may change in one turn of the loop: what is possible is looked at once, after all of them.
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.timeout.connect(self.check)
        for changed in (model.row_changed, model.many_changed, model.rowsInserted, model.rowsRemoved, model.arranged):
            changed.connect(self._on_changed)
        reading.paused_changed.connect(self._on_paused_changed)
        view.selectionModel().selectionChanged.connect(self._on_changed)
        view.menu_wanted.connect(self._on_menu_wanted)
        view.cancel_pressed.connect(lambda row: self._reading.cancel([row]))
        view.retry_pressed.connect(self._retry)
        result_view.retry_pressed.connect(self._retry)
        result_view.as_text_pressed.connect(self._reading.read_as_text)
        self.check()

    def _make_input_actions(self) -> None:
        keys = QKeySequence.StandardKey
        self.add = self._action(
            "add", lambda: self.tr("Add"), tip=lambda: self.tr("Add images, PDFs or a whole folder, to be read")
        )
        self.add_files = self._action(
            "documents", lambda: self.tr("Add files…"), self._add_files, QKeySequence(keys.Open)
        )
        self.add_folder = self._action("folder", lambda: self.tr("Add a folder…"), self._add_folder, "Ctrl+Shift+O")
        self.paste = self._action(
            "paste",
            lambda: self.tr("Paste"),
            self._paste,
            QKeySequence(keys.Paste),
            lambda: self.tr("Read the image or the files that were copied elsewhere"),
        )
        self.capture = self._action(
            "capture",
            lambda: self.tr("Capture"),
            None,
            "Ctrl+Shift+S",
            lambda: self.tr("Read a part of the screen"),
        )
        self.capture_again = self._action("retry", lambda: self.tr("Capture the same area again"), None, "Ctrl+Alt+S")
        self.sample = self._action(
            "sample",
            lambda: self.tr("Try a sample"),
            self._add_samples,
            tip=lambda: self.tr("Add pages that came with the program, and read them"),
        )

    def _make_reading_actions(self) -> None:
        self.read = self._action(
            "read",
            lambda: self.tr("Read"),
            self._read,
            "F5",
            lambda: self.tr("Read the selected pages again in the chosen mode; all unread pages when none is selected"),
        )
        self.read.setShortcuts([QKeySequence("F5"), QKeySequence("Ctrl+R")])
        self.cancel_all = self._action(
            "stop",
            lambda: self.tr("Cancel all"),
            self._reading.cancel_all,
            "Ctrl+.",
            lambda: self.tr("Cancel all pages that wait or are being read"),
        )
        self.cancel = self._action(
            "close", lambda: self.tr("Cancel"), lambda: self._reading.cancel(self._selected()), "Esc"
        )
        self.cancel.setObjectName("cancelAction")
        self.retry = self._action("retry", lambda: self.tr("Read again"), self._retry_selected, "Ctrl+Shift+R")
        self.retry.setObjectName("retryAction")
        self.limits = self._action(
            "waiting",
            lambda: self.tr("Time limits"),
            self.limiting.ask,
            tip=lambda: self.tr("How long the steps of reading a page may take"),
        )
        self.retry_limits = self._action(
            "waiting", lambda: self.tr("Read again with other limits…"), lambda: self.limiting.ask_for(self._selected())
        )
        self.retry_limits.setObjectName("retryLimitsAction")
        self.why_slow = self._action("stopwatch", lambda: self.tr("Why was this slow?"))
        self.why_slow.setObjectName("whySlowAction")
        self.unlock = self._action("locked", lambda: self.tr("Enter the password…"), self._unlock_selected)
        self.as_text = self._action("text", lambda: self.tr("Read as unformatted text"), self._read_as_text)
        self.remove = self._action(
            "remove", lambda: self.tr("Remove"), self._remove, QKeySequence(QKeySequence.StandardKey.Delete)
        )
        self.remove.setObjectName("removeAction")
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # elsewhere, Del deletes text
        self._window.removeAction(self.remove)
        self._view.addAction(self.remove)

    def _make_queue_actions(self) -> None:
        self.filter = self._action("filter", lambda: self.tr("Filter documents"), None, "Ctrl+Shift+F")
        self.pause_all = self._action(
            "paused",
            lambda: self.tr("Pause all"),
            None,
            "Ctrl+Shift+P",
            lambda: self.tr("Pause all: what is being read ends, and nothing else begins"),
        )
        self.pause_all.setObjectName("pauseAction")
        self.pause_all.setShortcuts([QKeySequence("Ctrl+Shift+P"), QKeySequence("Pause")])
        self.pause_all.setCheckable(True)
        self.pause_all.toggled.connect(self._reading.pause_all)
        rows = self._selected
        self.pause = self._action("paused", lambda: self.tr("Pause"), lambda: self._reading.pause(rows()))
        self.pause.setObjectName("pauseSelectedAction")
        self.resume = self._action("read", lambda: self.tr("Resume"), lambda: self._reading.resume(rows()))
        self.resume.setObjectName("resumeSelectedAction")
        self.read_first = self._action(
            "first", lambda: self.tr("Read this first"), lambda: self._reading.read_first(rows()), "Ctrl+Up"
        )
        self.read_first.setObjectName("readFirstAction")
        self.read_last = self._action(
            "last", lambda: self.tr("Read this last"), lambda: self._reading.read_last(rows()), "Ctrl+Down"
        )
        self.read_last.setObjectName("readLastAction")

    def check(self) -> None:
        """Enable what is possible now."""
        selected = self._selected()
        states = self._view.selected_states()
        counts = self._model.counts
        any_active = any(counts[state] for state in ACTIVE)
        ended_badly = {RowState.FAILED, RowState.TIMED_OUT, RowState.CANCELLED}
        ended = {state for state in states if not state.active}
        # Only among those that failed are files that could not be opened.
        readable = bool(ended - {RowState.FAILED, RowState.LOCKED}) or (
            RowState.FAILED in ended and any(page.page is not None for row in selected for page in row.pages())
        )
        waiting = {state for state in states if state.active and state is not RowState.READING}
        self.read.setEnabled(readable if selected else self._reading.any_unread())
        self.cancel_all.setEnabled(any_active)
        self.cancel.setEnabled(any(state.active for state in states))
        self.retry.setEnabled(bool(states & ended_badly) and readable)
        self.retry_limits.setEnabled(readable)
        self.why_slow.setEnabled(bool(selected))
        self.rereading.check()
        self.unlock.setVisible(RowState.LOCKED in states)
        self.as_text.setVisible(RowState.PARKED in states)
        self.pause.setVisible(bool(waiting - {RowState.PAUSED}))
        self.resume.setVisible(RowState.PAUSED in states)
        for action in (self.read_first, self.read_last):
            action.setEnabled(bool(waiting))
        self.remove.setEnabled(bool(selected))
        self.output.check()

    def _on_changed(self, *_args: object) -> None:
        if not self._checking.isActive():
            self._checking.start(0 if self._model.counts.total() < _MANY else _CHECKING_MS)

    def _on_paused_changed(self, paused: bool) -> None:
        self.pause_all.setChecked(paused)

    def _selected(self) -> list[Row]:
        return self._view.selected_rows()

    def _add_files(self) -> None:
        dialog = file_dialog(self._window, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([self.tr("Images and PDFs ({0})").format(patterns), self.tr("All files (*)")])
        dialog.filesSelected.connect(self._intake.add_paths)
        dialog.open()

    def _add_folder(self) -> None:
        dialog = file_dialog(self._window, self.tr("Add a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._intake.add_paths)
        dialog.open()

    def _add_samples(self) -> None:
        self._intake.add_paths([str(resource_path("samples"))])

    def _paste(self) -> None:
        self._intake.add_mime(QGuiApplication.clipboard().mimeData())

    def _read(self) -> None:
        self._reading.read(self._selected() or self._reading.unread())

    def _retry(self, row: Row) -> None:
        self._reading.retry([page for page in row.pages() if not page.state.done])

    def _retry_selected(self) -> None:
        pages = [page for row in self._selected() for page in row.pages()]
        self._reading.retry([page for page in pages if not page.state.done])

    def _read_as_text(self) -> None:
        for row in self._selected():
            for page in list(row.pages()):
                if page.state is RowState.PARKED:
                    self._reading.read_as_text(page)

    def _remove(self) -> None:
        self._reading.remove(self._selected())

    def _unlock_selected(self) -> None:
        for row in self._selected():
            if row.state is RowState.LOCKED:
                self._view.unlock_pressed.emit(row)
                return

    def _on_menu_wanted(self, place: QPoint) -> None:
        self.check()
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.read, self.retry])
        for submenu in self.rereading.submenus:
            menu.addMenu(submenu)
        menu.addActions([self.retry_limits, self.rereading.compare, self.cancel, self.unlock, self.as_text])
        menu.addAction(self.why_slow)
        menu.addSeparator()
        menu.addActions([self.read_first, self.read_last, self.pause, self.resume])
        menu.addSeparator()
        output = self.output
        menu.addAction(output.copy)
        menu.addMenu(output.copy_as)
        export = menu.addMenu(output.export.icon(), self.tr("Export"))
        export.addActions(output.selection_exports)
        export.setEnabled(output.copy.isEnabled())
        menu.addAction(self.remove)
        menu.popup(place)
