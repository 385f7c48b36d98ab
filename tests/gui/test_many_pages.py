"""Two hundred pages in the window, with cancels in between."""

from __future__ import annotations

import random
from collections import Counter
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
    """Cancelled by the action of the selected row, whatever they are doing, each when so many pages have ended."""
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

    def on_counted(ended: int, _total: int) -> None:
        while moments and moments[0] <= ended:
            del moments[0]
            window.view.show_row(chance.choice([row for row in window.model.pages() if row.state.active]))
            window.commands.check()
            cancel.trigger()

    window.intake.add_paths([str(folder)])
    qtbot.waitUntil(lambda: window.model.counts.total() == _PAGES)
    window.reading.counted.connect(on_counted)
    qtbot.waitUntil(lambda: window.reading.active == 0)

    states = Counter(row.state for row in window.model.pages())
    assert states == {RowState.DONE: _PAGES - _CANCELS, RowState.CANCELLED: _CANCELS}
    for row in window.model.pages():
        if row.state is RowState.DONE:
            assert row.result is not None
            assert row.result.text == f"Text Recognition: {Path(row.name).stem}"
    assert server.queue_size() == 0
