"""Colours and fonts that are made from the platform's own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette

from glmocr_desktop.core.resources import resource_path

_CHINESE = (
    *("Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC"),
    *("WenQuanYi Micro Hei", "Droid Sans Fallback"),
)


def mixed(palette: QPalette, role: QPalette.ColorRole, ground: QPalette.ColorRole, share: float) -> QColor:
    """A colour between two of the palette.

    Args:
        palette: The platform's.
        role: What the share is of.
        ground: What the rest is of.
        share: From 0 to 1.
    """
    return blended(palette.color(role), palette.color(ground), share)


def blended(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two.

    Args:
        one: What the share is of.
        other: What the rest is of.
        share: From 0 to 1.
    """
    return QColor(
        *(
            round(a * share + b * (1 - share))
            for a, b in zip(one.toTuple()[:3], other.toTuple()[:3], strict=True)  # type: ignore[index]
        )
    )


def contrast(one: QColor, other: QColor) -> float:
    """How well one colour is seen on another: from 1 to 21, and 4.5 is what words need."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    linear = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def tinted(colours: Mapping[QPalette.ColorRole, QColor]) -> QPalette:
    """A palette for one widget: these colours alone, so that all others go on to be those of the window."""
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, colour)
    return palette


def small_font(font: QFont) -> QFont:
    """The font of what stands beside or below something."""
    return scaled_font(font, 0.9)


def add_chinese_font() -> None:
    """Bring our own font for Chinese to a machine that has none, where one came along: else each sign is a box."""
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        for each in resource_path("fonts").glob("*.ttc"):
            QFontDatabase.addApplicationFont(str(each))


def with_chinese(font: QFont) -> QFont:
    """A font whose Chinese is plain and straight: of many fonts, the system may take one that looks written by hand."""
    installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    other = QFont(font)
    other.setFamilies([QFontInfo(font).family(), *(family for family in _CHINESE if family in installed)])
    return other


def fixed_font() -> QFont:
    """The font of sources and code."""
    return with_chinese(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))


def reading_font(font: QFont) -> QFont:
    """The font of results."""
    return scaled_font(font, 1.1)


def heading_font(font: QFont) -> QFont:
    """The font of headings."""
    return scaled_font(font, 1.25)


def scaled_font(font: QFont, factor: float) -> QFont:
    """The same font in another size."""
    other = QFont(font)
    if font.pointSizeF() > 0:
        other.setPointSizeF(font.pointSizeF() * factor)
    else:
        other.setPixelSize(round(font.pixelSize() * factor))
    return other


def css(colour: QColor) -> str:
    """A colour as style sheets write it."""
    return colour.name()


def selection_colour(palette: QPalette) -> QColor:
    """The ground of what is selected: light enough for the state colours on it."""
    return mixed(palette, QPalette.ColorRole.Highlight, QPalette.ColorRole.Base, 0.22)


def line_colour(palette: QPalette) -> QColor:
    """Of lines between panes."""
    return mixed(palette, QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, 0.18)


def muted_colour(palette: QPalette) -> QColor:
    """Of words that step back; at least 4.5:1 on the window."""
    return mixed(palette, QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, 0.75)


def window_style(palette: QPalette) -> str:
    """The style sheet of the window: quiet buttons, and lines between the panes."""
    line, hover = css(line_colour(palette)), css(mixed_window(palette, 0.08))
    pressed = css(mixed_window(palette, 0.16))
    chosen = css(mixed(palette, QPalette.ColorRole.Highlight, QPalette.ColorRole.Window, 0.28))
    accent = css(palette.color(QPalette.ColorRole.Highlight))
    muted = css(muted_colour(palette))
    text = css(palette.color(QPalette.ColorRole.WindowText))
    return f"""
    QToolBar#toolBar {{ border: none; border-bottom: 1px solid {line}; padding: 6px 8px; spacing: 2px; }}
    QToolBar#toolBar QToolButton, PaneHeader QToolButton {{
        border: 1px solid transparent; border-radius: 6px; padding: 0 6px; color: {text}; background: transparent; }}
    QToolBar#toolBar QToolButton {{ min-height: 30px; }}
    QToolBar#toolBar QToolButton[popupMode="2"], PaneHeader QToolButton[popupMode="2"] {{ padding-right: 18px; }}
    QStatusBar QToolButton[popupMode="2"] {{ padding-right: 18px; }}
    QToolButton::menu-indicator {{ subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }}
    QueueBar QToolButton::menu-indicator, TitleBar QToolButton::menu-indicator {{ image: none; }}
    QToolButton:hover {{ background: {hover}; }}
    QToolButton:pressed {{ background: {pressed}; }}
    QToolBar#toolBar QToolButton:focus, PaneHeader QToolButton:focus {{ border-color: {accent}; }}
    QToolBar#toolBar QToolButton:checked, PaneHeader QToolButton:checked, RegionBar QToolButton:checked {{
        background: {chosen}; border-color: {accent}; }}
    QToolBar#toolBar QToolButton:checked:disabled, PaneHeader QToolButton:checked:disabled {{
        background: transparent; border-color: {line}; }}
    QToolBar#toolBar QToolButton:disabled {{ color: {muted}; }}
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{ border: none; border-bottom: 2px solid transparent; padding: 7px 12px; color: {muted}; }}
    QTabBar::tab:hover {{ color: {text}; background: {hover}; }}
    QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
    QSplitter::handle {{ background: {line}; }}
    QStatusBar {{ border-top: 1px solid {line}; }}
    QStatusBar QToolButton {{ border: 1px solid {line}; border-radius: 4px; padding: 1px 8px; color: {text}; }}
    QStatusBar QToolButton:focus {{ border-color: {accent}; }}
    QStatusBar QToolButton:disabled {{ color: {muted}; }}
    QStatusBar::item {{ border: none; }}
    """


def mixed_window(palette: QPalette, share: float) -> QColor:
    """The window's ground with a share of its text's colour."""
    return mixed(palette, QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, share)
