"""Builds the executables: ``python packaging/build.py``, in an environment with the project's extra ``package``.

The same on Linux, Windows and macOS: licences, icons and version are made, then PyInstaller does the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Build into ``dist``; the exit code is PyInstaller's."""
    build = _ROOT / "build"
    build.mkdir(exist_ok=True)
    _run("scripts/licences.py", "build/licences.txt")
    _run("packaging/icons.py", "build/icons")
    if sys.platform == "win32":
        _run("packaging/windows/version_info.py", "build/version.txt")
    command = ("-m", "PyInstaller", "packaging/glmocr.spec", "--noconfirm", "--log-level", "WARN")
    return _run(*command, "--workpath", "build/pyinstaller", "--distpath", "dist")


def _run(*arguments: str) -> int:
    # What gets in is what is installed, not what lies in this folder.
    environ = {**os.environ, "PYTHONSAFEPATH": "1", "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([sys.executable, *arguments], cwd=_ROOT, env=environ, check=True).returncode


if __name__ == "__main__":
    sys.exit(main())
