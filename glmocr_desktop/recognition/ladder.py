"""The recovery ladder: what is tried next for a page, and what for."""

from __future__ import annotations

import random
from collections.abc import Sequence

from glmocr_desktop.core.model import Attempt, Engine, EngineChoice, Job, Mode, Rung
from glmocr_desktop.core.settings import Settings

_MENDED_BY_AGAIN = {"server_broken", "server_busy"}
_MENDED_BY_LESS = {"server_silent", "server_refused", "server_cancelled", "server_error_text"}
_SIMPLE_PROMPT = "Text:"
_PAUSE_S = 0.5

ENGINE_OF = {
    Rung.FIRST: Engine.SERVER,
    Rung.RETRY: Engine.SERVER,
    Rung.DEGRADED: Engine.SERVER,
    Rung.OFFLINE: Engine.OFFLINE,
}


def next_rung(job: Job, attempts: Sequence[Attempt], settings: Settings, *, server_up: bool) -> Rung | None:
    """The rung to try after these attempts failed.

    Only what a second try can mend is tried again: a server that broke off or was full. One that gave up or fell
    silent gets a smaller image and a simpler prompt instead. Each rung is tried once.

    Args:
        job: Says who may read it.
        attempts: What was tried so far, in order.
        settings: Says which rungs are in use.
        server_up: Whether the server may be asked again. The first rung is given anyway, to say that it is down.

    Returns:
        None at the end of the ladder.
    """
    tried = {each.rung for each in attempts}
    if job.engine is not EngineChoice.OFFLINE:
        if Rung.FIRST not in tried:
            return Rung.FIRST
        last = attempts[-1].error
        kind = last.kind if last else ""
        if server_up and settings.retry and Rung.RETRY not in tried and kind in _MENDED_BY_AGAIN:
            return Rung.RETRY
        if server_up and settings.degraded and Rung.DEGRADED not in tried and kind in _MENDED_BY_LESS:
            return Rung.DEGRADED
    if job.engine is EngineChoice.SERVER or Rung.OFFLINE in tried:
        return None
    # A formula is never read offline: what the server said of it is worth more than that.
    return None if job.mode is Mode.FORMULA and server_up and tried else Rung.OFFLINE


def pause_s(rung: Rung) -> float:
    """Seconds to wait before a rung: many pages that broke off together should not come back together."""
    return _PAUSE_S * random.uniform(0.5, 1.5) if rung is Rung.RETRY else 0.0


def prompt(job: Job, rung: Rung, settings: Settings) -> str:
    """What the server is asked for; a table or a formula that is read as plain text would be no answer."""
    simple = rung is Rung.DEGRADED and job.mode is Mode.TEXT
    return _SIMPLE_PROMPT if simple else settings.prompt(job.mode)


def max_pixels(rung: Rung, settings: Settings) -> int:
    """How large an image the server gets."""
    return settings.max_image_pixels // 2 if rung is Rung.DEGRADED else settings.max_image_pixels
