"""The queue protocol of one job on a Gradio server: upload, join, listen, and leave cleanly when it is ended early."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, suppress
from typing import Any
from uuid import uuid4

from glmocr_desktop.core.errors import OcrError, RecognitionError, ServerUnavailable
from glmocr_desktop.core.model import Mode, Phase, Progress
from glmocr_desktop.recognition.discovery import Endpoint, ImageForm
from glmocr_desktop.recognition.http import HttpSession, mapped_errors
from glmocr_desktop.recognition.transport import Transport

_ABORT_S = 5.0
_DRAIN_S = 0.2
_MOST = 1e9  # of seconds or steps


async def read_page(
    transport: Transport,
    session: HttpSession,
    endpoint: Endpoint,
    png: bytes,
    mode: Mode,
    prompt: str,
    on_progress: Callable[[Progress], None],
) -> str:
    """Let a server read one image.

    The job has a session of its own on the server, since the server cancels by session. When this coroutine is
    cancelled, its socket closes at once, which frees a place in the queue; the server is told in the background.

    Raises:
        ServerUnavailable: The server is gone, silent or broken.
        ServerBusy: Its queue is full.
        RecognitionError: It answered that it could not read this page.

    Thread: transport only.
    """
    uploaded = None
    if endpoint.image_form is not ImageForm.BASE64:
        on_progress(Progress(Phase.UPLOADING))
        uploaded = await _upload(session, endpoint, png)
    arguments = endpoint.arguments(endpoint.image_value(uploaded, png), mode, prompt)
    session_hash = uuid4().hex
    body = {"data": arguments, "fn_index": endpoint.fn_index, "session_hash": session_hash}
    # Shielded: a join that is under way must be finished before it can be cancelled on the server.
    join = asyncio.ensure_future(session.post_json(f"{endpoint.prefix}/queue/join", body))
    ended = False
    try:
        event_id = _event_id(session, await asyncio.shield(join))
        async with aclosing(session.events(f"{endpoint.prefix}/queue/data", {"session_hash": session_hash})) as stream:
            async for message in stream:
                if message.get("event_id") not in (None, event_id):
                    continue
                kind = message.get("msg")
                if kind == "process_completed":
                    ended = True
                    await _drain(stream)
                    return _answer(session, endpoint, message)
                if kind == "unexpected_error":
                    ended = True
                    detail = _words(message.get("message"))
                    raise ServerUnavailable("server_broken", server=session.server, detail=detail)
                progress = _progress(message)
                if progress is not None:
                    on_progress(progress)
        raise ServerUnavailable("server_broken", server=session.server, detail="no result came")
    finally:
        if not ended:
            transport.spawn(_abort(session, endpoint, session_hash, join), _ABORT_S)


async def queue_size(session: HttpSession, prefix: str, limit_s: float) -> int:
    """How many pages wait in a server's queue; answering at all says that its event loop is alive.

    Thread: transport only.
    """
    status = await session.get_json(f"{prefix}/queue/status", limit_s)
    with mapped_errors(session.server, limit_s):
        return int(status["queue_size"])


async def _drain(stream: AsyncIterator[dict[str, Any]]) -> None:
    """Read a stream to its end, which is due at once: only then can its socket be used again."""
    with suppress(OcrError, TimeoutError):
        async with asyncio.timeout(_DRAIN_S):
            async for _ in stream:
                continue


async def _upload(session: HttpSession, endpoint: Endpoint, png: bytes) -> str:
    paths = await session.upload(f"{endpoint.prefix}/upload", "page.png", png, "image/png")
    with mapped_errors(session.server, 0):
        return str(paths[0])


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


async def _abort(session: HttpSession, endpoint: Endpoint, session_hash: str, join: asyncio.Future[Any]) -> None:
    """Take a job back from the server."""
    event_id = _event_id(session, await join)
    body = {"fn_index": endpoint.fn_index, "session_hash": session_hash, "event_id": event_id}
    await session.post_json(f"{endpoint.prefix}/cancel", body)
