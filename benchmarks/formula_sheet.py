"""Paint the example formulas with Qt's SVG renderer, to be looked at: `python -m benchmarks.formula_sheet FOLDER`.

Writes pages of two columns, light and dark, each formula with its LaTeX below, and prints how long a formula takes.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from glmocr_desktop.results.formulas import Typeset, typeset
from tests.results.formulas.examples import BROKEN, EXAMPLES

_PX_PER_EX = 11
_COLUMN_PX, _MARGIN_PX, _LABEL_PX = 800, 14, 30
_COLUMNS = 2
_PAGE_HEIGHT_PX = 1500
_SCHEMES = {"light": ("#ffffff", "#1f2328", "#6a737d"), "dark": ("#1e1e1e", "#e6e6e6", "#9a9a9a")}


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication(sys.argv[:1])
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "formula-sheets")
    folder.mkdir(parents=True, exist_ok=True)
    typeset("x", display=True)  # loads MathJax
    begun_s = time.perf_counter()
    formulas = {latex: typeset(latex, display=True) for latex in (*EXAMPLES.values(), *BROKEN.values())}
    took_ms = (time.perf_counter() - begun_s) * 1000
    print(f"{len(formulas)} formulas, {took_ms / len(formulas):.1f} ms each")
    for scheme in _SCHEMES:
        for number, page in enumerate(_pages(formulas), 1):
            _paint(page, scheme).save(str(folder / f"{scheme}-{number}.png"))
    del app


def _height_px(formula: Typeset) -> float:
    scale = min(1, (_COLUMN_PX - 2 * _MARGIN_PX) / max(1, formula.width_ex * _PX_PER_EX))
    return (formula.height_ex + formula.depth_ex) * _PX_PER_EX * scale + _LABEL_PX + _MARGIN_PX


def _pages(formulas: dict[str, Typeset]) -> list[list[tuple[int, float, str, Typeset]]]:
    """On each page: column, distance from its top, LaTeX, drawing."""
    pages: list[list[tuple[int, float, str, Typeset]]] = [[]]
    column, top = 0, float(_MARGIN_PX)
    for latex, formula in formulas.items():
        if top + _height_px(formula) > _PAGE_HEIGHT_PX:
            column, top = column + 1, float(_MARGIN_PX)
        if column == _COLUMNS:
            pages.append([])
            column = 0
        pages[-1].append((column, top, latex, formula))
        top += _height_px(formula)
    return pages


def _paint(page: list[tuple[int, float, str, Typeset]], scheme: str) -> QImage:
    background, ink, label = _SCHEMES[scheme]
    image = QImage(_COLUMNS * _COLUMN_PX, _PAGE_HEIGHT_PX, QImage.Format.Format_RGB32)
    image.fill(QColor(background))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(QFont("monospace", 8))
    for column, top, latex, formula in page:
        left = column * _COLUMN_PX + _MARGIN_PX
        height = _height_px(formula) - _LABEL_PX - _MARGIN_PX
        width = min(_COLUMN_PX - 2 * _MARGIN_PX, formula.width_ex * _PX_PER_EX)
        QSvgRenderer(QByteArray(formula.coloured(ink).encode())).render(painter, QRectF(left, top, width, height))
        painter.setPen(QColor("#d03030" if formula.error else label))
        text = f"{latex}   ({formula.error} {formula.error_at})" if formula.error else latex
        area = QRectF(left, top + height + 3, _COLUMN_PX - 2 * _MARGIN_PX, _LABEL_PX)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWrapAnywhere), text)
    painter.end()
    return image


if __name__ == "__main__":
    main()
