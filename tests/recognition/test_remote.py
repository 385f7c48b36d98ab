"""The server engine against a real Gradio server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, JobTimeout, RecognitionError, ServerUnavailable
from glmocr_desktop.core.model import Mode, Phase, Progress
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.remote import ServerEngine
from tests.support.pages import page_request
from tests.support.servers import ServerProcess

Engine = Callable[..., ServerEngine]


@pytest.fixture
def engine(transport: Transport) -> Engine:
    def build(url: str, **settings: object) -> ServerEngine:
        return ServerEngine(url, Settings(server_url=url, **settings), transport, lambda _health: None)  # type: ignore[arg-type]

    return build


def _read(engine: ServerEngine, folder: Path, number: int, token: CancelToken | None = None, **kwargs: object) -> str:
    mode = kwargs.pop("mode", Mode.TEXT)
    on_progress = kwargs.pop("on_progress", lambda _progress: None)
    request = page_request(folder, number, mode, **kwargs)  # type: ignore[arg-type]
    return engine.read(request, token or CancelToken(), on_progress).text  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", list(Mode))
def test_sends_the_image_and_the_prompt_of_the_mode(
    engine: Engine, server: ServerProcess, tmp_path: Path, mode: Mode
) -> None:
    text = _read(engine(server.url), tmp_path, 70_000, mode=mode)
    assert text == f"{mode.value.title()} Recognition: page 70000"


def test_an_endpoint_that_was_named_is_asked_and_no_other(
    engine: Engine, server: ServerProcess, tmp_path: Path
) -> None:
    assert _read(engine(server.url, endpoint="predict"), tmp_path, 7).endswith("page 7")
    named = engine(server.url, endpoint="/read")
    for _page in range(2):
        with pytest.raises(ServerUnavailable, match=r"no endpoint /read that reads an image\. It has: /predict\."):
            _read(named, tmp_path, 8)
    assert "start 8" not in server.log()


def test_tells_how_it_goes(engine: Engine, server: ServerProcess, tmp_path: Path) -> None:
    seen: list[Progress] = []
    _read(engine(server.url), tmp_path, 1, on_progress=seen.append)
    phases = list(dict.fromkeys(each.phase for each in seen))
    assert phases == [Phase.UPLOADING, Phase.LANE, Phase.QUEUED, Phase.READING]


def test_nobody_there(engine: Engine, closed_url: str, tmp_path: Path) -> None:
    unreached = engine(closed_url)
    with pytest.raises(ServerUnavailable) as caught:
        _read(unreached, tmp_path, 1)
    assert caught.value.kind == "server_not_answering"
    assert unreached.health.state is HealthState.DOWN


def test_an_error_of_the_app_is_told_in_its_words(engine: Engine, server: ServerProcess, tmp_path: Path) -> None:
    server.control(error="CUDA out of memory")
    with pytest.raises(RecognitionError, match="CUDA out of memory"):
        _read(engine(server.url), tmp_path, 1)


def test_deadline_ends_the_wait(engine: Engine, server: ServerProcess, tmp_path: Path) -> None:
    """A page of 2 s with a deadline of 0.3 s ends as timed out, before the server is done."""
    reader = engine(server.url)
    _read(reader, tmp_path, 1)
    server.control(delay_s=2)
    token = CancelToken()
    token.start(0.3)
    with pytest.raises(JobTimeout):
        _read(reader, tmp_path, 2, token)
    assert "end 2" not in server.log()


def test_cancel_of_a_running_page_says_that_the_server_may_go_on(
    engine: Engine, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(delay_s=2)
    token = CancelToken()
    with pytest.raises(JobCancelled) as caught:
        _read(
            engine(server.url),
            tmp_path,
            3,
            token,
            on_progress=lambda progress: progress.phase is Phase.READING and token.cancel(),
        )
    assert caught.value.kind == "cancelled_on_server"
    assert "end 3" not in server.log()


def test_cancel_of_a_queued_page_takes_it_out_of_the_servers_queue(
    own_server: ServerProcess, engine: Engine, tmp_path: Path
) -> None:
    """With one page at a time on the server, a cancelled page behind it never starts."""
    own_server._concurrency = 1
    own_server.start()
    own_server.control(delay_s=1.5)
    reader = engine(own_server.url)
    started = threading.Event()
    first: list[str] = []

    def note(progress: Progress) -> None:
        if progress.phase is Phase.READING:
            started.set()

    thread = threading.Thread(target=lambda: first.append(_read(reader, tmp_path, 1, on_progress=note)))
    thread.start()
    assert started.wait(20)
    token = CancelToken()
    with pytest.raises(JobCancelled) as caught:
        _read(
            reader,
            tmp_path,
            2,
            token,
            on_progress=lambda progress: progress.phase is Phase.QUEUED and token.cancel(),
        )
    assert caught.value.kind == "cancelled_leaving"
    thread.join(20)
    own_server.control()
    assert _read(reader, tmp_path, 4).endswith("page 4")
    assert first == ["Text Recognition: page 1"]
    assert own_server.log() == ["start 1", "end 1", "start 4", "end 4"]


def test_many_threads_get_their_own_answers(engine: Engine, server: ServerProcess, tmp_path: Path) -> None:
    """40 pages on 4 lanes; every third is cancelled, and no other one is harmed by that."""
    server.control(delay_s=0.05)
    reader = engine(server.url, lanes=4)
    answers: dict[int, str] = {}

    def read(number: int) -> None:
        token = CancelToken()
        if number % 3 == 0:
            threading.Timer(0.01 * (number % 12), token.cancel).start()
        try:
            answers[number] = _read(reader, tmp_path, number, token)
        except JobCancelled:
            answers[number] = "cancelled"

    threads = [threading.Thread(target=read, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for number in range(40):
        expected = {f"Text Recognition: page {number}"} | ({"cancelled"} if number % 3 == 0 else set())
        assert answers[number] in expected
    assert server.queue_size() == 0


def test_health_sees_a_server_come_and_go(transport: Transport, own_server: ServerProcess) -> None:
    seen: list[Health] = []
    changed = threading.Condition()

    def on_health(health: Health) -> None:
        with changed:
            seen.append(health)
            changed.notify_all()

    def wait_for(state: HealthState) -> bool:
        with changed:
            return changed.wait_for(lambda: bool(seen) and seen[-1].state is state, 20)

    settings = Settings(server_url=own_server.url, probe_interval_s=0.2)
    engine = ServerEngine(own_server.url, settings, transport, on_health)
    engine.watch()
    assert wait_for(HealthState.DOWN)
    own_server.start()
    assert wait_for(HealthState.READY)
    own_server.kill()
    assert wait_for(HealthState.DOWN)
    engine.close()


def test_a_server_that_was_restarted_is_discovered_anew(
    own_server: ServerProcess, engine: Engine, tmp_path: Path
) -> None:
    own_server.start()
    reader = engine(own_server.url)
    assert _read(reader, tmp_path, 1).endswith("page 1")
    own_server.kill()
    with pytest.raises(ServerUnavailable):
        _read(reader, tmp_path, 2)
    own_server.start()
    assert _read(reader, tmp_path, 3).endswith("page 3")
