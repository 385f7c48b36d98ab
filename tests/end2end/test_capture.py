"""A key of the desktop captures what another program shows, with a real pointer on a real display."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage

from glmocr_desktop.core.resources import resource_path
from tests.support.display import running_display

_WINDOW = Path(__file__).parents[1] / "support" / "window.py"
_LETTER = resource_path("samples") / "letter.png"
_PLACE = (50, 40)
_SHOWN = QSize(500, 400)
_AREA = QRect(30, 60, 301, 201)  # of what is shown
_PROGRAM = f"""
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel(None, Qt.WindowType.FramelessWindowHint)
label.setWindowTitle("what is shown")
label.setPixmap(QPixmap({str(_LETTER)!r}).copy(0, 0, {_SHOWN.width()}, {_SHOWN.height()}))
label.move(*{_PLACE})
label.show()
app.exec()
"""


def _pixels(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.display
def test_a_second_start_captures_the_screen(tmp_path: Path, closed_url: str) -> None:
    """Into the window that is open already, with exactly the pixels that the pointer went over."""
    pasted = tmp_path / "home" / "data" / "pasted"
    with running_display(tmp_path / "home") as display:
        environ = {**display.environ, "GLMOCR_SERVER_URL": closed_url, "GLMOCR_ENGINE": "server"}
        shown = subprocess.Popen([sys.executable, "-c", _PROGRAM], env=environ)
        window = subprocess.Popen(
            [sys.executable, str(_WINDOW)], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            display.wait_for_window("what is shown")
            display.wait_for_window("GLM-OCR Desktop")
            second = [sys.executable, "-m", "glmocr_desktop", "--capture"]
            assert subprocess.run(second, env=environ, timeout=30).returncode == 0
            display.wait_for_window("Capture")
            left, top = _PLACE[0] + _AREA.x(), _PLACE[1] + _AREA.y()
            display.drag((left, top), (left + _AREA.width() - 1, top + _AREA.height() - 1))
            assert window.stdout is not None
            assert str(pasted) in window.stdout.readline()  # it was read, though by nobody
            window.send_signal(signal.SIGTERM)
            _, errors = window.communicate(timeout=10)
            assert window.returncode == 0
            assert "Traceback" not in errors
        finally:
            for process in (shown, window):
                process.kill()
                process.communicate(timeout=10)
    [kept] = pasted.iterdir()
    captured = QImage(str(kept))
    assert captured.size() == _AREA.size()
    assert _pixels(captured) == _pixels(QImage(str(_LETTER)).copy(_AREA))
