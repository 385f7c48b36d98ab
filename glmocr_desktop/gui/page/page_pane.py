"""The middle of the window: the page that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError
from glmocr_desktop.core.model import Cut, Failure, Page, Region
from glmocr_desktop.gui import words
from glmocr_desktop.gui.language import on_language, say
from glmocr_desktop.gui.page.boxes import Box
from glmocr_desktop.gui.page.cut_bar import CutBar
from glmocr_desktop.gui.page.levels import Levels, page_levels, sent_levels
from glmocr_desktop.gui.page.page_tools import PageTools
from glmocr_desktop.gui.page.page_view import PageView
from glmocr_desktop.gui.page.region_bar import RegionBar
from glmocr_desktop.gui.pane_header import PaneHeader
from glmocr_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    import asyncio

_MEGABYTE = 1_000_000


class PagePane(QWidget):
    """Loads and shows a page; the load of a page that is no longer looked at ends at once.

    All of a page is shown, turned as it is read; a frame shows what of it is read.

    Args:
        tasks: Loads pages in the background.
        most_pixels: How large an image a server gets.

    Attributes:
        view: The image.
        tools: What can be done with it.
        region_bar: What can be done with the regions that are drawn.
        cut_bar: Says what of the page is read.

    Signals:
        page_shown(): Another page, or none, is looked at; or its image is there now.

    Thread: GUI.
    """

    page_shown = Signal()

    def __init__(self, tasks: Tasks, most_pixels: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._most_pixels = most_pixels
        self._page: Page | None = None
        self._picture: Page | None = None  # what is loaded, or being loaded
        self._marks: Sequence[Region] = ()
        self._token = CancelToken()
        self._task: asyncio.Task[None] | None = None
        self._levels: Levels | None = None
        self._failure: Failure | None = None
        self._header = PaneHeader(self)
        self.view = PageView(self)
        self.tools = PageTools(self.view, self._header, self)
        self.region_bar = RegionBar(self.view.regions, self)
        self.cut_bar = CutBar(self)
        self._note = QLabel(self.view)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # It lies over the page, which is what the pointer is meant for.
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        self.view.zoomed.connect(self.tools.show_scale)
        self.view.regions.left.connect(lambda: self.tools.regions.setChecked(False))
        self.view.regions.changed.connect(lambda: self.view.setAccessibleDescription(self.region_bar.hint))
        say(self.view.setAccessibleDescription, lambda: self.region_bar.hint)
        self.tools.regions.toggled.connect(self._on_regions_toggled)
        self.tools.boxes.toggled.connect(self._show_or_hide_boxes)
        self.tools.sent.toggled.connect(self._on_sent_toggled)
        self.show_boxes(None)
        on_language(self, self._show_words)

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self.view)
        inner.setContentsMargins(24, 24, 24, 24)
        inner.addWidget(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._header, self.cut_bar, self.region_bar):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)

    @property
    def page(self) -> Page | None:
        """What is looked at."""
        return self._page

    @property
    def turn(self) -> int:
        """How far the page is turned clockwise, as it is shown."""
        return self._page.cut.turn if self._page else 0

    def shows(self, page: Page) -> bool:
        """Whether this page is looked at, whatever of it is read."""
        return self._page is not None and replace(page, cut=self._page.cut) == self._page

    def show_page(self, page: Page | None) -> None:
        """Show a page, or nothing."""
        if page != self._page:
            self._page, self._marks = page, ()
            self._show()

    def show_boxes(self, boxes: Sequence[Box] | None) -> None:
        """Draw outlines of what was read; None when there is no result."""
        self._boxes = boxes or ()
        if boxes is None:
            self.tools.explain_boxes(lambda: self.tr("There is no result to show boxes of"))
        elif not boxes:
            self.tools.explain_boxes(lambda: self.tr("Who read this page does not say where on it the words stand"))
        else:
            self.tools.explain_boxes(None)
        if self._levels is not None:
            self.view.show_boxes(() if self.tools.sent.isChecked() else self._boxes)

    def mark(self, page: Page, regions: Sequence[Region]) -> None:
        """Show where on a page something comes from, as soon as the page is there.

        Args:
            page: As it was read.
            regions: Of what was read of it.
        """
        if not self.shows(page):
            self.show_page(page)
        self._marks = [page.cut.placed(region, self.turn) for region in regions]
        self._show_marks()

    def end_drawing(self) -> None:
        """Forget the regions that were drawn."""
        self.tools.regions.setChecked(False)
        self.view.regions.begin(self.view.picture)

    def close_page(self) -> None:
        """End a load that is on its way."""
        self._token.cancel()

    def restore(self, kept: QSettings) -> None:
        """Stand where it stood before."""
        self.tools.boxes.setChecked(kept.value("boxes", True, bool) is not False)

    def keep(self, kept: QSettings) -> None:
        """Remember how it stands."""
        kept.setValue("boxes", self.tools.boxes.isChecked())

    def tint(self) -> None:
        """Take the colours of another palette."""
        self.view.tint()

    def _show(self) -> None:
        """Load what is to be shown, unless it is there already."""
        page, sent = self._page, self.tools.sent.isChecked()
        wanted = page if sent or page is None else replace(page, cut=Cut(page.cut.turn))
        if wanted is None or wanted != self._picture or sent:
            self._load_picture(wanted, sent=sent)
        else:
            self._show_parts()
        self._show_words()
        self.page_shown.emit()

    def _load_picture(self, picture: Page | None, *, sent: bool) -> None:
        self._token.cancel()
        if self._task is not None:
            self._task.cancel()
        self._token = CancelToken()
        self._picture, self._levels, self._failure = picture, None, None
        self.view.show_page([])
        self.tools.show_page(shown=False)
        if picture is not None:
            self._task = self._tasks.start(self._load(picture, self._token, sent=sent))

    async def _load(self, page: Page, token: CancelToken, *, sent: bool) -> None:
        try:
            if sent:
                levels = await self._tasks.background(sent_levels, page, token, self._most_pixels())
            else:
                levels = await self._tasks.background(page_levels, page, token)
        except JobCancelled:
            return
        except OcrError as error:
            if token is self._token:
                self._failure = Failure.of(error)
                self._show_words()
            return
        if token is self._token:
            self._levels = levels
            self.view.show_page(list(levels.images))
            self.tools.show_page(shown=True)
            self._show_parts()
            self._show_words()
            self.page_shown.emit()

    def _show_parts(self) -> None:
        """Show what is known of places on the page."""
        if self._levels is None or self._page is None:
            return
        sent = self.tools.sent.isChecked()
        self.view.show_frame(None if sent else self._page.cut.region)
        self.view.show_boxes(() if sent else self._boxes)
        self._show_marks()

    def _show_marks(self) -> None:
        self.view.mark(() if self.tools.sent.isChecked() else self._marks)

    def _show_or_hide_boxes(self, shown: bool) -> None:
        self.view.boxes.setVisible(shown)

    def _on_regions_toggled(self, on: bool) -> None:
        self.region_bar.setVisible(on)
        self.view.draw_regions(on)

    def _on_sent_toggled(self, on: bool) -> None:
        if on:
            self.tools.regions.setChecked(False)
        self._picture = None
        self._show()

    # Words

    def _show_words(self) -> None:
        self._header.title.setText(self._title(self._page) if self._page else "")
        self._note.setText(words.failure_words(self._failure) if self._failure else "")

    def _title(self, page: Page) -> str:
        if self._levels is not None and self._levels.sent_bytes is not None:
            return self._sent_words(self._levels, self._levels.sent_bytes)
        if page.count == 1:
            return page.document.name
        return self.tr("{0} · page {1} of {2}").format(page.document.name, page.number, page.count)

    def _sent_words(self, levels: Levels, size_bytes: int) -> str:
        image, locale = levels.images[0], self.locale()
        width, height = locale.toString(image.width()), locale.toString(image.height())
        if size_bytes < _MEGABYTE // 10:
            text, size = self.tr("As sent: {0} × {1} pixels, {2} kB"), locale.toString(max(1, size_bytes // 1000))
        else:
            text, size = self.tr("As sent: {0} × {1} pixels, {2} MB"), locale.toString(size_bytes / _MEGABYTE, "f", 1)
        return text.format(width, height, size)
