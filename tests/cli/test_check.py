"""``check``: what answers, and whether it reads."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from glmocr_desktop import __version__
from glmocr_desktop.cli import main
from glmocr_desktop.cli.check import _ADVICE
from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import SENTENCES
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.check import LETTER, ServerReport, accuracy, check_server, check_servers
from glmocr_desktop.recognition.network.place import Place
from tests.support.raw_http import RawServer, Reply, raw_server
from tests.support.servers import ServerProcess


@pytest.fixture
def silent_url() -> Iterator[str]:
    """The address of something that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def raw() -> Iterator[RawServer]:
    with raw_server() as running:
        yield running


def _known() -> str:
    known = json.loads((resource_path("samples") / "known-text.json").read_text(encoding="utf-8"))
    return str(known[LETTER]["pages"][0])


def _report(url: str) -> ServerReport:
    return check_server(url, Settings(server_url=url), CancelToken())


def test_a_server_that_reads(server: ServerProcess, capsys: pytest.CaptureFixture[str]) -> None:
    """The offline engine is asked as well, and reads too."""
    server.control(answer=_known())
    assert main(["check", "--server", server.url, "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert list(value) == ["server", "offline", "servers", "versions"]
    assert value["servers"] == [value["server"]]
    assert list(value["server"])[:7] == ["url", "latency_ms", "waiting", "version", "endpoint", "reading", "error"]
    endpoint = value["server"]["endpoint"]
    assert {name: endpoint[name] for name in ("name", "image", "takes_prompt", "modes")} == {
        "name": "/predict",
        "image": "file",
        "takes_prompt": True,
        "modes": [],
    }
    assert (endpoint["image_input"], endpoint["prompt_input"], endpoint["output"]) == ("image_path", "prompt", 0)
    facts = ("place", "encryption", "login", "other")
    assert [value["server"][name] for name in facts] == ["this_computer", "none", "not_asked", None]
    assert value["server"]["lanes"] >= 1
    assert value["versions"]["glmocr-desktop"] == __version__
    assert value["versions"]["gradio_client"][0].isdigit()
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
    assert lines[1] == "         on this computer, not encrypted, no login asked for"
    assert lines[2].startswith("         answers in ")
    assert (
        lines[3]
        == "         /predict takes an image (image_path, as a file) and a prompt (prompt); the text is its output 1"
    )
    assert lines[4] == "         reads 0 of 3 known images"
    assert lines[5] == "           text: The answer is not what the image says."
    assert lines[8].startswith("         answers, but does not read: ")
    assert lines[9].startswith("         → Look whether the server runs the GLM-OCR model")
    assert lines[10] == "Offline  on this computer"
    assert lines[11].startswith("         reads: ")
    assert lines[12].startswith(f"Versions glmocr-desktop {__version__}, Python 3.")
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
    report = check_server(server.url, Settings(server_url=server.url), token)
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


def test_several_servers(
    server: ServerProcess, closed_url: str, silent_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is not there and one that hangs cost their own time only; not every server that was named reads."""
    server.control(answer=_known())
    assert main(["check", "--server", f"{silent_url} {closed_url} {server.url}", "--json"]) == 1
    value = json.loads(capsys.readouterr().out)
    assert [each["url"] for each in value["servers"]] == [silent_url, closed_url, server.url]
    kinds = [each["error"] and each["error"]["kind"] for each in value["servers"]]
    assert kinds == ["server_silent", "server_not_answering", None]
    assert value["server"] == value["servers"][0]
    assert value["servers"][2]["reading"]["reads"] is True
    assert "start the server anew" in value["server"]["advice"]


def test_nobody_wants_the_rest(server: ServerProcess, closed_url: str) -> None:
    """A check that is given up ends at once, also at the servers that are still being asked."""
    server.control(delay_s=60)
    reports = check_servers(Settings(server_url=f"{closed_url} {server.url}"))
    began = time.monotonic()
    assert next(reports).url == closed_url
    reports.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 40


@pytest.mark.parametrize(
    ("path", "body", "other"),
    [
        ("/api/tags", b'{"models": []}', "Ollama"),
        ("/v1/models", b'{"object": "list", "data": []}', "a model server with the OpenAI interface"),
        ("/health", b'{"status": "ok"}', "a service of another kind"),
        ("/config", b'{"version": "3.50.2", "dependencies": []}', "a Gradio server that is too old"),
        ("/config", b'{"version": "1"}', ""),
    ],
)
def test_what_else_answers(
    raw: RawServer, capsys: pytest.CaptureFixture[str], path: str, body: bytes, other: str
) -> None:
    """People who run a model often run it without Gradio."""
    raw.reply = Reply(404)
    raw.replies[path] = Reply(body=body)
    report = _report(raw.url)
    assert report.error is not None
    assert report.error.kind == "server_not_gradio"
    assert report.other.startswith(other)
    assert bool(report.other) is bool(other)


def test_a_server_that_asks_for_a_login(
    raw: RawServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No server was named on the command line: then it is enough that pages can be read offline."""
    raw.reply = Reply(401)
    monkeypatch.setenv("GLMOCR_SERVER_URL", raw.url)
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith("asks for a login")
    assert lines[2].endswith("asks for a user name and a password.")
    assert lines[3] == f"         → Sign in: glmocr-desktop login --server {raw.url}"


def test_this_computer_only() -> None:
    """A name is not even looked up."""
    report = check_server("http://ocr.example", Settings(local_only=True), CancelToken())
    assert report.place is Place.UNKNOWN
    assert report.error is not None
    assert report.error.kind == "not_this_computer"


def test_advice_is_for_errors_that_exist() -> None:
    assert set(_ADVICE) <= set(SENTENCES)
    assert all(each.format(url="http://here") for each in _ADVICE.values())


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
    assert Path(resource_path("samples") / LETTER).exists()
