"""The ladder: who reads a page, and what the result says about it."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import (
    BlockKind,
    Document,
    Engine,
    EngineChoice,
    Job,
    JobState,
    Limits,
    Mode,
    OwnPrompt,
    Page,
    Phase,
    Result,
    Rung,
)
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.recognition.pipeline import Pipeline
from tests.support.faults import Fault, Step
from tests.support.faulty_server import faulty_server
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess


@pytest.fixture
def offline_pipeline(closed_url: str) -> Iterator[Pipeline]:
    """A pipeline whose server is not there."""
    pipeline = Pipeline(Settings(server_url=closed_url))
    yield pipeline
    pipeline.close()


@pytest.fixture
def server_pipeline(server: ServerProcess) -> Iterator[Pipeline]:
    pipeline = Pipeline(Settings(server_url=server.url))
    yield pipeline
    pipeline.close()


def _text_page(folder: Path, text: str) -> Page:
    path = folder / "text.png"
    image = Image.new("RGB", (640, 120), "white")
    ImageDraw.Draw(image).text((30, 40), text, "black", ImageFont.load_default(32))
    image.save(path)
    return Page(Document(path=str(path), file=str(path), name=path.name))


def _run(pipeline: Pipeline, page: Page, token: CancelToken | None = None, **kwargs: Any) -> Result:
    return pipeline.run(Job(page, **kwargs), token or CancelToken())


def test_the_server_reads_when_it_is_up(server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    result = _run(server_pipeline, numbered_page(tmp_path, 5))
    assert result.state is JobState.DONE
    assert (result.engine, result.rung, result.server) == (Engine.SERVER, Rung.FIRST, server.url)
    assert result.text == "Text Recognition: page 5"
    assert [block.text for block in result.blocks] == ["Text Recognition: page 5"]
    assert [(each.engine, each.error) for each in result.attempts] == [(Engine.SERVER, None)]
    assert pickle.loads(pickle.dumps(result)) == result


def test_offline_reads_when_no_server_is_there_and_says_why(offline_pipeline: Pipeline, tmp_path: Path) -> None:
    page = _text_page(tmp_path, "Meeting at noon")
    result = _run(offline_pipeline, page)
    assert result.state is JobState.DONE
    assert (result.engine, result.rung, result.server) == (Engine.OFFLINE, Rung.OFFLINE, None)
    assert result.text == "Meeting at noon"
    first, second = result.attempts
    assert first.engine is Engine.SERVER
    assert first.error is not None
    assert first.error.kind == "server_not_answering"
    assert (second.engine, second.error) == (Engine.OFFLINE, None)
    # Offline cannot ask an own prompt, and says so.
    again = _run(offline_pipeline, page, own_prompt=OwnPrompt("Invoice", "Give JSON:", '{"date": ""}'))
    assert again.warnings == ("prompt_ignored",)
    assert again.attempts[0].error is not None
    assert again.attempts[0].error.kind == "server_down"


def test_a_server_that_refuses_a_page_leaves_it_to_offline(
    server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(error="CUDA out of memory")
    result = _run(server_pipeline, _text_page(tmp_path, "Meeting at noon"))
    assert (result.state, result.engine, result.text) == (JobState.DONE, Engine.OFFLINE, "Meeting at noon")
    assert result.attempts[0].error is not None
    assert "CUDA out of memory" in result.attempts[0].error.message


def test_a_page_that_is_too_much_for_the_server_is_tried_with_less(
    server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path
) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (1600, 1400), (0, 0, 7)).save(path)
    server.control(most_pixels=1_200_000)
    result = _run(server_pipeline, Page(Document(path=str(path), file=str(path), name=path.name)))
    assert (result.state, result.rung, result.text) == (JobState.DONE, Rung.DEGRADED, "Text: page 7")
    first, second = result.attempts
    assert first.error is not None
    assert "CUDA out of memory" in first.error.message
    assert (second.rung, second.engine, second.error) == (Rung.DEGRADED, Engine.SERVER, None)


@pytest.mark.parametrize("answer", ["[ERROR] CUDA out of memory", "Please upload an image first."])
def test_an_error_sent_as_text_is_no_result(
    server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path, answer: str
) -> None:
    server.control(answer=answer)
    result = _run(server_pipeline, numbered_page(tmp_path, 5), engine=EngineChoice.SERVER)
    assert result.state is JobState.FAILED
    assert result.error is not None
    assert result.error.kind == "server_error_text"


def test_only_the_server_may_read(offline_pipeline: Pipeline, tmp_path: Path) -> None:
    result = _run(offline_pipeline, numbered_page(tmp_path, 1), engine=EngineChoice.SERVER)
    assert (result.state, result.text, len(result.attempts)) == (JobState.FAILED, "", 1)
    assert result.error is not None
    assert result.error.kind == "server_not_answering"


def test_only_offline_may_read(server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    result = _run(server_pipeline, _text_page(tmp_path, "Meeting at noon"), engine=EngineChoice.OFFLINE)
    assert (result.state, result.engine) == (JobState.DONE, Engine.OFFLINE)
    assert server.log() == []


def test_a_formula_is_never_read_offline(offline_pipeline: Pipeline, tmp_path: Path) -> None:
    result = _run(offline_pipeline, _text_page(tmp_path, "b2 - 4ac"), mode=Mode.FORMULA)
    assert (result.state, result.text) == (JobState.FAILED, "")
    assert result.error is not None
    assert result.error.kind == "offline_formula"


def test_the_deadline_is_of_the_whole_job(server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    _run(server_pipeline, numbered_page(tmp_path, 1))
    server.control(delay_s=20)
    result = _run(server_pipeline, numbered_page(tmp_path, 2), limits=Limits(total_s=0.4))
    assert result.state is JobState.TIMED_OUT
    assert result.error is not None
    assert result.error.kind == "timeout_total"
    assert 0.4 <= result.elapsed_s < 10
    assert [each.engine for each in result.attempts] == [Engine.SERVER]


def test_a_cancel_before_it_begins(server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    token = CancelToken()
    assert token.cancel()
    result = _run(server_pipeline, numbered_page(tmp_path, 1), token)
    assert result.state is JobState.CANCELLED
    assert server.log() == []


def test_a_file_that_vanished_fails_in_words(server_pipeline: Pipeline, tmp_path: Path) -> None:
    page = numbered_page(tmp_path, 1)
    Path(page.document.file).unlink()
    result = _run(server_pipeline, page)
    assert result.state is JobState.FAILED
    assert result.error is not None
    assert result.error.message == "There is no file or folder named page 1.png."
    assert result.attempts == ()


def test_a_suspect_answer_is_kept_with_a_warning(
    server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(answer="<table><tr><td>1</td>")
    result = _run(server_pipeline, numbered_page(tmp_path, 1))
    assert (result.state, result.warnings) == (JobState.DONE, ("cut_off",))


def test_closing_ends_a_running_job_as_cancelled(server: ServerProcess, tmp_path: Path) -> None:
    pipeline = Pipeline(Settings(server_url=server.url))
    server.control(delay_s=5)
    reading = threading.Event()
    results: list[Result] = []

    def run() -> None:
        job = Job(numbered_page(tmp_path, 1))
        results.append(pipeline.run(job, CancelToken(), lambda p: p.phase is Phase.READING and reading.set()))

    thread = threading.Thread(target=run)
    thread.start()
    assert reading.wait(20)
    pipeline.close()
    thread.join(5)
    assert [each.state for each in results] == [JobState.CANCELLED]


def test_other_settings_take_effect_and_the_old_server_is_left_alone(
    server: ServerProcess, closed_url: str, tmp_path: Path
) -> None:
    seen: list[Health] = []
    first = Pipeline(Settings(server_url=closed_url, probe_interval_s=0.2), on_health=seen.append)
    first.start()
    second = first.adapted(Settings(server_url=server.url))
    try:
        assert _run(second, numbered_page(tmp_path, 8)).engine is Engine.SERVER
        assert second.health.state in (HealthState.READY, HealthState.BUSY, HealthState.CHECKING)
    finally:
        second.close()


def test_without_a_server_nothing_is_asked(server: ServerProcess, tmp_path: Path) -> None:
    pipeline = Pipeline(Settings(server_url=server.url, engine=EngineChoice.OFFLINE))
    pipeline.start()
    assert pipeline.health.state is HealthState.UNUSED
    pipeline.close()


def test_a_repetition_is_cut_and_said(server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    server.control(answer="The minutes of the meeting. " + "and so on and so forth, " * 60)
    result = _run(server_pipeline, numbered_page(tmp_path, 1))
    assert "loop" in result.warnings
    assert result.text.startswith("The minutes of the meeting. and so on and so forth")
    assert result.text.count("and so on") < 3


def test_a_formula_that_a_living_server_could_not_read_tells_what_the_server_said(
    server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(error="out of formulas")
    result = _run(server_pipeline, numbered_page(tmp_path, 1), mode=Mode.FORMULA)
    assert result.state is JobState.FAILED
    assert result.error is not None
    assert "out of formulas" in result.error.message


def test_a_page_at_which_the_server_broke_off_is_tried_once_more(tmp_path: Path) -> None:
    with faulty_server() as server:
        server.faults[1] = (Step.STREAM, Fault.CLEAN_END)
        pipeline = Pipeline(Settings(server_url=server.url))
        result = _run(pipeline, numbered_page(tmp_path, 1), engine=EngineChoice.SERVER)
        pipeline.close()
    assert [each.rung for each in result.attempts] == [Rung.FIRST, Rung.RETRY]
    assert {each.error.kind for each in result.attempts if each.error} == {"server_broken"}


def test_a_server_that_keeps_failing_is_left_alone(tmp_path: Path) -> None:
    """The fifth fault in a row opens the breaker: the pages after that do not reach the server any more."""
    with faulty_server() as server:
        pages = [numbered_page(tmp_path, number) for number in range(8)]
        server.faults = dict.fromkeys(range(8), (Step.STREAM, Fault.HTTP_500))
        pipeline = Pipeline(Settings(server_url=server.url, retry=False))
        results = [_run(pipeline, page, engine=EngineChoice.SERVER) for page in pages]
        pipeline.close()
        joined = server.counts["joined"]
    assert [each.error.kind for each in results if each.error] == ["server_broken"] * 5 + ["server_down"] * 3
    assert joined == 5


def test_an_own_prompt_is_asked_on_every_rung_and_its_answer_looked_at(
    server_pipeline: Pipeline, server: ServerProcess, tmp_path: Path
) -> None:
    own = OwnPrompt("Invoice", "Give JSON:", '{"date": "", "total": ""}')
    server.control(answers={own.asked: '{"date": "1"}'})
    result = _run(server_pipeline, numbered_page(tmp_path, 5), own_prompt=own)
    assert result.text == '```json\n{"date": "1"}\n```'
    assert [(each.kind, each.text) for each in result.blocks] == [(BlockKind.CODE, '{"date": "1"}')]
    assert result.warnings == ("missing_keys",)
    assert (result.rung, len(result.attempts)) == (Rung.FIRST, 1)  # asking once more would not change it
    server.control(answers={own.asked: '{"date": "1", "total": "2"}'}, most_pixels=2_000_000)
    path = tmp_path / "large.png"
    Image.new("RGB", (1600, 1300), "white").save(path)
    large = Page(Document(path=str(path), file=str(path), name=path.name))
    result = _run(server_pipeline, large, own_prompt=own)
    assert (result.rung, result.warnings) == (Rung.DEGRADED, ())
    server.control(answers={own.asked: "No date here."})
    assert _run(server_pipeline, numbered_page(tmp_path, 5), own_prompt=own).warnings == ("not_json",)
    server.control()
