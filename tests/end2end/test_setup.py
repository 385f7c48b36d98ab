"""The scripts behind ``make``, on a machine that is made up: its commands are small scripts in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPTS = Path(__file__).parents[2] / "scripts"
_NEEDED_TOOLS = ("awk", "cat", "dirname", "env", "mktemp", "rm", "sh", "tr")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make is for Linux and macOS")


class _Machine:
    """A folder that is the whole search path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.calls = folder / "calls.txt"
        for name in _NEEDED_TOOLS:
            found = shutil.which(name)
            assert found is not None
            (folder / name).symlink_to(found)

    def add(self, name: str, script: str) -> None:
        """Give the machine a command; ``$0`` and its arguments are noted."""
        path = self._folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.calls}"\n{script}\n')
        path.chmod(0o755)

    def debian(self, packages: str, user: int = 0) -> None:
        """Make it a Debian with these lines of installed packages."""
        self.add("dpkg-query", f"printf '%b' '{packages}'")
        self.add("apt-get", "exit 0")
        self.add("id", f"echo {user}")

    def run(self, script: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        command = [str(_SCRIPTS / script), *arguments]
        environment = {"PATH": str(self._folder), "TMPDIR": str(self._folder)} | environ
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)

    def called(self, name: str) -> list[str]:
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        return [line for line in lines if line.startswith(f"{name} ")]


@pytest.fixture
def machine(tmp_path: Path) -> _Machine:
    return _Machine(tmp_path)


_INSTALLED = (
    "installed\tlibgl1\t\\ninstalled\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.84), libgio-fam\\nnot-installed\txvfb\t\\n"
)


def test_nothing_is_done_when_all_packages_are_there(machine: _Machine) -> None:
    """Also by another name, or when one of two will do."""
    machine.debian(_INSTALLED)
    ended = machine.run("debian_packages.sh", "libgl1", "libglib2.0-0", "fonts-none|libgl1")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert machine.called("apt-get") == []


def test_root_gets_what_is_missing(machine: _Machine) -> None:
    machine.debian(_INSTALLED)
    ended = machine.run("debian_packages.sh", "libgl1", "xvfb", "fonts-a|fonts-b")
    assert ended.returncode == 0, ended.stderr
    assert machine.called("apt-get")[-1] == "apt-get install --no-install-recommends -y xvfb fonts-a"


def test_the_lists_are_fetched_when_a_package_is_not_known(machine: _Machine) -> None:
    machine.debian(_INSTALLED)
    known = machine.calls.with_name("known")
    machine.add("apt-get", f'[ "$1" = update ] && : >"{known}"; [ -e "{known}" ]')
    assert machine.run("debian_packages.sh", "xvfb").returncode == 0
    assert [line.split()[1] for line in machine.called("apt-get")] == ["install", "update", "install"]


def test_what_apt_says_is_shown_when_it_fails(machine: _Machine) -> None:
    machine.debian(_INSTALLED)
    machine.add("apt-get", "echo 'E: no network' >&2; exit 100")
    ended = machine.run("debian_packages.sh", "xvfb")
    assert ended.returncode != 0
    assert "E: no network" in ended.stderr


def test_others_are_told_one_line_to_type(machine: _Machine) -> None:
    machine.debian(_INSTALLED, user=1000)
    ended = machine.run("debian_packages.sh", "libgl1", "xvfb", "openbox")
    assert ended.returncode == 1
    line = "sudo apt-get update && sudo apt-get install --no-install-recommends xvfb openbox"
    assert line in ended.stderr.splitlines()
    assert machine.called("apt-get") == []


def test_other_systems_are_left_alone(machine: _Machine) -> None:
    assert machine.run("debian_packages.sh", "xvfb").returncode == 0


def test_a_python_in_range_is_found(machine: _Machine) -> None:
    """The first one of the list that fits, not just the first one."""
    machine.add("python3", "exit 1")
    (machine.calls.parent / "python3.12").symlink_to(sys.executable)
    ended = machine.run("find_python.sh")
    assert ended.stdout.strip() == str(machine.calls.parent / "python3.12")


def test_a_python_can_be_named(machine: _Machine) -> None:
    assert machine.run("find_python.sh", PYTHON=sys.executable).stdout.strip() == sys.executable


def test_no_python_in_range(machine: _Machine) -> None:
    machine.add("python3", "exit 1")
    assert machine.run("find_python.sh").returncode == 1


def test_all_scripts_can_be_started() -> None:
    scripts = [*_SCRIPTS.glob("*.sh"), _SCRIPTS.parent / ".ci" / "run"]
    assert [str(path) for path in scripts if not os.access(path, os.X_OK)] == []
