"""A server that says anything at all: a page is read, or fails in words; nothing else comes out."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Failure, Limits, Mode, Phase, Progress
from glmocr_desktop.recognition.discovery import Endpoint, discover, matching_endpoints
from glmocr_desktop.recognition.gradio import Stay, look, upload
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.http import HttpSession, mapped_errors
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.request import Request
from tests.support.anything import changed_json, json_bytes, json_values
from tests.support.faults import Layout, config, info
from tests.support.raw_http import RawServer, Reply, raw_server

pytestmark = pytest.mark.fuzz

_WAIT_S = 30.0
_PREFIX = "/gradio_api"
_REQUEST = Request(b"png", 1, Mode.TEXT, "Text Recognition:", Limits(connect_s=20, silence_s=20), 20.0)
_CONFIG, _INFO = config(Layout.PLAIN, "app"), info(Layout.PLAIN)
_ENDPOINT = matching_endpoints(_CONFIG, _INFO)[0]
_MESSAGES: list[dict[str, Any]] = [
    {"msg": "estimation", "event_id": "1", "rank": 0, "queue_size": 1, "rank_eta": 1.5},
    {"msg": "process_starts", "event_id": "1", "eta": 2.5},
    {"msg": "progress", "event_id": "1", "progress_data": [{"index": 1, "length": 2, "unit": "steps"}]},
    {"msg": "process_generating", "event_id": "1", "output": {"data": ["pa"]}, "success": True},
    {"msg": "heartbeat"},
    {"msg": "unexpected_error", "event_id": "1", "message": "no", "success": False},
    {"msg": "process_completed", "event_id": "1", "output": {"data": ["page"]}, "success": True},
    {"msg": "process_completed", "event_id": "1", "output": {"error": "no"}, "success": False},
    {"msg": "close_stream", "event_id": None},
]
_KINDS = st.sampled_from(_MESSAGES)
_LINES = st.one_of(
    _KINDS.map(lambda message: b"data: " + json_bytes(message)),
    _KINDS.flatmap(changed_json).map(lambda message: b"data: " + json_bytes(message)),
    st.binary(max_size=30),
)


@dataclass
class _Asking:
    """A real session to a server whose replies a test chooses."""

    server: RawServer
    transport: Transport
    session: HttpSession
    heard: list[Progress]

    def read(self, endpoint: Endpoint) -> str:
        stay = Stay(self.transport, self.session, endpoint, _REQUEST, self.heard.append)
        return self.transport.submit(stay.read("/tmp/page.png")).result(_WAIT_S)


@pytest.fixture
def asking(transport: Transport) -> Iterator[_Asking]:
    with raw_server() as server:
        session = transport.session(server.url, connections=2, idle_timeout_s=5, access=Access(server.url))
        yield _Asking(server, transport, session, [])


def _in_words(error: OcrError) -> None:
    """A sentence that can be shown, kept and written."""
    assert Failure.of(error).message.encode().decode().isprintable()


def _can_be_reckoned_with(progress: Progress) -> bool:
    numbers = (progress.eta_s, progress.fraction)
    return isinstance(progress.phase, Phase) and all(each is None or math.isfinite(each) for each in numbers)


@given(lines=st.lists(_LINES, max_size=6), joined=st.just({"event_id": "1"}) | changed_json({"event_id": "1"}))
def test_a_page_is_read_or_fails_in_words(asking: _Asking, lines: list[bytes], joined: object) -> None:
    asking.heard.clear()
    asking.server.replies = {
        f"{_PREFIX}/queue/join": Reply(body=json_bytes(joined)),
        f"{_PREFIX}/queue/data": Reply(body=b"\n\n".join(lines) + b"\n\n"),
    }
    try:
        assert asking.read(_ENDPOINT).encode() is not None
    except OcrError as error:
        _in_words(error)
    assert all(map(_can_be_reckoned_with, asking.heard))


@given(status=json_values | changed_json({"queue_size": 1}), started=json_values, paths=json_values, raw=st.binary())
def test_a_look_and_an_upload_bring_something_or_fail_in_words(
    asking: _Asking, status: object, started: object, paths: object, raw: bytes
) -> None:
    asking.server.replies = {
        f"{_PREFIX}/queue/status": Reply(body=json_bytes(status)),
        f"{_PREFIX}/app_id": Reply(body=json_bytes(started)),
        f"{_PREFIX}/upload": Reply(body=json_bytes(paths)),
        "/config": Reply(body=raw),
    }
    for work in (
        look(asking.session, _PREFIX, 20),
        upload(asking.session, _ENDPOINT, _REQUEST),
        discover(asking.transport, asking.session),
    ):
        try:
            asking.transport.submit(work).result(_WAIT_S)
        except OcrError as error:
            _in_words(error)


@given(config=changed_json(_CONFIG) | changed_json(_CONFIG | {"x": 1}), info=st.just(_INFO) | changed_json(_INFO))
def test_a_description_is_understood_or_refused(config: Any, info: Any) -> None:
    try:
        with mapped_errors("here", 1):
            endpoints = matching_endpoints(config, info)
    except OcrError as error:
        _in_words(error)
        return
    for each in endpoints:
        assert each.signature.encode() is not None
        for mode in Mode:
            try:
                values = each.arguments(each.image_value("path", b"png"), mode, "prompt")
            except OcrError as error:
                _in_words(error)
            else:
                assert json.dumps(values)
