"""Nothing leaves in diagnostics that concerns nobody else."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from glmocr_desktop.core.errors import ServerUnavailable
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.redaction import Redaction, place_of_host, redacted_url
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.help.diagnostics import Situation, diagnostics
from glmocr_desktop.jobs.store import Store
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.results.export import FORMATS
from tests.support.kept import jobs_of, kept, read

_HEAD = "2026-11-22 20:00:00,123 WARNING glmocr_desktop.gui.intake: "
_REDACTION = Redaction(
    names=("Kündigung Frau Müller.pdf", "gpu-1.corp.example"),
    user="annsmith",
    computer="ann-laptop",
    home=Path("/Users/annsmith"),
)
# What is in the log, what must not be in the text, and what should be left of it.
_LINES = (
    ("cannot open /Users/annsmith/Secret Plans/offer 2026.pdf", ("Secret", "Plans", "offer", "2026.pdf"), "<file>.pdf"),
    ("Kündigung Frau Müller.pdf has no pages", ("Müller",), "<file>.pdf"),
    ("Letter to my wife.JPG is damaged", ("Letter", "wife"), "<file>.jpg is damaged"),
    ("C:\\Users\\annsmith\\Desktop\\My Scans is no folder", ("annsmith", "Scans"), "<path>"),
    ("\\\\fileserver\\payroll\\x is gone", ("fileserver", "payroll"), "<path>"),
    ("~/Taxes 2025: permission denied", ("Taxes",), "<path>"),
    ("The server at gpu-1.corp.example:7860 is not answering", ("gpu-1", "corp"), "7860 is not answering"),
    ("The server at ocr.bank.example:443 broke off", ("ocr", "bank"), "<elsewhere>:443 broke off"),
    (
        "GET https://ann:hunter2@ocr.bank.example:8443/a?token=abc failed",
        ("ann:", "hunter2", "bank", "abc"),
        "https://<",
    ),
    ("connect to 10.1.2.3 and 8.8.8.8 failed", ("10.1", "8.8"), "<address>"),
    ("connect to fe80::1ff:fe23:4567:890a failed", ("fe80", "4567"), "<address>"),
    ("password=hunter2 was refused", ("hunter2",), "<secret>"),
    ('{"access_token": "s3cr3t words"}', ("s3cr3t", "words"), "<secret>"),
    ("Authorization: Bearer eyJhbGciOi.J9", ("eyJ",), "<secret>"),
    ("key hf_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123 was sent", ("hf_aBc",), "<secret> was sent"),
    ("mail to ann.smith@example.org", ("ann.smith", "example.org"), "<mail>"),
    ("user ANNSMITH on ann-laptop", ("ANNSMITH", "laptop"), "<user> on <computer>"),
)


@pytest.mark.parametrize(("line", "gone", "left"), _LINES)
def test_lines_of_the_log(line: str, gone: tuple[str, ...], left: str) -> None:
    for before in (_HEAD, ""):
        text = _REDACTION.text(before + line)
        assert text.startswith(before)
        assert left in text
        assert [each for each in gone if each.lower() in text[len(before) :].lower()] == []


@pytest.mark.parametrize("suffix", sorted({each.suffix for each in FORMATS.values()}))
def test_a_file_of_any_format_is_not_named(suffix: str) -> None:
    assert _REDACTION.text(f"Letter to my wife{suffix} could not be written") == f"<file>{suffix} could not be written"


def test_what_helps_is_left() -> None:
    trace = (
        f"{_HEAD}A job failed inside the program\n"
        "Traceback (most recent call last):\n"
        '  File "/Users/annsmith/app/glmocr_desktop/gui/tasks.py", line 41, in start\n'
        "ValueError: 3 is not in list (HTTP 502, 1.5 s)"
    )
    expected = trace.replace("/Users/annsmith/app/", "")
    assert _REDACTION.text(trace) == expected
    assert _REDACTION.text(f"{_HEAD}This PDF needs a password.") == f"{_HEAD}This PDF needs a password."


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("localhost", "this computer"),
        ("127.0.0.1", "this computer"),
        ("::1", "this computer"),
        ("192.168.7.7", "local network"),
        ("gpu-1", "local network"),
        ("nas.local", "local network"),
        ("8.8.8.8", "elsewhere"),
        ("ocr.example.org", "elsewhere"),
    ],
)
def test_where_a_host_is(host: str, place: str) -> None:
    assert place_of_host(host) == place
    shown = f"[{host}]" if ":" in host else host
    assert redacted_url(f"https://{shown}:7860/path?q=1") == f"https://<{place}>:7860"


def test_the_whole_text(tmp_path: Path) -> None:
    """Settings, servers and the log, all full of what must not get out."""
    settings = Settings(
        server_url="http://gpu-1.corp.example:7860 http://localhost:7861/secretpath",
        ca_file="/Users/annsmith/ca corp.pem",
        text_prompt="Read the salaries of Bob",
        lanes=7,
    )
    error = Failure.of(ServerUnavailable("server_not_answering", server="gpu-1.corp.example:7860"))
    healths = [
        Health(HealthState.DOWN, "gpu-1.corp.example:7860", error=error),
        Health(HealthState.READY, "localhost:7861", latency_ms=4.0, version="6.1.0"),
    ]
    lines = [f"{_HEAD}line {number}" for number in range(60)] + [_HEAD + line for line, _, _ in _LINES]
    (tmp_path / "glmocr-desktop.log").write_bytes("\n".join(lines).encode() + b"\n\xff\xfe broken")
    names = ["/Users/annsmith/Offer Bob.pdf", "Offer Bob.pdf"]
    counts = {"done": 3, "failed": 0}
    text = diagnostics(Situation(settings, healths, counts, names, ["Screen 1: 1366 x 768"], tmp_path))
    secrets = ("corp", "gpu-1", "secretpath", "salaries", "Bob", "hunter2", "s3cr3t", "bank", "Müller", "eyJ", "hf_aBc")
    assert [each for each in secrets if each.lower() in text.lower()] == []
    for said in (
        "lanes: 7",
        "ca_file: changed",
        "http://<elsewhere>:7860, down, error server_not_answering",
        "http://<this computer>:7861, ready, 4 ms, 0 waiting, Gradio 6.1.0",
        "done: 3",
        "Screen 1: 1366 x 768",
        "PySide6-Essentials 6",
        "line 59",
    ):
        assert said in text, said
    assert "line 20" not in text  # only the last 50 lines
    assert "failed: 0" not in text


def test_there_may_be_no_log(tmp_path: Path) -> None:
    text = diagnostics(Situation(Settings(), [Health(HealthState.READY, "localhost:7860")], {}, [], [], tmp_path))
    assert text.endswith("== The last lines of the log ==\nnone\n")


def _line(number: int, **said: object) -> str:
    head = {"time": f"2026-11-23T01:{number:02}:07.123+00:00", "level": "INFO", "logger": "x", "message": "m"}
    return json.dumps(head | said)


def test_what_is_kept_and_what_went_wrong(tmp_path: Path) -> None:
    others = [_line(1, facts={"state": "cancelled", "kind": "cancelled"}), _line(2, facts={"state": "done"}), "[]", "{"]
    timeouts = [_line(number, facts={"state": "failed", "kind": "deadline"}) for number in range(3, 25)]
    bug = _line(30, exception="ValueError", error="Traceback")
    private = _line(31, facts={"kind": "/Users/annsmith/Offer Bob.pdf"})
    (tmp_path / "glmocr-desktop.log").write_text("\n".join([*timeouts, *others, bug, private]))
    document = kept("Offer Bob.pdf", 3)
    store = Store(tmp_path / "documents.db")
    store.add([document])
    jobs = jobs_of(document)[:2]
    store.assign(jobs)
    store.finish([read(job, "Bob earns a lot") for _, job in jobs]).result()
    health = Health(HealthState.READY, "localhost:7860")
    text = diagnostics(Situation(Settings(), [health], {}, [], [], tmp_path, store))
    size_bytes = store.size_bytes()
    assert store.close()
    kept_now, errors = text.split("== Kept ==\n")[1].split("\n\n== The last errors ==\n")
    assert kept_now == f"pages that have ended: 2\nsize: {size_bytes} bytes"
    lines = errors.split("\n\n")[0].splitlines()
    assert len(lines) == 20
    assert lines[-3:] == [
        "2026-11-23T01:24:07+00:00 deadline",
        "2026-11-23T01:30:07+00:00 ValueError",
        "2026-11-23T01:31:07+00:00 <file>.pdf",
    ]
    assert "cancelled" not in errors.split("\n\n")[0]
    assert "Bob" not in text


def test_a_store_that_was_damaged_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    (tmp_path / "documents.db").write_bytes(b"no database " * 500)
    store = Store(tmp_path / "documents.db")
    text = diagnostics(
        Situation(Settings(), [Health(HealthState.READY, "localhost:7860")], {}, [], [], tmp_path, store)
    )
    store.close()
    assert "set aside: store_damaged" in text
    assert "pages that have ended: 0" in text
    assert "== The last errors ==\nnone" in text
