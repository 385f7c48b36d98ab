"""A result is shown, corrected, copied and exported."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QObject, QRectF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QGraphicsRectItem, QLineEdit, QTextBrowser
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Failure, JobState, Region, Result
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.screen import button, drop, files_mime, label, notice, page, rendered, source, texts, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


def _add_pages(qtbot: QtBot, window: MainWindow, folder: Path, count: int) -> None:
    drop(window, files_mime([numbered_image(folder, number) for number in range(1, count + 1)]))
    wait_for_states(qtbot, window, *["Done"] * count)
    qtbot.waitUntil(lambda: rendered(window) != "")
    window.commands.check()


def _choose(window: MainWindow, path: Path) -> None:
    dialog = window.findChild(QFileDialog, "fileDialog")
    assert dialog is not None
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()


@pytest.fixture(autouse=True)
def _own_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLMOCR_NATIVE_DIALOGS", "0")


def test_a_result_says_who_read_it_and_how_long_it_took(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 1)
    assert source(window).toPlainText() == "Text Recognition: page 1"
    head = next(line for line in texts(window.result_view).splitlines() if line.startswith("GLM-OCR"))
    assert head.endswith(" s · first try")


def test_a_doubtful_result_says_why(qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path) -> None:
    server.control(answer="<table><tr><td>cut")
    _add_pages(qtbot, window, tmp_path, 1)
    assert "may be cut off" in texts(window.result_view)


def test_an_answer_loads_nothing(qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path) -> None:
    server.control(answer="![x](https://example.com/a.png) <img src='file:///etc/hostname'> <script>1</script> words")
    _add_pages(qtbot, window, tmp_path, 1)
    view = window.findChild(QTextBrowser, "renderedView")
    assert "words" in view.toPlainText()
    assert "<img" not in view.toHtml()
    assert view.loadResource(2, "file:///etc/hostname") is None


def test_a_correction_is_rendered_kept_and_can_be_undone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 2)
    QTest.keyClicks(source(window), "Corrected ")
    qtbot.waitUntil(lambda: rendered(window) == "Corrected Text Recognition: page 1")
    assert "corrected" in texts(window.result_view)
    window.view.show_row(page(window, 1))
    qtbot.waitUntil(lambda: source(window).toPlainText() == "Text Recognition: page 2")
    window.view.show_row(page(window, 0))
    assert source(window).toPlainText() == "Corrected Text Recognition: page 1"
    QTest.keyClicks(source(window), "x")
    source(window).undo()
    assert source(window).toPlainText() == "Corrected Text Recognition: page 1"


def test_a_correction_that_was_just_typed_is_copied(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 1)
    QTest.keyClicks(source(window), "Now ")
    window.commands.output.copy.trigger()
    mime = QApplication.clipboard().mimeData()
    assert mime.text() == "Now Text Recognition: page 1"
    assert "Now Text Recognition: page 1" in mime.html()
    assert bytes(mime.data("text/markdown").data()).decode() == "Now Text Recognition: page 1"


def test_several_selected_pages_are_copied_together(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 2)
    window.view.selectAll()
    window.commands.check()
    window.commands.output.copy.trigger()
    assert QApplication.clipboard().text() == "Text Recognition: page 1\n\nText Recognition: page 2"


def test_one_document_is_exported_into_a_file(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 1)
    window.commands.output.exports[0].trigger()
    _choose(window, tmp_path / "out.txt")
    qtbot.waitUntil(lambda: notice(window) == f"Exported to {tmp_path / 'out.txt'}")
    assert (tmp_path / "out.txt").read_text().strip() == "Text Recognition: page 1"


def test_several_documents_are_exported_into_a_folder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 3)
    window.commands.output.prepare_export_menu()
    assert window.commands.output.export_scope.text() == "All pages (3) as"
    out = tmp_path / "out"
    out.mkdir()
    json_action = next(each for each in window.commands.output.exports if ".json" in each.text())
    json_action.trigger()
    _choose(window, out)
    qtbot.waitUntil(lambda: notice(window) == f"Exported 3 files to {out}")
    written = sorted(out.iterdir())
    assert [each.name for each in written] == ["page 1.json", "page 2.json", "page 3.json"]
    assert "page 2" in json.dumps(json.loads(written[1].read_text()))


def test_an_export_takes_the_selection_when_it_holds_several_pages(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    _add_pages(qtbot, window, tmp_path, 3)
    window.view.selectAll()
    window.view.selectionModel().select(
        window.model.index_of(page(window, 0)),
        QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows,
    )
    window.commands.output.prepare_export_menu()
    assert window.commands.output.export_scope.text() == "Selected pages (2) as"


def test_an_export_that_fails_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 2)
    (tmp_path / "out").mkdir()
    window.commands.output.exports[0].trigger()
    dialog = window.findChild(QObject, "fileDialog")
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    dialog.fileSelected.emit(str(blocked / "below"))
    dialog.reject()
    qtbot.waitUntil(lambda: "could not be written" in notice(window))


def test_a_click_on_a_block_shows_where_it_stands_on_the_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 2)
    row = page(window, 0)
    window.view.show_row(row)
    view = window.page_pane.view
    qtbot.waitUntil(lambda: not view.scene().sceneRect().isEmpty())
    assert row.result is not None
    [block] = row.result.blocks
    known = replace(block, regions=(Region(0.25, 0.5, 0.5, 0.25),))
    window.model.correct(row, replace(row.result, blocks=(known,)))
    rendered_view = window.result_view.tabs.rendered
    qtbot.waitUntil(lambda: rendered_view.results[0].blocks[0].regions != ())
    rendered_view.block_clicked.emit(0, 0)
    [mark] = [each for each in view.scene().items() if isinstance(each, QGraphicsRectItem)]
    whole = view.scene().sceneRect()
    assert mark.rect() == QRectF(whole.width() * 0.25, whole.height() * 0.5, whole.width() * 0.5, whole.height() * 0.25)
    window.view.show_row(page(window, 1))
    assert not [each for each in view.scene().items() if isinstance(each, QGraphicsRectItem)]


def test_doubtful_pages_are_walked_through_and_approved(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(answer="<table><tr><td>cut")
    _add_pages(qtbot, window, tmp_path, 2)
    window.view.show_row(page(window, 0))
    assert [row.doubtful for row in window.model.pages()] == [True, True]
    button(window.result_view, "Looks right").click()
    assert window.view.current_row() is page(window, 1)
    window.commands.output.next_suspect.trigger()
    assert window.view.current_row() is page(window, 1)
    button(window.result_view, "Looks right").click()
    assert [row.doubtful for row in window.model.pages()] == [False, False]


def test_words_are_found_in_all_results(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add_pages(qtbot, window, tmp_path, 3)
    window.commands.output.find.trigger()
    bar = window.result_pane.find_bar
    bar.findChild(QComboBox, "findScope").setCurrentIndex(2)
    QTest.keyClicks(bar.findChild(QLineEdit, "findEdit"), "page")
    qtbot.waitUntil(lambda: label(bar, "findCount") == "3")
    first = window.view.current_row()
    window.commands.output.find_next.trigger()
    window.commands.output.find_next.trigger()
    qtbot.waitUntil(lambda: window.view.current_row() is not first)


def test_pages_that_were_not_read_are_marked_in_the_file_of_their_document(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    two = tmp_path / "two.tiff"
    images = [Image.open(numbered_image(tmp_path, number)) for number in (1, 2)]
    images[0].save(two, save_all=True, append_images=images[1:])
    drop(window, files_mime([two]))
    wait_for_states(qtbot, window, "Done", "Done")
    row = page(window, 1)
    assert row.job is not None
    failed = Result(row.job, JobState.TIMED_OUT, 1.0, error=Failure("timeout_total", (("limit_s", 1.0),)))
    window.model.correct(row, failed)
    window.commands.output.exports[0].trigger()
    _choose(window, tmp_path / "out.txt")
    qtbot.waitUntil(lambda: (tmp_path / "out.txt").exists())
    assert "[Page 2 was not read:" in (tmp_path / "out.txt").read_text()
