"""How a server may be reached: from where, past which proxy, by which certificate, and with whose login.

The window and the command line store and forget logins and certificates by the functions that are named here.
"""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from glmocr_desktop.core.errors import ServerUnavailable
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.network.certificates import (
    Certificate,
    fetch_certificate,
    tls_context,
    trust_certificate,
)
from glmocr_desktop.recognition.network.secrets import (
    Secret,
    SecretKind,
    environment_secret,
    find_secret,
    forget_secret,
    store_secret,
)

__all__ = [
    "Access",
    "Certificate",
    "Secret",
    "SecretKind",
    "fetch_certificate",
    "forget_secret",
    "is_loopback",
    "is_loopback_host",
    "store_secret",
    "trust_certificate",
]


@dataclass(frozen=True, slots=True)
class Access:
    """How one server may be reached; nothing is looked up before it is needed.

    Attributes:
        url: The server's address.
        local_only: Whether every host but this computer is refused.
        ca_file: A file (PEM) of certificates that are trusted beside the system's; empty for none.
        from_environment: Whether the environment's login is meant for this server.
        given: The login to use, instead of a stored one.
        stored: Whether to look for a login in the environment and the keyring.
    """

    url: str
    local_only: bool = False
    ca_file: str = ""
    from_environment: bool = False
    given: Secret | None = field(default=None, repr=False)
    stored: bool = True

    @classmethod
    def of(cls, settings: Settings, url: str) -> Access:
        """How the settings want a server to be reached."""
        return cls(url, settings.local_only, settings.ca_file, from_environment=url in settings.servers)

    def check(self) -> None:
        """Make sure that the server may be reached at all, by its address alone.

        Raises:
            ServerUnavailable: It is another computer, and pages are to stay on this one.
        """
        if self.local_only and not is_loopback(self.url):
            raise ServerUnavailable("not_this_computer", server=urlsplit(self.url).netloc)

    def secret(self, *, basic: bool) -> Secret | None:
        """The login for the server; asked for only when the server wants one. Blocks.

        Args:
            basic: Whether it wants HTTP's own login.

        Raises:
            ServerUnavailable: The keyring does not open.
        """
        if self.given is not None or not self.stored:
            return self.given
        if self.from_environment and (secret := environment_secret(basic=basic)) is not None:
            return secret
        return find_secret(self.url)

    def tls(self) -> ssl.SSLContext | None:
        """How the server's certificate is verified; None when it has none. Blocks for some 20 ms.

        Raises:
            ServerUnavailable: A file of certificates cannot be used.
        """
        return tls_context(self.url, self.ca_file) if urlsplit(self.url).scheme == "https" else None

    def proxy(self) -> str | None:
        """The proxy that the environment names for this server, with its login; never one for this computer.

        Raises:
            ServerUnavailable: It is of a kind that cannot be used.
        """
        import urllib.request  # takes 20 ms, and is needed for other computers only

        parts = urlsplit(self.url)
        if is_loopback(self.url) or urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
            return None
        proxies = urllib.request.getproxies()
        proxy = proxies.get(parts.scheme) or proxies.get("all")
        if proxy and "://" not in proxy:
            proxy = f"http://{proxy}"
        if proxy and urlsplit(proxy).scheme not in ("http", "https"):
            raise ServerUnavailable("proxy_unknown", server=parts.netloc, scheme=urlsplit(proxy).scheme)
        return proxy or None


def is_loopback(url: str) -> bool:
    """Whether an address is on this computer."""
    host = urlsplit(url).hostname or ""
    return host == "localhost" or is_loopback_host(host)


def is_loopback_host(host: str) -> bool:
    """Whether an IP address is this computer's own; a name is none."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
