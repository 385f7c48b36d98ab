"""Asks how results are spread over files, and where these go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import BlockKind, Failure, Result
from glmocr_desktop.gui import words
from glmocr_desktop.gui.setting_editors import make_hint
from glmocr_desktop.results.export import FORMATS, Format, Layout
from glmocr_desktop.results.export.naming import FIELDS

_WIDTH_PX = 480


@dataclass(frozen=True, slots=True)
class Choice:
    """An export as it was chosen.

    Attributes:
        folder: Absolute; empty when none was chosen yet.
    """

    format: Format
    layout: Layout
    folder: str


class ExportDialog(QDialog):
    """Asks for a format, for what goes into which file, for names and a folder.

    Args:
        results: What would be exported.
        before: What to begin with.

    Signals:
        chosen(Choice): It was all entered.
        folder_wanted(): The person wants to look for a folder; `set_folder` takes it.

    Thread: GUI.
    """

    chosen = Signal(object)
    folder_wanted = Signal()

    def __init__(self, results: Sequence[Result], before: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(_WIDTH_PX)
        self._results = results
        self._documents = len({each.job.page.document.id for each in results})
        self._has_table = any(block.kind is BlockKind.TABLE for each in results for block in each.blocks)
        formats = [(words.format_words(each), each.name) for each in FORMATS.values()]
        self._format = self._combo("exportFormatCombo", self.tr("Format"), formats, before.format.name)
        spread = [(self.tr("One for each document"), False), (self.tr("One for all documents"), True)]
        self._combined = self._combo("exportFilesCombo", self.tr("Files"), spread, before.layout.combined)
        places = [(self.tr("In one file with the text"), False), (self.tr("Each in a file of its own"), True)]
        self._tables = self._combo("exportTablesCombo", self.tr("Tables"), places, before.layout.separate_tables)
        self._name = self._edit("exportNameEdit", self.tr("Names"), before.layout.name)
        self._folder = self._edit("exportFolderEdit", self.tr("Folder"), before.folder)
        self._example = QLabel(self)
        self._example.setObjectName("exportExample")
        self._example.setTextFormat(Qt.TextFormat.PlainText)
        self._example.setWordWrap(True)
        self._lay_out()
        self._check()

    def set_folder(self, folder: str) -> None:
        """Enter a folder."""
        self._folder.setText(folder)

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("Choose…"), self)
        browse.setObjectName("exportFolderButton")
        browse.setAccessibleName(self.tr("Choose a folder"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self.folder_wanted)
        folder = QHBoxLayout()
        folder.addWidget(self._folder, 1)
        folder.addWidget(browse)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._form.addRow(self.tr("Format"), self._format)
        self._form.addRow(self.tr("Files"), self._combined)
        self._form.addRow(self.tr("Tables"), self._tables)
        self._form.addRow(self.tr("Names"), self._name)
        self._form.addRow("", make_hint(self.tr("Made of words and {0}").format(" ".join(FIELDS)), self))
        self._form.addRow(self.tr("Folder"), folder)
        kept = self.tr("Files that are there already are kept: a new name is found beside them.")
        buttons = QDialogButtonBox(self)
        self._export = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setObjectName("exportAcceptButton")
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        scope = QLabel(self._scope_words(), self)
        scope.setObjectName("exportScope")
        scope.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(scope)
        layout.addLayout(self._form)
        layout.addWidget(self._example)
        layout.addWidget(make_hint(kept, self))
        layout.addStretch()
        layout.addWidget(buttons)

    def _combo(self, name: str, title: str, choices: Sequence[tuple[str, object]], chosen: object) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(title)
        for text, value in choices:
            combo.addItem(text, value)
        combo.setCurrentIndex(combo.findData(chosen))
        combo.currentIndexChanged.connect(self._check)
        return combo

    def _edit(self, name: str, title: str, text: str) -> QLineEdit:
        edit = QLineEdit(text, self)
        edit.setObjectName(name)
        edit.setAccessibleName(title)
        edit.textChanged.connect(self._check)
        return edit

    def _scope_words(self) -> str:
        pages = len(self._results)
        if pages == 1:
            return self.tr("1 page")
        if self._documents == 1:
            return self.tr("{0} pages of 1 document").format(pages)
        return self.tr("{0} pages of {1} documents").format(pages, self._documents)

    def _entered(self) -> Choice:
        """What is entered now.

        Raises:
            ExportError: It does not go together.
        """
        chosen = FORMATS[self._format.currentData()]
        layout = Layout(
            combined=self._documents > 1 and self._combined.currentData(),
            separate_tables=chosen.table is not None and self._tables.currentData(),
            name=self._name.text(),
        )
        return Choice(chosen, layout, self._folder.text())

    def _check(self) -> None:
        """Show what the choices so far lead to."""
        has_tables = FORMATS[self._format.currentData()].table is not None
        self._form.setRowVisible(self._tables, has_tables)
        self._form.setRowVisible(self._combined, self._documents > 1)
        try:
            entered = self._entered()
            stem, _ = next(entered.layout.files(self._results))
        except ExportError as error:
            self._example.setText(words.failure_words(Failure.of(error)))
            self._export.setEnabled(False)
            return
        added = " table 1" if entered.layout.separate_tables and self._has_table else ""
        self._example.setText(self.tr("For example: {0}").format(f"{stem}{added}{entered.format.suffix}"))
        self._export.setEnabled(Path(entered.folder).is_absolute())

    def _on_accepted(self) -> None:
        self.chosen.emit(self._entered())
        self.accept()
