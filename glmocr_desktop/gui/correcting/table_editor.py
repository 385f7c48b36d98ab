"""A table is corrected cell by cell, row by row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolBar, QToolTip, QVBoxLayout, QWidget

from glmocr_desktop.core.model import BlockKind, Result
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.clipboard import mime_data
from glmocr_desktop.gui.correcting.stepper import Stepper
from glmocr_desktop.gui.correcting.table_view import Area, TableView
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results import tables
from glmocr_desktop.results.clipboard import table_flavours
from glmocr_desktop.results.table import Rows, Table

_MOST_PASTED = 500_000  # characters
_MOST_PLACES = 50_000  # of a table; the largest that a page can show has some thousand


class TableEditor(QWidget):
    """The tables of a page, one at a time.

    Signals:
        changed(int, Table): A person changed the table that is this block of the page.
        undo_pressed(), redo_pressed(): A person wants the last change back, or again.

    Thread: GUI.
    """

    changed = Signal(int, object)
    undo_pressed = Signal()
    redo_pressed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._blocks: list[tuple[int, Rows]] = []
        self._number = 0
        self.grid = TableView(self)
        self.grid.edited.connect(self._on_edited)
        self.grid.key_pressed.connect(self._on_key)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._on_menu_wanted)
        self._stepper = Stepper("table", lambda: self.tr("Table before"), lambda: self.tr("Next table"), self)
        self._stepper.stepped.connect(lambda step: self.show_number(self._number + step))
        self._tools = QToolBar(self)
        self._make_actions()
        self._lay_out()
        on_language(self, self._say_words)

    @property
    def count(self) -> int:
        """How many tables the page has."""
        return len(self._blocks)

    def show_result(self, result: Result | None, *, first: bool) -> None:
        """Show the tables of a page.

        Args:
            result: The page.
            first: Whether to begin with the first one, as for another page.
        """
        blocks = result.blocks if result is not None else ()
        self._blocks = [(i, block.rows) for i, block in enumerate(blocks) if block.kind is BlockKind.TABLE]
        self.show_number(0 if first else self._number)

    def show_number(self, number: int) -> None:
        """Show one of the tables, from 0."""
        if not self._blocks:
            return
        self.grid.commit()
        self._number = min(number, len(self._blocks) - 1)
        self._show_place()
        rows = self._blocks[self._number][1]
        if rows != self.grid.table.rows():
            self.grid.show_table(Table.of(rows))

    def show_block(self, index: int) -> None:
        """Show the table that is this block of the page."""
        self.show_number(next((i for i, (block, _) in enumerate(self._blocks) if block == index), self._number))

    def commit(self) -> None:
        """Keep what is being written into a cell."""
        self.grid.commit()

    def _say_words(self) -> None:
        self._tools.setAccessibleName(self.tr("Change the table"))
        self._show_place()

    def _show_place(self) -> None:
        text = self.tr("Table {0} of {1}").format(self._number + 1, self.count) if self.count > 1 else ""
        self._stepper.show_place(text, self._number, self.count)
        self._stepper.setVisible(self.count > 1)

    def _make_actions(self) -> None:
        def make(name: str, icon: str, text: Callable[[], str], slot: Callable[[], object], keys: str = "") -> QAction:
            action = make_action(self, icon, text, slot, keys or None)
            action.setObjectName(name)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            return action

        self._undo = make("tableUndo", "undo", lambda: self.tr("Undo"), self.undo_pressed.emit)
        self._redo = make("tableRedo", "redo", lambda: self.tr("Redo"), self.redo_pressed.emit)
        self._above = make(
            "rowAbove", "row-above", lambda: self.tr("Insert a row above"), lambda: self._insert_row(False)
        )
        self._below = make(
            "rowBelow", "row-below", lambda: self.tr("Insert a row below"), lambda: self._insert_row(True)
        )
        self._left = make(
            "columnLeft", "column-left", lambda: self.tr("Insert a column left"), lambda: self._insert_column(False)
        )
        self._right = make(
            "columnRight", "column-right", lambda: self.tr("Insert a column right"), lambda: self._insert_column(True)
        )
        self._no_row = make("deleteRows", "row-delete", lambda: self.tr("Delete the rows"), self._delete_rows)
        self._no_column = make(
            "deleteColumns", "column-delete", lambda: self.tr("Delete the columns"), self._delete_columns
        )
        self._merge = make("mergeCells", "merge", lambda: self.tr("Merge the cells"), self._merge_cells)
        self._split = make("splitCell", "split", lambda: self.tr("Split the cell"), self._split_cell)
        self._header = make("headerRow", "header-row", lambda: self.tr("Header row"), self._toggle_header)
        self._copy = make("copyCells", "copy", lambda: self.tr("Copy the cells"), self._copy_cells)
        self._paste = make("pasteCells", "paste", lambda: self.tr("Paste over the cells"), self._paste_cells)
        self._clear = make("clearCells", "remove", lambda: self.tr("Clear the cells"), self._clear_cells)
        self._header.setCheckable(True)
        self.grid.selectionModel().selectionChanged.connect(self._on_selected)

    def _lay_out(self) -> None:
        self._tools.setIconSize(QSize(18, 18))
        self._tools.setStyleSheet("QToolBar { border: none; spacing: 0; padding: 0; }")
        rows, columns = [self._below, self._no_row], [self._right, self._no_column]
        for group in ([self._undo], rows, columns, [self._merge, self._split, self._header]):
            self._tools.addActions(group)
            if group[-1] is not self._header:
                self._tools.addSeparator()
        for action in self._tools.actions():
            if not action.isSeparator() and (button := self._tools.widgetForAction(action)):
                button.setObjectName(f"{action.objectName()}Button")
                button.setFixedSize(28, 28)  # all of them fit into the narrowest pane
        top = QHBoxLayout()
        top.setContentsMargins(4, 2, 4, 2)
        top.addWidget(self._tools, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._stepper.setContentsMargins(12, 2, 8, 0)
        layout.addWidget(self._stepper)
        layout.addLayout(top)
        layout.addWidget(self.grid, 1)

    # What a person does

    def _insert_row(self, below: bool) -> None:
        top, left, bottom, right = self.grid.area()
        at = bottom if below else top
        self._on_edited(tables.insert_rows(self.grid.table, at), (at, left, at + 1, right))

    def _insert_column(self, right_of: bool) -> None:
        top, left, bottom, right = self.grid.area()
        at = right if right_of else left
        self._on_edited(tables.insert_columns(self.grid.table, at), (top, at, bottom, at + 1))

    def _delete_rows(self) -> None:
        top, left, bottom, right = self.grid.area()
        self._on_edited(tables.delete_rows(self.grid.table, top, bottom - top), (top, left, top + 1, right))

    def _delete_columns(self) -> None:
        top, left, bottom, right = self.grid.area()
        self._on_edited(tables.delete_columns(self.grid.table, left, right - left), (top, left, bottom, left + 1))

    def _merge_cells(self) -> None:
        area = self.grid.area()
        self._on_edited(tables.merge(self.grid.table, *area), area)

    def _split_cell(self) -> None:
        area = self.grid.area()
        self._on_edited(tables.split(self.grid.table, area[0], area[1]), area)

    def _toggle_header(self) -> None:
        area = self.grid.area()
        header = self._header.isChecked()
        self._on_edited(tables.set_header(self.grid.table, area[0], area[2], header), area)

    def _clear_cells(self) -> None:
        area = self.grid.area()
        texts = {(place.row, place.column): "" for place in self.grid.chosen()}
        self._on_edited(tables.set_texts(self.grid.table, texts), area)

    def _cut_cells(self) -> None:
        self._copy_cells()
        self._clear_cells()

    def _copy_cells(self) -> None:
        self._tasks.start(self._copy_part(tables.part(self.grid.table, *self.grid.area()).rows()))

    async def _copy_part(self, rows: Rows) -> None:
        QGuiApplication.clipboard().setMimeData(mime_data(await self._tasks.background(table_flavours, rows)))

    def _paste_cells(self) -> None:
        text = QGuiApplication.clipboard().text()
        top, left, *_ = self.grid.area()
        values = tables.from_tsv(text[: _MOST_PASTED + 1])
        bottom, right = top + len(values), left + max(map(len, values))
        places = max(bottom, self.grid.table.height) * max(right, self.grid.table.width)
        if len(text) > _MOST_PASTED or places > _MOST_PLACES:
            place = self.grid.viewport().mapToGlobal(QPoint(8, 8))
            QToolTip.showText(place, self.tr("This is too much for a table. Nothing was pasted."), self.grid)
        elif text:
            self._on_edited(tables.paste(self.grid.table, top, left, values), (top, left, bottom, right))

    # What then happens

    def _on_edited(self, table: Table, area: Area | None = None) -> None:
        if self._blocks and table != self.grid.table:
            self.grid.show_table(table, area)
            index, _ = self._blocks[self._number]
            self._blocks[self._number] = index, table.rows()
            self.changed.emit(index, table)

    def _on_key(self, meaning: str) -> None:
        {
            "copy": self._copy_cells,
            "cut": self._cut_cells,
            "paste": self._paste_cells,
            "clear": self._clear_cells,
            "undo": self.undo_pressed.emit,
            "redo": self.redo_pressed.emit,
        }[meaning]()

    def _on_selected(self) -> None:
        met = self.grid.chosen()
        self._merge.setEnabled(len(met) > 1)
        self._split.setEnabled(len(met) == 1 and met[0].cell.row_span * met[0].cell.col_span > 1)
        begun = [place for place in met if place.row == met[0].row]
        self._header.setChecked(bool(begun) and all(place.cell.header for place in begun))

    def _on_menu_wanted(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in (
            [self._undo, self._redo],
            [self._copy, self._paste, self._clear],
            [self._above, self._below, self._no_row],
            [self._left, self._right, self._no_column],
            [self._merge, self._split, self._header],
        ):
            menu.addActions(group)
            menu.addSeparator()
        menu.popup(self.grid.viewport().mapToGlobal(place))
