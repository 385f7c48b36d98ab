"""The language of the window, which may change while the program runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal


class Language(QObject):
    """Tells when all words are to be said anew.

    Signals:
        changed(): Another language is in use.

    Thread: GUI.
    """

    changed = Signal()


def language() -> Language:
    """The one language of the window; it lives as long as the application.

    Thread: GUI.
    """
    app = QCoreApplication.instance()
    assert app is not None
    found = app.findChild(Language)
    return found if isinstance(found, Language) else Language(app)


def say(set_words: Callable[[str], object], words: Callable[[], str]) -> None:
    """Put words somewhere, now and whenever the language changes.

    Args:
        set_words: A bound method of a `QObject`.
        words: Gives the words in the language of the moment.

    Thread: GUI.
    """
    on_language(set_words.__self__, lambda: set_words(words()))  # type: ignore[attr-defined]  # a bound method


def on_language(owner: QObject, tell: Callable[[], object]) -> None:
    """Do something now and whenever the language changes, for as long as its owner lives.

    Thread: GUI.
    """
    tell()
    _Speaker(owner, tell)


class _Speaker(QObject):
    """Goes with its owner, and its connection with it."""

    def __init__(self, owner: QObject, tell: Callable[[], object]) -> None:
        super().__init__(owner)
        self._tell = tell
        language().changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._tell()
