"""Two pages that were selected, and how their results differ."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from glmocr_desktop.gui.comparing.compare_view import CompareView, Pair
from glmocr_desktop.gui.tasks import Tasks

_SIZE = QSize(720, 560)


class CompareDialog(QDialog):
    """Stays open beside the window for as long as it is looked at.

    Thread: GUI.
    """

    def __init__(self, pair: Pair, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("compareDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare two pages"))
        view = CompareView(tasks, self, named=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(view, 1)
        layout.addWidget(buttons)
        view.show_pair(pair)
        self.resize(_SIZE)
