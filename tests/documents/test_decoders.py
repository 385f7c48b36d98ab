"""What crashes, hangs or swells while a file is decoded costs that file, and nothing else."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError, JobCancelled, JobTimeout
from glmocr_desktop.core.model import Page
from glmocr_desktop.documents import decoders as module
from glmocr_desktop.documents import open_document
from glmocr_desktop.documents.decoders import Decoders
from glmocr_desktop.documents.decoding import Request, Work
from tests.documents.pdf_files import pages_pdf

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture
def own() -> Iterator[Decoders]:
    """One child of the test's own."""
    made = Decoders(1)
    yield made
    for pid in made.pids:
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def light(tmp_path: Path) -> Page:
    Image.new("RGB", (40, 20), "white").save(tmp_path / "light.png")
    (page,) = open_document(str(tmp_path / "light.png"))
    return page


@pytest.fixture
def heavy(tmp_path: Path) -> Page:
    """Takes a minute to draw."""
    strokes = [b"20 w"] + [b"%d 0 m 500 %d l S" % (number % 595, number % 842) for number in range(400_000)]
    (tmp_path / "heavy.pdf").write_bytes(pages_pdf(b"\n".join(strokes)))
    (page,) = open_document(str(tmp_path / "heavy.pdf"))
    return page


def _load(decoders: Decoders, page: Page, token: CancelToken | None = None, limit_s: float = 60.0) -> object:
    return decoders.call(Request(Work.LOAD, page), page.document.name, token or CancelToken(), limit_s).head


def _look_again() -> None:
    threading.Event().wait(0.01)


def _when_busy(decoders: Decoders, pid: int, number: signal.Signals) -> threading.Thread:
    """Send a signal to a child as soon as it works hard."""

    def send() -> None:
        child = psutil.Process(pid)
        before = child.cpu_times().user
        while child.cpu_times().user < before + 0.05:
            _look_again()
        os.kill(pid, number)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def test_a_page_is_repeated_when_its_child_is_killed(own: Decoders, heavy: Page, light: Page) -> None:
    _load(own, light)
    (first,) = own.pids
    with ThreadPoolExecutor(1) as pool:
        token = CancelToken()
        page = pool.submit(_load, own, heavy, token)
        _when_busy(own, first, signal.SIGKILL).join()
        while own.pids in ([], [first]):  # it is started anew by itself
            assert not page.done()
            _look_again()
        token.cancel()
        with pytest.raises(JobCancelled):
            page.result()
    assert _load(own, light) == (40, 20)


def test_a_file_that_kills_every_child_fails_and_the_next_is_read(own: Decoders, heavy: Page, light: Page) -> None:
    killed: list[int] = []
    done = threading.Event()

    def kill() -> None:
        while not done.is_set():
            for pid in own.pids:
                if pid not in killed and psutil.pid_exists(pid) and psutil.Process(pid).cpu_times().user > 0.8:
                    killed.append(pid)
                    os.kill(pid, signal.SIGKILL)
            _look_again()

    killing = threading.Thread(target=kill)
    killing.start()
    with pytest.raises(InputError) as caught:
        _load(own, heavy)
    done.set()
    killing.join()
    assert caught.value.kind == "decoder_crashed"
    assert len(killed) == 2
    assert _load(own, light) == (40, 20)


def test_a_child_that_hangs_is_given_up(own: Decoders, light: Page) -> None:
    _load(own, light)
    (first,) = own.pids
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(InputError) as caught:
        _load(own, light, limit_s=0.3)
    assert (caught.value.kind, caught.value.values["limit_s"]) == ("decoding_slow", 0.3)
    assert _load(own, light) == (40, 20)
    assert not psutil.pid_exists(first)


def test_a_deadline_frees_the_caller_of_a_child_that_hangs(own: Decoders, light: Page) -> None:
    _load(own, light)
    (first,) = own.pids
    os.kill(first, signal.SIGSTOP)
    token = CancelToken()
    token.start(0.2)
    with pytest.raises(JobTimeout):
        _load(own, light, token)
    assert _load(own, light) == (40, 20)  # after a moment of grace the child is replaced
    assert own.pids != [first]


def test_what_nobody_wants_any_more_may_end_by_itself(own: Decoders, light: Page) -> None:
    """A cancel costs no child, as long as what is done ends soon."""
    _load(own, light)
    (first,) = own.pids
    for _ in range(20):
        token = CancelToken()
        threading.Timer(0.0, token.cancel).start()
        with contextlib.suppress(JobCancelled):
            _load(own, light, token)
    assert _load(own, light) == (40, 20)
    assert own.pids == [first]


def test_too_much_memory_is_a_sentence(tmp_path: Path, light: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Decoders(1)
    monkeypatch.setattr(module.decoding, "main", _poor)
    Image.new("RGB", (8000, 8000)).save(tmp_path / "large.png")
    (large,) = open_document(str(tmp_path / "large.png"))
    _load(own, light)
    (first,) = own.pids
    with pytest.raises(InputError) as caught:
        _load(own, large)
    assert caught.value.kind == "out_of_memory"
    assert _load(own, light) == (40, 20)
    assert own.pids != [first]  # what is left of a process without memory is not trusted
    os.kill(own.pids[0], signal.SIGKILL)


def _poor(requests: object, replies: object) -> None:
    """A child with little memory."""
    from glmocr_desktop.documents import decoding

    decoding._MEMORY_BYTES = 500_000_000
    decoding.main(requests, replies)  # type: ignore[arg-type]


def test_a_child_that_has_grown_is_replaced(own: Decoders, light: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    _load(own, light)
    (first,) = own.pids
    monkeypatch.setattr(module, "_MOST_BYTES", 1_000_000)
    _load(own, light)
    _load(own, light)
    assert own.pids != [first]


def test_children_end_with_a_program_that_is_killed(heavy: Page) -> None:
    code = (
        "import sys, threading\n"
        "from glmocr_desktop.core.cancel import CancelToken\n"
        "from glmocr_desktop.core.model import Document, Page\n"
        "from glmocr_desktop.documents import load_page\n"
        "from glmocr_desktop.documents.decoders import decoders\n"
        "page = Page(Document(sys.argv[1], sys.argv[1], 'heavy.pdf'))\n"
        "threading.Thread(target=load_page, args=(page, CancelToken()), daemon=True).start()\n"
        "while not decoders().pids: pass\n"
        "print(*decoders().pids, flush=True)\n"
        "threading.Event().wait()\n"
    )
    command = [sys.executable, "-c", code, heavy.document.file]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        children = [psutil.Process(int(pid)) for pid in program.stdout.readline().split()]
        program.kill()
    gone, alive = psutil.wait_procs(children, timeout=60)
    assert len(gone) == 1
    assert not alive
