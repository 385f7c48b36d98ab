"""Is the server alive, how busy is it, does it read: what is said of it, when, and how soon."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise

import pytest

from glmocr_desktop.core.errors import OcrError, ServerUnavailable
from glmocr_desktop.core.model import Failure, Mode
from glmocr_desktop.recognition.canary import CanaryReport, CanaryResult
from glmocr_desktop.recognition.health import Health, HealthMonitor, HealthState, Sight

REFUSED = ServerUnavailable("server_not_answering", server="here")
BROKEN = ServerUnavailable("server_broken", server="here", detail="HTTP 500")
SILENT = ServerUnavailable("server_silent", server="here", limit_s=3.0)
READS = CanaryReport((CanaryResult(Mode.TEXT, True, 1.0), CanaryResult(Mode.TABLE, False, 1.0)))
READS_NOTHING = CanaryReport((CanaryResult(Mode.TEXT, False, 1.0), CanaryResult(Mode.TABLE, False, 1.0)))

Seeing = Sight | OcrError


class Watched:
    """A monitor whose server does as a test says, with a clock that goes only when a test says so."""

    def __init__(self, *seeings: Seeing) -> None:
        self.now_s = 1000.0
        self.look_s = 0.004
        self.told: list[Health] = []
        self.restarts: list[Sight] = []
        self.monitor = HealthMonitor("here", self._look, 5, self.told.append, self.restarts.append, self._clock)
        self._next: Seeing = Sight(0)
        self.see(*seeings)

    def see(self, *seeings: Seeing) -> Health:
        """Look once for each of these."""
        asyncio.run(self._see(seeings))
        return self.monitor.health

    @property
    def states(self) -> list[HealthState]:
        """What was told, in order."""
        return [each.state for each in self.told]

    async def _see(self, seeings: Sequence[Seeing]) -> None:
        for self._next in seeings:
            await self.monitor.probe()

    def _clock(self) -> float:
        return self.now_s

    async def _look(self) -> Sight:
        self.now_s += self.look_s
        if isinstance(self._next, OcrError):
            raise self._next
        return self._next


def test_nothing_is_known_before_the_first_look() -> None:
    """A page is sent all the same: waiting for a look would cost more than it saves."""
    watched = Watched()
    assert watched.monitor.health == Health(HealthState.CHECKING, "here")
    assert watched.monitor.health.up
    assert watched.monitor.history == ()
    assert watched.told == []


def test_a_server_that_answers() -> None:
    health = Watched().see(Sight(0, "a", "6.31.0"))
    assert (health.state, health.up, health.version, health.waiting) == (HealthState.READY, True, "6.31.0", 0)
    assert health.latency_ms == pytest.approx(4)


def test_a_server_with_a_queue_is_busy() -> None:
    health = Watched().see(Sight(3))
    assert (health.state, health.waiting, health.up) == (HealthState.BUSY, 3, True)


def test_a_server_that_takes_long_is_slow() -> None:
    watched = Watched()
    watched.look_s = 1.6
    assert watched.see(Sight(3)).state is HealthState.SLOW
    assert watched.monitor.health.up


@pytest.mark.parametrize(
    ("seeings", "states"),
    [
        ([REFUSED], [HealthState.DOWN]),
        ([ServerUnavailable("certificate_unknown", server="here", detail="expired")], [HealthState.DOWN]),
        ([ServerUnavailable("not_this_computer", server="here")], [HealthState.DOWN]),
        ([BROKEN, BROKEN], [HealthState.READY, HealthState.DOWN]),
        ([SILENT, SILENT, SILENT], [HealthState.READY, HealthState.READY, HealthState.DOWN]),
        ([SILENT, BROKEN], [HealthState.READY, HealthState.DOWN]),
        ([BROKEN, SILENT], [HealthState.READY, HealthState.DOWN]),
        ([BROKEN, Sight(0), BROKEN, Sight(0)], [HealthState.READY] * 4),
        ([SILENT, Sight(0), SILENT, SILENT], [HealthState.READY] * 4),
        ([REFUSED, BROKEN, Sight(0)], [HealthState.DOWN, HealthState.DOWN, HealthState.READY]),
    ],
)
def test_how_many_failures_make_an_outage(seeings: list[Seeing], states: list[HealthState]) -> None:
    """A refused connection is certain; one lost look is not, and silence may only mean a busy model."""
    watched = Watched(Sight(0))
    assert [watched.see(each).state for each in seeings] == states


@pytest.mark.parametrize("error", [REFUSED, BROKEN, SILENT])
def test_the_first_look_decides_alone(error: OcrError) -> None:
    """Nothing is known yet that one failure could contradict."""
    health = Watched().see(error)
    assert health.state is HealthState.DOWN
    assert not health.up


def test_an_outage_says_why_and_its_end_forgets_it() -> None:
    watched = Watched(Sight(2, "a", "6.31.0"))
    down = watched.see(REFUSED)
    assert (down.error, down.latency_ms, down.waiting, down.version) == (Failure.of(REFUSED), None, 0, "6.31.0")
    back = watched.see(Sight(0, "a", "6.31.0"))
    assert (back.state, back.error) == (HealthState.READY, None)
    assert watched.restarts == []


def test_a_job_that_finds_nobody_is_believed_at_once() -> None:
    watched = Watched(Sight(0))
    watched.monitor.report_down(BROKEN)
    assert watched.monitor.health.state is HealthState.DOWN
    assert watched.monitor.health.error == Failure.of(BROKEN)
    assert watched.states == [HealthState.READY, HealthState.DOWN]


@pytest.mark.parametrize("kind", ["server_needs_login", "login_refused"])
def test_a_server_that_asks_for_a_login(kind: str) -> None:
    """At once, and after the login it is ready at once."""
    watched = Watched(Sight(0))
    health = watched.see(ServerUnavailable(kind, server="here"))
    assert (health.state, health.up) == (HealthState.NEEDS_LOGIN, False)
    assert health.error is not None
    assert health.error.kind == kind
    assert watched.see(BROKEN).state is HealthState.NEEDS_LOGIN  # one lost look more is no outage
    assert watched.see(Sight(0)).state is HealthState.READY


def test_a_server_that_reads_nothing_is_not_up() -> None:
    """Until a later report says otherwise; an outage between does not make it read."""
    watched = Watched(Sight(0, "a"))
    watched.monitor.report_canaries(READS_NOTHING)
    health = watched.monitor.health
    assert (health.state, health.up, health.canaries) == (HealthState.NOT_READING, False, READS_NOTHING)
    assert health.error is not None
    assert health.error.message == "The server at here answers, but does not read."
    assert watched.see(Sight(0, "a")).state is HealthState.NOT_READING
    assert watched.see(REFUSED).state is HealthState.DOWN
    assert watched.see(Sight(0, "a")).state is HealthState.NOT_READING
    watched.monitor.report_canaries(READS)
    assert (watched.monitor.health.state, watched.monitor.health.error) == (HealthState.READY, None)


def test_a_server_that_reads_some_stays_up() -> None:
    """The report is shown; pages in the other modes may well be read."""
    watched = Watched(Sight(0))
    watched.monitor.report_canaries(READS)
    assert (watched.monitor.health.state, watched.monitor.health.canaries) == (HealthState.READY, READS)
    assert watched.told[-1].canaries == READS


def test_a_report_of_a_server_that_is_down_leaves_it_down() -> None:
    watched = Watched(REFUSED)
    watched.monitor.report_canaries(READS)
    assert watched.monitor.health.state is HealthState.DOWN
    assert watched.see(Sight(0)).state is HealthState.READY


@pytest.mark.parametrize(
    ("first", "then", "restarts"),
    [
        (Sight(0, "a", "6"), Sight(0, "b", "6"), 1),
        (Sight(0, "a", "6"), Sight(0, "a", "7"), 1),
        (Sight(0, "a", "6"), Sight(4, "a", "6"), 0),
        (Sight(0), Sight(0, "a", "6"), 0),
        (Sight(0, "a", "6"), Sight(0), 0),
    ],
)
def test_a_restart_is_told_once(first: Sight, then: Sight, restarts: int) -> None:
    """What the server did not say is no news."""
    watched = Watched(first)
    watched.see(then, then)
    assert watched.restarts == [then] * restarts


def test_a_restart_that_was_hidden_by_an_outage() -> None:
    """It is told before the server is said to be up, and the new server's reading is not known."""
    watched = Watched(Sight(0, "a"))
    watched.monitor.report_canaries(READS_NOTHING)
    health = watched.see(REFUSED, Sight(0, "b"))
    assert (health.state, health.canaries) == (HealthState.READY, None)
    assert watched.restarts == [Sight(0, "b")]


def test_only_what_shows_is_told() -> None:
    """A latency that rounds to the same is no change."""
    watched = Watched(Sight(0), Sight(0))
    watched.look_s = 0.0042
    watched.see(Sight(0))
    assert len(watched.told) == 1
    watched.look_s = 0.0052
    watched.see(Sight(0))
    assert len(watched.told) == 2


@pytest.mark.parametrize("jump_s", [-1e6, 1e6])
def test_a_clock_that_jumps(jump_s: float) -> None:
    """Backwards or forwards: the state stays right, the latency possible, and the history goes on."""
    watched = Watched(Sight(0))
    watched.look_s = jump_s
    assert watched.see(Sight(0)).up
    watched.look_s = 0.004
    assert watched.see(Sight(0)).state is HealthState.READY
    assert watched.monitor.health.latency_ms == pytest.approx(4, abs=0.1)
    before = len(watched.monitor.history)
    watched.look_s = 6
    watched.see(Sight(0))
    assert len(watched.monitor.history) == before + 1


def test_the_history_has_every_change_and_few_samples() -> None:
    """An hour of looks each second, with a short outage."""
    watched = Watched()
    watched.look_s = 1
    began = time.time()
    watched.see(*(REFUSED if second in (1000, 1001) else Sight(0) for second in range(3600)))
    history = watched.monitor.history
    states = [each.state for each in history]
    assert states.count(HealthState.DOWN) == 1
    assert 700 < len(history) < 730
    assert began <= history[0].at_s <= history[-1].at_s <= time.time()


def test_the_history_forgets_what_is_older_than_an_hour() -> None:
    watched = Watched(REFUSED)
    watched.now_s += 3500
    watched.see(Sight(0))
    assert [each.state for each in watched.monitor.history] == [HealthState.DOWN, HealthState.READY]
    watched.now_s += 200
    assert [each.state for each in watched.monitor.history] == [HealthState.READY]


def test_the_history_is_bounded() -> None:
    """A server that comes and goes a thousand times in a minute."""
    watched = Watched()
    watched.see(*(seeing for _ in range(1000) for seeing in (REFUSED, Sight(0))))
    assert len(watched.monitor.history) == 1500


def test_reports_from_many_threads() -> None:
    """The last word that is told is the last known health, whoever came first."""
    watched = Watched(Sight(0))
    start = threading.Barrier(8)

    def report(number: int) -> None:
        start.wait()
        for _ in range(200):
            watched.monitor.report_down(REFUSED if number % 2 else BROKEN)
            watched.monitor.report_canaries(READS)

    threads = [threading.Thread(target=report, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert watched.told[-1] == watched.monitor.health
    assert all(one != other for one, other in pairwise(watched.told))


def test_a_listener_may_report_something_itself() -> None:
    """For example that nothing can be read there, on the same thread."""
    told: list[HealthState] = []

    def on_change(health: Health) -> None:
        told.append(health.state)
        if health.state is HealthState.READY:
            monitor.report_down(REFUSED)

    async def look() -> Sight:
        return Sight(0)

    monitor = HealthMonitor("here", look, 5, on_change, lambda _sight: None)
    asyncio.run(asyncio.wait_for(monitor.probe(), 5))
    assert told == [HealthState.READY, HealthState.DOWN]


async def _watching(
    look: Callable[[], Awaitable[Sight]], interval_s: float, until: asyncio.Event, then: Callable[[HealthMonitor], None]
) -> float:
    """Watch until the event; the seconds that it took."""
    monitor = HealthMonitor("here", look, interval_s, lambda _health: None, lambda _sight: None)
    watch = asyncio.create_task(monitor.watch())
    began = time.monotonic()
    try:
        await asyncio.sleep(0)
        then(monitor)
        await asyncio.wait_for(until.wait(), 10)
    finally:
        watch.cancel()
    return time.monotonic() - began


@pytest.mark.parametrize(("failing", "reported"), [(True, False), (False, True)])
def test_the_next_look_after_a_failure_comes_soon(failing: bool, reported: bool) -> None:
    """Whether a look or a job found it, and however long the pause between looks is."""

    async def run() -> float:
        looks, seen = 0, asyncio.Event()

        async def look() -> Sight:
            nonlocal looks
            looks += 1
            if looks == 1 and failing:
                raise BROKEN
            if looks == 2:
                seen.set()
            return Sight(0)

        def report(monitor: HealthMonitor) -> None:
            if reported:
                asyncio.get_running_loop().run_in_executor(None, monitor.report_down, REFUSED)

        return await _watching(look, 600, seen, report)

    assert 0.8 < asyncio.run(run()) < 10


def test_the_pause_between_looks_varies() -> None:
    """So that many windows do not ask all at once; and it is the one that was set."""

    async def run() -> list[float]:
        times: list[float] = []
        enough = asyncio.Event()

        async def look() -> Sight:
            times.append(time.monotonic())
            if len(times) == 11:
                enough.set()
            return Sight(0)

        await _watching(look, 0.05, enough, lambda _monitor: None)
        return [after - before for before, after in pairwise(times)]

    pauses = asyncio.run(run())
    assert min(pauses) > 0.04
    assert len({round(each, 4) for each in pauses}) > 3


def test_a_bug_in_a_look_does_not_end_the_watch(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)

    async def run() -> None:
        looks, seen = 0, asyncio.Event()

        async def look() -> Sight:
            nonlocal looks
            looks += 1
            if looks == 1:
                raise ZeroDivisionError
            seen.set()
            return Sight(0)

        await _watching(look, 0.05, seen, lambda _monitor: None)

    asyncio.run(run())


def test_a_report_after_the_transport_has_ended() -> None:
    """A page that fails while the program closes is no reason for an error."""
    watched = Watched()

    async def run() -> None:
        task = asyncio.create_task(watched.monitor.watch())
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(run())
    watched.monitor.report_down(REFUSED)
    assert watched.monitor.health.state is HealthState.DOWN


def test_the_log_has_what_changed_and_not_where(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "glmocr_desktop")
    Watched(Sight(0), Sight(9), Sight(0), REFUSED, REFUSED, Sight(0))
    facts = [vars(each)["facts"] for each in caplog.records]
    assert facts == [
        {"state": "ready", "before": "checking"},
        {"state": "down", "before": "ready", "kind": "server_not_answering"},
        {"state": "ready", "before": "down"},
    ]
