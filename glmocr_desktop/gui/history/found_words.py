"""A line of the history in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from glmocr_desktop.core.model import Engine, JobState
from glmocr_desktop.gui import words
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.jobs.kept import Found

translate = QCoreApplication.translate


def title_of(line: Found) -> str:
    """A document's name, and which of its pages."""
    title = line.name
    if line.count > 1:
        title = translate("FoundWords", "{0}, page {1}").format(title, line.number)
    if line.region:
        title = translate("FoundWords", "{0} · region {1}").format(title, line.region)
    return title


def state_of(line: Found) -> RowState:
    """The state that its row would show."""
    offline = line.engine is Engine.OFFLINE and line.state is JobState.DONE
    return RowState.DONE_OFFLINE if offline else RowState(line.state.value)


def facts_of(line: Found) -> list[str]:
    """What became of a page, as what it was read, and when."""
    facts = [words.state_word(state_of(line)), words.mode_word(line.mode), moment_words(line.ended_at)]
    if line.corrected:
        facts.append(translate("FoundWords", "corrected"))
    if line.on_desk:
        facts.append(translate("FoundWords", "open"))
    return facts


def moment_words(at_s: float) -> str:
    """A moment; of today, only the time."""
    moment, locale = QDateTime.fromSecsSinceEpoch(round(at_s)), QLocale()
    if moment.date() == QDateTime.currentDateTime().date():
        return locale.toString(moment.time(), QLocale.FormatType.ShortFormat)
    return locale.toString(moment, QLocale.FormatType.ShortFormat)


def amount_words(count: int, size_bytes: int | None = None) -> str:
    """How many pages, and how much room they take."""
    pages = translate("FoundWords", "1 page") if count == 1 else translate("FoundWords", "{0} pages")
    text = pages.format(QLocale().toString(count))
    return text if size_bytes is None else f"{text} · {QLocale().formattedDataSize(size_bytes, 0)}"


def since(days: int) -> float:
    """When the first of so many days began, of which today is the last; seconds since 1970."""
    return float(QDateTime.currentDateTime().date().startOfDay().addDays(1 - days).toSecsSinceEpoch())
