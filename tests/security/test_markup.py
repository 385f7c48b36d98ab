"""What others say stays words in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.pane_header import ElidedLabel


@pytest.mark.parametrize("name", ["<b>bold.png", "<img src=http://evil.example/x.png>"])
def test_a_shortened_name_is_shown_whole_as_it_is(qtbot: QtBot, name: str) -> None:
    """Qt takes a tooltip for markup when it looks like it."""
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(name * 20)
    label.resize(60, 20)
    label.show()
    qtbot.waitUntil(lambda: bool(label.toolTip()))
    assert "&lt;" in label.toolTip()
    assert name[:4] not in label.toolTip()
