"""Pages for the pictures of the documentation; they look like what is read from them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.rendered.rendered_view import RenderedView
from tests.support.results import done

REPORT = """# 季度报告 Quarterly report

The mean value is $ \\bar {x} = \\frac {1} {n} \\sum _ {i = 1} ^ {n} x _ i $, with **bold** and *slanted* words. \
本公司第三季度营业收入同比增长 **12.5%**，净利润达到 $ 3 . 2 \\times 10 ^ {6} $ 元。

## 主要结果 Results

- first point with $ \\alpha + \\beta $
- second point

<table><tr><th rowspan="2">Region 地区</th><th colspan="2">Sales 销售额</th></tr><tr><th>2023</th><th>2024</th></tr>\
<tr><td>North 北方</td><td>1,204.50</td><td>1,377.10</td></tr>\
<tr><td>South 南方</td><td>984.00</td><td>1,105.20</td></tr></table>

$$ \\int _ {0} ^ {\\infty} e ^ {- x ^ {2}} d x = \\frac {\\sqrt {\\pi}} {2} \\tag {1} $$
"""
FORMULA = "$$ f(x) = \\begin{cases} x ^ 2 & x > 0 \\\\ \\sum _ {k=1} ^ n a _ k & \\text {otherwise} \\end{cases} $$"
CUT = "Before the table\n\n<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>unfinis"

_WIDTH, _HEIGHT, _MARGIN = 1000, 1300, 80
_ZOOM = 1.8
_LOOK_S = 0.05


async def draw_page(window: MainWindow, path: Path, text: str = REPORT) -> str:
    """Write a page with this text, as it would be printed.

    Returns:
        The path of its image.

    Thread: GUI.
    """
    view = RenderedView(window.tasks, window)  # which it ends with, since its formulas may still be drawn
    view.setWindowFlag(Qt.WindowType.Window)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setPalette(_paper())
    view.setFixedSize(_WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN)
    view.show()
    view.set_zoom(_ZOOM)
    view.show_result(done(text))
    while view.busy or view.document().isEmpty():
        await asyncio.sleep(_LOOK_S)
    image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawPixmap(_MARGIN, _MARGIN, view.viewport().grab())
    painter.end()
    view.hide()
    image.save(str(path))
    return str(path)


def _paper() -> QPalette:
    """White with black words, whatever the window's colours are."""
    palette = QPalette(QColor("white"))
    for role, colour in ((QPalette.ColorRole.Base, "white"), (QPalette.ColorRole.Text, "black")):
        palette.setColor(role, QColor(colour))
    return palette
