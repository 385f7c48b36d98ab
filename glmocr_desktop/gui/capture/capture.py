"""From a key to a page: the window steps aside, an area of the screen is chosen, and its pixels are read."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QRect, QSettings, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui.capture.overlay import Overlay
from glmocr_desktop.gui.capture.portal import Portal
from glmocr_desktop.gui.capture.stills import Still, take_stills
from glmocr_desktop.gui.foreground import bring_to_front
from glmocr_desktop.gui.intake import Intake
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine

_SETTLE_MS = 300  # until what was below a window or menu has been painted, and a desktop's own animation is over


class Capture(QObject):
    """Captures one area at a time, and remembers the last.

    Args:
        window: Hides meanwhile, if the settings say so, and is in front afterwards.
        engine: Has the settings.
        tasks: Runs what takes time.
        intake: Takes the picture.
        kept: Where the last area is remembered.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, engine: JobEngine, tasks: Tasks, intake: Intake, kept: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._engine = engine
        self._tasks = tasks
        self._intake = intake
        self._kept = kept
        self._overlays: list[Overlay] = []
        self._running = False
        self._again = False
        self._minimized = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._on_settled)
        self._portal = Portal(self)
        self._portal.taken.connect(self._on_taken)
        self._portal.cancelled.connect(self._on_cancelled)
        self._portal.refused.connect(self._refuse)

    def begin(self) -> None:
        """Let an area be chosen, and read it."""
        self._start(again=False)

    def repeat(self) -> None:
        """Read the same area again; it is chosen anew where there is none, or its screen is gone."""
        self._start(again=True)

    def close(self) -> None:
        """End a capture, without a picture; the window stays as it is."""
        self._settling.stop()
        self._portal.close()
        overlays, self._overlays = self._overlays, []
        for overlay in overlays:
            overlay.hide()
            overlay.deleteLater()
        self._running = False

    def _start(self, *, again: bool) -> None:
        if self._running:
            return
        self._running, self._again = True, again
        self._minimized = self._window.isMinimized()
        seen = self._window.isVisible() and not self._minimized
        if seen and self._engine.settings.capture_hides_window:
            self._window.hide()
        self._settling.start(_SETTLE_MS if seen else 0)

    def _on_settled(self) -> None:
        if QGuiApplication.platformName().startswith("wayland"):
            self._portal.ask()
            return
        stills = take_stills()
        if not stills:
            self._refuse(self._nothing_words())
        elif not (self._again and self._capture_last(stills)):
            self._show_overlays(stills)

    def _nothing_words(self) -> str:
        if sys.platform == "darwin":
            return self.tr(
                "macOS did not let this program see the screen. Allow it in the system settings, under Privacy & "
                "Security, Screen Recording, and start the program again."
            )
        return self.tr("The system did not let this program see the screen, so nothing was captured.")

    def _capture_last(self, stills: list[Still]) -> bool:
        image = next(
            (each.part(self._last(each.screen)) for each in stills if not self._last(each.screen).isNull()), QImage()
        )
        if image.isNull():
            return False
        self._finish(image)
        return True

    def _last(self, screen: str) -> QRect:
        """The last area, if it was on this screen."""
        area = self._kept.value("capture/area")
        return area if isinstance(area, QRect) and self._kept.value("capture/screen") == screen else QRect()

    def _show_overlays(self, stills: list[Still]) -> None:
        for still in stills:
            overlay = Overlay(still, self._last(still.screen))
            overlay.chosen.connect(self._on_chosen)
            overlay.cancelled.connect(self._on_cancelled)
            self._overlays.append(overlay)
            if sys.platform == "darwin":  # a full screen would be a space of its own there, with an animation
                overlay.show()
            else:
                overlay.showFullScreen()
        pointed = next((each for each in self._overlays if each.geometry().contains(QCursor.pos())), self._overlays[0])
        pointed.raise_()
        pointed.activateWindow()
        pointed.setFocus()

    def _on_chosen(self, still: Still, area: QRect) -> None:
        self._kept.setValue("capture/screen", still.screen)
        self._kept.setValue("capture/area", area)
        self._finish(still.part(area))

    def _on_taken(self, path: str) -> None:
        self._tasks.start(self._load(path))

    async def _load(self, path: str) -> None:
        self._finish(await self._tasks.background(QImage, path))

    def _on_cancelled(self) -> None:
        minimized = self._minimized
        self.close()
        if not minimized:
            self._window.show()

    def _finish(self, image: QImage) -> None:
        self._bring_back()
        self._intake.add_image(image)

    def _refuse(self, text: str) -> None:
        self._bring_back()
        self._intake.refused.emit(text)

    def _bring_back(self) -> None:
        self.close()
        bring_to_front(self._window)
