"""What a Gradio server can do wrong, and the bytes that it sends then."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from tests.support.exchange import Exchange

_DRIP_S = 0.5
_LATE_S = 0.6
_HUGE_BYTES = 50_000_000
_PIECE = b"x" * 65536


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
    HTTP_401 = "401"
    HTTP_404 = "404"
    HTTP_429 = "429"
    HTTP_500 = "500"
    HTTP_502 = "502"
    HTTP_503 = "503"

    SILENT = "silent after the start"
    HEARTBEATS = "heartbeats only"
    STUCK = "stays in the queue"
    PROGRESS = "long, with progress"
    GENERATING = "long, a word at a time"
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
LONG: dict[Fault | None, dict[str, Any]] = {
    Fault.PROGRESS: {"msg": "progress", "progress_data": [{"index": 1, "length": 20, "unit": "steps"}]},
    Fault.GENERATING: {"msg": "process_generating", "output": {"data": ["pa"]}, "success": True},
}
FATAL = LINES.keys() - {Fault.UNKNOWN, Fault.ODD_NUMBERS}

_COMPONENTS = [{"id": 1, "type": "image"}, {"id": 2, "type": "textbox"}, {"id": 3, "type": "textbox"}]


class Layout(StrEnum):
    """How the server wants to be asked: the number of its function, and which input is the image."""

    PLAIN = "plain"
    SWAPPED = "swapped"

    @property
    def fn_index(self) -> int:
        return 0 if self is Layout.PLAIN else 3

    @property
    def image(self) -> int:
        return 0 if self is Layout.PLAIN else 1


def config(layout: Layout, app_id: str) -> dict[str, Any]:
    """What Gradio 6.31 says of `gradio.Interface(predict, [Image, Textbox], Textbox)`, as far as clients look at it."""
    inputs = [1, 2] if layout is Layout.PLAIN else [2, 1]
    reads = {"api_name": "predict", "inputs": inputs, "outputs": [3], "backend_fn": True, "queue": True}
    return {
        "version": "6.31.0",
        "protocol": "sse_v3",
        "api_prefix": "/gradio_api",
        "connect_heartbeat": False,
        "app_id": app_id,
        "components": _COMPONENTS,
        "dependencies": [{"id": layout.fn_index, **reads}],
    }


def info(layout: Layout) -> dict[str, Any]:
    """The same as a description of its endpoints."""
    parameters = [_described("image_path", "Image"), _described("prompt", "Textbox")]
    returns = [_described("text", "Textbox")]
    predict = {"parameters": parameters if layout is Layout.PLAIN else parameters[::-1], "returns": returns}
    return {"named_endpoints": {"/predict": predict}, "unnamed_endpoints": {}}


def _described(name: str, component: str) -> dict[str, Any]:
    kind = {"type": "str", "description": ""}
    return {"parameter_name": name, "label": name, "component": component, "type": {}, "python_type": kind}


async def spoil(exchange: Exchange, fault: Fault, content: object, elsewhere: str) -> bool:
    """Answer a request wrongly; whether the connection stays.

    Args:
        content: What would be right.
        elsewhere: Where redirects lead.
    """
    if fault is Fault.HANG:
        return await exchange.hang()
    if fault is Fault.LATE:
        return not await exchange.gone(_LATE_S) and await exchange.json(content)
    if fault is Fault.FORGETFUL:
        await exchange.json(content)
        return exchange.close()
    if fault in (Fault.CLOSED, Fault.RESET):
        return exchange.close(reset=fault is Fault.RESET)
    if fault is Fault.DRIP:
        await exchange.begin()
        while not await exchange.gone(_DRIP_S):
            await exchange.chunk(b" ")
        return False
    if fault is Fault.HUGE:
        await exchange.begin()
        await send_huge(exchange, b'"')
        return await exchange.end()
    if fault is Fault.REDIRECT:
        return await exchange.reply(307, b"", f"Location: {elsewhere}/stolen\r\n")
    if fault in BODIES:
        return await exchange.reply(200, BODIES[fault])
    return await exchange.reply(int(fault), b'{"detail": "no"}')


async def send_huge(exchange: Exchange, head: bytes) -> None:
    """Far more than a page can be."""
    await exchange.chunk(head)
    for _ in range(_HUGE_BYTES // len(_PIECE)):
        await exchange.chunk(_PIECE)
