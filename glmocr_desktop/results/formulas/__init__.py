"""LaTeX becomes drawings and other notations."""

from glmocr_desktop.results.formulas.complaints import Complaint
from glmocr_desktop.results.formulas.tidy import tidy
from glmocr_desktop.results.formulas.typesetting import Typeset, available, typeset

__all__ = ["Complaint", "Typeset", "available", "tidy", "typeset"]
