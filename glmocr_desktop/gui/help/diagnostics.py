"""What helps to find out why something goes wrong, without what concerns nobody else."""

from __future__ import annotations

import platform
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from glmocr_desktop import __version__
from glmocr_desktop.core.errors import StoreError
from glmocr_desktop.core.log import LOG_FILE, error_of, readable_line
from glmocr_desktop.core.redaction import Redaction, redacted_url
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.help.parts import version_of
from glmocr_desktop.recognition.health import Health

if TYPE_CHECKING:
    from glmocr_desktop.jobs.store import Store

_LOG_LINES = 50
_ERRORS = 20
_PACKAGES = (
    *("PySide6-Essentials", "qasync", "gradio-client", "aiohttp", "Pillow", "pypdfium2"),
    *("rapidocr", "onnxruntime", "opencv-python-headless", "keyring"),
)


@dataclass(frozen=True)
class Situation:
    """How the program is at the moment.

    Attributes:
        settings: Those in use.
        healths: Every server of the settings, in their order.
        counts: How many pages are in which state.
        names: Of the documents at hand, which are to be taken out of everything.
        screen: Of the window: screens, scale, platform, style.
        log_dir: Where the log is.
        store: Where documents are kept; None while that is not open.
    """

    settings: Settings
    healths: Sequence[Health]
    counts: Mapping[str, int]
    names: Sequence[str]
    screen: Sequence[str]
    log_dir: Path
    store: Store | None = None


def screen_lines(app: QApplication) -> list[str]:
    """What is known of the screens and of how things are drawn.

    Thread: GUI.
    """
    lines = [f"Qt platform: {app.platformName()}, style: {app.style().objectName()}"]
    font = app.font()
    lines.append(f"Font: {font.family()} {font.pointSizeF():g} pt")
    for number, each in enumerate(app.screens(), start=1):
        size = each.size()
        scale, dpi = each.devicePixelRatio(), each.logicalDotsPerInch()
        lines.append(f"Screen {number}: {size.width()} x {size.height()}, scale {scale:g}, {dpi:g} dpi")
    return lines


def diagnostics(situation: Situation) -> str:
    """The text that a person can send to somebody; reads the log and asks the store.

    Thread: any.
    """
    redaction = Redaction.of(situation.names, situation.settings.servers)
    sections = {
        "Versions": _versions(),
        "Screen": list(situation.screen),
        "Settings that differ from the defaults": _settings(situation.settings),
        "Servers": _servers(situation),
        "Pages": [f"{state}: {count}" for state, count in situation.counts.items() if count],
        "Kept": _kept(situation.store),
        "The last errors": _errors(situation.log_dir, redaction),
    }
    own = "\n\n".join("\n".join([f"== {title} ==", *(lines or ["none"])]) for title, lines in sections.items())
    last = [readable_line(line) for line in deque(_log_lines(situation.log_dir), _LOG_LINES)]
    log = redaction.text("\n".join(last)) or "none"
    return f"{own}\n\n== The last lines of the log ==\n{log}\n"


def _versions() -> list[str]:
    lines = [
        f"GLM-OCR Desktop {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
    ]
    return lines + [f"{name} {version}" for name in _PACKAGES if (version := version_of(name))]


def _settings(settings: Settings) -> list[str]:
    lines = []
    for each in fields(Settings):
        value = getattr(settings, each.name)
        if value == each.default:
            continue
        if each.name == "server_url":
            said = ", ".join(map(redacted_url, settings.servers))
        elif isinstance(value, Enum | bool | int | float):
            said = str(value)
        else:  # words of a person's own
            said = f"changed ({len(str(value))} characters)"
        lines.append(f"{each.name}: {said}")
    return lines


def _servers(situation: Situation) -> list[str]:
    lines = []
    for url, health in zip(situation.settings.servers, situation.healths, strict=True):
        parts = [redacted_url(url), str(health.state)]
        if health.latency_ms is not None:
            parts.append(f"{health.latency_ms:.0f} ms, {health.waiting} waiting")
        if health.version:
            parts.append(f"Gradio {health.version}")
        if health.canaries is not None:
            parts.append(f"reads {health.canaries.read} of {health.canaries.asked}")
        if health.error is not None:
            parts.append(f"error {health.error.kind}")
        lines.append(", ".join(parts))
    return lines


def _kept(store: Store | None) -> list[str]:
    from glmocr_desktop.jobs.kept import Asked

    if store is None:
        return ["not open"]
    lines = [f"set aside: {store.damaged.kind}"] if store.damaged is not None else []
    try:
        return [*lines, f"pages that have ended: {store.count(Asked())}", f"size: {store.size_bytes()} bytes"]
    except StoreError as error:
        return [*lines, f"error {error.kind}"]


def _errors(folder: Path, redaction: Redaction) -> list[str]:
    """When what went wrong, without what is known of it: that is in the log."""
    found = deque(filter(None, map(error_of, _log_lines(folder))), _ERRORS)
    return [f"{moment.isoformat(timespec='seconds')} {redaction.text(kind)}" for moment, kind in found]


def _log_lines(folder: Path) -> Iterator[str]:
    try:
        with (folder / LOG_FILE).open(encoding="utf-8", errors="replace") as stream:
            yield from (line.rstrip("\n") for line in stream)
    except OSError:  # nothing went wrong yet
        return
