"""What is shown of a result, and where it stands on the page: each points at the other."""

from __future__ import annotations

from PySide6.QtCore import QObject

from glmocr_desktop.core.model import JobState, Result
from glmocr_desktop.gui.page.boxes import NO_BLOCK, Box
from glmocr_desktop.gui.page.page_pane import PagePane
from glmocr_desktop.gui.rendered.rendered_view import RenderedView


class Linking(QObject):
    """Stands between the rendered result and the page.

    Thread: GUI.
    """

    def __init__(self, rendered: RenderedView, pages: PagePane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rendered = rendered
        self._pages = pages
        self._at: int | None = None  # the place of the page that is looked at among the results that are shown
        rendered.shown.connect(self._show_boxes)
        rendered.block_clicked.connect(self._on_block_clicked)
        rendered.block_hovered.connect(self._on_block_hovered)
        pages.page_shown.connect(self._show_boxes)
        pages.view.boxes.hovered.connect(self._on_box_hovered)
        pages.view.box_clicked.connect(self._on_box_clicked)

    def _show_boxes(self) -> None:
        """Draw what is known of where the result stands on its page."""
        results = self._rendered.results
        self._at = next((at for at, each in enumerate(results) if self._pages.shows(each.job.page)), None)
        result = results[self._at] if self._at is not None else None
        self._pages.show_boxes(_boxes(result, self._pages.turn) if result is not None else None)

    def _on_block_clicked(self, page: int, block: int) -> None:
        results = self._rendered.results
        if page < len(results) and block < len(results[page].blocks):
            self._pages.mark(results[page].job.page, results[page].blocks[block].regions)

    def _on_block_hovered(self, page: int, block: int) -> None:
        self._pages.view.boxes.light(block if page == self._at else NO_BLOCK)

    def _on_box_hovered(self, block: int) -> None:
        self._pages.view.boxes.light(block)
        if self._at is not None:
            self._rendered.highlights.light_block(self._at, block)

    def _on_box_clicked(self, block: int) -> None:
        if self._at is not None:
            self._rendered.highlights.show_block(self._at, block)


def _boxes(result: Result, turn: int) -> list[Box]:
    """Where the blocks of a result are, on its page as it is shown."""
    if result.state is not JobState.DONE:
        return []
    cut = result.job.page.cut
    return [
        Box(number, cut.placed(region, turn)) for number, block in enumerate(result.blocks) for region in block.regions
    ]
