"""A child ends with its parent, whatever it is doing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

PROGRAM = Path(__file__).with_name("busy_child.py")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing tells a thread that cannot run")
@pytest.mark.parametrize("doing", ["busy", "stopped"])
def test_a_child_ends_with_a_parent_that_is_killed(doing: str) -> None:
    """Also when its receiving thread cannot see that, because the interpreter is taken or the process is stopped."""
    with subprocess.Popen([sys.executable, PROGRAM, doing], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        child = psutil.Process(int(program.stdout.readline()))
        if doing == "stopped":
            child.send_signal(signal.SIGSTOP)
        else:
            before = child.cpu_times().user
            while child.cpu_times().user < before + 0.1:
                pass
        program.kill()
    gone, alive = psutil.wait_procs([child], timeout=10)
    for each in alive:
        each.kill()
    assert len(gone) == 1
