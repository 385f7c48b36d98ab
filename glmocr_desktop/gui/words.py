"""What the window says: the words, icons and colours of states and errors, in one place."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette, Qt

from glmocr_desktop.core.errors import SENTENCES
from glmocr_desktop.core.model import Engine, EngineChoice, Failure, Mode, Phase, Progress, Result, Rung
from glmocr_desktop.gui.rows import RowState

_tr = QCoreApplication.translate

_STATE_ICONS = {
    RowState.WAITING: "waiting",
    RowState.READING: "reading",
    RowState.PARKED: "parked",
    RowState.DONE: "done",
    RowState.DONE_OFFLINE: "offline",
    RowState.TIMED_OUT: "timed-out",
    RowState.CANCELLED: "cancelled",
    RowState.FAILED: "failed",
    RowState.LOCKED: "locked",
}
_STATE_HUES = {
    RowState.WAITING: "grey",
    RowState.READING: "blue",
    RowState.PARKED: "amber",
    RowState.DONE: "green",
    RowState.DONE_OFFLINE: "violet",
    RowState.TIMED_OUT: "red",
    RowState.CANCELLED: "grey",
    RowState.FAILED: "red",
    RowState.LOCKED: "amber",
}
# Each at least 4.5:1 on its theme's window, base and selection.
_ON_LIGHT = {
    "green": "#0f5a25",
    "blue": "#0a4a9c",
    "amber": "#704300",
    "red": "#a01c17",
    "violet": "#5a32a8",
    "grey": "#4a525b",
}
_ON_DARK = {
    "green": "#7ddb98",
    "blue": "#93c5ff",
    "amber": "#f0c35c",
    "red": "#ffa79f",
    "violet": "#d5b8ff",
    "grey": "#c0c6cd",
}


def is_dark(palette: QPalette) -> bool:
    """Whether the theme is dark."""
    return palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5


def hue(name: str, palette: QPalette) -> QColor:
    """A state colour that can be read on the theme."""
    return QColor((_ON_DARK if is_dark(palette) else _ON_LIGHT)[name])


def state_colour(state: RowState, palette: QPalette) -> QColor:
    """The colour of a state's icon and word."""
    return hue(_STATE_HUES[state], palette)


def state_icon(state: RowState) -> str:
    """The icon of a state."""
    return _STATE_ICONS[state]


def state_word(state: RowState) -> str:
    """A state in words."""
    return {
        RowState.WAITING: _tr("States", "Waiting"),
        RowState.READING: _tr("States", "Reading"),
        RowState.PARKED: _tr("States", "Waiting for the server"),
        RowState.DONE: _tr("States", "Done"),
        RowState.DONE_OFFLINE: _tr("States", "Done offline"),
        RowState.TIMED_OUT: _tr("States", "Timed out"),
        RowState.CANCELLED: _tr("States", "Cancelled"),
        RowState.FAILED: _tr("States", "Failed"),
        RowState.LOCKED: _tr("States", "Needs a password"),
    }[state]


def mode_word(mode: Mode) -> str:
    """A mode in words."""
    return {
        Mode.TEXT: _tr("Modes", "Text"),
        Mode.TABLE: _tr("Modes", "Table"),
        Mode.FORMULA: _tr("Modes", "Formula"),
    }[mode]


def drop_words(mode: Mode) -> str:
    """What happens to files that are dropped now."""
    return {
        Mode.TEXT: _tr("Drop", "Drop to read as text"),
        Mode.TABLE: _tr("Drop", "Drop to read as table"),
        Mode.FORMULA: _tr("Drop", "Drop to read as formula"),
    }[mode]


def failure_words(failure: Failure) -> str:
    """An error as a sentence."""
    return _tr("Errors", SENTENCES[failure.kind]).format(**dict(failure.values))


def warning_words(kind: str) -> str:
    """A reason to doubt a result, in words."""
    return {
        "empty": _tr("Warnings", "No text was found on this page."),
        "cut_off": _tr("Warnings", "The result may be cut off: it has a beginning without an end."),
        "loop": _tr("Warnings", "The model repeated itself. The repetition was left out."),
        "echoed_prompt": _tr("Warnings", "The server sent back the question instead of text."),
        "low_confidence": _tr("Warnings", "Parts of this page were hard to read. Please check the result."),
        "no_table": _tr("Warnings", "No table was found on this page. This is its text."),
    }.get(kind, kind.replace("_", " ").capitalize())


def seconds(value_s: float) -> str:
    """A time as people read it; a whole number is one that still runs."""
    if value_s < 60:
        tenths = value_s < 10 and isinstance(value_s, float)
        return _tr("Time", "{0} s").format(f"{value_s:.1f}" if tenths else f"{value_s:.0f}")
    minutes, rest_s = divmod(round(value_s), 60)
    return _tr("Time", "{0} min {1} s").format(minutes, rest_s)


def tip(text: str) -> str:
    """A tooltip that says exactly this: Qt takes what looks like markup for markup, and a server chose the words."""
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if Qt.mightBeRichText(text) else text


def host(url: str) -> str:
    """The short form of a server's address."""
    return urlsplit(url).netloc or url


def phase_words(progress: Progress | None) -> str:
    """What a job that is being read is doing."""
    if progress is None:
        return ""
    if progress.phase is Phase.QUEUED and progress.position is not None:
        return _tr("Phases", "place {0} in the server's queue").format(progress.position)
    return {
        Phase.PREPARING: _tr("Phases", "preparing the page"),
        Phase.LANE: _tr("Phases", "waiting for a place"),
        Phase.UPLOADING: _tr("Phases", "sending the page"),
        Phase.QUEUED: _tr("Phases", "in the server's queue"),
    }.get(progress.phase, "")


def result_words(result: Result) -> str:
    """Who read a page, how long it took, and on which try."""
    reader = {
        Engine.SERVER: _tr("Result", "GLM-OCR"),
        Engine.OFFLINE: _tr("Result", "Offline"),
        Engine.TEXT_LAYER: _tr("Result", "Text of the PDF"),
        None: "",
    }[result.engine]
    rung = {
        Rung.FIRST: _tr("Result", "first try"),
        Rung.RETRY: _tr("Result", "second try"),
        Rung.DEGRADED: _tr("Result", "with a simpler request"),
        Rung.OFFLINE: _offline_reason(result),
        None: "",
    }[result.rung]
    if result.engine is Engine.TEXT_LAYER:
        rung = ""
    return " · ".join(part for part in (reader, seconds(result.elapsed_s), rung) if part)


def _offline_reason(result: Result) -> str:
    """Why it was not the server that read the page."""
    if result.job.engine is EngineChoice.OFFLINE:
        return _tr("Result", "as chosen")
    error = next((each.error for each in reversed(result.attempts) if each.error is not None), None)
    if error is None:
        return _tr("Result", "the server was not answering")
    values = dict(error.values)
    if "server" in values:
        values["server"] = host(str(values["server"]))
    sentence = {
        "server_not_answering": _tr("Result", "the server at {server} was not answering"),
        "server_down": _tr("Result", "the server at {server} was down"),
        "server_silent": _tr("Result", "no sign of life from the server for {limit_s:g} s"),
        "server_busy": _tr("Result", "the server at {server} was full"),
        "server_broken": _tr("Result", "the server at {server} broke off"),
        "server_not_gradio": _tr("Result", "{server} is not a GLM-OCR server"),
    }.get(error.kind)
    return sentence.format(**values) if sentence else failure_words(error)
