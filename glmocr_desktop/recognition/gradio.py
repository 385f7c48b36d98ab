"""The queue protocol of one job on a Gradio server: upload, join, listen, and leave cleanly when it is ended early."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing, suppress
from typing import Any
from uuid import uuid4

from glmocr_desktop.core.errors import OcrError, RecognitionError, ServerBusy, ServerUnavailable
from glmocr_desktop.core.model import Phase, Progress
from glmocr_desktop.recognition.discovery import Endpoint
from glmocr_desktop.recognition.health import Sight
from glmocr_desktop.recognition.network.http import HttpSession, mapped_errors
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.request import Request

_JOIN_S = 10.0
_ABORT_S = 5.0
_AGAIN_S = 0.2
_DRAIN_S = 0.2
_MOST = 1e9  # of seconds or steps


async def upload(session: HttpSession, endpoint: Endpoint, request: Request) -> str:
    """Send an image; the path under which the server keeps it.

    Raises:
        OcrError: It could not be sent.

    Thread: transport only.
    """
    limits = request.limits
    path = f"{endpoint.prefix}/upload"
    paths = await session.upload(path, "page.png", request.png, "image/png", limits.upload_s, limits.connect_s)
    with mapped_errors(session.server, 0):
        return str(paths[0])


class Stay:
    """One page on a server, with a session of its own there, since the server cancels by session.

    Args:
        transport: Runs what is left to do when the page has ended early.
        session: The way to the server.
        endpoint: What reads there.
        request: The page.
        on_progress: Hears how it goes, and of a page that was cancelled what came of that.

    Thread: transport only.
    """

    def __init__(
        self,
        transport: Transport,
        session: HttpSession,
        endpoint: Endpoint,
        request: Request,
        on_progress: Callable[[Progress], None],
    ) -> None:
        self._transport = transport
        self._session = session
        self._endpoint = endpoint
        self._request = request
        self._on_progress = on_progress
        self._session_hash = uuid4().hex
        self._phase = Phase.QUEUED
        self._ended = False

    async def read(self, uploaded: str | None) -> str:
        """Let the server read the page.

        When this coroutine is cancelled, its socket closes at once, which frees a place in the queue; the server is
        told in the background.

        Args:
            uploaded: Where the server keeps the image; None when it takes the image itself.

        Raises:
            ServerUnavailable: The server is gone, silent or broken, or makes no progress.
            ServerBusy: Its queue is full, or the page waited in it for too long.
            RecognitionError: It answered that it could not read this page.
        """
        request, server = self._request, self._session.server
        image = self._endpoint.image_value(uploaded, request.png)
        body = self._body(data=self._endpoint.arguments(image, request.mode, request.prompt))
        join_s = min(_JOIN_S, request.limits.silence_s)
        # Shielded: a join that is under way must be finished before it can be cancelled on the server.
        join = asyncio.ensure_future(self._post("queue/join", body, join_s))
        self._on_progress(Progress(Phase.QUEUED))
        try:
            return await self._listen(_event_id(self._session, await asyncio.shield(join)))
        except TimeoutError as error:
            if self._phase is Phase.READING:
                raise ServerUnavailable("rung_timeout", server=server, limit_s=round(request.reading_s, 1)) from error
            raise ServerBusy("queue_wait", server=server, limit_s=request.limits.queue_wait_s) from error
        finally:
            if not self._ended:
                self._transport.spawn(self._leave(join), _ABORT_S)

    async def _listen(self, event_id: str) -> str:
        """What the server says of the page, until its answer."""
        limits = self._request.limits
        path, params = f"{self._endpoint.prefix}/queue/data", {"session_hash": self._session_hash}
        stream = self._session.events(path, params, limits.silence_s, limits.connect_s)
        async with asyncio.timeout(limits.queue_wait_s) as patience, aclosing(stream):
            async for message in stream:
                if message.get("event_id") not in (None, event_id):
                    continue
                kind = message.get("msg")
                if kind == "process_completed":
                    self._ended = True
                    await _drain(stream)
                    return _answer(self._session, self._endpoint, message)
                if kind == "unexpected_error":
                    self._ended = True
                    raise self._broken(_words(message.get("message")))
                progress = _progress(message)
                if progress is None:
                    continue
                if progress.phase is Phase.READING:  # it starts, or goes on: every step gives it time anew
                    self._phase = Phase.READING
                    patience.reschedule(_in(self._request.reading_s))
                self._on_progress(progress)
        raise self._broken("no result came")

    async def _leave(self, join: asyncio.Future[Any]) -> None:
        """Take the page back from the server, and tell how that ended where it is known."""
        body = self._body(event_id=_event_id(self._session, await join))
        try:
            await self._post("cancel", body)
        except ServerUnavailable:  # to cancel twice does no harm
            await asyncio.sleep(_AGAIN_S)  # when a server closes its sockets, it takes a moment to see that of each one
            await self._post("cancel", body)
        if self._phase is Phase.QUEUED:
            self._on_progress(Progress(Phase.REMOVED))
        elif self._endpoint.stops:
            self._on_progress(Progress(Phase.STOPPED))

    def _body(self, **more: object) -> dict[str, object]:
        return {"fn_index": self._endpoint.fn_index, "session_hash": self._session_hash, **more}

    def _post(self, path: str, body: object, limit_s: float = _ABORT_S) -> Coroutine[Any, Any, Any]:
        path = f"{self._endpoint.prefix}/{path}"
        return self._session.post_json(path, body, limit_s, self._request.limits.connect_s)

    def _broken(self, detail: str) -> ServerUnavailable:
        return ServerUnavailable("server_broken", server=self._session.server, detail=detail)


async def look(session: HttpSession, prefix: str, limit_s: float) -> Sight:
    """See whether a server is alive and ready, how many pages wait in its queue, and which start of it this is.

    Thread: transport only.
    """
    status = await session.get_json(f"{prefix}/queue/status", limit_s)
    started: Any = {}
    with suppress(OcrError):  # a detail: what answered already is alive
        started = await session.get_json(f"{prefix}/app_id", limit_s)
    with mapped_errors(session.server, limit_s):
        app_id = started.get("app_id", "") if isinstance(started, dict) else ""
        return Sight(int(status["queue_size"]), str(app_id))


def _in(limit_s: float) -> float | None:
    """The moment at which a limit passes, in the loop's time."""
    return None if math.isinf(limit_s) else asyncio.get_running_loop().time() + limit_s


async def _drain(stream: AsyncIterator[dict[str, Any]]) -> None:
    """Read a stream to its end, which is due at once: only then can its socket be used again."""
    with suppress(OcrError, TimeoutError):
        async with asyncio.timeout(_DRAIN_S):
            async for _ in stream:
                continue


def _event_id(session: HttpSession, joined: Any) -> str:
    with mapped_errors(session.server, 0):
        return str(joined["event_id"])


def _progress(message: dict[str, Any]) -> Progress | None:
    kind = message.get("msg")
    if kind == "estimation":
        rank = message.get("rank")
        return Progress(Phase.QUEUED, rank + 1 if isinstance(rank, int) else None, _number(message.get("rank_eta")))
    if kind == "process_starts":
        return Progress(Phase.READING, eta_s=_number(message.get("eta")))
    if kind == "process_generating":
        return Progress(Phase.READING)
    if kind == "progress" and isinstance(steps := message.get("progress_data"), list) and steps:
        step = steps[-1] if isinstance(steps[-1], dict) else {}
        index, length = _number(step.get("index")), _number(step.get("length"))
        fraction = min(1.0, max(0.0, index / length)) if index is not None and length else None
        return Progress(Phase.READING, fraction=fraction)
    return None


def _number(value: object) -> float | None:
    """A number that can be reckoned with; JSON also brings NaN, Infinity, and integers beyond every float."""
    return float(value) if isinstance(value, int | float) and abs(value) < _MOST else None


def _answer(session: HttpSession, endpoint: Endpoint, message: dict[str, Any]) -> str:
    output = message.get("output")
    if not isinstance(output, dict):
        output = {}
    if not message.get("success", True):
        raise RecognitionError("server_refused", detail=_words(output.get("error")))
    if "data" not in output:  # somebody cancelled it on the server
        raise RecognitionError("server_cancelled")
    with mapped_errors(session.server, 0):
        if not isinstance(output["data"], list):
            raise TypeError("outputs that are no list")
        value = output["data"][endpoint.output]
    if value is None:
        return ""
    return _whole(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    """A text that can be written: JSON may bring halves of characters (lone surrogates)."""
    return text.encode(errors="replace").decode()


def _words(detail: object) -> str:
    """A server's own words, as one short line."""
    text = " ".join(str(detail or "it does not say why.").split())
    return _whole(text if len(text) <= 200 else text[:199] + "…")
