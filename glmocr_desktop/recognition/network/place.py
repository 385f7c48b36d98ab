"""Where a server is: on this computer, in the local network, or on the Internet."""

from __future__ import annotations

import ipaddress
import socket
from enum import StrEnum
from urllib.parse import urlsplit


class Place(StrEnum):
    """How far pages travel to a server."""

    THIS_COMPUTER = "this_computer"
    LOCAL_NETWORK = "local_network"
    INTERNET = "internet"
    UNKNOWN = "unknown"


def place_of(url: str, *, ask_dns: bool = True) -> Place:
    """Where the server at an address is. Blocks for as long as the name service takes, which can be half a minute.

    Args:
        url: Its address.
        ask_dns: Whether a name may be looked up, which tells it to the name service.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return _farthest([host])
    except ValueError:  # a name
        pass
    if not ask_dns and host != "localhost":
        return Place.UNKNOWN
    try:
        found = socket.getaddrinfo(host, parts.port or 80, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # there is no such name, or it cannot be one
        return Place.UNKNOWN
    return _farthest([str(address[0]) for *_, address in found])


def _farthest(addresses: list[str]) -> Place:
    """The farthest of some IP addresses: pages may go to any of them."""
    ips = [ipaddress.ip_address(each) for each in addresses]
    if all(each.is_loopback for each in ips):
        return Place.THIS_COMPUTER
    # Carriers' and overlay networks' shared addresses (100.64.0.0/10) are neither private nor global.
    near = all(each.is_loopback or each.is_link_local or not each.is_global for each in ips)
    return Place.LOCAL_NETWORK if near else Place.INTERNET
