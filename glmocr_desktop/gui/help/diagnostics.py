"""What helps to find out why something goes wrong, without what concerns nobody else."""

from __future__ import annotations

import platform
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from glmocr_desktop import __version__
from glmocr_desktop.core.log import LOG_FILE, readable_line
from glmocr_desktop.core.redaction import Redaction, redacted_url
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.help.parts import version_of
from glmocr_desktop.recognition.health import Health

_LOG_LINES = 50
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
    """

    settings: Settings
    healths: Sequence[Health]
    counts: Mapping[str, int]
    names: Sequence[str]
    screen: Sequence[str]
    log_dir: Path


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
    """The text that a person can send to somebody; reads the log.

    Thread: any.
    """
    redaction = Redaction.of(situation.names, situation.settings.servers)
    sections = {
        "Versions": _versions(),
        "Screen": list(situation.screen),
        "Settings that differ from the defaults": _settings(situation.settings),
        "Servers": _servers(situation),
        "Pages": [f"{state}: {count}" for state, count in situation.counts.items() if count],
    }
    own = "\n\n".join("\n".join([f"== {title} ==", *(lines or ["none"])]) for title, lines in sections.items())
    log = redaction.text("\n".join(_log_lines(situation.log_dir))) or "none"
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


def _log_lines(folder: Path) -> list[str]:
    try:
        with (folder / LOG_FILE).open(encoding="utf-8", errors="replace") as stream:
            return [readable_line(line.rstrip("\n")) for line in deque(stream, _LOG_LINES)]
    except OSError:  # nothing went wrong yet
        return []
