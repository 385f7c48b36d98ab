"""The grid in which a table is corrected."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTableView, QWidget

from glmocr_desktop.gui.correcting.table_grid import CellDelegate, TableModel
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.theme import css, line_colour
from glmocr_desktop.results.table import Place, Table

_NARROWEST_PX, _WIDEST_PX = 48, 280
_PAD_PX = 16
_ROW_PX = 28
_FIRST_ROWS = 20  # columns are as wide as the words in these rows want, and in some others
_SAMPLED_ROWS = 40  # measuring all of them would take too long
_SAMPLED_SIGNS = 60
_MOST_LINES = 12
_NARROW = 0.85  # how wide the signs of usual words are, of the average of all signs
_WIDE_SIGNS = 0x2E80  # from here on, signs are as wide as they are high

_KEYS = (
    (QKeySequence.StandardKey.Copy, "copy"),
    (QKeySequence.StandardKey.Cut, "cut"),
    (QKeySequence.StandardKey.Paste, "paste"),
    (QKeySequence.StandardKey.Undo, "undo"),
    (QKeySequence.StandardKey.Redo, "redo"),
    (QKeySequence.StandardKey.Delete, "clear"),
    (QKeySequence.StandardKey.Backspace, "clear"),
)

Area = tuple[int, int, int, int]
"""Rows and columns: top, left, and those behind the last."""


class TableView(QTableView):
    """Shows a table's cells with their spans.

    Signals:
        edited(Table): A person changed a cell in its place: the table as it should be now.
        key_pressed(str): One of ``copy``, ``cut``, ``paste``, ``undo``, ``redo``, ``clear``.

    Thread: GUI.
    """

    edited = Signal(object)
    key_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tableEdit")
        say(self.setAccessibleName, lambda: self.tr("Cells of the table, can be corrected"))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setAcceptDrops(False)  # the window takes them
        self.setTabKeyNavigation(False)  # so that the keyboard gets out again
        self.setWordWrap(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setMinimumSectionSize(_NARROWEST_PX)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.verticalHeader().setMinimumWidth(_ROW_PX)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)  # it would ask for every cell whenever one is selected
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._cells = TableModel(self)
        self._cells.edited.connect(self.edited)
        self.setModel(self._cells)
        self.setItemDelegate(CellDelegate(self))
        self._spanned = False
        self._tint()

    @property
    def table(self) -> Table:
        """The table as it is shown."""
        return self._cells.table

    def show_table(self, table: Table, chosen: Area | None = None) -> None:
        """Show another table.

        Args:
            table: The table.
            chosen: What to select in it; None to stay where a person is.
        """
        before, current = self.table, self.currentIndex()
        area = chosen or self.area()
        widths = [self.columnWidth(column) for column in range(before.width)]
        scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        changed = self._cells.show_table(table)
        if changed is None:
            self._apply_spans()
            self._set_widths(
                widths if len(widths) == table.width and len(before.places) > 1 else self._fitting_widths()
            )
        self._fit_rows(range(table.height) if changed is None else changed)
        if chosen is not None:
            self.choose(chosen[0], chosen[1], *chosen)
        elif changed is None and current.isValid():
            self.choose(current.row(), current.column(), *area)
        self.horizontalScrollBar().setValue(scrolled[0])
        self.verticalScrollBar().setValue(scrolled[1])

    def area(self) -> Area:
        """The chosen rows and columns: top, left, and those behind the last; no cell is torn apart."""
        current, selection = self.currentIndex(), self.selectionModel().selection()
        ranges = [selection.at(i) for i in range(selection.count())]
        top = min((each.top() for each in ranges), default=max(current.row(), 0))
        left = min((each.left() for each in ranges), default=max(current.column(), 0))
        bottom = max((each.bottom() for each in ranges), default=top)
        right = max((each.right() for each in ranges), default=left)
        return self._cells.table.whole(top, left, bottom + 1, right + 1)

    def chosen(self) -> list[Place]:
        """The chosen cells."""
        top, left, bottom, right = self.area()
        return [
            place
            for row in range(top, bottom)
            for column in range(left, right)
            if (place := self._cells.begun(row, column))
        ]

    def choose(self, row: int, column: int, top: int, left: int, bottom: int, right: int) -> None:
        """Select an area, as far as the table reaches, and go to one of its cells."""
        last_row, last_column = self._cells.rowCount() - 1, self._cells.columnCount() - 1
        first = self._cells.index(min(top, last_row), min(left, last_column))
        last = self._cells.index(min(bottom - 1, last_row), min(right - 1, last_column))
        current = self._cells.index(min(row, last_row), min(column, last_column))
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        chosen = QItemSelection(first, last)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def commit(self) -> None:
        """Keep what is being written into a cell."""
        for editor in self.viewport().findChildren(QPlainTextEdit, "cellEdit"):
            if not editor.isHidden():  # one that was closed lives on until the next turn of the loop
                self.commitData(editor)
                self.closeEditor(editor, CellDelegate.EndEditHint.NoHint)

    def changeEvent(self, event: QEvent) -> None:
        """The theme may change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def event(self, event: QEvent) -> bool:
        """The keys of a table are not the window's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _meaning(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copies, pastes, clears, undoes."""
        if meaning := _meaning(event):
            self.key_pressed.emit(meaning)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _tint(self) -> None:
        # The platform's lines between cells are hardly seen on a dark ground.
        style = f"QTableView {{ gridline-color: {css(line_colour(QGuiApplication.palette()))}; }}"
        if style != self.styleSheet():  # a style sheet may itself change the palette
            self.setStyleSheet(style)

    def _apply_spans(self) -> None:
        if self._spanned:
            self.clearSpans()
        for place in self.table.spans:
            self.setSpan(place.row, place.column, place.cell.row_span, place.cell.col_span)
        self._spanned = bool(self.table.spans)

    def _set_widths(self, widths: Iterable[int]) -> None:
        for column, width in enumerate(widths):
            self.horizontalHeader().resizeSection(column, width)

    def _fitting_widths(self) -> list[int]:
        """How wide the words of some rows want each column."""
        widths = [_NARROWEST_PX] * self.table.width
        metrics, step = self.fontMetrics(), max(1, self.table.height // _SAMPLED_ROWS)
        for place in self.table.places:
            if place.cell.col_span > 1 or not place.cell.text or (place.row >= _FIRST_ROWS and place.row % step):
                continue
            longest = max(place.cell.text.split("\n"), key=len)[:_SAMPLED_SIGNS]
            wanted = metrics.horizontalAdvance(longest) + _PAD_PX
            widths[place.column] = max(widths[place.column], min(wanted, _WIDEST_PX))
        return widths

    def _fit_rows(self, rows: range) -> None:
        """Give rows the heights that their words want, from the number of their signs."""
        sign = max(self.fontMetrics().averageCharWidth(), 1)
        rooms = [max(int((self.columnWidth(i) - _PAD_PX) / sign / _NARROW), 4) for i in range(self.table.width)]
        lines = [1] * self.table.height
        for place in self.table.places:
            text = place.cell.text
            fits = text.isascii() and len(text) <= rooms[place.column] and "\n" not in text  # as nearly all do
            if not fits and place.row in rows and place.cell.row_span == 1:
                room = sum(rooms[place.column : place.behind])
                needed = sum(max(1, -(-_signs(line) // room)) for line in text.split("\n"))
                lines[place.row] = max(lines[place.row], min(needed, _MOST_LINES))
        spacing = self.fontMetrics().lineSpacing()
        header = self.verticalHeader()
        for row in rows:
            height = max(_ROW_PX, lines[row] * spacing + 10)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)


def _signs(line: str) -> int:
    """How many narrow signs would be as wide as a line."""
    return len(line) if line.isascii() else sum(2 if ord(sign) >= _WIDE_SIGNS else 1 for sign in line)


def _meaning(event: QKeyEvent) -> str:
    return next((meaning for key, meaning in _KEYS if event.matches(key)), "")
