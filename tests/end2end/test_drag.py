"""Files are dragged from another program onto the window, with a real pointer on a real display."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from glmocr_desktop.core.resources import resource_path
from tests.support.display import running_display

_SUPPORT = Path(__file__).parents[1] / "support"


@pytest.mark.display
def test_a_file_dragged_onto_the_window_is_read(tmp_path: Path, closed_url: str) -> None:
    sample = tmp_path / "发票 1.png"
    sample.write_bytes((resource_path("canaries") / "text.png").read_bytes())
    with running_display(tmp_path / "home") as display:
        environ = {**display.environ, "GLMOCR_SERVER_URL": closed_url}
        source = subprocess.Popen(
            [sys.executable, str(_SUPPORT / "drag_source.py"), "50", "300", str(sample)],
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        command = [sys.executable, str(_SUPPORT / "window.py")]
        window = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            display.wait_for_window("drag source")
            display.wait_for_window("GLM-OCR Desktop")
            assert source.stdout is not None
            # What is dropped before the window below has answered is not taken.
            taken = iter(source.stdout.readline, "CopyAction\n")
            display.drag((150, 360), (1000, 450), until=lambda: list(taken))
            assert window.stdout is not None
            page = json.loads(window.stdout.readline())
            assert (page["document"], page["state"], page["engine"]) == (str(sample), "done", "offline")
            window.send_signal(signal.SIGTERM)
            _, errors = window.communicate(timeout=10)
            assert window.returncode == 0
            assert "Traceback" not in errors
        finally:
            for process in (source, window):
                process.kill()
                process.communicate(timeout=10)


@pytest.mark.display
def test_the_pointer_zooms_moves_and_marks_the_page(tmp_path: Path) -> None:
    """What lies over the page must not take what is meant for it."""
    sample = str(resource_path("samples") / "letter.png")
    with running_display(tmp_path / "home") as display:
        command = [sys.executable, str(_SUPPORT / "pointer.py"), sample]
        done = subprocess.run(command, env=display.environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"regions": 1}
