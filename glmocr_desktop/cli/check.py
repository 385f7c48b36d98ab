"""``glmocr-desktop check``: what answers, and does it read."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from glmocr_desktop.cli.options import setting_overrides
from glmocr_desktop.cli.output import write_line
from glmocr_desktop.core import settings as configuration
from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.recognition.check import Reading, ServerReport, check_offline, check_server
from glmocr_desktop.results.contract import json_text


def check(options: argparse.Namespace) -> int:
    """Look at the server and the offline engine.

    Returns:
        0 when the server that was named reads; when none was named, when one of the two does. Else 1.

    Raises:
        OcrError: An option cannot be used.
    """
    settings, _ = configuration.load(**setting_overrides(options))
    token = CancelToken()
    token.start(settings.timeout_s)
    server = check_server(settings, token)
    if not options.json:  # what is known is told at once: the other part may take seconds
        write_line(sys.stdout, "\n".join(_server_lines(server)))
    offline = check_offline(CancelToken())
    if options.json:
        write_line(sys.stdout, json_text({"server": _server_object(server), "offline": _reading_object(offline)}))
    else:
        write_line(sys.stdout, "\n".join(_offline_lines(offline)))
    return 0 if server.reads or (offline.reads and options.server_url is None) else 1


def _server_lines(report: ServerReport) -> list[str]:
    endpoint = report.endpoint
    lines = [f"Server   {report.url}"]
    if endpoint is None:
        return [*lines, f"         {report.error.message if report.error else ''}"]
    latency = f"answers in {report.latency_ms:.0f} ms" if report.latency_ms is not None else "answers"
    lines.append(f"         {latency}, {report.waiting} waiting, Gradio {endpoint.version}")
    takes = ", ".join(mode.value for mode, _ in endpoint.choices) or ("a prompt" if endpoint.prompt is not None else "")
    lines.append(
        f"         {endpoint.name} takes an image ({endpoint.image_form.value})" + (f" and {takes}" * bool(takes))
    )
    return [*lines, f"         {_reading_words(report.reading)}"]


def _offline_lines(reading: Reading) -> list[str]:
    return ["Offline  on this computer", f"         {_reading_words(reading)}"]


def _reading_words(reading: Reading | None) -> str:
    if reading is None or reading.accuracy is None:
        return reading.error.message if reading and reading.error else "It was not asked to read."
    share = f"{reading.accuracy:.1%} of a known page right in {reading.elapsed_s:.1f} s"
    return f"reads: {share}" if reading.reads else f"answers, but does not read: {share}"


def _server_object(report: ServerReport) -> dict[str, Any]:
    endpoint = report.endpoint
    return {
        "url": report.url,
        "latency_ms": report.latency_ms and round(report.latency_ms, 1),
        "waiting": report.waiting,
        "version": endpoint and endpoint.version,
        "endpoint": endpoint
        and {
            "name": endpoint.name,
            "image": endpoint.image_form.value,
            "takes_prompt": endpoint.prompt is not None and not endpoint.choices,
            "modes": [mode.value for mode, _ in endpoint.choices],
        },
        "reading": report.reading and _reading_object(report.reading),
        "error": report.error and {"kind": report.error.kind, "message": report.error.message},
    }


def _reading_object(reading: Reading) -> dict[str, Any]:
    return {
        "reads": reading.reads,
        "accuracy": reading.accuracy and round(reading.accuracy, 4),
        "elapsed_s": round(reading.elapsed_s, 3),
        "error": reading.error and {"kind": reading.error.kind, "message": reading.error.message},
    }
