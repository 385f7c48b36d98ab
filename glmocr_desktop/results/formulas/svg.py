"""MathJax's SVG made plain: what every reader of SVG Tiny 1.2 draws, and nothing that could do more than draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

INK = "#010102"  # stands for the colour of the text around the formula; no one writes this one by hand
_NAMESPACE = "http://www.w3.org/2000/svg"
_PX_PER_EX = 8  # 1 ex of a text of 16 px
_UNITS_PER_EX = 442.0  # MathJax's units: 1000 to an em

_SHAPES = {"g", "path", "rect", "line", "polygon", "ellipse", "text"}
_COLOURS = {"fill", "stroke"}
_PLAIN = {  # attributes and what their values may look like
    **dict.fromkeys(("d",), re.compile(r"[MLHVQTCSAZmlhvqtcsaz\d\s,.eE-]+")),
    **dict.fromkeys(("points", "transform"), re.compile(r"[\w\s,.()-]*")),
    **dict.fromkeys(
        ("x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "rx", "ry", "stroke-width"),
        re.compile(r"-?[\d.]+(e-?\d+)?"),
    ),
    **dict.fromkeys(("stroke-dasharray",), re.compile(r"[\d., ]+")),
    **dict.fromkeys(
        ("font-size", "font-family", "font-style", "font-weight", "stroke-linecap", "stroke-linejoin"),
        re.compile(r"[\w., -]+"),
    ),
}
_COLOUR = re.compile(r"[A-Za-z]+|#[0-9A-Fa-f]{3,8}|rgba?\([\d.,% ]+\)")
_RULE_WIDTH = "70"
_DASHES = {"mjx-dashed": "140 100", "mjx-dotted": "70 70"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as a picture.

    Attributes:
        svg: With `INK` where the colour of the text belongs.
        width_ex: In ex of the text around it, as the others.
        height_ex: Above the baseline.
        depth_ex: Below the baseline.
        empty: Whether there is nothing to see.
    """

    svg: str
    width_ex: float
    height_ex: float
    depth_ex: float
    empty: bool


def plain(mathjax_svg: str) -> Drawing:
    """Clean up what MathJax drew.

    Raises:
        ValueError: It is no SVG of MathJax.
    """
    try:
        root = ET.fromstring(mathjax_svg)
    except ET.ParseError as error:
        raise ValueError("not well formed") from error
    left, top, width, height = (float(number) for number in root.get("viewBox", "").split())
    drawn = ET.Element("svg", {"xmlns": _NAMESPACE})
    drawn.set("width", f"{width / _UNITS_PER_EX * _PX_PER_EX:.2f}")
    drawn.set("height", f"{height / _UNITS_PER_EX * _PX_PER_EX:.2f}")
    drawn.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    drawn.extend(_plain(child) for child in root)
    _without_empty(drawn)
    return Drawing(
        ET.tostring(drawn, encoding="unicode"),
        width / _UNITS_PER_EX,
        -top / _UNITS_PER_EX,
        (height + top) / _UNITS_PER_EX,
        empty=not any(True for shape in drawn.iter() if shape.tag not in ("svg", "g")),
    )


def _plain(element: ET.Element) -> ET.Element:
    name = element.tag.rpartition("}")[2]
    if name == "svg":
        return _unnested(element)
    kept = ET.Element(name if name in _SHAPES else "g")
    attributes = {**element.attrib, **_from_style(element.get("style", ""))}
    if "data-line" in attributes or "data-frame" in attributes:
        attributes |= _rule(attributes)
    for key, value in attributes.items():
        if (safe := _safe(key, value)) is not None:
            kept.set(key, safe)
    if name == "text":
        kept.text = element.text
    kept.extend(_plain(child) for child in element)
    return kept


def _safe(name: str, value: str) -> str | None:
    """The value of an attribute, if it may stay."""
    value = value.strip()
    if name in _COLOURS:
        if value.lower() in ("currentcolor", "black"):  # black is meant as the colour of ink
            return INK
        return value if _COLOUR.fullmatch(value) else None
    if name == "font-size":
        value = value.removesuffix("px")
    return value if name in _PLAIN and _PLAIN[name].fullmatch(value) else None


def _from_style(style: str) -> dict[str, str]:
    """The declarations of a style attribute as attributes."""
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip().startswith("stroke")}


def _rule(attributes: dict[str, str]) -> dict[str, str]:
    """What MathJax's style sheet says of the lines of a table."""
    drawn = {"stroke-width": _RULE_WIDTH}
    if "data-frame" in attributes:
        drawn["fill"] = "none"
    if dashes := _DASHES.get(attributes.get("class", "")):
        drawn["stroke-dasharray"] = dashes
    return drawn


def _unnested(window: ET.Element) -> ET.Element:
    """The middle of a stretched brace or arrow: MathJax shows a part of a stretched bar through a window.

    Many readers have no windows, so that the bar itself is cut to the window's size.
    """
    x, y, width, height = (float(window.get(name, "0")) for name in ("x", "y", "width", "height"))
    left, top, *_ = (float(number) for number in window.get("viewBox", "0 0 0 0").split())
    moved = ET.Element("g", {"transform": f"translate({x - left:g},{y - top:g})"})
    for bar in window:
        scale = re.fullmatch(r"scale\(([\d.]+),([\d.]+)\)", bar.get("transform", ""))
        if scale is None or bar.tag.rpartition("}")[2] != "path":
            moved.append(_plain(bar))
            continue
        across, down = float(scale[1]), float(scale[2])
        cut = ET.Element("path", {"transform": scale[0]})
        horizontal, vertical = (left / across, (left + width) / across), (top / down, (top + height) / down)
        cut.set("d", _cut(bar.get("d", ""), horizontal, vertical))
        moved.append(cut)
    return moved


def _cut(path: str, horizontal: tuple[float, float], vertical: tuple[float, float]) -> str:
    """A path as a polygon within bounds; its curves are the rounded ends, which lie outside of them."""
    x = y = 0.0
    drawn: list[str] = []
    for command, numbers in re.findall(r"([MLHVQTCZ])([^MLHVQTCZ]*)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "Z":
            drawn.append("Z")
            continue
        if command == "H":
            x = values[-1]
        elif command == "V":
            y = values[-1]
        else:
            x, y = values[-2:]
        shown_x = min(max(x, horizontal[0]), horizontal[1])
        shown_y = min(max(y, vertical[0]), vertical[1])
        drawn.append(f"{'M' if command == 'M' else 'L'}{shown_x:g} {shown_y:g}")
    return "".join(drawn)


def _without_empty(element: ET.Element) -> None:
    """Drop groups that hold nothing, and those that do nothing for the one thing in them."""
    for index in range(len(element) - 1, -1, -1):
        child = element[index]
        _without_empty(child)
        if child.tag == "path" and "d" not in child.attrib:
            del element[index]
        if child.tag != "g":
            continue
        if len(child) == 0:
            del element[index]
        elif not child.attrib:
            element[index : index + 1] = list(child)
