"""A page of the history with its result."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Page
from glmocr_desktop.gui.page.levels import page_levels
from glmocr_desktop.gui.page.page_view import PageView
from glmocr_desktop.gui.rendered.rendered_view import RenderedView
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.kept import Found
from glmocr_desktop.jobs.store import Store

_PAGE_PX = 300


class Preview(QWidget):
    """The image above, the result below.

    Thread: GUI.
    """

    def __init__(self, tasks: Tasks, store: Callable[[], Store | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._store = store
        self._line: Found | None = None
        self._token = CancelToken()
        self.page = PageView(self)
        self.page.setObjectName("historyPage")
        self.result = RenderedView(tasks, self)
        self.result.setObjectName("historyResult")
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.page)
        splitter.addWidget(self.result)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setHandleWidth(1)
        splitter.setSizes([_PAGE_PX, _PAGE_PX])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_line(self, line: Found | None) -> None:
        """Show a page, or nothing."""
        if line == self._line:
            return
        self._line = line
        self._token.cancel()
        self._token = CancelToken()
        self.page.show_page([])
        self.result.show_result(None)
        if line is not None:
            self._tasks.start(self._load(line, self._token))

    async def _load(self, line: Found, token: CancelToken) -> None:
        store = self._store()
        if store is None:
            return
        found = await self._tasks.background(store.pages, [line.page_id])
        if not found or token.cancelled:
            return
        _, page = found[0]
        self.result.show_result(page.result)
        images = await self._tasks.background(_images, page.page, token)
        if not token.cancelled:
            self.page.show_page(images)


def _images(page: Page, token: CancelToken) -> list[QImage]:
    """The page as it can be shown; nothing when its file is gone.

    Thread: background.
    """
    try:
        return list(page_levels(page, token).images)
    except OcrError:
        return []
