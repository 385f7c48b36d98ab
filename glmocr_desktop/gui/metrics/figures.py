"""Figures in rows and columns, with small bars among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from glmocr_desktop.gui import icons, words

_Index = QModelIndex | QPersistentModelIndex
BARS = Qt.ItemDataRole.UserRole + 1
_ICON_PX = 14


class Bar(NamedTuple):
    """A part of a cell that is filled.

    Attributes:
        start: Where it begins, as a share of the cell's width.
        end: Where it ends.
        hue: Name of a colour of `words.hue`.
        strength: 1 for all of the colour, less for a paler one.
    """

    start: float
    end: float
    hue: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell.

    Attributes:
        icon: Name of an icon before the text; empty for none.
        hue: Colour of the icon and the text; empty for the window's own.
        tip: More about it.
        spoken: What stands for bars when the cell is read aloud.
    """

    text: str = ""
    icon: str = ""
    hue: str = ""
    tip: str = ""
    bars: tuple[Bar, ...] = ()
    spoken: str = ""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: In the language of the moment.
        widest: The widest text that is usual there, in the language of the moment; empty for one that is as wide as
            what stands in it.
        numbers: Whether it stands at the right.
        rest: Whether it takes the width that others leave; that is where bars are.
    """

    title: Callable[[], str] = str
    widest: Callable[[], str] = str
    numbers: bool = True
    rest: bool = False


class FigureModel(QAbstractTableModel):
    """Rows of figures; tells of those that changed only.

    Thread: GUI.
    """

    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[tuple[Figure, ...]] = []

    def show(self, rows: Sequence[tuple[Figure, ...]]) -> None:
        """Show other rows."""
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        for number, (before, now) in enumerate(zip(self.rows, rows, strict=True)):
            changed = [at for at, pair in enumerate(zip(before, now, strict=True)) if pair[0] != pair[1]]
            if changed:
                self.rows[number] = now
                self.dataChanged.emit(self.index(number, changed[0]), self.index(number, changed[-1]))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Begin anew with other columns, and no rows."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), []
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as the table shows it, and as it is read aloud."""
        figure = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return figure.text
        if role == BARS:
            return figure.bars
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(figure)
        if role == Qt.ItemDataRole.ForegroundRole and figure.hue:
            return words.hue(figure.hue, QGuiApplication.palette())
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tip(figure.tip) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title()}: {figure.text or figure.spoken}"
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = self.columns[column].numbers
        return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter

    @staticmethod
    def _icon(figure: Figure) -> Any:
        if not figure.icon:
            return None
        palette = QGuiApplication.palette()
        colour = words.hue(figure.hue, palette) if figure.hue else palette.windowText().color()
        return icons.pixmap(figure.icon, _ICON_PX, colour, QGuiApplication.primaryScreen().devicePixelRatio())
