"""Light or dark, and how large words are: chosen by a person, for the whole program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from glmocr_desktop.core.model import Theme
from glmocr_desktop.gui.theme import contrast, mixed, scaled_font
from glmocr_desktop.gui.words import is_dark

_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}
_Role = QPalette.ColorRole
# For platforms that cannot be asked for the other theme: plain X11, and windows without a screen.
_LIGHT = {
    _Role.Window: "#efefef",
    _Role.WindowText: "#1a1a1a",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f6f6f6",
    _Role.Text: "#1a1a1a",
    _Role.Button: "#efefef",
    _Role.ButtonText: "#1a1a1a",
    _Role.BrightText: "#ffffff",
    _Role.Highlight: "#2a76b5",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#2a76b5",
    _Role.Link: "#0b57a4",
    _Role.LinkVisited: "#6b3fa0",
    _Role.ToolTipBase: "#fffde8",
    _Role.ToolTipText: "#1a1a1a",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#e2e2e2",
    _Role.Mid: "#b8b8b8",
    _Role.Dark: "#9f9f9f",
    _Role.Shadow: "#767676",
}
_DARK = {
    _Role.Window: "#2b2b2b",
    _Role.WindowText: "#e6e6e6",
    _Role.Base: "#1e1e1e",
    _Role.AlternateBase: "#262626",
    _Role.Text: "#e6e6e6",
    _Role.Button: "#383838",
    _Role.ButtonText: "#e6e6e6",
    _Role.BrightText: "#ffffff",
    _Role.Highlight: "#2f6fbf",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#5b9ae0",
    _Role.Link: "#84b9f5",
    _Role.LinkVisited: "#c3a4ee",
    _Role.ToolTipBase: "#383838",
    _Role.ToolTipText: "#e6e6e6",
    _Role.Light: "#4a4a4a",
    _Role.Midlight: "#404040",
    _Role.Mid: "#4a4a4a",
    _Role.Dark: "#1a1a1a",
    _Role.Shadow: "#000000",
}
_SIZE_OF_ITS_OWN = 2  # QFont::SizeResolved
_DISABLED = 0.45
_PLACEHOLDER = 0.72
_READABLE = 4.5
_DARKER = 104


def appearance() -> Appearance:
    """The one appearance of the program; it lives as long as the application.

    Thread: GUI.
    """
    app = QCoreApplication.instance()
    assert isinstance(app, QApplication)
    found = app.findChild(Appearance)
    return found if isinstance(found, Appearance) else Appearance(app)


class Appearance(QObject):
    """Dresses all windows of the program, also those that are open.

    Thread: GUI.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._font = QFont(app.font())
        self._theme = Theme.SYSTEM
        self._scale = 100
        # Else widgets below a style sheet, which are all of the window, keep the font and the colours that they have.
        app.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def use(self, theme: Theme, text_scale: int) -> None:
        """Show everything in these colours, and words in this size in percent."""
        if theme is not self._theme:
            self._theme = theme
            self._dress()
        if text_scale != self._scale:
            self._scale = text_scale
            self._resize_words()

    def _on_scheme_changed(self) -> None:
        self._dress()

    def _dress(self) -> None:
        """Ask the platform for the theme, which frames and file dialogs then have too; else bring the colours."""
        hints = self._app.styleHints()
        if hints.colorScheme() is not (wanted := _SCHEMES[self._theme]):
            hints.setColorScheme(wanted)
        self._app.setPalette(QPalette())
        dark = is_dark(self._app.palette())
        if self._theme is not Theme.SYSTEM and dark is not (self._theme is Theme.DARK):
            self._app.setPalette(_own_palette(_DARK if self._theme is Theme.DARK else _LIGHT))
        self._app.setPalette(_readable(self._app.palette()))

    def _resize_words(self) -> None:
        """Change the font of the program, and in proportion the fonts of widgets that have a size of their own."""
        before = self._app.font()
        self._app.setFont(scaled_font(self._font, self._scale / 100))
        factor = self._app.font().pointSizeF() / before.pointSizeF()
        for widget in QApplication.allWidgets():
            font = QFont(widget.font())
            if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and font.resolveMask() & _SIZE_OF_ITS_OWN:
                widget.setFont(scaled_font(font, factor))


def _own_palette(colours: dict[QPalette.ColorRole, str]) -> QPalette:
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role, ground in ((_Role.WindowText, _Role.Window), (_Role.Text, _Role.Base), (_Role.ButtonText, _Role.Button)):
        palette.setColor(QPalette.ColorGroup.Disabled, role, mixed(palette, role, ground, _DISABLED))
    return palette


def _readable(palette: QPalette) -> QPalette:
    """The colours that can hardly be read on most themes: what is selected, and what stands in empty fields."""
    better = QPalette(palette)
    better.setColor(_Role.PlaceholderText, mixed(palette, _Role.Text, _Role.Base, _PLACEHOLDER))
    ground, ink = palette.color(_Role.Highlight), palette.color(_Role.HighlightedText)
    while contrast(ground, ink) < _READABLE and ground.lightness() > 0:
        ground = ground.darker(_DARKER)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        better.setColor(group, _Role.Highlight, ground)
    return better
