"""The tree of documents and their pages."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from glmocr_desktop.gui.document_delegate import BUTTON_COLUMN_PX, DocumentDelegate, button_kind
from glmocr_desktop.gui.document_model import NAME, STATE, DocumentModel
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.theme import selection_colour, tinted
from glmocr_desktop.gui.thumbnails import Thumbnails

_Index = QModelIndex | QPersistentModelIndex
_PULSE_MS = 100  # at most 10 repaints a second


class DocumentView(QTreeView):
    """Shows rows, and tells which one is looked at and which button was pressed.

    Signals:
        current_changed(Row | None): Another row is looked at.
        cancel_pressed(Row), retry_pressed(Row), unlock_pressed(Row): The button in a row.
        menu_wanted(QPoint): A context menu, at a place on the screen.

    Thread: GUI.
    """

    current_changed = Signal(object)
    cancel_pressed = Signal(object)
    retry_pressed = Signal(object)
    unlock_pressed = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: DocumentModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentView")
        self.setAccessibleName(self.tr("Documents"))
        self._model = model
        self.setModel(model)
        self._delegate = DocumentDelegate(model, thumbnails, self)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(18)
        self.setMouseTracking(True)
        self.setAnimated(False)
        self.setAcceptDrops(False)  # the window takes them
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(BUTTON_COLUMN_PX)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(STATE, BUTTON_COLUMN_PX)
        self._pulse = QTimer(self)
        self._pulse.setInterval(_PULSE_MS)
        self._pulse.timeout.connect(self._on_pulse)
        thumbnails.ready.connect(self.viewport().update)
        model.row_changed.connect(self._on_row_changed)
        self._tint()

    def current_row(self) -> Row | None:
        """The row that is looked at."""
        return self._model.row_of(self.currentIndex())

    def selected_rows(self) -> list[Row]:
        """The selected rows from top to bottom; a document stands for its pages."""
        rows = [self._model.row_of(index) for index in self.selectionModel().selectedRows(NAME)]
        found = [row for row in rows if row is not None]
        return sorted(found, key=lambda row: (row.parent.position, row.position) if row.parent else (row.position, -1))

    def show_row(self, row: Row) -> None:
        """Look at a row."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._model.index_of(row), flags)
        self.scrollTo(self._model.index_of(row))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Another row is looked at; a change of its column is none."""
        super().currentChanged(current, previous)
        row = self._model.row_of(current)
        if row is None or row is not self._model.row_of(previous):
            self.current_changed.emit(row)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The row's ground, the row, and the mark of the keyboard's place."""
        # The row's ground and the mark of the keyboard's place, from edge to edge.
        rect = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        if self.selectionModel().isRowSelected(index.row(), index.parent()):
            painter.fillRect(rect, selection_colour(QGuiApplication.palette()))
        super().drawRow(painter, option, index)
        if self.hasFocus() and self.current_row() is self._model.row_of(index):
            painter.fillRect(0, rect.top(), 3, rect.height(), QGuiApplication.palette().highlight())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a button leaves the selection as it is."""
        if event.button() is Qt.MouseButton.LeftButton and self._button_at(event.position().toPoint()) is not None:
            event.accept()  # the release decides, and the selection stays
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A button acts when it is released."""
        row = self._button_at(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or row is None:
            super().mouseReleaseEvent(event)
            return
        kind = button_kind(row)
        if kind == "cancel":
            self.cancel_pressed.emit(row)
        elif kind == "retry":
            self.retry_pressed.emit(row)
        else:
            self.unlock_pressed.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Buttons show that they can be pressed."""
        super().mouseMoveEvent(event)
        over = self._button_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.update(index.siblingAtColumn(STATE))

    def contextMenuEvent(self, event: QEvent) -> None:
        """A menu for what is selected."""
        if self.selected_rows():
            at = self.viewport().mapFromGlobal(self.cursor().pos())
            if not self.viewport().rect().contains(at):  # the menu key: the pointer is elsewhere
                at = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def changeEvent(self, event: QEvent) -> None:
        """The theme may change while the program runs."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        """Select by a light ground, so that state colours can be read on it."""
        base = QGuiApplication.palette()
        text = base.color(QPalette.ColorRole.Text)
        role = QPalette.ColorRole
        self.setPalette(tinted({role.Highlight: selection_colour(base), role.HighlightedText: text}))

    def _button_at(self, position: QPoint) -> Row | None:
        """The row whose button is there."""
        index = self.indexAt(position)
        row = self._model.row_of(index)
        if row is None or index.column() != STATE or button_kind(row) is None:
            return None
        return row if self._delegate.button_rect(self.visualRect(index)).contains(position) else None

    def _on_row_changed(self, row: Row) -> None:
        if row.state is RowState.READING and not self._pulse.isActive():
            self._pulse.start()

    def _on_pulse(self) -> None:
        """Repaint what is being read, among the rows in view."""
        if not any(row.state is RowState.READING for row in self._model.documents()):
            self._pulse.stop()
            return
        index = self.indexAt(QPoint(0, 0))
        bottom = self.viewport().rect().bottom()
        while index.isValid() and (rect := self.visualRect(index)).top() <= bottom:
            row = self._model.row_of(index)
            if row is not None and row.state is RowState.READING:
                self.viewport().update(rect)
            index = self.indexBelow(index)
