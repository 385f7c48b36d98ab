"""The log: made when there is something in it, and never a reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import logging, warnings
from glmocr_desktop.core.log import start_log
start_log()
{then}
"""


def _run(home: Path, then: str) -> str:
    environ = {**os.environ, "GLMOCR_HOME": str(home)}
    code = _PROGRAM.format(then=then)
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    return done.stderr


def test_details_go_to_the_terminal_and_to_a_file(tmp_path: Path) -> None:
    said = _run(tmp_path, "logging.getLogger('glmocr_desktop.x').warning('a detail'); warnings.warn('a strange tag')")
    kept = (tmp_path / "logs" / "glmocr-desktop.log").read_text()
    for text in (said, kept):
        assert "a detail" in text
        assert "a strange tag" in text


def test_without_anything_to_say_there_is_no_file(tmp_path: Path) -> None:
    assert _run(tmp_path, "logging.getLogger('glmocr_desktop').info('all is well')") == ""
    assert list((tmp_path / "logs").iterdir()) == []


def test_without_a_folder_the_program_runs(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    assert "a detail" in _run(home, "logging.warning('a detail')")
