"""A program that falls leaves a report; one that ends, or is killed, leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from glmocr_desktop.core import crash
from glmocr_desktop.core.crash import new_report
from glmocr_desktop.core.settings_file import home_dirs

_PROGRAM = """
import ctypes, os, signal, sys
from glmocr_desktop.core.crash import CrashWatch
watch = CrashWatch()
watch.begin()
{}
watch.end()
"""
_FAULT = "ctypes.string_at(0)"


def _run(what: str) -> None:
    subprocess.run([sys.executable, "-c", _PROGRAM.format(what)], check=False, stderr=subprocess.DEVNULL)


def _names() -> list[str]:
    folder = home_dirs()[2] / "crashes"
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("what", ["pass", "os.kill(os.getpid(), signal.SIGKILL)", "os._exit(1)"])
def test_an_end_or_a_kill_is_no_fall(what: str) -> None:
    if sys.platform == "win32" and "SIGKILL" in what:
        pytest.skip("no such signal")
    _run(what)
    assert new_report() == ""
    assert _names() == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_a_full_disk_does_not_disturb_the_end() -> None:
    """Nothing could be written at the beginning; Python tries that once more when the file is closed."""
    full = "from glmocr_desktop.core import crash; crash.make_private_file = lambda path: path.symlink_to('/dev/full')"
    (home_dirs()[2] / "crashes").mkdir(parents=True)
    program = f"{full}\n{_PROGRAM.format('pass')}"
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert _names() == []


@pytest.mark.parametrize("what", [_FAULT, "os.abort()"])
def test_a_fall_is_told_once_without_anything_private(what: str) -> None:
    _run(f"divorce = '/srv/ann/divorce.pdf'\n{what}")
    report = new_report()
    assert "Fatal Python error" in report
    assert '"version"' in report
    assert "/" + "srv" not in report
    assert str(Path.home()) not in report
    assert new_report() == ""
    (name,) = _names()
    path = home_dirs()[2] / "crashes" / name
    assert path.read_text() == report
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_report_that_could_not_be_written_is_written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    _run(_FAULT)
    write = Path.write_text

    def full(*_arguments: object, **_more: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert new_report() == ""
    monkeypatch.setattr(Path, "write_text", write)
    assert "Fatal Python error" in new_report()


def test_a_later_program_with_the_same_number_hides_nothing() -> None:
    _run(_FAULT)
    (name,) = _names()
    path = home_dirs()[2] / "crashes" / name
    later = path.rename(path.with_name(f"running-{os.getpid()}.txt"))
    os.utime(later, (1, 1))  # written long before the program began that has this number now
    assert "Fatal Python error" in new_report()


def test_a_program_that_runs_is_left_alone() -> None:
    watch = crash.CrashWatch()
    hooks = sys.excepthook, sys.unraisablehook
    watch.begin()
    try:
        assert new_report() == ""
        assert len(_names()) == 1
    finally:
        watch.end()
        sys.excepthook, sys.unraisablehook = hooks
    assert _names() == []


def test_only_the_newest_reports_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "_KEPT", 2)
    for number in range(4):
        monkeypatch.setattr(crash.time, "strftime", lambda form, number=number: f"crash-{number}.txt")
        crash._written("{}", "fault")
    assert _names() == ["crash-2.txt", "crash-3.txt"]


def test_a_command_that_falls_says_where() -> None:
    fall = "import ctypes, sys; from glmocr_desktop import __main__, cli; cli.main = lambda _: ctypes.string_at(0); "
    start = "sys.argv = ['glmocr-desktop', 'recognize']; __main__.main()"
    fallen = subprocess.run([sys.executable, "-c", fall + start], capture_output=True, text=True, check=False)
    assert "Fatal Python error" in fallen.stderr
    assert "ctypes" in fallen.stderr
    assert new_report() == ""
