"""What a hostile file is, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass, field

REFUSED = frozenset(
    {
        *("damaged", "empty_file", "unknown_format", "too_large", "too_long", "no_pages", "page_range", "protected"),
        *("out_of_memory", "decoder_crashed", "decoding_slow"),
    }
)
"""The kinds of errors that say that there is no page to read; any of them will do where a file is simply broken."""


@dataclass(frozen=True)
class Hostile:
    """A file and how it may end.

    Attributes:
        name: Of the file.
        content: Its bytes.
        ends: Kinds of errors that are right; an empty one stands for a result.
    """

    name: str
    content: bytes = field(repr=False)
    ends: frozenset[str]
