"""What the first screen says of a server that was looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from glmocr_desktop.core.model import Failure, Mode
from glmocr_desktop.gui import server_words, words
from glmocr_desktop.recognition.health import Health, HealthState

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its icon.

    Attributes:
        icon: File name in `resources/icons` without its suffix.
        hue: See `words.hue`.
    """

    icon: str
    hue: str
    text: str


def looking_words() -> Said:
    """Nothing is known yet."""
    return Said("waiting", "grey", translate("Welcome", "Looking for a server on this computer…"))


def asking_words(url: str) -> Said:
    """A server is being asked."""
    return Said("waiting", "grey", translate("Welcome", "Asking {0}…").format(words.host(url)))


def local_words(url: str, health: Health) -> Said:
    """What was found on this computer; that there is nothing is no fault."""
    if health.state is HealthState.DOWN and health.error is not None and health.error.kind == "server_not_answering":
        text = translate("Welcome", "No server answers on this computer ({0}).").format(words.host(url))
        return Said("info", "grey", text)
    if not health.up:
        return found_words(url, health)
    text = translate("Welcome", "A server answers on this computer ({0}).").format(words.host(url))
    return Said("done", "green", f"{text} {_reading_words(health)}")


def found_words(url: str, health: Health) -> Said:
    """What became of asking a server."""
    if health.up:
        text = translate("Welcome", "The server at {0} answers.").format(words.host(url))
        return Said("done", "green", f"{text} {_reading_words(health)}")
    if health.state is HealthState.NEEDS_LOGIN:
        text = translate("Welcome", "The server at {0} asks for a login. Use it, and you can sign in.")
        return Said("locked", "amber", text.format(words.host(url)))
    return failed_words(health.error or Failure("server_not_answering", (("server", health.server),)))


def tested_words(url: str, found: Health | Failure, place: str) -> Said:
    """What became of asking a server, and where the pages would go.

    Args:
        url: Its address.
        found: How it did, or why it could not be asked to the end.
        place: What `JobEngine.place` found.
    """
    said = failed_words(found) if isinstance(found, Failure) else found_words(url, found)
    where = server_words.place_words(place)
    if not where:
        return said
    goes = translate("Welcome", "Pages would go to: {0}.").format(where)
    return replace(said, text=f"{said.text} {goes}")


def failed_words(failure: Failure) -> Said:
    """Why a server cannot be used, and what can be done."""
    text = f"{words.failure_words(failure)} {server_words.advice_words(failure)}".strip()
    return Said("warning", "amber", text)


def _reading_words(health: Health) -> str:
    """What a server reads, as far as that was found out."""
    read = {each.mode for each in health.canaries.results if each.reads} if health.canaries else set()
    if not read:
        return translate("Welcome", "Whether it reads could not be found out.")
    named = (
        (Mode.TEXT, translate("Welcome", "text")),
        (Mode.TABLE, translate("Welcome", "tables")),
        (Mode.FORMULA, translate("Welcome", "formulas")),
    )
    listed = translate("Welcome", ", ").join(word for mode, word in named if mode in read)
    return translate("Welcome", "It reads {0}.").format(listed)
