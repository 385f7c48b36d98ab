"""Takes out of a text what concerns nobody else: who, where, which files, and every secret.

What is left says less than it could: of a line that names a file, nothing before the name is kept, since names have
blanks and nobody can tell where they begin.
"""

from __future__ import annotations

import getpass
import ipaddress
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

_SUFFIXES = (
    *("png", "jpg", "jpeg", "jfif", "tif", "tiff", "webp", "gif", "bmp", "heic", "heif", "avif", "pdf"),
    *(
        "txt",
        "md",
        "html",
        "tex",
        "docx",
        "xlsx",
        "csv",
        "tsv",
        "json",
        "xml",
        "zip",
        "ini",
        "log",
        "pem",
        "crt",
        "key",
    ),
)
_FILE = re.compile(rf"^(.*)\.({'|'.join(_SUFFIXES)})(?![A-Za-z0-9])", re.IGNORECASE)
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s\"'<>]+")
_HOST = re.compile(r"(?<![\w.@<-])((?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+|\[[0-9a-fA-F:]+\]):(\d{2,5})(?![\w:])")
_ADDRESS = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}(?![\w:])"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_NAMED_SECRET = re.compile(
    r"(?i)(?:\b(bearer|basic|password|token)\s+\S"
    r"|(pass(?:word|wd|phrase)|pwd|secret|token|cookie|auth(?:orization)?|api[-_ ]?key|login|credentials?)"
    r"\w*[\"']?\s*[:=]\s*\S).*"
)
_RANDOM = re.compile(r"(?<![\w/])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{20,}")
_CODE = re.compile(r"File \"[^\"]*?((?:glmocr_desktop|site-packages)[\\/][^\"]*|[^\\/\"]+\.py)\"")
_PATH = re.compile(r"(?:(?<![\w<>./])(?:/|\\\\)(?=[\w.~])|\b[A-Za-z]:[\\/]|~[\\/]).*")
_HEADER = re.compile(r"^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.,]\d{3}(?:[+-]\d\d:\d\d)? [A-Z]+ [\w.]+: )(.*)$")
_NEAR = (".local", ".lan", ".home", ".internal", ".home.arpa", ".fritz.box")


@dataclass(frozen=True)
class Redaction:
    """What is known of the person in front of the screen, to be taken out wherever it stands.

    Attributes:
        names: Words to take out: of documents, of servers.
        user: The name that the person has on this computer.
        computer: The name of this computer.
        home: The person's folder.
    """

    names: tuple[str, ...] = ()
    user: str = field(default_factory=lambda: _user())
    computer: str = field(default_factory=platform.node)
    home: Path = field(default_factory=Path.home)

    @classmethod
    def of(cls, names: Iterable[str], urls: Iterable[str]) -> Redaction:
        """Take out these names, and the hosts of these addresses."""
        hosts = {urlsplit(url).hostname or "" for url in urls} - {"localhost"}
        return cls(tuple(sorted({*names, *hosts} - {""}, key=len, reverse=True)))

    def text(self, text: str) -> str:
        """A text of several lines without all that."""
        return "\n".join(map(self._line, text.splitlines()))

    def _line(self, line: str) -> str:
        """A line of the log or of a traceback; what it begins with is the log's own."""
        if header := _HEADER.match(line):
            return header[1] + self._message(header[2])
        return self._message(line)

    def _message(self, text: str) -> str:
        if code := _CODE.search(text):  # where in the program: what follows is a line number and a function
            before, after = text[: code.start()], text[code.end() :]
            return f'{self._message(before)}File "{code[1]}"{after}'
        text = _URL.sub(lambda found: redacted_url(found[0]), text)
        text = _NAMED_SECRET.sub(lambda found: f"{found[1] or found[2]} <secret>", text)
        for name in self.names:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _stand_in(name), text, flags=re.IGNORECASE)
        text = _FILE.sub(lambda found: f"<file>.{found[2].lower()}", text)
        text = text.replace(str(self.home), "~")
        text = _PATH.sub("<path>", text)
        text = _MAIL.sub("<mail>", text)
        text = _HOST.sub(lambda found: f"<{place_of_host(found[1].strip('[]'))}>:{found[2]}", text)
        text = _ADDRESS.sub("<address>", text)
        text = _RANDOM.sub("<secret>", text)
        for name, stand_in in ((self.user, "<user>"), (self.computer, "<computer>")):
            if len(name) > 1:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", stand_in, text, flags=re.IGNORECASE)
        return text


def redacted_url(url: str) -> str:
    """An address as its kind, where it is, and its port."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://<{place_of_host(parts.hostname or '')}>{port}"
    except ValueError:
        return "<address>"


def place_of_host(host: str) -> str:
    """How far away a host is, without asking anybody."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if host.lower() == "localhost":
            return "this computer"
        near = "." not in host or host.lower().endswith(_NEAR)
        return "local network" if near else "elsewhere"
    if address.is_loopback:
        return "this computer"
    return "elsewhere" if address.is_global else "local network"


def _stand_in(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return f"<file>{suffix}" if suffix.removeprefix(".") in _SUFFIXES else "<name>"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody is known by this number
        return ""
