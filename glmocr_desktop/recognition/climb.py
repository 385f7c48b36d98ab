"""One page's way along the ladder: try, try again, ask for less, read offline."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import (
    InputError,
    JobTimeout,
    OcrError,
    OfflineUnavailable,
    RecognitionError,
    ServerBusy,
    ServerUnavailable,
)
from glmocr_desktop.core.model import Answer, Attempt, Engine, Failure, Job, Phase, Progress, Rung
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import Picture, load_page, picture
from glmocr_desktop.recognition.ladder import ENGINE_OF, max_pixels, next_rung, pause_s, prompt, reading_s
from glmocr_desktop.recognition.offline import OfflineEngine
from glmocr_desktop.recognition.remote import ServerEngine
from glmocr_desktop.recognition.request import Request
from glmocr_desktop.recognition.servers import Servers
from glmocr_desktop.recognition.stopwatch import Stopwatch
from glmocr_desktop.results.json_answers import as_code, template_suspects
from glmocr_desktop.results.suspects import find_suspects, refuse_error_text

_CLIMB = (ServerUnavailable, ServerBusy, RecognitionError)  # what the next rung may mend
_SUSPECT = Failure("suspect_answer")
_USELESS = Failure("useless_answer")
_TOO_SLOW = Failure("rung_timeout")


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer, and who gave it.

    Attributes:
        server: Address of the server, if one did.
        suspects: Reasons to doubt it.
        doubt: Why another rung should try; None when this is as good as it gets.
    """

    answer: Answer
    rung: Rung
    server: str | None
    suspects: tuple[str, ...]
    doubt: Failure | None = None


class Climb:
    """Tries the rungs from the top until one gives an answer.

    Attributes:
        attempts: Every try so far, in order.

    Thread: pool.
    """

    def __init__(
        self,
        job: Job,
        token: CancelToken,
        settings: Settings,
        servers: Servers,
        offline: OfflineEngine,
        watch: Stopwatch,
    ) -> None:
        self.attempts: list[Attempt] = []
        self._job = job
        self._token = token
        self._settings = settings
        self._servers = servers
        self._offline = offline
        self._watch = watch
        self._pictures: dict[int, Picture] = {}

    def run(self) -> Reading:
        """Read the page.

        A doubtful answer is tried once more; the better one of both is taken.

        Raises:
            OcrError: How the last rung failed.
        """
        kept: Reading | None = None
        last: OcrError | None = None
        while rung := self._next(self.attempts):
            began_s = self._now_s()
            server = self._server_for(rung)
            try:
                self._watch.climb(rung, server.url if server else None)
                self._token.pause(pause_s(rung))
                began_s = self._now_s()
                self._watch(Progress(Phase.PREPARING))
                reading = self._read(rung, server)
            except InputError:  # no engine was asked
                if kept is None:
                    raise
                return kept  # the file is gone since
            except OcrError as error:
                self._note(rung, server, began_s, Failure.of(error))
                if isinstance(error, _CLIMB) and (kept is None or kept.doubt is _USELESS):
                    last = error
                elif kept is not None and isinstance(error, (*_CLIMB, JobTimeout, OfflineUnavailable)):
                    return kept
                else:
                    raise
            else:
                better = kept is None or len(reading.suspects) < len(kept.suspects)
                kept = reading if kept is None or better else kept
                if reading.doubt is None or not self._follows(rung, server, reading.doubt):
                    self._note(rung, server, began_s, None if better else reading.doubt)
                    return kept
                self._note(rung, server, began_s, reading.doubt)
        if kept is not None:
            return kept
        assert last is not None  # the last rung returned, or raised
        raise last

    def _now_s(self) -> float:
        """A clock that stands while the page waits for its turn."""
        return time.monotonic() - self._token.uncounted_s

    def _note(self, rung: Rung, server: ServerEngine | None, began_s: float, error: Failure | None) -> None:
        elapsed_s = self._now_s() - began_s
        self.attempts.append(Attempt(rung, ENGINE_OF[rung], elapsed_s, error, server.url if server else None))

    def _next(self, attempts: list[Attempt]) -> Rung | None:
        asked = {each.server for each in attempts if each.server}
        another = self._servers.pick(asked) is not None
        server_up = self._servers.health.up
        return next_rung(self._job, attempts, self._settings, server_up=server_up, another=another)

    def _follows(self, rung: Rung, server: ServerEngine | None, error: Failure) -> bool:
        """Whether another rung would follow if this one ended so."""
        ended = Attempt(rung, ENGINE_OF[rung], 0.0, error, server.url if server else None)
        return self._next([*self.attempts, ended]) is not None

    def _server_for(self, rung: Rung) -> ServerEngine | None:
        """One that was not asked for this page yet, if there is one."""
        if ENGINE_OF[rung] is Engine.OFFLINE:
            return None
        asked = {each.server for each in self.attempts if each.server}
        return self._servers.pick(asked) or self._servers.pick()

    def _read(self, rung: Rung, server: ServerEngine | None) -> Reading:
        if ENGINE_OF[rung] is Engine.OFFLINE:
            image = load_page(self._job.page, self._token)
            self._watch(Progress(Phase.LANE))
            answer = self._offline.read(
                image, self._job.mode, self._token, lambda: self._watch(Progress(Phase.READING))
            )
            self._watch(Progress(Phase.PARSING))
            if self._job.own_prompt is not None:
                answer = replace(answer, warnings=(*answer.warnings, "prompt_ignored"))
            return Reading(answer, rung, None, self._suspects(answer, ""))
        if server is None:  # known to be down: no page waits to find that out again
            raise self._servers.refusal()
        return self._ask(rung, server)

    def _ask(self, rung: Rung, server: ServerEngine) -> Reading:
        image = self._picture(max_pixels(rung, self._settings))
        asked = prompt(self._job, rung, self._settings)
        limit_s = self._limit_s(rung, server, image.pixels)
        own = self._job.own_prompt
        request = Request(image.png, image.pixels, self._job.mode, asked, self._job.limits, limit_s, own is not None)
        answer = server.read(request, self._token, self._watch)
        self._watch(Progress(Phase.PARSING))
        try:
            refuse_error_text(answer.text)
        except RecognitionError:
            server.report_answer(wrong=True)
            raise
        suspects = self._suspects(answer, asked)
        doubt = _SUSPECT if suspects else None
        if "echoed_prompt" in suspects:
            doubt = _USELESS
        elif "empty" in suspects:
            doubt = None if image.blank else _USELESS
        server.report_answer(wrong=doubt is _USELESS)
        if own is not None and own.template and not answer.warnings:  # asking once more would not change it
            suspects = (*suspects, *template_suspects(answer.text, own.template))
            answer = replace(answer, text=as_code(answer.text))
        return Reading(answer, rung, server.url, suspects, doubt)

    def _suspects(self, answer: Answer, asked: str) -> tuple[str, ...]:
        found = find_suspects(answer.text, formatted=answer.formatted, prompt=asked, mode=self._job.mode)
        return tuple(found)

    def _picture(self, most_pixels: int) -> Picture:
        """The page as the server gets it; a small one is drawn or decoded in half the time of a large one."""
        if most_pixels not in self._pictures:
            self._pictures[most_pixels] = picture(self._job.page, self._token, most_pixels)
        return self._pictures[most_pixels]

    def _limit_s(self, rung: Rung, server: ServerEngine, pixels: int) -> float:
        """How long the server may read without progress; on the last rung only the job's deadline counts."""
        if not self._follows(rung, server, _TOO_SLOW):
            return math.inf
        patience_s = server.pace.patience_s(pixels)
        return reading_s(rung, pixels, self._job.limits, patience_s, self._token.remaining_s())
