"""The tree of documents and their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAccessible, QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from glmocr_desktop.gui.document_delegate import BUTTON_COLUMN_PX, DocumentDelegate, button_kind
from glmocr_desktop.gui.document_model import NAME, STATE, DocumentModel
from glmocr_desktop.gui.language import on_language, say
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.theme import selection_colour, tinted
from glmocr_desktop.gui.thumbnails import Thumbnails

_Index = QModelIndex | QPersistentModelIndex
_PULSE_MS = 100  # at most 10 repaints a second
_EXPANDED_PAGES = 30  # longer documents come folded
_UNFOLDED_PAGES = 1000  # among more, all documents come folded


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
        say(self.setAccessibleName, lambda: self.tr("Documents"))
        on_language(self, self.viewport().update)
        self._model = model
        self._looked_at: Row | None = None
        self._selected: dict[Row, None] | None = None  # None when it is to be found out anew
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        for changed in (model.rowsInserted, model.rowsRemoved, model.arranged):
            changed.connect(self._on_selected)
        self._delegate = DocumentDelegate(model, thumbnails, self)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # By the pixel, Qt asks each of ten thousand rows for its height whenever one is added.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
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
        model.many_changed.connect(self._on_many_changed)
        model.arranged.connect(self._on_arranged)
        self._painted: set[Row | None] = set()  # since all was painted: the rows in view, and some more
        self._open: set[Row] = set()  # documents that a person, or their shortness, has unfolded
        self._arranging = False
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)
        self._tint()

    def current_row(self) -> Row | None:
        """The row that is looked at."""
        return self._model.row_of(self.currentIndex())

    def selected_rows(self) -> list[Row]:
        """The selected rows from top to bottom; a document stands for its pages, as far as they are seen."""
        parts = [row.shown if len(row.shown) < len(row.children) else [row] for row in self._chosen()]
        return list(dict.fromkeys(row for part in parts for row in part))

    def selected_states(self) -> set[RowState]:
        """The states of all selected pages."""
        whole: set[Row] = set()
        states: set[RowState] = set()
        for row in self.selected_rows():
            if row.children:
                whole.add(row)
                states.update(state for state, count in row.counts.items() if count)
            elif row.parent not in whole:
                states.add(row.state)
        return states

    def _chosen(self) -> dict[Row, None]:
        """The rows that Qt has selected, from top to bottom."""
        if self._selected is None:
            rows: list[Row] = []
            # By ranges: of ten thousand rows, Qt's own list takes seconds.
            parts = self.selectionModel().selection()
            for part in (parts.at(place) for place in range(parts.count())):
                above = self._model.row_of(part.parent())
                beside = above.shown if above else self._model.shown_documents()
                rows += beside[part.top() : part.bottom() + 1]
            rows.sort(key=lambda row: (row.parent.position, row.position) if row.parent else (row.position, -1))
            self._selected = dict.fromkeys(rows)
        return self._selected

    def selectAll(self) -> None:
        """Select all documents, each of which stands for its pages: for ten thousand single rows, Qt takes seconds."""
        model = self._model
        last = model.index(model.rowCount() - 1, STATE)
        self.selectionModel().select(
            QItemSelection(model.index(0, NAME), last), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def unfold(self, rows: Iterable[Row]) -> None:
        """Show the pages of documents, but for long ones, and when there are very many pages."""
        if self._model.shown_count() > _UNFOLDED_PAGES:
            return
        for row in rows:
            if 0 < len(row.shown) <= _EXPANDED_PAGES:
                self.expand(self._model.index_of(row))

    def enter(self) -> None:
        """Go on with the keyboard here, at the row that is selected, or at the first one."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        seen = self._model.shown_documents()
        if seen and not self.selectionModel().hasSelection():
            self.show_row(seen[0])

    def show_row(self, row: Row) -> None:
        """Look at a row."""
        self._model.reveal(row)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._model.index_of(row), flags)
        self.scrollTo(self._model.index_of(row))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Another row is looked at; a change of its column is none."""
        super().currentChanged(current, previous)
        row = self._model.row_of(current)
        if row is None or row is not self._model.row_of(previous):
            self._looked_at = row
            self.current_changed.emit(row)

    def dataChanged(self, top_left: _Index, bottom_right: _Index, roles: Sequence[int] = ()) -> None:
        """A row that is not in view is left alone: Qt would look for it among all rows, and ask for its height."""
        row = self._model.row_of(top_left)
        if row in self._painted or QAccessible.isActive():
            super().dataChanged(top_left, bottom_right, roles)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All rows in view, or some."""
        if event.rect() == self.viewport().rect():
            self._painted.clear()
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The row's ground, the row, and the mark of the keyboard's place."""
        # The row's ground and the mark of the keyboard's place, from edge to edge.
        rect = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        row = self._model.row_of(index)
        self._painted.add(row)
        chosen = self._chosen()
        if row in chosen or (row is not None and row.parent in chosen):  # a document stands for its pages
            painter.fillRect(rect, selection_colour(QGuiApplication.palette()))
        super().drawRow(painter, option, index)
        if self.hasFocus() and self.current_row() is row:
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

    def _on_selected(self, *_args: object) -> None:
        self._selected = None

    def _on_many_changed(self) -> None:
        self._pulse.start()
        self.viewport().update()

    def _on_expanded(self, index: QModelIndex) -> None:
        if not self._arranging and (row := self._model.row_of(index)):
            self._open.add(row)

    def _on_collapsed(self, index: QModelIndex) -> None:
        if not self._arranging and (row := self._model.row_of(index)):
            self._open.discard(row)

    def _on_arranged(self) -> None:
        """Unfold what was unfolded, and what was looked for; look at something if what was looked at is gone."""
        self._open = {row for row in self._open if self._model.holds(row)}
        found = self._model.filter.active and self._model.shown_count() <= _UNFOLDED_PAGES
        self._arranging = True
        self.scheduleDelayedItemsLayout()  # so that unfolding is only noted
        for row in self._model.shown_documents():
            if row.shown:
                wanted = row in self._open or (found and len(row.shown) <= _EXPANDED_PAGES)
                self.setExpanded(self._model.index_of(row), wanted)
        self._arranging = False
        self.executeDelayedItemsLayout()
        if not self._looked_at_is_left():
            shown = self._model.shown_documents()
            self.show_row(next(iter(shown[0].shown), shown[0])) if shown else self.current_changed.emit(None)

    def _looked_at_is_left(self) -> bool:
        return self._looked_at is not None and self._model.holds(self._looked_at)

    def _on_row_changed(self, row: Row) -> None:
        if row.state is RowState.READING and not self._pulse.isActive():
            self._pulse.start()

    def _on_pulse(self) -> None:
        """Repaint what is being read, among the rows in view."""
        if not self._model.counts[RowState.READING]:
            self._pulse.stop()
            return
        index = self.indexAt(QPoint(0, 0))
        bottom = self.viewport().rect().bottom()
        while index.isValid() and (rect := self.visualRect(index)).top() <= bottom:
            row = self._model.row_of(index)
            if row is not None and row.state is RowState.READING:
                self.viewport().update(rect)
            index = self.indexBelow(index)
