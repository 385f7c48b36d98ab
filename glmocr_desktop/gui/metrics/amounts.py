"""Numbers as people read them, by the customs of their language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale
from PySide6.QtGui import QFont

translate = QCoreApplication.translate


def whole(value: int) -> str:
    """A number of things."""
    return QLocale().toString(value)


def decimal(value: float, digits: int = 1) -> str:
    """A number with digits behind its point."""
    return QLocale().toString(float(value), "f", digits)


def share(part: float, total: float) -> str:
    """A part of something, in percent; empty when there is nothing to be a part of."""
    return translate("Amounts", "{0} %").format(decimal(100 * part / total)) if total else ""


def seconds(value_s: float) -> str:
    """A time with as many digits as tell anything: of a short one two behind the point."""
    digits = 2 if value_s < 9.995 else 1 if value_s < 99.95 else 0
    return translate("Time", "{0} s").format(decimal(value_s, digits))


def per_second(value: float) -> str:
    """How many pages a second."""
    return translate("Amounts", "{0} pages/s").format(decimal(value, 2 if value < 9.995 else 1))


def data_size(size_bytes: int) -> str:
    """A size of memory."""
    return QLocale().formattedDataSize(size_bytes, 0 if size_bytes < 1 << 30 else 2)


def clock(at_s: float) -> str:
    """The time of the day at a moment, in seconds since 1970."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(round(at_s)).time(), "HH:mm:ss")


def tabular() -> QFont:
    """A font of which only this is set: all digits are equally wide, where it knows how."""
    font = QFont()
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
