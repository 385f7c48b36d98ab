"""What was given on the command line, as the rest of the program wants it."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import Any

from glmocr_desktop.core.settings import Settings


def setting_overrides(options: argparse.Namespace) -> dict[str, Any]:
    """The settings that were given on the command line."""
    names = (each.name for each in fields(Settings))
    return {name: value for name in names if (value := getattr(options, name, None)) is not None}
