"""What the window says of servers: how they are, where they are, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette

from glmocr_desktop.core.model import EngineChoice, Failure
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.recognition.health import Health, HealthState

translate = QCoreApplication.translate

_HUES = {
    HealthState.UNUSED: "grey",
    HealthState.CHECKING: "grey",
    HealthState.READY: "green",
    HealthState.BUSY: "blue",
    HealthState.SLOW: "amber",
    HealthState.NOT_READING: "amber",
    HealthState.NEEDS_LOGIN: "amber",
    HealthState.DOWN: "red",
}

_ICONS = {
    HealthState.UNUSED: "offline",
    HealthState.CHECKING: "waiting",
    HealthState.READY: "done",
    HealthState.BUSY: "reading",
    HealthState.SLOW: "timed-out",
    HealthState.NOT_READING: "warning",
    HealthState.NEEDS_LOGIN: "locked",
    HealthState.DOWN: "failed",
}


def health_words(health: Health, choice: EngineChoice = EngineChoice.AUTO) -> str:
    """The server's state in words; the first word is the state.

    Args:
        health: The server as it was last seen.
        choice: Who may read, which decides what it means that nobody answers.
    """
    if health.state is HealthState.BUSY:
        return translate("Health", "Busy ({0} waiting)").format(health.waiting)
    if health.state is HealthState.DOWN and choice is EngineChoice.AUTO:
        return translate("Health", "Down, reading offline")
    parts = [state_words(health.state)]
    if health.up and health.latency_ms is not None:
        parts.append(translate("Health", "{0} ms").format(words.number(health.latency_ms)))
    if health.up and health.canaries is not None:
        parts.append(translate("Health", "reads {0} of {1}").format(health.canaries.read, health.canaries.asked))
    return " · ".join(parts)


def state_words(state: HealthState) -> str:
    """A server's state in words, and nothing else."""
    return {
        HealthState.UNUSED: translate("Health", "Not used"),
        HealthState.CHECKING: translate("Health", "Checking"),
        HealthState.READY: translate("Health", "Ready"),
        HealthState.BUSY: translate("Health", "Busy"),
        HealthState.SLOW: translate("Health", "Slow"),
        HealthState.NOT_READING: translate("Health", "Answers, but does not read"),
        HealthState.NEEDS_LOGIN: translate("Health", "Sign-in needed"),
        HealthState.DOWN: translate("Health", "Down"),
    }[state]


def health_hue(state: HealthState) -> str:
    """The name of the colour of the server's state; see `words.hue`."""
    return _HUES[state]


def health_icon(state: HealthState) -> str:
    """The icon of the server's state."""
    return _ICONS[state]


def health_colour(state: HealthState, palette: QPalette) -> QColor:
    """The colour of the server's state."""
    return words.hue(health_hue(state), palette)


def health_tip(settings: Settings, healths: Sequence[Health]) -> str:
    """All that is known of all servers, a few lines for each."""
    return "\n\n".join(server_tip(*each) for each in zip(settings.servers, healths, strict=True))


def server_tip(url: str, health: Health) -> str:
    """All that is known of one server."""
    said = health_words(health, EngineChoice.SERVER)  # who reads instead is said elsewhere
    lines = [url, f"{said} · Gradio {health.version}" if health.version else said]
    if health.error is not None:
        lines.append(words.failure_words(health.error))
    return "\n".join([*lines, *(f"{mode}: {how}" for mode, _, how in canary_words(health))])


def canary_words(health: Health) -> list[tuple[str, bool, str]]:
    """For each mode its word, whether it is read, and how that went; empty when the server was not asked."""
    found = []
    for each in health.canaries.results if health.canaries else ():
        if each.reads:
            how = translate("Test", "read in {0}").format(words.seconds(each.elapsed_s))
        elif each.skipped:
            how = translate("Test", "the server has no such mode")
        elif each.error is not None:
            how = translate("Test", "not read. {0}").format(words.failure_words(each.error))
        else:
            how = translate("Test", "not read. The answer is not what the image says.")
        found.append((words.mode_word(each.mode), each.reads or each.skipped, how))
    return found


def engine_words(settings: Settings, health: Health, healths: Sequence[Health]) -> str:
    """Where pages are read now.

    Args:
        settings: Who may read.
        health: The server that pages go to first.
        healths: All servers.
    """
    if settings.engine is EngineChoice.OFFLINE:
        return translate("Engine", "Reading offline, on this computer only")
    if settings.engine is EngineChoice.AUTO and not health.up:
        return translate("Engine", "Reading offline")
    text = translate("Engine", "Reading by {0}").format(health.server)
    others = sum(each.up for each in healths) - 1
    return translate("Engine", "{0} (and {1} more)").format(text, others) if others > 0 else text


def place_words(place: str) -> str:
    """Where a server is; empty when that is not known.

    Args:
        place: What `JobEngine.place` found.
    """
    return {
        "this_computer": translate("Place", "This computer"),
        "local_network": translate("Place", "Local network"),
        "internet": translate("Place", "Internet"),
    }.get(place, "")


def way_words(host: str, place: str) -> str:
    """Where pages go that a server reads."""
    if not place:
        return host
    return translate("Place", "{0}: {1}").format(host, place)


def offline_way_words(here: str) -> str:
    """Where pages go that are read offline."""
    return translate("Place", "Offline reading: {0}").format(here)


def local_words() -> str:
    """Pages never leave this computer."""
    return translate("Place", "This computer only")


def advice_words(failure: Failure | None) -> str:
    """What can be done about a server that does not read; empty when nothing is known to help."""
    if failure is None:
        return ""
    return {
        "server_not_answering": translate("Advice", "Start the server, or correct its address in the settings."),
        "connect_slow": translate("Advice", "Check the address, the network and the firewall."),
        "server_silent": translate(
            "Advice", "Something takes connections there but does not speak: start the server anew."
        ),
        "server_broken": translate("Advice", "Look into the server's log, or start it anew."),
        "server_not_gradio": translate("Advice", "Enter the address of a Gradio server; its usual port is 7860."),
        "server_no_endpoint": translate("Advice", "Enter the address of an app that takes an image and gives text."),
        "server_no_such_endpoint": translate("Advice", "Choose one of these in the settings, or let it be found."),
        "server_needs_login": translate("Advice", "Sign in."),
        "login_refused": translate("Advice", "Sign in with another name or password."),
        "certificate_unknown": translate("Advice", "If it is the right server, trust its certificate."),
        "not_this_computer": translate("Advice", "Switch “This computer only” off, or use a server on this computer."),
        "rung_timeout": translate("Advice", "The server is slow: give it more time, or look at its load."),
        "timeout_total": translate("Advice", "The server is slow: give it more time, or look at its load."),
        "server_refused": translate("Advice", "Look into the server's log, and whether its model is loaded."),
        "server_not_reading": translate(
            "Advice", "Look whether the server runs the GLM-OCR model, and what its log says."
        ),
    }.get(failure.kind, "")
