"""A small HTTP server that answers as a test says: wrongly, late or not at all."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """What is sent.

    Attributes:
        silent: The body is sent, more is announced, and the connection stays open.
        closed: Nothing is sent at all.
        short: So many bytes are announced and never come.
    """

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    closed: bool = False
    short: int = 0


class RawServer:
    """Answers every path with `reply`, unless ``replies`` has another one for it."""

    def __init__(self) -> None:
        self.reply = Reply()
        self.replies: dict[str, Reply] = {}
        self.requests: list[str] = []
        self.ending = threading.Event()
        self.url = ""

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append(handler.path)
        reply = self.replies.get(handler.path.partition("?")[0], self.reply)
        handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        handler.close_connection = True
        if reply.closed:
            return
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(reply.body) + reply.short + 1000 * reply.silent))
        handler.end_headers()
        handler.wfile.write(reply.body)
        if reply.silent:
            handler.wfile.flush()
            self.ending.wait(30)


@contextmanager
def raw_server() -> Iterator[RawServer]:
    server = RawServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.respond(self)

        do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    class Listener(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away is what some tests are about."""

    listener = Listener(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ending.set()
        listener.shutdown()
        listener.server_close()
        thread.join(5)


@contextmanager
def full_backlog(port: int = 0) -> Iterator[str]:
    """The address of a server that is too busy to take a connection, as a whole computer that hangs seems to be."""
    with socket.socket() as listener, ExitStack() as waiting:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(0)
        taken = True
        while taken:
            connecting = waiting.enter_context(socket.socket())
            connecting.setblocking(False)
            connecting.connect_ex(listener.getsockname())
            taken = bool(select.select([], [connecting], [], 0.1)[1])
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
