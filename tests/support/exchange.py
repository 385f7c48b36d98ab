"""HTTP byte by byte, so that a server can do it wrong."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

_SIP_BYTES = 20_000
_SIP_S = 0.1
_BEAT_S = 0.1


@dataclass(frozen=True)
class Asked:
    """One request; the names of its headers are in small letters."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


class Exchange:
    """One request and its answer, byte by byte; each way to end it tells whether the connection stays."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def receive(self, most_bytes: float) -> Asked:
        """The next request; a larger one is taken by sips."""
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        body = b""
        while length > most_bytes and len(body) < length - _SIP_BYTES:
            body += await self._reader.readexactly(_SIP_BYTES)
            await asyncio.sleep(_SIP_S)
        body += await self._reader.readexactly(length - len(body))
        url = urlsplit(first.split(" ")[1])
        return Asked(url.path, parse_qs(url.query), headers, body)

    async def json(self, content: object) -> bool:
        return await self.reply(200, json.dumps(content).encode())

    async def reply(self, status: int, body: bytes, headers: str = "") -> bool:
        head = f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{headers}"
        self._writer.write(head.encode() + b"\r\n" + body)
        await self._writer.drain()
        return True

    async def begin(self) -> None:
        self._writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        await self._writer.drain()

    async def chunk(self, content: bytes) -> None:
        self._writer.write(b"%x\r\n%s\r\n" % (len(content), content))
        await self._writer.drain()

    async def message(self, content: dict[str, Any]) -> None:
        # As Gradio does: characters that are not ASCII are sent as they are.
        await self.chunk(b"data: " + json.dumps(content, ensure_ascii=False).encode() + b"\n\n")

    async def beat(self, times: float, content: dict[str, Any]) -> bool:
        """Send a message again and again; whether the client is still there."""
        beats = 0
        while beats < times:
            if await self.gone(_BEAT_S):
                return False
            await self.message(content)
            beats += 1
        return True

    async def end(self) -> bool:
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()
        return True

    async def hang(self) -> bool:
        await self._reader.read()  # until the client goes away
        return False

    async def gone(self, limit_s: float) -> bool:
        """Whether the client went away within a time."""
        try:
            await asyncio.wait_for(self._reader.read(), limit_s)
        except TimeoutError:
            return False
        return True

    def close(self, *, reset: bool = False) -> bool:
        if reset:
            channel: socket.socket = self._writer.get_extra_info("socket")
            channel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._writer.transport.abort()
        return False
