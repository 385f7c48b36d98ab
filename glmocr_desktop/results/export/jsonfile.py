"""JSON: a list of the same objects that the command line prints."""

from __future__ import annotations

from collections.abc import Sequence

from glmocr_desktop.core.model import Result
from glmocr_desktop.results.contract import json_text, page_object
from glmocr_desktop.results.export.format import Format


def _render(results: Sequence[Result]) -> bytes:
    return (json_text([page_object(each) for each in results], indent=2) + "\n").encode()


FORMAT = Format("json", ".json", "JSON", _render)
