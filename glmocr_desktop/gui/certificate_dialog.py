"""Shows the certificate of a server that nobody vouches for, and asks whether it is the right one."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from glmocr_desktop.gui.theme import fixed_font
from glmocr_desktop.recognition.network.access import Certificate

_WIDTH_PX = 520
_PAIRS_A_LINE = 8


class CertificateDialog(QDialog):
    """Accepted when the certificate shall be trusted; to leave it is what Enter and Esc do.

    Args:
        server: Who shows it.
        certificate: What it shows.
        why: Why it is not trusted, in words.

    Thread: GUI.
    """

    def __init__(self, server: str, certificate: Certificate, why: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("certificateDialog")
        self.setWindowTitle(self.tr("Certificate"))
        self.setMinimumWidth(_WIDTH_PX)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.addRow(self.tr("Server"), self._label(server))
        form.addRow(self.tr("Made out to"), self._label(certificate.subject or self.tr("nobody")))
        until = QLocale().toString(QDate(*certificate.valid_until.timetuple()[:3]), QLocale.FormatType.LongFormat)
        form.addRow(self.tr("Valid until"), self._label(until))
        fingerprint = self._label(_in_lines(certificate.fingerprint))
        fingerprint.setObjectName("fingerprintLabel")
        fingerprint.setFont(fixed_font())
        form.addRow(self.tr("SHA-256"), fingerprint)
        advice = self.tr(
            "Compare the fingerprint with the one that the server's owner tells you. If it is another one, "
            "somebody else may be reading your pages."
        )
        buttons = QDialogButtonBox(self)
        trust = buttons.addButton(
            self.tr("Trust this certificate for this server only"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        trust.setObjectName("trustButton")
        trust.setAutoDefault(False)
        leave = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._label(why))
        layout.addLayout(form)
        layout.addWidget(self._label(advice))
        layout.addWidget(buttons)
        leave.setFocus()

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


def _in_lines(fingerprint: str) -> str:
    pairs = fingerprint.split(":")
    starts = range(0, len(pairs), _PAIRS_A_LINE)
    return "\n".join(" ".join(pairs[start : start + _PAIRS_A_LINE]) for start in starts)
