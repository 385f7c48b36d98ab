"""Servers are asked to read, also at addresses that are not in use."""

from __future__ import annotations

from dataclasses import dataclass

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.discovery import Endpoint
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.remote import ServerEngine


@dataclass(frozen=True, slots=True)
class Proven:
    """What came of asking a server to read.

    Attributes:
        health: How it is, and by `Health.canaries` what it reads.
        endpoints: All that reads images there, the best first; empty when that was not found out.
    """

    health: Health
    endpoints: tuple[Endpoint, ...] = ()


def prove(server: ServerEngine, token: CancelToken) -> Proven:
    """Let a server read pages whose text is known; one that nobody may ask is only looked at.

    Raises:
        JobCancelled: The token was cancelled.

    Thread: pool.
    """
    health = server.probe(token)
    if health.state not in (HealthState.DOWN, HealthState.NEEDS_LOGIN):
        health = server.prove(token)
    return Proven(health, server.endpoints)


def prove_address(settings: Settings, url: str, token: CancelToken) -> Proven:
    """The same for an address and settings that are not in use; nothing that is in use hears of it.

    Raises:
        JobCancelled: The token was cancelled.

    Thread: pool.
    """
    transport = Transport()
    try:
        return prove(ServerEngine(url, settings, transport, lambda _health: None), token)
    finally:
        transport.close()
