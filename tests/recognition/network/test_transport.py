"""The thread of the network requests: ended at once, and it keeps nobody waiting."""

from __future__ import annotations

import asyncio
import threading

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.recognition.network.transport import Transport


def test_closing_ends_what_runs_and_refuses_what_comes_later() -> None:
    """Work in the middle ends at once, as cancelled; and the thread is gone (see the fixtures)."""
    transport = Transport()
    reached, cleaned = threading.Event(), threading.Event()

    async def work() -> None:
        try:
            reached.set()
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    running = transport.submit(work())
    assert reached.wait(5)
    transport.close()
    transport.close()
    assert cleaned.is_set()
    with pytest.raises(JobCancelled):
        CancelToken().wait_for(running, 5)
    with pytest.raises(JobCancelled):
        transport.submit(work())


def test_what_was_given_up_before_it_began_never_runs(transport: Transport) -> None:
    """The loop is kept busy until the future was cancelled."""
    busy, free, ran = threading.Event(), threading.Event(), threading.Event()

    async def hold() -> None:
        busy.set()
        free.wait(5)

    async def work() -> None:
        ran.set()

    holding = transport.submit(hold())
    assert busy.wait(5)
    given_up = transport.submit(work())
    assert given_up.cancel()
    free.set()
    holding.result(5)
    transport.submit(asyncio.sleep(0)).result(5)
    assert not ran.is_set()


def test_closing_lets_the_last_words_to_a_server_be_sent() -> None:
    """What a cancelled job spawns in its end still gets a moment."""
    transport = Transport()
    reached, said = threading.Event(), threading.Event()

    async def goodbye() -> None:
        await asyncio.sleep(0.05)
        said.set()

    async def work() -> None:
        try:
            reached.set()
            await asyncio.Event().wait()
        finally:
            transport.spawn(goodbye(), 5)

    transport.submit(work())
    assert reached.wait(5)
    transport.close()
    assert said.is_set()


def test_a_blocking_function_runs_beside_the_loop(transport: Transport) -> None:
    gate = threading.Event()

    async def both() -> list[object]:
        blocking = asyncio.create_task(transport.in_thread(lambda: gate.wait(10)))
        gate.set()
        return [await blocking, await asyncio.sleep(0, "loop")]

    assert transport.submit(both()).result(20) == [True, "loop"]

    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transport.submit(transport.in_thread(fails)).result(20)
