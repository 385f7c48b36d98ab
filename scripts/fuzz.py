"""Tries whatever Hypothesis thinks of, again and again with other examples, for some minutes.

Run: ``make fuzz``, or ``python scripts/fuzz.py MINUTES [what else pytest is told]`` from the project's folder. It ends
with pytest's code at the first round that fails; Hypothesis prints the smallest example that it found, which belongs
into a test of its own. A round that is still running when the time is over is ended, and counts as passed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time


def main(minutes: float, more: list[str]) -> int:
    """Rounds until the time is over."""
    until = time.monotonic() + 60 * minutes
    environ = os.environ | {"GLMOCR_FUZZ": "long", "QT_QPA_PLATFORM": "offscreen"}
    while (left_s := until - time.monotonic()) > 0:
        seed = str(random.randrange(1 << 30))
        print(f"round {seed}: {left_s / 60:.0f} minutes are left", flush=True)
        told = ["-m", "fuzz", f"--hypothesis-seed={seed}", "--timeout=0", "-ofaulthandler_timeout=0", "-x", "-q", *more]
        with subprocess.Popen([sys.executable, "-m", "pytest", *told], env=environ) as running:
            try:
                code = running.wait(left_s)
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGINT)  # so that it ends its workers
                return 0
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
