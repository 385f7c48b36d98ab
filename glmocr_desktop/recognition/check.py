"""What answers at the servers' addresses, how it wants to be asked, how fast it is, and whether it really reads."""

from __future__ import annotations

import json
import statistics
import struct
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, JobTimeout, OcrError
from glmocr_desktop.core.model import Answer, Failure, Mode, Page
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import load_page, open_document, picture
from glmocr_desktop.recognition.canary import CanaryReport, matching_characters, read_canaries
from glmocr_desktop.recognition.discovery import Endpoint
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.place import Place, place_of
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.offline import OfflineEngine
from glmocr_desktop.recognition.remote import ServerEngine
from glmocr_desktop.recognition.request import Request

LETTER = "letter.png"  # a page of English text
_ENOUGH = 0.9  # share of characters: another font or a missed comma is no failure, another text is
_LOOKS = 5
_NAME_S = 3.0
_ELSE_S = 2.0

# What else people have where they expect their Gradio server: a question, what its answer has, and what it is then.
_OTHERS = (
    ("/config", "dependencies", "a Gradio server that is too old; 4.44 or newer is needed"),
    ("/api/tags", "models", "Ollama"),
    ("/v1/models", "data", "a model server with the OpenAI interface (vLLM, SGLang, llama.cpp or the like)"),
    ("/health", "status", "a service of another kind, such as the GLM-OCR SDK's own server"),
)


class Login(StrEnum):
    """Whether a server wants to know who asks."""

    NOT_ASKED = "not_asked"
    SIGNED_IN = "signed_in"
    NEEDED = "needed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Encryption(StrEnum):
    """Whether what goes to a server and back can be read on the way."""

    NONE = "none"
    TRUSTED = "trusted"
    NOT_TRUSTED = "not_trusted"
    UNKNOWN = "unknown"


_ENCRYPTION = dict.fromkeys(
    (
        *("", "server_needs_login", "login_refused", "server_not_gradio", "server_busy"),
        *("server_no_endpoint", "server_no_such_endpoint"),
    ),
    Encryption.TRUSTED,  # it has answered
) | {"certificate_unknown": Encryption.NOT_TRUSTED}


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
        latency_ms: Median of some looks; None when none was answered.
        waiting: Pages in the server's queue, anybody's.
        lanes: How many pages it would be given at once.
        canaries: How it read one small image for each mode; None when there is no endpoint.
        reading: How it read the known page; None when there is no endpoint.
        other: What answers there instead of a Gradio server, as far as that is known; else empty.
    """

    url: str
    place: Place
    encryption: Encryption = Encryption.UNKNOWN
    login: Login = Login.UNKNOWN
    endpoint: Endpoint | None = None
    latency_ms: float | None = None
    waiting: int = 0
    lanes: int | None = None
    canaries: CanaryReport | None = None
    reading: Reading | None = None
    other: str = ""
    error: Failure | None = None

    @property
    def reads(self) -> bool:
        """Whether a server is there that really reads."""
        return self.reading is not None and self.reading.reads


def check_servers(settings: Settings) -> Iterator[ServerReport]:
    """Look at all servers of the settings at once; each has the whole timeout for itself.

    Yields:
        What was found, in the order of the settings, as soon as it is known.
    """
    tokens = [CancelToken() for _ in settings.servers]
    with ThreadPoolExecutor(len(tokens), thread_name_prefix="checking") as pool:
        try:
            for token in tokens:
                token.start(settings.timeout_s)
            yield from pool.map(lambda url, token: check_server(url, settings, token), settings.servers, tokens)
        finally:  # also when nobody wants the rest; it comes too late for those that have ended
            for token in tokens:
                token.cancel()


def check_server(url: str, settings: Settings, token: CancelToken) -> ServerReport:
    """Find out what answers at one address, and whether it reads.

    Raises:
        JobCancelled: The token was cancelled.
    """
    transport = Transport()
    try:
        server = ServerEngine(url, settings, transport, lambda _health: None)
        report = ServerReport(url, _place(url, settings, transport, token))
        try:
            endpoint = server.endpoint(token)
        except JobCancelled:
            raise
        except OcrError as error:
            encryption, login = _barred(url, error.kind)
            report = replace(report, encryption=encryption, login=login, error=Failure.of(error))
            if error.kind == "server_not_gradio":
                report = replace(report, other=_what_else(server, transport, token))
            return report
        encryption, _ = _barred(url, "")
        login = _login(server, endpoint, settings, transport, token)
        report = replace(report, encryption=encryption, login=login, endpoint=endpoint)
        return _read_by(server, settings, _looked_at(server, report, token), token)
    finally:
        transport.close()


def check_offline(token: CancelToken) -> Reading:
    """Find out whether the offline engine reads."""
    engine = OfflineEngine()
    try:
        return _letter_read(lambda page: engine.read(load_page(page, token), Mode.TEXT, token))
    finally:
        engine.close()


def accuracy(known: str, text: str) -> float:
    """Share of the known characters that a text has in the same order; white space does not count."""
    wanted, found = "".join(known.split()), "".join(text.split())
    if not wanted:
        return 1.0 if not found else 0.0
    return matching_characters(wanted, found) / max(len(wanted), len(found))


def _place(url: str, settings: Settings, transport: Transport, token: CancelToken) -> Place:
    ask_dns = not settings.local_only  # then nothing leaves this computer, not even a name
    future = transport.submit(transport.in_thread(lambda: place_of(url, ask_dns=ask_dns)))
    try:
        return token.wait_for(future, _NAME_S)
    except (TimeoutError, JobTimeout):
        return Place.UNKNOWN


def _barred(url: str, kind: str) -> tuple[Encryption, Login]:
    """What the kind of an error, or its absence, tells of the way to a server."""
    encrypted = url.startswith("https:")
    encryption = _ENCRYPTION.get(kind, Encryption.UNKNOWN) if encrypted else Encryption.NONE
    login = {"server_needs_login": Login.NEEDED, "login_refused": Login.REFUSED}.get(kind, Login.UNKNOWN)
    return encryption, login


def _login(
    server: ServerEngine, endpoint: Endpoint, settings: Settings, transport: Transport, token: CancelToken
) -> Login:
    """Whether the server that has answered would also answer to somebody whom it does not know."""
    stranger = replace(Access.of(settings, server.url), stored=False)
    session = transport.session(server.url, connections=1, idle_timeout_s=_ELSE_S, access=stranger)
    try:
        token.wait_for(transport.submit(session.get_json(f"{endpoint.prefix}/queue/status", _ELSE_S)))
    except JobCancelled:
        raise
    except OcrError as error:
        return Login.SIGNED_IN if error.kind == "server_needs_login" else Login.UNKNOWN
    return Login.NOT_ASKED


def _what_else(server: ServerEngine, transport: Transport, token: CancelToken) -> str:
    """What answers there, if it is something that is known; else empty."""
    for path, key, what in _OTHERS:
        try:
            found = token.wait_for(transport.submit(server.pool.session.get_json(path, _ELSE_S)))
        except JobCancelled:
            raise
        except OcrError:
            continue
        if isinstance(found, dict) and key in found:
            return what
    return ""


def _looked_at(server: ServerEngine, report: ServerReport, token: CancelToken) -> ServerReport:
    """How fast it answers, by the median of some looks, and how many pages wait there."""
    try:
        seen = [server.probe(token) for _ in range(_LOOKS)]
    except JobTimeout:
        return report
    latencies = [each.latency_ms for each in seen if each.latency_ms is not None]
    latency_ms = statistics.median(latencies) if latencies else None
    return replace(report, latency_ms=latency_ms, waiting=seen[-1].waiting)


def _read_by(server: ServerEngine, settings: Settings, report: ServerReport, token: CancelToken) -> ServerReport:
    """How it reads the canaries, and a whole page."""

    def read(png: bytes, mode: Mode, reading_s: float) -> Answer:
        width, height = struct.unpack(">II", png[16:24])  # where every PNG has them
        request = Request(png, width * height, mode, settings.prompt(mode), settings.limits, reading_s)
        return server.read(request, token, lambda _progress: None)

    def read_letter(page: Page) -> Answer:
        image = picture(page, token, settings.max_image_pixels)
        return read(image.png, Mode.TEXT, settings.timeout_s)

    canaries = read_canaries(lambda png, mode: read(png, mode, settings.first_timeout_s).text, token)
    return replace(report, canaries=canaries, reading=_letter_read(read_letter), lanes=server.pool.lanes)


def _letter_read(read: Callable[[Page], Answer]) -> Reading:
    samples = resource_path("samples")
    known = json.loads((samples / "known-text.json").read_text(encoding="utf-8"))[LETTER]["pages"][0]
    (page,) = open_document(str(samples / LETTER))
    began_s = time.monotonic()
    try:
        answer = read(page)
    except JobCancelled:
        raise
    except OcrError as error:
        return Reading(None, time.monotonic() - began_s, Failure.of(error))
    elapsed_s = time.monotonic() - began_s
    return Reading(accuracy(known, answer.text), elapsed_s)
