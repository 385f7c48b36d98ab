"""How fast pages are read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics import amounts
from glmocr_desktop.gui.metrics.cards import Card, put
from glmocr_desktop.gui.metrics.metric_words import OUTCOME_LOOKS, ago_words, outcome_word
from glmocr_desktop.gui.metrics.time_chart import Series, TimeChart
from glmocr_desktop.jobs.metrics import Sample, Snapshot


class SpeedCard(Card):
    """Pages a second over time, by how they ended.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = self.add_line()
        self._chart = TimeChart("speedChart", self._words_at, amounts.per_second, stacked=True, floor=0.1, parent=self)
        self.add(self._chart, 1)
        self._samples: tuple[Sample, ...] = ()
        on_language(self, self._say_words)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was measured."""
        self._samples = snapshot.samples
        put(self._rate, amounts.per_second(snapshot.pages_per_s))
        series = [
            Series(hue, [each.ended.get(outcome, 0) / _length_s(each) for each in self._samples])
            for outcome, (_icon, hue) in OUTCOME_LOOKS.items()
            if snapshot.outcomes.get(outcome)
        ]
        span = (snapshot.at_s - snapshot.range_s, snapshot.at_s)
        moments = [each.at_s for each in self._samples]
        self._chart.show_series(span, moments, series, ago_words(snapshot.range_s))

    def _words_at(self, index: int) -> str:
        sample = self._samples[index]
        ended = sample.ended
        lines = [amounts.per_second(sum(ended.values()) / _length_s(sample))]
        lines += [f"{outcome_word(each)}: {amounts.whole(ended[each])}" for each in OUTCOME_LOOKS if ended.get(each)]
        return "\n".join(lines)

    def _say_words(self) -> None:
        self.heading.setText(self.tr("Speed"))
        self._chart.setAccessibleName(self.tr("Pages per second over time"))


def _length_s(sample: Sample) -> float:
    """How long a sample counts for: one that has just begun would make a page look like hundreds a second."""
    return max(1.0, sample.length_s)
