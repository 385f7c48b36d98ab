"""The line above the documents: which of them are seen, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Engine, Mode
from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.filtering import Filter
from glmocr_desktop.gui.language import on_language, say
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.gui.search_field import make_search_field
from glmocr_desktop.gui.sorting import Order
from glmocr_desktop.gui.theme import small_font

_TYPING_MS = 200
_ICON_PX = 18
_MODE_ICONS = {Mode.TEXT: "text", Mode.TABLE: "table", Mode.FORMULA: "formula"}
_ENGINE_ICONS = {Engine.SERVER: "server", Engine.OFFLINE: "offline", Engine.TEXT_LAYER: "documents"}


class QueueBar(QWidget):
    """Words to look for, a menu of what pages may be, and a menu of orders.

    Signals:
        filter_chosen(Filter): See only what passes it.
        left(): A person is done here.

    Thread: GUI.
    """

    filter_chosen = Signal(object)
    left = Signal()

    def __init__(self, model: DocumentModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._entries: dict[StrEnum | None, QAction] = {}  # None: what needs a look
        self._words = make_search_field("filterEdit", lambda: self.tr("Filter by name or text"), self)
        self._filter = self._button("filterButton", "filter", lambda: self.tr("Filter by state, mode or engine"))
        self._sort = self._button("sortButton", "sort", lambda: self.tr("Sort"))
        self._count = QLabel(self)
        self._clear = QToolButton(self)
        self._rest = QWidget(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._make_edit()
        self._make_filter_menu()
        self._make_sort_menu()
        self._lay_out()
        self._typing.timeout.connect(self._choose)
        self._counting.timeout.connect(self._show_count)
        for changed in (model.arranged, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._on_rows_changed)
        on_language(self, self._show_count)

    @property
    def wanted(self) -> Filter:
        """What was chosen."""
        chosen = {key for key, action in self._entries.items() if action.isChecked()}
        return Filter(
            self._words.text().strip().casefold(),
            frozenset(each for each in RowState if each in chosen),
            frozenset(each for each in Mode if each in chosen),
            frozenset(each for each in Engine if each in chosen),
            None in chosen,
        )

    def begin(self) -> None:
        """Let a person write."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def clear(self) -> None:
        """See everything."""
        self._words.clear()
        for action in self._entries.values():
            action.setChecked(False)
        self._choose()

    def tint(self) -> None:
        """Take the colours of another palette."""
        palette = QGuiApplication.palette()
        self._filter.setIcon(icons.icon("filter", palette))
        self._sort.setIcon(icons.icon("sort", palette))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape sees everything again, and then leaves; Down goes to what is seen."""
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.wanted.active:
            self.clear()
        else:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Escape is meant for this line while one writes here, and cancels no page."""
        if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def _button(self, name: str, icon_name: str, tip: Callable[[], str]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icons.icon(icon_name, QGuiApplication.palette()))
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setMinimumSize(28, 28)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        button.setMenu(menu)
        say(button.setToolTip, tip)
        say(button.setAccessibleName, tip)
        return button

    def _make_edit(self) -> None:
        say(self._words.setToolTip, lambda: self.tr("See only pages with these words (Ctrl+Shift+F)"))
        self._words.textChanged.connect(self._typing.start)
        self._words.returnPressed.connect(self._choose)

    def _make_filter_menu(self) -> None:
        menu = self._filter.menu()
        menu.setObjectName("filterMenu")
        for state in RowState:
            self._add_entry(state, words.state_icon(state))
        menu.addSeparator()
        for mode in Mode:
            self._add_entry(mode, _MODE_ICONS[mode])
        menu.addSeparator()
        for engine in Engine:
            self._add_entry(engine, _ENGINE_ICONS[engine])
        menu.addSeparator()
        self._add_entry(None, "warning")
        menu.addSeparator()
        clear = make_action(self, "close", lambda: self.tr("See all pages"), self.clear)
        menu.addAction(clear)
        menu.aboutToShow.connect(self._show_counts)

    def _add_entry(self, key: StrEnum | None, icon_name: str) -> None:
        action = make_action(self, icon_name, partial(self._entry_word, key))
        action.setObjectName(f"filter-{key.value if key else 'doubtful'}")
        action.setCheckable(True)
        action.triggered.connect(self._choose)
        self._entries[key] = action
        self._filter.menu().addAction(action)

    def _entry_word(self, key: StrEnum | None) -> str:
        if isinstance(key, RowState):
            return words.state_word(key)
        if isinstance(key, Mode):
            return words.mode_word(key)
        if isinstance(key, Engine):
            return words.engine_word(key)
        return self.tr("Needs a look")

    def _make_sort_menu(self) -> None:
        menu = self._sort.menu()
        menu.setObjectName("sortMenu")
        group = QActionGroup(self)
        orders = {
            Order.ADDED: lambda: self.tr("As added"),
            Order.NAME: lambda: self.tr("By name"),
            Order.STATE: lambda: self.tr("By state"),
            Order.TIME: lambda: self.tr("By time taken, longest first"),
            Order.SUSPECTS: lambda: self.tr("What needs a look first"),
        }
        for order, text in orders.items():
            action = make_action(self, "", text, partial(self._model.sort_by, order))
            action.setObjectName(f"sort-{order.value}")
            action.setCheckable(True)
            action.setChecked(order is self._model.order)
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        again = make_action(self, "retry", lambda: self.tr("Sort again"), self._sort_again)
        again.setObjectName("sortAgainAction")
        menu.addAction(again)
        menu.aboutToShow.connect(lambda: again.setEnabled(self._model.order is not Order.ADDED))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        for each in (self._words, self._filter, self._sort):
            line.addWidget(each, 1 if each is self._words else 0)
        self._count.setObjectName("filterCountLabel")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setFont(small_font(self.font()))
        self._clear.setObjectName("clearFilterButton")
        self._clear.setAutoRaise(True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        say(self._clear.setText, lambda: self.tr("See all"))
        say(self._clear.setAccessibleName, lambda: self.tr("See all pages"))
        self._clear.clicked.connect(self.clear)
        rest = QHBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.addWidget(self._count, 1)
        rest.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 4, 4)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self._rest)

    def _choose(self) -> None:
        self._typing.stop()
        self.filter_chosen.emit(self.wanted)

    def _sort_again(self) -> None:
        self._model.sort_by(self._model.order)

    def _on_rows_changed(self, *_args: object) -> None:
        if not self._counting.isActive():
            self._counting.start()

    def _show_count(self) -> None:
        self._rest.setVisible(self._model.filter.active)
        shown, total = self._model.shown_count(), self._model.counts.total()
        number = QLocale().toString
        text = self.tr("{0} of {1} pages").format(number(shown), number(total))
        self._count.setText(text if shown else self.tr("No page is like this."))

    def _show_counts(self) -> None:
        """Say beside each entry how many pages it would leave."""
        counts: Counter[StrEnum | None] = Counter()
        counts.update({state: count for state, count in self._model.counts.items() if count})
        for row in self._model.pages():
            if row.job is not None:
                counts[row.job.mode] += 1
            if row.result is not None and row.result.engine is not None:
                counts[row.result.engine] += 1
            counts[None] += row.doubtful
        for key, action in self._entries.items():
            action.setText(f"{self._entry_word(key)}\t{QLocale().toString(counts[key])}")
            action.setVisible(bool(counts[key]) or action.isChecked())
