"""What one rung of the ladder asks a server for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from glmocr_desktop.core.model import Limits, Mode


@dataclass(frozen=True)
class Request:
    """One page as a server gets it.

    Attributes:
        png: The image.
        pixels: Width × height of it.
        mode: Picks the choice where the server offers some.
        prompt: Sent where the server takes a free prompt.
        limits: Of connecting, sending, waiting and silence.
        reading_s: How long the server may read without progress.
        own_prompt: Whether the prompt is a user's own, so that no choice can stand for it.
    """

    png: bytes = field(repr=False)
    pixels: int
    mode: Mode
    prompt: str
    limits: Limits
    reading_s: float
    own_prompt: bool = False

    @cached_property
    def digest(self) -> str:
        """Names the image by its content."""
        return hashlib.sha256(self.png).hexdigest()
