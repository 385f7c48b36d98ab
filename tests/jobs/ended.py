"""Results whose figures are known."""

from __future__ import annotations

import random
from itertools import accumulate

from glmocr_desktop.core.model import (
    Attempt,
    Document,
    Engine,
    Failure,
    Job,
    JobState,
    Page,
    Phase,
    Result,
    Rung,
    Span,
)
from glmocr_desktop.jobs.metrics import Outcome

PHASES = (Phase.PREPARING, Phase.UPLOADING, Phase.LANE, Phase.QUEUED, Phase.READING, Phase.PARSING)
_RUNGS = {
    Outcome.DONE: Rung.FIRST,
    Outcome.RETRIED: Rung.RETRY,
    Outcome.DEGRADED: Rung.DEGRADED,
    Outcome.OFFLINE: Rung.OFFLINE,
}
_STATES = {
    Outcome.TIMED_OUT: JobState.TIMED_OUT,
    Outcome.FAILED: JobState.FAILED,
    Outcome.CANCELLED: JobState.CANCELLED,
}
_PAGE = Page(Document("scan.png", "/scan.png", "scan.png"))


def ended(outcome: Outcome, chance: random.Random, server: str = "http://a") -> Result:
    """A job that ended so, and took any time."""
    took_s = [chance.lognormvariate(-1.5, 1.2) for _ in PHASES]
    rung = _RUNGS.get(outcome)
    begins_s = [0.0, *accumulate(took_s[:-1])]
    rungs = [rung or Rung.FIRST] * len(PHASES)
    spans = tuple(map(Span, PHASES, rungs, begins_s, took_s))
    error = Failure("server_cancelled")
    if rung is None:
        attempts = (Attempt(Rung.FIRST, Engine.SERVER, 1.0, error, server),)
        return Result(Job(_PAGE), _STATES[outcome], sum(took_s), attempts, error=error, spans=spans)
    engine = Engine.OFFLINE if rung is Rung.OFFLINE else Engine.SERVER
    address = server if engine is Engine.SERVER else None
    return Result(
        Job(_PAGE), JobState.DONE, sum(took_s), engine=engine, server=address, rung=rung, text="a", spans=spans
    )
