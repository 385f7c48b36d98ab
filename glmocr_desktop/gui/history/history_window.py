"""The window of what was read before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.gui.actions import add_action
from glmocr_desktop.gui.history.asking import Asking
from glmocr_desktop.gui.history.found_delegate import FoundDelegate
from glmocr_desktop.gui.history.found_model import FoundModel
from glmocr_desktop.gui.history.found_words import amount_words
from glmocr_desktop.gui.history.preview import Preview
from glmocr_desktop.gui.language import on_language, say
from glmocr_desktop.gui.message_view import MessageView
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.gui.theme import muted_colour
from glmocr_desktop.jobs.kept import Found
from glmocr_desktop.jobs.store import Store

_SIZE = (1080, 680)
_LIST_PX = 430


class HistoryWindow(QDialog):
    """Lines that were found at the left, the page and its result at the right.

    Args:
        tasks: Looks things up in the background.
        store: Where things are kept, when that is open.
        kept: Remembers the window's place and sizes.
        on_disk: Whether a history is kept at all.
        window: In front of which it stands.

    Signals:
        open_wanted(list[Found]): Pages are to be on the desk again.
        copy_wanted(list[Found]): Their results are to be copied.
        export_wanted(list[Found]): They are to become files.
        delete_wanted(list[Found]): They are to be deleted.
        delete_all_wanted(): Everything that is not on the desk is to be deleted.
        settings_wanted(): The settings of the history are wanted.
        erase_wanted(): What was kept before nothing was kept any more is to be deleted.

    Thread: GUI.
    """

    open_wanted = Signal(object)
    copy_wanted = Signal(object)
    export_wanted = Signal(object)
    delete_wanted = Signal(object)
    delete_all_wanted = Signal()
    settings_wanted = Signal()
    erase_wanted = Signal()

    def __init__(
        self,
        tasks: Tasks,
        store: Callable[[], Store | None],
        kept: QSettings,
        on_disk: Callable[[], bool],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.setObjectName("historyWindow")
        self._tasks = tasks
        self._store = store
        self._kept = kept
        self._on_disk = on_disk
        self.model = FoundModel(tasks, store, self)
        self.asking = Asking(self)
        self.list = QListView(self)
        self._message = MessageView(self)
        self._settings = self._message.add_button(lambda: self.tr("Settings…"))
        self._settings.clicked.connect(self.settings_wanted)
        self._erase = self._message.add_button(lambda: self.tr("Delete what was kept earlier…"))
        self._erase.setObjectName("historyErase")
        self._erase.clicked.connect(self.erase_wanted)
        self._lines = QStackedWidget(self)
        self._amount = QLabel(self)
        self.preview = Preview(tasks, store, self)
        self._splitter = QSplitter(self)
        self._choosing = QTimer(self)
        self._choosing.setSingleShot(True)
        self._choosing.timeout.connect(self._on_chosen)
        self._set_up_list()
        self._lay_out()
        self._make_actions()
        self.asking.asked.connect(self.model.ask)
        self.model.settled.connect(self._on_settled)
        on_language(self, self._say_words)

    def look(self) -> None:
        """Look anew: something was read or deleted meanwhile."""
        self.model.ask(self.asking.question())

    def chosen(self) -> list[Found]:
        """The lines that are selected."""
        indexes = sorted(self.list.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [line for index in indexes if (line := self.model.line(index)) is not None]

    def restore(self) -> None:
        """Stand where it stood before."""
        self.resize(*_SIZE)
        self._splitter.setSizes([_LIST_PX, _SIZE[0] - _LIST_PX])
        geometry, splitter = self._kept.value("history"), self._kept.value("history_splitter")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(splitter, QByteArray):
            self._splitter.restoreState(splitter)

    def done(self, result: int) -> None:
        """Remember the place and the sizes."""
        self._remember()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place and the sizes."""
        self._remember()
        super().closeEvent(event)

    def _remember(self) -> None:
        self._kept.setValue("history", self.saveGeometry())
        self._kept.setValue("history_splitter", self._splitter.saveState())

    def _set_up_list(self) -> None:
        self.list.setObjectName("historyList")
        self.list.setModel(self.model)
        self.list.setItemDelegate(FoundDelegate(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().selectionChanged.connect(lambda *_args: self._choosing.start())
        self.list.activated.connect(lambda _index: self._tell(self.open_wanted))

    def _lay_out(self) -> None:
        self._lines.addWidget(self.list)
        self._lines.addWidget(self._message)
        self._splitter.addWidget(self._lines)
        self._splitter.addWidget(self.preview)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 8, 8)
        foot.setSpacing(8)
        self._amount.setTextFormat(Qt.TextFormat.PlainText)
        foot.addWidget(self._amount, 1)
        self._delete_all = self._button("historyDeleteAll", lambda: self.tr("Delete all…"), self.delete_all_wanted.emit)
        foot.addWidget(self._delete_all)
        self._buttons: list[QPushButton] = []
        for name, words, signal in (
            ("historyDelete", lambda: self.tr("Delete…"), self.delete_wanted),
            ("historyExport", lambda: self.tr("Export…"), self.export_wanted),
            ("historyCopy", lambda: self.tr("Copy"), self.copy_wanted),
            ("historyOpen", lambda: self.tr("Open"), self.open_wanted),
        ):
            button = self._button(name, words, partial(self._tell, signal))
            foot.addWidget(button)
            self._buttons.append(button)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 0)
        head.addWidget(self.asking)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._splitter, 1)
        layout.addLayout(foot)
        self._on_chosen()

    def _button(self, name: str, words: Callable[[], str], slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        say(button.setText, words)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _make_actions(self) -> None:
        keys = QKeySequence.StandardKey
        for text, signal, key in (
            (lambda: self.tr("Delete…"), self.delete_wanted, QKeySequence(keys.Delete)),
            (lambda: self.tr("Copy"), self.copy_wanted, QKeySequence(keys.Copy)),
        ):
            action = add_action(self.list, self, "", text, partial(self._tell, signal), key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        add_action(self, self, "", lambda: self.tr("Search"), self._search, QKeySequence(keys.Find))

    def _search(self) -> None:
        self.asking.words.setFocus()
        self.asking.words.selectAll()

    def _say_words(self) -> None:
        self.setWindowTitle(self.tr("History"))
        self.list.setAccessibleName(self.tr("Pages that were read before"))
        self._show_message()
        self._tasks.start(self._measure())

    def _tell(self, signal: SignalInstance) -> None:
        if lines := self.chosen():
            signal.emit(lines)

    def _on_chosen(self) -> None:
        lines = self.chosen()
        for button in self._buttons:
            button.setEnabled(bool(lines))
        self.preview.show_line(lines[0] if len(lines) == 1 else None)

    def _on_settled(self) -> None:
        self._show_message()
        if self.model.total:
            self.list.setCurrentIndex(self.model.index(0))
        self._on_chosen()
        self._tasks.start(self._measure())

    async def _measure(self) -> None:
        """Say how much there is."""
        store = self._store()
        size_bytes = await self._tasks.background(store.size_bytes) if store is not None and self._on_disk() else None
        self._amount.setText(amount_words(self.model.total, size_bytes))
        self._delete_all.setEnabled(bool(self.model.total))

    def _show_message(self) -> None:
        """What stands in the place of lines while there are none."""
        self._lines.setCurrentWidget(self.list if self.model.total else self._message)
        for button in (self._settings, self._erase):
            button.setVisible(False)
        colour = muted_colour(self.palette())
        if self.asking.narrow:
            title, text = self.tr("Nothing found"), self.tr("No page has these words, or what else was chosen.")
        elif self._on_disk():
            title, text = self.tr("Nothing yet"), self.tr("What you read is kept here until you delete it.")
        else:
            title = self.tr("No history is kept")
            text = self.tr("What you read is gone when the program ends. The settings can change that.")
            for button in (self._settings, self._erase):
                button.setVisible(True)
        self._message.show_message("documents", colour, title, text)
        self._message.setBackgroundRole(QPalette.ColorRole.Base)
