"""Which function of the servers reads images: found by itself, chosen among those that were found, or typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget


class EndpointEditor(QComboBox):
    """An `Editor` of the endpoint's name; empty is the first entry.

    Thread: GUI.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItem(self.tr("Found automatically"), "")
        self.editTextChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """See `Editor`."""
        index = self.findText(self.currentText())
        return str(self.itemData(index)) if index >= 0 else self.currentText()

    def set_value(self, value: str) -> None:
        """See `Editor`."""
        index = self.findData(value)
        if index >= 0:
            self.setCurrentIndex(index)
            self.setEditText(self.itemText(index))  # it may have been typed over
        else:
            self.setEditText(value)

    def name_as(self, name: str, title: str, help_text: str) -> None:
        """See `Editor`."""
        self.setObjectName(f"{name}_setting")
        for widget in (self, self.lineEdit()):
            assert widget is not None
            widget.setAccessibleName(title)
            widget.setAccessibleDescription(help_text)

    def offer(self, endpoints: Sequence[tuple[str, str]]) -> None:
        """Offer what was found at a server beside what was found at others.

        Args:
            endpoints: Name and signature of each; the first is the one that is found by itself.
        """
        value = self.value()
        with QSignalBlocker(self):
            if endpoints:
                self.setItemText(0, self.tr("Found automatically: {0}").format(endpoints[0][1]))
            for name, signature in endpoints:
                if self.findData(name) < 0:
                    self.addItem(signature, name)
            self.set_value(value)
