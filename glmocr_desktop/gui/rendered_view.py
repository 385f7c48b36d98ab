"""A result as it is meant to be read; it never loads anything."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QTextBrowser, QWidget

from glmocr_desktop.gui.theme import mixed, reading_font

_MARGIN_PX = 16


class RenderedView(QTextBrowser):
    """Shows a fragment of HTML; links lead nowhere.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("renderedView")
        self.setAccessibleName(self.tr("Result"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setAcceptDrops(False)  # the window takes them
        self.viewport().setAcceptDrops(False)
        font = reading_font(self.font())
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(_MARGIN_PX)
        self._fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()

    def show_html(self, html: str) -> None:
        """Show another result from its beginning."""
        line = mixed(self.palette(), QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.35).name()
        head = mixed(self.palette(), QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.08).name()
        self.document().setDefaultStyleSheet(
            f"table {{ border-collapse: collapse; border-color: {line}; margin: 6px 0; }}"
            f"td, th {{ border: 1px solid {line}; padding: 4px 8px; }} th {{ background: {head}; text-align: left; }}"
            "p { margin: 0 0 8px 0; line-height: 130%; }"
            "h1 { font-size: x-large; } h2 { font-size: large; } h3, h4, h5, h6 { font-size: medium; }"
            f"pre, code {{ font-family: '{self._fixed}'; }}"
        )
        self.setHtml(html)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Nothing is ever loaded, from nowhere."""
        return None
