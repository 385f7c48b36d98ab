"""What the window says: the words, icons and colours of states and errors, in one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QColor, QPalette, Qt

from glmocr_desktop.core.errors import SENTENCES
from glmocr_desktop.core.model import Engine, EngineChoice, Failure, Mode, Phase, Progress, Result, Rung
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.formulas.complaints import Complaint

translate = QCoreApplication.translate

_STATE_ICONS = {
    RowState.WAITING: "waiting",
    RowState.READING: "reading",
    RowState.PARKED: "parked",
    RowState.PAUSED: "paused",
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
    RowState.PAUSED: "grey",
    RowState.DONE: "green",
    RowState.DONE_OFFLINE: "violet",
    RowState.TIMED_OUT: "red",
    RowState.CANCELLED: "grey",
    RowState.FAILED: "red",
    RowState.LOCKED: "amber",
}
_OURS = {"detail", "wanted", "mode"}  # values of errors that may be the program's own words
_NUMBER = re.compile(r"\d+")
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


_STATE_WORDS: dict[RowState, Callable[[], str]] = {
    RowState.WAITING: lambda: translate("States", "Waiting"),
    RowState.READING: lambda: translate("States", "Reading"),
    RowState.PARKED: lambda: translate("States", "Waiting for the server"),
    RowState.PAUSED: lambda: translate("States", "Paused"),
    RowState.DONE: lambda: translate("States", "Done"),
    RowState.DONE_OFFLINE: lambda: translate("States", "Done offline"),
    RowState.TIMED_OUT: lambda: translate("States", "Timed out"),
    RowState.CANCELLED: lambda: translate("States", "Cancelled"),
    RowState.FAILED: lambda: translate("States", "Failed"),
    RowState.LOCKED: lambda: translate("States", "Needs a password"),
}


def state_word(state: RowState) -> str:
    """A state in words."""
    return _STATE_WORDS[state]()


_MODE_WORDS: dict[Mode, Callable[[], str]] = {
    Mode.TEXT: lambda: translate("Modes", "Text"),
    Mode.TABLE: lambda: translate("Modes", "Table"),
    Mode.FORMULA: lambda: translate("Modes", "Formula"),
}


def mode_word(mode: Mode) -> str:
    """A mode in words."""
    return _MODE_WORDS[mode]()


_ENGINE_WORDS: dict[Engine, Callable[[], str]] = {
    Engine.SERVER: lambda: translate("Result", "GLM-OCR"),
    Engine.OFFLINE: lambda: translate("Result", "Offline"),
    Engine.TEXT_LAYER: lambda: translate("Result", "Text of the PDF"),
}


def engine_word(engine: Engine) -> str:
    """Who read a page."""
    return _ENGINE_WORDS[engine]()


def drop_words(mode: Mode) -> str:
    """What happens to files that are dropped now."""
    return {
        Mode.TEXT: translate("Drop", "Drop to read as text"),
        Mode.TABLE: translate("Drop", "Drop to read as table"),
        Mode.FORMULA: translate("Drop", "Drop to read as formula"),
    }[mode]


def failure_words(failure: Failure) -> str:
    """An error as a sentence."""
    values = dict(failure.values)
    for each in _OURS & values.keys():
        values[each] = _detail_words(str(values[each]))
    if failure.kind.startswith("setting_"):
        values["name"] = translate("Settings", str(values["name"]))
    if failure.kind == "settings_left_out":
        values["names"] = ", ".join(translate("Settings", each) for each in str(values["names"]).split(", "))
    return translate("Errors", SENTENCES[failure.kind]).format(**values)


def _detail_words(detail: str) -> str:
    """What the program itself says within a sentence, with a number or without; what others said stays as it is."""
    said = translate("Details", detail)
    number = _NUMBER.search(detail)
    if said != detail or number is None:
        return said
    return translate("Details", _NUMBER.sub("{0}", detail, count=1)).replace("{0}", number[0])


def complaint_words(complaint: Complaint) -> str:
    """What is wrong with a formula, as a sentence."""
    pattern = translate("Formulas", complaint.pattern)
    return pattern.format(message=complaint.message, value=complaint.value)


def format_words(chosen: Format) -> str:
    """What a format of files is called."""
    return translate("Formats", chosen.title)


def number(value: float, decimals: int = 0) -> str:
    """A number as the language writes it."""
    return QLocale().toString(float(value), "f", decimals)


def warning_words(kind: str) -> str:
    """A reason to doubt a result, in words."""
    return {
        "empty": translate("Warnings", "No text was found on this page."),
        "cut_off": translate("Warnings", "The result may be cut off: it has a beginning without an end."),
        "loop": translate("Warnings", "The model repeated itself. The repetition was left out."),
        "echoed_prompt": translate("Warnings", "The server sent back the question instead of text."),
        "low_confidence": translate("Warnings", "Parts of this page were hard to read. Please check the result."),
        "prompt_ignored": translate("Warnings", "Your own prompt was not asked here. This is the text of the page."),
        "not_json": translate("Warnings", "The answer is not the JSON that was asked for."),
        "missing_keys": translate("Warnings", "Some of the keys that were asked for are not in the answer."),
        "no_table": translate("Warnings", "No table was found on this page. This is its text."),
    }.get(kind, kind.replace("_", " ").capitalize())


def seconds(value_s: float) -> str:
    """A time as people read it; a whole number is one that still runs."""
    if value_s < 60:
        tenths = value_s < 10 and isinstance(value_s, float)
        return translate("Time", "{0} s").format(number(value_s, 1 if tenths else 0))
    minutes, rest_s = divmod(round(value_s), 60)
    return translate("Time", "{0} min {1} s").format(minutes, rest_s)


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
        return translate("Phases", "place {0} in the server's queue").format(progress.position)
    return {
        Phase.PREPARING: translate("Phases", "preparing the page"),
        Phase.LANE: translate("Phases", "waiting for a place"),
        Phase.UPLOADING: translate("Phases", "sending the page"),
        Phase.QUEUED: translate("Phases", "in the server's queue"),
    }.get(progress.phase, "")


def result_words(result: Result) -> str:
    """Who read a page, how long it took, and on which try."""
    reader = engine_word(result.engine) if result.engine else ""
    rung = {
        Rung.FIRST: translate("Result", "first try"),
        Rung.RETRY: translate("Result", "second try"),
        Rung.DEGRADED: translate("Result", "with a simpler request"),
        Rung.OFFLINE: _offline_reason(result),
        None: "",
    }[result.rung]
    if result.engine is Engine.TEXT_LAYER:
        rung = ""
    return " · ".join(part for part in (reader, seconds(result.elapsed_s), rung) if part)


def _offline_reason(result: Result) -> str:
    """Why it was not the server that read the page."""
    if result.job.engine is EngineChoice.OFFLINE:
        return translate("Result", "as chosen")
    error = next((each.error for each in reversed(result.attempts) if each.error is not None), None)
    if error is None:
        return translate("Result", "the server was not answering")
    values = dict(error.values)
    if "server" in values:
        values["server"] = host(str(values["server"]))
    sentence = {
        "server_not_answering": translate("Result", "the server at {server} was not answering"),
        "server_down": translate("Result", "the server at {server} was down"),
        "server_silent": translate("Result", "no sign of life from the server for {limit_s:g} s"),
        "server_busy": translate("Result", "the server at {server} was full"),
        "server_broken": translate("Result", "the server at {server} broke off"),
        "server_not_gradio": translate("Result", "{server} is not a GLM-OCR server"),
    }.get(error.kind)
    return sentence.format(**values) if sentence else failure_words(error)
