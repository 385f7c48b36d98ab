"""The server is killed in the middle of forty pages: every page ends once, and says who read it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.support.servers import free_port, wait_until_up

_PAGES = 40
_KILL_AFTER = 12


@pytest.fixture
def offline_server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The program's own server, with the offline engine behind it."""
    port = free_port()
    command = [sys.executable, "-m", "glmocr_desktop", "serve", "--reader", "offline", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_until_up(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait(10)


def _page(folder: Path, number: int) -> None:
    image = Image.new("RGB", (420, 90), "white")
    ImageDraw.Draw(image).text((20, 25), f"Invoice {1000 + number}", "black", ImageFont.load_default(36))
    image.save(folder / f"invoice {number}.png")


def test_every_page_is_read_once_by_one_of_the_two(
    offline_server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    url, server = offline_server
    for number in range(_PAGES):
        _page(tmp_path, number)
    command = [sys.executable, "-m", "glmocr_desktop", "recognize", str(tmp_path), "--json", "--server", url]
    pages = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        for line in reading.stdout:
            pages.append(json.loads(line))
            if len(pages) == _KILL_AFTER:
                server.kill()
        errors = reading.stderr.read()
        assert reading.wait(60) == 0, errors
    assert "Traceback" not in errors
    texts = {Path(page["document"]).stem: page["text"] for page in pages}
    assert len(pages) == len(texts) == _PAGES
    assert all(texts[f"invoice {number}"] == f"Invoice {1000 + number}" for number in range(_PAGES))
    engines = Counter(page["engine"] for page in pages)
    assert engines["server"] >= _KILL_AFTER - 1
    assert engines["offline"] > 0
    assert engines.total() == _PAGES
    for page in pages:
        assert page["server"] == (url if page["engine"] == "server" else None)
        assert page["attempts"][-1]["error"] is None
        if page["engine"] == "offline":
            assert page["attempts"][0]["error"]["kind"].startswith("server")
