"""``glmocr-desktop check``: what answers, how far away it is, does it read, and what to do when it does not."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib import metadata
from typing import Any

from glmocr_desktop import __version__
from glmocr_desktop.cli.options import settings_of
from glmocr_desktop.cli.output import write_line
from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Failure
from glmocr_desktop.documents import printable
from glmocr_desktop.recognition.canary import CanaryReport
from glmocr_desktop.recognition.check import (
    Encryption,
    Login,
    Reading,
    ServerReport,
    check_offline,
    check_servers,
)
from glmocr_desktop.recognition.discovery import Endpoint, ImageForm
from glmocr_desktop.recognition.network.place import Place
from glmocr_desktop.results.contract import json_text

_INDENT = " " * 9

# The packages that talk to servers, open documents and read offline.
_LIBRARIES = ("aiohttp", "gradio_client", "Pillow", "pypdfium2", "rapidocr", "onnxruntime", "PySide6-Essentials")

_PLACES = {
    Place.THIS_COMPUTER: "on this computer",
    Place.LOCAL_NETWORK: "in the local network",
    Place.INTERNET: "on the Internet",
    Place.UNKNOWN: "",
}
_ENCRYPTIONS = {
    Encryption.NONE: "not encrypted",
    Encryption.TRUSTED: "encrypted, its certificate is trusted",
    Encryption.NOT_TRUSTED: "its certificate is not trusted",
    Encryption.UNKNOWN: "",
}
_LOGINS = {
    Login.NOT_ASKED: "no login asked for",
    Login.SIGNED_IN: "signed in",
    Login.NEEDED: "asks for a login",
    Login.REFUSED: "login refused",
    Login.UNKNOWN: "",
}

_ADVICE = {
    "server_not_answering": "Start the server, or correct its address. Without one, pages are read offline.",
    "connect_slow": "Check the address, the network and the firewall.",
    "server_silent": "Something accepts connections there but does not speak: start the server anew.",
    "server_broken": "Look into the server's log, or start it anew.",
    "server_not_gradio": "Give the address of a Gradio server; its usual port is 7860. One can be started by: "
    "glmocr-desktop serve",
    "server_no_endpoint": "Give the address of an app that takes an image and gives text.",
    "server_no_such_endpoint": "Name one of these by --endpoint, or leave the choice to the program: --endpoint ''.",
    "server_needs_login": "Sign in: glmocr-desktop login --server {url}",
    "login_refused": "Sign in with another name or password: glmocr-desktop login --server {url}",
    "certificate_unknown": "If it is the right server, trust its certificate: glmocr-desktop trust {url}",
    "not_this_computer": "Name a server on this computer, or switch the setting 'This computer only' off.",
    "server_busy": "Try again when fewer pages wait there.",
    "queue_wait": "Try again when fewer pages wait there.",
    "upload_slow": "Check the network, and the size of a request that a proxy before the server lets through.",
    "rung_timeout": "The server works but is slow: give it more time (First try), or look at its load.",
    "timeout_total": "Give it more time (Timeout), or look at its load.",
    "server_refused": "The words are the server's own: look into its log, and whether its model is loaded.",
    "server_cancelled": "Look into the server's log.",
}
_WRONG_TEXT = "Look whether the server runs the GLM-OCR model, and whether its prompts are those of the settings."


def check(options: argparse.Namespace) -> int:
    """Look at all servers and at the offline engine.

    Returns:
        0 when each server that was named reads; when none was named, when a server or the offline engine does. Else 1.

    Raises:
        OcrError: An option cannot be used.
    """
    settings = settings_of(options)
    reports = []
    for report in check_servers(settings):
        reports.append(report)
        if not options.json:  # what is known is told at once: the other parts may take seconds
            write_line(sys.stdout, "\n".join(map(printable, _server_lines(report))))
    offline = check_offline(CancelToken())
    if options.json:
        servers = [_server_object(report) for report in reports]
        value = {"server": servers[0], "offline": _reading_object(offline), "servers": servers, "versions": _versions()}
        write_line(sys.stdout, json_text(value))
    else:
        versions = ", ".join(f"{name} {version}" for name, version in _versions().items())
        write_line(sys.stdout, "\n".join([*_offline_lines(offline), f"Versions {versions}"]))
    read = [report.reads for report in reports]
    return 0 if all(read) or (options.server_url is None and (any(read) or offline.reads)) else 1


def _server_lines(report: ServerReport) -> list[str]:
    lines = [f"Server   {report.url}"]
    way = (_PLACES[report.place], _ENCRYPTIONS[report.encryption], _LOGINS[report.login])
    if any(way):
        lines.append(_INDENT + ", ".join(each for each in way if each))
    if (endpoint := report.endpoint) is None:
        lines.append(_INDENT + (report.error.message if report.error else ""))
        if report.other:
            lines.append(f"{_INDENT}It looks like {report.other}.")
    else:
        latency = f"answers in {report.latency_ms:.0f} ms" if report.latency_ms is not None else "answers"
        lanes = f", up to {report.lanes} pages are sent at once" if report.lanes else ""
        lines.append(f"{_INDENT}{latency}, {report.waiting} waiting{lanes}, Gradio {endpoint.version}")
        lines.append(_INDENT + _endpoint_words(endpoint))
        lines += [_INDENT + line for line in _canary_lines(report.canaries)]
        lines.append(_INDENT + _reading_words(report.reading))
    if advice := _advice(report):
        lines.append(f"{_INDENT}→ {advice}")
    return lines


_FORMS = {ImageForm.FILE: "a file", ImageForm.FILES: "a list of files", ImageForm.BASE64: "Base64 text"}


def _endpoint_words(endpoint: Endpoint) -> str:
    words = f"{endpoint.name} takes an image ({endpoint.image_name}, as {_FORMS[endpoint.image_form]})"
    if endpoint.choices:
        words += f" and {endpoint.prompt_name}: "
        words += ", ".join(f"{mode.value} is “{value}”" for mode, value in endpoint.choices)
    elif endpoint.prompt is not None:
        words += f" and a prompt ({endpoint.prompt_name})"
    return f"{words}; the text is its output {endpoint.output + 1}"


def _canary_lines(report: CanaryReport | None) -> list[str]:
    if report is None:
        return []
    median = f", median {report.elapsed_s:.1f} s" if report.elapsed_s is not None else ""
    lines = [f"reads {report.read} of {report.asked} known images{median}"]
    for each in report.results:
        if not each.reads:
            why = each.error.message if each.error else "The answer is not what the image says."
            lines.append(f"  {each.mode.value}: {why}")
    return lines


def _offline_lines(reading: Reading) -> list[str]:
    return ["Offline  on this computer", _INDENT + _reading_words(reading)]


def _reading_words(reading: Reading | None) -> str:
    if reading is None or reading.accuracy is None:
        return reading.error.message if reading and reading.error else "It was not asked to read."
    share = f"{reading.accuracy:.1%} of a known page right in {reading.elapsed_s:.1f} s"
    return f"reads: {share}" if reading.reads else f"answers, but does not read: {share}"


def _advice(report: ServerReport) -> str:
    """What can be done about the first thing that went wrong; empty when nothing did."""
    canaries = report.canaries.results if report.canaries else ()
    errors = [report.error, *(each.error for each in canaries if not each.skipped)]
    if report.reading:
        errors.append(report.reading.error)
    if report.canaries and report.canaries.read and not report.error:  # what it cannot do, its words have said
        return ""
    if kinds := [error.kind for error in errors if error]:
        return next((_ADVICE[kind] for kind in kinds if kind in _ADVICE), "").format(url=report.url)
    wrong = not report.reads or any(not each.reads and not each.skipped for each in canaries)
    return _WRONG_TEXT if wrong else ""


def _server_object(report: ServerReport) -> dict[str, Any]:
    endpoint = report.endpoint
    return {
        "url": report.url,
        "latency_ms": report.latency_ms and round(report.latency_ms, 1),
        "waiting": report.waiting,
        "version": endpoint and endpoint.version,
        "endpoint": endpoint and _endpoint_object(endpoint),
        "reading": report.reading and _reading_object(report.reading),
        "error": _error_object(report.error),
        "place": report.place.value,
        "encryption": report.encryption.value,
        "login": report.login.value,
        "lanes": report.lanes,
        "canaries": report.canaries and _canaries_object(report.canaries),
        "other": report.other or None,
        "advice": _advice(report) or None,
    }


def _endpoint_object(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "name": endpoint.name,
        "image": endpoint.image_form.value,
        "takes_prompt": endpoint.prompt is not None and not endpoint.choices,
        "modes": [mode.value for mode, _ in endpoint.choices],
        "choices": {mode.value: value for mode, value in endpoint.choices},
        "image_input": endpoint.image_name,
        "prompt_input": endpoint.prompt_name or None,
        "output": endpoint.output,
    }


def _canaries_object(report: CanaryReport) -> dict[str, Any]:
    return {
        "read": report.read,
        "asked": report.asked,
        "elapsed_s": report.elapsed_s and round(report.elapsed_s, 3),
        "results": [
            {
                "mode": each.mode.value,
                "reads": each.reads,
                "skipped": each.skipped,
                "elapsed_s": round(each.elapsed_s, 3),
                "error": _error_object(each.error),
            }
            for each in report.results
        ],
    }


def _reading_object(reading: Reading) -> dict[str, Any]:
    return {
        "reads": reading.reads,
        "accuracy": reading.accuracy and round(reading.accuracy, 4),
        "elapsed_s": round(reading.elapsed_s, 3),
        "error": _error_object(reading.error),
    }


def _error_object(error: Failure | None) -> dict[str, str] | None:
    return {"kind": error.kind, "message": error.message} if error else None


def _versions() -> dict[str, str]:
    """The program, Python, the system, and the libraries that make a difference."""
    versions = {"glmocr-desktop": __version__, "Python": platform.python_version(), "system": platform.platform()}
    return versions | {name: _version(name) for name in _LIBRARIES}


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "not installed"
