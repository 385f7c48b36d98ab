"""Two hundred pages in the window, with cancels in between."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.rows import RowState
from tests.gui.conftest import OpenWindow
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

_PAGES, _CANCELS = 200, 20


def test_20_of_200_are_cancelled_and_none_else_is_harmed(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    """Cancelled by the action of the selected row, whatever they are doing, each when so many pages have ended.

    One that was read in that very moment is read.
    """
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(_PAGES):
        numbered_image(folder, number)
    server.control(delay_s=0.2)
    window = open_window(Settings(server_url=server.url, lanes=8))
    chance = random.Random(11)
    cancel = window.findChild(QAction, "cancelAction")
    assert cancel is not None
    moments = sorted(chance.sample(range(_PAGES * 3 // 4), _CANCELS))
    chosen: set[str] = set()

    def on_counted(ended: int, _total: int) -> None:
        while moments and moments[0] <= ended:
            del moments[0]
            active = [row for row in window.model.pages() if row.state.active and row.name not in chosen]
            row = chance.choice(active)
            chosen.add(row.name)
            window.view.show_row(row)
            window.commands.check()
            cancel.trigger()

    window.intake.add_paths([str(folder)])
    qtbot.waitUntil(lambda: window.model.counts.total() == _PAGES)
    window.reading.counted.connect(on_counted)
    qtbot.waitUntil(lambda: window.reading.active == 0)

    assert len(chosen) == _CANCELS
    cancelled = {row.name for row in window.model.pages() if row.state is RowState.CANCELLED}
    assert cancelled <= chosen
    assert len(cancelled) > _CANCELS / 2
    assert window.model.counts[RowState.DONE] == _PAGES - len(cancelled)
    for row in window.model.pages():
        if row.state is RowState.DONE:
            assert row.result is not None
            assert row.result.text == f"Text Recognition: {Path(row.name).stem}"
    assert server.queue_size() == 0
