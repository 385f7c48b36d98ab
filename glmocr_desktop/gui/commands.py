"""What a person can do in the window, and what then happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QWidget, QWidgetAction

from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.documents import SUFFIXES
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.limiting import Limiting
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.sharing import file_dialog
from glmocr_desktop.results.export import FORMATS

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from glmocr_desktop.core.model import Result
    from glmocr_desktop.gui.document_model import DocumentModel
    from glmocr_desktop.gui.document_view import DocumentView
    from glmocr_desktop.gui.intake import Intake
    from glmocr_desktop.gui.reading import Reading
    from glmocr_desktop.gui.result_view import ResultView
    from glmocr_desktop.gui.sharing import Sharing
    from glmocr_desktop.results.export.format import Format


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
        sharing: Sharing,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._model = model
        self._view = view
        self._result_view = result_view
        self._intake = intake
        self._reading = reading
        self._sharing = sharing
        self.limiting = Limiting(window, reading)
        self._make_input_actions()
        self._make_reading_actions()
        self._make_output_actions()
        # Many rows may change in one turn of the loop: what is possible is looked at once, after all of them.
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.timeout.connect(self.check)
        model.row_changed.connect(self._on_changed)
        model.rowsInserted.connect(self._on_changed)
        model.rowsRemoved.connect(self._on_changed)
        view.selectionModel().selectionChanged.connect(self._on_changed)
        view.menu_wanted.connect(self._on_menu_wanted)
        view.cancel_pressed.connect(lambda row: self._reading.cancel([row]))
        view.retry_pressed.connect(self._retry)
        result_view.retry_pressed.connect(self._retry)
        result_view.as_text_pressed.connect(self._reading.read_as_text)
        self.check()

    def _make_input_actions(self) -> None:
        keys = QKeySequence.StandardKey
        self.add = self._action("add", self.tr("Add"))
        self.add_files = self._action("documents", self.tr("Add files…"), self._add_files, QKeySequence(keys.Open))
        self.add_folder = self._action("folder", self.tr("Add a folder…"), self._add_folder, "Ctrl+Shift+O")
        self.paste = self._action("paste", self.tr("Paste"), self._paste, QKeySequence(keys.Paste))
        self.sample = self._action("sample", self.tr("Try a sample"), self._add_samples)

    def _make_reading_actions(self) -> None:
        tip = self.tr("Read the selected pages again in the chosen mode; all unread pages when none is selected")
        self.read = self._action("read", self.tr("Read"), self._read, "F5", tip)
        self.read.setShortcuts([QKeySequence("F5"), QKeySequence("Ctrl+R")])
        self.cancel_all = self._action("stop", self.tr("Cancel all"), self._reading.cancel_all, "Ctrl+.")
        self.cancel = self._action("close", self.tr("Cancel"), lambda: self._reading.cancel(self._selected()), "Esc")
        self.cancel.setObjectName("cancelAction")
        self.retry = self._action("retry", self.tr("Read again"), self._retry_selected, "Ctrl+Shift+R")
        self.retry.setObjectName("retryAction")
        self.limits = self._action("waiting", self.tr("Time limits"), self.limiting.ask)
        self.retry_limits = self._action(
            "waiting", self.tr("Read again with other limits…"), lambda: self.limiting.ask_for(self._selected())
        )
        self.retry_limits.setObjectName("retryLimitsAction")
        self.unlock = self._action("locked", self.tr("Enter the password…"), self._unlock_selected)
        self.as_text = self._action("text", self.tr("Read as unformatted text"), self._read_as_text)
        self.remove = self._action(
            "remove", self.tr("Remove"), self._remove, QKeySequence(QKeySequence.StandardKey.Delete)
        )
        self.remove.setObjectName("removeAction")
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # elsewhere, Del deletes text
        self._window.removeAction(self.remove)
        self._view.addAction(self.remove)

    def _make_output_actions(self) -> None:
        tip = self.tr("Copy the selected results")
        self.copy = self._action("copy", self.tr("Copy"), self._copy, QKeySequence(QKeySequence.StandardKey.Copy), tip)
        self.export = self._action("export", self.tr("Export"), None, "Ctrl+Shift+E")
        self.export_scope = QWidgetAction(self)
        self._scope = QLabel(self._window)
        self._scope.setTextFormat(Qt.TextFormat.PlainText)
        self._scope.setContentsMargins(12, 4, 12, 4)
        self.export_scope.setDefaultWidget(self._scope)
        self.exports = self._export_actions(self._export)
        self._selection_exports = self._export_actions(self._export_selected)
        self.settings = self._action("settings", self.tr("Settings"), None, "Ctrl+,")

    def _export_actions(self, slot: Callable[[Format], None]) -> list[QAction]:
        return [
            self._action("", self.tr("{0} ({1})").format(each.title, each.suffix), lambda each=each: slot(each))
            for each in FORMATS.values()
        ]

    def _action(self, icon: str, text: str, slot: object = None, keys: object = None, tip: str = "") -> QAction:
        action = make_action(self, icon, text, slot, keys, tip)  # type: ignore[arg-type]
        self._window.addAction(action)
        return action

    def check(self) -> None:
        """Enable what is possible now."""
        selected = self._selected()
        states = {page.state for row in selected for page in row.pages()}
        counts = self._model.counts
        any_active = any(counts[state] for state in RowState if state.active)
        any_done = any(counts[state] for state in RowState if state.done)
        ended_badly = {RowState.FAILED, RowState.TIMED_OUT, RowState.CANCELLED}
        readable = any(page.page is not None and not page.state.active for row in selected for page in row.pages())
        self.read.setEnabled(readable if selected else bool(self._reading.unread()))
        self.cancel_all.setEnabled(any_active)
        self.cancel.setEnabled(any(state.active for state in states))
        self.retry.setEnabled(bool(states & ended_badly) and readable)
        self.retry_limits.setEnabled(readable)
        self.unlock.setVisible(RowState.LOCKED in states)
        self.as_text.setVisible(RowState.PARKED in states)
        self.remove.setEnabled(bool(selected))
        self.copy.setEnabled(any(state.done for state in states))
        self.export.setEnabled(any_done)
        for action in self.exports:
            action.setEnabled(any_done)

    def prepare_export_menu(self) -> None:
        """Say what would be exported."""
        results, all_of_them = self._exported()
        if all_of_them:
            text = self.tr("All pages ({0}) as").format(len(results))
        else:
            text = self.tr("Selected pages ({0}) as").format(len(results))
        self._scope.setText(text)
        self.export_scope.setText(text)

    def _on_changed(self, *_args: object) -> None:
        if not self._checking.isActive():
            self._checking.start()

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
        for row in self._selected():
            self._retry(row)

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

    def _copy(self) -> None:
        self._result_view.commit()
        if results := _results(self._selected()):
            self._sharing.copy(results)

    def _export(self, chosen: Format) -> None:
        self._result_view.commit()
        self._sharing.export(self._exported()[0], chosen)

    def _export_selected(self, chosen: Format) -> None:
        self._result_view.commit()
        self._sharing.export(_results(self._selected()), chosen)

    def _exported(self) -> tuple[list[Result], bool]:
        """What an export takes: the selection when it holds several pages, else everything; and whether it is all."""
        selected = _results(self._selected())
        if len(selected) > 1:
            return selected, False
        return _results(self._model.documents()), True

    def _on_menu_wanted(self, place: QPoint) -> None:
        self.check()
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.read, self.retry, self.retry_limits, self.cancel, self.unlock, self.as_text])
        menu.addSeparator()
        menu.addAction(self.copy)
        export = menu.addMenu(self.export.icon(), self.tr("Export"))
        export.addActions(self._selection_exports)
        export.setEnabled(self.copy.isEnabled())
        menu.addAction(self.remove)
        menu.popup(place)


def _results(rows: list[Row]) -> list[Result]:
    """The results of rows, each page once."""
    pages = dict.fromkeys(page for row in rows for page in row.pages())
    return [page.result for page in pages if page.state.done and page.result is not None]
