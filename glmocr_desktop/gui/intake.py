"""What is dropped, opened or pasted becomes documents."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.private import make_private_folder
from glmocr_desktop.documents import find_files, open_document
from glmocr_desktop.gui.keeping import Keeping
from glmocr_desktop.gui.named_paths import all_exist, named_paths
from glmocr_desktop.gui.rows import Opened, Row
from glmocr_desktop.gui.tasks import Tasks

_BATCH = 64  # documents; few enough that their rows are added in one frame
_BATCH_S = 0.15  # rows appear this often while a large folder is opened


class Intake(QObject):
    """Opens files off the GUI thread and hands them over in batches, when they are kept.

    Args:
        tasks: Opens.
        pasted_dir: Where images are put that are in no file.
        keeping: Keeps what was opened.
        parent: Owner.

    Signals:
        opened(list[Opened]): The next documents, in their order.
        opening_changed(bool): Whether files are being opened.
        waiting_changed(): Other files and folders wait to be opened; see `waiting`.
        refused(str): Why something cannot be taken, in words.

    Thread: GUI.
    """

    opened = Signal(object)
    opening_changed = Signal(bool)
    waiting_changed = Signal()
    refused = Signal(str)

    def __init__(self, tasks: Tasks, pasted_dir: Path, keeping: Keeping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._keeping = keeping
        self._pasted_dir = pasted_dir
        self._openings = 0
        self._waiting: dict[int, list[str]] = {}  # what is being opened, by the number of its opening
        self._numbers = itertools.count()

    @property
    def waiting(self) -> list[str]:
        """Files and folders of which not all has been handed over."""
        return [path for paths in self._waiting.values() for path in paths]

    @staticmethod
    def takes(mime: QMimeData) -> bool:
        """Whether there is something that might be read."""
        return mime.hasUrls() or mime.hasImage()

    def add_mime(self, mime: QMimeData | None) -> None:
        """Take what was dropped or pasted; None is what some systems give for an empty clipboard."""
        if mime is None:
            self._refuse_other()
            return
        local = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if local:
            self.add_paths(local)
        elif mime.hasImage():
            self.add_image(QImage(mime.imageData()))
        elif mime.hasUrls():
            self.refused.emit(self.tr("Only files on this computer can be added. Nothing was downloaded."))
        elif paths := named_paths(mime.text()):
            self._tasks.start(self._add_named(paths))
        else:
            self._refuse_other()

    def add_paths(self, paths: Iterable[str], known: Collection[str] = ()) -> None:
        """Take files and folders.

        Args:
            paths: Whatever a person gave.
            known: Files among them, or in them, that were taken before.
        """
        given = [os.path.abspath(each) for each in paths]  # noqa: PTH100  # links keep their names
        number = next(self._numbers)
        self._waiting[number] = given
        self.waiting_changed.emit()
        self._tasks.start(self._open_all(number, given, frozenset(known)))

    def add_image(self, image: QImage) -> None:
        """Take an image that is in no file yet."""
        if image.isNull():
            self.refused.emit(self.tr("This image cannot be read."))
        else:
            self._tasks.start(self._store(image))

    async def _add_named(self, paths: list[str]) -> None:
        if await self._tasks.background(all_exist, paths):
            self.add_paths(paths)
        else:
            self._refuse_other()

    def _refuse_other(self) -> None:
        self.refused.emit(self.tr("The clipboard holds no image and no files."))

    async def unlock(self, row: Row, password: str) -> Opened:
        """Open the document of a row by its password; it is to take the place of a row without pages."""
        opened = await self._tasks.background(_opened, row.path, password)
        if opened.error is not None or row.first_page is not None:
            return opened
        return (await self._keeping.keep([opened], instead_of=row))[0]

    async def _store(self, image: QImage) -> None:
        try:
            path = await self._tasks.background(_write_image, image, self._pasted_dir)
        except OSError as error:
            text = self.tr("The image could not be kept in {0}: {1}.")
            self.refused.emit(text.format(self._pasted_dir, error.strerror))
            return
        await self._open(iter([path]), owned=True)

    async def _open_all(self, number: int, paths: list[str], known: frozenset[str]) -> None:
        try:
            await self._open(each for each in find_files(paths) if _path_of(each) not in known)
        except Exception:  # when the window closes, which is none, the rest still waits
            self._forget(number)
            raise
        self._forget(number)

    def _forget(self, number: int) -> None:
        del self._waiting[number]
        self.waiting_changed.emit()

    async def _open(self, found: Iterator[str | InputError], *, owned: bool = False) -> None:
        self._openings += 1
        self.opening_changed.emit(True)
        try:
            more = True
            while more:
                batch, more = await self._tasks.background(_next_batch, found)
                if batch:
                    self.opened.emit(await self._keeping.keep(batch, owned=owned))
        finally:
            self._openings -= 1
            self.opening_changed.emit(self._openings > 0)


def _next_batch(found: Iterator[str | InputError]) -> tuple[list[Opened], bool]:
    """Open the next documents, and tell whether there may be more.

    Thread: background, one at a time for each iterator.
    """
    batch: list[Opened] = []
    until = time.monotonic() + _BATCH_S
    for each in found:
        if isinstance(each, InputError):
            batch.append(Opened(_path_of(each), error=Failure.of(each)))
        else:
            batch.append(_opened(each))
        if len(batch) == _BATCH or time.monotonic() > until:
            return batch, True
    return batch, False


def _path_of(found: str | InputError) -> str:
    return str(found.values.get("name", "")) if isinstance(found, InputError) else found


def _opened(path: str, password: str | None = None) -> Opened:
    try:
        return Opened(path, tuple(open_document(path, password=password)))
    except InputError as error:
        return Opened(path, error=Failure.of(error))


def _write_image(image: QImage, folder: Path) -> str:
    """Keep a pasted image where only its owner can read it."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    make_private_folder(folder)
    stamp = time.strftime("%Y-%m-%d %H.%M.%S")
    for number in range(1, 1000):
        path = folder / (f"{stamp}.png" if number == 1 else f"{stamp} ({number}).png")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as stream:
            stream.write(buffer.data().data())
        return str(path)
    raise FileExistsError(f"{stamp} is taken a thousand times")
