"""What was given on the command line, as the rest of the program wants it."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import Any

from glmocr_desktop.cli.output import complain
from glmocr_desktop.core import settings_file
from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Mode, OwnPrompt
from glmocr_desktop.core.prompts import find_prompt
from glmocr_desktop.core.settings import Settings


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of a command; what is wrong with those that are stored is said.

    Raises:
        SettingsError: One that was given here, or in the environment, cannot be used.
    """
    settings, problem = settings_file.load(**setting_overrides(options))
    if problem is not None:
        complain(problem)
    return settings


def setting_overrides(options: argparse.Namespace) -> dict[str, Any]:
    """The settings that were given on the command line."""
    names = (each.name for each in fields(Settings))
    return {name: value for name in names if (value := getattr(options, name, None)) is not None}


def reading_choice(options: argparse.Namespace, settings: Settings) -> tuple[Mode, OwnPrompt | None]:
    """What is asked of each page: a mode, or a prompt of one's own.

    Raises:
        SettingsError: There is no such prompt, or both were given.
    """
    if not options.prompt:
        return settings.mode, None
    if options.mode is not None:
        raise SettingsError("prompt_with_mode")
    return Mode.TEXT, find_prompt(settings.prompts, options.prompt)
