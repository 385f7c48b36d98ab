"""A part of a page that shall be read by itself."""

from __future__ import annotations

from dataclasses import dataclass

from glmocr_desktop.core.model import Mode, Region


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page, and what it is read as."""

    region: Region
    mode: Mode
