"""The window: what stands where, and who hears whom."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.private import make_private_file
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import server_words, words
from glmocr_desktop.gui.actions import tint_actions
from glmocr_desktop.gui.alerts import Alerts
from glmocr_desktop.gui.appearance import appearance
from glmocr_desktop.gui.capture.capture import Capture
from glmocr_desktop.gui.closing import ClosingQuestion
from glmocr_desktop.gui.commands import Commands
from glmocr_desktop.gui.connection import Connection
from glmocr_desktop.gui.copying import Copying
from glmocr_desktop.gui.cutting import Cutting
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.document_view import DocumentView
from glmocr_desktop.gui.drop_target import DropTarget
from glmocr_desktop.gui.empty_view import EmptyView
from glmocr_desktop.gui.foreground import bring_to_front
from glmocr_desktop.gui.help.help_menu import Help
from glmocr_desktop.gui.history.history import History
from glmocr_desktop.gui.intake import Intake
from glmocr_desktop.gui.keeping import Keeping
from glmocr_desktop.gui.language import install_language, language
from glmocr_desktop.gui.metrics.dock import MetricsDock
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.outages import Outages
from glmocr_desktop.gui.outlook import Outlook
from glmocr_desktop.gui.output_commands import OutputCommands
from glmocr_desktop.gui.page.page_pane import PagePane
from glmocr_desktop.gui.places import Places
from glmocr_desktop.gui.preferences import Preferences
from glmocr_desktop.gui.queue_bar import QueueBar
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.gui.reading_choices import ReadingChoices
from glmocr_desktop.gui.result_pane import ResultPane
from glmocr_desktop.gui.rows import Opened, Row
from glmocr_desktop.gui.sharing import Sharing
from glmocr_desktop.gui.sifting import Sifting
from glmocr_desktop.gui.single_instance import Request
from glmocr_desktop.gui.status_bar import StatusBar
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.gui.text_size import TextSize
from glmocr_desktop.gui.theme import window_style
from glmocr_desktop.gui.thumbnails import Thumbnails
from glmocr_desktop.gui.tool_bar import ToolBar
from glmocr_desktop.gui.tool_bar_contents import fill_tool_bar
from glmocr_desktop.gui.unlocking import Unlocking
from glmocr_desktop.gui.watch import Watch
from glmocr_desktop.gui.welcome.first_start import FirstStart, is_first_start
from glmocr_desktop.jobs.engine import JobEngine

_LEAST_SIZE = QSize(900, 480)
_DOCUMENTS_PX = 330  # wide enough for a name and its state; more for larger letters
_DOCUMENTS_LETTERS = 42
FULL_SIZE = QSize(1366, 768)
"""How large the window is before anybody changes that, where the screen is large enough."""

_CLOSING_S = 2.0  # at most, for what runs and for what is still to be written
_KEEPING_S = 0.3  # of it in any case
_FRAME_PX = 40  # the window's title, which no system tells of before it is shown: the line at the bottom must be seen


class MainWindow(QMainWindow):
    """Documents at the left, the page in the middle, its result at the right.

    Args:
        engine: Runs the jobs; the window ends it when it closes.
        config_dir: Where the window keeps its place and sizes.
        data_dir: Where pasted images are kept.

    Signals:
        closed(): The window has ended everything and is gone.

    Thread: GUI.
    """

    closed = Signal()

    def __init__(self, engine: JobEngine, config_dir: Path, data_dir: Path) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("GLM-OCR Desktop")
        self.engine = engine
        appearance().use(engine.settings.theme, engine.settings.text_scale)
        self.tasks = Tasks(engine, self)
        self.model = DocumentModel(self)
        self.reading = Reading(engine, self.model, self)
        self.notices = NoticeBar(self)
        self._data_dir = data_dir
        pasted = data_dir / "pasted"
        self.keeping = Keeping(engine, self.tasks, self.model, self.reading, self.notices, pasted, self)
        self.intake = Intake(self.tasks, pasted, self.keeping, self)
        self._dressing = QTimer(self)
        self._dressing.setSingleShot(True)
        self._dressing.timeout.connect(self._on_dressed)
        self._kept = _kept_look(config_dir / "window.ini", self)
        self._closed = False
        self._build()
        self._wire()
        screen = self.screen().availableSize()
        self.resize(FULL_SIZE.boundedTo(QSize(screen.width(), screen.height() - _FRAME_PX)))
        documents_px = max(_DOCUMENTS_PX, _DOCUMENTS_LETTERS * self.fontMetrics().averageCharWidth())
        self.splitter.setSizes([documents_px, 560, 476])
        self._tint()
        self._on_language_changed()

    def _build(self) -> None:
        self.splitter = QSplitter(self)
        documents = QWidget(self.splitter)
        self.queue_bar = QueueBar(self.model, documents)
        self.view = DocumentView(self.model, Thumbnails(self.tasks, self), documents)
        left = QVBoxLayout(documents)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.queue_bar)
        left.addWidget(self.view, 1)
        self.page_pane = PagePane(self.tasks, lambda: self.engine.settings.max_image_pixels, self.splitter)
        copying = Copying(self, self.tasks, self.notices)
        self.result_pane = ResultPane(self.tasks, self.model, self.view, self.page_pane, copying, self.splitter)
        self.result_view = self.result_pane.view
        for pane in (documents, self.page_pane, self.result_pane):
            self.splitter.addWidget(pane)
        self.splitter.setHandleWidth(1)
        self.splitter.setCollapsible(self.splitter.indexOf(self.result_pane), False)  # what everybody is here for
        self.splitter.setStretchFactor(1, 5)
        self.splitter.setStretchFactor(2, 4)
        sharing = Sharing(self, self.tasks, self.notices)
        output = OutputCommands(self, self.model, self.view, self.result_pane, copying, sharing)
        self.commands = Commands(
            self, self.model, self.view, self.result_view, self.intake, self.reading, output, self.tasks
        )
        commands = self.commands
        self._empty = EmptyView([commands.add_files, commands.paste, commands.sample], self)
        self._cutting = Cutting(self.page_pane, self.model, self.view, self.reading, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.splitter)
        central = QWidget(self)
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.notices)
        self.setCentralWidget(central)
        self._status = StatusBar(self)
        self._places = Places(self.engine, self.tasks, self._status, self)
        self.setStatusBar(self._status)
        self._help = Help(self, self.engine, self.tasks, self.model, self.keeping, self.notices)
        self._tools = ToolBar(self)
        self.addToolBar(self._tools)
        fill_tool_bar(self._tools, self.commands, self._help)
        self.history = History(
            self,
            self.engine,
            self.tasks,
            self.model,
            self.reading,
            self.keeping,
            copying,
            sharing,
            self.notices,
            self._data_dir / "pasted",
            self._kept,
        )
        self.metrics = MetricsDock(self, self.engine, self.tasks, self.notices, self.commands.metrics)

    def _wire(self) -> None:
        engine = self.engine
        self._outages = Outages(engine, self.reading, self.notices, self)
        self._connection = Connection(self, engine, self.tasks, self.notices)
        self._alerts = Alerts(self, engine, self.reading)
        self._outages.all_gone.connect(self._alerts.tell_server_gone)
        self._watch = Watch(engine, self.notices, self.metrics.open, self)
        self._outages.sign_in_wanted.connect(self._connection.sign_in)
        self._outages.certificate_wanted.connect(self._connection.show_certificate)
        self._status.test_pressed.connect(self._connection.test)
        self._unlocking = Unlocking(self, self.tasks, self.intake, self.model)
        self._preferences = Preferences(self, engine, self.tasks, self.notices, self._connection)
        self._text_size = TextSize(self, engine, self._preferences)
        self.capture = Capture(self, engine, self.tasks, self.intake, self._kept)
        self.commands.capture.triggered.connect(self.capture.begin)
        self.commands.capture_again.triggered.connect(self.capture.repeat)
        self._drops = DropTarget(self, self.intake, self.reading)
        self.intake.opened.connect(self._on_opened)
        self.keeping.returned.connect(self._show_added)
        self.intake.opening_changed.connect(self._status.show_opening)
        self.intake.waiting_changed.connect(lambda: self.keeping.note_waiting(self.intake.waiting))
        self.keeping.unfinished.connect(self.intake.add_paths)
        self.intake.refused.connect(self.notices.show_refusal)
        self.tasks.failed.connect(self._on_task_failed)
        self._outlook = Outlook(engine, self.reading, self.model, self)
        self._outlook.changed.connect(self._status.show_progress)
        self._status.local_only_chosen.connect(self._preferences.set_local_only)
        self._sifting = Sifting(self.model, self.tasks, self)
        self.queue_bar.filter_chosen.connect(self._sifting.apply)
        self.queue_bar.left.connect(self.view.enter)
        self.commands.filter.triggered.connect(self.queue_bar.begin)
        self.view.current_changed.connect(self._on_current_changed)
        self.view.unlock_pressed.connect(self._unlocking.ask)
        self.result_view.unlock_pressed.connect(self._unlocking.ask)
        self._unlocking.unlocked.connect(self._on_unlocked)
        self.reading.read_alone.connect(self._on_read_alone)
        self.model.row_changed.connect(self._on_row_changed)
        self.model.rowsInserted.connect(self._show_or_hide)
        self.model.rowsRemoved.connect(self._show_or_hide)
        self.model.arranged.connect(self._show_or_hide)
        self.model.arranged.connect(self._on_arranged)
        self.model.many_changed.connect(self._on_many_changed)
        engine.health_changed.connect(self._show_health)
        language().changed.connect(self._on_language_changed)
        self._choices = ReadingChoices(self._tools, self.reading, self.commands.limiting, engine.settings, self)
        self.commands.why_slow.triggered.connect(self.metrics.explain)
        self.commands.settings.triggered.connect(self._preferences.ask)
        self.commands.history.triggered.connect(self.history.show)
        self.history.settings_wanted.connect(self._preferences.ask)
        self.history.opened.connect(self._show_added)
        engine.metrics_refused.connect(self._on_metrics_refused)
        self._preferences.applied.connect(self._on_settings_applied)
        self._show_health()

    def warn_of_missing_fonts(self) -> None:
        """Say so if Chinese could not be shown."""
        if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
            text = self.tr(
                "There is no font for Chinese on this computer, so Chinese characters show as boxes. "
                "Install one, for example: apt install fonts-wqy-microhei"
            )
            self.notices.show_notice(text, alarming=True)

    def welcome(self) -> None:
        """Ask where the server is, if nobody has said so yet."""
        if self.model.rowCount() or not is_first_start(self._kept):
            return
        first = FirstStart(self, self.engine, self.tasks, self._preferences, self.commands.sample, self._kept)
        self._stack.addWidget(first.view)
        self._stack.setCurrentWidget(first.view)
        first.ended.connect(first.view.deleteLater)
        first.ended.connect(first.deleteLater)
        first.ended.connect(self._show_or_hide)
        self.model.rowsInserted.connect(first.end)
        first.view.address.setFocus()
        first.look()

    def serve(self, request: Request) -> None:
        """Do what a later start of the program was asked for."""
        if request.activation:
            os.environ["XDG_ACTIVATION_TOKEN"] = request.activation  # Qt shows it to the desktop, once
        if request.files:
            self.intake.add_paths(request.files)
        if request.capture:
            self.capture.begin()
        else:
            bring_to_front(self)

    # What was added

    def _on_opened(self, opened: list[Opened]) -> None:
        rows = self.model.append(opened)
        self.reading.go_on(rows)
        self._show_added(rows)
        self.notices.dismiss_refusal()

    def _show_added(self, rows: list[Row]) -> None:
        self.view.unfold(rows)
        # What was added alone, say by pasting it, is what a person wants to see.
        if len(rows) == 1 or not self.view.selected_rows():
            self._show_first(rows[0])

    def _on_unlocked(self, rows: list[Row]) -> None:
        self.reading.go_on(rows)
        for row in rows[:1]:
            self.view.expand(self.model.index_of(row.parent or row))
            self._show_first(row)

    def _show_first(self, row: Row) -> None:
        self.view.show_row(next(row.pages()))

    def _show_or_hide(self, *_args: object) -> None:
        shown = 1 if self.model.documents() else 0
        if shown != self._stack.currentIndex():
            self._stack.setCurrentIndex(shown)
            if shown:
                self.view.setFocus()  # not the words to look for: what is pasted now is an image

    # What is looked at

    def _on_arranged(self) -> None:
        """The page that is looked at is selected again when it is seen again."""
        row = self.result_view.row
        if row is not None and self.model.index_of(row).isValid() and not self.view.selectionModel().hasSelection():
            self.view.show_row(row)

    def _on_current_changed(self, row: Row | None) -> None:
        self.page_pane.show_page(row.first_page if row else None)
        self.result_view.show_row(row)
        self.metrics.show_row(row)

    def _on_row_changed(self, row: Row) -> None:
        if row is self.result_view.row:
            self.result_view.show_row(row)
            self.metrics.show_row(row)

    def _on_many_changed(self) -> None:
        if (row := self.result_view.row) is not None:
            self._on_row_changed(row)

    def _on_read_alone(self, row: Row) -> None:
        if self.engine.settings.copy_automatically:
            self.commands.output.copy_row(row)

    # How it goes

    def _show_health(self, *_args: object) -> None:
        settings, health, healths = self.engine.settings, self.engine.health, self.engine.healths
        self._status.show_health(settings, health, healths)
        self._places.show()
        self._empty.show_where(server_words.engine_words(settings, health, healths))

    def _on_settings_applied(self, before: Settings, now: Settings) -> None:
        if now.language is not before.language:
            install_language(now.language)
        self._choices.follow(before, now)
        self.keeping.follow(before, now)
        self.history.follow(before, now)
        self._shrink_no_further()
        appearance().use(now.theme, now.text_scale)
        self._show_health()

    def _on_language_changed(self) -> None:
        self._shrink_no_further()
        self._show_health()

    def _on_task_failed(self, error: Exception) -> None:
        text = self.tr("Something went wrong inside the program ({0}). The log has the details.")
        self.notices.show_notice(text.format(type(error).__name__), alarming=True)

    def _on_metrics_refused(self, failure: Failure) -> None:
        self.notices.show_notice(words.failure_words(failure), alarming=True)

    # Sizes, colours and the end

    def changeEvent(self, event: QEvent) -> None:
        """Colours and the size of words may change while the program runs."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dressing.start()  # what is inside the window hears of it a little later

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks first when pages are being read."""
        if self._closed:
            event.accept()
            return
        event.ignore()
        if not (self.reading.active or self.intake.waiting):
            self._end()
        elif self.findChild(ClosingQuestion) is None:
            ClosingQuestion(self, self.reading, self.intake, self.keeping, self.quit_now).open()

    def quit_now(self) -> None:
        """End everything that runs, and close."""
        if not self._closed:
            self._end()

    def _end(self) -> None:
        self._closed = True
        self.result_view.commit()
        self._kept.setValue("geometry", self.saveGeometry())
        self._kept.setValue("splitter", self.splitter.saveState())
        self._kept.setValue("docks", self.saveState())
        self.page_pane.keep(self._kept)
        self._kept.sync()
        self.hide()
        self.capture.close()
        self.page_pane.close_page()
        self.tasks.cancel_all()
        closed_by = time.monotonic() + _CLOSING_S
        self.keeping.leave()
        self.engine.shutdown(_CLOSING_S)
        self.keeping.close(max(_KEEPING_S, closed_by - time.monotonic()))
        self.close()
        self.closed.emit()

    def restore(self) -> None:
        """Stand where it stood before."""
        geometry, splitter, docks = (self._kept.value(name) for name in ("geometry", "splitter", "docks"))
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(splitter, QByteArray):
            self.splitter.restoreState(splitter)
        if isinstance(docks, QByteArray):
            self.restoreState(docks)
        self.page_pane.restore(self._kept)

    def _on_dressed(self) -> None:
        self._tint()
        self._shrink_no_further()

    def _shrink_no_further(self) -> None:
        """Every button can be reached, on every screen that is wide enough."""
        wanted = max(_LEAST_SIZE.width(), self._tools.least_width, self.splitter.minimumSizeHint().width())
        self.setMinimumSize(min(wanted, self.screen().availableSize().width()), _LEAST_SIZE.height())

    def _tint(self) -> None:
        style = window_style(QGuiApplication.palette())
        if style != self.styleSheet():  # it costs a new look at every widget
            self.setStyleSheet(style)
        tint_actions(self)
        tinted = (
            self.notices,
            self._empty,
            self.queue_bar,
            self.page_pane,
            self.result_view,
            self.result_pane.find_bar,
        )
        for each in tinted:
            each.tint()
        self._show_health()


def _kept_look(path: Path, parent: QWidget) -> QSettings:
    """How the window looked; Qt keeps the rights of a file that is there, and would give a new one to everybody."""
    with suppress(OSError):  # nowhere to keep it
        make_private_file(path)
    return QSettings(str(path), QSettings.Format.IniFormat, parent)
