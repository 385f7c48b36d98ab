"""The figures of the moment: what is shown, when it is looked for, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui import words
from glmocr_desktop.gui.language import language
from glmocr_desktop.gui.metrics.figure_table import FigureTable
from glmocr_desktop.gui.metrics.moments import MomentChart
from glmocr_desktop.jobs.metrics import Outcome
from tests.gui.metrics.source import URLS, Shown
from tests.gui.screen import texts

# What the offscreen platform says of windows and of tooltips.
_TIPS = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)")


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    opened = Shown()
    yield opened
    opened.close()


def _chart(shown: Shown, name: str) -> MomentChart:
    found = shown.panel.findChild(MomentChart, name)
    assert found is not None
    return found


def _button(shown: Shown, name: str) -> QToolButton:
    found = shown.bar.findChild(QToolButton, name)
    assert found is not None
    return found


def test_before_anything_was_read_there_are_words_instead_of_noughts(shown: Shown) -> None:
    shown.source.be_idle()
    shown.panel.refresh()
    assert "Nothing was read yet" in texts(shown.panel)
    assert not _chart(shown, "speedChart").isVisible()
    assert shown.table("serversTable").isVisible()
    shown.source.end(Outcome.DONE)
    shown.panel.refresh()
    assert "Nothing was read yet" not in texts(shown.panel)
    assert _chart(shown, "speedChart").isVisible()


def test_the_figures_are_those_of_the_engine(shown: Shown) -> None:
    shown.source.end(Outcome.DONE, 9)
    shown.source.end(Outcome.OFFLINE, 3)
    shown.source.end(Outcome.FAILED, 1, URLS[1])
    shown.source.now_s += 700  # these are older than what is shown
    shown.source.end(Outcome.DONE, 3)
    shown.source.end(Outcome.TIMED_OUT, 1)
    shown.panel.refresh()
    outcomes = shown.rows("outcomesTable")
    assert outcomes[0] == ["Done", "3", "75.0 %", "12"]
    assert outcomes[3] == ["Done offline", "0", "0.0 %", "3"]
    assert outcomes[4] == ["Timed out", "1", "25.0 %", "1"]
    latency = shown.source.snapshot(600).latency
    assert latency is not None
    times = shown.rows("latenciesTable")
    assert [row[0] for row in times][:3] == ["Whole page", "Preparing", "Sending"]
    assert times[0][1:4] == [f"{each:.2f} s" for each in (latency.p50, latency.p95, latency.p99)]
    assert [row[1:] for row in shown.rows("serversTable")[:4]] == [
        ["Ready · 4 ms", "Down"],
        ["gets pages", "left alone for a while"],
        ["2 / 3", "0 / 2"],
        ["4", "0"],
    ]
    said = texts(shown.panel)
    assert "2 of 5 in use" in said
    assert "4 waiting" in said
    assert "7 in the queue here · 12 sockets opened" in said
    assert "200 MiB" in said


def test_a_table_is_read_aloud_with_its_titles(shown: Shown) -> None:
    shown.source.end(Outcome.DONE, 2)
    shown.panel.refresh()
    model = shown.table("outcomesTable").model()
    assert model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "share: 100.0 %"


@_TIPS
def test_a_chart_is_read_at_a_moment_by_pointer_and_by_keys(qtbot: QtBot, shown: Shown) -> None:
    shown.source.end(Outcome.DONE, 5)
    shown.source.now_s += 300
    shown.source.end(Outcome.OFFLINE, 2)
    shown.source.end(Outcome.DONE, 1)
    shown.source.now_s += 3
    shown.panel.refresh()
    chart = _chart(shown, "speedChart")

    def point_to_the_end() -> bool:
        for left in (3, chart.width() - 3):  # it may be there already
            QTest.mouseMove(chart, QPoint(left, chart.height() // 2))
        return chart.readout.endswith("Done: 1\nDone offline: 2")

    qtbot.waitUntil(point_to_the_end)
    assert QToolTip.text() == chart.readout == chart.accessibleDescription()
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.readout.endswith("Done: 5")
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.readout.endswith("0.00 pages/s")
    QTest.keyClick(chart, Qt.Key.Key_End)
    before = chart.readout
    assert before.endswith("Done offline: 2")
    shown.source.now_s += 10  # it stays at its moment while new ones come
    shown.source.end(Outcome.DONE, 8)
    shown.panel.refresh()
    assert chart.readout.splitlines()[0] == before.splitlines()[0]
    assert chart.readout.endswith("Done: 1\nDone offline: 2")
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.readout == chart.accessibleDescription() == ""


@_TIPS
def test_the_health_of_the_last_hour_is_said_in_words(shown: Shown) -> None:
    shown.panel.refresh()
    strip = shown.panel.findChildren(MomentChart, "healthStrip")[1]
    assert strip.accessibleName() == "Health of b:2 in the last hour"
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert strip.readout.endswith("\nDown")
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert strip.readout.endswith("\nReady · 4 ms")


def test_bars_have_the_colours_of_the_outcomes(qtbot: QtBot, shown: Shown) -> None:
    shown.source.now_s += 40
    shown.source.end(Outcome.OFFLINE, 4)
    shown.panel.refresh()
    chart = _chart(shown, "speedChart")
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)
    image = chart.grab().toImage()
    assert image.pixelColor(3, chart.height() // 2 + 3) == chart.palette().base().color()  # long before the first bar
    assert _has_hue(image, words.hue("violet", chart.palette()))
    assert not _has_hue(image, words.hue("green", chart.palette()))


def test_it_looks_at_the_figures_only_while_somebody_sees_them(qtbot: QtBot, shown: Shown) -> None:
    asked = shown.source.asked
    assert shown.panel.refreshing
    count = len(asked)
    qtbot.waitUntil(lambda: len(asked) > count)
    _button(shown, "metricsRange60Button").click()
    assert asked[-1] == 60
    _button(shown, "metricsPauseButton").click()
    assert not shown.panel.refreshing
    count = len(asked)
    shown.bar.tabs.setCurrentIndex(1)
    shown.window.hide()
    shown.window.show()
    shown.bar.tabs.setCurrentIndex(0)
    assert len(asked) == count
    _button(shown, "metricsPauseButton").click()
    assert shown.panel.refreshing
    shown.bar.tabs.setCurrentIndex(1)
    assert not shown.panel.refreshing
    shown.bar.tabs.setCurrentIndex(0)
    shown.window.hide()
    assert not shown.panel.refreshing


def test_forgetting_all_figures_takes_two_presses(shown: Shown) -> None:
    shown.source.end(Outcome.DONE, 5)
    shown.panel.refresh()
    menu = _button(shown, "metricsResetButton").menu()
    assert shown.rows("outcomesTable")[0][3] == "5"
    menu.actions()[0].trigger()
    assert shown.source.snapshot(60).totals[Outcome.DONE] == 0
    assert shown.rows("outcomesTable")[0][3] == "0"


@pytest.mark.parametrize("share", [0.8, 1.0, 2.0])
def test_a_narrow_column_holds_all_cards_at_any_size_of_letters(qtbot: QtBot, share: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before, font = app.font(), app.font()
    font.setPointSizeF(font.pointSizeF() * share)
    app.setFont(font)
    shown = Shown(360, 700)
    try:
        shown.source.end(Outcome.DONE, 5)
        shown.panel.refresh()
        flow = shown.panel.overview.widget()
        qtbot.waitUntil(lambda: flow.height() > shown.panel.height())
        cards = flow.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for each in cards:
            assert not each.isVisible() or flow.rect().contains(each.geometry())
        buttons = [each for each in shown.bar.findChildren(QToolButton) if each.objectName().startswith("metrics")]
        assert len(buttons) == 8
        assert share > 1 or shown.window.width() == 360

        def stands_well() -> bool:
            places = [QRect(each.mapTo(shown.bar, QPoint()), each.size()) for each in (shown.bar.tabs, *buttons)]
            apart = not any(one.intersects(other) for one, other in combinations(places, 2))
            return apart and all(shown.bar.rect().contains(each) for each in places)

        qtbot.waitUntil(stands_well)
        assert all(each.height() >= each.fontMetrics().height() for each in buttons)
        table = shown.table("latenciesTable")
        assert table.rowHeight(0) >= table.fontMetrics().height()
    finally:
        shown.close()
        app.setFont(before)


def test_it_can_be_used_with_the_keyboard_and_heard(shown: Shown) -> None:
    shown.source.end(Outcome.DONE, 5)
    shown.panel.refresh()
    reached = [each for each in shown.window.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    own = [each for each in reached if not each.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight"))]
    assert len(own) >= 16
    for each in own:
        assert each.objectName()
        assert QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name).strip(), each.objectName()


class _Loud(QTranslator):
    """Another language: the same words, in brackets."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's own
        return False

    def translate(self, _context: str, text: str, *_more: object) -> str:
        return f"«{text}»"


def test_another_language_is_spoken_at_once(shown: Shown) -> None:
    shown.source.end(Outcome.DONE, 5)
    shown.panel.refresh()
    loud = _Loud()
    QApplication.installTranslator(loud)
    try:
        language().changed.emit()
        assert [each for each in texts(shown.window).splitlines() if each and "«" not in each] == ["200 MiB"]
        for table in shown.panel.findChildren(FigureTable):
            if table.isVisible():
                assert str(table.model().index(0, 0).data()).startswith("«"), table.objectName()
        tabs = shown.bar.findChild(QTabBar)
        assert tabs.tabText(1) == "«Why was this slow?»"
        assert _button(shown, "metricsPauseButton").toolTip().startswith("«")
        assert _chart(shown, "speedChart").accessibleName().startswith("«")
    finally:
        QApplication.removeTranslator(loud)
        language().changed.emit()


def test_it_can_be_dark(shown: Shown) -> None:
    shown.source.end(Outcome.DONE, 5)
    palette = QPalette(QColor("#202020"), QColor("#202020"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(role, QColor("#e8e8e8"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#181818"))
    shown.window.setPalette(palette)
    shown.panel.refresh()
    image = shown.panel.grab().toImage()
    seen = [image.pixelColor(x, y).lightness() for x in range(12, 1300, 40) for y in range(12, 800, 40)]
    assert sum(each < 60 for each in seen) > 0.9 * len(seen)
    line = next(each for each in shown.panel.findChildren(QLabel) if "in use" in each.text())
    assert words.hue("blue", palette).name() in line.text()


def _has_hue(image: QImage, colour: QColor) -> bool:
    """Whether there is such a colour, be it a little paler."""
    seen = (image.pixelColor(x, y) for y in range(0, image.height(), 2) for x in range(image.width()))
    return any(abs(each.hue() - colour.hue()) < 12 and each.saturation() > 80 for each in seen)
