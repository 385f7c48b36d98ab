"""The clipboard: text at once, and everything else as soon as it is made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QMimeData, QObject, QRectF, QSize, QSizeF, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.clipboard import MARKDOWN, SVG, Flavours

_PICTURE_SCALE = 4.0  # an x is 32 pixels high: sharp when printed


class Clipboard(QObject):
    """Puts flavours on the clipboard; what comes late does not replace what was copied since.

    Signals:
        nothing_made(): There was nothing to put on the clipboard.

    Thread: GUI.
    """

    nothing_made = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._changes = 0
        QGuiApplication.clipboard().dataChanged.connect(self._on_changed)

    def put(self, copied: Flavours, *, picture_only: bool = False) -> None:
        """Put this on the clipboard, with a picture when there is a drawing."""
        mime = mime_data({} if picture_only else copied)
        if SVG in copied and (picture_only or MARKDOWN in copied):
            mime.setImageData(_picture(copied[SVG]))
        QGuiApplication.clipboard().setMimeData(mime)

    def put_later(self, make: Callable[[], Flavours], *, picture_only: bool = False) -> None:
        """Put on the clipboard what a function makes in the background."""
        self._tasks.start(self._put(make, self._changes, picture_only))

    async def _put(self, make: Callable[[], Flavours], changes: int, picture_only: bool) -> None:
        copied = await self._tasks.background(make)
        if not copied:
            self.nothing_made.emit()
        elif changes == self._changes:
            self.put(copied, picture_only=picture_only)

    def _on_changed(self) -> None:
        self._changes += 1


def mime_data(copied: Flavours) -> QMimeData:
    """Flavours as Qt hands them over."""
    mime = QMimeData()
    for name, data in copied.items():
        mime.setData(name, data)
    return mime


def _picture(svg: bytes) -> QImage:
    """A drawing as pixels on white."""
    drawing = QSvgRenderer(QByteArray(svg))
    size = QSizeF(drawing.defaultSize()) * _PICTURE_SCALE
    border = 2 * _PICTURE_SCALE
    whole = (size + QSizeF(2 * border, 2 * border)).toSize()
    image = QImage(whole.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    drawing.render(painter, QRectF(border, border, size.width(), size.height()))
    painter.end()
    return image
