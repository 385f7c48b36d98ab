"""The rows that are seen, as Qt's views ask for them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from glmocr_desktop.gui.rows import Row

Index = QModelIndex | QPersistentModelIndex
NAME, STATE = range(2)
_ROOT = QModelIndex()


class ShownRows(QAbstractItemModel):
    """Leads from places to rows and back; it changes nothing.

    Thread: GUI.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Row] = []
        self._rows: dict[int, Row] = {}  # all that there are, seen or not

    def row_of(self, index: Index) -> Row | None:
        """The row behind an index."""
        return self._rows.get(index.internalId())

    def index_of(self, row: Row, column: int = NAME) -> QModelIndex:
        """Where a row is seen now; invalid when it is not, or was removed."""
        if row.position < 0 or (row.parent is not None and row.parent.position < 0):
            return QModelIndex()
        return self.createIndex(row.position, column, row.id)

    # Asked up to a hundred thousand times for each change among ten thousand rows: no more is called than is needed.

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """The place of a row."""
        above = self._rows.get(parent.internalId())
        if above is None:
            if parent.isValid():
                return QModelIndex()
            shown = self._shown
        else:
            shown = above.shown if parent.column() == NAME else []
        if 0 <= row < len(shown) and 0 <= column <= STATE:
            return self.createIndex(row, column, shown[row].id)
        return QModelIndex()

    def parent(self, index: Index = _ROOT) -> Any:
        """The place of the row above; Qt gives another method the same name, which is not needed here."""
        row = self._rows.get(index.internalId())
        if row is None or (above := row.parent) is None or above.position < 0:
            return QModelIndex()
        return self.createIndex(above.position, NAME, above.id)

    def hasChildren(self, parent: Index = _ROOT) -> bool:
        """Whether rows are seen below."""
        return self.rowCount(parent) > 0

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows are seen below."""
        row = self._rows.get(parent.internalId())
        if row is None:
            return 0 if parent.isValid() else len(self._shown)
        return len(row.shown) if parent.column() == NAME else 0

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Name and state."""
        return 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
