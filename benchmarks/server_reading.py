"""Pages by a real Gradio server in four ways, in one run: how fast, at what cost, and how soon a cancel is felt.

The ways: plain httpx with kept-alive sockets (the floor: it only sends the file's bytes), this program's whole pipeline
(opens, decodes, checks and encodes each page, and parses each answer), one shared ``gradio_client.Client``, and a
Client for each call. The same pages of some 100 kB go the same way to the same server; CPU is the client's alone, since
the server is a process of its own. The idle gap is the time in which the server reads nothing between two pages.

Run: ``python -m benchmarks.server_reading [--quick]``, from the project's folder; it takes about three minutes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import queue
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
from glmocr_desktop.core.model import Document, EngineChoice, Job, Limits, Mode, Page, Phase, Progress
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import picture
from glmocr_desktop.jobs.batch import Batch
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.pipeline import Pipeline
from glmocr_desktop.recognition.remote import ServerEngine
from glmocr_desktop.recognition.request import Request
from tests.support.servers import ServerProcess, running_server

_PROMPT = "Text Recognition:"
_SIZE = (200, 170)  # of noise: 100 kB as PNG
_LANES = (1, 4, 8)
_ROUNDS = {0: 12, 200: 5, 1000: 2}  # pages for each lane, by the server's time for a page in ms
_CANCELS = 15

ReadAll = Callable[[list[Path]], dict[Path, str]]


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


def _by_threads(read: Callable[[Path], str], lanes: int) -> ReadAll:
    """Pages by so many threads, each of which takes the next one."""

    def read_all(pages: list[Path]) -> dict[Path, str]:
        with ThreadPoolExecutor(lanes) as threads:
            return dict(zip(pages, threads.map(read, pages), strict=True))

    return read_all


@contextmanager
def _raw(url: str, lanes: int) -> Iterator[ReadAll]:
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
    yield _by_threads(read, lanes)
    for _ in range(lanes):
        clients.get().close()


def _job(path: Path) -> Job:
    return Job(Page(Document(str(path), str(path), path.name)), engine=EngineChoice.SERVER)


@contextmanager
def _pipeline(url: str, lanes: int) -> Iterator[ReadAll]:
    def read_all(pages: list[Path]) -> dict[Path, str]:
        results = Batch(pipeline).run(_job(path) for path in pages)
        return {Path(result.job.page.document.path): result.text for result in results}

    with closing(Pipeline(Settings(server_url=url, lanes=lanes, engine=EngineChoice.SERVER))) as pipeline:
        pipeline.start()
        yield read_all


def _client(url: str) -> Any:
    return gradio_client.Client(
        url, token=False, verbose=False, analytics_enabled=False, httpx_kwargs={"trust_env": False}
    )


def _predict(client: Any, path: Path) -> str:
    return str(client.predict(gradio_client.handle_file(path), _PROMPT, api_name="/predict"))


@contextmanager
def _shared(url: str, lanes: int) -> Iterator[ReadAll]:
    with closing(_client(url)) as client:
        yield _by_threads(lambda path: _predict(client, path), lanes)


@contextmanager
def _per_call(url: str, lanes: int) -> Iterator[ReadAll]:
    def read(path: Path) -> str:
        with closing(_client(url)) as client:
            return _predict(client, path)

    yield _by_threads(read, lanes)


_WAYS = {"raw httpx": _raw, "this program": _pipeline, "shared Client": _shared, "Client per call": _per_call}


def _run(read_all: ReadAll, pages: list[Path], connects: _Connects) -> _Figures:
    read_all(pages[:1])  # what is loaded at the first page counts for nobody
    began, cpu, opened = time.perf_counter(), time.process_time(), connects.count
    texts = read_all(pages[1:])
    elapsed_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    wrong = {path.name: text for path, text in texts.items() if text != f"{_PROMPT} {path.stem}"}
    assert not wrong, wrong
    count = len(pages) - 1
    return _Figures(count / elapsed_s, cpu_s * 1000 / count, connects.count - opened, threading.active_count())


def _throughput(server: ServerProcess, pages: list[Path], quick: bool) -> None:
    connects = _Connects(server.port)
    cpu = time.process_time()
    for path in pages:
        picture(_job(path).page, CancelToken(), 100_000)
    page_ms = (time.process_time() - cpu) * 1000 / len(pages)
    print(f"opening and checking a page, which only this program does: {page_ms:.1f} ms CPU")
    print(f"{'server':>8}{'lanes':>6}  {'way':16}{'pages/s':>9}{'of raw':>8}{'CPU ms':>8}{'sockets':>9}{'threads':>9}")
    for server_ms, rounds in _ROUNDS.items():
        server.control(delay_s=server_ms / 1000)
        for lanes in _LANES[:1] if quick else _LANES:
            floor = 0.0
            for name, way in _WAYS.items():
                with way(server.url, lanes) as read_all:
                    got = _run(read_all, pages[: rounds * lanes + 1], connects)
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
            request = Request(path.read_bytes(), 34_000, Mode.TEXT, _PROMPT, Limits(), math.inf)
            engine.read(request, self.token, self._on_progress)
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
    engine = ServerEngine(server.url, Settings(server_url=server.url, lanes=16), transport, lambda _health: None)
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
    assert stuck[0].seen[Phase.QUEUED].wait(20)
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


def _gaps(server: ServerProcess, pages: list[Path]) -> None:
    """One page at a time on the server: how long it reads nothing between two of them."""
    server.control(delay_s=0.2)
    ways = (
        ("all pages queued there at once", _raw, len(pages)),  # the server's own time between two pages
        ("raw httpx, one after another", _raw, 1),
        ("this program, one lane", _pipeline, 1),
        ("this program, learned lanes", _pipeline, 0),
    )
    for name, way, lanes in ways:
        before = len(server.times())
        with way(server.url, lanes) as read_all:
            read_all(pages)
        times = server.times()[before:]
        gaps = [(start - end) * 1000 for (_, end), (start, _) in itertools.pairwise(times)][2:]
        print(f"idle gap: {name:32} median {statistics.median(gaps):6.1f} ms, most {max(gaps):6.1f} ms")


def _pages(folder: Path, count: int) -> list[Path]:
    """Noise with the page's number in the first pixel: see `tests.support.pages`."""
    chance = random.Random(1)
    made = []
    for number in range(count):
        noise = chance.randbytes(3 * _SIZE[0] * _SIZE[1])
        image = Image.frombytes("RGB", _SIZE, number.to_bytes(3, "big") + noise[3:])
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
                    _gaps(server, pages[:25])
                    _cancels(server, pages)


if __name__ == "__main__":
    main()
