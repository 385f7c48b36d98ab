"""What a format is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from glmocr_desktop.core.model import Result


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write results to a file.

    Attributes:
        name: What it is called on the command line.
        suffix: Of its files, with the dot.
        title: What the user reads.
        render: The content of a file that holds these pages in this order.
    """

    name: str
    suffix: str
    title: str
    render: Callable[[Sequence[Result]], bytes]
