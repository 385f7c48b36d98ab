"""What the window says of servers: in the status bar, in notices, and in the row of a page that was cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.errors import ServerUnavailable
from glmocr_desktop.core.model import EngineChoice, Failure, Mode
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import server_words
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.recognition.canary import CanaryReport, CanaryResult
from glmocr_desktop.recognition.health import Health, HealthState
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, button_text, drop, files_mime, label, notice, page, states, texts, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess, running_server

_READ = CanaryReport(
    (
        CanaryResult(Mode.TEXT, True, 0.84),
        CanaryResult(Mode.TABLE, False, 1.5, Failure("server_refused", (("detail", "no <b>memory</b>"),))),
        CanaryResult(Mode.FORMULA, False, 0.0, skipped=True),
    )
)


@pytest.fixture
def narrow_server(tmp_path: Path) -> Iterator[ServerProcess]:
    """Reads one page at a time: the others are in its queue."""
    folder = tmp_path / "narrow"
    folder.mkdir()
    with running_server(folder, concurrency=1) as running:
        yield running


def _health(window: MainWindow) -> str:
    return label(window, "healthLabel")


def _server(server: ServerProcess) -> str:
    return server.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("health", "choice", "said"),
    [
        (Health(HealthState.READY, "h", 42.4), EngineChoice.AUTO, "Ready · 42 ms"),
        (Health(HealthState.READY, "h", 42.4, canaries=_READ), EngineChoice.AUTO, "Ready · 42 ms · reads 1 of 2"),
        (Health(HealthState.BUSY, "h", 42.4, 3), EngineChoice.AUTO, "Busy (3 waiting)"),
        (Health(HealthState.NOT_READING, "h", 42.4), EngineChoice.AUTO, "Answers, but does not read"),
        (Health(HealthState.NEEDS_LOGIN, "h"), EngineChoice.AUTO, "Sign-in needed"),
        (Health(HealthState.DOWN, "h"), EngineChoice.AUTO, "Down, reading offline"),
        (Health(HealthState.DOWN, "h"), EngineChoice.SERVER, "Down"),
    ],
)
def test_health_in_words(health: Health, choice: EngineChoice, said: str) -> None:
    assert server_words.health_words(health, choice) == said


def test_every_state_of_a_server_has_words() -> None:
    said = [server_words.health_words(Health(state, "h")) for state in HealthState]
    assert len(set(said)) == len(HealthState)


def test_the_tooltip_tells_all_that_is_known_of_each_server() -> None:
    settings = Settings(server_url="a:1 b:2")
    error = Failure.of(ServerUnavailable("server_not_answering", server="b:2"))
    healths = (
        Health(HealthState.READY, "a:1", 12.0, version="5.49.1", canaries=_READ),
        Health(HealthState.DOWN, "b:2", error=error),
    )
    assert server_words.health_tip(settings, healths).split("\n") == [
        "http://a:1",
        "Ready · 12 ms · reads 1 of 2 · Gradio 5.49.1",
        "Text: read in 0.8 s",
        "Table: not read. The server could not read this page: no <b>memory</b>",
        "Formula: the server has no such mode",
        "",
        "http://b:2",
        "Down",
        "The server at b:2 is not answering.",
    ]


def test_down_is_shown_within_a_second_of_the_first_refused_connection(
    qtbot: QtBot, open_window: OpenWindow, own_server: ServerProcess, tmp_path: Path
) -> None:
    """A page finds it out, long before the next look; and the server's return is seen at the next look."""
    own_server.start()
    window = open_window(Settings(server_url=own_server.url, probe_interval_s=60))
    qtbot.waitUntil(lambda: _health(window).startswith("Ready"))
    own_server.kill()
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    qtbot.waitUntil(lambda: states(window) == ["Reading"])
    qtbot.waitUntil(lambda: _health(window) == "Down, reading offline")
    assert notice(window) == (
        f"The server at {_server(own_server)} is not answering. Pages are read offline until it is back."
    )
    wait_for_states(qtbot, window, "Done offline")
    own_server.start()
    qtbot.waitUntil(lambda: _health(window).startswith("Ready"))
    assert notice(window) == "The server is back. One page was read offline."
    button(window.notices, "Read them again").click()
    wait_for_states(qtbot, window, "Done")


def test_of_two_servers_one_may_go_calmly(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, own_server: ServerProcess
) -> None:
    own_server.start()
    window = open_window(Settings(server_url=f"{own_server.url} {server.url}", probe_interval_s=0.2))
    first, second = _server(own_server), _server(server)
    qtbot.waitUntil(lambda: label(window, "engineLabel") == f"Reading by {first} (and 1 more)")
    qtbot.waitUntil(lambda: window.findChild(QLabel, "healthLabel").toolTip().count("Ready") == 2)
    own_server.kill()
    gone = f"The server at {first} is not answering. Pages go to {second}."
    qtbot.waitUntil(lambda: notice(window) == gone)
    assert _health(window).startswith("Ready")
    assert label(window, "engineLabel") == f"Reading by {second}"
    tip = window.findChild(QLabel, "healthLabel").toolTip()
    assert tip.index(own_server.url) < tip.index("Down") < tip.index(server.url) < tip.index("Ready")
    own_server.start()
    qtbot.waitUntil(lambda: notice(window) == f"The server at {first} is back.")
    assert label(window, "engineLabel") == f"Reading by {first} (and 1 more)"


def test_pages_read_offline_are_offered_to_another_server(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, closed_url: str, tmp_path: Path
) -> None:
    """The address was wrong, and a person corrects it."""
    window = open_window(Settings(server_url=closed_url, probe_interval_s=0.2))
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done offline")
    window.engine.apply(Settings(server_url=server.url, probe_interval_s=0.2))
    qtbot.waitUntil(lambda: "One page was read offline." in notice(window))


def test_where_pages_go(qtbot: QtBot, open_window: OpenWindow, server: ServerProcess) -> None:
    """The other computer's address is one that no packet is sent to."""
    window = open_window(Settings(server_url=server.url))
    qtbot.waitUntil(lambda: button_text(window, "placeButton") == "This computer")
    window.engine.apply(Settings(server_url="http://240.0.0.1:9", engine="server"))  # type: ignore[arg-type]
    window._show_health()
    qtbot.waitUntil(lambda: button_text(window, "placeButton") == "Local network")
    window.engine.apply(Settings(server_url="http://240.0.0.1:9", local_only=True))
    window._show_health()
    assert button_text(window, "placeButton") == "This computer only"


def test_a_page_is_taken_out_of_the_queue_of_the_server(
    qtbot: QtBot, open_window: OpenWindow, narrow_server: ServerProcess, tmp_path: Path
) -> None:
    narrow_server.control(delay_s=30)
    window = open_window(Settings(server_url=narrow_server.url, probe_interval_s=0.2, lanes=2))
    drop(window, files_mime([numbered_image(tmp_path, number) for number in range(2)]))

    def phases() -> list[str]:
        return [each.progress.phase.value if each.progress else "" for each in window.model.pages()]

    qtbot.waitUntil(lambda: sorted(phases()) == ["queued", "reading"])
    row = page(window, phases().index("queued"))
    window.view.show_row(row)
    window.reading.cancel([row])
    removed = "Cancelled, and removed from the server's queue."
    qtbot.waitUntil(lambda: removed in texts(window.result_view))
    assert sorted(states(window)) == ["Cancelled", "Reading"]
    assert narrow_server.queue_size() == 0


def test_the_button_in_the_status_bar_tells_its_name(window: MainWindow) -> None:
    found = window.findChild(QAbstractButton, "testConnectionButton")
    assert found.accessibleName() == "Test the connection"
    window.engine.apply(Settings(engine="offline"))  # type: ignore[arg-type]
    window._show_health()
    assert not found.isEnabled()  # no server is asked then
