"""The cells of a table, as a person corrects them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from glmocr_desktop.gui.theme import mixed
from glmocr_desktop.results import tables
from glmocr_desktop.results.table import Place, Table

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

_EDITOR_WIDTH_PX = 160
_HEADER_SHARE = 0.08
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class TableModel(QAbstractTableModel):
    """A table's places; a cell that spans several has its words at the first one.

    Signals:
        edited(Table): A person changed a cell: the table as it should be now.

    Thread: GUI.
    """

    edited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take(Table.of(()))

    @property
    def table(self) -> Table:
        """Where each cell is."""
        return self._table

    def begun(self, row: int, column: int) -> Place | None:
        """The cell that begins at a place."""
        return self._begun.get((row, column))

    def show_table(self, table: Table) -> range | None:
        """Show another table.

        Returns:
            The rows that changed; None when any cell is at another place than before.
        """
        before = self._table
        if _shape(table) != _shape(before):
            self.beginResetModel()
            self._take(table)
            self.endResetModel()
            return None
        self._take(table)
        # What was not touched is the very same; comparing all words would take longer.
        rows = [new.row for old, new in zip(before.places, table.places, strict=True) if old is not new]
        if not rows:
            return range(0)
        changed = range(min(rows), max(rows) + 1)
        self.dataChanged.emit(self.index(changed.start, 0), self.index(changed.stop - 1, table.width - 1))
        return changed

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else self._table.height

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else self._table.width

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """Every cell can be changed."""
        return _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell and how they look."""
        place = self._begun.get((index.row(), index.column()))
        if place is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return place.cell.text
            case Qt.ItemDataRole.FontRole if place.cell.header:
                return _bold()
            case Qt.ItemDataRole.BackgroundRole if place.cell.header:
                return mixed(QApplication.palette(), QPalette.ColorRole.Text, QPalette.ColorRole.Base, _HEADER_SHARE)
        return None

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Rows and columns are counted."""
        return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what a person wrote."""
        place = self._begun.get((index.row(), index.column()))
        text = tables.tidied(str(value))
        if role != Qt.ItemDataRole.EditRole or place is None or text == place.cell.text:
            return False
        self.edited.emit(tables.set_texts(self._table, {(place.row, place.column): text}))
        return True

    def _take(self, table: Table) -> None:
        self._table = table
        self._begun = {(place.row, place.column): place for place in table.places}


class CellDelegate(QStyledItemDelegate):
    """Writes several lines into a cell: Enter ends, Shift+Enter begins another line.

    Thread: GUI.
    """

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A small text editor over the cell."""
        editor = QPlainTextEdit(parent)
        editor.setObjectName("cellEdit")
        editor.setAccessibleName(self.tr("Words of the cell"))
        editor.setTabChangesFocus(True)
        editor.setFrameShape(QPlainTextEdit.Shape.Box)
        editor.document().setDocumentMargin(2)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """All words are chosen, so that typing replaces them."""
        assert isinstance(editor, QPlainTextEdit)
        editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Hand the words to the table."""
        assert isinstance(editor, QPlainTextEdit)
        model.setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """A narrow cell is written in a wider editor, as far as there is room."""
        rect = QRect(option.rect)
        parent = editor.parentWidget()
        assert parent is not None
        rect.setWidth(max(rect.width(), min(_EDITOR_WIDTH_PX, parent.width() - rect.left())))
        lines = 1 + max(str(_index.data() or "").count("\n"), 1)
        rect.setHeight(max(rect.height(), lines * editor.fontMetrics().lineSpacing() + 8))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter ends the writing."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in enter:
            assert isinstance(editor, QPlainTextEdit)
            if event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
                editor.insertPlainText("\n")
            else:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)


def _shape(table: Table) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """Where cells are: two tables with the same have their words at the same places."""
    spans = [(place.row, place.column, place.below, place.behind) for place in table.spans]
    return table.height, table.width, spans


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
