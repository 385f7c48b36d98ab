"""An HTTP server that asks who it is talking to, keeps its sockets alive, and counts them."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

_LIMIT_S = 20
COOKIE = "access-token-unsecure-x"


@dataclass(frozen=True)
class Seen:
    """One request as it came."""

    path: str
    authorization: str
    cookie: str
    body: bytes


class GuardedServer:
    """Answers ``/config`` and every other path with ``{}``, ``/silent`` with half an answer, ``/login`` with a cookie.

    Attributes:
        authorization: What every request must bring; empty when that does not matter.
        login: User and password of the login page; None when there is none.
        challenge: What is sent along with a 401.
        ticket: The cookie that is accepted; changing it ends every login.
        answers: What is sent for a path instead of ``{}``.
    """

    def __init__(self) -> None:
        self.url = ""
        self.authorization = ""
        self.login: tuple[str, str] | None = None
        self.challenge = ""
        self.ticket = "first"
        self.answers: dict[str, tuple[dict[str, str], bytes]] = {}
        self.seen: list[Seen] = []
        self.changed = threading.Condition()
        self.open = 0
        self.opened = 0
        self.ending = threading.Event()

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.seen]

    def wait_for_open(self, count: int, limit_s: float = _LIMIT_S) -> None:
        """Until so many sockets are open."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.open == count, limit_s), self.open

    def count(self, difference: int) -> None:
        with self.changed:
            self.open += difference
            self.opened += max(0, difference)
            self.changed.notify_all()

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        path = handler.path.partition("?")[0]
        authorization, cookie = handler.headers.get("Authorization", ""), handler.headers.get("Cookie", "")
        self.seen.append(Seen(path, authorization, cookie, body))
        if path == "/login" and self.login is not None:
            self._log_in(handler, body)
        elif not self._allowed(authorization, cookie):
            _send(handler, 401, {"WWW-Authenticate": self.challenge} if self.challenge else {}, b'{"detail": "who?"}')
        elif path == "/silent":
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(b'data: {"msg": "estimation"}\n\n')
            handler.wfile.flush()
            handler.rfile.read(1)  # until the other side closes
            handler.close_connection = True
        else:
            _send(handler, 200, *self.answers.get(path, ({}, b"{}")))

    def _allowed(self, authorization: str, cookie: str) -> bool:
        if self.login is not None:
            return f"{COOKIE}={self.ticket}" in cookie
        return not self.authorization or authorization == self.authorization

    def _log_in(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        form = parse_qs(body.decode())
        if (form["username"][0], form["password"][0]) == self.login:
            _send(handler, 200, {"Set-Cookie": f"{COOKIE}={self.ticket}; HttpOnly; Path=/"}, b'{"success": true}')
        else:
            _send(handler, 400, {}, json.dumps({"detail": "Incorrect credentials."}).encode())


def _send(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def guarded_server(tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[GuardedServer]:
    """A server on this computer; with `tls` it speaks https."""
    server = GuardedServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps sockets alive

        def setup(self) -> None:
            server.count(1)
            super().setup()

        def finish(self) -> None:
            server.count(-1)
            super().finish()

        def do_GET(self) -> None:
            server.respond(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    class Listener(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away is what some tests are about."""

    listener = Listener(("127.0.0.1", port), Handler)
    if tls is not None:
        listener.socket = tls.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
    server.url = f"{'https' if tls else 'http'}://127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join(5)
