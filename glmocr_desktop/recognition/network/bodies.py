"""What a request sends and what an answer brings, a piece at a time and never more than a page can be."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

from glmocr_desktop.core.errors import RecognitionError

if TYPE_CHECKING:
    import aiohttp

_MOST_MB = 20  # of one answer or message; the text of a dense page has some 10 kB


@dataclass(frozen=True, slots=True)
class Sending:
    """One request. Its content is in pieces, so that a page's bytes are not copied; it may be a login."""

    method: str
    path: str
    params: Mapping[str, str] | None = None
    media_type: str = ""
    content: tuple[bytes, ...] = ()

    @classmethod
    def json(cls, path: str, body: object) -> Sending:
        """A JSON document."""
        return cls("POST", path, None, "application/json", (json.dumps(body).encode(),))

    @classmethod
    def form(cls, path: str, fields: Mapping[str, str]) -> Sending:
        """A form of a few words."""
        return cls("POST", path, None, "application/x-www-form-urlencoded", (urlencode(fields).encode(),))

    @classmethod
    def file(cls, path: str, name: str, content: bytes, media_type: str) -> Sending:
        """A form with a file in it, as the field ``files``."""
        boundary = uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        pieces = (f"{head}Content-Type: {media_type}\r\n\r\n".encode(), content, f"\r\n--{boundary}--\r\n".encode())
        return cls("POST", path, None, f"multipart/form-data; boundary={boundary}", pieces)

    @property
    def headers(self) -> dict[str, str]:
        """What describes the content."""
        if not self.media_type:
            return {}
        return {"Content-Type": self.media_type, "Content-Length": str(sum(map(len, self.content)))}

    def data(self) -> AsyncIterator[bytes] | None:
        """The content anew, for each time that it is sent."""
        return self._pieces() if self.media_type else None

    async def _pieces(self) -> AsyncIterator[bytes]:
        for piece in self.content:
            yield piece


async def read_json(response: aiohttp.ClientResponse) -> Any:
    """The JSON document of an answer.

    Raises:
        RecognitionError: It is too large.
        ValueError: It is none.
    """
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        _refuse_too_large(body)
    return json.loads(body.decode())


async def read_lines(response: aiohttp.ClientResponse) -> AsyncGenerator[bytes, None]:
    """The lines of a stream without their ends.

    Bytes, not text: a text's own lines also end at U+2028, U+0085 and their kin, which stand as they are in a server's
    JSON.

    Raises:
        RecognitionError: A line is too large.
    """
    held = bytearray()
    async for chunk in response.content.iter_any():
        held += chunk
        if b"\n" in chunk:
            *lines, rest = held.split(b"\n")
            for line in lines:
                yield bytes(line)
            held = rest
        _refuse_too_large(held)
    yield bytes(held)


def _refuse_too_large(content: bytearray) -> None:
    if len(content) > _MOST_MB * 1_000_000:
        raise RecognitionError("answer_too_large", limit_mb=_MOST_MB)
