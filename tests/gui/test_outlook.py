"""What the line at the bottom says is true when nothing is left to be read."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.screen import drop, files_mime, label, states
from tests.support.pages import numbered_image


def test_all_are_counted_in_the_moment_in_which_the_last_one_has_ended(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    said: list[tuple[int, str]] = []
    window.reading.counted.connect(lambda ended, _total: said.append((ended, label(window, "progressLabel"))))
    drop(window, files_mime([numbered_image(tmp_path, number) for number in range(3)]))
    qtbot.waitUntil(lambda: states(window) == ["Done"] * 3)
    qtbot.waitUntil(lambda: any(ended == 3 for ended, _ in said))
    assert next(text for ended, text in said if ended == 3).startswith("3 of 3")
