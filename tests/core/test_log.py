"""The log: made when there is something in it, private, one object a line, and never a reason to fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_PROGRAM = """
import logging, sys, warnings
from pathlib import Path
from glmocr_desktop.core.log import start_log
log = logging.getLogger('glmocr_desktop.x')
start_log({options})
{then}
"""


def _run(home: Path, then: str, options: str = "") -> str:
    environ = {**os.environ, "GLMOCR_HOME": str(home)}
    code = _PROGRAM.format(then=then, options=options)
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    return done.stderr


def _kept(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_details_go_to_the_terminal_and_to_a_file(tmp_path: Path) -> None:
    said = _run(tmp_path, "log.warning('a detail'); log.info('qui' 'et'); warnings.warn('a strange tag')")
    folder = tmp_path / "logs"
    kept = _kept(folder / "glmocr-desktop.log")
    assert "a detail" in said
    assert "a strange tag" in said
    assert "quiet" not in said
    assert [each["level"] for each in kept] == ["WARNING", "INFO", "WARNING"]
    assert kept[0]["message"] == "a detail"
    assert kept[0]["logger"] == "glmocr_desktop.x"
    if sys.platform != "win32":
        assert (folder / "glmocr-desktop.log").stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700


def test_what_is_private_or_orders_the_terminal_is_kept_out(tmp_path: Path) -> None:
    then = r"""
log.warning('one\ntwo \x1b]52;c;x\x07 \u202e')
log.info('at http://ann:pw@host.example/x?token=1', extra={'facts': {'name': '/srv/ann/divorce.pdf', 'page': 3}})
try:
    raise OSError(2, 'gone', '/srv/ann/divorce.pdf')
except OSError:
    log.exception('bad')
"""
    said = _run(tmp_path, then, f"verbose=True, file=Path({str(tmp_path / 'own.log')!r})")
    text = (tmp_path / "own.log").read_text()
    kept = _kept(tmp_path / "own.log")
    assert len(kept) == 3
    assert kept == _kept(tmp_path / "logs" / "glmocr-desktop.log")
    assert kept[1]["facts"]["page"] == 3
    assert kept[2]["exception"] == "FileNotFoundError"
    assert "Traceback" in kept[2]["error"]
    for each in (said, text):
        assert not {"\x1b", "\x07", "\u202e"} & set(each)
        for secret in ("ann", "divorce", "host.example", "token=1"):
            assert secret not in each


def test_only_own_words_are_written_as_they_are(tmp_path: Path) -> None:
    then = """
from enum import StrEnum
from glmocr_desktop.core.log import OwnWord
Kind = StrEnum('Kind', 'DOWN')
for _again in range(2):
    log.info('/srv/ann/one.pdf was read', extra={'facts': {
        'id': OwnWord('84c130c8'), 'state': Kind.DOWN, 'again': True, 'said': '/srv/ann/two.pdf'}})
log.info('/srv/ann/three.pdf was read')
"""
    _run(tmp_path, then)
    first, second, third = _kept(tmp_path / "logs" / "glmocr-desktop.log")
    assert first["facts"] == {"id": "84c130c8", "state": "down", "again": True, "said": "<file>.pdf"}
    for each in (first, second, third):
        assert "ann" not in str(each)
    assert second["message"] == first["message"]


def test_processes_share_a_file_of_bounded_size(tmp_path: Path) -> None:
    then = "for number in range(2500): log.info('%d ' + 'words ' * 60, number)"
    program = _PROGRAM.format(then=then, options="")
    environ = {**os.environ, "GLMOCR_HOME": str(tmp_path)}
    running = [
        subprocess.Popen([sys.executable, "-c", program], env=environ, stderr=subprocess.PIPE) for _each in range(2)
    ]
    assert [each.communicate()[1] for each in running] == [b"", b""]
    files = list((tmp_path / "logs").iterdir())
    assert 1 < len(files) <= 3
    for file in files:
        assert file.stat().st_size < 1_100_000
        assert _kept(file)


def test_without_anything_to_say_there_is_no_file(tmp_path: Path) -> None:
    assert _run(tmp_path, "log.debug('all is well')") == ""
    assert list((tmp_path / "logs").iterdir()) == []


def test_without_a_folder_the_program_runs(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    assert "a detail" in _run(home, "logging.warning('a detail')")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert _run(tmp_path, "log.info('a detail')", "file=Path('/dev/full')") == ""


def test_the_options_stand_before_or_after_the_command(tmp_path: Path) -> None:
    environ = {**os.environ, "GLMOCR_HOME": str(tmp_path)}
    own = tmp_path / "own.log"
    command = ["recognize", str(tmp_path / "none.png")]
    for arguments in (["--verbose", "--log-file", str(own), *command], [*command, f"--log-file={own}", "--verbose"]):
        own.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "glmocr_desktop", *arguments],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "The program started" in done.stderr
        assert _kept(own)[0]["facts"]["what"] == "recognize"
