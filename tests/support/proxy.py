"""A tiny HTTP proxy for names that exist nowhere else: it takes every host for this computer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Proxy:
    """What was asked for, as ``GET http://host/path`` or ``CONNECT host:port``, and with which authorization."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def _head(client: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = client.recv(65536)
        if not piece:
            return b""
        head += piece
    return head


def _serve(proxy: Proxy, client: socket.socket, port: int) -> None:
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        head = _head(client)
        if not head:
            return
        line, _, rest = head.partition(b"\r\n")
        method, target, version = line.decode().split()
        proxy.asked.append(f"{method} {target}")
        names = (
            each for each in rest.decode("latin-1").split("\r\n") if each.lower().startswith("proxy-authorization:")
        )
        proxy.authorizations.extend(each.partition(":")[2].strip() for each in names)
        if method == "CONNECT":
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            path = "/" + target.split("/", 3)[3]
            server.sendall(f"{method} {path} {version}\r\nConnection: close\r\n".encode() + rest)
        thread = threading.Thread(target=_pump, args=(server, client), daemon=True)
        thread.start()
        _pump(client, server)
        thread.join(10)


@contextmanager
def running_proxy(port: int) -> Iterator[Proxy]:
    """A proxy that sends everything to this port of this computer."""
    proxy = Proxy()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy.url = f"http://127.0.0.1:{listener.getsockname()[1]}"

        def accept() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=_serve, args=(proxy, client, port), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield proxy
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)
