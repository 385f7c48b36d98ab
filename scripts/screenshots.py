"""Pictures of the window for the documentation: sizes, colours, languages and states, taken on a real display.

Run: ``python -m scripts.screenshots [NAME…]``, from the project's folder; it takes three minutes and needs Xvfb and
openbox.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import QBuffer, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QToolButton
from qasync import QEventLoop

from glmocr_desktop.core.model import EngineChoice, Language, Mode, Region, Theme
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import open_document
from glmocr_desktop.gui import words
from glmocr_desktop.gui.appearance import appearance
from glmocr_desktop.gui.correcting.formula_editor import FormulaEditor
from glmocr_desktop.gui.history.history_window import HistoryWindow
from glmocr_desktop.gui.language import install_language
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.page.page_view import PageView
from glmocr_desktop.gui.rows import Opened
from glmocr_desktop.gui.theme import with_chinese
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.recognition.canary import CANARIES
from scripts.drawn_pages import CUT, FORMULA, REPORT, draw_page
from tests.support.display import running_display
from tests.support.servers import ServerProcess, free_port

_ROOT = Path(__file__).parents[1]
_PICTURES = _ROOT / "docs" / "pictures"
_COLOURS = 256
_T = TypeVar("_T")
_SETTLE_S = 1.2  # until everything that is drawn a little later has been drawn


@dataclass(frozen=True)
class Look:
    """How a picture is taken.

    Attributes:
        width: Of the window in pixels; so is its height.
    """

    name: str
    scene: str
    width: int = 1366
    height: int = 768
    theme: Theme = Theme.LIGHT
    language: Language = Language.ENGLISH
    text_scale: int = 100


_DARK, _CHINESE = Theme.DARK, Language.CHINESE
LOOKS = (
    Look("01-first-start", "first_start"),
    Look("02-first-start-chinese-dark", "first_start", 1366, 768, _DARK, _CHINESE),
    Look("03-empty", "empty"),
    Look("04-empty-chinese-dark", "empty", 1920, 1080, _DARK, _CHINESE),
    Look("05-result", "result"),
    Look("06-result-dark", "result", 1920, 1080, _DARK),
    Look("07-result-chinese", "result", 1366, 768, Theme.LIGHT, _CHINESE),
    Look("08-busy", "busy"),
    Look("09-busy-chinese-dark", "busy", 1920, 1080, _DARK, _CHINESE),
    Look("10-down-offline", "down"),
    Look("11-down-chinese", "down", 1366, 768, Theme.LIGHT, _CHINESE),
    Look("12-errors", "errors"),
    Look("13-errors-chinese-dark", "errors", 1366, 768, _DARK, _CHINESE),
    Look("14-metrics", "metrics"),
    Look("15-metrics-chinese-dark", "metrics", 1920, 1080, _DARK, _CHINESE),
    Look("16-why-slow", "why_slow"),
    Look("17-settings", "settings"),
    Look("18-settings-chinese-dark", "settings", 1366, 768, _DARK, _CHINESE),
    Look("19-regions", "regions"),
    Look("20-compare", "compare", 1600, 900),
    Look("21-formula", "formula", 1366, 768, _DARK),
    Look("22-ten-thousand-pages", "many", 2560, 1440),
    Look("23-large-screen", "result", 3840, 2160, Theme.LIGHT, Language.ENGLISH, 200),
    Look("24-shortcuts", "shortcuts"),
    Look("25-history", "history", 1600, 900),
    Look("26-history-chinese-dark", "history", 1600, 900, _DARK, _CHINESE),
)


class Studio:
    """Sets scenes in a real window, and takes pictures of them.

    Args:
        folder: For everything that is made on the way.
        server: Reads the pages.
    """

    def __init__(self, folder: Path, server: ServerProcess) -> None:
        self._folder = folder
        self._server = server
        self._engines: list[JobEngine] = []  # whose last pages may still come back

    async def take(self, look: Look) -> None:
        """Set one scene and keep its picture."""
        known = {Settings().prompt(canary.mode): canary.known for canary in CANARIES}
        self._server.control(**({"answers": known} if look.scene == "first_start" else {"answer": REPORT}))
        url = f"http://localhost:{free_port()}" if look.scene == "down" else self._server.url
        settings = Settings(
            server_url=url,
            theme=look.theme,
            language=look.language,
            text_scale=look.text_scale,
            probe_interval_s=0.5,
            alert_error_share=0.0,
        )
        install_language(look.language)
        home = Path(tempfile.mkdtemp(dir=self._folder))
        appearance().use(look.theme, look.text_scale)
        self._engines.append(JobEngine(settings))
        window = MainWindow(self._engines[-1], home / "config", home / "data")
        window.resize(look.width, look.height)
        window.move(0, 0)
        if look.scene == "first_start":
            window.welcome()
        window.show()
        window.engine.start()
        await _until(lambda: window.engine.health.latency_ms is not None or look.scene == "down")
        await getattr(self, f"_{look.scene}")(window)
        await asyncio.sleep(_SETTLE_S)
        _keep(window, _PICTURES / f"{look.name}.png")
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog | QMenu) and dialog.isVisible():
                dialog.close()
        window.quit_now()
        await window.tasks.ended()
        window.deleteLater()

    async def _first_start(self, window: MainWindow) -> None:
        await _until(_child(window, QPushButton, "welcomeUseLocalButton").isVisible)

    async def _empty(self, _window: MainWindow) -> None:
        pass

    async def _result(self, window: MainWindow) -> None:
        await self._add_page(window, "报告 report.png")
        self._server.control(answer=FORMULA)
        await self._add_page(window, "formula.png", FORMULA)
        self._server.control(answer=CUT)
        await self._add_page(window, "cut table.png", "A B C")
        await self._add(window, [str(resource_path("samples") / "report.pdf")])
        window.view.show_row(window.model.documents()[0])

    async def _formula(self, window: MainWindow) -> None:
        self._server.control(answer=FORMULA)
        await self._add_page(window, "formula.png", FORMULA)
        tabs = window.result_view.tabs
        tabs.setCurrentWidget(_child(tabs, FormulaEditor))

    async def _busy(self, window: MainWindow) -> None:
        await self._add_page(window, "报告 report.png")
        self._server.control(answer=REPORT, delay_s=4)
        window.intake.add_paths([str(resource_path("samples"))])
        await _until(lambda: len(list(window.model.pages())) > 12)
        await asyncio.sleep(6)

    async def _down(self, window: MainWindow) -> None:
        samples = resource_path("samples")
        await self._add(window, [str(samples / name) for name in ("letter.png", "会议纪要.png", "timetable.png")])
        window.notices.show_notice(_down_words(window), alarming=True)
        window.view.show_row(window.model.documents()[0])

    async def _errors(self, window: MainWindow) -> None:
        await self._add_page(window, "报告 report.png")
        broken = self._folder / "broken.pdf"
        broken.write_bytes(b"%PDF-1.7 and nothing else")
        (self._folder / "empty.png").write_bytes(b"")
        self._server.control(delay_s=30)
        window.reading.limits = replace(window.reading.limits, total_s=1.0)
        await self._add(window, [str(broken), str(self._folder / "empty.png")])
        await self._add_page(window, "slow.png", "slow")
        window.view.show_row(window.model.documents()[3])

    async def _metrics(self, window: MainWindow) -> None:
        for number in range(1, 25):
            self._server.control(answer=REPORT, delay_s=number % 5 / 20)
            window.intake.add_paths([await draw_page(window, self._folder / f"page {number}.png", str(number))])
            await asyncio.sleep(0.3)
        await _until(lambda: window.model.rowCount() == 24 and window.reading.active == 0)
        window.commands.metrics.trigger()

    async def _why_slow(self, window: MainWindow) -> None:
        await self._metrics(window)
        window.view.show_row(window.model.documents()[4])
        window.commands.check()
        window.commands.why_slow.trigger()

    async def _settings(self, window: MainWindow) -> None:
        await self._add_page(window, "报告 report.png")
        window.commands.settings.trigger()

    async def _regions(self, window: MainWindow) -> None:
        lines = _sample_text("invoice.png").splitlines()
        rows = [line.split("\t") for line in lines if "\t" in line]
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        words_of = ["\n\n".join(some) for some in (lines[:6], lines[3:6], lines[-2:])]
        table = f"<table>{cells}</table>"
        self._server.control(answer="\n\n".join([words_of[0], table, words_of[2]]))
        await self._add(window, [str(resource_path("samples") / "invoice.png")])
        self._server.control(answer=words_of[1], answers={Settings().prompt(Mode.TABLE): table})
        row = window.model.documents()[0]
        parts = [(Region(0.1, 0.25, 0.5, 0.13), Mode.TEXT), (Region(0.1, 0.4, 0.8, 0.34), Mode.TABLE)]
        window.reading.read_regions(row, parts)
        await _until(lambda: window.reading.active == 0)
        window.view.show_row(row)
        _child(window, QToolButton, "regionsButton").defaultAction().setChecked(True)
        view = window.page_pane.view
        await _until(lambda: not view.picture.isEmpty())
        for region, mode in parts:
            view.regions.choose(-1)
            view.regions.set_mode(mode)
            _draw(view, region)

    async def _compare(self, window: MainWindow) -> None:
        self._server.control(answer=_sample_text("letter.png").replace("legible", "readable").replace("£", "E"))
        await self._add(window, [str(resource_path("samples") / "letter.png")])
        row = window.model.documents()[0]
        window.reading.read([row], Mode.TEXT, EngineChoice.OFFLINE)
        await _until(lambda: window.reading.active == 0)
        tabs = window.result_view.tabs
        tabs.setCurrentWidget(window.result_view.compare)

    async def _many(self, window: MainWindow) -> None:
        path = self._folder / "archive.pdf"
        with Image.open(await draw_page(window, self._folder / "sheet.png")) as sheet:
            sheet.save(path, save_all=True, append_images=[sheet] * 19)
        pages = open_document(str(path))
        for number in range(500):
            document = replace(pages[0].document, id=f"many {number}", name=f"Archive box {number + 1:03}.pdf")
            window.intake.opened.emit([Opened(str(path), tuple(replace(each, document=document) for each in pages))])
        self._server.control(answer=REPORT, delay_s=0.2)
        await asyncio.sleep(12)

    async def _history(self, window: MainWindow) -> None:
        window.keeping.begin(Path(tempfile.mkdtemp(dir=self._folder)) / "documents.db")
        await self._result(window)
        window.commands.history.trigger()
        history = _child(window, HistoryWindow)
        await _until(lambda: history.model.rowCount() > 0)
        history.asking.words.setText("12.5")
        await _until(lambda: history.preview.result.toPlainText())

    async def _shortcuts(self, window: MainWindow) -> None:
        _child(window, QAction, "shortcutsAction").trigger()

    async def _add(self, window: MainWindow, paths: list[str]) -> None:
        before = window.model.rowCount()
        window.intake.add_paths(paths)
        await _until(lambda: window.model.rowCount() == before + len(paths))
        await _until(lambda: window.reading.active == 0)

    async def _add_page(self, window: MainWindow, name: str, text: str = REPORT) -> None:
        await self._add(window, [await draw_page(window, self._folder / name, text)])


def _draw(view: PageView, region: Region) -> None:
    """Draw a region on the page, as a hand does."""
    edges = QPointF(region.left, region.top), QPointF(region.left + region.width, region.top + region.height)
    picture = view.picture
    begin, end = (
        view.mapFromScene(picture.left() + edge.x() * picture.width(), picture.top() + edge.y() * picture.height())
        for edge in edges
    )
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def _sample_text(name: str) -> str:
    known = json.loads((resource_path("samples") / "known-text.json").read_text(encoding="utf-8"))
    return str(known[name]["pages"][0])


def _down_words(window: MainWindow) -> str:
    """What the window itself says when a server goes; here it was never there."""
    failure = window.engine.health.error
    assert failure is not None
    return words.failure_words(failure)


def _child(parent: QObject, kind: type[_T], name: str = "") -> _T:
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert isinstance(found, kind)
    return found


async def _until(done: Callable[[], object], limit_s: float = 180) -> None:
    for _ in range(int(limit_s * 20)):
        if done():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


def _keep(window: MainWindow, path: Path) -> None:
    """The window with what stands before it, in few colours, since pictures of windows have few."""
    screen = QGuiApplication.primaryScreen()
    frame: QRect = window.frameGeometry()
    picture = screen.grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height())
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as image:
        path.parent.mkdir(exist_ok=True)
        image.convert("RGB").quantize(_COLOURS).save(path, optimize=True)
    print(path.relative_to(_ROOT), path.stat().st_size // 1024, "kB")


async def _take(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = ServerProcess(folder)
        server.start()
        try:
            studio = Studio(folder, server)
            for look in LOOKS:
                if not names or look.name in names:
                    await studio.take(look)
        finally:
            server.kill()


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *(each.name for each in LOOKS)])
    names = parser.parse_args().names
    with tempfile.TemporaryDirectory() as home, running_display(Path(home), "3840x2160") as display:
        os.environ.update(display.environ)
        app = QApplication(sys.argv[:1])
        app.setApplicationDisplayName("GLM-OCR Desktop")
        app.setFont(with_chinese(app.font()))
        app.setQuitOnLastWindowClosed(False)
        loop = QEventLoop(app)
        with loop:
            loop.run_until_complete(_take(names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
