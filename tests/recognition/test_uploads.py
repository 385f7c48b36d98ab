"""Images are sent once, whoever needs them, and only while somebody does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from glmocr_desktop.core.errors import ServerUnavailable
from glmocr_desktop.recognition.uploads import Uploads


class _Server:
    """Takes images when it is let, and counts."""

    def __init__(self) -> None:
        self.begun = self.taken = self.given_up = 0
        self.ready = asyncio.Event()
        self.error: Exception | None = None

    async def send(self) -> str:
        self.begun += 1
        try:
            await asyncio.wait_for(self.ready.wait(), 10)
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if self.error:
            raise self.error
        self.taken += 1
        return f"/tmp/{self.taken}"


def _run(work: Callable[[Uploads, _Server], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        await work(Uploads(), _Server())

    asyncio.run(run())


async def _started(*works: Awaitable[str]) -> list[asyncio.Future[str]]:
    tasks = [asyncio.ensure_future(each) for each in works]
    await _settled()
    return tasks


async def _settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_an_image_is_sent_once_for_several_tries() -> None:
    async def work(uploads: Uploads, server: _Server) -> None:
        server.ready.set()
        paths = [await uploads.path_of("a", server.send) for _ in range(3)]
        assert paths == ["/tmp/1"] * 3
        assert await uploads.path_of("b", server.send) == "/tmp/2"

    _run(work)


def test_who_comes_while_it_is_on_its_way_waits_for_it() -> None:
    async def work(uploads: Uploads, server: _Server) -> None:
        tasks = await _started(*(uploads.path_of("a", server.send) for _ in range(5)))
        server.ready.set()
        assert await asyncio.gather(*tasks) == ["/tmp/1"] * 5
        assert server.begun == 1

    _run(work)


def test_a_cancel_of_one_leaves_it_to_the_others_and_of_the_last_ends_it() -> None:
    async def work(uploads: Uploads, server: _Server) -> None:
        first, second = await _started(*(uploads.path_of("a", server.send) for _ in range(2)))
        first.cancel()
        await asyncio.wait([first])
        assert server.given_up == 0
        second.cancel()
        await asyncio.wait([second])
        await _settled()
        assert server.given_up == 1
        server.ready.set()
        assert await uploads.path_of("a", server.send) == "/tmp/1"  # and it can be sent anew

    _run(work)


def test_what_could_not_be_sent_is_tried_again_by_the_next_one() -> None:
    async def work(uploads: Uploads, server: _Server) -> None:
        server.ready.set()
        server.error = ServerUnavailable("server_down", server="h")
        for task in await _started(*(uploads.path_of("a", server.send) for _ in range(2))):
            with pytest.raises(ServerUnavailable):
                await task
        server.error = None
        assert await uploads.path_of("a", server.send) == "/tmp/1"
        assert server.begun == 2

    _run(work)


def test_what_a_server_has_lost_is_sent_again() -> None:
    async def work(uploads: Uploads, server: _Server) -> None:
        server.ready.set()
        await uploads.path_of("a", server.send)
        uploads.forget("a")
        assert await uploads.path_of("a", server.send) == "/tmp/2"
        uploads.forget_all()
        assert await uploads.path_of("a", server.send) == "/tmp/3"

    _run(work)
