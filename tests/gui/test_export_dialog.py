"""An export whose files, names and folder are chosen."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Document, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.sharing import Sharing
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine
from tests.gui.screen import label
from tests.support.results import done

TABLE = "words\n\n<table><tr><td>A</td><td>7</td></tr></table>"


class Place(QWidget):
    """A window of which results are exported."""

    def __init__(self, engine: JobEngine) -> None:
        super().__init__()
        self.tasks = Tasks(engine, self)
        self.notices = NoticeBar(self)
        self.sharing = Sharing(self, self.tasks, self.notices)

    @property
    def notice(self) -> str:
        """What the notice bar says; empty when it says nothing."""
        return self.notices.accessibleName() if self.notices.isVisible() else ""


@pytest.fixture
def place(qtbot: QtBot, qt_loop: None, closed_url: str) -> Iterator[Place]:
    engine = JobEngine(Settings(server_url=closed_url))
    place = Place(engine)
    qtbot.addWidget(place)
    place.show()
    yield place
    qtbot.waitUntil(lambda: place.tasks.running == 0)
    engine.shutdown()


def _results(*names: str, text: str = TABLE) -> list[Result]:
    return [done(text, document=Document(name, f"/{name}", name)) for name in names]


def _open(qtbot: QtBot, place: Place, results: list[Result]) -> QDialog:
    place.sharing.export_with_dialog(results)
    dialog = next(each for each in place.findChildren(QDialog, "exportDialog") if each.isVisible())
    qtbot.waitExposed(dialog)
    return dialog


def _pick(dialog: QWidget, name: str, text: str) -> None:
    combo = dialog.findChild(QComboBox, name)
    assert combo is not None
    assert combo.isVisible()
    combo.setCurrentIndex(combo.findText(text))
    assert combo.currentText() == text


def _type(dialog: QWidget, name: str, text: str) -> None:
    edit = dialog.findChild(QLineEdit, name)
    assert edit is not None
    edit.setText(text)


def _button(dialog: QWidget, name: str = "exportAcceptButton") -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_it_says_what_would_be_exported(qtbot: QtBot, place: Place) -> None:
    one = Document("a.pdf", "/a.pdf", "a.pdf")
    pages = [done("x", document=one, number=number) for number in (1, 2, 3)]
    for results, words in (
        (pages[:1], "1 page"),
        (pages, "3 pages of 1 document"),
        ([*pages, *_results("b.png")], "4 pages of 2 documents"),
    ):
        dialog = _open(qtbot, place, results)
        assert label(dialog, "exportScope") == words
        combo = dialog.findChild(QComboBox, "exportFilesCombo")
        assert combo is not None
        assert combo.isVisible() == ("documents" in words)
        dialog.reject()


def test_everything_can_be_named_and_found(qtbot: QtBot, place: Place) -> None:
    dialog = _open(qtbot, place, _results("a.png", "b.png"))
    for kind in (QComboBox, QLineEdit):
        for each in dialog.findChildren(kind):
            assert each.accessibleName(), each.objectName()
            assert each.objectName().startswith("export")
    dialog.reject()


def test_one_workbook_for_all_documents(qtbot: QtBot, place: Place, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dialog = _open(qtbot, place, _results("a.png", "b.png"))
    _pick(dialog, "exportFormatCombo", "Excel workbook")
    _pick(dialog, "exportFilesCombo", "One for all documents")
    _type(dialog, "exportNameEdit", "box 12")
    _type(dialog, "exportFolderEdit", str(out))
    assert label(dialog, "exportExample") == "For example: box 12.xlsx"
    _button(dialog).click()
    qtbot.waitUntil(lambda: place.notice == f"Exported to {out / 'box 12.xlsx'}")
    assert load_workbook(out / "box 12.xlsx").sheetnames == ["a table 1", "b table 1", "Text"]


def test_tables_in_files_of_their_own(qtbot: QtBot, place: Place, tmp_path: Path) -> None:
    dialog = _open(qtbot, place, _results("a.png", "b.png"))
    _pick(dialog, "exportFormatCombo", "Markdown")
    tables = dialog.findChild(QComboBox, "exportTablesCombo")
    assert tables is not None
    assert not tables.isVisible()
    _pick(dialog, "exportFormatCombo", "CSV")
    _pick(dialog, "exportTablesCombo", "Each in a file of its own")
    _type(dialog, "exportNameEdit", "{n} {name}")
    _type(dialog, "exportFolderEdit", str(tmp_path))
    assert label(dialog, "exportExample") == "For example: 1 a table 1.csv"
    _button(dialog).click()
    qtbot.waitUntil(lambda: place.notice == f"Exported 4 files to {tmp_path}")
    assert {"1 a table 1.csv", "1 a text.csv", "2 b table 1.csv", "2 b text.csv"} <= set(_names(tmp_path))


def test_what_does_not_go_together_is_told_at_once(qtbot: QtBot, place: Place, tmp_path: Path) -> None:
    dialog = _open(qtbot, place, _results("a.png", "b.png"))
    _type(dialog, "exportFolderEdit", str(tmp_path))
    assert _button(dialog).isEnabled()
    _type(dialog, "exportNameEdit", "{who}")
    assert label(dialog, "exportExample").startswith("{who} means nothing in a file name.")
    assert not _button(dialog).isEnabled()
    _type(dialog, "exportNameEdit", "{page}")
    assert _button(dialog).isEnabled()
    _pick(dialog, "exportFilesCombo", "One for all documents")
    assert not _button(dialog).isEnabled()
    _type(dialog, "exportNameEdit", "x")
    assert _button(dialog).isEnabled()
    for folder in ("", "relative"):
        _type(dialog, "exportFolderEdit", folder)
        assert not _button(dialog).isEnabled()
    dialog.reject()


def test_a_folder_is_looked_for(qtbot: QtBot, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLMOCR_NATIVE_DIALOGS", "0")
    (tmp_path / "box").mkdir()
    dialog = _open(qtbot, place, _results("a.png"))
    _button(dialog, "exportFolderButton").click()
    chooser = dialog.findChild(QFileDialog, "fileDialog")
    assert chooser is not None
    edit = chooser.findChild(QLineEdit, "fileNameEdit")
    assert edit is not None
    edit.setText(str(tmp_path / "box"))
    chooser.accept()
    folder = dialog.findChild(QLineEdit, "exportFolderEdit")
    assert folder is not None
    assert Path(folder.text()) == tmp_path / "box"
    dialog.reject()


def test_the_choices_are_still_there_the_next_time(qtbot: QtBot, place: Place, tmp_path: Path) -> None:
    dialog = _open(qtbot, place, _results("a.png"))
    _pick(dialog, "exportFormatCombo", "Plain text")
    _type(dialog, "exportNameEdit", "{name} {mode}")
    _type(dialog, "exportFolderEdit", str(tmp_path))
    _button(dialog).click()
    qtbot.waitUntil(lambda: place.notice == f"Exported to {tmp_path / 'a text.txt'}")
    again = _open(qtbot, place, _results("b.png"))
    assert label(again, "exportExample") == "For example: b text.txt"
    again.reject()


def test_files_that_could_not_be_written_are_told_beside_the_others(
    qtbot: QtBot, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full in the middle of the second file."""
    real = os.link

    def full(source: str, target: Path) -> None:
        if target.name == "b.txt":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(os, "replace", full)
    dialog = _open(qtbot, place, _results("a.png", "b.png", "c.png"))
    _pick(dialog, "exportFormatCombo", "Plain text")
    _type(dialog, "exportFolderEdit", str(tmp_path / "out"))
    _button(dialog).click()
    qtbot.waitUntil(lambda: "Exported 2 files" in place.notice)
    assert place.notice == (
        f"Exported 2 files to {tmp_path / 'out'}. Not written: 1. b.txt could not be written: no space left on device."
    )
    assert _names(tmp_path / "out") == ["a.txt", "c.txt"]
