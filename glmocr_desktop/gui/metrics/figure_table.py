"""A table of figures: numbers that stand below each other, as wide and as high as they need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics.amounts import tabular
from glmocr_desktop.gui.metrics.figures import BARS, Bar, Column, Figure, FigureModel
from glmocr_desktop.gui.theme import css, mixed, muted_colour

_Index = QModelIndex | QPersistentModelIndex
_ICON_ROOM_PX = 20
_TEXT_MARGIN_PX = 3  # of cells, by most styles
_BAR_PX = 8
_ROW_GAP_PX = 4
_CELL_GAP_PX = 8
_LEAST_BAR_COLUMN_PX = 48
_THINNEST_PX = 2.0  # what took next to no time is still seen


class FigureTable(QTableView):
    """Shows rows of figures; the arrow keys go from cell to cell.

    Args:
        name: The object's name.
        title: What the table is about, for who cannot see it.
        columns: From left to right.
        least_rest_px: The least width of the one that takes the rest.

    Thread: GUI.
    """

    def __init__(
        self,
        name: str,
        title: Callable[[], str],
        columns: Sequence[Column],
        parent: QWidget | None = None,
        least_rest_px: int = _LEAST_BAR_COLUMN_PX,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.figures = FigureModel(columns, self)
        self._least_rest_px = least_rest_px
        self._title = title
        self._fitted: list[list[str]] = []
        self.setModel(self.figures)
        for at, column in enumerate(columns):
            if column.rest:
                self.setItemDelegateForColumn(at, _BarDelegate(self))
        self.setFont(tabular())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # the arrows go from cell to cell, Tab goes on
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        self._tint()
        on_language(self, self._say_words)

    def show_rows(self, rows: Sequence[tuple[Figure, ...]]) -> None:
        """Show other rows."""
        self.figures.show(rows)
        words = [
            [each.text for each, column in zip(row, self.figures.columns, strict=True) if not column.widest()]
            for row in rows
        ]
        if words != self._fitted:
            self._fitted = words
            self._fit()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Begin anew with other columns, and no rows."""
        self.figures.set_columns(columns)
        self._fit()

    def hide_columns(self, hidden: Collection[int]) -> None:
        """Hide some columns, and show all others."""
        for at in range(len(self.figures.columns)):
            self.setColumnHidden(at, at in hidden)
        self._fit()

    def retitle(self) -> None:
        """Say the titles of the columns again."""
        self.figures.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.figures.columns) - 1))

    def sizeHint(self) -> QSize:
        """All rows, and columns of their usual widths."""
        header = self.horizontalHeader()
        height = 0 if header.isHidden() else header.sizeHint().height()
        height += len(self.figures.rows) * self.verticalHeader().defaultSectionSize()
        if self._least_width() > self.width():
            height += self.horizontalScrollBar().sizeHint().height()
        return QSize(self._least_width(), height)

    def minimumSizeHint(self) -> QSize:
        """The same; who has less room for all columns gets a scroll bar."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column takes what the others leave."""
        super().resizeEvent(event)
        self._share_width()
        self.updateGeometry()  # with or without room for its scroll bar

    def changeEvent(self, event: QEvent) -> None:
        """Fonts and colours may change while the program runs."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
        elif event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _say_words(self) -> None:
        self.setAccessibleName(self._title())
        self.retitle()
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROW_GAP_PX)
        self._share_width()
        self.updateGeometry()

    def _widths(self) -> list[int]:
        """What each column needs at least."""
        advance = self.fontMetrics().horizontalAdvance
        widths = []
        for at, column in enumerate(self.figures.columns):
            own = [column.widest()] if column.widest() else [row[at].text for row in self.figures.rows]
            icon = _ICON_ROOM_PX if any(row[at].icon for row in self.figures.rows) else 0
            width = max(map(advance, [column.title(), *own])) + icon + _CELL_GAP_PX
            widths.append(max(width, self._least_rest_px) if column.rest else width)
        return widths

    def _least_width(self) -> int:
        return sum(width for at, width in enumerate(self._widths()) if not self.isColumnHidden(at))

    def _share_width(self) -> None:
        widths = self._widths()
        free = self.viewport().width() - sum(width for at, width in enumerate(widths) if not self.isColumnHidden(at))
        rest = next((at for at, column in enumerate(self.figures.columns) if column.rest), 0)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width + max(0, free) if at == rest else width)

    def _tint(self) -> None:
        palette = self.palette()
        muted = css(muted_colour(palette))
        self.horizontalHeader().setStyleSheet(
            f"QHeaderView, QHeaderView::section {{ background: transparent; border: none; color: {muted};"
            " padding: 0 4px 0 1px; }"  # so that titles stand above the numbers
        )


class _BarDelegate(QStyledItemDelegate):
    """Draws cells with their bars, and the keyboard's place as an outline."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The words of a cell, or its bars."""
        super().paint(painter, option, index)
        bars: tuple[Bar, ...] = index.data(BARS) or ()
        if not bars:
            return
        palette, room = option.palette, QRectF(option.rect).adjusted(_TEXT_MARGIN_PX, 0, -_TEXT_MARGIN_PX, 0)
        top = room.center().y() - _BAR_PX / 2
        track = mixed(palette, QPalette.ColorRole.WindowText, QPalette.ColorRole.Base, 0.08)
        painter.fillRect(QRectF(room.left(), top, room.width(), _BAR_PX), track)
        for bar in bars:
            left = room.left() + bar.start * room.width()
            width = max(_THINNEST_PX, (bar.end - bar.start) * room.width())
            left = min(left, room.right() - width)
            colour = words.hue(bar.hue, palette)
            colour.setAlphaF(bar.strength)
            painter.fillRect(QRectF(left, top, width, _BAR_PX), colour)
