"""The servers, beside each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.gui import server_words
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics import amounts
from glmocr_desktop.gui.metrics.cards import Card
from glmocr_desktop.gui.metrics.figure_table import FigureTable
from glmocr_desktop.gui.metrics.figures import Column, Figure
from glmocr_desktop.gui.metrics.health_strip import HealthStrip
from glmocr_desktop.gui.metrics.metric_words import breaker_words
from glmocr_desktop.jobs.metrics import ServerMetrics, Snapshot


class ServersCard(Card):
    """How each server is, what it does, and how it was during the last hour: a column for each.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = FigureTable("serversTable", lambda: self.tr("Servers"), [], self)
        self.add(self._table)
        self._strips: dict[str, HealthStrip] = {}
        on_language(self, lambda: self.heading.setText(self.tr("Servers")))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was measured; there is nothing to show while pages are read offline only."""
        self.setVisible(bool(snapshot.servers))
        if list(self._strips) != [each.url for each in snapshot.servers]:
            self._follow(snapshot.servers)
        for server in snapshot.servers:
            self._strips[server.url].show_seen(snapshot.at_s, snapshot.health.get(server.url, ()))
        columns = [self._figures(each) for each in snapshot.servers]
        titles = [
            self.tr("State"),
            self.tr("Breaker"),
            self.tr("Places in use"),
            self.tr("Pages"),
            self.tr("Pages per second"),
            self.tr("Half take at most"),
            self.tr("95 % take at most"),
        ]
        self._table.show_rows(
            [(Figure(title), *row) for title, *row in zip(titles, *columns, strict=True)] if columns else []
        )

    def _follow(self, servers: tuple[ServerMetrics, ...]) -> None:
        """Other servers are in use: each gets a column and a strip."""
        columns = [Column(numbers=False)]
        columns += [Column(partial(str, each.server), partial(breaker_words, "half_open")) for each in servers]
        self._table.set_columns(columns)
        for strip in self._strips.values():
            strip.deleteLater()
        self._strips = {each.url: HealthStrip(each.server, self) for each in servers}
        for strip in self._strips.values():
            self.add(strip)

    @staticmethod
    def _figures(server: ServerMetrics) -> tuple[Figure, ...]:
        health, pool, latency = server.health, server.pool, server.latency
        state = server_words.health_words(health, EngineChoice.SERVER)
        places = f"{amounts.whole(pool.in_use)} / {amounts.whole(pool.lanes)}"
        breaker = breaker_words(server.breaker)
        return (
            Figure(state, hue=server_words.health_hue(health.state), tip=state),
            Figure(breaker, hue="" if server.breaker == "closed" else "amber", tip=breaker),
            Figure(places),
            Figure(amounts.whole(sum(server.outcomes.values()))),
            Figure(amounts.decimal(server.pages_per_s, 2)),
            Figure(amounts.seconds(latency.p50) if latency else "–"),
            Figure(amounts.seconds(latency.p95) if latency else "–"),
        )
