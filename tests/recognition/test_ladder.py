"""Which rung comes next, and what it asks for."""

from __future__ import annotations

import math

import pytest

from glmocr_desktop.core.model import Attempt, Document, Engine, EngineChoice, Failure, Job, Limits, Mode, Page, Rung
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.ladder import ENGINE_OF, max_pixels, next_rung, pause_s, prompt, reading_s

_PAGE = Page(Document("scan.png", "/scan.png", "scan.png"))


def _climb(
    *kinds: str,
    engine: EngineChoice = EngineChoice.AUTO,
    mode: Mode = Mode.TEXT,
    server_up: bool = True,
    **settings: bool,
) -> list[Rung]:
    """The rungs of a job whose attempts fail in these ways, one after the other, and then as the last one did."""
    job, attempts = Job(_PAGE, mode, engine), []
    chosen = Settings(**settings)  # type: ignore[arg-type]
    while rung := next_rung(job, attempts, chosen, server_up=server_up):
        kind = kinds[min(len(attempts), len(kinds) - 1)]
        attempts.append(Attempt(rung, ENGINE_OF[rung], 0.1, Failure(kind)))
    return [each.rung for each in attempts]


@pytest.mark.parametrize(
    ("kinds", "rungs"),
    [
        (["server_broken"], [Rung.FIRST, Rung.RETRY, Rung.OFFLINE]),
        (["server_busy"], [Rung.FIRST, Rung.RETRY, Rung.OFFLINE]),
        (["server_refused"], [Rung.FIRST, Rung.DEGRADED, Rung.OFFLINE]),
        (["server_silent"], [Rung.FIRST, Rung.DEGRADED, Rung.OFFLINE]),
        (["server_broken", "server_refused"], [Rung.FIRST, Rung.RETRY, Rung.DEGRADED, Rung.OFFLINE]),
        (["server_refused", "server_broken"], [Rung.FIRST, Rung.DEGRADED, Rung.RETRY, Rung.OFFLINE]),
        (["server_not_answering"], [Rung.FIRST, Rung.OFFLINE]),
        (["server_needs_login"], [Rung.FIRST, Rung.OFFLINE]),
        (["server_no_mode"], [Rung.FIRST, Rung.OFFLINE]),
        (["rung_timeout"], [Rung.FIRST, Rung.DEGRADED, Rung.OFFLINE]),
        (["queue_wait"], [Rung.FIRST, Rung.OFFLINE]),
        (["upload_slow"], [Rung.FIRST, Rung.RETRY, Rung.OFFLINE]),
        (["suspect_answer"], [Rung.FIRST, Rung.DEGRADED]),
    ],
)
def test_only_what_another_try_can_mend_is_tried_again(kinds: list[str], rungs: list[Rung]) -> None:
    assert _climb(*kinds) == rungs


def test_a_server_that_went_down_is_not_asked_again() -> None:
    assert _climb("server_broken", server_up=False) == [Rung.FIRST, Rung.OFFLINE]


def test_rungs_can_be_switched_off() -> None:
    assert _climb("server_broken", retry=False) == [Rung.FIRST, Rung.OFFLINE]
    assert _climb("server_refused", degraded=False) == [Rung.FIRST, Rung.OFFLINE]


def test_a_doubtful_answer_is_tried_once_more_by_what_is_in_use() -> None:
    """It is never given up for offline reading: it is an answer."""
    assert _climb("suspect_answer", degraded=False) == [Rung.FIRST, Rung.RETRY]
    assert _climb("suspect_answer", degraded=False, retry=False) == [Rung.FIRST]


@pytest.mark.parametrize(
    ("kind", "goes_on"),
    [
        ("server_broken", True),
        ("server_down", True),
        ("server_no_mode", True),
        ("lane_wait", True),
        ("server_refused", False),
        ("suspect_answer", False),
    ],
)
def test_a_page_goes_to_the_next_server_unless_it_is_to_blame_itself(kind: str, goes_on: bool) -> None:
    attempts = [Attempt(Rung.FIRST, Engine.SERVER, 0.1, Failure(kind), "http://a")]
    rung = next_rung(Job(_PAGE), attempts, Settings(), server_up=True, another=True)
    assert (rung is Rung.FIRST) is goes_on
    attempts.append(Attempt(Rung.FIRST, Engine.SERVER, 0.1, Failure("server_broken"), "http://b"))
    assert next_rung(Job(_PAGE), attempts, Settings(), server_up=True, another=False) is Rung.RETRY


def test_how_long_a_server_may_read() -> None:
    """30, 15 and 10 s for a small page, more for a larger one, and what the server was seen to need."""
    limits = Limits()
    small = [reading_s(rung, 500_000, limits, 0, 120) for rung in (Rung.FIRST, Rung.RETRY, Rung.DEGRADED)]
    assert small == [30, 15, 10]
    assert reading_s(Rung.FIRST, 2_000_000, limits, 0, 120) == 60
    assert reading_s(Rung.FIRST, 500_000, limits, 50, 120) == 50
    assert reading_s(Rung.FIRST, 500_000, limits, 600, 120) == pytest.approx(84)  # something is left for the rest
    assert reading_s(Rung.FIRST, 500_000, limits, 600, math.inf) == 600


def test_one_engine_alone_keeps_to_itself() -> None:
    assert _climb("server_refused", engine=EngineChoice.SERVER) == [Rung.FIRST, Rung.DEGRADED]
    assert _climb("offline_failed", engine=EngineChoice.OFFLINE) == [Rung.OFFLINE]
    assert _climb("server_down", engine=EngineChoice.SERVER) == [Rung.FIRST, Rung.RETRY]
    assert _climb("server_down", engine=EngineChoice.SERVER, server_up=False) == [Rung.FIRST]


def test_degraded_asks_for_less() -> None:
    settings = Settings()
    assert max_pixels(Rung.DEGRADED, settings) * 2 == max_pixels(Rung.FIRST, settings)
    assert prompt(Job(_PAGE), Rung.DEGRADED, settings) == "Text:"
    assert prompt(Job(_PAGE, Mode.TABLE), Rung.DEGRADED, settings) == "Table Recognition:"
    assert prompt(Job(_PAGE), Rung.RETRY, settings) == "Text Recognition:"


def test_only_a_retry_waits_and_never_twice_as_long() -> None:
    assert {pause_s(rung) for rung in (Rung.FIRST, Rung.DEGRADED, Rung.OFFLINE)} == {0.0}
    pauses = [pause_s(Rung.RETRY) for _ in range(100)]
    assert min(pauses) >= 0.25
    assert max(pauses) <= 0.75
    assert len(set(pauses)) > 50


def test_a_formula_goes_offline_only_to_be_told_that_it_needs_the_server() -> None:
    assert _climb("server_refused", mode=Mode.FORMULA) == [Rung.FIRST, Rung.DEGRADED]
    assert _climb("server_not_answering", mode=Mode.FORMULA, server_up=False) == [Rung.FIRST, Rung.OFFLINE]
