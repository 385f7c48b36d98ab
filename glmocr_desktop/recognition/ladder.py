"""The recovery ladder: what is tried next for a page, what for, and for how long."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from glmocr_desktop.core.model import Attempt, Engine, EngineChoice, Job, Limits, Mode, Rung
from glmocr_desktop.core.settings import Settings

_MENDED_BY_AGAIN = {"server_broken", "server_busy", "connect_slow", "upload_slow"}
_MENDED_BY_LESS = {
    "server_silent",
    "server_refused",
    "server_cancelled",
    "server_error_text",
    "rung_timeout",
    "suspect_answer",
    "useless_answer",
}
_OF_THE_PAGE = {"server_refused", "server_error_text", "answer_too_large", "suspect_answer", "useless_answer"}
"""What another server would hardly do better."""

_DOUBTFUL = {"suspect_answer", "useless_answer"}
_SIMPLE_PROMPT = "Text:"
_PAUSE_S = 0.5
_SMALL_PIXELS = 1_000_000
_SHARE = 0.7  # of the time that is left, at most, on what a server has shown to need: another rung may follow

ENGINE_OF = {
    Rung.FIRST: Engine.SERVER,
    Rung.RETRY: Engine.SERVER,
    Rung.DEGRADED: Engine.SERVER,
    Rung.OFFLINE: Engine.OFFLINE,
}


def next_rung(
    job: Job, attempts: Sequence[Attempt], settings: Settings, *, server_up: bool, another: bool = False
) -> Rung | None:
    """The rung to try after these attempts failed.

    Only what a second try can mend is tried again: a server that broke off or was full. One that gave up, fell
    silent or sent a doubtful answer gets a smaller image and a simpler prompt instead. The first rung is tried at each
    server that is left, the others once.

    Args:
        job: Says who may read it.
        attempts: What was tried so far, in order.
        settings: Says which rungs are in use.
        server_up: Whether a server may be asked again. The first rung is given anyway, to say that it is down.
        another: Whether a server is left that was not asked for this page.

    Returns:
        None at the end of the ladder.
    """
    tried = {each.rung for each in attempts}
    last = attempts[-1].error if attempts else None
    kind = last.kind if last else ""
    if job.engine is not EngineChoice.OFFLINE:
        if Rung.FIRST not in tried or (another and tried == {Rung.FIRST} and kind not in _OF_THE_PAGE):
            return Rung.FIRST
        less = server_up and settings.degraded and Rung.DEGRADED not in tried
        again = server_up and settings.retry and Rung.RETRY not in tried
        # A server that is just coming back is tried by one page at a time; who has nobody else to ask may ask again.
        alone = kind == "server_down" and job.engine is EngineChoice.SERVER
        if again and (kind in _MENDED_BY_AGAIN or alone or (kind in _DOUBTFUL and not settings.degraded)):
            return Rung.RETRY
        if less and kind in _MENDED_BY_LESS:
            return Rung.DEGRADED
    if job.engine is EngineChoice.SERVER or Rung.OFFLINE in tried or kind == "suspect_answer":
        return None
    # A formula is never read offline: what the server said of it is worth more than that.
    return None if job.mode is Mode.FORMULA and server_up and tried else Rung.OFFLINE


def pause_s(rung: Rung) -> float:
    """Seconds to wait before a rung: many pages that broke off together should not come back together."""
    return _PAUSE_S * random.uniform(0.5, 1.5) if rung is Rung.RETRY else 0.0


def prompt(job: Job, rung: Rung, settings: Settings) -> str:
    """What the server is asked for; a table or a formula that is read as plain text would be no answer."""
    if job.own_prompt is not None:
        return job.own_prompt.asked
    simple = rung is Rung.DEGRADED and job.mode is Mode.TEXT
    return _SIMPLE_PROMPT if simple else settings.prompt(job.mode)


def max_pixels(rung: Rung, settings: Settings) -> int:
    """How large an image the server gets."""
    return settings.max_image_pixels // 2 if rung is Rung.DEGRADED else settings.max_image_pixels


def reading_s(rung: Rung, pixels: int, limits: Limits, patience_s: float, remaining_s: float) -> float:
    """How long a server may read without progress on a rung that another one may follow.

    A page of more than a megapixel gets more time in proportion, and a server whose pages were seen to take longer
    gets the patience that they ask for, as long as enough of the deadline is left for the rungs below.

    Args:
        rung: One that asks a server.
        pixels: Size of the image.
        limits: The job's.
        patience_s: What the server's earlier pages ask for; 0 when there were none.
        remaining_s: What is left until the job's deadline.
    """
    base_s = {Rung.FIRST: limits.first_s, Rung.RETRY: limits.retry_s, Rung.DEGRADED: limits.degraded_s}[rung]
    learned_s = min(patience_s, _SHARE * remaining_s) if math.isfinite(remaining_s) else patience_s
    return max(base_s * max(1.0, pixels / _SMALL_PIXELS), learned_s)
