"""The child process: one page at a time, ended at once, replaced when needed, never left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, JobTimeout, OfflineUnavailable
from glmocr_desktop.core.model import Answer, Mode
from glmocr_desktop.recognition.offline import OfflineEngine
from tests.recognition.offline.renders import page

needs_pidfd = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="watches a process by its descriptor")
HELLO = page(["Hello harbour"], 300, 110)
ENDLESS = page(["The harbour office reported a quiet week"] * 200, 800, 7400)  # takes many seconds
PROGRAM = """
import sys
from PIL import Image
from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Mode
from glmocr_desktop.recognition.offline import OfflineEngine

if __name__ == "__main__":
    import PySide6.QtCore
    engine = OfflineEngine(1)
    engine.read(Image.new("RGB", (40, 40), "white"), Mode.TEXT, CancelToken())
    print(engine.pid, flush=True)
    if sys.argv[1] == "stay":
        engine.read(Image.effect_noise((4000, 9000), 90), Mode.TEXT, CancelToken())
"""


def text_of(engine: OfflineEngine, image: Image.Image = HELLO) -> str:
    return engine.read(image, Mode.TEXT, CancelToken()).text


@pytest.fixture
def own_engine() -> Iterator[OfflineEngine]:
    """An engine that the test may harm; its child is ready."""
    engine = OfflineEngine(threads=1)
    text_of(engine)
    yield engine
    engine.close()


@contextmanager
def watched(pid: int | None) -> Iterator[Callable[[], bool]]:
    """Tells whether a process ended within ten seconds."""
    assert pid is not None
    descriptor = os.pidfd_open(pid)
    try:
        yield lambda: bool(select.select([descriptor], [], [], 10)[0])
    finally:
        os.close(descriptor)


@contextmanager
def after(seconds: float, action: Callable[[], object]) -> Iterator[None]:
    timer = threading.Timer(seconds, action)
    timer.start()
    yield
    timer.join(10)


def reading(engine: OfflineEngine, image: Image.Image, token: CancelToken) -> Future[Answer]:
    """A page that another thread has read."""
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(engine.read(image, Mode.TEXT, token))
        except Exception as error:  # noqa: BLE001 - the test asserts on it
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer


@needs_pidfd
def test_a_cancel_in_the_middle_of_a_page_kills_the_child_and_the_next_page_has_another(
    own_engine: OfflineEngine,
) -> None:
    pid, token = own_engine.pid, CancelToken()
    with watched(pid) as ended:
        with after(0.5, token.cancel), pytest.raises(JobCancelled):
            own_engine.read(ENDLESS, Mode.TEXT, token)
        assert ended()
    assert text_of(own_engine) == "Hello harbour"
    assert own_engine.pid != pid


@needs_pidfd
def test_a_deadline_ends_a_page_and_its_child(own_engine: OfflineEngine) -> None:
    """Also when the child does not even take the page."""
    token = CancelToken()
    with watched(own_engine.pid) as ended:
        os.kill(own_engine.pid or 0, signal.SIGSTOP)
        token.start(0.3)
        with pytest.raises(JobTimeout):
            own_engine.read(HELLO, Mode.TEXT, token)
        assert ended()


@needs_pidfd
def test_a_page_that_waits_for_its_turn_kills_nothing(own_engine: OfflineEngine) -> None:
    pid, token = own_engine.pid, CancelToken()
    os.kill(pid or 0, signal.SIGSTOP)
    with after(0.5, lambda: os.kill(pid or 0, signal.SIGCONT)):
        first = reading(own_engine, HELLO, CancelToken())
        with after(0.2, token.cancel), pytest.raises(JobCancelled):
            own_engine.read(HELLO, Mode.TEXT, token)
    assert first.result(20).text == "Hello harbour"
    assert own_engine.pid == pid


def test_a_page_that_is_given_up_before_it_began_costs_the_child_nothing() -> None:
    """A child that is still starting goes on: the next page finds it ready."""
    engine = OfflineEngine()
    try:
        token = CancelToken()
        token.start(0.05)
        with pytest.raises(JobTimeout):
            engine.read(HELLO, Mode.TEXT, token)
        pid = engine.pid
        assert text_of(engine) == "Hello harbour"
        assert pid is None or engine.pid == pid
    finally:
        engine.close()


def test_a_crash_fails_this_page_only(own_engine: OfflineEngine) -> None:
    pid = own_engine.pid or 0
    with after(0.5, lambda: os.kill(pid, signal.SIGKILL)), pytest.raises(OfflineUnavailable) as caught:
        own_engine.read(ENDLESS, Mode.TEXT, CancelToken())
    assert caught.value.kind == "offline_crashed"
    assert text_of(own_engine) == "Hello harbour"


@needs_pidfd
def test_a_child_that_died_between_two_pages_is_replaced_unseen(own_engine: OfflineEngine) -> None:
    with watched(own_engine.pid) as ended:
        os.kill(own_engine.pid or 0, signal.SIGKILL)
        assert ended()
    assert text_of(own_engine) == "Hello harbour"


def test_an_interrupt_of_the_terminal_is_not_the_childs_affair(own_engine: OfflineEngine) -> None:
    pid = own_engine.pid or 0
    os.kill(pid, signal.SIGINT)
    assert text_of(own_engine) == "Hello harbour"
    assert own_engine.pid == pid


@needs_pidfd
def test_close_ends_pages_and_child(own_engine: OfflineEngine) -> None:
    """The page being read and those that wait are cancelled; no page comes in later; closing again is fine."""
    with watched(own_engine.pid) as ended:
        pages = [reading(own_engine, ENDLESS, CancelToken()) for _ in range(3)]
        with after(0.4, own_engine.close):
            for each in pages:
                with pytest.raises(JobCancelled):
                    each.result(10)
        assert ended()
    own_engine.close()
    assert repr(own_engine) == "<OfflineEngine closed, 0 waiting>"
    with pytest.raises(JobCancelled):
        text_of(own_engine)


def test_close_during_the_start_leaves_no_child() -> None:
    engine = OfflineEngine(threads=1)
    assert repr(engine) == "<OfflineEngine not started, 0 waiting>"
    engine.start()
    page_read = reading(engine, HELLO, CancelToken())
    engine.close()
    with pytest.raises(JobCancelled):
        page_read.result(10)
    assert engine.pid is None


def test_20_threads_get_their_own_pages(engine: OfflineEngine) -> None:
    texts = [f"Page {number}" for number in range(100, 120)]
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda text: text_of(engine, page([text], 180, 90)), texts))
    assert answers == texts


def test_formulas_are_refused_at_once() -> None:
    """Without starting anything."""
    engine = OfflineEngine()
    with pytest.raises(OfflineUnavailable) as caught:
        engine.read(HELLO, Mode.FORMULA, CancelToken())
    assert caught.value.kind == "offline_formula"
    assert engine.pid is None
    engine.close()


@pytest.mark.parametrize(
    ("module", "kind", "detail"),
    [
        ("raise ImportError('rapidocr is not here')", "offline_not_installed", "rapidocr is not here"),
        ("", "offline_not_installed", "the model PP-OCRv6_det_small.onnx is missing"),
        ("raise ValueError('bad page')", "offline_failed", "bad page"),
        ("raise MemoryError", "offline_crashed", None),
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "offline_failed", "Reading does not use"),
        ("print('noise', flush=True); raise KeyError", "offline_failed", "KeyError"),
    ],
)
def test_what_goes_wrong_in_the_child_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    module: str,
    kind: str,
    detail: str,
) -> None:
    """A package that is missing, damaged, or tries to download is a sentence, not a traceback; nothing is printed."""
    if kind == "offline_not_installed":
        code = module
    else:
        code = (
            f"class RapidOCR:\n    def __init__(self, params): pass\n    def __call__(self, *a, **k):\n        {module}"
        )
        (tmp_path / "rapidocr" / "models").mkdir(parents=True)
        for name in ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"):
            (tmp_path / "rapidocr" / "models" / name).touch()
    (tmp_path / "rapidocr").mkdir(exist_ok=True)
    (tmp_path / "rapidocr" / "__init__.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    engine = OfflineEngine(threads=1)
    with pytest.raises(OfflineUnavailable) as caught:
        text_of(engine)
    engine.close()
    assert caught.value.kind == kind
    assert str(caught.value.values.get("detail")).startswith(str(detail))
    assert capfd.readouterr() == ("", "")


@needs_pidfd
def test_the_child_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    """In the middle of a page; and it never loads Qt, though the parent did."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen([sys.executable, program, "stay"], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        with watched(pid) as ended:
            libraries = Path(f"/proc/{pid}/maps").read_text()
            parent.kill()
            assert ended()
    assert "onnxruntime" in libraries
    assert "Qt6" not in libraries


def test_a_program_that_ends_leaves_nothing_behind_and_prints_only_its_own(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    done = subprocess.run([sys.executable, program, "go"], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_reading_leaves_no_trace_in_the_users_folders(tmp_path: Path) -> None:
    """No telemetry: onnxruntime would keep an id and a list of what it is going to report."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    home = tmp_path / "home"
    home.mkdir()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environ |= {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, program, "go"], capture_output=True, env=environ, timeout=60, check=True)
    assert [str(each) for each in home.rglob("*")] == []


@pytest.mark.parametrize("module", ["glmocr_desktop.recognition.offline", "glmocr_desktop.__main__"])
def test_what_the_child_imports_again_is_light(module: str) -> None:
    """The child runs the parent's main module anew before anything else."""
    heavy = {"PySide6", "numpy", "cv2", "PIL", "rapidocr", "gradio_client"}
    code = f"import {module}, sys; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == ""
