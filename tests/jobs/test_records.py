"""Whatever walks through the program comes back from its record as it was."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glmocr_desktop.core.model import (
    Attempt,
    Cut,
    Document,
    Engine,
    EngineChoice,
    Failure,
    Job,
    JobState,
    Limits,
    Mode,
    OwnPrompt,
    Page,
    Phase,
    Region,
    Result,
    Rung,
    Span,
)
from glmocr_desktop.jobs.records import pack, pack_document, unpack, unpack_document
from glmocr_desktop.results.blocks import parse
from tests.support.anything import answers

pytestmark = pytest.mark.fuzz

_DOCUMENT = Document("/in/a.pdf", "/in/a.pdf", "a.pdf")
_TEXTS = st.text(max_size=20)
_SECONDS = st.floats(0, 1e6)
_FAILURES = st.builds(
    Failure,
    st.sampled_from(["damaged", "server_down", "timeout_total"]),
    st.lists(st.tuples(_TEXTS, st.one_of(_TEXTS, st.integers(), st.floats(allow_nan=False), st.booleans()))).map(tuple),
)
_REGIONS = st.builds(Region, *[st.floats(0, 1)] * 4)
_PAGES = st.builds(
    Page,
    st.just(_DOCUMENT),
    st.integers(1, 999),
    st.integers(1, 999),
    st.builds(Cut, st.sampled_from([0, 90, 180, 270]), st.none() | _REGIONS),
)
_LIMITS = st.builds(Limits, *[_SECONDS] * 9)
_JOBS = st.builds(
    Job,
    _PAGES,
    st.sampled_from(Mode),
    st.sampled_from(EngineChoice),
    _LIMITS,
    _TEXTS,
    st.none() | st.builds(OwnPrompt, _TEXTS, _TEXTS, _TEXTS),
)


@st.composite
def _results(draw: st.DrawFn) -> Result:
    """A page that ended anyhow, with the blocks of any answer."""
    text, formatted = draw(answers), draw(st.booleans())
    attempt = st.builds(Attempt, st.sampled_from(Rung), st.just(Engine.SERVER), _SECONDS, st.none() | _FAILURES)
    spans = st.builds(Span, st.just(Phase.READING), st.sampled_from(Rung), _SECONDS, _SECONDS, st.none() | _TEXTS)
    return Result(
        draw(_JOBS),
        draw(st.sampled_from([each for each in JobState if each.ended])),
        draw(_SECONDS),
        tuple(draw(st.lists(attempt, max_size=3))),
        text=text,
        formatted=formatted,
        blocks=parse(text, formatted=formatted),
        warnings=tuple(draw(st.lists(_TEXTS, max_size=2))),
        error=draw(st.none() | _FAILURES),
        received=draw(st.none() | _TEXTS),
        spans=tuple(draw(st.lists(spans, max_size=2))),
    )


@given(_results())
def test_a_result_comes_back(result: Result) -> None:
    back = unpack(Result, pack(result), _DOCUMENT)
    assert back == result
    assert [(each.source, each.regions) for each in back.blocks] == [
        (each.source, each.regions) for each in result.blocks
    ]


@given(_JOBS, _LIMITS, _FAILURES)
def test_jobs_limits_and_failures_come_back(job: Job, limits: Limits, failure: Failure) -> None:
    assert unpack(Job, pack(job), _DOCUMENT) == job
    assert unpack(Limits, pack(limits)) == limits
    assert unpack(Failure, pack(failure)) == failure


@given(st.text(), st.text(), st.text())
def test_documents_come_back_without_a_password(path: str, file: str, name: str) -> None:
    document = Document(path, file, name, "secret")
    assert unpack_document(pack_document(document), document.id) == replace(document, password=None)


@given(st.binary() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda v: _packed(v)))
def test_what_is_no_record_is_refused(data: bytes) -> None:
    for kind in (Result, Job, Page):
        with pytest.raises(ValueError, match="record"):
            unpack(kind, data, _DOCUMENT)


def test_a_number_that_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="record"):
        unpack(Limits, _packed({"total_s": 10**400}))


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode())


def test_a_record_of_another_version_is_read() -> None:
    """What is unknown is left out, what is missing has its default."""
    job = unpack(Job, _packed({"page": {"number": 2, "shape": "round"}, "mode": "table", "colour": "red"}), _DOCUMENT)
    assert (job.page, job.mode, job.engine) == (Page(_DOCUMENT, 2), Mode.TABLE, EngineChoice.AUTO)
