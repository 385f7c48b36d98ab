"""Why was this slow? What the time of one page went into, from the first moment to the last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from glmocr_desktop.core.model import Attempt, Phase, Result, Span
from glmocr_desktop.gui import words
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics import amounts
from glmocr_desktop.gui.metrics.cards import Card, CardFlow
from glmocr_desktop.gui.metrics.figure_table import FigureTable
from glmocr_desktop.gui.metrics.figures import Bar, Column, Figure
from glmocr_desktop.gui.metrics.metric_words import PHASE_HUES, phase_word, rung_word
from glmocr_desktop.gui.rows import Row

_TRY, _SERVER = 1, 2
_ROOM_FOR_ALL_PX = 640  # in a narrower column, the try and the server are in the tooltips only
_LEAST_TIME_LINE_PX = 96


class Waterfall(QScrollArea):
    """A bar for each thing that a page's job did, on one axis of time, and what each try came to.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waterfall")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row: Row | None = None
        flow = CardFlow(self)
        body = Card(flow)
        flow.add(body)
        self._name = body.heading
        self._name.setObjectName("waterfallTitle")
        self._sum = self._line(body, "waterfallSummary")
        self._longest_s = 0.0
        self._table = FigureTable(
            "waterfallTable",
            lambda: self.tr("Where the time of this page went"),
            [
                Column(lambda: self.tr("Step"), numbers=False),
                Column(lambda: self.tr("Try"), numbers=False),
                Column(lambda: self.tr("Where"), numbers=False),
                Column(self._axis_words, numbers=False, rest=True),
                Column(lambda: self.tr("Time"), partial(amounts.seconds, 88.8)),
            ],
            body,
            least_rest_px=_LEAST_TIME_LINE_PX,
        )
        body.add(self._table)
        self._tries = self._line(body, "waterfallTries")
        body.add_stretch()
        self.setWidget(flow)
        on_language(self, self._show)

    def show_row(self, row: Row | None) -> None:
        """Show another page, or the same one as it is now."""
        self._row = row
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow column has no room for every word."""
        super().resizeEvent(event)
        self._table.hide_columns({_TRY, _SERVER} if self.width() < _ROOM_FOR_ALL_PX else set())

    @staticmethod
    def _line(card: Card, name: str) -> QLabel:
        line = card.add_line()
        line.setObjectName(name)
        line.setWordWrap(True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return line

    def _show(self) -> None:
        row = self._row
        result = row.result if row else None
        spans = result.spans if result else ()
        self._longest_s = max((each.began_s + each.elapsed_s for each in spans), default=0.0)
        self._name.setText(self._title())
        self._name.setVisible(row is not None)
        self._sum.setText(self._sum_words(result) if result and spans else self._silence_words())
        self._table.show_rows([self._figures(each) for each in spans])
        self._table.retitle()
        self._table.setVisible(bool(spans))
        tries = [self._try_words(number, each) for number, each in enumerate(result.attempts if result else (), 1)]
        self._tries.setText("\n".join(tries))
        self._tries.setVisible(bool(tries))

    def _title(self) -> str:
        row = self._row
        if row is None:
            return ""
        name = row.name
        if row.page is not None and row.page.count > 1:
            name = self.tr("{0}, page {1}").format(name, row.page.number)
        return f"{name} · {words.state_word(row.state)}"

    def _silence_words(self) -> str:
        """Why there is nothing to show."""
        row = self._row
        if row is None:
            return self.tr("Choose a page to see where its time went.")
        if row.children:
            return self.tr("Choose one of the pages of this document to see where its time went.")
        if row.state.active:
            return self.tr("This page is not read yet. When it is, you see here where its time went.")
        if row.result is None:
            return self.tr("This page was not read.")
        return self.tr("It is not known where the time of this page went.")

    def _sum_words(self, result: Result) -> str:
        """How long it took, and what most of the time went into."""
        total_s = result.elapsed_s
        whole = self.tr("{0} in all.").format(amounts.seconds(total_s))
        sums = _sums(result.spans)
        phase = max(sums, key=lambda each: sums[each])
        most = self.tr("Most of it went into: {0} ({1}, {2}).").format(
            phase_word(phase), amounts.seconds(sums[phase]), amounts.share(sums[phase], sum(sums.values()))
        )
        return f"{whole} {most}"

    def _figures(self, span: Span) -> tuple[Figure, ...]:
        hue, word, rung = PHASE_HUES.get(span.phase, "grey"), phase_word(span.phase), rung_word(span.rung)
        where = words.host(span.server) if span.server else self.tr("this computer")
        took = amounts.seconds(span.elapsed_s)
        began = self.tr("after {0}").format(amounts.seconds(span.began_s))
        tip = "\n".join([f"{word} · {took}", f"{rung} · {where}", began])
        scale = 1 / self._longest_s if self._longest_s else 0.0
        bar = Bar(span.began_s * scale, (span.began_s + span.elapsed_s) * scale, hue)
        return (
            Figure(word, tip=tip),
            Figure(rung, tip=tip),
            Figure(where, tip=tip),
            Figure(bars=(bar,), tip=tip, spoken=began),
            Figure(took, tip=tip),
        )

    def _try_words(self, number: int, attempt: Attempt) -> str:
        """What a try came to."""
        where = f" · {words.host(attempt.server)}" if attempt.server else ""
        came = words.failure_words(attempt.error) if attempt.error else self.tr("The page was read.")
        return f"{number}. {rung_word(attempt.rung)}{where} · {amounts.seconds(attempt.elapsed_s)} · {came}"

    def _axis_words(self) -> str:
        return self.tr("from 0 to {0}").format(amounts.seconds(self._longest_s))


def _sums(spans: Sequence[Span]) -> dict[Phase, float]:
    sums: dict[Phase, float] = {}
    for span in spans:
        sums[span.phase] = sums.get(span.phase, 0.0) + span.elapsed_s
    return sums
