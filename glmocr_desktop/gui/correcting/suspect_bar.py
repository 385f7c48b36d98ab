"""What to look at again on a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.correcting.stepper import Stepper
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.results.suspects import Suspect

_ONE_LINE_PX = 420


class SuspectBar(QWidget):
    """Says what is doubtful, one place at a time; gone when nothing is.

    Signals:
        place_wanted(Suspect): A person wants to see the place.
        approved(): A person says that the page looks right.

    Thread: GUI.
    """

    place_wanted = Signal(object)
    approved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suspectBar")
        self._suspects: tuple[Suspect, ...] = ()
        self._number = 0
        self._text = QLabel(self)
        self._text.setObjectName("suspectText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._stepper = Stepper(
            "suspect", lambda: self.tr("Doubtful place before"), lambda: self.tr("Next doubtful place"), self
        )
        self._stepper.stepped.connect(self.step)
        self._stepper.label.hide()
        self._approve = QPushButton(self)
        self._approve.setObjectName("looksRightButton")
        self._approve.clicked.connect(self.approved)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._stepper)
        buttons.addWidget(self._approve)
        buttons.addStretch(1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(12, 6, 8, 6)
        self._layout.setSpacing(4)
        self._layout.addWidget(self._text, 1)
        self._layout.addLayout(buttons)
        on_language(self, self._say_words)

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """What is doubtful."""
        return self._suspects

    def show_suspects(self, suspects: Sequence[Suspect]) -> None:
        """Show what is doubtful on a page; the place that is shown stays when it is among them."""
        current = self._suspects[self._number] if self._suspects else None
        self._suspects = tuple(suspects)
        self._number = self._suspects.index(current) if current in self._suspects else 0
        self._show()

    def step(self, step: int) -> bool:
        """Go to the place before (-1) or to the next one (1).

        Returns:
            False when there is none, on this page.
        """
        if not 0 <= self._number + step < len(self._suspects):
            return False
        self._number += step
        self._show()
        self.place_wanted.emit(self._suspects[self._number])
        return True

    def enter(self, step: int) -> None:
        """Come to the page from the one before (1) or from the next one (-1)."""
        if self._suspects:
            self._number = 0 if step > 0 else len(self._suspects) - 1
            self._show()
            self.place_wanted.emit(self._suspects[self._number])

    def tint(self) -> None:
        """Take the colours of another palette."""
        palette = QGuiApplication.palette()
        tinted = QPalette(palette)
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue("amber", palette))
        self._text.setPalette(tinted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane, the buttons stand below."""
        super().resizeEvent(event)
        narrow = event.size().width() < _ONE_LINE_PX
        self._layout.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight,
        )

    def _say_words(self) -> None:
        self._approve.setText(self.tr("Looks right"))
        self._approve.setToolTip(self.tr("Take this page from the doubtful ones"))
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._suspects))
        if not self._suspects:
            self._text.clear()
            return
        self.tint()
        count = len(self._suspects)
        text = self._words(self._suspects[self._number])
        if count > 1:
            text = self.tr("{0} of {1}: {2}").format(self._number + 1, count, text)
        self._text.setText(f"⚠ {text}")
        self._stepper.show_place("", self._number, count)
        self._stepper.setVisible(count > 1)

    def _words(self, suspect: Suspect) -> str:
        if suspect.kind == "formula":
            return self.tr("A formula may be wrong. {0}").format(words.complaint_words(suspect.complaint))
        return words.warning_words(suspect.kind)
