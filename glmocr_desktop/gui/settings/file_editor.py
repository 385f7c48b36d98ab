"""The path of a file is typed, or chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from glmocr_desktop.gui.setting_editors import LineEditor
from glmocr_desktop.gui.sharing import file_dialog

translate = QCoreApplication.translate


class FileEditor(QWidget):
    """The path of a file, with a button to look for it."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = LineEditor(self)
        self._path.changed.connect(self.changed)
        self._browse = QPushButton(translate("Settings", "Browse…"), self)
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(lambda _checked=False: self._choose())
        self.setFocusProxy(self._path)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._path, 1)
        layout.addWidget(self._browse)

    def value(self) -> str:
        """See `Editor`."""
        return self._path.value()

    def set_value(self, value: str) -> None:
        """See `Editor`."""
        self._path.set_value(value)

    def name_as(self, name: str, title: str, help_text: str) -> None:
        """See `Editor`."""
        self._path.name_as(name, title, help_text)
        self._browse.setObjectName(f"{name}_browse")
        self._browse.setAccessibleName(translate("Settings", "Browse for: {0}").format(title))

    def _choose(self) -> None:
        dialog = file_dialog(self.window(), self._path.accessibleName())
        if self.value():
            dialog.selectFile(self.value())
        dialog.fileSelected.connect(self.set_value)
        dialog.open()
