"""The JSON of a page is a public contract: exactly these keys, with these values."""

from __future__ import annotations

import json
from dataclasses import replace

from glmocr_desktop.core.model import Attempt, Cut, Document, Engine, Failure, Mode, Phase, Region, Rung, Span
from glmocr_desktop.results.contract import json_text, page_object, unopened_object
from tests.support.results import done, failed

_KEYS = [
    *(
        "document",
        "page",
        "turn",
        "region",
        "mode",
        "prompt",
        "state",
        "engine",
        "server",
        "rung",
        "attempts",
        "elapsed_s",
    ),
    *("text", "blocks", "warnings", "error", "received", "spans"),
]


def test_a_page_that_was_read() -> None:
    attempts = (
        Attempt(Rung.FIRST, Engine.SERVER, 0.12345, Failure("server_down", (("server", "h:1"),)), "http://h:1"),
        Attempt(Rung.OFFLINE, Engine.OFFLINE, 2.0),
    )
    text = 'A\n\n$$ b $$\n\n<table><tr><th colspan="2">C</th></tr><tr><td>D</td><td>E</td></tr></table>'
    result = replace(
        done(text, number=2),
        attempts=attempts,
        elapsed_s=1.23456,
        server="http://h:1",
        warnings=("x",),
        spans=(Span(Phase.QUEUED, Rung.RETRY, 0.00049, 1.23456, "http://h:1"), Span(Phase.PARSING, Rung.RETRY, 1, 2)),
    )
    value = page_object(result)
    assert list(value) == _KEYS
    assert json.loads(json_text(value)) == {
        "document": "scan.png",
        "page": 2,
        "turn": 0,
        "region": None,
        "mode": "text",
        "prompt": None,
        "state": "done",
        "engine": "server",
        "server": "http://h:1",
        "rung": "first",
        "attempts": [
            {
                "rung": "first",
                "engine": "server",
                "server": "http://h:1",
                "elapsed_s": 0.123,
                "error": {"kind": "server_down", "message": "The server at h:1 is down."},
            },
            {"rung": "offline", "engine": "offline", "server": None, "elapsed_s": 2.0, "error": None},
        ],
        "elapsed_s": 1.235,
        "text": text,
        "blocks": [
            {"kind": "paragraph", "text": "A"},
            {"kind": "formula", "text": "b", "received": "b"},
            {
                "kind": "table",
                "rows": [
                    [{"text": "C", "row_span": 1, "col_span": 2, "header": True}],
                    [
                        {"text": "D", "row_span": 1, "col_span": 1, "header": False},
                        {"text": "E", "row_span": 1, "col_span": 1, "header": False},
                    ],
                ],
            },
        ],
        "warnings": ["x"],
        "error": None,
        "received": None,
        "spans": [
            {"phase": "queued", "rung": "retry", "server": "http://h:1", "began_s": 0.0, "elapsed_s": 1.235},
            {"phase": "parsing", "rung": "retry", "server": None, "began_s": 1, "elapsed_s": 2},
        ],
    }


def test_a_page_that_was_not_read() -> None:
    value = page_object(failed(number=3))
    assert list(value) == _KEYS
    assert (value["state"], value["page"], value["engine"], value["rung"], value["text"]) == (
        "failed",
        3,
        None,
        None,
        "",
    )
    assert value["error"] == {
        "kind": "server_cancelled",
        "message": "The server gave up this page without a result.",
    }


def test_a_document_that_could_not_be_opened_has_the_same_keys() -> None:
    value = unopened_object("folder/a.pdf", Mode.TABLE, Failure("damaged", (("name", "a.pdf"),)))
    assert list(value) == _KEYS
    assert (value["document"], value["page"], value["mode"], value["state"]) == (
        "folder/a.pdf",
        None,
        "table",
        "failed",
    )
    assert json.loads(json_text(value)) == value


def test_json_survives_names_and_texts_that_have_no_encoding() -> None:
    """A file name that is no UTF-8 comes back as it was; the JSON itself is UTF-8."""
    document = Document("b\udcff.png", "/b\udcff.png", "b\ufffd.png")
    source = json_text(page_object(done('half \ud83d "quoted" \\ 中', document=document)))
    value = json.loads(source.encode())
    assert value["document"] == "b\udcff.png"
    assert value["text"] == 'half \ud83d "quoted" \\ 中'
    assert "中" in source


def test_a_part_of_a_page_says_which() -> None:
    result = done("x")
    page = replace(result.job.page, cut=Cut(270, Region(0.1, 0.2, 0.5, 0.25)))
    value = page_object(replace(result, job=replace(result.job, page=page)))
    assert (value["turn"], value["region"]) == (270, [0.1, 0.2, 0.5, 0.25])
