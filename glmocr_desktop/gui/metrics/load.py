"""What is in use: places at the servers, and memory."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics import amounts
from glmocr_desktop.gui.metrics.cards import Card, put
from glmocr_desktop.gui.metrics.metric_words import ago_words
from glmocr_desktop.gui.metrics.time_chart import Series, TimeChart
from glmocr_desktop.gui.theme import css
from glmocr_desktop.jobs.metrics import Sample, Snapshot

_MEGABYTE = 1 << 20


class PlacesCard(Card):
    """How many places at the servers are in use, and how many pages wait for one.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used = self.add_line()
        self._used.setTextFormat(Qt.TextFormat.RichText)
        self._chart = TimeChart("placesChart", self._words_at, self._highest_words, stacked=False, parent=self)
        self.add(self._chart, 1)
        self._queued = self.add_line()
        self._samples: tuple[Sample, ...] = ()
        on_language(self, self._say_words)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was seen."""
        self._samples = snapshot.samples
        pools = [each.pool for each in snapshot.servers]
        in_use, lanes = sum(each.in_use for each in pools), sum(each.lanes for each in pools)
        waiting, opened = sum(each.waiting for each in pools), sum(each.opened for each in pools)
        parts = self._place_words(in_use, lanes, waiting)
        put(self._used, " · ".join(map(self._marked, ("blue", "amber"), parts)))
        queued = self._samples[-1].queued if self._samples else 0
        sentence = self.tr("{0} in the queue here · {1} sockets opened")
        put(self._queued, sentence.format(amounts.whole(queued), amounts.whole(opened)))
        series = [
            Series("grey", [each.lanes for each in self._samples]),
            Series("amber", [each.waiting for each in self._samples]),
            Series("blue", [each.in_use for each in self._samples]),
        ]
        span = (snapshot.at_s - snapshot.range_s, snapshot.at_s)
        self._chart.show_series(span, [each.at_s for each in self._samples], series, ago_words(snapshot.range_s))

    def _place_words(self, in_use: int, lanes: int, waiting: int) -> tuple[str, str]:
        used = self.tr("{0} of {1} in use").format(amounts.whole(in_use), amounts.whole(lanes))
        return used, self.tr("{0} waiting").format(amounts.whole(waiting))

    def _marked(self, hue: str, text: str) -> str:
        """Words behind a mark in the colour of their line."""
        return f"<span style='color:{css(words.hue(hue, self.palette()))}'>■</span> {escape(text)}"

    def _words_at(self, index: int) -> str:
        sample = self._samples[index]
        lines = self._place_words(sample.in_use, sample.lanes, sample.waiting)
        return "\n".join([*lines, self.tr("{0} in the queue here").format(amounts.whole(sample.queued))])

    @staticmethod
    def _highest_words(value: float) -> str:
        return amounts.whole(round(value))

    def _say_words(self) -> None:
        self.heading.setText(self.tr("Places at the server"))
        self._chart.setAccessibleName(self.tr("Places in use, and pages that wait, over time"))


class MemoryCard(Card):
    """How much memory the program takes, with its helper for offline reading.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = self.add_line()
        self._chart = TimeChart(
            "memoryChart", self._words_at, self._size_words, stacked=False, floor=100.0, parent=self
        )
        self.add(self._chart, 1)
        self._samples: tuple[Sample, ...] = ()
        on_language(self, self._say_words)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was seen."""
        self._samples = snapshot.samples
        put(self._now, amounts.data_size(snapshot.memory_bytes))
        values = [each.memory_bytes / _MEGABYTE for each in self._samples]
        span = (snapshot.at_s - snapshot.range_s, snapshot.at_s)
        moments = [each.at_s for each in self._samples]
        self._chart.show_series(span, moments, [Series("violet", values)], ago_words(snapshot.range_s))

    def _words_at(self, index: int) -> str:
        return amounts.data_size(self._samples[index].memory_bytes)

    @staticmethod
    def _size_words(megabytes: float) -> str:
        return amounts.data_size(round(megabytes * _MEGABYTE))

    def _say_words(self) -> None:
        self.heading.setText(self.tr("Memory"))
        self._chart.setAccessibleName(self.tr("Memory over time"))
