"""``serve`` as a process, asked by our own command line and by Gradio's client."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from glmocr_desktop.cli import main
from glmocr_desktop.core.model import Mode
from glmocr_desktop.server.readers import mode_of
from tests.cli.program import Program, ends
from tests.support.servers import free_port, wait_until_up

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")


def _serving(folder: Path, url: str) -> Program:
    """A server that listens; a proxy in the environment, as many people have one, must not disturb it."""
    proxy = f"http://127.0.0.1:{free_port()}"
    port = url.rpartition(":")[2]
    program = Program(
        ["serve", "--port", port], folder, environ={"HTTP_PROXY": proxy, "http_proxy": proxy, "NO_PROXY": ""}
    )
    wait_until_up(url, program.process)
    return program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, str]]:
    """One server for all tests of this file; the last of them ends it."""
    url = f"http://127.0.0.1:{free_port()}"
    running = _serving(tmp_path_factory.mktemp("serve"), url)
    yield running, url
    running.process.kill()
    running.end(10)


@pytest.fixture
def page(tmp_path: Path) -> str:
    image = Image.new("RGB", (700, 160), "white")
    ImageDraw.Draw(image).text((40, 50), "Reading room 2024", fill="black", font=ImageFont.load_default(48))
    image.save(tmp_path / "page.png")
    return str(tmp_path / "page.png")


def _recognize(url: str, page: str, *options: str) -> int:
    return main(["recognize", page, "--server", url, "--engine", "server", *options])


def test_says_where_it_serves(program: tuple[Program, str]) -> None:
    running, url = program
    assert running.wait_for(lambda line: line.startswith("Serving")) == f"Serving on {url} (offline). Stop with Ctrl+C."


def test_reads_a_page(program: tuple[Program, str], page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _recognize(program[1], page) == 0
    assert capsys.readouterr().out == "Reading room 2024\n"


def test_a_check_tells_how_many_images_it_reads(
    program: tuple[Program, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It really reads text and tables, and says why it reads no formulas."""
    assert main(["check", "--server", program[1], "--json"]) == 0
    canaries = json.loads(capsys.readouterr().out)["server"]["canaries"]
    assert (canaries["read"], canaries["asked"]) == (2, 3)
    assert canaries["elapsed_s"] > 0
    assert [each["mode"] for each in canaries["results"] if each["reads"]] == ["text", "table"]
    assert canaries["results"][2]["error"]["kind"] == "server_refused"


def test_a_formula_is_refused_clearly(
    program: tuple[Program, str], page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _recognize(program[1], page, "--mode", "formula") == 1
    _, errors = capsys.readouterr()
    assert "The server could not read this page: This server has no GLM-OCR model, and formulas need it." in errors


def test_a_port_in_use_is_told(program: tuple[Program, str], capsys: pytest.CaptureFixture[str]) -> None:
    port = program[1].rpartition(":")[2]
    assert main(["serve", "--port", port]) == 2
    errors = capsys.readouterr().err
    assert errors == f"glmocr-desktop: Port {port} of 127.0.0.1 is in use. Choose another one with --port.\n"


@pytest.mark.parametrize("host", ["192.0.2.1", "nosuchhost.invalid"])
def test_an_address_of_another_computer_is_told(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--host", host]) == 2
    assert capsys.readouterr().err.startswith(f"glmocr-desktop: This computer cannot listen on {host}, port 0: ")


def test_the_model_without_its_packages_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "torch", None)  # as if it were not installed
        assert main(["serve", "--port", "0", "--reader", "glm-ocr"]) == 2
    assert capsys.readouterr().err.startswith(
        "glmocr-desktop: The GLM-OCR model needs the packages torch and transformers"
    )


@pytest.mark.parametrize(
    ("prompt", "mode"),
    [
        ("Text Recognition:", Mode.TEXT),
        ("Table Recognition:", Mode.TABLE),
        ("Formula Recognition:", Mode.FORMULA),
        ("请识别表格", Mode.TABLE),
        ("公式识别", Mode.FORMULA),
        ("", Mode.TEXT),
        ("anything else", Mode.TEXT),
    ],
)
def test_the_prompt_decides_the_mode(prompt: str, mode: Mode) -> None:
    assert mode_of(prompt) is mode


def test_it_ends_at_once_and_takes_its_child_along(program: tuple[Program, str]) -> None:
    """By SIGTERM, as a service manager does it. Runs last: it ends the server of this file."""
    running, _ = program
    children = running.children()
    assert children  # the offline engine has read a page
    began = time.monotonic()
    running.interrupt(signal.SIGTERM)
    assert running.end() == 0
    assert time.monotonic() - began < 30  # a server that waits for its open connections would wait for ever
    assert "Traceback" not in running.errors
    assert all(ends(child) for child in children)


def test_ctrl_c_ends_it_too(tmp_path: Path) -> None:
    """Even before it has read anything."""
    url = f"http://127.0.0.1:{free_port()}"
    running = _serving(tmp_path, url)
    try:
        running.wait_for(lambda line: line.startswith("Serving"))
        running.interrupt(signal.SIGINT)
        assert running.end() == 0
        assert len(running.lines) == 1, running.errors
    finally:
        running.process.kill()
