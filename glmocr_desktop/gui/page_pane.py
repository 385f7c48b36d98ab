"""The middle of the window: the page that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError, JobCancelled, OcrError
from glmocr_desktop.core.model import Failure, Page, Region
from glmocr_desktop.documents import load_page
from glmocr_desktop.gui import words
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.page_view import PageView
from glmocr_desktop.gui.pane_header import PaneHeader
from glmocr_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    import asyncio

_SMALLEST_LEVEL_PX = 400


class PagePane(QWidget):
    """Loads and shows a page; the load of a page that is no longer looked at ends at once.

    Thread: GUI.
    """

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._page: Page | None = None
        self._marks: Sequence[Region] = ()
        self._token = CancelToken()
        self._task: asyncio.Task[None] | None = None
        self._header = PaneHeader(self)
        self._scale = QLabel(self)
        self._scale.setTextFormat(Qt.TextFormat.PlainText)
        self._scale.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.view = PageView(self)
        self.view.zoomed.connect(self._on_zoomed)
        self._note = QLabel(self.view)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = QVBoxLayout(self.view)
        inner.setContentsMargins(24, 24, 24, 24)
        inner.addWidget(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.view, 1)
        self._add_buttons()

    def _add_buttons(self) -> None:
        self._header.add_widget(self._scale)
        keys = QKeySequence.StandardKey
        for name, text, shortcut, slot in (
            ("zoom-out", lambda: self.tr("Zoom out"), QKeySequence(keys.ZoomOut), self.view.zoom_out),
            ("zoom-in", lambda: self.tr("Zoom in"), QKeySequence(keys.ZoomIn), self.view.zoom_in),
            ("zoom-fit", lambda: self.tr("Fit the page"), QKeySequence("Ctrl+0"), self.view.fit),
        ):
            action = make_action(self, name, text, slot, shortcut)
            self.addAction(action)
            self._header.add_button(action)

    def show_page(self, page: Page | None) -> None:
        """Show a page, or nothing."""
        if page == self._page:
            return
        self._page, self._marks = page, ()
        self._token.cancel()
        if self._task is not None:
            self._task.cancel()
        self._token = CancelToken()
        self.view.show_page([])
        self._scale.clear()
        self._note.clear()
        self._header.title.setText(self._title(page) if page else "")
        if page is not None:
            self._task = self._tasks.start(self._load(page, self._token))

    def mark(self, page: Page, regions: Sequence[Region]) -> None:
        """Show where on a page something comes from, as soon as the page is there."""
        self.show_page(page)
        self._marks = regions
        self.view.mark(regions)

    def close_page(self) -> None:
        """End a load that is on its way."""
        self._token.cancel()

    async def _load(self, page: Page, token: CancelToken) -> None:
        try:
            levels = await self._tasks.background(_levels, page, token)
        except JobCancelled:
            return
        except OcrError as error:
            if page == self._page:
                self._note.setText(words.failure_words(Failure.of(error)))
            return
        if page == self._page:
            self.view.show_page(levels)
            self.view.mark(self._marks)

    def _title(self, page: Page) -> str:
        if page.count == 1:
            return page.document.name
        return self.tr("{0} · page {1} of {2}").format(page.document.name, page.number, page.count)

    def _on_zoomed(self, factor: float) -> None:
        self._scale.setText(self.tr("{0} %").format(round(factor * 100)))


def _levels(page: Page, token: CancelToken) -> list[QImage]:
    """A page's image, and smaller ones of it.

    Raises:
        OcrError: It cannot be read, or it is no longer wanted.

    Thread: background.
    """
    try:
        image = load_page(page, token)
        data = image.tobytes("raw", "RGB")
    except MemoryError as error:
        raise InputError("out_of_memory", name=page.document.name) from error
    width, height = image.size
    # The image does not own the bytes: the copy does.
    levels = [
        QImage(data, width, height, width * 3, QImage.Format.Format_RGB888).convertToFormat(QImage.Format.Format_RGB32)
    ]
    while min(levels[-1].width(), levels[-1].height()) > 2 * _SMALLEST_LEVEL_PX:
        token.check()
        half = levels[-1].size() / 2
        levels.append(
            levels[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
    return levels
