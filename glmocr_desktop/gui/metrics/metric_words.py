"""What the metrics say: the words, icons and colours of outcomes, phases and breakers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from glmocr_desktop.core.model import Phase, Rung
from glmocr_desktop.jobs.metrics import Outcome

translate = QCoreApplication.translate

# From the best to the worst; the icons and colours of the states of rows.
OUTCOME_LOOKS = {
    Outcome.DONE: ("done", "green"),
    Outcome.RETRIED: ("retry", "blue"),
    Outcome.DEGRADED: ("warning", "amber"),
    Outcome.OFFLINE: ("offline", "violet"),
    Outcome.TIMED_OUT: ("timed-out", "red"),
    Outcome.FAILED: ("failed", "red"),
    Outcome.CANCELLED: ("cancelled", "grey"),
}
# In the order of a page's way.
PHASE_HUES = {
    Phase.PREPARING: "grey",
    Phase.UPLOADING: "violet",
    Phase.LANE: "amber",
    Phase.QUEUED: "red",
    Phase.READING: "blue",
    Phase.PARSING: "green",
}


def outcome_word(outcome: Outcome) -> str:
    """How a page ended, in words."""
    return {
        Outcome.DONE: translate("Outcomes", "Done"),
        Outcome.RETRIED: translate("Outcomes", "On the second try"),
        Outcome.DEGRADED: translate("Outcomes", "Simpler request"),
        Outcome.OFFLINE: translate("Outcomes", "Done offline"),
        Outcome.TIMED_OUT: translate("Outcomes", "Timed out"),
        Outcome.FAILED: translate("Outcomes", "Failed"),
        Outcome.CANCELLED: translate("Outcomes", "Cancelled"),
    }[outcome]


def phase_word(phase: Phase) -> str:
    """What a part of a page's time went into."""
    return {
        Phase.PREPARING: translate("PhaseNames", "Preparing"),
        Phase.LANE: translate("PhaseNames", "Waiting for a place"),
        Phase.UPLOADING: translate("PhaseNames", "Sending"),
        Phase.QUEUED: translate("PhaseNames", "The server's queue"),
        Phase.READING: translate("PhaseNames", "Reading"),
        Phase.PARSING: translate("PhaseNames", "Parsing the answer"),
    }.get(phase, phase.value)


def rung_word(rung: Rung) -> str:
    """Which try it was."""
    return {
        Rung.FIRST: translate("Rungs", "First try"),
        Rung.RETRY: translate("Rungs", "Second try"),
        Rung.DEGRADED: translate("Rungs", "Simpler request"),
        Rung.OFFLINE: translate("Rungs", "Offline"),
    }[rung]


def breaker_words(state: str) -> str:
    """Whether pages are sent to a server."""
    return {
        "closed": translate("Breaker", "gets pages"),
        "open": translate("Breaker", "left alone for a while"),
        "half_open": translate("Breaker", "on trial with one page"),
    }.get(state, state)


def ago_words(range_s: float) -> tuple[str, str]:
    """What the ends of a time axis are."""
    return translate("TimeAxis", "{0} min ago").format(round(range_s / 60)), translate("TimeAxis", "now")
