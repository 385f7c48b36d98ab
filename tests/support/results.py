"""Results as the pipeline makes them."""

from __future__ import annotations

from glmocr_desktop.core.model import Document, Engine, Failure, Job, JobState, Page, Result, Rung
from glmocr_desktop.results.blocks import parse


def done(text: str, *, document: Document | None = None, number: int = 1, formatted: bool = True) -> Result:
    """A page that was read as this text."""
    page = Page(document or Document("scan.png", "/scan.png", "scan.png"), number)
    return Result(
        Job(page),
        JobState.DONE,
        1.0,
        engine=Engine.SERVER,
        rung=Rung.FIRST,
        text=text,
        formatted=formatted,
        blocks=parse(text, formatted=formatted),
    )


def failed(*, document: Document | None = None, number: int = 1, state: JobState = JobState.FAILED) -> Result:
    """A page that could not be read."""
    page = Page(document or Document("scan.png", "/scan.png", "scan.png"), number)
    return Result(Job(page), state, 1.0, error=Failure("server_cancelled"))
