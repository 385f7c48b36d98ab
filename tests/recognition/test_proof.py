"""A server whose answers are useless has to prove that it reads."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

from PIL import Image, ImageDraw

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Document, Engine, EngineChoice, Job, Mode, Page, Rung
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.canary import CanaryReport
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.recognition.pipeline import Pipeline
from glmocr_desktop.recognition.proof import Proof
from tests.support.servers import ServerProcess


class _Server:
    """Reads the known pages, or only half of them; keeps whoever asks waiting until it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.let_go = threading.Event()
        self.reports: list[CanaryReport] = []
        self.reported = threading.Event()

    def read(self, png: bytes, mode: Mode, _token: CancelToken) -> str:
        self.asked += 1
        assert self.let_go.wait(10)
        return "" if mode is Mode.TABLE else "no idea"

    def report(self, report: CanaryReport) -> None:
        self.reports.append(report)
        self.reported.set()


def test_three_useless_answers_in_a_row_lead_to_one_proof() -> None:
    """A useful one in between starts the count anew, and nobody proves twice at once."""
    server = _Server()
    proof = Proof(server.read, server.report, 10)
    for wrong in (True, True, False, True, True):
        proof.answered(wrong=wrong)
    assert server.asked == 0
    for _ in range(8):
        proof.answered(wrong=True)
    proof.repeat()
    server.let_go.set()
    assert server.reported.wait(10)
    assert len(server.reports) == 1
    assert server.reports[0].reads_nothing


def _written(folder: Path, number: int) -> Page:
    image = Image.new("RGB", (300, 60), "white")
    ImageDraw.Draw(image).text((10, 20), f"Invoice number {number}", fill="black", font_size=24)
    path = folder / f"{number}.png"
    image.save(path)
    return Page(Document(str(path), str(path), path.name))


def test_a_server_that_answers_but_does_not_read_is_left_alone_and_shown(server: ServerProcess, tmp_path: Path) -> None:
    server.control(answer="")
    seen: list[Health] = []
    not_reading = threading.Event()

    def on_health(health: Health) -> None:
        seen.append(health)
        if health.state is HealthState.NOT_READING:
            not_reading.set()

    settings = Settings(server_url=server.url, probe_interval_s=0.2)
    with closing(Pipeline(settings, on_health=on_health)) as pipeline:
        pipeline.start()
        for number in range(3):
            pipeline.run(Job(_written(tmp_path, number), engine=EngineChoice.SERVER), CancelToken())
        assert not_reading.wait(20)
        result = pipeline.run(Job(_written(tmp_path, 3)), CancelToken())
        assert pipeline.places == 2
    assert (result.engine, result.rung) == (Engine.OFFLINE, Rung.OFFLINE)
    assert result.attempts[0].error is not None
    assert result.attempts[0].error.kind == "server_not_reading"
    assert "Invoice" in result.text
