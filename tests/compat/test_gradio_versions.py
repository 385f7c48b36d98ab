"""Servers of older Gradio versions: ``make test-compat`` makes their environments and runs this."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, RecognitionError
from glmocr_desktop.core.model import Mode, Phase, Progress
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.health import HealthState
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.remote import ServerEngine
from tests.support.pages import page_request
from tests.support.servers import ServerProcess, running_server

pytestmark = pytest.mark.compat

_ENVIRONMENTS = Path(__file__).parents[2] / "build" / "compat"
_VERSIONS = {"gradio4": "4.44.1", "gradio5": "5.49.1"}


@pytest.fixture(scope="module", params=list(_VERSIONS))
def old_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    python = _ENVIRONMENTS / request.param / "bin" / "python"
    assert python.exists(), "make test-compat makes the environments"
    with running_server(tmp_path_factory.mktemp(request.param), python=str(python)) as server:
        yield server


@pytest.fixture
def engine(old_server: ServerProcess) -> Iterator[ServerEngine]:
    old_server.control()
    transport = Transport()
    yield ServerEngine(old_server.url, Settings(server_url=old_server.url), transport, lambda _health: None)
    transport.close()


def _ignore(_progress: Progress) -> None:
    """Nobody wants to know."""


def test_the_server_is_of_the_version_that_is_meant(engine: ServerEngine, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["old_server"]
    assert engine.endpoint(CancelToken()).version == _VERSIONS[name]


@pytest.mark.parametrize("mode", list(Mode))
def test_reads_a_page(engine: ServerEngine, tmp_path: Path, mode: Mode) -> None:
    text = engine.read(page_request(tmp_path, 70_000, mode), CancelToken(), _ignore).text
    assert text == f"{mode.value.title()} Recognition: page 70000"


def test_an_error_of_the_app_is_told_in_its_words(
    engine: ServerEngine, tmp_path: Path, old_server: ServerProcess
) -> None:
    old_server.control(error="CUDA out of memory")
    with pytest.raises(RecognitionError, match="CUDA out of memory"):
        engine.read(page_request(tmp_path, 1), CancelToken(), _ignore)


def test_a_running_page_can_be_cancelled(engine: ServerEngine, tmp_path: Path, old_server: ServerProcess) -> None:
    old_server.control(delay_s=2)
    token = CancelToken()

    def cancel_when_read(progress: Progress) -> None:
        if progress.phase is Phase.READING:
            token.cancel()

    with pytest.raises(JobCancelled) as caught:
        engine.read(page_request(tmp_path, 1), token, cancel_when_read)
    assert caught.value.kind == "cancelled_on_server"


def test_its_health_is_seen(engine: ServerEngine) -> None:
    """Gradio 4 answers under another path than the newer ones."""
    assert engine.probe(CancelToken()).state in (HealthState.READY, HealthState.BUSY)
