"""The command line, called in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from glmocr_desktop.cli import main
from tests.cli.program import Ended, Run
from tests.support.servers import ServerProcess


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], server: ServerProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """Runs ``recognize`` in an empty folder; by the server, unless the test says otherwise."""
    monkeypatch.chdir(tmp_path)

    def recognize(*arguments: str, engine: str = "server") -> Ended:
        code = main(["recognize", *arguments, "--server", server.url, "--engine", engine])
        return Ended(code, *capsys.readouterr())

    return recognize
