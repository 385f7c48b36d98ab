"""Does it really read? Known pages are read, and the answers compared with what they should be."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Answer, Failure, Mode, Page
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import load_page, open_document
from glmocr_desktop.recognition.discovery import Endpoint
from glmocr_desktop.recognition.offline import OfflineEngine
from glmocr_desktop.recognition.remote import ServerEngine
from glmocr_desktop.recognition.transport import Transport

CANARY = "letter.png"  # a page of English text
_ENOUGH = 0.9  # share of characters: another font or a missed comma is no failure, another text is


@dataclass(frozen=True, slots=True)
class Reading:
    """How a known page was read.

    Attributes:
        accuracy: Share of the known characters that were found in order, 0 to 1; None when it was not read.
        elapsed_s: Seconds from handing the page over to having the answer.
    """

    accuracy: float | None
    elapsed_s: float
    error: Failure | None = None

    @property
    def reads(self) -> bool:
        """Whether the answer is what the page says."""
        return self.accuracy is not None and self.accuracy >= _ENOUGH


@dataclass(frozen=True, slots=True)
class ServerReport:
    """What answers at an address.

    Attributes:
        endpoint: What reads images there; None when nothing was found, and then ``error`` says why.
        reading: How it read the known page; None when there is no endpoint.
    """

    url: str
    endpoint: Endpoint | None
    latency_ms: float | None
    waiting: int
    reading: Reading | None
    error: Failure | None = None

    @property
    def reads(self) -> bool:
        """Whether a server is there that really reads."""
        return self.reading is not None and self.reading.reads


def check_server(settings: Settings, token: CancelToken) -> ServerReport:
    """Find out what answers at the server's address, and whether it reads.

    Raises:
        JobCancelled: The token was cancelled.
    """
    transport = Transport()
    try:
        server = ServerEngine(settings, transport, lambda _health: None)
        try:
            endpoint = server.endpoint(token)
        except OcrError as error:
            return ServerReport(server.url, None, None, 0, None, Failure.of(error))
        reading = _read(
            lambda page: server.read(
                load_page(page, token), Mode.TEXT, settings.text_prompt, token, lambda _progress: None
            )
        )
        health = server.probe(CancelToken())  # bounded by itself; the page may have used up the token's time
        return ServerReport(server.url, endpoint, health.latency_ms, health.waiting, reading)
    finally:
        transport.close()


def check_offline(token: CancelToken) -> Reading:
    """Find out whether the offline engine reads."""
    engine = OfflineEngine()
    try:
        return _read(lambda page: engine.read(load_page(page, token), Mode.TEXT, token))
    finally:
        engine.close()


def accuracy(known: str, text: str) -> float:
    """Share of the known characters that a text has in the same order; white space does not count."""
    wanted, found = "".join(known.split()), "".join(text.split())
    if not wanted:
        return 1.0 if not found else 0.0
    matches = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches) / max(len(wanted), len(found))


def _read(read: Callable[[Page], Answer]) -> Reading:
    samples = resource_path("samples")
    known = json.loads((samples / "known-text.json").read_text(encoding="utf-8"))[CANARY]["pages"][0]
    (page,) = open_document(str(samples / CANARY))
    began = time.monotonic()
    try:
        answer = read(page)
    except OcrError as error:
        return Reading(None, time.monotonic() - began, Failure.of(error))
    elapsed_s = time.monotonic() - began
    return Reading(accuracy(known, answer.text), elapsed_s)
