"""How large the executables are, and how fast their window is there, beside the one that runs from source.

Run: ``python -m benchmarks.executables "dist/GLM-OCR Desktop" [--repeat N]``, from the project's folder, on Linux with
Xvfb, openbox and xdotool. It prints the largest parts, then medians of the time from the start of the process until the
window is on the screen, measured in turns, and which large libraries the process had loaded by then.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.display import Display, running_display

_HEAVY = ("onnxruntime", "cv2", "pdfium", "_pi_heif", "numpy", "_imaging", "lxml", "quickjs", "cryptography")
_SHOWN = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    programs = options.programs.resolve()
    _print_sizes(programs)
    commands = {"frozen": [str(programs / "GLM-OCR Desktop")], "source": [sys.executable, "-m", "glmocr_desktop"]}
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(options.repeat + 1):
        for name, command in commands.items():
            took, heavy = _shown(command)
            if turn:  # the first one fills the cache of the disk
                seconds[name].append(took)
    for name, each in seconds.items():
        print(
            f"{name}: window on the screen after {statistics.median(each):.2f} s ({min(each):.2f} to {max(each):.2f})"
        )
    print(f"loaded by then: {', '.join(heavy) or 'nothing heavy'}")


def _print_sizes(programs: Path) -> None:
    sizes: dict[str, int] = {}
    for file in programs.rglob("*"):
        if file.is_file() and not file.is_symlink():
            part = file.relative_to(programs).parts
            name = part[1] if len(part) > 1 else part[0]
            sizes[name] = sizes.get(name, 0) + file.stat().st_size
    print(f"{sum(sizes.values()) / 1e6:.0f} MB in all")
    for name, size in sorted(sizes.items(), key=lambda each: -each[1])[:_SHOWN]:
        print(f"{size / 1e6:8.1f} MB  {name}")


def _shown(command: list[str]) -> tuple[float, list[str]]:
    """Seconds until the window is there, and what was loaded."""
    with tempfile.TemporaryDirectory() as home, running_display(Path(home) / "home") as display:
        environ = {**display.environ, "GLMOCR_SERVER_URL": "http://127.0.0.1:9"}
        began = time.perf_counter()
        window = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
        try:
            return _waited(display, window, began)
        finally:
            window.kill()
            window.wait(10)


def _waited(display: Display, window: subprocess.Popen[bytes], began: float) -> tuple[float, list[str]]:
    display.wait_for_window("^GLM-OCR Desktop$")
    took = time.perf_counter() - began
    maps = Path(f"/proc/{window.pid}/maps").read_text()
    return took, [name for name in _HEAVY if name in maps]


if __name__ == "__main__":
    main()
