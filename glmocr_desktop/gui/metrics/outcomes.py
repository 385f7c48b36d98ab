"""How pages ended."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics import amounts
from glmocr_desktop.gui.metrics.cards import Card, put
from glmocr_desktop.gui.metrics.figure_table import FigureTable
from glmocr_desktop.gui.metrics.figures import Column, Figure
from glmocr_desktop.gui.metrics.metric_words import OUTCOME_LOOKS, outcome_word
from glmocr_desktop.jobs.metrics import Outcome, Snapshot


class OutcomesCard(Card):
    """How many pages ended how: in the range that is shown, and since the last reset.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = FigureTable(
            "outcomesTable",
            lambda: self.tr("How pages ended"),
            [
                Column(numbers=False),
                Column(lambda: self.tr("pages"), partial(amounts.whole, 88_888)),
                Column(lambda: self.tr("share"), partial(amounts.share, 888.8, 100)),
                Column(lambda: self.tr("in all"), partial(amounts.whole, 88_888)),
            ],
            self,
        )
        self.add(self._table)
        self._since = self.add_line()
        self.add_stretch()
        on_language(self, lambda: self.heading.setText(self.tr("Outcomes")))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was counted."""
        total = sum(snapshot.outcomes.values())
        self._table.show_rows([self._row(each, snapshot, total) for each in OUTCOME_LOOKS])
        put(self._since, self.tr("In all: since {0}").format(amounts.clock(snapshot.since_s)))

    @staticmethod
    def _row(outcome: Outcome, snapshot: Snapshot, total: int) -> tuple[Figure, ...]:
        icon, hue = OUTCOME_LOOKS[outcome]
        count, ever = snapshot.outcomes.get(outcome, 0), snapshot.totals.get(outcome, 0)
        return (
            Figure(outcome_word(outcome), icon, hue),
            Figure(amounts.whole(count)),
            Figure(amounts.share(count, total)),
            Figure(amounts.whole(ever)),
        )
