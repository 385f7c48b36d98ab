"""A window from which files can be dragged: ``python drag_source.py X Y FILE…``.

Prints the action that the window below would take, whenever that changes.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def __init__(self, files: list[str]) -> None:
        super().__init__("Drag me")
        self._files = files

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(each) for each in self._files])
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.actionChanged.connect(lambda action: print(action.name, flush=True))
            drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    app = QApplication([])
    source = Source(sys.argv[3:])
    source.setWindowTitle("drag source")
    source.setGeometry(int(sys.argv[1]), int(sys.argv[2]), 200, 120)
    source.show()
    app.exec()
