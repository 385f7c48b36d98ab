"""What comes through the socket of the first window, from whoever found it."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glmocr_desktop.gui.single_instance import Request, _framed, _understood
from tests.support.anything import changed_bytes, changed_json, json_bytes, json_values

pytestmark = pytest.mark.fuzz

_VALID = {"files": ["/in/a.png"], "capture": False, "screen": ":0", "activation": ""}
_names = st.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name).map(os.fsdecode)


@given(
    body=st.binary()
    | changed_json(_VALID).map(json_bytes)
    | json_values.map(json_bytes)
    | changed_bytes(json_bytes(_VALID))
)
def test_what_is_not_a_request_is_nothing(body: bytes) -> None:
    request = _understood(body)
    if request is not None:
        assert all(os.path.isabs(each) and "\0" not in each for each in request.files)  # noqa: PTH117
        assert isinstance(request.capture, bool)
        assert hash(request) is not None
        os.fsencode(request.screen + request.activation)


@given(files=st.lists(_names, max_size=4), capture=st.booleans(), screen=_names)
def test_a_request_arrives_as_it_was_sent(files: list[str], capture: bool, screen: str) -> None:
    request = Request(tuple(f"/{name}" for name in files), capture, screen, "")
    assert _understood(_framed(request)[4:]) == request
