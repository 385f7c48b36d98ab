"""Many files dropped at once on a real window without a screen: each row has to end, and the window goes on."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError
from glmocr_desktop.core.model import Engine, EngineChoice, Failure, Job, JobState, Progress, Result, Rung
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import picture
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.results.blocks import parse

_ENDED = (RowState.DONE, RowState.FAILED, RowState.TIMED_OUT, RowState.CANCELLED, RowState.LOCKED)
_LIMIT_S = 1_800.0
_UPLOAD_PIXELS = 4_000_000


def dropped_at_once(paths: Sequence[Path]) -> int:
    """Drop files on a window whose server reads whatever can be sent to it; how many promises were broken."""
    app = QApplication.instance() or QApplication([])
    loop = QEventLoop(app)
    with loop:
        return loop.run_until_complete(_dropped(paths))


def _send(job: Job, token: CancelToken, _voice: Callable[[Progress], None]) -> Result:
    """Make a page ready to be sent, and answer in the place of the server. Thread: pool."""
    begun = time.monotonic()
    try:
        sent = picture(job.page, token, _UPLOAD_PIXELS)
    except JobCancelled as error:
        return Result(job, JobState.CANCELLED, time.monotonic() - begun, error=Failure.of(error))
    except OcrError as error:
        return Result(job, JobState.FAILED, time.monotonic() - begun, error=Failure.of(error))
    text = f"{sent.pixels} pixels"
    return Result(
        job,
        JobState.DONE,
        time.monotonic() - begun,
        engine=Engine.SERVER,
        rung=Rung.FIRST,
        text=text,
        blocks=tuple(parse(text)),
    )


async def _dropped(paths: Sequence[Path]) -> int:
    folder = Path(tempfile.mkdtemp())
    engine = JobEngine(Settings(engine=EngineChoice.SERVER, server_url="http://127.0.0.1:9"))
    engine._pipeline.run = _send  # type: ignore[method-assign]  # noqa: SLF001
    window = MainWindow(engine, folder / "config", folder / "data")
    window.show()
    await asyncio.sleep(0.5)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path.absolute())) for path in paths])
    opening: list[bool] = []
    window.intake.opening_changed.connect(opening.append)
    begun = time.monotonic()
    window.intake.add_mime(mime)
    counts = window.model.counts
    while time.monotonic() - begun < _LIMIT_S:
        await asyncio.sleep(0.5)
        if opening and not opening[-1] and sum(counts[each] for each in _ENDED) == counts.total() > 0:
            break
    left = counts.total() - sum(counts[each] for each in _ENDED)
    took_s = time.monotonic() - begun
    print(f"\nwindow: {len(paths)} files dropped at once, {counts.total()} rows, {left} did not end, {took_s:.0f} s")
    for state, count in Counter(dict(counts)).most_common():
        print(f"  {count:4}  {state.name.lower()}")
    window.close()
    await asyncio.sleep(3)
    return left + (counts.total() < 1)
