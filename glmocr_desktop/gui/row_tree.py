"""Rows in a tree, of which some are seen, in some order."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QObject, Signal

from glmocr_desktop.gui.filtering import Filter
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.shown_rows import NAME, STATE, ShownRows
from glmocr_desktop.gui.sorting import Order, sorted_rows

_MOST_RUNS = 8  # of rows that are removed one run after the other; beyond, laying everything out anew is faster
_MOST_TOLD = 200  # rows that are told one by one when many change at once


class RowTree(ShownRows):
    """Documents, with their pages below.

    A row is seen when it passes the filter, or passed it when the filter was chosen: a row never goes by itself.
    What is seen stays in its order until another one is chosen.

    Attributes:
        counts: How many pages are in which state, seen or not.

    Signals:
        row_changed(Row): Anything about it.
        many_changed(): So many rows at once that they were not told one by one.
        arranged(): Other rows are seen, or in another order, or many were removed.

    Thread: GUI.
    """

    row_changed = Signal(object)
    many_changed = Signal()
    arranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Row] = []  # as they were added
        self._ids = itertools.count(1)
        self._filter = Filter()
        self._filtered = False
        self._order = Order.ADDED
        self._collected: dict[Row, None] | None = None
        self.counts: Counter[RowState] = Counter()

    @property
    def filter(self) -> Filter:
        """What rows must be to be seen."""
        return self._filter

    @property
    def order(self) -> Order:
        """The order that was chosen last."""
        return self._order

    def documents(self) -> list[Row]:
        """The top rows as they were added, seen or not."""
        return list(self._top)

    def shown_documents(self) -> list[Row]:
        """The top rows that are seen, from top to bottom."""
        return list(self._shown)

    def pages(self) -> Iterator[Row]:
        """All rows that are no parents as they were added, seen or not."""
        return (page for row in self._top for page in row.pages())

    def shown_count(self) -> int:
        """How many pages are seen."""
        return sum(len(row.shown) if row.children else 1 for row in self._shown)

    def holds(self, row: Row) -> bool:
        """Whether it was not removed."""
        return row.id in self._rows

    # What is seen

    def show_only(self, wanted: Filter, found: frozenset[int] | None = None) -> None:
        """See what passes a filter.

        Args:
            wanted: The filter.
            found: The ids of the pages that have its words, if it has any.
        """
        self._filter, self._filtered = wanted, wanted.active
        if self._filtered:
            self._arrange(lambda row: wanted.passes_but_words(row) and (found is None or row.id in found))
        else:
            self._arrange(lambda _row: True)

    def sort_by(self, order: Order) -> None:
        """See the same rows in another order; also to sort again what has changed since."""
        self._order = order
        self._arrange(lambda row: row.position >= 0)

    def reveal(self, row: Row) -> None:
        """See a row, whatever the filter says."""
        if not self.holds(row):
            return
        if row.children and not row.shown:
            row.shown = self._sorted(row.children)
        if row.parent is not None and row.position < 0:
            self._show(row)
        top = row.parent or row
        if top.position < 0:
            self._show(top)

    def _sorted(self, rows: list[Row]) -> list[Row]:
        found = sorted_rows(rows, self._order)
        _renumber(found)
        return found

    def _arrange(self, keep: Callable[[Row], bool]) -> None:
        with self._laid_out():
            tops: list[Row] = []
            for row in self._top:
                kept = [page for page in row.pages() if keep(page)]
                for page in row.pages():
                    page.position = -1
                row.position = -1
                if row.children:
                    row.shown = self._sorted(kept)
                if kept:
                    tops.append(row)
            self._shown = self._sorted(tops)

    def _show(self, row: Row) -> None:
        """Put a row where it belongs; in an order that may be out of date, at the end."""
        siblings, _ = self._siblings(row.parent)
        self._insert_shown(row.parent, self._place_for(row.parent, siblings.index(row)), [row])

    def _place_for(self, parent: Row | None, at: int) -> int:
        """Where among those that are seen a row belongs that is at this place among all."""
        siblings, shown = self._siblings(parent)
        if self._order is not Order.ADDED:
            return len(shown)
        before = next((each for each in reversed(siblings[:at]) if each.position >= 0), None)
        return before.position + 1 if before else 0

    def _look_again(self, row: Row) -> None:
        """A row that has changed may now be what is wanted."""
        hidden = row.position < 0 or (row.parent is not None and row.parent.position < 0)
        if hidden and not row.children and self._filter.passes(row):
            self.reveal(row)

    # Coming and going

    def _siblings(self, parent: Row | None) -> tuple[list[Row], list[Row]]:
        """The rows below a row, and those of them that are seen."""
        return (parent.children, parent.shown) if parent else (self._top, self._shown)

    def _insert(self, parent: Row | None, at: int, shown_at: int, rows: list[Row]) -> None:
        siblings, _ = self._siblings(parent)
        siblings[at:at] = rows
        for row in rows:
            row.parent = parent
            self._rows.update((each.id, each) for each in (row, *row.children))
            self.counts.update(page.state for page in row.pages())
            if parent:
                parent.counts[row.state] += 1
            row.shown = self._sorted([page for page in row.children if self._filter.passes(page)])
        self._insert_shown(parent, shown_at, [row for row in rows if self._wanted(row)])
        if parent:
            self._tell(parent)

    def _wanted(self, row: Row) -> bool:
        return bool(row.shown) if row.children else self._filter.passes(row)

    def _insert_shown(self, parent: Row | None, place: int, rows: list[Row]) -> None:
        if not rows:
            return
        _, shown = self._siblings(parent)
        above = self.index_of(parent) if parent else QModelIndex()
        seen = parent is None or above.isValid()
        if seen:
            self.beginInsertRows(above, place, place + len(rows) - 1)
        shown[place:place] = rows
        _renumber(shown, place)
        if seen:
            self.endInsertRows()

    def _remove(self, rows: Iterable[Row]) -> list[Row]:
        """Take rows away with all that is below; a document without pages goes too.

        Returns:
            All that are gone.
        """
        chosen = dict.fromkeys(row for row in rows if self.holds(row))
        below = Counter(row.parent for row in chosen if row.parent is not None)
        chosen.update((parent, None) for parent, count in below.items() if count == len(parent.children))
        heads = [row for row in chosen if row.parent is None or row.parent not in chosen]
        runs = _runs(heads)
        if len(runs) <= _MOST_RUNS:
            for parent, first, last in runs:
                self._remove_shown(parent, first, last)
            self._forget(heads)
        else:
            with self._laid_out():
                parents = {row.parent for row in heads}
                self._forget(heads)
                for parent in parents:
                    self._drop_gone(parent)
        for parent in below:
            if self.holds(parent):
                if parent.position >= 0 and not parent.shown:  # those that are left are not seen
                    self._remove_shown(None, parent.position, parent.position)
                self._tell(parent)
        return [each for row in heads for each in (row, *row.children)]

    def _remove_shown(self, parent: Row | None, first: int, last: int) -> None:
        _, shown = self._siblings(parent)
        above = self.index_of(parent) if parent else QModelIndex()
        seen = parent is None or above.isValid()
        if seen:
            self.beginRemoveRows(above, first, last)
        gone = shown[first : last + 1]
        del shown[first : last + 1]
        for row in gone:
            row.position = -1
        _renumber(shown, first)
        if seen:
            self.endRemoveRows()

    def _drop_gone(self, parent: Row | None) -> None:
        _, shown = self._siblings(parent)
        shown[:] = [row for row in shown if self.holds(row)]
        _renumber(shown)

    def _forget(self, heads: list[Row]) -> None:
        for row in heads:
            self.counts.subtract(page.state for page in row.pages())
            if row.parent:
                row.parent.counts[row.state] -= 1
            for each in (row, *row.children):
                del self._rows[each.id]
                each.position = -1
        for parent in {row.parent for row in heads}:
            siblings, _ = self._siblings(parent)
            siblings[:] = [row for row in siblings if self.holds(row)]

    @contextmanager
    def _laid_out(self) -> Iterator[None]:
        """Change anything about what is seen; Qt's views keep hold of the rows that remain."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(self._rows.get(index.internalId()), index.column()) for index in before]
        yield
        now = [self.index_of(row, column) if row and self.holds(row) else QModelIndex() for row, column in held]
        self.changePersistentIndexList(before, now)
        self.layoutChanged.emit()
        self.arranged.emit()

    # What has changed

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Change many rows, and tell of them once afterwards."""
        self._collected = {}
        try:
            yield
        finally:
            rows, self._collected = self._collected, None
            self._tell_together(list(rows))

    def _tell_together(self, rows: list[Row]) -> None:
        if len(rows) <= _MOST_TOLD:
            for row in rows:
                self._tell(row)
            return
        # For each range, views look at all rows of it: those of the documents will do, as whoever shows rows below
        # hears of the many.
        for _, first, last in _runs([row for row in rows if row.parent is None]):
            self.dataChanged.emit(self.index(first, NAME), self.index(last, STATE))
        for row in rows if self._filtered else ():
            self._look_again(row)
        self.many_changed.emit()

    def _tell(self, row: Row) -> None:
        if self._collected is not None:
            self._collected[row] = None
            return
        if self._filtered:
            self._look_again(row)
        if (index := self.index_of(row)).isValid():
            self.dataChanged.emit(index, self.index_of(row, STATE))
        self.row_changed.emit(row)


def _renumber(rows: list[Row], first: int = 0) -> None:
    for position in range(first, len(rows)):
        rows[position].position = position


def _runs(rows: list[Row]) -> list[tuple[Row | None, int, int]]:
    """Rows that are seen as runs below the same parent, the last ones first."""
    places: dict[Row | None, list[int]] = {}
    for row in rows:
        if row.position >= 0:
            places.setdefault(row.parent, []).append(row.position)
    runs: list[tuple[Row | None, int, int]] = []
    for parent, positions in places.items():
        positions.sort(reverse=True)
        last = first = positions[0]
        for position in positions[1:]:
            if position != first - 1:
                runs.append((parent, first, last))
                last = position
            first = position
        runs.append((parent, first, last))
    return runs
