"""English and Chinese, also while pages are being read."""

from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Failure, Language
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.gui.app import _run
from glmocr_desktop.gui.certificate_dialog import CertificateDialog
from glmocr_desktop.gui.export_dialog import Choice, ExportDialog
from glmocr_desktop.gui.language import install_language, resolved
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.password_dialog import PasswordDialog
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.gui.sign_in_dialog import SignInDialog
from glmocr_desktop.recognition.network.access import Certificate
from glmocr_desktop.results.export import FORMATS, Layout
from glmocr_desktop.results.formulas import typeset
from tests.gui.conftest import OpenWindow
from tests.gui.result_pane import open_pane
from tests.gui.said import Said, chinese, english, said_by
from tests.gui.screen import drop, files_mime, page, rendered, source, wait_for_states
from tests.support.pages import numbered_image
from tests.support.results import done
from tests.support.servers import ServerProcess


def _translations() -> dict[str, set[str]]:
    """What may stand for each source."""
    found: dict[str, set[str]] = {}
    for message in ET.parse(resource_path("translations") / "glmocr-desktop_zh_CN.ts").getroot().iter("message"):
        found.setdefault(message.findtext("source", ""), set()).add(message.findtext("translation", ""))
    return found


def _assert_chinese(said: Said) -> None:
    assert {what: text for (_, what), text in said.items() if english(text)} == {}


def test_the_language_changes_while_pages_are_read_and_nothing_stops_or_is_lost(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    window = open_window(Settings(server_url=server.url, probe_interval_s=0.2, lanes=2, language=Language.ENGLISH))
    install_language(Language.ENGLISH)
    lines = [f"L{number}" for number in range(79)] + ["L79 $x^2$"]
    server.control(answer="\n\n".join([*lines, "|a|b|\n|-|-|\n|1|2|"]))
    drop(window, files_mime([numbered_image(tmp_path, 0)]))
    wait_for_states(qtbot, window, "Done")
    qtbot.waitUntil(lambda: "L79" in source(window).toPlainText())
    window.result_pane.open_find_bar()
    typed = window.findChild(QLineEdit, "findEdit")
    typed.setText("L7")
    view = window.result_view.tabs.rendered
    qtbot.waitUntil(lambda: not view.busy and "L79" in rendered(window))
    view.selectAll()
    selected = view.textCursor().selectedText()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    kept = (view.verticalScrollBar().value(), typed.text(), window.view.current_row())
    before = said_by(window)
    server.control(delay_s=0.5, answer="M1")
    drop(window, files_mime([numbered_image(tmp_path, number) for number in range(1, 7)]))
    qtbot.waitUntil(lambda: window.model.counts[RowState.READING] > 0)

    window.engine.apply(Settings(server_url=server.url, probe_interval_s=0.2, lanes=2, language=Language.CHINESE))
    install_language(Language.CHINESE)
    assert window.reading.active  # it happened in the middle
    now = said_by(window)
    _assert_chinese(now)
    translations = _translations()
    for key, text in before.items():
        if text in translations and key in now:
            assert now[key] in translations[text], key
    assert (view.verticalScrollBar().value(), typed.text(), window.view.current_row()) == kept
    assert view.textCursor().selectedText() == selected
    qtbot.waitUntil(lambda: window.model.counts[RowState.DONE] == 7)
    window.view.show_row(page(window, 3))
    qtbot.waitUntil(lambda: rendered(window) == "M1")
    _assert_chinese(said_by(window))

    install_language(Language.ENGLISH)
    assert {what: text for (_, what), text in said_by(window).items() if chinese(text)} == {}


def test_dialogs_are_in_the_language_of_the_moment(qtbot: QtBot, window: MainWindow) -> None:
    install_language(Language.CHINESE)
    certificate = Certificate("", "aa:bb", date(2026, 5, 4), "")
    for dialog in (
        SignInDialog("http://h:1", window),
        CertificateDialog(
            "http://h:1",
            certificate,
            words.failure_words(Failure("certificate_unknown", (("server", "h:1"), ("detail", "it has expired")))),
            window,
        ),
        PasswordDialog("a.pdf", window),
        ExportDialog([done("a"), done("b")], Choice(FORMATS["xlsx"], Layout(), ""), window),
    ):
        _assert_chinese(said_by(dialog))
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save, window)
    assert "保存" in box.button(QDialogButtonBox.StandardButton.Save).text()  # Qt's own words


def test_what_is_wrong_is_said_in_chinese_but_what_others_said_stays() -> None:
    install_language(Language.CHINESE)

    def said(kind: str, **values: object) -> str:
        return words.failure_words(Failure(kind, tuple(values.items())))

    assert said("server_broken", server="h:1", detail="the connection was lost") == "服务器 h:1 中断了：连接已断开。"
    assert said("server_broken", server="h:1", detail="the proxy answered HTTP 502").endswith("代理返回 HTTP 502。")
    assert said("server_refused", detail="CUDA is 5 GB short") == "服务器未能识别此页：CUDA is 5 GB short"
    assert said("setting_type", name="Timeout", value="x", wanted="a number") == "超时：'x' 不是数字。"
    assert words.complaint_words(typeset(r"\unknown").error) == r"未知命令 \unknown。"
    assert words.format_words(FORMATS["xlsx"]) == "Excel 工作簿"
    assert not any(english(words.warning_words(kind)) for kind in ("empty", "cut_off", "loop", "no_table"))
    assert (words.seconds(1.25), words.seconds(75.0)) == ("1.3 秒", "1 分 15 秒")


def test_dates_and_numbers_follow() -> None:
    install_language(Language.CHINESE)
    assert QLocale().toString(QDate(2026, 5, 4), QLocale.FormatType.LongFormat).startswith("2026年5月4日")
    install_language(Language.ENGLISH)
    assert "May" in QLocale().toString(QDate(2026, 5, 4), QLocale.FormatType.LongFormat)


@pytest.mark.parametrize(
    ("chosen", "preferred", "spoken"),
    [
        (Language.SYSTEM, ["zh-Hans-CN", "zh-CN", "zh"], Language.CHINESE),
        (Language.SYSTEM, ["zh_CN"], Language.CHINESE),
        (Language.SYSTEM, ["de-DE", "de", "zh-CN"], Language.CHINESE),
        (Language.SYSTEM, ["en-GB", "zh-CN"], Language.ENGLISH),
        (Language.SYSTEM, ["de-DE"], Language.ENGLISH),
        (Language.SYSTEM, ["C"], Language.ENGLISH),
        (Language.SYSTEM, [], Language.ENGLISH),
        (Language.CHINESE, ["en-GB"], Language.CHINESE),
        (Language.ENGLISH, ["zh-CN"], Language.ENGLISH),
    ],
)
def test_the_language_of_the_system_is_spoken_if_it_is_known(
    chosen: Language, preferred: list[str], spoken: Language
) -> None:
    assert resolved(chosen, preferred) is spoken


def test_the_setting_changes_the_language_at_once(window: MainWindow) -> None:
    before = window.engine.settings
    window._preferences.applied.emit(before, Settings(server_url=before.server_url, language=Language.CHINESE))
    assert window.commands.read.text() == "识别"


def test_pages_below_each_other_are_numbered_in_the_language_of_the_moment(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    install_language(Language.ENGLISH)
    sheets = [Image.new("RGB", (60, 80), "white")] * 2
    sheets[0].save(tmp_path / "two.pdf", save_all=True, append_images=sheets[1:])
    drop(window, files_mime([tmp_path / "two.pdf"]))
    wait_for_states(qtbot, window, "Done", "Done")
    window.view.show_row(window.model.documents()[0])
    qtbot.waitUntil(lambda: "Page 2" in rendered(window))
    install_language(Language.CHINESE)
    qtbot.waitUntil(lambda: "第 2 页" in rendered(window))
    assert "Page" not in rendered(window)


def test_what_is_wrong_with_a_formula_is_said_anew(qtbot: QtBot, qt_loop: None, closed_url: str) -> None:
    install_language(Language.ENGLISH)
    with open_pane(qtbot, closed_url) as pane:
        pane.show(done(r"$$ x + \unknown $$"))
        pane.open_tab("Formula")
        qtbot.waitUntil(lambda: pane.words().count(r"Unknown command \unknown.") == 2)
        install_language(Language.CHINESE)
        assert pane.words().count(r"未知命令 \unknown。") == 2


def test_the_window_opens_in_the_language_of_the_settings(
    qtbot: QtBot, qt_loop: None, monkeypatch: pytest.MonkeyPatch, closed_url: str
) -> None:
    monkeypatch.setenv("GLMOCR_LANGUAGE", "zh_CN")
    monkeypatch.setenv("GLMOCR_SERVER_URL", closed_url)
    running = asyncio.get_running_loop().create_task(_run([], None, capture=False, instance=None))
    qtbot.waitUntil(lambda: bool(_visible_windows()))
    (window,) = _visible_windows()
    assert window.commands.read.text() == "识别"
    window.quit_now()
    qtbot.waitUntil(running.done)
    window.deleteLater()


def _visible_windows() -> list[MainWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
