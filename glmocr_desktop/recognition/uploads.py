"""Images that a server has already: sent once, used by every try of a page."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_MOST = 1000  # paths, not images


@dataclass
class _Upload:
    """An image on its way, or there."""

    task: asyncio.Task[str]
    waiting: int = 0


class Uploads:
    """Where a server keeps the images that it was sent, by their content.

    A server that was started anew has none of them: `forget_all`.

    Thread: transport only.
    """

    def __init__(self) -> None:
        self._uploads: OrderedDict[str, _Upload] = OrderedDict()

    async def path_of(self, digest: str, send: Callable[[], Awaitable[str]]) -> str:
        """The path of an image on the server; it is sent if it is not there and nobody else is sending it.

        Args:
            digest: Names the image by its content.
            send: Sends it and returns its path. Cancelled when nobody waits for it any more.

        Raises:
            OcrError: It could not be sent; the next one who asks tries again.
        """
        upload = self._uploads.get(digest)
        if upload is None:
            upload = self._uploads[digest] = _Upload(asyncio.ensure_future(_sent(send)))
            while len(self._uploads) > _MOST:
                self._uploads.popitem(last=False)
        self._uploads.move_to_end(digest)
        upload.waiting += 1
        try:
            return await asyncio.shield(upload.task)
        except BaseException:
            self._drop(digest, upload)
            raise
        finally:
            upload.waiting -= 1

    def forget(self, digest: str) -> None:
        """The server may have lost this image."""
        self._uploads.pop(digest, None)

    def forget_all(self) -> None:
        """The server has lost all images; those on their way arrive for nobody."""
        self._uploads.clear()

    def _drop(self, digest: str, upload: _Upload) -> None:
        """Somebody gave up: the last one to do so ends the sending."""
        if upload.task.done() and not upload.task.cancelled() and upload.task.exception() is None:
            return
        if upload.waiting == 1 or upload.task.done():
            upload.task.cancel()
            if self._uploads.get(digest) is upload:
                del self._uploads[digest]


async def _sent(send: Callable[[], Awaitable[str]]) -> str:
    return await send()
