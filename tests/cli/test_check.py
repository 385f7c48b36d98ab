"""``check``: what answers, and whether it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from glmocr_desktop.cli import main
from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.check import CANARY, ServerReport, accuracy, check_server
from tests.support.raw_http import RawServer, Reply, raw_server
from tests.support.servers import ServerProcess


@pytest.fixture
def raw() -> Iterator[RawServer]:
    with raw_server() as running:
        yield running


def _known() -> str:
    known = json.loads((resource_path("samples") / "known-text.json").read_text(encoding="utf-8"))
    return str(known[CANARY]["pages"][0])


def _report(url: str) -> ServerReport:
    return check_server(Settings(server_url=url), CancelToken())


def test_a_server_that_reads(server: ServerProcess, capsys: pytest.CaptureFixture[str]) -> None:
    """The offline engine is asked as well, and reads too."""
    server.control(answer=_known())
    assert main(["check", "--server", server.url, "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert list(value) == ["server", "offline"]
    assert list(value["server"]) == ["url", "latency_ms", "waiting", "version", "endpoint", "reading", "error"]
    assert value["server"]["endpoint"] == {"name": "/predict", "image": "file", "takes_prompt": True, "modes": []}
    assert value["server"]["reading"]["reads"] is True
    assert value["server"]["reading"]["accuracy"] == 1.0
    assert value["server"]["latency_ms"] > 0
    assert value["server"]["error"] is None
    assert value["offline"]["reads"] is True
    assert value["offline"]["accuracy"] > 0.9


def test_the_words_of_a_check(server: ServerProcess, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a server that answers but does not read."""
    server.control(answer="Lorem ipsum dolor sit amet")
    assert main(["check", "--server", server.url]) == 1
    output, errors = capsys.readouterr()
    lines = output.splitlines()
    assert lines[0] == f"Server   {server.url}"
    assert "/predict takes an image (file) and a prompt" in lines[2]
    assert lines[3].startswith("         answers, but does not read: ")
    assert lines[4] == "Offline  on this computer"
    assert lines[5].startswith("         reads: ")
    assert errors == ""


def test_a_server_that_refuses(server: ServerProcess) -> None:
    server.control(error="model not loaded")
    report = _report(server.url)
    assert report.endpoint is not None
    assert not report.reads
    assert report.reading is not None
    assert report.reading.error is not None
    assert report.reading.error.message == "The server could not read this page: model not loaded"


def test_a_server_that_is_too_slow(server: ServerProcess) -> None:
    """The page's time is up, but what answers there is told all the same."""
    _report(server.url)
    server.control(delay_s=20)
    token = CancelToken()
    token.start(5)
    report = check_server(Settings(server_url=server.url), token)
    assert report.endpoint is not None
    assert report.latency_ms is not None
    assert report.reading is not None
    assert report.reading.error is not None
    assert report.reading.error.kind == "timeout_total"


def test_nobody_there(closed_url: str) -> None:
    report = _report(closed_url)
    assert (report.endpoint, report.reads) == (None, False)
    assert report.error is not None
    assert report.error.message == f"The server at {closed_url.removeprefix('http://')} is not answering."


@pytest.mark.parametrize("reply", [Reply(body=b"<html>It works!</html>"), Reply(404), Reply(500), Reply(closed=True)])
def test_something_else_answers(raw: RawServer, reply: Reply) -> None:
    """A sentence, whatever it is; the program itself has no fault."""
    raw.reply = reply
    report = _report(raw.url)
    assert (report.endpoint, report.reads) == (None, False)
    assert report.error is not None
    assert report.error.kind.startswith("server_")
    assert raw.url.removeprefix("http://") in report.error.message


def test_an_address_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--server", "http://"]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith("glmocr-desktop: Server: 'http://' is not the address of a server.")


@pytest.mark.parametrize(
    ("known", "text", "share"),
    [
        ("abc", "abc", 1.0),
        ("a b\nc", " abc\n", 1.0),
        ("abcd", "abxd", 0.75),
        ("abcd", "", 0.0),
        ("", "", 1.0),
        ("", "x", 0.0),
        ("ab", "abab", 0.5),
    ],
)
def test_accuracy(known: str, text: str, share: float) -> None:
    assert accuracy(known, text) == share


def test_the_known_page_is_there() -> None:
    assert len(_known()) > 200
    assert Path(resource_path("samples") / CANARY).exists()
