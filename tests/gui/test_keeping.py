"""What was on the desk is there again at the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Cut, Mode, Region
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.results.blocks import with_text
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, drop, files_mime, names, page, rendered, states, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

Begin = Callable[..., MainWindow]


@pytest.fixture
def begin(open_window: OpenWindow, qtbot: QtBot, server: ServerProcess, tmp_path: Path) -> Begin:
    """A start of the program: the window has the documents of the last one."""

    def start(**more: object) -> MainWindow:
        settings = Settings(**{"server_url": server.url, "probe_interval_s": 0.2, "lanes": 2} | more)  # type: ignore[arg-type]
        window = open_window(settings)
        with qtbot.waitSignal(window.keeping.restored):
            window.keeping.begin(tmp_path / "data" / "documents.db")
        return window

    return start


def _leave(qtbot: QtBot, window: MainWindow) -> None:
    window.quit_now()
    qtbot.waitUntil(lambda: window.tasks.running == 0)


def test_a_desk_as_it_was(qtbot: QtBot, begin: Begin, server: ServerProcess, tmp_path: Path) -> None:
    """Results, corrections, other answers, regions, cuts, turns and what was paused; nothing is read twice."""
    first = begin()
    drop(first, files_mime([numbered_image(tmp_path, number) for number in range(3)]))
    wait_for_states(qtbot, first, "Done", "Done", "Done")
    rows = list(first.model.pages())
    result = rows[0].result
    assert result is not None
    first.model.correct(rows[0], with_text(result, "corrected by hand"))
    first.model.cut(rows[1], Cut(90))
    first.reading.read_regions(rows[2], [(Region(0, 0, 0.5, 0.5), Mode.TABLE)])
    qtbot.waitUntil(lambda: states(first) == ["Done"] * 4)
    first.reading.read([rows[0]], Mode.FORMULA)
    qtbot.waitUntil(lambda: states(first) == ["Done"] * 4 and rows[0].other is not None)
    first.reading.pause_all(True)
    first.model.check(rows[1])
    drop(first, files_mime([numbered_image(tmp_path, 8), tmp_path / "none.png"]))
    wait_for_states(qtbot, first, "Done", "Done", "Done", "Done", "Paused", "Failed")
    before = [(row.name, row.page, row.region, row.result, row.other, row.checked) for row in first.model.pages()]
    shown = names(first)
    _leave(qtbot, first)

    read = server.log()
    second = begin()
    assert states(second) == ["Done", "Done", "Done", "Done", "Paused", "Failed"]
    after = [(row.name, row.page, row.region, row.result, row.other, row.checked) for row in second.model.pages()]
    assert after == before
    assert names(second) == shown
    assert page(second, 0).other is not None
    assert second.engine.all_paused
    qtbot.waitUntil(lambda: "Formula" in rendered(second))  # the first page is selected
    assert server.log() == read
    second.reading.pause_all(False)
    wait_for_states(qtbot, second, "Done", "Done", "Done", "Done", "Done", "Failed")
    second.reading.remove(second.model.documents()[1:])
    _leave(qtbot, second)

    assert states(begin()) == ["Done"]


def test_what_was_not_read_goes_on(qtbot: QtBot, begin: Begin, server: ServerProcess, tmp_path: Path) -> None:
    """Quitting cancels nothing that a person did not cancel; each page is read in the mode that it was added in."""
    server.control(delay_s=30)
    first = begin()
    first.reading.mode = Mode.TABLE
    drop(first, files_mime([numbered_image(tmp_path, number) for number in range(12)]))
    qtbot.waitUntil(lambda: len(server.log()) == 2 and len(states(first)) == 12)
    assert states(first)[-4:] == ["Waiting"] * 4
    first.reading.read_first([page(first, 11)])
    first.reading.read_last([page(first, 8)])
    first.reading.pause([page(first, 9)])
    first.reading.cancel([page(first, 10), page(first, 0)])
    qtbot.waitUntil(lambda: states(first).count("Cancelled") == 2)
    first.close()
    question = first.findChild(QMessageBox, "closingQuestion")
    assert question is not None
    assert "go on when the program is opened again" in question.text()
    with qtbot.waitSignal(first.closed):
        button(question, "Quit").click()
    qtbot.waitUntil(lambda: first.tasks.running == 0)

    server.control()
    (server.folder / "log.txt").unlink()  # of two pages
    second = begin(lanes=1)
    wait_for_states(qtbot, second, "Cancelled", *["Done"] * 8, "Paused", "Cancelled", "Done")
    starts = [line for line in server.log() if line.startswith("start")]
    assert starts[0] == "start 11"
    assert starts[-1] == "start 8"
    assert len(starts) == 9
    done = page(second, 11).result
    assert done is not None
    assert done.text.startswith("Table Recognition:")
