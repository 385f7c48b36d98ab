"""The bricks of Office MathML."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from glmocr_desktop.results.formulas import omml_characters as characters

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONT = "Cambria Math"
_SCRIPTS = {  # mathvariant: script, style
    "normal": ("", "p"),
    "bold": ("", "b"),
    "italic": ("", "i"),
    "bold-italic": ("", "bi"),
    "sans-serif": ("sans-serif", "p"),
    "bold-sans-serif": ("sans-serif", "b"),
    "sans-serif-italic": ("sans-serif", "i"),
    "sans-serif-bold-italic": ("sans-serif", "bi"),
    "monospace": ("monospace", "p"),
}
_INVISIBLE = dict.fromkeys(range(0x2061, 0x2065))


def part(name: str, properties: ET.Element | None, *places: tuple[str, list[ET.Element]]) -> ET.Element:
    """An element of several places, such as the numerator and denominator of a fraction."""
    element = ET.Element(f"m:{name}")
    if properties is not None:
        element.append(properties)
    for place, content in places:
        ET.SubElement(element, f"m:{place}").extend(content)
    return element


def property_of(name: str, *values: tuple[str, str]) -> ET.Element:
    """The properties of an element, in the order that the standard wants."""
    properties = ET.Element(f"m:{name}Pr")
    for key, value in values:
        ET.SubElement(properties, f"m:{key}", {"m:val": value})
    return properties


def run(text: str, kind: str, variant: str, colour: str) -> list[ET.Element]:
    """Characters in one style; none for what is only there for computers.

    Args:
        text: The characters.
        kind: The MathML element that they come from.
        variant: Its mathvariant.
        colour: As rrggbb, or "".
    """
    text = text.translate(_INVISIBLE)
    if not text:
        return []
    if kind in ("mi", "mo") and text in characters.WORDS:
        kind = "mtext"
    if kind == "mo" and text == "|":
        text = "∣"
    written = ET.Element("m:r")
    style = _style(text, kind, variant)
    if style:
        properties = ET.SubElement(written, "m:rPr")
        for key, value in style:
            ET.SubElement(properties, f"m:{key}", {"m:val": value})
    shape = ET.SubElement(written, "w:rPr")
    if kind != "mtext" or text.isascii():
        ET.SubElement(shape, "w:rFonts", {"w:ascii": _FONT, "w:hAnsi": _FONT})
    if colour:
        ET.SubElement(shape, "w:color", {"w:val": colour})
    if len(shape) == 0:
        written.remove(shape)
    ET.SubElement(written, "m:t", {"xml:space": "preserve"}).text = text
    return [written]


def nothing() -> list[ET.Element]:
    """A hair's breadth: where there is nothing at all, Word draws a dotted box and LibreOffice a question mark."""
    return run("\u200a", "mtext", "", "")


def _style(text: str, kind: str, variant: str) -> list[tuple[str, str]]:
    upright_letter = variant == "normal" and text.isascii() and text.isalpha()
    words = kind == "mtext" or upright_letter or (kind != "mn" and characters.is_word(text))
    if words and variant in ("", "normal"):
        return [("nor", "1")]
    script, style = _SCRIPTS.get(variant, ("", ""))
    return [each for each in (("scr", script), ("sty", style)) if each[1]]


def matrix(
    rows: Sequence[Sequence[list[ET.Element]]], alignments: Sequence[str], lines: Sequence[str], *, tight: bool
) -> ET.Element:
    """Cells in rows and columns.

    Args:
        rows: Of cells, each a row of elements.
        alignments: Of each column; the last one holds for the columns after it.
        lines: "none", or what kind of line follows each column but the last.
        tight: Without gaps between the columns.
    """
    count = max((len(row) for row in rows), default=0)
    bars = [column for column in range(count - 1) if lines[min(column, len(lines) - 1)] != "none"]
    columns = ET.Element("m:mcs")
    for column in range(count):
        _column(columns, alignments[min(column, len(alignments) - 1)])
        if column in bars:
            _column(columns, "center")
    properties = ET.Element("m:mPr")
    ET.SubElement(properties, "m:plcHide", {"m:val": "1"})
    if tight:
        ET.SubElement(properties, "m:cGpRule", {"m:val": "3"})
        ET.SubElement(properties, "m:cGp", {"m:val": "0"})
    properties.append(columns)
    written = ET.Element("m:m")
    written.append(properties)
    for row in rows:
        line = ET.SubElement(written, "m:mr")
        for column in range(count):
            cell = row[column] if column < len(row) else []
            ET.SubElement(line, "m:e").extend(cell or nothing())
            if column in bars:
                ET.SubElement(line, "m:e").extend(run("|", "mtext", "", ""))
    return written


def _column(columns: ET.Element, alignment: str) -> None:
    properties = ET.SubElement(ET.SubElement(columns, "m:mc"), "m:mcPr")
    ET.SubElement(properties, "m:count", {"m:val": "1"})
    ET.SubElement(properties, "m:mcJc", {"m:val": alignment if alignment in ("left", "right") else "center"})
