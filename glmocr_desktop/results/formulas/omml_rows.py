"""Rows of MathML seen as Office MathML sees them: what holds what, which MathML only implies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from glmocr_desktop.results.formulas import omml_characters as characters

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
_GROUPS = ("mrow", "mpadded", "mstyle")
_BOTH_WAYS = ("↽−−⇀", "↽⇀")  # an arrow of chemistry, which MathJax puts together from two
APPLIED = "\u2061"  # between a function and what it is taken of; not shown
PAIR = "pair"  # marks a row that begins and ends with the brackets around it


def name_of(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.removeprefix(_MATHML)


def sign(element: ET.Element) -> str:
    """The character of an operator; "" for anything else."""
    return (element.text or "").strip() if name_of(element) == "mo" else ""


def core(element: ET.Element) -> ET.Element:
    """What is inside of groups that hold one thing."""
    while name_of(element) in _GROUPS and len(element) == 1:
        element = element[0]
    return element


def in_groups(elements: Sequence[ET.Element]) -> list[ET.Element]:
    """A row without groups that mean nothing, and with those that brackets make."""
    row = _with_pairs(_flat(elements), _opens, _closes)
    bars = [element for element in row if sign(element) in ("|", "‖", "∥")]
    if len(bars) == 2 and sign(bars[0]) == sign(bars[1]):
        row = _with_pairs(row, lambda element: element is bars[0], lambda element: element is bars[1])
    return row


def _flat(elements: Sequence[ET.Element]) -> list[ET.Element]:
    flat: list[ET.Element] = []
    for element in elements:
        name = name_of(element)
        if name == "mover" and "".join("".join(element.itertext()).split()) in _BOTH_WAYS:
            arrow = ET.Element(f"{_MATHML}mo")
            arrow.text = "⇌"
            flat.append(arrow)
        elif name == "mspace" and not characters.space(element.get("width", "")):
            continue
        elif name not in _GROUPS or element.get("mathcolor") or element.get(PAIR) or is_fenced(element):
            flat.append(element)
        else:
            flat.extend(_flat(list(element)))
    return flat


def _with_pairs(
    row: list[ET.Element], opens: Callable[[ET.Element], bool], closes: Callable[[ET.Element], bool]
) -> list[ET.Element]:
    levels: list[list[ET.Element]] = [[]]
    for element in row:
        if opens(element):
            levels.append([element])
        elif len(levels) > 1 and closes(element):
            levels[-2].append(_pair(levels.pop(), element))
        else:
            levels[-1].append(element)
    return [element for level in levels for element in level]


def _pair(inside: list[ET.Element], closing: ET.Element) -> ET.Element:
    pair = ET.Element(f"{_MATHML}mrow", {PAIR: "1" if "minsize" in inside[0].attrib else "0"})
    pair.extend(inside)
    if name_of(closing) not in SCRIPTED:
        pair.append(closing)
        return pair
    pair.append(closing[0])  # the exponent of a bracket belongs to all that is in it
    scripted = ET.Element(closing.tag, closing.attrib)
    scripted.extend([pair, *closing[1:]])
    return scripted


def _opens(element: ET.Element) -> bool:
    return sign(element) != "" and (element.get("form") == "prefix" or sign(element) in characters.OPENING)


def _closes(element: ET.Element) -> bool:
    last = element[0] if name_of(element) in SCRIPTED[:3] else element
    return sign(last) != "" and (last.get("form") == "postfix" or sign(last) in characters.CLOSING)


def is_fence(element: ET.Element) -> bool:
    r"""Whether it is a bracket made by `\left`, `\middle` or `\right`; there are empty ones."""
    return (
        name_of(element) == "mo"
        and element.get("stretchy") != "false"
        and "minsize" not in element.attrib
        and sign(element) in characters.FENCES
    )


def is_fenced(element: ET.Element) -> bool:
    r"""Whether it is what `\left` and `\right` stand around."""
    return name_of(element) == "mrow" and len(element) > 1 and is_fence(element[0]) and is_fence(element[-1])


def is_nary(element: ET.Element) -> bool:
    """Whether it is a sum, an integral or the like."""
    return sign(core(element[0] if name_of(element) in SCRIPTED else element)) in characters.NARY


def is_function(element: ET.Element, following: Sequence[ET.Element]) -> bool:
    """Whether it is the name of a function, such as lim, with what stands at it."""
    inner = core(element[0] if name_of(element) in SCRIPTED else element)
    applied = bool(following) and sign(following[0]) == APPLIED
    return characters.is_word(inner.text or "") and name_of(inner) in ("mi", "mo") and (applied or bool(sign(inner)))


def is_baseless(element: ET.Element) -> bool:
    """Whether it is an exponent or an index of nothing."""
    if name_of(element) not in SCRIPTED[:3]:
        return False
    return not any(each.text for each in visible(element[0]))


def has_phantom(element: ET.Element) -> bool:
    """Whether something in it is only there to give it a height."""
    return any(name_of(each) == "mphantom" for each in element.iter())


def visible(element: ET.Element) -> list[ET.Element]:
    """The element and those in it that are shown."""
    if name_of(element) == "mphantom":
        return []
    return [element, *(each for child in element for each in visible(child))]


def arrow_of(element: ET.Element) -> str:
    """The arrow that something stands above or below; "" if it is none."""
    inner = core(element)
    return sign(inner) if inner.get("stretchy") != "false" and sign(inner) in characters.ARROWS else ""


def operand_length(following: Sequence[ET.Element]) -> int:
    """How many of the elements after a sum or an integral it is taken of: up to a relation or the next term."""
    for index, element in enumerate(following):
        ends = characters.ENDS_OPERAND if index else characters.RELATIONS
        if sign(element) in ends and sign(element):
            return index
    return len(following)
