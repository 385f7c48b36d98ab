"""An engine for one server, and a thread for each page that it is to read."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Limits
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.remote import ServerEngine
from glmocr_desktop.recognition.request import Request
from tests.support.pages import page_request

_MARGIN_S = 5  # a page that is still there so long after its deadline will never end
_LIMITS = Limits()


@dataclass(frozen=True)
class PageEnd:
    """How one page ended: its text, or its error."""

    elapsed_s: float
    text: str = ""
    error: OcrError | None = None

    @property
    def kind(self) -> str:
        return self.error.kind if self.error else ""


class PageReader:
    """Reads pages by one server.

    Args:
        folder: Where the images of the pages are made.
        limits: Of every page.
        reading_s: How long the server may read without progress.
        **settings: Where they differ from the defaults.
    """

    def __init__(
        self, url: str, folder: Path, limits: Limits = _LIMITS, reading_s: float = math.inf, **settings: Any
    ) -> None:
        self.transport = Transport()
        given = Settings(**{"server_url": url, "lanes": 16, **settings})
        self.engine = ServerEngine(url, given, self.transport, lambda _health: None)
        self.limits, self.reading_s = limits, reading_s
        self._folder = folder

    def request(self, number: int) -> Request:
        return page_request(self._folder, number, limits=self.limits, reading_s=self.reading_s)

    def read(self, deadlines: dict[int, float]) -> dict[int, list[PageEnd]]:
        """How each of these pages ended, all read at once; more than one end of a page would be seen."""
        ends: dict[int, list[PageEnd]] = {number: [] for number in deadlines}
        requests = {number: self.request(number) for number in deadlines}
        together = threading.Barrier(len(deadlines))

        def read(number: int) -> None:
            together.wait(10)
            ends[number].append(self.read_one(requests[number], deadlines[number]))

        threads = [threading.Thread(target=read, args=(number,)) for number in deadlines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(deadlines.values()) + _MARGIN_S)
        return ends

    def read_one(self, request: Request, deadline_s: float) -> PageEnd:
        token = CancelToken()
        began = time.monotonic()
        token.start(deadline_s)
        try:
            answer = self.engine.read(request, token, lambda _progress: None)
        except OcrError as error:
            return PageEnd(time.monotonic() - began, error=error)
        return PageEnd(time.monotonic() - began, answer.text)
