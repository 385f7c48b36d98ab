"""Does a server read? It has to prove it when its answers make one doubt."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Mode
from glmocr_desktop.recognition.canary import CanaryReport, read_canaries

_log = logging.getLogger(__name__)
_DOUBTS = 3  # useless answers in a row: one page may be to blame, three are not
_AGAIN_S = 60.0


class Proof:
    """Lets a server read pages whose text is known.

    Args:
        read: Reads a PNG in a mode.
        report: Told how it went.
        limit_s: How long one proof may take.

    Thread: any.
    """

    def __init__(
        self,
        read: Callable[[bytes, Mode, CancelToken], str],
        report: Callable[[CanaryReport], None],
        limit_s: float,
    ) -> None:
        self._read = read
        self._report = report
        self._limit_s = limit_s
        self._doubts = 0
        self._running = threading.Lock()
        self._proved_at_s = 0.0

    def run(self, token: CancelToken) -> None:
        """Let it prove itself now; blocks until it is done.

        Raises:
            JobCancelled: The token was cancelled.
            JobTimeout: The token's deadline passed.
        """
        self._report(read_canaries(lambda png, mode: self._read(png, mode, token), token))

    def answered(self, *, wrong: bool) -> None:
        """Count the server's answers: after several useless ones it has to prove itself."""
        self._doubts = self._doubts + 1 if wrong else 0
        if self._doubts >= _DOUBTS:
            self._run_soon()

    def repeat(self) -> None:
        """A server that failed to prove itself gets another chance each minute."""
        if time.monotonic() - self._proved_at_s > _AGAIN_S:
            self._run_soon()

    def forget(self) -> None:
        """The server was started anew."""
        self._doubts = 0

    def _run_soon(self) -> None:
        """Prove on a thread of its own, unless that is under way."""
        if self._running.acquire(blocking=False):
            self._doubts = 0
            self._proved_at_s = time.monotonic()
            threading.Thread(target=self._run_alone, name="proof", daemon=True).start()

    def _run_alone(self) -> None:
        token = CancelToken()
        token.start(self._limit_s)
        try:
            self.run(token)
        except OcrError as error:
            _log.info("A server could not prove that it reads: %s", error)
        finally:
            self._running.release()
