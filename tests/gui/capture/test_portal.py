"""What a desktop answers when it is asked for a picture of the screen: a real bus, with a portal of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.session_bus import running_portal

_PORTAL = Path(__file__).parents[2] / "support" / "screenshot_portal.py"
# Asks as often as it is told to, and prints each outcome.
_CLIENT = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from glmocr_desktop.gui.capture.portal import Portal
app = QCoreApplication([])
portal = Portal(app)
left = int(sys.argv[1])
def told(name, *values):
    global left
    print(name, *values, flush=True)
    left -= 1
    portal.ask() if left else app.quit()
portal.taken.connect(lambda path: told("taken", path))
portal.cancelled.connect(lambda: told("cancelled"))
portal.refused.connect(lambda words: told("refused", words))
QTimer.singleShot(0, portal.ask)
app.exec()
"""


def _outcomes(environ: dict[str, str], count: int) -> list[str]:
    command = [sys.executable, "-c", _CLIENT, str(count)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=30, check=True)
    return done.stdout.splitlines()


def test_each_question_has_one_outcome(bus: dict[str, str]) -> None:
    answers = [
        "0=file:///tmp/a%20%E4%B8%AD.png",
        "1",
        "2",
        "0=https://example.com/a.png",
        "early0=file:///b.png",
        "end",
    ]
    with running_portal(bus, _PORTAL, *answers):
        told = _outcomes(bus, len(answers) + 1)
    refused = "refused The desktop refused to capture the screen."
    missing = "refused This desktop does not let programs capture the screen."
    assert told[0] == "taken /tmp/a 中.png"
    assert told[1] == "cancelled"
    assert told[2].startswith(refused)
    assert told[3].startswith(refused)  # nothing is downloaded
    assert told[4] == "taken /b.png"
    assert told[5].startswith(missing)  # it died while it was asked
    assert told[6].startswith(missing)
    assert len(told) == 7


def test_without_a_bus_there_is_no_portal() -> None:
    [told] = _outcomes({**os.environ, "PYTHONPATH": str(Path.cwd())}, 1)
    assert told.startswith("refused This desktop does not let programs capture the screen.")
