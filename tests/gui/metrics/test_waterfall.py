"""Why one page was slow, in bars and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Attempt, Document, Engine, Failure, Job, JobState, Page, Phase, Result, Rung, Span
from glmocr_desktop.gui.metrics.figures import BARS
from glmocr_desktop.gui.rows import Row
from tests.gui.metrics.source import Shown
from tests.gui.screen import texts

_URL = "http://localhost:7860"
_PAGE = Page(Document("report.pdf", "/report.pdf", "report.pdf"), 3, 9)
_SPANS = (
    Span(Phase.PREPARING, Rung.FIRST, 0.0, 0.5),
    Span(Phase.LANE, Rung.FIRST, 0.5, 6.0, _URL),
    Span(Phase.READING, Rung.FIRST, 6.5, 2.5, _URL),
    Span(Phase.READING, Rung.OFFLINE, 9.0, 0.9),
    Span(Phase.PARSING, Rung.OFFLINE, 9.9, 0.1),
)
_ATTEMPTS = (
    Attempt(Rung.FIRST, Engine.SERVER, 9.0, Failure("server_not_answering", (("server", "localhost:7860"),)), _URL),
    Attempt(Rung.OFFLINE, Engine.OFFLINE, 1.0),
)
_RESULT = Result(Job(_PAGE), JobState.DONE, 10.0, _ATTEMPTS, Engine.OFFLINE, None, Rung.OFFLINE, "a", spans=_SPANS)


def _row(result: Result | None) -> Row:
    return Row(1, "report.pdf", "/report.pdf", page=_PAGE, result=result)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    opened = Shown()
    opened.bar.tabs.setCurrentIndex(1)
    yield opened
    opened.close()


def test_a_page_has_a_bar_for_everything_that_was_done(shown: Shown) -> None:
    shown.panel.show_row(_row(_RESULT))
    assert shown.rows("waterfallTable") == [
        ["Preparing", "First try", "this computer", "", "0.50 s"],
        ["Waiting for a place", "First try", "localhost:7860", "", "6.00 s"],
        ["Reading", "First try", "localhost:7860", "", "2.50 s"],
        ["Reading", "Offline", "this computer", "", "0.90 s"],
        ["Parsing the answer", "Offline", "this computer", "", "0.10 s"],
    ]
    model = shown.table("waterfallTable").model()
    bars = [bar for row in range(5) for bar in model.index(row, 3).data(BARS)]
    assert [bar.start for bar in bars] == pytest.approx([0.0, 0.05, 0.65, 0.9, 0.99])
    assert [bar.end for bar in bars] == pytest.approx([0.05, 0.65, 0.9, 0.99, 1.0])
    assert model.headerData(3, Qt.Orientation.Horizontal) == "from 0 to 10.0 s"
    said = texts(shown.panel)
    assert "report.pdf, page 3 · Done offline" in said
    assert "10.0 s in all. Most of it went into: Waiting for a place (6.00 s, 60.0 %)." in said
    assert "1. First try · localhost:7860 · 9.00 s · The server at localhost:7860" in said
    assert "2. Offline · 1.00 s · The page was read." in said


def test_its_bars_are_reached_by_keys_and_heard(shown: Shown) -> None:
    shown.panel.show_row(_row(_RESULT))
    table = shown.table("waterfallTable")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 3))
    QTest.keyClick(table, Qt.Key.Key_Down)
    here = table.currentIndex()
    assert here.row() == 1
    assert here.data(Qt.ItemDataRole.AccessibleTextRole) == "from 0 to 10.0 s: after 0.50 s"
    assert here.data(Qt.ItemDataRole.ToolTipRole) == (
        "Waiting for a place · 6.00 s\nFirst try · localhost:7860\nafter 0.50 s"
    )


def test_a_narrow_column_keeps_the_bars_and_the_times(qtbot: QtBot, shown: Shown) -> None:
    shown.panel.show_row(_row(_RESULT))
    shown.window.resize(360, 600)
    table = shown.table("waterfallTable")
    qtbot.waitUntil(lambda: table.isColumnHidden(1) and table.isColumnHidden(2))
    assert table.columnViewportPosition(4) + table.columnWidth(4) <= table.viewport().width()
    shown.window.resize(1200, 600)
    qtbot.waitUntil(lambda: not table.isColumnHidden(1))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, "Choose a page to see where its time went."),
        (_row(None), "This page is not read yet."),
        (_row(replace(_RESULT, spans=())), "It is not known where the time of this page went."),
        (Row(1, "a", "/a", error=Failure("password_needed")), "This page was not read."),
        (Row(1, "a", "/a", children=[_row(_RESULT)]), "Choose one of the pages of this document"),
    ],
)
def test_a_page_without_times_says_why(shown: Shown, row: Row | None, words: str) -> None:
    shown.panel.show_row(_row(_RESULT))
    shown.panel.show_row(row)
    said = shown.panel.findChild(QLabel, "waterfallSummary")
    assert said is not None
    assert said.text().startswith(words)
    assert not shown.table("waterfallTable").isVisible()
