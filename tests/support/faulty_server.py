"""A server that speaks Gradio's queue protocol and does one chosen thing wrong for chosen pages.

Healthy and faulty pages mix on it, since a fault belongs to the number of a page (see `tests.support.pages`). A job
leaves its queue only when it was answered or cancelled: one that is left there was forgotten by the client.
"""

from __future__ import annotations

import asyncio
import json
import math
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from PIL import Image

from tests.support.exchange import Asked, Exchange
from tests.support.faults import FATAL, LINES, LONG, MIDSTREAM, Fault, Layout, Step, config, info, send_huge, spoil
from tests.support.guarded import COOKIE
from tests.support.servers import free_port

_LONG_BEATS = 15
_TOGETHER_S = 0.8


@dataclass
class _Job:
    number: int
    event_id: str
    fault: Fault | None


class FaultyServer:
    """The server as a test sees it.

    Attributes:
        faults: What goes wrong for a page, and at which step.
        describing: What goes wrong for everybody when the server is asked what it offers.
        elsewhere: Where redirects lead.
        login: User and password that it asks for; None lets everybody in.
        ticket: The cookie that a login gives; changing it ends every login.
        most_bytes: What is larger is taken slowly.
        once: A fault strikes a page only the first time.
        together: Faults and answers wait until so many pages are on their way.
        counts: Sockets ``accepted``, pages ``joined``, ``cancelled`` and ``answered``, faults that were ``injected``,
            and requests by path.

    Thread: the test's sets faults between pages; the server's own thread does the rest.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self.faults: dict[int, tuple[Step, Fault]] = {}
        self.describing: dict[Step, Fault] = {}
        self.elsewhere = ""
        self.login: tuple[str, str] | None = None
        self.ticket = "first"
        self.most_bytes = math.inf
        self.once = False
        self.together = 0
        self.counts: Counter[str] = Counter()
        self._tls = tls
        self._layout = Layout.PLAIN
        self._app_id = uuid4().hex
        self._jobs: dict[str, _Job] = {}
        self._open: set[asyncio.StreamWriter] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._met: set[int] = set()
        self._all_met = asyncio.Event()

    @property
    def open_sockets(self) -> int:
        """How many connections clients hold now."""
        return len(self._open)

    @property
    def queued(self) -> list[int]:
        """Pages that were joined, and neither answered nor cancelled."""
        return [job.number for job in self._jobs.values()]

    def wait_until(self, met: Callable[[], bool], limit_s: float = 20.0) -> bool:
        """Whether a condition is met in time; looked at after each change."""
        with self._changed:
            return self._changed.wait_for(met, limit_s)

    def restart(self, layout: Layout = Layout.PLAIN) -> None:
        """Go on as a server that was started anew: what was uploaded before is lost."""
        self._app_id, self._layout = uuid4().hex, layout

    def run(self, started: threading.Event) -> None:
        """Serve until `stop`."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(started))

    def stop(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)

    async def _serve(self, started: threading.Event) -> None:
        server = await asyncio.start_server(self._on_connection, "127.0.0.1", self.port, ssl=self._tls)
        started.set()
        await self._ending.wait()
        server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.gather(*(task for task in asyncio.all_tasks() if task is not asyncio.current_task()))

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._changed:
            self._open.add(writer)
            self.counts["accepted"] += 1
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                while await self._request(Exchange(reader, writer)):
                    continue
        finally:
            writer.close()
            with self._changed:
                self._open.discard(writer)
                self._changed.notify_all()

    async def _request(self, exchange: Exchange) -> bool:
        """Answer one request; whether the connection stays."""
        asked = await exchange.receive(self.most_bytes)
        path = asked.path
        self._count(path)
        if path == "/login":
            return await self._log_in(exchange, asked)
        if self.login and f"{COOKIE}={self.ticket}" not in asked.headers.get("cookie", ""):
            return await exchange.reply(401, b'{"detail": "Not authenticated"}')
        if path == Step.UPLOAD:
            number = _first_pixel(asked.body)
            return await self._reply(exchange, Step.UPLOAD, number, [f"/uploaded/{self._app_id}/{number}.png"])
        if path == Step.JOIN:
            return await self._join(exchange, json.loads(asked.body))
        if path == Step.STREAM:
            return await self._stream(exchange, asked.query["session_hash"][0])
        if path.endswith("/cancel"):
            wanted = json.loads(asked.body)
            job = self._jobs.get(wanted["session_hash"])
            if job is not None and job.event_id == wanted["event_id"]:
                self._leave(wanted["session_hash"], "cancelled")
            return await exchange.json({"success": True})
        if path in (Step.CONFIG, Step.INFO):
            content = info(self._layout) if path == Step.INFO else config(self._layout, self._app_id)
            fault = self.describing.get(Step(path))
            return await spoil(exchange, fault, content, self.elsewhere) if fault else await exchange.json(content)
        if path.endswith("/queue/status"):
            return await exchange.json({"msg": "estimation", "queue_size": 0, "rank_eta": None})
        return await exchange.json({"app_id": self._app_id} if path.endswith("/app_id") else True)

    async def _log_in(self, exchange: Exchange, asked: Asked) -> bool:
        form = parse_qs(asked.body.decode())
        if (form["username"][0], form["password"][0]) == self.login:
            return await exchange.reply(200, b"{}", f"Set-Cookie: {COOKIE}={self.ticket}; HttpOnly; Path=/\r\n")
        return await exchange.reply(400, b'{"detail": "Incorrect credentials."}')

    async def _join(self, exchange: Exchange, wanted: dict[str, Any]) -> bool:
        image = wanted["data"][self._layout.image]
        if wanted["fn_index"] != self._layout.fn_index or not isinstance(image, dict):
            return await exchange.reply(422, b'{"detail": "no such function"}')
        _, _, app_id, name = image["path"].split("/")
        number = int(name.removesuffix(".png"))
        step, fault = self.faults.get(number, (None, None))
        event_id = uuid4().hex
        if step is not Step.JOIN or fault in (Fault.LATE, Fault.FORGETFUL):
            lost = Fault.APP_ERROR if app_id != self._app_id else None
            with self._changed:
                self._jobs[wanted["session_hash"]] = _Job(number, event_id, fault if step is Step.STREAM else lost)
                self.counts["joined"] += 1
        return await self._reply(exchange, Step.JOIN, number, {"event_id": event_id})

    async def _stream(self, exchange: Exchange, session_hash: str) -> bool:
        job = self._jobs.get(session_hash)
        if job is None:
            return await exchange.reply(404, b"{}")
        await self._meet(job.number)
        if job.fault is not None:
            self._injected(job.number)
            if job.fault not in MIDSTREAM:
                return await spoil(exchange, job.fault, {}, self.elsewhere)
        await exchange.begin()
        own = {"event_id": job.event_id}
        await exchange.message({"msg": "estimation", "rank": 0, "queue_size": 1, "rank_eta": None, **own})
        if job.fault is Fault.STUCK:
            return await exchange.beat(math.inf, {"msg": "estimation", "rank": 4, "queue_size": 5, **own})
        await exchange.message({"msg": "process_starts", **own})
        return await self._finish(exchange, session_hash, job)

    async def _finish(self, exchange: Exchange, session_hash: str, job: _Job) -> bool:
        """The rest of a stream, from the moment when the job has begun."""
        fault, own = job.fault, {"event_id": job.event_id}
        text = f"page {job.number}"
        output: dict[str, Any] = {"data": [text]}
        if fault is Fault.SILENT:
            return await exchange.hang()
        if fault is Fault.OTHER_EVENT:
            await exchange.message({"msg": "process_completed", "event_id": "event-x", "output": output})
        if fault in (Fault.HEARTBEATS, Fault.OTHER_EVENT):
            return await exchange.beat(math.inf, {"msg": "heartbeat"})
        if fault in LONG and not await exchange.beat(_LONG_BEATS, {**LONG[fault], **own}):
            return False
        if fault in (Fault.CUT, Fault.RESET_LATER):
            await exchange.chunk(b'data: {"msg": "process_comp')
            return exchange.close(reset=fault is Fault.RESET_LATER)
        if fault is Fault.HUGE_MESSAGE:
            await send_huge(exchange, b'data: {"msg": "process_completed", "output": "')
            return await exchange.end()
        if fault in LINES:
            for line in LINES[fault]:
                await exchange.chunk(line + b"\n\n")
            if fault is Fault.HALF_CHARACTER:
                self._leave(session_hash, "answered")
            if fault in FATAL:
                return await exchange.end()
        if fault is Fault.UNEXPECTED:
            self._leave(session_hash, "answered")
            await exchange.message({"msg": "unexpected_error", "message": "Session not found.", **own})
            return await exchange.end()
        if fault is Fault.EMPTY_OUTPUT:
            output = {}
        elif fault is Fault.ODD_OUTPUT:
            output = {"data": text}
        elif fault is Fault.ODD_LINES:
            output = {"data": [f"{text}\u2028\u0085\u2029{text}"]}
        success = fault is not Fault.APP_ERROR
        self._leave(session_hash, "answered")
        failed = {"error": "CUDA out of memory"}
        answer = {"msg": "process_completed", "success": success, "output": output if success else failed, **own}
        await exchange.message(answer)
        if fault is Fault.SUDDEN_END:
            return exchange.close()
        if fault is Fault.NO_CLOSE_STREAM:
            return await exchange.hang()
        await exchange.message({"msg": "close_stream"})
        return await exchange.end()

    async def _reply(self, exchange: Exchange, step: Step, number: int, content: object) -> bool:
        """What is due, unless this page has a fault at this step."""
        at, fault = self.faults.get(number, (None, None))
        if at is not step or fault is None:
            return await exchange.json(content)
        await self._meet(number)
        self._injected(number)
        return await spoil(exchange, fault, content, self.elsewhere)

    async def _meet(self, number: int) -> None:
        """Wait for the others, if they are to be on their way together."""
        self._met.add(number)
        if len(self._met) >= self.together:
            self._all_met.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all_met.wait(), _TOGETHER_S)

    def _leave(self, session_hash: str, how: str) -> None:
        with self._changed:
            if self._jobs.pop(session_hash, None) is not None:  # it may have been cancelled meanwhile
                self.counts[how] += 1
            self._changed.notify_all()

    def _injected(self, number: int) -> None:
        if self.once:
            self.faults.pop(number, None)
        self._count("injected")

    def _count(self, what: str) -> None:
        with self._changed:
            self.counts[what] += 1
            self._changed.notify_all()


def _first_pixel(form: bytes) -> int:
    with Image.open(BytesIO(form[form.index(b"\x89PNG") :])) as image:
        red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
    return int((red * 256 + green) * 256 + blue)


@contextmanager
def faulty_server(tls: ssl.SSLContext | None = None, port: int | None = None) -> Iterator[FaultyServer]:
    """A running one, with a thread of its own."""
    server = FaultyServer(tls, port)
    started = threading.Event()
    thread = threading.Thread(target=server.run, args=(started,), name="faulty-server", daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield server
    finally:
        server.stop()
        thread.join(10)
        assert not thread.is_alive()
