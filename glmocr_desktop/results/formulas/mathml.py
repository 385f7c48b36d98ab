"""MathJax's MathML made plain: what is in the standard, and nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from glmocr_desktop.results.formulas.alphabets import in_alphabet

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_ELEMENTS = [
    "math",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "mrow",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "mpadded",
    "mphantom",
    "menclose",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "none",
    "mtable",
    "mtr",
    "mtd",
]
_LENGTH = re.compile(r"[+-]?[\d.]+(em|ex|px|pt|pc|in|cm|mm|mu|%)?( ?(height|depth|width))?|0")
_LENGTHS = re.compile(r"(-?[\d.]+(em|ex|px|pt|pc|in|cm|mm|%)?( |$))+")
_WORDS = re.compile(r"[a-z0-9 -]+")
_COLOUR = re.compile(r"[A-Za-z]+|#[0-9A-Fa-f]{3,8}")
_LINES = {"mover": [(1, "\u203e")], "munder": [(1, "_")], "munderover": [(1, "_"), (2, "\u203e")]}
_FORMS = {"OPEN": "prefix", "CLOSE": "postfix"}
_ATTRIBUTES = {
    **dict.fromkeys(("display", "displaystyle", "scriptlevel", "mathvariant", "notation", "frame", "side"), _WORDS),
    **dict.fromkeys(("stretchy", "fence", "separator", "accent", "accentunder", "movablelimits", "largeop"), _WORDS),
    **dict.fromkeys(("symmetric", "form", "align", "columnalign", "rowalign", "columnlines", "rowlines"), _WORDS),
    **dict.fromkeys(("equalrows", "equalcolumns", "bevelled", "numalign", "denomalign"), _WORDS),
    **dict.fromkeys(("columnspan", "rowspan"), re.compile(r"\d{1,3}")),
    **dict.fromkeys(("width", "height", "depth", "lspace", "rspace", "voffset", "minsize", "maxsize"), _LENGTH),
    **dict.fromkeys(("linethickness", "mathsize"), _LENGTH),
    **dict.fromkeys(("columnspacing", "rowspacing"), _LENGTHS),
    **dict.fromkeys(("mathcolor", "mathbackground"), _COLOUR),
}


def plain(mathjax_mathml: str) -> str:
    """Clean up what MathJax wrote.

    Raises:
        ValueError: It is no MathML.
    """
    try:
        root = ET.fromstring(mathjax_mathml)
    except ET.ParseError as error:
        raise ValueError("not well formed") from error
    cleaned = _plain(root)
    cleaned.set("xmlns", _NAMESPACE)
    return ET.tostring(cleaned, encoding="unicode")


def _plain(element: ET.Element) -> ET.Element:
    name = element.tag.rpartition("}")[2]
    kept = ET.Element(name if name in _ELEMENTS else "mrow")
    for key, value in element.attrib.items():
        if key in _ATTRIBUTES and _ATTRIBUTES[key].fullmatch(value):
            kept.set(key, value)
    if form := _FORMS.get(element.get("data-mjx-texclass", "") if name == "mo" else ""):
        kept.set("form", form)
    if len(element) == 0:
        kept.text = element.text or None
        if kept.text and (letters := in_alphabet(kept.text, kept.get("mathvariant", ""))):
            kept.text = letters
            del kept.attrib["mathvariant"]
        return kept
    children = [_plain(child) for child in element]
    for line, side in _LINES.get(name, ()):
        if children[line].text == "\u2015":  # a dash, which no reader stretches
            children[line].text = side
    if kept.tag == "mrow" and not kept.attrib and len(children) == 1:
        return children[0]
    kept.extend(children)
    return kept
