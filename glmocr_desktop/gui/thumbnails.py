"""Small pictures of pages, made when a row is seen."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Cut, Page
from glmocr_desktop.documents import thumbnail
from glmocr_desktop.gui.tasks import Tasks

_SIZE_PX = 96  # 32 px at a scale of 3
_KEPT = 2000  # pictures; about 40 MB
_WANTED = 60  # rows that may be in view: whoever scrolls on does not wait for what passed by
_Key = tuple[str, int, Cut]


class Thumbnails(QObject):
    """Keeps pictures, and makes those that are asked for, the last one first.

    Signals:
        ready(): There are more pictures.

    Thread: GUI.
    """

    ready = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[_Key, Page] = OrderedDict()
        self._busy = False

    def get(self, page: Page) -> QPixmap | None:
        """The picture of a page; None until it is made."""
        key = (page.document.id, page.number, page.cut)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._wanted[key] = page
        self._wanted.move_to_end(key)
        while len(self._wanted) > _WANTED:
            self._wanted.popitem(last=False)
        if not self._busy:
            self._busy = True
            self._tasks.start(self._make())
        return None

    async def _make(self) -> None:
        try:
            while self._wanted:
                key, page = self._wanted.popitem()
                self._kept[key] = QPixmap.fromImage(await self._tasks.background(_image, page))
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
                self.ready.emit()
        finally:
            self._busy = False


def _image(page: Page) -> QImage:
    """A page's picture; an empty one when there is none to be had.

    Thread: background.
    """
    try:
        return QImage.fromData(thumbnail(page, _SIZE_PX))
    except OcrError:
        return QImage()
