"""Words and equations as a word processor's XML, which is put together as text: tables have many thousand elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from glmocr_desktop.core.model import Run, Style
from glmocr_desktop.results.export.script import RIGHT_TO_LEFT
from glmocr_desktop.results.formulas import typeset
from glmocr_desktop.results.formulas.omml import omml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
# What XML 1.0 does not allow, or only discourages.
_ILLEGAL = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0001fffd\U00020000-\U0010fffd]"
)
_BREAKS = re.compile(r"([\n\t])")
_STYLES = ((Style.BOLD, "<w:b/><w:bCs/>"), (Style.ITALIC, "<w:i/><w:iCs/>"), (Style.STRIKE, "<w:strike/>"))


def element(name: str, attributes: Mapping[str, object] | None = None, *children: str) -> str:
    """An element, such as ``w:p``, with attributes of its own namespace.

    Args:
        name: With its prefix.
        attributes: By their names without a prefix.
        children: XML.
    """
    prefix = name.partition(":")[0]
    given = "".join(f' {prefix}:{key}="{escape(str(each))}"' for key, each in (attributes or {}).items())
    return f"<{name}{given}>{''.join(children)}</{name}>" if children else f"<{name}{given}/>"


def value(name: str, content: object) -> str:
    """An element that has nothing but a value."""
    return element(name, {"val": content})


def parsed(xml: str) -> list[Element]:
    """The elements of some XML that was made here."""
    from lxml import etree

    return list(etree.fromstring(f"<w:body {NAMESPACES}>{xml}</w:body>"))


def legal(text: str) -> str:
    """A text without what no XML may hold."""
    return _ILLEGAL.sub("", text)


def words(runs: Iterable[Run], properties: str = "") -> Iterator[str]:
    """Runs of text, with equations among them.

    Args:
        runs: The words.
        properties: XML that says how all the words look, beside the style of each run.
    """
    for run in runs:
        if Style.FORMULA in run.style:
            yield equation(run.text) or _run(Run(run.text, Style.CODE), properties)
        else:
            yield _run(run, properties)


def equation(latex: str, *, display: bool = False) -> str:
    """A formula as a native equation; empty when it cannot be one."""
    from lxml import etree

    if typeset(latex, display=display).error:
        return ""  # what is drawn is not all there is
    xml = legal(omml(latex, display=display))
    try:
        etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return ""
    if not display:
        return xml
    return element("m:oMathPara", None, element("m:oMathParaPr", None, value("m:jc", "center")), xml)


def paragraph(content: Iterable[str], *properties: str) -> str:
    """A paragraph; its properties in the order that the format wants."""
    layout = element("w:pPr", None, *properties) if properties else ""
    return element("w:p", None, layout, *content)


def _run(run: Run, properties: str) -> str:
    look = value("w:rStyle", "CodeWords") if Style.CODE in run.style else ""
    look += "".join(xml for style, xml in _STYLES if style in run.style) + properties
    look += "<w:rtl/>" if RIGHT_TO_LEFT.search(run.text) else ""
    marks = element("w:rPr", None, look) if look else ""
    return element("w:r", None, marks, *(_part(part) for part in _BREAKS.split(legal(run.text))))


def _part(text: str) -> str:
    if text == "\n":
        return "<w:br/>"
    if text == "\t":
        return "<w:tab/>"
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>' if text else ""
