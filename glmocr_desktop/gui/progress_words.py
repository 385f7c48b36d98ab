"""How far reading is, in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLocale

from glmocr_desktop.gui.outlook import View

translate = QCoreApplication.translate

_MINUTE_S, _HOUR_S = 60, 3600


def progress_words(view: View) -> str:
    """Counts, speed and the time that is left, as far as they are known."""
    if not view.total:
        return translate("Progress", "Paused: pages that are added wait") if view.all_paused else ""
    number = QLocale().toString
    parts = [translate("Progress", "{0} of {1}").format(number(view.ended), number(view.total))]
    if view.paused == view.total - view.ended and view.all_paused:
        parts.append(translate("Progress", "Paused"))
    elif view.paused:
        parts.append(translate("Progress", "{0} paused").format(number(view.paused)))
    elif view.all_paused:
        parts.append(translate("Progress", "Pausing"))
    if view.per_s is not None:
        parts.append(rate_words(view.per_s))
    if view.left_s is not None:
        parts.append(left_words(*view.left_s))
    return " · ".join(parts)


def rate_words(per_s: float) -> str:
    """A speed."""
    if per_s >= 0.95:
        return translate("Progress", "{0} pages/s").format(QLocale().toString(per_s, "f", 1))
    return translate("Progress", "{0} pages/min").format(QLocale().toString(max(1, round(per_s * _MINUTE_S))))


def left_words(least_s: float, most_s: float) -> str:
    """The time that is left, as roughly as it is known."""
    if most_s <= 5:
        return translate("Progress", "a few seconds left")
    if most_s < 1.5 * _MINUTE_S:
        return _range(least_s, most_s, 5, 1, translate("Progress", "{0} s left"))
    if most_s < 1.5 * _HOUR_S:
        return _range(least_s, most_s, _MINUTE_S, _MINUTE_S, translate("Progress", "{0} min left"))
    return _range(least_s, most_s, _HOUR_S / 2, _HOUR_S, translate("Progress", "{0} h left"))


def _range(least_s: float, most_s: float, step_s: float, unit_s: float, words: str) -> str:
    """Both ends in whole steps of a unit; one number when they are the same."""
    least, most = max(1, math.floor(least_s / step_s)), max(1, math.ceil(most_s / step_s))
    first, last = (QLocale().toString(each * step_s / unit_s, "g", 3) for each in (least, most))
    return words.format(first if first == last else f"{first}–{last}")
