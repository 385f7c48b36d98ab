"""What a Gradio server can do wrong, and the bytes that it sends then."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """A request of the protocol."""

    CONFIG = "/config"
    INFO = "/gradio_api/info"
    UPLOAD = "/gradio_api/upload"
    JOIN = "/gradio_api/queue/join"
    STREAM = "/gradio_api/queue/data"


class Fault(StrEnum):
    """What goes wrong; the second group does so in the middle of a stream: see `MIDSTREAM`."""

    HANG = "hang"
    DRIP = "one byte per half second"
    CLOSED = "closed"
    RESET = "reset"
    HTML = "HTML"
    BAD_JSON = "malformed JSON"
    BAD_UTF8 = "malformed UTF-8"
    HUGE = "50 MB"
    REDIRECT = "redirect"
    LATE = "late"
    FORGETFUL = "closes the connection after its answer, without a word of it"
    HTTP_404 = "404"
    HTTP_429 = "429"
    HTTP_500 = "500"
    HTTP_502 = "502"
    HTTP_503 = "503"

    SILENT = "silent after the start"
    HEARTBEATS = "heartbeats only"
    CLEAN_END = "clean end"
    CUT = "cut in the middle"
    RESET_LATER = "reset in the middle"
    HUGE_MESSAGE = "50 MB in one message"
    BAD_MESSAGE = "malformed JSON in a message"
    BAD_TEXT = "malformed UTF-8 in a message"
    BAD_SSE = "lines that are no events"
    NO_OBJECT = "a message that is no object"
    OTHER_EVENT = "an answer for another job"
    UNEXPECTED = "unexpected_error"
    APP_ERROR = "an error of the app"
    EMPTY_OUTPUT = "empty output"
    ODD_OUTPUT = "output of another shape"
    UNKNOWN = "unknown kinds of messages"
    ODD_NUMBERS = "numbers that are none"
    ODD_LINES = "separators of lines inside the text"
    HALF_CHARACTER = "half of a character"
    NO_CLOSE_STREAM = "no close_stream"
    SUDDEN_END = "closed right after the answer"


MIDSTREAM = frozenset(list(Fault)[list(Fault).index(Fault.SILENT) :])

BODIES = {Fault.HTML: b"<html>It works!</html>", Fault.BAD_JSON: b'{"a": ', Fault.BAD_UTF8: b'["\xff"]'}
LINES = {
    Fault.CLEAN_END: (),
    Fault.BAD_MESSAGE: (b"data: {]",),
    Fault.BAD_TEXT: (b'data: {"msg": "process_completed", "output": {"data": ["\xff\xfe"]}}',),
    Fault.BAD_SSE: (b"It works!", b": comment", b"event: process_completed", b"id"),
    Fault.NO_OBJECT: (b"data: [1]",),
    Fault.HALF_CHARACTER: (rb'data: {"msg": "process_completed", "output": {"data": ["half \ud83d"]}}',),
    Fault.UNKNOWN: (b'data: {"msg": "banana"}', b'data: {"msg": ["list"]}', b"data: {}"),
    Fault.ODD_NUMBERS: (
        b'data: {"msg": "estimation", "rank": 0, "rank_eta": 1%s}' % (b"0" * 400),
        b'data: {"msg": "process_starts", "eta": NaN}',
        b'data: {"msg": "progress", "progress_data": [{"index": Infinity, "length": 1%s}]}' % (b"0" * 400),
    ),
}
FATAL = LINES.keys() - {Fault.UNKNOWN, Fault.ODD_NUMBERS}

# What Gradio 6.31 says of `gradio.Interface(predict, [Image, Textbox], Textbox)`, as far as clients look at it.
CONFIG: dict[str, Any] = {
    "version": "6.31.0",
    "protocol": "sse_v3",
    "api_prefix": "/gradio_api",
    "connect_heartbeat": False,
    "components": [{"id": 1, "type": "image"}, {"id": 2, "type": "textbox"}, {"id": 3, "type": "textbox"}],
    "dependencies": [
        {"id": 0, "api_name": "predict", "inputs": [1, 2], "outputs": [3], "backend_fn": True, "queue": True}
    ],
}


def _described(name: str, component: str) -> dict[str, Any]:
    kind = {"type": "str", "description": ""}
    return {"parameter_name": name, "label": name, "component": component, "type": {}, "python_type": kind}


INFO: dict[str, Any] = {
    "named_endpoints": {
        "/predict": {
            "parameters": [_described("image_path", "Image"), _described("prompt", "Textbox")],
            "returns": [_described("text", "Textbox")],
        }
    },
    "unnamed_endpoints": {},
}
