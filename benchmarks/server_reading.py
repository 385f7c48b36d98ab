"""Pages by a real Gradio server in four ways, in one run: how fast, at what cost, and how soon a cancel is felt.

The ways: plain httpx with kept-alive sockets (the floor), this program's engine (which also encodes each page),
one shared ``gradio_client.Client``, and a Client for each call. The same pages of some 100 kB go the same way to the
same server; CPU is the client's alone, since the server is a process of its own.

Run: ``python -m benchmarks.server_reading [--quick]``, from the project's folder; it takes about two minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio_client
import httpx
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.core.model import Mode, Phase, Progress
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import encode_png
from glmocr_desktop.recognition.remote import ServerEngine
from glmocr_desktop.recognition.transport import Transport
from tests.support.servers import ServerProcess, running_server

_PROMPT = "Text Recognition:"
_SIZE = (200, 170)  # of noise: 100 kB as PNG
_LANES = (1, 4, 8)
_ROUNDS = {0: 12, 200: 5, 1000: 2}  # pages for each lane, by the server's time for a page in ms
_CANCELS = 15

Read = Callable[[Path], str]


@dataclass(frozen=True)
class _Figures:
    pages_per_s: float
    cpu_ms: float
    sockets: int
    threads: int


class _Connects:
    """Counts the connections that this process opens to a port."""

    def __init__(self, port: int) -> None:
        self.count = 0
        self._port = port
        sys.addaudithook(self._on_event)

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][1] == self._port:
            self.count += 1


@contextmanager
def _raw(url: str, lanes: int) -> Iterator[Read]:
    api = f"{url}/gradio_api"
    clients: queue.SimpleQueue[httpx.Client] = queue.SimpleQueue()
    for _ in range(lanes):
        clients.put(httpx.Client(trust_env=False, timeout=60))

    def read(path: Path) -> str:
        client = clients.get()
        try:
            files = {"files": ("page.png", path.read_bytes(), "image/png")}
            uploaded = client.post(f"{api}/upload", files=files).json()[0]
            image = {"path": uploaded, "orig_name": "page.png", "meta": {"_type": "gradio.FileData"}}
            session = uuid4().hex
            body = {"data": [image, _PROMPT], "fn_index": fn_index, "session_hash": session}
            client.post(f"{api}/queue/join", json=body).raise_for_status()
            text = ""
            with client.stream("GET", f"{api}/queue/data", params={"session_hash": session}) as response:
                for line in response.iter_lines():
                    message = json.loads(line[5:]) if line.startswith("data:") else {}
                    if message.get("msg") == "process_completed":
                        text = message["output"]["data"][0]
            return text
        finally:
            clients.put(client)

    config = httpx.get(f"{url}/config", trust_env=False).json()
    fn_index = next(each["id"] for each in config["dependencies"] if each["api_name"] == "predict")
    yield read
    for _ in range(lanes):
        clients.get().close()


@contextmanager
def _engine(url: str, lanes: int) -> Iterator[Read]:
    transport = Transport()
    engine = ServerEngine(Settings(server_url=url, lanes=lanes), transport, lambda _health: None)
    engine.endpoint(CancelToken())

    def read(path: Path) -> str:
        with Image.open(path) as image:
            return engine.read(image, Mode.TEXT, _PROMPT, CancelToken(), lambda _progress: None).text

    with closing(transport):
        yield read


def _client(url: str) -> Any:
    return gradio_client.Client(
        url, token=False, verbose=False, analytics_enabled=False, httpx_kwargs={"trust_env": False}
    )


def _predict(client: Any, path: Path) -> str:
    return str(client.predict(gradio_client.handle_file(path), _PROMPT, api_name="/predict"))


@contextmanager
def _shared(url: str, _lanes: int) -> Iterator[Read]:
    with closing(_client(url)) as client:
        yield lambda path: _predict(client, path)


@contextmanager
def _per_call(url: str, _lanes: int) -> Iterator[Read]:
    def read(path: Path) -> str:
        with closing(_client(url)) as client:
            return _predict(client, path)

    yield read


_WAYS = {"raw httpx": _raw, "this program": _engine, "shared Client": _shared, "Client per call": _per_call}


def _run(read: Read, pages: list[Path], lanes: int, connects: _Connects) -> _Figures:
    waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for page in pages[1:]:
        waiting.put(page)
    read(pages[0])  # what is loaded at the first page counts for nobody
    most_threads = 0
    failures: list[str] = []

    def work() -> None:
        nonlocal most_threads
        while True:
            try:
                page = waiting.get_nowait()
            except queue.Empty:
                return
            text = read(page)
            most_threads = max(most_threads, threading.active_count())
            if text != f"{_PROMPT} {page.stem}":
                failures.append(text)

    workers = [threading.Thread(target=work) for _ in range(lanes)]
    began, cpu, opened = time.perf_counter(), time.process_time(), connects.count
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    elapsed_s = time.perf_counter() - began
    assert not failures, failures
    count = len(pages) - 1
    cpu_ms = (time.process_time() - cpu) * 1000 / count
    return _Figures(count / elapsed_s, cpu_ms, connects.count - opened, most_threads)


def _throughput(server: ServerProcess, pages: list[Path], quick: bool) -> None:
    connects = _Connects(server.port)
    cpu = time.process_time()
    for path in pages:
        with Image.open(path) as image:
            encode_png(image, image.width * image.height)
    page_ms = (time.process_time() - cpu) * 1000 / len(pages)
    print(f"decoding and encoding a page, which only this program does: {page_ms:.1f} ms CPU")
    print(f"{'server':>8}{'lanes':>6}  {'way':16}{'pages/s':>9}{'of raw':>8}{'CPU ms':>8}{'sockets':>9}{'threads':>9}")
    for server_ms, rounds in _ROUNDS.items():
        server.control(delay_s=server_ms / 1000)
        for lanes in _LANES[:1] if quick else _LANES:
            floor = 0.0
            for name, way in _WAYS.items():
                with way(server.url, lanes) as read:
                    got = _run(read, pages[: rounds * lanes + 1], lanes, connects)
                floor = floor or got.pages_per_s
                print(
                    f"{server_ms:5} ms{lanes:6}  {name:16}{got.pages_per_s:9.1f}{got.pages_per_s / floor:8.2f}"
                    f"{got.cpu_ms:8.1f}{got.sockets:9}{got.threads:9}",
                    flush=True,
                )


class _Page:
    """One page on a thread of its own; the moments at which it started on the server and ended here."""

    def __init__(self, engine: ServerEngine, path: Path) -> None:
        self.token = CancelToken()
        self.seen = {phase: threading.Event() for phase in Phase}
        self.started_at = self.ended_at = 0.0
        self._thread = threading.Thread(target=self._read, args=(engine, path))
        self._thread.start()

    def _read(self, engine: ServerEngine, path: Path) -> None:
        try:
            with Image.open(path) as image:
                engine.read(image, Mode.TEXT, _PROMPT, self.token, self._on_progress)
        except JobCancelled:
            self.ended_at = time.perf_counter()

    def _on_progress(self, progress: Progress) -> None:
        if progress.phase is Phase.READING and not self.seen[Phase.READING].is_set():
            self.started_at = time.perf_counter()
        self.seen[progress.phase].set()

    def cancel(self) -> float:
        """Cancel, and return when that was."""
        began = time.perf_counter()
        self.token.cancel()
        self._thread.join(20)
        return began


def _cancels(server: ServerProcess, pages: list[Path]) -> None:
    """With one page at a time on the server: cancel the one that is read while another one waits."""
    transport = Transport()
    engine = ServerEngine(Settings(server_url=server.url, lanes=16), transport, lambda _health: None)
    engine.endpoint(CancelToken())
    server.control(delay_s=1)
    local, until_next = [], []
    for _ in range(_CANCELS):
        first = _Page(engine, pages[0])
        assert first.seen[Phase.READING].wait(20)
        second = _Page(engine, pages[1])
        assert second.seen[Phase.QUEUED].wait(20)
        began = first.cancel()
        assert second.seen[Phase.READING].wait(20)
        local.append((first.ended_at - began) * 1000)
        until_next.append((second.started_at - began) * 1000)
        second.cancel()
    stuck = [_Page(engine, path) for path in pages[:5]]
    assert stuck[0].seen[Phase.UPLOADING].wait(20)
    server.pause()
    paused = [(page, page.cancel()) for page in stuck]
    hung = [(page.ended_at - began) * 1000 for page, began in paused]
    began = time.perf_counter()
    transport.close()
    closing_ms = (time.perf_counter() - began) * 1000
    for name, values in (
        ("local end", local),
        ("server starts the next page", until_next),
        ("local end, server stopped", hung),
        ("closing, server stopped", [closing_ms]),
    ):
        print(f"cancel: {name:28} median {statistics.median(values):7.1f} ms, most {max(values):7.1f} ms")


def _pages(folder: Path, count: int) -> list[Path]:
    """Noise with the page's number in the first pixel: see `tests.support.pages`."""
    chance = random.Random(1)
    made = []
    for number in range(count):
        noise = chance.randbytes(3 * _SIZE[0] * _SIZE[1])
        image = Image.frombytes("RGB", _SIZE, bytes((0, 0, number)) + noise[3:])
        path = folder / f"page {number}.png"
        image.save(path)
        made.append(path)
    return made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one lane only")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = _pages(folder, max(_ROUNDS.values()) * max(_LANES) + 1)
        for part, concurrency in (("throughput", 8), ("cancel", 1)):
            (folder / part).mkdir()
            with running_server(folder / part, concurrency) as server:
                if part == "throughput":
                    _throughput(server, pages, quick)
                else:
                    _cancels(server, pages)


if __name__ == "__main__":
    main()
