"""What was on the desk is there again at the next start."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Cut, Mode, Region
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.jobs import writer
from glmocr_desktop.jobs.kept import Asked
from glmocr_desktop.jobs.owned import remove_owned
from glmocr_desktop.results.blocks import with_text
from tests.documents.pdf_files import BLACK_SQUARE, encrypted_pdf
from tests.gui.conftest import OpenWindow
from tests.gui.screen import (
    button,
    drop,
    files_mime,
    image_mime,
    names,
    notice,
    page,
    rendered,
    states,
    wait_for_states,
)
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

Begin = Callable[..., MainWindow]


@pytest.fixture
def begin(open_window: OpenWindow, qtbot: QtBot, server: ServerProcess, tmp_path: Path) -> Begin:
    """A start of the program: the window has the documents of the last one."""

    def start(**more: object) -> MainWindow:
        settings = Settings(**{"server_url": server.url, "probe_interval_s": 0.2, "lanes": 2} | more)  # type: ignore[arg-type]
        window = open_window(settings)
        with qtbot.waitSignal(window.keeping.restored):
            window.keeping.begin(tmp_path / "data" / "documents.db")
        return window

    return start


def _leave(qtbot: QtBot, window: MainWindow) -> None:
    window.quit_now()
    qtbot.waitUntil(lambda: window.tasks.running == 0)


def test_a_desk_as_it_was(qtbot: QtBot, begin: Begin, server: ServerProcess, tmp_path: Path) -> None:
    """Results, corrections, other answers, regions, cuts, turns and what was paused; nothing is read twice."""
    first = begin()
    drop(first, files_mime([numbered_image(tmp_path, number) for number in range(3)]))
    wait_for_states(qtbot, first, "Done", "Done", "Done")
    rows = list(first.model.pages())
    result = rows[0].result
    assert result is not None
    first.model.correct(rows[0], with_text(result, "corrected by hand"))
    first.model.cut(rows[1], Cut(90))
    first.reading.read_regions(rows[2], [(Region(0, 0, 0.5, 0.5), Mode.TABLE)])
    qtbot.waitUntil(lambda: states(first) == ["Done"] * 4)
    first.reading.read([rows[0]], Mode.FORMULA)
    qtbot.waitUntil(lambda: states(first) == ["Done"] * 4 and rows[0].other is not None)
    first.reading.pause_all(True)
    first.model.check(rows[1])
    drop(first, files_mime([numbered_image(tmp_path, 8), tmp_path / "none.png"]))
    wait_for_states(qtbot, first, "Done", "Done", "Done", "Done", "Paused", "Failed")
    before = [(row.name, row.page, row.region, row.result, row.other, row.checked) for row in first.model.pages()]
    shown = names(first)
    _leave(qtbot, first)

    read = server.log()
    second = begin()
    assert states(second) == ["Done", "Done", "Done", "Done", "Paused", "Failed"]
    after = [(row.name, row.page, row.region, row.result, row.other, row.checked) for row in second.model.pages()]
    assert after == before
    assert names(second) == shown
    assert page(second, 0).other is not None
    assert second.engine.all_paused
    qtbot.waitUntil(lambda: "Formula" in rendered(second))  # the first page is selected
    assert server.log() == read
    second.reading.pause_all(False)
    wait_for_states(qtbot, second, "Done", "Done", "Done", "Done", "Done", "Failed")
    second.reading.remove(second.model.documents()[1:])
    _leave(qtbot, second)

    assert states(begin()) == ["Done"]


def test_what_was_not_read_goes_on(qtbot: QtBot, begin: Begin, server: ServerProcess, tmp_path: Path) -> None:
    """Quitting cancels nothing that a person did not cancel; each page is read in the mode that it was added in."""
    server.control(delay_s=30)
    first = begin()
    first.reading.mode = Mode.TABLE
    drop(first, files_mime([numbered_image(tmp_path, number) for number in range(12)]))
    qtbot.waitUntil(lambda: len(server.log()) >= 2 and len(states(first)) == 12)
    assert states(first)[-4:] == ["Waiting"] * 4
    first.reading.read_first([page(first, 11)])
    first.reading.read_last([page(first, 8)])
    first.reading.pause([page(first, 9)])
    first.reading.cancel([page(first, 10), page(first, 0)])
    qtbot.waitUntil(lambda: states(first).count("Cancelled") == 2)
    first.close()
    question = first.findChild(QMessageBox, "closingQuestion")
    assert question is not None
    assert "go on when the program is opened again" in question.text()
    with qtbot.waitSignal(first.closed):
        button(question, "Quit").click()
    qtbot.waitUntil(lambda: first.tasks.running == 0)

    server.begin_log()
    second = begin(lanes=1)
    wait_for_states(qtbot, second, "Cancelled", *["Done"] * 8, "Paused", "Cancelled", "Done")
    starts = [line for line in server.log() if line.startswith("start")]
    assert "start 11" in starts[:3]  # two more are made ready beside it
    assert starts[-1] == "start 8"
    assert len(starts) == 9
    done = page(second, 11).result
    assert done is not None
    assert done.text.startswith("Table Recognition:")


@pytest.mark.parametrize("reopen", [True, False])
def test_what_was_not_opened_goes_on(
    qtbot: QtBot, begin: Begin, server: ServerProcess, tmp_path: Path, reopen: bool
) -> None:
    """Each file comes once; one that was read before the program ended does not come again."""
    folder = tmp_path / "many"
    folder.mkdir()
    every = {numbered_image(folder, number).name for number in range(300)}
    server.control(delay_s=0.05)
    first = begin(reopen=reopen)
    drop(first, files_mime([folder]))
    qtbot.waitUntil(lambda: first.model.counts[RowState.DONE] > 0)
    assert first.intake.waiting == [str(folder)]
    first.close()
    question = first.findChild(QMessageBox, "closingQuestion")
    assert question is not None
    said = question.text() + question.informativeText()
    assert "Files are still being opened. That goes on when the program is opened again." in said
    with qtbot.waitSignal(first.closed):
        button(question, "Quit").click()
    qtbot.waitUntil(lambda: first.tasks.running == 0)
    read = {row.name for row in first.model.pages() if row.state is RowState.DONE}
    assert 0 < len(read) < len(every)

    second = begin(reopen=reopen)
    qtbot.waitUntil(lambda: second.intake.waiting == [])
    found = names(second)
    assert len(found) == len(set(found))
    assert read.union(found) == every
    assert (len(found) == len(every)) is reopen  # what was read in the last moment may be there all the same
    _leave(qtbot, second)
    assert begin(reopen=reopen).intake.waiting == []


def test_a_locked_document_asks_again_for_what_was_not_read(
    qtbot: QtBot, begin: Begin, server: ServerProcess, tmp_path: Path
) -> None:
    """What was read is there; the password is not kept."""
    path = tmp_path / "secret.pdf"
    path.write_bytes(encrypted_pdf(BLACK_SQUARE, user=b"open sesame"))
    first = begin()
    drop(first, files_mime([path]))
    wait_for_states(qtbot, first, "Needs a password")
    _unlock(qtbot, first)
    wait_for_states(qtbot, first, "Done")
    first.reading.pause_all(True)
    first.reading.read_regions(page(first, 0), [(Region(0, 0, 1, 0.5), Mode.TEXT)])
    _leave(qtbot, first)

    second = begin()
    assert states(second) == ["Done", "Needs a password"]
    assert b"open sesame" not in (tmp_path / "data" / "documents.db").read_bytes()
    second.reading.pause_all(False)
    second.reading.read([page(second, 1)])  # which cannot be done without the password
    assert states(second) == ["Done", "Needs a password"]
    _unlock(qtbot, second)
    wait_for_states(qtbot, second, "Done", "Done")


def _unlock(qtbot: QtBot, window: MainWindow) -> None:
    """Give its password to the first row that needs one."""
    row = next(row for row in window.model.pages() if row.state is RowState.LOCKED)
    window.view.unlock_pressed.emit(row)
    dialog = window.findChild(QWidget, "passwordDialog")
    assert dialog is not None
    edit = dialog.findChild(QLineEdit, "passwordEdit")
    assert edit is not None
    edit.setText("open sesame")
    QTest.keyClick(edit, "\r")
    qtbot.waitUntil(lambda: window.findChild(QWidget, "passwordDialog") is None)


def test_what_was_pasted_stays_as_long_as_its_page(qtbot: QtBot, begin: Begin, tmp_path: Path) -> None:
    """Also when the program is opened again without going on; what belongs to nothing goes, but nobody else's."""
    folder = tmp_path / "data" / "pasted"
    first = begin(reopen=False)
    first.intake.add_mime(image_mime())
    wait_for_states(qtbot, first, "Done")
    drop(first, files_mime([tmp_path / "none.png"]))
    wait_for_states(qtbot, first, "Done", "Failed")
    [pasted] = folder.iterdir()
    assert stat.S_IMODE(pasted.stat().st_mode) == 0o600
    _leave(qtbot, first)

    long_ago = (1_000_000_000, 1_000_000_000)
    stray, other = folder / "stray.png", folder / "notes.txt"
    stray.touch()
    other.touch()
    for each in (stray, other, pasted):
        os.utime(each, long_ago)
    second = begin(reopen=False)
    assert states(second) == ["Failed"]
    qtbot.waitUntil(lambda: not stray.exists())
    assert other.exists()
    store = second.keeping.store
    assert store is not None
    [found] = store.find(Asked("page 7"))
    store.put_on([found.page_id]).result()
    second.keeping.show(store.pages([found.page_id]))
    assert states(second) == ["Failed", "Done"]
    assert second.keeping.show(store.pages([found.page_id])) == []
    qtbot.waitUntil(lambda: second.tasks.running == 0)
    remove_owned([*store.delete([found.page_id]).result(), str(tmp_path / "none.png"), "/etc/hostname"], folder)
    assert not pasted.exists()


@dataclass
class _Disk:
    """How many pages the database may have; none are given back when there are more already."""

    pages: int = 1_000_000


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> _Disk:
    """A disk that can be full."""
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(writer, "_AGAIN_S", 0.05)
    disk, write = _Disk(), writer._done_together

    def written(connection: sqlite3.Connection, works: list[writer.Work[object]]) -> list[object]:
        connection.execute(f"PRAGMA max_page_count = {disk.pages}").fetchall()
        return write(connection, works)

    monkeypatch.setattr(writer, "_done_together", written)
    return disk


def test_a_full_disk_holds_reading_up_for_as_long_as_it_is_full(
    qtbot: QtBot, begin: Begin, server: ServerProcess, disk: _Disk, tmp_path: Path
) -> None:
    """It says so once, tells nothing that it could not keep, goes on by itself, and closes in time even so."""
    window = begin()
    drop(window, files_mime([numbered_image(tmp_path, number) for number in range(3)]))
    wait_for_states(qtbot, window, "Done", "Done", "Done")
    store = window.keeping.store
    assert store is not None
    disk.pages = 1
    store.set_note("much", "x" * 200_000)
    qtbot.waitUntil(lambda: "is full" in notice(window))
    window.reading.read(list(window.model.pages()))
    qtbot.waitUntil(lambda: len(server.log()) == 12)
    window.reading.remove([page(window, 2)])
    assert set(states(window)) == {"Reading"}
    disk.pages = 1_000_000
    wait_for_states(qtbot, window, "Done", "Done")
    qtbot.waitUntil(lambda: notice(window) == "")

    disk.pages = 1
    store.set_note("more", "x" * 400_000)
    qtbot.waitUntil(lambda: "is full" in notice(window))
    drop(window, files_mime([numbered_image(tmp_path, 5)]))
    window.close()
    question = window.findChild(QMessageBox, "closingQuestion")
    assert question is not None
    assert "would have to be added again" in question.text()
    with qtbot.waitSignal(window.closed):
        button(question, "Quit").click()
    qtbot.waitUntil(lambda: window.tasks.running == 0)
    disk.pages = 1_000_000
    assert states(begin()) == ["Done", "Done"]


def test_nothing_is_kept_on_the_disk_any_more(qtbot: QtBot, begin: Begin, tmp_path: Path) -> None:
    """What is on the desk is deleted there and goes on in memory; and can be kept again."""
    first = begin()
    first.intake.add_mime(image_mime())
    wait_for_states(qtbot, first, "Done")
    drop(first, files_mime([numbered_image(tmp_path, 1), tmp_path / "none.png"]))
    wait_for_states(qtbot, first, "Done", "Done", "Failed")
    with qtbot.waitSignal(first.keeping.opened):
        first.keeping.keep_on_disk(False)
    assert not first.keeping.lasting
    assert b"page 1.png" not in (tmp_path / "data" / "documents.db").read_bytes()
    first.reading.read([page(first, 0)], Mode.TABLE)
    wait_for_states(qtbot, first, "Done", "Done", "Failed")
    with qtbot.waitSignal(first.keeping.opened):
        first.keeping.keep_on_disk(True)
    assert first.keeping.lasting
    before = [row.result for row in first.model.pages()]
    _leave(qtbot, first)

    second = begin()
    assert [row.result for row in second.model.pages()] == before
    [pasted] = (tmp_path / "data" / "pasted").iterdir()
    with qtbot.waitSignal(second.keeping.opened):
        second.keeping.keep_on_disk(False)
    second.reading.remove([page(second, 1)])
    _leave(qtbot, second)
    assert not pasted.exists()
    assert states(begin()) == []


def test_a_second_window_leaves_its_documents_to_the_next_start(
    qtbot: QtBot, begin: Begin, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    """Each has a desk of its own; neither reads what the other has to read."""
    first = begin()
    drop(first, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, first, "Done")
    second = open_window(Settings(server_url=server.url, probe_interval_s=0.2))
    with qtbot.waitSignal(second.keeping.restored):
        second.keeping.begin(tmp_path / "data" / "documents.db", beside=True)
    drop(second, files_mime([numbered_image(tmp_path, 2)]))
    wait_for_states(qtbot, second, "Done")
    second.reading.pause_all(True)
    drop(second, files_mime([numbered_image(tmp_path, 3)]))
    wait_for_states(qtbot, second, "Done", "Paused")
    _leave(qtbot, second)
    assert states(first) == ["Done"]
    store = first.keeping.store
    assert store is not None
    assert {found.name: found.on_desk for found in store.find(Asked())} == {"page 1.png": True, "page 2.png": False}
    _leave(qtbot, first)
    third = begin()
    assert sorted(names(third)) == ["page 1.png", "page 3.png"]
