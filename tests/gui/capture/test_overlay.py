"""An area is chosen on a screen that stands still, by pointer and by keyboard, to the pixel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.capture.overlay import Overlay
from glmocr_desktop.gui.capture.stills import Still

_LEFT = Qt.MouseButton.LeftButton


def _still(ratio: float) -> Still:
    """A screen of 400 × 300 whose pixels are of a finer measure."""
    image = QImage(round(400 * ratio), round(300 * ratio), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return Still("one", QRect(0, 0, 400, 300), image)


class _Choosing:
    """An overlay, and what it told."""

    def __init__(self, qtbot: QtBot, ratio: float = 1.0, last: QRect | None = None) -> None:
        self.overlay = Overlay(_still(ratio), last or QRect())
        self.areas: list[QRect] = []
        self.cancelled = 0
        qtbot.addWidget(self.overlay)
        self.overlay.chosen.connect(lambda _still, area: self.areas.append(QRect(area)))
        self.overlay.cancelled.connect(self._on_cancelled)
        self.overlay.resize(400, 300)
        self.overlay.show()

    def drag(self, *places: tuple[int, int]) -> None:
        first, *rest = (QPoint(*place) for place in places)
        QTest.mousePress(self.overlay, _LEFT, pos=first)
        for place in rest:
            QTest.mouseMove(self.overlay, place)
        QTest.mouseRelease(self.overlay, _LEFT, pos=rest[-1])

    def keys(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.overlay, key, modifier)

    def _on_cancelled(self) -> None:
        self.cancelled += 1


def test_a_drag_takes_every_pixel_that_it_touched(qtbot: QtBot) -> None:
    """In any direction, and not beyond the screen."""
    choosing = _Choosing(qtbot)
    choosing.drag((10, 20), (60, 90), (109, 69))
    choosing.drag((109, 69), (10, 20))
    choosing.drag((390, 290), (500, 290), (500, 400))
    assert choosing.areas == [QRect(10, 20, 100, 50), QRect(10, 20, 100, 50), QRect(390, 290, 10, 10)]


def test_on_a_fine_screen_an_area_counts_its_own_pixels(qtbot: QtBot) -> None:
    choosing = _Choosing(qtbot, ratio=1.5)
    choosing.drag((10, 20), (110, 70))
    assert choosing.areas == [QRect(15, 30, 151, 76)]


def test_a_click_is_no_area(qtbot: QtBot) -> None:
    choosing = _Choosing(qtbot)
    choosing.drag((10, 20), (11, 21))
    assert choosing.areas == []
    QTest.mouseClick(choosing.overlay, Qt.MouseButton.RightButton, pos=QPoint(5, 5))
    assert choosing.cancelled == 1


def test_everything_can_be_done_by_keyboard(qtbot: QtBot) -> None:
    choosing = _Choosing(qtbot)
    key, shift, control = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    choosing.keys(key.Key_Return)  # suggests the middle
    choosing.keys(key.Key_Left, key.Key_Up)
    choosing.keys(key.Key_Right, key.Key_Down, modifier=shift)
    choosing.keys(key.Key_Right, modifier=control)
    choosing.keys(key.Key_Enter)
    assert choosing.areas == [QRect(109, 74, 201, 151)]
    choosing.keys(*[key.Key_Left] * 20, modifier=control)
    choosing.keys(*[key.Key_Up] * 20, modifier=control | shift)
    choosing.keys(key.Key_Return)
    assert choosing.areas[1] == QRect(0, 74, 201, 4)
    choosing.keys(key.Key_Escape)
    assert choosing.cancelled == 1


@pytest.mark.parametrize(("last", "taken"), [(QRect(1, 2, 30, 40), True), (QRect(390, 0, 30, 40), False)])
def test_enter_takes_the_last_area_if_it_is_still_there(qtbot: QtBot, last: QRect, taken: bool) -> None:
    choosing = _Choosing(qtbot, last=last)
    choosing.keys(Qt.Key.Key_Return)
    assert choosing.areas == ([last] if taken else [])


def test_the_area_is_seen_as_it_is_and_the_rest_dimmed(qtbot: QtBot) -> None:
    choosing = _Choosing(qtbot, last=QRect(100, 100, 100, 100))
    seen = choosing.overlay.grab().toImage()
    assert seen.pixelColor(150, 150) == QColor("white")
    assert seen.pixelColor(20, 250).lightness() < 160
