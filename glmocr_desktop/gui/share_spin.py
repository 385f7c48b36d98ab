"""A share, from 0 to 1, that is entered in per cent."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget


class ShareSpin(QDoubleSpinBox):
    """Shows 0.2 as 20 %; its value stays a share.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSingleStep(0.05)

    def textFromValue(self, value: float) -> str:
        """What is seen, without the unit."""
        return f"{value * 100:.0f}"

    def valueFromText(self, text: str) -> float:
        """What was entered, as a share."""
        number = self._number(text)
        return (int(number) if number.isdecimal() else 0) / 100

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Whole numbers only; an empty field is being filled."""
        number = self._number(text)
        state = QValidator.State.Invalid
        if not number:
            state = QValidator.State.Intermediate
        elif number.isdecimal() and int(number[:9]) / 100 <= self.maximum():
            state = QValidator.State.Acceptable
        return state, text, place

    def _number(self, text: str) -> str:
        return text.replace(self.suffix().strip(), "").strip()
