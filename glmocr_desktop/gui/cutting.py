"""Pages are turned and cropped, and regions of them read by themselves."""

from __future__ import annotations

from PySide6.QtCore import QObject

from glmocr_desktop.core.model import Cut
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.document_view import DocumentView
from glmocr_desktop.gui.page.page_pane import PagePane
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.gui.rows import Row


class Cutting(QObject):
    """Stands between the page that is looked at and the rows.

    Thread: GUI.
    """

    def __init__(
        self,
        pages: PagePane,
        model: DocumentModel,
        documents: DocumentView,
        reading: Reading,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._model = model
        self._documents = documents
        self._reading = reading
        pages.page_shown.connect(self._show_cut)
        pages.tools.turned.connect(self._on_turned)
        pages.region_bar.read_pressed.connect(self._on_read_pressed)
        pages.region_bar.crop_pressed.connect(self._on_crop_pressed)
        pages.cut_bar.whole_pressed.connect(self._on_whole_pressed)
        pages.cut_bar.read_pressed.connect(self._on_again_pressed)
        documents.current_changed.connect(self._show_cut)
        model.row_changed.connect(self._on_row_changed)

    def _row(self) -> Row | None:
        """The row of the page that is looked at."""
        current = self._documents.current_row()
        rows = current.pages() if current is not None else iter(())
        return next((row for row in rows if row.page is not None and row.page == self._pages.page), None)

    def _show_cut(self, _current: object = None) -> None:
        row = self._row()
        if row is None or row.page is None:
            self._pages.cut_bar.show_cut(Cut(), stale=False)
            return
        stale = row.state.done and row.result is not None and row.result.job.page.cut != row.page.cut
        self._pages.cut_bar.show_cut(row.page.cut, stale=stale)

    def _on_row_changed(self, row: Row) -> None:
        if row.page is not None and row.page == self._pages.page:
            self._show_cut()

    def _cut(self, row: Row, cut: Cut) -> None:
        self._model.cut(row, cut)
        self._pages.show_page(row.page)

    def _on_turned(self, degrees: int) -> None:
        row = self._row()
        if row is not None and row.page is not None:
            self._cut(row, row.page.cut.turned(degrees))

    def _on_whole_pressed(self) -> None:
        row = self._row()
        if row is not None and row.page is not None:
            cut = row.page.cut
            self._cut(row, Cut(cut.turn) if cut.region is not None else Cut())

    def _on_crop_pressed(self) -> None:
        row, regions = self._row(), self._pages.view.regions
        if row is None or row.page is None or regions.chosen < 0:
            return
        region = regions.parts[regions.chosen].region
        self._pages.end_drawing()
        self._cut(row, Cut(row.page.cut.turn, region))

    def _on_read_pressed(self) -> None:
        row, parts = self._row(), self._pages.view.regions.parts
        if row is not None and parts:
            self._pages.end_drawing()
            self._reading.read_regions(row, [(part.region, part.mode) for part in parts])

    def _on_again_pressed(self) -> None:
        row = self._row()
        if row is not None:
            self._reading.retry([row])
