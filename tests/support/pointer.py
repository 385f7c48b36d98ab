"""The real window, in which a real pointer zooms, moves and marks a page: ``python pointer.py IMAGE``.

Prints what came of it as one JSON object. The display has to be there, with xdotool.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QToolButton
from qasync import QEventLoop

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.jobs.engine import JobEngine

_PATIENCE = 600


async def _until(done: object) -> None:
    for _ in range(_PATIENCE):
        if done():  # type: ignore[operator]
            return
        await asyncio.sleep(0.05)
    raise SystemExit("it took too long")


async def _do(*what: object) -> None:
    await asyncio.to_thread(subprocess.run, ["xdotool", *map(str, what)], check=True)


def _drag(x: int, y: int, by: int) -> list[object]:
    moves = [part for step in (1, 2, 3) for part in ("mousemove", x + by * step // 3, y + by * step // 3, "sleep", 0.1)]
    return ["mousemove", x, y, "mousedown", 1, "sleep", 0.1, *moves, "mouseup", 1]


async def _use(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(JobEngine(Settings(engine=EngineChoice.OFFLINE)), Path(folder), Path(folder))
        window.move(0, 0)
        window.show()
        window.intake.add_paths([path])
        view = window.page_pane.view
        await _until(lambda: window.model.rowCount() and not view.sceneRect().isEmpty())
        window.reading.cancel_all()
        centre = view.viewport().mapToGlobal(view.viewport().rect().center()).toTuple()
        fitted = view.scale_now
        await _do("mousemove", *centre, "keydown", "ctrl", "click", 4, "click", 4, "click", 4, "keyup", "ctrl")
        await _until(lambda: view.scale_now > 1.5 * fitted)
        left = view.horizontalScrollBar().value()
        await _do(*_drag(*centre, -60))
        await _until(lambda: view.horizontalScrollBar().value() > left)
        view.fit()
        regions = window.findChild(QToolButton, "regionsButton")
        assert isinstance(regions, QToolButton)
        regions.defaultAction().setChecked(True)
        await _do(*_drag(centre[0] - 60, centre[1] - 60, 120))
        await _until(lambda: view.regions.parts)
        print(json.dumps({"regions": len(view.regions.parts)}), flush=True)
        window.quit_now()
        await window.tasks.ended()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    loop = QEventLoop(app)
    with loop:
        loop.run_until_complete(_use(sys.argv[1]))
