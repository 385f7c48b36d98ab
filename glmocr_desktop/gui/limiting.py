"""Time limits are chosen: for pages to come, or for some pages that are read again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from glmocr_desktop.core.model import Limits
from glmocr_desktop.gui.limits_dialog import LimitsDialog
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.gui.rows import Row


class Limiting(QObject):
    """Asks for limits, and has pages read by them.

    Signals:
        changed(Limits): Pages to come have other limits.

    Thread: GUI.
    """

    changed = Signal(object)

    def __init__(self, window: QWidget, reading: Reading) -> None:
        super().__init__(window)
        self._window = window
        self._reading = reading

    def ask(self) -> None:
        """Ask for the limits of pages to come."""
        what = self.tr("For the pages that are read from now on, until the program ends.")
        self._open(self._reading.limits, what, self.tr("Use")).chosen.connect(self._on_chosen)

    def ask_for(self, rows: list[Row]) -> None:
        """Ask for the limits of some pages, and read them again; what is being read is left alone."""
        pages = [page for row in rows for page in row.pages() if page.page is not None and not page.state.active]
        pages = list(dict.fromkeys(pages))
        if not pages:
            return
        what = self.tr("For {0} pages, each time that they are read again.").format(len(pages))
        if len(pages) == 1:
            what = self.tr("For this page, each time that it is read again.")
        job = pages[0].job
        dialog = self._open(job.limits if job else self._reading.limits, what, self.tr("Read again"))
        dialog.chosen.connect(lambda limits: self._reading.retry(pages, limits))

    def _open(self, limits: Limits, what: str, accept_words: str) -> LimitsDialog:
        dialog = LimitsDialog(limits, self._reading.usual_limits, what, accept_words, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _on_chosen(self, limits: Limits) -> None:
        self._reading.limits = limits
        self.changed.emit(limits)
