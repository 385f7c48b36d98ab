"""What a format is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from glmocr_desktop.core.model import Block, Result


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write results to a file.

    Attributes:
        name: What it is called on the command line.
        suffix: Of its files, with the dot.
        title: What the user reads.
        render: The content of a file that holds these pages in this order.
        table: The content of a file that holds one table and nothing else; None when tables get no files of their own.
    """

    name: str
    suffix: str
    title: str
    render: Callable[[Sequence[Result]], bytes]
    table: Callable[[Block], bytes] | None = None
