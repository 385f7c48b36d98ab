"""What there is to say, above the status bar: the newest first, and nothing lost that asks for something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.language import on_language, say
from glmocr_desktop.gui.theme import line_colour, mixed_window

_PASSING_MS = 12_000
_MOST = 20  # notices that wait; older ones nobody will read
_REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class _Notice:
    text: str
    alarming: bool
    action: str
    run: Callable[[], object] | None
    subject: str

    @property
    def lasting(self) -> bool:
        """News that ask for nothing go by themselves; what went wrong waits until it was read."""
        return self.alarming or bool(self.action)

    def replaces(self, elder: _Notice) -> bool:
        """Whether the elder has nothing more to say."""
        same = elder.subject == self.subject if self.subject else elder.text == self.text
        return same or not elder.lasting


class NoticeBar(QWidget):
    """Says what happened, and offers what can be done: one notice at a time, with a way to the others.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._notices: list[_Notice] = []
        self._at = 0  # which of them is seen
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton(self)
        self._action.setObjectName("noticeAction")
        self._previous = self._button("noticePrevious", lambda: self.tr("Previous notice"))
        self._count = QLabel(self)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setObjectName("noticeCount")
        self._next = self._button("noticeNext", lambda: self.tr("Next notice"))
        self._close = self._button("noticeClose", lambda: self.tr("Dismiss"), lambda: self.tr("Dismiss the notice"))
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_PASSING_MS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        for widget in (self._action, self._previous, self._count, self._next, self._close):
            layout.addWidget(widget)
        self._passing.timeout.connect(self._on_passed)
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)
        self._close.clicked.connect(self._on_closed)
        self._action.clicked.connect(self._on_action)
        on_language(self, self._show_count)
        self.hide()

    def show_notice(
        self,
        text: str,
        *,
        alarming: bool = False,
        action: str = "",
        run: Callable[[], object] | None = None,
        subject: str = "",
    ) -> None:
        """Say something, before all that was said earlier.

        Args:
            text: What happened, in words.
            alarming: Whether something went wrong.
            action: The words of a button; empty for none.
            run: What the button does.
            subject: What it is about, never seen: of several notices about the same, only the newest stays.
        """
        notice = _Notice(text, alarming, action, run, subject)
        kept = [each for each in self._notices if not notice.replaces(each)]
        self._notices = [*kept, notice][-_MOST:]
        self._passing.stop() if notice.lasting else self._passing.start()
        self._show(len(self._notices) - 1)

    def show_refusal(self, text: str) -> None:
        """Say that something could not be added."""
        self.show_notice(text, alarming=True, subject=_REFUSAL)

    def dismiss_refusal(self) -> None:
        """Something else was added: the last refusal is of no interest any more."""
        self.dismiss(_REFUSAL)

    def dismiss(self, subject: str) -> None:
        """Take back what was said about a subject."""
        for each in [each for each in self._notices if each.subject == subject]:
            self._remove(each)

    def tint(self) -> None:
        """Take the colours of the palette."""
        palette = QGuiApplication.palette()
        alarming = bool(self._notices) and self._notices[self._at].alarming
        colour = words.hue("amber" if alarming else "blue", palette)
        name = "warning" if alarming else "info"
        self._icon.setPixmap(icons.pixmap(name, 20, colour, self.devicePixelRatioF()))
        for button, icon in ((self._close, "close"), (self._previous, "back"), (self._next, "next")):
            button.setIcon(icons.icon(icon, palette))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground of its own, and a line above."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._ground())
            painter.fillRect(0, 0, self.width(), 1, line_colour(self.palette()))

    def _ground(self) -> QColor:
        return mixed_window(self.palette(), 0.04)

    def _button(self, name: str, tip: Callable[[], str], spoken: Callable[[], str] | None = None) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFixedSize(QSize(28, 28))
        say(button.setToolTip, tip)
        say(button.setAccessibleName, spoken or tip)
        return button

    def _show(self, at: int) -> None:
        """Let one of the notices be seen, and heard."""
        self._at = at
        notice = self._notices[at]
        self._text.setText(notice.text)
        self.setAccessibleName(notice.text)
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self._show_count()
        self.tint()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def _show_count(self) -> None:
        count = len(self._notices)
        self._count.setText(self.tr("{0} of {1}").format(self._at + 1, count))
        for each in (self._previous, self._count, self._next):
            each.setVisible(count > 1)
        self._previous.setEnabled(self._at > 0)
        self._next.setEnabled(self._at < count - 1)

    def _remove(self, notice: _Notice) -> None:
        """Show its neighbour if it was seen, and nothing if it was the last."""
        at = self._notices.index(notice)
        del self._notices[at]
        if not self._notices:
            self._at = 0
            self.hide()
        elif at == self._at:
            self._show(min(at, len(self._notices) - 1))
        else:
            self._at -= at < self._at
            self._show_count()

    def _on_passed(self) -> None:
        for each in [each for each in self._notices if not each.lasting]:
            self._remove(each)

    def _on_previous(self) -> None:
        self._show(self._at - 1)

    def _on_next(self) -> None:
        self._show(self._at + 1)

    def _on_closed(self) -> None:
        self._remove(self._notices[self._at])

    def _on_action(self) -> None:
        notice = self._notices[self._at]
        self._remove(notice)
        if notice.run is not None:
            notice.run()
