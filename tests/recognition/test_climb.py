"""One page's way along the ladder, by real servers that do wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import (
    Document,
    Engine,
    EngineChoice,
    Job,
    JobState,
    Mode,
    Page,
    Phase,
    Progress,
    Result,
    Rung,
)
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.pipeline import Pipeline
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess

Read = Callable[..., Result]


@pytest.fixture
def read(server: ServerProcess, tmp_path: Path) -> Iterator[Read]:
    """Reads page 1 by the server alone, with these settings."""
    pipelines: list[Pipeline] = []

    def run(mode: Mode = Mode.TEXT, **settings: object) -> Result:
        pipelines.append(Pipeline(Settings(server_url=server.url, **settings)))  # type: ignore[arg-type]
        job = Job(numbered_page(tmp_path, 1), mode, EngineChoice.SERVER, pipelines[-1]._settings.limits)
        return pipelines[-1].run(job, CancelToken())

    yield run
    for each in pipelines:
        with closing(each):
            pass


def _tries(result: Result) -> list[tuple[Rung, str | None]]:
    return [(each.rung, each.error and each.error.kind) for each in result.attempts]


def test_a_doubtful_answer_is_tried_once_more_and_the_better_one_is_taken(read: Read, server: ServerProcess) -> None:
    server.control(answers={"Text Recognition:": "Text Recognition:", "Text:": "all of it"})
    result = read()
    assert _tries(result) == [(Rung.FIRST, "useless_answer"), (Rung.DEGRADED, None)]
    assert (result.text, result.rung, result.warnings) == ("all of it", Rung.DEGRADED, ())


def test_a_doubtful_answer_stays_when_the_second_one_is_worse(read: Read, server: ServerProcess) -> None:
    cut_off = "before\n\n<table><tr><td>1</td>"
    server.control(answers={"Table Recognition:": cut_off})
    result = read(Mode.TABLE)
    assert _tries(result) == [(Rung.FIRST, "suspect_answer"), (Rung.DEGRADED, "suspect_answer")]
    assert (result.text, result.warnings) == (cut_off, ("cut_off",))


def test_a_doubtful_answer_is_not_lost_when_the_second_try_fails(read: Read, server: ServerProcess) -> None:
    server.control(answers={"Text Recognition:": "x " * 4000, "Text:": "[ERROR] CUDA out of memory"})
    result = read()
    assert _tries(result) == [(Rung.FIRST, "suspect_answer"), (Rung.DEGRADED, "server_error_text")]
    assert (result.state, result.rung, result.engine) == (JobState.DONE, Rung.FIRST, Engine.SERVER)
    assert result.warnings == ("loop",)


def test_a_doubtful_answer_is_not_lost_when_the_file_is_gone_meanwhile(server: ServerProcess, tmp_path: Path) -> None:
    server.control(answer="before\n\n<table><tr><td>1</td>")
    page = numbered_page(tmp_path, 1)

    def on_progress(progress: Progress) -> None:
        if progress.phase is Phase.READING:
            Path(page.document.file).unlink(missing_ok=True)

    with closing(Pipeline(Settings(server_url=server.url))) as pipeline:
        result = pipeline.run(Job(page, Mode.TABLE, EngineChoice.SERVER), CancelToken(), on_progress)
    assert (result.state, result.rung, result.warnings) == (JobState.DONE, Rung.FIRST, ("cut_off",))
    assert result.text.startswith("before")


def test_without_other_rungs_a_doubtful_answer_is_the_answer(read: Read, server: ServerProcess) -> None:
    server.control(answer="")
    result = read(retry=False, degraded=False)
    assert _tries(result) == [(Rung.FIRST, None)]
    assert result.warnings == ("empty",)


def test_a_page_that_takes_too_long_is_asked_for_less(read: Read, server: ServerProcess) -> None:
    """The last rung has what is left of the deadline."""
    server.control(delay_s=3)
    result = read(first_timeout_s=0.5, degraded_timeout_s=0.5)
    assert _tries(result) == [(Rung.FIRST, "rung_timeout"), (Rung.DEGRADED, None)]
    first, second = result.attempts
    assert 0.5 <= first.elapsed_s < 2.9
    assert second.elapsed_s > 2.9


def test_a_slow_server_is_given_more_time_from_the_second_page_on(server: ServerProcess, tmp_path: Path) -> None:
    server.control(delay_s=1)
    settings = Settings(server_url=server.url, engine=EngineChoice.SERVER, first_timeout_s=0.5)
    with closing(Pipeline(settings)) as pipeline:
        results = [
            pipeline.run(Job(numbered_page(tmp_path, n), engine=settings.engine, limits=settings.limits), CancelToken())
            for n in range(2)
        ]
    assert [each.rung for each in results] == [Rung.DEGRADED, Rung.FIRST]


def test_every_attempt_says_which_server_it_asked(read: Read, server: ServerProcess) -> None:
    server.control(answer="[ERROR] no")
    assert [each.server for each in read().attempts] == [server.url, server.url]


def test_an_answer_without_anything_of_the_page_is_read_offline(server: ServerProcess, tmp_path: Path) -> None:
    """By the ladder alone: the server says that all is well."""
    image = Image.new("RGB", (300, 60), "white")
    ImageDraw.Draw(image).text((10, 20), "Invoice number 7", fill="black", font_size=24)
    image.save(tmp_path / "page.png")
    server.control(answer="")
    page = Page(Document("page.png", str(tmp_path / "page.png"), "page.png"))
    with closing(Pipeline(Settings(server_url=server.url))) as pipeline:
        result = pipeline.run(Job(page), CancelToken())
    assert _tries(result) == [
        (Rung.FIRST, "useless_answer"),
        (Rung.DEGRADED, "useless_answer"),
        (Rung.OFFLINE, None),
    ]
    assert (result.engine, result.server) == (Engine.OFFLINE, None)
    assert (result.text, result.warnings) == ("Invoice number 7", ())
