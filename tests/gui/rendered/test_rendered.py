"""Results as they are read: what is seen, copied and clicked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QImage,
    QPalette,
    QTextCursor,
    QTextTable,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.rendered.rendered_view import RenderedView
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.results.blocks import with_text
from tests.support.results import done, failed

Show = Callable[..., None]
_TOP = QRect(150, 0, 220, 90)  # where a formula on its own line stands


@pytest.fixture
def view(qtbot: QtBot, qt_loop: None) -> Iterator[RenderedView]:
    engine = JobEngine(Settings())
    tasks = Tasks(engine)
    errors: list[object] = []
    tasks.failed.connect(errors.append)
    made = RenderedView(tasks)
    made.resize(520, 700)
    made.show()
    yield made
    tasks.cancel_all()
    qtbot.waitUntil(lambda: tasks.running == 0)
    engine.shutdown()
    made.deleteLater()
    QApplication.clipboard().clear()
    assert not errors


@pytest.fixture
def show(qtbot: QtBot, view: RenderedView) -> Show:
    def shown(*results: Result | str) -> None:
        pages = [done(each, number=at + 1) if isinstance(each, str) else each for at, each in enumerate(results)]
        view.show_result(pages[0]) if len(pages) == 1 else view.show_pages(pages)
        settle(qtbot, view)

    return shown


def settle(qtbot: QtBot, view: RenderedView) -> None:
    qtbot.waitUntil(lambda: not view.busy)


def big_table(rows: int, columns: int = 5) -> str:
    return f"<table>{''.join(f'<tr>{_cells(row, columns)}</tr>' for row in range(rows))}</table>"


def _cells(row: int, columns: int) -> str:
    return "".join(f"<td>r{row}c{column}</td>" for column in range(columns))


def tables(view: RenderedView) -> list[QTextTable]:
    return [each for each in view.document().rootFrame().childFrames() if isinstance(each, QTextTable)]


def select(view: RenderedView, first: str, last: str) -> None:
    """Select from the beginning of some words to the end of others."""
    document = view.document()
    begin, end = document.find(first), document.find(last)
    assert not begin.isNull()
    assert not end.isNull()
    cursor = QTextCursor(document)
    cursor.setPosition(begin.selectionStart())
    cursor.setPosition(end.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


def copied(qtbot: QtBot, view: RenderedView) -> dict[str, str]:
    clipboard = QApplication.clipboard()
    clipboard.setText("before")
    with qtbot.waitSignals([clipboard.dataChanged] * 2, order="none"):  # the text at once, then everything
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = clipboard.mimeData()
    return {kind: bytes(mime.data(kind).data()).decode() for kind in mime.formats() if kind.startswith("text/")}


def ink(image: QImage, colour: QColor) -> int:
    """How many pixels are nearly of a colour."""
    return sum(
        abs(pixel.red() - colour.red()) + abs(pixel.green() - colour.green()) + abs(pixel.blue() - colour.blue()) < 60
        for y in range(image.height())
        for x in range(image.width())
        for pixel in [image.pixelColor(x, y)]
    )


# What is seen


def test_words_lists_tables_and_code_are_shown(show: Show, view: RenderedView) -> None:
    show(
        "# Title\n\nSome **bold** words\n\n- one\n- two\n\n"
        "<table><tr><td>a</td><td>b</td></tr></table>\n\n```\nx = 1\n```"
    )
    lines = [line for line in view.toPlainText().split("\n") if line]
    assert lines == ["Title", "Some bold words", "one", "two", "a", "b", "x = 1"]
    title, bold = view.document().find("Title"), view.document().find("bold")
    assert title.charFormat().font().pointSizeF() > bold.charFormat().font().pointSizeF()
    assert bold.charFormat().fontWeight() > view.document().find("Some").charFormat().fontWeight()
    assert view.document().find("two").currentList() is not None


def test_spans_of_a_table_are_kept(show: Show, view: RenderedView) -> None:
    show("<table><tr><th colspan='2'>head</th><th rowspan='2'>side</th></tr><tr><td>a</td><td>b</td></tr></table>")
    [table] = tables(view)
    assert (table.rows(), table.columns()) == (2, 3)
    assert table.cellAt(0, 0).columnSpan() == 2
    assert table.cellAt(0, 2).rowSpan() == 2
    assert table.cellAt(1, 1).firstCursorPosition().block().text() == "b"


def test_a_table_that_claims_a_thousand_columns_has_as_many_as_are_used(show: Show, view: RenderedView) -> None:
    show("<table><tr><td colspan='1000'>a</td></tr><tr><td>b</td><td colspan='999'>c</td></tr></table>")
    [table] = tables(view)
    assert (table.rows(), table.columns()) == (2, 2)


def test_arabic_runs_from_right_to_left(show: Show, view: RenderedView) -> None:
    show("هذا نص عربي\n\nThese are words")
    arabic, english = view.document().find("عربي").block(), view.document().find("words").block()
    assert arabic.textDirection() is Qt.LayoutDirection.RightToLeft
    assert english.textDirection() is Qt.LayoutDirection.LeftToRight


def test_a_formula_is_drawn_in_the_colour_of_the_text(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    palette = QPalette(view.palette())
    palette.setColor(QPalette.ColorRole.Text, QColor("#d02020"))
    view.setPalette(palette)
    show("$$\\sum_{i=0}^{n} \\frac{a_i}{b_i}$$")
    assert "sum" not in view.toPlainText()
    assert ink(view.grab(_TOP).toImage(), QColor("#d02020")) > 20
    palette.setColor(QPalette.ColorRole.Text, QColor("#2020d0"))
    view.setPalette(palette)
    view.tint()
    settle(qtbot, view)
    picture = view.grab(_TOP).toImage()
    assert ink(picture, QColor("#2020d0")) > 20
    assert ink(picture, QColor("#d02020")) == 0


def test_the_line_of_a_formula_is_that_of_the_words(show: Show, view: RenderedView) -> None:
    """What hangs below the line in a formula needs room there, and what stands above it does not."""
    heights = []
    for text in ("words $x$", "words $x^{2^{2}}$", "words $x_{2_{2}}$"):
        show(text)
        layout = view.document().firstBlock().layout()
        heights.append((layout.lineAt(0).ascent(), layout.lineAt(0).descent()))
    plain, high, low = heights
    assert high[0] > plain[0]
    assert low[1] > plain[1]


@pytest.mark.qt_log_ignore("does not support raise")  # as the offscreen platform says of a tooltip
def test_a_formula_that_cannot_be_drawn_shows_its_latex_and_says_why(show: Show, view: RenderedView) -> None:
    show("Before $\\left( x \\end{array}$ after")
    text = view.toPlainText()
    if "\ufffc" not in text:  # nothing of it could be drawn
        assert "\\end{array}" in text
    cursor = view.document().find("after")
    cursor.setPosition(cursor.selectionStart() - 2)
    place = view.cursorRect(cursor).center() + QPoint(2, 0)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert QToolTip.text().startswith("<p>")
    assert "\\end" in QToolTip.text()
    QToolTip.hideText()


def test_a_page_that_was_not_read_says_so(show: Show, view: RenderedView) -> None:
    show("one", failed(number=2), "three")
    lines = [line for line in view.toPlainText().split("\n") if line]
    assert lines[:2] == ["Page 1", "one"]
    assert lines[3].startswith("Page 2 was not read.")
    assert lines[4:] == ["Page 3", "three"]


def test_nothing_of_an_answer_comes_alive(show: Show, view: RenderedView) -> None:
    show(
        "words <script>1</script> [link](https://example.com) ![image](https://example.com/a.png)\n\n"
        "<table><tr><td><img src='file:///etc/hostname'>cell \ufdd0 \ufffc \u2029 end</td></tr></table>"
    )
    made = view.document().toHtml()
    assert "words" in made
    assert "<img" not in made
    assert "<a " not in made
    assert "href" not in made
    assert view.loadResource(2, "file:///etc/hostname") is None


def test_another_result_takes_the_place_of_one_that_is_not_ready(qtbot: QtBot, view: RenderedView) -> None:
    view.show_result(done(big_table(300), number=1))
    view.show_result(done("the other one", number=2))
    settle(qtbot, view)
    assert view.toPlainText() == "the other one"
    view.show_result(None)
    settle(qtbot, view)
    assert view.toPlainText() == ""


# Long ones


def test_a_large_table_is_whole_and_never_stops_the_window(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    """A little of it is written between two turns of the event loop."""
    written = [0]  # characters, by turns

    def on_change(_at: int, _removed: int, added: int) -> None:
        written[-1] += added

    view.document().contentsChange.connect(on_change)
    timer = QTimer(view)
    timer.timeout.connect(lambda: written.append(0))
    timer.start(0)
    show(big_table(400))
    bar = view.verticalScrollBar()
    seen = ""
    while bar.value() < bar.maximum():
        seen += view.toPlainText()
        bar.setValue(bar.value() + view.viewport().height())
        settle(qtbot, view)
    timer.stop()
    seen += view.toPlainText()
    assert all(f"r{row}c4\n" in f"{seen}\n" for row in range(400))
    assert max(written) < sum(written) / 5


def test_slices_of_a_table_have_columns_of_the_same_width(show: Show, view: RenderedView) -> None:
    show(big_table(60))
    assert len(tables(view)) > 1
    widths = {tuple(each.rawValue() for each in table.format().columnWidthConstraints()) for table in tables(view)}
    assert len(widths) == 1
    assert all(widths.pop())


def test_what_is_far_away_is_not_kept_written_and_comes_back(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    pages = [done(f"Page number {page}\n\n{big_table(60)}", number=page) for page in range(1, 31)]
    show(*pages)
    assert "Page number 1\n" in view.toPlainText()
    assert "Page number 30" not in view.toPlainText()
    bar = view.verticalScrollBar()
    for _ in range(20):  # what is written is never quite as high as was thought
        bar.setValue(bar.maximum())
        settle(qtbot, view)
        if bar.value() == bar.maximum() and "Page number 30" in view.toPlainText():
            break
    assert "Page number 30" in view.toPlainText()
    assert "Page number 1\n" not in view.toPlainText()
    bar.setValue(0)
    settle(qtbot, view)
    assert "Page number 1\n" in view.toPlainText()


def test_what_is_written_above_does_not_move_the_page(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    pages = [done(f"Here is page {page}.\n\n{big_table(20)}", number=page) for page in range(1, 31)]
    show(*pages)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: bool(_cells_in_sight(view)))
    before = _cells_in_sight(view)
    height = view.document().size().height()
    settle(qtbot, view)
    assert view.document().size().height() != height  # something was written meanwhile
    after = _cells_in_sight(view)
    assert max(abs(after[cell] - top) for cell, top in before.items()) <= 1  # scroll bars know whole pixels only


def _cells_in_sight(view: RenderedView) -> dict[tuple[int, str], int]:
    """Where in the view the cells of the first two columns are, with the number of their table."""
    found = {}
    block = view.cursorForPosition(QPoint(0, 0)).block()
    end = view.cursorForPosition(view.viewport().rect().bottomRight()).position()
    page = 0
    while block.isValid() and block.position() < end:
        if block.text().startswith("Here is page"):
            page = int(block.text().removeprefix("Here is page ").rstrip("."))
        if page and block.text().endswith(("c0", "c1")):
            found[page, block.text()] = view.cursorRect(QTextCursor(block)).top()
        block = block.next()
    return found


def test_a_corrected_page_stays_where_it_was(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    result = done("\n\n".join(f"Paragraph {number}" for number in range(200)))
    show(result)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    settle(qtbot, view)
    before = view.cursorForPosition(QPoint(0, 0)).block().text()
    view.show_result(with_text(result, result.text.replace("Paragraph 199", "The end")))
    settle(qtbot, view)
    assert "The end" in view.toPlainText()
    assert view.cursorForPosition(QPoint(0, 0)).block().text() == before


def test_a_document_grows_while_it_is_read(qtbot: QtBot, view: RenderedView) -> None:
    pages = [done(f"words {page}", number=page) for page in range(1, 5)]
    expected = [line for page in range(1, 5) for line in (f"Page {page}", f"words {page}")]
    for count in range(1, 5):
        view.show_pages(pages[:count])
    settle(qtbot, view)
    assert [line for line in view.toPlainText().split("\n") if line] == expected
    view.show_pages([pages[0], pages[3]])
    settle(qtbot, view)
    view.selectAll()
    view.show_pages([pages[0], pages[1], pages[3]])  # not in the order of the pages
    settle(qtbot, view)
    view.show_pages(pages)
    settle(qtbot, view)
    assert [line for line in view.toPlainText().split("\n") if line] == expected


def test_a_page_at_the_end_does_not_take_a_selection_away(qtbot: QtBot, view: RenderedView) -> None:
    pages = [done(f"words {page}", number=page) for page in range(1, 4)]
    view.show_pages(pages[:2])
    settle(qtbot, view)
    select(view, "words 1", "words 1")
    view.show_pages(pages)
    settle(qtbot, view)
    assert "words 3" in view.toPlainText()
    assert view.textCursor().selectedText() == "words 1"


# Zoom


def test_zoom_is_kept_for_other_results(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show("words $x^2$")
    usual = view.document().find("words").charFormat().font().pointSizeF() or view.document().defaultFont().pointSizeF()
    wheel = QWheelEvent(
        QPointF(50, 50),
        view.mapToGlobal(QPointF(50, 50)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    settle(qtbot, view)
    assert view.zoom == pytest.approx(1.15)
    show("other words")
    assert view.document().defaultFont().pointSizeF() == pytest.approx(usual * 1.15, rel=0.02)
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 1.0
    for _ in range(30):
        view.zoom_in()
    assert view.zoom == 4.0


# What a person does


def test_a_selection_is_copied_with_its_formulas_as_latex(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show("The first **words** of $a^{2}$ here\n\nSecond $b_1$ paragraph")
    select(view, "words", "Second")
    flavours = copied(qtbot, view)
    assert flavours["text/plain"] == "words of $a^{2}$ here\n\nSecond"
    assert flavours["text/markdown"] == "**words** of $a^{2}$ here\n\nSecond"
    assert "<math" in flavours["text/html"]
    assert "\ufffc" not in "".join(flavours.values())


def test_cells_that_are_selected_are_copied_as_a_table(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show(big_table(4))
    [table] = tables(view)
    cursor = table.cellAt(1, 1).firstCursorPosition()
    cursor.setPosition(table.cellAt(2, 3).lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    flavours = copied(qtbot, view)
    assert flavours["text/tab-separated-values"] == "r1c1\tr1c2\tr1c3\nr2c1\tr2c2\tr2c3\n"
    assert flavours["text/html"].count("<td") == 6


def test_words_in_one_cell_are_copied_as_words(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show("<table><tr><td>some words of $x$</td><td>b</td></tr></table>")
    select(view, "words", "of")
    assert copied(qtbot, view)["text/plain"] == "words of"


def test_a_selection_over_a_table_takes_its_rows(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show(f"before\n\n{big_table(2, 2)}\n\nafter these")
    select(view, "before", "after")
    assert copied(qtbot, view)["text/plain"] == "before\n\nr0c0\tr0c1\nr1c0\tr1c1\n\nafter"


def test_everything_is_copied_also_what_is_not_written(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show(*(done(f"Page number {page}\n\n{big_table(60)}", number=page) for page in range(1, 31)))
    view.selectAll()
    text = copied(qtbot, view)["text/plain"]
    assert [f"Page number {page}\n" in text for page in range(1, 31)] == [True] * 30
    assert text.count("r59c4") == 30


def test_what_is_dragged_out_has_its_formulas_too(show: Show, view: RenderedView) -> None:
    show("The $a^{2}$ words\n\n- one\n- two\n\n```\nx = 1\ny = 2\n```")
    view.selectAll()
    mime = view.createMimeDataFromSelection()
    assert mime.text() == "The $a^{2}$ words\n\n- one\n- two\n\nx = 1\ny = 2"
    assert "<math" in mime.html()


def test_without_a_selection_the_window_may_copy(show: Show, view: RenderedView) -> None:
    show("words")
    QApplication.clipboard().setText("before")
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "before"


def test_a_click_tells_the_block(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show("first\n\nsecond", f"third\n\n{big_table(2)}")
    for words, expected in (("second", [0, 1]), ("third", [1, 0]), ("r1c2", [1, 1])):
        place = view.cursorRect(view.document().find(words)).center()
        with qtbot.waitSignal(view.block_clicked) as told:
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert told.args == expected


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_formula_is_asked_for(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    show("$$\\frac{a}{b}$$\n\nwords")
    cursor = QTextCursor(view.document())
    left = view.cursorRect(cursor)
    place = QPoint(left.right() + 5, left.center().y())
    with qtbot.waitSignal(view.formula_menu_wanted) as told:
        QApplication.sendEvent(view.viewport(), _menu_event(view, place))
    assert told.args[:2] == ["\\frac{a}{b}", True]
    place = view.cursorRect(view.document().find("words")).center()
    QApplication.sendEvent(view.viewport(), _menu_event(view, place - QPoint(4, 0)))
    menu = view.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Copy", "Select all"]
    menu.close()


def _menu_event(view: RenderedView, place: QPoint) -> QContextMenuEvent:
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))


def test_a_looping_answer_is_shown_in_time(qtbot: QtBot, show: Show, view: RenderedView) -> None:
    began = time.monotonic()
    text = "loop " * 40_000
    result = done("x")
    show(replace(with_text(replace(result, formatted=False), text)))
    assert view.toPlainText().startswith("loop loop")
    assert time.monotonic() - began < 60
