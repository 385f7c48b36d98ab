"""The settings of one group: a heading, the rows below it, and a way back to all defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.setting_editors import group_words
from glmocr_desktop.gui.settings.setting_row import SettingRow
from glmocr_desktop.gui.theme import heading_font


class SettingGroup(QWidget):
    """Shows all its rows, or those that match a search.

    Attributes:
        title: The heading, in the language of the moment.
        rows: Its settings, in the order of their declaration.

    Signals:
        changed(): Something else is entered.

    Thread: GUI.
    """

    changed = Signal()

    def __init__(self, group: str, values: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.title = group_words(group)
        self._heading = QLabel(self.title, self)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setFont(heading_font(self.font()))
        self._reset = QPushButton(self.tr("Reset all"), self)
        self._reset.setObjectName(f"reset{group.replace(' ', '')}Button")
        self._reset.setAccessibleName(self.tr("Reset all of: {0}").format(self.title))
        self._reset.setToolTip(self.tr("Back to the defaults of this group"))
        self._reset.setAutoDefault(False)
        self._reset.clicked.connect(self._on_reset_clicked)
        names = [each.name for each in fields(Settings) if each.metadata["group"] == group]
        self.rows = [SettingRow(name, values[name], self) for name in names]
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        for row in self.rows:
            layout.addWidget(row)
            row.changed.connect(self._on_row_changed)
        self._show_possible()

    def search(self, text: str) -> bool:
        """Show the rows that match, all when the group itself does; whether there are any."""
        whole = not text.strip() or text.strip().casefold() in self.title.casefold()
        found = [row for row in self.rows if whole or row.matches(text)]
        for row in self.rows:
            row.setVisible(row in found)
        return bool(found)

    def _on_row_changed(self) -> None:
        self._show_possible()
        self.changed.emit()

    def _on_reset_clicked(self) -> None:
        for row in self.rows:
            row.reset()

    def _show_possible(self) -> None:
        self._reset.setEnabled(not all(row.is_default for row in self.rows))
