"""What the screens show at one moment."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage

_SAMPLE = QSize(64, 64)


@dataclass(frozen=True, slots=True)
class Still:
    """A screen as it looked.

    Attributes:
        screen: Its name.
        place: Where it is, in the measure of windows.
        image: What it showed, pixel by pixel.
    """

    screen: str
    place: QRect
    image: QImage

    def part(self, area: QRect) -> QImage:
        """The pixels of an area; none where it is not on the screen."""
        return self.image.copy(area) if self.image.rect().contains(area) else QImage()


def take_stills() -> list[Still]:
    """What every screen shows now; empty when the system does not let itself be looked at.

    Thread: GUI.
    """
    stills: list[Still] = []
    for screen in QGuiApplication.screens():
        image = screen.grabWindow(0).toImage()
        image.setDevicePixelRatio(1)
        if not image.isNull():
            stills.append(Still(screen.name(), screen.geometry(), image))
    refused = sys.platform == "darwin" and all(_is_black(each.image) for each in stills)
    return [] if refused else stills


def _is_black(image: QImage) -> bool:
    """Whether a screen shows nothing, which no screen does when it may be looked at."""
    sample = image.scaled(_SAMPLE, mode=Qt.TransformationMode.FastTransformation)
    sample = sample.convertToFormat(QImage.Format.Format_Grayscale8)
    return not any(bytes(sample.constBits()))
