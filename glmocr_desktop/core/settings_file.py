"""Where settings are kept, and where they come from: the command line, the environment, a file."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from platformdirs import PlatformDirs

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import new_id
from glmocr_desktop.core.private import make_private_folder
from glmocr_desktop.core.settings import Settings, checked

_log = logging.getLogger(__name__)
_APP = "glmocr-desktop"
_NAMES = tuple(each.name for each in fields(Settings))
_PRIVATE = ("engine", "local_only")  # they may have kept pages on this computer, and then go on doing so


def home_dirs(environ: Mapping[str, str] = os.environ) -> tuple[Path, Path, Path]:
    """Folders for configuration, data and logs; ``GLMOCR_HOME`` moves all three."""
    if home := environ.get("GLMOCR_HOME"):
        root = Path(home).expanduser().absolute()
        return root / "config", root / "data", root / "logs"
    dirs = PlatformDirs(_APP, appauthor=False)
    return Path(dirs.user_config_path), Path(dirs.user_data_path), Path(dirs.user_log_path)


def _settings_file(environ: Mapping[str, str]) -> Path:
    return home_dirs(environ)[0] / "settings.json"


def nothing_stored(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether no settings were ever stored."""
    return not _settings_file(environ).exists()


def load(environ: Mapping[str, str] = os.environ, **overrides: Any) -> tuple[Settings, SettingsError | None]:
    """Settings from the file, the environment and the command line.

    Args:
        environ: Where ``GLMOCR_*`` is looked up.
        **overrides: Fields given on the command line; None counts as not given.

    Returns:
        The settings, and what was wrong with the file: it had to be set aside, or some of its settings left out.

    Raises:
        SettingsError: A value from the environment or the command line cannot be used.
    """
    stored, problem = _read(_settings_file(environ))
    usable: dict[str, Any] = {}
    left_out: dict[str, str] = {}
    for name, value in stored.items():
        if name in _NAMES:
            try:
                usable[name] = checked(name, value)
            except SettingsError as error:
                left_out[name] = str(error.values.get("name", name))
                _log.info("A stored setting is left out: %s", error)
    if left_out:
        problem = SettingsError("settings_left_out", names=", ".join(left_out.values()))
    if not left_out.keys().isdisjoint(_PRIVATE):
        usable["local_only"] = True
    for name in _NAMES:
        variable = f"GLMOCR_{name.upper()}"
        if text := environ.get(variable):  # an empty one counts as not given
            try:
                usable[name] = checked(name, text)
            except SettingsError as error:
                raise SettingsError(error.kind, **error.values | {"name": variable}) from None
    usable |= {name: value for name, value in overrides.items() if value is not None}
    return Settings(**usable), problem


def save(settings: Settings, environ: Mapping[str, str] = os.environ) -> None:
    """Store the settings that differ from their defaults; unknown keys of the file are kept.

    Raises:
        OSError: The folder cannot be written.
    """
    path = _settings_file(environ)
    stored, _ = _read(path)
    for each in fields(Settings):
        value = getattr(settings, each.name)
        if value == each.default:
            stored.pop(each.name, None)
        else:
            stored[each.name] = value
    write_json(path, stored)


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Write a file of settings whole or not at all.

    Raises:
        OSError: The folder cannot be written.
    """
    make_private_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-", suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(values, stream, indent=2, ensure_ascii=False)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read(path: Path) -> tuple[dict[str, Any], SettingsError | None]:
    """What the file holds; a damaged one is renamed and reported once."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8-sig"))  # some editors put a mark before it
        if not isinstance(stored, dict):
            raise TypeError(f"{type(stored).__name__} instead of an object")
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        _log.warning("The settings could not be read: %s", error)
        return {}, None
    except (ValueError, TypeError, RecursionError) as error:
        _log.info("Damaged settings: %s", error)
        return {}, SettingsError("settings_damaged", name=str(_set_aside(path)))
    return stored, None


def _set_aside(path: Path) -> Path:
    """Rename a damaged file; where that is not allowed it stays, and is reported each time."""
    kept = path.with_name(f"settings-damaged-{new_id()[:8]}.json")
    try:
        return path.replace(kept)
    except OSError as error:
        _log.info("The damaged settings could not be renamed: %s", error)
        return path
