"""What stands in a text document, as runs: the way back from what is shown to what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock

from glmocr_desktop.core.model import Run, Style
from glmocr_desktop.gui.rendered.formula_object import LATEX
from glmocr_desktop.gui.rendered.run_writer import STYLE


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run, and where it stands in the document."""

    run: Run
    begin: int
    end: int


def stretches(block: QTextBlock, begin: int = 0, end: int | None = None) -> Iterator[Stretch]:
    """The runs of a paragraph.

    Args:
        block: The paragraph.
        begin: What stands before this place in the document is left out; of a formula nothing is cut off.
        end: What stands behind this place is left out.
    """
    # Qt's iterators over fragments are not iterable in Python.
    places = block.begin()
    while not places.atEnd():
        fragment = places.fragment()
        first, last = fragment.position(), fragment.position() + fragment.length()
        places += 1
        low, high = max(first, begin), last if end is None else min(last, end)
        if low >= high:
            continue
        words = fragment.charFormat()
        if words.hasProperty(LATEX):
            latex = Run(str(words.property(LATEX)), Style.FORMULA)
            if fragment.text() != "\ufffc" * fragment.length():
                yield Stretch(latex, first, last)
            else:  # equal formulas beside each other are one fragment of several characters
                yield from (Stretch(latex, at, at + 1) for at in range(low, high))
            continue
        style = Style(words.intProperty(STYLE)) if words.hasProperty(STYLE) else Style.PLAIN
        units = fragment.text().encode("utf-16-le", "surrogatepass")  # Qt counts in UTF-16
        text = units[2 * (low - first) : 2 * (high - first)].decode("utf-16-le", "replace")
        yield Stretch(Run(text.replace("\u2028", "\n"), style), low, high)
