"""Time to the first painted window and idle memory, beside a bare PySide6 window, in the same run.

Usage: ``python benchmarks/start_up.py [--repeat N]``. Prints medians and ratios; also which heavy modules were loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from typing import Any

HEAVY = ("gradio_client", "onnxruntime", "pypdfium2", "rapidocr", "cv2", "numpy", "PIL.PngImagePlugin", "pi_heif")

# Both programs report on standard output at the moment when the first paint has been done, and again a second later.
_REPORT = """
import json, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
def resident_mb():
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024
class Watch(QObject):
    def __init__(self, window):
        super().__init__(window)
        self.painted = False
        window.installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = True
            QTimer.singleShot(0, self.first)
        return False
    def first(self):
        self.first_s = time.time() - STARTED
        self.heavy = [name for name in HEAVY if name in sys.modules]
        QTimer.singleShot(1500, self.idle)
    def idle(self):
        print(json.dumps({"first_s": self.first_s, "idle_mb": resident_mb(), "heavy": self.heavy,
                          "heavy_idle": [name for name in HEAVY if name in sys.modules]}), flush=True)
        leave()
"""

_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
leave = app.quit
watch = Watch(window)
window.show()
app.exec()
"""

_OURS = """
from glmocr_desktop.gui import main_window
class Watched(main_window.MainWindow):
    def show(self):
        global leave, watch
        leave, watch = self.quit_now, Watch(self)
        super().show()
main_window.MainWindow = Watched
from glmocr_desktop.__main__ import main
sys.argv[1:] = []
main()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7)
    repeat = parser.parse_args().repeat
    bare, ours = [], []
    _run(_OURS)
    for _ in range(repeat):  # in turns, so that both meet the same noise
        bare.append(_run(_BARE))
        ours.append(_run(_OURS))
    for key, unit in (("first_s", "s"), ("idle_mb", "MB")):
        one, other = (statistics.median(each[key] for each in series) for series in (bare, ours))
        print(f"{key:8}  bare {one:7.2f} {unit}   ours {other:7.2f} {unit}   ratio {other / one:.2f}")
    painted, idle = (ours[-1][key] or "none" for key in ("heavy", "heavy_idle"))
    print(f"heavy modules at first paint: {painted}, when idle: {idle}")


def _run(program: str) -> dict[str, Any]:
    code = f"import time; STARTED = time.time(); HEAVY = {HEAVY!r}\n{_REPORT}\n{program}"
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "GLMOCR_HOME": home, "GLMOCR_SERVER_URL": "http://127.0.0.1:9"}
        environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules, the second time at the latest
        done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, timeout=60)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stderr
    report: dict[str, Any] = json.loads(lines[-1])
    return report


if __name__ == "__main__":
    main()
