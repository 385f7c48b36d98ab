"""A page is read by somebody who hears the window instead of seeing it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glmocr_desktop.core.resources import resource_path
from tests.support.display import running_display

_SUPPORT = Path(__file__).parents[1] / "support"
_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_PYTHON = "/usr/bin/python3"


def _missing() -> str:
    """What is not installed of all that it takes; empty when everything is."""
    if not (shutil.which("dbus-run-session") and _LAUNCHER.exists()):
        return "there is no accessibility bus"
    look = [_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    known = Path(_PYTHON).exists() and subprocess.run(look, capture_output=True, check=False).returncode == 0
    return "" if known else "the system's Python does not know AT-SPI"


@pytest.mark.display
def test_a_session_through_the_accessibility_bus(tmp_path: Path, closed_url: str) -> None:
    """Files are added, read and looked at, and settings opened, from outside and without a pointer or a key."""
    if missing := _missing():
        pytest.skip(missing)
    sample = tmp_path / "发票 1.png"
    sample.write_bytes((resource_path("canaries") / "text.png").read_bytes())
    with running_display(tmp_path / "home") as display:
        environ = {
            **display.environ,
            "GLMOCR_SERVER_URL": closed_url,
            "GLMOCR_NATIVE_DIALOGS": "0",
            "LC_ALL": "C.UTF-8",
        }
        # What the bus, the window and the reader are; all end with the reader.
        script = f'{_LAUNCHER} --launch-immediately & "$0" "$1" & "${{@:2}}"; ended=$?; kill $(jobs -p); exit $ended'
        window = (sys.executable, str(_SUPPORT / "window.py"))
        reader = (_PYTHON, "-W", "ignore", str(_SUPPORT / "screen_reader.py"), str(sample), "harbour")
        command = ["dbus-run-session", "--", "bash", "-c", script, *window, *reader]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout.splitlines()[-1])
    assert heard["health"] == "Down, reading offline"
    assert heard["engine"] == "Reading offline"
    assert heard["buttons"] == {
        "addFilesButton": "Add",
        "pasteButton": "Paste",
        "readButton": "Read",
        "cancelAllButton": "Cancel all",
        "settingsButton": "Settings",
    }
    assert heard["cells"][-2:] == [sample.name, "Done offline"]
    assert "Please bring form 3082" in heard["result"]
    assert heard["progress"].startswith("1 of 1")
    assert heard["settings"].startswith("Settings")
