"""A formula as Word's own equation (Office MathML), made from its MathML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree import ElementTree as ET

from glmocr_desktop.results.formulas import omml_characters as characters
from glmocr_desktop.results.formulas.omml_parts import M, W, matrix, nothing, part, property_of, run
from glmocr_desktop.results.formulas.omml_rows import (
    APPLIED,
    PAIR,
    SCRIPTED,
    arrow_of,
    core,
    has_phantom,
    in_groups,
    is_baseless,
    is_fence,
    is_fenced,
    is_function,
    is_nary,
    name_of,
    operand_length,
    sign,
)
from glmocr_desktop.results.formulas.typesetting import typeset


def omml(latex: str, *, display: bool = False) -> str:
    """A formula as an `<m:oMath>` element; "" if it cannot be read.

    Args:
        latex: The formula, with or without delimiters around it.
        display: On a line of its own rather than within words.

    Thread:
        As `typeset`.
    """
    return _omml(typeset(latex, display=display).mathml, display)


@lru_cache(maxsize=512)
def _omml(mathml: str, display: bool) -> str:
    if not mathml:
        return ""
    written = ET.Element("m:oMath", {"xmlns:m": M, "xmlns:w": W})
    written.extend(_Writer(display).row(list(ET.fromstring(mathml))))
    return ET.tostring(written, encoding="unicode")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes MathML elements as Office MathML, in the style that is in force."""

    display: bool
    colour: str = ""

    def row(self, elements: Sequence[ET.Element]) -> list[ET.Element]:
        """What stands side by side; some things in Office MathML hold what follows them."""
        row = in_groups(elements)
        written: list[ET.Element] = []
        index = 0
        while index < len(row):
            element = row[index]
            index += 1
            following = [each for each in row[index:] if sign(each) != APPLIED]
            applied = len(row) - index - len(following)
            if is_nary(element):
                taken = operand_length(following)
                written.append(self._nary(element, following[:taken]))
                index += taken + (applied if taken == len(following) else 0)
            elif is_baseless(element) and written and (has_phantom(element) or not following):
                written[-1:] = [self._scripted(name_of(element), list(element), written[-1:])]
            elif is_baseless(element) and following:
                written.append(self._prescript(element, following[0]))
                index = row.index(following[0]) + 1
            elif (
                is_function(element, row[index:])
                and following
                and name_of(following[0]) != "mo"
                and not following[0].get(PAIR)
            ):
                name, argument = self._element(element), self.row([following[0]])
                written.append(part("func", None, ("fName", name), ("e", argument)))
                index = row.index(following[0]) + 1
            else:
                written.extend(self._element(element))
        return _with_operands(_joined(written))

    def _element(self, element: ET.Element) -> list[ET.Element]:
        name = name_of(element)
        if name in ("mi", "mn", "mo", "mtext"):
            return run(element.text or "", name, element.get("mathvariant", ""), self.colour)
        if name == "mspace":
            return run(characters.space(element.get("width", "")), "mtext", "", "")
        if is_fenced(element) or element.get(PAIR):
            return [self._fenced(element)]
        if name == "mfrac":
            return [self._fraction(element)]
        if name == "msqrt":
            return [part("rad", property_of("rad", ("degHide", "1")), ("deg", []), ("e", self.row(list(element))))]
        if name == "mroot":
            base, degree = element
            return [part("rad", None, ("deg", self.row([degree])), ("e", self.row([base])))]
        if name in SCRIPTED:
            return [self._scripted(name, list(element), self._one(element[0]))]
        if name == "mmultiscripts":
            return self._multiscripts(list(element))
        if name == "mtable":
            return [self._table(element)]
        if name == "menclose":
            return [self._enclosed(element)]
        if name == "mphantom":
            return [part("phant", property_of("phant", ("show", "0")), ("e", self.row(list(element))))]
        return self._styled(element)

    def _styled(self, element: ET.Element) -> list[ET.Element]:
        colour = characters.COLOURS.get(element.get("mathcolor", "").lower()) or element.get("mathcolor", "")[1:7]
        inner = replace(self, colour=colour) if characters.is_colour(colour) else self
        return inner.row(list(element))

    def _scripted(self, name: str, children: list[ET.Element], written: list[ET.Element]) -> ET.Element:
        base, *scripts = children
        if name in ("msub", "msup", "msubsup"):
            tag = {"msub": "sSub", "msup": "sSup", "msubsup": "sSubSup"}[name]
            places = {"msub": ["sub"], "msup": ["sup"], "msubsup": ["sub", "sup"]}[name]
            parts = [(place, self._one(script)) for place, script in zip(places, scripts, strict=True)]
            return part(tag, None, ("e", written), *parts)
        over = scripts[-1] if name != "munder" else None
        under = scripts[0] if name != "mover" else None
        if arrow := arrow_of(base):
            written = run(characters.ARROWS[arrow], "mo", "", self.colour)
        for script, above in ((under, False), (over, True)):
            if script is not None:
                written = [self._beyond(written, script, above=above)]
        return written[0]

    def _beyond(self, base: list[ET.Element], script: ET.Element, *, above: bool) -> ET.Element:
        """Something above or below: an accent, a bar, a brace, or a formula."""
        mark = sign(core(script))
        side = "top" if above else "bot"
        if mark in characters.BARS:
            return part("bar", property_of("bar", ("pos", side)), ("e", base))
        if above and mark in characters.ACCENTS:
            return part("acc", property_of("acc", ("chr", characters.ACCENTS[mark])), ("e", base))
        if mark in characters.BRACES:
            other = "bot" if above else "top"
            return part(
                "groupChr", property_of("groupChr", ("chr", mark), ("pos", side), ("vertJc", other)), ("e", base)
            )
        return part("limUpp" if above else "limLow", None, ("e", base), ("lim", self._one(script)))

    def _nary(self, element: ET.Element, operand: list[ET.Element]) -> ET.Element:
        name = name_of(element)
        base, *scripts = [element] if name == "mo" else list(element)
        sides = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}.get(name, "_^" if scripts else "")
        operator = core(base)
        beside = name.startswith("ms") or (not self.display and operator.get("movablelimits") != "false")
        hidden = [(tag, "1") for mark, tag in (("_", "subHide"), ("^", "supHide")) if mark not in sides]
        properties = property_of("nary", ("chr", sign(operator)), ("limLoc", "subSup" if beside else "undOvr"), *hidden)
        written = dict(zip(sides, (self._one(script) for script in scripts), strict=True))
        e = self.row(operand) or nothing()
        return part("nary", properties, ("sub", written.get("_", [])), ("sup", written.get("^", [])), ("e", e))

    def _prescript(self, element: ET.Element, following: ET.Element) -> ET.Element:
        scripts = [self._one(script) for script in list(element)[1:]]
        sub = scripts[0] if name_of(element) in ("msub", "msubsup") else nothing()
        sup = scripts[-1] if name_of(element) in ("msup", "msubsup") else nothing()
        return part("sPre", None, ("sub", sub), ("sup", sup), ("e", self.row([following])))

    def _multiscripts(self, children: list[ET.Element]) -> list[ET.Element]:
        names = [name_of(child) for child in children]
        split = names.index("mprescripts") if "mprescripts" in names else len(children)
        written = self._one(children[0])
        for sub, sup in _pairs(children[1:split]):
            written = [part("sSubSup", None, ("e", written), ("sub", self._one(sub)), ("sup", self._one(sup)))]
        for sub, sup in _pairs(children[split + 1 :]):
            written = [part("sPre", None, ("sub", self._one(sub)), ("sup", self._one(sup)), ("e", written))]
        return written

    def _fraction(self, element: ET.Element) -> ET.Element:
        above, below = element
        kind = "noBar" if element.get("linethickness", "").startswith("0") else ""
        kind = "skw" if element.get("bevelled") == "true" else kind
        properties = property_of("f", ("type", kind)) if kind else None
        return part("f", properties, ("num", self._one(above)), ("den", self._one(below)))

    def _fenced(self, element: ET.Element) -> ET.Element:
        r"""A formula between brackets; those of `\left` and `\right` are as tall as it is."""
        children = list(element)
        inner: list[list[ET.Element]] = [[]]
        bars = set()
        for child in children[1:-1]:
            if is_fence(child) and (child.text or "") in characters.SEPARATORS:
                inner.append([])
                bars.add(child.text or "")
            else:
                inner[-1].append(child)
        if len(bars) > 1:
            inner = [children[1:-1]]
        opening, closing = sign(children[0]), sign(children[-1])
        separator = [("sepChr", next(iter(bars)))] if len(bars) == 1 else []
        grown = [("grow", "0")] if element.get(PAIR) == "0" else []
        properties = property_of("d", ("begChr", opening), *separator, ("endChr", closing), *grown)
        return part("d", properties, *(("e", self.row(group)) for group in inner))

    def _enclosed(self, element: ET.Element) -> ET.Element:
        notations = element.get("notation", "longdiv").split()
        e = self.row(list(element))
        for side, pos in (("top", "top"), ("bottom", "bot")):
            if notations == [side]:
                return part("bar", property_of("bar", ("pos", pos)), ("e", e))
        strikes = [(characters.STRIKES[notation], "1") for notation in characters.STRIKES if notation in notations]
        framed = any(notation not in characters.STRIKES for notation in notations)
        hidden = [] if framed else [(f"hide{side}", "1") for side in ("Top", "Bot", "Left", "Right")]
        return part("borderBox", property_of("borderBox", *hidden, *strikes) if hidden or strikes else None, ("e", e))

    def _table(self, element: ET.Element) -> ET.Element:
        rows = [[self.row(list(cell)) for cell in row] for row in element]
        written = matrix(
            rows,
            element.get("columnalign", "center").split(),
            element.get("columnlines", "none").split(),
            tight=element.get("columnspacing", "").startswith("0"),
        )
        return part("borderBox", None, ("e", [written])) if element.get("frame") == "solid" else written

    def _one(self, element: ET.Element) -> list[ET.Element]:
        return self.row([element])


def _pairs(scripts: list[ET.Element]) -> list[tuple[ET.Element, ET.Element]]:
    return list(zip(scripts[::2], scripts[1::2], strict=False))


def _joined(row: list[ET.Element]) -> list[ET.Element]:
    """Neighbouring runs in one style as one."""
    joined: list[ET.Element] = []
    for element in row:
        if joined and element.tag == joined[-1].tag == "m:r" and _style(element) == _style(joined[-1]):
            joined[-1][-1].text = f"{joined[-1][-1].text}{element[-1].text}"
        else:
            joined.append(element)
    return joined


def _with_operands(row: list[ET.Element]) -> list[ET.Element]:
    """With something before an operator at the beginning and after one at the end."""
    if row and (first := _operator(row[0], 0)) and characters.wants_operand(first, before=True):
        row = [*nothing(), *row]
    if row and (last := _operator(row[-1], -1)) and characters.wants_operand(last, before=False):
        row = [*row, *nothing()]
    return row


def _operator(element: ET.Element, index: int) -> str:
    words = any(each.tag == "m:nor" for each in element[0])
    return "" if element.tag != "m:r" or words else (element[-1].text or "")[index]


def _style(run_element: ET.Element) -> list[bytes]:
    return [ET.tostring(each) for each in run_element[:-1]]
