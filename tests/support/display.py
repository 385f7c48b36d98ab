"""A virtual X display with a window manager, and a hand on its mouse."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_STEP_S = "0.08"  # a drag is only seen as one when the pointer moves in several steps


class Display:
    """An X display of its own.

    Attributes:
        environ: What a program needs to open its window there.
    """

    def __init__(self, name: str, home: Path) -> None:
        self.environ = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "GLMOCR_HOME": str(home)}

    def wait_for_window(self, title: str) -> None:
        """Return when a window with this title is on the screen."""
        self.xdotool("search", "--sync", "--onlyvisible", "--name", title)

    def drag(
        self,
        start: tuple[int, int],
        end: tuple[int, int],
        steps: int = 10,
        until: Callable[[], object] = lambda: None,
    ) -> None:
        """Press at one place, move to the other, and release there.

        Args:
            start: In pixels of the screen.
            end: The same.
            steps: How many moves there are.
            until: Returns when the release may come.
        """
        (x0, y0), (x1, y1) = start, end
        moves: list[str] = []
        for step in range(1, steps + 1):
            x, y = x0 + (x1 - x0) * step // steps, y0 + (y1 - y0) * step // steps
            moves += ["mousemove", str(x), str(y), "sleep", _STEP_S]
        self.xdotool("mousemove", str(x0), str(y0), "mousedown", "1", "sleep", _STEP_S, *moves)
        until()
        self.xdotool("mouseup", "1")

    def xdotool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environ, capture_output=True, text=True, timeout=30, check=True
        )
        return done.stdout


@contextmanager
def running_display(home: Path, size: str = "1600x900") -> Iterator[Display]:
    """Xvfb with openbox, ended together at the end."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as number:
            display = Display(f":{number.readline().strip()}", home)
        manager = subprocess.Popen(
            ["openbox"], env=display.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield display
        finally:
            manager.kill()
            manager.wait(10)
    finally:
        server.kill()
        server.wait(10)
