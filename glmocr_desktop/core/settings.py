"""Every setting, declared once: the command line and the settings dialog are made from this table.

Precedence: command line over environment (``GLMOCR_<FIELD>``) over ``settings.json`` over default.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import EngineChoice, Language, Limits, Mode, OwnPrompt, Theme
from glmocr_desktop.core.prompts import format_prompts, parse_prompts

_SERVER, _READING, _RESULTS, _LIMITS, _PROMPTS = "Server", "Reading", "Results", "Time limits", "Prompts"
_METRICS = "Metrics"
_WINDOW = "Window"
_HISTORY = "History"
_SWITCHES = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


def _setting(
    default: Any,
    title: str,
    text: str,
    *,
    group: str,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    zero: str = "",
    flag: str | None = None,
) -> Any:
    """Declare a setting; ``flag`` is its option on the command line, if it has one, ``group`` the heading above it.

    ``zero`` is what 0 means, in a word, where it is no number like the others.
    """
    meta = {"title": title, "help": text, "group": group, "unit": unit, "low": low, "high": high, "zero": zero}
    return field(default=default, metadata=meta | {"flag": flag})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set. Build it with `load`, or directly in a test."""

    server_url: str = _setting(
        "http://localhost:7860",
        "Server",
        "Address of the GLM-OCR server (Gradio); of several, the preferred one first.",
        flag="--server",
        group=_SERVER,
    )
    local_only: bool = _setting(
        False,
        "This computer only",
        "Pages are never sent to another computer, whatever the address.",
        flag="--local-only",
        group=_SERVER,
    )
    ca_file: str = _setting(
        "",
        "Certificates",
        "A file (PEM) of certificates that are trusted beside the system's.",
        flag="--ca-file",
        group=_SERVER,
    )
    endpoint: str = _setting(
        "",
        "Endpoint",
        "Name of the server's function that reads images, like /predict; found by itself when empty.",
        flag="--endpoint",
        group=_SERVER,
    )
    engine: EngineChoice = _setting(
        EngineChoice.AUTO,
        "Engine",
        "Who reads: the server and offline when it is down (auto), the server only, or offline only.",
        flag="--engine",
        group=_READING,
    )
    mode: Mode = _setting(
        Mode.TEXT,
        "Mode",
        "What a page is read as.",
        flag="--mode",
        group=_READING,
    )
    lanes: int = _setting(
        0,
        "Pages at once",
        "How many pages are read at once; 0 finds out how many the server takes.",
        low=0,
        high=64,
        zero="Automatic",
        flag="--jobs",
        group=_READING,
    )
    timeout_s: float = _setting(
        120.0,
        "Timeout",
        "Total deadline of a page.",
        unit="s",
        low=1,
        high=3600,
        flag="--timeout",
        group=_LIMITS,
    )
    lane_wait_s: float = _setting(
        600.0,
        "Wait for a place",
        "How long a page waits for a place at the server.",
        unit="s",
        low=1,
        high=7200,
        flag="--lane-wait",
        group=_LIMITS,
    )
    connect_timeout_s: float = _setting(
        3.0,
        "Connect",
        "How long connecting may take.",
        unit="s",
        low=0.1,
        high=60,
        flag="--connect-timeout",
        group=_LIMITS,
    )
    upload_timeout_s: float = _setting(
        30.0,
        "Send",
        "How long sending a page may take.",
        unit="s",
        low=0.5,
        high=600,
        flag="--upload-timeout",
        group=_LIMITS,
    )
    queue_wait_s: float = _setting(
        600.0,
        "Server's queue",
        "How long a page waits in the server's queue.",
        unit="s",
        low=0.5,
        high=7200,
        flag="--queue-wait",
        group=_LIMITS,
    )
    silence_s: float = _setting(
        40.0,
        "Silence",
        "A server that sends nothing for so long is given up for this page.",
        unit="s",
        low=1,
        high=600,
        flag="--silence",
        group=_LIMITS,
    )
    first_timeout_s: float = _setting(
        30.0,
        "First try",
        "How long the server may read a small page without progress; longer for larger pages and slower servers.",
        unit="s",
        low=0.5,
        high=3600,
        flag="--first-timeout",
        group=_LIMITS,
    )
    retry_timeout_s: float = _setting(
        15.0,
        "Second try",
        "The same when it is asked once more.",
        unit="s",
        low=0.5,
        high=3600,
        flag="--retry-timeout",
        group=_LIMITS,
    )
    degraded_timeout_s: float = _setting(
        10.0,
        "Try with less",
        "The same with a smaller image and a simpler prompt.",
        unit="s",
        low=0.5,
        high=3600,
        flag="--degraded-timeout",
        group=_LIMITS,
    )
    idle_timeout_s: float = _setting(
        4.0,
        "Idle connections",
        "Connections that are not used for so long are closed.",
        unit="s",
        low=0.1,
        high=60,
        group=_SERVER,
    )
    probe_interval_s: float = _setting(
        5.0,
        "Health check",
        "How often the server's health is looked at.",
        unit="s",
        low=0.2,
        high=600,
        group=_SERVER,
    )
    metrics_port: int = _setting(
        0,
        "Metrics port",
        "Programs on this computer can ask here for the figures, in the format of Prometheus; 0 tells nobody.",
        low=0,
        high=65535,
        group=_METRICS,
    )
    max_image_pixels: int = _setting(
        2_200_000,  # about 2,800 image tokens: more breaks servers with a context of 4,096
        "Image size",
        "Pages sent to the server are scaled down to this size.",
        unit="pixels",
        low=100_000,
        high=20_000_000,
        group=_READING,
    )
    retry: bool = _setting(
        True,
        "Try again",
        "A page at which the server broke off, or was full, is tried once more.",
        flag="--retry",
        group=_READING,
    )
    degraded: bool = _setting(
        True,
        "Ask for less",
        "A page that the server gave up is tried with half as large an image and a simpler prompt.",
        flag="--degraded",
        group=_READING,
    )
    copy_automatically: bool = _setting(
        False,
        "Copy by itself",
        "The result of a page that was read alone goes to the clipboard at once.",
        group=_RESULTS,
    )
    capture_hides_window: bool = _setting(
        True,
        "Step aside for captures",
        "The window hides while a part of the screen is captured.",
        group=_WINDOW,
    )
    desktop_notices: bool = _setting(
        True,
        "Notices on the desktop",
        "The desktop tells, while another window is in use, that many pages were read, or that the server is down.",
        group=_WINDOW,
    )
    alert_error_share: float = _setting(
        0.2,
        "Warn of failures",
        "Say so when more than this share of the last 20 pages could not be read, or only offline; 0 never does.",
        unit="%",
        low=0,
        high=1,
        group=_WINDOW,
    )
    alert_latency_s: float = _setting(
        0.0,
        "Warn of slowness",
        "Say so when most of the last 20 pages took longer than this; 0 never does.",
        unit="s",
        low=0,
        high=3600,
        group=_WINDOW,
    )
    keep_history: bool = _setting(
        True,
        "Keep a history",
        "Documents and results are kept on this computer until they are deleted. "
        "Off: nothing of them is written to the disk, and what is open is gone when the program ends.",
        group=_HISTORY,
    )
    reopen: bool = _setting(
        True,
        "Go on where it ended",
        "The documents of the last time are there again at the next start.",
        group=_HISTORY,
    )
    history_days: int = _setting(
        0,
        "Delete after",
        "What is older is deleted from the history; what is open in the window stays.",
        unit="days",
        low=0,
        high=36_500,
        zero="Never",
        group=_HISTORY,
    )
    history_mb: int = _setting(
        0,
        "At most",
        "When the history takes more room, its oldest pages are deleted.",
        unit="MB",
        low=0,
        high=1_000_000,
        zero="No limit",
        group=_HISTORY,
    )
    text_prompt: str = _setting(
        "Text Recognition:",
        "Text prompt",
        "What the server is asked for in text mode.",
        group=_PROMPTS,
    )
    table_prompt: str = _setting(
        "Table Recognition:",
        "Table prompt",
        "What the server is asked for in table mode.",
        group=_PROMPTS,
    )
    formula_prompt: str = _setting(
        "Formula Recognition:",
        "Formula prompt",
        "What the server is asked for in formula mode.",
        group=_PROMPTS,
    )
    language: Language = _setting(
        Language.SYSTEM,
        "Language",
        "The language of the window.",
        group=_WINDOW,
    )
    theme: Theme = _setting(
        Theme.SYSTEM,
        "Colours",
        "Whether the window is light or dark.",
        group=_WINDOW,
    )
    text_scale: int = _setting(
        100,
        "Text size",
        "How large all words of the window are; Ctrl+Alt+Plus and Ctrl+Alt+Minus change it too.",
        unit="%",
        low=80,
        high=200,
        group=_WINDOW,
    )

    own_prompts: str = _setting(
        "",
        "Own prompts",
        "Other things to ask of a page, beside the modes; with a template, for an answer in JSON with its keys.",
        group=_PROMPTS,
    )

    def __post_init__(self) -> None:
        for each in fields(self):
            value = checked(each.name, getattr(self, each.name))
            object.__setattr__(self, each.name, value)

    @property
    def servers(self) -> tuple[str, ...]:
        """The addresses of the servers, the preferred one first; at least one."""
        return tuple(self.server_url.split())

    @property
    def prompts(self) -> tuple[OwnPrompt, ...]:
        """What the user wrote to ask of a page, beside the modes."""
        return parse_prompts(self.own_prompts)

    @property
    def limits(self) -> Limits:
        """How long the parts of a job may take."""
        return Limits(
            total_s=self.timeout_s,
            connect_s=self.connect_timeout_s,
            upload_s=self.upload_timeout_s,
            lane_wait_s=self.lane_wait_s,
            queue_wait_s=self.queue_wait_s,
            silence_s=self.silence_s,
            first_s=self.first_timeout_s,
            retry_s=self.retry_timeout_s,
            degraded_s=self.degraded_timeout_s,
        )

    def reads_like(self, other: Settings) -> bool:
        """Whether pages are read in the same way with other settings, which then concern the window only."""
        window = (_WINDOW, _METRICS, _HISTORY)
        return all(_FIELDS[name].metadata["group"] in window for name in self.differing(other))

    def differing(self, other: Settings) -> list[str]:
        """The names of those that have another value there."""
        return [each.name for each in fields(self) if getattr(self, each.name) != getattr(other, each.name)]

    def prompt(self, mode: Mode) -> str:
        """What the server is asked for in a mode."""
        return {Mode.TEXT: self.text_prompt, Mode.TABLE: self.table_prompt, Mode.FORMULA: self.formula_prompt}[mode]


_MOST_SERVERS = 64  # each is looked at again and again
_MAY_BE_EMPTY = {"ca_file", "endpoint", "own_prompts"}
_FIELDS = {each.name: each for each in fields(Settings)}
_TYPES: dict[str, type] = {each.name: type(each.default) for each in fields(Settings)}


def setting_type(name: str) -> type:
    """The type of a setting's values."""
    return _TYPES[name]


def normal_url(value: str) -> str:
    """The address of a server with its scheme and without a slash at its end.

    Raises:
        SettingsError: This is no such address.
    """
    given = value.strip()
    text = (given if "://" in given else f"http://{given}").rstrip("/")
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if valid and "@" in parts.netloc:  # it would stand in messages and files: not even here is it repeated
        raise SettingsError("setting_url_login", name="Server")
    if (
        not valid
        or parts.netloc.endswith(":")
        or not text.isprintable()
        or " " in text
        or parts.query
        or parts.fragment
    ):
        raise SettingsError("setting_url", name="Server", value=value)
    return parts.geturl()


def _normal_urls(value: str) -> str:
    """Several addresses, each once, separated by a space.

    Raises:
        SettingsError: One of them is no address, there is none, or there are too many.
    """
    given = value.replace(",", " ").split()
    if not given:
        raise SettingsError("setting_url", name="Server", value=value)
    if len(given) > _MOST_SERVERS:
        raise SettingsError("setting_servers", name="Server", count=len(given), limit=_MOST_SERVERS)
    return " ".join(dict.fromkeys(normal_url(each) for each in given))


def _normal_endpoint(value: str) -> str:
    """The name of an endpoint with its slash, or empty.

    Raises:
        SettingsError: There is white space in it.
    """
    name = value.strip()
    if any(each.isspace() or not each.isprintable() for each in name):
        raise SettingsError("setting_endpoint", name="Endpoint", value=value)
    return f"/{name.lstrip('/')}" if name.strip("/") else ""


def checked(name: str, value: Any) -> Any:
    """The value in its setting's type, within its range.

    Args:
        name: A field of `Settings`.
        value: What was given for it.

    Raises:
        SettingsError: It cannot be used.
    """
    wanted, meta = _TYPES[name], _FIELDS[name].metadata
    if issubclass(wanted, StrEnum):
        try:
            return wanted(value)
        except ValueError:
            raise SettingsError("setting_choice", name=meta["title"], value=value, choices=", ".join(wanted)) from None
    if wanted is str:
        addresses = name.endswith("_url")
        if not isinstance(value, str) or not (value.strip() or addresses or name in _MAY_BE_EMPTY):
            raise SettingsError("setting_type", name=meta["title"], value=value, wanted="a text that says something")
        if name == "endpoint":
            return _normal_endpoint(value)
        if name == "own_prompts":
            return format_prompts(parse_prompts(value))
        return _normal_urls(value) if addresses else value
    if wanted is bool:
        if (switched := _SWITCHES.get(str(value).strip().lower())) is None:
            raise SettingsError("setting_type", name=meta["title"], value=value, wanted="on or off")
        return switched
    try:
        if isinstance(value, bool) or (wanted is int and isinstance(value, float) and not value.is_integer()):
            raise TypeError
        number = int(value) if wanted is int else float(value)
    except (TypeError, ValueError, OverflowError):
        raise SettingsError(
            "setting_type",
            name=meta["title"],
            value=value,
            wanted="a whole number" if wanted is int else "a number",
        ) from None
    low, high = meta["low"], meta["high"]
    if not low <= number <= high:  # also refuses NaN
        raise SettingsError("setting_range", name=meta["title"], value=value, low=low, high=high)
    return number
