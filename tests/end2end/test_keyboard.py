"""A whole session by the keyboard alone, on a real display with a window manager."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.display import Display, running_display
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

_WINDOW = Path(__file__).parents[1] / "support" / "window.py"


def _told(window: subprocess.Popen[str]) -> dict[str, object]:
    """The next result that the window prints."""
    assert window.stdout is not None
    line = window.stdout.readline()
    assert line, window.communicate()[1]
    return dict(json.loads(line))


def _type(display: Display, text: str, *keys: str) -> None:
    display.xdotool("type", "--delay", "20", text)
    display.xdotool("key", "--delay", "60", *keys)


@pytest.mark.display
def test_a_session_by_the_keyboard_alone(tmp_path: Path, server: ServerProcess) -> None:
    """Files are added, read in two modes, filtered, exported and removed, and the program is left."""
    first, second = (str(numbered_image(tmp_path, number)) for number in (1, 2))
    folder = tmp_path / "exported"
    folder.mkdir()
    with running_display(tmp_path / "home") as display:
        environ = {**display.environ, "GLMOCR_SERVER_URL": server.url, "GLMOCR_NATIVE_DIALOGS": "0"}
        window = subprocess.Popen(
            [sys.executable, str(_WINDOW)], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            display.wait_for_window("GLM-OCR Desktop")
            display.xdotool("key", "ctrl+o")
            display.wait_for_window("Add files")
            _type(display, f'"{first}" "{second}"', "Return")
            assert {_told(window)["document"] for _ in range(2)} == {first, second}
            # The documents have the focus: up and down choose one, and it is read again as a table.
            display.xdotool("key", "--delay", "60", "ctrl+2", "Home", "F5")
            page = _told(window)
            assert (page["mode"], page["document"], page["text"]) == ("table", first, "Table Recognition: page 1")
            # Of the filtered documents only one is seen; Down goes on to it.
            display.xdotool("key", "ctrl+shift+f")
            _type(display, "page 2", "Return", "Down", "Home", "ctrl+1", "F5")
            page = _told(window)
            assert (page["mode"], page["document"]) == ("text", second)
            display.xdotool("key", "--delay", "60", "ctrl+shift+f", "Escape", "ctrl+m", "ctrl+m")
            display.xdotool("key", "ctrl+shift+e")
            display.xdotool("key", "--delay", "60", "Down", "Down", "Return")
            display.wait_for_window("Export")
            _type(display, str(folder), "Return")
            display.xdotool("key", "--delay", "60", "ctrl+comma")
            display.wait_for_window("Settings")
            display.xdotool("key", "--delay", "60", "Escape", "ctrl+a", "Delete", "ctrl+q")
            _, errors = window.communicate(timeout=20)
            assert window.returncode == 0
            assert "Traceback" not in errors
            assert (folder / "page 2.txt").read_text().split() == ["Text", "Recognition:", "page", "2"]
        finally:
            window.kill()
            window.communicate(timeout=10)
