"""The real program with its real window, which prints each result as a line of JSON: ``python window.py [FILE…]``."""

from __future__ import annotations

import json
import sys

from glmocr_desktop.__main__ import main
from glmocr_desktop.core.model import Result
from glmocr_desktop.gui import main_window
from glmocr_desktop.results.contract import page_object


class _TellingWindow(main_window.MainWindow):
    def show(self) -> None:
        self.engine.job_ended.connect(self._on_job_ended)
        self.move(600, 60)
        super().show()

    def _on_job_ended(self, _job_id: str, result: Result) -> None:
        print(json.dumps(page_object(result)), flush=True)


if __name__ == "__main__":
    main_window.MainWindow = _TellingWindow  # type: ignore[misc]
    sys.exit(main())
