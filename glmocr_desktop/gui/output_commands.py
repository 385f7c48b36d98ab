"""What a person can do with results: look for something in them, check them, copy and export them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QWidget, QWidgetAction

from glmocr_desktop.gui.actions import add_action
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.words import format_words
from glmocr_desktop.results.export import FORMATS

if TYPE_CHECKING:
    from glmocr_desktop.core.model import Result
    from glmocr_desktop.gui.copying import Copying
    from glmocr_desktop.gui.document_model import DocumentModel
    from glmocr_desktop.gui.document_view import DocumentView
    from glmocr_desktop.gui.result_pane import ResultPane
    from glmocr_desktop.gui.sharing import Sharing
    from glmocr_desktop.results.clipboard import CopyKind
    from glmocr_desktop.results.export.format import Format


class OutputCommands(QObject):
    """The actions of results, and which of them are possible now.

    Thread: GUI.
    """

    def __init__(
        self,
        window: QWidget,
        model: DocumentModel,
        view: DocumentView,
        pane: ResultPane,
        copying: Copying,
        sharing: Sharing,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._action = partial(add_action, window, self)
        self._model = model
        self._view = view
        self._pane = pane
        self._copying = copying
        self._sharing = sharing
        self._make_looking_actions()
        self._make_copy_actions()
        self._make_export_actions()

    def _make_looking_actions(self) -> None:
        keys = QKeySequence.StandardKey
        bar, suspects = self._pane.find_bar, self._pane.suspects
        self.find = self._action("", lambda: self.tr("Find"), self._pane.open_find_bar, QKeySequence(keys.Find))
        self.find_next = self._action("", lambda: self.tr("Find next"), bar.find_next, "F3")
        self.find_previous = self._action("", lambda: self.tr("Find previous"), bar.find_previous, "Shift+F3")
        self.next_suspect = self._action("", lambda: self.tr("Next doubtful place"), suspects.next, "F8")
        self.next_suspect.setObjectName("nextSuspectAction")
        self.undo = self._action("", lambda: self.tr("Undo"), self._pane.view.undo, QKeySequence(keys.Undo))
        self.redo = self._action("", lambda: self.tr("Redo"), self._pane.view.redo, QKeySequence(keys.Redo))
        self.previous_suspect = self._action(
            "", lambda: self.tr("Previous doubtful place"), suspects.previous, "Shift+F8"
        )

    def _make_copy_actions(self) -> None:
        self.copy = self._action(
            "copy",
            lambda: self.tr("Copy"),
            self._copy,
            QKeySequence(QKeySequence.StandardKey.Copy),
            lambda: self.tr("Copy the selected results"),
        )
        self.copy_as = QMenu(self._window)
        say(self.copy_as.setTitle, lambda: self.tr("Copy as"))
        self.copy_as.setObjectName("copyAsMenu")
        self._copying.fill(self.copy_as, self._copy_as)

    def _make_export_actions(self) -> None:
        self.export = self._action("export", lambda: self.tr("Export"), None, "Ctrl+Shift+E")
        self.export_scope = QWidgetAction(self)
        self._scope = QLabel(self._window)
        self._scope.setContentsMargins(12, 4, 12, 4)
        self.export_scope.setDefaultWidget(self._scope)
        self.exports = self._export_actions(self._export)
        self.selection_exports = self._export_actions(self._export_selected)
        self.export_with_choices = self._action("", lambda: self.tr("More choices…"), self._export_with_choices)
        self.export_with_choices.setObjectName("exportMoreAction")

    def _export_actions(self, slot: Callable[[Format], None]) -> list[QAction]:
        return [self._action("", partial(self._format_words, each), partial(slot, each)) for each in FORMATS.values()]

    def _format_words(self, each: Format) -> str:
        return self.tr("{0} ({1})").format(format_words(each), each.suffix)

    def check(self) -> None:
        """Enable what is possible now."""
        any_done = any(self._model.counts[state] for state in RowState if state.done)
        self.copy.setEnabled(any(state.done for state in self._view.selected_states()))
        self.copy_as.setEnabled(self.copy.isEnabled())
        for action in (self.export, *self.exports, self.export_with_choices, self.find):
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

    def copy_row(self, row: Row) -> None:
        """Copy the result of a row."""
        if row.result is not None:
            self._copying.copy([row.result])

    def _copy(self) -> None:
        if results := self._selected_results():
            self._copying.copy(results)

    def _copy_as(self, kind: CopyKind) -> None:
        if results := self._selected_results():
            self._copying.copy_as(results, kind)

    def _export(self, chosen: Format) -> None:
        self._pane.view.commit()
        self._sharing.export(self._exported()[0], chosen)

    def _export_selected(self, chosen: Format) -> None:
        self._pane.view.commit()
        self._sharing.export(self._with_failed(self._view.selected_rows()), chosen)

    def _export_with_choices(self) -> None:
        self._pane.view.commit()
        self._sharing.export_with_dialog(self._exported()[0])

    def _selected_results(self) -> list[Result]:
        self._pane.view.commit()
        return [page.result for page in _pages(self._view.selected_rows()) if page.state.done and page.result]

    def _exported(self) -> tuple[list[Result], bool]:
        """What an export takes: the selection when it holds several pages, else everything; and whether it is all."""
        selected = self._with_failed(self._view.selected_rows())
        if len(selected) > 1:
            return selected, False
        return self._with_failed(self._model.documents()), True

    def _with_failed(self, rows: Iterable[Row]) -> list[Result]:
        """The results of rows; a page that was not read is marked in a file as long as others of its document were."""
        pages = [page for page in _pages(rows) if page.result is not None]
        read = {page.parent or page for page in pages if page.state.done}
        return [page.result for page in pages if (page.parent or page) in read and page.result is not None]


def _pages(rows: Iterable[Row]) -> list[Row]:
    """The pages of rows, each once."""
    return list(dict.fromkeys(page for row in rows for page in row.pages()))
