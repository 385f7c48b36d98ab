"""How exported documents of a word processor look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmocr_desktop.results.export.word.words import element, parsed, value

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

TEXT_WIDTH = 9_354  # of A4 between its margins, in twentieths of a point
_MARGIN_MM = 22.5
_FONT, _EAST_ASIAN, _COMPLEX, _MONO = "Calibri", "Microsoft YaHei", "Arial", "Consolas"
_INK = "1F1F1F"
_QUIET = "595959"
_HEADINGS = (18, 15, 13, 12, 11, 11)  # points


def prepare(document: WordDocument) -> None:
    """Give a new document its paper and its styles."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    styles = document.styles
    defaults = styles.element.find(".//{*}rPrDefault/{*}rPr")
    for old in list(defaults):
        defaults.remove(old)
    defaults.extend(parsed(_fonts(_FONT) + _size(10.5) + _languages()))
    _restyle(styles["Normal"].element, [_spacing(after=120, line=276)], [])
    for level, points in enumerate(_HEADINGS, 1):
        before = 320 if level < 3 else 240
        words = [_fonts(_FONT), element("w:b"), element("w:bCs"), value("w:color", _INK)]
        layout = [element("w:keepNext"), element("w:keepLines"), _spacing(before, 100), _outline(level)]
        _restyle(styles[f"Heading {level}"].element, layout, [*words, _size(points)])
    title = [_fonts(_FONT), element("w:b"), element("w:bCs"), value("w:color", _INK), _size(22)]
    _restyle(styles["Title"].element, [element("w:keepNext"), _spacing(0, 240)], title)
    _restyle(styles["List Paragraph"].element, [_spacing(after=60), element("w:contextualSpacing")], [])
    for name in ("Table Words", "Code Block", "Not Read"):  # known in the document by the same without the blank
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _restyle(styles["Table Words"].element, [_spacing(20, 20, 240)], [])
    shade = element("w:shd", {"val": "clear", "color": "auto", "fill": "F5F5F5"})
    _restyle(styles["Code Block"].element, [shade, _spacing(60, 120, 252)], [_fonts(_MONO), _size(9.5)])
    _restyle(styles["Not Read"].element, [], [element("w:i"), element("w:iCs"), value("w:color", _QUIET)])
    mono = styles.add_style("Code Words", WD_STYLE_TYPE.CHARACTER)
    mono.element.extend(parsed(element("w:rPr", None, _fonts(_MONO), _size(9.5))))


def _restyle(style: Element, layout: list[str], words: list[str]) -> None:
    """Replace what a style says about paragraphs and words."""
    for old in [*style.findall("{*}pPr"), *style.findall("{*}rPr")]:
        style.remove(old)
    style.extend(parsed(element("w:pPr", None, *layout) + element("w:rPr", None, *words)))


def _fonts(font: str) -> str:
    return element("w:rFonts", {"ascii": font, "hAnsi": font, "eastAsia": _EAST_ASIAN, "cs": _COMPLEX})


def _size(points: float) -> str:
    return value("w:sz", int(points * 2)) + value("w:szCs", int(points * 2))


def _spacing(before: int = 0, after: int = 0, line: int = 264) -> str:
    return element("w:spacing", {"before": before, "after": after, "line": line, "lineRule": "auto"})


def _outline(level: int) -> str:
    return value("w:outlineLvl", level - 1)


def _languages() -> str:
    return element("w:lang", {"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"})
