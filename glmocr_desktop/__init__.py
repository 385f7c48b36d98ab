"""GLM-OCR Desktop: read documents with a GLM-OCR server, or offline when there is none."""

__version__ = "0.1.0"
