"""The language of the window, which may change while the program runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from glmocr_desktop.core.model import Language
from glmocr_desktop.core.resources import resource_path

_log = logging.getLogger(__name__)


class LanguageInUse(QObject):
    """Tells when all words are to be said anew.

    Signals:
        changed(): Another language is in use.

    Thread: GUI.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._translators: list[QTranslator] = []

    def use(self, wanted: Language) -> None:
        """Say all words in another language, and write numbers and dates as it does.

        Args:
            wanted: English or Chinese; see `resolved`.
        """
        QLocale.setDefault(_locale(wanted))
        for each in self._translators:
            QCoreApplication.removeTranslator(each)
            each.deleteLater()
        # Qt's words come first, so that ours are asked first.
        self._translators = [] if wanted is Language.ENGLISH else [self._qt_words(wanted), self._our_words(wanted)]
        for each in self._translators:
            QCoreApplication.installTranslator(each)
        for widget in QApplication.topLevelWidgets():
            widget.setLocale(QLocale())
        self.changed.emit()

    def _our_words(self, wanted: Language) -> QTranslator:
        folder = str(resource_path("translations"))
        return self._translator(f"glmocr-desktop_{wanted}", folder)

    def _qt_words(self, wanted: Language) -> QTranslator:
        return self._translator(f"qtbase_{wanted}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))

    def _translator(self, name: str, folder: str) -> QTranslator:
        translator = QTranslator(self)
        if not translator.load(name, folder):
            _log.warning("The words %s are not in %s.", name, folder)
        return translator


def language() -> LanguageInUse:
    """The one language of the window; it lives as long as the application.

    Thread: GUI.
    """
    app = QCoreApplication.instance()
    assert app is not None
    found = app.findChild(LanguageInUse)
    return found if isinstance(found, LanguageInUse) else LanguageInUse(app)


def install_language(chosen: Language) -> None:
    """Speak the language that a person chose from now on.

    Thread: GUI.
    """
    language().use(resolved(chosen, QLocale.system().uiLanguages()))


def resolved(chosen: Language, preferred: Sequence[str]) -> Language:
    """The language that is spoken for a choice.

    Args:
        chosen: What a person chose.
        preferred: The languages of the system, such as ``zh-Hans-CN``, the most preferred one first.

    Returns:
        English or Chinese.
    """
    if chosen is not Language.SYSTEM:
        return chosen
    known = {"en": Language.ENGLISH, "zh": Language.CHINESE}
    spoken = (known.get(each.replace("_", "-").split("-")[0].lower()) for each in preferred)
    return next((each for each in spoken if each is not None), Language.ENGLISH)


def _locale(wanted: Language) -> QLocale:
    """The system's own way to write numbers and dates where it is of the same language."""
    ours = QLocale("en" if wanted is Language.ENGLISH else str(wanted))
    return QLocale.system() if QLocale.system().language() == ours.language() else ours


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
