"""Settings as a file that goes from one computer to another. There are no logins in it."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.settings import Settings, checked
from glmocr_desktop.core.settings_file import write_json

_log = logging.getLogger(__name__)
_MOST_BYTES = 1_000_000  # all settings are a few thousand


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of settings holds.

    Attributes:
        values: Of the settings that can be used, by their names.
        unknown: Names in the file that are no settings of this program.
        refused: Why others cannot be used.
    """

    values: dict[str, Any]
    unknown: tuple[str, ...]
    refused: tuple[SettingsError, ...]


def export_settings(settings: Settings, path: Path) -> None:
    """Write all settings, also those that have their defaults: the other computer's may be others.

    Raises:
        SettingsError: The file cannot be written.
    """
    try:
        write_json(path, asdict(settings))
    except OSError as error:
        raise SettingsError("cannot_write", name=str(path), detail=error.strerror or type(error).__name__) from error


def import_settings(path: Path) -> Imported:
    """Read a file that `export_settings` or a person wrote; nothing is in use by that.

    Raises:
        SettingsError: There are no settings in it that can be told apart.
    """
    stored = _stored(path)
    known = {each.name for each in fields(Settings)}
    values: dict[str, Any] = {}
    refused: list[SettingsError] = []
    for name in known & stored.keys():
        try:
            values[name] = checked(name, stored[name])
        except SettingsError as error:
            refused.append(error)
    if not values and not refused:
        raise SettingsError("settings_none", name=path.name)
    return Imported(values, tuple(sorted(stored.keys() - known)), tuple(refused))


def _stored(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():  # a pipe or a device might never end
            raise SettingsError("settings_none", name=path.name)
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise SettingsError("settings_unreadable", name=path.name, detail=detail) from error
    if len(content) > _MOST_BYTES:
        raise SettingsError("settings_too_large", name=path.name)
    try:
        stored = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        _log.info("No settings: %s", error)
        stored = None
    if not isinstance(stored, dict):
        raise SettingsError("settings_none", name=path.name)
    return stored
