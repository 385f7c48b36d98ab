"""All that a window says, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabWidget,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from shiboken6 import getCppPointer

Said = dict[tuple[int, str], str]
"""What is said by which object, and as what."""

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
# Names, keys and units that are the same in every language.
_SAME = re.compile(
    r"https?://\S+|(?:/\S+/)?page \d+\.png"
    r"|\b\S+\.(?:png|pdf|xlsx)\b|\b[\d.:]+:\d+|\b(?:Ctrl|Shift|Alt|Meta|Del|Esc|Insert|Return|PgUp|PgDown)\b\+?"
    r"|GLM-OCR(?: Desktop)?|Gradio \S+|Gradio|LaTeX|MathML|Markdown|HTML|PDF|PNG|JPEG|TIFF|WebP|HEIC|AVIF|GIF|BMP"
    r"|SVG|CSV|TSV|JSON|Excel|Word|SHA-256|HTTP|Basic|keyring|\*\.\w+|\.[a-z]{2,4}\b|\{\w+\}"
)
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_CHINESE = re.compile(r"[\u3001-\u3002\u4e00-\u9fff\uff01-\uff1f]")


def said_by(window: QWidget) -> Said:
    """What a window and all in it say; what a person typed is not among it."""
    found: Said = {}
    for each in _objects(window):
        for what, text in _texts(each):
            if text.strip():
                found[getCppPointer(each)[0], f"{type(each).__name__} {each.objectName()} {what}"] = text
    return found


def _objects(each: QObject) -> Iterator[QObject]:
    yield each
    for child in each.children():
        yield from _objects(child)


def english(text: str) -> bool:
    """Whether a text has words that Chinese would have others for."""
    return bool(_LATIN_WORD.search(_SAME.sub("", text)))


def chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return bool(_CHINESE.search(text))


def _texts(each: QObject) -> Iterator[tuple[str, str]]:
    if isinstance(each, QAction):
        yield from (("text", each.text()), ("tip", each.toolTip()), ("status", each.statusTip()))
    elif isinstance(each, QWidget) and not each.objectName().startswith("qt_"):
        yield from _texts_of_widget(each)
    elif isinstance(each, QAbstractItemModel):
        yield from _texts_of_model(each)


def _texts_of_widget(each: QWidget) -> Iterator[tuple[str, str]]:
    yield "title", each.windowTitle()
    yield "tip", each.toolTip()
    yield "name", each.accessibleName()
    yield "description", each.accessibleDescription()
    if isinstance(each, QLabel | QAbstractButton):
        yield "text", each.text()
    if isinstance(each, QLineEdit | QPlainTextEdit | QTextEdit):
        yield "placeholder", each.placeholderText()
    if isinstance(each, QTextBrowser):
        yield "words", each.toPlainText()
    if isinstance(each, QMenu | QGroupBox):
        yield "heading", each.title()
    if isinstance(each, QSpinBox | QDoubleSpinBox):
        yield from (("prefix", each.prefix()), ("suffix", each.suffix()))
    if isinstance(each, QAbstractSpinBox):
        yield "special", each.specialValueText()
    if isinstance(each, QTabWidget):
        yield from ((f"tab {at}", each.tabText(at)) for at in range(each.count()))
    if isinstance(each, QComboBox):
        yield from ((f"item {at}", each.itemText(at)) for at in range(each.count()))
    if isinstance(each, QAbstractItemView) and (model := each.model()) is not None:
        yield from _texts_of_model(model)


def _texts_of_model(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[tuple[str, str]]:
    parent = parent or QModelIndex()
    for column in range(model.columnCount(parent)):
        header = model.headerData(column, Qt.Orientation.Horizontal)
        yield f"header {column}", str(header or "")
        for row in range(model.rowCount(parent)):
            index = model.index(row, column, parent)
            for role in _ROLES:
                yield f"{row} {column} {role.name} {parent.row()}", str(index.data(role) or "")
    for row in range(model.rowCount(parent)):
        if model.rowCount(model.index(row, 0, parent)):
            yield from _texts_of_model(model, model.index(row, 0, parent))
