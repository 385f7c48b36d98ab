"""A Gradio app with one endpoint, ``/predict(image_path, prompt) -> text``, and a queue."""

from __future__ import annotations

import errno
import importlib.util
import logging
import os
import signal
import socket
import sys
import threading
from types import FrameType
from typing import Any

from glmocr_desktop.core.errors import OcrError, ServeError
from glmocr_desktop.server.readers import GlmOcrReader, OfflineReader, Reader

_log = logging.getLogger(__name__)
_KEEP_UPLOADS_S = 3600


def run_server(host: str, port: int, reader_name: str, model: str, concurrency: int) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        host: Address to listen on.
        port: 1 to 65535; 0 picks a free one.
        reader_name: ``offline`` or ``glm-ocr``.
        model: Weights for ``glm-ocr``.
        concurrency: Pages read at once.

    Raises:
        ServeError: The server part or the model is not there, or the port is in use.
    """
    if importlib.util.find_spec("gradio") is None:
        raise ServeError("server_not_installed")
    port = _free_port(host, port)
    reader: Reader = OfflineReader() if reader_name == "offline" else GlmOcrReader(model)
    # Before Gradio is imported: nothing about this server is reported to anybody, and Gradio, which calls itself once
    # to see whether it can be reached, does not ask a proxy for this computer.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = f"{os.environ.get('NO_PROXY', '')},localhost,127.0.0.1,::1,{host}"
    import gradio  # seconds: after all that can go wrong

    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    app = build_app(gradio, reader, concurrency)
    try:
        app.launch(
            server_name=host, server_port=port, quiet=True, share=False, show_error=True, prevent_thread_lock=True
        )
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving on http://{shown}:{port} ({reader_name}). Stop with Ctrl+C.", file=sys.stderr, flush=True)  # noqa: T201
        while not stop.wait(1):  # bounded, so that Ctrl+C is seen on Windows too
            pass
    finally:
        app.close(verbose=False)
        reader.close()


def build_app(gradio: Any, reader: Reader, concurrency: int) -> Any:
    """The app, not yet listening.

    Args:
        gradio: The package.
        reader: Reads the pages.
        concurrency: Pages read at once; more wait in the queue.
    """

    def predict(image_path: str, prompt: str) -> str:
        if not image_path:
            raise gradio.Error("There is no image to read.")
        try:
            return reader.read(image_path, prompt)
        except OcrError as error:
            raise gradio.Error(str(error), print_exception=False) from error

    app = gradio.Interface(
        predict,
        [gradio.Image(type="filepath", label="Image"), gradio.Textbox("Text Recognition:", label="Prompt")],
        gradio.Textbox(label="Text"),
        api_name="predict",
        title="GLM-OCR",
        flagging_mode="never",
        concurrency_limit=concurrency,
        delete_cache=(_KEEP_UPLOADS_S, _KEEP_UPLOADS_S),
    )
    return app.queue()


def _free_port(host: str, port: int) -> int:
    """The port, if nobody listens there.

    Raises:
        ServeError: Somebody does, it is not for everyone, or the address is not one of this computer.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            return int(probe.getsockname()[1])
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ServeError("port_in_use", host=host, port=port) from error
            detail = (error.strerror or "input or output error").lower()
            raise ServeError("cannot_listen", host=host, port=port, detail=detail) from error
