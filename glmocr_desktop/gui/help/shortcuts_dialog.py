"""The keys of the window, as a list that can be searched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.gui.help.shortcuts import Keys, matching
from glmocr_desktop.gui.search_field import make_search_field

_SIZE_PX = (520, 560)


class ShortcutsDialog(QDialog):
    """Lists keys below their headings.

    Thread: GUI.
    """

    def __init__(self, keys: Sequence[Keys], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(*_SIZE_PX)
        self._keys = keys
        search = make_search_field("shortcutsSearch", lambda: self.tr("Search the shortcuts"), self)
        search.setMinimumHeight(32)
        search.textChanged.connect(self._show_matching)
        self._list = QTreeWidget(self)
        self._list.setObjectName("shortcutsList")
        self._list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._list.setRootIsDecorated(False)
        self._list.setStyleSheet("QTreeView::item { padding: 3px 0; }")
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._list.header().setStretchLastSection(False)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(search)
        layout.addWidget(self._list, 1)
        layout.addWidget(buttons)
        self._show_matching("")

    def _show_matching(self, words: str) -> None:
        self._list.clear()
        headings: dict[str, QTreeWidgetItem] = {}
        for each in matching(self._keys, words):
            if each.group not in headings:
                headings[each.group] = self._heading(each.group)
            QTreeWidgetItem(headings[each.group], [each.text, each.keys])
        self._list.expandAll()

    def _heading(self, text: str) -> QTreeWidgetItem:
        heading = QTreeWidgetItem(self._list, [text])
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = heading.font(0)
        font.setBold(True)
        heading.setFont(0, font)
        heading.setFirstColumnSpanned(True)
        return heading
