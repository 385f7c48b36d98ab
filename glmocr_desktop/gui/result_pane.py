"""The right of the window: the result, what is looked for in it, and the doubtful places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from glmocr_desktop.gui.copying import Copying
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.document_view import DocumentView
from glmocr_desktop.gui.page.linking import Linking
from glmocr_desktop.gui.page.page_pane import PagePane
from glmocr_desktop.gui.rendered.find_bar import FindBar, Scope
from glmocr_desktop.gui.result_view import ResultView
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.suspect_walk import SuspectWalk
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.clipboard import CopyKind

_COUNTING_MS = 500


class ResultPane(QWidget):
    """Stands between the result and the other panes.

    Thread: GUI.
    """

    def __init__(
        self,
        tasks: Tasks,
        model: DocumentModel,
        documents: DocumentView,
        pages: PagePane,
        copying: Copying,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._documents = documents
        self._copying = copying
        self.view = ResultView(tasks, self)
        self._rendered = self.view.tabs.rendered
        self.find_bar = FindBar(tasks, self._pages_of, self._rendered, self)
        self.suspects = SuspectWalk(self.view, model.pages, documents.show_row, self)
        self._linking = Linking(self._rendered, pages, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.find_bar)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNTING_MS)
        self._wire()

    def open_find_bar(self) -> None:
        """Begin to look for something."""
        self.view.tabs.setCurrentWidget(self._rendered)
        self.find_bar.open_bar()

    def _wire(self) -> None:
        self.view.corrected.connect(self._model.correct)
        self.view.other_wanted.connect(self._model.exchange)
        self.view.approved.connect(self._on_approved)
        self.find_bar.row_wanted.connect(self._documents.show_row)
        self.find_bar.closed.connect(lambda: self._rendered.setFocus(Qt.FocusReason.OtherFocusReason))
        self._counting.timeout.connect(self.find_bar.refresh)
        self._model.row_changed.connect(self._on_row_changed)
        self._rendered.formula_menu_wanted.connect(self._on_formula_menu_wanted)

    def _pages_of(self, scope: Scope) -> Sequence[Row]:
        row = self.view.row
        if scope is Scope.ALL:
            return list(self._model.pages())
        if row is None:
            return []
        return list((row.parent or row).pages() if scope is Scope.DOCUMENT else row.pages())

    def _on_row_changed(self, row: Row) -> None:
        """Count again what was found, now and then, while results come in."""
        if self.find_bar.isVisible() and row.state.done and not self._counting.isActive():
            self._counting.start()

    def _on_approved(self, row: Row) -> None:
        self._model.check(row)
        self.suspects.next_page()

    def _on_formula_menu_wanted(self, latex: str, display: bool, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy formula"), lambda: self._copying.copy_formula(latex, display=display))
        menu.addSeparator()
        kinds = [kind for kind in CopyKind if kind.of_formulas]
        self._copying.fill(menu, lambda kind: self._copying.copy_formula_as(latex, kind), kinds)
        menu.popup(place)
