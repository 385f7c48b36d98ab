"""What is learned of a server from how its pages go."""

from __future__ import annotations

from contextlib import ExitStack, suppress

import pytest

from glmocr_desktop.recognition.pace import Pace


class _Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


def _read(pace: Pace, clock: _Clock, took_s: float, pixels: int = 1_000_000) -> None:
    with pace.reading(pixels):
        clock.now_s += took_s


def test_nothing_is_known_in_the_beginning() -> None:
    pace = Pace()
    assert (pace.concurrency, pace.patience_s(2_000_000)) == (1, 0.0)


def test_patience_is_three_times_what_pages_take_and_grows_with_the_page(clock: _Clock) -> None:
    pace = Pace(clock)
    _read(pace, clock, 10)
    assert pace.patience_s(1_000_000) == pytest.approx(30)
    assert pace.patience_s(100) == pytest.approx(30)  # a stamp takes as long as a small page
    assert pace.patience_s(2_000_000) == pytest.approx(60)


def test_the_last_pages_count_most(clock: _Clock) -> None:
    pace = Pace(clock)
    for _ in range(30):
        _read(pace, clock, 40)
    for _ in range(30):
        _read(pace, clock, 4)
    assert pace.patience_s(1_000_000) == pytest.approx(12, rel=0.01)


def test_a_page_that_was_given_up_teaches_patience_too(clock: _Clock) -> None:
    pace = Pace(clock)
    with suppress(TimeoutError), pace.reading(1_000_000):
        clock.now_s += 30
        raise TimeoutError
    assert pace.patience_s(1_000_000) == pytest.approx(90)


def test_pages_that_are_read_side_by_side_are_counted(clock: _Clock) -> None:
    pace = Pace(clock)
    with ExitStack() as pages:
        for _ in range(3):
            pages.enter_context(pace.reading(1000))
        clock.now_s += 1
    assert pace.concurrency == 3
    _read(pace, clock, 1)
    assert pace.concurrency == 3  # a lull does not make the server smaller


def test_pages_that_follow_each_other_are_not_side_by_side(clock: _Clock) -> None:
    """The start of the next page may be heard before the end of the one before."""
    pace = Pace(clock)
    for _ in range(20):
        with ExitStack() as next_page:
            with pace.reading(1000):
                clock.now_s += 1
                next_page.enter_context(pace.reading(1000))
                clock.now_s += 0.004
            clock.now_s += 1
    assert pace.concurrency == 1


def test_a_new_start_forgets_it_all(clock: _Clock) -> None:
    pace = Pace(clock)
    with pace.reading(1000), pace.reading(1000):
        clock.now_s += 1
    with pace.reading(1000):  # across the restart
        pace.forget()
        clock.now_s += 50
    assert (pace.concurrency, pace.patience_s(1000)) == (1, 0.0)
