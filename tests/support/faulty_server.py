"""A server that speaks Gradio's queue protocol and does one chosen thing wrong for chosen pages.

Healthy and faulty pages mix on it, since a fault belongs to the number of a page (see `tests.support.pages`). A job
leaves its queue only when it was answered or cancelled: one that is left there was forgotten by the client.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from tests.support.exchange import Exchange
from tests.support.faults import BODIES, CONFIG, FATAL, INFO, LINES, MIDSTREAM, Fault, Step
from tests.support.servers import free_port

_DRIP_S = 0.5
_HEARTBEAT_S = 0.1
_LATE_S = 0.6
_HUGE_BYTES = 50_000_000
_PIECE = b"x" * 65536


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
        counts: Sockets ``accepted``, pages ``joined``, ``cancelled`` and ``answered``, faults that were ``injected``,
            and requests by path.

    Thread: the test's sets faults between pages; the server's own thread does the rest.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.faults: dict[int, tuple[Step, Fault]] = {}
        self.describing: dict[Step, Fault] = {}
        self.elsewhere = ""
        self.app_id = "1"
        self.counts: Counter[str] = Counter()
        self._jobs: dict[str, _Job] = {}
        self._open: set[asyncio.StreamWriter] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()

    @property
    def open_sockets(self) -> int:
        """How many connections clients hold now."""
        return len(self._open)

    @property
    def queued(self) -> list[int]:
        """Pages that were joined, and neither answered nor cancelled."""
        return [job.number for job in self._jobs.values()]

    def wait_until(self, met: Callable[[], bool], limit_s: float = 3.0) -> bool:
        """Whether a condition is met in time; looked at after each change."""
        with self._changed:
            return self._changed.wait_for(met, limit_s)

    def run(self, started: threading.Event) -> None:
        """Serve until `stop`."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(started))

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._ending.set)

    async def _serve(self, started: threading.Event) -> None:
        server = await asyncio.start_server(self._on_connection, "127.0.0.1", self.port, limit=1 << 24)
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
        path, query, body = await exchange.receive()
        self._count(path)
        if path == Step.UPLOAD:
            number = _first_pixel(body)
            return await self._reply(exchange, Step.UPLOAD, number, [f"/uploaded/{number}.png"])
        if path == Step.JOIN:
            return await self._join(exchange, json.loads(body))
        if path == Step.STREAM:
            return await self._stream(exchange, query["session_hash"][0])
        if path.endswith("/cancel"):
            wanted = json.loads(body)
            job = self._jobs.get(wanted["session_hash"])
            if job is not None and job.event_id == wanted["event_id"]:
                self._leave(wanted["session_hash"], "cancelled")
            return await exchange.json({"success": True})
        if path in (Step.CONFIG, Step.INFO):
            content = INFO if path == Step.INFO else {**CONFIG, "app_id": self.app_id}
            fault = self.describing.get(Step(path))
            return await self._spoil(exchange, fault, content) if fault else await exchange.json(content)
        if path.endswith("/queue/status"):
            return await exchange.json({"msg": "estimation", "queue_size": len(self._jobs), "rank_eta": None})
        return await exchange.json(True)  # /startup-events, /heartbeat

    async def _join(self, exchange: Exchange, wanted: dict[str, Any]) -> bool:
        number = int(wanted["data"][0]["path"].rpartition("/")[2].removesuffix(".png"))
        step, fault = self.faults.get(number, (None, None))
        job = _Job(number, f"event-{number}", fault if step is Step.STREAM else None)
        if step is not Step.JOIN or fault in (Fault.LATE, Fault.FORGETFUL):
            with self._changed:
                self._jobs[wanted["session_hash"]] = job
                self.counts["joined"] += 1
        return await self._reply(exchange, Step.JOIN, number, {"event_id": job.event_id})

    async def _stream(self, exchange: Exchange, session_hash: str) -> bool:
        job = self._jobs.get(session_hash)
        if job is None:
            return await exchange.reply(404, b"{}")
        if job.fault is not None:
            self._count("injected")
            if job.fault not in MIDSTREAM:
                return await self._spoil(exchange, job.fault, {})
        await exchange.begin()
        for message in ({"msg": "estimation", "rank": 0, "queue_size": 1, "rank_eta": None}, {"msg": "process_starts"}):
            await exchange.message({**message, "event_id": job.event_id})
        return await self._finish(exchange, session_hash, job)

    async def _finish(self, exchange: Exchange, session_hash: str, job: _Job) -> bool:
        """The rest of a stream, from the moment when the job has begun."""
        fault, own = job.fault, {"event_id": job.event_id}
        text = f"page {job.number}"
        output: dict[str, Any] = {"data": [text]}
        if fault is Fault.SILENT:
            return await exchange.hang()
        if fault in (Fault.HEARTBEATS, Fault.OTHER_EVENT):
            if fault is Fault.OTHER_EVENT:
                await exchange.message({"msg": "process_completed", "event_id": "event-x", "output": output})
            while not await exchange.gone(_HEARTBEAT_S):
                await exchange.message({"msg": "heartbeat"})
            return False
        if fault in (Fault.CUT, Fault.RESET_LATER):
            await exchange.chunk(b'data: {"msg": "process_comp')
            return exchange.close(reset=fault is Fault.RESET_LATER)
        if fault is Fault.HUGE_MESSAGE:
            await exchange.chunk(b'data: {"msg": "process_completed", "output": "')
            for _ in range(_HUGE_BYTES // len(_PIECE)):
                await exchange.chunk(_PIECE)
            return await exchange.end()
        if fault in LINES:
            for line in LINES[fault]:
                await exchange.chunk(line + b"\n\n")
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
        self._count("injected")
        return await self._spoil(exchange, fault, content)

    async def _spoil(self, exchange: Exchange, fault: Fault, content: object) -> bool:
        """Answer a request wrongly."""
        if fault is Fault.HANG:
            return await exchange.hang()
        if fault is Fault.LATE:
            return not await exchange.gone(_LATE_S) and await exchange.json(content)
        if fault is Fault.FORGETFUL:
            await exchange.json(content)
            return exchange.close()
        if fault in (Fault.CLOSED, Fault.RESET):
            return exchange.close(reset=fault is Fault.RESET)
        if fault is Fault.DRIP:
            await exchange.begin()
            while not await exchange.gone(_DRIP_S):
                await exchange.chunk(b" ")
            return False
        if fault is Fault.HUGE:
            await exchange.begin()
            await exchange.chunk(b'"')
            for _ in range(_HUGE_BYTES // len(_PIECE)):
                await exchange.chunk(_PIECE)
            return await exchange.end()
        if fault is Fault.REDIRECT:
            return await exchange.reply(307, b"", f"Location: {self.elsewhere}/stolen\r\n")
        if fault in BODIES:
            return await exchange.reply(200, BODIES[fault])
        return await exchange.reply(int(fault), b'{"detail": "no"}')

    def _leave(self, session_hash: str, how: str) -> None:
        with self._changed:
            del self._jobs[session_hash]
            self.counts[how] += 1
            self._changed.notify_all()

    def _count(self, what: str) -> None:
        with self._changed:
            self.counts[what] += 1
            self._changed.notify_all()


def _first_pixel(form: bytes) -> int:
    with Image.open(BytesIO(form[form.index(b"\x89PNG") :])) as image:
        red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
    return int((red * 256 + green) * 256 + blue)


@contextmanager
def faulty_server() -> Iterator[FaultyServer]:
    """A running one, with a thread of its own."""
    server = FaultyServer()
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
