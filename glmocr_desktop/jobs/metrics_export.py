"""Figures as files: the names of their fields are for other programs, and stay."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from glmocr_desktop.jobs.metrics import Outcome, Percentiles, Sample, ServerMetrics, Snapshot
from glmocr_desktop.recognition.health import Seen

_POOL = ("lanes", "in_use", "waiting", "opened")
_COLUMNS = (
    *("record", "name", "at", "length_s", *(each.value for each in Outcome), "pages_per_s"),
    *("p50_s", "p95_s", "p99_s", "count", *_POOL, "queued", "memory_bytes", "health", "breaker"),
)


def metrics_json(snapshot: Snapshot) -> str:
    """All figures as JSON."""
    value = {
        "at": _time(snapshot.at_s),
        "since": _time(snapshot.since_s),
        "range_s": snapshot.range_s,
        "outcomes": {each.value: count for each, count in snapshot.outcomes.items()},
        "totals": {each.value: count for each, count in snapshot.totals.items()},
        "pages_per_s": round(snapshot.pages_per_s, 4),
        "latency": _percentiles(snapshot.latency),
        "phases": {phase.value: _percentiles(each) for phase, each in snapshot.phases.items()},
        "servers": [_server(each) for each in snapshot.servers],
        "samples": [_sample(each) for each in snapshot.samples],
        "health": {url: [_seen(each) for each in seen] for url, seen in snapshot.health.items()},
        "memory_bytes": snapshot.memory_bytes,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def metrics_csv(snapshot: Snapshot) -> str:
    """The figures as one table: the range, the totals, each phase, each server and each sample is a row.

    A column that says nothing of a row is empty there.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(snapshot))
    return stream.getvalue()


def _rows(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    at = _time(snapshot.at_s)
    yield {
        "record": "range",
        "at": at,
        "length_s": snapshot.range_s,
        "memory_bytes": snapshot.memory_bytes,
        **{each.value: count for each, count in snapshot.outcomes.items()},
        "pages_per_s": round(snapshot.pages_per_s, 4),
        **(_percentiles(snapshot.latency) or {}),
    }
    totals = {each.value: count for each, count in snapshot.totals.items()}
    yield {"record": "total", "at": at, "length_s": round(snapshot.at_s - snapshot.since_s, 3), **totals}
    for phase, percentiles in snapshot.phases.items():
        yield {"record": "phase", "name": phase.value, "at": at, **(_percentiles(percentiles) or {})}
    for server in snapshot.servers:
        value = _server(server)
        nested = value.pop("outcomes") | value.pop("pool") | (value.pop("latency") or {})
        yield {"record": "server", "name": value.pop("url"), "at": at, **value, **nested}
    for sample in snapshot.samples:
        value = _sample(sample)
        yield {"record": "sample", **value.pop("ended"), **value}


def _server(server: ServerMetrics) -> dict[str, Any]:
    return {
        "url": server.url,
        "health": server.health.state.value,
        "breaker": server.breaker,
        "pool": {name: getattr(server.pool, name) for name in _POOL},
        "outcomes": {each.value: count for each, count in server.outcomes.items()},
        "latency": _percentiles(server.latency),
        "pages_per_s": round(server.pages_per_s, 4),
    }


def _sample(sample: Sample) -> dict[str, Any]:
    value = asdict(sample)
    del value["at_s"]
    ended = {each.value: count for each, count in sample.ended.items()}
    return {"at": _time(sample.at_s), **value, "length_s": round(sample.length_s, 3), "ended": ended}


def _seen(seen: Seen) -> dict[str, Any]:
    latency_s = None if seen.latency_ms is None else round(seen.latency_ms / 1000, 4)
    return {"at": _time(seen.at_s), "state": seen.state.value, "latency_s": latency_s}


def _percentiles(value: Percentiles | None) -> dict[str, float] | None:
    if value is None:
        return None
    return {
        "p50_s": round(value.p50, 4),
        "p95_s": round(value.p95, 4),
        "p99_s": round(value.p99, 4),
        "count": value.count,
    }


def _time(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).isoformat(timespec="milliseconds")
