"""The page that is looked at: its boxes, its regions, what is sent of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSettings, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Cut, Mode, Region
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.page.boxes import NO_BLOCK
from glmocr_desktop.gui.page.page_view import PageView
from tests.gui.screen import drop, files_mime, label, names, page, rendered, states, texts, wait_for_states
from tests.support.pages import numbered_image

_ANSWER = "first\n\nsecond\n\nthird"
_LINES = [Region(0.1, 0.1, 0.8, 0.2), Region(0.1, 0.4, 0.8, 0.2), Region(0.1, 0.7, 0.8, 0.2)]

Add = Callable[..., None]


@pytest.fixture
def add(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Add:
    """Adds a picture of 600 × 400 pixels, which says which number it is, and lets it be read."""

    def add_picture(number: int = 1, pages: int = 1) -> None:
        images = [Image.new("RGB", (600, 400), (0, 0, number + each)) for each in range(pages)]
        path = tmp_path / f"scan {number}.{'tiff' if pages > 1 else 'png'}"
        images[0].save(path, **({"save_all": True, "append_images": images[1:]} if pages > 1 else {}))
        count = len(states(window))
        drop(window, files_mime([path]))
        qtbot.waitUntil(lambda: states(window)[count:] == ["Done"] * pages)
        qtbot.waitUntil(lambda: not window.page_pane.view.picture.isEmpty())

    return add_picture


def _place(view: PageView, left: float, top: float) -> QPoint:
    """Where a place of the page, in shares of it, is in the view."""
    picture = view.picture
    return view.mapFromScene(QPointF(picture.width() * left, picture.height() * top))


def _draw(view: PageView, begin: tuple[float, float], end: tuple[float, float]) -> None:
    viewport = view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=_place(view, *begin))
    middle = ((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2)
    for place in (middle, end):
        QTest.mouseMove(viewport, _place(view, *place))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=_place(view, *end))


def _hover(widget: QWidget, place: QPoint) -> None:
    """Move the pointer there, with no button pressed."""
    none = Qt.MouseButton.NoButton
    at = QPointF(place)
    event = QMouseEvent(QEvent.Type.MouseMove, at, widget.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def _near(region: Region, left: float, top: float, width: float, height: float) -> bool:
    found = (region.left, region.top, region.width, region.height)
    return found == pytest.approx((left, top, width, height), abs=0.02)


def _press(window: MainWindow, name: str) -> None:
    found = next(each for kind in (QPushButton, QToolButton) for each in window.findChildren(kind, name))
    assert found.isVisible()
    assert found.isEnabled()
    found.click()


def _know_places(qtbot: QtBot, window: MainWindow) -> None:
    """Let the result say where its three lines stand, as the offline engine does."""
    row = page(window, 0)
    assert row.result is not None
    blocks = tuple(replace(block, regions=(region,)) for block, region in zip(row.result.blocks, _LINES, strict=True))
    window.model.correct(row, replace(row.result, blocks=blocks))
    qtbot.waitUntil(lambda: window.page_pane.view.boxes.blocks == [0, 1, 2])


def test_boxes_and_words_point_at_each_other(qtbot: QtBot, window: MainWindow, server: object, add: Add) -> None:
    server.control(answer=_ANSWER)  # type: ignore[attr-defined]
    add()
    view, result = window.page_pane.view, window.result_view.tabs.rendered
    toggle = window.page_pane.tools.boxes
    qtbot.waitUntil(lambda: rendered(window) == "first\nsecond\nthird")
    assert not toggle.isEnabled()
    assert "does not say where" in toggle.toolTip()
    _know_places(qtbot, window)
    assert toggle.isEnabled()
    assert toggle.toolTip().startswith("Show where")
    # From the page to the words.
    _hover(view.viewport(), _place(view, 0.5, 0.5))
    qtbot.waitUntil(lambda: view.boxes.lit == 1)
    assert [each.cursor.block().text() for each in result.extraSelections()] == ["second"]
    _hover(view.viewport(), _place(view, 0.5, 0.65))
    qtbot.waitUntil(lambda: view.boxes.lit == NO_BLOCK)
    assert result.extraSelections() == []
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_place(view, 0.5, 0.8))
    assert [each.cursor.block().text() for each in result.extraSelections()] == ["third"]
    # From the words to the page.
    place = result.cursorRect(result.document().find("first")).center()
    _hover(result.viewport(), place)
    qtbot.waitUntil(lambda: view.boxes.lit == 0)
    QTest.mouseClick(result.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not view.boxes.place_of(0).isEmpty()
    # A person who does not want them is not asked again.
    toggle.setChecked(False)
    assert not view.boxes.isVisible()
    kept = QSettings(window)
    window.page_pane.keep(kept)
    toggle.setChecked(True)
    window.page_pane.restore(kept)
    assert not toggle.isChecked()


def test_boxes_of_a_part_stand_where_it_is_on_the_page(
    qtbot: QtBot, window: MainWindow, server: object, add: Add
) -> None:
    server.control(answer=_ANSWER)  # type: ignore[attr-defined]
    add()
    _know_places(qtbot, window)
    row, view = page(window, 0), window.page_pane.view
    assert row.result is not None
    quarter = replace(row.result.job.page, cut=Cut(0, Region(0.5, 0.5, 0.5, 0.5)))
    window.model.correct(row, replace(row.result, job=replace(row.result.job, page=quarter)))
    expected = QRectF(600 * 0.55, 400 * 0.7, 600 * 0.4, 400 * 0.1)
    qtbot.waitUntil(lambda: view.boxes.place_of(1) == expected)
    assert label(window, "cutText") == "The result is from before this was changed."
    _press(window, "turnRightButton")
    qtbot.waitUntil(lambda: view.picture.width() == 400)
    turned = view.boxes.place_of(1)
    assert (turned.left(), turned.top()) == pytest.approx((400 * 0.2, 600 * 0.55))


def test_a_page_is_turned_and_read_again(qtbot: QtBot, window: MainWindow, add: Add) -> None:
    add()
    view, row = window.page_pane.view, page(window, 0)
    before = row.result
    _press(window, "turnLeftButton")
    qtbot.waitUntil(lambda: (view.picture.width(), view.picture.height()) == (400, 600))
    assert row.result is before
    assert label(window, "cutText") == ("This page is read turned by 270°. The result is from before this was changed.")
    _press(window, "readCutButton")
    wait_for_states(qtbot, window, "Done")
    assert row.result is not before
    assert row.result is not None
    assert row.result.job.page.cut == Cut(270)
    assert label(window, "cutText") == "This page is read turned by 270°."
    _press(window, "wholePageButton")
    qtbot.waitUntil(lambda: view.picture.width() == 600)
    assert row.page is not None
    assert row.page.cut == Cut()


def test_regions_are_drawn_and_read_in_rows_of_their_own(qtbot: QtBot, window: MainWindow, add: Add) -> None:
    add()
    add(2)
    window.view.show_row(page(window, 0))
    view, regions = window.page_pane.view, window.page_pane.view.regions
    qtbot.waitUntil(lambda: not view.picture.isEmpty())
    _press(window, "regionsButton")
    assert "Draw around" in label(window, "regionHint")
    _draw(view, (0.1, 0.1), (0.5, 0.4))
    assert _near(regions.parts[0].region, 0.1, 0.1, 0.4, 0.3)
    _draw(view, (0.3, 0.25), (0.4, 0.35))  # held inside: it moves
    assert _near(regions.parts[0].region, 0.2, 0.2, 0.4, 0.3)
    _draw(view, (0.6, 0.5), (0.8, 0.9))  # held at its corner: it grows
    assert _near(regions.parts[0].region, 0.2, 0.2, 0.6, 0.7)
    _draw(view, (0.9, 0.1), (0.9, 0.1))  # a click is no region
    assert len(regions.parts) == 1
    QTest.keyClick(view, Qt.Key.Key_Insert)
    QTest.keyClick(view, Qt.Key.Key_2)
    assert [part.mode for part in regions.parts] == [Mode.TEXT, Mode.TABLE]
    assert label(window, "regionHint").startswith("Region 2 of 2 · Table.")
    _press(window, "readRegionsButton")
    wait_for_states(qtbot, window, *["Done"] * 4)
    assert names(window) == ["scan 1.png", "scan 1.png · region 1", "scan 1.png · region 2", "scan 2.png"]
    assert not regions.isVisible()
    cuts = [each.result.job.page.cut.region for each in window.model.pages() if each.result]
    assert cuts[0] is cuts[3] is None
    assert _near(cuts[1], 0.2, 0.2, 0.6, 0.7)  # type: ignore[arg-type]
    assert [each.job.mode for each in window.model.pages() if each.job] == [
        Mode.TEXT, Mode.TEXT, Mode.TABLE, Mode.TEXT
    ]  # fmt: skip
    window.view.show_row(page(window, 2))
    assert label(window, "cutText") == "Only the framed part of this page is read."
    # More regions of the page follow those that it has.
    window.view.show_row(page(window, 0))
    _press(window, "regionsButton")
    QTest.keyClick(view, Qt.Key.Key_Insert)
    _press(window, "readRegionsButton")
    assert names(window)[3] == "scan 1.png · region 3"
    wait_for_states(qtbot, window, *["Done"] * 5)


def test_regions_are_drawn_by_keyboard(qtbot: QtBot, window: MainWindow, add: Add) -> None:
    add()
    view, regions = window.page_pane.view, window.page_pane.view.regions
    _press(window, "regionsButton")
    for key, count in ((Qt.Key.Key_Insert, 1), (Qt.Key.Key_Insert, 2), (Qt.Key.Key_Delete, 1), (Qt.Key.Key_Insert, 2)):
        QTest.keyClick(view, key)
        assert len(regions.parts) == count
    before = regions.parts[1].region
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    now = regions.parts[1].region
    assert (now.left, now.top) == pytest.approx((before.left - 0.01, before.top))
    assert (now.width, now.height) == pytest.approx((before.width, before.height + 0.01))
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert regions.chosen == 0
    QTest.keyClick(view, Qt.Key.Key_Tab)
    QTest.keyClick(view, Qt.Key.Key_3)
    assert [part.mode for part in regions.parts] == [Mode.TEXT, Mode.FORMULA]
    for _ in range(200):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert regions.parts[1].region.left + regions.parts[1].region.width == pytest.approx(1.0)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not regions.isVisible()
    assert states(window) == ["Done"]


def test_a_page_is_cropped_and_whole_again(qtbot: QtBot, window: MainWindow, add: Add) -> None:
    add(pages=2)
    window.view.show_row(page(window, 1))
    view, row = window.page_pane.view, page(window, 1)
    qtbot.waitUntil(lambda: not view.picture.isEmpty())
    _press(window, "regionsButton")
    _draw(view, (0.25, 0.25), (0.75, 0.75))
    _press(window, "cropButton")
    assert not view.regions.isVisible()
    assert "Only the framed part" in texts(window.page_pane)
    assert row.page is not None
    assert row.page.cut.region is not None
    assert view.picture.width() == 600  # all of the page is shown around it
    window.reading.retry([row])
    wait_for_states(qtbot, window, "Done", "Done")
    assert row.result is not None
    assert row.result.job.page.cut == row.page.cut
    _press(window, "wholePageButton")
    assert row.page.cut == Cut()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_region_has_a_menu(qtbot: QtBot, window: MainWindow, add: Add) -> None:
    add()
    view = window.page_pane.view
    _press(window, "regionsButton")
    view.regions.add()
    view.regions.menu_wanted.emit(view.mapToGlobal(QPoint(5, 5)))
    menu = window.page_pane.region_bar.findChild(QMenu)
    assert menu is not None
    assert [each.text() for each in menu.actions() if each.text()] == [
        "Text", "Table", "Formula", "Remove the region (Del)"
    ]  # fmt: skip
    menu.actions()[1].trigger()
    menu.close()
    assert view.regions.parts[0].mode is Mode.TABLE


def test_the_page_can_be_seen_as_it_is_sent(qtbot: QtBot, window: MainWindow, add: Add) -> None:
    window.engine.apply(replace(window.engine.settings, max_image_pixels=100_000))
    add()
    pane = window.page_pane
    _press(window, "turnRightButton")
    qtbot.waitUntil(lambda: pane.view.picture.width() == 400)
    _press(window, "asSentButton")
    qtbot.waitUntil(lambda: pane.view.picture.width() == 258)
    assert "As sent: 258 × 387 pixels, 1 kB" in texts_of_title(window)
    assert not pane.tools.regions.isEnabled()
    _press(window, "asSentButton")
    qtbot.waitUntil(lambda: pane.view.picture.width() == 400)
    assert texts_of_title(window) == "scan 1.png"
    assert pane.tools.regions.isEnabled()


def texts_of_title(window: MainWindow) -> str:
    """What stands above the page."""
    return window.page_pane._header.title.text()


def test_the_page_fits_in_several_ways(qtbot: QtBot, window: MainWindow, add: Add) -> None:
    add()
    view = window.page_pane.view
    [width] = [each for each in window.page_pane.tools.findChildren(QAction) if each.text() == "Fit the width"]
    width.trigger()
    assert view.picture.width() * view.scale_now == pytest.approx(view.viewport().width() - 24, abs=2)
    [whole] = [each for each in window.page_pane.tools.findChildren(QAction) if each.text().startswith("Actual")]
    whole.trigger()
    assert view.scale_now == pytest.approx(1.0)
    zoom = window.findChild(QToolButton, "zoomButton")
    assert zoom is not None
    assert zoom.text() == "100 %"
    assert QApplication.focusWidget() is not zoom


def test_nothing_lies_between_the_pointer_and_the_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done")
    view = window.page_pane.view
    note = view.findChild(QLabel)
    assert note is not None
    assert note.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
