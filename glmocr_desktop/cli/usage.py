"""A parser whose complaints repeat what was typed without obeying it."""

from __future__ import annotations

import argparse
from typing import NoReturn

from glmocr_desktop.documents import printable


class CommandLine(argparse.ArgumentParser):
    """Says what cannot be used: the shell may have put a name of a file there, which can hold any sign."""

    def error(self, message: str) -> NoReturn:
        """End with a sentence of one line."""
        super().error(printable(message))
