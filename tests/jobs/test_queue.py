"""The local queue: every job leaves it exactly once."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Document, Job, Page
from glmocr_desktop.jobs.queue import JobQueue

_DOCUMENT = Document("a", "/a", "a")


def _jobs(count: int) -> list[Job]:
    return [Job(Page(_DOCUMENT, number, count)) for number in range(1, count + 1)]


def _take(queue: JobQueue) -> tuple[Job, CancelToken]:
    taken = queue.take()
    assert taken is not None
    return taken


def test_first_in_first_out() -> None:
    queue, jobs = JobQueue(), _jobs(3)
    queue.put(jobs[:2])
    queue.put(jobs[2:])
    assert repr(queue) == "<JobQueue 3 waiting, 0 running>"
    assert [_take(queue)[0] for _ in jobs] == jobs
    assert queue.take() is None
    assert repr(queue) == "<JobQueue 0 waiting, 3 running>"


def test_a_waiting_job_that_is_cancelled_is_gone() -> None:
    queue, jobs = JobQueue(), _jobs(3)
    queue.put(jobs)
    assert queue.cancel([jobs[1].id, "unknown"]) == [jobs[1]]
    assert queue.cancel([jobs[1].id]) == []
    assert [_take(queue)[0] for _ in range(2)] == [jobs[0], jobs[2]]


def test_a_running_job_ends_by_its_token() -> None:
    queue, jobs = JobQueue(), _jobs(2)
    queue.put(jobs)
    first, second = _take(queue)[1], _take(queue)[1]
    assert queue.cancel([jobs[0].id]) == []
    assert (first.cancelled, second.cancelled) == (True, False)
    queue.done(jobs[1].id)
    assert queue.cancel() == []
    assert not second.cancelled  # it has ended: nobody's business any more
    queue.done("unknown")


def test_cancel_of_everything() -> None:
    queue, jobs = JobQueue(), _jobs(5)
    queue.put(jobs)
    _, token = _take(queue)
    assert queue.cancel() == jobs[1:]
    assert token.cancelled
    assert queue.take() is None


def test_paused_jobs_wait_and_come_back_to_their_places() -> None:
    queue, jobs = JobQueue(), _jobs(4)
    ids = [job.id for job in jobs]
    queue.put(jobs)
    assert queue.pause([ids[0], ids[2], "unknown"]) == [ids[0], ids[2]]
    assert queue.at_hand == 2
    assert _take(queue)[0] == jobs[1]
    assert queue.resume([ids[0], ids[1], ids[2]]) == [ids[0], ids[2]]
    assert [_take(queue)[0] for _ in range(3)] == [jobs[0], jobs[2], jobs[3]]


def test_what_is_put_in_while_all_is_paused_is_paused() -> None:
    queue, jobs = JobQueue(), _jobs(3)
    assert queue.put(jobs[:1]) == []
    assert queue.pause() == [jobs[0].id]
    assert queue.put(jobs[1:]) == [jobs[1].id, jobs[2].id]
    assert queue.take() is None
    assert queue.resume([jobs[1].id]) == [jobs[1].id]
    assert queue.all_paused
    assert _take(queue)[0] == jobs[1]
    assert queue.cancel([jobs[2].id]) == [jobs[2]]  # also while it is paused
    assert queue.resume() == [jobs[0].id]
    assert not queue.all_paused
    assert _take(queue)[0] == jobs[0]
    assert queue.take() is None


def test_jobs_are_sent_to_the_front_and_to_the_end() -> None:
    queue, jobs = JobQueue(), _jobs(5)
    ids = [job.id for job in jobs]
    queue.put(jobs)
    queue.pause([ids[3]])
    taken, _ = _take(queue)
    assert taken == jobs[0]
    assert queue.promote([ids[0], ids[4], ids[3]]) == [ids[4], ids[3]]
    assert queue.demote([ids[1]]) == [ids[1]]
    queue.resume()
    assert [_take(queue)[0] for _ in range(4)] == [jobs[4], jobs[3], jobs[2], jobs[1]]


def test_a_closed_queue_hands_out_nothing() -> None:
    queue, jobs = JobQueue(), _jobs(3)
    queue.put(jobs)
    _, token = _take(queue)
    assert queue.close() == jobs[1:]
    assert token.cancelled
    queue.put(jobs[1:])
    assert queue.take() is None


def test_every_job_leaves_once_whoever_pulls_at_it() -> None:
    """4 threads take and 4 cancel 2,000 jobs."""
    queue, jobs = JobQueue(), _jobs(2000)
    queue.put(jobs)
    ready = threading.Barrier(8)

    def take(_number: int) -> list[str]:
        ready.wait(10)
        left: list[str] = []
        while (taken := queue.take()) is not None:
            left.append(taken[0].id)
            queue.done(taken[0].id)
        return left

    def cancel(number: int) -> list[str]:
        chance = random.Random(number)
        ready.wait(10)
        return [job.id for _ in range(500) for job in queue.cancel([chance.choice(jobs).id])]

    with ThreadPoolExecutor(8) as threads:
        parts = [threads.submit(take if number % 2 else cancel, number) for number in range(8)]
        left = [job_id for part in parts for job_id in part.result(30)]
    assert sorted(left) == sorted(job.id for job in jobs)
    assert repr(queue) == "<JobQueue 0 waiting, 0 running>"
